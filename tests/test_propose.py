"""Proposed errata: read back and applied, each settles its diagnostic; what cannot be proved is not proposed."""

import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import config, pipeline, propose
from generator.diagnostics import Diagnostic, Precision, State
from generator.model import Column, EditionId, Erratum, Locale, ProductId
from tests import once

TESTS = Path(__file__).parent
SOURCE_DOCS = TESTS.parent / "source_docs"
BAD = sorted(path.parent for path in (TESTS / "cases" / "rules").glob("*/bad*/catalog.toml"))

Rows = list[list[str]]
LOCALES = ("ja", "en", "it")
WORDS = ["axle", "brake", "coupler", "door", "engine", "funnel", "gauge", "heater", "injector"]


def clean() -> dict[str, Rows]:
    return {
        locale: [
            [f"TRAIN_{word.upper()}_FAIL", str(510 + index), f"{word} {locale} kaput.", f"{locale}: see {word}."]
            for index, word in enumerate(WORDS)
        ]
        for locale in LOCALES
    }


def written(folder: Path, tables: dict[str, Rows]) -> Path:
    documents = ", ".join(f'{locale} = "{locale}.md"' for locale in tables)
    (folder / "catalog.toml").write_text(
        'source_locale = "ja"\nlocales = ["ja", "en", "it"]\n\n[[products]]\nid = "train"\ntitle = { ja = "Train" }\n\n'
        f'[[products.editions]]\nid = "current"\ndocuments = {{ {documents} }}\n',
        encoding="utf-8",
    )
    for locale, rows in tables.items():
        lines = ["| Name | Code | Cause | Solution |", "|---|---|---|---|", *(f"| {' | '.join(row)} |" for row in rows)]
        (folder / f"{locale}.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def checked(folder: Path) -> tuple[Diagnostic, ...]:
    loaded = pipeline.load(folder)
    return pipeline.check(loaded)


def proposed(folder: Path, *only: str) -> tuple[Erratum, ...]:
    return propose.propose(pipeline.load(folder).corrected, checked(folder), only)


def accepted(folder: Path, errata: tuple[Erratum, ...] = ()) -> tuple[Diagnostic, ...]:
    """What is reported once everything proposed, or ``errata``, has been put at the end of ``errata.toml``."""
    path = folder / "errata.toml"
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(f"{before}\n{propose.text(errata or proposed(folder))}", encoding="utf-8")
    return checked(folder)


def states(diagnostics: tuple[Diagnostic, ...]) -> list[tuple[str, str, str]]:
    return [(one.rule, one.code, one.state.value) for one in diagnostics]


# The originals.


def originals(tmp_path: Path) -> Path:
    """The documents alone; the words beside them are those that Codeglot brings anyway."""
    kept = shutil.ignore_patterns("errata.toml", "baseline.json", "suppressions.toml", "glossary.toml")
    return Path(shutil.copytree(SOURCE_DOCS, tmp_path / "docs", ignore=kept))


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The originals without errata, for reading."""
    return originals(tmp_path_factory.mktemp("bare"))


def proposed_once(folder: Path, *only: str) -> tuple[Erratum, ...]:
    return propose.propose(once.loaded(folder).corrected, once.checked(folder), only)


def test_the_reviewed_errata_of_the_originals_are_all_proposed(bare: Path) -> None:
    def substance(erratum: Erratum) -> tuple[object, ...]:
        sources = sorted({" ".join(line.replace(",", " ").replace(":", " ").split()[:2]) for line in erratum.evidence})
        return (*msgspec.structs.astuple(erratum)[:4], erratum.code, erratum.name, erratum.place, tuple(sources))

    reviewed = config.load(SOURCE_DOCS).errata
    assert reviewed
    found = proposed_once(bare)
    assert {substance(one) for one in found} == {substance(one) for one in reviewed}


def test_the_proposals_settle_what_the_reviewed_errata_settle(tmp_path: Path, bare: Path) -> None:
    folder = originals(tmp_path)
    assert {one.state for one in once.checked(bare)} == {State.NEW}
    assert states(accepted(folder)) == states(once.checked(SOURCE_DOCS))
    assert proposed(folder) == ()


def test_a_proposal_says_why_in_a_sentence(bare: Path) -> None:
    reasons = [one.reason for one in proposed_once(bare)]
    who = "zh current, en current and ko current"
    assert sorted(reasons) == [
        "An empty cell pushes the solution out of the table.",
        "An empty cell pushes the solution out of the table.",
        f"The name repeats that of 10006; {who} give 10009 the name AV_ERR_SERVER_ROOM_NOT_EXIST.",
        "The row is listed as 32775 but is what zh and ko list as 32777; its code and name repeat another row's.",
        "The row is listed as 8195 but is what zh and ko list as 8196; its code and name repeat another row's.",
    ]


def test_only_what_is_asked_for_is_proposed(bare: Path) -> None:
    [cause] = [one for one in once.checked(bare) if one.rule == "K206"]
    assert [one.name for one in proposed_once(bare, cause.fingerprint)] == ["AV_ERR_SERVER_ROOM_NOT_EXIST"]
    assert [one.code for one in proposed_once(bare, "K204:")] == ["8196", "32777"]
    assert proposed_once(bare, "K204:ffffffffffffffff:7") == ()


@pytest.mark.parametrize("state", [State.CORRECTED, State.SUPPRESSED])
def test_what_is_settled_or_accepted_is_not_proposed(bare: Path, state: State) -> None:
    given_ = [msgspec.structs.replace(one, state=state) for one in once.checked(bare)]
    assert propose.propose(once.loaded(bare).corrected, given_) == ()


def test_what_is_known_is_proposed(bare: Path) -> None:
    given_ = [msgspec.structs.replace(one, state=State.KNOWN) for one in once.checked(bare)]
    assert propose.propose(once.loaded(bare).corrected, given_) == proposed_once(bare) != ()


# Planted defects: accepting the proposal leaves nothing open.


def slip(rows: Rows, at: int) -> None:
    rows[at][1] = f"9{rows[at][1][1:]}"


def overwrite(rows: Rows, at: int) -> None:
    rows[at][:2] = (rows[at - 1] if at else rows[1])[:2]


def rename(rows: Rows, at: int) -> None:
    rows[at][0] = (rows[at - 1] if at else rows[1])[0]


def push(rows: Rows, at: int) -> None:
    rows[at].insert(3, "")


def push_twice(rows: Rows, at: int) -> None:
    rows[at][3:] = ["", rows[at][3], ""]


@pytest.mark.parametrize("at", [0, 4, 8])
@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("defect", [slip, overwrite, rename, push, push_twice], ids=lambda defect: defect.__name__)
def test_round_trip(tmp_path: Path, defect: Callable[[Rows, int], None], locale: str, at: int) -> None:
    tables = clean()
    defect(tables[locale], at)
    loaded = pipeline.load(written(tmp_path, tables))
    [cause] = pipeline.check(loaded)
    [erratum] = propose.propose(loaded.corrected, [cause])
    assert (erratum.locale, erratum.row) == (locale, " | ".join(filter(None, tables[locale][at])))
    peers = [other for other in LOCALES if other != locale]
    assert [line.split(",")[0] for line in erratum.evidence] == [f"{other} current" for other in peers]
    [after] = accepted(tmp_path, (erratum,))
    assert (after.fingerprint, after.state) == (cause.fingerprint, State.CORRECTED)
    corrected = next(
        entry
        for document in pipeline.load(tmp_path).corrected.documents
        if document.locale == locale
        for entry in document.entries
        if entry.corrections
    )
    right = clean()[locale][at]
    assert [field.plain for field in corrected.fields if field.column is not Column.CODE] == [right[0], *right[2:]]
    assert corrected.code.text == right[1]


def test_several_defects_of_a_document_and_two_of_one_row(tmp_path: Path) -> None:
    tables = clean()
    overwrite(tables["en"], 2)
    rename(tables["en"], 6)
    push(tables["en"], 2)
    push(tables["it"], 2)
    assert len(checked(written(tmp_path, tables))) == 4
    assert [(one.locale, one.code, one.name, bool(one.place)) for one in proposed(tmp_path)] == [
        ("en", "512", "TRAIN_COUPLER_FAIL", False),
        ("en", None, None, True),
        ("en", None, "TRAIN_GAUGE_FAIL", False),
        ("it", None, None, True),
    ]
    assert {one.state for one in accepted(tmp_path)} == {State.CORRECTED}


def test_what_an_erratum_has_left_open_is_proposed(tmp_path: Path) -> None:
    tables = clean()
    overwrite(tables["en"], 4)
    row = " | ".join(tables["en"][4])
    written(tmp_path, tables)
    (tmp_path / "errata.toml").write_text(
        f'[[errata]]\nproduct = "train"\nedition = "current"\nlocale = "en"\nrow = "{row}"\n'
        'code = "514"\nreason = "Listed as 513."\nevidence = ["ja: 514"]\n',
        encoding="utf-8",
    )
    assert [(one.code, one.name) for one in proposed(tmp_path)] == [(None, "TRAIN_ENGINE_FAIL")]
    assert {one.state for one in accepted(tmp_path)} == {State.CORRECTED}


def test_swapped_codes_are_put_right_together(tmp_path: Path) -> None:
    tables = clean()
    rows = tables["en"]
    rows[3][1], rows[4][1] = rows[4][1], rows[3][1]
    assert [one.rule for one in checked(written(tmp_path, tables))] == ["K204"]
    assert [one.code for one in proposed(tmp_path)] == ["513", "514"]
    assert {one.state for one in accepted(tmp_path)} == {State.CORRECTED}


def test_of_swapped_codes_both_are_proved_or_none_is_proposed(tmp_path: Path) -> None:
    tables = clean()
    rows = tables["en"]
    rows[3][1], rows[4][1] = rows[4][1], rows[3][1]
    [cause] = checked(written(tmp_path, tables))
    unsure = tuple(msgspec.structs.replace(one, precision=Precision.HIGH) for one in cause.explains)
    catalog = pipeline.load(tmp_path).corrected
    assert len(propose.propose(catalog, [cause])) == 2
    assert propose.propose(catalog, [msgspec.structs.replace(cause, explains=unsure)]) == ()


def test_two_diagnostics_of_one_name_are_one_proposal(tmp_path: Path) -> None:
    tables = clean()
    rename(tables["en"], 4)
    [cause] = checked(written(tmp_path, tables))
    assert propose.propose(pipeline.load(tmp_path).corrected, [cause, cause]) == proposed(tmp_path) != ()


@pytest.mark.parametrize("folder", BAD, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_no_proposal_for_any_rule_brings_up_anything_new(tmp_path: Path, folder: Path) -> None:
    before = once.checked(folder)
    made = propose.propose(once.loaded(folder).corrected, before)
    if not made:
        return
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    after = accepted(copy, made)
    known = {inner.fingerprint for one in before for inner in (one, *one.explains)}
    assert [one for one in after if one.state is State.NEW and one.fingerprint not in known] == []
    assert bool(made) == ({one.fingerprint for one in after if one.state is State.CORRECTED} != corrected_in(before))


def corrected_in(diagnostics: tuple[Diagnostic, ...]) -> set[str]:
    return {one.fingerprint for one in diagnostics if one.state is State.CORRECTED}


# What cannot be proved, or not be said.


def unprovable(folder: Path, tables: dict[str, Rows], rule: str) -> None:
    found = checked(written(folder, tables))
    assert rule in {one.rule for one in found}
    assert proposed(folder) == ()


def test_a_row_that_stands_twice_cannot_be_named(tmp_path: Path) -> None:
    tables = clean()
    push(tables["en"], 4)
    tables["en"].append(list(tables["en"][4]))
    unprovable(tmp_path, tables, "S101")


def test_an_empty_cell_before_two_texts_cannot_be_said(tmp_path: Path) -> None:
    tables = clean()
    tables["en"][4].insert(2, "")
    unprovable(tmp_path, tables, "S101")


def test_a_text_that_no_peer_has_is_not_placed(tmp_path: Path) -> None:
    tables = clean()
    push(tables["en"], 4)
    for peer in ("ja", "it"):
        tables[peer][4][3] = ""
    unprovable(tmp_path, tables, "S101")


def test_without_any_peer_the_row_itself_is_the_evidence(tmp_path: Path) -> None:
    tables = {"ja": clean()["ja"]}
    push(tables["ja"], 4)
    written(tmp_path, tables)
    [erratum] = proposed(tmp_path)
    assert erratum.evidence == ("ja current, line 7: 5 cells under 4 columns, the one under solution empty",)
    assert {one.state for one in accepted(tmp_path)} == {State.CORRECTED}


def test_peers_that_disagree_in_the_name_prove_none(tmp_path: Path) -> None:
    tables = clean()
    rename(tables["en"], 4)
    tables["it"][4][0] = "TRAIN_WHISTLE_LOST"
    unprovable(tmp_path, tables, "K206")


def test_names_that_slipped_down_are_not_put_right_one_by_one(tmp_path: Path) -> None:
    tables = clean()
    names = [row[0] for row in tables["en"]]
    for row, name in zip(tables["en"][4:], names[3:], strict=False):
        row[0] = name
    unprovable(tmp_path, tables, "K206")


def test_a_name_that_is_only_spelt_otherwise_is_left_alone(tmp_path: Path) -> None:
    tables = clean()
    slip(tables["en"], 4)
    tables["en"][4][0] = "TRAIN_ENGINEFAIL"
    written(tmp_path, tables)
    assert [(one.code, one.name) for one in proposed(tmp_path)] == [("514", None)]
    assert [(one.rule, one.state) for one in accepted(tmp_path)] == [("N301", State.NEW), ("K204", State.CORRECTED)]


def test_two_spellings_of_a_word_prove_neither(tmp_path: Path) -> None:
    tables = clean()
    for rows in tables.values():
        for row in rows:
            row[1] = row[0].title().replace("_", "")
    tables["en"][4][1] = "TrainEngineFial"
    unprovable(tmp_path, tables, "K204")


# The TOML.


def test_nothing_is_no_text() -> None:
    assert propose.text(()) == ""


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_any_words_survive_the_file(row: str, words: str) -> None:
    erratum = Erratum(
        product=ProductId("train"),
        edition=EditionId("2019-04"),
        locale=Locale("pt-BR"),
        row=row,
        reason=words,
        evidence=(words, row),
        code=row,
        name=words,
        place=((Column.CAUSE, words), (Column.CAUSE_AND_SOLUTION, row)),
    )
    text = propose.text((erratum, msgspec.structs.replace(erratum, code=None, name=None, place=())))
    read: list[dict[str, Any]] = tomllib.loads(text)["errata"]
    assert read[0] == {
        "product": "train",
        "edition": "2019-04",
        "locale": "pt-BR",
        "row": row,
        "code": row,
        "name": words,
        "reason": words,
        "evidence": [words, row],
        "place": {"cause": words, "cause_and_solution": row},
    }
    assert set(read[1]) == {"product", "edition", "locale", "row", "reason", "evidence"}
    assert all(mark == "\n" or mark.isprintable() for mark in text)


def test_metacharacters_in_a_row_survive_the_whole_way(tmp_path: Path) -> None:
    tables = clean()
    tables["en"][4][2] = 'engine en "kaput\\\\w" at C:\\\\temp # [x] =\u00a0s.'
    overwrite(tables["en"], 4)
    assert len(checked(written(tmp_path, tables))) == 1
    assert {one.state for one in accepted(tmp_path)} == {State.CORRECTED}
