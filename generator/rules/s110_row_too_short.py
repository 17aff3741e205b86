"""A row has fewer cells than its table has columns.

## What it does

Reports a row that ends before the table's last column; where the peers fill the cells that it lacks, as an error. Not
reported: rows whose peers say nothing there either, one of which the rest stands on the next line (S115), and tables in
which many rows leave out empty cells at the end, as some vendors do. A row of which one cell was read as two, because
only a border explains the tabs between its texts, is always reported, with both texts.

## Why it matters

Markdown fills up the row with empty cells on the right. If a pipe was lost in the middle, two texts are in one cell, and
everything behind them stands one column too far to the left.

## Example

```
| Name     | Value | Cause            | Solution     |
| -------- | ----- | ---------------- | ------------ |
| ERR_OVEN | 3104  | The oven is off. | Turn it on.  |
| ERR_HOOD | 3105  | The hood is off. Turn it on.    |
```

## How to fix

Put the pipe back between the two texts, or write an empty cell where nothing is to be said.
"""

from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Document, Entry, Problem, ProblemKind, RawCell, SourceSpan, Table, canonical
from generator.rules import t601_cell_empty
from generator.rules.base import Key, Rule, at_row, diagnose_cell, is_of_moved_cells, listed, quoted, witness
from generator.rules.context import Context
from generator.rules.misnumbered import expected_codes
from generator.rules.structure import header_witness

_FEW: Final = 2
_MOST: Final = 0.25
"""Where a larger share of a table's rows is short, and more than a few, that is how the vendor writes."""


def _check(context: Context) -> Iterator[Diagnostic]:
    told = context.once(_told)
    for document in context.catalog.documents:
        for table in document.tables:
            width = len(table.columns)
            short = [entry for entry in table.entries if len(table.raw.rows[entry.row].cells) < width]
            parted = [(entry, lost) for entry in table.entries if (lost := _pipe_lost(entry))]
            for entry, lost in parted:
                yield from _too_short(context, document, table, entry, lost)
            if len(short) + len(parted) > max(_FEW, _MOST * len(table.entries)):
                continue
            for entry in short:
                if not _halved(table, entry) and not _is_told(table, told):
                    yield from _too_short(context, document, table, entry, None)


def _pipe_lost(entry: Entry) -> Problem | None:
    return next((one for one in entry.problems if one.kind is ProblemKind.PIPE_LOST), None)


def _told(context: Context) -> frozenset[tuple[str, int]]:
    """The lines on which T601 speaks of an empty cell or column."""
    return frozenset((one.span.path, one.span.line) for one in t601_cell_empty.RULE.check(context))


def _is_told(table: Table, told: frozenset[tuple[str, int]]) -> bool:
    """Whether T601 speaks of a whole column."""
    heading = table.raw.header.span
    return any((heading.path, line) in told for line in range(heading.line, heading.end_line + 1))


def _halved(table: Table, entry: Entry) -> bool:
    """Whether the rest of the row stands on the next line, of which S115 speaks."""
    rows = table.raw.rows
    if entry.row + 1 >= len(rows) or len(rows[entry.row + 1].cells) >= len(table.columns):
        return False
    below = rows[entry.row + 1].span
    return any(one.kind is ProblemKind.ROW_WITHOUT_CODE and one.span == below for one in table.problems)


def _too_short(
    context: Context, document: Document, table: Table, entry: Entry, lost: Problem | None
) -> Iterator[Diagnostic]:
    """The row is short, or was before a cell was read as two where its pipe is ``lost``."""
    width, count = len(table.columns), len(table.raw.rows[entry.row].cells) - (lost is not None)
    code = canonical(context.once(expected_codes).get(entry, entry.code))
    peers = [
        row
        for row in context.rows_of_code(entry.product, code)
        if (row.edition, row.locale) != (entry.edition, entry.locale)
        and len(context.table(row).columns) == width
        and len(context.table(row).raw.rows[row.row].cells) >= width
    ]
    filled = [row for row in peers if all(cell.text for cell in _beyond(context, row, count, width))]
    if peers and not filled and not lost:
        return
    end = (entry.span.end_line, entry.span.end_column)
    span = SourceSpan(entry.span.path, end[0], max(1, end[1] - 1), *end)
    message = f"the row has {count} cells, the table {width} columns"
    hint = "put the missing pipe back between two texts, or add the empty cell"
    if lost:
        span, message = lost.span, f"{message}: {_texts(table, entry, lost)} stand in one, and are read as two"
        hint = "put the missing pipe back between the two texts"
    yield diagnose_cell(
        RULE,
        context,
        entry,
        None,
        message,
        span=span,
        related=[witness(row) for row in filled] or [header_witness(document, table)],
        # Where the peers fill the cells that are missing, a text has run into its neighbour or is not there.
        severity=Severity.ERROR if filled else None,
        hint=hint,
        evidence=[str(count)],
        cluster=f"{count} of {width}",
    )


def _texts(table: Table, entry: Entry, lost: Problem) -> str:
    """The two texts beside the place of a lost pipe."""
    start, end = lost.span.column, lost.span.end_column
    cells = table.raw.rows[entry.row].cells
    return listed(quoted(cell.text) for cell in cells if start == cell.span.end_column or cell.span.column == end)


def _beyond(context: Context, row: Entry, start: int, end: int) -> tuple[RawCell, ...]:
    return context.table(row).raw.rows[row.row].cells[start:end]


def _reach(_context: Context, cause: Diagnostic) -> Iterator[Key]:
    yield at_row(cause.span)


RULE: Final = Rule(
    id="S110",
    name="row-too-short",
    severity=Severity.WARNING,
    precision=Precision.HIGH,
    summary="A row has fewer cells than its table has columns",
    docs=__doc__,
    check=_check,
    explains=is_of_moved_cells,
    reach=_reach,
)
