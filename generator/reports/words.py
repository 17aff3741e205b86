"""Words that several reports share: a text on one line, and counts as a person says them."""

import unicodedata
from typing import Final

from generator.reports.base import Counts

_BIDI: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSHOWN: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})


def safe_line(text: str) -> str:
    """``text`` as one line, of whatever length: nothing in it ends the line, moves a cursor or turns the text round."""
    return "".join(map(_shown, text))


def counted(count: int, word: str) -> str:
    """A number and its English noun: ``1 error``, ``2 errors``."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def tally(counts: Counts) -> str:
    """What the last line of a report says."""
    return (
        f"{counted(counts.errors, 'error')}, {counted(counts.warnings, 'warning')}, {counted(counts.notes, 'note')}; "
        f"{counts.new} new, {counts.known} known, {counts.fixed} fixed, {counts.suppressed} suppressed, "
        f"{counts.corrected} corrected"
    )


def _shown(mark: str) -> str:
    if mark in "\t\n\r":
        return " "
    return "\ufffd" if unicodedata.category(mark) in _UNSHOWN or mark in _BIDI else mark
