"""Absolute addresses of what the site has; nothing else can be named."""

from typing import Final

from generator import addresses
from generator.model import Locale, ProductId, Slug
from generator.pages import Page, Plan, SiteInfo

API: Final = "api/v1/"
"""What programs read lies below this address; the number goes up when a reader would have to change."""

TWIN: Final = "index.md"
"""The same page as Markdown, below the page's own address."""


class Places:
    """The planned pages, and the files beside them, by their whole addresses."""

    def __init__(self, plan: Plan, site: SiteInfo) -> None:
        """``site.url`` has to be known."""
        self.root = f"{site.url.rstrip('/')}/"
        self.locales = site.locales
        self.source_locale = site.source_locale
        self._pages = {(page.locale, page.path): page for page in plan.pages}
        self._twins = {
            f"{self.prefix(page.locale)}{page.path}": f"{self.page(page.path, page.locale)}{TWIN}"
            for page in plan.pages
            if page.twin
        }

    def planned(self, path: str, locale: Locale) -> Page:
        """The page at ``path`` in ``locale``; KeyError where none is planned."""
        return self._pages[locale, path]

    def prefix(self, locale: Locale) -> str:
        """The first part of a locale's addresses below the site's root."""
        return addresses.prefix(locale, self.source_locale)

    def page(self, path: str, locale: Locale) -> str:
        """The address of a page; KeyError where none is planned."""
        return f"{self.root}{self.prefix(locale)}{self.planned(path, locale).path}"

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
        steps = f"{self.prefix(page.locale)}{page.path}".split("/")[:-1]
        while path.startswith("../"):
            path = path.removeprefix("../")
            steps.pop()
        target = "".join(f"{step}/" for step in steps) + path.removeprefix("./")
        return f"{self.root}{target}{mark}{fragment}" if mark or target not in self._twins else self._twins[target]

    def data(self, address: str) -> str:
        """The address of a code's data, by product and slug."""
        return f"{self.root}{API}{address}.json"

    def neutral(self, product: ProductId, slug: Slug) -> str:
        """The link for tickets."""
        return f"{self.root}{addresses.neutral_path(product, slug)}"

    def search(self, locale: Locale, words: str) -> str:
        """The results for ``words``, which are put in as they are."""
        return f"{self.page('search/', locale)}?q={words}"
