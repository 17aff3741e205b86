"""All codes as one table for spreadsheets: RFC 4180, a line for each code, the languages side by side."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Final

from generator import meanings
from generator.machine.shapes import CodeSummary
from generator.meanings import CodeMeanings
from generator.model import Column, Entry, Locale
from generator.pages.desk import Shelf
from generator.text import harmless as as_shown
from generator.text import one_line

_SAID: Final = (Column.DESCRIPTION, Column.CAUSE, Column.SOLUTION, Column.CAUSE_AND_SOLUTION)
_FORMULA: Final = re.compile("[=+\\-@\t\r\n＝＋－＠]")
_NUMBER: Final = re.compile(r"-?[0-9]+")


def text(shelf: Shelf, lines: Sequence[CodeSummary]) -> str:
    """The table with a header and the byte-order mark without which spreadsheets take UTF-8 for something else.

    A language's columns say what the newest edition with a text in it says; of several rows or meanings each has a
    line inside the cell.
    """
    said = [column for column in _SAID if _anywhere(shelf, column)]
    locales = shelf.site.locales
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        [
            *("address", "product", "code", "decimal", "hexadecimal", "names", "former_names", "retired", "meanings"),
            *(f"{column}_{locale}" for locale in locales for column in (*said, "url")),
            "link",
        ]
    )
    codes = [code for listed in shelf.codes.values() for code in listed]
    # Behind those that documents list come those that none lists any more.
    for line, code in zip_longest(lines, codes):
        cells = [
            *(line.address, line.product, line.code, _numbers(line.decimal), _numbers(line.hexadecimal)),
            *("\n".join(line.names), "\n".join(line.former_names), str(line.retired).lower(), str(line.meaning_count)),
        ]
        for locale in locales:
            entries = _entries(code, locale) if code else []
            last = {} if code else {Column.DESCRIPTION: line.summaries.get(locale, "")}
            cells += [_joined(entries, column) or last.get(column, "") for column in said]
            cells.append(line.urls[locale])
        # Such a table is looked at in terminals, too.
        writer.writerow([harmless(as_shown(cell)) for cell in (*cells, line.link)])
    return out.getvalue()


def harmless(cell: str) -> str:
    """``cell`` with a ``'`` in front where a spreadsheet would take it for a formula; a number stays a number."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def _anywhere(shelf: Shelf, column: Column) -> bool:
    return column is not Column.CAUSE_AND_SOLUTION or any(
        column in table.columns for document in shelf.catalog.documents for table in document.tables
    )


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
