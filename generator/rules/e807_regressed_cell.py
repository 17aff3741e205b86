"""A cell that was right in the older edition is wrong now.

## What it does

Looks at cells that differ from those of the other languages in a name, a number, an identifier or what they speak of,
and at the same language's cell in the older edition. Where the older cell says what the others say, the mistake came in
between the two editions. The mistake itself is another rule's (a contrast that was swapped, a number or a name that
differs, a row that was copied); this one tells where the right words are. The source locale's own changes are taken for
mistakes only where several other languages agree that they are.

## Why it matters

Nobody needs to translate anything: the right words have been published before.

## Example

10004 is “Timeout” in the English edition of 2021, “Hour” in the current one, and a timeout in all other languages.

## How to fix

Take the cell from the older edition, and find out how it was lost: there are mostly more of its kind.
"""

from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.rules.base import Rule, diagnose_cell, locales, quoted, witness
from generator.rules.context import Context
from generator.rules.editions import cells, edition_name
from generator.rules.retold import regressions

_SEVERAL: Final = 2


def _check(context: Context) -> Iterator[Diagnostic]:
    for cell in context.once(cells):
        # One translation that differs from a source that changed may as well be behind it: see E806.
        alone = cell.entry.locale == context.catalog.source_locale and len(cell.peers) < _SEVERAL
        lost = "" if alone else regressions(context, cell)
        if lost:
            peers = list(cell.peers.values())
            yield diagnose_cell(
                RULE,
                context,
                cell.entry,
                cell.column,
                f"{quoted(cell.now.plain)} was {quoted(cell.was.plain)} in {edition_name(cell.former)}, "
                f"which agrees with {locales(peers)}",
                expected=lost,
                related=[witness(cell.former, cell.column), *(witness(row, cell.column) for row in peers)],
                hint=f"take the cell from {edition_name(cell.former)}",
                evidence=[lost, cell.now.plain],
            )


RULE: Final = Rule(
    id="E807",
    name="regressed-cell",
    severity=Severity.NOTE,
    precision=Precision.MEDIUM,
    summary="A cell that was right in the older edition is wrong now",
    docs=__doc__,
    check=_check,
)
