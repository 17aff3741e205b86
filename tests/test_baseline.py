"""The baseline: what it keeps, what leaves it as it is, what is new, known and fixed beside it, and wrong files."""

import json
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from generator import baseline, pipeline
from generator.baseline import Baseline, Compared
from generator.diagnostics import Diagnostic, Severity, State
from generator.errors import CodeglotError
from generator.reports import Report
from tests import once

TESTS = Path(__file__).parent
SOURCE_DOCS = TESTS.parent / "source_docs"
BAD = sorted(path.parent for path in (TESTS / "cases" / "rules").glob("*/bad*/catalog.toml"))

Rows = list[list[str]]
LOCALES = ("ja", "en", "it")
WORDS = ["axle", "brake", "coupler", "door", "engine", "funnel", "gauge", "heater", "injector", "jack"]


def checked(folder: Path) -> tuple[Diagnostic, ...]:
    loaded = pipeline.load(folder)
    return pipeline.check(loaded)


def clean() -> dict[str, Rows]:
    return {
        locale: [
            [f"TRAIN_{word.upper()}_FAIL", str(510 + index), f"{word} {locale} kaput.", f"{locale}: see {word}."]
            for index, word in enumerate(WORDS)
        ]
        for locale in LOCALES
    }


def found_in(folder: Path, tables: dict[str, Rows], name: str = "{}.md") -> tuple[Diagnostic, ...]:
    folder.mkdir(parents=True)
    documents = ", ".join(f'{locale} = "{name.format(locale)}"' for locale in tables)
    (folder / "catalog.toml").write_text(
        'source_locale = "ja"\nlocales = ["ja", "en", "it"]\n\n[[products]]\nid = "train"\ntitle = { ja = "Train" }\n\n'
        f'[[products.editions]]\nid = "current"\ndocuments = {{ {documents} }}\n',
        encoding="utf-8",
    )
    for locale, rows in tables.items():
        lines = ["| Name | Code | Cause | Solution |", "|---|---|---|---|", *(f"| {' | '.join(row)} |" for row in rows)]
        (folder / name.format(locale)).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return checked(folder)


def planted() -> dict[str, Rows]:
    """Four defects, each where no change below touches it: two of one kind, and one with consequences."""
    tables = clean()
    tables["en"][1][3] = ""
    tables["it"][5][3] = ""
    tables["it"][8][0] = "TRAIN_WHISTLE_LOST"
    tables["en"][4][:2] = tables["en"][3][:2]
    return tables


def kept(folder: Path, diagnostics: tuple[Diagnostic, ...]) -> Baseline:
    """A baseline that knows ``diagnostics``, by way of its file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / baseline.BASELINE_FILE
    path.write_text(baseline.text(diagnostics), encoding="utf-8", newline="\n")
    return baseline.read(path)


def counts(compared: Compared) -> tuple[int, int, int]:
    return (compared.new, compared.known, compared.fixed)


def stale(compared: Compared) -> list[Diagnostic]:
    return [one for one in compared.diagnostics if one.rule == "X903"]


# What the file holds.


def test_the_file_of_planted_defects(tmp_path: Path) -> None:
    found = found_in(tmp_path / "a", planted())
    read = json.loads(baseline.text(found))
    assert (read["version"], read["fingerprint_version"]) == (1, 1)
    assert [(one["rule"], one["locale"], one["code"]) for one in read["diagnostics"]] == [
        ("K204", "en", "513"),
        ("N301", "it", "518"),
        *sorted(
            [("T601", "en", "511"), ("T601", "it", "515")],
            key=lambda key: next(one.fingerprint for one in found if (one.rule, one.locale, one.code) == key),
        ),
    ]
    empty = next(one for one in read["diagnostics"] if one["code"] == "511")
    assert empty == {
        "fingerprint": next(one.fingerprint for one in found if one.code == "511"),
        "rule": "T601",
        "severity": "error",
        "product": "train",
        "edition": "current",
        "locale": "en",
        "code": "511",
        "field": "solution",
        "message": "511 says nothing under “Solution”",
    }
    moved = next(one for one in read["diagnostics"] if one["rule"] == "K204")
    assert [one.split(":")[0] for one in moved["explains"]] == ["K201", "K203", "K206"]


def test_the_file_is_read_back_with_the_lines_of_its_entries(tmp_path: Path) -> None:
    found = found_in(tmp_path / "a", planted())
    known = kept(tmp_path, found)
    lines = baseline.text(found).split("\n")
    assert len(known.entries) == len(known.lines) == 4
    for entry, line in zip(known.entries, known.lines, strict=True):
        assert lines[line - 1].strip() == "{"
        assert entry.fingerprint in lines[line]
    assert [entry.fingerprint for entry in known.entries] == sorted(one.fingerprint for one in found)


def test_nothing_known_is_a_file_too(tmp_path: Path) -> None:
    assert kept(tmp_path, ()) == Baseline()
    assert baseline.text(()).endswith("}\n")


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_diagnostics_does_not_matter(tmp_path: Path, seed: int) -> None:
    found = list(found_in(tmp_path / "a", planted()))
    before = baseline.text(found)
    random.Random(seed).shuffle(found)
    again = [msgspec.structs.replace(one, explains=one.explains[::-1]) for one in found]
    assert baseline.text(again) == before
    assert "\r" not in before


def test_only_what_is_open_is_kept(tmp_path: Path) -> None:
    found = found_in(tmp_path / "a", planted())
    states = [State.CORRECTED, State.SUPPRESSED, State.KNOWN, State.NEW]
    given = [msgspec.structs.replace(one, state=state) for one, state in zip(found, states, strict=True)]
    house = msgspec.structs.replace(found[0], rule="X905", fingerprint="X905:0123456789abcdef:0")
    assert {one.fingerprint for one in kept(tmp_path, (*given, house)).entries} == {
        one.fingerprint for one in given[2:]
    }


# What leaves the baseline as it is.


def moved(text: str, _rng: random.Random) -> str:
    return "Words before.\n\nMore words.\n\n" + text


def padded(text: str, rng: random.Random) -> str:
    return "\n".join(
        re.sub(r" *\| *", lambda _: f"{' ' * rng.randint(1, 4)}|{' ' * rng.randint(1, 4)}", line).strip()
        if line.startswith("|") and "---" not in line
        else line
        for line in text.split("\n")
    )


def ended(text: str, _rng: random.Random) -> str:
    return text.replace("\n", "\r\n")


def fingerprints(diagnostics: tuple[Diagnostic, ...]) -> set[str]:
    """Those of causes and of consequences."""
    return {inner.fingerprint for one in diagnostics for inner in (one, *one.explains)}


@pytest.mark.parametrize("folder", BAD, ids=lambda path: f"{path.parent.name}-{path.name}")
@pytest.mark.parametrize("change", [moved, padded, ended], ids=lambda change: change.__name__)
def test_every_rule_keeps_its_fingerprints_and_baseline_through_formatting_and_renaming(
    tmp_path: Path, folder: Path, change: Callable[[str, random.Random], str]
) -> None:
    before = once.checked(folder)
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    catalog = (copy / "catalog.toml").read_text(encoding="utf-8")
    for path in sorted(copy.glob("*.md")):
        text = change(path.read_bytes().decode("utf-8", "surrogateescape"), random.Random(path.name))
        catalog = catalog.replace(f'"{path.name}"', f'"deep/new-{path.name}"')
        (copy / "deep").mkdir(exist_ok=True)
        path.rename(copy / "deep" / f"new-{path.name}").write_bytes(text.encode("utf-8", "surrogateescape"))
    (copy / "catalog.toml").write_text(catalog, encoding="utf-8")
    after = checked(copy)
    assert [one.span.path for one in after] != [one.span.path for one in before] or "toml" in after[0].span.path
    assert fingerprints(after) == fingerprints(before) != set()
    known = kept(tmp_path, before)
    compared = baseline.apply(after, known)
    assert (compared.fixed, stale(compared)) == (0, [])
    assert {one.state for one in compared.diagnostics if not one.rule.startswith("X")} <= {
        State.KNOWN,
        State.CORRECTED,
    }
    assert ".md" not in baseline.text(before)


@pytest.mark.parametrize("seed", range(4))
def test_shuffled_rows_change_nothing_that_is_known(tmp_path: Path, seed: int) -> None:
    tables = planted()
    known = kept(tmp_path, found_in(tmp_path / "a", tables))
    # Every language in the same new order; a misnumbered row is proved by its neighbours, so the order is evidence.
    order = list(range(len(WORDS)))
    random.Random(seed).shuffle(order)
    shuffled = {locale: [rows[at] for at in order] for locale, rows in tables.items()}
    assert shuffled != tables
    compared = baseline.apply(found_in(tmp_path / "b", shuffled, "{}-2.md"), known)
    assert counts(compared) == (0, 4, 0)
    assert stale(compared) == []


def test_one_language_may_be_shuffled_where_order_is_no_evidence(tmp_path: Path) -> None:
    tables = planted()
    tables["en"] = [list(row) for row in clean()["en"]]
    tables["en"][1][3] = ""
    known = kept(tmp_path, found_in(tmp_path / "a", tables))
    tables["en"].reverse()
    random.Random(1).shuffle(tables["it"])
    assert counts(baseline.apply(found_in(tmp_path / "b", tables), known)) == (0, 3, 0)


def test_added_rows_change_nothing_that_is_known(tmp_path: Path) -> None:
    tables = planted()
    known = kept(tmp_path, found_in(tmp_path / "a", tables))
    for locale, rows in tables.items():
        rows.insert(0, ["TRAIN_AAA_FAIL", "500", f"aaa {locale} kaput.", f"{locale}: see aaa."])
        rows.insert(7, ["TRAIN_FOX_FAIL", "700", f"fox {locale} kaput.", f"{locale}: see fox."])
        rows.append(["TRAIN_ZZZ_FAIL", "900", f"zzz {locale} kaput.", f"{locale}: see zzz."])
    compared = baseline.apply(found_in(tmp_path / "b", tables), known)
    assert counts(compared) == (0, 4, 0)
    assert stale(compared) == []


# New, known and fixed.


def fails(tmp_path: Path, compared: Compared) -> bool:
    return Report(pipeline.load(tmp_path / "a").written, compared.diagnostics).fails(Severity.ERROR)


def test_what_is_known_does_not_fail(tmp_path: Path) -> None:
    found = found_in(tmp_path / "a", planted())
    before = baseline.apply(found, Baseline())
    assert before.diagnostics == found
    assert (counts(before), fails(tmp_path, before)) == ((4, 0, 0), True)
    after = baseline.apply(found, kept(tmp_path, found))
    assert (counts(after), fails(tmp_path, after)) == ((0, 4, 0), False)
    assert [one.fingerprint for one in after.diagnostics] == [one.fingerprint for one in found]


def test_one_fixed_and_another_added(tmp_path: Path) -> None:
    tables = planted()
    known = kept(tmp_path, found_in(tmp_path / "a", tables))
    tables["en"][1][3] = clean()["en"][1][3]
    tables["en"][9][3] = ""
    compared = baseline.apply(found_in(tmp_path / "b", tables), known)
    assert counts(compared) == (1, 3, 1)
    new = [one for one in compared.diagnostics if one.state is State.NEW and one.rule != "X903"]
    assert [(one.rule, one.locale, one.code) for one in new] == [("T601", "en", "519")]
    [gone] = stale(compared)
    assert (gone.code, gone.locale, gone.field) == ("511", "en", "solution")


def test_a_second_defect_like_a_known_one_is_new(tmp_path: Path) -> None:
    tables = clean()
    tables["en"].append(list(tables["en"][2]))
    known = kept(tmp_path, found_in(tmp_path / "a", tables))
    tables["it"].append(list(tables["it"][2]))
    compared = baseline.apply(found_in(tmp_path / "b", tables), known)
    assert counts(compared) == (1, 1, 0)


def test_a_stale_entry_fails_until_it_is_pruned(tmp_path: Path) -> None:
    tables = planted()
    known = kept(tmp_path, found_in(tmp_path / "a", tables))
    tables["it"][8][0] = clean()["it"][8][0]
    found = found_in(tmp_path / "b", tables)
    compared = baseline.apply(found, known)
    [gone] = stale(compared)
    at = next(number for number, entry in enumerate(known.entries) if entry.rule == "N301")
    assert (gone.span.path, gone.span.line) == ("baseline.json", known.lines[at])
    assert (gone.severity, gone.state, gone.name) == (Severity.ERROR, State.NEW, "stale-baseline-entry")
    assert gone.message == f"the known N301 is no longer found: {known.entries[at].message}"
    assert re.fullmatch(r"X903:[0-9a-f]{16}:0", gone.fingerprint)
    assert (counts(compared), fails(tmp_path, compared)) == ((0, 3, 1), True)
    pruned = baseline.apply(found, kept(tmp_path, compared.diagnostics))
    assert (counts(pruned), fails(tmp_path, pruned)) == ((0, 3, 0), False)


def test_a_report_with_stale_entries_is_sorted_worst_first(tmp_path: Path) -> None:
    found = found_in(tmp_path / "a", planted())
    known = kept(tmp_path, found)
    notes = tuple(msgspec.structs.replace(one, severity=Severity.NOTE) for one in found[1:])
    compared = baseline.apply(notes, known)
    assert compared.diagnostics[0].rule == "X903"
    assert len({one.fingerprint for one in compared.diagnostics}) == 4


@pytest.mark.parametrize(
    ("state", "fixed", "why"),
    [(State.CORRECTED, 1, "is corrected by an erratum"), (State.SUPPRESSED, 0, "is suppressed")],
)
def test_what_is_settled_otherwise_is_stale_too(tmp_path: Path, state: State, fixed: int, why: str) -> None:
    found = found_in(tmp_path / "a", planted())
    known = kept(tmp_path, found)
    settled = (msgspec.structs.replace(found[0], state=state), *found[1:])
    compared = baseline.apply(settled, known)
    assert counts(compared) == (0, 3, fixed)
    assert [why in one.message for one in stale(compared)] == [True]


def test_consequences_follow_their_cause(tmp_path: Path) -> None:
    found = found_in(tmp_path / "a", planted())
    cause = next(one for one in found if one.rule == "K204")
    known = next(one for one in baseline.apply(found, kept(tmp_path, found)).diagnostics if one.rule == "K204")
    assert {one.state for one in known.explains} == {State.KNOWN}
    # A known consequence does not make its new cause known; and it is still found, so it is not stale.
    alone = kept(tmp_path, cause.explains[:1])
    compared = baseline.apply([cause], alone)
    assert counts(compared) == (1, 0, 0)
    assert {one.state for one in compared.diagnostics[0].explains} == {State.NEW}


def test_a_consequence_that_outlives_its_cause_is_known(tmp_path: Path) -> None:
    tables = planted()
    known = kept(tmp_path, found_in(tmp_path / "a", tables))
    del tables["en"][4]  # The row under the wrong code is gone; that 514 is missing is no news.
    compared = baseline.apply(found_in(tmp_path / "b", tables), known)
    assert counts(compared) == (0, 4, 1)
    assert [(one.state, one.code) for one in compared.diagnostics if one.rule == "K201"] == [(State.KNOWN, "514")]
    assert [one.message[:14] for one in stale(compared)] == ["the known K204"]
    assert "K201" in {entry.rule for entry in kept(tmp_path, compared.diagnostics).entries}


def test_while_a_rule_has_failed_nothing_is_called_stale(tmp_path: Path) -> None:
    found = found_in(tmp_path / "a", planted())
    known = kept(tmp_path, found)
    crash = msgspec.structs.replace(found[0], rule="X999", fingerprint="X999:0123456789abcdef:0")
    compared = baseline.apply([crash, *found[1:]], known)
    assert counts(compared) == (1, 3, 0)
    assert stale(compared) == []


def test_the_originals_without_errata(tmp_path: Path) -> None:
    shutil.copytree(
        SOURCE_DOCS, tmp_path / "docs", ignore=shutil.ignore_patterns("*.json", "errata.toml", "glossary.toml")
    )
    found = checked(tmp_path / "docs")
    known = kept(tmp_path / "docs", found)
    assert counts(baseline.apply(found, known)) == (0, len(found), 0)
    shutil.copy(SOURCE_DOCS / "errata.toml", tmp_path / "docs")
    after = checked(tmp_path / "docs")
    compared = baseline.apply(after, known)
    gone = stale(compared)
    assert sum("is corrected by an erratum" in one.message for one in gone) == 5
    # Under its right code a row is another one: what was told of it is told anew, and its cells are compared with those
    # that are meant.
    renumbered = {one.span.line for one in after if one.state is State.CORRECTED and one.rule == "K204"}
    fresh = [one for one in compared.diagnostics if one.state is State.NEW and one.rule != "X903"]
    assert {(one.span.path, one.span.line) for one in fresh} <= {("gme/current/en.md", line) for line in renumbered}
    again = {one.fingerprint for one in found} - {one.fingerprint for one in after}
    assert len(gone) == 5 + len(again)
    assert {one.rule for one in found if one.fingerprint in again} <= {one.rule for one in fresh}
    assert counts(compared) == (len(fresh), len(found) - len(gone), len(gone))


# Wrong files.

ENTRY = (
    '{"fingerprint": "K201:0123456789abcdef:0", "rule": "K201", "severity": "error", "product": "train",\n'
    '"edition": "current", "locale": "en", "message": "8196 is missing"}'
)


def file(*entries: str, version: int = 1, fingerprints: int = 1) -> str:
    head = f'{{"version": {version},\n"fingerprint_version": {fingerprints},\n"diagnostics": [\n'
    return head + ",\n".join(entries) + "\n]}\n"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "is no valid JSON"),
        ("[]", 1, "is no baseline: expected object, got array"),
        (file(ENTRY).replace("\n]}", "\n<<<<<<< ours\n]}"), 6, "is no valid JSON"),
        (file(ENTRY)[:-5], 5, "is no valid JSON"),
        ("{}", 1, "is no baseline: object missing required field version"),
        (file(version=2), 1, "is a baseline of version 2, not 1"),
        (file(fingerprints=9), 1, "knows diagnostics by fingerprints of version 9, not 1"),
        (file(ENTRY, "7"), 6, "is no entry of a baseline: expected object, got int"),
        (
            file(ENTRY, ENTRY.replace("abcdef", "abcde0").replace('"rule"', '"line": 3, "rule"')),
            6,
            "object contains unknown field line",
        ),
        (file(ENTRY.replace('"error"', '"fatal"')), 4, "is no entry of a baseline: invalid enum value 'fatal'"),
        (file(ENTRY.replace("K201:", "201:")), 4, "“201:0123456789abcdef:0” is no fingerprint"),
        (file(ENTRY, ENTRY), 6, "K201:0123456789abcdef:0 is listed twice"),
        ("[" * 100_000, 1, "is no baseline"),
    ],
)
def test_a_wrong_file_is_an_error_with_its_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CodeglotError) as caught:
        baseline.read(path)
    assert message in caught.value.message
    assert (caught.value.path, caught.value.line) == (str(path), line)
    assert "--update-baseline" in caught.value.hint


def test_bytes_that_are_no_text_and_a_file_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    path.write_bytes(b'{\n"version": "\xff"}')
    with pytest.raises(CodeglotError, match="is not UTF-8") as caught:
        baseline.read(path)
    assert caught.value.line == 2
    with pytest.raises(CodeglotError, match="cannot be read"):
        baseline.read(tmp_path / "none.json")


def test_a_file_in_another_form_is_the_same_baseline(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    path.write_bytes(b"\xef\xbb\xbf" + file(ENTRY).replace("\n", "\r\n").encode())
    read = baseline.read(path)
    assert [entry.fingerprint for entry in read.entries] == ["K201:0123456789abcdef:0"]
    assert read.lines == (4,)


def test_a_baseline_elsewhere_is_named_from_the_folder_of_the_sources(tmp_path: Path) -> None:
    (tmp_path / "ci").mkdir()
    path = tmp_path / "ci" / "known.json"
    path.write_text(file(ENTRY), encoding="utf-8")
    read = baseline.read(path, tmp_path / "docs")
    assert read.path == "../ci/known.json"
    [gone] = baseline.apply((), read).diagnostics
    assert (gone.span.path, gone.span.line) == ("../ci/known.json", 4)
