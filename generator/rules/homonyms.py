"""Cells with a word that the glossary calls wrong for what their peers speak of: known homonyms and unwanted terms."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from generator.glossary import Glossary, Homonym, in_locale
from generator.matching import Matcher, Mention, mentions
from generator.model import Column, Document, FieldText, Locale
from generator.rules.aligned import AlignedCell, aligned_cells
from generator.rules.concepts import identifier, preferred, spoken
from generator.rules.context import Context
from generator.rules.wording import running


class WrongWord(Struct, frozen=True):
    """A cell that says a wrong word for a concept which its peers name and it does not."""

    cell: AlignedCell
    locale: Locale
    concept: str
    word: str
    """As the cell writes it."""
    peers: tuple[Locale, ...]
    """Those that name the concept."""
    sure: bool
    """Whether nothing else could be meant."""

    @property
    def field(self) -> FieldText:
        """The cell's own text."""
        return self.cell.fields[self.locale]

    def expected(self, context: Context) -> str:
        """The word to say instead; empty where the glossary has none."""
        return preferred(context.glossary, self.concept, self.locale)


def wrong_words(context: Context) -> tuple[WrongWord, ...]:
    """Where a cell mistranslates a concept into a homonym."""
    return tuple(_found(context, context.known(_homonyms)))


def unwanted_terms(context: Context) -> tuple[WrongWord, ...]:
    """Where a cell says a concept in a word that is to be avoided."""
    return tuple(_found(context, context.known(_terms)))


class _Wanted:
    """Words that are wrong for a concept, and what finds them in each locale."""

    def __init__(self, wanted: Iterable[Homonym]) -> None:
        self._wanted = tuple(wanted)
        self._by_locale: dict[Locale, tuple[tuple[Homonym, ...], Matcher]] = {}

    def of(self, locale: Locale) -> tuple[tuple[Homonym, ...], Matcher]:
        """Those that have words in a locale, and a matcher that finds these, by index."""
        if locale not in self._by_locale:
            own = [(one, words) for one in self._wanted if (words := in_locale(one.wrong, locale))]
            self._by_locale[locale] = tuple(one for one, _ in own), _matcher([words for _, words in own])
        return self._by_locale[locale]


def _homonyms(glossary: Glossary) -> _Wanted:
    return _Wanted(glossary.homonyms)


def _terms(glossary: Glossary) -> _Wanted:
    return _Wanted(Homonym(one.concept, one.avoid) for one in glossary.terms)


def _found(context: Context, wanted: _Wanted) -> Iterator[WrongWord]:
    for cell in context.once(aligned_cells):
        if cell.column is Column.NAME:
            continue
        for locale, field in cell.fields.items():
            text = running(field.inlines)
            own, matcher = wanted.of(locale)
            found = mentions(matcher, text)
            if not found:
                continue
            places: dict[int, list[Mention]] = {}
            for one in found:
                places.setdefault(int(one.concept), []).append(one)
            for index, said in sorted(places.items()):
                wrong = _judged(context, cell, locale, own[index], text, said)
                if wrong:
                    yield wrong


def _matcher(lists: Sequence[tuple[str, ...]]) -> Matcher:
    """Finds the words of all lists; a place's concept is the index of its list."""
    found: dict[str, tuple[str, ...]] = {}
    for index, words in enumerate(lists):
        for word in words:
            found[word] = (*found.get(word, ()), str(index))
    return Matcher(found)


def _judged(
    context: Context, cell: AlignedCell, locale: Locale, homonym: Homonym, text: str, words: Sequence[Mention]
) -> WrongWord | None:
    word = text[words[0].start : words[0].end]
    own = [one for one in spoken(context, locale, cell.fields[locale]) if one.concept == homonym.concept]
    if not all(_inside(one, words, homonym) for one in own):
        return None
    others = {one: _concepts(context, cell, one) for one in cell.fields if one != locale}
    peers = tuple(one for one, concepts in others.items() if homonym.concept in concepts)
    named = homonym.concept in context.glossary.named(identifier(cell.row.entries[locale]))
    meant = any(not concepts.isdisjoint(homonym.unless) for concepts in others.values())
    if not named and (meant or not peers):
        return None
    if homonym.doubtful and not _usual(context, context.document(cell.row.entries[locale]), homonym, word):
        return None
    able = [one for one in others if context.glossary.words(homonym.concept, one)]
    if 2 * len(peers) < len(able):
        return None
    return WrongWord(cell, locale, homonym.concept, word, peers, len(peers) == len(able) or named)


def _inside(own: Mention, words: Sequence[Mention], homonym: Homonym) -> bool:
    """Whether a cell names a concept only as part of a wrong word; a doubtful one may be a word for it itself."""
    return any(
        one.start <= own.start
        and own.end <= one.end
        and (homonym.doubtful or own.end - own.start < one.end - one.start)
        for one in words
    )


def _concepts(context: Context, cell: AlignedCell, locale: Locale) -> frozenset[str]:
    return frozenset(one.concept for one in spoken(context, locale, cell.fields[locale]))


def _usual(context: Context, document: Document, homonym: Homonym, word: str) -> bool:
    """Whether a document says a concept's other words more often than the wrong one."""
    counts = context.once(_words_of_concepts)[document.path, homonym.concept]
    wrong = sum(count for said, count in counts.items() if said.startswith(word.casefold()))
    return sum(counts.values()) - wrong > wrong


def _words_of_concepts(context: Context) -> Mapping[tuple[str, str], Counter[str]]:
    """How often each document says each word of a concept."""
    found: dict[tuple[str, str], Counter[str]] = {}
    doubtful = {one.concept for one in context.glossary.homonyms if one.doubtful}
    for document in context.catalog.documents:
        for concept in doubtful:
            found[document.path, concept] = Counter()
        for entry in document.entries if doubtful else ():
            for field in entry.said:
                text = running(field.inlines)
                for one in spoken(context, document.locale, field):
                    if one.concept in doubtful:
                        found[document.path, one.concept][text[one.start : one.end].casefold()] += 1
    return found
