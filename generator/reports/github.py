"""The report as annotations of a GitHub Actions run.

The form is that of GitHub's workflow commands (GitHub Docs, "Workflow commands for GitHub Actions"): one line each, the
message and the properties percent-encoded where the form needs their characters. GitHub shows at most ten annotations
of a kind for a step and drops the rest without a word, so the tenth says how many more there are.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from generator.diagnostics import Severity, State
from generator.grouped import Group, grouped
from generator.reports.base import Report
from generator.reports.words import safe_line

_MOST: Final = 10
"""Annotations of one kind that GitHub shows for a step."""

_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(report: Report) -> str:
    """The new diagnostics as workflow commands, worst first; empty where there are none."""
    new = [one for one in report.diagnostics if one.state is State.NEW]
    return "".join(
        f"{line}\n"
        for severity in Severity
        for line in _lines(report, severity, grouped(one for one in new if one.severity is severity))
    )


def _lines(report: Report, severity: Severity, groups: Sequence[Group]) -> Iterator[str]:
    shown = groups if len(groups) <= _MOST else groups[: _MOST - 1]
    for group in shown:
        one = group.first
        properties = {
            "file": report.file(one.span),
            "line": str(one.span.line),
            "endLine": str(one.span.end_line),
            # Columns mean something to GitHub only within one line.
            **(
                {"col": str(one.span.column), "endColumn": str(one.span.end_column)}
                if one.span.line == one.span.end_line
                else {}
            ),
            "title": f"{one.rule} {one.name}",
        }
        listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
        witnesses = [f"{witness.locale} {witness.span.line}: {witness.text}" for witness in one.related]
        also = [f"{group.count} places, {group.also_in}"] if group.also else []
        message = "\n".join([one.message, *witnesses, *also, *([f"hint: {one.hint}"] if one.hint else [])])
        yield f"::{_COMMANDS[severity]} {listed}::{_message(message)}"
    if len(shown) < len(groups):
        more = sum(group.count for group in groups[len(shown) :])
        yield f"::{_COMMANDS[severity]} title=codeglot::{more} more of this kind; the log has them all"


def _message(text: str) -> str:
    return safe_line(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
