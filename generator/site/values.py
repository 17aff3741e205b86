"""What the site is made of, besides the pages themselves: values only."""

from pathlib import Path

from msgspec import Struct

from generator.model import Locale


class NavItem(Struct, frozen=True):
    """One entry of the navigation."""

    title: str
    source: str = ""
    """The page's file below ``docs/{locale}/``; empty for a heading over ``children``."""
    children: tuple["NavItem", ...] = ()


class LocaleSpec(Struct, frozen=True):
    """The site in one locale."""

    locale: Locale
    name: str
    """What its speakers call the language: ``한국어``."""
    title: str
    """The site's title in this locale."""
    description: str = ""
    """One sentence for search engines, for pages that have none of their own."""
    labels: tuple[tuple[str, str], ...] = ()
    """The words around the pages: key as in :data:`generator.site.theme.LABELS`, text in this locale."""
    nav: tuple[NavItem, ...] = ()
    """The navigation; left empty, MkDocs makes one from the files."""


class MovedPage(Struct, frozen=True):
    """An address whose page has gone elsewhere, the same in every locale."""

    path: str
    """The address that was, below a locale's prefix: ``gme/sections/7003/``."""
    to: str
    """The page's address now."""
    titles: tuple[tuple[Locale, str], ...] = ()
    """That page's title in each locale."""


class SiteSpec(Struct, frozen=True):
    """The site in all its locales."""

    source_locale: Locale
    """The locale at the root of the site."""
    locales: tuple[LocaleSpec, ...]
    moved: tuple[MovedPage, ...] = ()
    """In the order of their addresses."""


class NeutralTarget(Struct, frozen=True):
    """One page that a link in no language may lead to."""

    path: str
    """The page's address below a locale's prefix: ``gme/7006/``."""
    titles: tuple[tuple[Locale, str], ...]
    """What to call it in each locale: ``GME 7006 AV_ERR_AUTH_FIALD``."""


class NeutralLink(Struct, frozen=True):
    """A link for tickets: an address in no language."""

    path: str
    """The address below the root of the site: ``e/7006/``."""
    text: str
    """What was asked for, as a heading: ``7006``."""
    targets: tuple[NeutralTarget, ...]
    """The pages meant: one to go to, several to choose from."""


class Step(Struct, frozen=True):
    """How long one part of a build took."""

    name: str
    seconds: float


class Built(Struct, frozen=True):
    """A finished site."""

    folder: Path
    pages: tuple[tuple[Locale, int], ...]
    """How many pages each locale has, in the order of the catalog's locales."""
    links: int
    """How many links in no language there are."""
    files: int
    size: int
    """Bytes of all files."""
    seconds: float
    steps: tuple[Step, ...]
