"""Pages as Markdown: cases from sources to pages, and data that tries to break out of them."""

import json
import re
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from textwrap import dedent
from typing import Any

import jinja2
import markdown
import msgspec
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import labels, pages, pipeline, render
from generator.errors import CodeglotError
from generator.model import Column, Link, Locale, Problem, ProblemKind, Text
from generator.pages import SiteInfo, linked_data
from generator.render import Renderer, breakable
from tests import once

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "templates"
CASES = sorted(path.parent for path in (Path(__file__).parent / "cases" / "render").glob("*/pages.txt"))
EXTENSIONS = [
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "meta", "smarty", "tables", "toc",
    "pymdownx.superfences", "pymdownx.snippets", "pymdownx.blocks.admonition", "pymdownx.critic", "pymdownx.keys",
]  # fmt: skip
"""More than the site uses: a page must not depend on what is switched on."""


@cache
def rendered(folder: Path) -> dict[str, str]:
    loaded = once.loaded(folder)
    words = {locale: labels.read(TEMPLATES, locale) for locale in loaded.settings.locales}
    about = pipeline.site_info(loaded.settings)
    plan = pages.plan(
        loaded.corrected, pages.Ledger(loaded.written, once.checked(folder), {}), about, words, pipeline.rule_infos()
    )
    return render.pages(Renderer(TEMPLATES, words), plan.pages)


def split(text: str) -> tuple[dict[str, object], str]:
    """A page's front matter, as YAML reads it, and its body."""
    _, front, body = text.split("---\n", 2)
    return yaml.safe_load(front), body


class Reader(HTMLParser):
    """What a browser would find: elements with their attributes, and the text of each element with ``data-field``."""

    VOID = frozenset({"br", "wbr", "input", "img", "hr", "meta", "link"})

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.fields: dict[str, str] = {}
        self.text = ""
        self.feed(text)
        self.close()
        assert self.open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        for field in {attrs["data-field"] for _, attrs in self.open if "data-field" in attrs}:
            self.fields[field or ""] = self.fields.get(field or "", "") + data


@pytest.mark.parametrize("folder", CASES, ids=lambda path: path.name)
def test_case(folder: Path, expect: Callable[[Path, str], None]) -> None:
    """Sources to pages; the pages that a case shows are listed in its ``pages.txt``."""
    files = rendered(folder)
    for name in (folder / "pages.txt").read_text(encoding="utf-8").split():
        expect(folder / "expected" / name, files[name])


@pytest.mark.parametrize("folder", [*CASES, ROOT / "source_docs"], ids=lambda path: path.name)
def test_markdown_leaves_every_page_as_it_is(folder: Path) -> None:
    converter = markdown.Markdown(extensions=EXTENSIONS)
    # The originals' nine hundred pages take long; every seventh meets all kinds of page in all locales.
    step = 7 if folder.name == "source_docs" else 1
    for name, text in list(rendered(folder).items())[::step]:
        meta, body = split(text)
        assert isinstance(meta["title"], str), name
        assert "\n\n" not in body.strip(), name
        assert converter.reset().convert(body).strip() == body.strip(), name
        Reader(body)


def test_every_page_of_the_originals_is_sound() -> None:
    files = rendered(ROOT / "source_docs")
    addresses = {
        (f"{locale}/" if locale != "zh" else "") + re.sub(r"(index)?\.md$", "", rest).rstrip("/")
        for locale, _, rest in (name.partition("/") for name in files)
    }
    known = {f"{address}/".lstrip("/") if address.rstrip("/") else "" for address in addresses}
    for name, text in files.items():
        reader = Reader(split(text)[1])
        ids = [attrs["id"] for _, attrs in reader.elements if "id" in attrs]
        assert len(ids) == len(set(ids)), name
        assert [tag for tag, _ in reader.elements].count("h1") == 1, name
        locale, _, rest = name.partition("/")
        here = ("" if locale == "zh" else f"{locale}/") + re.sub(r"(index)?\.md$", "", rest)
        here = here if here.endswith("/") or not here else f"{here}/"
        for tag, attrs in reader.elements:
            href = attrs.get("href")
            if tag != "a" or not href or href.startswith(("https://", "#")):
                continue
            path = href.partition("#")[0].partition("?")[0]
            steps = here.split("/")[:-1]
            for step in path.strip("/").split("/"):
                if step == "..":
                    steps.pop()
                elif step != ".":
                    steps.append(step)
            target = "".join(f"{step}/" for step in steps)
            assert target in known or target.startswith("e/"), f"{name}: {href} leads to {target}"


def test_a_field_that_is_cause_and_solution_is_found_as_both() -> None:
    body = split(rendered(ROOT / "source_docs")["en/gme/7006.md"])[1]
    fields = Reader(body).fields
    assert fields["value"].startswith("7006")
    assert fields["name"].startswith("AV_ERR_AUTH_FIALD")
    assert fields["cause"] == fields["solution"]
    assert "The AppID does not exist" in fields["cause"]


def test_a_text_in_another_language_says_so() -> None:
    meta, body = split(rendered(ROOT / "source_docs")["en/ilvb/30000412.md"])
    assert (meta["text_locale"], meta["canonical"], meta["code"]) == ("zh", "ilvb/30000412/", "ilvb/30000412")
    assert meta["text_locales"] == ["zh"]
    reader = Reader(body)
    assert ("div", "zh") in [(tag, attrs.get("lang")) for tag, attrs in reader.elements if "data-locale" in attrs]
    assert 'data-note="fallback"' in body


# Data that tries to break out.

HOSTILE = [
    "</div></section><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "&lt;b&gt; &amp; &#60;script&#62;",
    "{{ 7 * 7 }} {% raw %} {# x #} ${x} <% x %>",
    "```python",
    "~~~",
    '--8<-- "mkdocs.yml"',
    ";--8<-- x",
    "*a* _b_ **c** `d` [e](javascript:alert(1)) ![f](g)",
    "# heading",
    "!!! note",
    "/// note",
    "[TOC] [^1] [[x]] *[HTML]: x ++ctrl++ {++ins++} {: .x }",
    "<!-- x --> <![CDATA[ x ]]> <?php x ?>",
    "--- ... : - ? | > % @",
    "\\ \\` \\n \\u0041",
    "\x02wzxhzdk:0\x03 \x02klzzwxh:0000\x03 \x02amp\x03",
    "\x00 \x07 \x1b[31m \x7f \x85 \u2028 \u2029 \ufeff \u202e \U0001f600 \uffff",
    "a\n\n```python\nb\n```\n\n# c\n\n</div>\n\n* d",
    "a" * 3000,
]
ENTRY = """
    source_locale = "zh"
    locales = ["zh"]
    [[products]]
    id = "p"
    title = { zh = "P" }
    [[products.editions]]
    id = "v"
    documents = { zh = "zh.md" }
"""


def hostile_page(tmp_path: Path, text: str) -> str:
    """The page of a code whose every word is ``text``, which no parser has had a chance to tame."""
    (tmp_path / "catalog.toml").write_text(dedent(ENTRY), encoding="utf-8")
    (tmp_path / "zh.md").write_text(
        "## S\n\n| 名称 | 错误码 | 含义 | 原因 |\n| - | - | - | - |\n| A | 1 | a | b |\n", encoding="utf-8"
    )
    catalog = pipeline.load(tmp_path).corrected
    [product] = catalog.products
    [meaning] = product.meanings
    [entry] = meaning.entries
    fields = tuple(
        field
        if field.column is Column.CODE
        else msgspec.structs.replace(
            field,
            raw=text,
            plain=text,
            header=text,
            inlines=(Text(text), Link(text, text), Link(text, f"https://x/{text}")),
        )
        for field in entry.fields
    )
    entry = msgspec.structs.replace(
        entry, fields=fields, problems=(Problem(ProblemKind.CELL_OVERFLOW, text, entry.span, 1),)
    )
    meaning = msgspec.structs.replace(meaning, entries=(entry,))
    section = msgspec.structs.replace(product.sections[0], titles=(("zh", text),))
    product = msgspec.structs.replace(product, meanings=(meaning,), sections=(section,), titles=(("zh", text),))
    catalog = msgspec.structs.replace(catalog, products=(product,))
    words = {locale: labels.read(TEMPLATES, locale) for locale in catalog.locales}
    plan = pages.plan(catalog, pages.Ledger(catalog, (), {}), SiteInfo(catalog.locales, catalog.source_locale), words)
    files = render.pages(Renderer(TEMPLATES, words), plan.pages)
    for name, page in files.items():
        check_tame(name, page)
    return files["zh/p/1.md"]


CONTROL = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def check_tame(name: str, page: str) -> None:
    meta, body = split(page)
    assert set(meta) <= {
        "title", "description", "text_locale", "code", "canonical", "text_locales", "x_default", "search_exclude", "hide",
        "twin", "linked_data",
    }  # fmt: skip
    told = str(meta["linked_data"])
    json.loads(told)
    assert "<" not in told.replace(linked_data.ROOT, "")
    html = markdown.markdown(body, extensions=EXTENSIONS)
    assert html.strip() == body.strip(), name
    reader = Reader(html)
    assert not {tag for tag, _ in reader.elements} & {"script", "img", "style", "iframe", "base", "template"}
    for _, attrs in reader.elements:
        assert not [key for key in attrs if key.startswith("on")]
        assert not (attrs.get("href") or "").strip().lower().startswith(("javascript:", "data:", "vbscript:"))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_only_words(tmp_path: Path, text: str) -> None:
    page = hostile_page(tmp_path, text)
    meta, body = split(page)
    assert "<" not in str(meta["title"])
    assert "".join(text.split())[:5] in "".join(Reader(body).text.split()) or CONTROL.search(text)


@settings(max_examples=15, deadline=None)
@given(text=st.text(min_size=1, max_size=60))
def test_any_words_are_only_words(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    hostile_page(tmp_path_factory.mktemp("p"), text)


def renderer(folder: Path, **templates: str) -> Renderer:
    (folder / "site").mkdir()
    for name, text in templates.items():
        (folder / "site" / f"{name}.html.j2").write_text(text, encoding="utf-8")
    return Renderer(folder, {Locale("en"): labels.read(TEMPLATES, Locale("en"))})


def test_standalone_files_are_escaped_too(tmp_path: Path) -> None:
    found = renderer(tmp_path, e='<a href="{{ x }}">{{ _("Cause") }}</a>').html("e.html.j2", Locale("en"), x='"><b>')
    assert found == '<a href="&#34;&gt;&lt;b&gt;">Cause</a>'


@pytest.mark.parametrize("template", ["{{ nothing }}", "{{ x.nothing }}", "{% if %}", '{% include "nothing" %}'])
def test_a_wrong_template_is_an_error_that_names_it(tmp_path: Path, template: str) -> None:
    with pytest.raises(CodeglotError, match=r"e\.html\.j2"):
        renderer(tmp_path, e=template).html("e.html.j2", Locale("en"), x="x")


class _Store:
    """Keeps in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        return self.kept.get(key)

    def put(self, key: str, data: bytes) -> None:
        self.kept[key] = data


def test_a_template_that_was_kept_compiled_is_not_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    real = jinja2.Environment.compile

    def noted(*given: Any, **named: Any) -> Any:
        compiled.append(given[2])
        return real(*given, **named)

    monkeypatch.setattr(jinja2.Environment, "compile", noted)
    folder = tmp_path / "site"
    folder.mkdir()
    words, store = {Locale("en"): labels.read(TEMPLATES, Locale("en"))}, _Store()

    def said(text: str) -> str:
        (folder / "x.html.j2").write_text(text, encoding="utf-8")
        # As another program, which remembers nothing.
        monkeypatch.setattr(render._Compiled, "_known", {})
        return Renderer(tmp_path, words, store).html("x.html.j2", Locale("en"), x=1)

    assert said("{{ x }} and") == "1 and"
    assert said("{{ x }} and") == "1 and"
    assert compiled == ["x.html.j2"]
    assert said("{{ x }} or") == "1 or"
    assert compiled == ["x.html.j2"] * 2


def test_templates_neither_sort_nor_look_up() -> None:
    for path in sorted((TEMPLATES / "pages").glob("*.j2")):
        source = path.read_text(encoding="utf-8")
        for word in ("|sort", "| sort", "groupby", "selectattr", "rejectattr", "|safe", "| safe", "autoescape"):
            assert word not in source, f"{path.name} says {word}"
        jinja2.Environment(autoescape=True).parse(source)


def test_a_name_may_break_after_its_signs() -> None:
    assert breakable("AV_ERR::X<b>") == "AV_<wbr>ERR::<wbr>X&lt;b&gt;"
    assert breakable("") == ""
    assert breakable("__a") == "__<wbr>a"
