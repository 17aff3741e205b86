"""What ``codeglot catalog --coverage`` counts, and that it would notice a cell that is lost or placed twice."""

import json
from pathlib import Path

import msgspec
import pytest

from generator import cli, coverage, pipeline
from generator.model import Document, EditionId, Locale, Problem, ProblemKind, ProductId, SourceSpan
from generator.parse import parse
from generator.sources import decode

TEXT = """# Errors

| Name | Code | Description |
|---|---|---|
| ERR_A | 1001 | Not found. |
| ERR_B | 1002 | Too late. | and more |
| ERR_C | | No number. |

| Size | Colour |
|---|---|
| big | red |
"""


def document(text: str = TEXT) -> Document:
    return parse(decode(text.encode(), ProductId("p"), EditionId("e"), Locale("en"), "p.en.md", ""), {})


def test_every_cell_is_counted_where_it_went() -> None:
    found = coverage.covered(document())
    assert (found.rows, found.entries, found.codes) == (4, 2, 2)
    assert (found.cells, found.placed, found.in_problems) == (11, 6, 5)
    codes, decoy = found.tables
    assert (codes.line, codes.headers, codes.rows, codes.cells, codes.placed) == (
        3,
        ("Name", "Code", "Description"),
        3,
        9,
        6,
    )
    assert [(one.kind, one.cells, one.lines) for one in codes.problems] == [
        (ProblemKind.ROW_WITHOUT_CODE, 2, (7,)),
        (ProblemKind.CELL_OVERFLOW, 1, (6,)),
    ]
    assert (decoy.columns, decoy.cells, decoy.in_problems) == ((), 2, 2)
    assert not list(coverage.lost([document()]))


def test_a_cell_in_no_field_is_lost() -> None:
    whole = document()
    table = whole.sections[0].tables[0]
    entry = msgspec.structs.replace(table.entries[0], fields=table.entries[0].fields[:-1])
    assert [span.line for span in coverage.lost([_with(whole, entry)])] == [5]


def test_a_cell_in_a_field_and_in_a_problem_is_no_account_either() -> None:
    whole = document()
    entry = whole.sections[0].tables[0].entries[0]
    doubled = Problem(ProblemKind.CELL_OVERFLOW, "Not found.", SourceSpan("p.en.md", 5, 18, 5, 28), 1)
    assert [
        span.line for span in coverage.lost([_with(whole, msgspec.structs.replace(entry, problems=(doubled,)))])
    ] == [5]


def test_a_cell_in_two_fields_is_counted_once_and_told() -> None:
    whole = document()
    entry = whole.sections[0].tables[0].entries[0]
    twice = msgspec.structs.replace(entry, fields=(*entry.fields, entry.fields[-1]))
    found = coverage.covered(_with(whole, twice))
    assert found.tables[0].placed == 6
    assert [span.line for span in found.tables[0].lost] == [5]


def _with(whole: Document, entry: object) -> Document:
    section = whole.sections[0]
    table = msgspec.structs.replace(section.tables[0], entries=(entry, *section.tables[0].entries[1:]))
    return msgspec.structs.replace(
        whole, sections=(msgspec.structs.replace(section, tables=(table, *section.tables[1:])), *whole.sections[1:])
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "p.en.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "catalog.toml").write_text(
        'source_locale = "en"\nlocales = ["en"]\n[[products]]\nid = "p"\ntitle = { en = "P" }\n'
        '[[products.editions]]\nid = "current"\ndocuments = { en = "p.en.md" }\n',
        encoding="utf-8",
    )
    return tmp_path


def test_the_command_says_it_to_a_person(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["catalog", "--coverage", "--source", str(folder)]) == 0
    assert capsys.readouterr().out == (
        "p.en.md  (p, current, en)\n"
        "  2 tables, 4 rows, 2 codes; 11 cells: 6 placed, 5 in problems\n"
        "  line 3: pipe, 3 rows, 2 with a code, 6 of 9 cells placed\n"
        "    Name: name, Code: code, Description: description\n"
        "    row without code: 2 cells, line 7\n"
        "    cell overflow: 1 cell, line 6\n"
        "  line 9: pipe, 1 row, 0 with a code, 0 of 2 cells placed\n"
        "    no column holds codes (Size, Colour)\n"
        "    table without codes: 2 cells, line 11\n"
    )


def test_the_command_says_it_to_a_program(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["catalog", "--coverage", "json", "--source", str(folder)]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["path"], found["cells"], found["placed"], found["in_problems"]) == ("p.en.md", 11, 6, 5)
    assert [table["columns"] for table in found["tables"]] == [["name", "code", "description"], []]


def test_a_check_that_lost_a_cell_does_not_pass(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = pipeline.load(folder)
    table = loaded.written.documents[0].sections[0].tables[0]
    broken = _with(loaded.written.documents[0], msgspec.structs.replace(table.entries[0], fields=()))
    catalog = msgspec.structs.replace(loaded.written, documents=(broken,))
    monkeypatch.setattr(pipeline, "load", lambda _folder: msgspec.structs.replace(loaded, written=catalog))
    assert cli.main(["check", "--source", str(folder), "--exit-zero"]) == cli.EXIT_USAGE
    assert "p.en.md:5: a cell is lost or counted twice" in capsys.readouterr().err


def test_nothing_of_the_originals_is_lost() -> None:
    loaded = pipeline.load(Path(__file__).parent.parent / "source_docs")
    assert not list(coverage.lost([*loaded.written.documents, *loaded.corrected.documents]))
