"""The report as Markdown: nothing in the data is markup, and it keeps to its size and says what it left out."""

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest
from markdown_it import MarkdownIt

from generator.diagnostics import Diagnostic, Severity, State
from generator.grouped import grouped
from generator.reports import Report, markdown
from tests import once

ROOT = Path(__file__).parent.parent
CASES = Path(__file__).parent / "cases" / "reports"
HOSTILE: list[str] = json.loads((CASES / "hostile.json").read_text(encoding="utf-8"))
GFM = MarkdownIt("gfm-like", {"html": True, "linkify": False})
OURS = {"h2", "table", "thead", "tbody", "tr", "th", "td", "p", "strong", "code", "br", "span"}
# What GitHub and GitLab make of running text after Markdown: mentions, references, emoji, addresses.
LATE = re.compile(r"[@#!%~$&^]\w|:[\w+-]+:|\w://|www\.\w|\$`", re.IGNORECASE)


class Reader(HTMLParser):
    """The elements of a page, and its text node by node, that in ``code`` apart."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.nodes: list[str] = []
        self.text = ""
        self._code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in OURS
        assert not [name for name, _ in attrs if name != "style" or tag not in {"td", "th"}]
        self.tags.append(tag)
        self._code += tag == "code"

    def handle_endtag(self, tag: str) -> None:
        self._code -= tag == "code"

    def handle_data(self, data: str) -> None:
        self.text += data
        if not self._code:
            self.nodes.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(GFM.render(text))
    reader.close()
    return reader


def with_only(report: Report, *diagnostics: Diagnostic) -> Report:
    return msgspec.structs.replace(report, diagnostics=diagnostics)


def made(folder: Path) -> Report:
    return once.made(folder, "docs")


@pytest.fixture(scope="module")
def report() -> Report:
    return made(CASES / "mixed")


@pytest.fixture(scope="module")
def one(report: Report) -> Diagnostic:
    return next(one for one in report.diagnostics if one.state is State.NEW and one.related)


def test_report(report: Report, expect: Callable[[Path, str], None]) -> None:
    expect(CASES / "mixed" / "report.md", markdown.render(report))


@pytest.mark.parametrize("folder", [CASES / "mixed", ROOT / "source_docs"], ids=lambda path: path.name)
def test_says_all_that_is_new(folder: Path) -> None:
    report = made(folder)
    found = read(markdown.render(report))
    groups = grouped(one for one in report.diagnostics if one.state is State.NEW)
    counts = report.counts
    assert found.text.startswith(f"Codeglot: {counts.errors} error")
    assert "Left out" not in found.text
    # A table of the counts, one for each defect whose line is known.
    assert found.tags.count("table") == 1 + len(groups)
    assert sum(group.count for group in groups) == counts.new
    for group in groups:
        one = group.first
        assert f"docs/{one.span.path}:{one.span.line}:{one.span.column} ({one.precision}){one.message}" in found.text
        assert not group.also or f"{group.count} places, {group.also_in}\n" in found.text
        assert one.hint in found.text
        for witness in one.related[:8]:
            assert f"docs/{witness.span.path}:{witness.span.line}\n" in found.text
    old = [one for one in report.diagnostics if one.state is not State.NEW]
    assert f"error\n{counts.errors}\n{sum(1 for each in old if each.severity is Severity.ERROR)}\n" in found.text


def test_nothing_to_report(report: Report) -> None:
    found = read(markdown.render(with_only(report)))
    assert found.text.startswith("Codeglot: 0 errors, 0 warnings, 0 notes")
    assert found.tags.count("table") == 1
    assert "p" not in found.tags


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_in_the_data_is_markup(report: Report, one: Diagnostic, words: str) -> None:
    related = tuple(msgspec.structs.replace(each, text=words, locale=words) for each in one.related)
    explained = msgspec.structs.replace(one, message=words, related=())
    span = msgspec.structs.replace(one.span, path=words)
    evil = msgspec.structs.replace(
        one,
        **dict.fromkeys(("message", "hint", "name", "rule", "locale"), words),
        related=related,
        explains=(explained,),
        span=span,
    )
    plain = msgspec.structs.replace(
        one,
        **dict.fromkeys(("message", "hint", "name", "rule", "locale"), "words"),
        related=tuple(msgspec.structs.replace(each, text="words", locale="words") for each in one.related),
        explains=(msgspec.structs.replace(explained, message="words"),),
        span=msgspec.structs.replace(span, path="words"),
    )
    found, like = read(markdown.render(with_only(report, evil))), read(markdown.render(with_only(report, plain)))
    assert [tag for tag in found.tags if tag != "span"] == [tag for tag in like.tags if tag != "span"]
    shown = "".join(mark if mark.isprintable() else "." for mark in " ".join(words.split()))
    pattern = "".join("." if mark in ".\ufffe\uffff" or ord(mark) > 0x2000 else re.escape(mark) for mark in shown)
    assert re.search(rf"\){pattern}\n", found.text), found.text
    assert re.search(rf"Hint: {pattern}\n", found.text)
    assert not [node for node in found.nodes if LATE.search(node)]


def test_a_row_of_the_table_holds_its_pipes(report: Report, one: Diagnostic) -> None:
    related = (msgspec.structs.replace(one.related[0], text="a | b \\| c \\\\| d"),)
    found = read(markdown.render(with_only(report, msgspec.structs.replace(one, related=related))))
    assert "a | b \\| c \\\\| d" in found.text
    assert found.tags.count("td") == 3 * len(Severity) - 3 + 2 * 3


def test_many_witnesses_are_counted(report: Report, one: Diagnostic) -> None:
    many = msgspec.structs.replace(one, related=one.related[:1] * 50, explains=(one,) * 20)
    found = read(markdown.render(with_only(report, many)))
    assert "\n42 more\n" in found.text
    assert "12 more" in found.text


def test_stays_below_its_limit_and_says_what_is_left_out(report: Report, one: Diagnostic) -> None:
    long = msgspec.structs.replace(one, message="`|" * 400, hint="字" * 400, cluster="")
    each = {severity: msgspec.structs.replace(long, severity=severity) for severity in Severity}
    diagnostics = (each[Severity.NOTE],) * 4000 + (each[Severity.WARNING],) * 700 + (each[Severity.ERROR],) * 300
    many = with_only(report, *diagnostics)
    text = markdown.render(many)
    size = len(text.encode())
    assert markdown.LIMIT - 10_000 < size <= markdown.LIMIT == 1_048_576
    blocks = re.findall(r"^\*\*(error|warning|note) ", text, re.MULTILINE)
    # Worst first, whatever the order of the report.
    assert blocks == ["error"] * blocks.count("error") + ["warning"] * blocks.count("warning")
    said = re.search(r"\*\*Left out for want of room: (.*?)\.\*\*", text)
    assert said
    left = {
        severity.value: count - blocks.count(severity.value)
        for severity, count in zip(Severity, (300, 700, 4000), strict=True)
    }
    listed = [f"{count} {word}{'' if count == 1 else 's'}" for word, count in left.items() if count]
    assert said[1] == ", ".join(listed)
    assert "300 errors, 700 warnings, 4000 notes" in text.splitlines()[0]
    assert markdown.render(many) == text


def test_any_limit_is_kept(report: Report, one: Diagnostic) -> None:
    many = with_only(report, *(msgspec.structs.replace(one, cluster=""),) * 200)
    for limit in (*range(600, 3000, 17), 65_536):
        text = markdown.render(many, limit)
        assert len(text.encode()) <= limit
        assert "Left out for want of room" in text
