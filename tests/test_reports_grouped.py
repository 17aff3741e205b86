"""One defect in many rows as one line, what is of low precision, and what the glossary has no words for."""

import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from generator import cli, pipeline
from generator.diagnostics import Diagnostic, Precision, Severity, State
from generator.grouped import grouped
from generator.model import Column, EditionId, Locale, ProductId, SourceSpan
from generator.reports import Report, concise, github, markdown, sarif, text
from generator.reports import json as json_report
from tests import once

CASE = Path(__file__).parent / "cases" / "reports" / "mixed"


def told(line: int, cluster: str = "", path: str = "en.md", **more: object) -> Diagnostic:
    one = Diagnostic(
        rule="G701",
        name="misspelling",
        severity=Severity.WARNING,
        precision=Precision.HIGH,
        span=SourceSpan(path, line, 3, line, 7),
        product=ProductId("onsen"),
        edition=EditionId("current"),
        locale=Locale("en"),
        message=f"“vavle” in line {line}",
        field=Column.CAUSE,
        cluster=cluster,
        fingerprint=f"G701:{line:016x}:0",
    )
    return msgspec.structs.replace(one, **more)


def report(*diagnostics: Diagnostic, **more: object) -> Report:
    made = Report(once.loaded(CASE).written, diagnostics, "docs")
    return msgspec.structs.replace(made, **more)


@pytest.mark.parametrize(
    ("diagnostics", "counts"),
    [
        ([], []),
        ([told(5), told(6)], [1, 1]),
        ([told(5, "a"), told(6, "a"), told(7, "b"), told(8, "a")], [3, 1]),
        ([told(5, "a"), told(5, "a", path="ja.md")], [1, 1]),
        ([told(5, "a"), told(6, "a", rule="G705")], [1, 1]),
        ([told(5, "a"), told(6, "a", field=Column.SOLUTION)], [1, 1]),
        ([told(5, "a"), told(6, "a", severity=Severity.NOTE)], [1, 1]),
        ([told(5, "a"), told(6, "a", state=State.KNOWN)], [1, 1]),
    ],
)
def test_the_same_is_one(diagnostics: list[Diagnostic], counts: list[int]) -> None:
    groups = grouped(diagnostics)
    assert [group.count for group in groups] == counts
    assert sorted(one.span.line for group in groups for one in (group.first, *group.rest)) == sorted(
        one.span.line for one in diagnostics
    )


def test_places_are_named_until_they_are_too_many() -> None:
    few, many = (grouped([told(line, "a") for line in range(5, 5 + count)])[0] for count in (3, 20))
    assert few.also == "6, 7"
    assert many.also == "6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17 and 7 more"
    assert grouped([told(5, "a"), told(5, "a", message="again")])[0].also == "5"
    assert grouped([told(5)])[0].also == ""


PEOPLE: dict[str, Callable[[Report], str]] = {
    "text": text.render,
    "concise": concise.render,
    "github": github.render,
    "markdown": markdown.render,
    "html": pipeline.report_page,
}


@pytest.mark.parametrize("form", PEOPLE)
def test_people_read_it_once(form: str) -> None:
    said = PEOPLE[form](report(*(told(line, "a") for line in (5, 6, 7))))
    assert said.count("“vavle”") == 1
    assert "6, 7" in said
    assert form == "concise" or "3 places" in said


def test_programs_read_every_one() -> None:
    made = report(*(told(line, "a") for line in (5, 6, 7)))
    items = json.loads(json_report.render(made))["diagnostics"]
    assert [(one["line"], one["cluster"]) for one in items] == [(5, "a"), (6, "a"), (7, "a")]
    assert len(json.loads(sarif.render(made))["runs"][0]["results"]) == 3


def test_every_place_counts() -> None:
    made = report(*(told(line, "a") for line in (5, 6, 7)))
    assert made.counts.warnings == made.counts.new == 3
    assert text.render(made).splitlines()[-1].startswith("0 errors, 3 warnings, ")


def test_a_settled_group_says_so() -> None:
    made = report(*(told(line, "a", state=State.KNOWN) for line in (5, 6)))
    assert "vavle" not in text.render(made)
    assert "(high, known, 2 places)" in text.render(made, every=True)


# What is of low precision.


def rule_of_low_precision(monkeypatch: pytest.MonkeyPatch) -> None:
    def check(_loaded: object) -> tuple[Diagnostic, ...]:
        return (
            told(5, severity=Severity.ERROR, precision=Precision.LOW),
            told(6, precision=Precision.LOW),
            told(7),
        )

    monkeypatch.setattr(pipeline, "check", check)


def test_what_is_of_low_precision_is_counted_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    rule_of_low_precision(monkeypatch)
    listed = tmp_path / "report.json"
    assert cli.main(["check", "--source", str(CASE), "--output", f"json={listed}"]) == cli.EXIT_CLEAN
    lines = capsys.readouterr().out.splitlines()
    assert lines[-2] == "2 of low precision left out; --pedantic shows them"
    assert lines[-1].startswith("0 errors, 1 warning, 0 notes; 1 new,")
    body = json.loads(listed.read_text(encoding="utf-8"))
    assert ([one["line"] for one in body["diagnostics"]], body["hidden"]) == ([7], 2)


def test_pedantic_reports_it_and_fails_by_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rule_of_low_precision(monkeypatch)
    assert cli.main(["check", "--source", str(CASE), "--pedantic"]) == cli.EXIT_NEW
    out = capsys.readouterr().out
    assert "left out" not in out
    assert out.splitlines()[-1].startswith("1 error, 2 warnings, 0 notes; 3 new,")


# What nobody can speak of.


def test_locales_without_words_are_named() -> None:
    made = report(without_words=((Locale("ja"), ("G701", "T603")), (Locale("en"), ("T606",))))
    said = text.render(made).splitlines()
    assert said[-3:-1] == ["ja: the glossary lacks words for G701, T603", "en: the glossary lacks words for T606"]
    assert json.loads(json_report.render(made))["without_words"] == {"ja": ["G701", "T603"], "en": ["T606"]}
    assert "ja: the glossary lacks words for G701, T603" in pipeline.report_page(made)
