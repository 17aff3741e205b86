"""The report as annotations: GitHub's own form, its limits, nothing in the data that ends a command early."""

import re
from pathlib import Path

import msgspec
import pytest

from generator.diagnostics import Severity, State
from generator.reports import Report, github
from tests import once

ROOT = Path(__file__).parent.parent
COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


@pytest.fixture(scope="module")
def report() -> Report:
    return once.made(ROOT / "source_docs", "source_docs")


def test_each_new_diagnostic_is_one_command_at_its_place(report: Report) -> None:
    new = [one for one in report.diagnostics if one.state is State.NEW]
    # Each rule's first of a severity, as many as GitHub shows.
    kinds = {severity: {one.rule: one for one in new[::-1] if one.severity is severity} for severity in Severity}
    few = [one for severity in Severity for one in sorted(kinds[severity].values(), key=new.index)[:10]]
    lines = github.render(msgspec.structs.replace(report, diagnostics=tuple(few))).splitlines()
    assert len(lines) == len(few) > 20
    for line, diagnostic in zip(lines, few, strict=True):
        found = COMMAND.fullmatch(line)
        assert found
        properties = dict(pair.split("=", 1) for pair in found[2].split(","))
        assert properties["file"] == f"source_docs/{diagnostic.span.path}"
        assert properties["line"] == str(diagnostic.span.line)
        assert properties["col"] == str(diagnostic.span.column)
        assert properties["title"] == f"{diagnostic.rule} {diagnostic.name}"
        assert found[3].split("%0A")[0].replace("%25", "%") == diagnostic.message


def test_what_errata_settle_is_no_annotation(report: Report) -> None:
    corrected = tuple(one for one in report.diagnostics if one.state is State.CORRECTED)
    assert corrected
    assert github.render(msgspec.structs.replace(report, diagnostics=corrected)) == ""


@pytest.mark.parametrize(("count", "lines", "more"), [(10, 10, 0), (11, 10, 2), (200, 10, 191)])
def test_of_too_many_the_last_says_how_many_more(report: Report, count: int, lines: int, more: int) -> None:
    one = msgspec.structs.replace(report.diagnostics[0], severity=Severity.ERROR, state=State.NEW, cluster="")
    shown = github.render(msgspec.structs.replace(report, diagnostics=(one,) * count)).splitlines()
    assert len(shown) == lines
    assert shown[-1].endswith(f"{more} more of this kind; the log has them all") == bool(more)


def test_errors_come_before_warnings(report: Report) -> None:
    warning, error = (
        msgspec.structs.replace(report.diagnostics[0], severity=severity, state=State.NEW)
        for severity in (Severity.WARNING, Severity.ERROR)
    )
    shown = github.render(msgspec.structs.replace(report, diagnostics=(warning, error))).splitlines()
    assert [line.split()[0] for line in shown] == ["::error", "::warning"]


def test_nothing_in_the_data_ends_a_command_early(report: Report) -> None:
    evil = msgspec.structs.replace(
        report.diagnostics[0],
        state=State.NEW,
        message="50% of a::b\r\n::error::forged",
        hint="a, b: c",
        span=msgspec.structs.replace(report.diagnostics[0].span, path="a,b:c%.md"),
    )
    shown = github.render(msgspec.structs.replace(report, diagnostics=(evil,)))
    assert shown.count("\n") == 1
    assert "file=source_docs/a%2Cb%3Ac%25.md," in shown
    assert "::50%25 of a::b%0D%0A::error::forged" in shown
