"""Where a text names what a glossary has words for: one pass over the text, however many words there are."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from msgspec import Struct

from generator.text import visible


class Mention(Struct, frozen=True):
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
        self._candidates = {head: (*same, *(by_head.get(head[0], ()) if head[1:] else ())) for head, same in by_head.items()}
        """By their first characters the words that a text with them may name."""
        firsts: dict[str, set[str]] = {}
        for word in words:
            firsts.setdefault(_word_start(word), set()).add(re.escape(_lowered(_stem(word)[:1])))
        starts = [rf"{before}(?:{'|'.join(sorted(marks))})" for before, marks in sorted(firsts.items())]
        self._starts = re.compile("|".join(starts) or r"(?!)")
        self._before = re.compile(rf"(?:{_any(before)})(?P<gap>{_SAME_CLAUSE})$")
        denying = "|".join(re.escape(_lowered(word)) for word in after) or "(?!)"
        self._denial = re.compile(f"{_any(before)}|{denying}")
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
                        denies = bool(self._denial.search(lowered))
                    negated = denies and self._negated(lowered, start, end)
                    for concept in self._concepts[word]:
                        yield Mention(concept, word, start, end, negated)
                    break

    def _negated(self, text: str, start: int, end: int) -> bool:
        widest = _FAR if _set_apart(text[start]) else _NEAR
        gaps = (self._before.search(text[max(0, start - 2 * _FAR) : start]), self._after.match(text, end))
        return any(one and len(one["gap"]) <= widest and not self._clause.search(one["gap"]) for one in gaps)


def _any(words: tuple[str, ...]) -> str:
    return "|".join(pattern(_lowered(word)) for word in words) or "(?!)"


def _set_apart(mark: str) -> bool:
    """Whether a character is of a script in which words are longer than a few characters."""
    return not _ideographic(mark) and not _hangul(mark)


@lru_cache(maxsize=20_000)
def _forms(word: str) -> tuple[re.Pattern[str], str]:
    """The expression for a word's forms, and what must not follow.

    Made when a text first has the beginning of the word: most words of a glossary stand in no document. What follows is
    looked at without an expression, for classes as wide as that of all letters take long to compile.
    """
    _, forms, end = _parts(_lowered(word))
    return re.compile(forms), end


def _match(word: str, text: str, start: int) -> int:
    """Where a word that begins at ``start`` ends; 0 where it does not stand there."""
    expression, following = _forms(word)
    match = expression.match(text, start)
    if not match:
        return 0
    end = match.end()
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
    folded, stem = visible(word).strip(), _stem(word)
    body = r"\s+".join(map(re.escape, stem.split()))
    start = _word_start(word)
    if not stem[-1:].isalpha() or _ideographic(stem[-1:]) or _hangul(stem[-1:]):
        return start, body, ""
    if folded.endswith("*"):
        return start, body, _REST
    vowelled = stem[-2:-1] in _VOWELS
    if stem.endswith("e"):
        return start, f"(?:{body}(?:s|d|r)?|{body[:-1]}ing)", _END
    if stem.endswith("y") and not vowelled:
        return start, f"(?:{body}(?:ing)?|{body[:-1]}(?:ies|ied))", _END
    doubled = rf"|{stem[-1]}(?:ed|ing)" if vowelled else ""
    return start, rf"{body}(?:s|es|ed|ing{doubled})?", _END


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


def _beginning(word: str) -> str:
    """Characters with which every form of a word begins."""
    stem = _lowered(_stem(word))
    first = stem.split()[:1]
    return first[0] if first and first[0] != stem else stem[:-1]


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
