"""What the whole site's files for programs need of one product: text that is ready, to be put beside other products'."""

from collections.abc import Mapping
from typing import Final

import msgspec
from msgspec import Struct

from generator import meanings
from generator.model import Catalog, Locale, ProductId
from generator.pages import facts
from generator.text import harmless_json

NEWEST: Final = 200
"""So many entries a feed has, the newest; so no product needs to offer more."""


class Elsewhere(Struct, frozen=True):
    """What the files of one product say of others."""

    products: tuple[ProductId, ...]
    """All products, in the catalog's order: their pages are there as Markdown too."""
    same: Mapping[int, tuple[str, ...]]
    """For each number that is a code the addresses of the codes that it is, in the products' order."""


class News(Struct, frozen=True, array_like=True):
    """One entry of the feeds."""

    published: str
    """ISO 8601 to the precision known; by this they are sorted."""
    entries: tuple[str, ...]
    """As XML, in each of the site's locales."""


class Share(Struct, frozen=True, array_like=True):
    """One product, for the files that are about all of them."""

    titles: dict[Locale, str]
    product: bytes
    """Its entry in the list of products: JSON."""
    codes: bytes
    """Its lines in the list of codes: JSON, with commas between them."""
    table: str
    """Its lines in the table for spreadsheets; see :func:`generator.machine.table.lines`."""
    wide: bool
    """Whether its documents have a column for cause and solution together."""
    news: tuple[News, ...]
    """Its changes, the newest first; no more than a feed has room for."""
    told: tuple[str, ...]
    """The line about it in ``llms.txt``, in each of the site's locales."""


def elsewhere(catalog: Catalog) -> Elsewhere:
    """What any product's files may say of others."""
    found: dict[int, list[str]] = {}
    for product in catalog.products:
        for code in meanings.codes(product):
            value = facts.value_of(code.code)
            if value is not None:
                found.setdefault(value, []).append(code.address)
    return Elsewhere(
        tuple(product.id for product in catalog.products), {value: tuple(same) for value, same in found.items()}
    )


def as_json(value: object) -> bytes:
    """A value as JSON that does nothing to a terminal."""
    encoded = msgspec.json.encode(value)
    said = encoded.decode()
    return encoded if said.isprintable() else harmless_json(said).encode()
