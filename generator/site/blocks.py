"""Where each section's codes lie, so that the 404 page can say to which a number that is no code would belong."""

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec
from msgspec import Struct

from generator.model import Catalog, Code, CodeList, CodeRange, IntegerCode, Locale, Product, ProductSection
from generator.pages import Page, Plan, facts
from generator.pages.content import SectionContent

_GAP: Final = 256
"""Codes that lie no further apart are of one run."""


class Row(Struct, frozen=True, array_like=True):
    """One section in one locale."""

    locale: Locale
    path: str
    """The address below the locale's prefix, by which the sections of all products are sorted."""
    text: str
    """As JSON."""


def section_files(catalog: Catalog, plan: Plan) -> dict[str, str]:
    """For each locale the file ``assets/codeglot/sections.{locale}.json``, by its path below the site's root.

    JSON in one line: a list of ``[product, title, the title's locale, address below the locale's prefix,
    [[first, last], …]]``, where the pairs are the runs of the section's numbers, as strings; sections without numbers
    are not in it.
    """
    pages = [page for page in plan.pages if isinstance(page.content, SectionContent)]
    rows = (row for product in catalog.products for row in of_product(product, pages))
    return of_site(rows, dict.fromkeys(page.locale for page in plan.pages))


def of_product(product: Product, pages: Iterable[Page]) -> Iterator[Row]:
    """The sections of one product; ``pages`` has those about them, in all locales, and may have others."""
    runs = {
        path: found
        for index, path in facts.section_paths(product).items()
        for section in product.sections
        if section.index == index and (found := _runs(section))
    }
    for page in pages:
        if page.path in runs and isinstance(page.content, SectionContent):
            lang = page.content.title_lang or page.locale
            said = (product.id, page.content.title, lang, page.path, runs[page.path])
            yield Row(page.locale, page.path, msgspec.json.encode(said).decode())


def of_site(rows: Iterable[Row], locales: Iterable[Locale]) -> dict[str, str]:
    """The files, of the rows of all products in any order."""
    listed: dict[Locale, list[Row]] = {locale: [] for locale in locales}
    for row in rows:
        listed[row.locale].append(row)
    return {
        f"assets/codeglot/sections.{locale}.json": f"[{','.join(row.text for row in _by_path(found))}]"
        for locale, found in listed.items()
    }


def _by_path(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row.path)


def _runs(section: ProductSection) -> list[list[str]]:
    runs: list[tuple[int, int]] = []
    for first, last in sorted(pair for code in section.codes for pair in _numbers(code)):
        if runs and first - runs[-1][1] <= _GAP:
            runs[-1] = (runs[-1][0], max(runs[-1][1], last))
        else:
            runs.append((first, last))
    return [[str(first), str(last)] for first, last in runs]


def _numbers(code: Code) -> Iterator[tuple[int, int]]:
    match code:
        case IntegerCode(value=value):
            yield value, value
        case CodeRange(first=first, last=last):
            yield first, last
        case CodeList(values=values):
            yield from ((value, value) for value in values)
        case _:
            return
