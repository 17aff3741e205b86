"""Rows of one locale beside the rows of another, by everything they share and not by the code alone.

A code, a name or a place can be wrong; together they still say which rows belong to each other. Rows that agree in a
code which either side lists once are anchors (the longest run of them in common order); between two anchors the rows
are aligned by score (Needleman and Wunsch, "A general method applicable to the search for similarities", 1970).
"""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA, Indel

from generator.model import Column, Entry, Link, canonical
from generator.text import visible

Pair = tuple[int | None, int | None]
"""Indexes of two rows that belong together; ``None`` where a row has no counterpart."""

_Stretch = tuple[tuple[int, int], tuple[int, int]]
"""From which rows on, and up to which, these not included."""

_LARGEST_GAP: Final = 40_000
"""Most pairs of rows between two anchors that are scored; larger stretches have nothing in common."""
_GAP: Final = -1.0
_LEAST: Final = -1.5
"""Least score of two rows side by side: better than leaving both alone, so that order decides where words do not."""

_IDENTIFIER: Final = re.compile(r"[A-Za-z_$][\w$]*(?:(?:::|[./-])[\w$]+)*", re.ASCII)
_STRONG: Final = re.compile(r"_|::|\d|[a-z][A-Z]|[A-Z]{3}")
_FEATURE: Final = re.compile(r"[A-Za-z_][\w]*(?:::[\w]+)*|\d+(?:[.:]\d+)*", re.ASCII)
_SPLIT: Final = re.compile(r"[_\W]+|(?<=[a-z])(?=[A-Z])")


@lru_cache(maxsize=1 << 17)
def normal_name(name: str) -> str:
    """A name as it is meant: NFKC, nothing invisible, no white space."""
    return "".join(visible(name).split())


@lru_cache(maxsize=1 << 17)
def is_identifier(name: str) -> bool:
    """Whether a name can only be an identifier: one piece, with an underscore, a digit or capitals inside.

    ``Unauthorized`` is none: it may as well be a word, which another locale translates.
    """
    folded = unicodedata.normalize("NFKC", name).strip()
    return bool(_IDENTIFIER.fullmatch(folded) and _STRONG.search(folded))


def name_similarity(left: str, right: str) -> float:
    """How much of two names is the same, from 0 to 1, word by word, so that a long common prefix does not hide the rest.

    A word that differs by a slip or is cut short (``ERR`` for ``ERROR``) counts as the same.
    """
    first, second = _words(left), _words(right)
    if not first or not second:
        return 0.0
    matched, rest = 0, list(second)
    for word in first:
        found = next((other for other in rest if _same_word(word, other)), None)
        if found is not None:
            rest.remove(found)
            matched += 1
    return 2 * matched / (len(first) + len(second))


def same_name(left: str, right: str) -> bool:
    """Whether two names are one name, spelled the same or with a slip or an abbreviation in it."""
    return normal_name(left) == normal_name(right) or name_similarity(left, right) == 1.0


def text_similarity(left: str, right: str) -> float:
    """How alike two texts of one language are, from 0 to 1, case, punctuation and spaces aside."""
    first, second = _bare(left), _bare(right)
    if not first or not second:
        return 0.0
    if first == second:
        return 1.0
    one, two = _bigrams(first), _bigrams(second)
    shared = sum((one & two).values())
    dice = 2 * shared / max(sum(one.values()) + sum(two.values()), 1)
    return max(dice, Indel.normalized_similarity(first, second) if min(len(first), len(second)) > 3 else 0.0)


def features(entry: Entry) -> frozenset[str]:
    """What a translation carries over: identifiers and numbers of the text, ends of links; not the row's code or name."""
    found: set[str] = set()
    for field in entry.fields:
        if field.column in {Column.CODE, Column.NAME}:
            continue
        found.update(
            word.lower()
            for word in _FEATURE.findall(unicodedata.normalize("NFKC", field.plain))
            if word[0].isdigit() or (len(word) > 2 and _STRONG.search(word))
        )
        found.update(
            inline.target.rstrip("/").rsplit("/", 1)[-1] for inline in field.inlines if isinstance(inline, Link)
        )
    return frozenset(found)


def is_slip(left: str, right: str) -> bool:
    """Whether one code is the other with one character wrong, missing, added or two swapped."""
    return left != right and OSA.distance(left, right, score_cutoff=1) <= 1


def align(left: Sequence[Entry], right: Sequence[Entry]) -> tuple[Pair, ...]:
    """The rows of ``left`` beside those of ``right``, both in the order of their sources, each row exactly once."""
    whole = ((0, 0), (len(left), len(right)))
    return tuple(
        pair
        for start, end in _gaps(whole, _anchors(left, right))
        for pair in (*_between(left, right, start, end), *([end] if end != whole[1] else []))
    )


def _gaps(whole: _Stretch, anchors: Sequence[tuple[int, int]]) -> Iterator[_Stretch]:
    """The stretches before each anchor and behind the last one."""
    start = whole[0]
    for anchor in anchors:
        yield start, anchor
        start = (anchor[0] + 1, anchor[1] + 1)
    yield start, whole[1]


def _anchors(left: Sequence[Entry], right: Sequence[Entry]) -> list[tuple[int, int]]:
    ours, theirs = _once(left), _once(right)
    shared = [
        (index, theirs[code])
        for code, index in ours.items()
        if code in theirs and not _names_conflict(left[index], right[theirs[code]])
    ]
    return _longest_run(sorted(shared))


def _once(rows: Sequence[Entry]) -> Mapping[object, int]:
    counts = Counter(canonical(row.code) for row in rows)
    return {canonical(row.code): index for index, row in enumerate(rows) if counts[canonical(row.code)] == 1}


def _names_conflict(left: Entry, right: Entry) -> bool:
    ours, theirs = left.name, right.name
    return is_identifier(ours) and is_identifier(theirs) and not same_name(ours, theirs)


def _longest_run(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest stretch of ``pairs``, sorted by their first, whose seconds rise too."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, second) in enumerate(pairs):
        place = bisect_left(ends, second)
        before.append(last[place - 1] if place else -1)
        if place == len(ends):
            ends.append(second)
            last.append(index)
        else:
            ends[place], last[place] = second, index
    run: list[tuple[int, int]] = []
    at = last[-1] if last else -1
    while at >= 0:
        run.append(pairs[at])
        at = before[at]
    return run[::-1]


def _namesakes(
    left: Sequence[Entry], right: Sequence[Entry], start: tuple[int, int], end: tuple[int, int]
) -> list[tuple[int, int]]:
    """Rows of one name that either side gives once between two anchors, for stretches too large to be scored."""
    ours = {normal_name(left[index].name): index for index in range(start[0], end[0])}
    theirs = {normal_name(right[index].name): index for index in range(start[1], end[1])}
    again = Counter(normal_name(left[index].name) for index in range(start[0], end[0]))
    there = Counter(normal_name(right[index].name) for index in range(start[1], end[1]))
    shared = [
        (index, theirs[name])
        for name, index in ours.items()
        if is_identifier(name) and again[name] == 1 and there[name] == 1
    ]
    return _longest_run(sorted(shared))


def _between(left: Sequence[Entry], right: Sequence[Entry], start: tuple[int, int], end: tuple[int, int]) -> list[Pair]:
    ours, theirs = list(range(start[0], end[0])), list(range(start[1], end[1]))
    if len(ours) * len(theirs) > _LARGEST_GAP and (named := _namesakes(left, right, start, end)):
        return [
            pair
            for first, last in _gaps((start, end), named)
            for pair in (*_between(left, right, first, last), *([last] if last != end else []))
        ]
    if not ours or not theirs or len(ours) * len(theirs) > _LARGEST_GAP:
        return [*((index, None) for index in ours), *((None, index) for index in theirs)]
    marks = {("left", index): features(left[index]) for index in ours} | {
        ("right", index): features(right[index]) for index in theirs
    }
    best = [[column * _GAP for column in range(len(theirs) + 1)]]
    scores: list[list[float]] = []
    for row, index in enumerate(ours, start=1):
        scores.append(
            [_score(left[index], right[other], marks["left", index], marks["right", other]) for other in theirs]
        )
        line = [row * _GAP]
        for column in range(1, len(theirs) + 1):
            both = best[row - 1][column - 1] + scores[row - 1][column - 1]
            line.append(max(both, best[row - 1][column] + _GAP, line[column - 1] + _GAP))
        best.append(line)
    pairs: list[Pair] = []
    row, column = len(ours), len(theirs)
    while row or column:
        here = best[row][column]
        if row and column and here == best[row - 1][column - 1] + scores[row - 1][column - 1]:
            row, column = row - 1, column - 1
            pairs.append((ours[row], theirs[column]))
        elif row and here == best[row - 1][column] + _GAP:
            row -= 1
            pairs.append((ours[row], None))
        else:
            column -= 1
            pairs.append((None, theirs[column]))
    return pairs[::-1]


def _score(left: Entry, right: Entry, ours: frozenset[str], theirs: frozenset[str]) -> float:
    score = 4.0 if canonical(left.code) == canonical(right.code) else -1.0
    if left.name and right.name:
        if normal_name(left.name) == normal_name(right.name):
            score += 4.0
        elif is_identifier(left.name) and is_identifier(right.name):
            score += 4.0 * (name_similarity(left.name, right.name) - 0.75)
    if ours or theirs:
        score += 2.0 * len(ours & theirs) / len(ours | theirs)
    if [field.column for field in left.fields] == [field.column for field in right.fields]:
        score += 0.25
    return max(score, _LEAST)


def _words(name: str) -> list[str]:
    return [word.lower() for word in _SPLIT.split(normal_name(name)) if word]


def _same_word(left: str, right: str) -> bool:
    if left == right:
        return True
    short, long = sorted((left, right), key=len)
    if len(short) < 3 or short.isdigit() or long.isdigit():
        return False
    return (long.startswith(short) and len(short) * 2 >= len(long)) or (len(short) > 3 and is_slip(left, right))


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, visible(text).casefold()))


def _bigrams(text: str) -> Counter[str]:
    return Counter(text[index : index + 2] for index in range(len(text) - 1))
