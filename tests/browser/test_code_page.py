"""A code's page in a reader's hands: copying, the languages side by side, small screens, no JavaScript."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_look import FAINT, LANGUAGES, LOCALES, OPEN_ALL, overflow

pytestmark = pytest.mark.browser

PATHS = ("gme/8196/", "gme/10004/", "gme/8199/", "gme/4098/", "gme/12294/", "ilvb/1001/")
"""Corrected, contradicted, retired, both bases, compared, two meanings."""

SAID = {
    "zh": ("8196 QAVPTTERROR_UPLOAD_GET_TOKEN_NETWORK_FAIL (0x2004)", "游戏多媒体引擎 GME", "原因：获取上传参数过程中网络失败"),
    "en": ("Game Multimedia Engine (GME)", "Cause: A network failure occurs when getting upload parameters.", "lists this row under 8195"),
    "ko": ("게임 멀티미디어 엔진 GME", "원인: 업로드 매개변수를 가져오는 동안 네트워크에 오류 발생"),
}  # fmt: skip

SMALL = """(least) => [...document.querySelectorAll(".cg-button, .cg summary")]
    .filter((one) => one.checkVisibility())
    .map((one) => [one.innerText, one.getBoundingClientRect()])
    .filter(([, box]) => box.width < least || box.height < least)
    .map(([text, box]) => `${text} ${box.width} x ${box.height}`)"""


def copied(page: Page, selector: str) -> str:
    button = page.locator(selector)
    button.click()
    expect(button).to_have_attribute("data-copy-state", "copied")
    expect(page.locator("[role=status].cg-announcer")).to_have_text(button.get_attribute("data-copied") or "?")
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


@pytest.mark.parametrize("locale", LOCALES)
def test_every_answer_can_be_copied_on_every_page(reader: Any, site: str, locale: str) -> None:
    one = reader(LANGUAGES[locale], permissions=["clipboard-read", "clipboard-write"])
    page = one.open(f"{site}{LOCALES[locale]}gme/8196/")
    assert page.locator("[data-copy=answer]").first.get_attribute("data-copy-locale") == locale
    for other, expected in SAID.items():
        text = copied(page, f"[data-copy=answer][data-copy-locale={other}]")
        for words in expected:
            assert words in text, text
        assert text.splitlines()[-1] == f"{site}e/gme/8196/"
    assert copied(page, "[data-copy=link]") == f"{site}e/gme/8196/"
    assert copied(page, "[data-copy=code]") == "8196"


def test_an_answer_without_text_in_its_language_says_so(reader: Any, site: str) -> None:
    page = reader(permissions=["clipboard-read", "clipboard-write"]).open(f"{site}ko/ilvb/30000412/")
    text = copied(page, "[data-copy=answer][data-copy-locale=en]")
    assert "Not available in English; this is the original text, in Chinese." in text
    assert "停止录制重复发送" in text


def test_languages_open_side_by_side_by_keyboard(reader: Any, site: str) -> None:
    page = reader().open(f"{site}en/gme/12294/")
    columns = page.locator(".cg-column")
    expect(columns.first).to_be_hidden()
    page.locator(".cg-languages > summary").focus()
    page.keyboard.press("Enter")
    expect(columns).to_have_count(3)
    boxes = [column.bounding_box() for column in columns.all()]
    assert len({round(box["y"]) for box in boxes if box}) == 1
    assert len({round(box["x"]) for box in boxes if box}) == 3
    # The same field stands on one line in all languages.
    for field in ("name", "description", "cause", "solution"):
        tops = page.locator(f".cg-column [data-field={field}]").evaluate_all(
            "all => all.map((one) => Math.round(one.parentElement.getBoundingClientRect().top))"
        )
        assert len(tops) == 3
        assert len(set(tops)) == 1, field
    expect(page.locator(".cg-column[data-locale=en] mark")).to_have_text("upload")
    page.keyboard.press("Enter")
    expect(columns.first).to_be_hidden()


def test_on_a_phone_the_languages_follow_each_other_field_by_field(reader: Any, site: str) -> None:
    page = reader("en-US", 390).open(f"{site}en/gme/12294/")
    page.locator(".cg-languages > summary").click()
    tops = {
        (locale, field): page.locator(f".cg-column[data-locale={locale}] [data-field={field}]").evaluate(
            "(one) => one.getBoundingClientRect().top"
        )
        for locale in LOCALES
        for field in ("cause", "solution")
    }
    assert sorted(tops, key=lambda place: tops[place]) == [
        (locale, field) for field in ("cause", "solution") for locale in ("en", "zh", "ko")
    ]


def test_a_contradiction_leads_to_the_languages(reader: Any, site: str) -> None:
    page = reader().open(f"{site}en/gme/10004/")
    banner = page.locator("[data-note=contradicted]")
    expect(banner).to_contain_text("The other languages say otherwise about the description.")
    compare, details = banner.locator("a").all()
    compare.click()
    column = page.locator(".cg-column[data-locale=zh]")
    expect(column.locator("[data-field=description]")).to_be_visible()
    expect(column.locator("[data-field=description]")).to_be_in_viewport()
    page.locator(".cg-languages > summary").click()
    expect(column).to_be_hidden()
    compare.click()
    expect(column).to_be_visible()
    details.click()
    page.wait_for_url("**/en/discrepancies/#t608-*")
    for locale in ("zh", "ko"):
        page.goto(f"{site}{LOCALES[locale]}gme/10004/")
        expect(page.locator("[data-note=contradicted]")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_overflows_and_everything_can_be_read(reader: Any, site: str, width: int, scheme: str) -> None:
    one = reader("en-US", width, color_scheme=scheme)
    for locale, path in zip([*LOCALES, *LOCALES], PATHS, strict=True):
        page = one.open(f"{site}{LOCALES[locale]}{path}")
        page.evaluate(OPEN_ALL)
        assert overflow(page) <= 0, path
        assert page.evaluate(FAINT) == [], path
        assert page.evaluate(SMALL, 44 if width < 600 else 24) == [], path


def test_everything_is_there_without_javascript(reader: Any, site: str) -> None:
    page = reader("en-US", 390, java_script_enabled=False).open(f"{site}en/gme/10004/")
    expect(page.locator("[data-field=cause]").first).to_be_visible()
    expect(page.locator("[data-copy]").first).to_be_hidden()
    page.locator(".cg-languages > summary").click()
    expect(page.locator(".cg-column[data-locale=ko] [data-field=description]")).to_have_text("시간 초과")
    page.locator(".cg-column[data-locale=ko] a[hreflang=ko]").click()
    assert urlsplit(page.url).path == "/ko/gme/10004/"
    page.locator(".cg-refs a").first.click()
    assert urlsplit(page.url).path == "/ko/gme/10010/"
