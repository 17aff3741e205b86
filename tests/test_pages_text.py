"""The pieces that pages are made of: lists out of running text, links, short forms, documentation."""

import pytest

from generator.model import Break, InlineCode, Link, Text
from generator.pages import links, lists, rule_docs
from generator.pages.parts import BreakPart, CodePart, Enumeration, LinkPart, Paragraph, Part, TextPart


def plain(parts: tuple[Part, ...]) -> str:
    return "".join("\n" if isinstance(part, BreakPart) else part.text for part in parts)


# Lists.


def items(text: str) -> list[str] | None:
    found = [one for one in lists.blocks((TextPart(text),)) if isinstance(one, Enumeration)]
    return [plain(item) for item in found[0].items] if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Causes: 1. one; 2. two", ["one", "two"]),
        ("1) one 2) two 3) three", ["one", "two", "three"]),
        ("1、检查网络，2、检查权限", ["检查网络", "检查权限"]),
        ("（1）检查网络；（2）检查权限。", ["检查网络", "检查权限。"]),
        ("(1) one (2) two", ["one", "two"]),
        ("①检查网络②检查权限", ["检查网络", "检查权限"]),
        ("原因：1.参数为空。2.超时", ["参数为空。", "超时"]),
        ("1. use 1.5 or 2.0, 2. restart", ["use 1.5 or 2.0", "restart"]),
        # None of these counts things up.
        ("Use version 1.5 or 2.0.", None),
        ("SDK v1. and v2. differ", None),
        ("only 1. one", None),
        ("2. two 3. three", None),
        ("支持 1、2、3 三种", None),
        ("wait 1. 2. 3.", None),
        ("at least 1.", None),
        ("10. ten 11. eleven", None),
        ("", None),
    ],
)
def test_lists(text: str, expected: list[str] | None) -> None:
    assert items(text) == expected


def test_a_list_keeps_what_stands_before_it_and_what_stands_inside() -> None:
    parts: tuple[Part, ...] = (
        TextPart("Causes: 1. "),
        CodePart("AppID"),
        TextPart(" is wrong; 2. see "),
        LinkPart("2. here", "https://example.org/", "example.org"),
        BreakPart(),
        TextPart("3. else"),
    )
    lead, listed = lists.blocks(parts)
    assert lead == Paragraph((TextPart("Causes:"),))
    assert listed == Enumeration(
        (
            (CodePart("AppID"), TextPart(" is wrong")),
            (TextPart("see "), LinkPart("2. here", "https://example.org/", "example.org")),
            (TextPart("else"),),
        )
    )


def test_a_number_after_code_is_no_mark() -> None:
    assert lists.blocks((CodePart("x"), TextPart("1. a 2. b"))) == (Paragraph((CodePart("x"), TextPart("1. a 2. b"))),)


# Links.


@pytest.mark.parametrize(
    ("target", "base", "expected"),
    [
        ("https://example.org/a?b=c#d", "", ("https://example.org/a?b=c#d", "example.org")),
        ("/doc/1", "https://example.org/x/", ("https://example.org/doc/1", "example.org")),
        ("doc/1", "https://example.org/x/", ("https://example.org/x/doc/1", "example.org")),
        ("//cdn.example.org/a", "https://example.org", ("https://cdn.example.org/a", "cdn.example.org")),
        ("mailto:help@example.org", "", ("mailto:help@example.org", "help@example.org")),
        ("https://example.org@evil.example/", "", ("https://example.org@evil.example/", "evil.example")),
        (
            "https://例子.example/文档 1",
            "",
            ("https://%E4%BE%8B%E5%AD%90.example/%E6%96%87%E6%A1%A3%201", "例子.example"),
        ),
        ("/doc/1", "", None),
        ("#there", "https://example.org", None),
        ("javascript:alert(1)", "https://example.org", None),
        ("JaVaScRiPt:alert(1)", "", None),
        ("java\tscript:alert(1)", "", None),
        ("data:text/html,x", "https://example.org", None),
        ("vbscript:x", "", None),
        ("https://", "", None),
        ("http://[", "", None),
        ("https:\\\\evil.example", "", None),
        ("", "https://example.org", None),
    ],
)
def test_links_out(target: str, base: str, expected: tuple[str, str] | None) -> None:
    assert links.outward(target, base) == expected


def test_a_link_that_may_not_be_followed_stays_with_its_target() -> None:
    found = links.parts((Link("doors", "/door"), Text(" "), InlineCode("x"), Break()), "")
    assert found == (TextPart("doors (/door)"), TextPart(" "), CodePart("x"), BreakPart())


@pytest.mark.parametrize(
    ("origin", "target", "way"),
    [
        ("", "", "./"),
        ("", "en/", "en/"),
        ("en/gme/7006/", "gme/7006/", "../../../gme/7006/"),
        ("gme/7006/", "gme/7007/", "../7007/"),
        ("gme/7006/", "", "../../"),
        ("gme/", "gme/", "./"),
    ],
)
def test_links_inside_are_relative(origin: str, target: str, way: str) -> None:
    assert links.relative(origin, target) == way


# Words.


def test_a_rules_documentation_becomes_blocks() -> None:
    blocks = rule_docs.blocks(
        """
        First `code`
        line.

        ## What it does

        Heading
        -------
        - one
          more
        - two

            indented
              code

        ```
        fenced
        ```
        """
    )
    assert [one.kind for one in blocks] == ["paragraph", "heading", "heading", "list", "code", "code"]
    assert blocks[0].parts == ((TextPart("First "), CodePart("code"), TextPart(" line.")),)
    assert [plain(item) for item in blocks[3].parts] == ["one more", "two"]
    assert plain(blocks[4].parts[0]) == "indented\n  code"
    assert plain(blocks[5].parts[0]) == "fenced"
