"""What a reader does with the site: search, follow a link from a ticket, change the language, copy."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

LOCALES = {"zh": "", "en": "en/", "ko": "ko/"}
LANGUAGES = {"zh": "zh-CN", "en": "en-US", "ko": "ko-KR"}
PHONE = 390

Open = Callable[..., Page]


@pytest.fixture
def home(reader: Any, site: str) -> Open:
    """Open a locale's home page as a reader of that language."""

    def open_home(locale: str, width: int = 1280) -> Page:
        page: Page = reader(LANGUAGES[locale], width).open(site + LOCALES[locale])
        return page

    return open_home


def ask(page: Page, text: str) -> None:
    """Type a text into the page's own box and wait until it is answered."""
    box = page.locator("[data-search-input]:visible").last
    box.click()
    box.fill(text)
    expect(page.locator("[data-search-state=done], [data-search-state=none]").first).to_be_attached()


def codes(page: Page) -> list[str]:
    """The codes found, in order."""
    found: list[str] = page.locator("a[data-code]:visible").evaluate_all("all => all.map((one) => one.dataset.code)")
    return found


FIRST = {
    "7006": "gme/7006",
    "0x1b5e": "gme/7006",
    "1B5E": "gme/7006",
    "７００６": "gme/7006",
    "AV_ERR_AUTH_FIALD": "gme/7006",
    "AV_ERR_AUTH_FAILED": "gme/7006",
    "auth failed": "gme/7006",
    "QAVPTTERROR_V2T_NETWORK_FAIL": "gme/32770",
    '[2024-01-02 12:34:56.789][1001] GME EnterRoom {"result":7006}': "gme/7006",
}
"""What must come first, in every language."""

WORDS = {
    "zh": {
        "欠费": {"ilvb/20406", "gme/7005"},
        "麦克风": {"gme/4102", "gme/4100"},
        "房间不存在": {"gme/10009", "ilvb/10009"},
        "网络请求失败": {"gme/7004"},
        "超时": {"gme/10004", "ilvb/1005", "ilvb/10004"},
    },
    "en": {
        "microphone": {"gme/4102", "gme/4100"},
        "authentication failed": {"gme/7006"},
        "arrears": {"gme/7005"},
    },
    "ko": {
        "연체": {"gme/7005"},
        "마이크": {"gme/4102", "gme/4100"},
        "인증 실패": {"gme/7006"},
    },
}
"""What must be among the first three, by what the documents say."""


@pytest.mark.parametrize("locale", LOCALES)
def test_codes_and_names_come_first(home: Open, locale: str) -> None:
    page = home(locale)
    for text, expected in FIRST.items():
        ask(page, text)
        assert codes(page)[:1] == [expected], text
        address = page.locator("a[data-code]:visible").first.get_attribute("href") or ""
        assert urlsplit(address).path == f"/{LOCALES[locale]}{expected}/"


@pytest.mark.parametrize("locale", LOCALES)
def test_words_find_what_they_are_about(home: Open, locale: str) -> None:
    page = home(locale)
    for text, expected in WORDS[locale].items():
        ask(page, text)
        assert expected <= set(codes(page)[:3]), text


@pytest.mark.parametrize("locale", LOCALES)
def test_every_word_of_the_search_is_in_the_readers_language(home: Open, locale: str) -> None:
    page = home(locale)
    words = page.evaluate("""async () => {
        const { LABELS } = await import(document.querySelector("script[src*=codeglot-search]").src);
        const { labels } = JSON.parse(document.getElementById("codeglot-config").textContent);
        return Object.keys(LABELS).map((key) => [key, LABELS[key], labels[key]]);
    }""")
    assert len(words) >= 10
    for key, english, own in words:
        assert own, key
        assert (own == english) == (locale == "en"), key
        assert set(re.findall(r"\{\w+\}", own)) == set(re.findall(r"\{\w+\}", english)), key


@pytest.mark.parametrize("locale", LOCALES)
def test_unknown_number_shows_no_code(home: Open, locale: str) -> None:
    page = home(locale)
    ask(page, "99999")
    expect(page.locator("[data-search-state]:visible")).to_have_attribute("data-search-state", "none")
    assert codes(page) == []
    expect(page.locator("[data-unknown-code]:visible")).to_have_attribute("data-unknown-code", "99999")
    neighbours = page.locator("a[data-neighbour]:visible")
    assert neighbours.evaluate_all("all => all.map((one) => one.dataset.neighbour)") == ["ilvb/50007", "gme/50012"]


def test_digits_of_another_base_are_offered_not_answered(home: Open) -> None:
    page = home("en")
    ask(page, "3001")
    assert codes(page) == []
    expect(page.locator("a[data-neighbour='gme/12289']:visible")).to_have_count(1)
    ask(page, "1001")
    assert codes(page)[:3] == ["gme/1001", "ilvb/1001", "gme/4097"]


def test_says_what_it_read(home: Open) -> None:
    page = home("en")
    ask(page, "room 1001: EnterRoom failed, result: 7005, then ret=7006")
    assert page.locator("[data-search-read]:visible mark").all_inner_texts() == ["7005", "7006"]
    assert codes(page) == ["gme/7005", "gme/7006"]


def test_keyboard(home: Open) -> None:
    page = home("en")
    page.keyboard.press("/")
    box = page.locator("[data-search-input]:focus")
    expect(box).to_have_count(1)
    page.keyboard.type("1001")
    expect(page.locator("[data-search-state=done]")).to_have_count(1)
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    active = box.get_attribute("aria-activedescendant")
    expect(page.locator(f"#{active}")).to_have_attribute("data-code", "ilvb/1001")
    expect(page.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/gme/1001/")
    page.keyboard.press("/")
    page.keyboard.type("av_err_timeout")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/gme/1005/")


def test_nothing_is_fetched_before_the_box_has_the_focus(reader: Any, site: str) -> None:
    one = reader()
    asked: list[str] = []
    one.page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page = one.open(site + "en/gme/7006/")
    page.wait_for_load_state("networkidle")
    wanted = re.compile(r"/codeglot/|codeglot-resolve|codeglot-words")
    assert not [path for path in asked if wanted.search(path)]
    with page.expect_response("**/assets/codeglot/text.en.0.json*"):
        page.locator("[data-search-input]").first.focus()
    fetched = [path.rpartition("/")[2] for path in asked if "/codeglot/" in path]
    assert fetched == ["index.en.json", "text.en.0.json"], "nothing of another language"


@pytest.mark.parametrize("locale", LOCALES)
def test_search_page(reader: Any, site: str, locale: str) -> None:
    page = reader(LANGUAGES[locale]).open(f"{site}{LOCALES[locale]}search/?q=7006")
    results = page.locator("[data-search-page] [data-search-results]")
    expect(results).to_have_attribute("data-search-state", "done")
    box = page.locator("[data-search-page] [data-search-input]")
    expect(box).to_have_value("7006")
    assert codes(page)[0] == "gme/7006"
    box.fill("AV_ERR_TIMEOUT")
    expect(results.locator("a[data-code]").first).to_have_attribute("data-code", "gme/1005")
    assert parse_qs(urlsplit(page.url).query)["q"] == ["AV_ERR_TIMEOUT"]
    page.reload()
    expect(box).to_have_value("AV_ERR_TIMEOUT")
    expect(results).to_have_attribute("data-search-state", "done")


def test_query_is_text_and_never_markup(reader: Any, site: str) -> None:
    page = reader().open(f"{site}en/search/?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%20ret%3D7006")
    expect(page.locator("[data-search-results]").last).to_have_attribute("data-search-state", "done")
    assert codes(page) == ["gme/7006"]
    expect(page.locator("[data-search-page] img")).to_have_count(0)


@pytest.mark.parametrize("locale", LOCALES)
def test_link_in_no_language_leads_to_the_readers(reader: Any, site: str, locale: str) -> None:
    one = reader(LANGUAGES[locale])
    for link in ("e/32777/", "e/gme/32777/"):
        page = one.open(f"{site}{link}?from=ticket#x")
        page.wait_for_url(f"{site}{LOCALES[locale]}gme/32777/?from=ticket#x")
        expect(page.locator("html")).to_have_attribute("lang", locale)
        expect(page.locator("article[data-code]")).to_have_attribute("data-code", "gme/32777")


def test_chosen_language_comes_before_the_browsers(reader: Any, site: str) -> None:
    page = reader("en-US").open(site + "en/gme/7006/")
    page.locator("a[data-locale-switch][hreflang=ko]:visible").first.click()
    page.wait_for_url(f"{site}ko/gme/7006/")
    page.goto(site + "e/32777/")
    page.wait_for_url(f"{site}ko/gme/32777/")


def test_language_switch_stays_on_the_code(reader: Any, site: str) -> None:
    page = reader("zh-CN").open(site + "gme/7006/")
    for locale in ("en", "ko", "zh"):
        page.locator(f"a[data-locale-switch][hreflang={locale}]:visible").first.click()
        page.wait_for_url(f"{site}{LOCALES[locale]}gme/7006/")
        expect(page.locator("html")).to_have_attribute("lang", locale)
        expect(page.locator("article")).to_have_attribute("data-code", "gme/7006")


def test_copy(reader: Any, site: str) -> None:
    one = reader(permissions=["clipboard-read", "clipboard-write"])
    page = one.open(site + "en/gme/7006/")
    for kind, expected in (
        ("link", r".*/e/(gme/)?7006/"),
        ("code", "7006"),
        ("answer", r"(?s)7006 AV_ERR_AUTH_FIALD.*"),
    ):
        button = page.locator(f"[data-copy={kind}]").first
        button.click()
        expect(button).to_have_attribute("data-copy-state", "copied")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert re.fullmatch(expected, copied)
        if kind != "code":
            assert copied.rsplit("\n", 1)[-1].startswith("http://127.0.0.1")
    expect(page.locator("[role=status].cg-announcer")).not_to_be_empty()


def test_copy_without_the_clipboards_interface(reader: Any, site: str) -> None:
    one = reader(permissions=["clipboard-read", "clipboard-write"])
    one.page.add_init_script("navigator.clipboard.writeText = undefined")
    page = one.open(site + "en/gme/7006/")
    button = page.locator("[data-copy=code]").first
    button.click()
    expect(button).to_have_attribute("data-copy-state", "copied")
    assert page.evaluate("navigator.clipboard.readText()") == "7006"


def test_works_below_a_path(reader: Any, site_below: str) -> None:
    page = reader("ko-KR").open(site_below + "ko/")
    ask(page, "0x1b5e")
    first = page.locator("a[data-code]:visible").first
    expect(first).to_have_attribute("href", f"{site_below}ko/gme/7006/")
    ask(page, "마이크")
    assert set(codes(page)[:2]) == {"gme/4102", "gme/4100"}
    page.locator("a[data-code]:visible").first.click()
    page.wait_for_url(re.compile(re.escape(site_below) + r"ko/gme/410[02]/"))
    page.goto(site_below + "e/32777/")
    page.wait_for_url(f"{site_below}ko/gme/32777/")


@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_overflows_a_tablet(reader: Any, site: str, locale: str) -> None:
    one = reader(LANGUAGES[locale], 768)
    for path in ("", "gme/", "gme/32777/", "ilvb/1001/", "search/?q=room+7+ret%3D1001+ret%3D7006", "rules/"):
        page = one.open(site + LOCALES[locale] + path)
        if "?" in path:
            expect(page.locator("[data-search-page] [data-search-state]")).to_have_attribute(
                "data-search-state", "done"
            )
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, path


def test_panel_fits_a_phone(home: Open) -> None:
    page = home("en", PHONE)
    ask(page, "[2024-01-02 12:34:56.789][1001] GME QAVPTTERROR_DOWNLOAD_REMOTEFILE_ACCESSERROR ret=7006")
    assert codes(page) == ["gme/12292", "gme/7006"]
    panel = page.locator("[data-search-panel]:visible").bounding_box()
    assert panel
    assert panel["x"] >= 0
    assert panel["x"] + panel["width"] <= PHONE
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
