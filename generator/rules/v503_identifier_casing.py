"""An identifier is written in other case than in the peers.

## What it does

Compares the case of identifiers in aligned cells. The spelling of most locales is the right one; where none has a
majority, that of the source locale.

## Why it matters

In code `userId` and `UserID` are two names.

## Example

zh, ja and ko: `sdkAppId`; en: `SDKAppID`.

## How to fix

Write the identifier as the interface defines it.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Locale
from generator.rules.base import Rule, diagnose_cell, listed, quoted, witness
from generator.rules.carried import CarriedCell, carried_cells, is_hard, is_soft, span_of
from generator.rules.context import Context


def _check(context: Context) -> Iterator[Diagnostic]:
    for carrier in context.once(carried_cells):
        for spellings in _spellings(carrier).values():
            if len(spellings) > 1:
                yield from _odd_ones(context, carrier, spellings)


def _spellings(carrier: CarriedCell) -> dict[str, dict[Locale, tuple[str, ...]]]:
    """For each identifier without regard to case how every locale spells it."""
    names = dict.fromkeys(name.casefold() for part in carrier.parts.values() for name in part.names)
    found: dict[str, dict[Locale, tuple[str, ...]]] = {name: {} for name in names}
    for locale, part in carrier.parts.items():
        for word in part.words:
            folded = word.casefold()
            if folded in found:
                found[folded][locale] = (*found[folded].get(locale, ()), word)
    return found


def _odd_ones(context: Context, carrier: CarriedCell, spellings: dict[Locale, tuple[str, ...]]) -> Iterator[Diagnostic]:
    votes = Counter(word for words in spellings.values() for word in dict.fromkeys(words))
    if len(votes) == 1:
        return
    first = max(votes.values())
    usual = next(word for words in spellings.values() for word in words if votes[word] == first)
    having = [locale for locale, words in spellings.items() if usual in words]
    for locale, words in spellings.items():
        if usual in words or not any(is_hard(one) or is_soft(one) for one in (usual, words[0])):
            continue
        entry, column = carrier.entry(locale), carrier.cell.column
        yield diagnose_cell(
            RULE,
            context,
            entry,
            column,
            f"{quoted(usual)} of {listed(having)} is written {quoted(words[0])} here",
            span=span_of(context, entry, column, words[0]),
            expected=usual,
            related=[witness(carrier.entry(peer), column) for peer in having],
            hint="write the identifier as the interface defines it",
            evidence=[f"{letter.isupper():d}" for letter in words[0]] + [usual],
            cluster=f"{usual} {words[0]}",
        )


RULE: Final = Rule(
    id="V503",
    name="identifier-casing",
    severity=Severity.NOTE,
    precision=Precision.MEDIUM,
    summary="An identifier is written in other case than in the peers",
    docs=__doc__,
    check=_check,
)
