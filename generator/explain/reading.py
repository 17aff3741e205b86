"""What was read in a text of any length: in one go where it is short, line by line where it is a log.

A short text is resolved as a whole, because its lines explain each other. In a long one every line that can hold a code
is resolved by itself, and what comes again is counted: a log of any size takes little memory.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from msgspec import Struct

from generator.resolve import IndexedCode, Read, Resolution, ResolutionKind, resolve
from generator.resolve.fold import LONGEST
from generator.resolve.grammar import GRAMMAR
from generator.resolve.lookup import arranged, plain
from generator.resolve.standing import is_telling

_TOKEN: Final = re.compile(r"[A-Za-z0-9_]+")
_SPEAKING: Final = re.compile(
    rf"(?:{'|'.join(sorted((*GRAMMAR.strong, *GRAMMAR.cjk_strong), key=len, reverse=True))})"
    r"[^A-Za-z0-9\n]{0,6}(?:0x)?0*[1-9a-f]",
    re.IGNORECASE,
)
"""A word that speaks of codes, with a number behind it."""
_RUN_TOGETHER: Final = re.compile("([a-z]{2,24})([0-9]{3,10})")
_WIDE: Final = re.compile("[０-９＿ａ-ｚＡ-Ｚ\u200b-\u200d\u2060\ufeff]")
_DIGIT: Final = re.compile("[0-9]")
_MOST_REMEMBERED: Final = 200_000
"""Words, lines or numbers of one text that are kept in memory."""
_MOST_UNKNOWN: Final = 100
"""Different numbers of one text that are shown although they are no codes."""


class Sighting(Struct, frozen=True):
    """A stretch of the text that was taken for a code, and how often it stands there."""

    read: Read
    """Its positions count from the start of ``excerpt``."""
    line: int
    """Line of its first place, from 1."""
    column: int
    """Column of its first place, from 1, in Unicode code points."""
    excerpt: str
    """The line of its first place, or the part of it that was read at one go, without its end."""
    count: int


class Reading(Struct, frozen=True):
    """What a text as a whole says about codes."""

    kind: ResolutionKind
    sightings: tuple[Sighting, ...]
    """In the order of their first places."""
    codes: tuple[str, ...]
    """Paths of the codes meant, each once; those that were only guessed last."""
    lines: int
    """How many lines the text has."""
    more: int = 0
    """Different numbers that are no codes and were left out."""


def read(pieces: Iterable[str], index: tuple[IndexedCode, ...]) -> Reading:
    """What ``pieces`` (lines with their ends, or parts of long ones) say about the codes of ``index``."""
    pieces = iter(pieces)
    head: list[str] = []
    size = 0
    for piece in pieces:
        head.append(piece)
        size += len(piece)
        if size > LONGEST:
            return _collected(_by_line(chain(head, pieces), index))
    return _collected(_whole("".join(head), index))


def read_each(words: Iterable[str], index: tuple[IndexedCode, ...]) -> Reading:
    """What ``words`` say, each read by itself as if it were the whole text."""
    return _collected((resolve(word, index), word, 1, 1) for word in words)


_Found = tuple[Resolution, str, int, int]
"""What a stretch gave, the stretch, and line and column (from 1) at which it begins."""


def _whole(text: str, index: tuple[IndexedCode, ...]) -> Iterator[_Found]:
    yield resolve(text, index), text, 1, 1


def _by_line(pieces: Iterable[str], index: tuple[IndexedCode, ...]) -> Iterator[_Found]:
    sieve = _Sieve(index)
    nothing = Resolution(ResolutionKind.NONE, (), ())
    line, column = 1, 1
    for piece in pieces:
        for part in _parts(piece):
            shape = sieve.shape(part)
            if shape is not None:
                found = resolve(part, index, telling=True)
                if found.reads:
                    yield found, part, line, column
                else:
                    sieve.nothing_in(shape)
            if part.endswith("\n"):
                line, column = line + 1, 1
            else:
                column += len(part)
    yield nothing, "" if column == 1 else " ", line, 1


def _parts(piece: str) -> Iterator[str]:
    """A piece cut into lines, and lines that are too long at a space or a comma where there is one."""
    for line in re.split(r"(?<=\n)", piece):
        start = 0
        while len(line) - start > LONGEST:
            cut = max(line.rfind(mark, start + LONGEST // 2, start + LONGEST) for mark in " ,;") + 1
            end = cut or start + LONGEST
            yield line[start:end]
            start = end
        yield line[start:]


def _collected(found: Iterable[_Found]) -> Reading:
    counts: dict[tuple[str, str, tuple[str, ...]], int] = {}
    first: dict[tuple[str, str, tuple[str, ...]], Sighting] = {}
    kinds: set[ResolutionKind] = set()
    certain: dict[str, None] = {}
    guessed: dict[str, None] = {}
    unknown: set[str] = set()
    left_out: set[str] = set()
    lines = 0
    for resolution, text, line, column in found:
        kinds.add(resolution.kind)
        lines = max(lines, line - 1 + text.count("\n") + (not text.endswith("\n") and bool(text)))
        for one in resolution.reads:
            if not one.codes:
                if one.value not in unknown and len(unknown) >= _MOST_UNKNOWN:
                    if len(left_out) < _MOST_REMEMBERED:
                        left_out.add(one.value)
                    continue
                unknown.add(one.value)
            key = (one.kind.value, one.value, one.codes)
            counts[key] = counts.get(key, 0) + 1
            if key not in first:
                first[key] = _sighting(one, text, line, column)
        (certain if resolution.kind is ResolutionKind.CODES else guessed).update(dict.fromkeys(resolution.codes))
    order = tuple(ResolutionKind)
    return Reading(
        kind=min(kinds, key=order.index, default=ResolutionKind.NONE),
        sightings=tuple(
            Sighting(one.read, one.line, one.column, one.excerpt, counts[key]) for key, one in first.items()
        ),
        codes=tuple(certain | guessed),
        lines=lines,
        more=len(left_out),
    )


def _sighting(one: Read, text: str, line: int, column: int) -> Sighting:
    start = text.rfind("\n", 0, one.start) + 1
    end = text.find("\n", one.end)
    above = text.count("\n", 0, one.start)
    moved = Read(
        start=one.start - start,
        end=one.end - start,
        text=one.text,
        kind=one.kind,
        value=one.value,
        codes=one.codes,
        other_base=one.other_base,
        neighbours=one.neighbours,
        ambiguity=one.ambiguity,
    )
    place = one.start - start + (1 if above else column)
    return Sighting(moved, line + above, place, text[start : end if end >= 0 else len(text)], 1)


class _Sieve:
    """A quick judge of lines: which of them the resolver has to see."""

    def __init__(self, index: tuple[IndexedCode, ...]) -> None:
        self._lookup = arranged(index)
        self._beginnings = {
            re.split(r"[^a-z0-9]", name.lower())[0] for names in self._lookup.spellings.values() for name in names
        }
        # Symbols such as MK:0001 are no single word.
        self._symbols = tuple(code.symbol for code in index if not code.symbol.isalnum() and code.symbol)
        self._tokens: dict[str, tuple[str, bool]] = {}
        self._empty: set[str] = set()

    def shape(self, line: str) -> str | None:
        """The line without the digits that are no codes; ``None`` for a line that holds nothing to read."""
        kept = False
        told = self._tokens

        def token(match: re.Match[str]) -> str:
            nonlocal kept
            word = match[0]
            known = told.get(word)
            if known is None:
                if len(told) >= _MOST_REMEMBERED:
                    told.clear()
                is_code = self._is_code(word.lower())
                known = told[word] = (word if is_code else _DIGIT.sub("0", word), is_code)
            kept = kept or known[1]
            return known[0]

        shape = _TOKEN.sub(token, line)
        if _SPEAKING.search(line) or (not line.isascii() and _WIDE.search(line)):
            return line
        if (not kept and not any(symbol in line for symbol in self._symbols)) or shape in self._empty:
            return None
        return shape

    def nothing_in(self, shape: str) -> None:
        """Remember that lines of this shape say nothing."""
        if len(self._empty) >= _MOST_REMEMBERED:
            self._empty.clear()
        self._empty.add(shape)

    def _is_code(self, word: str) -> bool:
        lookup = self._lookup
        if word.isdigit() or word.startswith("0x"):
            base = 16 if word.startswith("0x") else 10
            digits = word.removeprefix("0x")
            return (
                len(digits) <= 40 and _is_number(digits, base) and bool(lookup.number(int(digits, base), frozenset()))
            )
        run_together = _RUN_TOGETHER.fullmatch(word)
        if run_together and (run_together[1] in lookup.products or is_telling(run_together[1])):
            return bool(lookup.number(int(run_together[2]), frozenset()))
        if plain(word) in lookup.spellings or ("_" in word.strip("_") and word.partition("_")[0] in self._beginnings):
            return True
        return len(word) <= 8 and _is_number(word, 16) and bool(lookup.number(int(word, 16), frozenset()))


def _is_number(digits: str, base: int) -> bool:
    return bool(re.fullmatch("[0-9]+" if base == 10 else "[0-9a-f]+", digits))
