"""The built site for machines: everything that is named is there, and every head says what it should."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import pytest
import xmlschema

from generator import config, layout
from generator.addresses import prefix
from tests.site.conftest import ROOT
from tests.site.markup import pages, site_url

pytestmark = pytest.mark.site

SETTINGS = config.load(ROOT / layout.SOURCE)
PREFIXES = [prefix(locale, SETTINGS.source_locale) for locale in SETTINGS.locales]
SITEMAP = xmlschema.XMLSchema(ROOT / "tests" / "schemas" / "sitemap-0.9.xsd")
LINKED = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def missing(site: Path, address: str) -> str:
    """What is wrong with an address of the site; empty for nothing."""
    parts = urlsplit(address.removeprefix(site_url(site)))
    file = site / unquote(parts.path)
    if file.is_dir():
        file /= "index.html"
    if not file.is_file():
        return f"{address}: no such file"
    if parts.fragment and file.suffix == ".html":
        ids = pages(site)[file.relative_to(site).as_posix()].ids
        return "" if unquote(parts.fragment) in ids else f"{address}: no such place"
    return ""


def strings(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
    elif isinstance(value, str):
        yield value


def data(site: Path) -> dict[str, Any]:
    folder = site / "api" / "v1"
    return {path.relative_to(folder).as_posix(): json.loads(path.read_bytes()) for path in folder.rglob("*.json")}


def test_all_data_names_what_is_there(built_site: Path) -> None:
    root = site_url(built_site)
    found = data(built_site)
    assert {"index.json", "codes.json", "discrepancies.json", "schema.json"} <= found.keys()
    named = {text for content in found.values() for text in strings(content) if text.startswith(root)}
    assert len(named) > 1000
    assert [wrong for one in sorted(named) if "{address}" not in one and (wrong := missing(built_site, one))] == []
    assert {f"{one['address']}.json" for one in found["codes.json"]["codes"]} == {name for name in found if "/" in name}


def test_all_markdown_names_what_is_there(built_site: Path) -> None:
    root = site_url(built_site)
    twins = [*built_site.rglob("index.md"), built_site / "llms.txt"]
    named = {
        found
        for path in twins
        for found in re.findall(r"(?:\]\(|<)(https?://[^)>]*)", path.read_text(encoding="utf-8"))
        if found.startswith(root)
    }
    assert len(named) > 1000
    assert [wrong for one in sorted(named) if (wrong := missing(built_site, one))] == []


@pytest.mark.parametrize("name", ["feed.xml", "opensearch.xml"])
@pytest.mark.parametrize("start", PREFIXES)
def test_feeds_and_searches_name_what_is_there(built_site: Path, start: str, name: str) -> None:
    root = site_url(built_site)
    named = [
        value.replace("{searchTerms}", "x")
        for element in ET.parse(built_site / start / name).iter()  # noqa: S314 - we made it
        for key, value in element.attrib.items()
        if key in {"href", "template"}
    ]
    assert f"{root}{start}{name}" in named
    assert [wrong for one in named if (wrong := missing(built_site, one))] == []


def test_the_sitemap_keeps_to_the_protocol(built_site: Path) -> None:
    text = (built_site / "sitemap.xml").read_text(encoding="utf-8")
    SITEMAP.validate(text)
    named = set(re.findall(r'(?:<loc>|href=")([^<"]*)', text))
    assert [wrong for one in sorted(named) if (wrong := missing(built_site, one))] == []


def test_alternates_in_the_sitemap_lead_back(built_site: Path) -> None:
    text = (built_site / "sitemap.xml").read_text(encoding="utf-8")
    said = {
        address: {
            other for locale, other in re.findall(r'hreflang="([^"]*)" href="([^"]*)"', rest) if locale != "x-default"
        }
        for address, rest in re.findall(r"<url><loc>([^<]*)</loc>(.*?)</url>", text, re.DOTALL)
    }
    for address, others in said.items():
        assert address in others
        assert all(address in said[other] for other in others), address


def test_every_page_says_in_json_what_it_is(built_site: Path) -> None:
    root = site_url(built_site)
    for name, page in pages(built_site).items():
        canonical = page.find("link", rel="canonical")
        found = LINKED.findall(page.path.read_text(encoding="utf-8"))
        if not canonical or name.startswith("e/") or page.find("meta", name="robots"):
            assert found == [], name
            continue
        assert len(found) == 1, name
        graph = json.loads(found[0])
        assert graph["@context"] == "https://schema.org"
        assert graph["@graph"][0]["url"] == f"{root}{name.removesuffix('index.html')}"
        named = [text.replace("{search_term_string}", "x") for text in strings(graph) if text.startswith(root)]
        # What stands behind the sign is an identity and no place.
        assert [wrong for one in named if (wrong := missing(built_site, one.removesuffix("#website")))] == [], name


def test_a_page_leads_to_its_other_forms(built_site: Path) -> None:
    seen = {"text/markdown": 0, "application/json": 0, "application/atom+xml": 0}
    for name, page in pages(built_site).items():
        code = (
            next((tag.attributes["data-code"] for tag in page.tags if tag.name == "article"), "")
            if (page.find("article") and "data-code" in page.find("article")[0])
            else ""
        )
        forms = {one["type"]: one["href"] for one in page.find("link", rel="alternate") if "type" in one}
        for form, href in forms.items():
            seen[form] += 1
            assert (page.path.parent / href).resolve().is_file(), (name, href)
        if code:
            assert forms.keys() == seen.keys(), name
            assert (page.path.parent / forms["application/json"]).resolve() == (
                built_site / "api" / "v1" / f"{code}.json"
            ).resolve()
    assert all(seen.values())


@pytest.mark.parametrize("start", PREFIXES)
def test_a_page_says_how_the_site_is_searched(built_site: Path, start: str) -> None:
    for name in (f"{start}index.html", f"{start}gme/7006/index.html"):
        (search,) = pages(built_site)[name].find("link", rel="search")
        assert search["type"] == "application/opensearchdescription+xml"
        assert search["title"]
        assert ((built_site / name).parent / search["href"]).resolve() == (
            built_site / start / "opensearch.xml"
        ).resolve()


def test_a_page_names_the_other_locales_it_has(built_site: Path) -> None:
    page = pages(built_site)["en/gme/7006/index.html"]
    assert page.find("meta", property="og:locale")[0]["content"] == "en_US"
    assert [one["content"] for one in page.find("meta", property="og:locale:alternate")] == ["zh_CN", "ko_KR"]
    # Published in Chinese alone.
    fallback = pages(built_site)["en/ilvb/30000412/index.html"]
    assert [one["content"] for one in fallback.find("meta", property="og:locale:alternate")] == ["zh_CN"]


def test_titles_and_descriptions_are_for_cards_too(built_site: Path) -> None:
    for name, page in pages(built_site).items():
        if page.find("link", rel="canonical") and not name.startswith("e/") and not page.find("meta", name="robots"):
            said = {
                key: [one["content"] for one in page.find("meta", **{attribute: key})]
                for attribute, key in (
                    ("name", "description"), ("property", "og:title"), ("property", "og:description"),
                    ("name", "twitter:card"), ("name", "twitter:title"), ("name", "twitter:description"),
                )
            }  # fmt: skip
            assert all(len(values) == 1 and values[0] for values in said.values()), (name, said)
            assert said["og:title"] == said["twitter:title"]
            assert said["description"] == said["og:description"] == said["twitter:description"]
