"""Where each section's codes lie, so that the 404 page can say to which a number that is no code would belong."""

import json
from collections.abc import Iterator
from typing import Final

from generator.model import Catalog, Code, CodeList, CodeRange, IntegerCode, Locale, ProductSection
from generator.pages import Plan, facts
from generator.pages.content import SectionContent

_GAP: Final = 256
"""Codes that lie no further apart are of one run."""


def section_files(catalog: Catalog, plan: Plan) -> dict[str, str]:
    """For each locale the file ``assets/codeglot/sections.{locale}.json``, by its path below the site's root.

    JSON in one line: a list of ``[product, title, the title's locale, address below the locale's prefix,
    [[first, last], …]]``, where the pairs are the runs of the section's numbers, as strings; sections without numbers
    are not in it.
    """
    runs = {
        path: (product.id, found)
        for product in catalog.products
        for index, path in facts.section_paths(product).items()
        for section in product.sections
        if section.index == index and (found := _runs(section))
    }
    rows: dict[Locale, list[object]] = {}
    for page in plan.pages:
        listed = rows.setdefault(page.locale, [])
        if page.path in runs and isinstance(page.content, SectionContent):
            product_id, found = runs[page.path]
            lang = page.content.title_lang or page.locale
            listed.append([product_id, page.content.title, lang, page.path, found])
    return {
        f"assets/codeglot/sections.{locale}.json": json.dumps(listed, ensure_ascii=False, separators=(",", ":"))
        for locale, listed in rows.items()
    }


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
