"""What holds for any document whatever, and the small catalog in which every fuzzed document stands."""

import gc
import re
from collections import Counter
from functools import _lru_cache_wrapper, cache
from typing import Any, Final

from generator.config import EditionSettings, ProductSettings, Settings, SiteSettings
from generator.coverage import counted as account_of
from generator.coverage import lost
from generator.model import (
    Break,
    Column,
    Document,
    EditionId,
    Inline,
    Locale,
    ProductId,
    RawCell,
    RawRow,
    SourceSpan,
    Table,
    Text,
)
from generator.parse import parse
from generator.parse.columns import Words
from generator.sources import decode

EN: Final = Locale("en")
LOCALES: Final = (EN, Locale("zh"), Locale("ko"))

_CONTROLS: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
"""What no published text holds: not allowed in XML or HTML, or moving a terminal's cursor."""


def settings(locales: tuple[Locale, ...] = (EN,), *, old: bool = False) -> Settings:
    """The declarations of one product ``p`` with a document in each of ``locales``, and an older one of the first."""
    editions = [EditionSettings(EditionId("e"), {locale: f"{locale}.md" for locale in locales}, "2022")]
    if old:
        editions.append(EditionSettings(EditionId("old"), {locales[0]: "old.md"}, "2019"))
    titles = dict.fromkeys(locales, "Pump")
    products = (ProductSettings(ProductId("p"), titles, tuple(editions)),)
    return Settings("", locales[0], locales, products, {}, SiteSettings(), ())


SETTINGS: Final = settings()


def read(
    data: bytes | str, locale: Locale = EN, edition: str = "e", path: str = "a.md", words: Words | None = None
) -> Document:
    """The document that ``data`` is, with the header words declared for its language."""
    data = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
    return parse(decode(data, ProductId("p"), EditionId(edition), locale, path), {locale: words or {}})


def cut(document: Document, span: SourceSpan) -> str:
    """The characters of the source between two places."""
    found = list(document.lines[span.line - 1 : span.end_line]) or [""]
    found[-1] = found[-1][: span.end_column - 1]
    found[0] = found[0][span.column - 1 :]
    return "\n".join(found)


def check_document(document: Document) -> None:
    """What holds for every document: nothing lost, nothing twice, every place right, words without markup's traces."""
    check_counts(document)
    for problem in document.problems:
        _check_place(document, problem.span)
    for section in document.sections:
        _check_place(document, section.span)
        assert section.title == " ".join(section.title.split())
        for paragraph in section.prose:
            check_inlines(paragraph)
    for number, table in enumerate(document.tables):
        assert table.index == number
        check_table(document, table)


def check_counts(document: Document) -> None:
    """Every cell is placed or in a problem."""
    counted = account_of(document)
    assert counted.cells == counted.placed + counted.in_problems, counted
    assert not list(lost([document]))


def check_table(document: Document, table: Table) -> None:
    """Each cell of a table stands in one field of its row's entry or in one problem, as it is written."""
    _check_place(document, table.raw.span)
    assert (Column.CODE in table.columns) == bool(table.columns)
    assert table.columns or not table.entries
    said: Counter[SourceSpan] = Counter()
    rows = [entry.row for entry in table.entries]
    assert rows == sorted(set(rows))
    for entry in table.entries:
        assert (entry.table, entry.section) == (table.index, table.section)
        assert entry.code.text == entry.code.text.strip() != ""
        cells = {cell.span for cell in table.raw.rows[entry.row].cells}
        assert entry.span == table.raw.rows[entry.row].span
        for field in entry.fields:
            assert field.raw
            assert field.plain == " ".join(field.plain.split())
            check_inlines(field.inlines)
            if field.span in cells:
                _check_text(document, field.raw, field.span)
                said[field.span] += (field.span.line, field.span.column) >= (entry.span.line, entry.span.column)
            else:  # Words of one cell that say what another column would.
                assert any(_inside(field.span, span) for span in cells)
                assert cut(document, field.span) in {field.raw, ""}, field
        for problem in entry.problems:
            _check_place(document, problem.span)
            _check_text(document, problem.text, problem.span)
            said[problem.span] += problem.cells
    whole = Counter(problem.span for problem in table.problems if problem.cells)
    assert not {table.raw.rows[row].span for row in rows} & set(whole)
    filled = {cell.span for row in table.raw.rows for cell in row.cells if cell.text}
    for row in table.raw.rows:
        _check_row(document, row, said, whole, filled)
    for cell in table.raw.header.cells:
        if cell.text:
            _check_text(document, cell.text, cell.span)


def _check_row(
    document: Document, row: RawRow, said: Counter[SourceSpan], whole: Counter[SourceSpan], filled: set[SourceSpan]
) -> None:
    _check_place(document, row.span)
    cells: tuple[RawCell, ...] = (*row.cells, row.after) if row.after else row.cells
    for cell in cells:
        _check_place(document, cell.span)
        if cell.text:
            _check_text(document, cell.text, cell.span)
            if (cell.span.line, cell.span.column) >= (row.span.line, row.span.column):
                assert said[cell.span] + whole[row.span] == 1, cell
        elif cell.span not in filled:  # Else it is a further column of a cell that spans several.
            assert not cut(document, cell.span).strip()


def _check_text(document: Document, text: str, span: SourceSpan) -> None:
    """The words at a place are those written there, but for what parts the lines of a row that is broken."""
    found = cut(document, span)
    if span.line == span.end_line and found != text and "|" in text:
        assert found.split() == text.split() or found.replace(" ", "") == text.replace(" ", "")
    elif found != text:
        assert span.line < span.end_line, (found, text)
        assert _letters(found) == _letters(text)


def _letters(text: str) -> str:
    return re.sub(r"[\s>|]", "", text)


def _inside(inner: SourceSpan, outer: SourceSpan) -> bool:
    return (outer.line, outer.column) <= (inner.line, inner.column) and (inner.end_line, inner.end_column) <= (
        outer.end_line,
        outer.end_column,
    )


def _check_place(document: Document, span: SourceSpan) -> None:
    """A place lies inside its source and does not end before it begins."""
    assert span.path == document.path
    assert (1, 1) <= (span.line, span.column) <= (span.end_line, span.end_column), span
    assert span.end_line <= max(len(document.lines), 1) or (span.end_line, span.end_column) == (
        len(document.lines) + 1,
        1,
    ), span
    for line, column in ((span.line, span.column), (span.end_line, span.end_column)):
        length = len(document.lines[line - 1]) if line <= len(document.lines) else 0
        assert column <= length + 1, span


def check_inlines(inlines: tuple[Inline, ...]) -> None:
    """Nothing empty, no text behind a text, no break at an end or behind a break, white space folded."""
    last: Inline | None = None
    for inline in inlines:
        if isinstance(inline, Break):
            assert last is not None
            assert not isinstance(last, Break)
        elif isinstance(inline, Text):
            assert inline.text
            assert not isinstance(last, Text)
            assert not re.search(r"\s\s|[^\S ]", inline.text), inlines
        last = inline
    assert not isinstance(last, Break)


@cache
def _caches() -> tuple["_lru_cache_wrapper[Any]", ...]:
    found = (one for one in gc.get_objects() if isinstance(one, _lru_cache_wrapper))
    return tuple(one for one in found if (one.__module__ or "").startswith("generator."))


def forget() -> None:
    """Empty every cache of the program, which would answer for the code, and fill the memory of a long run."""
    for one in _caches():
        one.cache_clear()


def check_clean(text: str) -> None:
    """No control characters but line ends and tabs, and what a file in UTF-8 can hold."""
    found = _CONTROLS.search(text)
    assert not found, f"U+{ord(found[0]):04X} at {found.start()}"
    text.encode()
