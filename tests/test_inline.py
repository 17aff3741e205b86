"""What a cell says, free of its markup."""

import pytest

from generator.model import Break, Inline, InlineCode, Link, TableForm, Text
from generator.parse.inline import holds_table, identifier, lines, plain, read_inlines, read_prose

BOTH = (TableForm.PIPE, TableForm.HTML)


@pytest.mark.parametrize("form", BOTH)
@pytest.mark.parametrize(
    ("raw", "inlines"),
    [
        ("", ()),
        ("&nbsp;", ()),
        ("<br>", ()),
        ("plain  words\t\u00a0here", (Text("plain words here"),)),
        ("a<br>b", (Text("a"), Break(), Text("b"))),
        ("<br/>a <br /><BR> b<br>", (Text("a"), Break(), Text("b"))),
        ("&lt;b&gt; &amp; &#65;&#x42;", (Text("<b> & AB"),)),
        ("see `f(x)`!", (Text("see "), InlineCode("f(x)"), Text("!"))),
        ("see <b>the</b> [docs](/a/b#c)", (Text("see the "), Link("docs", "/a/b#c"))),
        ('<a href="/a?b=1&amp;c=2">docs</a>', (Link("docs", "/a?b=1&c=2"),)),
        ("<a href=/x target=_blank>docs</a>", (Link("docs", "/x"),)),
        ("<A HREF='/x'>a<br>b</A>", (Link("a b", "/x"),)),
        ("<a href='/x'></a>", (Link("/x", "/x"),)),
        ("<a data-href='/x'>a</a>", (Text("a"),)),
        ("<a href='/x'>a", (Link("a", "/x"),)),
        ("[연결](/문서#한국어)", (Link("연결", "/문서#한국어"),)),
        ("[a `b` c](x)", (Link("a b c", "x"),)),
        ('"quoted"', (Text("quoted"),)),
        ('"one" and "two"', (Text('"one" and "two"'),)),
        ('""', (Text('""'),)),
        ("a <!-- hidden --> b", (Text("a b"),)),
        ("a < b > c & d", (Text("a < b > c & d"),)),
        ("&#" + "1" * 5000 + ";", (Text("&#" + "1" * 5000 + ";"),)),
    ],
)
def test_both_kinds_of_table_are_read_alike(form: TableForm, raw: str, inlines: tuple[Inline, ...]) -> None:
    assert read_inlines(raw, form) == inlines


@pytest.mark.parametrize(
    ("raw", "inlines"),
    [
        ("A\\_B", (Text("A_B"),)),
        ("a \\| b", (Text("a | b"),)),
        ("`a \\| b`", (InlineCode("a | b"),)),
        ("\\`a b\\`", (Text("a b"),)),
        ("\\`a\\` b", (Text("`a` b"),)),
        ("**a** *b* ~~c~~ d_e_f", (Text("a b c d_e_f"),)),
        ("![picture](x.png)", (Text("picture"),)),
        ("<https://example.org/a>", (Link("https://example.org/a", "https://example.org/a"),)),
        ('<a href="/x">a <b>b</b></a> c', (Link("a b", "/x"), Text(" c"))),
    ],
)
def test_markdown(raw: str, inlines: tuple[Inline, ...]) -> None:
    assert read_inlines(raw, TableForm.PIPE) == inlines


@pytest.mark.parametrize(
    ("raw", "inlines"),
    [
        ("A\\_B *c*", (Text("A\\_B *c*"),)),
        ("<code>a  b</code>", (InlineCode("a  b"),)),
        ("<code>never closed", (InlineCode("never closed"),)),
        ("<code>a<br>b</code>", (InlineCode("a b"),)),
        ("<a href='x'>the `f` <b>page</b></a>", (Link("the f page", "x"),)),
        ("<ul><li>a</li><li>b</li></ul>", (Text("a"), Break(), Text("b"))),
        ("<p>a</p>\n<p>b</p>", (Text("a"), Break(), Text("b"))),
        ("<div>\n  a\n  b\n</div>", (Text("a b"),)),
        ("<script>x < y</script>", (Text("x < y"),)),
        ("<![", (Text("<!["),)),
    ],
)
def test_html(raw: str, inlines: tuple[Inline, ...]) -> None:
    assert read_inlines(raw, TableForm.HTML) == inlines


@pytest.mark.parametrize(
    ("raw", "name", "words"),
    [
        ("A_<br>B", "A_B", "A_ B"),
        ("A<br>_B", "A_B", "A _B"),
        ("A_ <br> B", "A_B", "A_ B"),
        ("A<br>B", "A B", "A B"),
        ("A\\_<br>B", "A_B", "A_ B"),
        ("A B", "A B", "A B"),
    ],
)
def test_a_break_beside_an_underscore_only_wraps_a_name(raw: str, name: str, words: str) -> None:
    inlines = read_inlines(raw, TableForm.PIPE)
    assert (identifier(inlines), plain(inlines)) == (name, words)


def test_prose_may_run_over_lines() -> None:
    assert read_prose("a\nb  \nc") == (Text("a b"), Break(), Text("c"))


@pytest.mark.parametrize(
    ("prose", "holds"),
    [
        ("a <table> b", True),
        ("a <TABLE\nborder=1>", True),
        ("`<table>`", False),
        ("\\<table>", False),
        ("<tablet>", False),
        ("<!-- <table> -->", False),
    ],
)
def test_speaking_of_a_table_opens_none(prose: str, *, holds: bool) -> None:
    assert holds_table(prose) is holds


def test_lines_are_what_stands_between_breaks() -> None:
    assert lines(read_inlines("a  b<br>\u00a0<br>`c`<br>[d](e) f", TableForm.PIPE)) == ["a b", "c", "d f"]
