"""What a reader sees: every kind of page in each language, on a phone, in the dark, without JavaScript, by keyboard."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

LOCALES = {"zh": "", "en": "en/", "ko": "ko/"}
LANGUAGES = {"zh": "zh-CN", "en": "en-US", "ko": "ko-KR"}
NARROW, PHONE, WIDE = 320, 390, 1280

KINDS = (
    "",
    "gme/",
    "gme/sections/4097/",
    "gme/8196/",
    "ilvb/1001/",
    "rules/",
    "discrepancies/",
    "search/?q=99999",
)
"""One page of each kind: home, product, section, code (corrected, of two meanings), reports, search."""

OPEN_ALL = "document.querySelectorAll('details').forEach((one) => { one.open = true })"

MISSHAPEN = """() => {
    const shown = (one) => one.checkVisibility({ visibilityProperty: true });
    const headings = [...document.querySelectorAll("h1, h2, h3, h4")].filter(shown);
    const levels = headings.map((one) => Number(one.tagName[1]));
    const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
    const name = (one) => one.getAttribute("aria-label") || one.innerText || one.labels?.[0]?.innerText || "";
    const named = [...document.querySelectorAll("a, button, input:not([type=checkbox]), nav")].filter(shown);
    const places = [...document.querySelectorAll("nav")].filter(shown).map(name);
    return [
        levels.filter((level) => level === 1).length === 1 ? "" : "not one h1",
        levels.some((level, i) => i && level > levels[i - 1] + 1) ? `levels ${levels}` : "",
        ...ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `id ${id} twice`),
        ...named.filter((one) => !name(one).trim()).map((one) => `no name: ${one.outerHTML.slice(0, 90)}`),
        ...places.filter((one, i) => places.indexOf(one) !== i).map((one) => `nav twice: ${one}`),
    ].filter(Boolean);
}"""
"""What a reader who hears the page would stumble over."""

FAINT = """() => {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const seen = new Map();
    const rgba = (color) => {
        if (!seen.has(color)) {
            canvas.clearRect(0, 0, 1, 1);
            canvas.fillStyle = color;
            canvas.fillRect(0, 0, 1, 1);
            seen.set(color, [...canvas.getImageData(0, 0, 1, 1).data]);
        }
        return seen.get(color);
    };
    const light = (color) => {
        const [r, g, b] = color.map((part) => {
            const share = part / 255;
            return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (one) => {
        for (; one; one = one.parentElement) {
            const color = rgba(getComputedStyle(one).backgroundColor);
            if (color[3] > 250) return color;
        }
        return [255, 255, 255, 255];
    };
    const found = new Set();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const one = texts.currentNode.parentElement;
        if (!texts.currentNode.data.trim() || !one.checkVisibility({ visibilityProperty: true })) continue;
        if (one.closest("script, style, .md-skip, [hidden]")) continue;
        const [a, b] = [light(rgba(getComputedStyle(one).color)), light(behind(one))];
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (ratio < 4.5) found.add(`${ratio.toFixed(2)} ${one.className || one.tagName}: ${texts.currentNode.data.trim()}`);
    }
    return [...found];
}"""
"""Texts whose contrast is below WCAG 2.2's 4.5 : 1 (criterion 1.4.3)."""

PRETENDING = """() => {
    const own = document.documentElement.lang;
    const foreign = { zh: /[\\uac00-\\ud7af]/, en: /[\\u3400-\\u9fff\\uac00-\\ud7af]/, ko: /[\\u3400-\\u9fff]/ };
    const found = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const one = texts.currentNode.parentElement;
        // What the checker quotes from the documents stands in its English sentences.
        if (one.closest("script, style, .cg-diagnostic__message, .cg-hint, .cg-side, .cg-explains, .cg-more, .cg-pre")) continue;
        const said = one.closest("[lang]").lang;
        if (foreign[said]?.test(texts.currentNode.data)) found.push(`${said}: ${texts.currentNode.data.trim()}`);
    }
    return foreign[own].test(document.title) ? [...found, document.title] : found;
}"""
"""Texts in a script of another language than the page says they are in."""


def settle(page: Page) -> None:
    """Wait until a page of results has its results, and open what is folded."""
    if page.locator("[data-search-page]").count():
        state = page.locator("[data-search-page] [data-search-state]")
        expect(state).to_have_attribute("data-search-state", re.compile("done|none"))
    page.evaluate(OPEN_ALL)


def overflow(page: Page) -> int:
    """How much wider the page is than its window, in pixels."""
    wide: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wide


@pytest.mark.parametrize("locale", LOCALES)
def test_pages_on_a_narrow_phone_in_the_dark(reader: Any, site: str, locale: str) -> None:
    one = reader(LANGUAGES[locale], NARROW, color_scheme="dark")
    for path in KINDS:
        page = one.open(site + LOCALES[locale] + path)
        settle(page)
        assert page.evaluate(FAINT) == [], path
        assert overflow(page) <= 0, path
        clipped = page.locator(".cg-brand__name").evaluate(
            "(one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1"
        )
        assert not clipped, path
        assert page.evaluate("getComputedStyle(document.body).colorScheme") == "dark", path


@pytest.mark.parametrize("locale", LOCALES)
def test_pages_are_well_formed_and_honest(reader: Any, site: str, locale: str) -> None:
    one = reader(LANGUAGES[locale], WIDE, color_scheme="light")
    for path in (*KINDS, "gme/8199/", "ilvb/20101/", "rules/K204/"):
        page = one.open(site + LOCALES[locale] + path)
        settle(page)
        assert page.evaluate(MISSHAPEN) == [], path
        assert page.evaluate(PRETENDING) == [], path
        assert page.evaluate(FAINT) == [], path
        assert overflow(page) <= 0, path


@pytest.mark.parametrize("code", ["1001", "20101"])
@pytest.mark.parametrize("locale", ["en", "ko"])
def test_text_of_another_language_says_so(reader: Any, site: str, locale: str, code: str) -> None:
    page = reader(LANGUAGES[locale]).open(f"{site}{LOCALES[locale]}ilvb/{code}/")
    expect(page.locator("html")).to_have_attribute("lang", locale)
    banner = page.locator("[data-note=fallback]").first
    expect(banner).to_contain_text({"en": "Not available in English", "ko": "한국어 설명이 없어"}[locale])
    expect(banner.locator("a")).to_have_attribute("href", f"../../../ilvb/{code}/")
    expect(page.locator("[data-locale=zh][lang=zh] [data-field=description]").first).to_be_visible()
    canonical = page.locator("link[rel=canonical]").get_attribute("href") or ""
    assert urlsplit(canonical).path.endswith(f"/ilvb/{code}/")
    assert f"/{locale}/" not in canonical
    assert page.locator("link[rel=alternate][hreflang]").evaluate_all("all => all.map((one) => one.hreflang)") == [
        "zh",
        "x-default",
    ]
    description = page.locator("meta[name=description]").get_attribute("content") or ""
    assert not re.search(r"[\u3400-\u9fff]", page.title() + description)


def test_hit_in_another_language_says_so(reader: Any, site: str) -> None:
    page = reader().open(f"{site}en/search/?q=1001")
    settle(page)
    other = page.locator("a[data-code='ilvb/1001']")
    # One line for each of its two meanings.
    assert other.locator(".cg-hit__line > [lang], .cg-hit__line[lang]").evaluate_all(
        "all => all.map((one) => one.closest('[lang]').lang)"
    ) == ["zh", "zh"]
    expect(other.locator(".cg-hit__note")).to_have_text("中文")
    expect(page.locator("a[data-code='gme/1001'] [lang]")).to_have_count(0)


def test_corrected_row_says_what_the_source_had(reader: Any, site: str) -> None:
    page = reader().open(site + "en/gme/8196/")
    expect(page.locator("h1")).to_have_text("8196 QAVPTTERROR_UPLOAD_GET_TOKEN_NETWORK_FAIL")
    entry = page.locator("article [data-locale=en]").first
    expect(entry.locator("[data-field=cause]")).to_have_text("A network failure occurs when getting upload parameters.")
    note = entry.locator("[data-note=moved], [data-note=corrected]")
    expect(note).to_contain_text("lists this row under 8195")
    note.locator("summary").click()
    expect(note.locator("li").first).to_be_visible()
    page = reader().open(site + "en/gme/8195/")
    expect(page.locator("article [data-locale=en]").first.locator("[data-field=cause]")).to_have_count(1)
    expect(page.locator("article")).not_to_contain_text("A network failure occurs when getting upload parameters.")


def test_text_that_fell_out_of_its_column_is_back(reader: Any, site: str) -> None:
    page = reader().open(site + "en/gme/4098/")
    entry = page.locator("article [data-locale=en]").first
    expect(entry.locator("[data-field=solution]")).to_contain_text("Confirm that the device is not occupied")
    expect(entry.locator("[data-note]")).to_contain_text("Solution")
    expect(page.locator("[data-note=base] a")).to_have_attribute("href", "../1002/")


def test_without_javascript(reader: Any, site: str) -> None:
    one = reader("en-US", PHONE, java_script_enabled=False)
    page = one.open(site + "en/gme/8196/")
    expect(page.locator("[data-field=solution]").first).to_contain_text("Check if the device can access the Internet.")
    expect(page.locator("[data-copy]").first).to_be_hidden()
    page.locator("summary", has_text="한국어").click()
    expect(page.locator("[data-locale=ko] [data-field=solution]").first).to_be_visible()
    page.locator("a[data-locale-switch][hreflang=ko]").first.click()
    assert urlsplit(page.url).path == "/ko/gme/8196/"
    one.open(site + "en/")
    page.locator("[data-search-input]").fill("7006")
    page.locator("form[data-search] button").click()
    assert urlsplit(page.url).path == "/en/search/"
    expect(page.locator(".cg-noscript")).to_contain_text("JavaScript")
    page.locator("#content a", has_text="GME").first.click()
    assert urlsplit(page.url).path == "/en/gme/"
    one.open(site + "e/1001/")
    links = page.locator("a:visible").evaluate_all("all => all.map((one) => new URL(one.href).pathname)")
    assert set(links) == {f"/{prefix}{code}/" for prefix in LOCALES.values() for code in ("gme/1001", "ilvb/1001")}


def test_link_of_several_products_asks_in_the_readers_language(reader: Any, site: str) -> None:
    page = reader("ko-KR", PHONE).open(site + "e/1001/?from=ticket")
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    links = page.locator("a:visible")
    expect(links).to_have_count(2)
    links.nth(1).click()
    assert urlsplit(page.url).path == "/ko/ilvb/1001/"
    assert urlsplit(page.url).query == "from=ticket"


@pytest.mark.parametrize("locale", LOCALES)
def test_missing_page_speaks_the_language_of_its_address_and_searches(reader: Any, site: str, locale: str) -> None:
    one = reader("fr-FR")
    page = one.open(f"{site}{LOCALES[locale]}gme/nothing/")
    expect(page.locator("html")).to_have_attribute("lang", locale)
    expect(page.locator("[data-not-found]")).to_be_visible()
    box = page.locator("[data-search-input]:visible")
    box.click()
    box.fill("7006")
    hit = page.locator("a[data-code]:visible")
    expect(hit).to_have_attribute("data-code", "gme/7006")
    # The one fault is that of the page asked for.
    assert all("404" in problem for problem in one.problems)
    one.problems.clear()
    hit.click()
    page.wait_for_url(f"{site}{LOCALES[locale]}gme/7006/")


def test_keyboard_alone(reader: Any, site: str) -> None:
    page = reader().open(site + "en/gme/8196/")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    expect(focused).to_have_text("Skip to content")
    expect(focused).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("article :focus")).to_have_attribute("href", "../")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('summary')"):
            break
        drawn = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert drawn != "none", page.evaluate("document.activeElement.outerHTML")
    page.keyboard.press("Enter")
    expect(page.locator("details[open]")).to_have_count(1)
    page.keyboard.press("/")
    page.keyboard.type("7006")
    expect(page.locator("a[data-code]:visible")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("[data-search-panel]")).to_be_hidden()
    expect(page.locator("[data-search-input]")).to_have_value("7006")
    page.keyboard.press("Escape")
    expect(page.locator("[data-search-input]")).to_have_value("")


def test_search_page_by_keyboard_and_back(reader: Any, site: str) -> None:
    page = reader().open(site + "en/search/")
    expect(page.locator("[data-search-page] [data-search-input]")).to_be_focused()
    page.keyboard.type("1001")
    settle(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(":focus")).to_have_attribute("data-code", "ilvb/1001")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/ilvb/1001/")
    page.go_back()
    settle(page)
    expect(page.locator("[data-search-page] [data-search-input]")).to_have_value("1001")
    expect(page.locator("a[data-code]").first).to_have_attribute("data-code", "gme/1001")


def test_language_switch_keeps_question_and_fragment(reader: Any, site: str) -> None:
    page = reader().open(site + "en/search/?q=ret%3D7006")
    page.locator("a[data-locale-switch][hreflang=ko]").click()
    page.wait_for_url(site + "ko/search/?q=ret%3D7006")
    settle(page)
    expect(page.locator("[data-search-page] [data-search-input]")).to_have_value("ret=7006")
    page.goto(site + "ko/ilvb/1001/?from=ticket#meaning-1")
    page.locator("a[data-locale-switch][hreflang=zh]").first.click()
    page.wait_for_url(site + "ilvb/1001/?from=ticket#meaning-1")


def test_answer_can_be_copied_in_every_language(reader: Any, site: str) -> None:
    page = reader("en-US", PHONE, permissions=["clipboard-read", "clipboard-write"]).open(site + "en/gme/8196/")
    said = {
        "en": "A network failure occurs when getting upload parameters.",
        "zh": "获取上传参数过程中网络失败",
        "ko": "업로드 매개변수를 가져오는 동안 네트워크에 오류 발생",
    }
    for locale, cause in said.items():
        button = page.locator(f"[data-copy=answer][data-copy-locale={locale}]")
        before = button.bounding_box()
        button.click()
        expect(button).to_have_attribute("data-copy-state", "copied")
        assert button.bounding_box() == before
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith("8196 QAVPTTERROR_UPLOAD_GET_TOKEN_NETWORK_FAIL")
        assert cause in copied
        assert urlsplit(copied.rsplit("\n", 1)[-1]).path in {"/e/gme/8196/", f"/{LOCALES[locale]}gme/8196/"}


def test_on_paper(reader: Any, site: str) -> None:
    one = reader("en-US", WIDE, color_scheme="dark")
    one.page.emulate_media(media="print")
    page = one.open(site + "en/gme/8196/")
    assert page.evaluate(FAINT) == []
    assert page.evaluate("getComputedStyle(document.body).colorScheme") == "light"
    for gone in ("[data-copy=link]", "[data-search-input]", "[data-locale-switch]", ".cg-pager"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("[data-field=solution]").first).to_be_visible()
