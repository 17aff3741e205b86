"""The files about the site as a whole, put together of what its products give."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from generator import machine, words
from generator.addresses import product_path
from generator.glossary import Glossary
from generator.labels import Labels
from generator.making.values import Head, Share
from generator.model import Locale, ProductId
from generator.pages import Page, SiteInfo, linked_data
from generator.pages.desk import Desk
from generator.site import sitemap

Files = Mapping[str, str | bytes]


class Given(Struct, frozen=True):
    """What is known of the whole site before its products are made."""

    about: SiteInfo
    words: Mapping[Locale, Labels]
    glossary: Glossary
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
    pages = (head for share in shares.values() for head in share.heads)
    listed = sitemap.made([*pages, *given.own], given.about.locales, given.about.source_locale, url)
    return {
        **words.of_site([share.words for share in shares.values()], given.about.locales, given.glossary),
        **machine.of_site(parts, given.own, given.about, given.words, titles, *given.report),
        **_sections(given.about.locales, [shares[product] for product in sorted(shares, key=product_path)]),
        **sitemap.joined([*listed, *entries], url),
        "robots.txt": sitemap.robots(url),
        ".nojekyll": "",
    }


def _sections(locales: Iterable[Locale], shares: Iterable[Share]) -> Files:
    """As :func:`generator.site.section_files`, in the order of the pages' addresses."""
    parts = [dict(share.sections) for share in shares]
    return {
        f"assets/codeglot/sections.{locale}.json": f"[{','.join(filter(None, (part.get(locale, '') for part in parts)))}]"
        for locale in locales
    }


def heads(shares: Iterable[Share]) -> Iterable[Head]:
    """The pages of all products."""
    return (head for share in shares for head in share.heads)
