"""A stretch of a line that fits a terminal, with its place marked below, by the width that a terminal gives each mark."""

import unicodedata
from typing import Final

from msgspec import Struct

from generator.text import columns

_ELLIPSIS: Final = "…"
_LEFT: Final = 32
"""A place within so many columns is shown from the start of its line."""
_BEFORE: Final = 24
"""So many columns at most are kept before a place further right."""
_BACK: Final = 16
"""So many columns at most are given up to end a cut line between two words."""
_BIDI: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Excerpt(Struct, frozen=True):
    """What is shown of a line."""

    text: str
    indent: int
    """Columns before the marks."""
    marks: int
    """How many columns are marked, at least 1."""


def cut(line: str, start: int, end: int, width: int) -> Excerpt:
    """The stretch of ``line`` around its characters ``start`` to ``end`` (from 0, ``end`` not included).

    ``width`` is the most columns it may take. An empty or blank place is marked by one column.
    """
    shown = [_shown(mark) for mark in line]
    start, end = min(start, len(shown)), min(max(end, start), len(shown))
    if not line[start:end].strip():
        end = start
    first = _first(line, shown, start, width)
    lead = f"{_ELLIPSIS} " if first else ""
    room = width - columns(lead) - 2
    last = first
    used = 0
    while last < len(shown) and used + columns(shown[last]) <= room + (2 if last == len(shown) - 1 else 0):
        used += columns(shown[last])
        last += 1
    tail = ""
    if last < len(shown):
        last, tail = _between_words(line, shown, max(start + 1, first), last), f" {_ELLIPSIS}"
    indent = columns(lead) + columns("".join(shown[first:start]))
    marks = columns("".join(shown[start : min(end, last)]))
    return Excerpt(lead + "".join(shown[first:last]).rstrip() + tail, indent, max(marks, 1))


def shorten(text: str, width: int) -> str:
    """The start of ``text`` in at most ``width`` columns, on one line."""
    shown = [_shown(mark) for mark in " ".join(text.split())]
    if columns("".join(shown)) <= width:
        return "".join(shown)
    used, last = 0, 0
    while last < len(shown) and used + columns(shown[last]) <= width - 2:
        used += columns(shown[last])
        last += 1
    end = _between_words("".join(shown), shown, 1, last)
    return "".join(shown[:end]).rstrip() + f" {_ELLIPSIS}"


def _shown(mark: str) -> str:
    """A character as it may be shown: nothing that moves the cursor, turns the text or rings the bell."""
    if mark == "\t":
        return " "
    return "\ufffd" if unicodedata.category(mark) in {"Cc", "Zl", "Zp", "Cs"} or mark in _BIDI else mark


def _first(line: str, shown: list[str], start: int, width: int) -> int:
    if columns("".join(shown[:start])) <= min(_LEFT, width // 3):
        return 0
    least = min(_BEFORE, width // 3)
    spare = width // 2 - columns("".join(shown[start:]))
    first, used = start, 0
    while first and used + columns(shown[first - 1]) <= max(spare, least):
        first -= 1
        used += columns(shown[first])
    # Near the end of a line there is room for the cell before; else the place's own cell is enough.
    pipe = line.find("|", first, start) if spare > least else line.rfind("|", first, start)
    if pipe >= 0 and (spare <= least or line[pipe:start].strip("| \t")):
        return pipe
    blank = next((at for at in range(first, min(first + _BACK, start)) if line[at].isspace()), first - 1)
    return blank + 1


def _between_words(line: str, shown: list[str], least: int, last: int) -> int:
    if last < len(shown) and line[last].isspace():
        return last
    back, used = last, 0
    while back > least and used < _BACK:
        if line[back - 1].isspace():
            return back - 1
        back -= 1
        used += columns(shown[back])
    return last
