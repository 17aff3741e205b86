"""How a code is spelled: decimal, hexadecimal, negative, full-width, a word, a range, several in one cell."""

import re
from functools import lru_cache
from typing import Final

from generator.model import Code, CodeList, CodeRange, IntegerCode, SymbolCode
from generator.text import visible

_DASHES: Final = str.maketrans({"\u2212": "-", "\u2010": "-", "\u2011": "-", "\u2013": "-", "\u2014": "-"})
_NUMBER = r"[+-]?(?:0[xX][0-9a-fA-F]{1,32}|[0-9]{1,39})"
_FIRST: Final = frozenset("+-0123456789")
_INTEGER: Final = re.compile(_NUMBER)
_RANGE: Final = re.compile(rf"({_NUMBER})\s*(?:-|~|\u301c|\u81f3|to|\.\.\.?)\s*({_NUMBER})")
_LIST: Final = re.compile(rf"{_NUMBER}(?:\s*[,/;\u3001]\s*{_NUMBER})+")
_SYMBOL: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:[.:/-][A-Za-z0-9_]+)*")


def normal(text: str) -> str:
    """``text`` as it is meant: NFKC, one kind of dash, nothing invisible, no padding."""
    meant = visible(text)
    return (meant if meant.isascii() else meant.translate(_DASHES)).strip()


@lru_cache(maxsize=1 << 17)
def read_number(text: str) -> Code | None:
    """The code that ``text`` spells with digits, alone or as a range or list; ``None`` if it spells none."""
    meant = normal(text)
    if meant[:1] not in _FIRST:
        return None
    if _INTEGER.fullmatch(meant):
        return IntegerCode(text, _value(meant))
    several = _RANGE.fullmatch(meant)
    if several:
        first, last = _value(several[1]), _value(several[2])
        return CodeRange(text, min(first, last), max(first, last))
    if _LIST.fullmatch(meant):
        return CodeList(text, tuple(_value(part) for part in _INTEGER.findall(meant)))
    return None


def read_code(text: str) -> Code | None:
    """The code that ``text`` spells, with digits or as a single word; ``None`` if it is neither."""
    number = read_number(text)
    if number is not None:
        return number
    return SymbolCode(text) if _SYMBOL.fullmatch(normal(text)) else None


def _value(digits: str) -> int:
    return int(digits, 16 if "x" in digits.lower() else 10)
