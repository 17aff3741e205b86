"""A page's shell: everything round its body, made by MkDocs once for all pages that are alike, and filled in here.

Pages that differ only in what is theirs (title, description, address, data for machines, body) have one shell a locale:
MkDocs builds a specimen whose values are marks, and the marks are replaced by the values of each page, escaped as the
theme escapes them. Beside each specimen MkDocs builds a probe, whose values are as awkward as can be; where the filled
shell is not, byte for byte, what MkDocs made of the probe, the theme does more with a page's values than a shell can
hold.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

import msgspec
from markupsafe import escape
from msgspec import Struct

from generator.model import Locale
from generator.pages import Page
from generator.pages.linked_data import ROOT
from generator.pages.page import source_of
from generator.site import sanitised

FOLDER: Final = "cgshell"
"""What the addresses of specimens and probes begin with."""

MARKED_BODY: Final = '<div class="cgmarkbody"><h1>cgmark</h1></div>'
"""A specimen's body, with a heading, for the theme puts one over a page that has none."""

AWKWARD_BODY: Final = (
    '<div class="cg"><h1 id="a-1">A &amp; B &lt;i&gt; &#34;c&#34;</h1>\n<p>* _x_ &#96;y&#96; [a](b.md) &#123;{ é 错 $1 \\1</p>\n'
    "<pre>  x\n    y | z</pre>\n<p>1. one<br>2. two</p></div>"
)
"""A probe's body: what Markdown, templates and expressions might take for their own."""

_AWKWARD: Final = "<i> x &amp; \"q\" 'r' {{ y }} {% z %} \\1 $1  é 错 </title> - # :"


Clean = Callable[[str], str]
"""Sanitises a body."""


class Kind(Struct, frozen=True):
    """Everything that a theme can ask of a page beside the values in the gaps."""

    locale: Locale
    template: str
    alone: str | None
    """The address of a page of the navigation, which has a shell to itself; ``None`` for any other."""
    depth: int
    text_locale: Locale
    text_locales: tuple[Locale, ...]
    hide: tuple[str, ...]
    has: tuple[bool, ...]
    """Whether the page is about a code, has a twin, a description, an ``x_default``, data for machines, is searched."""


class Values(Struct, frozen=True):
    """What a page puts into its shell, as HTML that is ready to stand there."""

    title: str
    description: str
    path: str
    code: str
    canonical: str
    x_default: str
    linked_data: str
    body: str


class Shell(Struct, frozen=True):
    """The text of a page, with gaps."""

    texts: tuple[str, ...]
    """What stands before, between and after the gaps."""
    gaps: tuple[str, ...]
    """For each gap the field of :class:`Values` that fills it."""

    def filled(self, values: Values) -> str:
        """The page that has these values."""
        parts = [self.texts[0]]
        for gap, text in zip(self.gaps, self.texts[1:], strict=True):
            parts += (getattr(values, gap), text)
        return "".join(parts)


def kind(page: Page, *, alone: bool) -> Kind:
    """What decides which shell a page has; ``alone`` says that it stands in the navigation."""
    has = (page.code, page.twin, page.description, page.x_default, page.linked_data, page.search)
    return Kind(
        locale=page.locale,
        template=page.template,
        alone=page.path if alone else None,
        depth=page.path.count("/"),
        text_locale=page.text_locale,
        text_locales=page.text_locales,
        hide=page.hide,
        has=tuple(bool(one) for one in has),
    )


def specimen(page: Page, number: int, *, alone: bool) -> Page:
    """A page of the kind of ``page`` whose values are marks."""
    return _with(page, number, alone, {name: f"cgmark{name.replace('_', '')}" for name in _FIELDS})


def probe(page: Page, number: int) -> Page:
    """A page of the kind of ``page``, but not alone, whose values are awkward."""
    paths = {"code": 'a&"b/c', "canonical": "en/a&\"b'/", "x_default": "ko/a&<b/"}
    data = f'{{"a":"{ROOT}en/","b":[\n"\\u003c & \' {{{{ x }}}} \\\\1 错"]}}'
    return _with(page, number, False, {"title": _AWKWARD, "description": _AWKWARD, "linked_data": data, **paths})


_FIELDS: Final = ("title", "description", "code", "canonical", "x_default", "linked_data")


def _with(page: Page, number: int, alone: bool, values: Mapping[str, str]) -> Page:
    given = {name: text for name, text in values.items() if name == "canonical" or getattr(page, name)}
    if not page.fallback:
        given.pop("canonical", None)
    if not alone:
        path = f"{FOLDER}{number}/" + "cgin/" * (page.path.count("/") - 1)
        given.update(path=path, source=source_of(path))
    return msgspec.structs.replace(page, **given)


def values(page: Page, body: str, site_url: str, clean: Clean = sanitised.fragment) -> Values:
    """What ``page`` puts into its shell; ``body`` is its body as rendered, which ``clean`` sanitises."""
    return Values(
        # As the theme makes it: the title is HTML there, of which the tags are taken out.
        title=str(escape(escape(page.title).striptags())),
        description=str(escape(page.description)),
        path=page.path,
        code=str(escape(page.code)),
        canonical=str(escape(page.canonical)),
        x_default=str(escape(page.x_default)),
        linked_data=page.linked_data.replace(ROOT, site_url),
        body=clean(body),
    )


def opened(text: str, page: Page) -> Shell:
    """The shell in what MkDocs made of ``page``, a specimen."""
    marks = {f"cgmark{name.replace('_', '')}": name for name in _FIELDS}
    marks[sanitised.fragment(MARKED_BODY)] = "body"
    if page.path.startswith(FOLDER):
        marks[page.path] = "path"
    parts = re.split("|".join(f"({re.escape(mark)})" for mark in sorted(marks, key=len, reverse=True)), text)
    found = [part for part in parts if part is not None]
    return Shell(texts=tuple(found[::2]), gaps=tuple(marks[mark] for mark in found[1::2]))
