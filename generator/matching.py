"""Where a text names what a glossary has words for: one pass over the text, however many words there are."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from typing import Final

from msgspec import Struct

from generator.text import visible


class Mention(Struct, frozen=True, gc=False):
    """One place of a text that names a concept."""

    concept: str
    word: str
    start: int
    """Index of its first character in the text as :func:`generator.text.visible` gives it."""
    end: int
    negated: bool = False
    """Whether the text says that it is not so: "not started"."""


_HEAD: Final = 2
"""So many first characters of a word are looked up before its expression is tried."""

_FAR: Final = 20
_NEAR: Final = 7
"""So many characters may stand between a word and what denies it; fewer where a character is a syllable."""

_SAME_CLAUSE: Final = rf"[^,.;:!?()，。；：！？、（）]{{0,{_FAR}}}"


class Matcher:
    """All words of a locale by their first characters, the longest first. Compared by identity, so that it can be kept."""

    def __init__(
        self,
        words: Mapping[str, tuple[str, ...]],
        before: tuple[str, ...] = (),
        after: tuple[str, ...] = (),
        clauses: tuple[str, ...] = (),
    ) -> None:
        """``words`` gives each word's concepts.

        ``before`` and ``after`` deny what they stand before or after, unless one of ``clauses`` stands between.
        """
        self._concepts = words
        by_head: dict[str, list[tuple[str, str]]] = {}
        for word in sorted(words, key=lambda one: (-len(one), one)):
            by_head.setdefault(_head(_stem(word)), []).append((_beginning(word), word))
        self._candidates = {
            head: (*same, *(by_head.get(head[0], ()) if head[1:] else ())) for head, same in by_head.items()
        }
        """By their first characters the words that a text with them may name."""
        firsts: dict[str, set[str]] = {}
        for word in words:
            firsts.setdefault(_word_start(word), set()).add(re.escape(_lowered(_stem(word)[:1])))
        starts = [rf"{before}(?:{'|'.join(sorted(marks))})" for before, marks in sorted(firsts.items())]
        self._starts = re.compile("|".join(starts) or r"(?!)")
        self._before = re.compile(rf"(?:{_any(before)})(?P<gap>{_SAME_CLAUSE})$")
        denying = "|".join(re.escape(_lowered(word)) for word in after) or "(?!)"
        self._denials = (*map(_always, before), *map(_lowered, after))
        self._after = re.compile(rf"(?P<gap>{_SAME_CLAUSE}?)(?:{denying})")
        self._clause = re.compile(_any(clauses))

    def mentions(self, text: str) -> Iterator[Mention]:
        """Where a text names concepts, in order; of words that begin at one place the longest one counts."""
        lowered = _lowered(text)
        candidates, end = self._candidates, 0
        denies: bool | None = None
        for match in self._starts.finditer(lowered):
            start = match.start()
            if start < end:
                continue
            for beginning, word in candidates.get(lowered[start : start + _HEAD]) or candidates.get(lowered[start], ()):
                # Most candidates share no more than their head with the text; their expressions are never made.
                if lowered.startswith(beginning, start) and (found := _match(word, lowered, start)):
                    end = found
                    if denies is None:  # Most texts deny nothing, and need not be looked at round each word.
                        denies = any(one in lowered for one in self._denials)
                    negated = denies and self._negated(lowered, start, end)
                    for concept in self._concepts[word]:
                        yield Mention(concept, word, start, end, negated)
                    break

    def _negated(self, text: str, start: int, end: int) -> bool:
        widest = _FAR if _set_apart(text[start]) else _NEAR
        gaps = (self._before.search(text[max(0, start - 2 * _FAR) : start]), self._after.match(text, end))
        return any(one and len(one["gap"]) <= widest and not self._clause.search(one["gap"]) for one in gaps)


def _any(words: tuple[str, ...]) -> str:
    parts = groupby(map(_parts, map(_lowered, words)), key=lambda part: (part[0], part[2]))
    # One bound for all words that have it: a class as wide as that of all letters takes long to compile.
    bounded = (f"{start}(?:{'|'.join(forms for _, forms, _ in same)}){end}" for (start, end), same in parts)
    return "|".join(bounded) or "(?!)"


def _set_apart(mark: str) -> bool:
    """Whether a character is of a script in which words are longer than a few characters."""
    return not _ideographic(mark) and not _hangul(mark)


@lru_cache(maxsize=20_000)
def _forms(word: str) -> tuple[tuple[tuple[str, tuple[str, ...]], ...] | re.Pattern[str], str]:
    """A word's forms, and what must not follow.

    The forms are beginnings, each with its endings, or an expression where there is white space in the word. They are
    told apart without expressions, for a glossary has thousands of words, and a build that makes little anew would spend
    its time on compiling them.
    """
    lowered = _lowered(word)
    stem, (_, forms, following) = _stem(lowered), _parts(lowered)
    if stem.split() != [stem]:
        return re.compile(forms), following
    return tuple((beginning, (*endings, "")) for beginning, endings in _inflected(stem, following)), following


def _end(word: str, text: str, start: int) -> tuple[int, str]:
    """Where a word's form that begins at ``start`` ends, 0 where there is none, and what must not follow."""
    forms, following = _forms(word)
    if isinstance(forms, re.Pattern):
        match = forms.match(text, start)
        return (match.end() if match else 0), following
    for beginning, endings in forms:
        if text.startswith(beginning, start):
            at = start + len(beginning)
            return at + len(next(one for one in endings if text.startswith(one, at))), following
    return 0, following


def _match(word: str, text: str, start: int) -> int:
    """Where a word that begins at ``start`` ends; 0 where it does not stand there."""
    end, following = _end(word, text, start)
    if not end:
        return 0
    letters = end
    while letters < len(text) and _is_letter(text[letters]):
        letters += 1
    if following == _REST:
        return letters
    return 0 if following and letters > end else end


@lru_cache(maxsize=100_000)
def mentions(matcher: Matcher, text: str) -> tuple[Mention, ...]:
    """Where ``text``, as :func:`generator.text.visible` gives it, names concepts."""
    return tuple(matcher.mentions(text))


def pattern(word: str) -> str:
    """The regular expression, without groups, by which a word of a glossary is found in a visible text.

    A word of a script with letter case is found whole, with the common endings of English; ``*`` at its end stands for
    any ending. Hangul is found at the beginning of a word, whatever particle follows. Elsewhere a word is found
    anywhere, and so is one that begins with ``*``. Words of different scripts end each other.
    """
    return "".join(_parts(word))


def _parts(word: str) -> tuple[str, str, str]:
    """What must not stand before a word, its forms, and what must not follow or, for ``*``, what belongs to it."""
    stem = _stem(word)
    start, end = _word_start(word), _word_end(word)
    if end != _END:
        return start, _spaced(stem), end
    forms = [
        f"{_spaced(one)}(?:{'|'.join(endings)})?" if endings else _spaced(one) for one, endings in _inflected(stem, end)
    ]
    return start, forms[0] if len(forms) == 1 else f"(?:{'|'.join(forms)})", end


def _spaced(stem: str) -> str:
    return r"\s+".join(map(re.escape, stem.split()))


def _inflected(stem: str, following: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The beginnings of a word's forms, each with the endings it may have; the first that fits counts."""
    if following != _END:
        return ((stem, ()),)
    vowelled = stem[-2:-1] in _VOWELS
    if stem.endswith("e"):
        return (stem, ("s", "d", "r")), (f"{stem[:-1]}ing", ())
    if stem.endswith("y") and not vowelled:
        return (stem, ("ing",)), (f"{stem[:-1]}ies", ()), (f"{stem[:-1]}ied", ())
    doubled = (f"{stem[-1]}ed", f"{stem[-1]}ing") if vowelled else ()
    return ((stem, ("s", "es", "ed", "ing", *doubled)),)


_VOWELS: Final = ("a", "e", "i", "o", "u")

_SPACELESS: Final = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Scripts that write words without spaces between them."""

_HANGUL: Final = r"\uac00-\ud7a3"

_LETTER: Final = r"[0-9A-Za-z_\u00aa-\u1fff\u2c00-\u2dff\ua640-\uabff]"
"""Letters and digits of the scripts that set words apart."""

_END: Final = rf"(?!{_LETTER})"
_REST: Final = rf"{_LETTER}*"


@lru_cache(maxsize=10_000)
def _is_letter(mark: str) -> bool:
    return bool(re.match(_LETTER, mark))


def says_something(word: str) -> bool:
    """Whether there is anything to look for in a word of a glossary: not so of an empty one, nor of a lone ``*``."""
    return bool(_stem(word))


def _stem(word: str) -> str:
    return visible(word).strip().removeprefix("*").removesuffix("*")


def _always(word: str) -> str:
    """Characters without which a word does not stand in a text."""
    return _beginning(word) if _word_end(word) == _END else next(iter(_lowered(_stem(word)).split()), "")


def _beginning(word: str) -> str:
    """Characters with which every form of a word begins."""
    stem = _lowered(_stem(word))
    first = stem.split()[:1]
    return first[0] if first and first[0] != stem else stem[:-1]


def _word_end(word: str) -> str:
    """What must not follow a word or, for ``*``, what belongs to it."""
    last = _stem(word)[-1:]
    if not last.isalpha() or _ideographic(last) or _hangul(last):
        return ""
    return _REST if visible(word).strip().endswith("*") else _END


def _word_start(word: str) -> str:
    """What must not stand before a word."""
    first = _stem(word)[:1]
    if visible(word).strip().startswith("*") or not first.isalnum() or _ideographic(first):
        return ""
    return rf"(?<![{_HANGUL}])" if _hangul(first) else rf"(?<!{_LETTER})"


def _ideographic(mark: str) -> bool:
    return bool(re.match(f"[{_SPACELESS}]", mark))


def _hangul(mark: str) -> bool:
    return bool(re.match(f"[{_HANGUL}]", mark))


def _head(stem: str) -> str:
    head = _lowered(stem[:_HEAD])
    return head if head.isalnum() and len(head) == _HEAD else head[:1]


def _lowered(text: str) -> str:
    """``text`` in lower case, as long as before."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(one.lower() if len(one.lower()) == 1 else one for one in text)
