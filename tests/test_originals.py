"""The five originals: their bytes, their rows, and what is wrong in them, as written."""

import hashlib
import re
from collections import Counter
from pathlib import Path

import pytest

from generator import pipeline
from generator.model import Column, Document, Entry, ProblemKind, SourceSpan, TableForm
from generator.pipeline import Loaded
from generator.sources import read

SOURCE_DOCS = Path(__file__).parent.parent / "source_docs"

HASHES = {
    "gme/current/zh.md": "c182db4c64c70d998446c89bad2bb8ae4a42ba557fe69251157191232e3d2e28",
    "gme/current/en.md": "0ff5113bb9d979147d102c9211ab4609cbf95f94a7a658bc3f8300a6fd827e1b",
    "gme/current/ko.md": "7ef46be3439193b3d98a84b72a74cb80ec6d1a914fd965f91669cc158117bdcf",
    "gme/2019-04/en.md": "e2b55937f60c6ace2ff96e552903b833149c6f4e80c5502123a17d0158c71813",
    "ilvb/current/zh.md": "aff089d560ddfdb4c1d963fa7ccf4031be1720da6886f0d7007d4ece0f9f7431",
}

ROWS = {
    "gme/current/zh.md": 87,
    "gme/current/en.md": 87,
    "gme/current/ko.md": 87,
    "gme/2019-04/en.md": 73,
    "ilvb/current/zh.md": 110,
}


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return pipeline.load(SOURCE_DOCS)


def rows(documents: tuple[Document, ...], path: str, *codes: int) -> list[Entry]:
    (document,) = (document for document in documents if document.path == path)
    return [entry for entry in document.entries if getattr(entry.code, "value", None) in codes]


def test_the_originals_are_the_publishers_bytes() -> None:
    found = {
        path.relative_to(SOURCE_DOCS).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in SOURCE_DOCS.rglob("*.md")
    }
    assert found == HASHES


def test_every_row_is_an_entry(loaded: Loaded) -> None:
    assert {document.path: len(document.entries) for document in loaded.written.documents} == ROWS
    assert loaded.written.accounting.rows == loaded.corrected.accounting.rows == sum(ROWS.values()) == 444


def test_no_cell_is_lost(loaded: Loaded) -> None:
    for counted, in_problems in ((loaded.written.accounting, 4), (loaded.corrected.accounting, 2)):
        assert counted.cells == counted.placed + counted.in_problems
        assert counted.in_problems == in_problems
    assert loaded.written.accounting.cells == loaded.corrected.accounting.cells == _cells_counted_another_way()


def _cells_counted_another_way() -> int:
    """Non-empty cells below the headers, by no more than what these five files need."""
    count = 0
    for path in SOURCE_DOCS.rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        for table in re.findall(r"<table.*?</table>", text, re.DOTALL):
            count += sum(1 for cell in re.findall(r"<td[^>]*>(.*?)</td>", table, re.DOTALL) if cell.strip())
        lines = text.split("\n")
        below = False
        for line in lines:
            if re.fullmatch(r"[\s|:-]*-[\s|:-]*", line) and "|" in line:
                below = True
            elif "|" not in line:
                below = False
            elif below:
                count += sum(1 for cell in re.split(r"(?<!\\)\|", line) if cell.strip())
    return count


def test_what_has_no_place_is_two_stray_letters_and_two_solutions(loaded: Loaded) -> None:
    found = [
        (document.path, entry.code.text, problem.kind, problem.text, problem.span.line, problem.span.column)
        for document in loaded.written.documents
        for entry in document.entries
        for problem in entry.problems
    ]
    solution = (
        "Confirm that the device is not occupied, the permissions are granted, "
        "and the initialization process goes well."
    )
    assert found == [
        ("gme/current/zh.md", "7014", ProblemKind.TEXT_AFTER_ROW, "k", 17, 58),
        ("gme/current/en.md", "4098", ProblemKind.CELL_OVERFLOW, solution, 299, 174),
        ("gme/current/en.md", "20481", ProblemKind.CELL_OVERFLOW, solution, 321, 170),
        ("gme/current/ko.md", "7014", ProblemKind.TEXT_AFTER_ROW, "k", 17, 75),
    ]
    for document in loaded.written.documents:
        assert not document.problems
        assert not [problem for table in document.tables for problem in table.problems]


@pytest.mark.parametrize(("code", "missing", "lines"), [(8195, 8196, (308, 309)), (32775, 32777, (330, 332))])
def test_codes_listed_twice_stay_twice_as_written(
    loaded: Loaded, code: int, missing: int, lines: tuple[int, int]
) -> None:
    path = "gme/current/en.md"
    written = rows(loaded.written.documents, path, code)
    assert tuple(entry.span.line for entry in written) == lines
    assert not rows(loaded.written.documents, path, missing)
    assert [entry.span.line for entry in rows(loaded.corrected.documents, path, code)] == [lines[0]]
    (moved,) = rows(loaded.corrected.documents, path, missing)
    assert moved.span.line == lines[1]
    assert [(fix.column, fix.written) for fix in moved.corrections] == [
        (Column.CODE, str(code)),
        (Column.NAME, written[1].name),
    ]
    assert all(fix.reason and fix.evidence for fix in moved.corrections)


def test_the_moved_row_carries_its_own_text(loaded: Loaded) -> None:
    (entry,) = rows(loaded.corrected.documents, "gme/current/en.md", 8196)
    assert entry.name == "QAVPTTERROR_UPLOAD_GET_TOKEN_NETWORK_FAIL"
    texts = [field.plain for field in entry.fields if field.column not in {Column.CODE, Column.NAME}]
    assert "A network failure occurs when getting upload parameters." in texts
    (product,) = (product for product in loaded.corrected.products if product.id == "gme")
    (meaning,) = (meaning for meaning in product.meanings if meaning.code.text == "8196")
    assert [(entry.edition, entry.locale) for entry in meaning.entries] == [
        ("current", "zh"),
        ("current", "en"),
        ("current", "ko"),
        ("2019-04", "en"),
    ]


@pytest.mark.parametrize("code", [4098, 20481])
def test_a_solution_pushed_out_of_its_column_is_put_back(loaded: Loaded, code: int) -> None:
    (written,) = rows(loaded.written.documents, "gme/current/en.md", code)
    (corrected,) = rows(loaded.corrected.documents, "gme/current/en.md", code)
    assert written.field(Column.SOLUTION) is None
    field = corrected.field(Column.SOLUTION)
    assert field is not None
    assert field.plain == written.problems[0].text
    assert field.span == written.problems[0].span
    assert not corrected.problems


def test_one_ilvb_code_has_two_meanings(loaded: Loaded) -> None:
    (product,) = (product for product in loaded.written.products if product.id == "ilvb")
    found = [meaning for meaning in product.meanings if meaning.code.text == "1001"]
    titles = [dict(product.sections[meaning.section].titles) for meaning in found]
    assert titles == [{"zh": "AVSDK 客户端错误"}, {"zh": "旁路直播错误码"}]
    assert [len(meaning.entries) for meaning in found] == [1, 1]


def test_the_sections_of_all_documents_of_a_product_are_joined(loaded: Loaded) -> None:
    gme, ilvb = loaded.corrected.products
    assert [dict(section.titles) for section in gme.sections] == [
        {"zh": "一般性错误", "en": "General Errors", "ko": "일반적인 에러"},
        {"zh": "实时语音客户端错误", "en": "Client Errors for Voice Chat", "ko": "클라이언트 오류"},
        {"zh": "实时语音服务端错误", "en": "Server Errors for Voice Chat", "ko": "서버 오류"},
        {"zh": "语音转文字错误", "en": "Speech-to-Text Errors", "ko": "음성 메시지 오류"},
    ]
    # What only links to another page has no codes and is no section of the product.
    assert [section.titles[0][1] for section in ilvb.sections] == [
        "AVSDK 客户端错误",
        "AVSDK 服务端错误",
        "录制错误码",
        "旁路直播错误码",
    ]


def test_no_erratum_is_stale(loaded: Loaded) -> None:
    assert loaded.settings.errata
    assert loaded.corrected.stale_errata == ()


def test_every_correction_is_of_a_recorded_erratum(loaded: Loaded) -> None:
    corrected = [entry for document in loaded.corrected.documents for entry in document.entries if entry.corrections]
    assert Counter(entry.text for entry in corrected) == Counter({erratum.row for erratum in loaded.settings.errata})


def test_every_place_holds_what_is_said_to_stand_there(loaded: Loaded) -> None:
    texts = {source.path: source.text.split("\n") for source in read(loaded.settings)}
    cells = 0
    for document in loaded.written.documents:
        for table in document.tables:
            for row in (table.raw.header, *table.raw.rows):
                for cell in (*row.cells, *filter(None, [row.after])):
                    # An empty cell's place is the padding between its pipes.
                    found = cut(texts[document.path], cell.span)
                    assert (found if cell.text else found.strip()) == cell.text
                    cells += 1
        for entry in document.entries:
            for field in entry.fields:
                assert cut(texts[document.path], field.span) == field.raw
            for problem in entry.problems:
                assert cut(texts[document.path], problem.span) == problem.text
    assert cells > loaded.written.accounting.cells
    forms = {table.raw.form for document in loaded.written.documents for table in document.tables}
    assert forms == {TableForm.PIPE, TableForm.HTML}


def cut(lines: list[str], span: SourceSpan) -> str:
    """What stands at a place."""
    found = lines[span.line - 1 : span.end_line]
    found[-1] = found[-1][: span.end_column - 1]
    found[0] = found[0][span.column - 1 :]
    return "\n".join(found)


def test_a_few_places_as_an_editor_shows_them(loaded: Loaded) -> None:
    (entry,) = rows(loaded.written.documents, "gme/current/en.md", 7003)
    assert [(field.column, field.span.line, field.span.column) for field in entry.fields] == [
        (Column.NAME, 7, 3),
        (Column.CODE, 7, 35),
        (Column.CAUSE_AND_SOLUTION, 7, 46),
    ]
