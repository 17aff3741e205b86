"""What it takes to plant a defect into a copy of clean documents, at a place that chance chooses.

A plant works on the text of one source, by the places that the parser gives; it never asks a rule where it would look.
"""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from generator.glossary import Glossary
from generator.model import (
    Catalog,
    Column,
    Document,
    Entry,
    FieldText,
    SourceSpan,
    canonical,
)


class Plant(NamedTuple):
    """One document with one defect in it."""

    text: str
    document: Document
    codes: frozenset[str]
    """The codes whose rows were touched, as published."""


class Field(NamedTuple):
    """The rows that can be spoiled: those whose codes stand once in two or more locales of one edition."""

    catalog: Catalog
    glossary: Glossary
    rows: tuple[tuple[Document, Entry, tuple[Entry, ...]], ...]
    """A row, its document, and the rows of its code in the edition's other locales."""


Planter = Callable[[random.Random, Field], Plant | None]


class Kind(NamedTuple):
    """A kind of defect.

    In two locales a row that one lacks is one that the other has too many, and rows without closing pipes lose nothing
    that is pushed out: where several rules say the same thing, any of them will do.
    """

    name: str
    rules: tuple[str, ...]
    """Rules of which one must say it."""
    plant: Planter


def field(catalog: Catalog, glossary: Glossary) -> Field:
    """What can be spoiled in a catalog."""
    editions: dict[tuple[str, str], list[Document]] = {}
    for document in catalog.documents:
        editions.setdefault((document.product, document.edition), []).append(document)
    rows = []
    for documents in editions.values():
        listed = [once(document) for document in documents]
        for index, document in enumerate(documents):
            for code, entry in listed[index].items():
                peers = tuple(other[code] for at, other in enumerate(listed) if at != index and code in other)
                if peers and not entry.problems:
                    rows.append((document, entry, peers))
    return Field(catalog, glossary, tuple(rows))


def once(document: Document) -> Mapping[object, Entry]:
    """The rows of a document whose codes it lists once, by code."""
    found: dict[object, list[Entry]] = {}
    for entry in document.entries:
        found.setdefault(canonical(entry.code), []).append(entry)
    return {code: same[0] for code, same in found.items() if len(same) == 1}


def replaced(document: Document, *changes: tuple[SourceSpan, str]) -> str:
    """The document's text with the words at each span replaced; spans do not overlap."""
    lines = list(document.lines)
    for span, words in sorted(changes, key=lambda one: one[0], reverse=True):
        head, tail = lines[span.line - 1][: span.column - 1], lines[span.end_line - 1][span.end_column - 1 :]
        lines[span.line - 1 : span.end_line] = (head + words + tail).split("\n")
    return "\n".join(lines) + "\n"


def text_at(document: Document, span: SourceSpan) -> str:
    """The words of a document at a place."""
    lines = list(document.lines[span.line - 1 : span.end_line])
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)


def choose(
    chance: random.Random, rows: Field, fits: Callable[[Document, Entry, tuple[Entry, ...]], object]
) -> tuple[Document, Entry, tuple[Entry, ...]] | None:
    """A row, chosen by chance, that ``fits``; it is given the document, the row and its peers."""
    order = list(rows.rows)
    chance.shuffle(order)
    return next((row for row in order if fits(*row)), None)


def planted(document: Document, entries: Sequence[Entry], *changes: tuple[SourceSpan, str]) -> Plant:
    """The document with the changes made, and the rows they touch."""
    return Plant(replaced(document, *changes), document, frozenset(entry.code.text for entry in entries))


def neighbour(document: Document, entry: Entry) -> Entry | None:
    """The row below in the same table, if it is written like this one."""
    table = document.tables[entry.table]
    following = next((other for other in table.entries if other.row == entry.row + 1), None)
    same = following is not None and not following.problems and len(following.fields) == len(entry.fields)
    return following if same and following and following.span.line > entry.span.end_line else None


def filled(entry: Entry, column: Column) -> FieldText:
    """A cell that the caller has seen to be filled."""
    found = entry.field(column)
    if found is None:
        raise LookupError(column)
    return found


def code_cell(entry: Entry) -> FieldText:
    """The cell of a row's code."""
    return filled(entry, Column.CODE)


def below_of(document: Document, entry: Entry) -> Entry:
    """The row below, which the caller has seen to be there."""
    found = neighbour(document, entry)
    if found is None:
        raise LookupError(entry.code.text)
    return found


def has_identifier(entry: Entry) -> bool:
    """Whether a row's name can only be an identifier."""
    return "_" in entry.name


def some_text(
    chance: random.Random, rows: Field, fits: Callable[[FieldText, tuple[FieldText, ...]], object]
) -> tuple[Document, Entry, FieldText, tuple[FieldText, ...]] | None:
    """A cell besides code and name, and its peers' filled ones of the same column: all of the row's peers fill it."""
    order = list(rows.rows)
    chance.shuffle(order)
    for document, entry, peers in order:
        said = list(entry.said)
        chance.shuffle(said)
        for field in said:
            theirs = tuple(one for peer in peers if (one := peer.field(field.column)))
            if len(theirs) == len(peers) and fits(field, theirs):
                return document, entry, field, theirs
    return None


def script(text: str) -> str:
    """The script of a text, by its most telling letter."""
    if re.search("[\uac00-\ud7a3]", text):
        return "Hangul"
    if re.search("[\u3040-\u30ff]", text):
        return "Kana"
    return "Han" if re.search("[\u4e00-\u9fff]", text) else "Latin"
