"""What CLDR says of locales."""

import pytest

from generator import languages
from generator.model import Locale


@pytest.mark.parametrize(
    ("locale", "name"),
    [("zh", "中文"), ("en", "English"), ("fr", "Français"), ("pt-BR", "Português (Brasil)"), ("xx", "xx")],
)
def test_a_language_goes_by_its_own_name(locale: Locale, name: str) -> None:
    assert languages.own_name(locale) == name


@pytest.mark.parametrize(
    ("locale", "expected"),
    [("zh", "zh_CN"), ("en", "en_US"), ("ko", "ko_KR"), ("pt-BR", "pt_BR"), ("zh-Hant", "zh_TW")],
)
def test_open_graph_wants_a_territory(locale: Locale, expected: str) -> None:
    assert languages.with_territory(locale) == expected


@pytest.mark.parametrize(
    ("locale", "spoken", "name"),
    [
        ("ko", "zh", "韩语"),
        ("zh", "en", "Chinese"),
        ("zh-Hant", "en", "Chinese (Traditional)"),
        ("ko", "pt-XX", "coreano"),
        ("xx", "en", "xx"),
        ("no tag at all", "en", "no tag at all"),
    ],
)
def test_a_language_is_named_in_another(locale: Locale, spoken: Locale, name: str) -> None:
    assert languages.name(locale, spoken) == name


def test_which_way_a_language_is_written() -> None:
    assert languages.direction(Locale("ar")) == "rtl"
    assert languages.direction(Locale("xx")) == "ltr"


@pytest.mark.parametrize(
    ("locale", "also"),
    [
        ("ja", ("ja", "ja-Jpan")),
        ("pt-BR", ("pt-BR", "pt-Latn", "pt")),
        ("zh-CN", ("zh-CN", "zh-Hans", "zh")),
        ("zh-TW", ("zh-TW", "zh-Hant")),
        ("zh-Hant-HK", ("zh-Hant-HK", "zh-Hant")),
        ("sr-Latn", ("sr-Latn",)),
        ("xx-YY", ("xx-YY", "xx")),
        ("no tag at all", ("no tag at all",)),
    ],
)
def test_who_reads_a_language_reads_others_in_its_script(locale: Locale, also: tuple[str, ...]) -> None:
    assert languages.nearest(locale) == also
