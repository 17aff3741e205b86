"""Documents as text: marks, line ends, unreadable bytes."""

from pathlib import Path

import pytest

from generator import config, sources
from generator.errors import CodeglotError
from generator.model import EditionId, Locale, ProductId
from generator.sources import Source

CATALOG = """
source_locale = "ko"
locales = ["ko", "en"]
[[products]]
id = "tea"
title = { ko = "차" }
[[products.editions]]
id = "new"
published = "2024-05"
dates = { en = "2023" }
documents = { en = "en.md", ko = "ko.md" }
[[products.editions]]
id = "old"
documents = { ko = "old/ko.md" }
"""


def decode(data: bytes) -> Source:
    return sources.decode(data, ProductId("p"), EditionId("e"), Locale("en"), "a.md")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"a\nb", "a\nb"),
        (b"a\r\nb\r\n", "a\nb\n"),
        (b"a\rb\r\r\nc", "a\nb\n\nc"),
        (b"\xef\xbb\xbfa", "a"),
        (b"\xef\xbb\xbf\xef\xbb\xbfa", "\ufeffa"),
        (b"a\x00b", "a\ufffdb"),
        ("\u2028\x0b\x85".encode(), "\u2028\x0b\x85"),
    ],
)
def test_marks_and_line_ends_are_taken_off(data: bytes, text: str) -> None:
    assert decode(data).text == text


def test_what_was_taken_off_is_recorded() -> None:
    assert (decode(b"\xef\xbb\xbfa\r\n").has_bom, decode(b"\xef\xbb\xbfa\r\n").has_crlf) == (True, True)
    assert (decode(b"a\n").has_bom, decode(b"a\n").has_crlf) == (False, False)


def test_lines_that_end_otherwise_are_recorded() -> None:
    assert decode(b"a\r\nb\r\n").odd_ends == ()
    assert decode(b"a\nb\r\nc\n").odd_ends == (2,)
    assert decode(b"a\r\nb\nc\rd\r\n").odd_ends == (2, 3)
    assert decode(b"a\r\r\nb").odd_ends == (2,)


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"fine", ()),
        (b"\xff", (1,)),
        (b"a\n\xe9\nb\n\xc3\n", (2, 4)),
        (b"a\r\n\xe9\r\nb\r\xe9", (2, 4)),
        (b"\xe4\xb8\n\xad", (1, 2)),
        ("a\nb".encode("utf-16"), (1,)),
    ],
)
def test_lines_with_unreadable_bytes_are_named(data: bytes, lines: tuple[int, ...]) -> None:
    source = decode(data)
    assert source.unreadable == lines
    assert [number for number, line in enumerate(source.text.split("\n"), 1) if "\ufffd" in line][: len(lines)] == list(
        lines
    )


def folder(tmp_path: Path) -> Path:
    (tmp_path / "catalog.toml").write_text(CATALOG, encoding="utf-8")
    (tmp_path / "old").mkdir()
    for name in ("en.md", "ko.md", "old/ko.md"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    return tmp_path


def test_documents_come_in_the_order_of_the_catalog_each_with_its_date(tmp_path: Path) -> None:
    found = sources.read(config.load(folder(tmp_path)))
    assert [(source.edition, source.locale, source.path, source.published, source.text) for source in found] == [
        ("new", "ko", "ko.md", "2024-05", "ko.md"),
        ("new", "en", "en.md", "2023", "en.md"),
        ("old", "ko", "old/ko.md", "", "old/ko.md"),
    ]


def test_a_document_that_is_gone_is_an_error_with_its_path(tmp_path: Path) -> None:
    settings = config.load(folder(tmp_path))
    (tmp_path / "en.md").unlink()
    with pytest.raises(CodeglotError) as caught:
        sources.read(settings)
    assert caught.value.path == "en.md"
    assert str(caught.value) == "en.md: cannot be read: No such file or directory"
