"""What the search needs besides texts: where they are, the titles above them, how words change, what means the same."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

import msgspec
from msgspec import Struct

from generator import meanings
from generator.glossary import Glossary, in_locale
from generator.meanings import CodeMeanings, Lines
from generator.model import Locale, Product
from generator.words.languages import Speech, speech
from generator.words.texts import Block

LINE: Final = 90
"""Columns of the line for one of several meanings."""

_SYMBOLS: Final = {"us": "us", "ms": "ms", "msec": "ms", "s": "s", "sec": "s", "secs": "s", "min": "min", "mins": "min"}
"""Symbols of times, and what is written for them in all languages."""


class SameWords(Struct, frozen=True, array_like=True):
    """One concept of the glossary, as far as this locale's texts speak of it."""

    own: tuple[str, ...]
    """Its words in this locale, as ``glossary.toml`` writes them: ``*`` stands for any beginning or ending."""
    others: tuple[str, ...]
    """Its words in the site's other locales, which a reader may type as well."""


class About(Struct, frozen=True):
    """``words`` in the index of a locale."""

    blocks: tuple[tuple[int, str, int], ...]
    """For each file of texts how many codes it has, its mark, and how many texts are spelled out in it."""
    sections: tuple[tuple[str, ...], ...]
    """For each product the titles of its sections."""
    places: msgspec.Raw
    """For each code its section, or for each of its meanings the section and a line that says what it means there."""
    speech: Speech
    concepts: tuple[SameWords, ...]
    units: Mapping[str, str]
    """Words for units of measure, as the search folds them, with their symbols."""


def about(
    glossary: Glossary,
    locales: tuple[Locale, ...],
    locale: Locale,
    texts: tuple[Block, ...],
    sections: tuple[tuple[str, ...], ...],
    places: Iterable[str],
    named: Collection[tuple[str, str]],
) -> About:
    """The part of a locale's index that is about words.

    ``sections`` are titles for each product, ``places`` what :func:`place` says of each code, ``named`` the concepts that
    any product names, each with the word for it.
    """
    counted = [found for one in locales if (found := in_locale(glossary.numbers, one))]
    return About(
        blocks=tuple((block.codes, block.mark, block.spelled) for block in texts),
        sections=sections,
        places=msgspec.Raw(f"[{','.join(places)}]"),
        speech=speech(locale),
        concepts=_concepts(glossary, locales, locale, named),
        units=_SYMBOLS | {word.lower(): symbol for one in counted for word, symbol in one.units.items()},
    )


def section_titles(product: Product, locale: Locale, source: Locale) -> tuple[str, ...]:
    """The titles of a product's sections, as a reader of ``locale`` is shown them."""
    return tuple(meanings.in_locale(section.titles, locale, source)[0] for section in product.sections)


def place(code: CodeMeanings, locale: Locale, source: Locale, lines: Lines) -> str:
    """Where a code stands, as JSON; see :class:`About`."""
    if len(code.meanings) == 1:
        return str(code.meanings[0].section)
    said = (
        (meaning.section, meanings.shown(meaning, code.product, locale, source).entries) for meaning in code.meanings
    )
    found = tuple(
        (section, next((line for line in (lines.of_row(entry, LINE) for entry in entries) if line), ""))
        for section, entries in said
    )
    return msgspec.json.encode(found).decode()


def named(glossary: Glossary, locale: Locale, said: Collection[str]) -> tuple[tuple[str, str], ...]:
    """The concepts that texts in a locale name, each with the word for it, in order."""
    return tuple(
        sorted({(mention.concept, mention.word) for text in {*said} for mention in glossary.mentions(locale, text)})
    )


def _concepts(
    glossary: Glossary, locales: tuple[Locale, ...], locale: Locale, named: Collection[tuple[str, str]]
) -> tuple[SameWords, ...]:
    found = []
    for name, concept in glossary.concepts.items():
        words = glossary.words(name, locale)
        # Of two words at one place the glossary takes the longer one; the shorter may stand alone elsewhere.
        own = tuple(word for word in words if (name, word) in named)
        if not own:
            continue
        others = (word for other in locales if other != locale for word in in_locale(concept.words, other) or ())
        typed = tuple(word for word in (*words, *others) if word not in own)
        if typed or len(own) > 1:
            found.append(SameWords(own, tuple(dict.fromkeys(typed))))
    return tuple(found)
