"""What rules look at, a catalog or one product of it: the rows of one section of one edition in all its locales, and their places.

What rules make by the thousand is kept from the garbage collector (``gc=False``): frozen values of finished ones, which
no cycle leads back to.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, TypeVar

from msgspec import Struct

from generator.alignment import normal_name
from generator.declarations import Declarations
from generator.glossary import Glossary
from generator.model import (
    Canonical,
    Catalog,
    Column,
    Document,
    EditionId,
    Entry,
    Locale,
    ProductId,
    SourceSpan,
    Table,
    canonical,
)

T = TypeVar("T")


class Group(Struct, frozen=True):
    """One section of one product in one edition, in all locales that have a document with codes there."""

    product: ProductId
    edition: EditionId
    section: int
    """Index of the product's section."""
    documents: Mapping[Locale, Document]
    """Each locale's document, the reference's first; those that hold no code at all are not among them."""
    rows: Mapping[Locale, tuple[Entry, ...]]
    """Each locale's rows of this section in the order of the source; empty where the locale lacks the section."""
    by_code: Mapping[Locale, Mapping[Canonical, tuple[Entry, ...]]]
    """The same rows by what they list."""
    at: Mapping[Locale, Mapping[Canonical, int]]
    """For each code the index of the first row that lists it."""

    @property
    def reference(self) -> Locale:
        """The source locale or, where it has no document, the first locale that has one."""
        return next(iter(self.documents))

    def with_code(self, locale: Locale, code: Canonical) -> tuple[Entry, ...]:
        """The rows of ``locale`` that list ``code`` in this section."""
        return self.by_code[locale].get(code, ())

    def neighbours(self, code: Canonical, among: Locale, here: Locale) -> tuple[Entry | None, Entry | None]:
        """The rows of ``here`` between which ``code`` belongs by the order of ``among``, which lists it."""
        rows, at = self.rows[among], self.at[among][code]
        before = (self.with_code(here, canonical(one.code)) for one in map(rows.__getitem__, range(at - 1, -1, -1)))
        after = (self.with_code(here, canonical(one.code)) for one in map(rows.__getitem__, range(at + 1, len(rows))))
        return next((own[0] for own in before if own), None), next((own[0] for own in after if own), None)

    def peers(self, locale: Locale) -> tuple[Locale, ...]:
        """The other locales."""
        return tuple(other for other in self.documents if other != locale)


class Context:
    """A catalog, what is known besides it, and what several rules want to know of both, worked out once.

    A rule whose scope is one product gets a catalog that holds nothing else: what it counts, it counts there alone.
    """

    def __init__(
        self, catalog: Catalog, glossary: Glossary | None = None, declared: Declarations | None = None
    ) -> None:
        """``glossary`` and ``declared`` are empty where they are not given."""
        self.catalog = catalog
        self.glossary = glossary or Glossary()
        self.declared = declared or Declarations()
        self._kept: dict[Any, Any] = {}

    def once(self, work: Callable[["Context"], T]) -> T:
        """What ``work`` makes of this context, made the first time it is asked for."""
        try:  # Asked for each cell, and made once.
            made: T = self._kept[work]
        except KeyError:
            made = self._kept[work] = work(self)
        return made

    def known(self, work: Callable[[Glossary], T]) -> T:
        """What ``work`` makes of the glossary alone, made once for all contexts that have this glossary."""
        kept = vars(self.glossary).setdefault("_known_to_rules", {})
        if work not in kept:
            kept[work] = work(self.glossary)
        made: T = kept[work]
        return made

    @cached_property
    def by_place(self) -> Mapping[tuple[ProductId, EditionId, Locale], Document]:
        """The documents by product, edition and locale."""
        return {(one.product, one.edition, one.locale): one for one in self.catalog.documents}

    def document(self, entry: Entry) -> Document:
        """The document in which a row stands."""
        return self.by_place[entry.product, entry.edition, entry.locale]

    def table(self, entry: Entry) -> Table:
        """The table in which a row stands."""
        return self._tables[entry.product, entry.edition, entry.locale, entry.table]

    @cached_property
    def _tables(self) -> Mapping[tuple[ProductId, EditionId, Locale, int], Table]:
        return {
            (one.product, one.edition, one.locale, table.index): table
            for one in self.catalog.documents
            for table in one.tables
        }

    def edition_of(self, document: Document) -> tuple[Document, ...]:
        """All documents of a document's product and edition, the source locale's first."""
        family = [
            one for one in self.catalog.documents if (one.product, one.edition) == (document.product, document.edition)
        ]
        return tuple(sorted(family, key=lambda one: one.locale != self.catalog.source_locale))

    def rows_of_code(self, product: ProductId, code: Canonical) -> tuple[Entry, ...]:
        """All rows of a product that list a code, newest edition first."""
        return self._by_code.get((product, code), ())

    @cached_property
    def _by_code(self) -> Mapping[tuple[ProductId, Canonical], tuple[Entry, ...]]:
        found: dict[tuple[ProductId, Canonical], list[tuple[Entry, ...]]] = {}
        for product in self.catalog.products:
            for meaning in product.meanings:
                found.setdefault((product.id, canonical(meaning.code)), []).append(meaning.entries)
        return {key: tuple(entry for entries in parts for entry in entries) for key, parts in found.items()}

    def rows_named(self, document: Document, name: str) -> tuple[Entry, ...]:
        """The rows of a document that have a name, in the form that :func:`normal_name` gives it."""
        return tuple(self._by_name.get((document.path, name), ()))

    @cached_property
    def _by_name(self) -> Mapping[tuple[str, str], list[Entry]]:
        found: dict[tuple[str, str], list[Entry]] = {}
        for document in self.catalog.documents:
            for entry in document.entries:
                found.setdefault((document.path, normal_name(entry.name)), []).append(entry)
        return found

    def rows_listing(self, document: Document, code: Canonical) -> tuple[Entry, ...]:
        """The rows of a document that list a code, in the order of the source."""
        return tuple(self._by_listed.get((document.path, code), ()))

    @cached_property
    def _by_listed(self) -> Mapping[tuple[str, Canonical], list[Entry]]:
        found: dict[tuple[str, Canonical], list[Entry]] = {}
        for document in self.catalog.documents:
            for entry in document.entries:
                found.setdefault((document.path, canonical(entry.code)), []).append(entry)
        return found

    def title(self, entry: Entry) -> str:
        """The title of the section in which a row stands."""
        return self.document(entry).sections[entry.section].title

    def code_span(self, entry: Entry) -> SourceSpan:
        """The place of a row's code."""
        return self.span(entry, Column.CODE)

    def span(self, entry: Entry, column: Column | None) -> SourceSpan:
        """The place of a row's cell under ``column``, filled or empty.

        The end of a row that is too short for it, and the whole row where its table has no such column.
        """
        field = entry.field(column) if column else None
        if field:
            return field.span
        table = self.table(entry)
        cells = table.raw.rows[entry.row].cells
        if column in table.columns and table.columns.index(column) < len(cells):
            return cells[table.columns.index(column)].span
        if column in table.columns:
            end = (entry.span.end_line, entry.span.end_column)
            return SourceSpan(entry.span.path, *end, *end)
        return entry.span

    def entry_at(self, span: SourceSpan) -> Entry | None:
        """The row that holds ``span``."""
        return next(
            (
                entry
                for entry in self._rows_at.get((span.path, span.line), ())
                if (entry.span.line, entry.span.column) <= (span.line, span.column)
                and (span.end_line, span.end_column) <= (entry.span.end_line, entry.span.end_column)
            ),
            None,
        )

    @cached_property
    def _rows_at(self) -> Mapping[tuple[str, int], list[Entry]]:
        found: dict[tuple[str, int], list[Entry]] = {}
        for document in self.catalog.documents:
            for entry in document.entries:
                for line in range(entry.span.line, entry.span.end_line + 1):
                    found.setdefault((entry.span.path, line), []).append(entry)
        return found

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Every section of every edition, in the order of the catalog."""
        return tuple(self._groups())

    def _groups(self) -> Iterator[Group]:
        first = self.catalog.source_locale
        order = sorted(self.catalog.locales, key=lambda locale: locale != first)
        for product in self.catalog.products:
            rows: dict[tuple[EditionId, int], list[Entry]] = {}
            for meaning in product.meanings:
                for entry in meaning.entries:
                    rows.setdefault((entry.edition, meaning.section), []).append(entry)
            for edition in product.editions:
                documents = {
                    locale: self.by_place[product.id, edition.id, locale]
                    for locale in order
                    if (product.id, edition.id, locale) in self.by_place
                    and self.by_place[product.id, edition.id, locale].entries
                }
                for section in product.sections:
                    here = rows.get((edition.id, section.index), [])
                    if not here:
                        continue
                    here.sort(key=lambda entry: (entry.table, entry.row))
                    own = {locale: tuple(entry for entry in here if entry.locale == locale) for locale in documents}
                    by_code = {locale: _by_code(entries) for locale, entries in own.items()}
                    at = {
                        locale: {canonical(entry.code): index for index, entry in reversed([*enumerate(entries)])}
                        for locale, entries in own.items()
                    }
                    yield Group(product.id, edition.id, section.index, documents, own, by_code, at)


def _by_code(rows: tuple[Entry, ...]) -> Mapping[Canonical, tuple[Entry, ...]]:
    found: dict[Canonical, list[Entry]] = {}
    for entry in rows:
        found.setdefault(canonical(entry.code), []).append(entry)
    return {code: tuple(same) for code, same in found.items()}
