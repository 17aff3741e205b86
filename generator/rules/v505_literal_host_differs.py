"""A host, address or path differs from the peers'.

## What it does

Collects host names, IP addresses (each with its port) and file paths that stand as plain words, and reports the cell
in which one is missing that most peers, or the source locale's cell, have. A literal that stands inside a link, or
under another column of the row, is not missing.

## Why it matters

These are typed in as they stand. A wrong one does not answer.

## Example

zh: `gate.train.example:15000`; en: `gate.train.example:1500`.

## How to fix

Write the literal as the source has it.
"""

from collections.abc import Iterator
from typing import Final

from rapidfuzz.distance import OSA

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.rules.base import Rule, diagnose_cell, listed, quoted, witness
from generator.rules.carried import CarriedCell, Suspect, attested_hosts, carried_cells, elsewhere, span_of, suspects
from generator.rules.context import Context


def _check(context: Context) -> Iterator[Diagnostic]:
    for carrier in context.once(carried_cells):
        for host in dict.fromkeys(host for part in carrier.parts.values() for host in part.hosts):
            having = tuple(locale for locale, part in carrier.parts.items() if part.says(host))
            for suspect in suspects(context, carrier.cell, having):
                if elsewhere(carrier.cell, suspect, host):
                    continue
                instead = _instead(carrier, suspect, host)
                if _other_is_wrong(context, carrier, suspect, host, instead):
                    continue
                yield _diagnostic(context, carrier, suspect, host, instead)


def _instead(carrier: CarriedCell, suspect: Suspect, host: str) -> str:
    """The literal here that no peer has and that looks most like a missing one."""
    theirs = [part for locale, part in carrier.parts.items() if locale != suspect.locale]
    own = [one for one in carrier.parts[suspect.locale].hosts if not any(part.says(one) for part in theirs)]
    return max(own, key=lambda one: OSA.normalized_similarity(one, host), default="")


def _other_is_wrong(context: Context, carrier: CarriedCell, suspect: Suspect, host: str, instead: str) -> bool:
    """Whether, where half of the locales have it, it is the literal here that is right, or nothing was lost."""
    if suspect.sure:
        return False
    counts = context.once(attested_hosts)[carrier.entry(suspect.locale).product]
    if instead and counts[host] != counts[instead]:
        return counts[host] < counts[instead]
    return not suspect.translation


def _diagnostic(context: Context, carrier: CarriedCell, suspect: Suspect, host: str, instead: str) -> Diagnostic:
    entry, column = carrier.entry(suspect.locale), carrier.cell.column
    peers = listed(suspect.having)
    return diagnose_cell(
        RULE,
        context,
        entry,
        column,
        f"{quoted(host)} of {peers} reads {quoted(instead)} here"
        if instead
        else f"{quoted(host)}, which {peers} {'has' if len(suspect.having) == 1 else 'have'}, is missing here",
        span=span_of(context, entry, column, instead) if instead else None,
        expected=host,
        related=[witness(carrier.entry(peer), column) for peer in suspect.having],
        hint="write it as the source has it",
        evidence=[host, instead],
        precision=None if suspect.sure or instead else Precision.MEDIUM,
    )


RULE: Final = Rule(
    id="V505",
    name="literal-host-differs",
    severity=Severity.ERROR,
    precision=Precision.HIGH,
    summary="A host, address or path differs from the peers'",
    docs=__doc__,
    check=_check,
)
