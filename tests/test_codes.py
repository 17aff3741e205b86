"""Spellings of a code."""

import unicodedata

import pytest

from generator.codes import normal, read_code, read_number
from generator.model import Code, CodeList, CodeRange, IntegerCode, SymbolCode, canonical


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("7006", 7006),
        ("007", 7),
        ("-100", -100),
        ("+5", 5),
        ("\u2212100", -100),
        ("\u2011100", -100),
        ("0x1001", 4097),
        ("0XfF", 255),
        ("-0x10", -16),
        ("\uff17\uff10\uff10\uff16", 7006),
        ("\uff0d\uff11", -1),
        ("\uff10\uff58\uff11\uff10", 16),
        ("70\u200b06", 7006),
        ("\ufeff70\u00ad06\u00a0", 7006),
        ("9" * 39, 10**39 - 1),
        ("0x" + "f" * 32, 2**128 - 1),
    ],
)
def test_a_number_is_read_in_any_spelling(text: str, value: int) -> None:
    assert read_number(text) == IntegerCode(text, value)
    assert read_code(text) == IntegerCode(text, value)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("120001-130000", 120001, 130000),
        ("1 - 2", 1, 2),
        ("1~2", 1, 2),
        ("1\uff5e2", 1, 2),
        ("1\u301c2", 1, 2),
        ("1\u20132", 1, 2),
        ("1\u81f32", 1, 2),
        ("1 to 2", 1, 2),
        ("1...2", 1, 2),
        ("1\u20262", 1, 2),
        ("-20--10", -20, -10),
        ("-10 - -20", -20, -10),
        ("0x10-0x1F", 16, 31),
    ],
)
def test_a_range_is_read_from_the_lower_to_the_higher_end(text: str, first: int, last: int) -> None:
    assert read_number(text) == CodeRange(text, first, last)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,2", (1, 2)),
        ("3, 1; 2", (3, 1, 2)),
        ("1/2", (1, 2)),
        ("1\u30012\uff0c3", (1, 2, 3)),
        ("1, 2, and 3", (1, 2, 3)),
        ("1, 2 and 3", (1, 2, 3)),
        ("1\u30012\u548c3", (1, 2, 3)),
        ("-1,0x10", (-1, 16)),
    ],
)
def test_several_codes_stay_in_the_order_written(text: str, values: tuple[int, ...]) -> None:
    assert read_number(text) == CodeList(text, values)


@pytest.mark.parametrize(
    "text", ["InvalidParameter", "MK:0001", "E900", "Auth-Failure", "a/b", "InvalidParameter.Size", "_x", "ＥＲＲ"]
)
def test_a_single_word_is_a_symbol_but_no_number(text: str) -> None:
    assert read_number(text) is None
    assert read_code(text) == SymbolCode(text, unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize(
    "text", ["", " ", "-", "n/a x", "two words", "1.5", "1,5,", "0x", "0xZZ", "1 000", "不是", "9" * 40, "a.", "12 ms"]
)
def test_anything_else_is_no_code(text: str) -> None:
    assert read_code(text) is None


def test_normal_form_leaves_the_meaning() -> None:
    assert normal(" \u3000\uff21\u200b\u2014\u00a0") == "A-"


@pytest.mark.parametrize(
    ("code", "value"),
    [
        (IntegerCode("0x10", 16), 16),
        (SymbolCode("\uff251", "E1"), "E1"),
        (CodeRange("1-2", 1, 2), (1, 2)),
        (CodeList("1,2", (1, 2)), (2, 1, 2)),
    ],
)
def test_a_code_is_compared_by_its_value(code: Code, value: object) -> None:
    assert canonical(code) == value


def test_a_list_of_two_is_never_a_range() -> None:
    lists = [CodeList("", (first, last)) for first in range(4) for last in range(4)]
    ranges = [CodeRange("", first, last) for first in range(4) for last in range(4)]
    assert not {canonical(code) for code in lists} & {canonical(code) for code in ranges}
