"""An identifier is set as code in the peers and as plain words here.

## What it does

Reports identifiers that most peers set as code and this cell, which has them, does not. It is shown with `--pedantic`
only: many vendors mark code up in one language alone.

## Why it matters

Words set as code are seen to be names, are not translated by machines, and keep their underscores.

## Example

en: `` call `open()` first ``; ko: `먼저 open() 호출`.

## How to fix

Set the identifier as code.
"""

from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.rules.base import Rule, diagnose_cell, listed, quoted, witness
from generator.rules.carried import carried_cells, span_of
from generator.rules.context import Context


def _check(context: Context) -> Iterator[Diagnostic]:
    for carrier in context.once(carried_cells):
        literals = dict.fromkeys(literal for part in carrier.parts.values() for literal in part.code)
        for literal in literals:
            coded = [locale for locale, part in carrier.parts.items() if literal in part.code]
            bare = [locale for locale, part in carrier.parts.items() if locale not in coded and part.spells(literal)]
            # Of two locales, what stands in code once was marked up on purpose.
            if len(coded) <= len(bare) and len(carrier.parts) > 2:
                continue
            for locale in bare:
                entry, column = carrier.entry(locale), carrier.cell.column
                yield diagnose_cell(
                    RULE,
                    context,
                    entry,
                    column,
                    f"{quoted(literal)} is set as code in {listed(coded)} but not here",
                    span=span_of(context, entry, column, literal),
                    related=[witness(carrier.entry(peer), column) for peer in coded],
                    hint="set it as code",
                    evidence=[literal],
                    cluster="not set as code",
                )


RULE: Final = Rule(
    id="V504",
    name="code-markup-differs",
    severity=Severity.NOTE,
    precision=Precision.LOW,
    summary="An identifier is set as code in the peers and as plain words here",
    docs=__doc__,
    check=_check,
)
