"""Rows as a reader takes them: broken lines joined, two records on one line parted, "as above" filled in."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Final

import msgspec

from generator.codes import read_number
from generator.model import Column, RawCell, RawRow, RawTable, SourceSpan, TableForm
from generator.parse.cells import Cells
from generator.parse.headers import Vocabulary

TEXTS: Final = frozenset({Column.DESCRIPTION, Column.CAUSE, Column.SOLUTION, Column.CAUSE_AND_SOLUTION})
"""Columns that say something about a code in sentences."""
_CUT: Final = re.compile(r"(?<!\\)(?:\\\\)*\|")
_KNOWN_HEADERS: Final = 2
_FIRST_ROWS: Final = 3
"""Rows below the first among which the header of a table with a title may stand."""
_SHARE: Final = 0.3
"""The share of a column's cells that are empty where emptiness has a meaning."""
_FEWEST_LEADING: Final = 2
_FEWEST: Final = 3


def headed(raw: RawTable, vocabulary: Vocabulary, read: Cells) -> RawTable:
    """The table with the row as its header that is one: below a title over all columns, or none where it is data.

    ``vocabulary`` says which words head columns. Below a header without a word one of codes is enough.
    """
    rows = [*([raw.header] if raw.header.cells else []), *raw.rows[:_FIRST_ROWS]]
    said = [[word for word in read.words(row) if word] for row in rows]
    meant = [[vocabulary.column(word) for word in row] for row in said]
    heads = [sum(1 for column in row if column is not None) for row in meant]
    if not raw.header.cells or heads[0] < _KNOWN_HEADERS:
        above = 0
        for at, row in enumerate(rows):
            # A title, or words over several columns, leave cells empty that the header below fills.
            sole = at == 1 and not said[0] and Column.CODE in meant[at] and len(said[at]) > 1
            if (heads[at] >= _KNOWN_HEADERS or sole) and above < len(said[at]) and not _has_number(said[at]):
                rest = raw.rows[at if raw.header.cells else at + 1 :]
                header = _within(row, len(row.cells) + 1)
                below = (_within(one, len(header.cells)) for one in (*rows[:at], *rest))
                return msgspec.structs.replace(raw, header=header, rows=tuple(below))
            above = max(above, len(said[at]))
    if raw.header.cells and not heads[0] and _is_data(raw, read):
        header = msgspec.structs.replace(raw.header, cells=(), span=_start(raw.header.span))
        return msgspec.structs.replace(raw, header=header, rows=(raw.header, *raw.rows))
    return raw


def _within(row: RawRow, width: int) -> RawRow:
    """The row with the text behind its last pipe as a cell, where the table turns out to have a column for it."""
    return RawRow((*row.cells, row.after), None, row.span) if row.after and len(row.cells) < width else row


def _has_number(said: Sequence[str]) -> bool:
    return any(read_number(word) is not None for word in said)


def _is_data(raw: RawTable, read: Cells) -> bool:
    """Whether what stands as header is the first row: a number among numbers."""
    for at, word in enumerate(read.words(raw.header)):
        if read_number(word) is None:
            continue
        below = (read.plain(row.cells[at].text) for row in raw.rows if at < len(row.cells))
        column = [cell for cell in below if cell]
        if column:
            numbers = sum(1 for cell in column if read_number(cell) is not None)
            return 2 * numbers > len(column) and word not in column
    return False


def _start(span: SourceSpan) -> SourceSpan:
    return SourceSpan(span.path, span.line, span.column, span.line, span.column)


def joined(raw: RawTable, read: Cells) -> RawTable:
    """The pipe table with every row in one piece that is broken over lines."""
    width = len(raw.header.cells)
    if raw.form is not TableForm.PIPE or not any(_goes_on(row) for row in raw.rows):
        return raw
    rows: list[RawRow] = []
    for row in raw.rows:
        if rows and (whole := _whole(rows[-1], row, width, read)):
            rows[-1] = whole
        else:
            rows.append(row)
    return raw if len(rows) == len(raw.rows) else msgspec.structs.replace(raw, rows=tuple(rows))


def _goes_on(row: RawRow) -> bool:
    """Whether no pipe stands before a row's first cell."""
    return bool(row.cells) and bool(row.cells[0].text) and _at(row.cells[0].span) == _at(row.span)


def _ends_open(row: RawRow) -> bool:
    if not row.cells or row.after or not row.cells[-1].text:
        return False
    end = row.cells[-1].span
    return (end.end_line, end.end_column) == (row.span.end_line, row.span.end_column)


def _whole(above: RawRow, row: RawRow, width: int, read: Cells) -> RawRow | None:
    """The two lines as one row, if the first ends in the middle of a text that the second goes on with."""
    if not _ends_open(above) or not _goes_on(row) or len(row.cells) >= width:
        return None
    if row.span.line != above.span.end_line + 1:
        return None
    count = len(above.cells) + len(row.cells) - 1
    first = read.plain(row.cells[0].text)
    if count > width or (_ends_open(row) and count < width) or read_number(first) is not None:
        return None
    if count == len(above.cells) and _ends_open(row):
        return None
    left, right = above.cells[-1], row.cells[0]
    span = SourceSpan(left.span.path, *_at(left.span), right.span.end_line, right.span.end_column)
    cell = RawCell(f"{left.text}\n{right.text}", span)
    whole = SourceSpan(above.span.path, *_at(above.span), row.span.end_line, row.span.end_column)
    return RawRow((*above.cells[:-1], cell, *row.cells[1:]), row.after, whole)


def parted(raw: RawTable, columns: Sequence[Column], read: Cells, lines: Sequence[str]) -> RawTable:
    """The pipe table with each record in a row of its own where two stand on one line.

    ``lines`` are those of the document that the table's places are in.
    """
    width, at = len(columns), columns.index(Column.CODE)
    if raw.form is not TableForm.PIPE or all(len(row.cells) <= width for row in raw.rows):
        return raw
    rows = [part for row in raw.rows for part in _parts(_uncut(row, width, lines), width, at, read, lines)]
    return msgspec.structs.replace(raw, rows=tuple(rows))


def _uncut(row: RawRow, width: int, lines: Sequence[str]) -> RawRow:
    """The row with the words in one cell whose back-ticks a pipe stands between, if that makes the row fit."""
    if len(row.cells) <= width:
        return row
    cells: list[RawCell] = []
    for cell in row.cells:
        if cells and cells[-1].text.count("`") % 2 and cell.text:
            left = cells[-1].span
            between = lines[left.end_line - 1][left.end_column - 1 : cell.span.column - 1]
            text = f"{cells[-1].text}{between}{cell.text}"
            span = SourceSpan(left.path, *_at(left), cell.span.end_line, cell.span.end_column)
            cells[-1] = RawCell(text, span)
        else:
            cells.append(cell)
    return RawRow(tuple(cells), row.after, row.span) if len(cells) == width else row


def is_cut(cell: RawCell) -> bool:
    """Whether a pipe cuts a pipe table's cell in two wherever Markdown is rendered."""
    return "|" in cell.text and bool(_CUT.search(cell.text))


def _parts(row: RawRow, width: int, at: int, read: Cells, lines: Sequence[str]) -> Iterator[RawRow]:
    while len(row.cells) >= 2 * width and _is_number(row.cells[at], read):
        cells = row.cells
        # Two records stand apart by a pipe of their own, or by the one between two cells.
        start = next(
            (
                start
                for start in (width, width + 1)
                if len(cells) >= start + width
                and not any(cell.text for cell in cells[width:start])
                and _is_number(cells[start + at], read)
            ),
            None,
        )
        if start is None:
            break
        last, first = cells[width - 1].span, cells[start].span
        # Each row keeps the pipe at its edge; a single one belongs to both.
        pipe = lines[last.end_line - 1].find("|", last.end_column - 1) + 1
        end, begin = (cells[width].span.column, cells[width].span.end_column) if start > width else (pipe + 1, pipe)
        yield RawRow(cells[:width], None, SourceSpan(row.span.path, *_at(row.span), last.end_line, end))
        span = SourceSpan(row.span.path, first.line, begin, row.span.end_line, row.span.end_column)
        row = RawRow(cells[start:], row.after, span)
    yield row


def _is_number(cell: RawCell, read: Cells) -> bool:
    return read_number(read.plain(cell.text)) is not None


def filled(
    raw: RawTable, columns: Sequence[Column], is_code: Callable[[RawCell], bool], main: int | None = None
) -> RawTable:
    """The pipe table with the cells filled that are empty because they mean what stands above them.

    Such a cell has the place of the one above, as one that spans rows has. A row that says a code of its own in the
    column ``main`` goes on with no other.
    """
    if raw.form is not TableForm.PIPE:
        return raw
    at = columns.index(Column.CODE)
    table = [[bool(cell.text) for cell in row.cells] for row in raw.rows]
    coded = [
        len(cells) > at and cells[at] and is_code(row.cells[at]) for row, cells in zip(raw.rows, table, strict=True)
    ]
    further = _further(columns, table, coded, main)
    as_above = _as_above(raw, columns, table, coded)
    if not further and not as_above:
        return raw
    keys = [index for index, column in enumerate(columns) if column in {Column.CODE, Column.NAME}]
    rows: list[RawRow] = []
    held: dict[int, RawCell] = {}
    for number, row in enumerate(raw.rows):
        cells = list(row.cells)
        if number in further:
            for index in (*keys, *as_above):
                if index < len(cells) and not cells[index].text and index < len(rows[-1].cells):
                    cells[index] = rows[-1].cells[index]
        elif not coded[number]:
            held = {}
        else:
            for index in as_above:
                if index < len(cells) and cells[index].text:
                    held = {column: cell for column, cell in held.items() if column < index}
                    held[index] = cells[index]
                elif index < len(cells) and index in held:
                    cells[index] = held[index]
        rows.append(row if cells == list(row.cells) else RawRow(tuple(cells), row.after, row.span))
    return msgspec.structs.replace(raw, rows=tuple(rows))


def _further(
    columns: Sequence[Column], table: Sequence[Sequence[bool]], coded: Sequence[bool], main: int | None
) -> frozenset[int]:
    """The rows that go on with the code of the row above: they have texts, but neither a code nor a name."""
    keys = [index for index, column in enumerate(columns) if column in {Column.CODE, Column.NAME}]
    texts = [index for index, column in enumerate(columns) if column in TEXTS]
    # Where the code is all that says which row it is, an empty one may be a lost one, unless other cells are empty too.
    sure = len(keys) > 1 or len(texts) == 1
    likely: set[int] = set()
    whole: set[int] = set()
    for number, cells in enumerate(table):
        if not number or coded[number] or len(cells) < min(len(columns), max(keys) + 1):
            continue
        if any(cells[index] for index in (*keys, *(() if main is None else (main,))) if index < len(cells)):
            continue
        says = [index for index in texts if index < len(cells) and cells[index]]
        if not says or not (coded[number - 1] or number - 1 in likely or number - 1 in whole):
            continue
        (likely if sure or len(says) < len(texts) else whole).add(number)
    return frozenset(likely | whole) if len(whole) != 1 else frozenset(likely)


def _as_above(
    raw: RawTable, columns: Sequence[Column], table: Sequence[Sequence[bool]], coded: Sequence[bool]
) -> tuple[int, ...]:
    """The columns left of the texts whose empty cells stand for what is above them."""
    at = columns.index(Column.CODE)
    first = next((index for index, column in enumerate(columns) if column in TEXTS), len(columns))
    found = []
    for index in range(first):
        if columns[index] is not Column.OTHER:
            continue
        here = [number for number, code in enumerate(coded) if code and index < len(table[number])]
        said = [raw.rows[number].cells[index].text if table[number][index] else "" for number in here]
        empty = said.count("")
        groups = [text for text in said if text]
        repeated = any(one == other for one, other in pairwise(groups))
        fewest = _FEWEST_LEADING if index < at else _FEWEST
        if said[:1] not in ([], [""]) and len(groups) > 1 and not repeated and empty >= max(fewest, _SHARE * len(said)):
            found.append(index)
    return tuple(found)


def _at(span: SourceSpan) -> tuple[int, int]:
    return (span.line, span.column)
