"""One text stands for two codes that the other languages tell apart.

## What it does

Looks at the codes for which a column of one locale has the same text although every peer has different ones, and
reports the poorer row where the difference is content: all of several peers name a thing in one row and not in the other
(words from `glossary.toml`), the two rows name opposite sides of an axis (upload and download) and this text neither, or
a peer's text of one row is that of the other with a clause more. Synonyms and general advice that fits both codes are no
finding.

## Why it matters

A translation was taken over from the other row, and what is special about this one was lost.

## Example

```
zh: | 21 | 上传文件时，文件访问错误 |      ko: | 21 | 파일 액세스 중 오류 발생 |
zh: | 35 | 下载文件时，文件访问错误 |      ko: | 35 | 파일 액세스 중 오류 발생 |
```

## How to fix

Translate what this row says. Words for the field can be added to `glossary.toml`.
"""

from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.rules.base import Key, Rule, at_row, diagnose_cell, listed, quoted, witness
from generator.rules.context import Context
from generator.rules.reused import Loss, losses
from generator.rules.wording import bare

_WITNESSES: Final = 2
_SAME: Final = ("G709", "T605", "T610")
"""Rules that see the same loss by less."""


def _check(context: Context) -> Iterator[Diagnostic]:
    for loss in context.once(losses):
        yield _diagnostic(context, loss)


def _diagnostic(context: Context, loss: Loss) -> Diagnostic:
    locale, cell, other = loss.locale, loss.cell, loss.other
    text = cell.fields[locale].plain
    peers = [peer for peer in cell.fields if peer != locale]
    return diagnose_cell(
        RULE,
        context,
        cell.entries[locale],
        cell.column,
        f"{quoted(text)} stands for {other.row.code.text}, too, but {listed(loss.peers)} "
        f"{'says' if len(loss.peers) == 1 else 'say'} {quoted(loss.what)} here alone",
        related=[
            *(witness(cell.entries[peer], cell.column) for peer in peers),
            witness(other.entries[locale], cell.column),
            *(witness(other.entries[peer], cell.column) for peer in peers),
        ],
        hint="translate what this row says",
        evidence=[bare(text)],
        precision=Precision.HIGH if len(peers) >= _WITNESSES else Precision.MEDIUM,
        cluster=bare(text),
    )


def _explains(_context: Context, cause: Diagnostic, other: Diagnostic) -> bool:
    return other.rule in _SAME and (other.span, other.field) == (cause.span, cause.field)


def _reach(_context: Context, cause: Diagnostic) -> Iterator[Key]:
    yield at_row(cause.span)


RULE: Final = Rule(
    id="T604",
    name="reused-with-content-loss",
    severity=Severity.WARNING,
    precision=Precision.MEDIUM,
    summary="One text stands for two codes that the other languages tell apart",
    docs=__doc__,
    check=_check,
    explains=_explains,
    reach=_reach,
)
