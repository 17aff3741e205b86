"""The files about the site as a whole, put together of what its products give."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from generator import machine, words
from generator.glossary import Glossary
from generator.labels import Labels
from generator.making.values import Head, Share
from generator.model import Locale, ProductId
from generator.pages import Page, SiteInfo, linked_data
from generator.pages.desk import Desk
from generator.site import blocks, sitemap

Files = Mapping[str, str | bytes]


class Given(Struct, frozen=True):
    """What is known of the whole site before its products are made."""

    about: SiteInfo
    words: Mapping[Locale, Labels]
    search: Mapping[str, str]
    """The files of the search (:func:`search`)."""
    desks: tuple[Desk, ...]
    own: tuple[Page, ...]
    """The pages of no product, in all locales."""
    report: tuple[str, Mapping[str, object]]
    """The report as JSON, and its schema."""


def of_site(given: Given, shares: Mapping[ProductId, Share], entries: Iterable[sitemap.Entry]) -> Files:
    """The files by their paths; ``entries`` are those of the sitemap for pages that people wrote."""
    titles = {desk.locale: linked_data.site_title(desk) for desk in given.desks}
    parts = {product: share.machine for product, share in shares.items()}
    url = given.about.url
    own = sitemap.made(given.own, given.about.locales, given.about.source_locale, url)
    listed = (entry for share in shares.values() for entry in share.entries)
    sections = (row for share in shares.values() for row in share.sections)
    return {
        **given.search,
        # The Markdown of a code that is gone is made with its product.
        **machine.of_site(
            parts, [page for page in given.own if not page.code], given.about, given.words, titles, *given.report
        ),
        **blocks.of_site(sections, given.about.locales),
        **sitemap.joined([*listed, *own, *entries], url),
        "robots.txt": sitemap.robots(url),
        ".nojekyll": "",
    }


def search(shares: Iterable[Share], locales: tuple[Locale, ...], glossary: Glossary) -> Mapping[str, str]:
    """The files of the search, of the shares of all products."""
    return words.of_site([share.words for share in shares], locales, glossary)


def heads(shares: Iterable[Share]) -> Iterable[Head]:
    """The pages of all products."""
    return (head for share in shares for head in share.heads)
