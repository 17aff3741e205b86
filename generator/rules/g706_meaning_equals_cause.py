"""Two columns of one row say the same.

## What it does

Compares the description, the cause and the solution of each row with each other, case, punctuation and spaces aside.
Where the same row of another language says two things there, the repetition has lost one of them and is reported. Where
no other language says more, the report shows it with `--pedantic` only.

## Why it matters

The reader asks why, and is told again what.

## Example

```
en: | 61 | The door is blocked | The door is blocked      |
fi: | 61 | Ovi on jumissa     | Kiskoilla on kivi         |
```

## How to fix

Write the cause or the solution, or translate what the other language says.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from generator.alignment import text_similarity
from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Column, Entry
from generator.rules.aligned import AlignedRow
from generator.rules.base import Rule, diagnose_cell, locales, quoted, witness
from generator.rules.context import Context
from generator.rules.wording import bare, beside

_SAID: Final = (Column.DESCRIPTION, Column.CAUSE, Column.SOLUTION, Column.CAUSE_AND_SOLUTION)
_LEAST: Final = 4
_ALIKE: Final = 0.6
"""Texts of this similarity say one thing in other words."""


def _check(context: Context) -> Iterator[Diagnostic]:
    rows = context.once(beside)
    for document in context.catalog.documents:
        for entry in document.entries:
            for first, second in combinations([column for column in _SAID if entry.field(column)], 2):
                if _repeats(entry, first, second):
                    yield _diagnosed(context, rows.get(entry), entry, first, second)


def _repeats(entry: Entry, first: Column, second: Column) -> bool:
    one, other = entry.field(first), entry.field(second)
    if not one or not other or one.span == other.span:
        return False
    return len(bare(one.plain)) >= _LEAST and bare(one.plain) == bare(other.plain)


def _says_more(entry: Entry, first: Column, second: Column) -> bool:
    one, other = entry.field(first), entry.field(second)
    return bool(one and other and text_similarity(one.plain, other.plain) < _ALIKE)


def _diagnosed(context: Context, row: AlignedRow | None, entry: Entry, first: Column, second: Column) -> Diagnostic:
    peers = [one for one in row.entries.values() if one is not entry] if row else []
    more = [one for one in peers if _says_more(one, first, second)]
    sure = more and not any(_repeats(one, first, second) for one in peers)
    headers = [field.header for column in (first, second) if (field := entry.field(column))]
    field = entry.field(second)
    return diagnose_cell(
        RULE,
        context,
        entry,
        second,
        f"{quoted(headers[1])} repeats {quoted(headers[0])}"
        + (f", while {locales(more)} {'says' if len(more) == 1 else 'say'} more" if sure else ""),
        related=[witness(one, second) for one in more] if sure else (),
        hint=f"translate what {locales(more)} says there" if sure else "say why it happens, or what to do",
        evidence=[first.value, bare(field.plain) if field else ""],
        precision=None if sure else Precision.LOW,
        cluster="" if sure else f"{first.value} {second.value}",
    )


RULE: Final = Rule(
    id="G706",
    name="meaning-equals-cause",
    severity=Severity.NOTE,
    precision=Precision.MEDIUM,
    summary="Two columns of one row say the same",
    docs=__doc__,
    check=_check,
)
