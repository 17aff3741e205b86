"""The tables of queries are broad, speak of codes that exist, and quote the documents where they say they do."""

import re
from collections import Counter
from pathlib import Path

import pytest

from generator import addresses
from tests import once, queries
from tests.queries import Query

SOURCE_DOCS = Path(__file__).parents[1] / "source_docs"
LOCALES = ("zh", "en", "ko")
WHY = re.compile(r"(?P<path>[\w/.-]+\.md):(?P<line>[0-9]+) (?P<words>.+)")
HAN = re.compile(r"[\u4e00-\u9fff]")


def published() -> set[str]:
    catalog = once.loaded(SOURCE_DOCS).corrected
    return {
        f"{product.id}/{addresses.slug(meaning.code)}" for product in catalog.products for meaning in product.meanings
    }


def test_tables_are_broad() -> None:
    assert len(queries.every()) >= 300
    assert len(queries.table("exact")) >= 120
    assert len(queries.table("words")) >= 150
    kinds = Counter(row.kind for row in queries.every())
    assert set(kinds) == set(queries.KINDS)
    for locale in LOCALES:
        mine = [row for row in queries.every() if row.locale == locale]
        assert {row.kind for row in mine} == set(queries.KINDS), locale
        assert len([row for row in mine if row.kind in queries.WORDS]) >= 50, locale
    for kind in queries.WORDS:
        assert kinds[kind] >= 40, kind
    assert kinds["log"] >= 30
    assert kinds["unknown"] >= 20
    foreign = [row for row in queries.table("words") if row.locale != "zh" and HAN.search(row.query)]
    assert len(foreign) >= 6


def test_tables_reach_most_codes() -> None:
    wanted = {code for row in queries.every() for code in row.expect}
    assert len(wanted) >= 0.75 * len(published())


def test_no_query_stands_twice() -> None:
    counted = Counter((row.locale, row.query) for row in queries.every())
    assert not [query for query, count in counted.items() if count > 1]


def test_expected_codes_exist() -> None:
    codes = published()
    assert not [(row.query, code) for row in queries.every() for code in row.expect if code not in codes]


def test_expectations_fit_their_kind() -> None:
    for row in queries.every():
        assert row.locale in LOCALES
        assert row.query
        assert bool(row.expect) == (row.kind != "unknown"), row.query
        assert len(set(row.expect)) == len(row.expect), row.query
        # What more rows could answer is too vague a question to judge the search by.
        assert len(row.expect) <= 8, row.query


@pytest.mark.parametrize(
    "row", [row for row in queries.every() if row.kind in queries.WORDS], ids=lambda row: f"{row.locale}-{row.query}"
)
def test_words_stand_where_they_are_said_to(row: Query) -> None:
    place = WHY.fullmatch(row.why)
    assert place, row.why
    lines = (SOURCE_DOCS / place["path"]).read_text(encoding="utf-8").split("\n")
    assert place["words"] in lines[int(place["line"]) - 1]


def test_judging() -> None:
    exact = Query("en", "1005", "code", ("gme/1005", "ilvb/1005"))
    assert exact.satisfied(["gme/1005", "ilvb/1005", "gme/7004"])
    assert not exact.satisfied(["ilvb/1005", "gme/1005"])
    assert not exact.satisfied(["gme/1005"])
    words = Query("en", "arrears", "cause", ("gme/7005",))
    assert words.satisfied(["gme/1", "gme/2", "gme/7005"])
    assert not words.satisfied(["gme/1", "gme/2", "gme/3", "gme/7005"])
    unknown = Query("en", "9999", "unknown", ())
    assert unknown.satisfied([])
    assert not unknown.satisfied(["gme/7005"])
