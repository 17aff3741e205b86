"""A code's languages side by side: the rows that a diagnostic is about, and where they differ."""

from collections.abc import Sequence
from typing import Final

import msgspec
from msgspec import Struct

from generator.diagnostics import Diagnostic, Related
from generator.model import Column, Entry, FieldText, Locale, SourceSpan, canonical
from generator.pages import marks, spans
from generator.pages.ledger import Ledger
from generator.pages.report_parts import Piece

_MOST: Final = 8
"""So many rows are shown beside each other."""

_WHOLE: Final = (None, Column.CODE, Column.NAME)
"""What is wrong with a row's code or name shows only beside the rest of the row."""


class Cell(Struct, frozen=True):
    """What one row says in one column, and where it differs."""

    column: Column
    header: str
    text: str
    outside: bool = False
    """It stands in none of the table's columns."""
    here: tuple[marks.Interval, ...] = ()
    differs: tuple[marks.Interval, ...] = ()
    pieces: tuple[Piece, ...] = ()
    """The text in runs, marked or not."""


class Row(Struct, frozen=True):
    """One row beside others."""

    entry: Entry | None
    """``None`` for a row that is wanting."""
    locale: Locale
    here: bool
    cells: tuple[Cell, ...]


class Beside(Struct, frozen=True):
    """Everything that is shown beside each other for one diagnostic."""

    rows: tuple[Row, ...]
    left_out: int
    """So many rows more bear it out."""
    others: tuple[Related, ...]
    """Witnesses that are no rows."""


def beside(ledger: Ledger, diagnostic: Diagnostic) -> Beside:
    """The row a diagnostic is about, its witnesses, and the same code in the languages that bear no witness."""
    own = _own(ledger, diagnostic)
    found: dict[SourceSpan, Entry] = {own.span: own} if own else {}
    others = []
    for related in diagnostic.related:
        row = ledger.row(related.span)
        if row is None:
            others.append(related)
        else:
            found.setdefault(row.span, row)
    first = next(iter(found.values()), None)
    meaning = ledger.meaning(first) if first and diagnostic.code else None
    if meaning:
        seen = {row.locale for row in found.values() if row.edition == diagnostic.edition}
        for row in meaning.entries:
            # The diagnostic's own language says nothing more than the row it is about.
            if row.edition == diagnostic.edition and row.locale not in {*seen, diagnostic.locale}:
                found.setdefault(row.span, row)
    rows = tuple(found.values())
    wanting = own is None and bool(rows) and diagnostic.span.path in ledger.documents
    shown = rows[:_MOST]
    cells = _cells(ledger, diagnostic, own, shown)
    sides = tuple(
        Row(row, row.locale, here=row is own, cells=tuple([_in_pieces(cell) for cell in listed]))
        for row, listed in zip(shown, cells, strict=True)
    )
    if wanting:
        sides = (Row(None, diagnostic.locale, here=True, cells=()), *sides)
    return Beside(sides, len(rows) - len(shown), tuple(others))


def _in_pieces(cell: Cell) -> Cell:
    return msgspec.structs.replace(cell, pieces=marks.pieces(cell.text, cell.here, cell.differs))


def _own(ledger: Ledger, diagnostic: Diagnostic) -> Entry | None:
    """The row a diagnostic is about; ``None`` where it is about a row that is wanting, or about none."""
    row = ledger.row(diagnostic.span)
    if row is None or not diagnostic.code or row.code.text == diagnostic.code:
        return row
    # A code that is missing has its place at the row before.
    same = next((one for one in _peers(ledger, diagnostic) if one is not None), None)
    return row if same is not None and canonical(same.code) == canonical(row.code) else None


def _peers(ledger: Ledger, diagnostic: Diagnostic) -> Sequence[Entry | None]:
    return [row for related in diagnostic.related if (row := ledger.row(related.span)) is not None]


def _cells(
    ledger: Ledger, diagnostic: Diagnostic, own: Entry | None, rows: Sequence[Entry]
) -> tuple[tuple[Cell, ...], ...]:
    # What is wrong with tables and links often shows in the markup alone.
    written = diagnostic.rule[0] in "SL"
    alone = [] if diagnostic.field in _WHOLE else [diagnostic.field]
    listed = [_listed(ledger, row, alone, written=written, strays=not alone or row is own) for row in rows]
    if alone and not any(cell.text for cells in listed for cell in cells):
        listed = [_listed(ledger, row, [], written=written, strays=True) for row in rows]
    found = [list(cells) for cells in listed]
    # Beside a wrong name the rest of the row is there to tell what the name should say, not to be compared.
    named = (Column.CODE, Column.NAME) if diagnostic.field is Column.NAME else tuple(Column)
    for column in dict.fromkeys(cell.column for cells in listed for cell in cells if cell.column in named):
        _mark(found, rows, own, column)
    place = next((index for index, row in enumerate(rows) if row is own), None)
    if own is not None and place is not None:
        whole = diagnostic.field in {Column.CODE, Column.NAME}
        found[place] = [_pointed(ledger, own, cell, diagnostic.span, whole=whole) for cell in found[place]]
    return tuple(map(tuple, found))


def _listed(
    ledger: Ledger, row: Entry, alone: Sequence[Column | None], *, written: bool, strays: bool
) -> tuple[Cell, ...]:
    fields = [field for field in row.fields if not alone or field.column in alone]
    cells = [Cell(field.column, field.header, _text(ledger, field, written=written)) for field in fields]
    outside = [
        Cell(Column.OTHER, "", problem.text, outside=True) for problem in row.problems if problem.text and strays
    ]
    if not cells and alone and alone[0] is not None:
        cells = [Cell(alone[0], "", "")]
    return (*cells, *outside)


def _mark(found: list[list[Cell]], rows: Sequence[Entry], own: Entry | None, column: Column) -> None:
    """Put the differences of one column into its cells."""
    having = [
        (index, at, cell)
        for index, cells in enumerate(found)
        for at, cell in enumerate(cells)
        if cell.column is column and not cell.outside
    ]
    if len({index for index, _, _ in having}) < len(having):
        return  # Columns that mean the same are not told apart.
    texts = [marks.Shown(rows[index].locale, cell.text) for index, _, cell in having]
    mine = next((number for number, (index, _, _) in enumerate(having) if rows[index] is own), None)
    told = marks.differences(texts, mine, names=column in {Column.CODE, Column.NAME})
    for (index, at, cell), intervals in zip(having, told, strict=True):
        found[index][at] = msgspec.structs.replace(cell, differs=intervals)


def _pointed(ledger: Ledger, row: Entry, cell: Cell, span: SourceSpan, *, whole: bool) -> Cell:
    """A cell with the words marked that the diagnostic points at, where those are not all it says."""
    field = next((one for one in row.fields if (one.column, one.header) == (cell.column, cell.header)), None)
    if field is None or cell.outside:
        return cell
    start, end = max(spans.begin(span), spans.begin(field.span)), min(spans.end(span), spans.end(field.span))
    every = (start, end) == (spans.begin(field.span), spans.end(field.span))
    if start >= end or (every and not whole) or (every and (spans.begin(span), spans.end(span)) != (start, end)):
        return cell
    lines = ledger.documents[row.span.path].lines
    words = spans.between(lines, start, end)
    before = cell.text.count(words, 0, len(spans.between(lines, spans.begin(field.span), start)) + len(words))
    at = cell.text.find(words)
    for _ in range(before - 1):
        at = cell.text.find(words, at + 1)
    return msgspec.structs.replace(cell, here=((at, at + len(words)),)) if at >= 0 else cell


def _text(ledger: Ledger, field: FieldText, *, written: bool) -> str:
    if not written:
        return field.plain
    return spans.between(ledger.documents[field.span.path].lines, spans.begin(field.span), spans.end(field.span))
