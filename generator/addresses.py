"""Where things are on the site: slugs and paths, the same for pages, links, search and API."""

import hashlib
import re
import unicodedata
from typing import Final, assert_never

from generator.model import Code, CodeList, CodeRange, IntegerCode, Locale, ProductId, Slug, SymbolCode

_UNSAFE: Final = re.compile(r"[^a-z0-9._-]+")
_LONGEST: Final = 80
_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
)
"""Names that Windows keeps for devices, with any ending; a clone there could not hold such a file."""
_PAGES: Final = frozenset({"index.html", "index.md"})
"""Names of the files that a product's page has beside the folders of its codes."""


def slug(code: Code) -> Slug:
    """The segment of an address that stands for ``code``: the number in decimal, a symbol in lower case."""
    if isinstance(code, IntegerCode):  # First and alone: nearly all codes are such.
        return Slug(str(code.value))
    match code:
        case SymbolCode(value=value):
            return word_slug(value)
        case CodeRange(first=first, last=last):
            return Slug(f"{first}..{last}")
        case CodeList(values=values):
            return word_slug("_".join(str(value) for value in values))
        case _:
            assert_never(code)


def word_slug(text: str) -> Slug:
    """Any text as one segment: lower case, ASCII; what had to be left out or cut is told apart by a short digest."""
    folded = unicodedata.normalize("NFKC", text).lower()
    plain = _UNSAFE.sub("-", folded).strip("-.")
    told_apart = not _UNSAFE.search(folded.replace(" ", "-").replace(":", "-"))
    if told_apart and 0 < len(plain) <= _LONGEST and plain.split(".")[0] not in _DEVICES and plain not in _PAGES:
        return Slug(plain)
    digest = hashlib.sha256(folded.encode()).hexdigest()[:8]
    start = plain[:_LONGEST].strip("-.")
    if start.split(".")[0] in _DEVICES:
        start = start.replace(".", "-")
    return Slug(f"{start}-{digest}".lstrip("-"))


def prefix(locale: Locale, source_locale: Locale) -> str:
    """The first part of every address of a locale: empty for the source locale, else ``en/``."""
    return "" if locale == source_locale else f"{locale}/"


def code_path(product: ProductId, code: Code) -> str:
    """The address of a code's page below the locale's prefix: ``gme/7006/``."""
    return f"{product}/{slug(code)}/"


def section_path(product: ProductId, first: Code) -> str:
    """The address of a section's page, named after its first code: ``gme/sections/4097/``.

    A title can be reworded at any time, the first code hardly ever.
    """
    return f"{product}/sections/{slug(first)}/"


def product_path(product: ProductId) -> str:
    """The address of a product's page: ``gme/``."""
    return f"{product}/"


def rule_path(rule: str) -> str:
    """The address of a rule's page: ``rules/K204/``."""
    return f"rules/{rule}/"


def neutral_path(*segments: str) -> str:
    """The link for tickets, in no language: ``e/7006/``, ``e/gme/7006/``."""
    return "/".join(("e", *segments)) + "/"
