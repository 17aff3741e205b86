"""A document holds bytes that are no UTF-8.

## What it does

Reports a document with bytes that cannot be read as UTF-8, once, with the number of lines concerned. The bytes were read
as U+FFFD, the replacement character.

## Why it matters

Readers see a question mark in a box, and search does not find the word.

## Example

A file saved in Windows-1252, in which `é` is one byte.

## How to fix

Save the file as UTF-8, or ask for it again: what was in those places cannot be guessed.
"""

from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import ProblemKind
from generator.rules.base import Rule, diagnose
from generator.rules.context import Context


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


RULE: Final = Rule(
    id="S112",
    name="unreadable-bytes",
    severity=Severity.WARNING,
    precision=Precision.VERY_HIGH,
    summary="A document holds bytes that are no UTF-8",
    docs=__doc__,
    check=_check,
)
