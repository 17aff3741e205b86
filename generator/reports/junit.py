"""The report as test results, for CI servers that show those.

The form is the XML that JUnit's Ant task began and Jenkins and Maven Surefire read; no standards body keeps it. The
schema followed is ``junit-10.xsd`` of Jenkins' xUnit plugin, and XML 1.0 (fifth edition), section 2.2, says which
characters there may be.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from generator.diagnostics import Diagnostic, Severity, State
from generator.model import Document, SourceSpan
from generator.reports.base import Report
from generator.reports.words import safe_line

_ILLEGAL: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SKIPPED: Final[Mapping[str, str]] = {
    "corrected": "An erratum puts this right.",
    "known": "The baseline lists this.",
    "suppressed": "A suppression accepts this.",
}
_TESTED: Final = (Severity.ERROR, Severity.WARNING)


def render(report: Report) -> str:
    """One suite a document, in it one case a diagnostic; a document without one has a case that passes.

    A case fails for an error or warning that is new and is skipped for one that is not (an erratum puts it right, say);
    notes are no cases. Diagnostics about other files (a stale erratum) have suites of their own after those of the documents.
    """
    suites = {document.path: _class_name(document) for document in report.catalog.documents}
    cases: dict[str, list[Diagnostic]] = {path: [] for path in suites}
    for one in report.diagnostics:
        if one.severity in _TESTED:
            cases.setdefault(one.span.path, []).append(one)
    blocks = ["\n".join(_suite(report, path, suites.get(path, "codeglot"), found)) for path, found in cases.items()]
    failures = sum(1 for found in cases.values() for one in found if one.state is State.NEW)
    tests = sum(max(len(found), 1) for found in cases.values())
    head = f'<testsuites name="codeglot" tests="{tests}" failures="{failures}" errors="0">'
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *blocks, "</testsuites>"]) + "\n"


def _suite(report: Report, path: str, class_name: str, found: list[Diagnostic]) -> Iterator[str]:
    name = report.file(SourceSpan(path, 1, 1, 1, 1))
    failures = sum(1 for one in found if one.state is State.NEW)
    counts = f'tests="{max(len(found), 1)}" failures="{failures}" errors="0" skipped="{len(found) - failures}"'
    yield f'  <testsuite name="{_safe(name)}" {counts}>'
    if not found:
        yield f'    <testcase classname="{_safe(class_name)}" name="nothing to report"/>'
    seen: Counter[str] = Counter()
    for one in found:
        title = f"{one.rule} {one.name}: {one.message}"
        seen[title] += 1
        # Servers tell the cases of a suite apart by name over time, so a line number has no place in it.
        number = f" ({seen[title]})" if seen[title] > 1 else ""
        yield f'    <testcase classname="{_safe(class_name)}" name="{_safe(title + number)}">'
        yield f"      {_outcome(report, one)}"
        yield "    </testcase>"
    yield "  </testsuite>"


def _outcome(report: Report, diagnostic: Diagnostic) -> str:
    if diagnostic.state is not State.NEW:
        return f'<skipped message="{_SKIPPED[diagnostic.state]}"/>'
    span = diagnostic.span
    lines = [
        f"{report.file(span)}:{span.line}:{span.column}: {diagnostic.message} ({diagnostic.precision.value})",
        *(f"{one.locale} {report.file(one.span)}:{one.span.line}: {one.text}" for one in diagnostic.related),
        *(f"explains: {one.rule} {one.message}" for one in diagnostic.explains),
        *([f"hint: {diagnostic.hint}"] if diagnostic.hint else []),
    ]
    kind = f"{diagnostic.severity.value}[{diagnostic.rule}]"
    text = "\n".join(map(_safe, lines))
    return f'<failure type="{_safe(kind)}" message="{_safe(diagnostic.message)}">{text}</failure>'


def _class_name(document: Document) -> str:
    """Servers take what stands before the last dot as a package: one product's edition, one class a locale."""
    return f"{document.product}.{document.edition.replace('.', '-')}.{document.locale}"


def _safe(text: str) -> str:
    return html.escape(_ILLEGAL.sub("\ufffd", safe_line(text)))
