"""Rows have empty cells beyond the last column of their table.

## What it does

Reports, once for each table, rows that have more cells than the table has columns, if all those beyond are empty. Where
one of them holds text, S101 speaks of it.

## Why it matters

Nothing is lost, but the next text that is put in there will be: what stands beyond the last column is not rendered.
Mostly it is what is left of a column taken out, or a pipe typed twice.

## Example

```
| Name     | Value | Cause            |
| -------- | ----- | ---------------- |
| ERR_OVEN | 3104  | The oven is off. |  |
```

## How to fix

Take out the pipes behind the last column.
"""

from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Document, RawRow, Table
from generator.rules.base import Rule, diagnose
from generator.rules.context import Context
from generator.rules.structure import is_further, reaches_down, section_title


def _check(context: Context) -> Iterator[Diagnostic]:
    for document in context.catalog.documents:
        for table in document.tables:
            found = [row for row in table.raw.rows if _has_extra(table, row)]
            if found:
                yield _extra(document, table, found)


def _has_extra(table: Table, row: RawRow) -> bool:
    width = len(table.columns)
    beyond = row.cells[width:]
    if not width or not beyond or any(cell.text for cell in beyond):
        return False
    return any(not reaches_down(row.cells[at], row) and not is_further(row, at) for at in range(width, len(row.cells)))


def _extra(document: Document, table: Table, rows: list[RawRow]) -> Diagnostic:
    width, count = len(table.columns), len(rows)
    cells = {len(row.cells) for row in rows}
    many = f"{min(cells)} to {max(cells)}" if len(cells) > 1 else str(max(cells))
    return diagnose(
        RULE,
        document,
        rows[0].cells[width].span,
        f"{'a row has' if count == 1 else f'{count} rows have'} {many} cells, the table {width} columns; those beyond are empty",
        section=section_title(document, table),
        hint="take out the pipes behind the last column" if table.raw.form == "pipe" else "take out the empty cells",
    )


RULE: Final = Rule(
    id="S102",
    name="extra-empty-cell",
    severity=Severity.NOTE,
    precision=Precision.VERY_HIGH,
    summary="Rows have empty cells beyond the last column of their table",
    docs=__doc__,
    check=_check,
)
