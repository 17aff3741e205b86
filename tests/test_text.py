"""Words as they are meant, and as they fit."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ＡＶ＿ＥＲＲ", "AV_ERR"),
        ("AV\u200b_\u00adERR\ufeff", "AV_ERR"),
        ("错误 码", "错误 码"),
    ],
)
def test_what_is_invisible_or_wide_does_not_count(written: str, meant: str) -> None:
    assert text.visible(written) == meant


@pytest.mark.parametrize(
    ("long", "width", "short"),
    [
        ("short", 10, "short"),
        ("a sentence of several words", 12, "a sentence…"),
        ("获取上传参数过程中网络失败", 12, "获取上传参数…"),
        ("a, b", 2, "a…"),
        ("  folds \n white  space ", 20, "folds white space"),
    ],
)
def test_what_is_too_long_is_cut_after_a_word(long: str, width: int, short: str) -> None:
    assert text.shortened(long, width) == short


@given(st.text(), st.integers(1, 200))
def test_what_is_cut_fits_and_begins_as_it_did(long: str, width: int) -> None:
    short = text.shortened(long, width)
    columns = sum(2 if unicodedata.east_asian_width(mark) in "WF" else 1 for mark in short.removesuffix("…"))
    assert columns <= width
    assert text.one_line(long).startswith(short.removesuffix("…"))


@given(st.text(st.sampled_from("ab \t\n\x1c\x85\xa0\u2028\u3000"), max_size=8))
def test_one_line_has_single_spaces_inside_alone(written: str) -> None:
    assert text.one_line(written) == " ".join(written.split())
