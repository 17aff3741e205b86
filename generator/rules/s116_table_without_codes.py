"""A table holds codes that its peers list, but was not read as one of codes.

## What it does

Looks through every table in which no column was found to hold codes, and reports one of which a column mostly spells
codes that other documents of the product list. It reports, too, once for a document, tables whose first cells look like
codes or their names (`E1001`, `InvalidParameter.Size`) beside sentences, and of which no header is known in any language.
Tables of parameters, fields or limits are left alone.

## Why it matters

Every code in the table is lost to this site.

## Example

A table headed `Ref` and `Text` whose first column reads “1001 (fatal)”, “1002 (fatal)”, where the other locales list 1001
and 1002.

## How to fix

Write each code alone in its cell. Where the cells are right, declare the header's words under `[columns]` in
`catalog.toml`.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Document, ProblemKind, Table
from generator.rules.base import Key, Rule, diagnose, listed, of_code, of_part, quoted
from generator.rules.context import Context
from generator.rules.structure import headers, to_declare, unknown_headers

_FEWEST: Final = 3
_MOSTLY: Final = 0.6
_WORD: Final = re.compile(r"-?[0-9A-Za-z_]+(?:[.:][0-9A-Za-z_]+)*")
_LONGEST: Final = 32
"""A cell of more characters is a text, which may well name a code."""


def _check(context: Context) -> Iterator[Diagnostic]:
    known = _known(context)
    for document in context.catalog.documents:
        if not document.entries:
            continue  # Of a document without a single code S114 speaks.
        told = False
        theirs = {
            code for path, codes in known.get(document.product, {}).items() if path != document.path for code in codes
        }
        for table in document.tables:
            if not table.columns and (found := _column(table, theirs)):
                at, codes = found
                yield _lost(document, table, at, codes)
                told = True
        unknown = [table for table in document.tables if not table.columns and unknown_headers(table)]
        if unknown and not told:
            yield _unknown(document, unknown)


def _known(context: Context) -> dict[str, dict[str, set[str]]]:
    """By product and document the codes that are listed, as written."""
    found: dict[str, dict[str, set[str]]] = {}
    for document in context.catalog.documents:
        found.setdefault(document.product, {})[document.path] = {entry.code.text for entry in document.entries}
    return found


def _column(table: Table, known: set[str]) -> tuple[int, tuple[str, ...]] | None:
    """The first column whose cells mostly spell one known code each, every time another."""
    rows = [row for row in table.raw.rows if any(cell.text for cell in row.cells)]
    for at in range(max((len(row.cells) for row in rows), default=0)):
        cells = [row.cells[at].text for row in rows if at < len(row.cells) and row.cells[at].text]
        spelled = [
            words[0]
            for cell in cells
            if len(cell) <= _LONGEST and len(words := [word for word in _WORD.findall(cell) if word in known]) == 1
        ]
        if len(set(spelled)) >= max(_FEWEST, _MOSTLY * len(cells)):
            return at, tuple(dict.fromkeys(spelled))
    return None


def _lost(document: Document, table: Table, at: int, codes: tuple[str, ...]) -> Diagnostic:
    header = table.raw.header.cells
    cell = next(row.cells[at] for row in table.raw.rows if at < len(row.cells) and row.cells[at].text)
    where = f"the column {quoted(header[at].text)}" if at < len(header) else f"column {at + 1}"
    return diagnose(
        RULE,
        document,
        header[at].span if at < len(header) else cell.span,
        f"{where} spells {len(codes)} codes that other documents list, but none of its cells is read as a code",
        section=document.sections[table.section].title,
        hint="write each code alone in its cell, or declare the header's words under [columns] in catalog.toml",
        evidence=codes,
    )


def _unknown(document: Document, tables: Sequence[Table]) -> Diagnostic:
    table = tables[0]
    at = unknown_headers(table)
    return diagnose(
        RULE,
        document,
        table.raw.header.cells[at[0]].span,
        f"the table looks like one of codes, but none of its headers is known: "
        f"{listed(quoted(headers(table)[index]) for index in at)}",
        section=document.sections[table.section].title,
        severity=Severity.WARNING,
        hint=to_declare(document, tables),
        evidence=[headers(table)[index] for index in at],
    )


def _explains(_context: Context, cause: Diagnostic, other: Diagnostic) -> bool:
    if other.rule != "K201" or other.span.path != cause.span.path:
        return False
    return not other.code or other.code.casefold() in cause.evidence.split("\n")


def _reach(context: Context, cause: Diagnostic) -> Iterator[Key]:
    document = context.by_place[cause.product, cause.edition, cause.locale]
    table = next(
        (one for one in document.tables if one.raw.span.line <= cause.span.line <= one.raw.span.end_line), None
    )
    if table is None or not any(problem.kind is ProblemKind.TABLE_WITHOUT_CODES for problem in table.problems):
        return
    yield of_part(cause.span)
    for row in table.raw.rows:
        for cell in row.cells:
            for word in _WORD.findall(cell.text[:_LONGEST]):
                yield of_code(cause, word)


RULE: Final = Rule(
    id="S116",
    name="table-without-codes",
    severity=Severity.ERROR,
    precision=Precision.HIGH,
    summary="A table spells codes that other documents list, but is not read as one of codes",
    docs=__doc__,
    check=_check,
    explains=_explains,
    reach=_reach,
)
