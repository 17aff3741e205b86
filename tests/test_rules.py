"""The rules: their cases, the originals, what changes a fingerprint and what does not, and a lint over the rules."""

import random
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from generator import pipeline, rules
from generator.diagnostics import Diagnostic, Severity, State
from generator.model import Catalog, SourceSpan
from generator.reports import text
from generator.rules import combine
from generator.rules.base import Rule
from generator.rules.context import Context
from tests import once

TESTS = Path(__file__).parent
SOURCE_DOCS = TESTS.parent / "source_docs"
CASES = TESTS / "cases" / "rules"
FOLDERS = sorted(path.parent for path in CASES.glob("*/*/catalog.toml"))
UNPROVOKED = {"X901", "X902", "X903", "X904", "X999"}
"""Rules that no document makes fire."""


def case_id(path: Path) -> str:
    return f"{path.parent.name}-{path.name}"


def checked(folder: Path) -> tuple[Diagnostic, ...]:
    loaded = pipeline.load(folder)
    return pipeline.check(loaded)


def flat(diagnostics: tuple[Diagnostic, ...]) -> Iterator[Diagnostic]:
    for diagnostic in diagnostics:
        yield diagnostic
        yield from diagnostic.explains


@pytest.mark.parametrize("folder", FOLDERS, ids=case_id)
def test_case(folder: Path, expect: Callable[[Path, str], None]) -> None:
    rule, kind = folder.parent.name, folder.name
    found = once.checked(folder)
    fired = {one.rule for one in flat(found)}
    assert "X999" not in fired
    if kind.startswith("bad"):
        said = fired if rule in combine.DETAILS else {one.rule for one in found}
        assert rule in said, f"{rule} must be a cause of its own here"
    elif kind == "good":
        assert not [one for one in found if one.state is State.NEW]
    assert kind.startswith("bad") or rule not in fired
    expect(folder / "expected.txt", text.render(once.made(folder), every=True))


# One defect at a time in a product of three languages: one diagnostic, of the rule meant, in the document meant.
LOCALES = ("ja", "en", "it")
HEADER = ["| Name | Code | Cause | Solution |", "| --- | --- | --- | --- |"]
WORDS = ["axle", "brake", "coupler", "door", "engine", "funnel", "gauge", "heater", "injector"]


def clean() -> dict[str, list[list[str]]]:
    return {
        locale: [
            [f"TRAIN_{word.upper()}_FAIL", str(510 + index), f"{word} {locale} kaput.", f"{locale}: see {word}."]
            for index, word in enumerate(WORDS)
        ]
        for locale in LOCALES
    }


def written(folder: Path, tables: dict[str, list[list[str]]]) -> Path:
    documents = ", ".join(f'{locale} = "{locale}.md"' for locale in tables)
    quoted = ", ".join(f'"{locale}"' for locale in tables)
    (folder / "catalog.toml").write_text(
        f'source_locale = "{next(iter(tables))}"\nlocales = [{quoted}]\n\n[[products]]\nid = "train"\n'
        f'title = {{ {next(iter(tables))} = "Train" }}\n\n[[products.editions]]\nid = "current"\n'
        f"documents = {{ {documents} }}\n",
        encoding="utf-8",
    )
    for locale, rows in tables.items():
        lines = [*HEADER, *(f"| {' | '.join(row)} |" for row in rows)]
        (folder / f"{locale}.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def drop(rows: list[list[str]], at: int) -> None:
    del rows[at]


def blank(rows: list[list[str]], at: int) -> None:
    rows[at][3] = ""


def rename(rows: list[list[str]], at: int) -> None:
    rows[at][0] = "TRAIN_WHISTLE_LOST"


def slip(rows: list[list[str]], at: int) -> None:
    rows[at][1] = f"9{rows[at][1][1:]}"


def repeat(rows: list[list[str]], at: int) -> None:
    rows.insert(at, list(rows[at]))


def overwrite(rows: list[list[str]], at: int) -> None:
    # The row's code and name are those of the row above or, for the first, below; its text is its own.
    other = rows[at - 1] if at else rows[1]
    rows[at][:2] = other[:2]


def push(rows: list[list[str]], at: int) -> None:
    rows[at].insert(3, "")


def add(rows: list[list[str]], at: int) -> None:
    rows.insert(at, ["TRAIN_GHOST", "777", "Boo.", "Run."])


DEFECTS = {
    "K201": drop,
    "T601": blank,
    "N301": rename,
    "K203": repeat,
    "S101": push,
    "K202": add,
}


@pytest.mark.parametrize("at", [0, 4, 8])
@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("rule", DEFECTS)
def test_one_defect(tmp_path: Path, rule: str, locale: str, at: int) -> None:
    tables = clean()
    DEFECTS[rule](tables[locale], at)
    found = checked(written(tmp_path, tables))
    assert [(one.rule, one.locale) for one in found] == [(rule, locale)]


@pytest.mark.parametrize("at", [0, 4, 8])
@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("defect", [slip, overwrite])
def test_one_misnumbered_row(
    tmp_path: Path, defect: Callable[[list[list[str]], int], None], locale: str, at: int
) -> None:
    tables = clean()
    defect(tables[locale], at)
    [found] = checked(written(tmp_path, tables))
    assert (found.rule, found.locale, found.span.line) == ("K204", locale, at + 3)
    assert found.expected.split(",")[0] == str(510 + at)
    assert {"K201"} <= {one.rule for one in found.explains} <= {"K201", "K202", "K203", "K206"}


@pytest.mark.parametrize("locale", ["en", "it"])
def test_two_locales_both_with_the_slip_of_one_source(tmp_path: Path, locale: str) -> None:
    # Two translations made from a text that had the slip outvote nobody: their second row attests nothing.
    tables = clean()
    for copy in ("en", "it"):
        overwrite(tables[copy], 4)
    found = checked(written(tmp_path, tables))
    assert sorted((one.rule, one.locale) for one in found) == [("K204", "en"), ("K204", "it")]
    assert locale in {one.locale for one in found}


def test_two_against_two_is_not_decided_against_the_source(tmp_path: Path) -> None:
    tables = clean()
    tables["de"] = [list(row) for row in tables["it"]]
    for other in ("it", "de"):
        slip(tables[other], 4)
    found = checked(written(tmp_path, tables))
    assert {one.locale for one in found} == {"it", "de"}


def test_clean_documents_are_silent(tmp_path: Path) -> None:
    assert checked(written(tmp_path, clean())) == ()


def test_shuffled_rows_are_silent(tmp_path: Path) -> None:
    tables = clean()
    tables["en"].reverse()
    tables["it"] = tables["it"][3:] + tables["it"][:3]
    assert checked(written(tmp_path, tables)) == ()


def test_missing_half_is_one_diagnostic(tmp_path: Path) -> None:
    tables = clean()
    del tables["it"][4:]
    [found] = checked(written(tmp_path, tables))
    assert (found.rule, found.locale, found.code) == ("K201", "it", "")
    assert "5 of the section's 9 codes" in found.message


def test_a_partial_erratum_leaves_what_it_does_not_settle(tmp_path: Path) -> None:
    tables = clean()
    overwrite(tables["en"], 4)
    row = " | ".join(tables["en"][4])
    written(tmp_path, tables)
    (tmp_path / "errata.toml").write_text(
        f'[[errata]]\nproduct = "train"\nedition = "current"\nlocale = "en"\nrow = "{row}"\n'
        'code = "514"\nreason = "Listed as 513."\nevidence = ["ja: 514"]\n',
        encoding="utf-8",
    )
    found = checked(tmp_path)
    states = {one.rule: one.state for one in found}
    assert states == {"K206": State.NEW, "K204": State.CORRECTED}
    copied = next(one for one in found if one.rule == "K206")
    assert [one.rule for one in copied.explains] == ["N301"]
    assert copied.expected == "TRAIN_ENGINE_FAIL"


def test_names_that_slipped_down_are_one_diagnostic(tmp_path: Path) -> None:
    tables = clean()
    names = [row[0] for row in tables["en"]]
    for row, name in zip(tables["en"][4:], names[3:], strict=False):
        row[0] = name
    [found] = checked(written(tmp_path, tables))
    assert (found.rule, found.code, found.expected) == ("K206", "514", "TRAIN_ENGINE_FAIL")
    assert [(one.rule, one.code) for one in found.explains] == [("N301", str(code)) for code in range(514, 519)]


def damage(lines: list[str], chance: random.Random) -> None:
    """One accident in a document: a line lost, repeated, moved, cut or shuffled, a pipe too few or too many."""
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(7):
        case 0:
            lines[at] = ""
        case 1:
            lines.insert(at, lines[other])
        case 2:
            lines[at] = lines[at].replace("|", "", 1)
        case 3:
            lines[at] = lines[at].replace("|", "||", 1)
        case 4:
            lines[at], lines[other] = lines[other], lines[at]
        case 5:
            lines[at] = lines[at][: chance.randint(0, len(lines[at]))]
        case _:
            lines[at] = "".join(chance.sample(lines[at], len(lines[at])))


@pytest.mark.parametrize("seed", range(12))
def test_no_rule_fails_on_damaged_documents(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    copy = tmp_path / "docs"
    shutil.copytree(SOURCE_DOCS, copy, ignore=shutil.ignore_patterns("glossary.toml"))
    for path in sorted(copy.rglob("*.md")):
        lines = path.read_text(encoding="utf-8").split("\n")
        for _ in range(chance.randint(1, 25)):
            damage(lines, chance)
        path.write_text("\n".join(lines), encoding="utf-8")
    found = list(flat(checked(copy)))
    assert not [one.message for one in found if one.rule == "X999"]
    assert len({one.fingerprint for one in found}) == len(found)


# Fingerprints; that they survive formatting is shown with the baseline.


def fingerprints(diagnostics: tuple[Diagnostic, ...]) -> set[str]:
    found = {one.fingerprint for one in flat(diagnostics)}
    assert found
    return found


def test_fingerprints_survive_moved_rows(tmp_path: Path) -> None:
    tables = clean()
    blank(tables["en"], 4)
    rename(tables["it"], 2)
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    before = fingerprints(checked(written(tmp_path / "a", tables)))
    tables["en"].insert(0, tables["en"].pop(4))
    tables["it"].append(tables["it"].pop(2))
    after = checked(written(tmp_path / "b", tables))
    # That rows stand elsewhere than in the other languages is news of its own.
    assert fingerprints(tuple(one for one in after if one.rule != "K207")) == before


def test_fingerprints_change_with_the_evidence(tmp_path: Path) -> None:
    shutil.copytree(CASES / "S101" / "bad", tmp_path / "changed")
    before = fingerprints(checked(tmp_path / "changed"))
    path = tmp_path / "changed" / "fr.md"
    path.write_text(path.read_text(encoding="utf-8").replace("fin de la scène", "nuit"), encoding="utf-8")
    after = fingerprints(checked(tmp_path / "changed"))
    assert len(before - after) == 1


def test_equal_defects_have_different_fingerprints(tmp_path: Path) -> None:
    rows = [["A_ONE", "1", "x", "y"], ["A_ONE", "1", "x", "y"], ["A_ONE", "1", "x", "y"], ["B_TWO", "2", "x", "y"]]
    found = list(flat(checked(written(tmp_path, {"en": [*rows, ["B_TWO", "2", "x", "y"]]}))))
    assert len({one.fingerprint for one in found}) == len(found) == 4


# The order of a report, and what happens when a rule fails.


def test_worst_first_then_by_place() -> None:
    found = once.checked(SOURCE_DOCS)
    order = list(Severity)
    assert [(order.index(one.severity), one.span) for one in found] == sorted(
        (order.index(one.severity), one.span) for one in found
    )


def test_a_failing_rule_does_not_cost_the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_context: Context) -> Iterator[Diagnostic]:
        yield from ()
        raise KeyError("odd\ncontent")

    broken = msgspec.structs.replace(rules.RULES[0], check=fail)
    monkeypatch.setattr(rules, "RULES", (broken, *rules.RULES[1:]))
    found = checked(SOURCE_DOCS)
    internal, *rest = [one for one in found if one.rule == "X999"]
    assert 1 + len(rest) == len(once.loaded(SOURCE_DOCS).written.products)
    assert internal.state is State.NEW
    assert internal.severity is Severity.ERROR
    assert broken.id in internal.message
    assert "\n" not in internal.message
    assert {"K204", "S103", "K210"} <= {one.rule for one in found}


def test_nothing_to_check_is_no_error() -> None:
    empty: Catalog = msgspec.structs.replace(once.loaded(SOURCE_DOCS).written, products=(), documents=())
    assert rules.check(empty, empty) == ()


# A lint over the rules themselves.


def test_rules_are_in_the_order_of_their_ids() -> None:
    ids = [rule.id for rule in rules.RULES]
    assert ids == sorted(set(ids))


def test_every_rule_has_its_file_and_every_file_its_rule() -> None:
    files = {path.stem for path in Path(rules.__file__).parent.glob("[a-z][0-9]*.py")}
    assert files == {f"{rule.id.lower()}_{rule.name.replace('-', '_')}" for rule in rules.RULES}


def test_every_rule_has_cases_and_every_case_its_rule() -> None:
    for rule in rules.RULES:
        kinds = {path.name for path in FOLDERS if path.parent.name == rule.id}
        assert rule.id in UNPROVOKED or {"bad", "good"} <= kinds, f"{rule.id} needs the cases bad and good"
    folders = {path.name for path in CASES.iterdir()}
    assert folders <= {rule.id for rule in rules.RULES}


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.id)
def test_every_rule_explains_itself(rule: Rule) -> None:
    assert re.fullmatch(r"[SKNLVTGEX]\d{3}", rule.id)
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", rule.name)
    headings = re.findall(r"^## (.+)$", rule.docs, re.MULTILINE)
    assert headings == ["What it does", "Why it matters", "Example", "How to fix"]
    assert not rule.summary.endswith(".")
    assert len(rule.summary) < 100
    assert rule.docs.strip() in rules.explain(rule.id.lower())
    assert re.search(rf"^{rule.id} +{rule.name} ", rules.listing(), re.MULTILINE)


def test_explaining_no_rule() -> None:
    with pytest.raises(KeyError):
        rules.explain("K999")


@pytest.mark.parametrize("folder", FOLDERS, ids=case_id)
def test_every_diagnostic_is_fit_to_be_shown(folder: Path) -> None:
    for one in flat(once.checked(folder)):
        assert re.fullmatch(rf"{one.rule}:[0-9a-f]{{16}}:\d+", one.fingerprint)
        assert one.message == " ".join(one.message.split())
        assert not one.message.endswith(".")
        assert all("\n" not in witness.text for witness in one.related)
        assert one.span >= SourceSpan(one.span.path, 1, 1, 1, 1)
