"""All codes as one table for spreadsheets: RFC 4180, a line for each code, the languages side by side."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from generator import meanings
from generator.machine.shapes import CodeSummary
from generator.meanings import CodeMeanings
from generator.model import Column, Document, Entry, Locale
from generator.text import harmless as as_shown
from generator.text import one_line

_SAID: Final = (Column.DESCRIPTION, Column.CAUSE, Column.SOLUTION)
_JOINT: Final = Column.CAUSE_AND_SOLUTION
"""It has columns where any document has it; products without it cannot know."""

_ABSENT: Final = "\0"
"""Stands in a cell of a column that the product does not have. No words hold it, for commands to a terminal are taken
out of them."""

_FORMULA: Final = re.compile("[=+\\-@\t\r\n＝＋－＠]")
_NUMBER: Final = re.compile(r"-?[0-9]+")


def text(products: Iterable[tuple[str, bool]], gone: Sequence[CodeSummary], locales: Sequence[Locale]) -> str:
    """The table with a header and the byte-order mark without which spreadsheets take UTF-8 for something else.

    Each product's :func:`lines` come with whether it has a column for cause and solution together, ``gone`` are codes that
    no document lists any more. A language's columns say what the newest edition with a text in it says; of several rows or
    meanings each has a line inside the cell.
    """
    products = tuple(products)
    wide = any(joint for _, joint in products)
    said = (*_SAID, _JOINT) if wide else _SAID
    header = [
        *("address", "product", "code", "decimal", "hexadecimal", "names", "former_names", "retired", "meanings"),
        *(f"{column}_{locale}" for locale in locales for column in (*said, "url")),
        "link",
    ]
    last = lines([(line, None) for line in gone], locales, wide=False)
    found = [_written([header]), *(part for part, _ in products), last]
    return "\ufeff" + "".join(found).replace(f",{_ABSENT}", "," if wide else "")


def lines(codes: Iterable[tuple[CodeSummary, CodeMeanings | None]], locales: Sequence[Locale], *, wide: bool) -> str:
    """A line for each code, or for one that no document lists any more.

    ``wide`` says whether there is a column for cause and solution together; where not, its place is marked, for another
    product may have it.
    """
    return _written(_cells(line, code, locales, wide=wide) for line, code in codes)


def _cells(line: CodeSummary, code: CodeMeanings | None, locales: Sequence[Locale], *, wide: bool) -> Iterator[str]:
    yield from map(_safe, (line.address, line.product, line.code, _numbers(line.decimal), _numbers(line.hexadecimal)))
    yield from map(_safe, ("\n".join(line.names), "\n".join(line.former_names)))
    yield from (str(line.retired).lower(), str(line.meaning_count))
    for locale in locales:
        entries = _entries(code, locale) if code else []
        last = {} if code else {Column.DESCRIPTION: line.summaries.get(locale, "")}
        for column in _SAID:
            yield _safe(_joined(entries, column) or last.get(column, ""))
        yield _safe(_joined(entries, _JOINT)) if wide else _ABSENT
        yield _safe(line.urls[locale])
    yield _safe(line.link)


def _written(rows: Iterable[Iterable[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def _safe(cell: str) -> str:
    # Such a table is looked at in terminals, too.
    return harmless(cell if cell.isprintable() else as_shown(cell))


def harmless(cell: str) -> str:
    """``cell`` with a ``'`` in front where a spreadsheet would take it for a formula; a number stays a number."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def is_wide(documents: Iterable[Document]) -> bool:
    """Whether any of some documents has a column for cause and solution together."""
    return any(_JOINT in table.columns for document in documents for table in document.tables)


def _numbers(value: int | str | Iterable[int | str] | None) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, int | str) else "\n".join(map(str, value))


def _entries(code: CodeMeanings, locale: Locale) -> list[Entry]:
    """The rows in one language, of each meaning those of the newest edition that has any."""
    found: list[Entry] = []
    for meaning in code.meanings:
        editions = meanings.editions_of(meaning, code.product)
        found += next(filter(None, (meanings.rows(meaning, edition.id, locale) for edition in editions)), ())
    return found


def _joined(entries: Iterable[Entry], column: Column) -> str:
    said = (one_line(field.plain) for entry in entries for field in entry.fields if field.column is column)
    return "\n".join(dict.fromkeys(said))
