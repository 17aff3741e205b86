"""Everything the pages of one locale are made from, and the small pieces they share."""

from collections.abc import Iterable, Mapping
from copy import copy
from functools import cached_property
from typing import Final
from urllib.parse import quote

import msgspec

from generator import addresses, meanings
from generator.diagnostics import Severity, State
from generator.meanings import CodeMeanings, Lines, Shown
from generator.model import (
    Canonical,
    Catalog,
    Column,
    Document,
    EditionId,
    Entry,
    Inline,
    Locale,
    Meaning,
    Product,
    ProductId,
    Slug,
    canonical,
)
from generator.pages import facts, links, lists
from generator.pages.facts import SiteInfo
from generator.pages.ledger import Ledger
from generator.pages.parts import Block, CodeRef, Provenance, Ref
from generator.pages.words import Words
from generator.text import one_line

_SETTLED: Final = (State.CORRECTED, State.SUPPRESSED)
"""States of which a reader of a code's page need not be warned."""

_TELLING: Final = 8
"""Texts of fewer bytes (``None.``, ``N/A``, ``无``) are the same without meaning anything by it."""

_Said = tuple[EditionId, Locale, Column, str]


class Shelf:
    """What is the same in every locale: the catalog, looked up in the ways pages need."""

    def __init__(
        self,
        catalog: Catalog,
        ledger: Ledger,
        site: SiteInfo,
        words: Mapping[Locale, Words],
    ) -> None:
        """Raises CodeglotError where two codes would have one address."""
        self.catalog = catalog
        self.ledger = ledger
        self.site = site
        self.words = words
        self.products = {product.id: product for product in catalog.products}
        self.codes = {product.id: meanings.codes(product) for product in catalog.products}
        self.by_slug = {(page.product.id, page.slug): page for pages in self.codes.values() for page in pages}
        self.sections = {product.id: facts.section_paths(product) for product in catalog.products}
        self.lines = Lines(catalog)
        self._bases = {(product, locale): base for product, locale, base in reversed(site.link_base)}
        self._blocks: dict[tuple[tuple[Inline, ...], str], tuple[Block, ...]] = {}
        self.answers: dict[tuple[str, Locale], str] = {}
        """What has been written to copy, by the code's address and the language."""
        self._shown: dict[tuple[Locale, ProductId, int, Canonical], tuple[Shown, str]] = {}
        self._by_text: dict[ProductId, dict[str, CodeMeanings]] = {}
        self._saying: dict[ProductId, Mapping[_Said, tuple[tuple[Slug, ...], Mapping[Slug, int]]]] = {}

    def reporting(self, ledger: Ledger) -> "Shelf":
        """The same shelf with another report."""
        other = copy(self)
        other.ledger, other.answers = ledger, {}
        for name in ("desks", "by_code"):
            other.__dict__.pop(name, None)
        return other

    def base(self, product: ProductId, locale: Locale) -> str:
        """The vendor's site for one product in one locale; empty where none is declared."""
        return self._bases.get((product, locale), "")

    def blocks(self, inlines: tuple[Inline, ...], base: str) -> tuple[Block, ...]:
        """A cell's words as paragraphs and lists, its relative links resolved against ``base``."""
        found = self._blocks.get((inlines, base))
        if found is None:
            found = self._blocks[inlines, base] = lists.blocks(links.parts(inlines, base))
        return found

    def shown(self, meaning: Meaning, locale: Locale) -> tuple[Shown, str]:
        """The rows that a page in ``locale`` shows first, and the identifier that it puts first."""
        place = (locale, meaning.product, meaning.section, canonical(meaning.code))
        found = self._shown.get(place)
        if found is None:
            product, source = self.products[meaning.product], self.site.source_locale
            first = meanings.shown(meaning, product, locale, source)
            found = self._shown[place] = first, meanings.name_beside(first, meaning, product, source)
        return found

    @cached_property
    def desks(self) -> "tuple[Desk, ...]":
        """A desk for each locale of the site."""
        return tuple(Desk(self, locale) for locale in self.site.locales)

    @cached_property
    def by_section(self) -> Mapping[tuple[ProductId, int], tuple[Meaning, ...]]:
        """The meanings of each section of a product, in its order."""
        found: dict[tuple[ProductId, int], list[Meaning]] = {}
        for product in self.catalog.products:
            for meaning in product.meanings:
                found.setdefault((product.id, meaning.section), []).append(meaning)
        return {place: tuple(listed) for place, listed in found.items()}

    @cached_property
    def beside(self) -> Mapping[tuple[ProductId, int, Slug], tuple[Meaning | None, Meaning | None]]:
        """The meanings before and after each one in its section."""
        return {
            (meaning.product, meaning.section, addresses.slug(meaning.code)): (before, after)
            for listed in self.by_section.values()
            for before, meaning, after in zip((None, *listed), listed, (*listed[1:], None), strict=False)
        }

    def named(self, product: ProductId, code: str) -> CodeMeanings | None:
        """The code that a row or a diagnostic of a product names, in any spelling of it; ``None`` where there is none."""
        found = self._by_text.get(product)
        if found is None:
            pages = self.codes.get(product, ())
            found = self._by_text[product] = {str(page.slug): page for page in pages}
            for page in pages:
                for entry in page.entries:
                    found.setdefault(entry.code.text, page)
        return found.get(code)

    @cached_property
    def by_value(self) -> Mapping[tuple[ProductId, int], CodeMeanings]:
        """Codes that are numbers, by the number."""
        return {
            (page.product.id, value): page
            for page in self.by_slug.values()
            if (value := facts.value_of(page.code)) is not None
        }

    @cached_property
    def by_number(self) -> Mapping[int, tuple[CodeMeanings, ...]]:
        """The codes of all products that are one number, in the order of the products."""
        found: dict[int, list[CodeMeanings]] = {}
        for (_, value), page in self.by_value.items():
            found.setdefault(value, []).append(page)
        return {value: tuple(pages) for value, pages in found.items()}

    @cached_property
    def documents(self) -> Mapping[ProductId, tuple[Document, ...]]:
        """The documents of each product, in the catalog's order."""
        found: dict[ProductId, list[Document]] = {}
        for document in self.catalog.documents:
            found.setdefault(document.product, []).append(document)
        return {product: tuple(listed) for product, listed in found.items()}

    @cached_property
    def by_code(self) -> Mapping[tuple[ProductId, Slug], tuple[int, ...]]:
        """The open errors and warnings about a code, or that explain one about it, by their places in the list."""
        found: dict[tuple[ProductId, Slug], dict[int, None]] = {}
        for place, diagnostic in enumerate(self.ledger.diagnostics):
            if diagnostic.state in _SETTLED or diagnostic.severity is Severity.NOTE:
                continue
            for one in (diagnostic, *diagnostic.explains):
                page = self.named(one.product, one.code) if one.code else None
                if page is not None and one.state not in _SETTLED:
                    found.setdefault((page.product.id, page.slug), {})[place] = None
        return {key: tuple(places) for key, places in found.items()}

    def saying(self, entry: Entry, column: Column, slug: Slug, most: int) -> tuple[tuple[Slug, ...], int]:
        """The codes besides one that say in one column, in the same document, what ``entry`` says there.

        They are the ``most`` that stand nearest to it, and after them the number of all; a word or two say nothing.
        """
        said = _said(entry, column)
        pages, places = self._all_saying(entry.product).get(said, ((), {})) if said else ((), {})
        if slug not in places:
            return (), 0
        own = places[slug]
        near = range(max(own - most, 0), min(own + most + 1, len(pages)))
        order = sorted((index for index in near if index != own), key=lambda index: abs(index - own))
        return tuple(pages[index] for index in sorted(order[:most])), len(pages) - 1

    def _all_saying(self, product: ProductId) -> Mapping[_Said, tuple[tuple[Slug, ...], Mapping[Slug, int]]]:
        """For each text of a product the codes that have it, in their order, with their places in it."""
        known = self._saying.get(product)
        if known is not None:
            return known
        found: dict[_Said, dict[Slug, int]] = {}
        for page in self.codes[product]:
            for entry in page.entries:
                for column in (Column.CAUSE, Column.SOLUTION, Column.CAUSE_AND_SOLUTION):
                    said = _said(entry, column)
                    if said and len(said[-1].encode()) >= _TELLING:
                        same = found.setdefault(said, {})
                        same.setdefault(page.slug, len(same))
        shared = {said: (tuple(places), places) for said, places in found.items() if len(places) > 1}
        self._saying[product] = shared
        return shared

    @cached_property
    def replaced(self) -> Mapping[tuple[ProductId, Slug], str]:
        """For codes that another one has replaced, the address of the other's page; what is declared first holds."""
        return {(product, slug): path for product, slug, path in reversed(self.site.replaced)}

    @cached_property
    def dates(self) -> Mapping[tuple[ProductId, EditionId], str]:
        """When each edition was published."""
        return {
            (product.id, edition.id): edition.published
            for product in self.catalog.products
            for edition in product.editions
        }

    @cached_property
    def published(self) -> Mapping[tuple[ProductId, str, Locale], str]:
        """When each document was published, by product, edition and locale."""
        return {
            (one.product, one.edition, one.locale): one.published or self.dates.get((one.product, one.edition), "")
            for one in self.catalog.documents
        }

    @cached_property
    def moved(self) -> Mapping[tuple[ProductId, str], tuple[tuple[Entry, CodeMeanings], ...]]:
        """Rows by the code under which their source lists them, where an erratum found another."""
        found: dict[tuple[ProductId, str], list[tuple[Entry, CodeMeanings]]] = {}
        for page in self.by_slug.values():
            for entry in page.entries:
                for correction in entry.corrections:
                    if correction.column is Column.CODE and correction.written:
                        found.setdefault((page.product.id, correction.written), []).append((entry, page))
        return {key: tuple(listed) for key, listed in found.items()}


class Desk:
    """One locale's view of the shelf. ``at`` is always the address, below the locale's prefix, of the page at work."""

    def __init__(self, shelf: Shelf, locale: Locale) -> None:
        """Take the words of ``locale``."""
        self.shelf = shelf
        self.catalog = shelf.catalog
        self.site = shelf.site
        self.locale = locale
        self.source = shelf.site.source_locale
        self.words = shelf.words[locale]
        self._prefix = addresses.prefix(locale, self.source)
        self._refs: dict[tuple[ProductId, int, Canonical], CodeRef] = {}
        self._origins: dict[tuple[ProductId, EditionId, Locale], tuple[str, str]] = {}

    # Addresses.

    def address(self, path: str, locale: Locale | None = None) -> str:
        """The address of a page below the site's root."""
        return (addresses.prefix(locale, self.source) if locale else self._prefix) + path

    def href(self, at: str, path: str, locale: Locale | None = None) -> str:
        """The way from the page at ``at`` to another page, in this locale or another."""
        if locale is None or locale == self.locale:
            return links.relative(at, path)
        return links.relative(self.address(at), self.address(path, locale))

    def neutral(self, at: str, *segments: str) -> str:
        """The way to a link in no language."""
        return links.relative(self.address(at), addresses.neutral_path(*segments))

    def alternate(self, at: str, locale: Locale) -> Ref:
        """A link to the same page in another locale."""
        said = self.words.gettext("Open this page in {language}")
        return Ref(said.format(language=self.words.language(locale)), self.href(at, at, locale))

    def foreign(self, locale: Locale) -> Locale:
        """``locale`` where it is not the page's own, to mark words with; else empty."""
        return Locale("") if locale == self.locale else locale

    def text_locales(self, having: Iterable[Locale], path: str) -> tuple[tuple[Locale, ...], str]:
        """The locales with a text of their own, empty where all have, and the address for any other language.

        That is empty where it is the source locale's page.
        """
        some = set(having)
        own = tuple(locale for locale in self.site.locales if locale in some)
        if len(own) == len(self.site.locales) or not own:
            return (), ""
        return own, "" if self.source in own else self.address(path, own[0])

    # Titles.

    def product_title(self, product: Product) -> str:
        """The product's title in this locale, else in the source locale."""
        return meanings.in_locale(product.titles, self.locale, self.source)[0]

    def product_ref(self, at: str, product: Product) -> Ref:
        """A link to a product."""
        title, lang = meanings.in_locale(product.titles, self.locale, self.source)
        return Ref(title, self.href(at, addresses.product_path(product.id)), self.foreign(lang))

    def section_title(self, product: Product, index: int) -> tuple[str, Locale]:
        """The section's title and its language; a section without one goes by its codes."""
        section = product.sections[index]
        title, lang = meanings.in_locale(section.titles, self.locale, self.source)
        if title:
            return title, lang
        first, last = section.codes[0].text, section.codes[-1].text
        return (first if first == last else f"{first} – {last}"), self.locale

    def section_ref(self, at: str, product: Product, index: int) -> Ref:
        """A link to a section's page, or to the product's where the section has no page of its own."""
        title, lang = self.section_title(product, index)
        path = self.shelf.sections[product.id].get(index, addresses.product_path(product.id))
        return Ref(title, self.href(at, path), self.foreign(lang))

    def section_word(self, product: ProductId, index: int) -> str:
        """What a section goes by inside an address: what its page is named after, else its number."""
        return self.shelf.sections[product].get(index, f"{index}/").rstrip("/").rpartition("/")[2]

    def edition_title(self, product: Product, edition: str, locale: Locale | None = None) -> str:
        """The edition for people, in this locale or another: by its date, else by its own word."""
        words = self.shelf.words[locale or self.locale]
        info = next(one for one in product.editions if one.id == edition)
        date = words.date(info.published)
        return words.gettext("edition of {date}").format(date=date) if date else edition

    # Codes.

    def shown(self, meaning: Meaning) -> Shown:
        """The rows that a page in this locale shows first."""
        return self.shelf.shown(meaning, self.locale)[0]

    def text(self, meaning: Meaning, locale: Locale) -> Shown:
        """The rows that a page in any locale of the site shows first."""
        return self.shelf.shown(meaning, locale)[0]

    def retired(self, found: Iterable[Meaning]) -> bool:
        """Whether the newest edition has none of some meanings."""
        return all(meanings.is_retired(meaning, self.shelf.products[meaning.product]) for meaning in found)

    def name(self, meaning: Meaning, locale: Locale | None = None) -> str:
        """The identifier a page in this locale or another puts first; empty where there is none."""
        return self.shelf.shown(meaning, locale or self.locale)[1]

    def code_ref(self, at: str, page: CodeMeanings) -> CodeRef:
        """A link to a code, with the words of its first meaning."""
        ref = self._code_ref(at, page, page.meanings[0])
        # Of several meanings the first alone may be retired.
        if not ref.retired or len(page.meanings) == 1:
            return ref
        return msgspec.structs.replace(ref, retired=self.retired(page.meanings))

    def meaning_ref(self, at: str, meaning: Meaning) -> CodeRef:
        """A link to a code, with the words of one of its meanings."""
        return self._code_ref(at, self.page_of(meaning), meaning)

    def _code_ref(self, at: str, page: CodeMeanings, meaning: Meaning) -> CodeRef:
        place = (meaning.product, meaning.section, canonical(meaning.code))
        ref = self._refs.get(place)
        if ref is None:
            first = self.shown(meaning)
            ref = self._refs[place] = CodeRef(
                code=page.code.text,
                name=self.name(meaning),
                summary=self.shelf.lines.of_row(first.entries[0]),
                href="",
                address=page.address,
                lang=self.foreign(first.locale),
                retired=first.retired,
            )
        way = self.href(at, f"{ref.address}/")
        return CodeRef(ref.code, ref.name, ref.summary, way, ref.address, ref.lang, ref.retired)

    def page_of(self, meaning: Meaning) -> CodeMeanings:
        """The code that a meaning belongs to, with its other meanings."""
        return self.shelf.by_slug[meaning.product, addresses.slug(meaning.code)]

    # Places.

    def provenance(self, entry: Entry) -> Provenance:
        """Where a row comes from."""
        document = (entry.product, entry.edition, entry.locale)
        published, origin = self._origins.get(document) or self._origin(*document)
        return self.place(entry.span.path, entry.span.line, entry.edition, published, origin)

    def _origin(self, product: ProductId, edition: EditionId, locale: Locale) -> tuple[str, str]:
        """When a document was published, and what there is to say of its edition and date."""
        published, dated = self.shelf.published[product, edition, locale], self.shelf.dates[product, edition]
        said = [self.edition_title(self.shelf.products[product], edition)] if dated else []
        if published != dated:
            said.append(self.words.gettext("published {date}").format(date=self.words.date(published)))
        found = self._origins[product, edition, locale] = published, " · ".join(said)
        return found

    def place(self, path: str, line: int, edition: str = "", published: str = "", origin: str = "") -> Provenance:
        """A line of a source."""
        return Provenance(
            text=f"{path}:{line}",
            href=links.source_href(self.site.repository, path, line),
            edition=edition,
            published=self.words.date(published),
            origin=origin,
        )

    def report_href(self, title: str, body: str, path: str) -> str:
        """Where a reader reports a problem with a page; empty where the site declares no such address."""
        if not (address := self.site.report_url):
            return ""
        values = {"{title}": title, "{body}": body, "{url}": f"{self.site.url.rstrip('/')}/{path}"}
        for mark, value in values.items():
            address = address.replace(mark, quote(value, safe=""))
        return address if links.outward(address, "") else ""


def _said(entry: Entry, column: Column) -> _Said | None:
    field = entry.field(column)
    return (entry.edition, entry.locale, column, one_line(field.plain).casefold()) if field else None
