"""Text stands behind the last pipe of a row that has all its cells.

## What it does

Reports what stands behind the closing pipe of a complete row, be it a letter or a sentence.

## Why it matters

It is a slip of the keyboard or a remark that no reader sees: renderers drop it.

## Example

```
| Name     | Value | Cause            |
| -------- | ----- | ---------------- |
| ERR_LOAD | 7014  | File is missing. |k
```

## How to fix

Delete the text, or move it into the cell it belongs to.
"""

from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import ProblemKind
from generator.rules.base import Rule, diagnose_cell, quoted
from generator.rules.context import Context


def _check(context: Context) -> Iterator[Diagnostic]:
    for document in context.catalog.documents:
        for entry in document.entries:
            for problem in entry.problems:
                if problem.kind is ProblemKind.TEXT_AFTER_ROW:
                    yield diagnose_cell(
                        RULE,
                        context,
                        entry,
                        None,
                        f"{quoted(problem.text)} stands behind the last pipe of the row",
                        span=problem.span,
                        expected="nothing",
                        hint="delete it, or move it into the cell it belongs to",
                        evidence=[problem.text],
                    )


RULE: Final = Rule(
    id="S103",
    name="text-after-row",
    severity=Severity.WARNING,
    precision=Precision.VERY_HIGH,
    summary="Text stands behind the last pipe of a complete row",
    docs=__doc__,
    check=_check,
)
