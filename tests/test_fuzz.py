"""The fuzz targets without a fuzzer: what was found once, and a few inputs at random, the same ones each time."""

from pathlib import Path
from random import Random
from zlib import crc32

import pytest

from generator.model import Break, Column, Inline, InlineCode, Link, TableForm, Text
from tests.fuzz import checks, mutate, seeds, targets, trips, writer

SOURCE_DOCS = Path(__file__).parent.parent / "source_docs"
INPUTS = {"row": 400, "inline": 120, "code": 400, "document": 60, "settings": 60, "index": 12, "question": 12}
"""How many inputs at random of each target; the others take long."""


FOUND = [(name, path) for name in targets.TARGETS for path in seeds.found(name)]


@pytest.mark.parametrize(("target", "path"), FOUND, ids=[path.name for _, path in FOUND])
def test_what_was_found_once_holds(target: str, path: Path) -> None:
    targets.run(target, path.read_bytes())


@pytest.mark.parametrize("target", targets.TARGETS)
def test_random_inputs_hold(target: str) -> None:
    random, given = Random(crc32(target.encode())), seeds.of(target)
    tokens, most = mutate.TOKENS[targets.TARGETS[target].tokens], targets.TARGETS[target].most
    for _ in range(INPUTS.get(target, 4)):
        data = mutate.mutated(random.choice(given), most, random, tokens, given)
        try:
            targets.run(target, data)
        except Exception as error:
            error.add_note(f"the input: {data!r}")
            raise


def test_every_find_belongs_to_a_target() -> None:
    assert {path.name.partition("-")[0] for path in seeds.FOUND.iterdir()} <= set(targets.TARGETS)


@pytest.mark.parametrize("form", [None, TableForm.PIPE, TableForm.HTML])
@pytest.mark.parametrize("path", sorted(SOURCE_DOCS.rglob("*.md")), ids=lambda path: "-".join(path.parts[-3:]))
def test_an_original_written_anew_says_the_same(path: Path, form: TableForm | None) -> None:
    document = checks.read(path.read_bytes())
    again = checks.read(writer.document(document, form))
    before, after = ([one.title for one in found.sections if one.level] for found in (document, again))
    assert after == before
    assert trips.said(again) == trips.said(document) != []


def test_codes_outside_tables_written_as_a_table_say_the_same() -> None:
    text = "# Errors\n\n## 601 ERR_OIL\n\nThe oil `x|y` is low.\n\n## 602 ERR_AIR\n\n- No air.\n- Open it.\n"
    document = checks.read(text)
    assert {table.raw.form for table in document.tables} == {TableForm.PROSE}
    again = checks.read(writer.document(document), words=writer.WORDS)
    assert trips.said(again) == trips.said(document)
    assert [entry.code.text for entry in again.entries] == ["601", "602"]


@pytest.mark.parametrize(
    ("text", "pipes", "markup"),
    [
        ((Text("a|b\\|c*d_<e>&amp;"),), "a\\|b\\\\\\|c\\*d\\_\\<e\\>\\&amp\\;", "a|b\\|c*d_&lt;e&gt;&amp;amp;"),
        ((InlineCode("a`|"), InlineCode("b")), "``a`\\|``<!---->`b`", "<code>a`|</code><code>b</code>"),
        ((Text("x"), Break(), Text("y`z`")), "x<br>y\\`z\\`", "x<br>y`<!---->z`<!---->"),
        ((Link("a b", "http://x.y/?q=1"),), "[a b](http://x.y/?q=1)", '<a href="http://x.y/?q=1">a b</a>'),
        ((Link("[a](b", "c d"),), '<a href="c d">\\[a\\]\\(b</a>', '<a href="c d">[a]<!---->(b</a>'),
    ],
)
def test_a_cell_is_written_so_that_it_is_read_the_same(text: tuple[Inline, ...], pipes: str, markup: str) -> None:
    row: trips.Row = {Column.CODE: (Text("1"),), Column.DESCRIPTION: text}
    made = ([Column.CODE, Column.DESCRIPTION], 0, [row])
    header = [(Text("Code"),), (Text("Text"),)]
    assert f"| 1 | {pipes} |\n" in writer.as_pipes(header, [list(row.values())])
    assert f"<td>1</td><td>{markup}</td>" in writer.as_html(header, [list(row.values())])
    for form in (TableForm.PIPE, TableForm.HTML):
        trips.check_table(made, form)


def test_any_table_of_codes_is_read_as_it_was_written() -> None:
    trips.check_tables()
