"""A document holds not one code.

## What it does

Reports a document that is empty, has no table, or has tables in which no column holds codes.

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

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Document, SourceSpan
from generator.rules.base import Key, Rule, diagnose, of_part
from generator.rules.context import Context


def _check(context: Context) -> Iterator[Diagnostic]:
    for document in context.catalog.documents:
        if not document.entries:
            end = len(document.lines[0]) + 1 if document.lines else 1
            yield diagnose(
                RULE,
                document,
                SourceSpan(document.path, 1, 1, 1, end),
                _message(document),
                hint="check that this is the right file and that the headers of its tables are understood",
            )


def _message(document: Document) -> str:
    if not any(line.strip() for line in document.lines):
        return "the document is empty"
    if not document.tables:
        return "the document has no table"
    return "no table of the document has a column of codes"


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
