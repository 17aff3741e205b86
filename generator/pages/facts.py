"""What pages ask of the catalog: which rows a locale shows, which codes there are, where they stand."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from generator import addresses
from generator.errors import CodeglotError
from generator.model import (
    Catalog,
    Code,
    Column,
    Document,
    EditionId,
    EditionInfo,
    Entry,
    IntegerCode,
    Locale,
    Meaning,
    Product,
    ProductId,
    ProductSection,
    Slug,
    canonical,
)


class SiteInfo(Struct, frozen=True):
    """What pages need to know besides the catalog."""

    locales: tuple[Locale, ...]
    source_locale: Locale
    titles: tuple[tuple[Locale, str], ...] = ()
    """The site's own title."""
    link_base: tuple[tuple[ProductId, Locale, str], ...] = ()
    """The vendor's site, against which a relative link in that locale's documents is resolved."""
    report_url: str = ""
    """Where a reader reports a problem; ``{title}``, ``{body}`` and ``{url}`` are filled in, percent-encoded."""
    repository: str = ""
    """Base address under which a source's path leads to the original file; empty for none."""
    url: str = ""
    """The site's own address, for a report; empty where it is not known."""

    def base(self, product: ProductId, locale: Locale) -> str:
        """The vendor's site for one product in one locale; empty where none is declared."""
        return next((base for known, at, base in self.link_base if (known, at) == (product, locale)), "")


class Shown(Struct, frozen=True):
    """The rows of a meaning that a page shows first."""

    entries: tuple[Entry, ...]
    edition: EditionId
    locale: Locale
    own: bool
    """They are in the page's language."""
    older: bool
    """A newer edition has the meaning, but not in this language."""
    retired: bool
    """The newest edition has the meaning in no language."""


class CodePageFacts(Struct, frozen=True):
    """One code of one product, with everything it means there."""

    product: Product
    code: Code
    slug: Slug
    meanings: tuple[Meaning, ...]

    @property
    def address(self) -> str:
        """Product and slug: ``gme/7006``."""
        return f"{self.product.id}/{self.slug}"

    @property
    def path(self) -> str:
        """The address of the page below the locale's prefix."""
        return addresses.code_path(self.product.id, self.code)


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


def shown(meaning: Meaning, product: Product, locale: Locale, source: Locale) -> Shown:
    """The rows that a page in ``locale`` shows first.

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
    other = next((entry.locale for entry in meaning.entries if entry.edition == newest and entry.locale == source), "")
    chosen = Locale(other or next(entry.locale for entry in meaning.entries if entry.edition == newest))
    return Shown(rows(meaning, newest, chosen), newest, chosen, own=False, older=False, retired=retired)


def rows(meaning: Meaning, edition: EditionId, locale: Locale) -> tuple[Entry, ...]:
    """What one document says about a meaning."""
    return tuple(entry for entry in meaning.entries if entry.edition == edition and entry.locale == locale)


def name_of(meaning: Meaning, product: Product, locale: Locale, source: Locale) -> str:
    """The identifier a page in ``locale`` puts first: that of its text, unless the text is of an older edition."""
    first = shown(meaning, product, locale, source)
    if first.older:
        newest = editions_of(meaning, product)[0].id
        order = [entry for entry in meaning.entries if entry.edition == newest and entry.name]
        order.sort(key=lambda entry: entry.locale != source)
        if order:
            return order[0].name
    return next((entry.name for entry in first.entries if entry.name), "")


def one_line(entry: Entry) -> str:
    """What the row says in short: its description, else its cause, else its solution."""
    for column in (Column.DESCRIPTION, Column.CAUSE, Column.CAUSE_AND_SOLUTION, Column.SOLUTION, Column.OTHER):
        found = entry.field(column)
        if found and found.plain.strip():
            return found.plain.strip()
    return ""


def codes(product: Product) -> tuple[CodePageFacts, ...]:
    """One for each code of the product, in the product's order.

    Raises CodeglotError where two codes would have one address.
    """
    found: dict[Slug, CodePageFacts] = {}
    for meaning in product.meanings:
        slug = addresses.slug(meaning.code)
        known = found.get(slug)
        if known is None:
            found[slug] = CodePageFacts(product, meaning.code, slug, (meaning,))
        elif canonical(known.code) == canonical(meaning.code):
            found[slug] = CodePageFacts(product, known.code, slug, (*known.meanings, meaning))
        else:
            span = meaning.entries[0].span
            raise CodeglotError(
                f"the codes {known.code.text} and {meaning.code.text} of {product.id} have one address, {slug}",
                path=span.path,
                line=span.line,
                column=span.column,
                hint="they differ only in case or in signs that no address can hold; give them two products",
            )
    return tuple(found.values())


def section_paths(product: Product) -> Mapping[int, str]:
    """The address of each section's page, by the section's index.

    A section is named after its first code, or after the first one that no section before it is named after.
    """
    taken: dict[str, int] = {}
    result: dict[int, str] = {}
    for section in product.sections:
        names = [addresses.section_path(product.id, code) for code in section.codes]
        free = next((name for name in names if name not in taken), None)
        if free is None:
            continue
        taken[free] = section.index
        result[section.index] = free
    return result


def documents(catalog: Catalog, product: ProductId, edition: EditionId) -> tuple[Document, ...]:
    """The documents of one edition, in the catalog's order."""
    return tuple(
        document for document in catalog.documents if (document.product, document.edition) == (product, edition)
    )


def document_of(catalog: Catalog, entry: Entry) -> Document:
    """The document that ``entry`` stands in."""
    return next(
        document
        for document in catalog.documents
        if (document.product, document.edition, document.locale) == (entry.product, entry.edition, entry.locale)
    )


def section_of(product: Product, meaning: Meaning) -> ProductSection:
    """The section that a meaning belongs to."""
    return next(section for section in product.sections if section.index == meaning.section)


def value_of(code: Code) -> int | None:
    """The number a code is; ``None`` where it is none, or several."""
    return code.value if isinstance(code, IntegerCode) else None
