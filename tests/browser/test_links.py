"""Every link to a code works: in no language, misspelled, without scripts, below a path; and offers the reader's language."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, SUB_PATH

pytestmark = pytest.mark.browser

PREFIX = {"zh": "", "en": "en/", "ko": "ko/"}

NEUTRAL = {
    "e/32777/": "gme/32777/",
    "e/0x8009/": "gme/32777/",
    "e/gme/32777/": "gme/32777/",
    "e/gme/0x8009/": "gme/32777/",
    # As the SDK ships it, as it is meant, and as it was called in 2019.
    "e/av_err_auth_fiald/": "gme/7006/",
    "e/av_err_auth_failed/": "gme/7006/",
    "e/qavptterror_v2t_network_fail/": "gme/32770/",
}

READERS = {
    "ko-KR": "ko/",
    "en-GB": "en/",
    "zh-TW": "",
    # French is none of the site's languages: the source's.
    "fr": "",
}

LOST = {
    "e/0x1b5e": "gme/7006/",
    "e/0X1B5E/": "gme/7006/",
    "e/AV_ERR_AUTH_FIALD": "gme/7006/",
    "e/-7006": "gme/7006/",
    "e/07006/": "gme/7006/",
    "e/gme-7006": "gme/7006/",
    "e/1b5e": "gme/7006/",
    "E/gme/7006": "gme/7006/",
    f"e/{quote('７００６')}": "gme/7006/",
    # One letter from the name and like no other.
    "e/AV_ERR_AUTH_FIALDD/": "gme/7006/",
}
"""Addresses in no language that have no page of their own."""

LOST_IN = {
    "en/gme/07006": ("en", "gme/7006/"),
    "EN/gme/07006": ("en", "gme/7006/"),
    "en-GB/gme/7006/": ("en", "gme/7006/"),
    "zh/gme/7006/": ("zh", "gme/7006/"),
    "ko/gme/0x1001": ("ko", "gme/4097/"),
    "gme/7006.html": ("zh", "gme/7006/"),
    "en/gme/7006/index.htm": ("en", "gme/7006/"),
    "en/7006": ("en", "gme/7006/"),
    "GME/7006/": ("zh", "gme/7006/"),
    "en/gme/av_err_auth_fiald/": ("en", "gme/7006/"),
    "ko/ILVB/AV_ERR_TIMEOUT": ("ko", "ilvb/1005/"),
    "en/GME": ("en", "gme/"),
    "en/gme": ("en", "gme/"),
    "ko/search": ("ko", "search/"),
    "en/rules/k204": ("en", "rules/K204/"),
    "en/gme/sections/4097": ("en", "gme/sections/4097/"),
    "ko": ("ko", ""),
}
"""Addresses in a language, without a page of their own, and the pages they mean."""

NOT_FOUND = re.compile(r"answer 404: |console error: Failed to load resource: .*\b404\b")


@pytest.fixture
def lost(reader: Any) -> Iterator[Any]:
    """Make readers of whom one address each is not there; nothing else may go wrong."""
    readers: list[Any] = []

    def make(*arguments: Any, **more: Any) -> Any:
        readers.append(reader(*arguments, **more))
        return readers[-1]

    yield make
    for one in readers:
        answers = [problem for problem in one.problems if problem.startswith("answer 404")]
        # A host that has the folder sends an address without its slash on to it.
        assert len(answers) <= one.asked, answers
        one.problems[:] = [problem for problem in one.problems if not NOT_FOUND.match(problem)]


def go(one: Any, address: str) -> Page:
    """The page at an address that is not there."""
    one.asked = getattr(one, "asked", 0) + 1
    page: Page = one.open(address)
    return page


def shown(page: Page) -> None:
    """Wait until the 404 page has said all it has to say."""
    expect(page.locator("[data-not-found]")).to_be_visible()


@pytest.mark.parametrize("language", READERS)
def test_links_in_no_language(reader: Any, site: str, language: str) -> None:
    one = reader(language)
    for link, target in NEUTRAL.items():
        page = one.open(f"{site}{link}?from=ticket&x=%26#meaning")
        page.wait_for_url(f"{site}{READERS[language]}{target}?from=ticket&x=%26#meaning")


def test_a_saved_choice_comes_first(reader: Any, site: str) -> None:
    one = reader("ko-KR")
    page = one.open(site + "gme/7006/")
    page.locator("a[data-locale-switch][hreflang=en]:visible").first.click()
    page.wait_for_url(f"{site}en/gme/7006/")
    page.goto(site + "e/32777/")
    page.wait_for_url(f"{site}en/gme/32777/")
    # A choice the site does not have is none.
    page.evaluate("localStorage.setItem('codeglot.locale', 'javascript:alert(1)')")
    page.goto(site + "e/32777/")
    page.wait_for_url(f"{site}ko/gme/32777/")


@pytest.mark.parametrize(("language", "locale", "words"), [
    ("ko-KR", "ko", "여러 제품"), ("en-GB", "en", "Several products"), ("zh-TW", "zh", "多个产品"), ("fr", "zh", "多个产品"),
])  # fmt: skip
def test_an_ambiguous_number_lists_the_products(reader: Any, site: str, language: str, locale: str, words: str) -> None:
    page = reader(language).open(site + "e/1001/?from=ticket#x")
    expect(page.locator("html")).to_have_attribute("lang", locale)
    section = page.locator("section:visible")
    expect(section).to_have_count(1)
    expect(section).to_contain_text(words)
    assert page.title().startswith("1001 · ")
    assert page.locator("a:visible").evaluate_all("all => all.map((one) => one.href)") == [
        f"{site}{PREFIX[locale]}{target}?from=ticket#x" for target in ("gme/1001/", "ilvb/1001/")
    ]


def test_without_scripts_the_languages_are_listed(reader: Any, site: str) -> None:
    page = reader("ko-KR", java_script_enabled=False).open(site + "e/0x1b5e/")
    links = page.locator("a")
    assert links.evaluate_all("all => all.map((one) => one.href)") == [
        f"{site}{prefix}gme/7006/" for prefix in PREFIX.values()
    ]
    assert [link.is_visible() for link in links.all()] == [True] * 3
    assert [re.search("중문|中文|English|한국어", link.inner_text()) is not None for link in links.all()] == [True] * 3
    links.last.click()
    page.wait_for_url(site + "ko/gme/7006/")


@pytest.mark.parametrize("language", ["ko-KR", "en-GB", "fr"])
def test_a_lost_link_in_no_language_leads_to_the_readers(lost: Any, site: str, language: str) -> None:
    one = lost(language)
    for link, target in LOST.items():
        page = go(one, f"{site}{link}?from=ticket#x")
        page.wait_for_url(f"{site}{READERS[language]}{target}?from=ticket#x")


def test_a_lost_link_leads_on_in_its_own_language(lost: Any, site: str) -> None:
    one = lost("ko-KR")
    for link, (locale, target) in LOST_IN.items():
        page = go(one, f"{site}{link}?from=ticket#x")
        page.wait_for_url(re.compile(re.escape(f"{site}{PREFIX[locale]}{target}") + r"(\?from=ticket)?#x"))


@pytest.mark.parametrize(("locale", "said"), [("zh", "7999"), ("en", "7999 is not a known code."), ("ko", "7999")])
def test_an_unknown_number_is_no_code(lost: Any, site: str, locale: str, said: str) -> None:
    page = go(lost("fr"), f"{site}{PREFIX[locale]}gme/7999/")
    shown(page)
    expect(page.locator("html")).to_have_attribute("lang", locale)
    unknown = page.locator("[data-unknown-code]")
    expect(unknown).to_have_attribute("data-unknown-code", "7999")
    expect(unknown).to_contain_text(said)
    expect(unknown.locator("[data-section]")).to_have_attribute("href", f"{site}{PREFIX[locale]}gme/sections/7003/")
    expect(unknown.locator("[data-neighbour]").first).to_have_attribute("data-neighbour", "gme/8193")
    expect(page.locator("a[data-code]")).to_have_count(0)
    page.locator("[data-search-link]").click()
    page.wait_for_url(f"{site}{PREFIX[locale]}search/?q=7999")


def test_a_lost_link_that_means_several_codes_lists_them(lost: Any, site: str) -> None:
    page = go(lost("ko-KR"), site + "en/AV_ERR_TIMEOUT")
    shown(page)
    offered = page.locator("a[data-code]")
    assert offered.evaluate_all("all => all.map((one) => one.dataset.code)") == ["gme/1005", "ilvb/1005"]
    expect(page.locator("[data-not-found-answer]")).to_contain_text("Game Multimedia Engine")
    expect(page.locator("[data-not-found-answer]")).to_contain_text("Interactive Live Video Broadcasting")
    offered.last.click()
    page.wait_for_url(site + "en/ilvb/1005/")


@pytest.mark.parametrize("link", ["en/gme/about/7006/", "en/wiki/7006", "en/gme/error-7006-again"])
def test_what_is_more_than_a_code_is_offered_and_not_gone_to(lost: Any, site: str, link: str) -> None:
    page = go(lost(), site + link)
    shown(page)
    expect(page.locator("[data-not-found-answer]")).to_contain_text("Did you mean")
    expect(page.locator("a[data-code]")).to_have_attribute("data-code", "gme/7006")


@pytest.mark.parametrize(
    "link",
    ["nowhere/at/all/", "en/nowhere/", "en/assets/7006", "rules/K999/", "en/%FF%FE/", "e/%3Cimg%20src%3Dx%3E/",
     "e//evil.example/", "//127.0.0.1/7006x", "e/https:%2F%2Fevil.example%2F"],
)  # fmt: skip
def test_an_address_that_means_nothing_stays(lost: Any, site: str, link: str) -> None:
    page = go(lost("en-US"), site + link)
    shown(page)
    assert urlsplit(page.url).netloc == urlsplit(site).netloc
    expect(page.locator("a[data-code], [data-unknown-code], [data-not-found] img")).to_have_count(0)


def test_a_page_that_a_host_has_lost_is_not_asked_for_again(
    lost: Any, built_site: Path, serve: Any, tmp_path: Path
) -> None:
    broken = tmp_path / "site"
    shutil.copytree(built_site, broken)
    shutil.rmtree(broken / "en" / "gme" / "7006")
    address = serve(broken, "/")
    one = lost("en-US")
    page = go(one, address + "en/gme/7006/")
    shown(page)
    one.asked += 1
    page = go(one, address + "en/gme/07006/")
    page.wait_for_url(address + "en/gme/7006/")
    shown(page)
    page.wait_for_timeout(500)
    assert sum(problem.startswith("answer 404") for problem in one.problems) == 3


def test_without_scripts_the_page_says_what_it_says(lost: Any, site: str) -> None:
    one = lost("en-US", java_script_enabled=False)
    page = go(one, site + "en/gme/07006/")
    expect(page.locator("[data-not-found]")).to_be_visible()
    expect(page.locator("[data-not-found] li[lang=en] a")).to_be_visible()


GONE = """
[[redirects]]
from = "gme/moved/"
to = "gme/sections/4097/"
reason = "Joined."

[[redirects]]
from = "e/av_err_old/"
to = "e/av_err_auth_fiald/"
reason = "Renamed before this site was."

[[tombstones]]
product = "gme"
code = 7099
name = "AV_ERR_LONG_GONE"
text = { zh = "早已不用。", en = "Long gone." }
replaced_by = 7006
reason = "No document has it any more."
"""


@pytest.fixture(scope="session")
def site_of_a_path(tmp_path_factory: pytest.TempPathFactory, serve: Any) -> str:
    """The originals' site built for, and served below, a path (a 404 page has to know where it is), with addresses gone."""
    folder = tmp_path_factory.mktemp("below")
    source = folder / "source"
    shutil.copytree(ROOT / "source_docs", source)
    (source / "redirects.toml").write_text(GONE, encoding="utf-8")
    outputs = ["--docs", str(folder / "docs"), "--site", str(folder / "site")]
    command = [sys.executable, "-m", "generator", "build", "--quiet", "--source", str(source), *outputs]
    environment = {**os.environ, "SITE_URL": f"https://codes.example{SUB_PATH}"}
    subprocess.run(command, cwd=ROOT, check=True, env=environment)
    address: str = serve(folder / "site", SUB_PATH)
    return address


def test_everything_works_below_a_path(lost: Any, site_of_a_path: str) -> None:
    one = lost("ko-KR")
    page = one.open(site_of_a_path + "e/0x1b5e/?a=b#c")
    page.wait_for_url(site_of_a_path + "ko/gme/7006/?a=b#c")
    page = go(one, site_of_a_path + "en/gme/07006?a=b#c")
    page.wait_for_url(site_of_a_path + "en/gme/7006/?a=b#c")
    page = go(one, site_of_a_path + "en/gme/7999/")
    shown(page)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("[data-section]")).to_have_attribute("href", site_of_a_path + "en/gme/sections/7003/")


def test_what_has_moved_leads_on(reader: Any, site_of_a_path: str) -> None:
    one = reader("ko-KR")
    for locale, prefix in PREFIX.items():
        page = one.open(f"{site_of_a_path}{prefix}gme/moved/?a=b#c")
        page.wait_for_url(f"{site_of_a_path}{prefix}gme/sections/4097/?a=b#c")
        expect(page.locator("html")).to_have_attribute("lang", locale)
    one.open(site_of_a_path + "e/av_err_old/?a=b#c").wait_for_url(site_of_a_path + "ko/gme/7006/?a=b#c")
    # A link by the number alone goes with its page.
    one.open(site_of_a_path + "e/gme/moved/").wait_for_url(site_of_a_path + "ko/gme/sections/4097/")
    plain = reader("ko-KR", java_script_enabled=False).open(f"{site_of_a_path}en/gme/moved/")
    plain.wait_for_url(site_of_a_path + "en/gme/sections/4097/")


def test_a_code_that_is_gone_keeps_its_page_and_links(reader: Any, site_of_a_path: str) -> None:
    one = reader("ko-KR")
    for link in ("e/7099/", "e/0x1bbb/", "e/gme/7099/", "e/av_err_long_gone/"):
        one.open(site_of_a_path + link).wait_for_url(site_of_a_path + "ko/gme/7099/")
    page = one.open(site_of_a_path + "en/gme/7099/")
    article = page.locator("article")
    expect(article).to_have_attribute("data-code", "gme/7099")
    expect(article).to_contain_text("Long gone.")
    expect(article.locator("[data-note=retired]")).to_have_count(2)
    article.get_by_role("link", name="7006 AV_ERR_AUTH_FIALD").click()
    page.wait_for_url(site_of_a_path + "en/gme/7006/")


@pytest.mark.parametrize(("language", "width", "scheme"), [("ko-KR", 390, "dark"), ("en-GB", 1280, "light")])
def test_nothing_here_is_hard_to_use(lost: Any, site_of_a_path: str, language: str, width: int, scheme: str) -> None:
    one = lost(language, width, color_scheme=scheme)
    for link, told in (
        ("ko/gme/7999/", "[data-unknown-code]"),
        ("en/AV_ERR_TIMEOUT", "[data-not-found] a[data-code]"),
        ("en/nowhere/", "[data-not-found]"),
        ("e/1001/", "main.chosen"),
        ("gme/7006/", "[data-hint]:visible"),
        ("en/gme/7099/", "article[data-code]"),
    ):
        page = go(one, site_of_a_path + link)
        expect(page.locator(told).first).to_be_visible()
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [(link, wrong["id"], [node["html"] for node in wrong["nodes"]]) for wrong in found] == []
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


HINT = {
    "zh": "本页也有中文版。",
    "en": "This page is also available in English.",
    "ko": "이 페이지는 한국어로도 볼 수 있습니다.",
}


@pytest.mark.parametrize(("language", "locale"), [("ko-KR", "ko"), ("en-GB", "en"), ("zh-TW", "zh")])
def test_the_readers_language_is_offered_once(reader: Any, site: str, language: str, locale: str) -> None:
    own = "en" if locale == "zh" else "zh"
    one = reader(language, 390)
    page = one.open(f"{site}{PREFIX[own]}gme/7006/?from=ticket#content")
    hint = page.locator("[data-hint]:visible")
    expect(hint).to_have_count(1)
    expect(hint).to_have_attribute("lang", locale)
    expect(hint.get_by_role("link")).to_have_text(HINT[locale])
    shift = page.evaluate("""() => new Promise((resolve) => {
        let sum = 0;
        const seen = new PerformanceObserver((list) => list.getEntries().forEach((entry) => { sum += entry.value; }));
        seen.observe({ type: "layout-shift", buffered: true });
        setTimeout(() => resolve(sum), 200);
    })""")
    assert shift < 0.1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.goto(f"{site}{PREFIX[own]}gme/7005/?from=ticket")
    hint.get_by_role("link").click()
    page.wait_for_url(f"{site}{PREFIX[locale]}gme/7005/?from=ticket")
    # What was chosen is kept, so nothing is offered any more, on either page.
    for path in (f"{PREFIX[own]}gme/7005/", f"{PREFIX[locale]}gme/7005/"):
        page.goto(site + path, wait_until="networkidle")
        expect(hint).to_have_count(0)


def test_a_hint_sent_away_does_not_come_back(reader: Any, site: str) -> None:
    page = reader("ko-KR").open(site + "gme/7006/")
    hint = page.locator("[data-hint]:visible")
    expect(hint).to_have_count(1)
    hint.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(hint).to_have_count(0)
    page.goto(site + "gme/7005/", wait_until="networkidle")
    expect(hint).to_have_count(0)
    # Sent away is not chosen: a link in no language still goes to the reader's.
    page.goto(site + "e/7005/")
    page.wait_for_url(site + "ko/gme/7005/")


@pytest.mark.parametrize(
    ("language", "path"),
    [
        ("en-US", "en/gme/7006/"),
        ("fr", "en/gme/7006/"),
        # ILVB has no Korean text.
        ("ko-KR", "ilvb/20101/"),
    ],
)
def test_nobody_else_is_offered_a_language(reader: Any, site: str, language: str, path: str) -> None:
    page = reader(language).open(site + path)
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-hint]:visible")).to_have_count(0)


def test_nothing_is_offered_where_there_is_no_page(lost: Any, site: str) -> None:
    page = go(lost("ko-KR"), site + "en/nowhere/")
    shown(page)
    expect(page.locator("[data-hint]")).to_have_count(0)


def test_the_switch_keeps_query_and_fragment(reader: Any, site: str) -> None:
    page = reader("zh-CN").open(site + "gme/7006/?from=ticket#content")
    for locale in ("en", "ko", "zh"):
        page.locator(f"a[data-locale-switch][hreflang={locale}]:visible").first.click()
        page.wait_for_url(f"{site}{PREFIX[locale]}gme/7006/?from=ticket#content")
