"""How a code is spelled: decimal, hexadecimal, negative, full-width, a word, a range, several in one cell."""

import re
from functools import lru_cache
from typing import Final

from generator.model import Code, CodeList, CodeRange, IntegerCode, SymbolCode
from generator.text import visible

_DASHES: Final = str.maketrans({"\u2212": "-", "\u2010": "-", "\u2011": "-", "\u2013": "-", "\u2014": "-"})
_NUMBER = r"[+-]?(?:0[xX][0-9a-fA-F]{1,32}|[0-9]{1,39})"
_FIRST: Final = frozenset("+-0123456789([*#\\")
_INTEGER: Final = re.compile(_NUMBER)
_TO = r"-|~|\u301c|\u81f3|\u5230|\u304b\u3089|\uc5d0\uc11c|to|bis|\u0434\u043e|\.\.\.?"
_CONJUNCTION = (
    r"or|and|oder|und|ou|et|o|y|\u6216|\u548c|\u53ca|\ub610\ub294|\ubc0f|\u307e\u305f\u306f|\u0438\u043b\u0438"
)
LIST_SEPARATOR: Final = rf"[,/;\u3001\u30fb]|(?:[,\u3001]\s*)?(?:{_CONJUNCTION})"
"""What stands between two numbers of a list, as a regular expression: ``1, 2, and 3``."""
_RANGE: Final = re.compile(rf"({_NUMBER})(?:\s*(?:{_TO})\s*|\s+(?:al?|\u00e0|a\u0300)\s+)({_NUMBER})")
_SHORT: Final = re.compile(r"(-[0-9]{4,39}|[0-9]{3,39})\s*[~\u301c]\s*([0-9]{1,38})")
"""A range of whose last number only the digits are written in which it differs: ``-4090001 ~ 15``."""
_LIST: Final = re.compile(rf"{_NUMBER}(?:\s*(?:{LIST_SEPARATOR})\s*{_NUMBER})+")
_SPACED: Final = re.compile(r"[0-9]{4,39}(?: [0-9]{4,39})+|0[xX][0-9a-fA-F]{1,32}(?: 0[xX][0-9a-fA-F]{1,32})+")
"""Numbers in hexadecimal, or of at least four digits: shorter ones apart by spaces may be one number in groups of digits."""
_GROUPED: Final = re.compile(r"[+-]?(?:[1-9][0-9]?(?:,[0-9]{3})+|[1-9][0-9]{2}(?:,[0-9]{3})*,0[0-9]{2}(?:,[0-9]{3})*)")
"""One number in groups of digits. ``400,403`` is none: a list of two reads so, too, and is what documents mean."""
_SHARED: Final = re.compile(r"([1-9](?=[0-9xX]{2,39}$)[0-9]{0,38}?)([xX]{1,38})")
"""All numbers that begin alike: ``5xx``."""
_TWICE: Final = re.compile(rf"({_NUMBER})\s*(?:\(\s*({_NUMBER})\s*\)|[=/,:]\s*({_NUMBER}))")
"""One number in two bases."""
_HALF: Final = re.compile(r"[0-9]{1,39}-[0-9]{1,39}")
_BEFORE: Final = '([*#"\\ \t\n'
_AFTER: Final = ')]*#" \t\n'
"""Brackets, quotes and marks of a footnote round what is meant."""
_LONGEST: Final = 1024
_ESCAPED: Final = re.compile(r"\\(?=[+-])")
_WORD = r"[A-Za-z_][A-Za-z0-9_]*(?:(?:[.:/-]|::)[A-Za-z0-9_]+)*"
_SIGNED = rf"(?:-(?=[A-Z][A-Z0-9_]{{2}}))?{_WORD}"
"""A word, or the negative of a constant as it is returned: ``-EINVAL``. The sign is none of the name's."""
_SYMBOL: Final = re.compile(_SIGNED)
_MARKED: Final = re.compile(
    r"[0-9](?=[0-9A-Z]{3,39}$)[0-9]*[A-Z][0-9A-Z]*|[0-9]{3,39}\.[0-9]{1,4}|[0-9]{1,39}(?:-[0-9]{1,39})+"
)
"""A word that begins with a digit: ``22P02``, ``403.14``, ``1001-01``."""
_ACCENTED: Final = re.compile(r"[^\W\d_]{1,40}(?:_[^\W_]{1,40}){1,12}")
"""Words in any script that underscores make one: ``error_conexi\u00f3n``."""
_PAIR: Final = re.compile(rf"({_NUMBER})\s*[|:]\s*({_NUMBER})")
_SYMBOLS: Final = re.compile(rf"{_SIGNED}(?:(?:\s*[,;\u3001|]\s*|\s+/\s+){_SIGNED})+")
_LETTERED = r"(?:[A-Z][A-Za-z]{0,11}[-_]?[0-9]{2,12}|[A-Z][A-Z0-9]{0,39}(?:_[A-Z0-9]{1,40}){1,12})"
_SPACED_SYMBOLS: Final = re.compile(rf"{_LETTERED}(?: {_LETTERED})+")
"""Codes of letters and digits, or constants, one below the other."""
_SYMBOL_RANGE: Final = re.compile(rf"({_WORD})\s*(?:~|\.\.\.?|\s-\s)\s*({_WORD})")
_TELLING: Final = re.compile(r"[0-9_.:]|[a-z][A-Z]|[A-Z]{3}")
"""What an identifier has and a word of a language has not."""
_BITS: Final = 1 << 32
_MOST: Final = 256
"""Members of a list that is partly written as ranges."""


def normal(text: str) -> str:
    """``text`` as it is meant: NFKC, one kind of dash, nothing invisible, every run of white space one space."""
    meant = visible(text)
    return " ".join((meant if meant.isascii() else meant.translate(_DASHES)).split())


@lru_cache(maxsize=1 << 17)
def read_number(text: str) -> Code | None:
    """The code that ``text`` spells with digits, alone or as a range or list; ``None`` if it spells none."""
    meant = normal(text)
    if meant[:1] not in _FIRST or len(meant) > _LONGEST:
        return None
    if _INTEGER.fullmatch(meant):
        return IntegerCode(text, _value(meant))
    meant = _ESCAPED.sub("", meant)
    twice = _TWICE.fullmatch(meant)
    if twice and (value := _one_value(twice[1], twice[2] or twice[3])) is not None:
        return IntegerCode(text, value)
    return _several(text, _bare(meant).rstrip(".:\u3002"))


def _bare(meant: str) -> str:
    return meant.lstrip(_BEFORE).rstrip(_AFTER)


def _several(text: str, meant: str) -> Code | None:
    if _INTEGER.fullmatch(meant):
        return IntegerCode(text, _value(meant))
    if _GROUPED.fullmatch(meant):
        return IntegerCode(text, _value(meant.replace(",", "")))
    shared = _SHARED.fullmatch(meant)
    if shared and (shared[1] != "0"):
        zeros = len(shared[2])
        return CodeRange(text, int(shared[1]) * 10**zeros, (int(shared[1]) + 1) * 10**zeros - 1)
    several = _RANGE.fullmatch(meant)
    bounds = _shortened(meant)
    if bounds:
        return CodeRange(text, min(bounds), max(bounds))
    if several:
        first, last = _value(several[1]), _value(several[2])
        # What falls is no range but a number and its part: ``1001-01``.
        return (
            None
            if first > last >= 0 and _HALF.fullmatch(meant)
            else CodeRange(text, min(first, last), max(first, last))
        )
    if _LIST.fullmatch(meant) or _SPACED.fullmatch(meant):
        return CodeList(text, tuple(_value(part) for part in _INTEGER.findall(meant)))
    return _mixed(text, meant)


def _shortened(meant: str) -> tuple[int, int] | None:
    """The two numbers of a range whose second is written with its last digits alone; ``None`` where it is not."""
    found = _SHORT.fullmatch(meant)
    if not found or len(found[2]) >= len(found[1].lstrip("-")):
        return None
    first, last = int(found[1]), int(found[1][: -len(found[2])] + found[2])
    # What does not go on from the first number is a number of its own.
    return (first, last) if abs(last) > abs(first) else None


def _mixed(text: str, meant: str) -> Code | None:
    """A list of which some members are ranges: ``1001-1005, 1008``."""
    parts = re.split(r"\s*[,;\u3001]\s*", meant)
    values: list[int] = []
    for part in parts:
        several = _RANGE.fullmatch(part)
        bounds = (
            (_value(several[1]), _value(several[2]))
            if several
            else (_value(part),) * 2
            if _INTEGER.fullmatch(part)
            else None
        )
        if len(parts) < 2 or bounds is None or not 0 <= bounds[1] - bounds[0] < _MOST:
            return None
        values += range(bounds[0], bounds[1] + 1)
    return CodeList(text, tuple(values)) if len(values) <= _MOST else None


def read_code(text: str) -> Code | None:
    """The code that ``text`` spells, with digits or as a single word; ``None`` if it is neither."""
    number = read_number(text)
    if number is not None:
        return number
    meant = _bare(_bare(normal(text)).rstrip(":,;")) if len(text) <= _LONGEST else ""
    if _SYMBOL.fullmatch(meant) or _ACCENTED.fullmatch(meant) or _MARKED.fullmatch(meant):
        return SymbolCode(text, meant.lstrip("-"))
    pair = _PAIR.fullmatch(meant)
    return composite(text, (pair[1], pair[2])) if pair else _symbols(text, meant)


def _symbols(text: str, meant: str) -> SymbolCode | None:
    """Several words that are one row's code."""
    words = re.findall(_WORD, meant)
    if len(words) < 2 or not all(_TELLING.search(word) for word in words):
        return None
    if _SYMBOLS.fullmatch(meant) or _SPACED_SYMBOLS.fullmatch(meant):
        return SymbolCode(text, ", ".join(words))
    return SymbolCode(text, "-".join(words)) if _SYMBOL_RANGE.fullmatch(meant) else None


def symbol(text: str) -> SymbolCode:
    """``text`` as a code that is a word, whatever it is made of."""
    return SymbolCode(text, normal(text))


def composite(text: str, parts: tuple[str, ...]) -> SymbolCode:
    """The code of which each part is a number or a word, and only all together name one thing."""
    values = (read_number(part) for part in parts)
    return SymbolCode(
        text,
        ":".join(
            str(value.value) if isinstance(value, IntegerCode) else normal(part)
            for value, part in zip(values, parts, strict=True)
        ),
    )


def _one_value(first: str, second: str) -> int | None:
    """The number that two spellings name, one of them in hexadecimal; ``None`` if they name two."""
    one, other = _value(first), _value(second)
    if ("x" in first.lower()) == ("x" in second.lower()):
        return None
    same = one == other or (one % _BITS == other % _BITS and abs(one) < _BITS and abs(other) < _BITS)
    return one if same else None


def _value(digits: str) -> int:
    return int(digits, 16 if "x" in digits.lower() else 10)
