"""Which pages there are and what they say: on the originals, on small catalogs, and piece by piece."""

from functools import cache
from pathlib import Path
from textwrap import dedent

import pytest

from generator import labels, pages, pipeline
from generator.diagnostics import Precision, Severity, State
from generator.errors import CodeglotError
from generator.model import Locale, ProblemKind, ProductId
from generator.pages import Page, Plan, RuleInfo, SiteInfo
from generator.pages.content import (
    CodeContent,
    DiscrepanciesContent,
    HomeContent,
    ProductContent,
    RuleContent,
    SectionContent,
)
from generator.pages.parts import BreakPart, Enumeration, LinkPart, Paragraph, Part
from generator.pages.words import STRAY_LABELS
from tests import once

ROOT = Path(__file__).parent.parent
SMALL = Path(__file__).parent / "cases" / "render" / "editions"
ZH, EN, KO = Locale("zh"), Locale("en"), Locale("ko")


@cache
def planned(folder: Path) -> Plan:
    loaded = once.loaded(folder)
    words = {locale: labels.read(ROOT / "templates", locale) for locale in loaded.settings.locales}
    about = pipeline.site_info(loaded.settings)
    return pages.plan(
        loaded.corrected, pages.Ledger(loaded.written, once.checked(folder), {}), about, words, pipeline.rule_infos()
    )


def page(locale: str, path: str, folder: Path = ROOT / "source_docs") -> Page:
    return next(one for one in planned(folder).pages if (one.locale, one.path) == (locale, path))


def code(locale: str, path: str, folder: Path = ROOT / "source_docs") -> CodeContent:
    content = page(locale, path, folder).content
    assert isinstance(content, CodeContent)
    return content


def plain(parts: tuple[Part, ...]) -> str:
    return "".join("\n" if isinstance(part, BreakPart) else part.text for part in parts)


# The originals.


def test_every_page_exists_in_every_locale() -> None:
    paths = {
        locale: [one.path for one in planned(ROOT / "source_docs").pages if one.locale == locale]
        for locale in (ZH, EN, KO)
    }
    assert paths[ZH] == paths[EN] == paths[KO] == sorted(paths[ZH])
    # 87 codes and 5 that only the older edition has; 110 rows, of which two are one code.
    assert sum(path.startswith("gme/") and path.count("/") == 2 for path in paths[ZH]) == 92
    assert sum(path.startswith("ilvb/") and path.count("/") == 2 for path in paths[ZH]) == 109
    assert {"", "search/", "discrepancies/", "rules/", "rules/K204/", "gme/", "gme/sections/7003/"} <= set(paths[ZH])


def test_a_code_says_its_value_in_both_bases() -> None:
    content = code("en", "gme/7006/")
    assert [(fact.label, fact.value) for fact in content.facts] == [("Decimal", "7006"), ("Hexadecimal", "0x1B5E")]
    assert page("en", "gme/7006/").title == "7006 AV_ERR_AUTH_FIALD"
    assert content.permalink == "/e/gme/7006/"
    assert content.permalink_href == "../../../e/gme/7006/"


def test_a_corrected_row_says_where_its_source_lists_it() -> None:
    [entry] = code("en", "gme/8196/").meanings[0].entries
    [banner] = entry.banners
    assert banner.kind == "corrected"
    assert banner.text == (
        "The source (English) lists this row under 8195, as QAVPTTERROR_UPLOAD_COS_INTERNAL_FAIL. "
        "Corrected here by comparison with Chinese, Korean, and English (edition of April 2019)."
    )
    assert banner.evidence
    assert entry.provenance.text == "gme/current/en.md:309"
    assert entry.provenance.published == "2020"


def test_the_code_under_which_a_row_was_listed_leads_to_its_own() -> None:
    [moved] = [one for one in code("en", "gme/8195/").meanings[0].banners if one.kind == "moved"]
    assert moved.ref is not None
    assert moved.ref.href == "../8196/"
    assert not [one for one in code("zh", "gme/8195/").meanings[0].banners if one.kind == "moved"]


def test_a_text_put_back_into_its_column_is_shown_and_marked() -> None:
    [entry] = code("en", "gme/4098/").meanings[0].entries
    solution = next(one for one in entry.fields if one.column == "solution")
    assert isinstance(solution.blocks[0], Paragraph)
    assert plain(solution.blocks[0].parts).startswith("Confirm that the device is not occupied")
    assert "Solution" in entry.banners[0].text


def test_a_code_that_only_the_older_edition_has() -> None:
    english, korean = page("en", "gme/1/"), page("ko", "gme/1/")
    assert (english.text_locale, english.canonical) == (EN, "en/gme/1/")
    assert (korean.text_locale, korean.canonical, korean.fallback) == (EN, "en/gme/1/", True)
    assert korean.text_locales == (EN,)
    assert korean.x_default == "en/gme/1/"
    kinds = [one.kind for one in code("ko", "gme/1/").meanings[0].banners]
    assert kinds == ["retired", "fallback"]
    assert [one.kind for one in code("en", "gme/1/").meanings[0].banners] == ["retired"]
    assert "2019년 4월" in code("ko", "gme/1/").meanings[0].banners[0].text
    assert "영어" in korean.description
    assert "Common error" not in korean.description


def test_neighbours_with_one_description_are_told_apart_by_their_causes() -> None:
    meaning = code("en", "gme/4099/").meanings[0]
    assert meaning.previous is not None
    assert meaning.next is not None
    assert meaning.previous.summary == "Recording error: Initialization error"
    assert meaning.next.summary == "Recording error: Audio data is not collected."


def test_former_names_come_with_their_edition() -> None:
    former = code("zh", "gme/4099/").meanings[0].former
    assert [(one.name, one.title) for one in former] == [("QAVPTTERROR_RECORDER_RECORDING_ERROR", "2019年4月版")]
    assert code("en", "gme/4099/").meanings[0].history[0].title == "Edition of April 2019"


def test_a_page_without_text_in_its_language_says_so_everywhere() -> None:
    shown = page("en", "ilvb/30000412/")
    assert (shown.title, shown.text_locale, shown.canonical) == (
        "30000412 · Interactive Live Video Broadcasting (ILVB)",
        ZH,
        "ilvb/30000412/",
    )
    chinese = [character for character in shown.title + shown.description if "\u4e00" <= character <= "\u9fff"]
    assert chinese == []
    meaning = code("en", "ilvb/30000412/").meanings[0]
    assert meaning.entries[0].locale == ZH
    assert [one.kind for one in meaning.banners] == ["fallback"]
    # Neither the page's own language nor the one shown is offered again.
    assert (meaning.parallel, [(one.locale, one.title) for one in meaning.without]) == (None, [(KO, "한국어")])
    assert page("zh", "ilvb/30000412/").title == "30000412 停止录制重复发送，用户已经停止录制"


def test_two_meanings_are_two_anchored_parts() -> None:
    content = code("zh", "ilvb/1001/")
    assert [one.anchor for one in content.meanings] == ["meaning-1", "meaning-40000000"]
    assert [one.title for one in content.meanings] == ["AV_ERR_REPEATED_OPERATION", "权限错误"]
    assert "2" in content.several
    assert not code("zh", "gme/1001/").several


def test_the_other_base_and_the_other_product() -> None:
    [note] = code("en", "gme/1001/").base
    assert (note.ref.code, note.ref.href) == ("4097", "../4097/")
    [back] = code("en", "gme/4097/").base
    assert back.ref.code == "1001"
    assert "0x1001" in back.text
    [same] = code("en", "gme/1001/").elsewhere
    mine, other = same.sides
    assert (mine.address, mine.href, mine.lang) == ("gme/1001", "", "")
    assert (other.address, other.href, other.lang) == ("ilvb/1001", "../../ilvb/1001/", ZH)
    assert code("en", "gme/7006/").base == ()


def test_neighbours_are_of_the_same_section() -> None:
    meaning = code("en", "gme/7003/").meanings[0]
    assert meaning.previous is None
    assert meaning.next is not None
    assert meaning.next.code == "7004"


def test_a_list_written_out_is_a_list_in_every_language() -> None:
    for locale, first in (("zh", "AppID 不存在或者错误"), ("en", "The AppID does not exist or is incorrect")):
        [field] = code(locale, "gme/7006/").meanings[0].entries[0].fields
        lead, items = field.blocks
        assert isinstance(lead, Paragraph)
        assert isinstance(items, Enumeration)
        assert len(items.items) == 3
        assert plain(items.items[0]) == first


def test_links_of_a_source_are_absolute_and_show_their_host() -> None:
    content = page("en", "ilvb/").content
    assert isinstance(content, ProductContent)
    [extra] = content.extra
    found = [part for paragraph in extra.prose.paragraphs for part in paragraph if isinstance(part, LinkPart)]
    assert [(one.href, one.host) for one in found] == [
        ("https://cloud.tencent.com/doc/product/269/1671", "cloud.tencent.com")
    ]


def test_text_outside_the_columns_is_shown() -> None:
    [entry] = code("zh", "gme/7014/").meanings[0].entries
    assert [(one.label, one.text) for one in entry.strays] == [("行尾之后的内容", "k")]


def test_answers_are_in_every_language() -> None:
    korean = code("ko", "gme/7006/").copies
    assert [one.locale for one in korean] == [KO, ZH, EN]
    assert korean[2].text.splitlines()[:2] == ["7006 AV_ERR_AUTH_FIALD (0x1B5E)", "Game Multimedia Engine (GME)"]
    assert korean[2].text.splitlines()[2].startswith("Cause and solution: Authentication failed.")
    assert korean[0].href == "../../../e/gme/7006/"
    assert [one.locale for one in code("en", "ilvb/1/").copies] == [EN, ZH, KO]
    assert "(https://intl.cloud.tencent.com/document/product/607/35611)" in code("en", "gme/7004/").copies[0].text


def test_diagnostics_are_all_on_their_page() -> None:
    every = once.checked(ROOT / "source_docs")
    content = page("ko", "discrepancies/").content
    assert isinstance(content, DiscrepanciesContent)
    assert sum(group.count for group in content.groups) == len(every)
    corrected = [group for group in content.groups if group.anchor == "corrected"]
    assert sum(one.state is State.CORRECTED for one in every) == sum(group.count for group in corrected)
    anchors = [one.anchor for group in content.groups for one in group.diagnostics]
    assert len(set(anchors)) == len(anchors)
    rule = page("ko", "rules/K204/").content
    assert isinstance(rule, RuleContent)
    assert {one.href.partition("#")[2] for one in rule.diagnostics} <= set(anchors)
    # Nothing lists 8196 and 32777 in English, because two rows are misnumbered.
    missing = page("ko", "rules/K201/").content
    assert isinstance(missing, RuleContent)
    assert [one.rule.text for one in missing.diagnostics] == ["K204", "K204"]


def test_home_and_product_count_codes() -> None:
    home = page("en", "").content
    assert isinstance(home, HomeContent)
    assert [card.count for card in home.products] == [
        "87 codes in 4 sections, and 5 that are no longer listed",
        "109 codes in 4 sections",
    ]
    assert home.examples[0].href == f"search/?q={home.examples[0].text}"
    product = page("en", "gme/").content
    assert isinstance(product, ProductContent)
    assert [one.code for one in product.retired] == ["1", "8199", "12296", "32771", "32773"]
    assert sum(len(section.codes) for section in product.sections) == 87


# Small catalogs.


def build(folder: Path, catalog: str, **documents: str) -> Plan:
    (folder / "catalog.toml").write_text(dedent(catalog), encoding="utf-8")
    for name, text in documents.items():
        (folder / f"{name}.md").write_text(dedent(text), encoding="utf-8")
    return planned(folder)


ONE = """
    source_locale = "en"
    locales = ["en", "fi"]
    [[products]]
    id = "cable"
    title = { en = "Cable car" }
    [[products.editions]]
    id = "v2"
    documents = { en = "en.md" }
"""


def test_a_value_listed_twice_shows_both_texts_marked() -> None:
    [meaning] = code("en", "cable/4098/", SMALL).meanings
    assert [one.number for one in meaning.entries] == ["1 of 2", "2 of 2"]
    # Chinese has the second row's text under 4099.
    assert [one.kind for one in meaning.banners] == ["contradicted", "twice"]
    # The extra empty cell pushed the first row's solution out of the table.
    assert [one.text for one in meaning.entries[0].strays] == ["Wait."]


def test_a_locale_without_words_or_documents_still_has_its_pages(tmp_path: Path) -> None:
    plan = build(tmp_path, ONE, en="| Name | Code |\n| - | - |\n| A | 0x10 |\n")
    found = {one.locale: one for one in plan.pages if one.path == "cable/16/"}
    assert found[EN].title == "0x10 A"
    assert found[Locale("fi")].text_locale == EN
    assert found[Locale("fi")].canonical == "cable/16/"
    content = found[EN].content
    assert isinstance(content, CodeContent)
    assert [one.value for one in content.facts] == ["16", "0x10"]


def test_a_code_called_index_does_not_displace_its_product(tmp_path: Path) -> None:
    plan = build(tmp_path, ONE, en="| Name | Error code |\n| - | - |\n| A | Index |\n| B | Sections |\n")
    sources = {one.path: one.source for one in plan.pages if one.locale == EN}
    assert sources["cable/"] == "cable/index.md"
    assert sources["cable/index/"] == "cable/index/index.md"
    assert sources["cable/sections/"] == "cable/sections.md"


def test_codes_with_one_address_share_a_page_and_keep_their_spelling(tmp_path: Path) -> None:
    plan = build(tmp_path, ONE, en="| Name | Code |\n| - | - |\n| A | NotFound |\n| B | NOTFOUND |\n| C | Found |\n")
    (page,) = (one for one in plan.pages if one.locale == EN and one.path == "cable/notfound/")
    assert isinstance(page.content, CodeContent)
    assert [meaning.title for meaning in page.content.meanings] == ["NotFound A", "NOTFOUND B"]
    assert len({meaning.anchor for meaning in page.content.meanings}) == 2
    assert page.content.several


def test_a_product_without_codes_has_a_page(tmp_path: Path) -> None:
    catalog = (
        ONE
        + '[[products]]\nid = "empty"\ntitle = { en = "Empty" }\n[[products.editions]]\nid = "v1"\ndocuments = { en = "empty.md" }\n'
    )
    plan = build(tmp_path, catalog, en="| Name | Code |\n| - | - |\n| A | 1 |\n", empty="Nothing.\n")
    content = next(one.content for one in plan.pages if (one.locale, one.path) == ("en", "empty/"))
    assert isinstance(content, ProductContent)
    assert content.sections == ()


def test_sections_that_begin_with_one_code_have_two_addresses(tmp_path: Path) -> None:
    document = (
        "## A\n\n| Name | Code |\n| - | - |\n| A | 1 |\n\n## B\n\n| Name | Code |\n| - | - |\n| C | 1 |\n| D | 2 |\n"
    )
    plan = build(tmp_path, ONE, en=document)
    assert [one.path for one in plan.pages if one.locale == "en" and "/sections/" in one.path] == [
        "cable/sections/1/",
        "cable/sections/2/",
    ]
    section = next(one.content for one in plan.pages if one.path == "cable/sections/2/")
    assert isinstance(section, SectionContent)
    assert [row.ref.code for row in section.rows] == ["1", "2"]


@pytest.mark.parametrize(
    ("written", "facts"),
    [
        ("-100", ["-100", "-0x64", "0xFFFFFF9C"]),
        ("0x80070005", ["2147942405", "0x80070005", "-2147024891"]),
        ("120001-130000", ["120001 – 130000", "0x1D4C1 – 0x1FBD0"]),
        ("E_FAIL", []),
    ],
)
def test_facts_of_a_code(tmp_path: Path, written: str, facts: list[str]) -> None:
    plan = build(
        tmp_path, ONE, en=f"| Name | Code | Description |\n| - | - | - |\n| A | {written} | a |\n| B | 7 | b |\n"
    )
    content = [one.content for one in plan.pages if one.locale == EN]
    found = next(one for one in content if isinstance(one, CodeContent) and one.names == ("A",))
    assert [fact.value for fact in found.facts] == facts


def test_the_report_link_is_filled_in_and_percent_encoded() -> None:
    href = code("en", "cable/4097/", SMALL).report_href
    assert href.startswith("https://example.org/report?title=cable%2F4097")
    assert "en%2Fcable%2F4097%2F%0Aen.md%3A7" in href
    assert code("en", "gme/7006/").report_href == ""


def test_provenance_links_to_the_repository_only_where_there_is_one() -> None:
    [entry] = code("en", "cable/4097/", SMALL).meanings[0].entries
    assert entry.provenance.href == "https://example.org/cable/blob/main/en.md#L7"
    assert code("en", "gme/7006/").meanings[0].entries[0].provenance.href == ""


def test_rules_that_share_an_address_are_an_error() -> None:
    loaded = pipeline.load(SMALL)
    site = SiteInfo(loaded.settings.locales, loaded.settings.source_locale, link_base=((ProductId("cable"), ZH, "x"),))
    rule = RuleInfo("K1", "a", Severity.NOTE, Precision.LOW, "s", "d")
    words = {locale: labels.read(ROOT / "templates", locale) for locale in site.locales}
    with pytest.raises(CodeglotError, match="one address, rules/K1/"):
        pages.plan(loaded.corrected, pages.Ledger(loaded.written, (), {}), site, words, (rule, rule))


def test_every_kind_of_problem_has_words() -> None:
    assert set(STRAY_LABELS) == set(ProblemKind)
