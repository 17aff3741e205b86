"""A belt over the pages' own escaping: of what stands on a finished page only what our templates use is kept.

nh3 (https://nh3.readthedocs.io), which reads HTML as a browser does, takes out every other element, attribute and
address. Nothing of it ought ever to be there; if a template, a converter of Markdown or a plugin lets something in, it
ends here.
"""

import re
from pathlib import Path
from typing import Final

import nh3

SCHEMES: Final = frozenset({"http", "https", "mailto"})
"""What ``outward`` in ``pages/links.py`` lets through, said once more on purpose: the belt must hold where that fails."""

_EVERYWHERE: Final = {"class", "dir", "hidden", "id", "lang", "role", "tabindex"}

_ATTRIBUTES: Final[dict[str, set[str]]] = {
    **{
        name: set()
        for name in (
            *("article", "bdi", "br", "code", "dd", "div", "dl", "dt", "fieldset", "h1", "h2", "h3", "h4", "header"),
            *("legend", "li", "mark", "nav", "ol", "p", "pre", "q", "section", "small", "span", "strong", "summary"),
            *("table", "tbody", "thead", "tr", "ul", "wbr"),
        )
    },
    "a": {"href", "hreflang", "rel"},
    "button": set(),
    "details": {"open"},
    "form": {"action"},
    "input": {"autocapitalize", "autocomplete", "autocorrect", "checked", "enterkeyhint", "placeholder", "spellcheck"},
    "label": {"for"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
"""The elements of the templates with the attributes that only they have. Never ``noscript``: what is in it is text to
a browser that runs scripts and markup to anything else."""

_VALUES: Final = {
    "button": {"type": {"button", "submit"}},
    "form": {"method": {"get"}},
    "input": {"name": {"q"}, "type": {"checkbox", "search"}},
}

_CLEANER: Final = nh3.Cleaner(
    tags=set(_ATTRIBUTES),
    attributes={**{name: own for name, own in _ATTRIBUTES.items() if own}, "*": _EVERYWHERE},
    tag_attribute_values=_VALUES,
    generic_attribute_prefixes={"aria-", "data-"},
    url_schemes=set(SCHEMES),
    link_rel=None,
    clean_content_tags={"script", "style"},
)

_STARTS: Final = (
    (re.compile(r"<article[^>]* data-generated>"), "</article>"),
    # The pages behind links in no language and at addresses that have moved.
    (re.compile(r'<body>\n<main(?: class="going")?>'), "</main>"),
)
"""Where the content of a page begins that was made from documents, and what ends it."""


def fragment(markup: str) -> str:
    """``markup`` with nothing in it but what the templates use."""
    return _CLEANER.clean(markup)


def page(text: str) -> str:
    """A whole page with its content sanitised; a page that was not made from documents stays as it is."""
    for begins, ends in _STARTS:
        start, end = begins.search(text), text.rfind(ends)
        if start is not None and end >= start.end():
            return f"{text[: start.end()]}{fragment(text[start.end() : end])}{text[end:]}"
    return text


def pages(site: Path) -> None:
    """Sanitise every page below ``site`` that was made from documents."""
    for path in sorted(site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        clean = page(text)
        if clean != text:
            path.write_text(clean, encoding="utf-8")
