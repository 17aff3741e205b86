"""Light, dark, or as the system has it."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

SCHEME = "data-md-color-scheme"


def lit(page: Page) -> str:
    """The scheme the page is painted in."""
    return page.locator("body").get_attribute(SCHEME) or ""


def test_button_leads_from_automatic_over_light_to_dark_and_back(reader: Any, site: str) -> None:
    page = reader("en-US", color_scheme="dark").open(f"{site}en/gme/7006/")
    assert lit(page) == "slate"
    button = page.locator("[data-palette-choice]:visible")
    seen = []
    for _ in range(3):
        expect(button).to_have_count(1)
        seen.append((button.get_attribute("data-palette-choice"), lit(page)))
        button.click()
    assert seen == [("auto", "slate"), ("light", "default"), ("dark", "slate")]
    expect(button).to_have_attribute("data-palette-choice", "auto")


def test_choice_is_kept_in_every_language_and_before_anything_is_drawn(reader: Any, site: str) -> None:
    page = reader("en-US", color_scheme="light").open(f"{site}en/")
    page.locator("[data-palette-choice]:visible").click()
    page.locator("[data-palette-choice]:visible").click()
    assert lit(page) == "slate"
    # Without the scripts that come later, as if they were still on their way.
    page.route("**/codeglot-page.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    for path in ("", "ko/gme/7006/"):
        page.goto(site + path)
        assert lit(page) == "slate", path


def test_automatic_follows_the_system(reader: Any, site: str) -> None:
    page = reader("ko-KR", color_scheme="light").open(f"{site}ko/")
    assert lit(page) == "default"
    page.emulate_media(color_scheme="dark")
    expect(page.locator("body")).to_have_attribute(SCHEME, "slate")


def test_button_by_keyboard_keeps_the_focus(reader: Any, site: str) -> None:
    page = reader("zh-CN").open(site)
    page.locator("[data-palette-choice]:visible").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-palette-choice=light]")).to_be_focused()
