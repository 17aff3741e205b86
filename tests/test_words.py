"""The files of the full text: nothing a reader is shown is missing from them, and nothing stands there twice."""

import hashlib
import json
import unicodedata
from pathlib import Path
from typing import Any

import msgspec
import pytest

from generator import meanings, pipeline, words
from generator.model import Catalog, Column, Locale
from generator.words.languages import speech
from generator.words.texts import BLOCK, KINDS, blocks
from generator.words.texts import said as kept

ROOT = Path(__file__).resolve().parents[1]
LOADED = pipeline.load(ROOT / "source_docs")
CATALOG: Catalog = LOADED.corrected
FILES = words.files(LOADED.corrected, LOADED.glossary)


def index(locale: Locale) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILES[f"assets/codeglot/index.{locale}.json"])
    return found


def texts(locale: Locale) -> list[list[tuple[int, str]]]:
    """For each code of the index its texts, read as the browser reads them."""
    file = index(locale)
    rows = [
        row
        for number in range(len(file["words"]["blocks"]))
        for row in json.loads(FILES[f"assets/codeglot/text.{locale}.{number}.json"])
    ]
    spelled: list[str] = []
    found: list[list[tuple[int, str]]] = []
    for row, code in zip(rows, file["codes"], strict=True):
        found.append([])
        for kind, said in zip(row[::2], row[1::2], strict=True):
            if isinstance(said, str):
                assert said not in spelled, "spelled out twice"
                spelled.append(said)
            found[-1].append((kind, said if isinstance(said, str) else spelled[said - 1] if said else code[3]))
    assert sum(block[2] for block in file["words"]["blocks"]) == len(spelled)
    return found


@pytest.mark.parametrize("locale", CATALOG.locales)
def test_every_shown_field_is_there_once_and_nothing_else(locale: Locale) -> None:
    codes = [code for product in CATALOG.products for code in meanings.codes(product)]
    for code, found in zip(codes, texts(locale), strict=True):
        expected = {
            (KINDS.index(field.column), unicodedata.normalize("NFC", field.plain))
            for meaning in code.meanings
            for shown in [meanings.shown(meaning, code.product, locale, CATALOG.source_locale)]
            for entry in shown.entries
            for field in entry.fields
            if entry.locale == locale and field.column not in {Column.CODE, Column.NAME}
        }
        assert len(found) == len(set(found)), code.address
        assert set(found) == expected, code.address


def test_what_the_documents_say_of_a_code() -> None:
    found = dict(zip([f"{row[0]}/{row[1]}" for row in index(Locale("zh"))["codes"]], texts(Locale("zh")), strict=True))
    assert found["0/7009"] == [(3, "要进行某个操作的时候，没有权限")]
    english = dict(
        zip([f"{row[0]}/{row[1]}" for row in index(Locale("en"))["codes"]], texts(Locale("en")), strict=True)
    )
    assert english["1/20406"] == [], "ILVB has no document in English"


def test_the_same_bytes_each_time() -> None:
    again = words.files(LOADED.corrected, LOADED.glossary)
    assert again == FILES
    assert list(again) == list(FILES)
    assert all("\n" not in text for text in FILES.values())


def test_blocks_name_their_texts() -> None:
    marks = set()
    for locale in CATALOG.locales:
        for number, (codes, mark, spelled) in enumerate(index(locale)["words"]["blocks"]):
            file = FILES[f"assets/codeglot/text.{locale}.{number}.json"]
            rows = json.loads(file)
            assert codes == len(rows)
            assert mark == hashlib.sha256(file.encode()).hexdigest()[:8]
            assert spelled == sum(isinstance(part, str) for row in rows for part in row)
            marks.add(mark)
    assert len(marks) == len(CATALOG.locales)


def test_what_is_kept_of_one_product_makes_the_same_files() -> None:
    """A product's share is of that product alone, and outlives being written down."""
    shares = []
    for product in CATALOG.products:
        alone = msgspec.structs.replace(CATALOG, products=(product,), documents=())
        share = words.of_product(alone, product, LOADED.glossary)
        shares.append(msgspec.msgpack.decode(msgspec.msgpack.encode(share), type=words.Share))
    assert words.of_site(shares, CATALOG.locales, LOADED.glossary) == FILES


def test_a_text_is_spelled_out_where_the_first_of_all_products_has_it() -> None:
    first = kept([(((0, "lost"), (1, "gone")), "lost"), (((0, "gone"),), "")])
    second = kept([(((0, "gone"), (1, "lost"), (2, "lost")), "")])
    assert [json.loads(block.file) for block in blocks([first, second])] == [
        [[0, 0, 1, "gone"], [0, 1], [0, 1, 1, "lost", 2, 2]]
    ]
    assert [json.loads(block.file) for block in blocks([second, first])] == [
        [[0, "gone", 1, "lost", 2, 2], [0, 0, 1, 1], [0, 1]]
    ]


def test_blocks_go_on_from_one_product_to_the_next() -> None:
    same = kept([(((0, "full"), (1, f"disk {number}")), "") for number in range(BLOCK - 1)])
    parts = blocks([same, same])
    assert [(part.codes, part.spelled) for part in parts] == [(BLOCK, BLOCK), (BLOCK - 2, 0)]
    assert json.loads(parts[1].file)[0] == [0, 1, 1, 3]


def test_a_code_with_two_meanings_says_where_each_stands() -> None:
    file = index(Locale("zh"))
    position = [f"{row[0]}/{row[1]}" for row in file["codes"]].index("1/1001")
    titles = file["words"]["sections"][1]
    places = [(titles[section], line) for section, line in file["words"]["places"][position]]
    assert [line for _, line in places] == ["重复操作", "权限错误"]
    assert len({title for title, _ in places}) == 2


def test_concepts_are_those_that_the_texts_speak_of() -> None:
    concepts = [(set(own), set(others)) for own, others in index(Locale("ko"))["words"]["concepts"]]
    timeout = next(both for both in concepts if "*시간 초과" in both[0])
    assert {"timeout", "超时"} <= timeout[1]
    said = "".join(text for code in texts(Locale("ko")) for _, text in code)
    assert all(own.strip("*").replace(" ", "") in said.replace(" ", "") for words_, _ in concepts for own in words_)


def test_every_locale_has_endings_for_the_english_words_in_its_texts() -> None:
    assert "ing" in speech(Locale("zh")).endings
    assert "ung" in speech(Locale("de-AT")).endings
    assert "에서" in speech(Locale("ko")).particles
    assert speech(Locale("xx")).particles == ()
