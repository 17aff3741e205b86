"""A code means something else than in the older edition.

## What it does

Looks at what a code's description and cause speak of, by the words of the glossary, in the same language in two
editions. Where they have nothing in common any more, the code has been given another meaning; so it has where the two
take opposite sides (an upload that was a download) and the other languages of the newer edition do not contradict. Mere
rewording keeps the words of the field and is not reported, nor is a text that became more precise, or one that says of
many codes the same. Where the other languages still say what the older edition said, it is no change of meaning but a
mistake in this language: see E807.

## Why it matters

Installations that are out there return the code in its former meaning. Whoever looks it up is told the wrong story.

## Example

10005 is “Not enough resources” in the edition of 2021 and “Network error” in the current one.

## How to fix

If the code was really reused, say in the row since when it means what. Otherwise restore the text; most such changes are
rows that were copied or have moved on by one.
"""

from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.glossary import Lexicon
from generator.model import EditionId, ProductId, canonical
from generator.rules.base import Rule, diagnose_cell, quoted, witness
from generator.rules.context import Context
from generator.rules.editions import edition_name
from generator.rules.retold import changed_meanings


def _check(context: Context) -> Iterator[Diagnostic]:
    told: set[tuple[ProductId, EditionId, object]] = set()
    for change in context.once(changed_meanings):
        cell = change.cell
        key = (cell.entry.product, cell.entry.edition, canonical(cell.entry.code))
        if key in told:
            continue
        told.add(key)
        yield diagnose_cell(
            RULE,
            context,
            cell.entry,
            cell.column,
            f"{cell.entry.code.text} now means {quoted(cell.now.plain)}; "
            f"in {edition_name(cell.former)} it meant {quoted(cell.was.plain)}",
            related=[witness(cell.former, cell.column), *(witness(row, cell.column) for row in cell.peers.values())],
            hint="if the code was reused, say since when; otherwise restore the text",
            evidence=[cell.was.plain],
        )


RULE: Final = Rule(
    id="E804",
    name="meaning-changed",
    severity=Severity.WARNING,
    precision=Precision.MEDIUM,
    summary="A code means something else than in the older edition",
    docs=__doc__,
    check=_check,
    lexicons=(Lexicon.CONCEPTS,),
)
