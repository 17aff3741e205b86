"""Every code's page of the built site: how large it is, and what programs find on it."""

import re
from pathlib import Path

LOCALES = {"zh": "", "en": "en/", "ko": "ko/"}
LARGEST = 40_000
"""Bytes of HTML."""


def code_pages(site: Path) -> list[Path]:
    return [
        path
        for prefix in LOCALES.values()
        for product in ("gme", "ilvb")
        for path in sorted((site / prefix / product).glob("*/index.html"))
        if path.parent.name != "sections"
    ]


def test_every_code_page_is_small(built_site: Path) -> None:
    pages = code_pages(built_site)
    assert len(pages) == 3 * (92 + 109)
    assert {
        str(path.relative_to(built_site)): path.stat().st_size for path in pages if path.stat().st_size > LARGEST
    } == {}


def test_the_first_field_of_each_kind_is_the_text_shown_first(built_site: Path) -> None:
    page = (built_site / "en" / "gme" / "12294" / "index.html").read_text(encoding="utf-8")
    for field, words in (
        ("value", "12294"),
        ("name", "QAVPTTERROR_DOWNLOAD_SYSTEM_INNER_ERROR"),
        ("cause", "The packet returned is empty when getting upload parameters."),
    ):
        found = re.search(rf'data-field="?{field}"?[^>]*>(.*?)</(?:span|dd)>', page, re.DOTALL)
        assert found
        assert re.sub(r"<[^>]+>", "", found[1]).strip() == words


def test_nothing_is_left_of_the_former_search(built_site: Path) -> None:
    assert [path for path in code_pages(built_site) if "pagefind" in path.read_text(encoding="utf-8")] == []


def test_texts_of_all_languages_say_which_they_are(built_site: Path) -> None:
    page = (built_site / "ko" / "gme" / "7006" / "index.html").read_text(encoding="utf-8")
    for locale in LOCALES:
        assert re.search(rf'<section class="?cg-column"? data-locale="?{locale}"? lang="?{locale}"?', page), locale
