"""A header says another thing than what its column holds.

## What it does

Reports a header whose column holds codes although the same words head names elsewhere in the product's documents of that language (a “name”
column that holds values), and a header that means another field than most peers' headers of the same column do: “Reason” where
the other languages say “solution”. Of two languages only the difference between what to do and what is the matter is
reported, since a description is often headed as a cause. Two headers that stand in each other's place are reported where
the numbers and identifiers in the cells show that the cells themselves did not move.

## Why it matters

Readers look for the number under the header that promises it, and take a remedy for a reason.

## Example

```
| Name | Cause            | Solution    |
| ---- | ---------------- | ----------- |
| 3104 | The oven is off. | Turn it on. |
```

below a table in which “Name” heads names.

## How to fix

Write the header that says what the column holds.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Related, Severity
from generator.model import Column, Entry, Locale, Table, canonical
from generator.rules.base import Rule, diagnose, listed, quoted
from generator.rules.context import Context
from generator.rules.structure import (
    AlignedTable,
    aligned_tables,
    header_witness,
    headers,
    heading_span,
    section_title,
)

_VERBATIM: Final = re.compile(r"\d+|[A-Za-z]+_\w+|[a-z]+[A-Z]\w*|[A-Z]{2,}\w*")
"""What every language writes alike."""
_FIELDS: Final = {
    Column.CODE: "codes",
    Column.NAME: "names",
    Column.DESCRIPTION: "descriptions",
    Column.CAUSE: "causes",
    Column.SOLUTION: "solutions",
    Column.CAUSE_AND_SOLUTION: "causes and solutions",
}


def _check(context: Context) -> Iterator[Diagnostic]:
    names = _headers_of_names(context)
    for document in context.catalog.documents:
        for table in document.tables:
            at = table.columns.index(Column.CODE) if table.columns else 0
            words = headers(table)
            if not table.columns or Column.NAME in table.columns or at >= len(words) or not words[at]:
                continue
            witness = names.get((document.locale, words[at].casefold()))
            if witness:
                yield diagnose(
                    RULE,
                    document,
                    heading_span(table, at),
                    f"{quoted(words[at])} heads codes here and names elsewhere",
                    section=section_title(document, table),
                    field=Column.CODE,
                    related=[witness],
                    hint="head the column with the words for a code",
                    evidence=[words[at]],
                    cluster=f"names {words[at].casefold()}",
                )
    for aligned in context.once(aligned_tables):
        yield from _outvoted(aligned)
        yield from _swapped(aligned)


def _headers_of_names(context: Context) -> Mapping[tuple[Locale, str], Related]:
    """The words that head names beside a column of codes of its own, each with a place where they do."""
    found: dict[tuple[Locale, str], Related] = {}
    for document in context.catalog.documents:
        for table in document.tables:
            words = headers(table)
            if Column.NAME in table.columns and table.columns.index(Column.NAME) < len(words):
                at = table.columns.index(Column.NAME)
                if words[at]:
                    found.setdefault((document.locale, words[at].casefold()), header_witness(document, table, at))
    return found


def _outvoted(aligned: AlignedTable) -> Iterator[Diagnostic]:
    if len({len(table.columns) for table in aligned.tables.values()}) > 1:
        return  # Which column answers which is not known; S104 speaks of it.
    if any(len(table.raw.header.cells) != len(table.columns) for table in aligned.tables.values()):
        return
    for at in range(len(next(iter(aligned.tables.values())).columns)):
        roles = {locale: table.columns[at] for locale, table in aligned.tables.items()}
        for locale, role in roles.items():
            theirs = {other for peer, other in roles.items() if peer != locale}
            if len(theirs) == 1 and role not in theirs and _tells(aligned, locale, role, next(iter(theirs))):
                yield _wrong(aligned, locale, at, role, next(iter(theirs)))


def _tells(aligned: AlignedTable, locale: Locale, role: Column, other: Column) -> bool:
    """Whether a difference of roles is one, and this locale the one to be told of it."""
    if role not in _FIELDS or other not in _FIELDS or Column.CODE in (role, other) or Column.NAME in (role, other):
        return False
    # Where the same columns only stand in another order, nothing is wrong.
    if other in aligned.tables[locale].columns:
        return False
    if len(aligned.tables) > 2:
        return True
    return locale != aligned.group.reference and Column.SOLUTION in (role, other)


def _wrong(aligned: AlignedTable, locale: Locale, at: int, role: Column, other: Column) -> Diagnostic:
    own, document = aligned.tables[locale], aligned.document(locale)
    peers = [peer for peer in aligned.tables if peer != locale]
    return diagnose(
        RULE,
        document,
        heading_span(own, at),
        f"{quoted(headers(own)[at])} heads {_FIELDS[role]}, where {listed(peers)} {'has' if len(peers) == 1 else 'have'} {_FIELDS[other]}",
        section=section_title(document, own),
        field=role,
        related=[header_witness(aligned.document(peer), aligned.tables[peer], at) for peer in peers],
        hint="head the column with what its cells say, here or there"
        if len(peers) == 1
        else f"head the column with the words for {_FIELDS[other]}",
        evidence=[headers(own)[at]],
    )


def _swapped(aligned: AlignedTable) -> Iterator[Diagnostic]:
    """Two headers in each other's place, the cells below them being where the peers have them."""
    for locale, own in aligned.tables.items():
        others = [peer for peer in aligned.tables if peer != locale]
        orders = {aligned.tables[peer].columns for peer in others}
        if len(orders) > 1 or (len(others) == 1 and locale == aligned.group.reference):
            continue
        theirs = orders.pop()
        odd = [at for at, pair in enumerate(zip(own.columns, theirs, strict=False)) if pair[0] is not pair[1]]
        if len(own.columns) != len(theirs) or len(odd) != 2 or len(own.raw.header.cells) != len(theirs):
            continue
        first, second = odd
        if own.columns[first] is theirs[second] and own.columns[second] is theirs[first]:
            peer = aligned.tables[others[0]]
            stayed = _agree(own, peer, first, first) + _agree(own, peer, second, second)
            if stayed > _agree(own, peer, first, second) + _agree(own, peer, second, first):
                yield _exchanged(aligned, locale, first, second)


def _agree(own: Table, peer: Table, at: int, there: int) -> int:
    """How many numbers and identifiers a column shares with one of the peer's, code by code."""
    theirs = {canonical(entry.code): _verbatim(peer, entry, there) for entry in peer.entries}
    return sum(len(_verbatim(own, entry, at) & theirs.get(canonical(entry.code), frozenset())) for entry in own.entries)


def _verbatim(table: Table, entry: Entry, at: int) -> frozenset[str]:
    cells = table.raw.rows[entry.row].cells
    return frozenset(_VERBATIM.findall(cells[at].text)) if at < len(cells) else frozenset()


def _exchanged(aligned: AlignedTable, locale: Locale, first: int, second: int) -> Diagnostic:
    own, document = aligned.tables[locale], aligned.document(locale)
    words, peers = headers(own), [peer for peer in aligned.tables if peer != locale]
    return diagnose(
        RULE,
        document,
        heading_span(own, first),
        f"{quoted(words[first])} and {quoted(words[second])} stand in each other's place, their cells do not",
        section=section_title(document, own),
        related=[header_witness(aligned.document(peer), aligned.tables[peer]) for peer in peers],
        hint="exchange the two headers",
        evidence=sorted((words[first], words[second])),
    )


RULE: Final = Rule(
    id="S106",
    name="header-role-wrong",
    severity=Severity.WARNING,
    precision=Precision.HIGH,
    summary="A header says another thing than what its column holds",
    docs=__doc__,
    check=_check,
)
