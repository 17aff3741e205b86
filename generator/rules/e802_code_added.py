"""A code is new since the older edition of a document.

## What it does

Compares each document with the one before it in the same language and reports the codes that the older edition lists in
none of its languages. A section with many of them is one diagnostic. A code that only one language of the newer edition
has is K202.

## Why it matters

What is new belongs into the notes on a release, and it is where slips are: these rows have not been read for years.

## Example

The current edition has a section “General errors” with 13 codes that the edition of 2021 does not know.

## How to fix

Nothing: it is a note for those who write what has changed. If the code is not new, the older edition lacks a row, or one
of the two has a wrong number.
"""

from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Related, Severity
from generator.model import Canonical, Column, EditionId, Entry, ProductId, canonical
from generator.rules.base import Rule, diagnose, diagnose_cell, witness
from generator.rules.context import Context
from generator.rules.editions import Succession, edition_name, successions, unlisted
from generator.rules.k201_code_missing import codes_named

_MANY: Final = 5


def _check(context: Context) -> Iterator[Diagnostic]:
    told: set[tuple[ProductId, EditionId, Canonical]] = set()
    for pair in context.once(successions):
        newer = pair.newer
        for _, rows, lacking in unlisted(context, newer, pair.older):
            left = [
                (entry, before)
                for entry, before in lacking
                if (newer.product, newer.edition, canonical(entry.code)) not in told
            ]
            told.update((newer.product, newer.edition, canonical(entry.code)) for entry, _ in left)
            if len(left) >= _MANY:
                yield _section(context, pair, rows, [entry for entry, _ in left])
            else:
                for entry, before in left:
                    yield _one(context, pair, entry, before)


def _one(context: Context, pair: Succession, entry: Entry, before: Entry | None) -> Diagnostic:
    rows = context.rows_listing(pair.older, canonical(before.code)) if before else ()
    return diagnose_cell(
        RULE,
        context,
        entry,
        Column.CODE,
        f"{entry.code.text} is new since {edition_name(pair.older)}",
        related=[witness(row) for row in (rows or pair.older.entries)[:1]],
        hint="say so where changes are told",
        evidence=[pair.older.edition],
        cluster=f"{pair.older.edition} {context.title(entry)}",
    )


def _section(context: Context, pair: Succession, rows: list[Entry], added: list[Entry]) -> Diagnostic:
    section = pair.newer.sections[added[0].section]
    older = next((same[0] for entry in rows if (same := context.rows_listing(pair.older, canonical(entry.code)))), None)
    if older:
        message = f"{len(added)} codes of the section are new since {edition_name(pair.older)}: " + codes_named(
            tuple(entry.code for entry in added)
        )
    else:
        message = f"the section, with {len(added)} codes, is new since {edition_name(pair.older)}"
    near = pair.older.sections[(older or pair.older.entries[0]).section]
    return diagnose(
        RULE,
        pair.newer,
        context.code_span(added[0]) if older else section.span,
        message,
        section=section.title,
        related=[Related(near.span, pair.older.locale, near.title or (older or pair.older.entries[0]).text)],
        hint="say so where changes are told",
        evidence=[pair.older.edition],
    )


RULE: Final = Rule(
    id="E802",
    name="code-added",
    severity=Severity.NOTE,
    precision=Precision.HIGH,
    summary="A code is new since the older edition",
    docs=__doc__,
    check=_check,
)
