"""Rows of a table that a Markdown reader does not take for a table.

## What it does

Reports where Markdown loses a table: a delimiter row that is none or has not as many cells as the header, a blank line
inside the table, no blank line between HTML and the table. Such a table is read here all the same. Rows that cannot even
be read, such as those below a header without a delimiter row, are one diagnostic with their number.

## Why it matters

Readers see the rows as one paragraph full of pipes. Rows that cannot be read are lost to this site, too.

## Example

```
| Name     | Value | Cause        |
| -- -- -- | ----- | ------------ |
| ERR_ROOM | 1201  | No such room |
```

## How to fix

Write a delimiter row with three dashes or more for each column and a pipe between two columns, and take out blank lines.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Document, EditionId, Locale, Problem, ProblemKind, ProductId, SourceSpan
from generator.rules.base import Key, Rule, diagnose, of_code, of_part, quoted
from generator.rules.context import Context
from generator.rules.presence import verdicts

_LEAST_SHARE: Final = 0.5
_DIGIT: Final = re.compile(r"\d")
_DASHES: Final = re.compile(r"[\s>|:\u2014\u2013-]*")
_DELIMITER: Final = re.compile(r"[\s>]*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*")
_EDGES: Final = re.compile(r"^[\s>]*\|?|\|?\s*$")
_PIPE: Final = re.compile(r"(?<!\\)\|")


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
                hint="write a delimiter row below the header"
                if count > 1 and not _DIGIT.search(first.text)
                else "put a header and a delimiter row above the rows",
                evidence=[first.text],
            )
        for torn in _places(document):
            yield _torn(document, torn)


def _places(document: Document) -> list[list[Problem]]:
    """The lines at which Markdown loses a table that was read all the same, those of one table together."""
    starts = [table.raw.span.line for table in document.tables]
    found: dict[int, list[Problem]] = {}
    for problem in document.problems:
        if problem.kind is ProblemKind.ROW_OUTSIDE_TABLE and not problem.cells:
            found.setdefault(bisect_right(starts, problem.span.line), []).append(problem)
    return list(found.values())


def _torn(document: Document, places: Sequence[Problem]) -> Diagnostic:
    """A table that was read although Markdown loses it at ``places``."""
    problem, count = places[0], len(places)
    if count > 1:
        message = f"Markdown loses the table here and at {count - 1} other {'line' if count == 2 else 'lines'}"
        hint = "give the table one delimiter row with a cell for each column, and no blank line inside"
    elif not _DASHES.fullmatch(problem.text):
        message = "a blank line tears the table: for Markdown it ends above, and these rows are in none"
        hint = "take out the blank line above"
    elif not _DELIMITER.fullmatch(problem.text):
        message = "the row of dashes below the header is no delimiter row, so for Markdown this is no table"
        hint = "write three dashes or more for each column, and a pipe between two columns"
    else:
        header = document.lines[problem.span.line - 2]
        cells, dashes = (len(_PIPE.split(_EDGES.sub("", line))) for line in (header, problem.text))
        if cells != dashes:
            message = f"the delimiter row has {dashes} cells and the header {cells}, so for Markdown this is no table"
            hint = "give the delimiter row as many cells as the header has"
        else:
            message = "Markdown sees no table here, because of what stands right above it"
            hint = "put a blank line above the header"
    return diagnose(
        RULE,
        document,
        problem.span,
        message,
        section=_section(document, problem.span),
        hint=hint,
        evidence=[problem.text],
    )


def _runs(document: Document) -> list[list[Problem]]:
    """The stray rows of a document, those together that stand on lines one after the other."""
    runs: list[list[Problem]] = []
    stray = [one for one in document.problems if one.kind is ProblemKind.ROW_OUTSIDE_TABLE and one.cells]
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


def _place(diagnostic: Diagnostic) -> tuple[ProductId, EditionId, Locale]:
    return (diagnostic.product, diagnostic.edition, diagnostic.locale)


def _explains(context: Context, cause: Diagnostic, other: Diagnostic) -> bool:
    if other.rule == "S114" and other.span.path == cause.span.path:
        return any(run[0].span == cause.span and len(run) > 1 for run in _runs(context.by_place[_place(cause)]))
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


def _reach(context: Context, cause: Diagnostic) -> Iterator[Key]:
    document = context.by_place[cause.product, cause.edition, cause.locale]
    if all(run[0].span != cause.span for run in _runs(document)):
        return
    yield of_part(cause.span)
    for word in _words(next(run for run in _runs(document) if run[0].span == cause.span)):
        yield of_code(cause, word)


RULE: Final = Rule(
    id="S111",
    name="table-torn",
    severity=Severity.ERROR,
    precision=Precision.VERY_HIGH,
    summary="Rows of a table stand in no table",
    docs=__doc__,
    check=_check,
    explains=_explains,
    reach=_reach,
)
