r"""A row has more cells than its table has columns, and a cell with text falls off when the table is rendered.

## What it does

Reports a row whose cells reach beyond the last column, where one of those beyond holds text. GitHub Flavored Markdown
(section 4.10) drops such cells silently. Where taking out one empty cell makes the row fit, the hint says so and names
the column in which each text would then stand; where a second row stands on the same line, it says that.

## Why it matters

Readers never see the text that falls off, although it stands in the source. Mostly it is the solution.

## Example

```
| Name       | Value | Cause           | Solution           |
| ---------- | ----- | --------------- | ------------------ |
| ERR_DEVICE | 4098  | Device is busy. |  | Close other apps. |
```

## How to fix

Take out the empty cell, or write a pipe that belongs to the text as `\|`. To correct a document that is not yours to
edit, add an erratum that places the text in its column.
"""

import re
from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Column, Entry, Problem, ProblemKind, RawCell, Table, TableForm
from generator.rules.base import Key, Rule, diagnose_cell, is_of_moved_cells, listed, of_code, quoted
from generator.rules.context import Context

_NUMBER: Final = re.compile(r"[+-]?(?:0[xX])?[0-9A-Fa-f]{1,39}")


def _check(context: Context) -> Iterator[Diagnostic]:
    for document in context.catalog.documents:
        for table in document.tables:
            for entry in table.entries:
                found = [one for one in entry.problems if one.kind is ProblemKind.CELL_OVERFLOW]
                lost = [one for one in found if one.cells]
                second = _on_same_line(table, entry)
                if lost or second:
                    yield _lost(context, table, entry, lost, second)
                elif found and table.raw.form is TableForm.PIPE:
                    yield _cut(context, entry, found)


def _on_same_line(table: Table, entry: Entry) -> tuple[RawCell, ...]:
    """The cells of a second row of a pipe table that stands behind the first on one line, and is read all the same."""
    if table.raw.form is not TableForm.PIPE or entry.row + 1 >= len(table.raw.rows):
        return ()
    row = table.raw.rows[entry.row + 1]
    return row.cells if row.span.line == entry.span.end_line else ()


def _cut(context: Context, entry: Entry, cut: list[Problem]) -> Diagnostic:
    """A text whose pipe was meant as part of it, though it stands unescaped."""
    return diagnose_cell(
        RULE,
        context,
        entry,
        None,
        f"{quoted(cut[0].text)} is cut at its pipe, and the last cell of the row falls off",
        span=cut[0].span,
        hint="write a pipe that belongs to the text as \\|",
        # Without the blanks round a pipe, which tools that align tables put there.
        evidence=["|".join(part.strip() for part in one.text.split("|")) for one in cut],
    )


def _lost(context: Context, table: Table, entry: Entry, lost: list[Problem], behind: tuple[RawCell, ...]) -> Diagnostic:
    lost = lost or [Problem(ProblemKind.CELL_OVERFLOW, cell.text, cell.span) for cell in behind if cell.text]
    width, cells = len(table.columns), len(table.raw.rows[entry.row].cells) + len(behind)
    if behind and table.raw.rows[entry.row + 1].span.column >= entry.span.end_column:
        cells += 1  # Two pipes stand between the rows, and an empty cell between the pipes.
    field: Column | None
    moved = _without_one_empty(table, entry)
    second = tuple(cell.text for cell in behind) or _second_row(table, entry)
    if second:
        hint, expected, field = (
            f"break the line before {quoted(second[0])}: a second row stands on it",
            "a row of its own",
            None,
        )
    elif moved:
        column, header = moved[-1][1], _header(table, moved[-1][1])
        places = listed(f"{quoted(text)} under {_header(table, at)}" for text, at in moved)
        hint = f"take out the empty cell before it; that puts {'it under ' + header if len(moved) == 1 else places}"
        expected = f"under {header}"
        field = table.columns[column]
    else:
        hint = "join the cells that belong together, or write a pipe that belongs to the text as \\|"
        expected, field = "", None
    return diagnose_cell(
        RULE,
        context,
        entry,
        field,
        f"{listed(quoted(one.text) for one in lost)} {'falls' if len(lost) == 1 else 'fall'} off: the row has {cells} cells, the table {width} columns",
        span=lost[0].span,
        hint=hint,
        expected=expected,
        evidence=[one.text for one in lost],
    )


def _without_one_empty(table: Table, entry: Entry) -> tuple[tuple[str, int], ...]:
    """The texts that move, each with its new column, if taking out one empty cell makes the row fit in one way only."""
    width = len(table.columns)
    cells = [cell.text for cell in table.raw.rows[entry.row].cells]
    ways: dict[tuple[str, ...], tuple[tuple[str, int], ...]] = {}
    for index in range(width):
        rest = [*cells[:index], *cells[index + 1 :]]
        if not cells[index] and not any(rest[width:]):
            ways[tuple(rest[:width])] = tuple((text, at) for at, text in enumerate(rest) if text and at >= index)
    return next(iter(ways.values())) if len(ways) == 1 else ()


def _second_row(table: Table, entry: Entry) -> tuple[str, ...]:
    """The cells of a second row of the table that stands behind the first on one line."""
    width, at = len(table.columns), table.columns.index(Column.CODE)
    cells = [cell.text for cell in table.raw.rows[entry.row].cells]
    for start in (width, width + 1):
        if len(cells) == start + width and not any(cells[width:start]) and _NUMBER.fullmatch(cells[start + at]):
            return tuple(cells[start:])
    return ()


def _header(table: Table, position: int) -> str:
    column = table.columns[position]
    found = next((field for row in table.entries for field in row.fields if field.column is column), None)
    return quoted(found.header if found and found.header else table.raw.header.cells[position].text)


def _explains(context: Context, cause: Diagnostic, other: Diagnostic) -> bool:
    if other.rule == "K201" and other.locale == cause.locale:
        entry = context.entry_at(cause.span)
        return entry is not None and other.code in _second_row(context.table(entry), entry)
    return is_of_moved_cells(context, cause, other)


def _reach(context: Context, cause: Diagnostic) -> Iterator[Key]:
    yield of_code(cause, cause.code)
    entry = context.entry_at(cause.span)
    for text in _second_row(context.table(entry), entry) if entry else ():
        yield of_code(cause, text)


RULE: Final = Rule(
    id="S101",
    name="cell-lost",
    severity=Severity.ERROR,
    precision=Precision.VERY_HIGH,
    summary="A cell with text stands beyond the table's last column and falls off when rendered",
    docs=__doc__,
    check=_check,
    explains=_explains,
    reach=_reach,
)
