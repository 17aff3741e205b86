"""A plan in parts, and what the pages of all locales share: the same as if each were made alone."""

from itertools import chain, permutations
from pathlib import Path
from urllib.parse import urljoin

from hypothesis import given
from hypothesis import strategies as st

from generator import labels, meanings, pages, pipeline
from generator.pages import Shelf, links
from generator.pages.sheet import Sheet
from tests import once

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "source_docs"
PATHS = st.lists(st.sampled_from("abc"), max_size=4).map(lambda segments: "".join(f"{one}/" for one in segments))


def shelf() -> Shelf:
    loaded = once.loaded(SOURCE)
    words = {locale: labels.read(ROOT / "templates", locale) for locale in loaded.settings.locales}
    ledger = pages.Ledger(loaded.written, once.checked(SOURCE), {})
    return Shelf(loaded.corrected, ledger, pipeline.site_info(loaded.settings), words)


def test_a_plan_is_the_pages_of_each_product_and_those_of_none() -> None:
    known, rules = shelf(), pipeline.rule_infos()
    whole = pages.plan(known.catalog, known.ledger, known.site, known.words, rules)
    for product in known.catalog.products:
        own = pages.of_product(known, product.id)
        assert own == pages.of_product(shelf(), product.id)
        assert all(page.path.startswith(f"{product.id}/") for page in chain.from_iterable(own))
    parts = [pages.of_product(known, product.id) for product in known.catalog.products]
    parts.append(pages.of_site(known, rules))
    order = list(known.site.locales)
    joined = sorted(
        chain.from_iterable(chain.from_iterable(parts)), key=lambda page: (order.index(page.locale), page.path)
    )
    assert tuple(joined) == whole.pages


def test_rows_that_were_compared_in_one_order_differ_alike_in_any_other() -> None:
    known = shelf()
    orders = 0
    for code in chain.from_iterable(known.codes.values()):
        used = Sheet(known, code)
        for meaning in code.meanings:
            newest = meanings.editions_of(meaning, code.product)[0].id
            rows = [entry for entry in meaning.entries if entry.edition == newest][:3]
            for order in permutations(rows):
                orders += len(order) > 1
                assert used.lines(order) == Sheet(known, code).lines(order)
    assert orders > 100


@given(PATHS, PATHS)
def test_a_relative_way_leads_from_one_address_to_the_other(origin: str, target: str) -> None:
    assert urljoin(f"http://site/{origin}", links.relative(origin, target)) == f"http://site/{target}"
