"""The report as SARIF, for code scanning and editors.

The form is that of OASIS "Static Analysis Results Interchange Format (SARIF) Version 2.1.0", sections 3.13 to 3.57;
GitHub Docs, "SARIF support for code scanning", says which of it GitHub reads and how much it takes.
"""

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

import msgspec

from generator.diagnostics import Diagnostic, Fix, Severity, State
from generator.model import SourceSpan
from generator.reports.base import Report
from generator.reports.words import safe_line
from generator.rules import RULES
from generator.rules.base import FINGERPRINT_VERSION, Rule
from generator.text import harmless_json

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST_RESULTS: Final = 25_000
"""GitHub refuses a run with more results."""

_MOST_RELATED: Final = 999
"""GitHub refuses a result with more than a thousand locations."""
_LONGEST_DESCRIPTION: Final = 1024
_FAMILIES: Final = {
    "S": "structure",
    "K": "keys",
    "N": "names",
    "L": "links",
    "V": "verbatim",
    "T": "text",
    "G": "language",
    "E": "editions",
    "X": "housekeeping",
}
_PROBLEMS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "recommendation"}
"""GitHub's words for how bad what a rule finds is."""
_JUSTIFICATIONS: Final[Mapping[str, str]] = {
    "corrected": "An erratum puts this right on the site; the source still reads as shown.",
    "suppressed": "A suppression accepts this, with its reason beside it.",
}
"""Why a state is no call to do something, where nobody wrote more; what is known from the baseline still is one."""
_GONE: Final = "The baseline lists this; it is not found any more."
_LINK_TEXT: Final = re.compile(r"[\\\[\]]")
_ESCAPED: Final = r"\\\g<0>"

_Lines = Mapping[str, tuple[str, ...]]


def render(report: Report, base: str = "") -> str:
    """The whole report as JSON text that ends with a line end; what errata settle is in it as suppressed.

    ``base`` is the absolute address of the site, under which each rule has its page; empty where there is none.
    """
    lines = report.lines()
    shown = report.diagnostics
    if len(shown) > MOST_RESULTS:
        shown = tuple(sorted(shown, key=lambda one: one.state is not State.NEW)[:MOST_RESULTS])
    absent = report.absent[: MOST_RESULTS - len(shown)]
    omitted = len(report.diagnostics) + len(report.absent) - len(shown) - len(absent)
    indices = {rule.id: index for index, rule in enumerate(RULES)}
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "Codeglot", "rules": [_rule(rule, base) for rule in RULES]}},
                "invocations": [_invocation(report, omitted)],
                "columnKind": "unicodeCodePoints",
                "results": [
                    *(_result(report, lines, indices[one.rule], one) for one in shown),
                    *(_absent(report, indices, one) for one in absent),
                ],
            }
        ],
    }
    return harmless_json(msgspec.json.format(msgspec.json.encode(log), indent=2).decode()) + "\n"


def _invocation(report: Report, omitted: int) -> dict[str, Any]:
    told = {"level": "warning", "message": {"text": f"{omitted} results are left out, the least bad ones."}}
    return {"executionSuccessful": not report.crashed, **({"toolExecutionNotifications": [told]} if omitted else {})}


def _rule(rule: Rule, base: str) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": f"{rule.summary}."},
        "fullDescription": {"text": _description(rule)},
        "help": {"text": _plain(rule.docs), "markdown": rule.docs.strip()},
        **({"helpUri": f"{base.rstrip('/')}/rules/{rule.id}/"} if base else {}),
        "defaultConfiguration": {"level": rule.severity.value},
        "properties": {
            "precision": rule.precision.value,
            "problem.severity": _PROBLEMS[rule.severity],
            "tags": ["localization", _FAMILIES[rule.id[0]]],
        },
    }


def _description(rule: Rule) -> str:
    """The rule's summary and what it does, cut between two words where it would be too long."""
    _, _, does = rule.docs.partition("## What it does\n")
    section, _, _ = does.partition("\n## ")
    text = " ".join(f"{rule.summary}. {section}".split())
    if len(text) <= _LONGEST_DESCRIPTION:
        return text
    return text[: _LONGEST_DESCRIPTION - 1].rsplit(" ", 1)[0] + "…"


def _plain(markdown: str) -> str:
    """The same without the marks of headings and code blocks."""
    return re.sub(r"(?m)^(```.*\n|#+ )", "", markdown.strip() + "\n").strip()


def _result(report: Report, lines: _Lines, index: int, diagnostic: Diagnostic) -> dict[str, Any]:
    related = [
        {
            "id": number,
            "physicalLocation": _place(report, lines, one.span),
            "message": {"text": _literal(f"{one.locale}: {one.text}")},
        }
        for number, one in enumerate(diagnostic.related[:_MOST_RELATED], start=1)
    ]
    why = _JUSTIFICATIONS.get(diagnostic.state)
    if why:
        why = report.reasons.get(diagnostic.fingerprint) or why
    return {
        "ruleId": diagnostic.rule,
        "ruleIndex": index,
        "level": diagnostic.severity.value,
        "message": {"text": _message(diagnostic)},
        "locations": [{"physicalLocation": _place(report, lines, diagnostic.span)}],
        "partialFingerprints": {
            f"codeglot/v{FINGERPRINT_VERSION}": diagnostic.fingerprint,
            "primaryLocationLineHash": diagnostic.fingerprint,
        },
        **({"relatedLocations": related} if related else {}),
        **({"fixes": [_fix(report, diagnostic, diagnostic.fix)]} if diagnostic.fix else {}),
        # Of these two either all results have one or none (sections 3.27.23 and 3.27.24).
        "suppressions": [{"kind": "external", "justification": why}] if why else [],
        "baselineState": "new" if diagnostic.state is State.NEW else "unchanged",
        "properties": {
            "precision": diagnostic.precision.value,
            "product": diagnostic.product,
            "edition": diagnostic.edition,
            "locale": diagnostic.locale,
            "code": diagnostic.code,
            "explains": [
                {
                    "ruleId": one.rule,
                    "level": one.severity.value,
                    "message": one.message,
                    "uri": _uri(report.file(one.span)),
                    "startLine": one.span.line,
                    "fingerprint": one.fingerprint,
                }
                for one in diagnostic.explains
            ],
        },
    }


def _absent(report: Report, indices: Mapping[str, int], diagnostic: Diagnostic) -> dict[str, Any]:
    """A result of the run before. GitHub wants a place for it, and must not take it for one that is still open."""
    return {
        "ruleId": diagnostic.rule,
        **({"ruleIndex": indices[diagnostic.rule]} if diagnostic.rule in indices else {}),
        "level": diagnostic.severity.value,
        "message": {"text": f"{_literal(diagnostic.message)}."},
        "locations": [{"physicalLocation": _place(report, {}, diagnostic.span)}],
        "partialFingerprints": {f"codeglot/v{FINGERPRINT_VERSION}": diagnostic.fingerprint},
        "suppressions": [{"kind": "external", "justification": _GONE}],
        "baselineState": "absent",
        "properties": {
            "precision": diagnostic.precision.value,
            "product": diagnostic.product,
            "edition": diagnostic.edition,
            "locale": diagnostic.locale,
            "code": diagnostic.code,
        },
    }


def _fix(report: Report, diagnostic: Diagnostic, fix: Fix) -> dict[str, Any]:
    """What to replace by what (section 3.55)."""
    replacement = {
        "deletedRegion": _region(fix.span),
        # An empty text deletes as well as no text does, but says that it is meant.
        "insertedContent": {"text": fix.replacement},
    }
    return {
        "description": {"text": f"{_literal(diagnostic.hint or diagnostic.message)}."},
        "artifactChanges": [
            {"artifactLocation": {"uri": _uri(report.file(fix.span))}, "replacements": [replacement]},
        ],
    }


def _message(diagnostic: Diagnostic) -> str:
    """What is wrong as the first sentence, then links to the witnesses, then what to do."""
    links = [
        f"[{_LINK_TEXT.sub(_ESCAPED, _literal(one.locale))} {one.span.line}]({number})"
        for number, one in enumerate(diagnostic.related[:_MOST_RELATED], start=1)
    ]
    parts = [
        f"{_literal(diagnostic.message)}.",
        *([f"Compare {', '.join(links)}."] if links else []),
        *([f"Hint: {_literal(diagnostic.hint)}."] if diagnostic.hint else []),
    ]
    return "\n".join(parts)


def _literal(text: str) -> str:
    """Words in a message that are no placeholder (section 3.11.5) and no link (3.11.6)."""
    return safe_line(text).replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _place(report: Report, lines: _Lines, span: SourceSpan) -> dict[str, Any]:
    snippet = _snippet(lines.get(span.path, ()), span)
    return {
        "artifactLocation": {"uri": _uri(report.file(span))},
        "region": {**_region(span), **({"snippet": {"text": snippet}} if snippet else {})},
    }


def _region(span: SourceSpan) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _snippet(lines: tuple[str, ...], span: SourceSpan) -> str:
    rows = list(lines[span.line - 1 : span.end_line])
    if not rows:
        return ""
    rows[-1] = rows[-1][: span.end_column - 1]
    rows[0] = rows[0][span.column - 1 :]
    return "\n".join(rows)


def _uri(path: str) -> str:
    """A relative reference (RFC 3986, section 4.2), percent-encoded as UTF-8."""
    return quote(path, safe="/", errors="surrogateescape")
