"""Feeds, the description of the search, and JSON-LD: what browsers and search engines are told."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.machine import feed
from generator.machine.opensearch import fitting
from generator.machine.revisions import revisions
from generator.model import Locale
from generator.pages import Ledger, SiteInfo
from generator.pages.desk import Shelf
from generator.pages.linked_data import ROOT
from tests import once
from tests.machines import FRAGMENT, ORIGINALS, URL, Made, made, make, odd

SMALL = Path(__file__).parent / "cases" / "render" / "editions"
ATOM = "{http://www.w3.org/2005/Atom}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


@pytest.fixture(scope="module")
def odd_ones(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make(odd(tmp_path_factory.mktemp("odd")))


def parsed(of: Made, name: str) -> ET.Element:
    return ET.fromstring(of.files[name])  # noqa: S314 - we made it


def only(element: ET.Element, name: str) -> str:
    """The words of the one child of that name."""
    (found,) = element.findall(f"{ATOM}{name}")
    assert found.text
    return found.text


def links(element: ET.Element) -> list[tuple[str | None, str]]:
    return [(one.get("rel"), one.attrib["href"]) for one in element.findall(f"{ATOM}link")]


@pytest.mark.parametrize("name", ["feed.xml", "en/feed.xml", "ko/feed.xml"])
def test_a_feed_is_one(name: str) -> None:
    """RFC 4287, sections 4.1.1 and 4.1.2: what a feed and an entry must have, and how often."""
    root = parsed(made(), name)
    assert root.tag == f"{ATOM}feed"
    assert only(root, "id") == f"{URL}{name}"
    assert ("self", f"{URL}{name}") in links(root)
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    only(root, "title")
    entries = root.findall(f"{ATOM}entry")
    assert 0 < len(entries) <= 200
    ids, moments = [], []
    for entry in entries:
        ids.append(only(entry, "id"))
        moments.append(only(entry, "updated"))
        assert datetime.fromisoformat(moments[-1]).tzinfo is UTC
        only(entry, "title")
        only(entry, "summary")
        ((rel, href),) = links(entry)
        assert rel == "alternate"
        assert href.removeprefix(URL) in made().known()
        assert {one.attrib["term"] for one in entry.findall(f"{ATOM}category")} <= {
            "added", "retired", "renamed", "reworded", "corrected",
        }  # fmt: skip
    assert len(set(ids)) == len(ids)
    assert moments == sorted(moments, reverse=True)
    assert only(root, "updated") == moments[0]


def entries(of: Made, name: str) -> dict[str, tuple[set[str], str, str]]:
    """Of each entry, by its link's path: kinds, title, summary. Of several about one page the last."""
    return {
        links(entry)[0][1].removeprefix(URL): (
            {one.attrib["term"] for one in entry.findall(f"{ATOM}category")},
            only(entry, "title"),
            only(entry, "summary"),
        )
        for entry in parsed(of, name).findall(f"{ATOM}entry")
    }


def test_a_feed_says_what_changed() -> None:
    english = entries(made(), "en/feed.xml")
    assert english["en/gme/1/"][0] == {"retired"}
    assert english["en/gme/1/"][2] == "No longer listed since the edition of September 2022."
    assert english["en/gme/7003/"][0] == {"added"}
    assert english["en/gme/32769/"][0] == {"renamed", "reworded"}
    assert (
        "Renamed (English): QAVPTTERROR_V2T_INTERNAL_ERROR became QAVPTTERROR_S2T_INTERNAL_ERROR."
        in english["en/gme/32769/"][2]
    )
    # One edition alone changes nothing.
    assert not [path for path in english if path.startswith("en/ilvb/")]


def test_a_correction_is_told_with_its_reason_to_believe_it() -> None:
    corrected = [
        (links(entry)[0][1], only(entry, "summary"))
        for entry in parsed(made(), "en/feed.xml").findall(f"{ATOM}entry")
        if entry.find(f"{ATOM}category[@term='corrected']") is not None
    ]
    rows = [entry for document in made().catalog.documents for entry in document.entries if entry.corrections]
    assert len(corrected) == len(rows) > 0
    assert any(link == f"{URL}en/gme/8196/" and "lists this row under 8195" in summary for link, summary in corrected)


def test_a_feed_speaks_the_language_of_its_locale() -> None:
    assert entries(made(), "feed.xml")["gme/1/"][1:] == ("1 AV_ERR_FAILED：已不再收录", "自2022年9月版起不再收录。")


def test_an_identity_outlives_the_words_for_an_edition() -> None:
    """An edition called ``current`` is another one some day; its date stays."""
    ids = re.findall(r"<id>[^<]*#([^<]*)</id>", made().text("feed.xml"))
    assert not [one for one in ids if "current" in one]
    assert "changed-2022-09" in ids


def test_documents_without_changes_give_an_empty_feed(tmp_path: Path) -> None:
    (tmp_path / "catalog.toml").write_text(
        'source_locale = "en"\nlocales = ["en"]\n[[products]]\nid = "a"\ntitle = { en = "A" }\n'
        '[[products.editions]]\nid = "now"\ndocuments = { en = "en.md" }\n'
    )
    (tmp_path / "en.md").write_text("|Code|Cause|\n|-|-|\n|1|x|\n|2|y|\n")
    root = parsed(make(tmp_path), "feed.xml")
    assert root.findall(f"{ATOM}entry") == []
    assert only(root, "updated") == "1970-01-01T00:00:00Z"


def test_an_edition_without_a_date_is_no_older_than_the_one_before_it(odd_ones: Made) -> None:
    root = parsed(odd_ones, "feed.xml")
    assert {only(entry, "updated") for entry in root.findall(f"{ATOM}entry")} == {"2019-01-01T00:00:00Z"}


def test_changes_come_newest_first_and_name_what_changed() -> None:
    loaded = once.loaded(SMALL)
    ledger = Ledger(loaded.written, once.checked(SMALL), {})
    info = SiteInfo(loaded.settings.locales, loaded.settings.source_locale)
    shelf = Shelf(loaded.corrected, ledger, info, {})
    found = [one for product in loaded.corrected.products for one in revisions(shelf, product)]
    assert [one.published for one in found] == sorted((one.published for one in found), reverse=True)
    assert {kind for one in found for kind in one.kinds} >= {"added", "retired"}


@pytest.mark.parametrize(
    ("published", "moment"),
    [
        ("2020", "2020-01-01T00:00:00Z"),
        ("2022-09", "2022-09-01T00:00:00Z"),
        ("2019-07-31", "2019-07-31T00:00:00Z"),
        ("0999-12", "0999-12-01T00:00:00Z"),
        ("soon", "1970-01-01T00:00:00Z"),
        ("", "1970-01-01T00:00:00Z"),
    ],
)
def test_moments(published: str, moment: str) -> None:
    assert feed.moment(published) == moment


# The search.


@pytest.mark.parametrize("name", ["opensearch.xml", "en/opensearch.xml", "ko/opensearch.xml"])
def test_the_search_is_described(name: str) -> None:
    """OpenSearch 1.1, draft 6: required elements and most characters."""
    root = parsed(made(), name)
    assert root.tag == f"{OPENSEARCH}OpenSearchDescription"
    short, long, about = (root.findtext(f"{OPENSEARCH}{tag}", "") for tag in ("ShortName", "LongName", "Description"))
    assert 0 < len(short) <= 16
    assert 0 < len(long) <= 48
    assert 0 < len(about) <= 1024
    urls = {url.get("rel", "results"): url.attrib for url in root.findall(f"{OPENSEARCH}Url")}
    start = name.removesuffix("opensearch.xml")
    assert urls["results"]["type"] == "text/html"
    assert urls["results"]["template"] == f"{URL}{start}search/?q={{searchTerms}}"
    assert urls["self"]["template"] == f"{URL}{name}"


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        ("Error code reference", 16, "Error code"),
        ("错误码参考", 16, "错误码参考"),
        ("Exactly sixteen!", 16, "Exactly sixteen!"),
        ("Pneumonoultramicroscopic", 16, "Pneumonoultramic"),
        ("Codes, of several", 6, "Codes"),
    ],
)
def test_a_name_is_cut_after_a_word(text: str, most: int, short: str) -> None:
    assert fitting(text, most) == short


@given(st.text(min_size=1), st.integers(1, 20))
def test_a_name_fits(text: str, most: int) -> None:
    assert len(fitting(text, most)) <= most


# JSON-LD.


def nodes(text: str) -> list[dict[str, Any]]:
    graph = json.loads(text.replace(ROOT, URL))
    assert graph["@context"] == "https://schema.org"
    return list(graph["@graph"])


def addresses(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from addresses(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from addresses(inner)
    elif isinstance(value, str) and value.startswith(URL):
        yield value


@pytest.mark.parametrize("folder", [ORIGINALS, SMALL], ids=lambda path: path.name)
def test_every_page_tells_machines_what_it_is(folder: Path) -> None:
    of = made(folder)
    known = of.known()
    for page in of.plan.pages:
        found = nodes(page.linked_data)
        for address in addresses(found):
            assert FRAGMENT.sub("", address.removeprefix(URL)).partition("?")[0] in known, page.path
        assert found[0]["url"].removeprefix(URL).endswith(page.path)
        if page.path:
            items = found[-1]["itemListElement"]
            assert [item["position"] for item in items] == list(range(1, len(items) + 1))
            assert items[-1]["item"] == found[0]["url"]


def test_a_code_is_a_term_of_its_product() -> None:
    (page,) = [one for one in made().plan.pages if (one.locale, one.path) == ("en", "gme/7006/")]
    article, trail = nodes(page.linked_data)
    assert (article["@type"], article["inLanguage"]) == ("TechArticle", "en")
    term = article["about"]
    assert (term["@type"], term["termCode"], term["name"]) == ("DefinedTerm", "7006", "AV_ERR_AUTH_FIALD")
    assert term["inDefinedTermSet"] == {
        "@type": "DefinedTermSet", "name": "Game Multimedia Engine (GME)", "url": f"{URL}en/gme/",
    }  # fmt: skip
    assert [item["item"].removeprefix(URL) for item in trail["itemListElement"]] == [
        "en/", "en/gme/", "en/gme/sections/7003/", "en/gme/7006/",
    ]  # fmt: skip


def test_a_fallback_is_in_the_language_of_its_text() -> None:
    (page,) = [one for one in made().plan.pages if (one.locale, one.path) == ("en", "ilvb/1001/")]
    article, trail = nodes(page.linked_data)
    assert article["inLanguage"] == "zh"
    # Its two meanings are in two sections, so that no one of them is above it.
    assert len(trail["itemListElement"]) == 3


def test_the_home_page_can_be_searched() -> None:
    (page,) = [one for one in made().plan.pages if (one.locale, one.path) == ("ko", "")]
    (site,) = nodes(page.linked_data)
    assert site["potentialAction"]["target"]["urlTemplate"] == f"{URL}ko/search/?q={{search_term_string}}"


def test_no_word_ends_the_script_or_passes_for_an_address(odd_ones: Made) -> None:
    for page in odd_ones.plan.pages:
        assert "<" not in page.linked_data.replace(ROOT, "")
        assert re.findall(rf"[^\"]{ROOT}|{ROOT}evil", page.linked_data) == []
        assert page.linked_data.replace("\n", "").isprintable()
    (page,) = [one for one in odd_ones.plan.pages if (one.locale, one.path) == (Locale("en"), "odd/invalidthing/")]
    assert "<root>evil" in nodes(page.linked_data)[0]["description"]
