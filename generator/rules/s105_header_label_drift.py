"""Tables of one document head the same column with different words.

## What it does

Compares the headers of a document's tables that have the same columns, and reports, once for a document, the columns
that are headed with more than one wording. Case does not count. Tables of different columns are not compared, nor is a
translation that only follows the source: there the source is reported. Of columns that Codeglot has no field for, only
spellings of the same words are compared.

## Why it matters

Readers wonder whether “Reason” means something else than “Cause” did above. Translators who get one word for each of
two make the difference permanent.

## Example

```
| Name     | Value | Cause            |      | Name     | Value | Reason           |
| -------- | ----- | ---------------- |      | -------- | ----- | ---------------- |
| ERR_OVEN | 3104  | The oven is off. |      | ERR_HOOD | 3201  | The hood is off. |
```

## How to fix

Choose one wording for each column.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Column, Document, EditionId, Locale, ProductId, Table
from generator.rules.base import Rule, diagnose, listed, quoted
from generator.rules.context import Context
from generator.rules.structure import aligned_tables, header_witness, headers, heading_span

_GAPS: Final = re.compile(r"[\W_]+")

_Place = tuple[ProductId, EditionId, Locale, int]
"""A table: product, edition, locale and its index in the document."""


def _check(context: Context) -> Iterator[Diagnostic]:
    for document in context.catalog.documents:
        found = [drift for same in _alike(document) for drift in _drifts(context, document, same)]
        if found:
            yield _report(document, found)


def _alike(document: Document) -> list[list[Table]]:
    """The tables of codes that have a header, those of the same columns together."""
    by_shape: dict[tuple[Column, ...], list[Table]] = {}
    for table in document.tables:
        if table.columns and len(table.raw.header.cells) == len(table.columns):
            by_shape.setdefault(table.columns, []).append(table)
    return [tables for tables in by_shape.values() if len(tables) > 1]


_Drift = tuple[int, dict[str, list[Table]]]
"""The position of a column, and the tables by the words that head it, the most common first."""


def _drifts(context: Context, document: Document, tables: list[Table]) -> Iterator[_Drift]:
    for at, column in enumerate(tables[0].columns):
        wordings: dict[str, list[Table]] = {}
        spelled: dict[str, str] = {}
        for table in tables:
            words = headers(table)[at]
            if words:
                wordings.setdefault(spelled.setdefault(words.casefold(), words), []).append(table)
        if len(wordings) < 2 or (column is Column.OTHER and len({_bare(words) for words in wordings}) > 1):
            continue
        if not _follows_source(context, document, tables, at):
            yield at, dict(sorted(wordings.items(), key=lambda one: -len(one[1])))


def _bare(words: str) -> str:
    return _GAPS.sub("", words).casefold()


def _follows_source(context: Context, document: Document, tables: list[Table], at: int) -> bool:
    """Whether the words above the column change in the peer that is translated from, too."""
    first = context.once(_sources)
    theirs = [
        peer
        for table in tables
        if (peer := first.get((document.product, document.edition, document.locale, table.index)))
        and peer.columns == table.columns
        and len(peer.raw.header.cells) == len(peer.columns)
    ]
    return len({headers(peer)[at].casefold() for peer in theirs}) > 1


def _sources(context: Context) -> Mapping[_Place, Table]:
    """For each table of a translation the reference's table of the same codes."""
    found: dict[_Place, Table] = {}
    for aligned in context.once(aligned_tables):
        group = aligned.group
        reference = aligned.tables.get(group.reference)
        for locale, table in aligned.tables.items():
            if reference and locale != group.reference:
                found[group.product, group.edition, locale, table.index] = reference
    return found


def _report(document: Document, found: list[_Drift]) -> Diagnostic:
    at, wordings = found[0]
    odd = next(reversed(wordings.values()))[0]
    said = "; ".join(
        listed(f"{quoted(words)} {_times(len(tables))}" for words, tables in one.items()) for _, one in found
    )
    witnesses = [(tables[0], position) for position, one in found for tables in one.values()]
    return diagnose(
        RULE,
        document,
        heading_span(odd, at),
        f"tables of the same columns are headed differently: {said}",
        related=[header_witness(document, table, position) for table, position in witnesses if table is not odd],
        hint="choose one wording for each column",
        evidence=sorted(Counter(words for _, one in found for words in one)),
    )


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


RULE: Final = Rule(
    id="S105",
    name="header-label-drift",
    severity=Severity.NOTE,
    precision=Precision.HIGH,
    summary="Tables of one document head the same column with different words",
    docs=__doc__,
    check=_check,
)
