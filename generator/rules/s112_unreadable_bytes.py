"""A document holds bytes that are no UTF-8, begins with a byte-order mark, or mixes its line ends.

## What it does

Reports a document with bytes that cannot be read as UTF-8, once, with the number of lines concerned; the bytes were read
as U+FFFD, the replacement character. Reports a byte-order mark at the beginning or, where files were joined,
at the beginning of a line, and line ends that are not those of
most lines, once each. A document of which all lines end in CR LF is fine.

## Why it matters

For unreadable bytes readers see a question mark in a box, and search does not find the word. A byte-order mark hides the
first heading or the front matter from tools that do not expect it. Mixed line ends make a change of one line look like
many, and a lone CR is no line end to most tools, which read two rows as one.

## Example

A file saved in Windows-1252, in which `é` is one byte.

## How to fix

Save the file as UTF-8 without a byte-order mark, with one kind of line end. What was in unreadable places cannot be
guessed: ask for the file again.
"""

from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Document, ProblemKind, SourceSpan
from generator.rules.base import Rule, diagnose
from generator.rules.context import Context

_BOM: Final = "\ufeff"


def _check(context: Context) -> Iterator[Diagnostic]:
    for document in context.catalog.documents:
        found = [one for one in document.problems if one.kind is ProblemKind.BYTES_UNREADABLE]
        if found:
            count = len(found)
            yield diagnose(
                RULE,
                document,
                found[0].span,
                f"{count} {'line holds' if count == 1 else 'lines hold'} bytes that are no UTF-8",
                hint="save the file as UTF-8",
            )
        yield from _mark(document)
        if document.odd_ends:
            yield _mixed(document)


def _mark(document: Document) -> Iterator[Diagnostic]:
    """A mark at the beginning or, where files were joined, at the beginning of a later line."""
    inside = next((number for number, line in enumerate(document.lines, start=1) if line.startswith(_BOM)), 0)
    if document.has_bom or inside:
        number = 1 if document.has_bom else inside
        where = "the document begins" if document.has_bom else "a line begins"
        yield diagnose(
            RULE,
            document,
            SourceSpan(document.path, number, 1, number, 1),
            f"{where} with a byte-order mark",
            hint="save the file as UTF-8 without a byte-order mark",
            evidence=["byte-order mark"],
        )


def _mixed(document: Document) -> Diagnostic:
    count, number = len(document.odd_ends), document.odd_ends[0]
    end = len(document.lines[number - 1]) + 1 if number <= len(document.lines) else 1
    return diagnose(
        RULE,
        document,
        SourceSpan(document.path, number, end, number, end),
        f"{count} {'line ends' if count == 1 else 'lines end'} otherwise than the others do",
        hint="save the file with one kind of line end",
        evidence=["line ends"],
    )


RULE: Final = Rule(
    id="S112",
    name="unreadable-bytes",
    severity=Severity.WARNING,
    precision=Precision.VERY_HIGH,
    summary="A document holds bytes that are no UTF-8, a byte-order mark or mixed line ends",
    docs=__doc__,
    check=_check,
)
