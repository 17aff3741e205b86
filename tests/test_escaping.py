"""Nothing that a template shows is read as markup: every expression of every template, and values of every type."""

import random
import re
from enum import Enum
from pathlib import Path
from types import NoneType, SimpleNamespace, UnionType
from typing import Any, Literal, NewType, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest
from markupsafe import Markup

from generator import labels
from generator.errors import CodeglotError
from generator.labels import Labels
from generator.model import Locale
from generator.pages import Page, content
from generator.render import Renderer

TEMPLATES = Path(__file__).parent.parent / "templates"

HARM = "<harm a=\"b\" c='d'>&`~{}\r\n\t\0\x9f\ud800"
TAMED = "&lt;harm a=&#34;b&#34; c=&#39;d&#39;&gt;&amp;&#96;&#126;&#123;&#125;&#13;&#10;&#9;\ufffd\ufffd\ufffd"


class Harmful(Labels):
    """Words of a locale that mean harm, whatever is asked."""

    def __init__(self, locale: Locale) -> None:
        self.locale = locale

    def gettext(self, message: str, /) -> str:
        # Where a message is filled in, braces would be fields.
        return message + (HARM.replace("{}", "{{}}") if "{" in message else HARM)

    def language(self, locale: Locale, /) -> str:
        return locale + HARM

    def direction(self, locale: Locale, /) -> str:
        return locale + HARM


def filled(kind: Any, chance: random.Random, deep: int = 0) -> Any:
    """A value that ``kind`` allows: with harm in all its texts but those that choose among what a template has."""
    allowed = get_args(kind)
    if isinstance(kind, NewType):
        return filled(kind.__supertype__, chance, deep)
    if get_origin(kind) is Literal:
        return chance.choice(allowed)
    if get_origin(kind) in {Union, UnionType}:
        return filled(chance.choice(allowed), chance, deep)
    if get_origin(kind) is tuple and allowed[-1] is Ellipsis:
        many = chance.choice([0, 1, 1, 1, 1, 2]) if deep < 7 else 0
        return tuple(filled(allowed[0], chance, deep + 1) for _ in range(many))
    if get_origin(kind) is tuple:
        return tuple(filled(one, chance, deep) for one in allowed)
    if issubclass(kind, msgspec.Struct):
        return kind(**{name: filled(one, chance, deep) for name, one in get_type_hints(kind).items()})
    if issubclass(kind, Enum):
        return chance.choice(list(kind))
    simple: dict[type, list[Any]] = {
        str: ["", HARM, f"a_b{HARM}c", "name"],
        int: [0, 1, 2],
        bool: [False, True],
        NoneType: [None],
    }
    return chance.choice(simple[kind])


CONTENT: dict[str, type[msgspec.Struct]] = {
    "code.md.j2": content.CodeContent,
    "discrepancies.md.j2": content.DiscrepanciesContent,
    "home.md.j2": content.HomeContent,
    "product.md.j2": content.ProductContent,
    "rule.md.j2": content.RuleContent,
    "rules.md.j2": content.RulesContent,
    "search.md.j2": content.SearchContent,
    "section.md.j2": content.SectionContent,
    "tombstone.md.j2": content.TombstoneContent,
}


@pytest.mark.parametrize("template", sorted(path.name for path in (TEMPLATES / "pages").glob("*.md.j2")))
def test_every_text_on_a_page_is_only_text(template: str) -> None:
    locale = Locale(f"en{HARM}")
    renderer = Renderer(TEMPLATES, {locale: Harmful(locale)})
    shown = 0
    for seed in range(60):
        page = Page(locale, "", "", template, HARM, HARM, locale, "", filled(CONTENT[template], random.Random(seed)))
        try:
            body = renderer.page(page).split("\n---\n", 1)[1]
        except CodeglotError:
            continue  # no page of the site: a code without a meaning, a break that ought to be a text
        shown += 1
        assert TAMED in body
        assert "harm" not in body.replace(TAMED, "")
    assert shown > 20


EN = Locale("en")


def shown(folder: Path, template: str, **values: object) -> str:
    (folder / "site").mkdir()
    (folder / "site" / "x.html.j2").write_text(template, encoding="utf-8")
    return Renderer(folder, {EN: labels.read(TEMPLATES, EN)}).html("x.html.j2", EN, **values)


class Told:
    """Something that is no text and becomes one."""

    def __str__(self) -> str:
        return HARM


class Word(str):
    """A kind of text."""

    __slots__ = ()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (HARM, TAMED),
        (Word(HARM), TAMED),
        (None, ""),
        (7, "7"),
        (True, "True"),
        (["<b>"], "[&#39;&lt;b&gt;&#39;]"),
        ({"<b>": '"'}, "{&#39;&lt;b&gt;&#39;: &#39;&#34;&#39;}"),
        (Markup("<b>"), "<b>"),
    ],
    ids=["text", "kind of text", "nothing", "number", "truth", "list", "mapping", "markup"],
)
@pytest.mark.parametrize(
    "template",
    [
        "{{ x }}",
        "{% macro m(y) %}{{ y }}{% endmacro %}{{ m(x) }}",
        "{% macro m(y, z=x) %}{{ z }}{% endmacro %}{{ m(1) }}",
        "{% macro m(y, z) %}{{ z }}{% endmacro %}{{ m(1, z=x) }}",
        "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}{{ x }}{% endcall %}",
        "{% macro m(y) %}{{ y }}{% endmacro %}{% macro n(y) %}{{ m(m(y)) }}{% endmacro %}{{ n(m(x)) }}",
        "{% set y %}{{ x }}{% endset %}{{ y }}",
        "{% for y in [x] %}{{ y }}{% endfor %}",
        "{{ x if 1 else 2 }}",
        "{% autoescape false %}{{ x }}{% endautoescape %}",
    ],
)
def test_a_value_of_any_type_is_only_text(tmp_path: Path, template: str, value: object, expected: str) -> None:
    assert shown(tmp_path, template, x=value) == expected


def test_what_becomes_text_by_itself_is_escaped_too(tmp_path: Path) -> None:
    assert not set("<>\"'\0\x9f") & set(shown(tmp_path, "{{ x }}", x=Told()))


@pytest.mark.parametrize(
    "template",
    [
        "{{ y }}",
        "{{ x.y }}",
        "{{ x.y.z }}",
        "{{ y() }}",
        "{{ x.y | breakable }}",
        "{{ y | breakable }}",
        "{% if y %}{% endif %}",
        "{% if x.y %}{% endif %}",
        "{% for one in y %}{% endfor %}",
        "{% macro m(z) %}{{ z }}{% endmacro %}{{ m() }}",
        "{% macro m(z) %}{{ z }}{% endmacro %}{{ m(a=1) }}",
        "{% macro m(z) %}{{ z }}{% endmacro %}{{ m(1, z=1) }}",
        "{% macro m() %}{{ kwargs }}{% endmacro %}{{ m(a=1) }}",
    ],
)
def test_what_is_not_there_is_an_error(tmp_path: Path, template: str) -> None:
    with pytest.raises(CodeglotError, match=r"x\.html\.j2"):
        shown(tmp_path, template, x=SimpleNamespace())


def test_markup_is_not_trusted_where_text_is_broken(tmp_path: Path) -> None:
    assert shown(tmp_path, "{{ x | breakable }}{{ y | breakable }}", x="a_<b>", y=Markup("a_<b>")) == (
        "a_&lt;b&gt;a_&lt;b&gt;"
    )


def test_no_template_says_that_something_is_safe() -> None:
    for path in sorted(TEMPLATES.glob("*/*.j2")):
        assert not re.search(r"\|\s*(safe|xmlattr|urlize|tojson|format)\b|Markup|autoescape", path.read_text("utf-8"))
