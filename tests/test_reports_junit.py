"""The report as test results: valid against the schema of Jenkins' xUnit plugin, well-formed whatever the data say."""

import importlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec
import pytest

from generator.diagnostics import Diagnostic, Severity, State
from generator.model import SourceSpan
from generator.reports import Report, junit
from tests import once

ROOT = Path(__file__).parent.parent
CASES = Path(__file__).parent / "cases" / "reports"
HOSTILE: list[str] = json.loads((CASES / "hostile.json").read_text(encoding="utf-8"))
SCHEMA_FILE = Path(__file__).parent / "schemas" / "junit-10.xsd"
SCHEMA = ET.fromstring(SCHEMA_FILE.read_text(encoding="utf-8"))  # noqa: S314 - our own
XS = "{http://www.w3.org/2001/XMLSchema}"


def made(folder: Path) -> Report:
    return once.made(folder, "docs")


@pytest.fixture(scope="module")
def report() -> Report:
    return made(CASES / "mixed")


def with_only(report: Report, *diagnostics: Diagnostic) -> Report:
    return msgspec.structs.replace(report, diagnostics=diagnostics)


def parsed(report: Report) -> ET.Element:
    """The report as XML, after a look at what of it the schema allows: elements, attributes, text, order of none."""
    root = ET.fromstring(junit.render(report))  # noqa: S314 - our own
    declared = {one.attrib["name"]: one for one in SCHEMA.findall(f"{XS}element")}
    for element in root.iter():
        kind = declared[element.tag].find(f"{XS}complexType")
        assert kind is not None
        attributes = {one.attrib["name"]: one.get("use") for one in kind.findall(f"{XS}attribute")}
        assert set(element.attrib) <= set(attributes)
        assert {name for name, use in attributes.items() if use == "required"} <= set(element.attrib)
        assert {child.tag for child in element} <= {one.get("ref") for one in kind.iter(f"{XS}element")}
        assert kind.get("mixed") == "true" or not (element.text or "").strip()
    for suite in root.iter("testsuite"):
        cases = suite.findall("testcase")
        assert int(suite.attrib["tests"]) == len(cases) > 0
        assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure"))
        assert int(suite.attrib["skipped"]) == len(suite.findall("testcase/skipped"))
        assert len({case.attrib["name"] for case in cases}) == len(cases)
    for count in ("tests", "failures", "errors"):
        assert int(root.attrib[count]) == sum(int(suite.attrib[count]) for suite in root)
    return root


def test_report(report: Report, expect: Callable[[Path, str], None]) -> None:
    expect(CASES / "mixed" / "report.junit.xml", junit.render(report))


@pytest.mark.parametrize("folder", [CASES / "mixed", ROOT / "source_docs"], ids=lambda path: path.name)
def test_one_suite_a_document_and_one_case_a_diagnostic(folder: Path) -> None:
    report = made(folder)
    root = parsed(report)
    assert [suite.attrib["name"] for suite in root] == [f"docs/{one.path}" for one in report.catalog.documents]
    tested = [one for one in report.diagnostics if one.severity is not Severity.NOTE]
    new = [one for one in tested if one.state is State.NEW]
    assert len(root.findall(".//failure")) == len(new) > 0
    assert len(root.findall(".//skipped")) == len(tested) - len(new) > 0
    assert {one.attrib["message"] for one in root.iter("failure")} == {one.message for one in new}


@pytest.mark.parametrize("folder", [CASES / "mixed", ROOT / "source_docs"], ids=lambda path: path.name)
def test_valid_against_the_whole_schema(folder: Path) -> None:
    pytest.importorskip("xmlschema", reason="xmlschema is not installed")
    schema = importlib.import_module("xmlschema").XMLSchema(str(SCHEMA_FILE))
    report = made(folder)
    evil = [
        msgspec.structs.replace(one, message=words) for one, words in zip(report.diagnostics * 9, HOSTILE, strict=False)
    ]
    for each in (report, with_only(report), with_only(report, *evil)):
        schema.validate(junit.render(each))
    with pytest.raises(importlib.import_module("xmlschema").XMLSchemaValidationError):
        schema.validate(junit.render(report).replace(' failures="', ' line="', 3))


def test_a_document_without_diagnostics_passes(report: Report) -> None:
    only = [one for one in report.diagnostics if one.span.path == "en.md"]
    for suite in parsed(with_only(report, *only)):
        clean = suite.attrib["name"] == "docs/ja.md"
        assert clean == (suite.attrib["failures"] == "0")
        assert clean == (len(suite.findall("testcase")) == 1 and not list(suite[0]))
    assert len(parsed(with_only(report)).findall(".//testcase")) == 2


def test_notes_are_no_cases(report: Report) -> None:
    note = msgspec.structs.replace(report.diagnostics[0], severity=Severity.NOTE, state=State.NEW)
    assert not parsed(with_only(report, note)).findall(".//failure")


def test_a_failure_says_what_where_and_what_to_do(report: Report) -> None:
    one = next(one for one in report.diagnostics if one.related and one.state is State.NEW)
    failure = parsed(with_only(report, one)).find(".//failure")
    assert failure is not None
    assert failure.attrib["type"] == f"{one.severity}[{one.rule}]"
    lines = (failure.text or "").splitlines()
    assert lines[0].startswith(f"docs/{one.span.path}:{one.span.line}:{one.span.column}: {one.message}")
    witness = one.related[0]
    assert lines[1] == f"{witness.locale} docs/{witness.span.path}:{witness.span.line}: {witness.text}"
    assert lines[-1] == f"hint: {one.hint}"


def test_other_files_have_suites_of_their_own(report: Report) -> None:
    one = msgspec.structs.replace(report.diagnostics[0], state=State.NEW, span=SourceSpan("errata.toml", 3, 1, 3, 9))
    root = parsed(with_only(report, one))
    assert [suite.attrib["name"] for suite in root] == ["docs/ja.md", "docs/en.md", "docs/errata.toml"]
    assert [suite.attrib["failures"] for suite in root] == ["0", "0", "1"]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words(report: Report, words: str) -> None:
    one = next(one for one in report.diagnostics if one.related and one.state is State.NEW)
    related = tuple(msgspec.structs.replace(witness, text=words) for witness in one.related)
    span = msgspec.structs.replace(one.span, path=words)
    evil = msgspec.structs.replace(one, message=words, hint=words, name=words, related=related, span=span)
    root = parsed(with_only(report, evil))
    failure = root.find(".//failure")
    assert failure is not None
    # Every mark is there or stands for itself as one of these two.
    pattern = "".join("[ \ufffd]" if ord(mark) < 32 else f"(?:{re.escape(mark)}|[ \ufffd])" for mark in words)
    assert re.fullmatch(pattern, failure.attrib["message"])
    assert root[-1].attrib["name"] == f"docs/{failure.attrib['message']}"
    assert len((failure.text or "").split("\n")) == 2 + len(one.related) + len(one.explains)


def test_what_xml_has_no_character_for(report: Report) -> None:
    one = msgspec.structs.replace(report.diagnostics[0], state=State.NEW, message="a\x00b\x1bc\ufffed\uffffe\x0bf]]>g")
    failure = parsed(with_only(report, one)).find(".//failure")
    assert failure is not None
    assert failure.attrib["message"] == "a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf]]>g"


def test_five_thousand(report: Report) -> None:
    one = next(one for one in report.diagnostics if one.state is State.NEW)
    many = with_only(report, *(one,) * 5000)
    assert len(parsed(many).findall(".//failure")) == 5000
    assert junit.render(many) == junit.render(many)
