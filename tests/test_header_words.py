"""The header words that ship with Codeglot, and how wordings nobody listed are understood."""

import shutil
import tomllib
from importlib import resources
from pathlib import Path

import pytest

from generator import pipeline
from generator.model import Column
from generator.parse.headers import CONSTANTS, KNOWN, VAGUE, Vocabulary, folded, says_thing

SHIPPED = tomllib.loads((resources.files("generator.parse") / "headers.toml").read_text(encoding="utf-8"))
SAID = tomllib.loads((resources.files("generator.parse") / "words.toml").read_text(encoding="utf-8"))
CASES = Path(__file__).parent / "cases" / "rules"
KINDS = {"code", "sub_code", "name", "description", "cause", "solution", "cause_and_solution"}
OTHERS = {"vague", "counting", "parameters", "amounts", "constants", "things", "groups", "acts", "errors", "status"}


@pytest.mark.parametrize("language", SHIPPED)
def test_each_language_has_words_of_every_kind(language: str) -> None:
    assert set(SHIPPED[language]) == KINDS | OTHERS
    for kind, words in SHIPPED[language].items():
        assert words, kind
        assert len(set(words)) == len(words), kind


def test_no_word_of_documents_and_programs_is_said_twice() -> None:
    tables = {**SAID["languages"], **{name: SAID[name] for name in ("grammar", "cells", "names")}}
    for table, kinds in tables.items():
        for kind, words in kinds.items():
            assert words, (table, kind)
            assert len(set(words)) == len(words), (table, kind)
            assert kind == "posix" or [word.casefold() for word in words] == words, (table, kind)


def test_no_word_means_two_columns() -> None:
    meant: dict[str, str] = {}
    for words in SHIPPED.values():
        for kind in KINDS:
            for word in words[kind]:
                assert meant.setdefault(folded(word), kind) == kind, word


def test_vague_words_are_words_of_codes() -> None:
    assert {KNOWN[word] for word in VAGUE} == {Column.CODE}


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Error Code (decimal)", Column.CODE),
        ("**Error Code**", Column.CODE),
        ("\u9519\u8bef\u7801 Error Code", Column.CODE),
        ("Error Code/\u9519\u8bef\u7801", Column.CODE),
        ("Possible Cause(s)", Column.CAUSE),
        ("Cause / Solution", Column.CAUSE_AND_SOLUTION),
        ("Ursache und Abhilfe", Column.CAUSE_AND_SOLUTION),
        ("Error Description / Meaning", Column.DESCRIPTION),
        ("Codigo de error", Column.CODE),
        ("Stoerungscode", Column.CODE),
        ("Hata Aciklamasi", Column.DESCRIPTION),
        ("Foutcode", Column.CODE),
        ("Mahdollinen syy", Column.CAUSE),
        ("Kod chyby", Column.CODE),
        ("Спосіб усунення", Column.SOLUTION),
        ("توضیح خطا", Column.DESCRIPTION),
        ("סיבה ופתרון", Column.CAUSE_AND_SOLUTION),
        ("त्रुटि कोड", Column.CODE),
        ("错误码列表", Column.CODE),
        ("Ten", None),
        ("HTTP status code", None),
        ("Platform", None),
        ("", None),
    ],
)
def test_wordings(header: str, column: Column | None) -> None:
    assert Vocabulary({}).column(header) is column


@pytest.mark.parametrize(
    ("header", "is_vague"),
    [
        ("Value", True),
        ("visibility \u5024", True),
        ("\u8fd4\u56de\u503c (return value)", True),
        ("Value / Error code", False),
        ("Error code", False),
        ("Description", False),
    ],
)
def test_a_vague_word_among_others_stays_vague(header: str, is_vague: bool) -> None:
    assert Vocabulary({}).is_vague(header) is is_vague


def test_words_of_things_and_constants() -> None:
    assert says_thing("Command list")
    assert says_thing("\uba85\ub839 \ucf54\ub4dc")
    assert not says_thing("Recommendation")
    assert not says_thing("Error code")
    assert {KNOWN[word] for word in CONSTANTS} == {Column.NAME}


def test_declared_words_win() -> None:
    declared = Vocabulary({Column.NAME: ("Fehlercode",), Column.SOLUTION: ("Rada zx",)})
    assert declared.column("Fehlercode") is Column.NAME
    assert declared.column("rada  ZX:") is Column.SOLUTION
    assert declared.column("Ursache") is Column.CAUSE


@pytest.mark.parametrize("case", ["S114/bad-unknown-headers", "S116/bad-unknown", "S117/bad", "S117/bad-guessed"])
def test_what_a_hint_proposes_can_be_pasted_as_it_stands(case: str, tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    shutil.copytree(CASES / case, folder)
    proposed = [one.hint for one in pipeline.check(pipeline.load(folder)) if "columns." in one.hint]
    assert len(proposed) == 1
    line = proposed[0].split(": ", 1)[1]
    catalog = folder / "catalog.toml"
    catalog.write_text(f"{line}\n{catalog.read_text(encoding='utf-8')}", encoding="utf-8")
    assert not [one.hint for one in pipeline.check(pipeline.load(folder)) if "columns." in one.hint]
