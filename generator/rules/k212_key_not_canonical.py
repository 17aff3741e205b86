"""A code or a name is written with characters that only look right.

## What it does

Reports codes and identifiers with full-width or styled characters, with invisible ones (zero-width spaces, soft hyphens,
byte order marks), with no-break or other special spaces inside, with another dash for the minus sign, and with letters
of another script that look Latin, such as a Cyrillic “а”. Names that are words and not identifiers are not looked at, and
the signs between the numbers of a range or list may be of any width.

## Why it matters

Readers cannot see the difference, and searches and programs do not find the key: a copied `ERR_TIMEOUT` with a Cyrillic Т matches nothing.

## Example

The code is written `４１０２`, or the name `ERR_TIMEOUT` with an invisible space.

## How to fix

Write the key in plain ASCII. Where a long name should wrap in a narrow column, use `<br>` behind an underscore.
"""

from collections.abc import Iterator
from typing import Final

from generator.alignment import is_identifier
from generator.codes import read_code
from generator.diagnostics import Diagnostic, Fix, Precision, Severity
from generator.model import (
    CodeList,
    CodeRange,
    Column,
    Document,
    Entry,
    IntegerCode,
    ProblemKind,
    RawCell,
    SourceSpan,
    Table,
)
from generator.rules.base import Key, Rule, at_row, diagnose, diagnose_cell, of_code, quoted
from generator.rules.context import Context
from generator.rules.keys import impurity, meant, meant_code, shown


def _check(context: Context) -> Iterator[Diagnostic]:
    for document in context.catalog.documents:
        for table in document.tables:
            for entry in table.entries:
                yield from _code(context, document, entry)
                yield from _name(context, document, entry)
            yield from _unread(document, table)


def _code(context: Context, document: Document, entry: Entry) -> Iterator[Diagnostic]:
    field = entry.field(Column.CODE)
    if field is None:
        return
    several = isinstance(entry.code, CodeRange | CodeList)
    # Beside a number its cell may hold words, whose dashes are no signs.
    plain = entry.code.text if isinstance(entry.code, IntegerCode) else field.plain
    if plain.isascii() and plain.isprintable() and " " not in plain:
        return  # Nearly all codes are such.
    text = "".join(mark for mark in plain if mark.isalnum() or not mark.isprintable()) if several else plain
    found = impurity(text)
    if not found and isinstance(entry.code, IntegerCode) and meant_code(text) != meant(text):
        found = "another dash for its minus sign"
    if found:
        clean = meant_code(field.plain)
        yield diagnose_cell(
            RULE,
            context,
            entry,
            Column.CODE,
            f"the code {quoted(shown(field.plain))} holds {found}",
            expected=clean,
            hint=f"write {clean} in plain ASCII",
            evidence=[found],
            cluster=found,
            fix=None if several else _fix(document, field.span, field.raw, clean),
        )


def _name(context: Context, document: Document, entry: Entry) -> Iterator[Diagnostic]:
    for field in entry.fields:
        # White space between two names of one cell is theirs; any kind of it will do.
        words = field.plain.split() if field.column is Column.NAME else ()
        pieces = [(word, found) for word in words if (found := impurity(word)) and is_identifier(meant(word))]
        for word, found in pieces[:1]:
            clean = field.plain.replace(word, meant(word))
            yield diagnose_cell(
                RULE,
                context,
                entry,
                Column.NAME,
                f"the name {quoted(shown(word))} holds {found}",
                span=field.span,
                expected=meant(word),
                hint=f"write {meant(word)} in plain ASCII",
                evidence=[found],
                cluster=found,
                fix=_fix(document, field.span, field.raw, clean) if len(pieces) == 1 else None,
            )


def _unread(document: Document, table: Table) -> Iterator[Diagnostic]:
    """Rows whose code cannot be read for its letters of another script."""
    if Column.CODE not in table.columns:
        return
    at = table.columns.index(Column.CODE)
    rows = {row.span: row for row in table.raw.rows}
    for problem in table.problems:
        cells = rows[problem.span].cells if problem.kind is ProblemKind.ROW_WITHOUT_CODE else ()
        text = cells[at].text if at < len(cells) else ""
        code, found = read_code(meant_code(text)), impurity(text)
        if code is None or not found or text.isascii() or not _mixed(text):
            continue
        clean = meant_code(text)
        yield diagnose(
            RULE,
            document,
            cells[at].span,
            f"the code {quoted(shown(text))} holds {found}",
            code=code,
            section=document.sections[table.section].title,
            field=Column.CODE,
            expected=clean,
            hint=f"write {clean} in plain ASCII",
            evidence=[found],
            cluster=found,
            fix=_cell_fix(document, cells[at], clean),
        )


def _mixed(text: str) -> bool:
    """Whether a word has ASCII letters or digits, too: a word of one script may be a word of that script."""
    return any(mark.isascii() and mark.isalnum() for mark in text)


def _cell_fix(document: Document, cell: RawCell, clean: str) -> Fix | None:
    return _fix(document, cell.span, cell.text, clean)


def _fix(document: Document, span: SourceSpan, raw: str, clean: str) -> Fix | None:
    """The cell in plain characters, where it stands in the source as it was read and holds no markup."""
    if span.line != span.end_line or span.line > len(document.lines):
        return None
    written = document.lines[span.line - 1][span.column - 1 : span.end_column - 1]
    plain = meant_code(raw) == clean or meant(raw).strip() == clean
    return Fix(span, clean) if written == raw and plain else None


def _explains(_context: Context, cause: Diagnostic, other: Diagnostic) -> bool:
    if (other.product, other.edition, other.locale) != (cause.product, cause.edition, cause.locale):
        return False
    code = read_code(cause.expected) if cause.field is Column.CODE else None
    if other.rule == "K201":
        return code is not None and other.code == code.text
    same_row = at_row(other.span) == at_row(cause.span)
    if other.rule in {"S115", "K202", "K204"}:
        return same_row and code is not None
    return other.rule == "N301" and same_row and cause.field is Column.NAME


def _reach(_context: Context, cause: Diagnostic) -> Iterator[Key]:
    yield at_row(cause.span)
    if cause.field is Column.CODE:
        yield of_code(cause, cause.expected)


RULE: Final = Rule(
    id="K212",
    name="key-not-canonical",
    severity=Severity.WARNING,
    precision=Precision.VERY_HIGH,
    summary="A code or a name is written with characters that only look right",
    docs=__doc__,
    check=_check,
    explains=_explains,
    reach=_reach,
)
