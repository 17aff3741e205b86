"""The links in no language: every spelling has an address, and an address lists all it can mean."""

import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import config
from generator.codes import read_code
from generator.errors import CodeglotError
from generator.model import Locale, ProductId
from generator.pages import Plan
from generator.site import MovedPage, NeutralCode, NeutralLink, NeutralTarget, SiteSpec, neutral, neutral_links
from generator.site.values import LocaleSpec
from tests.site.conftest import Build
from tests.site.markup import broken, pages

SPEC = SiteSpec(Locale("en"), (LocaleSpec(Locale("en"), "English", "Codes"),))


def code(product: str, spelled: str, *names: str, retired: bool = False) -> NeutralCode:
    read = read_code(spelled)
    assert read
    one = NeutralCode("", ProductId(product), read, names, retired)
    return msgspec.structs.replace(one, path=f"{product}/{one.slug}/")


def links(*codes: NeutralCode) -> dict[str, list[str]]:
    return {
        link.path.removeprefix("e/").rstrip("/"): [target.path for target in link.targets]
        for link in neutral_links(codes, Plan(()), SPEC)
    }


@pytest.mark.parametrize(
    ("spelled", "addresses"),
    [
        ("7006", {"7006", "0x1b5e"}),
        ("0x1001", {"4097", "0x1001"}),
        ("０", {"0", "0x0"}),
        # A negative code as 32 bits without a sign, and the other way round.
        ("-100", {"-100", "-0x64", "0xffffff9c"}),
        ("0x80070005", {"2147942405", "0x80070005", "-2147024891"}),
        ("InvalidParameter", {"invalidparameter"}),
        ("E900", {"e900"}),
        ("1..3", {"1..3", "1", "2", "3", "0x1", "0x2", "0x3"}),
        ("120001-130000", {"120001..130000", "120001", "0x1d4c1", "130000", "0x1fbd0"}),
        ("5, -6", {"5_-6", "5", "0x5", "-6", "-0x6", "0xfffffffa"}),
    ],
)
def test_every_spelling_has_an_address(spelled: str, addresses: set[str]) -> None:
    found = links(code("acme", spelled))
    assert set(found) == addresses | {f"acme/{address}" for address in addresses}
    assert {tuple(targets) for targets in found.values()} == {(code("acme", spelled).path,)}


def test_an_address_of_several_codes_lists_them_those_in_use_first() -> None:
    codes = (code("acme", "17", "LOST", retired=True), code("acme", "18", "FULL"), code("zeta", "0x11", "lost"))
    found = links(*codes)
    assert found["17"] == found["0x11"] == found["lost"] == ["zeta/17/", "acme/17/"]
    assert found["acme/17"] == ["acme/17/"]
    assert found == links(*reversed(codes)), "the order of the codes does not matter here"


def test_a_code_comes_before_the_range_it_lies_in() -> None:
    found = links(code("acme", "1..3"), code("acme", "2"), code("zeta", "2"))
    assert found["2"] == ["acme/2/", "zeta/2/"]
    assert found["3"] == ["acme/1..3/"]


def test_names_that_no_address_can_hold_are_told_apart() -> None:
    found = links(code("acme", "1", "错误"), code("acme", "2", "失败"))
    assert len([address for address, targets in found.items() if targets == ["acme/1/"]]) == 5


SPELLED = ("1", "2", "3", "0x1", "1..3", "2..5", "1, 3", "-1", "E_X", "Lost", "LOST", "4294967295")


@st.composite
def some_codes(draw: st.DrawFn) -> list[NeutralCode]:
    codes = st.builds(
        lambda product, spelled, name, retired: code(product, spelled, *filter(None, [name]), retired=retired),
        st.sampled_from("abc"),
        st.sampled_from(SPELLED),
        st.sampled_from(["", "LOST", "e_x", "full", "1"]),
        st.booleans(),
    )
    return draw(st.lists(codes, max_size=8))


@given(some_codes(), some_codes(), st.booleans())
def test_what_is_kept_of_one_product_gives_the_same_links(
    listed: list[NeutralCode], former: list[NeutralCode], moves: bool
) -> None:
    """A product's own links and those it shares are those of all codes at once, whichever products have codes that are gone."""
    listed.sort(key=lambda one: one.product)
    moved = [("e/1/", "e/a/2/"), ("e/old/", "e/1/"), ("e/new/", "b/2/")] if moves else []
    called = {"a/1/": {Locale("en"): "One"}, "b/2/": {Locale("en"): "Two"}}
    shares = {}
    for product in map(ProductId, "abc"):
        numbered = [(number, one) for number, one in enumerate(former, start=1) if one.product == product]
        of = [one for one in listed if one.product == product]
        share = neutral.of_product(product, of, numbered, called, (Locale("en"),))
        shares[product] = msgspec.msgpack.decode(msgspec.msgpack.encode(share), type=neutral.Share)
    contested = neutral.shared(share.open.codes for share in shares.values())
    own = [link for share in shares.values() for link in neutral.own_links(share, contested)]
    several = list(neutral.shared_links(shares, contested))
    found = {link.path: link for link in (*own, *several)}
    assert len(found) == len(own) + len(several), "an address has one owner"
    assert all(len({target.path.partition("/")[0] for target in link.targets}) == 1 for link in own)
    found |= {link.path: link for link in neutral.moved_links(moved, shares, called, (Locale("en"),))}
    every = neutral_links([*listed, *former], Plan(()), SPEC, moved)
    assert {path: [one.path for one in link.targets] for path, link in found.items()} == {
        link.path: [one.path for one in link.targets] for link in every
    }
    assert {path: link.text for path, link in found.items()} == {link.path: link.text for link in every}
    assert all(dict(target.titles) == called.get(target.path, {}) for link in found.values() for target in link.targets)


def test_a_code_that_is_gone_comes_behind_all_that_documents_list() -> None:
    gone, here = code("acme", "7", "LAST", retired=True), code("zeta", "7", retired=True)
    called = {"acme/7/": {Locale("en"): "Acme 7"}}
    shares = {
        ProductId("acme"): neutral.of_product(ProductId("acme"), [], [(1, gone)], called, (Locale("en"),)),
        ProductId("zeta"): neutral.of_product(ProductId("zeta"), [here], [], called, (Locale("en"),)),
    }
    contested = neutral.shared(share.open.codes for share in shares.values())
    assert contested == {"7", "0x7"}
    assert [link.targets for link in neutral.shared_links(shares, {"7"})] == [
        (NeutralTarget("zeta/7/", ()), NeutralTarget("acme/7/", ((Locale("en"), "Acme 7"),)))
    ]


def test_pages_are_small_and_say_all_without_scripts(build_small: Build, tmp_path: Path) -> None:
    titles = tuple((Locale(locale), "Acme · 7 ACME_LOST") for locale in ("ja", "en"))
    several = NeutralLink("e/7/", "7", (NeutralTarget("acme/7/", titles), NeutralTarget("acme/", ())))
    build_small(links=(several, NeutralLink("e/acme/7/", "7", (NeutralTarget("acme/7/", titles),))))
    site = tmp_path / "site"
    for name, hrefs in (
        ("e/7/index.html", ["acme/7/", "acme/", "en/acme/7/", "en/acme/"]),
        ("e/acme/7/index.html", ["acme/7/", "en/acme/7/"]),
    ):
        page = pages(site)[name]
        up = "../" * name.count("/")
        assert [link["href"] for link in page.find("a")] == [up + href for href in hrefs]
        assert not page.find("style")
        assert [script["src"] for script in page.find("script")] == [f"{up}assets/codeglot-neutral.js"]
        assert list(broken(site, page)) == []
        assert page.path.stat().st_size < 1500
    assert [section["lang"] for section in pages(site)["e/7/index.html"].find("section")] == ["ja", "en"]


def test_moved_pages_lead_on_in_every_locale(build_small: Build, tmp_path: Path, small_spec: SiteSpec) -> None:
    moved = (MovedPage("acme/old/8/", "acme/7/", ((Locale("en"), "7 ACME_LOST"),)),)
    build_small(spec=msgspec.structs.replace(small_spec, moved=moved))
    site = tmp_path / "site"
    for prefix, locale in (("", "ja"), ("en/", "en")):
        page = pages(site)[f"{prefix}acme/old/8/index.html"]
        assert page.find("html")[0]["lang"] == locale
        assert page.find("link", rel="canonical")[0]["href"] == f"https://codes.example/sub/{prefix}acme/7/"
        assert page.find("meta", name="robots")[0]["content"] == "noindex"
        assert [link["href"] for link in page.find("a")] == ["../../../acme/7/"]
        text = page.path.read_text(encoding="utf-8")
        assert '<noscript><meta http-equiv="refresh" content="0; url=../../../acme/7/"></noscript>' in text
        assert list(broken(site, page)) == []
    listed = (site / "sitemap.xml").read_text(encoding="utf-8")
    assert "acme/old" not in listed


@pytest.mark.site
def test_the_sections_tell_where_a_number_would_lie(built_site: Path) -> None:
    for locale, title in (("en", "General Errors"), ("ko", "일반적인 에러")):
        file = built_site / "assets" / "codeglot" / f"sections.{locale}.json"
        found = {row[3]: row for row in json.loads(file.read_bytes())}
        assert found["gme/sections/7003/"] == ["gme", title, locale, "gme/sections/7003/", [["7002", "7015"]]]
        assert found["ilvb/sections/1/"][2] == "zh"


CATALOG = """\
source_locale = "en"
locales = ["en"]

[[products]]
id = "acme"
title = { en = "Acme" }

[[products.editions]]
id = "current"
documents = { en = "en.md" }

[[products.shipped]]
names = ["ACME_FIALD"]
reason = "So in the header."
meant = { MEANT }
"""


@pytest.mark.parametrize(
    ("meant", "said"),
    [
        ('ACME_LOST = "ACME_FAILED"', "'ACME_LOST' is none of the names"),
        ('ACME_FIALD = "ACME_FIALD"', "'ACME_FIALD' is no right spelling"),
        ('ACME_FIALD = "two words"', "'two words' is no right spelling"),
        ('ACME_FIALD = "17"', "'17' is no right spelling"),
    ],
)
def test_a_wrong_right_spelling_is_an_error(tmp_path: Path, meant: str, said: str) -> None:
    (tmp_path / "en.md").write_text("x", encoding="utf-8")
    (tmp_path / "catalog.toml").write_text(CATALOG.replace("MEANT", meant), encoding="utf-8")
    with pytest.raises(CodeglotError, match=said) as caught:
        config.load(tmp_path)
    assert caught.value.line == 15


def test_a_right_spelling_is_kept(tmp_path: Path) -> None:
    (tmp_path / "en.md").write_text("x", encoding="utf-8")
    (tmp_path / "catalog.toml").write_text(CATALOG.replace("MEANT", 'ACME_FIALD = "ACME_FAILED"'), encoding="utf-8")
    assert config.load(tmp_path).declared.meant == (("acme", "ACME_FIALD", "ACME_FAILED"),)
