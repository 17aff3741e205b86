"""A suppression does not say why.

## What it does

Reports an entry of `suppressions.toml` without a `reason`, or with an empty one. What the entry matches stays
suppressed.

## Why it matters

Whoever reads the entry later cannot tell an accepted difference from one that somebody was tired of seeing, and will
not dare to delete it.

## Example

```toml
[[suppressions]]
rule = "K210"
product = "ilvb"
code = "1001"
```

## How to fix

Add the reason: what is known about the difference, and from whom.
"""

from typing import Final

from generator.diagnostics import Precision, Severity
from generator.rules.base import Rule
from generator.rules.housekeeping import nothing

RULE: Final = Rule(
    id="X902",
    name="suppression-without-reason",
    severity=Severity.ERROR,
    precision=Precision.VERY_HIGH,
    summary="A suppression does not say why",
    docs=__doc__,
    check=nothing,
)
