"""Tables as tables, apart from what their rows say: which belong together, what heads them, where columns stand."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Final

from msgspec import Struct

from generator.diagnostics import Related
from generator.model import (
    Canonical,
    Column,
    Document,
    EditionId,
    Locale,
    ProblemKind,
    ProductId,
    RawCell,
    RawRow,
    SourceSpan,
    Table,
    canonical,
)
from generator.rules.context import Context, Group
from generator.text import one_line, visible

_TAG: Final = re.compile(r"<[^>]*>")
_LEAST_SHARED: Final = 0.5


class AlignedTable(Struct, frozen=True):
    """One table of codes in every locale of an edition that has it."""

    group: Group
    tables: Mapping[Locale, Table]
    """The source locale's first. At least two."""

    def document(self, locale: Locale) -> Document:
        """The document in which a locale's table stands."""
        return self.group.documents[locale]


def aligned_tables(context: Context) -> tuple[AlignedTable, ...]:
    """The tables of each edition that list the same codes, one a locale."""
    taken: set[tuple[ProductId, EditionId, Locale, int]] = set()
    found: list[AlignedTable] = []
    for group in context.groups:
        if len(group.documents) < 2:
            continue
        for tables in _together(context, group):
            new = {
                locale: table
                for locale, table in tables.items()
                if (group.product, group.edition, locale, table.index) not in taken
            }
            taken.update((group.product, group.edition, locale, table.index) for locale, table in new.items())
            if len(new) > 1:
                found.append(AlignedTable(group, new))
    return tuple(found)


def _together(context: Context, group: Group) -> Iterator[dict[Locale, Table]]:
    clusters: list[dict[Locale, Table]] = []
    owner: dict[Canonical, int] = {}
    for locale, rows in group.rows.items():
        codes: dict[int, list[Canonical]] = {}
        tables: dict[int, Table] = {}
        for entry in rows:
            codes.setdefault(entry.table, []).append(canonical(entry.code))
            tables.setdefault(entry.table, context.table(entry))
        for index, listed in codes.items():
            best = Counter(owner[code] for code in listed if code in owner).most_common(1)
            if best and best[0][1] >= _LEAST_SHARED * len(listed) and locale not in clusters[best[0][0]]:
                at = best[0][0]
            else:
                at = len(clusters)
                clusters.append({})
            clusters[at][locale] = tables[index]
            for code in listed:
                owner.setdefault(code, at)
    yield from clusters


def odd_ones(votes: Mapping[Locale, object]) -> dict[Locale, tuple[Locale, ...]]:
    """The locales that are outvoted, each with those that agree on the most common value.

    Where no value has most votes, the first locale's is believed.
    """
    counts = Counter(votes.values())
    most = max(counts.values(), default=0)
    believed = next((value for value in votes.values() if counts[value] == most), None)
    agreeing = tuple(locale for locale, value in votes.items() if value == believed)
    return {locale: agreeing for locale, value in votes.items() if value != believed}


def label(cell: RawCell) -> str:
    """A header's words as a reader sees them, free of markup."""
    return one_line(visible(unescape(_TAG.sub(" ", cell.text)))).strip("*` ")


def headers(table: Table) -> tuple[str, ...]:
    """The words above each column; fewer than columns where the table has no header."""
    return tuple(label(cell) for cell in table.raw.header.cells)


def heading_span(table: Table, at: int | None = None) -> SourceSpan:
    """The place of one header; the first line of the table where it has none."""
    cells = table.raw.header.cells
    if at is not None and at < len(cells):
        return cells[at].span
    header = table.raw.header
    return header.span if cells else SourceSpan(header.span.path, *_start(header.span), *_start(header.span))


def header_witness(document: Document, table: Table, at: int | None = None) -> Related:
    """A table's header, or one of its cells, as the witness for a diagnostic."""
    words = headers(table)
    text = words[at] if at is not None and at < len(words) else " | ".join(words)
    return Related(heading_span(table, at), document.locale, text or "(no header)")


def is_empty_column(table: Table, at: int) -> bool:
    """Whether no row says anything in a column."""
    return not any(row.cells[at].text for row in table.raw.rows if at < len(row.cells))


def reaches_down(cell: RawCell, row: RawRow) -> bool:
    """Whether a cell begins in a row above."""
    return _start(cell.span) < _start(row.span)


def is_further(row: RawRow, at: int) -> bool:
    """Whether a cell is only the further column of one that spans several."""
    cell = row.cells[at]
    return not cell.text and at > 0 and row.cells[at - 1].span == cell.span


def unknown_headers(table: Table) -> tuple[int, ...]:
    """The columns of what is or looks like a table of codes, whose headers the parser did not understand."""
    spans = {problem.span for problem in table.problems if problem.kind is ProblemKind.HEADER_UNKNOWN}
    return tuple(at for at, cell in enumerate(table.raw.header.cells) if cell.span in spans)


def to_declare(document: Document, tables: Iterable[Table]) -> str:
    """What to add to ``catalog.toml`` for the headers of ``tables`` that are not understood; empty where all are."""
    words: dict[str, Column] = {}
    for table in tables:
        for at in unknown_headers(table):
            known = table.columns[at] if table.columns else Column.CODE if at == 0 else Column.OTHER
            words.setdefault(headers(table)[at], known)
    return declaring(document.locale, words) if words else ""


def declaring(locale: Locale, words: Mapping[str, Column]) -> str:
    """How to declare what headers mean, as a line that can be pasted; of ``OTHER`` a description is the likeliest."""
    by_column: dict[Column, list[str]] = {}
    for word, column in words.items():
        by_column.setdefault(Column.DESCRIPTION if column is Column.OTHER else column, []).append(in_toml(word))
    lists = ", ".join(f"{column} = [{', '.join(spelled)}]" for column, spelled in by_column.items())
    unsure = [in_toml(word) for word, column in words.items() if column is Column.OTHER]
    doubt = f"  # {', '.join(unsure)}: or cause, solution" if unsure else ""
    key = locale if locale.isalpha() else f'"{locale}"'
    return f"put at the top of catalog.toml, or into its [columns.{key}]: columns.{key} = {{ {lists} }}{doubt}"


def in_toml(words: str) -> str:
    """``words`` as a string of a TOML file."""
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def section_title(document: Document, table: Table) -> str:
    """The title of the section in which a table stands."""
    return document.sections[table.section].title


def _start(span: SourceSpan) -> tuple[int, int]:
    return (span.line, span.column)
