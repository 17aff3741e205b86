"""The baseline lists a diagnostic that is no longer open.

## What it does

Reports an entry of the baseline whose diagnostic is not found any more, is corrected by an erratum, or is suppressed.

## Why it matters

A baseline that keeps what is fixed would let the same discrepancy come back unseen. Pruned at once, it only ever
shrinks, and its length says how much there is left to do.

## Example

The baseline knows that `en` lacks the code 8196. A new version of the document has it.

## How to fix

Run `codeglot check --update-baseline` and commit the file, or delete the entry by hand.
"""

from typing import Final

from generator.diagnostics import Precision, Severity
from generator.rules.base import Rule
from generator.rules.housekeeping import nothing

RULE: Final = Rule(
    id="X903",
    name="stale-baseline-entry",
    severity=Severity.ERROR,
    precision=Precision.VERY_HIGH,
    summary="The baseline lists a diagnostic that is no longer open",
    docs=__doc__,
    check=nothing,
)
