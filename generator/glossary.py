"""The field's words in each language, from ``glossary.toml``: what rules need to see that two texts speak of one thing.

A new locale adds words to that file, not code. Nothing here knows a document: the words are those of the field (upload,
timeout, room), not sentences of a source.
"""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final, TypeVar

from msgspec import Struct

from generator.model import Locale
from generator.text import visible
from generator.toml import Fail, read_toml

GLOSSARY_FILE: Final = "glossary.toml"

_Value = TypeVar("_Value")


class Lexicon(StrEnum):
    """A kind of words that a rule cannot do without in a locale."""

    CONCEPTS = "concepts"
    AXES = "axes"
    TELLING = "telling"
    HOMONYMS = "homonyms"
    TERMS = "terms"
    MISSPELLINGS = "misspellings"
    NUMBERS = "numbers"


class Concept(Struct, frozen=True, forbid_unknown_fields=True):
    """One ``[concepts.ID]``: a thing the field speaks of, as identifiers and as each language name it."""

    names: tuple[str, ...] = ()
    """Tokens of identifiers, in capitals, several joined with ``_``: ``UPLOAD``, ``NOT_EXIST``."""
    words: dict[Locale, tuple[str, ...]] = {}
    """Words that a reader takes for it, the preferred one first. See :func:`pattern` for how they match."""
    telling: bool = False
    """Whether a name with one of the tokens promises that the row's text speaks of it."""


class Axis(Struct, frozen=True, forbid_unknown_fields=True):
    """One ``[[axes]]``: concepts of which a text that means one cannot mean another."""

    sides: tuple[str, ...]


class Homonym(Struct, frozen=True, forbid_unknown_fields=True):
    """One ``[[homonyms]]``: words into which a concept is mistranslated, because they mean it elsewhere."""

    concept: str
    wrong: dict[Locale, tuple[str, ...]]


class Term(Struct, frozen=True, forbid_unknown_fields=True):
    """One ``[[terms]]``: a concept for which some words are not to be used although a reader may guess what they mean."""

    concept: str
    avoid: dict[Locale, tuple[str, ...]]


class Numbers(Struct, frozen=True, forbid_unknown_fields=True):
    """One ``[numbers.LOCALE]``: how a language writes numbers in words."""

    words: dict[str, int] = {}
    counters: tuple[str, ...] = ()
    """Words behind which, or before which, a number word is a number; elsewhere it may be part of another word."""


class Mention(Struct, frozen=True):
    """One place of a text that names a concept."""

    concept: str
    word: str
    start: int
    """Index of its first character in the text as :func:`generator.text.visible` gives it."""
    end: int


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    concepts: dict[str, Concept] = {}
    axes: tuple[Axis, ...] = ()
    homonyms: tuple[Homonym, ...] = ()
    terms: tuple[Term, ...] = ()
    misspellings: dict[Locale, dict[str, str]] = {}
    numbers: dict[Locale, Numbers] = {}


class Glossary(Struct, frozen=True, dict=True):
    """The words of one or several ``glossary.toml``."""

    concepts: Mapping[str, Concept] = {}
    axes: tuple[Axis, ...] = ()
    homonyms: tuple[Homonym, ...] = ()
    terms: tuple[Term, ...] = ()
    misspellings: Mapping[Locale, Mapping[str, str]] = {}
    """For each locale wrong spellings with the right ones."""
    numbers: Mapping[Locale, Numbers] = {}

    def words(self, concept: str, locale: Locale) -> tuple[str, ...]:
        """The words for a concept in a locale, or in its language where the locale has none of its own."""
        found = self.concepts.get(concept)
        return in_locale(found.words, locale) or () if found else ()

    def mentions(self, locale: Locale, text: str) -> tuple[Mention, ...]:
        """Where ``text`` names concepts, in order; of overlapping places the longest one counts."""
        return _mentions(self._matcher(locale), visible(text))

    def concepts_in(self, locale: Locale, text: str) -> frozenset[str]:
        """The concepts that a text names."""
        return frozenset(one.concept for one in self.mentions(locale, text))

    def named(self, name: str) -> frozenset[str]:
        """The concepts that an identifier's tokens name."""
        joined = f"_{'_'.join(tokens(name))}_"
        return frozenset(concept for token, concept in self._tokens if f"_{token}_" in joined)

    def has(self, locale: Locale, lexicon: Lexicon) -> bool:
        """Whether there are words of a kind for a locale."""
        match lexicon:
            case Lexicon.CONCEPTS:
                return any(in_locale(one.words, locale) for one in self.concepts.values())
            case Lexicon.AXES:
                return any(any(self.words(side, locale) for side in axis.sides) for axis in self.axes)
            case Lexicon.TELLING:
                return any(one.telling and in_locale(one.words, locale) for one in self.concepts.values())
            case Lexicon.HOMONYMS:
                return any(in_locale(one.wrong, locale) for one in self.homonyms)
            case Lexicon.TERMS:
                return any(in_locale(one.avoid, locale) for one in self.terms)
            case Lexicon.MISSPELLINGS:
                return bool(in_locale(self.misspellings, locale))
            case Lexicon.NUMBERS:
                return in_locale(self.numbers, locale) is not None

    @cached_property
    def _tokens(self) -> tuple[tuple[str, str], ...]:
        return tuple((token, concept) for concept, one in self.concepts.items() for token in one.names)

    @cached_property
    def _matchers(self) -> dict[Locale, "_Matcher"]:
        return {}

    def _matcher(self, locale: Locale) -> "_Matcher":
        if locale not in self._matchers:
            self._matchers[locale] = _Matcher(
                (word, concept) for concept in self.concepts for word in self.words(concept, locale)
            )
        return self._matchers[locale]


class _Matcher:
    """All words of a locale in one expression, the longest first. Compared by identity, so that it can be kept."""

    def __init__(self, words: Iterator[tuple[str, str]]) -> None:
        pairs = sorted(words, key=lambda pair: (-len(pair[0]), pair))
        self.concepts = tuple(concept for _, concept in pairs)
        self.words = tuple(word for word, _ in pairs)
        self.expression = re.compile("|".join(f"({pattern(word)})" for word, _ in pairs) or r"(?!)", re.IGNORECASE)


@lru_cache(maxsize=100_000)
def _mentions(matcher: _Matcher, text: str) -> tuple[Mention, ...]:
    found = []
    for match in matcher.expression.finditer(text):
        index = (match.lastindex or 1) - 1
        found.append(Mention(matcher.concepts[index], matcher.words[index], match.start(), match.end()))
    return tuple(found)


def pattern(word: str) -> str:
    """The regular expression, without groups, by which a word of a glossary is found in a visible text.

    A word of a script with letter case is found whole, with the common endings of English; ``*`` at its end stands for
    any ending. Hangul is found at the beginning of a word, whatever particle follows. Elsewhere a word is found anywhere.
    """
    folded = visible(word).strip()
    stem = folded.removesuffix("*")
    body = r"\s+".join(map(re.escape, stem.split()))
    start = r"(?<!\w)" if stem[:1].isalnum() and not _ideographic(stem[:1]) else ""
    if _ideographic(stem[-1:]) or not stem[-1:].isalpha():
        return start + body
    if folded.endswith("*"):
        return rf"{start}{body}\w*"
    if stem.endswith("e"):
        body = rf"{body}(?:s|d|r)?|{start}{body[:-1]}ing"
        return rf"(?:{start}{body})(?!\w)"
    return rf"{start}{body}(?:s|es|ed|ing)?(?!\w)"


def _ideographic(mark: str) -> bool:
    """Whether a character is of a script that writes words without spaces between them, or with particles behind them."""
    return bool(re.match(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]", mark))


def tokens(name: str) -> tuple[str, ...]:
    """The words of an identifier in capitals: ``ERR_RoomNotExist`` is ``ERR``, ``ROOM``, ``NOT``, ``EXIST``."""
    parted = re.sub(r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", visible(name))
    return tuple(word.upper() for word in re.split(r"[\W_]+", parted) if word)


def in_locale(values: Mapping[Locale, _Value], locale: Locale) -> _Value | None:
    """The value for a locale or, failing that, for what it is a kind of: ``zh-Hant-TW``, ``zh-Hant``, ``zh``."""
    by_tag = {tag.lower(): value for tag, value in values.items()}
    tag = locale.lower()
    while tag:
        if tag in by_tag:
            return by_tag[tag]
        tag = tag.rpartition("-")[0]
    return None


def read(path: Path) -> Glossary:
    """The glossary at ``path``.

    Raises CodeglotError, with file, line and key, where it cannot be read, does not fit or names a concept it lacks.
    """
    fail = Fail(path)
    file = read_toml(path, _File)
    named: list[tuple[tuple[str | int, ...], str]] = [
        (("axes", number), side) for number, axis in enumerate(file.axes) for side in axis.sides
    ]
    named += [(("homonyms", number), one.concept) for number, one in enumerate(file.homonyms)]
    named += [(("terms", number), one.concept) for number, one in enumerate(file.terms)]
    for key, concept in named:
        if concept not in file.concepts:
            raise fail(key, f"there is no concept {concept!r}", f"add [concepts.{concept}]")
    return Glossary(file.concepts, file.axes, file.homonyms, file.terms, file.misspellings, file.numbers)


def merged(first: Glossary, second: Glossary) -> Glossary:
    """Both glossaries as one; where both have words for a concept or a number, ``second`` adds to ``first``."""
    concepts = dict(first.concepts)
    for name, added in second.concepts.items():
        own = concepts.get(name, Concept())
        spoken = {
            locale: tuple(dict.fromkeys((*own.words.get(locale, ()), *added.words.get(locale, ()))))
            for locale in (*own.words, *added.words)
        }
        names = tuple(dict.fromkeys((*own.names, *added.names)))
        concepts[name] = Concept(names, spoken, own.telling or added.telling)
    spelled = {
        locale: {**first.misspellings.get(locale, {}), **second.misspellings.get(locale, {})}
        for locale in (*first.misspellings, *second.misspellings)
    }
    return Glossary(
        concepts,
        tuple(dict.fromkeys((*first.axes, *second.axes))),
        tuple(one for one in (*first.homonyms, *second.homonyms)),
        tuple(one for one in (*first.terms, *second.terms)),
        spelled,
        {**first.numbers, **second.numbers},
    )
