"""A rule failed on content that it did not expect.

## What it does

Stands in for the diagnostics of a rule that failed, so that one rule's mistake does not cost the rest of the report.

## Why it matters

What the rule would have said is not known; a clean report would be a lie.

## Example

K204 meets a document of a shape that nobody thought of and stops.

## How to fix

Report it to the project, with the document if it may be shown.
"""

from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Catalog, EditionId, Locale, ProductId, SourceSpan
from generator.rules.base import Rule, normal_evidence
from generator.rules.context import Context


def internal_error(catalog: Catalog, rule: Rule, error: Exception) -> Diagnostic:
    """The diagnostic for a ``rule`` that failed with ``error``, at the first document for want of a better place."""
    first = next(iter(catalog.documents), None)
    return Diagnostic(
        rule=RULE.id,
        name=RULE.name,
        severity=RULE.severity,
        precision=RULE.precision,
        span=SourceSpan(first.path if first else "catalog.toml", 1, 1, 1, 1),
        product=first.product if first else ProductId(""),
        edition=first.edition if first else EditionId(""),
        locale=first.locale if first else Locale(""),
        message=f"the rule {rule.id} failed: {type(error).__name__}: {' '.join(str(error).split())}",
        hint="what this rule would have found is not known; please report it",
        evidence=normal_evidence((rule.id,)),
    )


def _check(_context: Context) -> Iterator[Diagnostic]:
    yield from ()


RULE: Final = Rule(
    id="X999",
    name="internal-error",
    severity=Severity.ERROR,
    precision=Precision.VERY_HIGH,
    summary="A rule failed, and what it would have found is not known",
    docs=__doc__,
    check=_check,
)
