"""Some rows of a table lack the closing or the opening pipe that others have.

## What it does

Reports, once for each table, that its header and rows are not alike in beginning or ending with a pipe. A table that
leaves them out throughout is well-formed and not reported, nor is a row that is too short (S110) or behind which text stands (S103).

## Why it matters

Markdown renders both. But without the last pipe nobody sees whether a cell is missing, and tools that split rows at pipes
take the first cell for the second where the opening one is missing.

## Example

```
| Name     | Value | Cause            |
| -------- | ----- | ---------------- |
| ERR_OVEN | 3104  | The oven is off. |
| ERR_HOOD | 3105  | The hood is off.
```

## How to fix

Begin and end every row with a pipe.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Document, RawRow, SourceSpan, Table, TableForm
from generator.rules.base import Rule, diagnose
from generator.rules.context import Context
from generator.rules.structure import section_title


def _check(context: Context) -> Iterator[Diagnostic]:
    for document in context.catalog.documents:
        for table in document.tables:
            if table.columns and table.raw.form is TableForm.PIPE:
                yield from _uneven(document, table)


def _uneven(document: Document, table: Table) -> Iterator[Diagnostic]:
    # Of rows that lack a cell or have text behind their last pipe other rules speak.
    whole = [row for row in table.raw.rows if not row.after and len(row.cells) >= len(table.columns)]
    # What has no header has rows only.
    rows = [table.raw.header, *whole] if table.raw.header.cells else whole
    unclosed = [row for row in rows if not _is_closed(document, row)]
    unopened = [row for row in rows if not _body(document, row).startswith("|")]
    lacking = [
        (which, found) for which, found in (("closing", unclosed), ("opening", unopened)) if 0 < len(found) < len(rows)
    ]
    if not lacking:
        return
    place, which = min((found[0].span, which) for which, found in lacking)
    if which == "closing":
        place = SourceSpan(place.path, place.end_line, max(1, place.end_column - 1), place.end_line, place.end_column)
    else:
        place = SourceSpan(place.path, place.line, place.column, place.line, place.column + 1)
    yield diagnose(
        RULE,
        document,
        place,
        " and ".join(_said(table, which, found) for which, found in lacking),
        section=section_title(document, table),
        expected="a pipe behind it" if which == "closing" else "a pipe before it",
        hint="begin and end every row with a pipe",
        evidence=[which for which, _ in lacking],
        cluster=" and ".join(which for which, _ in lacking),
    )


def _said(table: Table, which: str, found: Sequence[RawRow]) -> str:
    rows = sum(1 for row in found if row is not table.raw.header)
    if not rows:
        return f"the header has no {which} pipe, its rows have one"
    lack, of = "has" if rows == 1 else "have", len(table.raw.rows)
    above = ", and the header," if rows < len(found) else ""
    rest = "" if rows < of else "; the header has one"
    return f"{rows} of {of} rows{above} {lack} no {which} pipe{rest}"


def _body(document: Document, row: RawRow) -> str:
    return document.lines[row.span.line - 1][row.span.column - 1 : row.span.end_column - 1]


def _is_closed(document: Document, row: RawRow) -> bool:
    body = _body(document, row)
    escapes = len(body) - 1 - len(body[:-1].rstrip("\\"))
    return body.endswith("|") and escapes % 2 == 0


RULE: Final = Rule(
    id="S107",
    name="pipe-style",
    severity=Severity.NOTE,
    precision=Precision.VERY_HIGH,
    summary="Some rows of a table lack the closing or opening pipe that others have",
    docs=__doc__,
    check=_check,
)
