"""Text as the resolver sees it: one spelling for what people and editors write in many."""

import re
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

LONGEST: Final = 20_000
"""Code points that are read; what stands behind them is left alone, so that any text is answered in bounded time."""

_MARKUP: Final = re.compile(r"<br ?/?>|&nbsp;|&quot;|\\(?=[_\"'-])", re.IGNORECASE)
_MARKED: Final = re.compile(r"[<&\\]")
_PLAIN_SPACES: Final = {0x09: " ", 0x0B: " ", 0x0C: " ", 0x0D: " "}
_ZERO_WIDTH: Final = frozenset((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_LINE_ENDS: Final = frozenset((0x0A, 0x85, 0x2028, 0x2029))
_SPACES: Final = frozenset((0x09, 0x0B, 0x0C, 0x0D, 0xA0, 0x1680, 0x202F, 0x205F, 0x3000, *range(0x2000, 0x200B)))
_HYPHENS: Final = frozenset((0x2010, 0x2011, 0x2013, 0x2212, 0xFE63))
_LOWER: Final = {
    capital: capital + 32
    for capital in (*range(0x41, 0x5B), *range(0xC0, 0xD7), *range(0xD8, 0xDF), *range(0x410, 0x430))
} | {0x401: 0x451}
_QUOTES: Final = {0x201C: '"', 0x201D: '"', 0x201E: '"', 0x2018: "'", 0x2019: "'"}


class Folded(Struct, frozen=True):
    """A text folded character by character, with the way back to the original."""

    source: str
    """The original."""
    text: str
    """Lower case, half-width, without markup and zero-width characters; only characters below U+10000, so that an
    index means the same here and in a browser."""
    cased: str
    """The same with the capitals kept; as long as ``text``."""
    starts: Sequence[int]
    """For each character, where it begins in the original, in code points."""

    @property
    def tabbed(self) -> str:
        """``text`` with the tabs of the original, which tell cells apart."""
        if "\t" not in self.source:
            return self.text
        return "".join(
            "\t" if self.source[start] == "\t" else character
            for character, start in zip(self.text, self.starts, strict=True)
        )

    def original(self, start: int, end: int) -> tuple[int, int, str]:
        """The stretch of the original that a folded stretch (not empty) stands for: start, end and its characters."""
        first, last = self.starts[start], self.starts[end - 1] + 1
        return first, last, self.source[first:last]


def fold(text: str) -> Folded:
    """``text`` (its first ``LONGEST`` code points) folded. Only letters of ``lower`` lose their case."""
    text = text[:LONGEST]
    if text.isascii() and not _MARKED.search(text):  # Nearly every line of a log.
        cased = text.translate(_PLAIN_SPACES)
        return Folded(text, cased.lower(), cased, range(len(text)))
    characters: list[str] = []
    starts: list[int] = []
    position = 0
    while position < len(text):
        markup = _MARKUP.match(text, position) if text[position] in "<&\\" else None
        if markup:
            folded = {"&n": " ", "&q": '"'}.get(markup[0][:2].lower(), "")
            following = markup.end()
        else:
            folded = _fold(ord(text[position]))
            following = position + 1
        if folded:
            characters.append(folded)
            starts.append(position)
        position = following
    cased = "".join(characters)
    return Folded(text, lower(cased), cased, tuple(starts))


def lower(text: str) -> str:
    """Letters of ASCII, Latin 1 and Russian in lower case, all else as it is; case tables differ between languages."""
    return text.lower() if text.isascii() else text.translate(_LOWER)


def _fold(point: int) -> str:
    if 0xFF01 <= point <= 0xFF5E:
        return chr(point - 0xFEE0)
    if point in _ZERO_WIDTH:
        return ""
    if point in _LINE_ENDS:
        return "\n"
    if point in _SPACES:
        return " "
    if point in _HYPHENS:
        return "-"
    if point > 0xFFFF or 0xD800 <= point <= 0xDFFF:
        return "\ufffd"
    return _QUOTES.get(point, chr(point))
