"""A code that the older edition of a document lists is in no document of the newer one.

## What it does

Compares each document with the one before it in the same language and reports the codes that the older one lists and
the newer edition does not, in any of its languages. A section that lost many of its codes, or is gone, is one
diagnostic. A code that only this language lacks is K201, one that stands under a wrong number K204.

## Why it matters

Installations that are out there go on returning the code. Whoever looks it up finds nothing, and nobody can tell whether
it was withdrawn or fell out.

## Example

The edition of 2021 lists 8199, an expired signature; the current one goes from 8198 to 8200.

## How to fix

Put the row back, or declare the code in `catalog.toml` under `[[products.retired]]`, with the reason; the site then says
so on the code's page.
"""

from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Related, Severity
from generator.model import Canonical, EditionId, Entry, ProductId, canonical
from generator.rules.base import Rule, diagnose, witness
from generator.rules.context import Context
from generator.rules.editions import Succession, edition_name, successions, unlisted
from generator.rules.k201_code_missing import codes_named

_MANY: Final = 5
"""From so many codes of a section on, they are one diagnostic."""


def _check(context: Context) -> Iterator[Diagnostic]:
    told: set[tuple[ProductId, EditionId, Canonical]] = set()
    for pair in context.once(successions):
        newer = pair.newer
        for _, rows, lacking in unlisted(context, pair.older, newer):
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
                    kept = [before] if before else rows
                    near = next(
                        (same for row in kept for same in context.rows_listing(newer, canonical(row.code))), None
                    )
                    yield _one(context, pair, entry, near, after=before is not None)


def _one(context: Context, pair: Succession, entry: Entry, near: Entry | None, *, after: bool) -> Diagnostic:
    where = f", {'after' if after else 'before'} {near.code.text}" if near else ""
    near = near or pair.newer.entries[0]
    return diagnose(
        RULE,
        pair.newer,
        context.code_span(near),
        f"{entry.code.text} is no longer listed",
        code=entry.code,
        section=pair.newer.sections[near.section].title,
        expected=f"{entry.code.text}{where}",
        related=[witness(entry)],
        hint=f"put it back as in {edition_name(pair.older)}, or declare it in catalog.toml under [[products.retired]]",
        evidence=[pair.older.edition],
        cluster=f"{pair.older.edition} {context.title(entry)}",
    )


def _section(context: Context, pair: Succession, rows: list[Entry], gone: list[Entry]) -> Diagnostic:
    section = pair.older.sections[gone[0].section]
    kept = [same[0] for entry in rows if (same := context.rows_listing(pair.newer, canonical(entry.code)))]
    place = kept[0] if kept else pair.newer.entries[0]
    if kept:
        message = f"{len(gone)} codes of the section are no longer listed: {codes_named(tuple(e.code for e in gone))}"
    else:
        message = f"the section “{section.title}”, with {len(gone)} codes, is no longer here"
    return diagnose(
        RULE,
        pair.newer,
        context.code_span(place),
        message,
        section=pair.newer.sections[place.section].title if kept else section.title,
        related=[Related(section.span, pair.older.locale, section.title or gone[0].text)],
        hint="put them back, or declare them in catalog.toml under [[products.retired]]",
        evidence=[pair.older.edition],
    )


RULE: Final = Rule(
    id="E801",
    name="code-retired",
    severity=Severity.NOTE,
    precision=Precision.HIGH,
    summary="A code of the older edition is no longer listed",
    docs=__doc__,
    check=_check,
)
