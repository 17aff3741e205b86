"""The field's words in each language, from ``glossary.toml``: what rules need to see that two texts speak of one thing.

A new locale adds words to that file, not code. Nothing here knows a document: the words are those of the field (upload,
timeout, room), not sentences of a source.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Final, TypeVar

from msgspec import Struct

from generator import languages
from generator.matching import Matcher, Mention, mentions, says_something
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
    DOUBLED = "doubled"
    REGISTERS = "registers"


class Concept(Struct, frozen=True, forbid_unknown_fields=True):
    """One ``[concepts.ID]``: a thing the field speaks of, as identifiers and as each language name it."""

    names: tuple[str, ...] = ()
    """Tokens of identifiers, in capitals, several joined with ``_``: ``UPLOAD``, ``NOT_EXIST``."""
    words: dict[Locale, tuple[str, ...]] = {}
    """Words that a reader takes for it, the preferred one first. See
    :func:`generator.matching.pattern` for how they match."""
    implies: tuple[str, ...] = ()
    """Concepts of which a text that names this one speaks, too: of keys where it speaks of public keys."""
    telling: bool = False
    """Whether a name with one of the tokens promises that the row's text speaks of it."""


class Axis(Struct, frozen=True, forbid_unknown_fields=True):
    """One ``[[axes]]``: concepts of which a text that means one cannot mean another."""

    sides: tuple[str, ...]


class Homonym(Struct, frozen=True, forbid_unknown_fields=True):
    """One ``[[homonyms]]``: words into which a concept is mistranslated, because they mean it elsewhere."""

    concept: str
    wrong: dict[Locale, tuple[str, ...]]
    unless: tuple[str, ...] = ()
    """Concepts for which the wrong words are right: where a peer's text names one of them, nothing is wrong."""
    doubtful: bool = False
    """Whether there are products where the wrong words are right; then only a document that otherwise uses the
    concept's own words is wrong to say them."""


class Term(Struct, frozen=True, forbid_unknown_fields=True):
    """One ``[[terms]]``: a concept for which some words are not to be used although a reader may guess what they mean."""

    concept: str
    avoid: dict[Locale, tuple[str, ...]]


class Negations(Struct, frozen=True, forbid_unknown_fields=True):
    """``[negations]``: how identifiers and languages say that something is not so."""

    names: tuple[str, ...] = ()
    """Tokens of identifiers that deny the next one: ``NOT``."""
    before: dict[Locale, tuple[str, ...]] = {}
    """Words that deny what follows them closely."""
    after: dict[Locale, tuple[str, ...]] = {}
    """Beginnings of words that deny what they follow closely."""
    clauses: dict[Locale, tuple[str, ...]] = {}
    """Words that begin a clause of their own, which nothing outside denies."""


class Numbers(Struct, frozen=True, forbid_unknown_fields=True):
    """One ``[numbers.LOCALE]``: how a language writes numbers in words."""

    words: dict[str, int] = {}
    counters: tuple[str, ...] = ()
    """Words behind a number word that make it a number; elsewhere it may be part of another word. ``*`` if any may."""
    units: dict[str, str] = {}
    """Words for units of measure with the symbol of each: ``minutes = "min"``. They are counters, too."""
    ordinals: tuple[str, ...] = ()
    """Words right beside a number, for which ``…`` stands, that make it a place in an order: ``第…``."""
    above: tuple[str, ...] = ()
    """Words beside a number that part it from what lies above: more than it, at most it."""
    below: tuple[str, ...] = ()
    """Words beside a number that part it from what lies below: at least it, less than it."""


class Doubled(Struct, frozen=True, forbid_unknown_fields=True):
    """One ``[doubled.LOCALE]``: which words stand twice in a row, by a slip or rightly."""

    slips: tuple[str, ...] = ()
    """Words written twice, ``的的``, that are a slip in a script without spaces, where other words may well meet so."""
    allowed: tuple[str, ...] = ()
    """What may be repeated, ``that``, and longer words that hold a slip and are right, ``目的的``."""


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    concepts: dict[str, Concept] = {}
    axes: tuple[Axis, ...] = ()
    homonyms: tuple[Homonym, ...] = ()
    terms: tuple[Term, ...] = ()
    misspellings: dict[Locale, dict[str, str]] = {}
    numbers: dict[Locale, Numbers] = {}
    doubled: dict[Locale, Doubled] = {}
    registers: dict[Locale, dict[str, tuple[str, ...]]] = {}
    negations: Negations = Negations()


class Glossary(Struct, frozen=True, dict=True):
    """The words of one or several ``glossary.toml``."""

    concepts: Mapping[str, Concept] = {}
    axes: tuple[Axis, ...] = ()
    homonyms: tuple[Homonym, ...] = ()
    terms: tuple[Term, ...] = ()
    misspellings: Mapping[Locale, Mapping[str, str]] = {}
    """For each locale wrong spellings with the right ones; a longer word that holds a wrong spelling and is right stands
    for itself."""
    numbers: Mapping[Locale, Numbers] = {}
    doubled: Mapping[Locale, Doubled] = {}
    registers: Mapping[Locale, Mapping[str, tuple[str, ...]]] = {}
    """For each locale the ways to address the reader, each with the ends of sentences that tell it."""
    negations: Negations = Negations()

    def words(self, concept: str, locale: Locale) -> tuple[str, ...]:
        """The words for a concept in a locale, or in its language where the locale has none of its own."""
        found = self.concepts.get(concept)
        return in_locale(found.words, locale) or () if found else ()

    def mentions(self, locale: Locale, text: str) -> tuple[Mention, ...]:
        """Where ``text`` names concepts, in order; a word that several concepts share is a mention of each."""
        return mentions(self._matcher(locale), visible(text))

    def concepts_in(self, locale: Locale, text: str) -> frozenset[str]:
        """The concepts that a text names."""
        return frozenset(one.concept for one in self.mentions(locale, text))

    def named(self, name: str) -> frozenset[str]:
        """The concepts that an identifier's tokens name."""
        return frozenset(concept for concept, _ in self.named_as(name))

    def named_as(self, name: str) -> frozenset[tuple[str, bool]]:
        """The concepts that an identifier's tokens name, each with whether the token before it denies it."""
        if name not in self._named:
            parts = tokens(name)
            self._named[name] = frozenset(
                (concept, start > 0 and parts[start - 1] in self.negations.names)
                for start in range(len(parts))
                for end in range(start + 1, min(start + self._longest, len(parts)) + 1)
                for concept in self._by_token.get("_".join(parts[start:end]), ())
            )
        return self._named[name]

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
            case Lexicon.DOUBLED:
                return in_locale(self.doubled, locale) is not None
            case Lexicon.REGISTERS:
                return bool(in_locale(self.registers, locale))

    @cached_property
    def _named(self) -> dict[str, frozenset[tuple[str, bool]]]:
        return {}

    @cached_property
    def _by_token(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for concept, one in self.concepts.items():
            for token in one.names:
                found.setdefault(token, []).append(concept)
        return {token: tuple(same) for token, same in found.items()}

    @cached_property
    def _longest(self) -> int:
        return max((token.count("_") + 1 for token in self._by_token), default=0)

    @cached_property
    def _matchers(self) -> dict[Locale, Matcher]:
        return {}

    def _matcher(self, locale: Locale) -> Matcher:
        if locale not in self._matchers:
            words: dict[str, tuple[str, ...]] = {}
            for concept, one in self.concepts.items():
                for word in self.words(concept, locale):
                    words[word] = tuple(dict.fromkeys((*words.get(word, ()), concept, *one.implies)))
            denials = (self.negations.before, self.negations.after, self.negations.clauses)
            self._matchers[locale] = Matcher(words, *(in_locale(one, locale) or () for one in denials))
        return self._matchers[locale]


def tokens(name: str) -> tuple[str, ...]:
    """The words of an identifier in capitals: ``ERR_RoomNotExist`` is ``ERR``, ``ROOM``, ``NOT``, ``EXIST``."""
    parted = re.sub(r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", visible(name))
    return tuple(word.upper() for word in re.split(r"[\W_]+", parted) if word)


def in_locale(values: Mapping[Locale, _Value], locale: Locale) -> _Value | None:
    """The value for a locale or, failing that, for what it is a kind of in the same script: ``zh-Hant-TW``, ``zh-Hant``."""
    by_tag = {tag.lower(): value for tag, value in values.items()}
    return next((by_tag[tag.lower()] for tag in languages.nearest(locale) if tag.lower() in by_tag), None)


def read(path: Path) -> Glossary:
    """The glossary at ``path``.

    Raises CodeglotError, with file, line and key, where it cannot be read, does not fit or names a concept it lacks.
    """
    fail = Fail(path)
    file = read_toml(path, _File)
    named: list[tuple[tuple[str | int, ...], str]] = [
        (("axes", number), side) for number, axis in enumerate(file.axes) for side in axis.sides
    ]
    named += [
        (("homonyms", number), concept)
        for number, one in enumerate(file.homonyms)
        for concept in (one.concept, *one.unless)
    ]
    named += [(("concepts", name), concept) for name, one in file.concepts.items() for concept in one.implies]
    named += [(("terms", number), one.concept) for number, one in enumerate(file.terms)]
    for key, concept in named:
        if concept not in file.concepts:
            raise fail(key, f"there is no concept {concept!r}", f"add [concepts.{concept}]")
    for name, one in file.concepts.items():
        for locale, words in one.words.items():
            for word in words:
                if not says_something(word):
                    raise fail(("concepts", name, "words", locale), f"{word!r} is no word")
    return Glossary(
        file.concepts,
        file.axes,
        file.homonyms,
        file.terms,
        file.misspellings,
        file.numbers,
        file.doubled,
        file.registers,
        file.negations,
    )


def merged(first: Glossary, second: Glossary) -> Glossary:
    """Both glossaries as one; where both have words for a concept or a number, ``second`` adds to ``first``."""
    concepts = dict(first.concepts)
    for name, added in second.concepts.items():
        own = concepts.get(name, Concept())
        spoken = _together(own.words, added.words)
        names = tuple(dict.fromkeys((*own.names, *added.names)))
        implied = tuple(dict.fromkeys((*own.implies, *added.implies)))
        concepts[name] = Concept(names, spoken, implied, own.telling or added.telling)
    spelled = {
        locale: {**first.misspellings.get(locale, {}), **second.misspellings.get(locale, {})}
        for locale in (*first.misspellings, *second.misspellings)
    }
    return Glossary(
        concepts,
        tuple(dict.fromkeys((*first.axes, *second.axes))),
        (*first.homonyms, *(one for one in second.homonyms if one not in first.homonyms)),
        (*first.terms, *(one for one in second.terms if one not in first.terms)),
        spelled,
        {**first.numbers, **second.numbers},
        {**first.doubled, **second.doubled},
        {**first.registers, **second.registers},
        Negations(
            tuple(dict.fromkeys((*first.negations.names, *second.negations.names))),
            _together(first.negations.before, second.negations.before),
            _together(first.negations.after, second.negations.after),
            _together(first.negations.clauses, second.negations.clauses),
        ),
    )


def _together(
    first: Mapping[Locale, tuple[str, ...]], second: Mapping[Locale, tuple[str, ...]]
) -> dict[Locale, tuple[str, ...]]:
    return {
        locale: tuple(dict.fromkeys((*first.get(locale, ()), *second.get(locale, ())))) for locale in (*first, *second)
    }
