"""The concise report: one line a diagnostic, whatever stands in it, and a last line that counts."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from generator.diagnostics import State
from generator.reports import Report, concise, text
from tests import once

CASES = Path(__file__).parent / "cases" / "reports"
HOSTILE: list[str] = json.loads((CASES / "hostile.json").read_text(encoding="utf-8"))
LINE = re.compile(r"(.+?):(\d+):(\d+): (error|warning|note)\[([A-Z]\d{3})\] (.+) \((very-high|high|medium|low)\)")


@pytest.fixture(scope="module")
def report() -> Report:
    return once.made(CASES / "mixed", "docs")


def test_report(report: Report, expect: Callable[[Path, str], None]) -> None:
    expect(CASES / "mixed" / "report-concise.txt", concise.render(report))


def test_each_new_diagnostic_is_one_line(report: Report) -> None:
    lines = concise.render(report).splitlines()
    new = [one for one in report.diagnostics if one.state is State.NEW]
    assert len(new) < len(report.diagnostics)
    for line, one in zip(lines[:-1], new, strict=True):
        found = LINE.fullmatch(line)
        assert found
        assert found.groups() == (
            *(f"docs/{one.span.path}", str(one.span.line), str(one.span.column)),
            *(one.severity.value, one.rule, one.message, one.precision.value),
        )


def test_last_line_is_that_of_the_text_report(report: Report) -> None:
    assert concise.render(report).splitlines()[-1] == text.render(report).splitlines()[-1]
    clean = msgspec.structs.replace(report, diagnostics=())
    assert (
        concise.render(clean) == "0 errors, 0 warnings, 0 notes; 0 new, 0 known, 0 fixed, 0 suppressed, 0 corrected\n"
    )


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_in_the_data_ends_a_line(report: Report, words: str) -> None:
    one = next(one for one in report.diagnostics if one.state is State.NEW)
    span = msgspec.structs.replace(one.span, path=f"{words}.md")
    evil = msgspec.structs.replace(one, message=words, span=span)
    shown = concise.render(msgspec.structs.replace(report, diagnostics=(evil,)))
    assert shown.count("\n") == len(shown.splitlines()) == 2
    assert LINE.fullmatch(shown.splitlines()[0])
    assert not [mark for mark in shown if mark in "\x1b\x07\x00\x7f\x85\u202e\u2067\r\t"]


def test_words_without_such_marks_stand_as_they_are(report: Report) -> None:
    one = msgspec.structs.replace(report.diagnostics[0], state=State.NEW, message="a|b  `c` שגיאה 👩‍👩‍👧 é")
    assert "] a|b  `c` שגיאה 👩‍👩‍👧 é (" in concise.render(msgspec.structs.replace(report, diagnostics=(one,)))


def test_five_thousand(report: Report) -> None:
    one = next(one for one in report.diagnostics if one.state is State.NEW)
    many = msgspec.structs.replace(report, diagnostics=(one,) * 5000)
    assert concise.render(many).count("\n") == 5001
    assert concise.render(many) == concise.render(many)
