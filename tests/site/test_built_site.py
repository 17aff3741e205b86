"""The real site: nothing broken, nothing foreign, every page in every locale, each saying what it is."""

import json
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from generator import config, layout
from generator.addresses import prefix
from generator.model import Locale
from tests.site.conftest import ROOT
from tests.site.markup import Page, broken, pages, site_url, targets

pytestmark = pytest.mark.site

SETTINGS = config.load(ROOT / layout.SOURCE)
LOCALES = SETTINGS.locales
SOURCE = SETTINGS.source_locale
OTHERS = tuple(locale for locale in LOCALES if locale != SOURCE)


def own_prefix(locale: Locale) -> str:
    return prefix(locale, SOURCE)


def pages_of(site: Path, locale: Locale) -> dict[str, Page]:
    """The pages of a locale by their address below its prefix."""
    start = own_prefix(locale)
    foreign = ("e/", *(own_prefix(other) for other in OTHERS if other != locale))
    return {
        name.removeprefix(start).removesuffix("index.html"): page
        for name, page in pages(site).items()
        if name.startswith(start) and name.endswith("index.html") and not name.startswith(foreign)
    }


def test_no_link_is_broken(built_site: Path) -> None:
    found = [f"{name}: {what}" for name, page in pages(built_site).items() for what in broken(built_site, page)]
    assert found == []


def test_no_page_asks_another_host(built_site: Path) -> None:
    own = urlsplit(site_url(built_site)).netloc
    asking = ("script", "img", "iframe", "audio", "video", "source", "embed", "object", "input")
    named = ("stylesheet", "icon", "preload", "modulepreload", "preconnect", "dns-prefetch", "prefetch", "manifest")
    found = []
    for name, page in pages(built_site).items():
        for tag in page.tags:
            asks = tag.name in asking or (
                tag.name == "link" and set(tag.attributes.get("rel", "").split()) & set(named)
            )
            if asks:
                hosts = {urlsplit(target).netloc for target in targets(Page(page.path, (tag,)))}
                found += [f"{name}: {host}" for host in hosts - {"", own}]
    assert found == []


def test_no_style_asks_another_host(built_site: Path) -> None:
    styles = [
        path
        for path in built_site.rglob("*.css")
        if re.search(r"(url\(|@import)\s*[\"']?(https?:)?//", path.read_text())
    ]
    assert styles == []


def test_every_locale_has_the_same_pages(built_site: Path) -> None:
    source = pages_of(built_site, SOURCE).keys()
    assert len(source) > 190
    for locale in OTHERS:
        assert pages_of(built_site, locale).keys() == source


@pytest.mark.parametrize("locale", LOCALES)
def test_a_page_says_its_language_and_address(built_site: Path, locale: Locale) -> None:
    root = site_url(built_site)
    for path, page in pages_of(built_site, locale).items():
        assert page.find("html")[0]["lang"] == locale, path
        canonical = page.find("link", rel="canonical")
        assert len(canonical) == 1, path
        alternates = {one["hreflang"]: one["href"] for one in page.find("link", rel="alternate") if "hreflang" in one}
        assert alternates.pop("x-default").startswith(root), path
        assert alternates == {other: f"{root}{own_prefix(Locale(other))}{path}" for other in alternates}, path
        if canonical[0]["href"] == f"{root}{own_prefix(locale)}{path}":
            assert locale in alternates, f"{path} is no fallback, so it is an alternate of itself"
        else:
            assert canonical[0]["href"] in alternates.values(), f"{path} is a fallback of one of the alternates"
        for key in ("og:title", "og:description", "og:url"):
            assert page.find("meta", property=key)[0]["content"], (path, key)


def test_alternates_agree(built_site: Path) -> None:
    for path in pages_of(built_site, SOURCE):
        said = {
            locale: {
                (one["hreflang"], one["href"])
                for one in pages_of(built_site, locale)[path].find("link", rel="alternate")
                if "hreflang" in one
            }
            for locale in LOCALES
        }
        assert len({frozenset(links) for links in said.values()}) == 1, path


@pytest.mark.parametrize("locale", LOCALES)
def test_the_language_switch_leads_to_the_same_page(built_site: Path, locale: Locale) -> None:
    for path, page in pages_of(built_site, locale).items():
        links = [tag for tag in page.tags if tag.attributes.get("class") == "cg-locales__link"]
        assert [link.attributes["hreflang"] for link in links] == list(LOCALES), path
        up = "../" * f"{own_prefix(locale)}{path}".count("/")
        expected = [f"{up}{own_prefix(other)}{path}" for other in LOCALES]
        normal = [re.sub(r"^\./", "", link.attributes["href"]) for link in links]
        assert normal == expected, path


def test_search_covers_the_codes_and_nothing_else(built_site: Path) -> None:
    files = built_site / "assets" / "codeglot"
    for locale in LOCALES:
        index = json.loads((files / f"index.{locale}.json").read_bytes())
        blocks = [
            json.loads((files / f"text.{locale}.{number}.json").read_bytes())
            for number in range(len(index["words"]["blocks"]))
        ]
        assert [len(block) for block in blocks] == [count for count, *_ in index["words"]["blocks"]]
        found = {
            f"{index['products'][row[0]][0]}/{row[1] if isinstance(row[1], str) else row[1][0]}/"
            for row in index["codes"]
        }
        pages_of_codes = {
            path
            for path, page in pages_of(built_site, locale).items()
            for tag in page.tags
            if tag.name == "article" and "data-code" in tag.attributes
        }
        assert found == pages_of_codes
        assert len(index["codes"]) == sum(map(len, blocks))


def test_the_sitemap_lists_what_search_engines_may_show(built_site: Path) -> None:
    root = site_url(built_site)
    listed = re.findall(r"<loc>([^<]*)</loc>", (built_site / "sitemap.xml").read_text(encoding="utf-8"))
    expected = set()
    for locale in LOCALES:
        for path, page in pages_of(built_site, locale).items():
            own = f"{root}{own_prefix(locale)}{path}"
            noindex = any("noindex" in one.get("content", "") for one in page.find("meta", name="robots"))
            if page.find("link", rel="canonical")[0]["href"] == own and not noindex:
                expected.add(own)
    assert len(listed) == len(set(listed))
    assert set(listed) == expected
    assert f"{root}sitemap.xml" in (built_site / "robots.txt").read_text()


@pytest.mark.parametrize("locale", LOCALES)
def test_each_locale_has_its_own_page_for_what_is_missing(built_site: Path, locale: Locale) -> None:
    page = pages(built_site)[f"{own_prefix(locale)}404.html"]
    assert page.find("html")[0]["lang"] == locale
    assert page.find("meta", name="robots")[0]["content"] == "noindex"


def test_links_in_no_language_work_from_any_folder(built_site: Path) -> None:
    neutral = {name: page for name, page in pages(built_site).items() if name.startswith("e/")}
    codes = [
        path
        for path, page in pages_of(built_site, SOURCE).items()
        if page.find("article") and "data-code" in page.find("article")[0]
    ]
    assert codes
    for path in codes:
        assert f"e/{path}index.html" in neutral
    for name, page in neutral.items():
        assert page.find("meta", name="robots")[0]["content"] == "noindex", name
        assert not [target for target in targets(page) if not target.startswith("../")], name
        languages = {link["hreflang"] for link in page.find("a")}
        assert languages == set(LOCALES), name


def test_materials_own_search_is_not_there(built_site: Path) -> None:
    assert not list(built_site.rglob("search_index.json"))
    assert not list(built_site.rglob("lunr*"))


def test_the_theme_is_there_once(built_site: Path) -> None:
    assert [path.relative_to(built_site).as_posix() for path in built_site.rglob("main.*.css")] == [
        path.relative_to(built_site).as_posix() for path in (built_site / "assets" / "stylesheets").glob("main.*.css")
    ]


def test_plain_mkdocs_gives_the_same_addresses(built_site: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert pages(folder).keys() == pages(built_site).keys()
    other, others = (
        {
            path.relative_to(site).as_posix()
            for path in site.rglob("*")
            if path.suffix in {".csv", ".json", ".md", ".txt", ".xml"}
        }
        for site in (folder, built_site)
    )
    assert other == others
    for name in ("404.html", *(f"{own_prefix(locale)}404.html" for locale in OTHERS)):
        assert pages(folder)[name].find("html") == pages(built_site)[name].find("html")
    assert [f"{name}: {what}" for name, page in pages(folder).items() for what in broken(folder, page)] == []


@pytest.mark.parametrize(
    ("path", "targets_wanted"),
    [
        ("e/32777/", {"gme/32777/"}),
        ("e/gme/7006/", {"gme/7006/"}),
        ("e/av_err_auth_fiald/", {"gme/7006/"}),
        # Both products count from 1; GME's older edition alone has that one.
        ("e/1/", {"gme/1/", "ilvb/1/"}),
    ],
)
def test_a_link_in_no_language_leads_to(built_site: Path, path: str, targets_wanted: set[str]) -> None:
    up = "../" * path.count("/")
    found = {link["href"].removeprefix(up) for link in pages(built_site)[f"{path}index.html"].find("a")}
    assert found == {f"{own_prefix(locale)}{target}" for locale in LOCALES for target in targets_wanted}
