"""What a catalog says of a code as a whole: all its meanings, the rows that speak first, its names, one line for each.

The pages, the index of the search and the terminal answer alike because all of them ask here.
"""

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from generator import addresses
from generator.model import (
    Canonical,
    Catalog,
    Code,
    Column,
    EditionId,
    EditionInfo,
    Entry,
    Locale,
    Meaning,
    Product,
    ProductId,
    Slug,
    canonical,
)
from generator.text import one_line, shortened

LINE: Final = 110
"""Columns of a line that stands for a row; a wide character takes two."""

_SPEAKING: Final = (Column.DESCRIPTION, Column.CAUSE, Column.CAUSE_AND_SOLUTION, Column.SOLUTION, Column.OTHER)
"""What may stand for a row in one line, the best first."""

_WIDE_COLON: Final = frozenset({"zh", "ja"})
"""Languages whose colon is as wide as their characters and takes no space."""


class CodeMeanings(Struct, frozen=True):
    """One code of one product, with everything it means there: what one page is about."""

    product: Product
    code: Code
    """As its first meaning spells it."""
    slug: Slug
    meanings: tuple[Meaning, ...]

    @property
    def address(self) -> str:
        """Product and slug: ``gme/7006``."""
        return f"{self.product.id}/{self.slug}"

    @property
    def path(self) -> str:
        """The address of the page below the locale's prefix: ``gme/7006/``."""
        return f"{self.product.id}/{self.slug}/"

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The rows of all meanings."""
        return tuple(entry for meaning in self.meanings for entry in meaning.entries)


class Shown(Struct, frozen=True):
    """The rows of a meaning that are shown first."""

    entries: tuple[Entry, ...]
    edition: EditionId
    locale: Locale
    own: bool
    """They are in the reader's language."""
    older: bool
    """A newer edition has the meaning, but not in this language."""
    retired: bool
    """The newest edition has the meaning in no language."""


def codes(product: Product) -> tuple[CodeMeanings, ...]:
    """One for each address of a code, in the product's order."""
    grouped: dict[Slug, list[Meaning]] = {}
    for meaning in product.meanings:
        grouped.setdefault(addresses.slug(meaning.code), []).append(meaning)
    return tuple(CodeMeanings(product, found[0].code, slug, tuple(found)) for slug, found in grouped.items())


def in_locale(titles: Iterable[tuple[Locale, str]], locale: Locale, source: Locale) -> tuple[str, Locale]:
    """The title in ``locale``, else in the source locale, else the first, with the locale it is in."""
    known = dict(titles)
    for choice in (locale, source, *known):
        if known.get(choice):
            return known[choice], choice
    return "", locale


def editions_of(meaning: Meaning, product: Product) -> tuple[EditionInfo, ...]:
    """The editions that have the meaning, newest first."""
    having = {entry.edition for entry in meaning.entries}
    return tuple(edition for edition in product.editions if edition.id in having)


def rows(meaning: Meaning, edition: EditionId, locale: Locale) -> tuple[Entry, ...]:
    """What one document says about a meaning."""
    return tuple(entry for entry in meaning.entries if entry.edition == edition and entry.locale == locale)


def shown(meaning: Meaning, product: Product, locale: Locale, source: Locale) -> Shown:
    """The rows that a reader of ``locale`` is shown first.

    The reader's language comes before the newest edition, and the newest edition before any other language; between
    other languages the source locale comes first, then the order of the catalog.
    """
    editions = editions_of(meaning, product)
    newest = editions[0].id
    retired = newest != product.editions[0].id
    for edition in editions:
        own = rows(meaning, edition.id, locale)
        if own:
            return Shown(own, edition.id, locale, own=True, older=edition.id != newest, retired=retired)
    having = [entry.locale for entry in meaning.entries if entry.edition == newest]
    chosen = source if source in having else having[0]
    return Shown(rows(meaning, newest, chosen), newest, chosen, own=False, older=False, retired=retired)


def is_retired(meaning: Meaning, product: Product) -> bool:
    """Whether the newest edition of its product does not list it."""
    return all(entry.edition != product.editions[0].id for entry in meaning.entries)


def name_of(meaning: Meaning, product: Product, locale: Locale, source: Locale) -> str:
    """The identifier a reader of ``locale`` sees first: that of the text shown, unless it is of an older edition."""
    return name_beside(shown(meaning, product, locale, source), meaning, product, source)


def name_beside(first: Shown, meaning: Meaning, product: Product, source: Locale) -> str:
    """The same where the rows are known that :func:`shown` gives for it."""
    if first.older:
        newest = editions_of(meaning, product)[0].id
        order = [entry for entry in meaning.entries if entry.edition == newest and entry.name]
        order.sort(key=lambda entry: entry.locale != source)
        if order:
            return order[0].name
    return next((entry.name for entry in first.entries if entry.name), "")


_Said = tuple[Locale, EditionId, int, str]
"""A description, and the section of the document in which it stands."""


class Lines:
    """What rows and codes mean in one line.

    That is the row's description. Where several codes of a section share one description, the cause follows it, for
    alone it would tell none of them from the others; where there is no description, the cause or the solution serves.
    """

    def __init__(self, catalog: Catalog) -> None:
        """Nothing of a product is compared before it is asked for."""
        self._catalog = catalog
        self._products = {product.id: product for product in catalog.products}
        self._known: dict[ProductId, frozenset[_Said]] = {}

    def of_row(self, entry: Entry, width: int = LINE) -> str:
        """The line that stands for a row; empty where the row says nothing."""
        said = _said(entry)
        if not said:
            return ""
        cause = _plain(entry, Column.CAUSE) or _plain(entry, Column.CAUSE_AND_SOLUTION)
        if not cause or cause == said or _place(entry, said) not in self._shared(entry.product):
            return shortened(said, width)
        # Half the line at most, so that the cause is still seen behind a long description.
        head = shortened(said.rstrip(" .:;。：；"), width // 2)
        return shortened(f"{head}{_colon(entry.locale)}{cause}", width)

    def shares(self, entry: Entry) -> bool:
        """Whether a row's description is that of other codes of its section, too."""
        said = _said(entry)
        return bool(said) and _place(entry, said) in self._shared(entry.product)

    def of_code(self, code: CodeMeanings, locale: Locale, width: int = LINE) -> tuple[str, Locale]:
        """The line that stands for all meanings of a code, and the locale it is in.

        That is the reader's, else the source's, else any in which a row says something.
        """
        for wanted in (locale, self._catalog.source_locale, *self._catalog.locales):
            said = [self._of_meaning(meaning, wanted, width) for meaning in code.meanings]
            if any(said):
                return shortened(" / ".join(filter(None, said)), width), wanted
        return "", locale

    def _shared(self, product: ProductId) -> frozenset[_Said]:
        found = self._known.get(product)
        if found is None:
            found = self._known[product] = _shared(self._products[product])
        return found

    def _of_meaning(self, meaning: Meaning, locale: Locale, width: int) -> str:
        own = (self.of_row(entry, width) for entry in meaning.entries if entry.locale == locale)
        return next((line for line in own if line), "")


def _shared(product: Product) -> frozenset[_Said]:
    """The descriptions that rows of several codes have in one section of one document."""
    first: dict[_Said, Canonical] = {}
    shared: set[_Said] = set()
    for meaning in product.meanings:
        code = canonical(meaning.code)
        for entry in meaning.entries:
            place = _place(entry, _plain(entry, Column.DESCRIPTION))
            if place[-1] and first.setdefault(place, code) != code:
                shared.add(place)
    return frozenset(shared)


def _place(entry: Entry, description: str) -> _Said:
    return entry.locale, entry.edition, entry.section, description.casefold()


def _said(entry: Entry) -> str:
    return next((said for column in _SPEAKING if (said := _plain(entry, column))), "")


def _plain(entry: Entry, column: Column) -> str:
    found = entry.field(column)
    return one_line(found.plain) if found else ""


def _colon(locale: Locale) -> str:
    return "：" if locale.partition("-")[0] in _WIDE_COLON else ": "
