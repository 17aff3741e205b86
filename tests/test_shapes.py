"""Shapes of tables that vendors write: short documents with what a reader finds in them.

Each file of ``cases/shapes`` holds documents, one behind the other: a line ``=== name``, the document, a line ``>>>``
and below it one line for each code (the code, its name, its texts by the initial of their column), then the problems.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import assert_never

import pytest

from generator.coverage import lost
from generator.model import (
    Code,
    CodeList,
    CodeRange,
    Column,
    Document,
    EditionId,
    IntegerCode,
    Locale,
    ProductId,
    SymbolCode,
)
from generator.parse import parse
from generator.sources import decode
from generator.text import visible

FOLDER = Path(__file__).parent / "cases" / "shapes"
UNSEEN = {"{tab}": "\t", "{nbsp}": "\u00a0", "{zwsp}": "\u200b", "{bom}": "\ufeff"}
INITIALS = {
    Column.DESCRIPTION: "D",
    Column.CAUSE: "C",
    Column.SOLUTION: "S",
    Column.CAUSE_AND_SOLUTION: "CS",
    Column.OTHER: "O",
}


def cases() -> Iterator[tuple[str, str, str]]:
    for file in sorted(FOLDER.glob("*.txt")):
        for part in re.split(r"^=== ", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            name, _, rest = part.partition("\n")
            written, _, expected = rest.partition("\n>>>\n")
            for sign, unseen in UNSEEN.items():
                written = written.replace(sign, unseen)
            yield f"{file.stem}: {name}", written + "\n", expected.strip()


CASES = tuple(cases())


def read(text: str) -> Document:
    return parse(decode(text.encode(), ProductId("p"), EditionId("e"), Locale("xx"), "input.md"), {})


def told(document: Document) -> str:
    lines = []
    problems = []
    for table in document.tables:
        for entry in table.entries:
            head = spelled(entry.code) + (f" {visible(entry.name)}" if entry.name else "")
            texts = [f"{INITIALS[field.column]}: {field.plain}" for field in entry.said]
            lines.append(" | ".join([head, *texts]))
            lines += [f"! {problem.kind}: {problem.text}".rstrip() for problem in entry.problems]
        if table.columns:
            problems += [f"! {problem.kind}: {problem.text}" for problem in table.problems]
    problems += [f"! {problem.kind}: {problem.text.strip()}" for problem in document.problems]
    return "\n".join([*lines, *problems])


def spelled(code: Code) -> str:
    match code:
        case IntegerCode(value=value):
            return str(value)
        case SymbolCode(value=symbol):
            return symbol
        case CodeRange(first=first, last=last):
            return f"{first}..{last}"
        case CodeList(values=values):
            return ",".join(map(str, values))
        case _:
            assert_never(code)


@pytest.mark.parametrize(("written", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_reader_finds_the_same(written: str, expected: str) -> None:
    document = read(written)
    assert told(document) == expected
    assert not list(lost([document]))


def test_no_two_cases_share_a_name() -> None:
    assert len({case[0] for case in CASES}) == len(CASES) > 50


def test_two_records_on_one_line_share_the_pipe_between_them() -> None:
    line = "| 1001 | Dry.     |1002 | Hot. |"
    document = read(f"| Code | Description |\n|---|---|\n{line}\n| 1003 | Old. |\n")
    spans = [row.span for row in document.tables[0].raw.rows[:2]]
    assert [line[span.column - 1 : span.end_column - 1] for span in spans] == [
        "| 1001 | Dry.     |",
        "|1002 | Hot. |",
    ]
