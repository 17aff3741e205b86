"""The report as SARIF: valid against the schema of OASIS, what the schema cannot say, and GitHub's limits."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import jsonschema
import msgspec
import pytest

from generator import addresses, baseline, rules
from generator.diagnostics import Diagnostic, Fix, Severity, State
from generator.reports import Report, sarif
from generator.rules import RULES
from tests import once

ROOT = Path(__file__).parent.parent
CASES = Path(__file__).parent / "cases" / "reports"
HOSTILE: list[str] = json.loads((CASES / "hostile.json").read_text(encoding="utf-8"))
SCHEMA = json.loads((Path(__file__).parent / "schemas" / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
LINK = re.compile(r"\[((?:[^\\\[\]]|\\[\\\[\]])*)\]\(([^)]*)\)")
FOLDERS = [CASES / "mixed", ROOT / "source_docs"]


def made(folder: Path) -> Report:
    return once.made(folder, "docs")


@pytest.fixture(scope="module")
def report() -> Report:
    return made(CASES / "mixed")


def run_of(report: Report, base: str = "") -> dict[str, Any]:
    log = json.loads(sarif.render(report, base))
    jsonschema.Draft7Validator(SCHEMA, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER).validate(log)
    run: dict[str, Any] = log["runs"][0]
    return run


def with_only(report: Report, *diagnostics: Diagnostic) -> Report:
    return msgspec.structs.replace(report, diagnostics=diagnostics)


def places(run: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        one["physicalLocation"]
        for result in run["results"]
        for one in [*result["locations"], *result.get("relatedLocations", ())]
    ]


def test_report(report: Report, expect: Callable[[Path, str], None], monkeypatch: pytest.MonkeyPatch) -> None:
    # A new rule is no reason to read this expectation again.
    fired = {one.rule for one in report.diagnostics}
    monkeypatch.setattr(sarif, "RULES", tuple(rule for rule in RULES if rule.id in fired))
    expect(CASES / "mixed" / "report.sarif", sarif.render(report))


def test_the_schema_can_say_no(report: Report) -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    log = json.loads(sarif.render(report))
    log["runs"][0]["results"][0]["level"] = "fatal"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(log, SCHEMA)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_every_diagnostic_is_a_result(folder: Path) -> None:
    report = made(folder)
    run = run_of(report)
    assert run["columnKind"] == "unicodeCodePoints"
    listed = run["tool"]["driver"]["rules"]
    for result, one in zip(run["results"], report.diagnostics, strict=True):
        assert listed[result["ruleIndex"]]["id"] == result["ruleId"] == one.rule
        assert result["level"] == one.severity
        assert result["message"]["text"].startswith(f"{one.message}.")
        assert result["partialFingerprints"] == {
            "codeglot/v1": one.fingerprint,
            "primaryLocationLineHash": one.fingerprint,
        }
        assert [each["fingerprint"] for each in result["properties"]["explains"]] == [
            each.fingerprint for each in one.explains
        ]
    assert any(one.explains for one in report.diagnostics)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_states_are_said_of_all_results(folder: Path) -> None:
    report = made(folder)
    for result, one in zip(run_of(report)["results"], report.diagnostics, strict=True):
        new = one.state is State.NEW
        assert result["baselineState"] == ("new" if new else "unchanged")
        assert [each["kind"] for each in result["suppressions"]] == ([] if new else ["external"])
        assert all(each["justification"] for each in result["suppressions"])


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_witnesses_are_linked_from_the_message(folder: Path) -> None:
    report = made(folder)
    for result, one in zip(run_of(report)["results"], report.diagnostics, strict=True):
        links = LINK.findall(result["message"]["text"])
        assert [text for text, _ in links] == [f"{each.locale} {each.span.line}" for each in one.related]
        assert [int(target) for _, target in links] == [each["id"] for each in result.get("relatedLocations", ())]
    assert any(one.related for one in report.diagnostics)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_a_region_is_the_place_and_its_snippet_the_words_there(folder: Path) -> None:
    seen = 0
    for place in places(run_of(made(folder))):
        path = unquote(place["artifactLocation"]["uri"]).removeprefix("docs/")
        region = place["region"]
        lines = (folder / path).read_text(encoding="utf-8", errors="replace").split("\n")
        if region["startLine"] == region["endLine"]:
            line = lines[region["startLine"] - 1]
            words = line[region["startColumn"] - 1 : region["endColumn"] - 1]
            assert region.get("snippet", {"text": ""})["text"] == words
            seen += bool(words)
    assert seen


def test_a_snippet_over_several_lines(report: Report) -> None:
    one = report.diagnostics[0]
    span = msgspec.structs.replace(one.span, path="en.md", line=1, column=4, end_line=3, end_column=7)
    region = places(run_of(with_only(report, msgspec.structs.replace(one, span=span, related=()))))[0]["region"]
    assert region["snippet"]["text"] == "Pumps\n\n| Name"


def test_all_rules_are_listed_fired_or_not(report: Report) -> None:
    listed = run_of(with_only(report))["tool"]["driver"]["rules"]
    assert [one["id"] for one in listed] == [rule.id for rule in RULES] == sorted(one["id"] for one in listed)
    for one, rule in zip(listed, RULES, strict=True):
        assert one["shortDescription"]["text"] == f"{rule.summary}."
        assert one["fullDescription"]["text"].startswith(one["shortDescription"]["text"])
        assert len(one["fullDescription"]["text"]) > len(rule.summary) + 20
        assert "#" not in one["help"]["text"].split("\n")[2]
        assert "```" not in one["help"]["text"]
        assert "## How to fix" in one["help"]["markdown"]
        assert one["defaultConfiguration"]["level"] == rule.severity
        assert one["properties"]["precision"] == rule.precision
        assert 0 < len(one["properties"]["tags"]) <= 10
        assert "helpUri" not in one


def test_long_descriptions_are_cut_between_words(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    docs = f"Title.\n\n## What it does\n\n{'слово ' * 400}\n\n## Why it matters\n\nx\n"
    monkeypatch.setattr(sarif, "RULES", tuple(msgspec.structs.replace(rule, docs=docs) for rule in RULES))
    for one in run_of(report)["tool"]["driver"]["rules"]:
        description = one["fullDescription"]["text"]
        assert 1000 < len(description) <= 1024
        assert description.endswith("слово…")


@pytest.mark.parametrize("base", ["https://docs.invalid/codes", "https://docs.invalid/codes/"])
def test_help_is_the_page_of_the_rule(report: Report, base: str) -> None:
    for one in run_of(report, base)["tool"]["driver"]["rules"]:
        assert one["helpUri"] == f"https://docs.invalid/codes/{addresses.rule_path(one['id'])}"


def test_a_crashed_rule_is_no_successful_run(report: Report) -> None:
    assert run_of(report)["invocations"] == [{"executionSuccessful": True}]
    crash = msgspec.structs.replace(report.diagnostics[0], rule=rules.INTERNAL_ERROR, explains=())
    assert run_of(with_only(report, crash))["invocations"] == [{"executionSuccessful": False}]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words(report: Report, words: str) -> None:
    one = next(one for one in report.diagnostics if one.related)
    span = msgspec.structs.replace(one.span, path=f"a b/{words}")
    related = (msgspec.structs.replace(one.related[0], text=words, span=span),)
    evil = msgspec.structs.replace(one, message=words, hint=words, related=related, span=span)
    result = run_of(with_only(report, evil))["results"][0]
    text = result["message"]["text"]
    # No link but our own, no placeholder, no lines but our own.
    assert LINK.findall(text) == [(f"{related[0].locale} {related[0].span.line}", "1")]
    assert not re.search(r"(?<!\{)(?:\{\{)*\{\d+\}", text)
    assert len(text.splitlines()) == 3
    for place in places({"results": [result]}):
        uri = place["artifactLocation"]["uri"]
        assert re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", uri)
        assert unquote(uri) == f"docs/a b/{words}"
        assert urlsplit(uri)[:2] == ("", "")


def test_brackets_in_the_text_of_a_link_are_escaped(report: Report) -> None:
    one = next(one for one in report.diagnostics if one.related)
    related = (msgspec.structs.replace(one.related[0], locale="x[\\]"),)
    text = run_of(with_only(report, msgspec.structs.replace(one, related=related)))["results"][0]["message"]["text"]
    assert f"[x\\[\\\\\\] {one.related[0].span.line}](1)" in text


def test_a_file_name_that_is_no_utf_8(report: Report) -> None:
    odd = msgspec.structs.replace(report, source=b"d\xff".decode(errors="surrogateescape"))
    assert places(run_of(odd))[0]["artifactLocation"]["uri"].startswith("d%FF/")


def test_five_thousand(report: Report) -> None:
    many = with_only(report, *report.diagnostics * 1250)
    assert len(many.diagnostics) == 5000
    assert len(json.loads(sarif.render(many))["runs"][0]["results"]) == 5000
    assert sarif.render(many) == sarif.render(many)


def test_of_too_many_those_that_matter_least_are_left_out(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST_RESULTS", 3)
    corrected = next(one for one in report.diagnostics if one.state is State.CORRECTED)
    error, warning, note = (
        msgspec.structs.replace(corrected, severity=severity, state=State.NEW) for severity in Severity
    )
    run = run_of(with_only(report, corrected, error, warning, note))
    assert [one["level"] for one in run["results"]] == ["error", "warning", "note"]
    assert run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].startswith("1 ")


# Fixes, and what is gone.


def test_a_safe_change_is_a_fix(report: Report) -> None:
    first = report.diagnostics[0]
    span = msgspec.structs.replace(first.span, path="a b.md", line=4, column=3, end_line=4, end_column=6)
    fixed = msgspec.structs.replace(first, fix=Fix(span, "x{y}"))
    taken = msgspec.structs.replace(first, fix=Fix(span, ""))
    results = run_of(with_only(report, fixed, taken, first))["results"]
    [fix] = results[0]["fixes"]
    assert fix["artifactChanges"] == [
        {
            "artifactLocation": {"uri": "docs/a%20b.md"},
            "replacements": [
                {
                    "deletedRegion": {"startLine": 4, "startColumn": 3, "endLine": 4, "endColumn": 6},
                    "insertedContent": {"text": "x{y}"},
                }
            ],
        }
    ]
    assert results[1]["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"] == {"text": ""}
    assert "fixes" not in results[2]


def test_one_defect_in_many_rows_is_many_results(report: Report) -> None:
    same = [
        msgspec.structs.replace(report.diagnostics[0], cluster="a", fingerprint=f"K203:{number:016x}:0")
        for number in range(3)
    ]
    assert len(run_of(with_only(report, *same))["results"]) == 3


def test_what_is_gone_from_the_baseline_is_absent(tmp_path: Path) -> None:
    known = once.checked(CASES / "mixed")
    opened = [one for one in known if one.state is State.NEW]
    (tmp_path / "known.json").write_text(baseline.text(opened), encoding="utf-8")
    entries = baseline.read(tmp_path / "known.json", tmp_path)
    compared = baseline.apply(opened[1:], entries)
    gone = compared.absent
    assert [one.fingerprint for one in gone] == [opened[0].fingerprint]
    report = msgspec.structs.replace(made(CASES / "mixed"), diagnostics=compared.diagnostics, absent=gone)
    results = run_of(report)["results"]
    absent = [one for one in results if one["baselineState"] == "absent"]
    [result] = absent
    assert (result["ruleId"], result["level"]) == (opened[0].rule, opened[0].severity)
    assert result["message"]["text"].startswith(opened[0].message.replace("{", "{{"))
    # Whoever reads no baseline states is told that nothing is left to do, and gets the place that a result needs.
    assert result["suppressions"][0]["justification"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "docs/known.json"
    line = (tmp_path / "known.json").read_text(encoding="utf-8").splitlines()[place["region"]["startLine"]]
    assert opened[0].fingerprint in line
    # GitHub closes an alert whose fingerprint is no longer sent.
    assert "primaryLocationLineHash" not in result["partialFingerprints"]


def test_a_rule_that_is_gone_has_no_index(report: Report) -> None:
    old = msgspec.structs.replace(report.diagnostics[0], rule="Q999")
    [result] = run_of(msgspec.structs.replace(report, diagnostics=(), absent=(old,)))["results"]
    assert (result["ruleId"], "ruleIndex" in result) == ("Q999", False)


def test_reasons_are_those_people_gave(report: Report) -> None:
    first = msgspec.structs.replace(report.diagnostics[0], state=State.SUPPRESSED)
    told = msgspec.structs.replace(with_only(report, first), reasons={first.fingerprint: "Not sold there."})
    [result] = run_of(told)["results"]
    assert result["suppressions"] == [{"kind": "external", "justification": "Not sold there."}]
