"""A text says another number than its peers.

## What it does

Compares the amounts of aligned cells: figures in any spelling (full width, thousands separators, hexadecimal) and number
words before a counter or unit, each with its unit, so that `30s`, `30 seconds` and `0.5 min` are one. Numbers of lists,
versions, identifiers, links and hosts, ordinals, and the row's own code do not count. A number in place of another is
an error, as is the lack of one that all of several peers have; one that only one of two texts has is a warning.
`one` and `two` are left out in many languages and only count with a unit or in place of another number. Where an
older edition says another number in the same cell, that is a note.

## Why it matters

A limit, a timeout or a number of attempts goes straight into somebody's code.

## Example

```
zh: 30 秒后重试。
en: Try again after 60 seconds.
```

## How to fix

Write the number that the product has. Number words, counters and units of a language are in `glossary.toml`.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Column, Entry, Locale
from generator.rules.aligned import AlignedCell, predecessors
from generator.rules.base import Rule, diagnose_cell, listed, quoted, witness
from generator.rules.carried import span_of
from generator.rules.context import Context
from generator.rules.quantities import Amount, Amounts, amounts, cell_amounts, row_amounts


class _Item(Struct, frozen=True):
    """One amount, the same in all locales, or a further mention of it."""

    said: Mapping[Locale, Amount]
    further: bool


def _check(context: Context) -> Iterator[Diagnostic]:
    told: set[tuple[Entry, Column]] = set()
    for cell, found in context.once(cell_amounts):
        items = _items(found)
        for locale in found:
            diagnostic = _in_cell(context, cell, locale, items)
            if diagnostic:
                told.add((cell.row.entries[locale], cell.column))
                yield diagnostic
    for newer, older in context.once(predecessors).items():
        for field in newer.said:
            if (newer, field.column) not in told:
                yield from _across(context, newer, older, field.column)


def _items(found: Mapping[Locale, Amounts]) -> list[_Item]:
    """The amounts of all locales side by side: the first mentions that are equal, then the second ones and so on."""
    rows: list[dict[Locale, Amount]] = []
    for locale, own in found.items():
        for amount in own.found:
            fit = [row for row in rows if locale not in row and all(amount.equals(one) for one in row.values())]
            if fit:
                fit[0][locale] = amount
            else:
                rows.append({locale: amount})
    items: list[_Item] = []
    for row in rows:
        first = next(iter(row.values()))
        items.append(_Item(row, any(first.equals(next(iter(one.said.values()))) for one in items)))
    return items


def _in_cell(context: Context, cell: AlignedCell, locale: Locale, items: list[_Item]) -> Diagnostic | None:
    source = context.catalog.source_locale if context.catalog.source_locale in cell.fields else cell.row.group.reference
    count = len(cell.fields)
    lacking = [
        one
        for one in items
        if locale not in one.said and (2 * len(one.said) > count or (2 * len(one.said) == count and source in one.said))
    ]
    strange = [one for one in items if locale in one.said and 2 * len(one.said) <= count]
    if locale == source:
        strange = [one for one in strange if len(one.said) * 2 < count]
    # What only repeats an amount says nothing new unless it stands for another.
    if lacking and strange and (pair := _replaced(locale, lacking, strange)):
        return _replacement(context, cell, locale, *pair)
    lost = [one for one in lacking if not one.further and all(amount.telling for amount in one.said.values())]
    if lost and not strange:
        return _lost(context, cell, locale, lost[0])
    extra = [
        one for one in strange if len(one.said) == 1 and not one.further and _counts(one.said[locale]) and count > 1
    ]
    if extra and not lacking:
        return _extra(context, cell, locale, extra[0], source)
    return None


def _replaced(locale: Locale, lacking: list[_Item], strange: list[_Item]) -> tuple[_Item, _Item] | None:
    """The amount that is missing and the one that stands for it, those of one unit first; not two loose words."""
    for same in (True, False):
        for wanted in lacking:
            first = next(iter(wanted.said.values()))
            for one in strange:
                own = one.said[locale]
                loose = not own.telling and own.spelled
                if not loose and (not same or own.unit == first.unit):
                    return wanted, one
    return None


def _counts(amount: Amount) -> bool:
    return amount.telling and not (amount.spelled and (not amount.unit or 1 in amount.values))


def _replacement(context: Context, cell: AlignedCell, locale: Locale, wanted: _Item, one: _Item) -> Diagnostic:
    entry = cell.row.entries[locale]
    own, theirs = one.said[locale].text, next(iter(wanted.said.values())).text
    return diagnose_cell(
        RULE,
        context,
        entry,
        cell.column,
        f"{entry.code.text} says {quoted(own)} where {listed(wanted.said)} "
        f"{'says' if len(wanted.said) == 1 else 'say'} {quoted(theirs)}",
        span=span_of(context, entry, cell.column, own),
        expected=_plain(next(iter(wanted.said.values()))),
        related=[witness(cell.row.entries[peer], cell.column) for peer in wanted.said],
        hint="write the number that the product has",
        evidence=[_plain(one.said[locale]), _plain(next(iter(wanted.said.values())))],
    )


def _lost(context: Context, cell: AlignedCell, locale: Locale, lost: _Item) -> Diagnostic | None:
    entry = cell.row.entries[locale]
    first = next(iter(lost.said.values()))
    loose = all(amount.spelled and not amount.unit for amount in lost.said.values())
    if any(first.equals(one) for one in row_amounts(context, entry, cell.column)) or (loose and len(cell.fields) == 2):
        return None
    sure = len(lost.said) == len(cell.fields) - 1 >= 2 and not loose
    return diagnose_cell(
        RULE,
        context,
        entry,
        cell.column,
        f"{entry.code.text} does not say {quoted(first.text)} here, as {listed(lost.said)} "
        f"{'does' if len(lost.said) == 1 else 'do'}",
        expected=_plain(first),
        related=[witness(cell.row.entries[peer], cell.column) for peer in lost.said],
        hint="say the number",
        evidence=["lacks", _plain(first)],
        severity=None if sure else Severity.WARNING,
        precision=Precision.MEDIUM,
    )


def _extra(context: Context, cell: AlignedCell, locale: Locale, extra: _Item, source: Locale) -> Diagnostic | None:
    entry, own = cell.row.entries[locale], extra.said[locale]
    peers = [peer for peer in cell.fields if peer != locale]
    # Of two texts the translation is the place; what it lacks is reported as such.
    if len(peers) == 1 and locale == source:
        return None
    if any(own.equals(one) for peer in peers for one in row_amounts(context, cell.row.entries[peer], cell.column)):
        return None
    return diagnose_cell(
        RULE,
        context,
        entry,
        cell.column,
        f"{entry.code.text} says {quoted(own.text)} here only, not in {listed(peers)}",
        span=span_of(context, entry, cell.column, own.text),
        related=[witness(cell.row.entries[peer], cell.column) for peer in peers],
        hint=f"take the number out, or say it in {listed(peers)}",
        evidence=["only here", _plain(own)],
        severity=Severity.WARNING,
        precision=Precision.MEDIUM,
    )


def _across(context: Context, newer: Entry, older: Entry, column: Column) -> Iterator[Diagnostic]:
    field, former = newer.field(column), older.field(column)
    if not field or not former:
        return
    new, old = amounts(context, newer, field).found, amounts(context, older, former).found
    added = [one for one in new if one.telling and not any(one.equals(two) for two in old)]
    gone = [one for one in old if one.telling and not any(one.equals(two) for two in new)]
    if not added or not gone:
        return
    yield diagnose_cell(
        RULE,
        context,
        newer,
        column,
        f"{newer.code.text} says {quoted(added[0].text)}; the edition {older.edition} says {quoted(gone[0].text)}",
        span=span_of(context, newer, column, added[0].text),
        related=[witness(older, column)],
        hint="see whether the product changed",
        evidence=["edition", _plain(added[0]), _plain(gone[0])],
        severity=Severity.NOTE,
        precision=Precision.MEDIUM,
    )


def _plain(amount: Amount) -> str:
    return f"{amount.values[0].normalize():f} {amount.unit}".strip()


RULE: Final = Rule(
    id="V501",
    name="number-differs",
    severity=Severity.ERROR,
    precision=Precision.HIGH,
    summary="A text says another number than its peers",
    docs=__doc__,
    check=_check,
)
