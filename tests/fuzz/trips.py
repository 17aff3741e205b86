"""Fuzz targets: there and back, from a catalog to its text as :mod:`tests.fuzz.writer` writes it and again to one."""

from typing import Any, Final

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generator.model import (
    Break,
    Canonical,
    Column,
    Document,
    Inline,
    InlineCode,
    Link,
    Table,
    TableForm,
    Text,
    canonical,
)
from generator.parse.inline import plain
from tests.fuzz import checks, writer

Said = list[tuple[tuple[Column, ...], list[tuple[str, Canonical, tuple[tuple[Column, str, tuple[Inline, ...]], ...]]]]]
"""Of each table its columns and its entries: the code's kind and value, and what stands under which column."""


def said(document: Document) -> Said:
    """What the tables of a document say, wherever they stand."""
    return [
        (
            table.columns,
            [
                (
                    type(entry.code).__name__,
                    canonical(entry.code),
                    tuple((field.column, field.plain, field.inlines) for field in entry.fields),
                )
                for entry in table.entries
            ],
        )
        for table in document.tables
    ]


def trip(data: bytes) -> None:
    """A document written anew in its own forms, or all in one of them, says the same."""
    found = checks.read(data)
    # Of codes outside tables it is known what their columns mean; a table's headers and cells might say otherwise.
    # What is mended reads as if written so, and may then show more than could be told before.
    if not found.tables or any(table.raw.form not in writer.WRITTEN or _is_mended(table) for table in found.tables):
        return
    before = said(found)
    for form in (None, TableForm.HTML if len(data) % 2 else TableForm.PIPE):
        if form is TableForm.HTML and not _may_be_html(found):
            continue
        try:
            text = writer.document(found, form)
        except writer.InexpressibleError:
            continue
        again = checks.read(text)
        checks.check_document(again)
        if any(table.raw.form not in writer.WRITTEN for table in again.tables):
            return  # Only tables and headings are written; without the text between them headings may read as codes.
        assert said(again) == before, text


def _is_mended(table: Table) -> bool:
    """Whether rows of a pipe table were joined, parted, filled from above, or one of them found to be the header."""
    raw, lines = table.raw, [row.span.line for row in table.raw.rows]
    return raw.form is TableForm.PIPE and (
        raw.header.span.line != raw.span.line
        or not raw.header.cells
        or not all(row.cells for row in raw.rows)
        or len(set(lines)) < len(lines)
        or any(row.span.line < row.span.end_line for row in raw.rows)
        or any(cell.span.line < row.span.line for row in raw.rows for cell in row.cells)
    )


def _may_be_html(document: Document) -> bool:
    """Whether every header has words and no digits, by which a first row of cells is known for one, and no row more.

    Text behind the last pipe of a row is no cell of it; HTML knows no such thing.
    """
    headers = ["".join(cell.text for cell in table.raw.header.cells) for table in document.tables]
    return all(any(map(str.isalpha, header)) and not any(map(str.isdigit, header)) for header in headers) and not any(
        row.after for table in document.tables for row in (table.raw.header, *table.raw.rows)
    )


HEADERS: Final = {
    Column.CODE: ("Error code", "错误码", "에러 코드"),
    Column.NAME: ("Name", "名称", "이름"),
    Column.DESCRIPTION: ("Description", "含义", "설명"),
    Column.CAUSE: ("Cause", "原因", "원인"),
    Column.SOLUTION: ("Solution", "解决方案", "솔루션"),
    Column.CAUSE_AND_SOLUTION: ("Cause and solution", "原因及解决方案", "원인 및 솔루션"),
}
_LETTERS: Final = st.one_of(
    st.sampled_from(
        [*"abcXYZ019.,:;!?'\"|\\`*_~<>&[](){}#+-=/@^%$码は오é", "\\|", "](", "<b>", "&amp;", "&#10;", "<!--", "\u200b"]
    ),
    st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]),
)
_WORD: Final = st.lists(_LETTERS, min_size=1, max_size=6).map("".join).filter(lambda word: not word.isspace())
_WORDS: Final = st.lists(_WORD, min_size=1, max_size=4).map(" ".join)
_INLINE_CODE: Final = _WORDS.filter(lambda text: "\\|" not in text).map(InlineCode)
_LINK: Final = st.builds(
    Link, _WORDS, st.one_of(_WORD, st.sampled_from(["/a/b?x=1&y=2", "https://h.example/#a", "a b"]))
)


@st.composite
def _line(draw: Any) -> tuple[Inline, ...]:
    """Words, code and links on one line; a space may stand at an edge of the words that is none of the line."""
    pieces: list[Inline] = []
    atoms = draw(st.lists(st.one_of(_INLINE_CODE, _LINK), max_size=2))
    for number in range(len(atoms) + 1):
        if draw(st.booleans()) or not atoms:
            left = " " if number and draw(st.booleans()) else ""
            right = " " if number < len(atoms) and draw(st.booleans()) else ""
            pieces.append(Text(f"{left}{draw(_WORDS)}{right}"))
        pieces += atoms[number : number + 1]
    return tuple(pieces)


def _with_breaks(lines: list[tuple[Inline, ...]]) -> tuple[Inline, ...]:
    joined: tuple[Inline, ...] = ()
    for line in lines:
        joined += (Break(), *line) if joined else line
    return joined


def _is_quoted(inlines: tuple[Inline, ...]) -> bool:
    text = plain(inlines)
    return len(text) > 1 and text[0] == text[-1] == '"'


_TEXT: Final = st.lists(_line(), min_size=1, max_size=3).map(_with_breaks).filter(lambda text: not _is_quoted(text))
_NAME: Final = st.from_regex(r"[A-Z]{2,4}_[A-Z]{2,5}(_[A-Z0-9]{1,4})?", fullmatch=True)
_CODES: Final = (
    st.integers(1, 2**31).map(str),
    st.integers(-(2**31), -1).map(str),
    st.integers(16, 2**31).map(hex),
    st.from_regex(r"[A-Z]{2,4}:[0-9]{4}", fullmatch=True),
    st.from_regex(r"[A-Z][a-z]{2,6}[A-Z][a-z]{2,6}\.[A-Z][a-z]{2,6}", fullmatch=True),
)
Row = dict[Column, tuple[Inline, ...]]


@st.composite
def tables(draw: Any) -> tuple[list[Column], int, list[Row]]:
    """A table of codes: its columns, which language its headers are in, and its rows; codes of one kind in each."""
    texts = draw(
        st.sampled_from(
            [
                (Column.DESCRIPTION,),
                (Column.DESCRIPTION, Column.CAUSE, Column.SOLUTION),
                (Column.DESCRIPTION, Column.CAUSE_AND_SOLUTION),
                (Column.CAUSE, Column.SOLUTION),
            ]
        )
    )
    columns = draw(st.permutations([Column.CODE, *draw(st.sampled_from([(), (Column.NAME,)])), *texts]))
    codes = draw(st.lists(draw(st.sampled_from(_CODES)), min_size=1, max_size=5))
    rows = []
    for code in codes:
        row: Row = {Column.CODE: (Text(code),)}
        for column in columns:
            if column is Column.NAME:
                row[column] = (Text(draw(_NAME)),)
            elif column is not Column.CODE and draw(st.integers(0, 4)):
                row[column] = draw(_TEXT)
        rows.append(row)
    return list(columns), draw(st.integers(0, 2)), rows


def check_table(made: tuple[list[Column], int, list[Row]], form: TableForm) -> None:
    """What is written is read again: codes, columns, words and markup."""
    columns, language, rows = made
    header: list[tuple[Inline, ...]] = [(Text(HEADERS[column][language]),) for column in columns]
    cells = [[row.get(column, ()) for column in columns] for row in rows]
    text = writer.as_html(header, cells) if form is TableForm.HTML else writer.as_pipes(header, cells)
    found = checks.read(text)
    checks.check_document(found)
    (table,) = found.tables
    assert list(table.columns) == columns, text
    assert [{field.column: field.inlines for field in entry.fields} for entry in table.entries] == rows, text
    for entry, row in zip(table.entries, rows, strict=True):
        assert entry.code.text == plain(row[Column.CODE])
        assert [field.plain for field in entry.fields] == [plain(row[column]) for column in columns if column in row]


@settings(
    max_examples=40,
    deadline=None,
    database=None,
    derandomize=True,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)
@given(tables(), st.sampled_from([TableForm.PIPE, TableForm.HTML]))
def check_tables(made: tuple[list[Column], int, list[Row]], form: TableForm) -> None:
    """Any table of codes, in either form."""
    check_table(made, form)


def catalog(data: bytes) -> None:
    """A table of codes, made from the bytes that a coverage-guided fuzzer gives."""
    fuzzed: Any = check_tables
    fuzzed.hypothesis.fuzz_one_input(data)
