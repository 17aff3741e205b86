"""The texts of one locale, in blocks."""

import hashlib
import json
import unicodedata
from functools import cached_property
from typing import Final

from msgspec import Struct

from generator import meanings
from generator.meanings import CodeMeanings, Lines
from generator.model import Catalog, Column, Locale

BLOCK: Final = 500
"""Codes in one file."""

KINDS: Final = (Column.DESCRIPTION, Column.CAUSE, Column.SOLUTION, Column.CAUSE_AND_SOLUTION, Column.OTHER)
"""What a field is about; the files say its place in this list."""


class Block(Struct, frozen=True, dict=True):
    """The texts of some codes that follow each other in the index."""

    codes: tuple[tuple[tuple[int, str], ...], ...]
    """For each code its texts with their places in :data:`KINDS`, each text once."""
    known: tuple[tuple[int | None, ...], ...]
    """For each of these texts, in the same order: 0 where it is the index's line for the code, a number where it was
    spelled out before (those of all blocks are counted together, from 1), ``None`` where it is spelled out here."""

    @cached_property
    def file(self) -> str:
        """As JSON in one line: for each code ``[kind, text, kind, text, …]``, a number for a text that is known."""
        rows = [
            [
                part
                for (kind, text), number in zip(texts, numbers, strict=True)
                for part in (kind, text if number is None else number)
            ]
            for texts, numbers in zip(self.codes, self.known, strict=True)
        ]
        return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))

    @property
    def spelled(self) -> int:
        """How many texts are spelled out in it."""
        return sum(number is None for numbers in self.known for number in numbers)

    @property
    def mark(self) -> str:
        """A few letters that change with the texts, so that no browser takes old ones for new."""
        return hashlib.sha256(self.file.encode()).hexdigest()[:8]


def blocks(catalog: Catalog, locale: Locale) -> tuple[Block, ...]:
    """The texts that a reader of ``locale`` is shown in that language, in the order of the resolver's index.

    A code that says nothing in the language is there all the same, without texts.
    """
    lines, source = Lines(catalog), catalog.source_locale
    every = [code for product in catalog.products for code in meanings.codes(product)]
    texts = tuple(_texts(code, locale, source) for code in every)
    spelled: dict[str, int] = {}
    known = []
    for code, said in zip(every, texts, strict=True):
        line, spoken = lines.of_code(code, locale)
        numbers: list[int | None] = []
        for _, text in said:
            numbers.append(0 if text == line and spoken == locale else spelled.get(text))
            if numbers[-1] is None:
                spelled[text] = len(spelled) + 1
        known.append(tuple(numbers))
    starts = range(0, len(every), BLOCK)
    return tuple(Block(texts[start : start + BLOCK], tuple(known[start : start + BLOCK])) for start in starts)


def _texts(code: CodeMeanings, locale: Locale, source: Locale) -> tuple[tuple[int, str], ...]:
    found: dict[tuple[int, str], None] = {}
    for meaning in code.meanings:
        first = meanings.shown(meaning, code.product, locale, source)
        if first.own:
            for field in (field for entry in first.entries for field in entry.said):
                text = unicodedata.normalize("NFC", " ".join(field.plain.split()))
                if text:
                    found[KINDS.index(field.column), text] = None
    return tuple(sorted(found, key=lambda one: one[0]))
