"""A section has another title than in the older edition.

## What it does

Compares the titles of sections that list the same codes in two editions of one language. Case, width, punctuation and
spaces do not count.

## Why it matters

Titles are what links lead to and what readers remember; a new one breaks anchors and says that the section is about
something else.

## Example

“Cable errors” is “Cable and winch errors” in the newer edition.

## How to fix

Nothing, if it is meant: keep the old anchor alive and tell of the change. If the codes are still of the former kind,
restore the title.
"""

from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Related, Severity
from generator.model import Canonical, Section, canonical
from generator.rules.base import Rule, diagnose
from generator.rules.context import Context
from generator.rules.editions import Succession, edition_name, successions
from generator.rules.wording import bare


def _check(context: Context) -> Iterator[Diagnostic]:
    for pair in context.once(successions):
        for newer, older in heirs(pair):
            if bare(newer.title) != bare(older.title) and newer.title and older.title:
                yield diagnose(
                    RULE,
                    pair.newer,
                    newer.span,
                    f"the section was titled “{older.title}” in {edition_name(pair.older)}",
                    section=newer.title,
                    related=[Related(older.span, pair.older.locale, older.title)],
                    hint="keep links to the former title alive",
                    evidence=[pair.older.edition, older.title],
                )


def heirs(pair: Succession) -> Iterator[tuple[Section, Section]]:
    """The sections of both documents that share more codes with each other than with any other section."""
    at: dict[Canonical, list[int]] = {}
    for section in pair.older.sections:
        for code in _codes(section):
            at.setdefault(code, []).append(section.index)
    shared: dict[tuple[int, int], int] = {}
    for section in pair.newer.sections:
        for code in _codes(section):
            for other in at.get(code, ()):
                shared[section.index, other] = shared.get((section.index, other), 0) + 1
    found: dict[int, int] = {}
    taken: set[int] = set()
    for (new, old), _ in sorted(shared.items(), key=lambda one: (-one[1], one[0])):
        if new not in found and old not in taken:
            taken.add(old)
            found[new] = old
    for new, old in sorted(found.items()):
        yield pair.newer.sections[new], pair.older.sections[old]


def _codes(section: Section) -> dict[Canonical, None]:
    return {canonical(entry.code): None for table in section.tables for entry in table.entries}


RULE: Final = Rule(
    id="E805",
    name="section-retitled",
    severity=Severity.NOTE,
    precision=Precision.HIGH,
    summary="A section has another title than in the older edition",
    docs=__doc__,
    check=_check,
)
