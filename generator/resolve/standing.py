"""What the words around a number say about it: that it is a code, or that it is something else."""

import re
from enum import IntEnum
from typing import Final

from generator.resolve.fold import Folded
from generator.resolve.grammar import GRAMMAR

LOOKED_BACK: Final = 64
"""Characters before a number in which the word that says what it is may stand."""
_AFTER: Final = 16
_YEARS: Final = range(1900, 2100)
_COUNTED: Final = re.compile(GRAMMAR.counted)
_CALLED_CODE: Final = re.compile(GRAMMAR.called_code)
_GAP: Final = re.compile(GRAMMAR.gap)
_WORD: Final = re.compile(GRAMMAR.word)
_PIECE: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


class Standing(IntEnum):
    """What the surroundings of a number say about it."""

    OTHER = 0
    """It is something else."""
    KEYED = 1
    """It belongs to a word that says nothing about codes: ``x=7006``."""
    BRACKETED = 2
    BARE = 3
    SOFT = 4
    STRONG = 5


def standing_of(folded: Folded, start: int, end: int, value: int) -> tuple[Standing, int]:
    """What the words around a number say, and where those before it begin."""
    text = folded.text
    after = text[end : end + _AFTER]
    if _COUNTED.search(after):
        return Standing.OTHER, start
    called = bool(_CALLED_CODE.search(after))
    beginning = max(0, start - LOOKED_BACK)
    beginning = max(beginning, text.rfind("\n", beginning, start) + 1)
    position = start
    keyed = False
    while True:
        gap = _GAP.search(text[beginning:position])
        if gap:
            keyed = keyed or ":" in gap[0] or "=" in gap[0]
            position = beginning + gap.start()
        word = _WORD.search(text[beginning:position])
        if not word:
            break
        word_start = beginning + word.start(1)
        standing = _say(word[1], folded.cased[word_start:position], value)
        if standing is not None:
            if standing is Standing.KEYED and not keyed:
                break
            if called and standing is not Standing.OTHER:
                return Standing.STRONG, word_start
            return standing, word_start
        position = word_start
    return (Standing.STRONG if called else Standing.BARE), start


def _say(word: str, cased: str, value: int) -> Standing | None:
    """What a word before a number says about it; None for one that only links the two."""
    if word[0] > "\u00ff":
        return _say_cjk(word)
    if word in GRAMMAR.year and value in _YEARS:
        return Standing.OTHER
    if word in GRAMMAR.link:
        return None
    pieces = [piece.lower() for piece in _PIECE.findall(cased)]
    while len(pieces) > 1 and (pieces[-1] in GRAMMAR.link or pieces[-1].isdigit()):
        pieces.pop()
    for said in (word, pieces[-1] if pieces else ""):
        if said in GRAMMAR.other:
            return Standing.OTHER
        if said in GRAMMAR.strong:
            return Standing.STRONG
        if said in GRAMMAR.soft:
            return Standing.SOFT
    if word.endswith(GRAMMAR.strong_endings):
        return Standing.STRONG
    return Standing.KEYED


def _say_cjk(word: str) -> Standing | None:
    while word.endswith(GRAMMAR.cjk_link):
        word = word[:-1]
    if not word:
        return None
    longest, standing = 0, Standing.KEYED
    for words, meaning in (
        (GRAMMAR.cjk_other, Standing.OTHER),
        (GRAMMAR.cjk_strong, Standing.STRONG),
        (GRAMMAR.cjk_soft, Standing.SOFT),
    ):
        for candidate in words:
            if len(candidate) > longest and word.endswith(candidate):
                longest, standing = len(candidate), meaning
    return standing
