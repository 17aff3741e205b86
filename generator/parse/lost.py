"""Rows that lack a cell or a pipe: under which column each of their cells belongs, as its content shows."""

from collections.abc import Sequence

from generator.codes import read_number
from generator.model import Column, RawRow, RawTable
from generator.parse.cells import Cells
from generator.parse.looks import IDENTIFIER, MOSTLY
from generator.parse.spelled import read_spelled


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
