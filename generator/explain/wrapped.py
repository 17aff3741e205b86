"""Text fitted to a terminal: wide characters count two, and no text moves the cursor or changes colours."""

import re
from typing import Final

from generator.text import columns

_TURNING: Final = re.compile("[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What ends a line, turns the text round or cannot be written."""
_CLOSING: Final = "，。、；：！？）】》」』”’…,.;:!?)]}>"
_UNIT: Final = re.compile(rf" +|[^\s\u1100-\uffff]+[{re.escape(_CLOSING)}]*|.[{re.escape(_CLOSING)}]*", re.DOTALL)
"""What is never torn: a word, or one wide character, with the marks that close it."""


def harmless(text: str) -> str:
    """``text`` with a space for each control character and U+FFFD for what turns it round: as long as it was."""
    text = "".join(" " if ord(mark) < 0x20 or 0x7F <= ord(mark) < 0xA0 else mark for mark in text)
    return _TURNING.sub("\ufffd", text)


def wrapped(text: str, width: int) -> list[str]:
    """``text`` in lines of at most ``width`` columns; a word that is longer is cut. At least one line."""
    lines: list[str] = []
    line, used = "", 0
    for unit in _UNIT.findall(harmless(text)):
        size = columns(unit)
        if line and used + size > width:
            lines.append(line.rstrip())
            line, used = "", 0
        if unit.isspace() and not line:
            continue
        for piece in _pieces(unit, width) if size > width else (unit,):
            if line and used + columns(piece) > width:
                lines.append(line)
                line, used = "", 0
            line, used = line + piece, used + columns(piece)
    return [*lines, line.rstrip()] if line or not lines else lines


def _pieces(word: str, width: int) -> list[str]:
    pieces, piece = [], ""
    for mark in word:
        if piece and columns(piece + mark) > width:
            pieces.append(piece)
            piece = ""
        piece += mark
    return [*pieces, piece]


def around(text: str, start: int, end: int, width: int) -> tuple[str, int, int]:
    """The part of a line that shows ``text[start:end]`` in at most ``width`` columns.

    Gives the part, and column and width of the stretch in it; an ellipsis stands for what is left out.
    """
    text = harmless(text)
    first, last = start, end
    while columns(text[first:last]) < width - 4 and (first > 0 or last < len(text)):
        # More of what stands before: it says what the number is.
        if first > 0 and (last == len(text) or start - first <= 2 * (last - end)):
            first -= 1
        else:
            last += 1
    head, tail = "…" if first > 0 else "", "…" if last < len(text) else ""
    before = head + text[first:start].lstrip() if not head else head + text[first:start]
    return before + text[start:last].rstrip() + tail, columns(before), max(1, columns(text[start:end]))
