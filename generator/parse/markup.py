"""HTML tables as raw tables, with exact places, however carelessly the tags are closed."""

import re
from bisect import bisect_right
from html.parser import HTMLParser

from msgspec import Struct

from generator.model import RawCell, RawRow, RawTable, SourceSpan, TableForm
from generator.parse.codes import read_number


class FoundTable(Struct, frozen=True):
    """An HTML table and the lines it takes (from 1, both included)."""

    table: RawTable
    first: int
    last: int


def read_table(text: str, start: int, path: str) -> FoundTable:
    """The table whose ``<table`` begins at offset ``start`` of ``text``.

    It ends with its own end tag, or with the text. A cell or row that is not closed ends where the next begins, as
    the HTML standard's tree construction has it (section 13.2.6.4.9 and following).
    """
    reader = _TableReader(text[start:], start)
    reader.read()
    places = _Places(text, path)
    rows = [
        RawRow(tuple(_cell(text, cell, places) for cell in row.cells), None, places.span(row.start, row.end))
        for row in reader.rows
        if row.cells
    ]
    headed = [row.is_header for row in reader.rows if row.cells]
    span = places.span(start, reader.end)
    header = RawRow((), None, places.span(start, start))
    if rows and (headed[0] or _reads_as_header(rows)):
        header, rows = rows[0], rows[1:]
    return FoundTable(RawTable(TableForm.HTML, header, tuple(rows), span), span.line, span.end_line)


class _Row:
    def __init__(self, start: int) -> None:
        self.start = start
        self.end = start
        self.cells: list[tuple[int, int]] = []
        self.is_header = False


class _TableReader(HTMLParser):
    """Notes where the cells of the outermost table begin and end."""

    def __init__(self, text: str, offset: int) -> None:
        super().__init__(convert_charrefs=False)
        self._text = text
        self._offset = offset
        self._starts = _line_starts(text)
        self._depth = 0
        self._row: _Row | None = None
        self._cell: int | None = None
        self._done = False
        self.rows: list[_Row] = []
        self.end = offset + len(text)

    def read(self) -> None:
        # Fed up to each end of a table, so that what follows the table is not read for nothing.
        position = 0
        lowered = self._text.lower()
        while not self._done and position < len(self._text):
            found = lowered.find("</table", position)
            stop = lowered.find(">", found) + 1 if found >= 0 else 0
            stop = stop or len(self._text)
            self.feed(self._text[position:stop])
            position = stop
        if not self._done:
            self.close()
            self._close_row(len(self._text))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if self._done:
            return
        if tag == "table":
            self._depth += 1
        if self._depth != 1:
            return
        here = self._here()
        after = here + len(self.get_starttag_text() or "")
        if tag == "tr":
            self._close_row(here)
            self._row = _Row(here)
        elif tag in {"td", "th"}:
            self._close_cell(here)
            if self._row is None:
                self._row = _Row(here)
            self._row.is_header = self._row.is_header or tag == "th"
            self._cell = after
        elif tag in {"thead", "tbody", "tfoot"}:
            self._close_row(here)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # HTML knows no self-closing cells; the slash is ignored (standard, section 12.1.2.1).
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._done:
            return
        here = self._here()
        if self._depth == 1:
            if tag in {"td", "th"}:
                self._close_cell(here)
            elif tag in {"tr", "thead", "tbody", "tfoot", "table"}:
                self._close_row(here)
        if tag == "table":
            self._depth -= 1
            if self._depth == 0:
                self._done = True
                closing = self._text.find(">", here)
                self.end = self._offset + (closing + 1 if closing >= 0 else len(self._text))

    def _here(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column

    def _close_cell(self, here: int) -> None:
        if self._cell is not None and self._row is not None:
            self._row.cells.append((self._offset + self._cell, self._offset + max(here, self._cell)))
        self._cell = None

    def _close_row(self, here: int) -> None:
        self._close_cell(here)
        if self._row is not None:
            self._row.end = self._offset + here
            self._row.start += self._offset
            self.rows.append(self._row)
        self._row = None


class _Places:
    """Turns offsets into lines and columns."""

    def __init__(self, text: str, path: str) -> None:
        self._path = path
        self._starts = _line_starts(text)

    def span(self, start: int, end: int) -> SourceSpan:
        first, last = bisect_right(self._starts, start), bisect_right(self._starts, end)
        return SourceSpan(
            self._path, first, start - self._starts[first - 1] + 1, last, end - self._starts[last - 1] + 1
        )


def _line_starts(text: str) -> list[int]:
    return [0, *(found.end() for found in re.finditer("\n", text))]


def _cell(text: str, bounds: tuple[int, int], places: _Places) -> RawCell:
    start, end = bounds
    raw = text[start:end]
    body = raw.strip()
    if body:
        start += len(raw) - len(raw.lstrip())
        end = start + len(body)
    return RawCell(body, places.span(start, end))


def _reads_as_header(rows: list[RawRow]) -> bool:
    """Whether a first row of ``<td>`` is a header: it holds no number where most rows below it hold one."""
    if len(rows) < 2 or any(read_number(cell.text) for cell in rows[0].cells):
        return False
    return any(read_number(cell.text) for row in rows[1:] for cell in row.cells)
