"""Which pages the site has and what each says. Every decision is taken here; templates only fill in.

The room knows the catalogs and, as values, the diagnostics; it neither reads nor writes. The site's own words come
from whoever plans, through :class:`Words`.
"""

from collections.abc import Iterable, Mapping
from itertools import chain

import msgspec

from generator.errors import CodeglotError
from generator.meanings import CodeMeanings
from generator.model import Catalog, Locale, ProductId
from generator.pages import codes, home, linked_data, products, reports, sections, tombstones
from generator.pages.desk import Desk, Shelf
from generator.pages.facts import SiteInfo, Tombstone
from generator.pages.ledger import Ledger
from generator.pages.page import SPENT, Content, Named, Outline, Page, PageKey, Plan
from generator.pages.reports import Measured, RuleInfo, alone, measured
from generator.pages.words import Words

__all__ = [
    "SPENT",
    "Content",
    "Ledger",
    "Measured",
    "Named",
    "Outline",
    "Page",
    "PageKey",
    "Plan",
    "RuleInfo",
    "Shelf",
    "SiteInfo",
    "Tombstone",
    "Words",
    "alone",
    "around",
    "frame",
    "gone",
    "in_locale",
    "measured",
    "of_code",
    "of_product",
    "of_site",
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
    parts = (*(of_product(shelf, product.id) for product in catalog.products), of_site(shelf, rules))
    distinct = (_distinct(chain.from_iterable(own)) for own in zip(*parts, strict=True))
    return Plan(tuple(chain.from_iterable(distinct)), frame(shelf))


def of_product(shelf: Shelf, product: ProductId) -> tuple[tuple[Page, ...], ...]:
    """The pages of one product, for each locale of the site: its codes, its own and its sections.

    Besides the product and what was found in it they say where else its numbers are codes, what has replaced its codes,
    and what rows of other products bear a diagnostic out.
    """
    # All locales of a code one after the other: most of what they are compared by is the same.
    about = [codes.pages(shelf, code) for code in shelf.codes[product]]
    written = zip(*about, strict=True) if about else ((),) * len(shelf.desks)
    return tuple(
        (*_told(desk, own), *rest) for desk, own, rest in zip(shelf.desks, written, around(shelf, product), strict=True)
    )


def of_code(shelf: Shelf, code: CodeMeanings) -> tuple[Page, ...]:
    """The page of one code in each locale of the site."""
    return tuple(
        page for desk, own in zip(shelf.desks, codes.pages(shelf, code), strict=True) for page in _told(desk, (own,))
    )


def around(shelf: Shelf, product: ProductId) -> tuple[tuple[Page, ...], ...]:
    """The pages of one product that are about no single code, for each locale of the site: its own and its sections."""
    known = shelf.products[product]
    return tuple(_told(desk, (products.product(desk, known), *sections.sections(desk, known))) for desk in shelf.desks)


def of_site(shelf: Shelf, rules: tuple[RuleInfo, ...] = ()) -> tuple[tuple[Page, ...], ...]:
    """The pages that belong to no product, for each locale of the site, with those of codes that are gone."""
    return tuple(in_locale(desk, rules) for desk in shelf.desks)


def in_locale(desk: Desk, rules: tuple[RuleInfo, ...] = ()) -> tuple[Page, ...]:
    """As :func:`of_site`, for one locale."""
    listed = (
        home.home(desk),
        home.search(desk),
        reports.discrepancies(desk),
        reports.rules(desk, rules),
        *(reports.rule(desk, rule) for rule in rules),
    )
    return (*_told(desk, listed), *_gone(desk, desk.site.tombstones))


def gone(shelf: Shelf, product: ProductId) -> tuple[Page, ...]:
    """The pages of a product's codes that are gone, in all locales."""
    stones = [stone for stone in shelf.site.tombstones if stone.product == product]
    return tuple(page for desk in shelf.desks for page in _gone(desk, stones))


def _gone(desk: Desk, stones: Iterable[Tombstone]) -> tuple[Page, ...]:
    return _told(desk, (tombstones.tombstone(desk, stone) for stone in stones))


def frame(shelf: Shelf) -> tuple[Outline, ...]:
    """The site around its pages, in all locales; it says nothing of what was found in the documents."""
    return tuple(map(home.outline, shelf.desks))


def _told(desk: Desk, pages: Iterable[Page]) -> tuple[Page, ...]:
    """The pages with what they tell machines of themselves."""
    return tuple([msgspec.structs.replace(page, linked_data=linked_data.told(desk, page)) for page in pages])


def _distinct(pages: Iterable[Page]) -> tuple[Page, ...]:
    found: dict[str, Page] = {}
    for page in sorted(pages, key=lambda page: page.path):
        if page.source in found:
            raise CodeglotError(
                f"two pages have one address, {page.path}: {found[page.source].title} and {page.title}",
                hint="a code's or a rule's address collides with another; see the addresses in README.md",
            )
        found[page.source] = page
    return tuple(found.values())
