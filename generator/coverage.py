"""What became of a document's cells: how many are placed, how many are in problems and why, and whether any is lost."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Final

import msgspec
from msgspec import Struct

from generator.model import (
    Accounting,
    Code,
    CodeList,
    CodeRange,
    Column,
    Document,
    EditionId,
    Locale,
    Problem,
    ProblemKind,
    ProductId,
    RawCell,
    RawRow,
    SourceSpan,
    Table,
    TableForm,
    canonical,
)
from generator.text import one_line

_MOST_STRETCHES: Final = 8
"""Stretches of lines named for one kind of problem."""


class Trouble(Struct, frozen=True):
    """Problems of one kind in one table, or outside the tables of a document."""

    kind: ProblemKind
    cells: int
    """How many non-empty cells they hold."""
    lines: tuple[int, ...]
    """Where they are, in order."""


class TableCoverage(Struct, frozen=True):
    """What became of one table."""

    line: int
    form: TableForm
    columns: tuple[Column, ...]
    """From left to right; empty for a table without codes."""
    headers: tuple[str, ...]
    """The header's cells as written, from left to right."""
    rows: int
    """Rows below the header that are not empty."""
    entries: int
    cells: int
    placed: int
    in_problems: int
    problems: tuple[Trouble, ...]
    lost: tuple[SourceSpan, ...]
    """Rows of which a cell is in no field and in no problem, or in two; empty unless Codeglot itself is wrong."""


class DocumentCoverage(Struct, frozen=True):
    """What became of one document."""

    path: str
    product: ProductId
    edition: EditionId
    locale: Locale
    tables: tuple[TableCoverage, ...]
    rows: int
    """Rows of all tables that are not empty."""
    entries: int
    """Rows with a code."""
    codes: int
    """Different codes; each member of a list is one, a range is one."""
    cells: int
    """Non-empty cells below the headers, and those of rows that belong to no table."""
    placed: int
    in_problems: int
    problems: tuple[Trouble, ...]
    """What belongs to no table."""


def covered(document: Document) -> DocumentCoverage:
    """What became of every non-empty cell of ``document``."""
    tables = tuple(_table(table) for table in document.tables)
    outside = sum(problem.cells for problem in document.problems)
    return DocumentCoverage(
        path=document.path,
        product=document.product,
        edition=document.edition,
        locale=document.locale,
        tables=tables,
        rows=sum(table.rows for table in tables),
        entries=sum(table.entries for table in tables),
        codes=len({member for entry in document.entries for member in _members(entry.code)}),
        cells=sum(table.cells for table in tables) + outside,
        placed=sum(table.placed for table in tables),
        in_problems=sum(table.in_problems for table in tables) + outside,
        problems=_troubles(document.problems),
    )


def counted(document: Document) -> Accounting:
    """Where the non-empty cells of one document's tables went, each side counted on its own."""
    found = covered(document)
    return Accounting(
        documents=1,
        tables=len(found.tables),
        rows=found.entries,
        cells=found.cells,
        placed=found.placed,
        in_problems=found.in_problems,
    )


def total(counts: Iterable[Accounting]) -> Accounting:
    """Several documents' accounts as one."""
    found = zip(*(msgspec.structs.astuple(one) for one in counts), strict=True)
    sums = [sum(figures) for figures in found]
    return Accounting(*sums) if sums else Accounting(0, 0, 0, 0, 0, 0)


def lost(documents: Iterable[Document]) -> Iterator[SourceSpan]:
    """Rows of which a cell is in no field and in no problem, or in two: what must never be."""
    return (span for document in documents for table in document.tables for span in _table(table).lost)


def text(documents: Iterable[DocumentCoverage]) -> str:
    """The coverage for a person: each document, its tables, and what is in problems and why."""
    return "\n".join(line for one in documents for line in (*_document_lines(one), ""))


def to_json(documents: Iterable[DocumentCoverage]) -> str:
    """The coverage for a program, in the order of the documents."""
    return msgspec.json.format(msgspec.json.encode(list(documents)), indent=2).decode() + "\n"


def _document_lines(one: DocumentCoverage) -> Iterator[str]:
    yield f"{one.path}  ({one.product}, {one.edition}, {one.locale})"
    yield (
        f"  {_count(len(one.tables), 'table')}, {_count(one.rows, 'row')}, {_count(one.codes, 'code')}; "
        f"{_count(one.cells, 'cell')}: {one.placed} placed, {one.in_problems} in problems"
    )
    for table in one.tables:
        columns = [column.value.replace("_", " ") for column in table.columns]
        meant = ", ".join(
            f"{one_line(header)}: {column}" if header and column else one_line(header) or column
            for header, column in zip_longest(table.headers, columns, fillvalue="")
        )
        yield (
            f"  line {table.line}: {table.form.value.replace('_', ' ')}, {_count(table.rows, 'row')}, "
            f"{table.entries} with a code, {table.placed} of {_count(table.cells, 'cell')} placed"
        )
        yield f"    {meant if columns else f'no column holds codes ({meant})'}"
        yield from (f"    {_trouble(trouble)}" for trouble in table.problems)
        yield from (f"    line {span.line}: lost or placed twice" for span in table.lost)
    yield from (f"  outside tables: {_trouble(trouble)}" for trouble in one.problems)


def _trouble(trouble: Trouble) -> str:
    stretches = _stretches(trouble.lines)
    shown = ", ".join(
        f"{first}\u2013{last}" if last > first else f"{first}" for first, last in stretches[:_MOST_STRETCHES]
    )
    more = "" if len(stretches) <= _MOST_STRETCHES else ", \u2026"
    where = f"line{'s' if len(set(trouble.lines)) > 1 else ''} {shown}{more}"
    held = f"{_count(trouble.cells, 'cell')}, " if trouble.cells else ""
    return f"{trouble.kind.value.replace('-', ' ')}: {held}{where}"


def _stretches(lines: Iterable[int]) -> list[tuple[int, int]]:
    """The first and last line of each stretch of lines without a gap."""
    found: list[tuple[int, int]] = []
    for line in sorted(set(lines)):
        if found and line == found[-1][1] + 1:
            found[-1] = (found[-1][0], line)
        else:
            found.append((line, line))
    return found


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _table(table: Table) -> TableCoverage:
    rows = table.raw.rows
    # A cell that spans several rows counts in the row in which it is written; what an erratum adds stands in no cell.
    written = [{cell.span for cell in _cells(row) if _begins_in(cell.span, row.span)} for row in rows]
    home = {span: number for number, spans in enumerate(written) for span in spans}
    placed: Counter[SourceSpan] = Counter()
    for entry in table.entries:
        # A field with a place above its row says "as above"; it counts where it is written.
        placed.update(field.span for field in entry.fields if home.get(field.span, -1) >= entry.row)
    left = [len(spans) - sum(1 for span in spans if span in placed) for spans in written]
    home.update((row.span, number) for number, row in enumerate(rows))
    problems: list[tuple[Problem, int | None]] = [(problem, None) for problem in table.problems]
    problems += [(problem, entry.row) for entry in table.entries for problem in entry.problems]
    for problem, row in problems:
        number = home.get(problem.span, row)
        if number is not None:
            left[number] -= problem.cells
    wrong = {number for number, count in enumerate(left) if count}
    wrong |= {home[span] for span, times in placed.items() if times > 1}
    return TableCoverage(
        line=table.raw.span.line,
        form=table.raw.form,
        columns=table.columns,
        headers=tuple(cell.text for cell in table.raw.header.cells),
        rows=sum(1 for row in rows if any(True for _ in _cells(row))),
        entries=len(table.entries),
        cells=sum(len(spans) for spans in written),
        placed=len(placed),
        in_problems=sum(problem.cells for problem, _ in problems),
        problems=_troubles(problem for problem, _ in problems),
        lost=tuple(rows[number].span for number in sorted(wrong)),
    )


def _cells(row: RawRow) -> Iterator[RawCell]:
    return (cell for cell in (*row.cells, row.after) if cell is not None and cell.text)


def _begins_in(span: SourceSpan, whole: SourceSpan) -> bool:
    return (span.line, span.column) >= (whole.line, whole.column)


def _troubles(problems: Iterable[Problem]) -> tuple[Trouble, ...]:
    cells: Counter[ProblemKind] = Counter()
    lines: dict[ProblemKind, list[int]] = {}
    for problem in problems:
        cells[problem.kind] += problem.cells
        lines.setdefault(problem.kind, []).append(problem.span.line)
    return tuple(Trouble(kind, cells[kind], tuple(sorted(found))) for kind, found in lines.items())


def _members(code: Code) -> tuple[object, ...]:
    match code:
        case CodeList(values=values):
            return values
        case CodeRange(first=first, last=last):
            return ((first, last),)
        case _:
            return (canonical(code),)
