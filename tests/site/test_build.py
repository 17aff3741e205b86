"""Whole builds of a small site: the same bytes each time, all or nothing, any locales, any folder."""

import os
from pathlib import Path

import pytest

from generator.errors import CodeglotError
from generator.site import NeutralLink, NeutralTarget
from tests.site.conftest import Build
from tests.site.markup import broken, pages


def contents(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_two_builds_are_the_same_to_the_byte(
    build_small: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    built = build_small()
    first = contents(tmp_path / "site")
    os.utime(tmp_path / "docs" / "en" / "acme" / "7.md", (1, 1))
    monkeypatch.setenv("TZ", "Asia/Seoul")
    monkeypatch.setenv("LC_ALL", "C")
    build_small()
    second = contents(tmp_path / "site")
    assert [name for name in sorted(first.keys() | second.keys()) if first.get(name) != second.get(name)] == []
    assert built.pages == (("ja", 5), ("en", 5))
    assert built.files == len(first)
    assert built.size == sum(map(len, first.values()))


def test_a_site_has_its_own_locales_and_works_below_a_path(build_small: Build, tmp_path: Path) -> None:
    build_small(files={"api/v1/codes.json": "[]"})
    site = tmp_path / "site"
    found = {name: page.find("html")[0]["lang"] for name, page in pages(site).items()}
    assert found == {
        **{
            f"{prefix}{name}": locale
            for prefix, locale in (("", "ja"), ("en/", "en"))
            for name in (
                "404.html",
                "acme/7/index.html",
                "acme/index.html",
                "discrepancies/index.html",
                "index.html",
                "search/index.html",
            )
        },
        "e/7/index.html": "ja",
    }
    assert [what for page in pages(site).values() for what in broken(site, page)] == []
    assert (site / "api" / "v1" / "codes.json").read_text() == "[]"


def test_a_page_that_cannot_be_built_leaves_the_old_site(build_small: Build, tmp_path: Path) -> None:
    build_small()
    before = contents(tmp_path / "site")
    (tmp_path / "docs" / "en" / "acme" / "7.md").write_text("# 7\n\n[gone](8.md)\n")
    with pytest.raises(CodeglotError, match=r"locale en:\n.*WARNING.*en/acme/7\.md.*8\.md"):
        build_small()
    assert contents(tmp_path / "site") == before
    assert {path.name for path in tmp_path.iterdir()} == {"docs", "site"}


def test_a_link_over_a_page_leaves_no_site(build_small: Build, tmp_path: Path) -> None:
    links = (NeutralLink("acme/7/", "7", (NeutralTarget("acme/7/", ()),)),)
    with pytest.raises(CodeglotError, match=r"acme/7/index\.html"):
        build_small(links=links)
    assert {path.name for path in tmp_path.iterdir()} == {"docs"}


def test_an_address_that_is_none_is_told_before_anything_is_built(build_small: Build, tmp_path: Path) -> None:
    with pytest.raises(CodeglotError, match="SITE_URL"):
        build_small(site_url="codes.example")
    assert {path.name for path in tmp_path.iterdir()} == {"docs"}
