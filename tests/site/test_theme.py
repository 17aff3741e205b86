"""What the theme is told of a locale."""

import pytest

from generator.errors import CodeglotError
from generator.model import Locale
from generator.site import theme
from generator.site.values import LocaleSpec, NavItem, SiteSpec


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("zh", "zh"),
        ("ko", "ko"),
        ("zh-TW", "zh-TW"),
        ("zh-HK", "zh-Hant"),
        ("zh-Hans", "zh"),
        ("pt-BR", "pt-BR"),
        ("pt-PT", "pt"),
        ("xx", "en"),
    ],
)
def test_material_speaks_the_nearest_language_it_knows(locale: Locale, language: str) -> None:
    assert theme.theme_language(locale) == language


@pytest.mark.parametrize(
    ("site_url", "base"),
    [("https://a.example", "/"), ("https://a.example/", "/"), ("https://a.example/x/y", "/x/y/")],
)
def test_the_base_has_a_slash_at_both_ends(site_url: str, base: str) -> None:
    assert theme.base_path(site_url) == base


@pytest.mark.parametrize(
    "site_url",
    [
        *("", "codes.example", "/codes/", "ftp://a.example/", "https://a.example/?x=1"),
        *('https://a.example/"><script>/', "https://a.example/a b/", "https://a.example/'x'/"),
    ],
)
def test_what_is_no_address_of_a_site_is_an_error(site_url: str) -> None:
    with pytest.raises(CodeglotError, match="SITE_URL"):
        theme.base_path(site_url)


def spec() -> SiteSpec:
    return SiteSpec(
        Locale("ja"),
        (
            LocaleSpec(Locale("ja"), "日本語", "コード"),
            LocaleSpec(Locale("en"), "English", "Codes", labels=(("home", "Start"),)),
        ),
    )


def test_a_locale_built_alone_finds_the_root_above_it() -> None:
    japanese, english = spec().locales
    alone = theme.values(spec(), english, "https://a.example/x/", alone=True)
    assert (alone["prefix"], alone["root"], alone["home"], alone["base"]) == ("en/", "../", "", "/x/")
    source = theme.values(spec(), japanese, "https://a.example/x/", alone=True)
    assert (source["prefix"], source["root"], source["home"]) == ("", "", "")


def test_a_locale_built_among_all_finds_its_home_below_the_root() -> None:
    together = theme.values(spec(), spec().locales[1], "https://a.example/x/", alone=False)
    assert (together["root"], together["home"]) == ("", "en/")


def test_a_label_without_a_translation_is_english() -> None:
    labels = theme.values(spec(), spec().locales[1], "https://a.example/", alone=True)["labels"]
    assert labels["home"] == "Start"
    assert labels["search"] == theme.LABELS["search"]


def test_a_heading_of_the_navigation_has_its_own_page_first() -> None:
    items = (NavItem("Home", "index.md"), NavItem("Acme", "acme/index.md", (NavItem("One", "acme/sections/1.md"),)))
    assert theme.nav(items) == [{"Home": "index.md"}, {"Acme": ["acme/index.md", {"One": "acme/sections/1.md"}]}]
