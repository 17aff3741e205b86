"""A row repeats the text of the row beside it, while its peers tell the two apart.

## What it does

Looks for rows that follow each other and say the same under one header, and reads the same two rows in the other
languages. Where none of them repeats itself, and what they say differs by the same number, identifier or term, by a clause
or by most of its words, one of the two rows has lost its own text. Which one is told by the terms of its name and of its peers'
texts.
A repetition that any peer shares is the source's own and is not reported.

## Why it matters

Text copied down from the row above looks finished. The reader is told about another error.

## Example

```
fr: | OVEN_COLD | 31 | Le four est froid.    |   en: | OVEN_COLD | 31 | The oven is cold. |
fr: | OVEN_OPEN | 32 | La porte est ouverte. |   en: | OVEN_OPEN | 32 | The oven is cold. |
```

## How to fix

Translate what the other languages say of this code.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct

from generator.alignment import text_similarity
from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Column, Entry, Locale
from generator.rules.aligned import AlignedRow
from generator.rules.base import Key, Rule, at_row, diagnose_cell, listed, locales, quoted, same_place, witness
from generator.rules.context import Context
from generator.rules.misnumbered import expected_codes
from generator.rules.wording import bare, beside
from generator.text import visible

_SAID: Final = (Column.DESCRIPTION, Column.CAUSE, Column.CAUSE_AND_SOLUTION, Column.SOLUTION)
_LEAST: Final = 2
_ALIKE: Final = 0.6
"""Texts less alike than this say different things, where several peers bear it out."""
_UNLIKE: Final = 0.35
"""The same for a single peer."""
_VERBATIM: Final = re.compile(r"\d+|[A-Za-z]+(?:_[A-Za-z]+)+|[A-Z]{2,}[A-Za-z]*|[a-z]+[A-Z][A-Za-z]*", re.ASCII)

_CONSEQUENCES: Final = frozenset({"T603", "T604", "T610", "N305", "N306"})
"""Rules that see the text's not fitting its row, and would say it again."""
_CLAUSE: Final = re.compile(r"[,，、;；。．！？!?।]|\.(?=\s|$)")


class _Pair(Struct, frozen=True):
    """Two rows beside each other, with the columns in which the second repeats the first and no peer does."""

    rows: tuple[Entry, Entry]
    columns: tuple[Column, ...]
    peers: tuple[tuple[Entry, Entry], ...]


def _check(context: Context) -> Iterator[Diagnostic]:
    aligned = context.once(beside)
    for group in context.groups:
        for rows in group.rows.values() if len(group.documents) > 1 else ():
            for first, second in pairwise(rows):
                if first.table == second.table and first in aligned and second in aligned:
                    pair = _pair(context, (first, second), aligned[first], aligned[second])
                    if pair:
                        yield _diagnosed(context, pair)


def _pair(context: Context, rows: tuple[Entry, Entry], first: AlignedRow, second: AlignedRow) -> _Pair | None:
    columns = [column for column in _SAID if _repeats(*rows, column)]
    if not columns:
        return None
    locale = rows[0].locale
    peers = tuple(
        (one, second.entries[other])
        for other, one in first.entries.items()
        if other != locale and other in second.entries
    )
    lost = tuple(
        column
        for column in columns
        if peers
        if not any(_repeats(*pair, column) for pair in peers) and _told_apart(context, peers, column)
    )
    return _Pair(rows, lost, peers) if lost else None


def _repeats(first: Entry, second: Entry, column: Column) -> bool:
    one, other = first.field(column), second.field(column)
    if not one or not other or one.span == other.span:
        return False
    return len(bare(one.plain)) >= _LEAST and bare(one.plain) == bare(other.plain)


def _told_apart(context: Context, peers: Sequence[tuple[Entry, Entry]], column: Column) -> bool:
    """Whether all peers that fill the column say two different things of the two codes.

    Their texts differ by one and the same term or number or have a clause more, so that the difference is no other
    wording, or they share few words.
    """
    both = [(_text(one, column), _text(other, column), one.locale) for one, other in peers]
    filled = [texts for texts in both if texts[0] and texts[1]]
    if not filled:
        return False
    shared = [_marks(context, locale, one) ^ _marks(context, locale, other) for one, other, locale in filled]
    if frozenset.intersection(*shared):
        return True
    longer = {_clauses(one) - _clauses(other) for one, other, _ in filled}
    if len(filled) > 1 and (min(longer) > 0 or max(longer) < 0):
        return True
    most = _ALIKE if len(filled) > 1 else _UNLIKE
    return all(text_similarity(one, other) < most for one, other, _ in filled)


def _marks(context: Context, locale: Locale, text: str) -> frozenset[str]:
    """The concepts, numbers and identifiers of a text."""
    return context.glossary.concepts_in(locale, text) | frozenset(_VERBATIM.findall(visible(text)))


def _clauses(text: str) -> int:
    return sum(1 for part in _CLAUSE.split(text) if bare(part))


def _text(entry: Entry, column: Column) -> str:
    field = entry.field(column)
    return field.plain if field else ""


def _diagnosed(context: Context, pair: _Pair) -> Diagnostic:
    suspect, other = _suspect(context, pair)
    at = pair.rows.index(suspect)
    code, beside = (context.once(expected_codes).get(row, row.code).text for row in (suspect, other))
    column = pair.columns[0]
    peers = [rows[at] for rows in pair.peers if rows[at].field(column)]
    headers = [quoted(field.header) for one in pair.columns if (field := suspect.field(one))]
    return diagnose_cell(
        RULE,
        context,
        suspect,
        column,
        f"{code} says under {listed(headers)} what {beside} beside it says,"
        f" while {locales(peers)} {'tells' if len(peers) == 1 else 'tell'} them apart",
        related=[witness(other, column), *(witness(row, column) for row in peers)],
        hint=f"translate what {locales(peers)} {'says' if len(peers) == 1 else 'say'} of {code}",
        evidence=[bare(_text(suspect, column))],
    )


def _suspect(context: Context, pair: _Pair) -> tuple[Entry, Entry]:
    """The row that the repeated text fits less, by its name and its peers' texts; of two as good ones the second."""
    first, second = pair.rows
    said = _said(context, [first], pair.columns)
    fits = []
    for at, row in enumerate(pair.rows):
        told = _said(context, [peers[at] for peers in pair.peers], pair.columns)
        fits.append(2 * len(said & context.glossary.named(row.name)) + len(said & told) - len(told - said))
    return (first, second) if fits[0] < fits[1] else (second, first)


def _said(context: Context, rows: Sequence[Entry], columns: Sequence[Column]) -> frozenset[str]:
    return frozenset(
        mark for row in rows for column in columns for mark in _marks(context, row.locale, _text(row, column))
    )


def _explains(context: Context, cause: Diagnostic, other: Diagnostic) -> bool:
    return other.rule in _CONSEQUENCES and same_place(context, cause, other)


def _reach(_context: Context, cause: Diagnostic) -> Iterator[Key]:
    yield at_row(cause.span)


RULE: Final = Rule(
    id="G709",
    name="row-text-repeated",
    severity=Severity.WARNING,
    precision=Precision.HIGH,
    summary="A row repeats the text of its neighbour, while its peers tell the two apart",
    docs=__doc__,
    check=_check,
    explains=_explains,
    reach=_reach,
)
