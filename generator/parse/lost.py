"""Rows that lack a cell or a pipe: under which column each of their cells belongs, as its content shows."""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from generator.codes import read_number
from generator.model import Column, RawCell, RawRow, RawTable, SourceSpan, TableForm
from generator.parse.cells import Cells
from generator.parse.looks import IDENTIFIER, MOSTLY
from generator.parse.spelled import read_spelled

_PADDING: Final = re.compile(r"(?<!\s)\s{2,}")
_TABS: Final = 2
"""Tabs of padding that only a border explains."""
_PAIRED: Final = ("()", "[]", "\uff08\uff09")


class Alignment:
    """Puts the cells of short rows under the columns that they fit."""

    def __init__(self, raw: RawTable, columns: Sequence[Column], numbers: bool, read: Cells) -> None:
        """For a table with ``columns``; ``numbers`` says that its codes are numbers."""
        self._read = read
        self._width = len(columns)
        self._code = columns.index(Column.CODE)
        self._name = columns.index(Column.NAME) if Column.NAME in columns else None
        whole = [row for row in raw.rows if len(row.cells) >= self._width]
        self._sure = numbers and 2 * len(whole) > len(raw.rows) > len(whole)
        if self._name is not None and self._sure:
            names = [word for row in whole if (word := self._word(row, self._name))]
            named = sum(1 for word in names if IDENTIFIER.fullmatch(word))
            self._name = self._name if names and named >= MOSTLY * len(names) else None
        self._under: dict[str, set[int]] = {}
        """By the words of cells of whole rows the columns in which they stand."""
        for row in whole if self._sure else ():
            for at, cell in enumerate(row.cells[: self._width]):
                if cell.text:
                    self._under.setdefault(self._read.identifier(cell.text), set()).add(at)

    def places(self, row: RawRow) -> Sequence[int]:
        """For each cell of ``row`` the index of the column it belongs to; the row's own order where all is well."""
        count = len(row.cells)
        if not self._sure or count != self._width - 1 or not count:
            return range(count)
        gap = self._gap(row)
        return range(count) if gap is None else [*range(gap), *range(gap + 1, self._width)]

    def parted(self, raw: RawTable) -> tuple[RawTable, dict[int, SourceSpan]]:
        """The pipe table with two cells for each in which two texts stand, and by row the padding between them.

        A row that lacks one cell is read so where tabs part the texts of one of its cells as a border's padding would,
        no cell of a whole row holds such tabs, and nothing else shows which cell is missing.
        """
        if raw.form is not TableForm.PIPE or not self._sure:
            return raw, {}
        found: dict[int, tuple[RawRow, SourceSpan]] = {}
        for number, row in enumerate(raw.rows):
            if len(row.cells) == self._width - 1 and row.after is None and (whole := self._parted(row)):
                found[number] = whole
        if not found or any(_paddings(row) for row in raw.rows if len(row.cells) >= self._width):
            return raw, {}
        rows = tuple(found[number][0] if number in found else row for number, row in enumerate(raw.rows))
        return msgspec.structs.replace(raw, rows=rows), {number: span for number, (_, span) in found.items()}

    def _parted(self, row: RawRow) -> tuple[RawRow, SourceSpan] | None:
        paddings = _paddings(row)
        if len(paddings) != 1:
            return None
        at, padding = paddings[0]
        text, place = row.cells[at].text, row.cells[at].span
        before, behind = text[: padding.start()], text[padding.end() :]
        if self._gap(row) not in {None, at + 1} or not _is_closed(before) or "<" in text or "\n" in text:
            return None
        start, end = place.column + len(before), place.end_column - len(behind)
        left = RawCell(before, SourceSpan(place.path, place.line, place.column, place.line, start))
        right = RawCell(behind, SourceSpan(place.path, place.line, end, place.line, place.end_column))
        parted = RawRow((*row.cells[:at], left, right, *row.cells[at + 1 :]), None, row.span)
        if read_number(self._word(parted, self._code)) is None:
            return None
        return parted, SourceSpan(place.path, place.line, start, place.line, end)

    def _gap(self, row: RawRow) -> int | None:
        """The column for which the row has no cell; ``None`` where the content does not show it."""
        code, name = self._code, self._name
        here = self._word(row, code)
        if read_number(here) is None:
            spelled = read_spelled(here)
            if spelled and spelled.name and name == code + 1 and not IDENTIFIER.fullmatch(self._word(row, name)):
                return name
            before = self._word(row, code - 1) if code else ""
            spelled = read_spelled(before)
            whole = spelled is not None and (name is None or name == code - 1)
            return code - 1 if whole else None
        if name is not None and name > code:
            word = self._word(row, name)
            if word and not IDENTIFIER.fullmatch(word):
                return name
        last = len(row.cells) - 1
        # Other rows say the same words in the next column, and never in this one.
        return last if last > code and self._under.get(self._word(row, last)) == {last + 1} else None

    def _word(self, row: RawRow, at: int) -> str:
        return self._read.identifier(row.cells[at].text) if 0 <= at < len(row.cells) else ""


def _paddings(row: RawRow) -> list[tuple[int, re.Match[str]]]:
    """The paddings inside the row's cells, each with the index of its cell."""
    return [
        (at, padding)
        for at, cell in enumerate(row.cells)
        if "\t" in cell.text
        for padding in _PADDING.finditer(cell.text)
        if padding[0].count("\t") >= _TABS
    ]


def _is_closed(text: str) -> bool:
    """Whether nothing that a text opens is closed behind it, such as code or brackets."""
    return text.count("`") % 2 == 0 and all(text.count(pair[0]) == text.count(pair[1]) for pair in _PAIRED)
