"""What a rule compares: the documents of one product, or products; and the part of a catalog that is one product's."""

from enum import StrEnum
from typing import Final

import msgspec

from generator.declarations import Declarations
from generator.model import Accounting, Catalog, ProductId


class Scope(StrEnum):
    """What a rule has to see to say what it says."""

    PRODUCT = "product"
    """The documents of one product, in all their editions and locales; what it learns there holds there alone."""
    PRODUCTS = "products"
    """All products, for it compares one with another."""


_UNCOUNTED: Final = Accounting(0, 0, 0, 0, 0, 0)
"""Where a product's cells went is not told apart from where the catalog's went, and no rule asks."""


def part(catalog: Catalog, product: ProductId) -> Catalog:
    """What a catalog holds of one product, the very same values, and its locales as declared for all products."""
    return msgspec.structs.replace(
        catalog,
        products=tuple(one for one in catalog.products if one.id == product),
        documents=tuple(one for one in catalog.documents if one.product == product),
        accounting=_UNCOUNTED,
        stale_errata=tuple(one for one in catalog.stale_errata if one.erratum.product == product),
    )


def declared_of(declared: Declarations, product: ProductId) -> Declarations:
    """What is declared of one product, and of all of them."""
    return Declarations(
        retired=tuple(one for one in declared.retired if one.product == product),
        only_in=tuple(one for one in declared.only_in if one.product == product),
        shipped=tuple(one for one in declared.shipped if one.product == product),
        same_links=declared.same_links,
        link_base={key: base for key, base in declared.link_base.items() if key[0] == product},
    )
