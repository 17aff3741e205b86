"""What ``codeglot explain`` has to say, as one value: what was read, and everything the documents say about it.

:class:`Explanation` is what ``--format json`` prints, field by field; :func:`schema` describes it. Fields may be added;
one that is renamed, removed or means something else makes a new ``schema_version``.
"""

from collections.abc import Mapping
from typing import Final

import msgspec
from msgspec import Struct

from generator.model import Column, Locale, ProductId
from generator.resolve import Ambiguity, ReadKind, ResolutionKind
from generator.text import harmless_json

SCHEMA_VERSION: Final = 1


class Neighbour(Struct, frozen=True):
    """A code as far as it takes to tell it from others."""

    code: str
    """Product and slug: ``gme/7006``."""
    name: str
    line: str
    """What it means, in one line."""


class ReadSaid(Struct, frozen=True):
    """A stretch of the text that was taken for a code."""

    line: int
    """Line of its first place, from 1."""
    column: int
    """Column of its first place, from 1, in Unicode code points."""
    text: str
    """The stretch as written."""
    kind: ReadKind
    """As what it was read."""
    value: str
    """The number in decimal; for names the letters and digits alone, in capitals."""
    count: int
    """How often the text has it."""
    excerpt: str
    """The line of its first place; of a very long one the part around it."""
    excerpt_start: int
    """Where in ``excerpt`` the stretch begins, from 0."""
    codes: tuple[str, ...]
    """The codes meant, likeliest first; empty for a number that is no code."""
    other_base: tuple[str, ...]
    """The codes that the same digits are in the other base."""
    neighbours: tuple[Neighbour, ...]
    """For a number that is no code: the nearest codes."""
    ambiguity: tuple[Ambiguity, ...]


class LinkSaid(Struct, frozen=True):
    """A link in a row's text."""

    text: str
    target: str


class FieldSaid(Struct, frozen=True):
    """What one cell says."""

    column: Column
    header: str
    """The header's own words."""
    text: str
    links: tuple[LinkSaid, ...]


class CorrectionSaid(Struct, frozen=True):
    """What was put right in a row by a reviewed erratum."""

    column: Column
    written: str
    corrected: str
    reason: str


class RowSaid(Struct, frozen=True):
    """One row of one document."""

    locale: Locale
    edition: str
    name: str
    fields: tuple[FieldSaid, ...]
    """What it says besides code and name."""
    outside: tuple[str, ...]
    """Words that stand outside the table's columns."""
    corrections: tuple[CorrectionSaid, ...]
    source: str
    """Path of the document in the source folder."""
    source_line: int


class MeaningSaid(Struct, frozen=True):
    """What a code means in one section of its product."""

    section: str
    """The section's title."""
    retired: bool
    """The newest edition does not list it."""
    own: bool
    """The rows are in the language asked for (where one was)."""
    rows: tuple[RowSaid, ...]
    """A row that the document lists twice is here twice."""


class FormerName(Struct, frozen=True):
    """A name that an older edition gives the code."""

    name: str
    edition: str
    """The newest edition that has it."""


class CodeSaid(Struct, frozen=True):
    """One code."""

    code: str
    """Product and slug: ``gme/7006``."""
    product: ProductId
    product_title: str
    text: str
    """The code as published."""
    decimal: str
    """The number in base 10; empty for what is no single number."""
    hexadecimal: str
    """The number in base 16, with ``0x``."""
    names: tuple[str, ...]
    """Its names today, that of the language asked for first."""
    former: tuple[FormerName, ...]
    retired: bool
    retired_reason: str
    """Why it is meant to be gone, as declared; empty where nothing is declared."""
    replaced_by: str
    """The code to use instead, as declared; empty where nothing is."""
    same_number: tuple[Neighbour, ...]
    """The codes of other products with the same number."""
    other_base: tuple[Neighbour, ...]
    """The codes one gets by reading the digits in the other base."""
    meanings: tuple[MeaningSaid, ...]
    page: str
    """Its page: a whole address where the site's is known, else the path below the site's root."""


class Mention(Struct, frozen=True):
    """A code whose texts have all the words that were asked for, which are no code themselves."""

    code: str
    name: str
    column: Column
    text: str


class Explanation(Struct, frozen=True):
    """The answer of ``codeglot explain``."""

    schema_version: int
    locale: Locale
    """The language of titles and lines, and of the rows where one was asked for."""
    kind: ResolutionKind
    reads: tuple[ReadSaid, ...]
    """In the order of the text."""
    codes: tuple[CodeSaid, ...]
    """Each code meant, once; what is certain before what is guessed."""
    mentions: tuple[Mention, ...]
    lines: int
    """How many lines the text has."""
    unknown_left_out: int
    """How many more different numbers were spoken of as codes without being one."""


def schema() -> str:
    """The JSON Schema of :class:`Explanation`, as indented JSON with a final newline."""
    described = msgspec.json.schema(Explanation)
    return _text(
        {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Codeglot explanation", **described}
    )


def to_json(explanation: Explanation) -> str:
    """``explanation`` as indented JSON with a final newline, the same bytes every time."""
    return _text(explanation)


def _text(value: object) -> str:
    return harmless_json(msgspec.json.format(msgspec.json.encode(value), indent=2).decode()) + "\n"


LABELS: Final[Mapping[Column, str]] = {
    Column.DESCRIPTION: "Description",
    Column.CAUSE: "Cause",
    Column.SOLUTION: "Solution",
    Column.CAUSE_AND_SOLUTION: "Explanation",
}
"""What a column is called at the terminal; other columns keep their header's words."""
