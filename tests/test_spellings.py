"""Spellings of codes as vendors write them into cells: marks, lists, ranges, two bases, keys of two parts, names."""

import pytest

from generator.codes import composite, read_code, read_number, symbol
from generator.model import CodeList, CodeRange, IntegerCode, SymbolCode, canonical
from generator.parse.spelled import read_cell


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("(1001)", 1001),
        ("[1001]", 1001),
        ("1001*", 1001),
        ("1001.", 1001),
        ("#1001", 1001),
        ("\\-1792", -1792),
        ("1,001", 1001),
        ("100,000", 100000),
        ("4097 (0x1001)", 4097),
        ("0x1001 / 4097", 4097),
        ("0xC0000005 (-1073741819)", 0xC0000005),
    ],
)
def test_marks_and_a_second_base_change_no_number(text: str, value: int) -> None:
    assert read_number(text) == IntegerCode(text, value)


@pytest.mark.parametrize(
    "text", ["4097 (0x1002)", "1 000", "100 000", "1.5", "5x", "0x", "(", "*", "1,5,", "-", "8a27", "8 al"]
)
def test_what_names_no_single_number_is_none(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("400,403", (400, 403)),
        ("1001 or 1002", (1001, 1002)),
        ("1001\u62161002", (1001, 1002)),
        ("1001 1002", (1001, 1002)),
        ("1001-1003, 1008", (1001, 1002, 1003, 1008)),
    ],
)
def test_lists(text: str, values: tuple[int, ...]) -> None:
    assert read_number(text) == CodeList(text, values)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("5xx", 500, 599),
        ("40X", 400, 409),
        ("-4090001 ~ 4", -4090004, -4090001),
        ("1\u52309", 1, 9),
        ("-5000001 ~ 15", -5000015, -5000001),
        ("-100007~8", -100008, -100007),
        ("10001~5", 10001, 10005),
        ("10001~10005", 10001, 10005),
        ("-10 ~ 3", -10, 3),
        ("-5~3", -5, 3),
        ("-100 ~ 3", -100, 3),
        ("1005~3", 3, 1005),
        ("-4090001 ~ -4", -4090001, -4),
        ("999 ~ 1000", 999, 1000),
        ("8 \u00e0 27", 8, 27),
        ("8 a 27", 8, 27),
        ("8 al 27", 8, 27),
    ],
)
def test_ranges(text: str, first: int, last: int) -> None:
    assert read_number(text) == CodeRange(text, first, last)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("22P02", "22P02"),
        ("403.14", "403.14"),
        ("1001-01", "1001-01"),
        ("DB\uff1a0140", "DB:0140"),
        ("PUMP\u200b_DRY", "PUMP_DRY"),
        ("ERR_A, ERR_B", "ERR_A, ERR_B"),
        ("E100 ~ E199", "E100-E199"),
        ("4000 | 10010", "4000:10010"),
        ("4000:10010", "4000:10010"),
        ("std::bad_alloc", "std::bad_alloc"),
        ("PUMP_DRY,", "PUMP_DRY"),
        ("error_ca\u00f1\u00f3n", "error_ca\u00f1\u00f3n"),
    ],
)
def test_words_keep_their_spelling_and_are_compared_by_their_value(text: str, value: str) -> None:
    assert read_code(text) == SymbolCode(text, value)
    assert canonical(symbol(text)) == value or value != text


def test_words_of_a_language_are_no_codes() -> None:
    assert [read_code(text) for text in ("yes, no", "see below", "Bad Request", "a.")] == [None] * 4


def test_a_key_of_two_parts_is_one_whatever_its_spelling() -> None:
    key = composite("0x10 | 7", ("0x10", "7"))
    assert key == SymbolCode("0x10 | 7", "16:7")
    read = read_code("16:7")
    assert read is not None
    assert canonical(key) == canonical(read)


@pytest.mark.parametrize(
    ("words", "number", "name", "text"),
    [
        ("Error 1001", 1001, "", ""),
        ("\u9519\u8bef\u7801\uff1a1001", 1001, "", ""),
        ("1001 PUMP_DRY", 1001, "PUMP_DRY", ""),
        ("PUMP_DRY(1001)", 1001, "PUMP_DRY", ""),
        ("PUMP_DRY = -1", -1, "PUMP_DRY", ""),
        ("400 Bad Request", 400, "Bad Request", ""),
        ("1001 - the pump is dry", 1001, "", "the pump is dry"),
    ],
)
def test_words_beside_a_number(words: str, number: int, name: str, text: str) -> None:
    for numbers in (True, False):
        spelled = read_cell([words], numbers=numbers)
        assert spelled is not None
        assert (canonical(spelled.code), spelled.name, spelled.text) == (number, name, text)


@pytest.mark.parametrize(
    "words", ["12 ms", "3 %", "10 000", "2019-01-01", "1.2.3", "3O2", "n/a", "", "see 1001", "v1.2"]
)
def test_amounts_dates_and_words_are_no_codes_among_numbers(words: str) -> None:
    assert read_cell([words], numbers=True) is None


def test_a_lettered_code_stands_among_numbers_but_not_a_misspelled_number() -> None:
    found = read_cell(["E900"], numbers=True)
    assert found is not None
    assert found.code == SymbolCode("E900", "E900")
    assert read_cell(["O302"], numbers=True) is None
