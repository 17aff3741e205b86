"""The pieces of a code's page that set texts beside each other, ready for a template."""

from typing import Literal

from msgspec import Struct

from generator.diagnostics import Severity
from generator.model import Column, Locale
from generator.pages.parts import Block, CodeRef, Provenance
from generator.pages.report_parts import Piece

# The languages beside each other.


class RuleMark(Struct, frozen=True, array_like=True):
    """A rule that says something about a field."""

    id: str
    severity: Severity
    href: str
    """Where it says so, on the page of discrepancies."""


class ParallelCell(Struct, frozen=True, array_like=True):
    """One field of one row beside the same field of others."""

    kind: Literal["field", "stray", "none"]
    """``stray`` for words that stand in no column; ``none`` where this row has nothing and another has such words."""
    column: Column
    label: str
    blocks: tuple[Block, ...]
    """With the words marked that differ; empty where the row says nothing."""
    label_lang: Locale = Locale("")
    """The language of ``label`` where the source's own words had to serve."""
    marked: Literal["", "warning", "error"] = ""
    """The field as a whole is another than in other languages: it wants, or the checker says so of all of it."""
    rules: tuple[RuleMark, ...] = ()
    """What the checker says about it, one for each rule."""


class ParallelColumn(Struct, frozen=True, array_like=True):
    """One row of one language."""

    locale: Locale
    title: str
    """The language's own name."""
    number: str
    """``1 of 2`` where its source lists the code more than once; else empty."""
    href: str
    """The code's page in that language; empty for the page's own and for the one shown above in its stead."""
    code: str
    note: str
    """What the reader must know of this text: that it is of an older edition; else empty."""
    corrected: bool
    rules: tuple[RuleMark, ...]
    """What the checker says about its code."""
    cells: tuple[ParallelCell, ...]
    """As many in each column, the same field at the same place."""
    provenance: Provenance


class Parallel(Struct, frozen=True, array_like=True):
    """What each language says about one meaning, field by field."""

    anchor: str
    languages: tuple["LanguageName", ...]
    columns: tuple[ParallelColumn, ...]
    """At least two, the text that the page shows first before the others."""
    rows: int
    """How many cells each column has."""
    note: str
    """How many fields differ; empty where none is known to."""
    left_out: tuple["LanguageLink", ...]
    """Languages that have a text, but for which there is no room."""


class LanguageName(Struct, frozen=True, array_like=True):
    """A language by what its speakers call it."""

    locale: Locale
    title: str


class LanguageLink(Struct, frozen=True, array_like=True):
    """The same page in another language."""

    locale: Locale
    title: str
    href: str


# Related codes.


class SharedText(Struct, frozen=True, array_like=True):
    """Codes of the product that have the same cause or the same solution, word for word."""

    label: str
    """``Same cause``"""
    text: str
    """The text that they share, on one line."""
    lang: Locale
    """The language of the text where it is not the page's own."""
    refs: tuple[CodeRef, ...]
    more: str
    """How many more there are than are shown; empty for none."""


class NumberSide(Struct, frozen=True, array_like=True):
    """What one product means by a number."""

    product: str
    product_lang: Locale
    href: str
    """Empty for the product of the page itself."""
    address: str
    code: str
    name: tuple[Piece, ...]
    line: tuple[Piece, ...]
    lang: Locale
    """The language of ``line`` where it is not the page's own."""


class SameNumber(Struct, frozen=True, array_like=True):
    """The same number in another product, and what differs there."""

    verdict: str
    """What the two have in common, in two or three words; empty where nothing can be said."""
    sides: tuple[NumberSide, ...]
    """The page's own product, then the other."""
