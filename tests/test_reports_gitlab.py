"""The report for GitLab: the fields that its documentation asks for, and none that it would trip over."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from generator.diagnostics import Severity, State
from generator.reports import Report, gitlab
from tests import once

ROOT = Path(__file__).parent.parent
CASES = Path(__file__).parent / "cases" / "reports"
HOSTILE: list[str] = json.loads((CASES / "hostile.json").read_text(encoding="utf-8"))
# GitLab publishes no schema of the report; this says what its documentation asks for.
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "pattern": r"^[^\n\r]+$"},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "additionalProperties": False,
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./|/)."},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "additionalProperties": False,
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def made(folder: Path, source: str = "docs") -> Report:
    return once.made(folder, source)


@pytest.fixture(scope="module")
def report() -> Report:
    return made(CASES / "mixed")


def body(report: Report) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(gitlab.render(report))
    jsonschema.validate(found, SCHEMA)
    return found


def test_report(report: Report, expect: Callable[[Path, str], None]) -> None:
    expect(CASES / "mixed" / "report.gitlab.json", gitlab.render(report))


@pytest.mark.parametrize("folder", [CASES / "mixed", ROOT / "source_docs"], ids=lambda path: path.name)
def test_what_is_new_and_nothing_else(folder: Path) -> None:
    report = made(folder)
    new = [one for one in report.diagnostics if one.state is State.NEW]
    assert 0 < len(new) < len(report.diagnostics)
    found = body(report)
    assert [one["fingerprint"] for one in found] == [one.fingerprint for one in new]
    # GitLab shows only the first of those that share a fingerprint.
    assert len({one["fingerprint"] for one in found}) == len(found)
    assert [one["location"]["lines"]["begin"] for one in found] == [one.span.line for one in new]


def test_severities(report: Report) -> None:
    each = tuple(
        msgspec.structs.replace(report.diagnostics[0], severity=severity, state=State.NEW) for severity in Severity
    )
    assert [one["severity"] for one in body(msgspec.structs.replace(report, diagnostics=each))] == [
        *("major", "minor", "info"),
    ]


@pytest.mark.parametrize("source", ["docs", "docs/", "./docs", "./docs/"])
def test_paths_do_not_begin_with_a_dot(source: str) -> None:
    assert body(made(CASES / "mixed", source))[0]["location"]["path"] == "docs/en.md"


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words(report: Report, words: str) -> None:
    evil = msgspec.structs.replace(report.diagnostics[0], message=words, hint=words, state=State.NEW)
    found = body(msgspec.structs.replace(report, diagnostics=(evil,)))
    assert len(found) == 1
    assert len(found[0]["description"]) == len(words)


def test_none_and_five_thousand(report: Report) -> None:
    assert gitlab.render(msgspec.structs.replace(report, diagnostics=())) == "[]\n"
    one = next(one for one in report.diagnostics if one.state is State.NEW)
    many = msgspec.structs.replace(report, diagnostics=(one,) * 5000)
    assert len(json.loads(gitlab.render(many))) == 5000
    assert gitlab.render(many) == gitlab.render(many)
