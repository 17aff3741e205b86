"""The small pieces that all pages are made of, ready for a template."""

from typing import Literal

from msgspec import Struct

from generator.model import Column, Locale

Mark = Literal["", "here", "differs"]
"""Whether a diagnostic points at some words, or other languages or editions say something else."""

# Running text.


class TextPart(Struct, frozen=True, array_like=True, tag=True):
    """Plain words."""

    text: str
    kind: Literal["text"] = "text"
    mark: Mark = ""


class CodePart(Struct, frozen=True, array_like=True, tag=True):
    """Words set as code."""

    text: str
    kind: Literal["code"] = "code"
    mark: Mark = ""


class LinkPart(Struct, frozen=True, array_like=True, tag=True):
    """Words that lead off the site."""

    text: str
    href: str
    """Absolute: ``http``, ``https`` or ``mailto``."""
    host: str
    """Where the link leads, for people; empty where the words already say it."""
    kind: Literal["link"] = "link"
    mark: Mark = ""


class BreakPart(Struct, frozen=True, array_like=True, tag=True):
    """A line break."""

    kind: Literal["break"] = "break"


Part = TextPart | CodePart | LinkPart | BreakPart


class Paragraph(Struct, frozen=True, array_like=True, tag=True):
    """One paragraph."""

    parts: tuple[Part, ...]
    kind: Literal["paragraph"] = "paragraph"


class Enumeration(Struct, frozen=True, array_like=True, tag=True):
    """A list counted from 1; the marks themselves are left to the reader's browser."""

    items: tuple[tuple[Part, ...], ...]
    kind: Literal["enumeration"] = "enumeration"


Block = Paragraph | Enumeration


# Links inside the site. A ``href`` is relative to the page that holds it.


class Ref(Struct, frozen=True, array_like=True):
    """A link to another page of the site."""

    text: str
    href: str
    lang: Locale = Locale("")
    """The language of ``text`` where it is not the page's own."""


class CodeRef(Struct, frozen=True, array_like=True):
    """A link to a code's page, with enough words to recognise the code."""

    code: str
    name: str
    summary: str
    """One line of what the code means; empty where the source says nothing."""
    href: str
    address: str
    """Product and slug: ``gme/7006``."""
    lang: Locale = Locale("")
    """The language of ``summary`` where it is not the page's own."""
    retired: bool = False


class Evidence(Struct, frozen=True, array_like=True):
    """One line of what proves a correction."""

    place: str
    """The document, in English; empty where the line names none."""
    quoted: str
    lang: Locale = Locale("")
    """The language of what is quoted; empty where the line names no document."""


class Banner(Struct, frozen=True, array_like=True):
    """A sentence the reader has to see before the text."""

    kind: Literal["contradicted", "fallback", "retired", "older", "twice", "moved", "corrected"]
    text: str
    reason: str = ""
    """Why, as recorded; in English."""
    evidence: tuple[Evidence, ...] = ()
    """What proves it, as recorded."""
    ref: Ref | None = None
    detail: Ref | None = None
    """Where more is said of it."""


# Rows.


class FieldView(Struct, frozen=True, array_like=True):
    """One field of one entry."""

    column: Column
    label: str
    blocks: tuple[Block, ...]
    label_lang: Locale = Locale("")
    """The language of ``label`` where the source's own words had to serve."""


class Stray(Struct, frozen=True, array_like=True):
    """Words of a row that stand in no column."""

    label: str
    text: str


class Provenance(Struct, frozen=True, array_like=True):
    """Where a text comes from."""

    text: str
    """``gme/current/en.md:309``"""
    href: str
    """The original on the web; empty where no repository is declared."""
    edition: str
    published: str
    """For people, in the page's language; empty where it is not known."""
    origin: str = ""
    """Edition and date in words of the page's language; empty where neither has a date."""
