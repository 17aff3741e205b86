"""The report as JSON (RFC 8259), for programs; ``generator/schemas/report.schema.json`` describes it."""

from typing import Any, Final

import msgspec
from msgspec import Struct

from generator.diagnostics import Diagnostic, Fix, Precision, Severity, State
from generator.model import Accounting
from generator.reports.base import Report
from generator.text import harmless_json

SCHEMA_VERSION: Final = 1
"""Goes up when a program that reads the report would have to change."""


class Place(Struct, frozen=True, forbid_unknown_fields=True, rename={"path": "file"}):
    """A witness: another place that bears the diagnostic out."""

    path: str
    line: int
    locale: str
    text: str


class Change(Struct, frozen=True, forbid_unknown_fields=True):
    """Words to put in the place of those between two positions."""

    line: int
    column: int
    end_line: int
    end_column: int
    replacement: str


class Item(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One discrepancy. Lines and columns count from 1; a column counts Unicode code points."""

    rule: str
    name: str
    severity: Severity
    precision: Precision
    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    """The column after the last character."""
    product: str
    edition: str
    locale: str
    code: str | None
    """As published; null where the discrepancy is not about one code."""
    section: str | None
    field: str | None
    message: str
    hint: str
    related: tuple[Place, ...]
    explains: tuple["Item", ...]
    """Consequences of this one; they explain nothing themselves."""
    cluster: str | None
    """The same for the same defect in other rows of the file under the same rule and field; null where it is alone."""
    fix: "Change | None"
    """A change of the file that is safe to make."""
    fingerprint: str
    state: State


class Body(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole report."""

    schema_version: int
    accounting: Accounting
    diagnostics: tuple[Item, ...]
    """Worst first: by severity, file and line."""
    hidden: int
    """How many new diagnostics of low precision are left out."""
    without_words: dict[str, tuple[str, ...]]
    """For each locale the rules that cannot speak of it because the glossary has no words for them."""


def render(report: Report) -> str:
    """The whole report as JSON text that ends with a line end; the same report is the same text."""
    body = Body(
        SCHEMA_VERSION,
        report.catalog.accounting,
        tuple(_item(report, one) for one in report.diagnostics),
        report.hidden,
        {str(locale): ids for locale, ids in report.without_words},
    )
    return harmless_json(msgspec.json.format(msgspec.json.encode(body), indent=2).decode()) + "\n"


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the report."""
    made = msgspec.json.schema(Body)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Codeglot report",
        **made,
    }


def _item(report: Report, diagnostic: Diagnostic) -> Item:
    span = diagnostic.span
    return Item(
        rule=diagnostic.rule,
        name=diagnostic.name,
        severity=diagnostic.severity,
        precision=diagnostic.precision,
        file=report.file(span),
        line=span.line,
        column=span.column,
        end_line=span.end_line,
        end_column=span.end_column,
        product=diagnostic.product,
        edition=diagnostic.edition,
        locale=diagnostic.locale,
        code=diagnostic.code or None,
        section=diagnostic.section or None,
        field=diagnostic.field.value if diagnostic.field else None,
        message=diagnostic.message,
        hint=diagnostic.hint,
        related=tuple(Place(report.file(one.span), one.span.line, one.locale, one.text) for one in diagnostic.related),
        explains=tuple(_item(report, one) for one in diagnostic.explains),
        cluster=diagnostic.cluster or None,
        fix=_change(diagnostic.fix) if diagnostic.fix else None,
        fingerprint=diagnostic.fingerprint,
        state=diagnostic.state,
    )


def _change(fix: Fix) -> Change:
    span = fix.span
    return Change(span.line, span.column, span.end_line, span.end_column, fix.replacement)
