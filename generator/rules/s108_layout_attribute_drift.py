"""The widths that a table's header declares do not add up, or differ from those of the other locales.

## What it does

Reads the `width` of the headers of HTML tables and reports, once for each table, percentages that make more than the
whole (or less, where every column has one), and widths that differ from those of most peers' tables. Of two locales, the
source locale is believed. Tables without widths, or with other columns (S104), are not compared.

## Why it matters

Browsers make of widths that do not add up what they like, and pages that should look alike do not. A width that differs
is mostly a slip made while translating.

## Example

```
<th width="40%">Name</th><th width="20%">Code</th><th width="50%">Cause</th>
```

## How to fix

Give the columns the widths of the peers, or percentages that make 100 together.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Related, Severity
from generator.model import Document, RawRow, SourceSpan, Table, TableForm
from generator.rules.base import Rule, diagnose, listed
from generator.rules.context import Context
from generator.rules.structure import aligned_tables, heading_span, odd_ones, section_title

_TAG: Final = re.compile(r"<t[hd]\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>\s*$", re.IGNORECASE)
_WIDTH: Final = re.compile(r"(?<![\w-])width\s*[=:]\s*[\"']?\s*(\d{1,4}(?:\.\d+)?)\s*(%|px)?", re.IGNORECASE)
_WHOLE: Final = 100
_SLACK: Final = 2
"""So far rounding may leave the sum from the whole."""

_Widths = tuple[str, ...]
"""For each column what it declares, ``22%`` or ``120``; empty where nothing."""


def _check(context: Context) -> Iterator[Diagnostic]:
    widths = {
        table.raw.span: _widths(document, table)
        for document in context.catalog.documents
        for table in document.tables
        if table.columns and table.raw.form is TableForm.HTML
    }
    peers = _peers(context, widths)
    for document in context.catalog.documents:
        for table in document.tables:
            if table.columns and any(widths.get(table.raw.span, ())):
                yield from _judge(document, table, widths[table.raw.span], peers.get(table.raw.span))


_Peer = tuple[Document, Table, _Widths]


def _peers(context: Context, widths: Mapping[SourceSpan, _Widths]) -> dict[SourceSpan, _Peer]:
    """For each table whose widths are outvoted one of those that agree."""
    found: dict[SourceSpan, _Peer] = {}
    for aligned in context.once(aligned_tables):
        votes = {
            locale: (len(table.columns), widths[table.raw.span])
            for locale, table in aligned.tables.items()
            if any(widths.get(table.raw.span, ()))
        }
        if len({columns for columns, _ in votes.values()}) > 1:
            continue
        for locale, agreeing in odd_ones(votes).items():
            one = agreeing[0]
            found[aligned.tables[locale].raw.span] = (aligned.document(one), aligned.tables[one], votes[one][1])
    return found


def _judge(document: Document, table: Table, widths: _Widths, peer: _Peer | None) -> Iterator[Diagnostic]:
    said, related, at = [], [], None
    shares = [float(width[:-1]) for width in widths if width.endswith("%")]
    total = sum(shares)
    if total > _WHOLE + _SLACK or (len(shares) == len(widths) and total < _WHOLE - _SLACK):
        said.append(f"the widths of the columns make {total:g} %")
    if peer:
        other, theirs, expected = peer
        differing = [index for index in range(len(widths)) if widths[index : index + 1] != expected[index : index + 1]]
        at = differing[0] if differing else None
        own = listed(widths[index] or "no width" for index in differing)
        meant = listed((expected[index] if index < len(expected) else "") or "no width" for index in differing)
        said.append(f"{own} stands where {other.locale} has {meant}")
        related = [Related(heading_span(theirs, at), other.locale, " ".join(width or "-" for width in expected))]
    if said:
        yield diagnose(
            RULE,
            document,
            heading_span(table, at),
            "; ".join(said),
            section=section_title(document, table),
            related=related,
            hint="give the columns the same widths in every language"
            if peer
            else "give the columns percentages that make 100 together",
            evidence=[" ".join(width or "-" for width in widths)],
        )


def _widths(document: Document, table: Table) -> _Widths:
    rows = (table.raw.header, *table.raw.rows)
    row = next((one for one in rows if one.cells), None)
    return tuple(_width(document, row, at) for at in range(len(row.cells))) if row else ()


def _width(document: Document, row: RawRow, at: int) -> str:
    """The width that the tag before a cell declares."""
    before = row.cells[at - 1].span if at else None
    line, column = (before.end_line, before.end_column) if before else (row.span.line, row.span.column)
    span = row.cells[at].span
    lines = [document.lines[number - 1] for number in range(line, span.line + 1)]
    lines[-1] = lines[-1][: span.column - 1]
    lines[0] = lines[0][column - 1 :]
    tag = _TAG.search("\n".join(lines))
    width = _WIDTH.search(tag[1]) if tag else None
    return f"{float(width[1]):g}{'%' if width[2] == '%' else ''}" if width else ""


RULE: Final = Rule(
    id="S108",
    name="layout-attribute-drift",
    severity=Severity.NOTE,
    precision=Precision.VERY_HIGH,
    summary="The widths of a table's columns do not add up, or differ between locales",
    docs=__doc__,
    check=_check,
)
