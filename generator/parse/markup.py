"""HTML tables as raw tables, with exact places, however carelessly the tags are closed."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from generator.codes import read_number
from generator.model import RawCell, RawRow, RawTable, SourceSpan, TableForm
from generator.parse.columns import is_known_header
from generator.parse.inline import plain, read_inlines
from generator.parse.tags import Piece, read_tags

_SPAN: Final = re.compile(r"""(?<![\w-])(col|row)span\s*=\s*["']?\s*([0-9]{1,5})""", re.IGNORECASE)
_WIDEST: Final = 64
"""Columns beyond this one are not reached from rows above."""
_MOST: Final = {"col": _WIDEST, "row": 1000}
"""Most columns and rows that one cell may take."""


class Places:
    """Turns offsets into the text of one source into lines and columns."""

    def __init__(self, starts: list[int], path: str) -> None:
        """The source at ``path``, whose lines begin at the offsets ``starts``."""
        self._path = path
        self._starts = starts

    def span(self, start: int, end: int) -> SourceSpan:
        """The stretch between two offsets."""
        first, last = bisect_right(self._starts, start), bisect_right(self._starts, end)
        return SourceSpan(
            self._path, first, start - self._starts[first - 1] + 1, last, end - self._starts[last - 1] + 1
        )


class FoundTable(Struct, frozen=True):
    """An HTML table and where it ends."""

    table: RawTable
    end: int
    """Offset behind the table."""
    unclosed: tuple[int, ...]
    """Offsets of the tables open where the text ended, this one first; empty where its own end tag was found."""


def read_table(text: str, start: int, end: int, places: Places) -> FoundTable:
    """The table whose ``<table`` begins at offset ``start`` of ``text``.

    It ends with its own end tag, or at offset ``end``. A cell or row that is not closed ends where the next begins, as
    the HTML standard's tree construction has it (section 13.2.6.4.9 and following).
    """
    reader = _TableReader(text)
    for piece in read_tags(text, start, end):
        reader.take(piece)
        if reader.end is not None:
            end = reader.end
            break
    reader.close_row(end)
    found = [row for row in reader.rows if row.cells]
    rows = [
        RawRow(cells, None, places.span(row.start, row.end))
        for row, cells in zip(found, _grid(text, found, places), strict=True)
    ]
    span = places.span(start, end)
    header = RawRow((), None, places.span(start, start))
    if rows and _reads_as_header(found[0].is_header, rows):
        header, rows = rows[0], rows[1:]
    return FoundTable(RawTable(TableForm.HTML, header, tuple(rows), span), end, tuple(reader.open))


class _Slot(Struct, frozen=True):
    """Where a cell's content stands, and how many columns and rows it takes."""

    start: int
    end: int
    columns: int
    rows: int


class _Row:
    def __init__(self, start: int) -> None:
        self.start = start
        self.end = start
        self.cells: list[_Slot] = []
        self.is_header = False


class _TableReader:
    """Notes where the cells of the outermost table begin and end."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.rows: list[_Row] = []
        self.open: list[int] = []
        """Offsets of the tables begun and not ended."""
        self.end: int | None = None
        self._row: _Row | None = None
        self._cell: int | None = None
        self._tag = ""

    def take(self, piece: Piece) -> None:
        if piece.tag == "table" and not piece.closing:
            self.open.append(piece.start)
        elif len(self.open) == 1 and piece.closing:
            self._end_tag(piece)
        elif len(self.open) == 1:
            self._start_tag(piece)
        if piece.tag == "table" and piece.closing:
            self.open.pop()
            self.end = None if self.open else piece.end

    def close_row(self, here: int) -> None:
        self._close_cell(here)
        if self._row is not None:
            self._row.end = here
            self.rows.append(self._row)
        self._row = None

    def _start_tag(self, piece: Piece) -> None:
        if piece.tag in {"tr", "thead", "tbody", "tfoot"}:
            self.close_row(piece.start)
            self._row = _Row(piece.start) if piece.tag == "tr" else None
        elif piece.tag in {"td", "th"}:
            self._close_cell(piece.start)
            if self._row is None:
                self._row = _Row(piece.start)
            self._row.is_header = self._row.is_header or piece.tag == "th"
            self._cell = piece.end
            self._tag = self._text[piece.start : piece.end]

    def _end_tag(self, piece: Piece) -> None:
        if piece.tag in {"td", "th"}:
            self._close_cell(piece.start)
        elif piece.tag in {"tr", "thead", "tbody", "tfoot", "table"}:
            self.close_row(piece.start)

    def _close_cell(self, here: int) -> None:
        if self._cell is not None and self._row is not None:
            spans = _spans(self._tag)
            self._row.cells.append(_Slot(self._cell, here, spans.get("col", 1), spans.get("row", 1)))
        self._cell = None


def _spans(tag: str) -> dict[str, int]:
    """How many columns and rows a cell's tag claims, within bounds that keep a hostile table small."""
    if "span" not in tag.lower():
        return {}
    return {kind.lower(): max(1, min(int(number), _MOST[kind.lower()])) for kind, number in _SPAN.findall(tag)}


def _grid(text: str, rows: list[_Row], places: Places) -> Iterator[tuple[RawCell, ...]]:
    """The cells of each row in their columns: one that spans rows stands in each, with its one place in the source.

    The further columns of a cell that spans several are empty cells with that place.
    """
    above: dict[int, tuple[RawCell, int]] = {}
    """By column a cell that reaches down from a row above, and for how many rows more."""
    for row in rows:
        cells: list[RawCell] = []
        below: dict[int, tuple[RawCell, int]] = {}
        slots = iter(row.cells)
        while True:
            column = len(cells)
            if column in above:
                held, left = above[column]
                cells.append(held)
                if left > 1:
                    below[column] = (held, left - 1)
                continue
            slot = next(slots, None)
            if slot is None:
                break
            found = _cell(text, slot.start, slot.end, places)
            # A row is at most so wide, however many of its cells claim to span columns.
            for further in range(slot.columns if column + slot.columns <= _WIDEST else 1):
                held = found if not further else RawCell("", found.span)
                cells.append(held)
                if slot.rows > 1 and column + further < _WIDEST:
                    below[column + further] = (held, slot.rows - 1)
        above = below
        yield tuple(cells)


def _cell(text: str, start: int, end: int, places: Places) -> RawCell:
    raw = text[start:end]
    body = raw.strip()
    if body:
        start += len(raw) - len(raw.lstrip())
        end = start + len(body)
    return RawCell(body, places.span(start, end))


def _reads_as_header(has_th: bool, rows: list[RawRow]) -> bool:
    """Whether a first row heads the others, of which it may be one with ``<th>`` as its row's head.

    A header holds no number; of ``<td>`` it is one where numbers or the usual words show it.
    """
    words = [plain(read_inlines(cell.text, TableForm.HTML)) for cell in rows[0].cells]
    if any(read_number(word) for word in words):
        return False
    if has_th or sum(1 for word in words if is_known_header(word)) > 1:
        return True
    below = (
        plain(read_inlines(cell.text, TableForm.HTML))
        for row in rows[1:]
        for cell in row.cells
        if any(character.isdigit() for character in cell.text)
    )
    return any(read_number(word) for word in below)
