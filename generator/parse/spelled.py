"""What a cell of codes spells besides its code: a word before it, the code's name, what it means."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from msgspec import Struct

from generator.codes import normal, read_code, read_number, symbol
from generator.model import Code, Column, IntegerCode
from generator.parse.headers import KNOWN, folded
from generator.parse.shipped import in_any_language

_NUMBER = r"[+-]?(?:0[xX][0-9a-fA-F]{1,32}|[0-9]{1,39})"
_NAME = r"[A-Za-z_](?:[A-Za-z0-9_.]|::){2,120}"
_LABELLED: Final = re.compile(rf"([^\d+\-\[(|]{{1,40}}?)[\s:=#]+({_NUMBER}(?:[\s,/~-]+{_NUMBER})*)")
_NUMBER_NAME: Final = re.compile(rf"({_NUMBER})(?:\s*[:=,]\s*|\s+[-/]\s+|\s+|\s*(?=[(\[]))[(\[]?({_NAME})[)\]]?")
_NAME_NUMBER: Final = re.compile(rf"({_NAME})(?:\s*[:=,]\s*|\s+[-/]\s+|\s+|\s*(?=[(\[]))[(\[]?({_NUMBER})[)\]]?")
_PHRASE: Final = re.compile(rf"({_NUMBER})\s+([A-Z][A-Za-z'-]{{1,40}}(?: [A-Z][A-Za-z'-]{{0,40}}){{0,5}})")
_TEXT: Final = re.compile(rf"({_NUMBER})(?:\s*[:,.;\u3001]\s*(?![0-9])|\s+-\s+|\s*(?=[(\[])|\s+)(\S.*)", re.DOTALL)
_ENDING: Final = re.compile(r"([^\W\d_][^\d()]{2,80}?)\s*(?:\(([0-9]{3,12})\)|(?<=\s)([0-9]{3,12}))")
"""A number of three digits or more behind what it is called: ``Bad Request (400)``."""
_TITLED: Final = re.compile(r"[A-Z][A-Za-z'-]{1,40}(?: [A-Z][A-Za-z'-]{0,40}){0,5}")
_SAYING: Final = re.compile(r"[^\W\d_]{4}|[^\W\d_]+\W+[^\W\d_]{2}|[^\W\d_\x00-\u024f]{2}")
"""What a text has and a unit has not."""
_TELLING: Final = re.compile(r"_|[a-z][A-Z]|[A-Z]{3}")
"""What a name has and a word of a language has not."""
_LETTERED: Final = re.compile(r"[A-Za-z]{1,12}(?:[-_:.][A-Za-z]{1,12}){0,3}[-_:.]?[0-9]{2,12}")
_LIKE_DIGITS: Final = re.compile(r"[OoIlSZB][0-9]+")
"""A number of which one digit was written as the letter that looks like it."""
_LABELS: Final = in_any_language("labels")
"""Words that say of a number behind them that it is a code."""
_LONGEST: Final = 400
_STATUSES: Final = range(100, 600)
"""Numbers that HTTP knows as a status."""
_FEWEST: Final = 3
_DISTINCT: Final = 0.9


class Spelled(Struct, frozen=True):
    """What one cell spells."""

    code: Code
    name: str = ""
    """The name beside the code, as it stands in the cell; empty where there is none."""
    text: str = ""
    """What is said of the code in the same cell."""


@lru_cache(maxsize=1 << 16)
def read_spelled(words: str) -> Spelled | None:
    """What ``words`` spell, if a number stands among them that is the code; ``None`` where none does."""
    meant = normal(words) if len(words) <= _LONGEST else ""
    number = read_number(meant)
    if number is not None:
        return Spelled(number)
    if not any(character.isdigit() for character in meant):
        return None
    labelled = _is_labelled(meant)
    if labelled:
        return _spelled(labelled)
    for pattern, at in ((_NUMBER_NAME, (1, 2)), (_NAME_NUMBER, (2, 1))):
        found = pattern.fullmatch(meant)
        if found and _TELLING.search(found[at[1]]):
            return _spelled(found[at[0]], name=found[at[1]])
    phrase = _PHRASE.fullmatch(meant)
    if phrase:
        return _spelled(phrase[1], name=phrase[2])
    text = _TEXT.fullmatch(meant)
    return _spelled(text[1], text=text[2]) if text and _SAYING.search(text[2]) else None


def label_of(words: str) -> str:
    """The words before a number that say it is a code; empty where none do."""
    found = _LABELLED.fullmatch(normal(words)) if len(words) <= _LONGEST else None
    return found[1].strip(" :#=") if found and _is_labelled(normal(words)) else ""


@lru_cache(maxsize=1 << 14)
def read_ending(words: str) -> Spelled | None:
    """What ``words`` spell, if they end with a number behind other words; ``None`` where they do not.

    Such words are believed only of a column that promises codes, and in which most cells read so.
    """
    found = _ENDING.fullmatch(normal(words)) if len(words) <= _LONGEST else None
    if found is None:
        return None
    said = found[1].rstrip(" :;,-")
    digits = found[2] or found[3]
    return _spelled(digits, name=said) if _TITLED.fullmatch(said) else _spelled(digits, text=said)


def read_cell(spellings: Sequence[str], *, numbers: bool, ending: bool = False) -> Spelled | None:
    """What a code's cell spells, of which ``spellings`` are the ways to read its words.

    ``numbers`` says that most codes of the column are numbers, so that a stray word among them is none; ``ending``
    that most stand at the end of other words.
    """
    for words in spellings:
        code = read_number(words)
        if code is not None:
            return Spelled(code)
    for words in () if numbers else spellings:
        # A label before a number makes it no word: ``code:1003``.
        code = None if _is_labelled(normal(words)) else read_code(words)
        if code is not None:
            return Spelled(code)
    for words in spellings:
        spelled = read_spelled(words)
        if spelled is not None:
            return spelled
    for words in spellings:
        if _LETTERED.fullmatch(normal(words)) and not _LIKE_DIGITS.fullmatch(normal(words)):
            code = read_code(words)
            if code is not None:
                return Spelled(code)
    return next(filter(None, map(read_ending, spellings)), None) if ending else None


def named(found: Spelled) -> Spelled:
    """``found`` with the name as its code, where a status of HTTP and a name that only programs write are spelled."""
    return Spelled(symbol(found.name)) if _is_named_status(found) else found


def share_numbers(cells: Sequence[str]) -> bool:
    """Whether most cells spell a status of HTTP and a name, and only the names tell them apart."""
    read = [one for one in map(read_spelled, cells) if one is not None and _is_named_status(one)]
    if len(read) < _FEWEST or 2 * len(read) <= len(cells):
        return False
    statuses, names = {one.code.text for one in read}, {one.name for one in read}
    return len(statuses) < _DISTINCT * len(read) <= len(names)


def _is_named_status(found: Spelled) -> bool:
    is_status = isinstance(found.code, IntegerCode) and found.code.value in _STATUSES
    return is_status and bool(_TELLING.search(found.name)) and read_code(found.name) is not None


def holds_code(words: str) -> bool:
    """Whether a cell spells a code, be it with other words."""
    return read_code(words) is not None or read_spelled(words) is not None


def ends_with_code(words: str) -> bool:
    """Whether a cell spells a number at the end of other words, or nothing but a code."""
    return holds_code(words) or read_ending(words) is not None


def holds_number(words: str) -> bool:
    """Whether a cell spells a number that is a code, be it with other words."""
    return read_spelled(words) is not None


def _spelled(digits: str, name: str = "", text: str = "") -> Spelled | None:
    code = read_number(digits)
    return None if code is None else Spelled(code, name, text.strip("()[] "))


def _is_labelled(meant: str) -> str:
    """The number behind a word that says it is a code; empty where there is none."""
    found = _LABELLED.fullmatch(meant) if len(meant) <= _LONGEST else None
    label = folded(found[1]).strip(".:#()= ") if found else ""
    return found[2] if found and (label in _LABELS or KNOWN.get(label) is Column.CODE) else ""
