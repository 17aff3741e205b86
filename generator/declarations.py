"""What people declare that no document says: which differences are meant. Declared in ``catalog.toml``, each with a reason."""

from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct

from generator.model import Canonical, Locale, ProductId


class Retired(Struct, frozen=True):
    """Codes that the current edition rightly leaves out, in any of its locales."""

    product: ProductId
    codes: frozenset[Canonical]
    reason: str
    replaced_by: str = ""
    """The code to use instead, as ``product/code`` in any spelling; empty where there is none."""
    line: int = 0
    """Where it stands in ``catalog.toml``."""


class OnlyIn(Struct, frozen=True):
    """Codes that only some locales' documents list, because the product works otherwise there."""

    product: ProductId
    codes: frozenset[Canonical]
    locales: frozenset[Locale]
    reason: str


class Shipped(Struct, frozen=True):
    """Names that look wrong and are the real ones."""

    product: ProductId
    names: frozenset[str]
    reason: str
    meant: tuple[tuple[str, str], ...] = ()
    """Names with their right spelling, by which people look for them too."""


class SameLinks(Struct, frozen=True):
    """Beginnings of link targets that lead to the same place: the vendor's sites, or one page under several addresses."""

    targets: tuple[str, ...]
    """The first one stands for all."""
    reason: str


class Declarations(Struct, frozen=True, dict=True):
    """Everything declared as meant."""

    retired: tuple[Retired, ...] = ()
    only_in: tuple[OnlyIn, ...] = ()
    shipped: tuple[Shipped, ...] = ()
    same_links: tuple[SameLinks, ...] = ()
    link_base: Mapping[tuple[ProductId, Locale], str] = {}
    """The site against which a relative link of a product's document is resolved."""

    def is_retired(self, product: ProductId, code: Canonical) -> bool:
        """Whether a code is declared as retired."""
        return any(one.product == product and code in one.codes for one in self.retired)

    def is_absent(self, product: ProductId, code: Canonical, locale: Locale) -> bool:
        """Whether a code is declared to be of other locales only."""
        return any(one.product == product and code in one.codes and locale not in one.locales for one in self.only_in)

    def is_shipped(self, product: ProductId, name: str) -> bool:
        """Whether a name that looks wrong is declared to be the real one."""
        return name in self._shipped.get(product, frozenset())

    @property
    def meant(self) -> tuple[tuple[ProductId, str, str], ...]:
        """Right spellings of shipped names: product, name as shipped, name as meant."""
        return tuple((one.product, name, right) for one in self.shipped for name, right in one.meant)

    @cached_property
    def _shipped(self) -> Mapping[ProductId, frozenset[str]]:
        found: dict[ProductId, frozenset[str]] = {}
        for one in self.shipped:
            found[one.product] = found.get(one.product, frozenset()) | one.names
        return found
