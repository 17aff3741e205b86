"""A belt over the pages' own escaping: of what stands on a finished page only what our templates use is kept.

nh3 (https://nh3.readthedocs.io), which reads HTML as a browser does, takes out every other element, attribute and
address. Nothing of it ought ever to be there; if a template, a converter of Markdown or a plugin lets something in, it
ends here.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
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


_BEGINS: Final = '<details class="cg-diagnostic"'
_DETAILS: Final = re.compile(rf"({re.escape(_BEGINS)})|<details\b|</details>")
_GAP: Final = f"{_BEGINS}></details>"
"""Where a piece was."""

Pieces = dict[bytes, str]
"""What became of diagnostics with their evidence, by the digests of their markup."""


def fragment(markup: str) -> str:
    """``markup`` with nothing in it but what the templates use."""
    return _CLEANER.clean(markup)


def by_pieces(markup: str, known: Mapping[bytes, str], digest: Callable[[str], bytes]) -> tuple[str, Pieces]:
    """As :func:`fragment`, and what became of the pieces; those that are ``known`` are not sanitised again.

    Each piece and what is around them is sanitised by itself, so that nothing gets through however they are told apart; where
    an element ends in another one than it begins in, something else may come of it.
    """
    found: Pieces = {}
    around, order, last = [], [], 0
    for start, end in _pieces(markup):
        piece = markup[start:end]
        key = digest(piece)
        if key not in found:
            found[key] = known[key] if key in known else fragment(piece)
        order.append(found[key])
        around.append(markup[last:start])
        last = end
    clean = fragment(_GAP.join((*around, markup[last:]))).split(_GAP)
    if len(clean) != len(order) + 1:
        return fragment(markup), {}
    return "".join(chain.from_iterable(zip(clean, (*order, ""), strict=True))), found


def _pieces(markup: str) -> Iterator[tuple[int, int]]:
    """Where pieces begin and end."""
    start: int | None = None
    depth = 0
    for token in _DETAILS.finditer(markup):
        if start is None:
            if token[1]:
                start, depth = token.start(), 1
        elif token[0] == "</details>":
            depth -= 1
            if not depth:
                yield start, token.end()
                start = None
        else:
            depth += 1


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
