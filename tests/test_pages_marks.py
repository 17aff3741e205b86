"""Marks in texts that no person would write: they cost no more than others."""

import re
import time

import pytest

from generator.model import Locale
from generator.pages import marks

EN, ZH = Locale("en"), Locale("zh")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a " * 1000, "a b " * 500),
        ("错" * 2000, "错误" * 1000),
        ("1." * 1000, "2." * 1000),
        ("a" * 20_000, "b" * 20_000),
        ("a" * 20_000 + "_", "b"),
    ],
)
def test_one_sign_over_and_over_is_compared_in_no_time(first: str, second: str) -> None:
    begin = time.process_time()
    marks.differences([marks.Shown(EN, first), marks.Shown(EN, second), marks.Shown(ZH, first)], 0)
    assert time.process_time() - begin < 2


def test_names_are_found_wherever_they_begin() -> None:
    text = "9ab_c, x.Yz, aB1, _foo_bar, 中a::b, AbC; ab, 1.2"
    told = marks.differences([marks.Shown(EN, text), marks.Shown(ZH, "无")], None)[0]
    found = [text[slice(*one)] for one in told]
    assert [one for one in found if not re.fullmatch(r"[0-9.]+", one)] == [
        "ab_c", "x.Yz", "aB1", "foo_bar", "a::b", "AbC",
    ]  # fmt: skip
