"""Which pages the site has and what each says. Every decision is taken here; templates only fill in.

The room knows the catalogs and, as values, the diagnostics; it neither reads nor writes. The site's own words come
from whoever plans, through :class:`Words`.
"""

from collections.abc import Mapping
from itertools import chain

import msgspec

from generator.errors import CodeglotError
from generator.model import Catalog, Locale
from generator.pages import codes, home, linked_data, products, reports, sections, tombstones
from generator.pages.desk import Desk, Shelf
from generator.pages.facts import SiteInfo, Tombstone
from generator.pages.ledger import Ledger
from generator.pages.page import Content, Page, Plan
from generator.pages.reports import Measured, RuleInfo, alone, measured
from generator.pages.words import Words

__all__ = [
    "Content",
    "Ledger",
    "Measured",
    "Page",
    "Plan",
    "RuleInfo",
    "SiteInfo",
    "Tombstone",
    "Words",
    "alone",
    "measured",
    "plan",
]


def plan(
    catalog: Catalog,
    ledger: Ledger,
    site: SiteInfo,
    words: Mapping[Locale, Words],
    rules: tuple[RuleInfo, ...] = (),
) -> Plan:
    """All pages in all locales of the site.

    ``catalog`` is the corrected one, ``ledger`` what was found in the one as written, ``words`` has every locale of ``site``, and ``rules`` are those that can fire.
    A product none of whose documents lists a code has its own page and no others. Raises CodeglotError where two
    pages would have one address.
    """
    shelf = Shelf(catalog, ledger, site, words)
    desks = [Desk(shelf, locale) for locale in site.locales]
    about: list[list[Page]] = [[] for _ in desks]
    # All locales of a code one after the other: most of what they are compared by is the same.
    for code in chain.from_iterable(shelf.codes.values()):
        for page, written in zip(codes.pages(shelf, desks, code), about, strict=True):
            written.append(page)
    return Plan(
        tuple(
            msgspec.structs.replace(page, linked_data=linked_data.told(desk, page))
            for desk, written in zip(desks, about, strict=True)
            for page in _distinct(chain(written, *_others(desk, rules)))
        )
    )


def _others(desk: Desk, rules: tuple[RuleInfo, ...]) -> tuple[tuple[Page, ...], ...]:
    """The pages of one locale that are about no single code that a document lists."""
    return (
        (home.home(desk), home.search(desk), reports.discrepancies(desk), reports.rules(desk, rules)),
        tuple(reports.rule(desk, rule) for rule in rules),
        tuple(products.product(desk, product) for product in desk.catalog.products),
        *(sections.sections(desk, product) for product in desk.catalog.products),
        tuple(tombstones.tombstone(desk, stone) for stone in desk.site.tombstones),
    )


def _distinct(pages: "chain[Page]") -> tuple[Page, ...]:
    found: dict[str, Page] = {}
    for page in sorted(pages, key=lambda page: page.path):
        if page.source in found:
            raise CodeglotError(
                f"two pages have one address, {page.path}: {found[page.source].title} and {page.title}",
                hint="a code's or a rule's address collides with another; see the addresses in README.md",
            )
        found[page.source] = page
    return tuple(found.values())
