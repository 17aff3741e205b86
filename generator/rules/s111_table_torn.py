"""Rows of a table that a Markdown reader does not take for a table.

## What it does

Reports lines that look like table rows but belong to no table: a delimiter row that is none, a blank line inside the
table, a header without its delimiter row. Rows that follow each other are one diagnostic with their number.

## Why it matters

The rows are shown as one paragraph full of pipes, and every code in them is lost to readers and to this site.

## Example

```
| Name     | Value | Cause        |
| -- -- -- | ----- | ------------ |
| ERR_ROOM | 1201  | No such room |
```

## How to fix

Write the delimiter row with three dashes or more a column and nothing between them, and take out blank lines.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Document, Problem, ProblemKind, SourceSpan
from generator.rules.base import Rule, diagnose, quoted
from generator.rules.context import Context
from generator.rules.presence import verdicts

_LEAST_SHARE: Final = 0.5


def _check(context: Context) -> Iterator[Diagnostic]:
    for document in context.catalog.documents:
        for run in _runs(document):
            first, count = run[0], len(run)
            yield diagnose(
                RULE,
                document,
                first.span,
                f"{count} {'row stands' if count == 1 else 'rows stand'} in no table: {quoted(first.text)}",
                section=_section(document, first.span),
                hint="mend the delimiter row below the header, or take out the blank line before the rows",
                evidence=[first.text],
            )


def _runs(document: Document) -> list[list[Problem]]:
    """The stray rows of a document, those together that stand on lines one after the other."""
    runs: list[list[Problem]] = []
    stray = [one for one in document.problems if one.kind is ProblemKind.ROW_OUTSIDE_TABLE]
    for problem in sorted(stray, key=lambda one: one.span):
        # The broken delimiter row itself stands between a header and the rows and is no problem of its own.
        if runs and problem.span.line - runs[-1][-1].span.end_line <= 2:
            runs[-1].append(problem)
        else:
            runs.append([problem])
    return runs


def _section(document: Document, span: SourceSpan) -> str:
    above = [section for section in document.sections if section.span.line <= span.line]
    return above[-1].title if above else ""


def _explains(context: Context, cause: Diagnostic, other: Diagnostic) -> bool:
    if other.rule != "K201" or (other.product, other.edition, other.locale) != (
        cause.product,
        cause.edition,
        cause.locale,
    ):
        return False
    document = context.by_place[cause.product, cause.edition, cause.locale]
    words = _words(next(run for run in _runs(document) if run[0].span == cause.span))
    if other.code:
        return other.code in words
    if not document.entries:
        return True
    for verdict in context.once(verdicts):
        if verdict.missing and verdict.locale == other.locale and len(verdict.codes) > 1:
            known = sum(1 for code in verdict.codes if code.text in words)
            if known >= _LEAST_SHARE * len(verdict.codes) and verdict.group.documents[verdict.locale] is document:
                return True
    return False


def _words(run: Sequence[Problem]) -> frozenset[str]:
    return frozenset(cell.strip() for problem in run for cell in problem.text.split("|"))


RULE: Final = Rule(
    id="S111",
    name="table-torn",
    severity=Severity.ERROR,
    precision=Precision.VERY_HIGH,
    summary="Rows of a table stand in no table",
    docs=__doc__,
    check=_check,
    explains=_explains,
)
