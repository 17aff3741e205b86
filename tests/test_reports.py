"""The reports: one set of diagnostics in every format, excerpts by display width, the published schema."""

import json as standard_json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jsonschema
import msgspec
import pytest
from wcwidth import wcswidth

from generator.diagnostics import Severity, State
from generator.reports import Report, json, text
from generator.reports.excerpt import cut, shorten
from generator.text import columns
from tests import once

TESTS = Path(__file__).parent
ROOT = TESTS.parent
CASES = TESTS / "cases" / "reports"
FOLDERS = sorted(path.parent for path in CASES.glob("*/catalog.toml"))
RULE_CASES = sorted(path.parent for path in (TESTS / "cases" / "rules").glob("*/*/catalog.toml"))
SCHEMA = ROOT / "generator" / "schemas" / "report.schema.json"

FORMATS: dict[str, Callable[[Report], str]] = {
    "report.txt": text.render,
    "report-corrected.txt": lambda report: text.render(report, every=True),
    "report-colour.txt": lambda report: text.render(report, colour=True),
    "report-narrow.txt": lambda report: text.render(report, every=True, width=48),
    "report.json": json.render,
}


def made(folder: Path, source: str = "docs") -> Report:
    return once.made(folder, source)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_format(folder: Path, form: str, expect: Callable[[Path, str], None]) -> None:
    expect(folder / form, FORMATS[form](made(folder)))


# Text.


def test_text_without_colour_holds_no_control_characters() -> None:
    for folder in (*FOLDERS, ROOT / "source_docs"):
        report = text.render(made(folder), every=True)
        assert not [mark for mark in report if mark != "\n" and not mark.isprintable()]


def test_text_keeps_to_its_width() -> None:
    for width in (48, 100):
        report = text.render(made(ROOT / "source_docs"), every=True, width=width)
        excerpts = [line.split("│ ", 1)[1] for line in report.splitlines() if "│ " in line]
        assert excerpts
        assert max(map(wcswidth, excerpts)) <= width


def test_carets_stand_below_their_words() -> None:
    lines = text.render(made(ROOT / "source_docs"), every=True).splitlines()
    at = next(index for index, line in enumerate(lines) if "row is listed as 8195" in line)
    caret = lines[at + 2].index("^")
    assert lines[at + 1][caret : caret + 4] == "8195"
    assert lines[at + 2][caret:].startswith("^^^^ expected 8196")


def test_last_line_counts_what_is_new() -> None:
    report = made(FOLDERS[0])
    counts = report.counts
    assert counts.new == counts.errors + counts.warnings + counts.notes
    assert counts.new + counts.corrected == len(report.diagnostics)
    word = "error" if counts.errors == 1 else "errors"
    last = text.render(report).splitlines()[-1]
    assert last.startswith(f"{counts.errors} {word}, ")
    assert last.endswith(f"{counts.new} new, 0 known, 0 fixed, 0 suppressed, {counts.corrected} corrected")


def test_only_new_diagnostics_fail() -> None:
    originals = made(ROOT / "source_docs")
    errors = tuple(one for one in originals.diagnostics if one.severity is Severity.ERROR)
    settled = tuple(one for one in errors if one.state is State.CORRECTED)
    warnings = tuple(one for one in originals.diagnostics if one.severity is Severity.WARNING)
    assert 0 < len(settled) < len(errors)
    assert originals.fails(Severity.ERROR)
    without = msgspec.structs.replace(originals, diagnostics=(*settled, *warnings))
    assert not without.fails(Severity.ERROR)
    assert without.fails(Severity.WARNING)
    assert made(FOLDERS[0]).fails()


# Excerpts.


@pytest.mark.parametrize(
    ("line", "place", "text_", "indent", "marks"),
    [
        ("| 8195 | x |", (2, 6), "| 8195 | x |", 2, 4),
        # Two columns for each wide character, before the place and in it.
        ("| 错误 | 8195 |", (7, 11), "| 错误 | 8195 |", 9, 4),
        ("| 错误 | x |", (2, 4), "| 错误 | x |", 2, 4),
        # A combining mark takes no column of its own.
        ("| e\u0301 | 7 |", (7, 8), "| e\u0301 | 7 |", 6, 1),
        # An empty cell is marked by one column, where it begins.
        ("| a |    | b |", (5, 9), "| a |    | b |", 5, 1),
        ("a\tb", (2, 3), "a b", 2, 1),
        ("a\x1b[31mb", (0, 1), "a\ufffd[31mb", 0, 1),
        ("", (0, 0), "", 0, 1),
    ],
)
def test_cut(line: str, place: tuple[int, int], text_: str, indent: int, marks: int) -> None:
    excerpt = cut(line, *place, width=40)
    assert (excerpt.text, excerpt.indent, excerpt.marks) == (text_, indent, marks)


def test_cut_begins_a_long_line_with_the_cell_meant() -> None:
    line = f"| {'N' * 60} | 8195 | {'word ' * 40}|"
    start = line.index("8195")
    excerpt = cut(line, start, start + 4, width=60)
    assert excerpt.text.startswith("… | 8195 | word")
    assert excerpt.text.endswith("word …")
    assert excerpt.text[excerpt.indent : excerpt.indent + 4] == "8195"
    assert columns(excerpt.text) <= 60


@pytest.mark.parametrize("width", range(20, 90, 7))
@pytest.mark.parametrize("at", range(0, 120, 9))
def test_cut_always_shows_its_place(width: int, at: int) -> None:
    line = "".join("字" if index % 3 else "a" for index in range(120))
    excerpt = cut(line, at, at + 3, width=width)
    assert columns(excerpt.text) <= width
    assert excerpt.marks >= 1
    before, used = 0, 0
    while used < excerpt.indent:
        used += columns(excerpt.text[before])
        before += 1
    assert excerpt.text[before] == line[at]


def test_shorten() -> None:
    assert shorten("one two\nthree", 40) == "one two three"
    assert shorten("one two three", 9) == "one two …"
    assert columns(shorten("字" * 40, 21)) <= 21


# JSON.


@pytest.fixture(scope="module")
def published() -> jsonschema.Draft202012Validator:
    schema = standard_json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_schema_is_the_one_published(expect: Callable[[Path, str], None]) -> None:
    expect(SCHEMA, standard_json.dumps(json.schema(), indent=2) + "\n")


@pytest.mark.parametrize(
    "folder", [*FOLDERS, *RULE_CASES, ROOT / "source_docs"], ids=lambda path: "-".join(path.parts[-2:])
)
def test_json_is_valid(published: jsonschema.Draft202012Validator, folder: Path) -> None:
    published.validate(standard_json.loads(json.render(made(folder))))


def test_json_of_the_originals() -> None:
    body = standard_json.loads(json.render(made(ROOT / "source_docs", "source_docs")))
    assert list(body) == ["schema_version", "accounting", "diagnostics", "hidden", "without_words"]
    upload = next(one for one in body["diagnostics"] if one["rule"] == "K204" and one["code"] == "8195")
    assert list(upload) == [
        *("rule", "name", "severity", "precision", "file", "line", "column", "end_line", "end_column"),
        *("product", "edition", "locale", "code", "section", "field", "message", "hint", "related", "explains"),
        *("cluster", "fix", "fingerprint", "state"),
    ]
    assert (upload["file"], upload["line"], upload["state"]) == ("source_docs/gme/current/en.md", 309, "corrected")
    assert upload["related"][0]["file"] == "source_docs/gme/current/zh.md"
    assert [one["rule"] for one in upload["explains"]] == ["K201", "K203", "K206", "E807"]
    assert body["accounting"]["rows"] == 444
    assert body["accounting"]["cells"] == body["accounting"]["placed"] + body["accounting"]["in_problems"]


def test_json_is_the_same_under_any_hash_seed() -> None:
    program = (
        "import sys; from pathlib import Path; from generator import pipeline, rules;"
        "from generator.reports import Report, json;"
        "loaded = pipeline.load(Path(sys.argv[1]));"
        "found = pipeline.check(loaded);"
        "sys.stdout.buffer.write(json.render(Report(loaded.written, found)).encode())"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program, str(ROOT / "source_docs")],
            check=True,
            capture_output=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert outputs != {b""}


@pytest.mark.parametrize(
    ("source", "file"), [("", "a/b.md"), (".", "a/b.md"), ("docs/", "docs/a/b.md"), ("/x", "/x/a/b.md")]
)
def test_paths_are_as_the_reader_names_the_folder(source: str, file: str) -> None:
    report = made(FOLDERS[0], source)
    assert report.file(report.diagnostics[0].span.__class__("a/b.md", 1, 1, 1, 1)) == file
