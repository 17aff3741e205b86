"""A code's page as planned: languages side by side, contradictions, related codes, history, answers."""

from pathlib import Path
from textwrap import dedent

from generator.model import Column, Locale
from generator.pages import marking
from generator.pages.code_parts import Parallel, ParallelCell
from generator.pages.content import CodeContent
from generator.pages.parts import BreakPart, CodePart, Enumeration, LinkPart, Paragraph, Part, Ref, TextPart
from tests.test_pages import EN, KO, ZH, code, page, planned

LOCALES = ("zh", "en", "ko")


def parallel(content: CodeContent, meaning: int = 0) -> Parallel:
    found = content.meanings[meaning].parallel
    assert found is not None
    return found


def cell(found: Parallel, locale: Locale, column: Column) -> ParallelCell:
    own = next(one for one in found.columns if one.locale == locale)
    return next(one for one in own.cells if one.column is column)


def words(one: ParallelCell) -> str:
    return marking.flat(one.blocks)


def marks(one: ParallelCell) -> list[str]:
    parts: list[Part] = []
    for block in one.blocks:
        runs = [block.parts] if isinstance(block, Paragraph) else block.items
        parts += [part for run in runs for part in run]
    return [part.text for part in parts if not isinstance(part, BreakPart) and part.mark]


def codes(folder: Path, catalog: str, documents: dict[str, str]) -> dict[tuple[str, str], CodeContent]:
    (folder / "catalog.toml").write_text(dedent(catalog), encoding="utf-8")
    for name, text in documents.items():
        (folder / f"{name}.md").write_text(dedent(text), encoding="utf-8")
    return {
        (one.locale, one.path): one.content for one in planned(folder).pages if isinstance(one.content, CodeContent)
    }


# The languages side by side, on the originals.


def test_languages_stand_side_by_side_field_by_field() -> None:
    found = parallel(code("ko", "gme/12294/"))
    assert [one.locale for one in found.columns] == [KO, ZH, EN]
    assert [one.href for one in found.columns] == ["", "../../../gme/12294/", "../../../en/gme/12294/"]
    assert {tuple(cell.column for cell in one.cells) for one in found.columns} == {
        (Column.NAME, Column.DESCRIPTION, Column.CAUSE, Column.SOLUTION)
    }
    assert words(cell(found, ZH, Column.CAUSE)) == "获取下载参数过程中，回包数据为空"


def test_the_words_that_the_checker_speaks_of_are_marked() -> None:
    found = parallel(code("ko", "gme/12294/"))
    cause = cell(found, EN, Column.CAUSE)
    assert marks(cause) == ["upload"]
    assert [one.id for one in cause.rules] == ["T603"]
    assert cause.rules[0].href.startswith("../../discrepancies/#t603-")
    assert marks(cell(found, KO, Column.CAUSE)) == []
    assert found.note == "차이점 2개 표시"


def test_a_whole_field_that_is_wrong_is_marked_as_a_whole() -> None:
    description = cell(parallel(code("zh", "gme/10004/")), EN, Column.DESCRIPTION)
    assert (words(description), description.marked, marks(description)) == ("Hour", "error", [])


def test_a_code_on_which_the_languages_agree_has_no_marks() -> None:
    found = parallel(code("en", "gme/7003/"))
    assert found.note == ""
    assert [one for column in found.columns for one in column.cells if one.marked or one.rules or marks(one)] == []


def test_a_change_of_name_between_editions_is_no_difference_of_languages() -> None:
    found = parallel(code("en", "gme/4099/"))
    assert [one for column in found.columns for one in column.cells if one.column is Column.NAME and one.rules] == []


def test_every_language_of_the_originals_has_room() -> None:
    for one in planned(Path(__file__).parent.parent / "source_docs").pages:
        if isinstance(one.content, CodeContent):
            assert one.content.copies[0].locale == one.locale
            assert {copy.locale for copy in one.content.copies} == {ZH, EN, KO}, one.path
            assert all(not meaning.parallel or not meaning.parallel.left_out for meaning in one.content.meanings)


def test_what_is_shown_first_is_the_first_column() -> None:
    # ILVB is in Chinese alone: nothing to compare, whatever page one is on.
    assert [code(locale, "ilvb/1001/").meanings[0].parallel for locale in LOCALES] == [None, None, None]
    corrected = parallel(code("zh", "gme/8196/"))
    assert [(one.locale, one.corrected) for one in corrected.columns] == [(ZH, False), (EN, True), (KO, False)]


# Contradictions.


def test_a_text_that_the_other_languages_contradict_says_so_on_its_own_page_alone() -> None:
    expected = {
        ("gme/10004/", "en"): "The other languages say otherwise about the description.",
        ("gme/12294/", "en"): "The other languages say otherwise about the cause.",
        ("gme/12295/", "en"): "The other languages say otherwise about the cause.",
        ("gme/1001/", "ko"): "다른 언어 문서에서는 해결 방법을 다르게 적고 있습니다.",
        ("gme/1002/", "ko"): "다른 언어 문서에서는 해결 방법을 다르게 적고 있습니다.",
        ("gme/10008/", "ko"): "다른 언어 문서에서는 해결 방법을 다르게 적고 있습니다.",
    }
    found = {}
    for one in planned(Path(__file__).parent.parent / "source_docs").pages:
        if isinstance(one.content, CodeContent):
            for banner in (banner for meaning in one.content.meanings for banner in meaning.banners):
                if banner.kind == "contradicted":
                    assert banner.ref is not None
                    assert banner.ref.href == f"#{parallel(one.content).anchor}"
                    assert banner.detail is not None
                    assert "discrepancies/#" in banner.detail.href
                    found[one.path, str(one.locale)] = banner.text
    assert found == expected


def test_what_was_corrected_contradicts_nobody() -> None:
    assert [one.kind for one in code("en", "gme/8196/").meanings[0].banners] == []


def test_evidence_says_its_language() -> None:
    [banner] = code("en", "gme/8196/").meanings[0].entries[0].banners
    assert [(one.place, one.lang) for one in banner.evidence] == [
        ("zh current, line 309:", ZH),
        ("ko current, line 309:", KO),
        ("en 2019-04:", EN),
    ]
    assert banner.evidence[0].quoted.endswith("获取上传参数过程中网络失败")


# Related codes.


def test_codes_with_the_same_solution_are_named_with_the_text() -> None:
    [shared] = code("en", "gme/1001/").meanings[0].shared
    assert (shared.label, shared.text) == (
        "Same solution",
        "Perform the next operation after the ongoing operation is completed.",
    )
    assert [one.code for one in shared.refs] == ["1002", "10008"]
    assert shared.more == ""


def test_codes_that_share_cause_and_solution_are_named_once() -> None:
    [shared] = code("en", "gme/8199/").meanings[0].shared
    assert shared.label == "Same cause and solution"
    assert shared.text == "The TLS signature has expired. · Apply for a new TLS signature."
    assert [one.code for one in shared.refs] == ["12296", "32773"]


def test_the_same_number_elsewhere_is_compared() -> None:
    [same] = code("zh", "gme/1001/").elsewhere
    assert same.verdict == "名称相同"
    mine, other = same.sides
    assert [one.text for one in mine.line if one.mark] == []
    assert next(one.text for one in other.line if one.mark) == "。如已经在进入房间过程中，又去做进入房间的操作"
    assert "".join(one.text for one in other.name) == "AV_ERR_REPEATED_OPERATION"


def test_of_many_products_with_one_number_some_are_compared_and_the_rest_counted(tmp_path: Path) -> None:
    names = [f"p{number}" for number in range(9)]
    declared = "".join(
        f'[[products]]\nid = "{name}"\ntitle = {{ en = "{name}" }}\n'
        f'[[products.editions]]\nid = "1"\ndocuments = {{ en = "{name}.md" }}\n'
        for name in names
    )
    row = "| Name | Code | Meaning |\n| - | - | - |\n| A | 404 | Not there. |\n"
    text = {name: row + ("| B | 500 | Broken. |\n" if name < "p7" else "") for name in names}
    found = codes(tmp_path, f'source_locale = "en"\nlocales = ["en"]\n{declared}', text)
    page = found["en", "p1/404/"]
    assert [same.sides[1].product for same in page.elsewhere] == ["p0", "p2", "p3", "p4", "p5", "p6"]
    assert page.more_elsewhere == Ref("and 2 more", "../../e/404/")
    # Of seven each has six others, and all are compared.
    few = found["en", "p6/500/"]
    assert [same.sides[1].product for same in few.elsewhere] == ["p0", "p1", "p2", "p3", "p4", "p5"]
    assert few.more_elsewhere is None


def test_many_codes_with_one_text_are_counted_not_listed(tmp_path: Path) -> None:
    rows = "".join(f"| N_{number} | {number} | Wait a while. |\n" for number in range(1, 21))
    found = codes(
        tmp_path,
        ONE,
        {"en": f"| Name | Code | Solution |\n| - | - | - |\n{rows}| X | 30 | N/A |\n| Y | 31 | N/A |\n"},
    )
    [shared] = found["en", "cable/10/"].meanings[0].shared
    assert [one.code for one in shared.refs] == ["7", "8", "9", "11", "12", "13"]
    assert shared.more == "and 13 more"
    assert found["en", "cable/30/"].meanings[0].shared == ()


ONE = """
    source_locale = "en"
    locales = ["en", "fi"]
    [[products]]
    id = "cable"
    title = { en = "Cable car" }
    [[products.editions]]
    id = "v2"
    published = "2024"
    documents = { en = "en.md" }
"""
TWO = """
    source_locale = "en"
    locales = ["en", "fr"]
    [[products]]
    id = "cable"
    title = { en = "Cable car", fr = "Téléphérique" }
    [[products.editions]]
    id = "v2"
    published = "2024"
    documents = { en = "en.md", fr = "fr.md" }
    [[products.editions]]
    id = "v1"
    published = "2020"
    documents = { en = "old.md" }
"""
HEAD = "| Name | Code | Description | Cause | Solution |\n| - | - | - | - | - |\n"


# Differences that need no checker.


def test_structural_differences_are_marked(tmp_path: Path) -> None:
    found = codes(
        tmp_path,
        TWO,
        {
            "en": f"{HEAD}| A | 1 | Slow | More than 15 s in onEvent | See [this](https://a.example/) and [that](https://b.example/). |\n",
            "fr": f"{HEAD}| A | 1 | Lent | Plus de 20 s dans onEvent | Voir [ceci](https://c.example/). |\n",
            "old": f"{HEAD}| A | 1 | Slow | - | - |\n",
        },
    )["en", "cable/1/"]
    beside = parallel(found)
    assert marks(cell(beside, EN, Column.CAUSE)) == ["15"]
    assert marks(cell(beside, Locale("fr"), Column.CAUSE)) == ["20 s"]
    assert marks(cell(beside, EN, Column.SOLUTION)) == ["that"]
    assert marks(cell(beside, EN, Column.DESCRIPTION)) == []


def test_a_field_that_wants_in_one_language_is_marked(tmp_path: Path) -> None:
    found = codes(
        tmp_path,
        TWO,
        {
            "en": f"{HEAD}| A | 1 | Slow | The wind | Wait a while |\n",
            "fr": f"{HEAD}| A | 1 | Lent | | Attendre un peu |\n",
            "old": f"{HEAD}| A | 1 | Slow | The wind | Wait a while |\n",
        },
    )["fr", "cable/1/"]
    beside = parallel(found)
    wanting = cell(beside, Locale("fr"), Column.CAUSE)
    assert (wanting.blocks, wanting.marked, wanting.label) == ((), "warning", "Cause")
    assert cell(beside, EN, Column.CAUSE).marked == ""


def test_a_text_too_long_for_all_languages_leaves_some_out(tmp_path: Path) -> None:
    locales = ["en", "fr", "de", "it", "es", "pt"]
    documents = ", ".join(f'{one} = "{one}.md"' for one in locales)
    catalog = ONE.replace('"en", "fi"', ", ".join(f'"{one}"' for one in locales)).replace('en = "en.md"', documents)
    text = "The device is not ready. " * 100
    found = codes(tmp_path, catalog, dict.fromkeys(locales, f"{HEAD}| A | 1 | {text} | none | none |\n"))
    beside = parallel(found["it", "cable/1/"])
    # The page's own and the source locale's come first.
    assert [one.locale for one in beside.columns] == ["it", "en", "fr"]
    assert [one.locale for one in beside.left_out] == ["de", "es", "pt"]
    assert beside.left_out[0].href == "../../../de/cable/1/"


# History.


def test_what_an_older_edition_said_otherwise_is_marked(tmp_path: Path) -> None:
    found = codes(
        tmp_path,
        TWO,
        {
            "en": f"{HEAD}| NEW | 1 | Slow | The wind blows from the east today. | Wait a while |\n",
            "fr": f"{HEAD}| NEW | 1 | Lent | Vent | Attendre |\n",
            "old": f"{HEAD}| OLD | 1 | Slow | The wind blows from the west today. | Call the guard |\n| GONE | 2 | Lost | - | - |\n",
        },
    )
    meaning = found["en", "cable/1/"].meanings[0]
    assert meaning.listed == "Listed from the edition of 2020 to the edition of 2024."
    assert [(one.name, one.title) for one in meaning.former] == [("OLD", "edition of 2020")]
    [history] = meaning.history
    assert history.note == "changed since: Name, Cause, and Solution"
    [entry] = history.entries
    assert entry.renamed
    told = {field.column: marks(ParallelCell("field", field.column, "", field.blocks)) for field in entry.fields}
    assert told == {Column.DESCRIPTION: [], Column.CAUSE: ["west"], Column.SOLUTION: ["Call the guard"]}
    gone = found["en", "cable/2/"]
    assert gone.meanings[0].listed == ""
    assert gone.meanings[0].banners[0].text == (
        "This code is no longer listed; it last appeared in the edition of 2020 and has been gone since the edition of 2024."
    )
    assert "has been gone since the edition of 2024" in gone.copies[0].text


def test_history_of_the_originals() -> None:
    assert (
        code("en", "gme/8200/").meanings[0].listed
        == "Listed from the edition of April 2019 to the edition of September 2022."
    )
    assert code("zh", "ilvb/1/").meanings[0].listed == ""
    [history] = code("zh", "gme/10004/").meanings[0].history
    assert (history.note, history.locale) == ("之后有改动：含义", EN)


# Answers and where a text is from.


def test_an_answer_says_everything_in_its_own_language() -> None:
    answers = {one.locale: one.text for one in code("zh", "gme/8196/").copies}
    assert answers[EN].splitlines() == [
        "8196 QAVPTTERROR_UPLOAD_GET_TOKEN_NETWORK_FAIL (0x2004)",
        "Game Multimedia Engine (GME)",
        "Description: Upload error",
        "Cause: A network failure occurs when getting upload parameters.",
        (
            "Solution: Check if the device can access the Internet. See How do I troubleshoot network problems "
            "(https://intl.cloud.tencent.com/document/product/607/35611#.E5.87.BA.E7.8E.B0.E7.BD.91.E7.BB.9C.E9.97.AE.E9.A2.98.EF.BC.8C.E8.AF.A5.E5.A6.82.E4.BD.95.E6.8E.92.E6.9F.A5.EF.BC.9F)."
        ),
        (
            "The source (English) lists this row under 8195, as QAVPTTERROR_UPLOAD_COS_INTERNAL_FAIL. "
            "Corrected here by comparison with Chinese, Korean, and English (edition of April 2019)."
        ),
    ]
    assert "网络失败" in answers[ZH]


def test_an_answer_in_a_language_without_text_says_so_and_gives_the_original() -> None:
    answer = next(one.text for one in code("zh", "ilvb/30000412/").copies if one.locale == KO)
    assert answer.splitlines()[1:3] == [
        "인터랙티브 라이브 방송 ILVB",
        "한국어 설명이 없어 중국어 원문을 표시합니다.",
    ]
    assert answer.splitlines()[3].startswith("설명: 停止录制重复发送")


def test_a_text_says_its_edition_and_date() -> None:
    [entry] = code("en", "gme/7006/").meanings[0].entries
    assert (entry.provenance.origin, entry.corrected) == ("edition of September 2022 · published 2020", False)
    [entry] = code("zh", "gme/7006/").meanings[0].entries
    assert entry.provenance.origin == "2022年9月版"


def test_a_chinese_description_has_a_wide_colon() -> None:
    assert page("zh", "gme/10004/").description.startswith("10004 AV_ERR_SERVER_TIMEOUT：超时 · ")
    assert page("en", "gme/10004/").description.startswith("10004 AV_ERR_SERVER_TIMEOUT: Hour · ")


def test_a_list_or_a_range_keeps_its_own_spelling(tmp_path: Path) -> None:
    found = codes(tmp_path, ONE, {"en": f"{HEAD}| A | 7/8 | Two | - | - |\n| B | 10-20 | Many | - | - |\n"})
    assert [one.value for one in found["en", "cable/7_8/"].facts] == ["7, 8", "0x7, 0x8", "7/8"]
    assert [one.value for one in found["en", "cable/10..20/"].facts] == ["10 – 20", "0xA – 0x14"]


# Marks in running text.


def test_marks_go_into_paragraphs_lists_and_links() -> None:
    blocks = (
        Paragraph((TextPart("Wait 5 s "), LinkPart("here", "https://a.example/", ""), BreakPart(), CodePart("x"))),
        Enumeration(((TextPart("one"),), (TextPart("two 2"),))),
    )
    text = marking.flat(blocks)
    assert text == "Wait 5 s here\nx\none\ntwo 2"
    places = [(text.index(word), text.index(word) + len(word)) for word in ("5", "he", "2")]
    lead, items = marking.marked(blocks, places[:1], places[1:])
    assert isinstance(lead, Paragraph)
    assert isinstance(items, Enumeration)
    assert lead.parts[:3] == (TextPart("Wait "), TextPart("5", mark="here"), TextPart(" s "))
    assert lead.parts[3] == LinkPart("here", "https://a.example/", "", mark="differs")
    assert items.items == ((TextPart("one"),), (TextPart("two "), TextPart("2", mark="differs")))
    assert marking.marked(blocks, (), ()) == blocks
