"""A row stands out of the order that its table otherwise keeps, and its peers have it in order.

## What it does

Compares tables whose codes ascend. Where one locale has a row or a few elsewhere than the order of the codes wants them,
and the peers have the same rows in order, it says which; one note for a section at most. Tables in any other order say
nothing, and neither do rows under a wrong code (K204).

## Why it matters

Readers look for a code between its neighbours. A row that was moved, or put in at the wrong place, is overlooked.

## Example

fr lists 310, 312, 313, 311; de and it list 310, 311, 312, 313.

## How to fix

Move the row to its place.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Column, Entry, IntegerCode, Locale, canonical
from generator.rules.base import Rule, diagnose_cell, listed, witness
from generator.rules.context import Context, Group
from generator.rules.misnumbered import expected_codes

_SHORTEST: Final = 4
"""Fewer rows have no order of their own."""
_SHARE: Final = 5
"""If more than one row in so many is out of order, the table is in another order."""
_NAMED: Final = 4


def _check(context: Context) -> Iterator[Diagnostic]:
    for group in context.groups:
        for locale in group.documents if len(group.documents) > 1 else ():
            found = _out_of_order(context, group, locale)
            peers = [peer for peer in group.peers(locale) if found and _keeps_order(group, peer, found)]
            if found and 2 * len(peers) > sum(1 for peer in group.peers(locale) if group.rows[peer]):
                yield _diagnosed(context, group, found, peers)


def _diagnosed(context: Context, group: Group, found: Sequence[Entry], peers: Sequence[Locale]) -> Diagnostic:
    codes = [entry.code.text for entry in found]
    named = [*codes[:_NAMED], f"{len(codes) - _NAMED} more"] if len(codes) > _NAMED else codes
    place = found[0]
    return diagnose_cell(
        RULE,
        context,
        place,
        Column.CODE,
        f"{listed(named)} {'stands' if len(codes) == 1 else 'stand'} out of the order in which the table lists its codes",
        expected=_between(group, place, peers[0]),
        related=[witness(group.with_code(peer, canonical(place.code))[0]) for peer in peers],
        hint=f"move the {'row' if len(codes) == 1 else 'rows'} to where {listed(peers)} "
        f"{'has' if len(peers) == 1 else 'have'} {'it' if len(codes) == 1 else 'them'}",
    )


def _between(group: Group, place: Entry, peer: Locale) -> str:
    before, after = group.neighbours(canonical(place.code), peer, place.locale)
    if before and after:
        return f"between {before.code.text} and {after.code.text}"
    near = before or after
    return f"{'after' if before else 'before'} {near.code.text}" if near else ""


def _out_of_order(context: Context, group: Group, locale: Locale) -> list[Entry]:
    """The rows of the first table of a section that is in order but for them; of codes that stand there once."""
    wrong = context.once(expected_codes)
    tables: dict[int, list[Entry]] = {}
    for entry in group.rows[locale]:
        once = isinstance(entry.code, IntegerCode) and len(group.with_code(locale, entry.code.value)) == 1
        if once and entry not in wrong:
            tables.setdefault(entry.table, []).append(entry)
    for rows in tables.values():
        kept = _ascending([_value(row) for row in rows])
        rest = [row for index, row in enumerate(rows) if index not in kept]
        if rest and len(kept) >= _SHORTEST and len(rest) * _SHARE <= len(rows):
            return rest
    return []


def _keeps_order(group: Group, peer: Locale, found: Sequence[Entry]) -> bool:
    """Whether a peer lists the rows in a table that is in order, and the rows with it."""
    tables = {row.table for one in found for row in group.with_code(peer, canonical(one.code))}
    if any(len(group.with_code(peer, canonical(one.code))) != 1 for one in found) or len(tables) != 1:
        return False
    values = [_value(row) for row in group.rows[peer] if row.table in tables and isinstance(row.code, IntegerCode)]
    kept = {values[index] for index in _ascending(values)}
    return len(values) > _SHORTEST and all(_value(one) in kept for one in found)


def _value(entry: Entry) -> int:
    return entry.code.value if isinstance(entry.code, IntegerCode) else 0


def _ascending(values: Sequence[int]) -> frozenset[int]:
    """Indexes of the longest stretch of values that never fall."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, value in enumerate(values):
        place = bisect_right(ends, value)
        before.append(last[place - 1] if place else -1)
        if place == len(ends):
            ends.append(value)
            last.append(index)
        else:
            ends[place], last[place] = value, index
    kept = set()
    at = last[-1] if last else -1
    while at >= 0:
        kept.add(at)
        at = before[at]
    return frozenset(kept)


RULE: Final = Rule(
    id="K207",
    name="code-order",
    severity=Severity.NOTE,
    precision=Precision.HIGH,
    summary="A row stands out of the order of the codes, and its peers have it in order",
    docs=__doc__,
    check=_check,
)
