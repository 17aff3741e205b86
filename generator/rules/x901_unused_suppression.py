"""A suppression matches nothing that the rules report.

## What it does

Reports an entry of `suppressions.toml` that has not expired and that no diagnostic matches: the discrepancy is gone, an
erratum has settled it, or a key of the entry is misspelt.

## Why it matters

A suppression without a use lies in wait: it would hide the next discrepancy that happens to match it. One with a
misspelt key looks as if it worked.

## Example

```toml
[[suppressions]]
rule = "K202"
locale = "en"
code = "7015"
reason = "7015 exists in the SDK for consoles only, which is documented in English."
```

Since `zh` lists 7015 too, K202 has nothing to say of it.

## How to fix

Delete the entry. If the discrepancy is still reported, compare the entry's keys with the report.
"""

from typing import Final

from generator.diagnostics import Precision, Severity
from generator.rules.base import Rule
from generator.rules.housekeeping import nothing

RULE: Final = Rule(
    id="X901",
    name="unused-suppression",
    severity=Severity.ERROR,
    precision=Precision.VERY_HIGH,
    summary="A suppression matches nothing that the rules report",
    docs=__doc__,
    check=nothing,
)
