"""The texts of one locale, in blocks."""

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final

import msgspec
from msgspec import Struct

from generator import meanings
from generator.meanings import CodeMeanings
from generator.model import Column, Locale

BLOCK: Final = 500
"""Codes in one file."""

KINDS: Final = (Column.DESCRIPTION, Column.CAUSE, Column.SOLUTION, Column.CAUSE_AND_SOLUTION, Column.OTHER)
"""What a field is about; the files say its place in this list."""

_PLACES: Final = {kind: place for place, kind in enumerate(KINDS)}

Texts = tuple[tuple[int, str], ...]
"""What one code says: places in :data:`KINDS`, each with a text; each pair once."""


class Said(Struct, frozen=True, array_like=True):
    """What the codes of one product say in one locale, whatever other products stand before it."""

    texts: tuple[str, ...]
    """Each text once, as JSON, in the order in which they first stand in ``codes``."""
    codes: tuple[tuple[int, ...], ...]
    """For each code ``kind, text, kind, text, …``: 0 for the index's line for the code, else a place in ``texts``
    counted from 1."""


class Block(Struct, frozen=True, dict=True):
    """The texts of some codes that follow each other in the index."""

    file: str
    """As JSON in one line: for each code ``[kind, text, kind, text, …]``. Where a text is known a number stands for it: 0
    for the index's line for the code, else which of the texts spelled out so far in all blocks it is, counted from 1."""
    codes: int
    """How many codes are in it."""
    spelled: int
    """How many texts are spelled out in it."""

    @cached_property
    def mark(self) -> str:
        """A few letters that change with the texts, so that no browser takes old ones for new."""
        return hashlib.sha256(self.file.encode()).hexdigest()[:8]


def texts(code: CodeMeanings, locale: Locale, source: Locale) -> Texts:
    """What a reader of ``locale`` is shown of a code in that language; nothing where it says nothing in it."""
    found: dict[tuple[int, str], None] = {}
    for meaning in code.meanings:
        first = meanings.shown(meaning, code.product, locale, source)
        if first.own:
            for field in (field for entry in first.entries for field in entry.said):
                text = unicodedata.normalize("NFC", " ".join(field.plain.split()))
                if text:
                    found[_PLACES[field.column], text] = None
    return tuple(sorted(found, key=lambda one: one[0]))


def said(codes: Iterable[tuple[Texts, str]]) -> Said:
    """What codes say, each given with the index's line for it; the line is empty where it is in another language."""
    places: dict[str, int] = {}
    rows = [
        tuple(
            part
            for kind, text in found
            for part in (kind, 0 if text == line else places.setdefault(text, len(places) + 1))
        )
        for found, line in codes
    ]
    return Said(tuple(msgspec.json.encode(text).decode() for text in places), tuple(rows))


def blocks(products: Iterable[Said]) -> tuple[Block, ...]:
    """The texts of all products, in the order of the resolver's index.

    A text is spelled out where the first of all codes has it, so what a block says depends on the products before it.
    """
    spelled: dict[str, int] = {}
    rows, counts = [], [0]
    for row in _rows(products, spelled):
        rows.append(row)
        counts.append(len(spelled))
    starts = range(0, len(rows), BLOCK)
    return tuple(
        Block(f"[{','.join(some)}]", len(some), counts[start + len(some)] - counts[start])
        for start in starts
        for some in [rows[start : start + BLOCK]]
    )


def _rows(products: Iterable[Said], spelled: dict[str, int]) -> Iterator[str]:
    """Each code as JSON; ``spelled`` gets every text with its number when it is spelled out."""
    for product in products:
        known: list[str] = ["0", *([""] * len(product.texts))]
        for code in product.codes:
            yield f"[{','.join(_cells(code, product.texts, known, spelled))}]"


def _cells(code: Sequence[int], found: Sequence[str], known: list[str], spelled: dict[str, int]) -> Iterator[str]:
    for kind, place in zip(code[::2], code[1::2], strict=True):
        yield str(kind)
        if not known[place]:
            text = found[place - 1]
            number = spelled.get(text)
            if number is None:
                number = spelled[text] = len(spelled) + 1
                known[place] = str(number)
                yield text
                continue
            known[place] = str(number)
        yield known[place]
