"""A cell is far longer or shorter than its peers let expect.

## What it does

Learns, for each product, column and pair of locales, how long translations are (the median of the ratios of their
lengths and how far they scatter; words that both texts share do not count) and reports a cell that is out of all
proportion to every peer. A locale is judged only beside one with which it shares twenty texts or more.

## Why it matters

A clause was lost, a text of another row or version stands here, or two cells ran into one.

## Example

```
zh: | PLAY_BUSY | 7 | 正在播放中 |
en: | PLAY_BUSY | 7 | Playback is in progress. |
ja: | PLAY_BUSY | 7 | 再生中に中断して次のファイルを再生しようとしましたが失敗しました |
```

## How to fix

Say the same in every language: translate what is missing, or take out what was added.
"""

from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.rules.base import Rule, diagnose_cell, listed, quoted, witness
from generator.rules.context import Context
from generator.rules.renderings import Outlier, outliers
from generator.rules.wording import bare


def _check(context: Context) -> Iterator[Diagnostic]:
    for outlier in context.once(outliers):
        if outlier.extreme:
            yield _diagnostic(context, outlier)


def _diagnostic(context: Context, outlier: Outlier) -> Diagnostic:
    cell, locale = outlier.cell, outlier.locale
    text = cell.fields[locale].plain
    if outlier.excess > 0:
        size, hint = "longer", "take out what was added here, or translate it where it is missing"
    else:
        size, hint = "shorter", "translate what is missing here"
    return diagnose_cell(
        RULE,
        context,
        cell.entries[locale],
        cell.column,
        f"{quoted(text)} is far {size} than what {listed(outlier.peers)} {outlier.verb} here",
        related=[witness(cell.entries[peer], cell.column) for peer in outlier.peers],
        hint=hint,
        evidence=[bare(text)],
    )


RULE: Final = Rule(
    id="T609",
    name="length-outlier",
    severity=Severity.WARNING,
    precision=Precision.HIGH,
    summary="A cell is far longer or shorter than its peers let expect",
    docs=__doc__,
    check=_check,
)
