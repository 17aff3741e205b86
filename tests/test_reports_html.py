"""The report as a page: languages side by side, what differs marked, every state, and nothing asked of anybody."""

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest

from generator import cli, labels, pages, pipeline
from generator.diagnostics import Diagnostic, Precision, Related, Severity, State
from generator.model import Column, EditionId, Locale, ProductId, SourceSpan
from generator.pages import marks
from generator.pages.content import DiscrepanciesContent, RuleContent
from generator.pages.ledger import Ledger
from generator.pages.report_parts import DiagnosticView, Side
from generator.reports import Report

ROOT = Path(__file__).parent.parent
TESTS = Path(__file__).parent
SOURCE_DOCS = ROOT / "source_docs"
TEMPLATES = ROOT / "templates"
HOSTILE: list[str] = json.loads((TESTS / "cases" / "reports" / "hostile.json").read_text(encoding="utf-8"))
EN = Locale("en")

CATALOG = """\
source_locale = "ja"
locales = ["ja", "en", "it"]

[[products]]
id = "tram"
title = { ja = "路面電車" }

[[products.editions]]
id = "v2"
published = "2024"
documents = { ja = "ja.md", en = "en.md", it = "it.md" }

[[products.editions]]
id = "v1"
published = "2019-04"
documents = { en = "old.md" }
"""
ROWS = {
    "ja": "| TRAM_BELL | 71 | ベルが鳴らない。`ring_count` を 3 にする。 |\n| TRAM_DOOR | 72 | ドア。 |\n",
    "en": "| TRAM_BELL | 71 | The bell is silent. Set it to 2. |\n",
    "it": "| TRAM_BELL | 71 | Muto. Mettere `ring_count` a 3. |\n| TRAM_DOOR | 72 | Porta. |\n",
    "old": "| TRAM_BELL | 71 | The bell is mute. Set it to 2. |\n",
}


class Page(HTMLParser):
    """What a browser would find: elements with their attributes, addresses asked for, and the words marked."""

    VOID = frozenset({"br", "wbr", "input", "meta", "link"})

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.marked: list[str] = []
        self.words = ""
        self.feed(text)
        self.close()
        assert self.open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)
        if tag == "mark":
            self.marked.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "mark" in self.open:
            self.marked[-1] += data
        if "style" not in self.open and "script" not in self.open:
            self.words += data


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    (tmp_path / "catalog.toml").write_text(CATALOG, encoding="utf-8")
    for name, rows in ROWS.items():
        text = f"| Name | Code | Cause |\n| --- | --- | --- |\n{rows}"
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    return tmp_path


def told(line: int, path: str = "en.md", **more: object) -> Diagnostic:
    one = Diagnostic(
        rule="V501",
        name="number-differs",
        severity=Severity.ERROR,
        precision=Precision.HIGH,
        span=SourceSpan(path, line, 1, line, 2),
        product=ProductId("tram"),
        edition=EditionId("v2"),
        locale=EN,
        message="says 2 where the peers say 3",
        hint="say 3",
        code="71",
        field=Column.CAUSE,
        fingerprint=f"V501:{line:016x}:0",
    )
    return msgspec.structs.replace(one, **more)


def content(docs: Path, *diagnostics: Diagnostic, **reasons: str) -> DiscrepanciesContent:
    words = labels.read(TEMPLATES, EN)
    return pages.alone(Ledger(pipeline.load(docs).written, diagnostics, reasons), words, EN, "docs", "")


def only(docs: Path, diagnostic: Diagnostic) -> DiagnosticView:
    [group] = content(docs, diagnostic).groups
    [one] = group.diagnostics
    return one


def said(side: Side) -> str:
    """A row in one line; what is pointed at in ``<>``, what differs in ``[]``."""
    signs = {"": "{}", "here": "<{}>", "differs": "[{}]"}
    return " | ".join("".join(signs[one.mark].format(one.text) for one in field.pieces) for field in side.fields)


def html(docs: Path, *diagnostics: Diagnostic, site: str = "", **more: object) -> str:
    made = Report(pipeline.load(docs).written, diagnostics, "docs")
    return pipeline.report_page(msgspec.structs.replace(made, **more), site)


# Side by side.


def test_a_cell_stands_beside_that_of_the_other_languages(docs: Path) -> None:
    loaded = pipeline.load(docs)
    rows = {document.path: document.entries[0] for document in loaded.written.documents}
    cell = rows["en.md"].field(Column.CAUSE)
    older = rows["old.md"].field(Column.CAUSE)
    assert cell
    assert older
    at = cell.raw.index("2.") + cell.span.column
    place = SourceSpan("en.md", cell.span.line, at, cell.span.line, at + 1)
    one = only(docs, told(3, span=place, related=(Related(older.span, EN, older.plain),)))
    assert [(side.title, side.here, said(side)) for side in one.sides] == [
        ("English", True, "The bell is [silent]. Set it to <2>."),
        ("English, edition of April 2019", False, "The bell is [mute]. Set it to [2]."),
        ("Japanese", False, "ベルが鳴らない。[ring_count] を [3] にする。"),
        ("Italian", False, "Muto. Mettere [ring_count] a [3]."),
    ]
    assert {field.label for side in one.sides for field in side.fields} == {"Cause"}


def test_a_row_that_is_missing_stands_beside_those_there_are(docs: Path) -> None:
    loaded = pipeline.load(docs)
    missing = next(one for one in pipeline.check(loaded) if one.rule == "K201")
    one = only(docs, missing)
    assert [(side.title, side.here, side.provenance is None, said(side)) for side in one.sides] == [
        ("English", True, True, ""),
        ("Japanese", False, False, "TRAM_DOOR | 72 | ドア。"),
        ("Italian", False, False, "TRAM_DOOR | 72 | Porta."),
    ]


def test_a_name_is_marked_where_it_differs(docs: Path) -> None:
    (docs / "en.md").write_text(
        (docs / "en.md").read_text(encoding="utf-8").replace("TRAM_BELL", "TRAM_WHISTLE"), encoding="utf-8"
    )
    found = next(one for one in pipeline.check(pipeline.load(docs)) if one.rule == "N301")
    sides = {side.title: said(side).split(" | ")[0] for side in only(docs, found).sides}
    assert sides["English"] == "<TRAM_WHISTLE>"
    assert sides["Japanese"] == "TRAM_[BELL]"


def test_an_empty_cell_says_so(docs: Path) -> None:
    (docs / "it.md").write_text(
        "| Name | Code | Cause |\n| --- | --- | --- |\n| TRAM_BELL | 71 | |\n", encoding="utf-8"
    )
    one = told(3, path="it.md", locale=Locale("it"))
    side = only(docs, one).sides[0]
    assert [(field.column, field.pieces) for field in side.fields] == [(Column.CAUSE, ())]
    assert "nothing" in Page(html(docs, one)).words


def test_what_falls_out_of_a_row_is_shown_with_it() -> None:
    folder = TESTS / "cases" / "rules" / "S101" / "bad"
    loaded = pipeline.load(folder)
    found = next(one for one in pipeline.check(loaded) if one.rule == "S101")
    row = next(row for document in loaded.written.documents for row in document.entries if row.problems)
    side = next(side for side in only(folder, found).sides if side.here)
    assert row.problems[0].text in said(side)


def test_what_is_in_no_document_breaks_nothing(docs: Path) -> None:
    stale = told(7, path="baseline.json", rule="X903", name="stale", locale=Locale(""), product=ProductId(""), code="")
    one = only(docs, stale)
    assert (one.language, one.sides, one.code, one.provenance.text) == ("", (), None, "docs/baseline.json:7")
    assert "docs/baseline.json:7" in Page(html(docs, stale)).words


def test_a_witness_that_is_no_row_is_listed(docs: Path) -> None:
    heading = Related(SourceSpan("ja.md", 1, 1, 1, 3), Locale("ja"), "見出し")
    one = only(docs, told(3, related=(heading,)))
    assert [(witness.language, witness.text) for witness in one.witnesses] == [("Japanese", "見出し")]


# Marks.


@pytest.mark.parametrize(
    ("first", "second", "marked"),
    [
        ("the disk is full", "the disk was full", ("is", "was")),
        ("a  b", "a b", ("", "")),
        ("磁盘已满", "磁盘未满", ("已", "未")),
        ("alpha beta", "gamma delta epsilon", ("", "")),
        ("see room 7", "see the room 7", ("", "the")),
    ],
)
def test_words_of_one_language(first: str, second: str, marked: tuple[str, str]) -> None:
    texts = [marks.Shown(EN, first), marks.Shown(Locale("en-GB"), second)]
    found = marks.differences(texts, 0)
    assert (
        tuple("".join(text.text[slice(*one)] for one in its) for text, its in zip(texts, found, strict=True)) == marked
    )


@pytest.mark.parametrize(
    ("first", "second", "marked"),
    [
        ("wait 10 s", "10 秒待つ", ("", "")),
        ("wait 10 s", "３０ 秒待つ", ("10", "３０")),
        ("wait １０ s", "10 秒待つ", ("", "")),
        ("call ExitRoom", "呼び出す", ("ExitRoom", "")),
        ("see [here](https://a.example/en/1)", "[ここ](https://a.example/ja/9)", ("", "")),
        ("see [here](https://a.example/en/1)", "ここ", ("https://a.example/en/1", "")),
        ("1. Restart. 2. Wait.", "再起動", ("", "")),
        ("wait 10 s", "", ("", "")),
        ("1,000 rows", "1000 行", ("", "")),
    ],
)
def test_what_is_no_word_of_any_language(first: str, second: str, marked: tuple[str, str]) -> None:
    texts = [marks.Shown(EN, first), marks.Shown(Locale("ja"), second)]
    found = marks.differences(texts, 0)
    assert (
        tuple("".join(text.text[slice(*one)] for one in its) for text, its in zip(texts, found, strict=True)) == marked
    )


def test_a_long_cell_is_cut_short_around_its_mark() -> None:
    text = f"{'word ' * 400}HERE{' word' * 400}"
    at = text.index("HERE")
    found = marks.pieces(text, [(at, at + 4)], [])
    assert "HERE" in [one.text for one in found if one.mark == "here"]
    assert (found[0].text, found[-1].text) == ("… ", " …")
    assert sum(len(one.text) for one in found) < 720
    assert "".join(one.text for one in marks.pieces("short", [], [(1, 3)])) == "short"


# The page.


@pytest.mark.parametrize("folder", [SOURCE_DOCS, TESTS / "cases" / "reports" / "mixed"], ids=lambda path: path.name)
def test_the_page_needs_nothing_beside_itself(folder: Path) -> None:
    loaded = pipeline.load(folder)
    found = pipeline.check(loaded)
    page = Page(pipeline.report_page(Report(loaded.written, found, "docs")))
    asked = [attrs.get(name) for _, attrs in page.elements for name in ("src", "href", "action") if attrs.get(name)]
    assert [one for one in asked if one and not one.startswith(("#", "data:,"))] == []
    ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {one[1:] for one in asked if one and one.startswith("#")} <= set(ids)
    assert page.marked
    for listed in Ledger(loaded.written, found, {}).listed:
        for group in listed.groups[: listed.shown]:
            assert group.first.message in page.words
    # Folded up, so that a thousand of them are a list.
    assert not [1 for tag, attrs in page.elements if tag == "details" and "open" in attrs]


def test_rules_lead_to_the_site_where_there_is_one(docs: Path) -> None:
    for site in ("https://codes.example/x", "https://codes.example/x/"):
        links = [attrs.get("href") for tag, attrs in Page(html(docs, told(3), site=site)).elements if tag == "a"]
        assert "https://codes.example/x/rules/V501/" in links
    assert "rules/V501" not in html(docs, told(3))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_only_words(docs: Path, text: str) -> None:
    plain = Page(html(docs, told(3)))
    found = Page(html(docs, told(3, message=text, hint=text, related=(Related(told(1).span, EN, text),))))
    assert [tag for tag, _ in found.elements if tag == "script"] == [
        tag for tag, _ in plain.elements if tag == "script"
    ]
    assert not [1 for _, attrs in found.elements if any(name.startswith("on") for name in attrs)]


def test_states_are_told_with_their_reasons(docs: Path) -> None:
    found = [
        told(3),
        told(4, state=State.KNOWN),
        told(5, state=State.SUPPRESSED),
        told(6, state=State.CORRECTED),
        told(7, severity=Severity.NOTE),
    ]
    made = content(docs, *found, **{found[2].fingerprint: "Meant so.", found[3].fingerprint: "Listed under 72."})
    assert [(group.anchor, group.title, group.count) for group in made.groups] == [
        ("errors", "Errors", 1),
        ("notes", "Notes", 1),
        ("known", "Known", 1),
        ("accepted", "Accepted", 1),
        ("corrected", "Corrected here", 1),
    ]
    assert [one.reason for group in made.groups for one in group.diagnostics] == [
        "",
        "",
        "",
        "Meant so.",
        "Listed under 72.",
    ]


def test_locales_can_be_chosen_where_there_are_several(docs: Path) -> None:
    assert content(docs, told(3)).choices == ()
    made = content(docs, told(3), told(3, path="it.md", locale=Locale("it")))
    assert [(one.slot, one.title) for one in made.choices] == [("1", "English"), ("2", "Italian")]
    style = html(docs, told(3), told(3, path="it.md", locale=Locale("it")))
    for choice in made.choices:
        assert f'[data-filter="{choice.slot}"]:not(:checked)) [data-slot="{choice.slot}"]' in style
    # The site's style sheet knows as many as the page.
    sheet = (TEMPLATES / "theme" / "assets" / "codeglot.css").read_text(encoding="utf-8")
    assert set(re.findall(r"data-filter=\"(\d+)\"\]:not", sheet)) == set(
        re.findall(r"data-filter=\"(\d+)\"\]:not", style)
    )


def test_a_thousand_are_still_a_page(tmp_path: Path) -> None:
    shutil.copytree(SOURCE_DOCS, tmp_path / "docs")
    loaded = pipeline.load(tmp_path / "docs")
    rows = [row for document in loaded.written.documents for row in document.entries]
    many = tuple(
        msgspec.structs.replace(
            told(1),
            rule=f"V{500 + number % 40}",
            span=rows[number % len(rows)].span,
            code=rows[number % len(rows)].code.text,
            product=rows[number % len(rows)].product,
            edition=rows[number % len(rows)].edition,
            locale=rows[number % len(rows)].locale,
            field=None,
            fingerprint=f"V501:{number:016x}:0",
        )
        for number in range(1000)
    )
    text = pipeline.report_page(Report(loaded.written, many, "docs"))
    assert len(text.encode()) < 1_500_000
    page = Page(text)
    assert 300 <= sum(tag == "details" for tag, _ in page.elements) <= 400
    assert page.words.count("more in the report of `codeglot check`") == 40
    ledger = Ledger(loaded.written, many, {})
    ids = {attrs["id"] for _, attrs in page.elements if "id" in attrs}
    assert {ledger.anchors[place] for place in range(1000)} <= ids
    assert sum(group.count for listed in ledger.listed for group in listed.groups) == 1000


@pytest.mark.parametrize(
    ("sizes", "room"), [([], 400), ([3, 900, 2], 400), ([500, 500], 400), ([1] * 900, 400), ([399, 1], 400)]
)
def test_room_is_shared_out(docs: Path, sizes: list[int], room: int) -> None:
    found = [
        told(3, rule=f"V{100 + rule}", fingerprint=f"V{100 + rule}:{number:016x}:0")
        for rule, size in enumerate(sizes)
        for number in range(size)
    ]
    listed = Ledger(pipeline.load(docs).written, found, {}).listed
    assert all(one.shown for one in listed)
    assert sum(one.shown for one in listed) <= max(room, len(sizes))
    assert all(one.shown == len(one.groups) for one in listed) == (sum(sizes) <= room or set(sizes) == {1})


def test_the_command_writes_it(docs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "report.html"
    assert cli.main(["check", "--source", str(docs), "--output", f"html={target}", "--format", "html"]) == cli.EXIT_NEW
    text = target.read_text(encoding="utf-8")
    assert text == capsys.readouterr().out
    assert text.startswith("<!doctype html>")


# The site.


def planned(docs: Path) -> pages.Plan:
    loaded = pipeline.load(docs)
    judged = pipeline.judge(loaded, pipeline.today())
    words = {locale: labels.read(TEMPLATES, locale) for locale in loaded.settings.locales}
    ledger = Ledger(loaded.written, judged.diagnostics, judged.reasons)
    return pages.plan(loaded.corrected, ledger, pipeline.site_info(loaded.settings), words, pipeline.rule_infos())


def test_the_site_shows_what_people_said_of_it(docs: Path) -> None:
    (docs / "suppressions.toml").write_text(
        '[[suppressions]]\nrule = "K201"\nlocale = "en"\ncode = "72"\nreason = "No doors there."\n'
        '[[suppressions]]\nrule = "K203"\nreason = "Never."\n',
        encoding="utf-8",
    )
    made = next(one.content for one in planned(docs).pages if (one.locale, one.path) == (EN, "discrepancies/"))
    assert isinstance(made, DiscrepanciesContent)
    by_rule = {one.rule.text: (group.anchor, one) for group in made.groups for one in group.diagnostics}
    part, accepted = by_rule["K201"]
    assert (part, accepted.state_label, accepted.reason) == ("accepted", "Accepted", "No doors there.")
    assert accepted.code == pages.parts.Ref("tram 72", "../tram/72/")
    part, unused = by_rule["X901"]
    assert (part, unused.sides, unused.provenance.text) == ("errors", (), "suppressions.toml:6")


def test_the_site_says_why_a_row_is_corrected() -> None:
    loaded = pipeline.load(SOURCE_DOCS)
    judged = pipeline.judge(loaded, pipeline.today())
    corrected = [one for one in judged.diagnostics if one.state is State.CORRECTED]
    assert corrected
    assert all(judged.reasons[one.fingerprint] for one in corrected if one.rule == "K204")


def test_a_rules_page_shows_the_case_the_tests_run(docs: Path) -> None:
    made = next(one.content for one in planned(docs).pages if (one.locale, one.path) == (EN, "rules/K204/"))
    assert isinstance(made, RuleContent)
    expected = (TESTS / "cases" / "rules" / "K204" / "bad" / "expected.txt").read_text(encoding="utf-8")
    assert f"{made.example}\n" == expected
    assert 'rule = "K204"' in made.suppression
    housekeeping = next(one.content for one in planned(docs).pages if (one.locale, one.path) == (EN, "rules/X901/"))
    assert isinstance(housekeeping, RuleContent)
    assert (housekeeping.example, housekeeping.suppression) == ("", "")


def test_suppressions_are_held_against_the_day_of_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert pipeline.today().isoformat() == "2023-11-14"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    assert pipeline.today().year > 2024
