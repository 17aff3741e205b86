"""The numbers of a text as candidates: where each stands, what it is worth, and what its surroundings say about it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from msgspec import Struct, structs

from generator.resolve.columns import headed
from generator.resolve.fold import Folded
from generator.resolve.grammar import GRAMMAR
from generator.resolve.lookup import Lookup
from generator.resolve.standing import LOOKED_BACK, SMALLEST_BARE, Standing, is_telling, standing_of
from generator.resolve.values import ReadKind

_NUMBER: Final = re.compile(GRAMMAR.number)
_BARE_HEXADECIMAL: Final = re.compile(GRAMMAR.bare_hexadecimal)
_GLUED: Final = re.compile(r"(?<![a-z0-9_])([a-z]{2,24})([0-9]{3,10})(?![a-z0-9_])")
"""A word and a number run together: ``gme7006``, ``error7006``."""
_NOISE: Final = tuple(re.compile(pattern) for pattern in GRAMMAR.noise)
_SOFT_NOISE: Final = tuple(re.compile(pattern) for pattern in GRAMMAR.soft_noise)
_TIED: Final = re.compile(GRAMMAR.tied)
_SEGMENT: Final = re.compile(r"[a-z0-9._-]+")
_ALONE: Final = (
    (re.compile(r"([+-]?)(0x[0-9a-f]+)u?l{0,2}"), None),
    (re.compile(r"([+-]?)([0-9]+)"), None),
    (re.compile(r"()([0-9a-f]{3,8})h?"), ReadKind.BARE_HEXADECIMAL),
)
_WRAPPING: Final = " \n\t\"'`()[]{}<>,.;:!?#=。、，！？|/"
_LONGEST: Final = 20
_LONGEST_HEXADECIMAL: Final = 8


class Candidate(Struct, frozen=True):
    """A number in the text."""

    start: int
    """In the folded text, the sign included."""
    end: int
    key_start: int
    """Where the words begin that say what the number is; ``start`` where there are none."""
    line: int
    kind: ReadKind
    value: int
    standing: Standing
    codes: tuple[str, ...]
    soft_noise: bool
    products: frozenset[str] = frozenset()


def number_value(digits: str) -> int:
    """The value of unsigned digits, in base 16 with ``0x``, else in base 10."""
    # Python refuses to read thousands of digits, be they zeros.
    return int(digits, 0) if digits.startswith("0x") else int(digits.lstrip("0") or "0")


def _kind(digits: str) -> ReadKind:
    return ReadKind.HEXADECIMAL if digits.startswith("0x") else ReadKind.DECIMAL


def _too_long(digits: str) -> bool:
    if digits.startswith("0x"):
        return len(digits[2:].lstrip("0")) > _LONGEST_HEXADECIMAL
    return len(digits.lstrip("0")) > _LONGEST


def alone_in(text: str, lookup: Lookup) -> Candidate | None:
    """The one number that the whole text consists of, products and punctuation aside."""
    for _, mention in lookup.mentions:
        text = mention.sub(lambda match: " " * len(match[0]), text)
    core = text.strip(_WRAPPING)
    start = text.find(core)
    for pattern, kind in _ALONE:
        match = pattern.fullmatch(core)
        if not match or _too_long(match[2]) or (kind and (match[2].isdigit() or not re.search("[0-9]", core))):
            continue
        value = int(match[2], 16) if kind else number_value(match[2])
        value = -value if match[1] == "-" else value
        codes = lookup.number(value, frozenset())
        if kind and not codes and len(core) < 4:
            continue
        sign = len(match[1]) if match[1] == "+" else 0
        return Candidate(
            start=start + sign,
            end=start + match.end(2),
            key_start=start,
            line=0,
            kind=kind or _kind(match[2]),
            value=value,
            standing=Standing.STRONG,
            codes=codes,
            soft_noise=False,
        )
    return None


def addresses_in(text: str, lookup: Lookup) -> list[Candidate]:
    """What is written as in a link: ``gme/7006``, ``gme/0x1b5e``, ``e/7006``."""
    found: list[Candidate] = []
    segments = [(match.start(), match[0].rstrip(".")) for match in _SEGMENT.finditer(text)]
    for (start, first), (second_start, second) in pairwise(segments):
        if start + len(first) + 1 != second_start or text[second_start - 1] != "/" or not second:
            continue
        products = frozenset((first,)) & lookup.products
        if not products and first != "e":
            continue
        end = second_start + len(second)
        number = re.fullmatch(r"([+-]?)(0x[0-9a-f]+|[0-9]+)", second)
        if number and not _too_long(number[2]):
            value = number_value(number[2]) * (-1 if number[1] == "-" else 1)
            found.append(
                Candidate(
                    start=start if products else second_start,
                    end=end,
                    key_start=start,
                    line=0,
                    kind=_kind(number[2]),
                    value=value,
                    standing=Standing.STRONG,
                    codes=lookup.number(value, products),
                    soft_noise=False,
                    products=products,
                )
            )
        elif f"{first}/{second}" in lookup:
            found.append(
                Candidate(
                    start=start,
                    end=end,
                    key_start=start,
                    line=0,
                    kind=ReadKind.ADDRESS,
                    value=0,
                    standing=Standing.STRONG,
                    codes=(f"{first}/{second}",),
                    soft_noise=False,
                )
            )
    return found


def candidates_in(folded: Folded, lookup: Lookup, covered: tuple[tuple[int, int], ...]) -> list[Candidate]:
    """The numbers of a text outside the ``covered`` stretches, in order."""
    text = folded.text
    noise = _mask(text, _NOISE)
    surroundings = _Surroundings(folded, lookup)
    for start, end, tells in surroundings.cells:
        if tells:  # What a table calls a code is no time and no amount.
            noise[start:end] = bytes(end - start)
    for start, end in covered:
        noise[start:end] = b"\1" * (end - start)
    found: list[Candidate] = []
    for match in _NUMBER.finditer(text):
        start, end = match.span(1)
        if noise[start] or _too_long(match[1]):
            continue
        value = number_value(match[1])
        if start and text[start - 1] in "+-" and not re.match(r"[a-z0-9_)\]]", text[start - 2 : start - 1]):
            value = -value if text[start - 1] == "-" else value
            start -= text[start - 1] == "-"
        found.append(surroundings.candidate(start, end, _kind(match[1]), value))
    found += (one for one in _glued(surroundings, lookup) if not noise[one.start])
    for match in _BARE_HEXADECIMAL.finditer(text):
        word = match[1]
        if noise[match.start()] or word.isdigit() or not re.search("[0-9]", word):
            continue
        value = int(word, 16)
        candidate = surroundings.candidate(*match.span(1), ReadKind.BARE_HEXADECIMAL, value)
        if candidate.standing is Standing.STRONG:
            found.append(candidate)
    return _alike(sorted(found, key=lambda candidate: candidate.start), text)


def _glued(surroundings: "_Surroundings", lookup: Lookup) -> Iterator[Candidate]:
    """The codes that a product or a word for codes is run together with."""
    for match in _GLUED.finditer(surroundings.folded.text):
        value = number_value(match[2])
        if value < SMALLEST_BARE or not (match[1] in lookup.products or is_telling(match[1])):
            continue
        candidate = surroundings.candidate(*match.span(2), ReadKind.DECIMAL, value)
        if candidate.codes:
            yield structs.replace(candidate, key_start=match.start(), standing=Standing.STRONG)


def _alike(candidates: list[Candidate], text: str) -> list[Candidate]:
    """The candidates, where a bare one that is tied to one that is something else is that, too."""
    for direction in (1, -1):
        for position in range(len(candidates))[::direction]:
            other = position - direction
            if not 0 <= other < len(candidates) or candidates[position].standing is not Standing.BARE:
                continue
            first, second = sorted((position, other))
            if candidates[other].standing is Standing.OTHER and _TIED.search(
                text[candidates[first].end : min(candidates[second].start, candidates[first].end + LOOKED_BACK)]
            ):
                candidates[position] = structs.replace(candidates[position], standing=Standing.OTHER)
    return candidates


def _mask(text: str, patterns: tuple[re.Pattern[str], ...]) -> bytearray:
    mask = bytearray(len(text))
    spans = [match.span() for pattern in patterns for match in pattern.finditer(text)]
    for start, end in spans:
        mask[start:end] = b"\1" * (end - start)
    return mask


class _Surroundings:
    """One text, looked at once for all its numbers."""

    def __init__(self, folded: Folded, lookup: Lookup) -> None:
        self.folded = folded
        self._lookup = lookup
        self._soft_noise = _mask(folded.text, _SOFT_NOISE)
        self._ends = [match.start() for match in re.finditer("\n", folded.text)]
        self.cells = headed(folded.tabbed)
        self._starts = [start for start, _, _ in self.cells]

    def candidate(self, start: int, end: int, kind: ReadKind, value: int) -> Candidate:
        """The number between two places of the folded text."""
        text = self.folded.text
        standing, key_start = standing_of(self.folded, start, end, value, self._lookup.products)
        if standing is Standing.BARE and text[start - 1 : start] == "[" and text[end : end + 1] == "]":
            standing = Standing.BRACKETED
        cell = bisect_right(self._starts, start) - 1
        if cell >= 0 and start < self.cells[cell][1]:
            standing = Standing.STRONG if self.cells[cell][2] else Standing.OTHER
        return Candidate(
            start=start,
            end=end,
            key_start=key_start,
            line=bisect_left(self._ends, start),
            kind=kind,
            value=value,
            standing=standing,
            # "-1" is what programs return for any failure, and hardly ever the code 1.
            codes=self._lookup.number(value, frozenset(), signs=abs(value) >= SMALLEST_BARE),
            soft_noise=bool(self._soft_noise[end - 1]),
        )
