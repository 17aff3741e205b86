"""The home page and the search page."""

from typing import Final
from urllib.parse import quote

from generator import meanings
from generator.diagnostics import State
from generator.model import IntegerCode, Product
from generator.pages import products, reports
from generator.pages.content import HomeContent, ProductCard, SearchContent
from generator.pages.desk import Desk
from generator.pages.page import Named, Outline, Page
from generator.pages.parts import Ref

_FILE: Final = "index.md"
_SAID: Final = 6
"""So many products a sentence names."""
_FEW: Final = 12
"""To so many products the foot of every page links. More stand below the home page, which lists them all."""


def home(desk: Desk) -> Page:
    """The home page."""
    title = meanings.in_locale(desk.site.titles, desk.locale, desk.source)[0] or "Codeglot"
    summary = _summary(desk)
    open_ones = [one for one in desk.shelf.ledger.diagnostics if one.state in {State.NEW, State.KNOWN}]
    return Page(
        locale=desk.locale,
        path="",
        source=_FILE,
        template="home.md.j2",
        title=title,
        description=summary,
        text_locale=desk.locale,
        canonical=desk.address(""),
        hide=("search",),
        content=HomeContent(
            search_href=desk.href("", "search/"),
            examples=examples(desk, ""),
            products=tuple(_card(desk, product) for product in desk.catalog.products),
            summary=summary,
            discrepancies_href=desk.href("", "discrepancies/"),
            discrepancies=desk.words.ngettext(
                "The documents disagree in {number} place.",
                "The documents disagree in {number} places.",
                len(open_ones),
            ).format(number=len(open_ones)),
            rules_href=desk.href("", "rules/"),
        ),
    )


def outline(desk: Desk) -> Outline:
    """The site around its pages."""
    products = tuple(Named(desk.product_ref("", one).text, f"{one.id}/index.md") for one in desk.catalog.products)
    few = len(products) <= _FEW
    own = Named(desk.words.gettext("Home"), _FILE, () if few else products)
    rest = (Named(title, source) for title, source in reports.named(desk))
    return Outline(desk.locale, _summary(desk), (own, *(products if few else ()), *rest))


def _summary(desk: Desk) -> str:
    titles = [desk.product_title(product) for product in desk.catalog.products]
    counted = desk.words.ngettext("{number} product", "{number} products", len(titles)).format(number=len(titles))
    return desk.words.gettext(
        "What an error code means, what causes it and what to do about it: {products}, in {languages}."
    ).format(
        products=desk.words.join(titles) if len(titles) <= _SAID else counted,
        languages=desk.words.join([desk.words.language(locale) for locale in desk.site.locales]),
    )


def search(desk: Desk) -> Page:
    """The shell of the search page."""
    at = "search/"
    return Page(
        locale=desk.locale,
        path=at,
        source="search.md",
        template="search.md.j2",
        title=desk.words.gettext("Search"),
        description=desk.words.gettext("Find an error code by number, name, words or a whole log line."),
        text_locale=desk.locale,
        canonical=desk.address(at),
        hide=("search",),
        content=SearchContent(
            search_href="./",
            examples=examples(desk, at),
            products=tuple(desk.product_ref(at, product) for product in desk.catalog.products),
        ),
    )


def examples(desk: Desk, at: str) -> tuple[Ref, ...]:
    """Searches to try: a code with a short name among the first, spelled in all the ways there are."""
    named = [
        (len(name), index, name, page.code.value)
        for pages in desk.shelf.codes.values()
        for index, page in enumerate(pages[:10])
        if isinstance(page.code, IntegerCode) and page.code.value > 99
        if (name := desk.name(page.meanings[0])) and not desk.retired(page.meanings)
    ]
    if not named:
        return ()
    _, _, name, value = min(named)
    queries = (str(value), f"0x{value:x}", name, f"result={value}")
    return tuple(Ref(query, f"{desk.href(at, 'search/')}?q={quote(query, safe='')}") for query in queries)


def _card(desk: Desk, product: Product) -> ProductCard:
    return ProductCard(
        id=product.id,
        ref=desk.product_ref("", product),
        count=products.summary(desk, product),
        sections=tuple(desk.section_ref("", product, section.index) for section in product.sections),
        languages=desk.words.join([desk.words.language(locale) for locale in product.editions[0].locales]),
        edition=desk.words.date(product.editions[0].published),
    )
