"""A document holds not one code.

## What it does

Reports a document that is empty, has no table, or has tables in which no column holds codes. Where that is so of all
locales of an edition, the documents are written in another form than tables, and it is one note.

## Why it matters

Nothing of it reaches the site. Mostly it is the wrong file, or one that was cut short.

## Example

A page that only says where the error codes have moved to.

## How to fix

Declare the right file in `catalog.toml`, or take the document out. Where the tables are there but their headers are not
understood, declare the headers' words under `[columns]`.
"""

from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Related, Severity
from generator.model import Document, SourceSpan
from generator.rules.base import Key, Rule, diagnose, listed, of_part
from generator.rules.context import Context
from generator.rules.structure import to_declare


def _check(context: Context) -> Iterator[Diagnostic]:
    for document in context.catalog.documents:
        if document.entries:
            continue
        family = context.edition_of(document)
        alike = [one for one in family if not one.entries and _message(one) == _message(document)]
        if len(alike) == len(family) and document is not family[0]:
            continue  # They are all written in another way; the first one's diagnostic says so of all.
        others = [one.locale for one in alike if one is not document] if len(alike) == len(family) else []
        yield diagnose(
            RULE,
            document,
            _start(document),
            _message(document) + (f", nor has that of {listed(others)}" if others else ""),
            related=[Related(_start(one), one.locale, "") for one in alike if others and one is not document],
            hint=to_declare(document, document.tables)
            or "check that this is the right file and that the headers of its tables are understood",
            # Where no locale has such a table, the documents are written in a form that is not read; none is at fault.
            severity=Severity.NOTE if others else None,
        )


def _start(document: Document) -> SourceSpan:
    return SourceSpan(document.path, 1, 1, 1, len(document.lines[0]) + 1 if document.lines else 1)


def _message(document: Document) -> str:
    if not any(line.strip() for line in document.lines):
        return "the document holds no text"
    if not document.tables:
        return "the document has no table"
    return "the document has no table with a column of codes"


def _explains(_context: Context, cause: Diagnostic, other: Diagnostic) -> bool:
    return other.rule == "K201" and other.span.path == cause.span.path


def _reach(_context: Context, cause: Diagnostic) -> Iterator[Key]:
    yield of_part(cause.span)


RULE: Final = Rule(
    id="S114",
    name="document-without-codes",
    severity=Severity.ERROR,
    precision=Precision.VERY_HIGH,
    summary="A document holds not one code",
    docs=__doc__,
    check=_check,
    explains=_explains,
    reach=_reach,
)
