"""A suppression is past its date.

## What it does

Reports an entry of `suppressions.toml` whose `expires` lies before today. From the day after that date on, the entry
suppresses nothing.

## Why it matters

A date is a promise to look again. What was accepted until then is reported again, and this says why.

## Example

```toml
[[suppressions]]
rule = "K201"
locale = "ko"
code = "7016"
reason = "The Korean document follows with the next release."
expires = 2026-03-31
```

## How to fix

Settle the discrepancy and delete the entry, or give a new date together with the reason why.
"""

from typing import Final

from generator.diagnostics import Precision, Severity
from generator.rules.base import Rule
from generator.rules.housekeeping import nothing

RULE: Final = Rule(
    id="X904",
    name="expired-suppression",
    severity=Severity.ERROR,
    precision=Precision.VERY_HIGH,
    summary="A suppression is past its date",
    docs=__doc__,
    check=nothing,
)
