"""Names in a text: as published, spelled otherwise, almost right, or in parts."""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import OSA

from generator.resolve.fold import Folded
from generator.resolve.lookup import HEAD, Lookup, parts, plain, upper
from generator.resolve.numbers import ambiguity
from generator.resolve.values import Read, ReadKind

_WORD: Final = re.compile(r"[a-z0-9]+")
_TIE: Final = re.compile(r"[ \n]?_[ \n]?|[-.:]|::")
"""What ties the words of an identifier; a name broken over two lines keeps its underscore."""
_SPACE: Final = re.compile(r"[ \n]{1,3}")
_IDENTIFIER: Final = re.compile(r"(?<![a-z0-9_-])[a-z0-9]+(?:[_-]+[a-z0-9]+)+(?![a-z0-9_-])")
_ALL_WORDS: Final = re.compile(r"[a-z0-9 \n_.:,;*\"'`()\[\]<>-]+")
_ORDINARY: Final = re.compile(r"[A-Z]?[a-z]+")
"""A name that may as well be a word of a sentence."""
_SET_OFF_BEFORE: Final = re.compile(r"[\"'`<>(\[{=:] ?$")
_SET_OFF_AFTER: Final = re.compile(r"^(?:$|[\"'`<>)\]},;.&|\n])")
_NOT_DIGITS: Final = re.compile(r"[^0-9]+")
_LONGEST_PHRASE: Final = 12
"""Words of a query that is looked up as parts of a name."""
_MOST_IDENTIFIERS: Final = 20
"""Identifiers of one text that are compared with every name."""
_MOST_NEAR: Final = 5
_MOST_PARTS: Final = 10
_SHORTEST_NEAR: Final = 8
_SHORTEST_SINGLE: Final = 12
"""Letters of a name of one word that is recognised inside a text in any case; a shorter one may be any word."""
_SPACED_WORDS: Final = 3
"""Words that a name written with spaces must have to be recognised inside a text."""

_Span = tuple[int, int]


def read_names(folded: Folded, lookup: Lookup) -> tuple[tuple[Read, _Span], ...]:
    """The names that stand in a text, each with its stretch of the folded text, in order."""
    words = [match.span() for match in _WORD.finditer(folded.text)]
    found: list[tuple[Read, _Span]] = []
    position = 0
    while position < len(words):
        last = _longest_name(folded, words, position, lookup)
        if last is None:
            position += 1
            continue
        span = words[position][0], words[last][1]
        found.append((_exact(folded, span, lookup), span))
        position = last + 1
    return tuple(found)


def read_near(folded: Folded, lookup: Lookup, taken: tuple[_Span, ...]) -> tuple[Read, ...]:
    """The identifiers in a text that are almost a name; ``taken`` stretches are left out."""
    found: list[Read] = []
    seen: set[str] = set()
    for match in _IDENTIFIER.finditer(folded.text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        key = plain(match[0])
        if key in seen:
            continue
        seen.add(key)
        if len(seen) > _MOST_IDENTIFIERS:
            break
        near = _near(key, lookup)
        if near:
            found.append(_made(folded, match.span(), ReadKind.NEAR_NAME, key, near, lookup))
    return tuple(found)


def read_phrase(folded: Folded, lookup: Lookup) -> Read | None:
    """The whole text as a name almost right, or as parts of names in any order."""
    words = [match.span() for match in _WORD.finditer(folded.text)]
    if not words or len(words) > _LONGEST_PHRASE or not _ALL_WORDS.fullmatch(folded.text):
        return None
    span = words[0][0], words[-1][1]
    key = plain(folded.text)
    near = _near(key, lookup)
    if near:
        return _made(folded, span, ReadKind.NEAR_NAME, key, near, lookup)
    wanted = tuple(upper(folded.text[start:end]) for start, end in words)
    without_products = tuple(word for word in wanted if word.lower() not in lookup.products)
    found = _by_parts(without_products or wanted, lookup)
    return _made(folded, span, ReadKind.PARTS, key, found, lookup) if found else None


def _longest_name(folded: Folded, words: list[_Span], first: int, lookup: Lookup) -> int | None:
    """Index of the last word of the longest name that begins at word ``first``."""
    key = ""
    spaced = False
    longest = None
    for position in range(first, len(words)):
        start, end = words[position]
        if position > first:
            between = folded.text[words[position - 1][1] : start]
            if _SPACE.fullmatch(between):
                spaced = True
            elif not _TIE.fullmatch(between):
                break
        key += upper(folded.text[start:end])
        if len(key) > lookup.longest or key[:HEAD] not in lookup.heads:
            break
        if key in lookup.spellings and _is_meant(folded, words, first, position, key, spaced, lookup):
            longest = position
    return longest


def _is_meant(
    folded: Folded, words: list[_Span], first: int, last: int, key: str, spaced: bool, lookup: Lookup
) -> bool:
    """Whether words that spell a name are one, and no ordinary words."""
    if first == 0 and last == len(words) - 1 and _ALL_WORDS.fullmatch(folded.text):
        return True
    start, end = words[first][0], words[last][1]
    if folded.cased[start:end] in lookup.spellings[key]:
        return not _ORDINARY.fullmatch(folded.cased[start:end]) or _is_set_off(folded.text, start, end)
    count = last - first + 1
    if spaced:
        return count >= _SPACED_WORDS and any(len(parts(name)) <= count for name in lookup.spellings[key])
    return count > 1 or len(key) >= _SHORTEST_SINGLE


def _is_set_off(text: str, start: int, end: int) -> bool:
    """Whether marks stand around a word, so that it is a value and no part of a sentence."""
    return bool(_SET_OFF_BEFORE.search(text[max(0, start - 2) : start]) and _SET_OFF_AFTER.search(text[end : end + 1]))


def _exact(folded: Folded, span: _Span, lookup: Lookup) -> Read:
    key = plain(folded.text[span[0] : span[1]])
    current = lookup.ranked(lookup.names.get(key, ()))
    former = tuple(path for path in lookup.ranked(lookup.former.get(key, ())) if path not in current)
    kind = ReadKind.NAME if current else ReadKind.FORMER_NAME
    return _made(folded, span, kind, key, current + former, lookup)


def _made(folded: Folded, span: _Span, kind: ReadKind, value: str, codes: tuple[str, ...], lookup: Lookup) -> Read:
    start, end, text = folded.original(*span)
    exact = kind in (ReadKind.NAME, ReadKind.FORMER_NAME)
    return Read(
        start=start,
        end=end,
        text=text,
        kind=kind,
        value=value,
        codes=codes,
        ambiguity=ambiguity(codes, (), lookup) if exact else (),
    )


def _near(key: str, lookup: Lookup) -> tuple[str, ...]:
    """The codes whose names are nearest to ``key``: one slip for every six letters, three at most, no other digits."""
    if len(key) < _SHORTEST_NEAR:
        return ()
    best = max(1, min(3, len(key) // 6))
    digits = _NOT_DIGITS.sub("", key)
    found: list[tuple[int, bool, str]] = []
    for former, table in ((False, lookup.names), (True, lookup.former)):
        for name, paths in table.items():
            if abs(len(name) - len(key)) > best or _NOT_DIGITS.sub("", name) != digits:
                continue
            distance = slips(key, name, best)
            if distance <= best:
                best = distance
                found += [(distance, former, path) for path in paths]
    nearest = [(former, path) for distance, former, path in found if distance == best]
    nearest.sort(key=lambda hit: (hit[0], lookup[hit[1]].retired, lookup.order[hit[1]]))
    return tuple(dict.fromkeys(path for _, path in nearest))[:_MOST_NEAR]


def slips(first: str, second: str, most: int) -> int:
    """Letters put in, left out, exchanged or swapped with their neighbour between two words.

    Optimal string alignment distance; any number above ``most`` stands for "more than that".
    """
    return OSA.distance(first, second, score_cutoff=most)


def _by_parts(wanted: tuple[str, ...], lookup: Lookup) -> tuple[str, ...]:
    """The codes in whose name every wanted word is found, best first."""
    if sum(len(word) for word in wanted) < 2:
        return ()
    rank = _ranker()
    scored: list[tuple[int, bool, bool, bool, int, int, str]] = []
    for former, table in ((False, lookup.names), (True, lookup.former)):
        for key, paths in table.items():
            best: tuple[int, bool, int] | None = None
            for name in lookup.spellings[key]:
                score = _score(wanted, parts(name), rank)
                if score and (best is None or score < best):
                    best = score
            if best:
                scored += [
                    (best[0], former, lookup[path].retired, best[1], best[2], lookup.order[path], path)
                    for path in paths
                ]
    return tuple(dict.fromkeys(hit[-1] for hit in sorted(scored)))[:_MOST_PARTS]


def _score(
    wanted: tuple[str, ...], own: tuple[str, ...], rank: Callable[[str, str], int]
) -> tuple[int, bool, int] | None:
    """How well words fit the parts of a name: badness, whether the order differs, how many parts there are."""
    badness = 0
    places = []
    for word in wanted:
        ranks = [rank(word, part) for part in own]
        best = min(ranks, default=_NO_FIT)
        if best == _NO_FIT:
            return None
        badness += best
        places.append(ranks.index(best))
    return badness, any(later < earlier for earlier, later in pairwise(places)), len(own)


_NO_FIT: Final = 9


def _ranker() -> Callable[[str, str], int]:
    """A judge of word and part that remembers: 0 the same, 1 its beginning, 2 inside it, 3 or 4 a slip or two off."""
    known: dict[tuple[str, str], int] = {}

    def rank(word: str, part: str) -> int:
        pair = word, part
        if pair not in known:
            known[pair] = _rank(word, part)
        return known[pair]

    return rank


def _rank(word: str, part: str) -> int:
    if word == part:
        return 0
    if part.startswith(word):
        return 1
    if len(word) >= 3 and word in part:
        return 2
    most = 2 if len(word) >= 6 else 1 if len(word) >= 4 else 0
    if not most or abs(len(word) - len(part)) > most or _NOT_DIGITS.sub("", word) != _NOT_DIGITS.sub("", part):
        return _NO_FIT
    distance = slips(word, part, most)
    return 2 + distance if distance <= most else _NO_FIT
