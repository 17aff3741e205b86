"""A raw table as entries: every non-empty cell in one field or in one problem."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from generator.codes import composite, read_number
from generator.model import (
    Column,
    EditionId,
    Entry,
    FieldText,
    IntegerCode,
    Locale,
    Problem,
    ProblemKind,
    ProductId,
    RawCell,
    RawRow,
    RawTable,
    SourceSpan,
    Table,
    TableForm,
    Text,
)
from generator.parse import mend, records
from generator.parse.cells import Cells
from generator.parse.columns import Words, find_columns, fits, unknown_headers
from generator.parse.headers import SUB_CODES, folded, joined, vocabulary_of
from generator.parse.inline import lines
from generator.parse.lost import Alignment
from generator.parse.spelled import Spelled, label_of, named, read_cell, read_ending, share_numbers

_LEADING_NAME: Final = re.compile(r"([A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+|[A-Z][A-Z0-9]{3,})\s")
_KEYS: Final = frozenset({Column.NAME, Column.CODE})


class Place(Struct, frozen=True):
    """Where a table stands among documents."""

    product: ProductId
    edition: EditionId
    locale: Locale
    section: int
    lines: Sequence[str]
    """The document's lines, in which the table's places are."""


class Sketch(Struct):
    """A table whose columns are known, or thought to be known, before its rows are read."""

    raw: RawTable
    read: Cells
    columns: tuple[Column, ...]
    """Empty where the table holds no codes."""
    given: bool
    """Whether the columns were known beforehand, and nothing is to be mended."""
    headers: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    """The plain words of each row's cells; empty where the columns were known beforehand."""


def sketch(raw: RawTable, words: Words, title: str, columns: tuple[Column, ...] = ()) -> Sketch:
    """The table that ``raw`` is, with what its columns mean.

    ``columns`` says that where it is known; without it headers, cells and the heading ``title`` are asked.
    """
    read = Cells(raw.form)
    if columns:
        return Sketch(raw, read, columns, given=True)
    known = vocabulary_of(words)
    raw = mend.joined(mend.headed(records.turned(raw, known, read), known, read), read)
    headers, rows = read.words(raw.header), tuple(read.words(row) for row in raw.rows)
    return Sketch(raw, read, find_columns(headers, rows, words, title), False, headers, rows)


def settle(sketches: Iterable[Sketch]) -> None:
    """Give tables of one document that have the same headers the same columns: those of which most rows speak."""
    alike: dict[tuple[str, ...], list[Sketch]] = {}
    for one in sketches:
        if any(one.headers) and one.columns:
            alike.setdefault(one.headers, []).append(one)
    for same in alike.values():
        votes: Counter[tuple[Column, ...]] = Counter()
        for one in same:
            votes[one.columns] += len(one.rows)
        if len(votes) > 1:
            believed = votes.most_common(1)[0][0]
            for one in same:
                if one.columns != believed and fits(believed, one.rows):
                    one.columns = believed


def read_entries(known: Sketch, index: int, place: Place, words: Words) -> Table:
    """The table that ``known`` sketches, with an entry for each row that has a code."""
    raw = known.raw
    doubts = [
        Problem(ProblemKind.HEADER_UNKNOWN, raw.header.cells[at].text, raw.header.cells[at].span)
        for at in (() if known.given else unknown_headers(known.headers, known.rows, words))
    ]
    if not known.columns:
        problems = (_whole_row(row, ProblemKind.TABLE_WITHOUT_CODES) for row in raw.rows if _filled(row))
        return Table(index, place.section, raw, (), (), (*problems, *doubts))
    return _Reader(known, index, place, _main(known, words)).table(doubts)


def _main(known: Sketch, words: Words) -> int | None:
    """The column of main codes beside that of the codes in parts, which speaks where a row has no part."""
    key = known.columns.index(Column.CODE)
    if key >= len(known.headers) or joined(folded(known.headers[key])) not in SUB_CODES:
        return None
    vocabulary = vocabulary_of(words)
    for at, header in enumerate(known.headers):
        meant = vocabulary.column(header) or vocabulary.likely(header)
        if (
            meant is Column.CODE
            and known.columns[at] is Column.OTHER
            and fits((Column.CODE,), [row[at : at + 1] for row in known.rows])
        ):
            return at
    return None


class _Reader:
    """Reads the rows of one table whose columns are known."""

    def __init__(self, known: Sketch, index: int, place: Place, main: int | None) -> None:
        raw, columns, read, mended = known.raw, known.columns, known.read, not known.given
        self._form = raw.form
        self._cells = read
        self._columns = columns
        self._keys = tuple(at for at, column in enumerate(columns) if column is Column.CODE)
        at = self._keys[0]
        self._main = main
        """The column that speaks where the one of codes is empty."""
        self._index = index
        self._place = place
        # What cells spell is asked twice, of tables whose cells no cache holds.
        self._read: dict[str, Spelled | None] = {}
        self._raw = mend.parted(raw, columns, read, place.lines) if mended else raw
        cells = (read.plain(row.cells[at].text) for row in self._raw.rows if at < len(row.cells))
        codes = [cell for cell in cells if cell]
        self._numbers = _only_numbers(codes)
        self._ending = not self._numbers and 2 * sum(1 for cell in codes if read_ending(cell)) > len(codes)
        self._by_name = share_numbers(codes)
        if mended:
            self._raw = mend.filled(self._raw, columns, lambda cell: self._spelled(cell) is not None, main)
        self._headers = read.words(raw.header)
        self._aligned = Alignment(self._raw, columns, self._numbers, read) if mended else None
        self._lost: dict[int, SourceSpan] = {}
        """By row the padding that stands where its pipe was lost."""
        if self._aligned:
            self._raw, self._lost = self._aligned.parted(self._raw)

    def table(self, problems: list[Problem]) -> Table:
        """The table, with ``problems`` that are known already before those of its rows."""
        entries: list[Entry] = []
        for number, row in enumerate(self._raw.rows):
            if not _filled(row):
                continue
            places = self._aligned.places(row) if self._aligned else range(len(row.cells))
            found, columns = self._code(row, places), self._columns
            if found is None and self._main is not None and self._main < len(row.cells):
                found = self._spelled(row.cells[self._main])
                columns = _instead(columns, self._keys[0], self._main)
            if found is None:
                problems.append(_whole_row(row, ProblemKind.ROW_WITHOUT_CODE))
            else:
                entries.append(self._entry(row, number, places, found, columns))
        return Table(self._index, self._place.section, self._raw, self._columns, tuple(entries), tuple(problems))

    def _code(self, row: RawRow, places: Sequence[int]) -> Spelled | None:
        """What the row's code cell spells; of a key of two cells both together."""
        found = [self._spelled(cell) for place, cell in zip(places, row.cells, strict=True) if place in self._keys]
        if len(self._keys) == 1 or len(found) < len(self._keys):
            return found[0] if found else None
        spelled = [one for one in found if one is not None and isinstance(one.code, IntegerCode)]
        if len(spelled) < len(found):
            return next((one for one in found if one is not None), None)
        parts = tuple(one.code.text for one in spelled)
        return Spelled(composite(" | ".join(parts), parts))

    def _spelled(self, cell: RawCell) -> Spelled | None:
        """What a code's cell spells: several codes one below the other, or one that is only wrapped."""
        if not cell.text:
            return None
        if cell.text in self._read:
            return self._read[cell.text]
        below = lines(self._cells.inlines(cell.text))
        word = self._cells.identifier(cell.text)
        spellings = (", ".join(below), word, " ".join(below)) if len(below) > 1 else (word,)
        found = self._read[cell.text] = read_cell(spellings, numbers=self._numbers, ending=self._ending)
        if found and self._by_name:
            found = self._read[cell.text] = named(found)
        return found

    def _entry(
        self, row: RawRow, number: int, places: Sequence[int], found: Spelled, columns: tuple[Column, ...]
    ) -> Entry:
        fields: list[FieldText] = []
        problems: list[Problem] = []
        for place, cell in zip(places, row.cells, strict=True):
            if not cell.text:
                continue
            if place < len(columns):
                header = self._headers[place] if place < len(self._headers) else ""
                fields.append(_field(cell, columns[place], header, self._cells))
                if self._form is TableForm.PIPE and mend.is_cut(cell):
                    problems.append(Problem(ProblemKind.CELL_OVERFLOW, cell.text, cell.span))
            else:
                problems.append(Problem(ProblemKind.CELL_OVERFLOW, cell.text, cell.span, int(stands_in(cell, row))))
        if row.after:
            problems.append(Problem(ProblemKind.TEXT_AFTER_ROW, row.after.text, row.after.span, 1))
        if number in self._lost:
            problems.append(Problem(ProblemKind.PIPE_LOST, "", self._lost[number]))
        self._add_spelled(fields, found, shifted=not isinstance(places, range))
        return Entry(
            product=self._place.product,
            edition=self._place.edition,
            locale=self._place.locale,
            section=self._place.section,
            table=self._index,
            row=number,
            code=found.code,
            fields=tuple(fields),
            span=row.span,
            text=_row_text(row, self._cells),
            problems=tuple(problems),
        )

    def _add_spelled(self, fields: list[FieldText], found: Spelled, *, shifted: bool) -> None:
        """Add the name and the text that stand in another column's cell, where the row has none of its own."""
        have = {one.column for one in fields}
        code = next((one for one in fields if one.column is Column.CODE), None)
        if code and found.name and Column.NAME not in have:
            fields.insert(fields.index(code) + 1, _part(code, Column.NAME, found.name))
        elif code and found.text and Column.DESCRIPTION not in have and Column.DESCRIPTION not in self._columns:
            fields.insert(fields.index(code) + 1, _part(code, Column.DESCRIPTION, found.text))
        elif shifted and Column.NAME not in have:
            for one in fields:
                leading = _LEADING_NAME.match(one.plain) if one.column in mend.TEXTS else None
                if leading:
                    fields.insert(fields.index(one), _part(one, Column.NAME, leading[1]))
                    break


def _instead(columns: tuple[Column, ...], key: int, main: int) -> tuple[Column, ...]:
    """The columns of a row whose code stands in the column ``main``."""
    changed = list(columns)
    changed[key], changed[main] = Column.OTHER, Column.CODE
    return tuple(changed)


def _part(whole: FieldText, column: Column, words: str) -> FieldText:
    """Words of one field as a further one, with their own place inside the cell, or none at its end."""
    at = whole.raw.find(words)
    if at < 0:
        last = (whole.span.end_line, whole.span.end_column)
        span = SourceSpan(whole.span.path, *last, *last)
    else:
        before = whole.raw[:at].split("\n")
        line = whole.span.line + len(before) - 1
        start = len(before[-1]) + (whole.span.column if len(before) == 1 else 1)
        span = SourceSpan(whole.span.path, line, start, line, start + len(words))
    return FieldText(column, whole.header, words, words, (Text(words),), span)


def _row_text(row: RawRow, read: Cells) -> str:
    """The row's own words: its non-empty cells as plain text, names in one piece, joined with `` | ``."""
    cells = (*row.cells, row.after) if row.after else row.cells
    return " | ".join([word for cell in cells if cell.text and (word := read.identifier(cell.text))])


def _field(cell: RawCell, column: Column, header: str, read: Cells) -> FieldText:
    """What a cell says under ``column``."""
    words = read.identifier(cell.text) if column in _KEYS else read.plain(cell.text)
    return FieldText(column, header, cell.text, words, read.inlines(cell.text), cell.span)


def _whole_row(row: RawRow, kind: ProblemKind) -> Problem:
    cells = (*row.cells, row.after) if row.after else row.cells
    return Problem(kind, " | ".join(cell.text for cell in cells if cell.text), row.span, _filled(row))


def stands_in(cell: RawCell, row: RawRow) -> bool:
    """Whether a cell is written in this row, and does not only reach down into it from a row above."""
    return (cell.span.line, cell.span.column) >= (row.span.line, row.span.column)


def _filled(row: RawRow) -> int:
    return sum(1 for cell in row.cells if cell.text and stands_in(cell, row)) + (1 if row.after else 0)


def _only_numbers(cells: Sequence[str]) -> bool:
    """Whether a column's codes are numbers, so that a stray word there is none."""
    return 2 * sum(1 for cell in cells if read_number(cell) is not None or label_of(cell)) > len(cells)
