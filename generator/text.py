"""Words as they are meant, and as they fit: the same for comparing rows, for reading codes and for short lines."""

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import Final

_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")

_COMMANDING: Final = re.compile("[\0-\t\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What moves a cursor, changes colours, ends a line, turns the text round, or cannot be written at all."""


_COLUMNS: Final = {"W": 2, "F": 2, "A": 1, "H": 1, "N": 1, "Na": 1}
"""Columns that a character takes, by its East Asian width (UAX 11); what may be wide in some context is not."""


def visible(text: str) -> str:
    """``text`` as a reader sees it: one form for what Unicode spells in several (NFKC), nothing invisible."""
    return text if text.isascii() else _visible(text)


@lru_cache(maxsize=1 << 17)
def _visible(text: str) -> str:
    # Every rule asks this of every cell.
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


def harmless(text: str) -> str:
    """``text``, which may be of several lines, as a terminal may be given it: each command to it is a U+FFFD."""
    return _COMMANDING.sub("\ufffd", text)


def harmless_json(text: str) -> str:
    """JSON text (RFC 8259) with the same meaning, in which commands to a terminal stand as escapes."""
    return _COMMANDING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def one_line(text: str) -> str:
    """``text`` with every run of white space as one space, and none at the ends."""
    if text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]:
        return text  # As nearly all are: of white space only the space itself is printable.
    return " ".join(text.split())


def columns(text: str) -> int:
    """How many columns ``text`` takes on a terminal; East Asian wide marks take two, combining ones none."""
    # Its tables take a tenth of the time in which the program starts, and most commands never ask.
    from wcwidth import wcwidth  # noqa: PLC0415

    return sum(max(wcwidth(mark), 0) for mark in text)


def shortened(text: str, width: int) -> str:
    """``text`` on one line, in at most ``width`` columns and an ellipsis; a wide character takes two.

    It is cut after a word where there are words.
    """
    text = one_line(text)
    if 2 * len(text) <= width:
        return text
    index = _fitting(text, width)
    if index == len(text):
        return text
    head = text[:index]
    space = head.rfind(" ")
    return f"{(head[:space] if space > index * 2 // 3 else head).rstrip(' ,;:，；：、。.')}…"


def _fitting(text: str, width: int) -> int:
    """How many characters of ``text`` fit into ``width`` columns."""
    if text.isascii():
        return min(len(text), width)
    kinds = map(unicodedata.east_asian_width, text[: width + 1])
    return bisect_right(list(accumulate(map(_COLUMNS.__getitem__, kinds))), width)


def capitalised(text: str) -> str:
    """``text`` as the start of a line."""
    return text[:1].upper() + text[1:]
