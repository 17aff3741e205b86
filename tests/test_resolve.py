"""The resolver: a table of texts read by people, and what must hold for any text and any code."""

import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import pipeline, resolve
from generator.model import Locale
from generator.resolve import IndexedCode, ReadKind, ResolutionKind
from generator.resolve.fold import LONGEST, fold
from generator.resolve.grammar import GRAMMAR
from generator.resolve.names import slips

ROOT = Path(__file__).resolve().parents[1]
TABLE: dict[str, Any] = json.loads((ROOT / "tests" / "cases" / "resolve.json").read_text(encoding="utf-8"))
LOADED = pipeline.load(ROOT / "source_docs")
CATALOG, MEANT = LOADED.corrected, LOADED.settings.declared.meant
INDEXES: dict[str, tuple[IndexedCode, ...]] = {
    "invented": msgspec.convert(TABLE["invented"], tuple[IndexedCode, ...]),
    "originals": resolve.index(CATALOG, MEANT),
}
ORIGINALS = INDEXES["originals"]
BY_PATH = {code.path: code for code in ORIGINALS}
EVERY = [(name, code) for name, index in INDEXES.items() for code in index]
IDS = [f"{name}-{code.path}" for name, code in EVERY]


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: json.dumps(case["text"])[:60])
def test_case(case: dict[str, Any]) -> None:
    index = INDEXES[case["index"]]
    found = resolve.resolve(case["text"], index)
    assert found.kind == case["kind"]
    if "codes" in case:
        assert list(found.codes) == case["codes"]
    if "first" in case:
        assert list(found.codes[: len(case["first"])]) == case["first"]
    if "reads" in case:
        assert [[read.text, read.kind] for read in found.reads] == case["reads"]
    for part in ("ambiguity", "other_base", "neighbours"):
        if part in case:
            assert [value for read in found.reads for value in getattr(read, part)] == case[part]


def test_table_is_broad() -> None:
    texts = [(case["index"], case["text"]) for case in TABLE["cases"]]
    assert len(texts) == len(set(texts))
    assert len(texts) >= 540
    makes = [case["make"] for case in TABLE["cases"] if "make" in case]
    assert len(makes) * 3 >= len(texts)
    assert len(set(makes)) >= 20
    without_code = sum(case["kind"] == "none" for case in TABLE["cases"])
    assert without_code * 5 >= len(texts)
    assert {case["kind"] for case in TABLE["cases"]} == {kind.value for kind in ResolutionKind}
    assert {read[1] for case in TABLE["cases"] for read in case.get("reads", ())} == {kind.value for kind in ReadKind}


@pytest.mark.parametrize(("name", "code"), EVERY, ids=IDS)
def test_every_code_finds_itself(name: str, code: IndexedCode) -> None:
    index = INDEXES[name]
    values = {one.path: one.values for one in index}
    for value in code.values:
        spellings = [str(value), f" {value}\n", f"error code: {value}", f"{code.product} {value}", f"ret={value}"]
        if value >= 0:
            spellings += [f"0x{value:x}", f"0X{value:08X}", f"000{value}", f"-{value}"]
            spellings.append(str(value).translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)}))
        for spelling in spellings:
            found = resolve.resolve(spelling, index)
            alike = [path for path in found.codes if value in values[path]]
            assert code.path in alike, spelling
            assert list(found.codes[: len(alike)]) == alike, spelling
        assert resolve.resolve(f"{code.product} {value}", index).codes[0] == code.path
    assert resolve.resolve(code.path, index).codes[0] == code.path
    assert resolve.resolve(f"https://codes.example.org/en/{code.path}/", index).codes[:1] == (code.path,)


@pytest.mark.parametrize(("name", "code"), EVERY, ids=IDS)
def test_every_name_finds_its_code(name: str, code: IndexedCode) -> None:
    index = INDEXES[name]
    for own in (*code.names, *((code.symbol,) if code.symbol else ()), *code.former):
        spellings = [own, own.lower(), own.replace("_", " "), own.replace("_", "-"), own.replace("_", "\\_")]
        spellings += [own.replace("_", "<br>_", 1), f"`{own}`", f"callback failed: {own}"]
        for spelling in spellings:
            assert code.path in resolve.resolve(spelling, index).codes, spelling


def test_originals_are_indexed() -> None:
    auth = BY_PATH["gme/7006"]
    assert (auth.values, auth.names, auth.former, auth.retired) == ((7006,), ("AV_ERR_AUTH_FIALD",), (), False)
    renamed = BY_PATH["gme/32770"]
    assert renamed.names == ("QAVPTTERROR_S2T_NETWORK_FAIL",)
    assert renamed.former == ("QAVPTTERROR_V2T_NETWORK_FAIL",)
    assert BY_PATH["gme/1"].retired
    assert not BY_PATH["ilvb/1"].retired
    assert BY_PATH["ilvb/1001"].meanings == 2
    assert BY_PATH["ilvb/30000412"].names == ()


def test_right_spellings_and_titles_are_indexed() -> None:
    assert BY_PATH["gme/7006"].meant == ("AV_ERR_AUTH_FAILED",)
    assert BY_PATH["gme/7005"].meant == ()
    assert BY_PATH["gme/7006"].titles == ("游戏多媒体引擎", "game multimedia engine", "게임 멀티미디어 엔진")
    file = json.loads(resolve.browser_index(CATALOG, Locale("en"), meant=MEANT))
    assert file["products"][0] == ["gme", "Game Multimedia Engine (GME)", list(BY_PATH["gme/7006"].titles)]
    assert next(row for row in file["codes"] if row[1] == "7006")[8] == "AV_ERR_AUTH_FAILED"


@pytest.mark.parametrize(
    ("called", "product"),
    [
        *(
            ("互动直播", "ilvb"),
            ("互动", "ilvb"),
            ("Interactive Live Video Broadcasting", "ilvb"),
            ("interactive live", "ilvb"),
        ),
        *(
            ("인터랙티브 라이브 방송", "ilvb"),
            ("游戏多媒体引擎", "gme"),
            ("Game Multimedia Engine", "gme"),
            ("게임", "gme"),
        ),
    ],
)
def test_a_title_favours_its_product(called: str, product: str) -> None:
    for text in (f"{called} 1001", f"1001 {called}", f"{called}: 1001"):
        assert resolve.resolve(text, ORIGINALS).codes == (
            f"{product}/1001",
            f"{'gme' if product == 'ilvb' else 'ilvb'}/1001",
        ), text


def test_browser_index_says_what_a_code_means() -> None:
    files = {locale: json.loads(resolve.browser_index(CATALOG, Locale(locale))) for locale in ("zh", "en", "ko")}
    rows = {locale: {(row[0], str(row[1])): row for row in file["codes"]} for locale, file in files.items()}
    assert files["en"]["locale"] == "en"
    assert rows["en"][0, "7007"][2:4] == ["AV_ERR_IN_OTHER_ROOM", "Already in another room."]
    assert rows["ko"][0, "7007"][3] == "이미 다른 방에 있음"
    # Eight codes of the section are a "Recording error".
    assert rows["en"][0, "4099"][3] == "Recording error: Recording is in progress."
    assert rows["zh"][1, "20406"][2:4] == ["", "用户欠费"]
    # A text in another language says so.
    assert rows["en"][1, "20406"][3] == "用户欠费"
    assert rows["en"][1, "20406"][-1] == "zh"


def test_browser_index_is_small_and_the_same_each_time() -> None:
    text = resolve.browser_index(CATALOG, Locale("zh"))
    assert text == resolve.browser_index(CATALOG, Locale("zh"))
    assert "\n" not in text
    assert len(text.encode()) < 120 * len(ORIGINALS) + 10_000


_PIECE = st.one_of(
    st.text(max_size=6),
    st.sampled_from(
        [
            "7006",
            "1001",
            "0x1b5e",
            "-",
            "+",
            ".",
            ":",
            "/",
            "=",
            " ",
            "\n",
            "[",
            "]",
            "ret",
            "code",
            "错误码",
            "번",
            "ms",
            "e",
            "gme",
            "AV_ERR",
            "_",
            "AUTH",
            "FIALD",
            "<br>",
            "\\_",
            "12:30",
            "2024-01-02",
            "\u200b",
            "１",
            "99999",
        ]
    ),
)


@given(st.lists(_PIECE, max_size=24).map("".join))
def test_any_text_is_answered_by_its_own_words(text: str) -> None:
    found = resolve.resolve(text, ORIGINALS)
    assert len(set(found.codes)) == len(found.codes)
    assert set(found.codes) <= set(BY_PATH)
    position = 0
    for read in found.reads:
        assert position <= read.start < read.end <= len(text)
        assert read.text == text[read.start : read.end]
        assert set(read.codes) <= set(found.codes)
        assert not set(read.codes) & set(read.other_base)
        assert not (read.codes and read.neighbours)
        position = read.end
    assert set(found.codes) == {path for read in found.reads for path in read.codes}


@given(st.integers(min_value=0, max_value=10**9))
def test_a_number_means_itself_or_nothing(value: int) -> None:
    known = {number for code in ORIGINALS for number in code.values}
    found = resolve.resolve(f"code {value}", ORIGINALS)
    assert all(value in BY_PATH[path].values for path in found.codes)
    assert bool(found.codes) == (value in known)


@pytest.mark.parametrize(
    "unit",
    [
        *("7006 ", "ret=", "a_", "1.", "::", "/e", "[", "AV_ERR_", "x" * 50 + "\n", "0x"),
        *(
            "websocket ",
            "[0:",
            "[f::",
            "domain=nsa",
            "+86 138 ",
            "listen a",
            "e/a(",
            "0000",
            "1#",
            "7006/",
            "a-7006 ",
            "[1]",
            *("err7006 ", "gme7006,", "7006 then ", "room 7006, ", "code|", "error\t7006\t", "a,error,b\n1,7006,2\n"),
            *("00001001: 1001 ", "-n 7006 ", "7006.0 ", "互动直播", "7006 3 ", " "),
        ),
    ],
)
def test_long_texts_are_answered(unit: str) -> None:
    text = unit * (2 * LONGEST // len(unit))
    found = resolve.resolve(text, ORIGINALS)
    assert all(read.end <= LONGEST for read in found.reads)


def test_folding_leads_back() -> None:
    folded = fold("Ａ<br>b\u200b\\_Ｃ\U0001f600")
    assert folded.text == "ab_c\ufffd"
    assert folded.cased == "Ab_C\ufffd"
    assert folded.original(0, 2) == (0, 6, "Ａ<br>b")
    assert folded.original(2, 4) == (8, 10, "_Ｃ")


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [("FAILED", "FIALD", 2), ("FAILED", "FAILED", 0), ("AB", "BA", 1), ("", "AB", 2), ("ABC", "XYZ", 3)],
)
def test_slips(first: str, second: str, expected: int) -> None:
    assert slips(first, second, 3) == expected
    assert slips(second, first, 3) == expected


@given(st.text("ABC", max_size=7), st.text("ABC", max_size=7), st.integers(0, 3))
def test_slips_are_counted_alike_both_ways(first: str, second: str, most: int) -> None:
    there, back = slips(first, second, most), slips(second, first, most)
    assert min(there, most + 1) == min(back, most + 1)
    assert (there == 0) == (first == second)


def test_grammar_keeps_to_what_both_languages_read_alike() -> None:
    patterns = [value for value in msgspec.to_builtins(GRAMMAR).values() if isinstance(value, str)]
    for pattern in (*patterns, *GRAMMAR.noise, *GRAMMAR.soft_noise):
        assert not re.search(r"\\[dwsbDWSBAZpP]|\(\?P|\(\?[aiLmsux]", pattern), pattern
