"""Codes and names as they are meant: what must not stand in a key, and which letters pass for Latin ones."""

import re
import unicodedata
from typing import Final

from generator.codes import normal
from generator.text import visible

_LOOK_ALIKE: Final = str.maketrans(
    # Letters of Cyrillic and Greek that no reader can tell from Latin ones, by code point, so that they can be told here.
    {
        "\u0430": "a", "\u0435": "e", "\u043e": "o", "\u0440": "p", "\u0441": "c", "\u0443": "y", "\u0445": "x",
        "\u0455": "s", "\u0456": "i", "\u0458": "j", "\u0501": "d", "\u051b": "q", "\u051d": "w", "\u04bb": "h",
        "\u0410": "A", "\u0412": "B", "\u0415": "E", "\u041a": "K", "\u041c": "M", "\u041d": "H", "\u041e": "O",
        "\u0420": "P", "\u0421": "C", "\u0422": "T", "\u0423": "Y", "\u0425": "X", "\u0405": "S", "\u0406": "I",
        "\u0408": "J", "\u050c": "G", "\u051a": "Q", "\u051c": "W",
        "\u0391": "A", "\u0392": "B", "\u0395": "E", "\u0396": "Z", "\u0397": "H", "\u0399": "I", "\u039a": "K",
        "\u039c": "M", "\u039d": "N", "\u039f": "O", "\u03a1": "P", "\u03a4": "T", "\u03a5": "Y", "\u03a7": "X",
        "\u03bf": "o", "\u03bd": "v", "\u0131": "i", "\u017f": "s",
    }
)  # fmt: skip
_INVISIBLE: Final = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_WIDE_SPACE: Final = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")


def meant(text: str) -> str:
    """``text`` with what only looks like ASCII as ASCII, without what is invisible, and with plain spaces."""
    return visible(_INVISIBLE.sub("", text.translate(_LOOK_ALIKE)))


def meant_code(text: str) -> str:
    """The same for a code, whose minus is a hyphen, too."""
    return normal(_INVISIBLE.sub("", text.translate(_LOOK_ALIKE)))


def shown(text: str) -> str:
    """``text`` as a reader sees it: with its letters and without what is invisible."""
    return _INVISIBLE.sub("", text)


def impurity(text: str) -> str:
    """What stands in a key that is not as it is meant, in words; the worst first, empty where nothing does."""
    if text.isascii() and text.isprintable():
        return ""
    if _INVISIBLE.search(text):
        return "an invisible character"
    alike = next((mark for mark in text if ord(mark) in _LOOK_ALIKE), "")
    if alike:
        return f"a letter that only looks Latin, {_named(alike)}"
    if _WIDE_SPACE.search(text.strip()):
        return f"a special space, {_named(_WIDE_SPACE.findall(text.strip())[0])}"
    odd = next((mark for mark in text if not mark.isascii() and visible(mark).isascii()), "")
    return f"a full-width or styled character, {_named(odd)}" if odd and not odd.isspace() else ""


def _named(mark: str) -> str:
    return f"U+{ord(mark):04X} {unicodedata.name(mark, '').lower()}".strip()
