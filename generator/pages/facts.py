"""What pages need to know besides the catalog, and what they ask of its documents and addresses."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from generator import addresses
from generator.model import (
    Code,
    Document,
    EditionId,
    Entry,
    IntegerCode,
    Locale,
    Product,
    ProductId,
    Slug,
)


class Tombstone(Struct, frozen=True):
    """A code that no document lists any more, with what was said of it last."""

    product: ProductId
    code: Code
    name: str
    """Empty where it had none."""
    text: tuple[tuple[Locale, str], ...]
    """In each locale that had a text; at least one."""
    reason: str
    """Why it is gone, as recorded."""


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
    tombstones: tuple[Tombstone, ...] = ()
    replaced: tuple[tuple[ProductId, Slug, str], ...] = ()
    """Codes that another one has replaced, by product and slug, each with the address of the other's page."""

    def base(self, product: ProductId, locale: Locale) -> str:
        """The vendor's site for one product in one locale; empty where none is declared."""
        return next((base for known, at, base in self.link_base if (known, at) == (product, locale)), "")


def section_paths(product: Product) -> Mapping[int, str]:
    """The address of each section's page, by the section's index.

    A section is named after its first code, or after the first one that no section before it is named after.
    """
    taken: set[str] = set()
    result: dict[int, str] = {}
    for section in product.sections:
        names = (addresses.section_path(product.id, code) for code in section.codes)
        free = next((name for name in names if name not in taken), None)
        if free is not None:
            taken.add(free)
            result[section.index] = free
    return result


def of_edition(documents: Iterable[Document], edition: EditionId) -> tuple[Document, ...]:
    """Those of a product's documents that are of one edition, in their order."""
    return tuple([document for document in documents if document.edition == edition])


def document_of(documents: Iterable[Document], entry: Entry) -> Document:
    """The one of a product's documents that ``entry`` stands in."""
    return next(one for one in documents if (one.edition, one.locale) == (entry.edition, entry.locale))


def value_of(code: Code) -> int | None:
    """The number a code is; ``None`` where it is none, or several."""
    return code.value if isinstance(code, IntegerCode) else None


def hexadecimal(value: int) -> str:
    """A number as ``0x1B5E``; a negative one keeps its sign."""
    return f"{'-' if value < 0 else ''}0x{abs(value):X}"
