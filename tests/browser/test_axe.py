"""Nothing that axe-core, the accessibility checker, calls a violation, on each kind of page."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

LOCALES = {"zh": "", "en": "en/", "ko": "ko/"}
LOOKS = {"zh": ("zh-CN", 1280, "light"), "en": ("en-US", 390, "dark"), "ko": ("ko-KR", 320, "light")}
"""Each language once wide and once narrow, once light and once dark, so that every pair is met over the three."""

PAGES = {
    "home": "",
    "product": "gme/",
    "section": "gme/sections/4097/",
    "code": "gme/7006/",
    "corrected": "gme/8196/",
    "contradicted": "gme/10004/",
    "retired": "gme/8199/",
    "several meanings": "ilvb/1001/",
    "fallback": "ilvb/20101/",
    "other base": "gme/1001/",
    "rules": "rules/",
    "rule": "rules/K204/",
    "discrepancies": "discrepancies/",
}

LONG = ("rules", "rule", "discrepancies", "section", "retired", "other base")

OPEN_ALL = "() => document.querySelectorAll('details').forEach((one) => (one.open = true))"


def violations(page: Page) -> list[str]:
    """What axe finds, a line each: its rule, what it says, the first places."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{one['id']}: {one['help']} at {[node['target'] for node in one['nodes'][:3]]}" for one in found]


@pytest.mark.parametrize("locale", LOCALES)
def test_pages(reader: Any, site: str, locale: str) -> None:
    language, width, scheme = LOOKS[locale]
    one = reader(language, width, color_scheme=scheme)
    found = {}
    for kind, path in PAGES.items():
        # What differs between languages is words and widths; the longest pages are the same otherwise.
        if kind in LONG and locale != "en":
            continue
        page = one.open(f"{site}{LOCALES[locale]}{path}")
        # All rows of the discrepancies opened are some thousand nodes that repeat a few kinds.
        if kind != "discrepancies":
            page.evaluate(OPEN_ALL)
        if wrong := violations(page):
            found[kind] = wrong
    assert not found


@pytest.mark.parametrize("locale", LOCALES)
def test_search(reader: Any, site: str, locale: str) -> None:
    language, width, scheme = LOOKS[locale]
    one = reader(language, width, color_scheme=scheme)
    for query in ("ret=1001 then 0x1001", "99999", "错误 오류 error"):
        page = one.open(f"{site}{LOCALES[locale]}search/?q={query}")
        expect(page.locator("[data-search-page] [data-search-state]")).to_have_attribute(
            "data-search-state", re.compile("done|none")
        )
        assert violations(page) == [], query


@pytest.mark.parametrize("locale", LOCALES)
def test_open_box(reader: Any, site: str, locale: str) -> None:
    language, width, scheme = LOOKS[locale]
    page = reader(language, width, color_scheme=scheme).open(f"{site}{LOCALES[locale]}")
    box = page.locator("[data-search-input]:visible").last
    box.click()
    box.fill("1001")
    expect(page.locator("[data-search-state]:visible")).to_have_attribute("data-search-state", "done")
    page.keyboard.press("ArrowDown")
    assert violations(page) == []
