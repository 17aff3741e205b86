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
    lines: tuple[str, ...]
    """For each code the line that the index has for it in this language; empty where it has none."""

    @cached_property
    def file(self) -> str:
        """As JSON in one line: for each code ``[kind, text, kind, text, …]``; 0 for a text that is the index's line."""
        rows = [
            [part for kind, text in code for part in (kind, 0 if text == line else text)]
            for code, line in zip(self.codes, self.lines, strict=True)
        ]
        return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))

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
    said = tuple(line if spoken == locale else "" for line, spoken in (lines.of_code(code, locale) for code in every))
    return tuple(
        Block(texts[start : start + BLOCK], said[start : start + BLOCK]) for start in range(0, len(every), BLOCK)
    )


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
