"""The report is sanitised by pieces, of which most are known: the same comes of it, and nothing gets through."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import pipeline
from generator.kept import Kept
from generator.making import cleaned
from generator.reports import Report
from generator.site import sanitised
from tests import once

SOURCE_DOCS = Path(__file__).parent.parent / "source_docs"

HOSTILE = (
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '<a href="javascript:alert(1)">x</a>', "</details>"),
    *(
        '<details class="cg-diagnostic">',
        '<details class="cg-diagnostic"></details>',
        "<svg><style>",
        "<!--",
        "<table><tr>",
    ),
    *(
        "<p>",
        "<noscript>",
        "<textarea>",
        "</div>",
        "\n</details>\n",
        '\n<details class="cg-diagnostic" id="x">\n',
        "a & b",
        "<pre>",
    ),
)


def piece(text: str, number: int = 1) -> str:
    return f'<details class="cg-diagnostic" id="d{number}">\n<summary>{text}</summary>\n<p>b</p>\n</details>'


class _Read(HTMLParser):
    """The names of the elements and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {tag, *(name for name, _ in attrs)}


def by_pieces(markup: str) -> str:
    return sanitised.by_pieces(markup, {}, str.encode)[0]


@given(st.lists(st.sampled_from(HOSTILE), max_size=8), st.lists(st.sampled_from(HOSTILE), max_size=4))
def test_nothing_gets_through(inside: list[str], around: list[str]) -> None:
    markup = "\n".join(("<div>", *around, piece("".join(inside)), *around, piece("b", 2), "</div>"))
    found = by_pieces(markup)
    read = _Read()
    read.feed(found)
    assert read.found <= {"a", "b", "details", "div", "p", "pre", "summary", "table", "tbody", "tr", "class", "id"}


def test_the_same_comes_of_the_report_of_the_originals() -> None:
    report = pipeline.report_page(Report(once.loaded(SOURCE_DOCS).written, once.checked(SOURCE_DOCS)))
    found, pieces = sanitised.by_pieces(report, {}, str.encode)
    assert found == sanitised.fragment(report)
    assert len(pieces) > 100
    assert sum(map(len, pieces)) > len(report) * 0.7


def test_what_is_known_is_not_sanitised_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep, sizes = Kept(tmp_path), list[int]()
    real = sanitised.fragment

    def spy(markup: str) -> str:
        sizes.append(len(markup))
        return real(markup)

    monkeypatch.setattr(sanitised, "fragment", spy)
    texts = [f"{number} <b>x</b> " + "long " * 500 for number in range(40)]
    before = "\n".join(("<div>", *(piece(text, number) for number, text in enumerate(texts)), "</div>"))
    assert cleaned.body(keep, "en/report.md", before) == real(before)
    assert sum(sizes) > len(before) * 0.9
    sizes.clear()
    after = before.replace("7 <b>x</b>", "7 <i>y</i>", 1)
    assert cleaned.body(keep, "en/report.md", after) == real(after) != real(before)
    assert 0 < sum(sizes) < len(before) * 0.2
    sizes.clear()
    assert cleaned.body(keep, "ko/report.md", after) == real(after)
    assert sum(sizes) > len(before) * 0.9


@pytest.mark.parametrize("inside", ["<details>\n<summary>c</summary>\n</details>", piece("c", 3), "<p>c</p>"])
def test_what_is_in_a_piece_belongs_to_it(inside: str) -> None:
    markup = f"<div>\n{piece(inside)}\n{piece('d', 2)}<details><summary>e</summary></details>\n</div>"
    found, pieces = sanitised.by_pieces(markup, {}, str.encode)
    assert found == sanitised.fragment(markup)
    assert pieces.keys() == {piece(inside).encode(), piece("d", 2).encode()}


@pytest.mark.parametrize("markup", ["<div>a</div>", piece("a").removesuffix("</details>"), sanitised._GAP])
def test_what_has_no_pieces_is_sanitised_as_a_whole(markup: str) -> None:
    assert by_pieces(markup) == sanitised.fragment(markup)
