"""What the search needs besides texts: where they are, the titles above them, how words change, what means the same."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from generator import meanings
from generator.glossary import Concept, Glossary, in_locale
from generator.meanings import CodeMeanings, Lines
from generator.model import Catalog, Locale
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
    places: tuple[int | tuple[tuple[int, str], ...], ...]
    """For each code its section, or for each of its meanings the section and a line that says what it means there."""
    speech: Speech
    concepts: tuple[SameWords, ...]
    units: Mapping[str, str]
    """Words for units of measure, as the search folds them, with their symbols."""


def about(catalog: Catalog, glossary: Glossary, locale: Locale, texts: tuple[Block, ...]) -> About:
    """The part of a locale's index that is about words."""
    lines, source = Lines(catalog), catalog.source_locale
    counted = [found for one in catalog.locales if (found := in_locale(glossary.numbers, one))]
    return About(
        blocks=tuple((len(block.codes), block.mark, block.spelled) for block in texts),
        sections=tuple(
            tuple(meanings.in_locale(section.titles, locale, source)[0] for section in product.sections)
            for product in catalog.products
        ),
        places=tuple(
            _place(code, locale, source, lines) for product in catalog.products for code in meanings.codes(product)
        ),
        speech=speech(locale),
        concepts=_concepts(catalog, glossary, locale, texts),
        units=_SYMBOLS | {word.lower(): symbol for one in counted for word, symbol in one.units.items()},
    )


def _place(code: CodeMeanings, locale: Locale, source: Locale, lines: Lines) -> int | tuple[tuple[int, str], ...]:
    if len(code.meanings) == 1:
        return code.meanings[0].section
    said = (
        (meaning.section, meanings.shown(meaning, code.product, locale, source).entries) for meaning in code.meanings
    )
    return tuple(
        (section, next((line for line in (lines.of_row(entry, LINE) for entry in entries) if line), ""))
        for section, entries in said
    )


def _concepts(catalog: Catalog, glossary: Glossary, locale: Locale, texts: tuple[Block, ...]) -> tuple[SameWords, ...]:
    titles = [
        meanings.in_locale(one, locale, catalog.source_locale)[0]
        for product in catalog.products
        for one in (product.titles, *(section.titles for section in product.sections))
    ]
    said = {*titles, *(text for block in texts for code in block.codes for _, text in code)}
    named = {(mention.concept, mention.word) for text in said for mention in glossary.mentions(locale, text)}
    found = []
    for name, concept in glossary.concepts.items():
        # Of two words at one place the glossary takes the longer one; the shorter may stand alone elsewhere.
        own = tuple(word for word in glossary.words(name, locale) if (name, word) in named)
        others = _elsewhere(concept, catalog, locale)
        typed = tuple(word for word in (*glossary.words(name, locale), *others) if word not in own)
        if own and (typed or len(own) > 1):
            found.append(SameWords(own, tuple(dict.fromkeys(typed))))
    return tuple(found)


def _elsewhere(concept: Concept, catalog: Catalog, locale: Locale) -> tuple[str, ...]:
    return tuple(word for other in catalog.locales if other != locale for word in in_locale(concept.words, other) or ())
