"""A row of a table of codes has none.

## What it does

Reports a row whose code is missing while its other cells are filled, a row whose code is none, such as `5O22` with a
letter, and one whose code lost its pipe and stands beside the name. A row below one that is too short is often the rest of it, broken over two lines. Not reported: a note or a
heading that takes one cell, and a row that has words in place of a code (“Other errors”).

## Why it matters

What the row says is on no code's page: nobody who has the number finds it.

## Example

```
| ERR_MIC   | 4102 | No permission.  |
| ERR_MIC_2 |      | No microphone.  |
```

## How to fix

Give the row its code. Where an empty cell means “as above”, write the code again; where a row is broken over two lines,
join them.
"""

import re
from collections.abc import Iterator
from typing import Final

from generator.alignment import is_slip
from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Column, Document, Entry, Problem, ProblemKind, RawRow, Table, TableForm, canonical
from generator.rules.base import Key, Rule, at_row, diagnose, of_code, quoted
from generator.rules.context import Context
from generator.rules.presence import verdicts

_LEAST: Final = 2
"""A row with fewer filled cells is a note or a heading."""
_MOST_WORDS: Final = 2
_DIGIT: Final = re.compile(r"\d")
_GLUED: Final = re.compile(r"(?<=[^\W\d_])\d{2,}\Z")


def _check(context: Context) -> Iterator[Diagnostic]:
    for document in context.catalog.documents:
        for table in document.tables:
            rows = {row.span: index for index, row in enumerate(table.raw.rows)}
            for problem in table.problems:
                if problem.kind is ProblemKind.ROW_WITHOUT_CODE:
                    yield from _without_code(context, document, table, rows[problem.span], problem)


def _without_code(
    context: Context, document: Document, table: Table, index: int, problem: Problem
) -> Iterator[Diagnostic]:
    row, at = table.raw.rows[index], table.columns.index(Column.CODE)
    word, torn = _word(table, row), _torn(table, index)
    missing = _missing(context, document)
    beside = next(((cell, code) for cell in row.cells[: at + 1] for code in cell.text.split() if code in missing), None)
    if beside:
        yield diagnose(
            RULE,
            document,
            beside[0].span,
            f"{beside[1]} shares its cell with other words, so the row has no code",
            section=document.sections[table.section].title,
            field=Column.CODE,
            hint=f"put a pipe on either side of {beside[1]}"
            if table.raw.form in (TableForm.PIPE, TableForm.HTML)
            else f"write {beside[1]} before the other words",
            evidence=[problem.text],
        )
        return
    if word and not torn and not (_DIGIT.search(word) and len(word.split()) <= _MOST_WORDS):
        return
    if not word and not torn and problem.cells < _LEAST:
        return
    if torn:
        message, hint = "the row has no code and follows one that is too short", "join the two, if they are one row"
    elif word:
        message, hint = f"{quoted(word)} is no code", "write the code alone, in digits or as one word"
    elif table.raw.form is TableForm.SOURCE_CODE and (glued := _GLUED.search(row.cells[0].text)):
        message, hint = "the line has no code", f"put a blank before {glued[0]}, if it is the code"
    elif table.raw.form in (TableForm.PROSE, TableForm.SOURCE_CODE):
        message, hint = "the line has no code", "give the line its code"
    else:
        message, hint = "the row has no code", "give the row its code; where it means “as above”, write the code again"
    above = _above(table, index)
    if word:
        meant = [code for code in missing if is_slip(word, code)]
    else:
        meant = [code for code, before in missing.items() if above is not None and before == above]
    if len(meant) == 1 and not torn:
        hint = f"write the code {meant[0]}"
    yield diagnose(
        RULE,
        document,
        row.cells[at].span if at < len(row.cells) and not torn else row.span,
        f"{message}: {quoted(problem.text)}" if torn or not word else message,
        section=document.sections[table.section].title,
        field=Column.CODE,
        hint=hint,
        expected=meant[0] if len(meant) == 1 and not torn else "",
        evidence=[problem.text],
    )


def _missing(context: Context, document: Document) -> dict[str, Entry | None]:
    """The codes that the document lacks, as its peers write them, each with the row behind which it belongs."""
    found: dict[str, Entry | None] = {}
    for verdict in context.once(verdicts):
        group, locale = verdict.group, verdict.locale
        if verdict.missing and group.documents[locale] is document:
            for code in verdict.codes:
                key = canonical(code)
                among = next(peer for peer in group.peers(locale) if group.with_code(peer, key))
                found[code.text] = group.neighbours(key, among, locale)[0]
    return found


def _word(table: Table, row: RawRow) -> str:
    at = table.columns.index(Column.CODE)
    return row.cells[at].text if at < len(row.cells) else ""


def _torn(table: Table, index: int) -> bool:
    """Whether a row and the one above are both too short, as the halves of one row are."""
    width, rows = len(table.columns), table.raw.rows
    return index > 0 and 0 < len(rows[index - 1].cells) < width and len(rows[index].cells) < width


def _explains(context: Context, cause: Diagnostic, other: Diagnostic) -> bool:
    if (other.product, other.edition, other.locale) != (cause.product, cause.edition, cause.locale):
        return False
    found = _place(context, cause)
    if found is None:
        return False
    table, index = found
    if other.rule == "T601":
        there = context.entry_at(other.span)
        return _torn(table, index) and there == _above(table, index) and there is not None
    if other.rule != "K201":
        return False
    row = table.raw.rows[index]
    word, above = _word(table, row), _above(table, index)
    if any(other.code in cell.text.split() for cell in row.cells):
        return True
    if word:
        return is_slip(word, other.code)
    return above is not None and context.entry_at(other.span) == above


def _place(context: Context, cause: Diagnostic) -> tuple[Table, int] | None:
    document = context.by_place[cause.product, cause.edition, cause.locale]
    for table in document.tables:
        if table.raw.span.line <= cause.span.line <= table.raw.span.end_line:
            for index, row in enumerate(table.raw.rows):
                if row.span.line <= cause.span.line <= row.span.end_line:
                    return table, index
    return None


def _above(table: Table, index: int) -> Entry | None:
    return next((entry for entry in reversed(table.entries) if entry.row < index), None)


def _reach(context: Context, cause: Diagnostic) -> Iterator[Key]:
    found = _place(context, cause)
    if found is None:
        return
    table, index = found
    above = _above(table, index)
    if above is not None:
        yield at_row(context.code_span(above))
        yield of_code(cause, above.code.text)
    for cell in table.raw.rows[index].cells:
        for word in cell.text.split():
            yield of_code(cause, word)
    if _word(table, table.raw.rows[index]):
        for row in table.raw.rows:
            yield at_row(row.span)


RULE: Final = Rule(
    id="S115",
    name="row-without-code",
    severity=Severity.ERROR,
    precision=Precision.HIGH,
    summary="A row of a table of codes has no code, or one that cannot be read",
    docs=__doc__,
    check=_check,
    explains=_explains,
    reach=_reach,
)
