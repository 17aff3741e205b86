"""Where texts that ought to say the same do not: words within one language, numbers, names and links across several."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from msgspec import Struct

from generator.model import Locale
from generator.pages.report_parts import Piece
from generator.text import visible

Interval = tuple[int, int]

_LONGEST: Final = 700
"""So much of a cell is shown."""
_BEFORE: Final = 120
"""So much of it before the first mark where that is far inside."""
_ALIKE: Final = 0.3
"""Texts less alike than this have nothing to point at."""
_COMPARED: Final = 2000
_PAIRS: Final = 200_000
"""In a page of prose fewer words are the same as another of the other text; above it, they are one word over and over,
which takes minutes to compare."""

_TOKEN: Final = re.compile(r"[\u2e80-\u31ff\u3400-\u9fff\uf900-\ufaff]|[^\W_]+|\s+|.", re.DOTALL)
_LINK: Final = re.compile(r"""https?://[^\s)\]>"'|<]+|(?<=\]\()[^)\s]+""")
_NAME: Final = re.compile(
    r"(?<![A-Za-z])(?:[A-Za-z][A-Za-z0-9]*(?:(?:_|::|\.(?=[A-Z]))[A-Za-z0-9]+)+|[A-Za-z]*[a-z][A-Z]\w*)"
)
_NAMED: Final = re.compile(r"[A-Za-z0-9](?:_|::|\.(?=[A-Z]))[A-Za-z0-9]|[a-z][A-Z]")
"""What every name holds."""
_DIGIT: Final = re.compile(r"\d")
_NUMBER: Final = re.compile(r"0x[0-9a-fA-F]+|\d+(?:[.,]\d+)*")
_ITEM: Final = re.compile(r"(?:^|[\n>;；。.])\s*[(（]?\d+[.、)）．](?!\d)")


class Shown(Struct, frozen=True):
    """One of the texts that are compared."""

    locale: Locale
    text: str


def differences(texts: Sequence[Shown], own: int | None, *, names: bool = False) -> tuple[tuple[Interval, ...], ...]:
    """For each text the places in which it differs from the others.

    ``own`` is the text the others are compared with word by word, as far as they are of its language; ``names`` says that
    the texts are of no language at all. An empty text differs from nobody: that it is empty is plain to see.
    """
    found: list[list[Interval]] = [[] for _ in texts]
    for other, shown in enumerate(texts):
        if own is None or other == own or not (names or language(shown.locale) == language(texts[own].locale)):
            continue
        for mine, its in _words(texts[own].text, shown.text):
            found[own].append(_trimmed(texts[own].text, mine))
            found[other].append(_trimmed(shown.text, its))
    if not names:
        for index, interval in _verbatim(texts):
            found[index].append(interval)
    return tuple(tuple(sorted({one for one in intervals if one[0] < one[1]})) for intervals in found)


def joined(text: str, intervals: Sequence[Interval]) -> tuple[Interval, ...]:
    """The same places, those as one that have nothing but blanks between them."""
    found: list[Interval] = []
    for start, end in sorted(intervals):
        if found and not text[found[-1][1] : start].strip():
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def pieces(text: str, here: Sequence[Interval], differs: Sequence[Interval]) -> tuple[Piece, ...]:
    """``text`` cut into runs, marked or not; a long text is cut short around its first mark."""
    if not here and not differs:
        return (
            (Piece(text),) if 0 < len(text) <= _LONGEST else () if not text else (Piece(text[:_LONGEST]), Piece(" …"))
        )
    kinds = [""] * len(text)
    for kind, intervals in (("differs", differs), ("here", here)):
        for start, end in intervals:
            kinds[start:end] = [kind] * (min(end, len(text)) - start)
    first = next((index for index, kind in enumerate(kinds) if kind), 0)
    begin = max(first - _BEFORE, 0) if first > _LONGEST - _BEFORE else 0
    end = min(begin + _LONGEST, len(text))
    found: list[Piece] = [Piece("… ")] if begin else []
    at = begin
    while at < end:
        stop = next((index for index in range(at, end) if kinds[index] != kinds[at]), end)
        run = text[at:stop]
        found.append(Piece(run, "here") if kinds[at] == "here" else Piece(run, "differs") if kinds[at] else Piece(run))
        at = stop
    return (*found, Piece(" …")) if end < len(text) else tuple(found)


@lru_cache(maxsize=1 << 8)
def language(locale: Locale) -> str:
    """The language of a locale: texts of one are compared word by word."""
    return locale.partition("-")[0].lower()


def _words(first: str, second: str) -> Iterator[tuple[Interval, Interval]]:
    """The places in which two texts of one language differ, in the first and in the second."""
    first, second = first[:_COMPARED], second[:_COMPARED]
    if " ".join(first.split()) == " ".join(second.split()):
        return
    (a, words_a), (b, words_b) = _split(first), _split(second)
    times = Counter(words_b)
    if sum(times[word] for word in words_a) > _PAIRS:
        return
    matcher = SequenceMatcher(None, words_a, words_b, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return
    for kind, start_a, end_a, start_b, end_b in matcher.get_opcodes():
        if kind != "equal":
            yield _over(a, start_a, end_a), _over(b, start_b, end_b)


# One text is compared with each of several, and again on the page in every locale.
@lru_cache(maxsize=1 << 9)
def _split(text: str) -> tuple[tuple[Interval, ...], tuple[str, ...]]:
    """The words of a text, with what stands between them: where each is, and as it is compared."""
    spans = tuple(match.span() for match in _TOKEN.finditer(text))
    return spans, tuple([_folded(text[start:end]) for start, end in spans])


def _over(spans: Sequence[Interval], start: int, end: int) -> Interval:
    return (spans[start][0], spans[end - 1][1]) if start < end else (0, 0)


def _trimmed(text: str, interval: Interval) -> Interval:
    """An interval without the blanks at its ends."""
    run = text[slice(*interval)]
    return interval[0] + len(run) - len(run.lstrip()), interval[1] - len(run) + len(run.rstrip())


def _verbatim(texts: Sequence[Shown]) -> Iterator[tuple[int, Interval]]:
    """What is no word of any language and is in one text but not in another of another language."""
    read = [_carried(shown.text) for shown in texts]
    if not any(read):
        return
    spoken = [
        (language(shown.locale), {key for key, _ in carried})
        for shown, carried in zip(texts, read, strict=True)
        if shown.text.strip()
    ]
    for index, shown in enumerate(texts):
        own = language(shown.locale)
        others = [keys for its, keys in spoken if its != own]
        for key, interval in read[index]:
            if any(key not in keys for keys in others):
                yield index, interval


# The texts of one code are compared on its page in every locale.
@lru_cache(maxsize=1 << 9)
def _carried(text: str) -> tuple[tuple[str, Interval], ...]:
    """Numbers, identifiers and links of a text, each with what makes it the same in another.

    Vendors have a site for each language, so that of links only the number is compared.
    """
    numbered = _DIGIT.search(text)
    taken = [match.span() for match in _ITEM.finditer(text)] if numbered else []
    found: list[tuple[str, Interval]] = []
    if "://" in text or "](" in text:
        for number, match in enumerate(_LINK.finditer(text), start=1):
            taken.append(match.span())
            found.append((f"link {number}", match.span()))
    # Most texts hold neither: what each of them has to hold is looked for first, and quickly.
    for pattern in (*((_NAME,) if _NAMED.search(text) else ()), *((_NUMBER,) if numbered else ())):
        for match in pattern.finditer(text):
            start, end = match.span()
            if all(end <= first or last <= start for first, last in taken):
                taken.append((start, end))
                found.append((_folded(match[0]).replace(",", ""), (start, end)))
    return tuple(found)


def _folded(text: str) -> str:
    return " " if text.isspace() else visible(text).casefold()
