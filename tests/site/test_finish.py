"""What a site has besides MkDocs' pages."""

from pathlib import Path

import pytest

from generator.errors import CodeglotError
from generator.model import Locale
from generator.site import finish
from generator.site.values import LocaleSpec, NeutralLink, NeutralTarget, SiteSpec

SPEC = SiteSpec(
    Locale("ja"), (LocaleSpec(Locale("ja"), "日本語", "コード"), LocaleSpec(Locale("en"), "English", "Codes"))
)
ROOT = "https://a.example/x/"


def page(site: Path, path: str, canonical: str, head: str = "") -> None:
    file = site / path / "index.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f'<head><link rel="canonical" href="{canonical}">{head}</head><body></body>')


def test_a_page_of_a_link_knows_every_locale_and_the_way_up() -> None:
    seen: dict[str, object] = {}

    def render(name: str, **values: object) -> str:
        seen.update(values, name=name)
        return "text"

    target = NeutralTarget("acme/7/", ((Locale("en"), "Acme 7"),))
    written = dict(finish.neutral_pages(SPEC, [NeutralLink("e/acme/7/", "7", (target,))], render))
    assert written == {"e/acme/7/index.html": "text"}
    assert seen["root"] == "../../../"
    assert seen["targets"] == [{"path": "acme/7/", "titles": {"ja": "acme/7", "en": "Acme 7"}}]
    locales = seen["locales"]
    assert isinstance(locales, list)
    assert [(one["locale"], one["prefix"]) for one in locales] == [("ja", ""), ("en", "en/")]


def test_two_things_cannot_have_one_address(tmp_path: Path) -> None:
    page(tmp_path, "e/7", ROOT)
    with pytest.raises(CodeglotError, match=r"e/7/index\.html"):
        finish.write_files(tmp_path, {"e/7/index.html": "other"})


@pytest.mark.parametrize("name", ["../outside.txt", "/outside.txt", "a/../../outside.txt"])
def test_a_file_cannot_lie_outside_the_site(tmp_path: Path, name: str) -> None:
    site = tmp_path / "site"
    site.mkdir()
    with pytest.raises(CodeglotError, match="outside"):
        finish.write_files(site, {name: "text"})
    assert not (tmp_path / "outside.txt").exists()


def test_what_locales_share_is_kept_once(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "en"):
        (folder / "assets" / "css").mkdir(parents=True)
        (folder / "assets" / "css" / "main.css").write_text("a{}")
        (folder / "assets" / "own.css").write_text(str(folder))
    (tmp_path / "en" / "acme" / "7").mkdir(parents=True)
    deep, lost = tmp_path / "en" / "acme" / "7" / "index.html", tmp_path / "en" / "404.html"
    deep.write_text('<a href="../../assets/css/main.css"></a><a href="../../assets/own.css"></a>assets/css/main.css')
    lost.write_text('<script src="/x/en/assets/css/main.css"></script>')
    finish.share_assets(tmp_path, SPEC, "/x/")
    assert not (tmp_path / "en" / "assets" / "css").exists()
    assert (tmp_path / "en" / "assets" / "own.css").exists()
    assert (
        deep.read_text()
        == '<a href="../../../assets/css/main.css"></a><a href="../../assets/own.css"></a>assets/css/main.css'
    )
    assert lost.read_text() == '<script src="/x/assets/css/main.css"></script>'
