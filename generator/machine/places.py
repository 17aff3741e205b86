"""Absolute addresses of what the site has; nothing else can be named."""

from collections.abc import Collection
from typing import Final

from generator import addresses
from generator.model import Locale, ProductId, Slug
from generator.pages import Page, SiteInfo

API: Final = "api/v1/"
"""What programs read lies below this address; the number goes up when a reader would have to change."""

TWIN: Final = "index.md"
"""The same page as Markdown, below the page's own address."""

EVERYWHERE: Final = frozenset({"", "search/", "discrepancies/"})
"""Pages that every site has, whatever its documents say."""


class Places:
    """Pages, and the files beside them, by their whole addresses."""

    def __init__(self, site: SiteInfo, paths: Collection[str], products: Collection[ProductId]) -> None:
        """``site.url`` has to be known.

        ``paths`` are the addresses, below a locale's prefix, of the pages that can be named beside those that every site
        has: the pages of one product, say. ``products`` are all products of the site, of which every page has a twin in
        Markdown; by them it is seen whether a link of a page leads to such a page.
        """
        self.root = f"{site.url.rstrip('/')}/"
        self.locales = site.locales
        self.source_locale = site.source_locale
        self._prefixes = {locale: addresses.prefix(locale, site.source_locale) for locale in site.locales}
        self._paths = EVERYWHERE.union(paths)
        self._products = frozenset(products)
        self.replaced = {(product, slug): path for product, slug, path in reversed(site.replaced)}
        """For codes that another one has replaced, the address of the other's page; what is declared first holds."""
        self._others = frozenset(site.locales) - {site.source_locale}

    def prefix(self, locale: Locale) -> str:
        """The first part of a locale's addresses below the site's root."""
        return self._prefixes[locale]

    def page(self, path: str, locale: Locale) -> str:
        """The address of a page; KeyError where there is none."""
        if path not in self._paths:
            raise KeyError(path)
        return f"{self.root}{self._prefixes[locale]}{path}"

    def pages(self, path: str) -> dict[Locale, str]:
        """The address of a page in every locale."""
        return {locale: self.page(path, locale) for locale in self.locales}

    def twin(self, path: str, locale: Locale) -> str:
        """The address of a page as Markdown."""
        return f"{self.page(path, locale)}{TWIN}"

    def twins(self, path: str) -> dict[Locale, str]:
        """The address of a page as Markdown in every locale."""
        return {locale: self.twin(path, locale) for locale in self.locales}

    def linked(self, page: Page, href: str) -> str:
        """Where a link of a page leads, relative as the page has it; to the Markdown of a page where there is one."""
        path, mark, fragment = href.partition("#")
        base = f"{self._prefixes[page.locale]}{page.path}"
        while path.startswith("../"):
            path = path[3:]
            base = base[: base.rfind("/", 0, -1) + 1]
        target = f"{self.root}{base}{path.removeprefix('./')}"
        if mark:
            return f"{target}#{fragment}"
        return f"{target}{TWIN}" if self._has_twin(target[len(self.root) :]) else target

    def _has_twin(self, address: str) -> bool:
        """Whether an address below the site's root is that of a product's page, a section's or a code's."""
        first, _, rest = address.partition("/")
        return (rest.partition("/")[0] if first in self._others else first) in self._products

    def data(self, address: str) -> str:
        """The address of a code's data, by product and slug."""
        return f"{self.root}{API}{address}.json"

    def neutral(self, product: ProductId, slug: Slug) -> str:
        """The link for tickets."""
        return f"{self.root}{addresses.neutral_path(product, slug)}"

    def search(self, locale: Locale, words: str) -> str:
        """The results for ``words``, which are put in as they are."""
        return f"{self.page('search/', locale)}?q={words}"
