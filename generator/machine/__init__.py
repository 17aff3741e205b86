"""The site for programs: data, Markdown, feeds, and what tells browsers and language models of them.

Everything is made from the same plan as the pages, so that nothing names a page that does not exist.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from generator import addresses
from generator.machine import codes, feed, llms, opensearch, schema, table
from generator.machine.places import API, Places
from generator.machine.revisions import revisions
from generator.machine.shapes import ApiFile, CodesFile, IndexFile
from generator.machine.twins import Twins
from generator.model import Catalog, Locale
from generator.pages import Ledger, Plan, SiteInfo, Words, linked_data
from generator.pages.desk import Desk, Shelf
from generator.text import harmless_json

__all__ = ["files"]


def files(
    plan: Plan,
    catalog: Catalog,
    ledger: Ledger,
    site: SiteInfo,
    words: Mapping[Locale, Words],
    report: str,
    report_schema: Mapping[str, Any],
) -> dict[str, str | bytes]:
    """Every file for programs by its path below the site's root.

    ``plan`` was made from the same ``catalog``, ``ledger``, ``site`` (whose address must be known) and ``words``;
    ``report`` is the report of all discrepancies as JSON and ``report_schema`` its schema.
    """
    shelf, places = Shelf(catalog, ledger, site, words), Places(plan, site)
    desks = [Desk(shelf, locale) for locale in site.locales]
    titles = {desk.locale: linked_data.site_title(desk) for desk in desks}
    listed = codes.every(shelf, places)
    known = _known(places)
    own: dict[str, str | bytes] = {
        f"{API}index.json": _json(_index(places, titles, known)),
        f"{API}codes.json": _json(listed),
        f"{API}codes.csv": table.text(shelf, listed.codes),
        f"{API}discrepancies.json": report,
        f"{API}schema.json": _json(schema.whole(f"{places.root}{API}schema.json", report_schema)),
        "llms.txt": llms.text(shelf, places, titles, known),
        **feed.files(desks, places, titles, revisions(shelf)),
        **opensearch.files(places, titles),
    }
    return {**own, **_each_code(shelf, places, listed), **_twins(plan, shelf, places)}


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


def _index(places: Places, titles: dict[Locale, str], known: tuple[ApiFile, ...]) -> IndexFile:
    return IndexFile(
        title=titles,
        source_locale=places.source_locale,
        locales=places.locales,
        home=places.pages(""),
        search={locale: places.search(locale, "{searchTerms}") for locale in places.locales},
        files=known,
    )


def _each_code(shelf: Shelf, places: Places, listed: CodesFile) -> dict[str, bytes]:
    lines = {line.address: line for line in listed.codes}
    every = (code for pages in shelf.codes.values() for code in pages)
    found = [codes.whole(shelf, places, code, lines[code.address]) for code in every]
    for stone in shelf.site.tombstones:
        address = addresses.code_path(stone.product, stone.code).rstrip("/")
        found.append(codes.remains(shelf, places, stone, lines[address]))
    return {f"{API}{one.address}.json": _json(one) for one in found}


def _twins(plan: Plan, shelf: Shelf, places: Places) -> dict[str, str]:
    making = {locale: Twins(shelf, places, shelf.words[locale]) for locale in places.locales}
    return {
        places.twin(page.path, page.locale).removeprefix(places.root): making[page.locale].of(page)
        for page in plan.pages
        if page.twin
    }


def _json(value: object) -> bytes:
    return harmless_json(msgspec.json.encode(value).decode()).encode() + b"\n"
