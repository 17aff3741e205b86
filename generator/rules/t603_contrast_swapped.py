"""A cell says the opposite of what its peers say.

## What it does

Compares, cell by cell, which side of an axis each locale takes: upload or download, enter or exit, client or server. The
axes and their words are in `glossary.toml`. A cell that speaks of one side only, while its peers speak only of the other,
is reported; of two locales that disagree, the one that the code's name contradicts, else the translation. A cell that
speaks of both sides, or denies one ("not started" for "stopped"), is not.

## Why it matters

The reader looks for the fault on the wrong side, and each text reads well by itself.

## Example

The cause of a download error:

```
zh: 获取下载参数时网络失败
en: Network failure while getting upload parameters
```

## How to fix

Correct the text, or the source where it is the source that is wrong. Where both words mean the same in your field, add
the word to the concept in `glossary.toml` that its peers speak of.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.glossary import Lexicon
from generator.model import Locale
from generator.rules.base import Key, Rule, at_row, diagnose_cell, listed, quoted, same_place, witness
from generator.rules.concepts import Contrast, contrasts, identifier, is_long, name_side, preferred, word_span
from generator.rules.context import Context

_TEXT_RULES: Final = ("N305", "N306", "T604", "T605", "T606", "T607", "T608")


def _check(context: Context) -> Iterator[Diagnostic]:
    for contrast in context.once(contrasts):
        side, sure = _believed(context, contrast)
        for locale, stance in contrast.stances.items():
            if stance.side != side:
                yield _swapped(context, contrast, locale, side, sure=sure)


def _believed(context: Context, contrast: Contrast) -> tuple[str, bool]:
    """The side that is right, and whether a third witness says so; without one that of the source locale, or of the first locale."""
    counts = Counter(stance.side for stance in contrast.stances.values())
    denied = next(iter(contrast.stances.values())).negated
    names = (name_side(context.glossary, contrast.axis, identifier(one)) for one in contrast.cell.row.entries.values())
    named = next((one for one in names if one), None)
    if named and named[1] == denied:
        counts[named[0]] += 1
    (first, most), *others = counts.most_common()
    if most > others[0][1]:
        return first, most > 1
    return next(iter(contrast.stances.values())).side, False


def _swapped(context: Context, contrast: Contrast, locale: Locale, side: str, *, sure: bool) -> Diagnostic:
    cell, own = contrast.cell, contrast.stances[locale]
    peers = [other for other, stance in contrast.stances.items() if stance.side == side]
    theirs = listed(f"{quoted(contrast.stances[other].word)} ({other})" for other in peers)
    expected = preferred(context.glossary, side, locale)
    # Two translations that disagree where the original takes no side may both be free.
    free = not sure and cell.row.group.reference not in contrast.stances
    passing = free or is_long(cell.fields[one] for one in contrast.stances)
    return diagnose_cell(
        RULE,
        context,
        cell.row.entries[locale],
        cell.column,
        f"{cell.row.code.text} speaks of {quoted(own.word)} where the peers speak of {theirs}"
        if peers
        else f"{cell.row.code.text} speaks of {quoted(own.word)}, which its name contradicts",
        span=word_span(cell.fields[locale], own.word),
        expected=expected,
        related=[witness(cell.row.entries[other], cell.column) for other in peers],
        hint=f"say {quoted(expected)}, or correct the peers" if expected else "correct the text, or the peers",
        evidence=[own.word, side],
        severity=Severity.WARNING if passing else Severity.ERROR,
        precision=Precision.MEDIUM if passing else Precision.VERY_HIGH if sure else Precision.HIGH,
        cluster=f"{own.word.casefold()} for {side}",
    )


def _explains(context: Context, cause: Diagnostic, other: Diagnostic) -> bool:
    return (
        other.rule in _TEXT_RULES
        and other.locale == cause.locale
        and other.field == cause.field
        and same_place(context, cause, other)
    )


def _reach(_context: Context, cause: Diagnostic) -> Iterator[Key]:
    yield at_row(cause.span)


RULE: Final = Rule(
    id="T603",
    name="contrast-swapped",
    severity=Severity.ERROR,
    precision=Precision.HIGH,
    summary="A cell speaks of the opposite of what its peers speak of",
    docs=__doc__,
    check=_check,
    explains=_explains,
    reach=_reach,
    lexicons=(Lexicon.AXES,),
)
