"""The words above a column are not known, though the column is one that every page has a place for.

## What it does

Reports, once for a document, the headers whose words Codeglot does not know: those above columns of which only the cells
told what they hold, and those where the tables of the other locales have a description, a cause or a solution in the
same place. Where there are none, it reports the headers above texts of a document of which no text column is known. Columns that no page has a place of its own for, such
as a platform, are none.

## Why it matters

The texts are shown under the vendor's own words, behind everything else, and are not compared with those of the other
languages. In a new language that is mostly so of every column.

## Example

```
sv: | Kod  | Betydelse                |
en: | Code | Meaning                  |
```

## How to fix

Declare the words in `catalog.toml`:

```
[columns.sv]
description = ["Betydelse"]
```
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Related, Severity
from generator.model import Column, Document, Table
from generator.rules.base import Rule, diagnose, listed, quoted
from generator.rules.context import Context
from generator.rules.structure import (
    aligned_tables,
    declaring,
    header_witness,
    headers,
    heading_span,
    is_empty_column,
    unknown_headers,
)

_TEXTS: Final = (Column.DESCRIPTION, Column.CAUSE, Column.SOLUTION, Column.CAUSE_AND_SOLUTION)
_SENTENCE: Final = re.compile(r"[^\W\d_]\S*\s+\S*[^\W\d_]")
_MOSTLY: Final = 0.6

_Places = dict[str, tuple[Table, int, Column | None, Related | None]]
"""For each wording the first column it heads, with what the peers have there and one of them."""


def _check(context: Context) -> Iterator[Diagnostic]:
    peers = context.once(_by_peers)
    for document in context.catalog.documents:
        told, guessed = peers.get(document.path, {}), _guessed(document)
        if told:  # Then what has no place of its own has none there, either.
            guessed = {words: place for words, place in guessed.items() if place[2]}
        found = guessed | told or _texts(document)
        if found:
            yield _diagnostic(document, found)


def _by_peers(context: Context) -> Mapping[str, _Places]:
    """For each document's path the words whose column the peers know."""
    found: dict[str, _Places] = {}
    for aligned in context.once(aligned_tables):
        for locale, own in aligned.tables.items():
            for peer, theirs in aligned.tables.items():
                if locale == peer or not _alike(own, theirs):
                    continue
                document = aligned.document(locale)
                guessed, unsure = unknown_headers(own), unknown_headers(theirs)
                known = {column for at, column in enumerate(own.columns) if at not in guessed}
                for at, column in enumerate(theirs.columns):
                    if at in unsure:
                        continue
                    unknown = at in guessed or own.columns[at] is Column.OTHER
                    if unknown and column in _TEXTS and column not in known:
                        witness = header_witness(aligned.document(peer), theirs, at)
                        _note(found.setdefault(document.path, {}), own, at, column, witness)
    return {path: places for path, places in found.items() if places}


def _alike(own: Table, theirs: Table) -> bool:
    """Whether the columns of two tables stand in the same places."""
    return len(own.columns) == len(theirs.columns) and own.columns.index(Column.CODE) == theirs.columns.index(
        Column.CODE
    )


def _guessed(document: Document) -> _Places:
    """The words above columns of which only what stands below them told what they hold."""
    found: _Places = {}
    for table in document.tables:
        for at in unknown_headers(table) if table.columns else ():
            column = table.columns[at]
            _note(found, table, at, None if column is Column.OTHER else column, None)
    return found


def _texts(document: Document) -> _Places:
    """The words above texts of a document of which no text column is known at all."""
    found: _Places = {}
    if any(column in _TEXTS for table in document.tables for column in table.columns):
        return found
    for table in document.tables:
        for at, column in enumerate(table.columns):
            if column is Column.OTHER and _holds_sentences(table, at):
                _note(found, table, at, None, None)
    return found


def _note(places: _Places, table: Table, at: int, column: Column | None, witness: Related | None) -> None:
    words = headers(table)
    if at < len(words) and words[at] and not is_empty_column(table, at):
        places.setdefault(words[at], (table, at, column, witness))


def _holds_sentences(table: Table, at: int) -> bool:
    cells = [row.cells[at].text for row in table.raw.rows if at < len(row.cells) and row.cells[at].text]
    return bool(cells) and sum(bool(_SENTENCE.search(text)) for text in cells) >= _MOSTLY * len(cells)


def _diagnostic(document: Document, places: _Places) -> Diagnostic:
    table, at, _, _ = next(iter(places.values()))
    return diagnose(
        RULE,
        document,
        heading_span(table, at),
        f"the words above {'a column' if len(places) == 1 else 'columns'} are not known: "
        f"{listed(quoted(words) for words in places)}",
        related=[witness for _, _, _, witness in places.values() if witness],
        hint=declaring(document.locale, {words: column or Column.OTHER for words, (_, _, column, _) in places.items()}),
        evidence=sorted(places),
    )


RULE: Final = Rule(
    id="S117",
    name="header-not-understood",
    severity=Severity.WARNING,
    precision=Precision.HIGH,
    summary="The words above a column are not known",
    docs=__doc__,
    check=_check,
)
