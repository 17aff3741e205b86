"""An erratum's row no longer reads as it was recorded.

## What it does

Looks for the row of every erratum in `errata.toml` by the row's own words and reports an erratum whose row is gone,
reads otherwise, stands there more than once, or already says what the erratum puts right.

## Why it matters

An erratum is proved for one wording. Applied to another, it could put wrong what was right; not applied, the mistake is
back on the site and nobody knows.

## Example

The vendor publishes a new version in which the row is listed under its own code: the erratum has nothing left to do.

## How to fix

Compare the erratum with the row as it is now. Delete the erratum if the source is right, else record the row again.
"""

from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import SourceSpan
from generator.rules.base import Rule, normal_evidence, quoted
from generator.rules.context import Context


def _check(context: Context) -> Iterator[Diagnostic]:
    for stale in context.catalog.stale_errata:
        erratum = stale.erratum
        yield Diagnostic(
            rule=RULE.id,
            name=RULE.name,
            severity=RULE.severity,
            precision=RULE.precision,
            span=erratum.span or SourceSpan("errata.toml", 1, 1, 1, 1),
            product=erratum.product,
            edition=erratum.edition,
            locale=erratum.locale,
            message=f"the erratum for {quoted(erratum.row)} is stale: {stale.reason}",
            hint="delete the erratum if the source is right now, else record the row as it reads",
            code=erratum.code or "",
            evidence=normal_evidence((erratum.row, erratum.name or "", *(text for _, text in erratum.place))),
        )


RULE: Final = Rule(
    id="X905",
    name="stale-erratum",
    severity=Severity.ERROR,
    precision=Precision.VERY_HIGH,
    summary="An erratum's row no longer reads as recorded",
    docs=__doc__,
    check=_check,
)
