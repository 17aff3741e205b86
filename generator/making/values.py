"""What one build hands from step to step, and what it keeps for the next."""

from collections.abc import Mapping

from msgspec import Struct

from generator import machine, words
from generator.diagnostics import Severity
from generator.model import Locale, ProductId
from generator.site import blocks, neutral, sitemap
from generator.site.shell import Kind, Shell
from generator.site.tree import Filed
from generator.site.values import Step

Files = tuple[tuple[str, Filed], ...]
"""Files that were written, by their paths."""


class Head(Struct, frozen=True, array_like=True):
    """A page, as far as other pages and files speak of it."""

    locale: Locale
    path: str
    called: str
    """What links in no language call it."""
    title: str


class Share(Struct, frozen=True, array_like=True):
    """Everything that was made of one product, and what the files about the whole site need of it."""

    heads: tuple[Head, ...]
    site: Files
    docs: Files
    machine: machine.Share
    words: words.Share
    links: neutral.Share
    sections: tuple[blocks.Row, ...]
    entries: tuple[sitemap.Entry, ...]
    """Its pages in the sitemap."""


class Frames(Struct, frozen=True, array_like=True):
    """What MkDocs makes: the shells, and the files beside them."""

    files: dict[str, bytes]
    shells: tuple[tuple[Kind, Shell], ...]
    sound: bool
    """False where the shells will not do, so that MkDocs has to build every page."""


class Made(Struct, frozen=True):
    """A finished build."""

    folder: str
    documents: int
    locales: tuple[Locale, ...]
    rows: int
    codes: int
    products: int
    pages: tuple[tuple[Locale, int], ...]
    links: int
    files: int
    size: int
    """Bytes of all files."""
    new: Mapping[Severity, int]
    known: int
    corrected: int
    unlisted: int | None
    """How many addresses are not in the list of permalinks; ``None`` where no such list is kept."""
    untranslated: tuple[tuple[Locale, int, int], ...]
    """Each locale in which the site's own words are not complete: how many of how many are in English."""
    remade: tuple[ProductId, ...]
    """The products of which anything was made anew."""
    steps: tuple[Step, ...] = ()
    seconds: float = 0
    changed: bool = True
    """False where nothing had to be made."""
