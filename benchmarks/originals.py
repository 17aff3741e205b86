"""What the documents of this repository say, taken apart so that more of the like can be made of it."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from generator import layout, pipeline
from generator.glossary import Concept
from generator.glossary import read as read_glossary
from generator.model import Catalog, Column, Entry, Locale, Table, TableForm, canonical

ROOT: Final = Path(__file__).resolve().parent.parent
LOCALES: Final = (Locale("zh"), Locale("en"), Locale("ko"))
_PRODUCT: Final = "gme"
"""The product whose documents there are in all locales."""
_TEXTS: Final[tuple[Column, ...]] = (Column.DESCRIPTION, Column.CAUSE, Column.SOLUTION, Column.CAUSE_AND_SOLUTION)
_PLAIN_NOUNS: Final = (
    "room", "member", "user", "group", "friend", "message", "role", "device", "resource", "memory", "disk", "file",
    "directory", "library", "thread", "process", "network", "request", "response", "packet", "gateway", "proxy", "port",
    "address", "firewall", "certificate", "token", "ticket", "signature", "key", "password", "account", "cache", "buffer",
    "index", "table", "database", "transaction", "partition", "snapshot", "backup", "quota", "callback", "interface",
    "configuration", "version", "feature", "order", "coupon", "region", "instance", "cluster", "bucket", "domain", "job",
    "subscription", "permission", "identity", "parameter", "signaling",
)  # fmt: skip
"""Concepts of the glossary whose words name a thing, so that one can stand in the place of another."""
_SEGMENTS: Final = re.compile(r"(\]\([^)]*\)|<[^>]*>|`[^`]*`|https?:[^\s)]*)")
"""What of a text is no prose: targets of links, tags, code."""
_NUMBER: Final = re.compile(r"(/document/product/)(\d+)(?=/)")


class Thing(NamedTuple):
    """A thing that codes may be about."""

    token: str
    """In names: ``ROOM``."""
    words: tuple[str, ...]
    """In each locale, the preferred one."""
    known: tuple[tuple[str, ...], ...]
    """All words for it in each locale, the longest first."""


class Row(NamedTuple):
    """A row of the originals, in all locales."""

    tail: tuple[str, ...]
    """The words of its name without those that all names begin with."""
    texts: Mapping[Column, tuple[str, ...]]
    """Each column's cells as written, in the order of the locales."""
    thing: Thing | None
    """The thing that the row is about, where all locales name one in the first of the texts."""


class Section(NamedTuple):
    """A table of the originals, in all locales."""

    form: TableForm
    headers: tuple[list[str], ...]
    rows: tuple[Row, ...]


@cache
def things() -> tuple[Thing, ...]:
    """All things that there are words for."""
    path = layout.glossary()
    if not path:
        raise SystemExit("Codeglot's glossary is missing")
    concepts = read_glossary(path).concepts
    return tuple(_thing(concepts[name]) for name in _PLAIN_NOUNS)


def _thing(concept: Concept) -> Thing:
    words = [[word.strip("*") for word in concept.words[locale]] for locale in LOCALES]
    known = tuple(tuple(sorted(one, key=len, reverse=True)) for one in words)
    return Thing(concept.names[0], tuple(one[0] for one in words), known)


@cache
def sections() -> tuple[Section, ...]:
    """The tables that all locales have."""
    documents = {
        one.locale: one for one in _catalog().documents if one.product == _PRODUCT and one.edition == "current"
    }
    tables = [[table for section in documents[one].sections for table in section.tables] for one in LOCALES]
    return tuple(_section(peers) for peers in zip(*tables, strict=True))


def _section(peers: Sequence[Table]) -> Section:
    first = peers[0]
    by_code = [{canonical(entry.code): entry for entry in table.entries} for table in peers]
    rows = [_row([entries[code] for entries in by_code]) for code in by_code[0] if all(code in one for one in by_code)]
    headers = tuple([cell.text for cell in table.raw.header.cells] for table in peers)
    return Section(first.raw.form, headers, tuple(row for row in rows if row))


def _row(entries: Sequence[Entry]) -> Row | None:
    fields = [{field.column: field for field in entry.fields} for entry in entries]
    names = {one[Column.NAME].plain for one in fields}
    # In the order of the columns, which is that of the texts.
    columns = [column for column in fields[0] if column in _TEXTS]
    if len(names) > 1 or any(column not in one for one in fields for column in columns):
        return None
    texts: dict[Column, tuple[str, ...]] = {column: tuple(one[column].raw for one in fields) for column in columns}
    tail = re.sub(r"^(QAVPTTERROR|Q?AV_ERR)_", "", names.pop()).split("_")
    subject = texts[columns[0]]
    thing = next((one for one in things() if replaced(subject, one, _NONE) != list(subject)), None)
    return Row(tuple(tail), texts, thing)


_NONE: Final = Thing("", ("\0",) * len(LOCALES), ())


def replaced(texts: Sequence[str], old: Thing | None, new: Thing) -> list[str]:
    """``texts``, one a locale, about ``new`` instead of ``old``; unchanged unless all of them name ``old``."""
    if old is None or old.token == new.token:
        return list(texts)
    made = [_replaced(text, words, word) for text, words, word in zip(texts, old.known, new.words, strict=True)]
    return made if all(one != text for one, text in zip(made, texts, strict=True)) else list(texts)


def _replaced(text: str, words: Sequence[str], by: str) -> str:
    pattern = "|".join(
        rf"\b{re.escape(word)}(?P<s{at}>s?)\b" if word.isascii() else re.escape(word) for at, word in enumerate(words)
    )

    def instead(found: re.Match[str]) -> str:
        plural = "s" if found[0].isascii() and found[0].endswith("s") and not by.endswith("s") else ""
        return (by.capitalize() if found[0][:1].isupper() else by) + plural

    parts = _SEGMENTS.split(text)
    return "".join(
        part if at % 2 else re.sub(pattern, instead, part, flags=re.IGNORECASE) for at, part in enumerate(parts)
    )


def relinked(text: str, number: int) -> str:
    """``text`` with its links leading to the pages of another product."""
    return _NUMBER.sub(lambda found: f"{found[1]}{int(found[2]) + number}", text)


@cache
def distinct(column: Column) -> float:
    """How many of a column's cells say what no other one says, as a share."""
    said = [row.texts[column] for section in sections() for row in section.rows if column in row.texts]
    return len(set(said)) / len(said)


@cache
def nameless() -> float:
    """The share of the rows that stand in tables without a column for names."""
    tables = [table for one in _catalog().documents for section in one.sections for table in section.tables]
    without = sum(len(table.entries) for table in tables if Column.NAME not in table.columns)
    return without / sum(len(table.entries) for table in tables)


def texts(folder: Path) -> list[tuple[Locale, Column, str]]:
    """All texts of the newest documents in ``folder``, as written, with their locale and column."""
    return [
        (document.locale, field.column, field.raw)
        for document in pipeline.load(folder).corrected.documents
        if document.edition == "current"
        for section in document.sections
        for table in section.tables
        for entry in table.entries
        for field in entry.fields
        if field.column in _TEXTS and field.raw
    ]


@cache
def _catalog() -> Catalog:
    return pipeline.load(ROOT / "source_docs").corrected
