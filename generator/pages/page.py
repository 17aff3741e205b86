"""A page and its place on the site."""

from typing import Final

from msgspec import Struct

from generator.model import Locale
from generator.pages.content import (
    CodeContent,
    DiscrepanciesContent,
    HomeContent,
    ProductContent,
    RuleContent,
    RulesContent,
    SearchContent,
    SectionContent,
    Spent,
    TombstoneContent,
)

Content = (
    CodeContent
    | ProductContent
    | SectionContent
    | HomeContent
    | SearchContent
    | DiscrepanciesContent
    | RulesContent
    | RuleContent
    | TombstoneContent
    | Spent
)

SPENT: Final = Spent()


def source_of(path: str) -> str:
    """The file, below ``docs/{locale}/``, of the page at ``path``: ``gme/7006.md`` for ``gme/7006/``.

    The page of a code called ``index`` must not take the place of its product's.
    """
    name = path.rstrip("/")
    return f"{name}/index.md" if name.endswith("/index") else f"{name}.md"


PageKey = tuple[Locale, str]
"""What tells a page from all others: its locale, and its address below the locale's prefix."""


class Page(Struct, frozen=True, array_like=True):
    """One page in one locale."""

    locale: Locale
    path: str
    """The address below the locale's prefix: ``gme/7006/``; empty for the home page."""
    source: str
    """The file below ``docs/{locale}/``: ``gme/7006.md``."""
    template: str
    """The template below ``templates/pages/``: ``code.md.j2``."""
    title: str
    """Plain text, in the page's language."""
    description: str
    """Plain text, in the page's language."""
    text_locale: Locale
    """The language of the text the page is about; not ``locale`` on a fallback page."""
    canonical: str
    """The address below the site's root of the page this one repeats: its own, or on a fallback page the original's."""
    content: Content
    code: str = ""
    """Product and slug of the code the page is about: ``gme/7006``; else empty."""
    search: bool = False
    """The page takes part in full-text search."""
    text_locales: tuple[Locale, ...] = ()
    """The locales that have a text of their own for this page; empty where all have."""
    x_default: str = ""
    """The address below the site's root for readers of any other language; empty for the source locale's."""
    hide: tuple[str, ...] = ()
    """Parts of the page's frame that it does without: ``search`` where it has a search box of its own."""
    linked_data: str = ""
    """The page's JSON-LD, as :mod:`generator.pages.linked_data` writes it."""

    @property
    def key(self) -> PageKey:
        """What tells the page from all others."""
        return self.locale, self.path

    @property
    def twin(self) -> bool:
        """Whether the page is there as Markdown too: what it says needs no browser."""
        return isinstance(self.content, CodeContent | TombstoneContent | ProductContent | SectionContent)

    @property
    def fallback(self) -> bool:
        """Whether the page shows another locale's text."""
        return self.text_locale != self.locale


class Named(Struct, frozen=True):
    """A page as the navigation names it."""

    title: str
    source: str
    """Its file below ``docs/{locale}/``."""
    below: tuple["Named", ...] = ()
    """Pages to which one comes by it alone."""


class Outline(Struct, frozen=True):
    """The site around its pages, in one locale."""

    locale: Locale
    description: str
    """What the home page says of itself; plain text."""
    named: tuple[Named, ...]
    """What the navigation names."""


class Plan(Struct, frozen=True):
    """All pages of the site."""

    pages: tuple[Page, ...]
    """By locale in the catalog's order; within a locale by path."""
    around: tuple[Outline, ...] = ()
    """The site around them, in each locale."""
