"""What the rules about the project's own files share: their diagnostics come from no document.

The modules that lay a baseline or suppressions over a report raise them, so that these rules look for nothing themselves.
"""

from collections.abc import Iterator, Sequence

from generator.diagnostics import Diagnostic
from generator.model import Column, EditionId, Locale, ProductId, SourceSpan
from generator.rules.base import Rule, normal_evidence, with_fingerprints, worst_first
from generator.rules.context import Context


def nothing(_context: Context) -> Iterator[Diagnostic]:
    """The check of a rule that no document can break."""
    yield from ()


def is_housekeeping(rule_id: str) -> bool:
    """Whether a rule is about the project's own files; what it says can be put right there and is never accepted."""
    return rule_id.startswith("X")


def told(
    rule: Rule,
    path: str,
    line: int,
    message: str,
    *,
    hint: str,
    evidence: Sequence[str],
    product: str = "",
    edition: str = "",
    locale: str = "",
    code: str = "",
    section: str = "",
    field: Column | None = None,
) -> Diagnostic:
    """A diagnostic of ``rule`` about one entry of one of the project's own files.

    ``path`` is relative to the folder of ``catalog.toml``; what the entry does not name is empty.
    """
    return Diagnostic(
        rule=rule.id,
        name=rule.name,
        severity=rule.severity,
        precision=rule.precision,
        span=SourceSpan(path, line, 1, line, 1),
        product=ProductId(product),
        edition=EditionId(edition),
        locale=Locale(locale),
        message=message,
        hint=hint,
        code=code,
        section=section,
        field=field,
        evidence=normal_evidence(evidence),
    )


def merged(diagnostics: Sequence[Diagnostic], added: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """``diagnostics`` and ``added``, the latter with fingerprints, in the order of a report: worst first, then by place."""
    return tuple(sorted((*diagnostics, *with_fingerprints(added)), key=worst_first))
