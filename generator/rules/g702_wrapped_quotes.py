"""Quotation marks or brackets stand round a whole cell.

## What it does

Reports a description, cause or solution that one pair of quotation marks or brackets encloses from end to end. Where
most cells of a column are written so, it is the column's style and a note; the cells of one column are one line of the
report. A single quoted word is a literal and is not reported.

## Why it matters

The marks are left over from a spreadsheet or a draft. A reader takes them for part of the message, and a search for the
message with its marks finds nothing.

## Example

```
| TRAIN_LATE | 120 | "The train is late." | Wait. |
```

## How to fix

Take the marks away.
"""

from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Fix, Precision, Severity
from generator.model import Column
from generator.rules.base import Rule
from generator.rules.context import Context
from generator.rules.wording import Passage, bare, columns, diagnose_passage

_PAIRS: Final = {'"': '"', "“": "”", "„": "“", "「": "」", "『": "』", "«": "»", "【": "】", "［": "］", "[": "]"}
_BRACKETS: Final = "【［["
_SENTENCES: Final = (Column.DESCRIPTION, Column.CAUSE, Column.SOLUTION, Column.CAUSE_AND_SOLUTION)
_LEAST: Final = 5
"""Fewer letters in one word are a literal."""


def _check(context: Context) -> Iterator[Diagnostic]:
    for column in context.once(columns):
        if column[0].column not in _SENTENCES:
            continue
        wrapped = [one for one in column if _wrapping(one)]
        style = len(wrapped) > 1 and 2 * len(wrapped) > len(column)
        for one in wrapped:
            yield _diagnosed(one, len(column), style=style)


def _diagnosed(passage: Passage, cells: int, *, style: bool) -> Diagnostic:
    marks = _wrapping(passage)
    raw, span = _raw(passage), passage.span
    line = passage.document.lines[span.line - 1][span.column - 1 : span.end_column - 1]
    precision = Precision.HIGH
    if style:
        precision = Precision.MEDIUM if marks[0] in _BRACKETS else Precision.LOW
    return diagnose_passage(
        RULE,
        passage,
        f"{marks[0]}…{marks[1]} stands round the whole cell{f', as round most of the {cells} below this header' if style else ''}",
        evidence=bare(raw),
        hint=f"take {marks[0]} and {marks[1]} away",
        severity=Severity.NOTE if style else None,
        precision=precision,
        cluster=f"{marks} {passage.header} {passage.document.sections[passage.section].title}",
        fix=Fix(span, raw[1:-1].strip()) if span.line == span.end_line and line == raw else None,
    )


def _wrapping(passage: Passage) -> str:
    """The two marks that enclose a cell from end to end; empty where none do."""
    raw = _raw(passage)
    closer = _PAIRS.get(raw[:1], "")
    inside = raw[1:-1]
    if not closer or len(raw) < 3 or raw[-1] != closer or closer in inside or raw[0] in inside:
        return ""
    words = bare(inside)
    # Letters of scripts without case are words or syllables; a run of cased ones is one word.
    one = inside.split()[1:] == [] and all(ord(letter) < 0x2E80 for letter in words)
    return "" if one or len(words) < _LEAST else raw[0] + closer


def _raw(passage: Passage) -> str:
    entry = passage.entry
    return next((field.raw.strip() for field in entry.fields if field.span == passage.span), "") if entry else ""


RULE: Final = Rule(
    id="G702",
    name="wrapped-quotes",
    severity=Severity.WARNING,
    precision=Precision.HIGH,
    summary="Quotation marks or brackets stand round a whole cell",
    docs=__doc__,
    check=_check,
)
