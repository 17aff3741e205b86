"""A cell is empty in one locale while the others fill it.

## What it does

Compares the cells of a code's rows across the locales of an edition, column by column, and reports an empty one that
most peers fill. A column that the locale's table does not have is not compared. A column that is empty from top to
bottom is one diagnostic. A row under a wrong code (K204) is compared with the rows of the code it belongs to.

## Why it matters

The reader of that language is not told the cause, or what to do. Often the text is in the source but outside the table
(S101).

## Example

```
zh: | ERR_MIC | 4102 | No permission. | Ask the user for it. |
en: | ERR_MIC | 4102 | No permission. |                      |
```

## How to fix

Fill in the translation.
"""

from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Column, Entry, Table, canonical
from generator.rules.base import Rule, diagnose, diagnose_cell, locales, quoted, witness
from generator.rules.context import Context, Group
from generator.rules.misnumbered import expected_codes

_WHOLE: Final = 3
"""From so many rows on, a column that is empty from top to bottom is one discrepancy."""


def _check(context: Context) -> Iterator[Diagnostic]:
    for group in context.groups:
        if len(group.documents) < 2:
            continue
        for rows in group.rows.values():
            by_table: dict[int, list[Entry]] = {}
            for entry in rows:
                by_table.setdefault(entry.table, []).append(entry)
            for same in by_table.values():
                yield from _in_table(context, group, context.table(same[0]), same)


def _in_table(context: Context, group: Group, table: Table, rows: list[Entry]) -> Iterator[Diagnostic]:
    for column in dict.fromkeys(table.columns):
        if column is Column.CODE or table.columns.count(column) > 1:
            continue
        empty = {
            index: peers
            for index, entry in enumerate(rows)
            if not entry.field(column)
            and not _spanned(context, entry, column)
            and (peers := _filled(context, group, entry, column))
        }
        if len(empty) == len(rows) >= _WHOLE:
            yield _column(context, table, column, rows, empty[0])
        else:
            for index, peers in empty.items():
                yield _cell(context, rows[index], column, peers)


def _filled(context: Context, group: Group, entry: Entry, column: Column) -> tuple[Entry, ...]:
    """The peers' rows that fill the column, if they are most of those that have it."""
    code = canonical(context.once(expected_codes).get(entry, entry.code))
    rows = [
        row
        for peer in group.peers(entry.locale)
        for row in group.with_code(peer, code)[:1]
        if column in context.table(row).columns
    ]
    filled = tuple(row for row in rows if row.field(column))
    return filled if 2 * len(filled) > len(rows) else ()


def _spanned(context: Context, entry: Entry, column: Column) -> bool:
    """Whether a cell that begins further left or above reaches over this one."""
    table = context.table(entry)
    cells, at = table.raw.rows[entry.row].cells, table.columns.index(column)
    if at >= len(cells):
        return False
    span = cells[at].span
    above = (span.line, span.column) < (entry.span.line, entry.span.column)
    return above or any(cell.text and cell.span == span for cell in cells)


def _cell(context: Context, entry: Entry, column: Column, peers: tuple[Entry, ...]) -> Diagnostic:
    header = next((field.header for field in peers[0].fields if field.column is column), "")
    return diagnose_cell(
        RULE,
        context,
        entry,
        column,
        f"{entry.code.text} says nothing under {quoted(_own_header(context, entry, column) or header)}",
        related=[witness(row, column) for row in peers],
        hint=_advice(peers),
    )


def _column(context: Context, table: Table, column: Column, rows: list[Entry], peers: tuple[Entry, ...]) -> Diagnostic:
    document = context.document(rows[0])
    cells = table.raw.header.cells
    at = table.columns.index(column)
    header = cells[at] if at < len(cells) else cells[-1]
    return diagnose(
        RULE,
        document,
        header.span,
        f"the column {quoted(header.text)} is empty in all {len(rows)} rows",
        section=document.sections[table.section].title,
        field=column,
        related=[witness(row, column) for row in peers],
        hint=_advice(peers),
    )


def _advice(peers: tuple[Entry, ...]) -> str:
    return f"translate what {locales(peers)} {'says' if len(peers) == 1 else 'say'} there"


def _own_header(context: Context, entry: Entry, column: Column) -> str:
    table = context.table(entry)
    found = next((field for row in table.entries for field in row.fields if field.column is column), None)
    return found.header if found else ""


RULE: Final = Rule(
    id="T601",
    name="cell-empty",
    severity=Severity.ERROR,
    precision=Precision.HIGH,
    summary="A cell is empty in one locale while its peers fill it",
    docs=__doc__,
    check=_check,
)
