"""A table has more or fewer columns in one locale than in the others.

## What it does

Compares the tables that list the same codes in the locales of an edition and reports the one whose number of columns
differs from most, naming the columns that are missing or added. One column for cause and solution together where the
others have two counts as well. Of two locales, the source locale is believed. A column that holds nothing in any row
is a note, and no loss where only the others have it. A header that most rows reach beyond (S101) is the cause of those.

## Why it matters

A column that is missing takes what it says of every code away from the readers of that language. A merged column cannot
be compared with its peers, so what differs in it goes unseen.

## Example

```
de: | Name | Code | Ursache | Lösung |
en: | Name | Code | Cause |
```

## How to fix

Give the table the columns of its peers, with their texts translated.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Column, Locale, SourceSpan, Table
from generator.rules.base import Key, Rule, at_row, diagnose, listed, quoted
from generator.rules.context import Context
from generator.rules.structure import (
    AlignedTable,
    aligned_tables,
    header_witness,
    headers,
    heading_span,
    is_empty_column,
    odd_ones,
    section_title,
)


def _check(context: Context) -> Iterator[Diagnostic]:
    for aligned in context.once(aligned_tables):
        widths = {locale: len(table.columns) for locale, table in aligned.tables.items()}
        for locale, agreeing in odd_ones(widths).items():
            found = _differs(aligned, locale, agreeing)
            if found:
                yield found


def _differs(aligned: AlignedTable, locale: Locale, agreeing: tuple[Locale, ...]) -> Diagnostic | None:
    own, peers = aligned.tables[locale], [aligned.tables[peer] for peer in agreeing]
    many = len(own.columns) > len(peers[0].columns)
    added, lacking = _beyond(own, peers[0]), _beyond(peers[0], own)
    if many and added and all(is_empty_column(own, at) for at in added):
        return _diagnostic(aligned, locale, agreeing, severity=Severity.NOTE)
    if not many and lacking and all(is_empty_column(table, at) for table in peers for at in _beyond(table, own)):
        return None
    return _diagnostic(aligned, locale, agreeing)


def _beyond(table: Table, other: Table) -> tuple[int, ...]:
    """The columns of ``table`` whose like ``other`` does not have; of further details, the last ones."""
    spare = Counter(other.columns)
    found = []
    for at, column in enumerate(table.columns):
        if spare[column]:
            spare[column] -= 1
        else:
            found.append(at)
    return tuple(found)


def _diagnostic(
    aligned: AlignedTable, locale: Locale, agreeing: tuple[Locale, ...], severity: Severity | None = None
) -> Diagnostic:
    own, peer = aligned.tables[locale], aligned.tables[agreeing[0]]
    document, others = aligned.document(locale), listed(agreeing)
    have = "has" if len(agreeing) == 1 else "have"
    added, lacking = _named(own, peer), _named(peer, own)
    if Column.CAUSE_AND_SOLUTION in _roles(own, peer) and {Column.CAUSE, Column.SOLUTION} & _roles(peer, own):
        message = f"one column holds cause and solution, for which {others} {have} two"
        hint = "write causes and solutions into two columns"
    elif Column.CAUSE_AND_SOLUTION in _roles(peer, own) and {Column.CAUSE, Column.SOLUTION} & _roles(own, peer):
        message = f"causes and solutions have a column each, for which {others} {have} one together"
        hint = "write the columns as the peers have them, here or there"
    else:
        message = f"the table has {len(own.columns)} columns where {others} {have} {len(peer.columns)}"
        if _has_wide_rows(own, len(peer.columns)):
            hint = "put the missing pipe into the header: its rows have the cells"
        elif len(own.columns) < len(peer.columns):
            message += f": {listed(lacking)} missing" if lacking else ""
            hint = "add the column and translate what the peers say in it"
        else:
            message += f": {listed(added)} added" if added else ": a column without words above it"
            message += ", which no row fills" if severity is Severity.NOTE else ""
            hint = "take the column out, or translate it for the others"
    position = next(iter(_beyond(own, peer)), None)
    return diagnose(
        RULE,
        document,
        heading_span(own, position),
        message,
        section=section_title(document, own),
        related=[header_witness(aligned.document(one), aligned.tables[one]) for one in agreeing],
        hint=hint,
        evidence=[str(len(own.columns)), *sorted(column.value for column in own.columns)],
        severity=severity,
    )


def _has_wide_rows(table: Table, width: int) -> bool:
    """Whether only the header lacks a column, most of whose rows have the cells for it."""
    return 2 * sum(1 for row in table.raw.rows if len(row.cells) == width > len(table.columns)) > len(table.raw.rows)


def _roles(table: Table, other: Table) -> set[Column]:
    return {table.columns[at] for at in _beyond(table, other)}


def _named(table: Table, other: Table) -> tuple[str, ...]:
    """The words above the columns that only ``table`` has; none where a column without known words may be one of them."""
    words, beyond = headers(table), _beyond(table, other)
    if len(beyond) != abs(len(table.columns) - len(other.columns)):
        return ()
    return tuple(quoted(words[at]) for at in beyond if at < len(words) and words[at])


def _explains(context: Context, cause: Diagnostic, other: Diagnostic) -> bool:
    """Below a header that lost a column the rows are too long, and the row of dashes has a cell too many."""
    found = _place(context, cause)
    if found is None or other.span.path != cause.span.path or len(found[0].columns) >= len(found[1].columns):
        return False
    own, peer = found
    if other.rule == "S111":
        return other.span.line == own.raw.header.span.end_line + 1 and _has_wide_rows(own, len(peer.columns))
    return other.rule in {"S101", "S102"} and own.raw.span.line <= other.span.line <= own.raw.span.end_line


def _outvoted(context: Context) -> Mapping[tuple[str, int], tuple[Table, Table]]:
    """By path and line of its header each table that differs, and the peer's that it is measured by."""
    found: dict[tuple[str, int], tuple[Table, Table]] = {}
    for aligned in context.once(aligned_tables):
        widths = {locale: len(table.columns) for locale, table in aligned.tables.items()}
        for locale, agreeing in odd_ones(widths).items():
            own = aligned.tables[locale]
            for line in range(own.raw.header.span.line, own.raw.header.span.end_line + 1):
                found[own.raw.span.path, line] = (own, aligned.tables[agreeing[0]])
    return found


def _place(context: Context, cause: Diagnostic) -> tuple[Table, Table] | None:
    return context.once(_outvoted).get((cause.span.path, cause.span.line))


def _reach(context: Context, cause: Diagnostic) -> Iterator[Key]:
    found = _place(context, cause)
    if found:
        span = found[0].raw.header.span
        yield at_row(SourceSpan(span.path, span.end_line + 1, 1, span.end_line + 1, 1))
        for row in found[0].raw.rows:
            yield at_row(row.span)


RULE: Final = Rule(
    id="S104",
    name="table-shape-differs",
    severity=Severity.ERROR,
    precision=Precision.HIGH,
    summary="A table has more or fewer columns in one locale than in the others",
    docs=__doc__,
    check=_check,
    explains=_explains,
    reach=_reach,
)
