"""What the words around a number say about it: that it is a code, or that it is something else."""

import re
from enum import IntEnum
from typing import Final

from generator.resolve.fold import Folded
from generator.resolve.grammar import GRAMMAR

LOOKED_BACK: Final = 64
"""Characters before a number in which the word that says what it is may stand."""
SMALLEST_BARE: Final = 100
"""Below this a number needs a word that says it is a code: too many small numbers stand in any text."""
_AFTER: Final = 16
YEARS: Final = range(1900, 2100)
_COUNTED: Final = re.compile(GRAMMAR.counted)
_CALLED_CODE: Final = re.compile(GRAMMAR.called_code)
_GAP: Final = re.compile(GRAMMAR.gap)
_WORD: Final = re.compile(GRAMMAR.word)
_CJK: Final = "\u3040"
"""Where the letters of languages begin that write words without spaces, or with particles."""
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


def standing_of(
    folded: Folded, start: int, end: int, value: int, products: frozenset[str] = frozenset()
) -> tuple[Standing, int]:
    """What the words around a number say, and where those before it begin.

    A word that a hyphen ties to the number makes a label of both (``worker-7006``), unless it speaks of codes or is one
    of ``products``.
    """
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
                if word[1][0] < _CJK and text[position:start] == "-" and not _is_product(word[1], products):
                    return Standing.OTHER, word_start
                break
            if called and standing is not Standing.OTHER:
                return Standing.STRONG, word_start
            return standing, word_start
        position = word_start
    return (Standing.STRONG if called else Standing.BARE), start


def is_telling(words: str) -> bool:
    """Whether the last of some folded words speaks of codes."""
    word = _WORD.search(words.rstrip(" \"'`*"))
    return word is not None and _say(word[1], word[1], SMALLEST_BARE) is Standing.STRONG


def _is_product(word: str, products: frozenset[str]) -> bool:
    """Whether ``word`` is a product, or the end of one whose own word has a hyphen."""
    return any(product == word or product.endswith(f"-{word}") for product in products)


def _say(word: str, cased: str, value: int) -> Standing | None:
    """What a word before a number says about it; None for one that only links the two."""
    if word[0] >= _CJK:
        return _say_cjk(word)
    if word in GRAMMAR.year and value in YEARS:
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
            # "Errors: 2" counts them.
            counts = abs(value) < SMALLEST_BARE and said.endswith("s") and said[:-1] in GRAMMAR.strong
            return Standing.OTHER if counts else Standing.STRONG
        if said in GRAMMAR.soft:
            return Standing.SOFT
    if word.endswith(GRAMMAR.strong_endings):
        return Standing.STRONG
    if word.endswith(GRAMMAR.other_endings) and not word.endswith(GRAMMAR.no_endings):
        return Standing.OTHER
    return Standing.KEYED


def _say_cjk(word: str) -> Standing | None:
    while link := next((link for link in GRAMMAR.cjk_link if word.endswith(link)), ""):
        word = word[: -len(link)]
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
