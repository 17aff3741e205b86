"""The pages as Markdown: whatever stands in a document comes out as the words that it is."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.machine import markdown as md
from generator.machine.places import Places
from generator.model import Locale, ProductId
from generator.pages import SiteInfo
from generator.pages.content import CodeContent
from generator.pages.parts import (
    Block,
    BreakPart,
    CodePart,
    Enumeration,
    LinkPart,
    Paragraph,
    Part,
    TextPart,
)
from generator.text import one_line
from tests.machines import ORIGINALS, URL, Made, made, make, odd

SMALL = Path(__file__).parent / "cases" / "render" / "editions"
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
"""CommonMark, with what GitHub adds to it."""

NASTY = st.text(st.sampled_from("a1 .)(#-+=*_`~|<>[]!&;:\\/\"'\t\n{}中"), max_size=30)
ADDRESSES = st.sampled_from(["https://a.example/", "https://a.example/x_(y)?a=1&copy;b*c_d_#f", "mailto:a@b.example"])


@pytest.fixture(scope="module")
def odd_ones(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make(odd(tmp_path_factory.mktemp("odd")))


def said(tokens: Iterable[Token]) -> str:
    """The words of inline tokens."""
    return "".join("\n" if one.type in {"softbreak", "hardbreak"} else one.content for one in tokens)


@cache
def blocks(text: str) -> tuple[tuple[str, str], ...]:
    """Each block of a document that holds words: what opens it, and its words."""
    tokens = READER.parse(text)
    return tuple(
        (tokens[place - 1].tag, said(token.children or ()))
        for place, token in enumerate(tokens)
        if token.type == "inline"
    )


@given(NASTY)
def test_words_mean_only_themselves(text: str) -> None:
    wanted = one_line(text)
    found = blocks(md.together([md.line(md.words(text))]))
    assert found == ((("p", wanted),) if wanted else ())


@given(NASTY, st.integers(1, 3))
def test_words_of_a_heading_mean_only_themselves(text: str, level: int) -> None:
    assert [(tag, words.strip()) for tag, words in blocks(md.heading(level, md.words(text)))] == [
        (f"h{level}", one_line(text))
    ]


@given(NASTY, NASTY)
def test_words_of_a_list_and_a_quotation_mean_only_themselves(one: str, two: str) -> None:
    items = [md.line(md.words(f"x {one}")), md.line(md.words(f"y{two}"))]
    assert [words for _, words in blocks("\n".join(f"- {item}" for item in items))] == [
        one_line(f"x {one}"), one_line(f"y{two}"),
    ]  # fmt: skip
    assert [words for _, words in blocks(md.quoted("\n\n".join(items)))] == [one_line(f"x {one}"), one_line(f"y{two}")]


@given(NASTY)
def test_code_means_only_itself(text: str) -> None:
    (token,) = READER.parseInline(f"x {md.code(text)} y")
    found = [one.content for one in token.children or () if one.type == "code_inline"]
    assert [one_line(one) for one in found] == ([one_line(text)] if text.strip() else [])


@given(NASTY, ADDRESSES)
def test_a_link_leads_where_it_should(text: str, address: str) -> None:
    (token,) = READER.parseInline(f"x {md.link(md.words(f'a{text}'), address)} y")
    (link,) = [one for one in token.children or () if one.type == "link_open"]
    assert str(link.attrs["href"]).replace("%28", "(").replace("%29", ")") == address
    assert one_line(said(token.children or ())) == one_line(f"x a{text} y")


PART = st.one_of(
    st.builds(TextPart, NASTY),
    st.builds(CodePart, NASTY),
    st.builds(LinkPart, NASTY.filter(str.strip), ADDRESSES, st.just("")),
    st.just(BreakPart()),
)
PARTS = st.lists(PART, max_size=5).map(tuple)


def plain(parts: tuple[Part, ...]) -> str:
    return one_line("".join(" " if isinstance(part, BreakPart) else _words(part) for part in parts))


def _words(part: TextPart | CodePart | LinkPart) -> str:
    # Two pieces of code side by side are told apart by nothing but their marks.
    return f" {one_line(part.text)} " if isinstance(part, CodePart) else part.text


@given(PARTS)
def test_running_text_is_whole(parts: tuple[Part, ...]) -> None:
    spaced = tuple(piece for part in parts for piece in (part, TextPart(" ")))
    found = blocks(md.together([md.running(spaced)]))
    assert one_line(" ".join(words for _, words in found)) == plain(spaced)
    assert {tag for tag, _ in found} <= {"p"}


@given(st.lists(PARTS.filter(lambda parts: bool(plain(parts))), min_size=1, max_size=12))
def test_a_list_counts_its_items(items: list[tuple[Part, ...]]) -> None:
    spaced = tuple(tuple(piece for part in item for piece in (part, TextPart(" "))) for item in items)
    tokens = READER.parse(md.block(Enumeration(spaced)))
    assert [token.type for token in tokens if token.type.endswith("list_open")] == ["ordered_list_open"]
    assert [one_line(said(token.children or ())) for token in tokens if token.type == "inline"] == [
        plain(item) for item in spaced
    ]


# Whole pages.


def twin(of: Made, locale: str, path: str) -> str:
    start = "" if locale == of.catalog.source_locale else f"{locale}/"
    return of.text(f"{start}{path}index.md")


@pytest.mark.parametrize("folder", [ORIGINALS, SMALL], ids=lambda path: path.name)
def test_a_code_says_what_its_page_says(folder: Path) -> None:
    of = made(folder)
    for page in of.plan.pages:
        if isinstance(page.content, CodeContent):
            _same(of, page.locale, page.path, page.content)


def test_a_code_with_nasty_words_says_what_its_page_says(odd_ones: Made) -> None:
    for page in odd_ones.plan.pages:
        if isinstance(page.content, CodeContent):
            _same(odd_ones, page.locale, page.path, page.content)


def _same(of: Made, locale: str, path: str, content: CodeContent) -> None:
    found = blocks(twin(of, locale, path))
    assert found[0][0] == "h1", path
    assert found[0][1].startswith(content.code), path
    words = {one_line(text) for _, text in found}
    headings = {text for tag, text in found if tag in {"h2", "h3"}}
    for meaning in content.meanings:
        for entry in meaning.entries:
            for field in entry.fields:
                assert one_line(field.label) in headings, path
                assert set(_plain(field.blocks)) <= words, path
        assert all(any(banner.text in text for text in words) for banner in meaning.banners), path


def _plain(found: Iterable[Block]) -> Iterable[str]:
    for block in found:
        for parts in block.items if isinstance(block, Enumeration) else (block.parts,):
            assert isinstance(block, Enumeration | Paragraph)
            yield one_line("".join(" " if isinstance(part, BreakPart) else part.text for part in parts))


def test_every_code_product_and_section_has_a_twin_in_every_locale() -> None:
    of = made()
    twins = {name for name in of.files if name.endswith("/index.md")}
    wanted = {
        f"{'' if page.locale == 'zh' else page.locale + '/'}{page.path}index.md" for page in of.plan.pages if page.twin
    }
    assert twins == wanted
    # Two products, eight sections, 201 codes.
    assert len(twins) == 3 * (2 + 8 + 201)


def test_a_code_is_a_document_to_read() -> None:
    text = twin(made(), "en", "gme/7006/")
    assert text.startswith("# 7006 `AV_ERR_AUTH_FIALD`\n\n[Game Multimedia Engine (GME)](")
    assert "- Decimal: `7006`\n- Hexadecimal: `0x1B5E`\n" in text
    assert f"- Link for tickets: <{URL}e/gme/7006/>\n" in text
    assert "Authentication failed. Possible causes:\n\n1. The `AppID` does not exist or is incorrect\n2. " in text
    assert f"- [中文]({URL}gme/7006/index.md)\n" in text


def test_a_correction_and_a_fallback_are_told() -> None:
    corrected = twin(made(), "en", "gme/8196/")
    assert "> The source (English) lists this row under 8195, as QAVPTTERROR_UPLOAD_COS_INTERNAL_FAIL." in corrected
    assert "> Reason: The row stands in the place of 8196" in corrected
    fallback = twin(made(), "en", "ilvb/1001/")
    assert "> Not available in English; this is the original text, in Chinese." in fallback
    assert "# `AV_ERR_REPEATED_OPERATION`" in fallback
    assert "No text in these languages: 한국어" in fallback


def test_every_link_is_absolute() -> None:
    for name, content in made().files.items():
        if name.endswith(".md") or name == "llms.txt":
            targets = re.findall(r"\]\(([^)]*)\)", content.decode())
            assert all(re.match(r"https?://|mailto:", target) for target in targets), name


def test_the_file_for_language_models() -> None:
    of = made()
    tokens = READER.parse(of.text("llms.txt"))
    kinds = [token.type for token in tokens if token.level == 0 and token.type.endswith("_open")]
    assert kinds[:3] == ["heading_open", "blockquote_open", "paragraph_open"]
    assert set(kinds[3:]) == {"heading_open", "bullet_list_open"}
    assert [words for tag, words in blocks(of.text("llms.txt")) if tag == "h2"] == ["Data", "中文", "English", "한국어"]
    items = [token for token in tokens if token.type == "inline" and token.level == 3]
    for item in items:
        first, *_, last = item.children or []
        assert first.type == "link_open"
        assert str(first.attrs["href"]).startswith(URL)
        assert last.content.startswith(": "), "each link is followed by what it is"
    assert len(items) == 5 + 3 * (2 + 2)


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("./", "en/gme/7006/index.md"),
        ("../7005/", "en/gme/7005/index.md"),
        ("../", "en/gme/index.md"),
        ("../../../gme/7006/", "gme/7006/index.md"),
        ("../../discrepancies/", "en/discrepancies/"),
        ("../../discrepancies/#k204-1", "en/discrepancies/#k204-1"),
        ("../7005/#meaning-1", "en/gme/7005/#meaning-1"),
        ("../../../e/gme/7006/", "e/gme/7006/"),
        ("../../", "en/"),
        ("../../../", ""),
    ],
)
def test_a_link_of_a_page_is_made_absolute(href: str, address: str) -> None:
    info = SiteInfo((Locale("zh"), Locale("en"), Locale("ko")), Locale("zh"), url=URL)
    page = next(one for one in made().plan.pages if (one.locale, one.path) == ("en", "gme/7006/"))
    assert Places(info, (), (ProductId("gme"), ProductId("ilvb"))).linked(page, href) == f"{URL}{address}"
