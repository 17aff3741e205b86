"""The site for programs: data, Markdown, feeds, and what tells browsers and language models of them.

Everything is made from the same plan as the pages, so that nothing names a page that does not exist.

Nearly all of the work is in :func:`of_product`, which looks at one product and gives the files about it, and what the
files about the whole site need of it; :func:`of_site` only puts that together.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from generator import addresses
from generator.machine import codes, feed, llms, opensearch, schema, table
from generator.machine.places import API, TWIN, Places
from generator.machine.revisions import revisions
from generator.machine.shapes import ApiFile, IndexFile
from generator.machine.shares import Elsewhere, News, Share, as_json, elsewhere
from generator.machine.twins import Twins
from generator.model import Catalog, Locale, Product, ProductId
from generator.pages import Ledger, Page, PageKey, Plan, SiteInfo, Words, linked_data
from generator.pages.desk import Desk, Shelf

__all__ = ["Elsewhere", "Files", "News", "Share", "elsewhere", "files", "of_product", "of_site", "twin"]

Files = dict[str, str | bytes]
"""Files by their paths below the site's root."""


class _CodesFile(Struct, frozen=True):
    """As :class:`generator.machine.shapes.CodesFile`, of parts that are JSON already."""

    source_locale: Locale
    locales: tuple[Locale, ...]
    products: msgspec.Raw
    codes: msgspec.Raw


def files(
    plan: Plan,
    catalog: Catalog,
    ledger: Ledger,
    site: SiteInfo,
    words: Mapping[Locale, Words],
    report: str,
    report_schema: Mapping[str, Any],
) -> Files:
    """Every file for programs by its path below the site's root.

    ``plan`` was made from the same ``catalog``, ``ledger``, ``site`` (whose address must be known) and ``words``;
    ``report`` is the report of all discrepancies as JSON and ``report_schema`` its schema.
    """
    shelf, others = Shelf(catalog, ledger, site, words), elsewhere(catalog)
    owned: dict[str, list[Page]] = {product: [] for product in others.products}
    rest: list[Page] = []
    for page in plan.pages:
        owned.get(page.path.partition("/")[0], rest).append(page)
    made = [of_product(shelf, product, owned[product.id], others, {}) for product in catalog.products]
    titles = {locale: linked_data.site_title(Desk(shelf, locale)) for locale in site.locales}
    shares = {product.id: share for product, (_, share) in zip(catalog.products, made, strict=True)}
    whole = of_site(shares, rest, site, words, titles, report, report_schema)
    return {**whole, **{path: file for own, _ in made for path, file in own.items()}}


def of_product(
    shelf: Shelf,
    product: Product,
    pages: Sequence[Page],
    others: Elsewhere,
    markdown: Mapping[PageKey, str],
) -> tuple[Files, Share]:
    """The files about one product, and what the files about the whole site need of it.

    The files are the data of each code, and every page of the product as Markdown. ``pages`` are the product's, in all
    locales, with or without those of codes that no document lists any more. Of ``shelf`` is used: the product's own codes, lines,
    sections and documents; the diagnostics that :attr:`Shelf.by_code` has for its codes, with their anchors in the report;
    the site's declarations, with which codes have been replaced; the site's own words. So its catalog may hold this
    product alone. What is said of other products is in ``others``. Pages that are in ``markdown`` already are not made again.
    """
    places = Places(shelf.site, {page.path for page in pages}, others.products)
    by_path = {(page.locale, page.path): page for page in pages}
    desks = [Desk(shelf, locale) for locale in places.locales]
    listed = [(codes.summary(shelf, places, code), code) for code in shelf.codes[product.id]]
    wide = table.is_wide(document for document in shelf.catalog.documents if document.product == product.id)
    path = addresses.product_path(product.id)
    made = {f"{API}{line.address}.json": _file(codes.whole(shelf, places, others, code, line)) for line, code in listed}
    share = Share(
        titles=dict(product.titles),
        product=as_json(codes.product_entry(product, places)),
        codes=b",".join(as_json(line) for line, _ in listed),
        table=table.lines(listed, places.locales, wide=wide),
        wide=wide,
        news=feed.news(desks, places, revisions(shelf, product), by_path),
        told=tuple(llms.product(places, by_path[locale, path]) for locale in places.locales),
    )
    return {**made, **_twins(pages, shelf.words, places, markdown)}, share


def twin(page: Page, source_locale: Locale) -> str:
    """The path below the site's root of a page's Markdown."""
    return f"{addresses.prefix(page.locale, source_locale)}{page.path}{TWIN}"


def of_site(
    shares: Mapping[ProductId, Share],
    pages: Sequence[Page],
    site: SiteInfo,
    words: Mapping[Locale, Words],
    titles: Mapping[Locale, str],
    report: str,
    report_schema: Mapping[str, Any],
) -> Files:
    """The files about the whole site, and the data of codes that no document lists any more.

    ``shares`` are of all products in the catalog's order, ``pages`` those that were not given to :func:`of_product` (home,
    search and the report are asked for titles and descriptions; of a code that is gone the Markdown is made here where its
    page is among them), ``titles`` what the site calls itself (:func:`linked_data.site_title`), ``report`` and
    ``report_schema`` as in :func:`files`.
    """
    stones = site.tombstones
    gone = {addresses.code_path(stone.product, stone.code): stone for stone in stones}
    places = Places(site, {*gone, *map(addresses.product_path, shares)}, shares)
    by_path = {(page.locale, page.path): page for page in pages}
    known, ended = _known(places), [codes.gone(places, stone) for stone in stones]
    listed = _CodesFile(
        site.source_locale,
        site.locales,
        _array(share.product for share in shares.values()),
        _array([*(share.codes for share in shares.values() if share.codes), *map(as_json, ended)]),
    )
    abouts = {locale: by_path[locale, "search/"].description for locale in site.locales}
    return {
        f"{API}index.json": _file(_index(places, titles, known)),
        f"{API}codes.json": msgspec.json.encode(listed) + b"\n",
        f"{API}codes.csv": table.text(((one.table, one.wide) for one in shares.values()), ended, site.locales),
        f"{API}discrepancies.json": report,
        f"{API}schema.json": _file(schema.whole(f"{places.root}{API}schema.json", report_schema)),
        "llms.txt": llms.text(words, places, by_path, titles, known, [share.told for share in shares.values()]),
        **feed.files(words, places, titles, (share.news for share in shares.values())),
        **opensearch.files(places, titles, abouts),
        **{
            f"{API}{line.address}.json": _file(codes.remains(shares[stone.product].titles, places, stone, line))
            for stone, line in zip(stones, ended, strict=True)
        },
        **_twins(pages, words, places, {}),
    }


def _known(places: Places) -> tuple[ApiFile, ...]:
    own = f"{places.root}{API}"
    described = f"{own}schema.json#/$defs/"
    json, csv, atom = "application/json", "text/csv", "application/atom+xml"
    return (
        ApiFile("codes.json", f"{own}codes.json", json, f"{described}CodesFile", "Every code in one line."),
        ApiFile("codes.csv", f"{own}codes.csv", csv, None, "The same with all texts, for spreadsheets."),
        ApiFile("one code", f"{own}{{address}}.json", json, f"{described}CodeFile", "All that is known of one code."),
        ApiFile(
            "discrepancies.json",
            f"{own}discrepancies.json",
            json,
            f"{described}{schema.REPORT}",
            "Everything in which the documents disagree.",
        ),
        ApiFile("schema.json", f"{own}schema.json", "application/schema+json", None, "The JSON Schema of all these."),
        ApiFile("feed.xml", f"{places.root}{feed.FILE}", atom, None, "Which codes changed."),
    )


def _index(places: Places, titles: Mapping[Locale, str], known: tuple[ApiFile, ...]) -> IndexFile:
    return IndexFile(
        title=dict(titles),
        source_locale=places.source_locale,
        locales=places.locales,
        home=places.pages(""),
        search={locale: places.search(locale, "{searchTerms}") for locale in places.locales},
        files=known,
    )


def _twins(
    pages: Iterable[Page], words: Mapping[Locale, Words], places: Places, known: Mapping[PageKey, str]
) -> dict[str, str]:
    making = {locale: Twins(words, places, locale) for locale in places.locales}
    return {
        twin(page, places.source_locale): known.get(page.key) or making[page.locale].of(page)
        for page in pages
        if page.twin
    }


def _array(items: Iterable[bytes]) -> msgspec.Raw:
    return msgspec.Raw(b"[" + b",".join(items) + b"]")


def _file(value: object) -> bytes:
    return as_json(value) + b"\n"
