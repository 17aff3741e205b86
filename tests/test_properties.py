"""What holds for any document whatever: nothing crashes, nothing is lost, every place is right, no input takes long."""

from collections import Counter
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import export
from generator.assemble import assemble
from generator.model import Entry, canonical
from generator.parse.tags import read_tags
from tests.fuzz.checks import SETTINGS, check_counts, check_document, read

few = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
fewer = settings(few, max_examples=60)


# Pieces of which broken documents are made, so that what is drawn at random is often nearly a table.
SCRAPS = st.sampled_from(
    [
        *"|<>[]()`*_\\&#!-:\"' \t\n",
        *("\r\n", "\r", "\0", "\ufeff", "\u2028", "\x85", "\x0b", "\u200b", "\u00a0", "😀", "码", "\ud800"),
        *("| Code | Name |\n|---|---|\n", "| 1 | A_B |", "|---|", "a | b\n", "- | a | b |\n", "> | 1 | x |\n"),
        *(
            "<table>",
            "</table>",
            "<tr>",
            "</tr>",
            "<td>",
            "</td>",
            "<th>",
            "<table border='",
            "<td",
            "<td rowspan=2>",
            "<td colspan='3' rowspan=\"2\">",
            "</",
            "<!--",
            "-->",
        ),
        *("<br>", "<a href=", "<code>", "<script>", "</script>", "<![", "<?", "&nbsp;", "&#1", "1", "0x1", "7006"),
        *("# ", "## x\n", "---\n", "===\n", "```\n", "    ", "1. ", "- ", "[a](b)", "`", "``", "\n\n", "<pre>\n"),
    ]
)
DOCUMENTS = st.one_of(st.lists(SCRAPS, max_size=40).map("".join), st.text(max_size=120))


@few
@given(DOCUMENTS)
def test_any_text_is_read_and_nothing_in_it_is_lost(text: str) -> None:
    check_document(read(text))


@few
@given(st.binary(max_size=200))
def test_any_bytes_are_read(data: bytes) -> None:
    check_document(read(data))


@fewer
@given(DOCUMENTS)
def test_any_document_gives_a_catalog_that_can_be_published(text: str) -> None:
    catalog = assemble([read(text)], SETTINGS)
    assert export.catalog_json(catalog) == export.catalog_json(assemble([read(text)], SETTINGS))


@few
@given(st.lists(SCRAPS, max_size=60).map("".join))
def test_tags_and_texts_follow_each_other_without_overlap(text: str) -> None:
    end = 0
    for piece in read_tags(text):
        assert end <= piece.start < piece.end <= len(text)
        assert piece.tag == piece.tag.lower()
        assert not piece.tag or (text[piece.start] == "<" and text[piece.end - 1] == ">")
        end = piece.end


WORDS = st.text(st.sampled_from("ab cAB12.。码오 é"), max_size=12).map(str.strip)
ROWS = st.lists(st.tuples(st.integers(-5, 99999), WORDS, WORDS, WORDS), min_size=1, max_size=8)


def pipe_table(rows: list[tuple[int, str, str, str]]) -> str:
    lines = [f"| {code} | {' | '.join(texts)} |" for code, *texts in rows]
    return "\n".join(["| Code | Name | Description | Solution |", "|---|---|---|---|", *lines, ""])


def html_table(rows: list[tuple[int, str, str, str]]) -> str:
    lines = ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows]
    header = "<tr><th>Code</th><th>Name</th><th>Description</th><th>Solution</th></tr>"
    return "\n".join(["<table>", header, *lines, "</table>", ""])


@few
@given(ROWS)
def test_a_table_says_the_same_as_pipes_and_as_html(rows: list[tuple[int, str, str, str]]) -> None:
    expected = [[" ".join(str(cell).split()) for cell in row if str(cell)] for row in rows]
    for written in (pipe_table(rows), html_table(rows)):
        document = read(written)
        assert [[field.plain for field in entry.fields] for entry in document.entries] == expected
        check_document(document)


Said = tuple[object, tuple[tuple[str, str], ...]]


def said(entry: Entry) -> Said:
    return canonical(entry.code), tuple((field.column.value, field.plain) for field in entry.fields)


@fewer
@given(ROWS, st.randoms(use_true_random=False), st.sampled_from([pipe_table, html_table]))
def test_shuffled_rows_give_the_same_catalog_but_for_the_order(
    rows: list[tuple[int, str, str, str]], random: Random, write: Callable[[list[tuple[int, str, str, str]]], str]
) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)
    before, after = (assemble([read(write(order))], SETTINGS).products[0] for order in (rows, shuffled))
    assert {canonical(one.code): Counter(map(said, one.entries)) for one in before.meanings} == {
        canonical(one.code): Counter(map(said, one.entries)) for one in after.meanings
    }


LENGTH = 25_000

REPEATED = [
    *("|", "<", "[", "![", "`", "\\", "*", "_", "&", "~", "#", "> ", "- ", "\n|", "|\n", "|-", "1,", "1-"),
    *("<a", "<!", "<!--", "</", "<?", "<![", "<a x='", '<a "', "<td>", "<table>", "</table>", "<b>", "<script>"),
    *("<table>\n\n# h\n\n", "<!--</table>", "<table><tr><td>1</td></tr></table>\n", "a|b\n-|-\n", "[a](", "``` \n"),
]

FRAMES = {
    "bare": "{}",
    "pipe": "| Code | Name |\n|---|---|\n| 1 | {} |\n",
    "html": "<table><tr><th>Code</th><th>Name</th></tr>\n<tr><td>1</td><td>{}</td></tr></table>\n",
    "open": "<table><tr><td>{}",
}


@pytest.mark.parametrize("piece", REPEATED, ids=repr)
def test_nothing_is_lost_of_text_that_is_made_to_be_slow(piece: str) -> None:
    """How long it takes, and how that grows, is measured by benchmarks/growth.py."""
    for name, frame in FRAMES.items():
        if name != "pipe" or "\n" not in piece:
            check_counts(read(frame.replace("{}", piece * (LENGTH // len(piece)))))


@pytest.mark.parametrize(
    "text",
    [
        "<table>" * 2000 + "x" + "</table>" * 2000,
        "<table><tr><td>" * 2000 + "7" + "</td></tr></table>" * 2000,
        FRAMES["html"].replace("{}", "<b>" * 2000 + "x" + "</b>" * 2000),
        FRAMES["pipe"].replace("{}", "<b>" * 2000 + "x" + "</b>" * 2000),
        "> " * 2000 + "x\n",
        "- " * 2000 + "x\n",
        "|c" * 5000 + "|\n" + "|-" * 5000 + "|\n|1|\n",
        "".join(f"# a\n|c|n|\n|-|-|\n|{number}|A_B|\n" for number in range(1000)),
        "|Code|Name|\n|-|-|\n" + "|1|A_B|\n" * 5000,
        "---\n" * 5000,
    ],
    ids=["tables", "cells", "html", "markdown", "quotes", "lists", "wide", "sections", "long", "rules"],
)
def test_nothing_is_lost_in_depth_or_breadth(text: str) -> None:
    check_counts(read(text))
