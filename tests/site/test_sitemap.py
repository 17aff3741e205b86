"""The sitemap: what is listed, and that it keeps to the protocol however large the site is."""

from pathlib import Path

import pytest
import xmlschema

from generator.site import sitemap

ROOT = "https://a.example/x/"
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
    files = sitemap.files(tmp_path, ROOT, most=most, largest=largest)
    for name, text in files.items():
        SCHEMA.validate(text)
        assert len(text.encode()) <= largest or "<urlset" not in text or largest == 1, name
    sets = [text for text in files.values() if "<urlset" in text]
    assert len(sets) == parts
    assert sum(text.count("<url>") for text in sets) == 7
    assert max(text.count("<url>") for text in sets) <= most
    if parts > 1:
        assert [f"<loc>{ROOT}{name}</loc>" in files["sitemap.xml"] for name in files] == [False] + [True] * parts


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
