"""Documents to tables: each folder of ``cases/parse`` is one document and what is read from it."""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import assert_never

import pytest

from generator.coverage import counted as account_of
from generator.model import (
    Break,
    Code,
    CodeList,
    CodeRange,
    Column,
    Document,
    EditionId,
    FieldText,
    Inline,
    InlineCode,
    IntegerCode,
    Link,
    Locale,
    Problem,
    ProductId,
    SourceSpan,
    SymbolCode,
    Table,
    TableForm,
    Text,
)
from generator.parse import parse
from generator.parse.pipe import is_delimiter, is_row, split_row
from generator.parse.tags import read_tags
from generator.sources import decode

CASES = sorted(path.parent for path in (Path(__file__).parent / "cases" / "parse").glob("*/input.md"))


def read(data: bytes | str, words: Mapping[Column, Sequence[str]] | None = None) -> Document:
    data = data.encode() if isinstance(data, str) else data
    source = decode(data, ProductId("p"), EditionId("e"), Locale("xx"), "input.md")
    return parse(source, {Locale("xx"): words or {}})


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_case(case: Path, expect: Callable[[Path, str], None]) -> None:
    declared = case / "words.toml"
    words = tomllib.loads(declared.read_text(encoding="utf-8")) if declared.exists() else {}
    document = read((case / "input.md").read_bytes(), {Column(column): tuple(known) for column, known in words.items()})
    expect(case / "expected.txt", described(document))


def test_every_case_has_an_expectation_and_none_is_left_over() -> None:
    folder = Path(__file__).parent / "cases" / "parse"
    known = {"input.md", "expected.txt", "words.toml"}
    for case in folder.iterdir():
        names = {path.name for path in case.iterdir()}
        assert {"input.md", "expected.txt"} <= names <= known, case.name


# The readable form of a document. Every place is line:column of the first and behind the last character.


def described(document: Document) -> str:
    lines = [_problem(problem) for problem in document.problems]
    for section in document.sections:
        lines += [
            "",
            f"section {section.index}, level {section.level}, {_place(section.span)}: {section.title or '(before)'}",
        ]
        lines += [f"  prose: {_inlines(paragraph)}" for paragraph in section.prose]
        for table in section.tables:
            lines += _table(table)
    counted = account_of(document)
    lines += ["", f"{counted.cells} cells = {counted.placed} placed + {counted.in_problems} in problems"]
    assert counted.cells == counted.placed + counted.in_problems
    return "\n".join(lines).lstrip("\n") + "\n"


def _table(table: Table) -> Iterator[str]:
    yield f"  table {table.index}, {table.raw.form}, {_place(table.raw.span)}"
    headers = " | ".join(cell.text for cell in table.raw.header.cells) or "(no header)"
    yield f"    {headers}"
    yield f"    = {' | '.join(table.columns) or '(no codes)'}"
    for entry in table.entries:
        fields = "  ".join(_field(field) for field in entry.fields)
        yield f"    {_code(entry.code)}:  {fields}"
        yield from (f"      {_problem(problem)}" for problem in entry.problems)
    yield from (f"    {_problem(problem)}" for problem in table.problems)


def _field(field: FieldText) -> str:
    text = _inlines(field.inlines)
    if field.column is Column.NAME and text != field.plain:
        text += f" = {field.plain}"
    return f"{field.column}[{_place(field.span)}] {text or '(no words)'}"


def _inlines(inlines: tuple[Inline, ...]) -> str:
    return "".join(_inline(inline) for inline in inlines)


def _inline(inline: Inline) -> str:
    match inline:
        case Text(text=text):
            return text
        case InlineCode(text=text):
            return f"`{text}`"
        case Link(text=text, target=target):
            return f"[{text}]({target})"
        case Break():
            return "⏎"
        case _:
            assert_never(inline)


def _code(code: Code) -> str:
    match code:
        case IntegerCode(value=value):
            return str(value)
        case SymbolCode(text=text):
            return text
        case CodeRange(first=first, last=last):
            return f"{first} to {last}"
        case CodeList(values=values):
            return " and ".join(map(str, values))
        case _:
            assert_never(code)


def _problem(problem: Problem) -> str:
    cells = f", {problem.cells} cells" if problem.cells else ""
    return f"! {problem.kind} [{_place(problem.span)}{cells}] {problem.text}".rstrip()


def _place(span: SourceSpan) -> str:
    end = str(span.end_column) if span.end_line == span.line else f"{span.end_line}:{span.end_column}"
    return f"{span.line}:{span.column}-{end}"


# What a folder shows badly.


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("a<b>c</b>d", ["a", "<b>", "c", "</b>", "d"]),
        ("<!-->x<!--->y<!-- > -->z<!-- open", ["x", "y", "z<!-- open"]),
        ("a < 5 > b", ["a < 5 > b"]),
        ("<a x=\">\" y='>'>q", ["<a>", "q"]),
        ('<a x="nothing closes this>q</a>', ["<a>", "q", "</a>"]),
        ("<a href=x?a='b>c", ["<a>", "c"]),
        ("<script>if (a<b) {}</SCRIPT >x<style>y", ["<script>", "if (a<b) {}", "</script>", "x", "<style>", "y"]),
        ("</>a</ x>b<?p?>c<![CDATA[x]]>", ["a", "b", "c"]),
        ("<TD\nnowrap>x<br/>", ["<td>", "x", "<br>"]),
        ("<td", ["<td"]),
        ("<![", ["<!["]),
        ("", []),
    ],
)
def test_html_is_read_into_tags_and_text(text: str, pieces: list[str]) -> None:
    found = list(read_tags(text))
    shown = [f"<{'/' * piece.closing}{piece.tag}>" if piece.tag else text[piece.start : piece.end] for piece in found]
    assert shown == pieces


def test_html_is_read_between_two_offsets_only() -> None:
    assert [(piece.start, piece.end, piece.tag) for piece in read_tags("<a>b<c>d", 3, 7)] == [(3, 4, ""), (4, 7, "c")]


@pytest.mark.parametrize(
    ("line", "delimiter", "row"),
    [
        ("|---|:-:|", True, True),
        ("--- | ---", True, False),
        ("-", False, False),
        ("---", False, False),
        ("> |---|", True, True),
        ("| a | b |", False, True),
        ("a | b", False, False),
        ("|", False, False),
        ("||", False, True),
        ("> | a |", False, True),
    ],
)
def test_lines_of_a_pipe_table_are_told_apart(line: str, *, delimiter: bool, row: bool) -> None:
    assert (is_delimiter(line), is_row(line)) == (delimiter, row)


@pytest.mark.parametrize(
    ("line", "columns", "cells", "after"),
    [
        ("| a | b |", 2, ["a", "b"], None),
        ("a | b", 2, ["a", "b"], None),
        ("| a | b", 2, ["a", "b"], None),
        ("| a | b | c", 2, ["a", "b"], "c"),
        ("| a | b | c |", 2, ["a", "b", "c"], None),
        ("| a || b |", 3, ["a", "", "b"], None),
        ("| a \\| b | c \\\\|", 2, ["a \\| b", "c \\\\"], None),
        ("|", 2, [""], None),
        ("||", 2, [""], None),
        ("", 2, [], None),
        ("- | a | b |", None, ["a", "b"], None),
        ("- | a | b |", 3, ["-", "a", "b"], None),
    ],
)
def test_a_row_is_split_into_all_its_cells(line: str, columns: int | None, cells: list[str], after: str | None) -> None:
    row = split_row(line, 1, "x.md", columns)
    assert [cell.text for cell in row.cells] == cells
    assert (row.after.text if row.after else None) == after
    assert all(line[cell.span.column - 1 : cell.span.end_column - 1] == cell.text for cell in row.cells)


def test_an_html_table_without_an_end_ends_with_the_text() -> None:
    document = read("<table><tr><td>1</td><td>A_B <table><tr><td>x")
    (table,) = document.tables
    assert table.raw.form is TableForm.HTML
    assert [cell.text for row in table.raw.rows for cell in row.cells] == ["1", "A_B <table><tr><td>x"]


def test_declared_words_come_before_the_usual_ones() -> None:
    text = "| Code | Cause | Meaning |\n|---|---|---|\n| 1 | a | b |\n"
    assert read(text).tables[0].columns == (Column.CODE, Column.CAUSE, Column.DESCRIPTION)
    words = {Column.SOLUTION: ("  CAUSE :",), Column.NAME: ("meaning",)}
    assert read(text, words).tables[0].columns == (Column.CODE, Column.SOLUTION, Column.NAME)


def test_the_second_column_of_one_meaning_is_another() -> None:
    text = "| Code | Description | Meaning |\n|---|---|---|\n| 1 | a | b |\n"
    assert read(text).tables[0].columns == (Column.CODE, Column.DESCRIPTION, Column.OTHER)
