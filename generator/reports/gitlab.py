"""The report for GitLab's merge requests and pipelines.

The form is that of GitLab Docs, "Code Quality", section "Code Quality report format": a JSON array (RFC 8259) of
objects with ``description``, ``check_name``, ``fingerprint``, ``severity`` and ``location``.
"""

import posixpath
from typing import Final

import msgspec
from msgspec import Struct

from generator.diagnostics import Diagnostic, Severity, State
from generator.reports.base import Report
from generator.reports.words import safe_line
from generator.text import harmless_json

_SEVERITIES: Final = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}
"""Of info, minor, major, critical and blocker; a wrong word in a document stops no release by itself."""


class _Lines(Struct, frozen=True):
    begin: int


class _Location(Struct, frozen=True):
    path: str
    lines: _Lines


class _Violation(Struct, frozen=True):
    description: str
    check_name: str
    fingerprint: str
    severity: str
    location: _Location


def render(report: Report) -> str:
    """The new diagnostics as JSON text that ends with a line end, worst first; an empty array where there are none."""
    found = [_violation(report, one) for one in report.diagnostics if one.state is State.NEW]
    return harmless_json(msgspec.json.format(msgspec.json.encode(found), indent=2).decode()) + "\n"


def _violation(report: Report, diagnostic: Diagnostic) -> _Violation:
    return _Violation(
        description=safe_line(diagnostic.message),
        check_name=f"{diagnostic.rule} {diagnostic.name}",
        fingerprint=diagnostic.fingerprint,
        severity=_SEVERITIES[diagnostic.severity],
        # GitLab finds no file by a path that begins with "./".
        location=_Location(posixpath.normpath(report.file(diagnostic.span)), _Lines(diagnostic.span.line)),
    )
