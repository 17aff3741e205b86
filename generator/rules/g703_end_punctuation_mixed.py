"""Most cells of a column end with a full stop, a few do not, or the other way round.

## What it does

Counts, column by column of each table, the cells that end with a mark of their script (`.`, `。`, `!`, `？` …) and those
that end without one. Where one way is at least four times as common, the other cells are reported, as one line of the
report. It is shown with `--pedantic` only: the mark at the end changes nothing for a reader.

## Why it matters

It is a matter of the house's style, and a sign of texts pasted together.

## Example

```
| 31 | The oven is cold. |
| 32 | The oven is hot.  |
| 33 | The oven is open  |
```

## How to fix

End all cells of a column alike.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.rules.base import Rule
from generator.rules.context import Context
from generator.rules.wording import HIDDEN, Passage, bare, columns, diagnose_passage, minority

_STOP: Final = re.compile(r"[.。．!！?？।۔؟…][\"'”’」』）)】\]]*\s*$")
_OPEN: Final = re.compile(rf"[{HIDDEN}:：;；,，、]\s*$")
_LEAST: Final = 5
_RATIO: Final = 4


def _check(context: Context) -> Iterator[Diagnostic]:
    for column in context.once(columns):
        ends = [(one, end) for one in column if (end := _end(one))]
        found = minority(Counter(end for _, end in ends), _RATIO) if len(ends) >= _LEAST else None
        if found:
            yield from (_diagnosed(one, found[0]) for one, end in ends if end in found[1])


def _end(passage: Passage) -> str:
    if _STOP.search(passage.words):
        return "with"
    return "" if _OPEN.search(passage.words) or not bare(passage.words) else "without"


def _diagnosed(passage: Passage, most: str) -> Diagnostic:
    other = "without" if most == "with" else "with"
    return diagnose_passage(
        RULE,
        passage,
        f"ends {other} a full stop, unlike the other cells of the column",
        evidence=bare(passage.words),
        hint=f"end it {most} one",
        cluster=f"{most} {passage.header} {passage.document.sections[passage.section].title}",
    )


RULE: Final = Rule(
    id="G703",
    name="end-punctuation-mixed",
    severity=Severity.NOTE,
    precision=Precision.LOW,
    summary="A cell ends without the full stop of the others in its column, or with one they do not have",
    docs=__doc__,
    check=_check,
)
