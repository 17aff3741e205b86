"""What a catalog says of a code as a whole: on the originals and on a small catalog."""

from functools import cache
from pathlib import Path
from textwrap import dedent

import pytest

from generator import meanings, pipeline
from generator.meanings import CodeMeanings, Lines
from generator.model import Catalog, Locale

ROOT = Path(__file__).parent.parent
ZH, EN, KO = Locale("zh"), Locale("en"), Locale("ko")


@cache
def originals() -> Catalog:
    return pipeline.load(ROOT / "source_docs").corrected


def code(catalog: Catalog, address: str) -> CodeMeanings:
    return next(one for product in catalog.products for one in meanings.codes(product) if one.address == address)


@pytest.fixture
def small(tmp_path: Path) -> Catalog:
    (tmp_path / "zh.md").write_text(
        dedent(
            """
            # 一

            | 错误码 | 描述 | 原因 | 解决方案 |
            | --- | --- | --- | --- |
            | 1 | 录音错误。 | 参数为空 | 检查参数 |
            | 2 | 录音错误。 |  | 再试一次 |
            | 3 | 录音错误。 | 录音错误。 | 再试一次 |
            | 4 | 上传错误 | 没有网络 | 再试一次 |
            | 4 | 上传错误 | 网络太慢 | 再试一次 |
            | 5 |  | 只有原因 | 再试一次 |

            # 二

            | 错误码 | 描述 | 原因及建议方案 |
            | --- | --- | --- |
            | 6 | 上传错误 | 空间不足 |
            | 7 | 失败 | 甲 |
            | 8 | 失败 | 乙 |
            """
        ),
        encoding="utf-8",
    )
    (tmp_path / "en.md").write_text(
        "| Code | Description | Cause |\n| --- | --- | --- |\n"
        f"| 1 | {'A very long description. ' * 9} | The cause is seen. |\n"
        f"| 2 | {'A very long Description. ' * 9} | Another one. |\n"
        "| 3 |  |  |\n",
        encoding="utf-8",
    )
    (tmp_path / "catalog.toml").write_text(
        dedent(
            """
            source_locale = "zh"
            locales = ["zh", "en"]
            [columns.zh]
            cause_and_solution = ["原因及建议方案"]
            [[products]]
            id = "small"
            title = { zh = "小" }
            [[products.editions]]
            id = "current"
            documents = { zh = "zh.md", en = "en.md" }
            """
        ),
        encoding="utf-8",
    )
    return pipeline.load(tmp_path).corrected


@pytest.mark.parametrize(
    ("number", "line"),
    [
        (1, "录音错误：参数为空"),
        (2, "录音错误。"),
        (3, "录音错误。"),
        # One code listed twice shares its description with itself alone, and so does one of another section.
        (4, "上传错误"),
        (5, "只有原因"),
        (6, "上传错误"),
        (7, "失败：甲"),
        (8, "失败：乙"),
    ],
)
def test_the_cause_follows_a_description_that_several_codes_of_a_section_share(
    small: Catalog, number: int, line: str
) -> None:
    assert Lines(small).of_code(code(small, f"small/{number}"), ZH) == (line, ZH)


def test_a_cause_is_seen_behind_a_long_description(small: Catalog) -> None:
    line, locale = Lines(small).of_code(code(small, "small/1"), EN)
    assert locale == EN
    assert line == "A very long description. A very long description. A…: The cause is seen."


def test_the_line_of_a_row_that_says_nothing_is_another_locales(small: Catalog) -> None:
    assert Lines(small).of_code(code(small, "small/3"), EN) == ("录音错误。", ZH)


def test_a_line_is_as_wide_as_asked(small: Catalog) -> None:
    [entry] = [one for one in code(small, "small/1").entries if one.locale == ZH]
    assert Lines(small).of_row(entry, 14) == "录音错…：参数…"
    assert Lines(small).of_row(entry, 18) == "录音错误：参数为空"


@pytest.mark.parametrize(
    ("locale", "line"),
    [
        (ZH, "录音错误：没有采集到音频数据"),
        (EN, "Recording error: Audio data is not collected."),
        (KO, "녹음 오류: 오디오 데이터 수집되지 않음"),
    ],
)
def test_recording_errors_are_told_apart(locale: Locale, line: str) -> None:
    assert Lines(originals()).of_code(code(originals(), "gme/4100"), locale) == (line, locale)


def test_a_code_of_several_sections_is_one() -> None:
    found = code(originals(), "ilvb/1001")
    assert (found.path, len(found.meanings)) == ("ilvb/1001/", 2)
    line, locale = Lines(originals()).of_code(found, EN)
    assert locale == ZH
    assert " / " in line


def test_titles_fall_back() -> None:
    titles = ((ZH, "一"), (KO, "하나"))
    assert meanings.in_locale(titles, KO, ZH) == ("하나", KO)
    assert meanings.in_locale(titles, EN, ZH) == ("一", ZH)
    assert meanings.in_locale(titles, EN, EN) == ("一", ZH)
    assert meanings.in_locale((), EN, ZH) == ("", EN)
