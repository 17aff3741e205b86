"""Documents joined into one catalog: sections that are about the same codes, codes with all they mean."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from generator import coverage
from generator import errata as corrections
from generator.config import ProductSettings, Settings
from generator.model import (
    Accounting,
    Canonical,
    Catalog,
    Code,
    Document,
    EditionInfo,
    Entry,
    Erratum,
    Locale,
    Meaning,
    Product,
    ProductSection,
    Section,
    canonical,
)

Count = Callable[[Document], Accounting]
"""Gives where the cells of a document went."""


def assemble(
    documents: Sequence[Document],
    settings: Settings,
    errata: Sequence[Erratum] = (),
    count: Count = coverage.counted,
) -> Catalog:
    """The catalog of ``documents`` with ``errata`` laid over them; without errata it is the catalog as written.

    ``count`` may remember what it has counted.
    """
    corrected, stale = corrections.apply(documents, errata)
    return Catalog(
        source_locale=settings.source_locale,
        locales=settings.locales,
        products=tuple(_product(product, corrected, settings) for product in settings.products),
        documents=corrected,
        accounting=coverage.total(map(count, corrected)),
        stale_errata=stale,
    )


class _Gathered:
    """A product's section while its documents are being joined."""

    def __init__(self) -> None:
        self.titles: dict[Locale, str] = {}
        self.codes: dict[Canonical, Code] = {}
        self.entries: dict[Canonical, list[Entry]] = {}
        self._next: dict[Canonical | None, Canonical | None] = {None: None}
        """The code behind each one; behind ``None`` the first, and ``None`` behind the last."""

    @property
    def order(self) -> Iterator[Canonical]:
        """The codes, each where it stands."""
        key = self._next[None]
        while key is not None:
            yield key
            key = self._next[key]

    def add(self, document: Document, section: Section) -> None:
        if section.title:
            self.titles.setdefault(document.locale, section.title)
        previous: Canonical | None = None
        for entry in (entry for table in section.tables for entry in table.entries):
            key = canonical(entry.code)
            if key not in self.codes:
                self.codes[key] = entry.code
                self._next[previous], self._next[key] = key, self._next[previous]
            self.entries.setdefault(key, []).append(entry)
            previous = key


def _product(product: ProductSettings, documents: Sequence[Document], settings: Settings) -> Product:
    own = [document for document in documents if document.product == product.id]
    gathered: list[_Gathered] = []
    ranked = {edition.id: rank for rank, edition in enumerate(product.editions)}
    # The source locale's newest document gives the order; nothing else follows from its coming first.
    for document in sorted(own, key=lambda one: (ranked[one.edition], one.locale != settings.source_locale)):
        for section, found in _homes(document, gathered):
            home = found or _Gathered()
            if found is None:
                gathered.append(home)
            home.add(document, section)
    place = {locale: rank for rank, locale in enumerate(settings.locales)}
    meanings = tuple(
        Meaning(
            product=product.id,
            code=section.codes[key],
            section=index,
            entries=tuple(
                sorted(
                    section.entries[key],
                    key=lambda entry: (ranked[entry.edition], place[entry.locale], entry.table, entry.row),
                )
            ),
        )
        for index, section in enumerate(gathered)
        for key in section.order
    )
    sections = tuple(
        ProductSection(index, _ordered(section.titles, settings), tuple(section.codes[key] for key in section.order))
        for index, section in enumerate(gathered)
    )
    editions = tuple(
        EditionInfo(
            edition.id,
            edition.published,
            tuple(locale for locale in settings.locales if locale in edition.documents),
        )
        for edition in product.editions
    )
    return Product(product.id, _ordered(product.title, settings), editions, sections, meanings)


def _homes(document: Document, gathered: Sequence[_Gathered]) -> list[tuple[Section, _Gathered | None]]:
    """For each section of a document that has codes the gathered section about the same codes, best match first."""
    sections = [section for section in document.sections if any(table.entries for table in section.tables)]
    having: dict[Canonical, list[int]] = {}
    for rank, home in enumerate(gathered):
        for key in home.codes:
            having.setdefault(key, []).append(rank)
    pairs = []
    for number, section in enumerate(sections):
        own = {canonical(entry.code) for table in section.tables for entry in table.entries}
        # Sections without a code in common are never about the same.
        common = Counter(rank for key in own for rank in having.get(key, ()))
        for rank, shared in common.items():
            if 3 * shared >= min(len(own), len(gathered[rank].codes)):
                pairs.append((-shared, abs(rank - number), number, rank))
    taken: dict[int, int] = {}
    ranks: set[int] = set()
    for _, _, number, rank in sorted(pairs):
        if number not in taken and rank not in ranks:
            taken[number] = rank
            ranks.add(rank)
    return [(section, gathered[taken[number]] if number in taken else None) for number, section in enumerate(sections)]


def _ordered(words: Mapping[Locale, str], settings: Settings) -> tuple[tuple[Locale, str], ...]:
    return tuple((locale, words[locale]) for locale in settings.locales if locale in words)
