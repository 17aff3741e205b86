"""The sitemap: what is listed, and that it keeps to the protocol however large the site is."""

import re
from pathlib import Path

import msgspec
import pytest
import xmlschema

from generator import layout, making, pipeline
from generator.model import Locale
from generator.pages import Page
from generator.pages.content import SearchContent
from generator.site import sitemap

ROOT = "https://a.example/x/"
EDITIONS = Path(__file__).parents[1] / "cases" / "render" / "editions"
SCHEMA = xmlschema.XMLSchema(Path(__file__).parents[1] / "schemas" / "sitemap-0.9.xsd")


def page(site: Path, path: str, canonical: str, head: str = "") -> None:
    file = site / path / "index.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f'<head><link rel="canonical" href="{canonical}">{head}</head><body></body>')


def test_it_leaves_out_what_repeats_another_page(tmp_path: Path) -> None:
    page(tmp_path, "", ROOT)
    page(tmp_path, "acme/7", f"{ROOT}acme/7/", f'<link rel="alternate" hreflang="en" href="{ROOT}en/acme/7/?a&amp;b">')
    page(tmp_path, "en/acme/8", f"{ROOT}acme/8/")
    page(tmp_path, "search", f"{ROOT}search/", '<meta name="robots" content="noindex">')
    assert sitemap.files(tmp_path, ROOT) == {
        "sitemap.xml": '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        "<url><loc>https://a.example/x/</loc>\n"
        "</url>\n"
        "<url><loc>https://a.example/x/acme/7/</loc>\n"
        '<xhtml:link rel="alternate" hreflang="en" href="https://a.example/x/en/acme/7/?a&amp;b"/>\n'
        "</url>\n"
        "</urlset>\n"
    }


def test_a_page_as_markdown_or_data_is_no_other_language(tmp_path: Path) -> None:
    page(tmp_path, "", ROOT, '<link rel="alternate" type="text/markdown" href="index.md">')
    assert "xhtml:link rel" not in sitemap.files(tmp_path, ROOT)["sitemap.xml"]


def test_a_head_longer_than_what_is_read_at_once(tmp_path: Path) -> None:
    text = (
        f'<head><!--{"界" * 20_000}--><link rel="canonical" href="{ROOT}"></head>'
        '<body><meta name="robots" content="noindex">'
    )
    (tmp_path / "index.html").write_text(text, encoding="utf-8")
    assert f"<loc>{ROOT}</loc>" in sitemap.files(tmp_path, ROOT)["sitemap.xml"]


@pytest.mark.parametrize(
    ("most", "largest", "parts"),
    [(50_000, 1 << 20, 1), (3, 1 << 20, 3), (7, 1 << 20, 1), (50_000, 306, 3), (50_000, 305, 4), (1, 1, 7)],
)
def test_what_one_file_may_not_hold_is_in_several(tmp_path: Path, most: int, largest: int, parts: int) -> None:
    for number in range(7):
        page(tmp_path, f"acme/{number}", f"{ROOT}acme/{number}/")
    entries = sitemap.read(tmp_path, tmp_path.rglob("index.html"), ROOT)
    files = sitemap.joined(entries, ROOT, most=most, largest=largest)
    for name, text in files.items():
        SCHEMA.validate(text)
        assert len(text.encode()) <= largest or "<urlset" not in text or largest == 1, name
    sets = [text for text in files.values() if "<urlset" in text]
    assert len(sets) == parts
    assert sum(text.count("<url>") for text in sets) == 7
    assert max(text.count("<url>") for text in sets) <= most
    if parts > 1:
        assert [f"<loc>{ROOT}{name}</loc>" in files["sitemap.xml"] for name in files] == [False] + [True] * parts


def test_what_is_known_of_pages_gives_what_their_heads_say(tmp_path: Path) -> None:
    folders = layout.find(EDITIONS, docs=tmp_path / "docs", site=tmp_path / "site")
    planned = pipeline.plan(folders, ROOT)
    making.build(folders, ROOT)
    found, locales = planned.plan.pages, planned.about.locales
    assert {page.fallback for page in found} == {True, False}
    assert any(page.text_locales for page in found)
    known = sitemap.made(reversed(found), locales, planned.about.source_locale, ROOT)
    assert sitemap.joined(known, ROOT) == sitemap.files(tmp_path / "site", ROOT)
    assert sitemap.files(tmp_path / "site", ROOT)["sitemap.xml"] == (tmp_path / "site" / "sitemap.xml").read_text()


def test_another_default_than_the_source_locale_is_named() -> None:
    locale, other = Locale("en"), Locale("de")
    made = Page(
        other, "a/1/", "a/1.md", "", "1", "", other, "de/a/1/", SearchContent("", (), ()), text_locales=(other,)
    )
    defaulting = msgspec.structs.replace(made, x_default="de/a/1/")
    for one, default in ((made, "a/1/"), (defaulting, "de/a/1/")):
        (entry,) = sitemap.made([one], (locale, other), locale, ROOT)
        assert entry.address == "de/a/1/"
        assert re.findall(r'hreflang="([^"]*)" href="([^"]*)"', entry.text) == [
            ("de", f"{ROOT}de/a/1/"),
            ("x-default", f"{ROOT}{default}"),
        ]


def test_the_protocol_allows_so_much() -> None:
    assert (sitemap.MOST, sitemap.LARGEST) == (50_000, 52_428_800)


@pytest.mark.parametrize(
    "wrong",
    ["<url><loc>/acme/7/</loc></url>", "<url/>", "<url><loc>https://a.example/界/</loc></url>"],
    ids=["relative", "without address", "not encoded"],
)
def test_the_schema_can_fail(wrong: str) -> None:
    text = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{wrong}</urlset>'
    assert not SCHEMA.is_valid(text)


def test_robots_are_told_where_it_is() -> None:
    assert sitemap.robots(ROOT).splitlines() == ["User-agent: *", "Allow: /", "", f"Sitemap: {ROOT}sitemap.xml"]
