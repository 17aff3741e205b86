"""A column marks the same thing with several kinds of quotation marks or brackets.

## What it does

Counts, column by column of each document, the pairs of quotation marks (`"…"`, `“…”`, `「…」`, `«…»`), of single ones and
of square brackets (`[…]`, `【…】`), and reports the rarer kinds where one is at least three times as common as the others
together. Marks that hold a whole cell are left to G702.

## Why it matters

Readers look for a meaning in the difference, and there is none.

## Example

```
Press "Start". · Press "Stop". · Press "Door". · Press 「Bell」.
```

## How to fix

Use the marks that the column mostly uses.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.rules.base import Rule, quoted
from generator.rules.context import Context
from generator.rules.wording import Passage, diagnose_passage, minority, passages, place, shown

_FAMILIES: Final = tuple(
    re.compile("|".join(kinds))
    for kinds in (
        (r'"[^"\n]+"', r"“[^”\n]+”", r"„[^“\n]+“", r"「[^」\n]+」", r"«[^»\n]+»"),
        (r"(?<!\w)'[^'\n]+'(?!\w)", r"(?<!\w)‘[^’\n]+’(?!\w)"),
        (r"\[[^\]\n]+\]", r"［[^］\n]+］", r"【[^】\n]+】", r"〔[^〕\n]+〕"),
    )
)
_MARKED: Final = re.compile("[\"“„「«'‘［【〔\\[]")
_LEAST: Final = 3
_RATIO: Final = 3


def _check(context: Context) -> Iterator[Diagnostic]:
    found: dict[tuple[str, object], list[Passage]] = {}
    for passage in context.once(passages):
        if passage.column and _MARKED.search(passage.words):
            found.setdefault((passage.document.path, passage.column), []).append(passage)
    for column in found.values():
        for family in _FAMILIES:
            yield from _in_column(column, family)


def _in_column(column: list[Passage], family: re.Pattern[str]) -> Iterator[Diagnostic]:
    uses = [
        (one, match[0])
        for one in column
        for match in family.finditer(one.words)
        if len(match[0]) < len(one.words.strip())
    ]
    counts = Counter(_kind(text) for _, text in uses)
    found = minority(counts, _RATIO)
    if not found or counts[found[0]] < _LEAST:
        return
    for one, text in uses:
        if _kind(text) in found[1]:
            yield _diagnosed(one, text, found[0])


def _kind(text: str) -> str:
    return f"{text[0]}…{text[-1]}"


def _diagnosed(passage: Passage, text: str, most: str) -> Diagnostic:
    return diagnose_passage(
        RULE,
        passage,
        f"{quoted(shown(text))} is marked with {_kind(text)}, the rest of the column with {most}",
        evidence=text,
        span=place(passage, text),
        hint=f"write {most}",
        cluster=_kind(text),
    )


RULE: Final = Rule(
    id="G707",
    name="bracket-style-mixed",
    severity=Severity.NOTE,
    precision=Precision.MEDIUM,
    summary="A column marks the same thing with several kinds of quotation marks or brackets",
    docs=__doc__,
    check=_check,
)
