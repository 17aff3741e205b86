"""What the search shows: passages, fields, languages, meanings; how it is worked with keys, fingers and ears."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

LOCALES = {"zh": "", "en": "en/", "ko": "ko/"}
LANGUAGES = {"zh": "zh-CN", "en": "en-US", "ko": "ko-KR"}
PHONE = 390

Open = Callable[..., Page]


@pytest.fixture
def page_of(reader: Any, site: str) -> Open:
    """Open a page of a locale as a reader of that language."""

    def open_page(locale: str, path: str = "gme/7006/", width: int = 1280) -> Page:
        page: Page = reader(LANGUAGES[locale], width).open(f"{site}{LOCALES[locale]}{path}")
        return page

    return open_page


def ask(page: Page, text: str) -> None:
    """Type a text into the box that is seen and wait for the final answer."""
    box = page.locator("[data-search-input]:visible").last
    box.click()
    box.fill(text)
    expect(page.locator("[data-search-state=done], [data-search-state=none]").first).to_be_attached()


def hits(page: Page) -> Locator:
    return page.locator("a[data-code]:visible")


def codes(page: Page) -> list[str]:
    found: list[str] = hits(page).evaluate_all("all => all.map((one) => one.dataset.code)")
    return found


def test_a_passage_says_where_it_stands(page_of: Open) -> None:
    page = page_of("en")
    ask(page, "microphone")
    first = page.locator("a[data-code='gme/4102']:visible")
    expect(first.locator("mark")).to_have_text("microphone")
    expect(first.locator(".cg-hit__field")).to_have_text("Cause")
    second = page.locator("a[data-code='gme/4100']:visible")
    expect(second.locator(".cg-hit__field")).to_have_text("Solution")
    expect(page.locator("[data-search-status]").first).to_have_text("Results: 2")


def test_parts_of_chinese_words_are_marked(page_of: Open) -> None:
    page = page_of("zh")
    ask(page, "克风")
    assert set(codes(page)[:2]) == {"gme/4100", "gme/4102"}
    assert set(hits(page).locator("mark").all_inner_texts()) == {"克风"}


def test_korean_particles_do_not_matter(page_of: Open) -> None:
    page = page_of("ko")
    found = []
    for text in ("인증 실패", "인증이 실패했습니다", "인증실패"):
        ask(page, text)
        found.append(codes(page)[:3])
    assert all("gme/7006" in one for one in found)


def test_other_languages_are_asked_where_the_own_has_nothing(page_of: Open) -> None:
    page = page_of("en")
    ask(page, "录制服务器通讯错误")
    assert codes(page)
    first = hits(page).first
    expect(first.locator("[lang=zh] mark").first).to_contain_text("录制服务器通讯错误")
    expect(first.locator(".cg-hit__note[lang=zh]")).to_have_text("中文")
    assert urlsplit(first.get_attribute("href") or "").path.startswith("/en/"), "to the reader's own page"
    expect(page.locator("[data-search-more]")).to_have_count(0)


def test_other_languages_are_asked_on_request(page_of: Open) -> None:
    page = page_of("en")
    ask(page, "AppID")
    own = codes(page)
    assert own
    page.locator("[data-search-more]:visible").click()
    expect(
        page.locator("a[data-code] [lang=zh] mark:visible, a[data-code] [lang=ko] mark:visible").first
    ).to_be_visible()
    assert codes(page)[: len(own)] == own
    expect(page.locator("[data-search-more]")).to_have_count(0)
    expect(page.locator("[data-search-input]:focus")).to_have_count(1)


@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_found_says_so(page_of: Open, locale: str) -> None:
    page = page_of(locale)
    ask(page, "xyzzyplugh")
    assert codes(page) == []
    expect(page.locator("[data-search-state]:visible").first).to_have_attribute("data-search-state", "none")
    expect(page.locator("[data-search-status]").first).to_contain_text("xyzzyplugh")


def test_a_code_with_two_meanings_shows_both(page_of: Open) -> None:
    page = page_of("zh")
    ask(page, "ilvb 1001")
    lines = page.locator("a[data-code='ilvb/1001']:visible .cg-hit__line").all_inner_texts()
    assert len(lines) == 2
    assert "重复操作" in lines[0]
    assert "权限错误" in lines[1]


def test_codes_that_share_a_description_are_told_apart(page_of: Open) -> None:
    page = page_of("en")
    ask(page, "recording error")
    shown = hits(page).all_inner_texts()
    assert len(shown) >= 5
    assert len({re.sub(r"^\S+\s+\S+\s+\S+", "", text) for text in shown}) == len(shown)


def test_an_unknown_number_has_no_words(page_of: Open) -> None:
    page = page_of("en")
    for text in ("99999", "error 99999", "microphone error 99999"):
        ask(page, text)
        assert codes(page) == [], text


def test_the_box_is_found_from_anywhere(page_of: Open) -> None:
    page = page_of("en")
    expect(page.locator(".cg-search__key:visible")).to_have_text("/")
    page.keyboard.press("/")
    box = page.locator("[data-search-input]:focus")
    expect(box).to_have_attribute("role", "combobox")
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.type("a/b")
    expect(box).to_have_value("a/b")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("[data-search-input]:focus")).to_have_count(0)


def test_enter_waits_for_words(page_of: Open) -> None:
    page = page_of("ko")
    page.keyboard.press("/")
    page.keyboard.insert_text("음성 파일이 너무 짧음")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/ko/(gme/\d+/|search/\?q=)"))
    expect(page.locator("article[data-code]")).to_have_count(1)


def test_options_are_told_to_a_screen_reader(page_of: Open) -> None:
    page = page_of("en")
    ask(page, "microphone")
    box = page.locator("[data-search-input]:focus")
    expect(box).to_have_attribute("aria-expanded", "true")
    listed = page.locator(f"#{box.get_attribute('aria-controls')}")
    expect(listed).to_have_attribute("role", "listbox")
    expect(listed.locator("[role=option]")).to_have_count(2)
    expect(page.locator("[data-search-panel]:visible [role=status]")).to_have_text("Results: 2")
    page.keyboard.press("ArrowDown")
    expect(listed.locator("[role=option][aria-selected=true]")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize("path", ["gme/7006/", "", "search/"])
def test_a_phone_does_not_zoom_in(page_of: Open, path: str) -> None:
    page = page_of("en", path, PHONE)
    size = page.locator("[data-search-input]:visible").first.evaluate(
        "(box) => parseFloat(getComputedStyle(box).fontSize)"
    )
    assert size >= 16


def test_the_panel_ends_above_a_keyboard_on_the_screen(page_of: Open) -> None:
    page = page_of("en", "gme/7006/", PHONE)
    page.set_viewport_size({"width": PHONE, "height": 420})
    ask(page, "error")
    panel = page.locator("[data-search-panel]:visible").bounding_box()
    assert panel
    assert panel["y"] + panel["height"] <= 420
    assert panel["width"] >= PHONE - 20
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


def test_texts_that_cannot_be_had_leave_the_codes(reader: Any, site: str) -> None:
    one = reader()
    one.page.route("**/text.*.json*", lambda route: route.fulfill(status=200, body="no JSON"))
    page = one.open(site + "en/gme/7006/")
    ask(page, "AV_ERR_TIMEOUT")
    assert codes(page)[:1] == ["gme/1005"]
    ask(page, "timeout")
    assert "gme/1005" in codes(page)


def test_a_text_too_long_for_an_address_is_answered_and_stays_out_of_it(page_of: Open) -> None:
    page = page_of("en", "search/?q=7006")
    expect(page.locator("a[data-code='gme/7006']:visible")).to_be_visible()
    ask(page, "网络断开 " * 500 + "ret=7005")
    expect(page.locator("a[data-code='gme/7005']:visible")).to_be_visible()
    assert urlsplit(page.url).query == ""


def test_enter_with_a_long_text_without_a_code_leads_to_no_address_that_hosts_refuse(page_of: Open) -> None:
    page = page_of("en")
    ask(page, "nothing " * 500)
    before = page.url
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert page.url == before
    ask(page, "zzqqxxyy")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/en/search/\?q=zzqqxxyy$"))


def test_a_browser_that_changes_no_more_addresses_answers_all_the_same(page_of: Open) -> None:
    page = page_of("en", "search/")
    refusing = "throw new DOMException('more than 100 times', 'SecurityError')"
    page.evaluate(f"() => {{ history.replaceState = () => {{ {refusing} }} }}")
    ask(page, "7006")
    expect(page.locator("a[data-code='gme/7006']:visible")).to_be_visible()
