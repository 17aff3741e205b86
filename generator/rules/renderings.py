"""What the cells of an edition say, compared by their words: equal texts, clauses, and how long translations are."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from statistics import median
from typing import Final

from msgspec import Struct

from generator.glossary import Glossary
from generator.model import Column, EditionId, Locale, ProductId
from generator.rules.aligned import AlignedCell, aligned_cells
from generator.rules.context import Context
from generator.rules.wording import bare
from generator.text import visible

_CLAUSE: Final = re.compile(r"[，,。；;！!？?、\n]|[.:：](?=\s|$)|(?<=[。．])")
_CARRIED: Final = re.compile(r"[a-z0-9]{2,}")
_SMOOTH: Final = 4
"""Added to lengths, so that a letter more or less in a short text does not count."""
_PAIRS: Final = 20
"""So many texts two locales must share before their lengths are compared."""
_LEAST_SPREAD: Final = 0.12
"""Translations that are all equally long do not make every other one an outlier."""
_TO_DEVIATION: Final = 1.4826
"""The median absolute deviation of a normal distribution times this is its standard deviation."""
_NOTABLE: Final = 1.4
_EXTREME: Final = 3.2
_MOST_EXTREME: Final = 4.0
_ALONE: Final = 4.5
"""Standard deviations: from where a length bears out other evidence, is proof beside each of several peers, beside one of
them, and beside a single one."""
_SUBSTANTIAL: Final = 12
"""Letters and digits by which a text must be out for its length to be proof."""
_LOST: Final = 4
"""Letters that a lost clause has at least."""

Role = tuple[ProductId, EditionId, Column]


@lru_cache(maxsize=1 << 17)
def clauses(text: str) -> tuple[str, ...]:
    """The clauses of a text as :func:`bare` gives them."""
    return tuple(one for part in _CLAUSE.split(visible(text)) if (one := bare(part)))


def spoken(glossary: Glossary, concept: str, locale: Locale) -> str:
    """A whole word for a concept, to be quoted; the concept's id where the locale has no word for it."""
    words = glossary.words(concept, locale)
    return next(
        (word.strip("*") for word in words if not word.endswith("*")), words[0].strip("*") if words else concept
    )


def text_cells(context: Context) -> Mapping[Role, tuple[AlignedCell, ...]]:
    """The aligned cells of text by product, edition and column, in the order of the source locale."""
    found: dict[Role, list[AlignedCell]] = {}
    for cell in context.once(aligned_cells):
        if cell.column is not Column.NAME:
            found.setdefault((cell.row.group.product, cell.row.group.edition, cell.column), []).append(cell)
    return {role: tuple(cells) for role, cells in found.items()}


class Lengths(Struct, frozen=True):
    """How long one locale's texts are for those of another, as logarithms of their ratio."""

    middle: float
    spread: float

    def deviation(self, text: str, other: str) -> float:
        """By how many standard deviations ``text`` is too long for ``other``; negative where it is too short."""
        return (_ratio(text, other) - self.middle) / self.spread

    def excess(self, text: str, other: str) -> float:
        """By how many letters and digits ``text`` is too long for ``other``; negative where it is too short."""
        own, theirs = sizes(text, other)
        return own + _SMOOTH - math.exp(self.middle) * (theirs + _SMOOTH)


def lengths(context: Context) -> Mapping[tuple[ProductId, Locale, Locale, Column], Lengths]:
    """For each product, ordered pair of locales and column, how long translations are; none where there are too few."""
    ratios: dict[tuple[ProductId, Locale, Locale, Column], dict[tuple[str, str], float]] = {}
    found: dict[tuple[ProductId, Locale, Locale, Column], Lengths] = {}
    for (product, _, column), cells in context.once(text_cells).items():
        for cell in cells:
            for (one, own), (other, theirs) in combinations(cell.fields.items(), 2):
                same = ratios.setdefault((product, min(one, other), max(one, other), column), {})
                pair = (own.plain, theirs.plain) if one < other else (theirs.plain, own.plain)
                if pair not in same:
                    same[pair] = _ratio(*pair)
    for (product, one, other, column), by_pair in ratios.items():
        if len(by_pair) >= _PAIRS:
            model = _lengths(tuple(by_pair.values()))
            found[product, one, other, column] = model
            found[product, other, one, column] = Lengths(-model.middle, model.spread)
    return found


def _lengths(ratios: Sequence[float]) -> Lengths:
    middle = median(ratios)
    spread = _TO_DEVIATION * median(abs(one - middle) for one in ratios)
    return Lengths(middle, max(spread, _LEAST_SPREAD))


@lru_cache(maxsize=200_000)
def _ratio(text: str, other: str) -> float:
    own, theirs = sizes(text, other)
    return math.log((own + _SMOOTH) / (theirs + _SMOOTH))


@lru_cache(maxsize=200_000)
def sizes(text: str, other: str) -> tuple[int, int]:
    """How many letters and digits each of two texts has besides the words in Latin letters or digits that both have."""
    shared = sum(map(len, _carried(text) & _carried(other)))
    return len(bare(text)) - shared, len(bare(other)) - shared


@lru_cache(maxsize=1 << 17)
def _carried(text: str) -> frozenset[str]:
    return frozenset(_CARRIED.findall(visible(text).casefold()))


class Outlier(Struct, frozen=True):
    """A text that is too long, or too short, for what every peer says in its place."""

    cell: AlignedCell
    locale: Locale
    peers: tuple[Locale, ...]
    """Those it was compared with; of peers that say the same letter by letter, the first."""
    deviation: float
    """By how many standard deviations it is out beside the peer where that is least; negative where it is too short."""
    excess: float
    """By how many letters and digits it is out there."""
    extreme: bool
    """Whether the length alone is proof that something is missing or does not belong here."""

    @property
    def fewer_clauses(self) -> bool:
        """Whether it has fewer clauses than every peer."""
        own, *peers = (len(clauses(self.cell.fields[one].plain)) for one in (self.locale, *self.peers))
        return all(own < peer for peer in peers)

    @property
    def verb(self) -> str:
        """What the peers do, in a sentence."""
        return "says" if len(self.peers) == 1 else "say"


def outliers(context: Context) -> tuple[Outlier, ...]:
    """All texts whose length is out of proportion to that of every peer, in the order of the source locale.

    Of two locales that differ, the one that is not the source locale is named.
    """
    known = context.once(lengths)
    found = []
    for (product, _, column), cells in context.once(text_cells).items():
        for cell in cells:
            texts = {locale: field.plain for locale, field in cell.fields.items()}
            for locale, text in texts.items():
                peers = tuple(_distinct(texts, locale))
                models = {peer: known.get((product, locale, peer, column)) for peer in peers}
                if len(peers) == 1 and locale == next(iter(texts)):
                    continue
                compared = {peer: model for peer, model in models.items() if model}
                if compared:
                    found.append(_outlier(cell, locale, text, texts, compared))
    return tuple(one for one in found if one)


def _distinct(texts: Mapping[Locale, str], locale: Locale) -> Iterator[Locale]:
    seen = set()
    for peer, text in texts.items():
        if peer != locale and bare(text) not in seen:
            seen.add(bare(text))
            yield peer


def _outlier(
    cell: AlignedCell, locale: Locale, text: str, texts: Mapping[Locale, str], models: Mapping[Locale, Lengths]
) -> Outlier | None:
    deviations = {peer: model.deviation(text, texts[peer]) for peer, model in models.items()}
    nearest = min(deviations, key=lambda peer: abs(deviations[peer]))
    least = deviations[nearest]
    if abs(least) < _NOTABLE or len({one > 0 for one in deviations.values()}) > 1:
        return None
    excesses = {peer: model.excess(text, texts[peer]) for peer, model in models.items()}
    most = max(map(abs, deviations.values()))
    extreme = (
        abs(least) >= _EXTREME
        and most >= (_MOST_EXTREME if len(models) > 1 else _ALONE)
        and all(abs(letters) >= _SUBSTANTIAL for letters in excesses.values())
    )
    return Outlier(cell, locale, tuple(deviations), least, excesses[nearest], extreme)


class Shortened(Struct, frozen=True):
    """A text that lacks a clause of what its own document says of another code, where all peers say the same."""

    cell: AlignedCell
    locale: Locale
    fuller: AlignedCell


def shortened_copies(context: Context) -> tuple[Shortened, ...]:
    """All of them, column by column."""
    found: list[Shortened] = []
    for cells in context.once(text_cells).values():
        same: dict[tuple[Locale, tuple[tuple[Locale, str], ...]], list[AlignedCell]] = {}
        for cell in cells:
            texts = {locale: bare(field.plain) for locale, field in cell.fields.items()}
            for locale in texts:
                peers = tuple((peer, text) for peer, text in texts.items() if peer != locale)
                if locale == cell.row.group.reference and len(peers) == 1:
                    continue  # Then the other locale says the same of two things (T604).
                same.setdefault((locale, peers), []).append(cell)
        for (locale, _), alike in same.items():
            if len(alike) == 1:
                continue
            fullest = max(alike, key=lambda cell: len(bare(cell.fields[locale].plain)))
            whole = fullest.fields[locale].plain
            found += [
                Shortened(cell, locale, fullest) for cell in alike if lost_clause(cell.fields[locale].plain, whole)
            ]
    return tuple(found)


def lost_clause(text: str, fuller: str) -> str:
    """The longest clause that ``fuller`` has besides those of ``text``; empty where ``text`` has clauses of its own."""
    if clauses(text) == clauses(fuller):
        return ""
    rest = Counter(clauses(fuller))
    rest.subtract(clauses(text))
    best = max((one for one, count in rest.items() if count > 0), key=len, default="")
    if min(rest.values(), default=0) < 0 or len(best) < _LOST:
        return ""
    return next(part.strip() for part in _CLAUSE.split(visible(fuller)) if bare(part) == best)
