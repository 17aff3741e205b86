"""A raw table as entries: every non-empty cell in one field or in one problem."""

from collections.abc import Callable

from msgspec import Struct

from generator.codes import read_code, read_number
from generator.model import (
    Code,
    Column,
    EditionId,
    Entry,
    FieldText,
    Locale,
    Problem,
    ProblemKind,
    ProductId,
    RawCell,
    RawRow,
    RawTable,
    Table,
    TableForm,
)
from generator.parse.columns import Words, find_columns
from generator.parse.inline import identifier, lines, plain, read_inlines


class Place(Struct, frozen=True):
    """Where a table stands among documents."""

    product: ProductId
    edition: EditionId
    locale: Locale
    section: int


def read_entries(raw: RawTable, index: int, place: Place, words: Words) -> Table:
    """The table that ``raw`` is, with an entry for each row that has a code."""
    headers = tuple(plain(read_inlines(cell.text, raw.form)) for cell in raw.header.cells)
    rows = tuple(tuple(plain(read_inlines(cell.text, raw.form)) for cell in row.cells) for row in raw.rows)
    columns = find_columns(headers, rows, words)
    if not columns:
        problems = tuple(_whole_row(row, ProblemKind.TABLE_WITHOUT_CODES) for row in raw.rows if _filled(row))
        return Table(index, place.section, raw, (), (), problems)
    at = columns.index(Column.CODE)
    only_numbers = _only_numbers(rows, at)
    entries: list[Entry] = []
    problems_list: list[Problem] = []
    for number, (row, texts) in enumerate(zip(raw.rows, rows, strict=True)):
        if not _filled(row):
            continue
        code = _code(row.cells[at], raw.form, read_number if only_numbers else read_code) if at < len(texts) else None
        if code is None:
            problems_list.append(_whole_row(row, ProblemKind.ROW_WITHOUT_CODE))
        else:
            entries.append(_entry(raw.form, headers, columns, row, code, place, index, number))
    return Table(index, place.section, raw, columns, tuple(entries), tuple(problems_list))


def _code(cell: RawCell, form: TableForm, read: Callable[[str], Code | None]) -> Code | None:
    """The code that a cell spells: several one below the other, or one that is only wrapped."""
    inlines = read_inlines(cell.text, form)
    return read(", ".join(lines(inlines))) or read(identifier(inlines))


def row_text(row: RawRow, form: TableForm) -> str:
    """The row's own words: its non-empty cells as plain text, names in one piece, joined with `` | ``."""
    cells = (*row.cells, row.after) if row.after else row.cells
    words = (identifier(read_inlines(cell.text, form)) for cell in cells if cell.text)
    return " | ".join(word for word in words if word)


def _entry(
    form: TableForm,
    headers: tuple[str, ...],
    columns: tuple[Column, ...],
    row: RawRow,
    code: Code,
    place: Place,
    table: int,
    number: int,
) -> Entry:
    fields: list[FieldText] = []
    problems: list[Problem] = []
    for position, cell in enumerate(row.cells):
        if not cell.text:
            continue
        if position < len(columns):
            header = headers[position] if position < len(headers) else ""
            fields.append(field(cell, columns[position], header, form))
        else:
            problems.append(Problem(ProblemKind.CELL_OVERFLOW, cell.text, cell.span, int(stands_in(cell, row))))
    if row.after:
        problems.append(Problem(ProblemKind.TEXT_AFTER_ROW, row.after.text, row.after.span, 1))
    return Entry(
        product=place.product,
        edition=place.edition,
        locale=place.locale,
        section=place.section,
        table=table,
        row=number,
        code=code,
        fields=tuple(fields),
        span=row.span,
        text=row_text(row, form),
        problems=tuple(problems),
    )


def field(cell: RawCell, column: Column, header: str, form: TableForm) -> FieldText:
    """What a cell says under ``column``."""
    inlines = read_inlines(cell.text, form)
    words = identifier(inlines) if column in {Column.NAME, Column.CODE} else plain(inlines)
    return FieldText(column, header, cell.text, words, inlines, cell.span)


def _whole_row(row: RawRow, kind: ProblemKind) -> Problem:
    cells = (*row.cells, row.after) if row.after else row.cells
    return Problem(kind, " | ".join(cell.text for cell in cells if cell.text), row.span, _filled(row))


def stands_in(cell: RawCell, row: RawRow) -> bool:
    """Whether a cell is written in this row, and does not only reach down into it from a row above."""
    return (cell.span.line, cell.span.column) >= (row.span.line, row.span.column)


def _filled(row: RawRow) -> int:
    return sum(1 for cell in row.cells if cell.text and stands_in(cell, row)) + (1 if row.after else 0)


def _only_numbers(rows: tuple[tuple[str, ...], ...], at: int) -> bool:
    """Whether a column's codes are numbers, so that a stray word there is none."""
    cells = [row[at] for row in rows if at < len(row) and row[at]]
    return 2 * sum(1 for cell in cells if read_number(cell) is not None) > len(cells)
