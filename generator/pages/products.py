"""The pages of the products and their sections, the home page and the search page."""

from urllib.parse import quote

from generator import addresses
from generator.diagnostics import State
from generator.model import Document, IntegerCode, Product, ProductSection
from generator.pages import facts, links, texts
from generator.pages.content import (
    EditionView,
    ExtraSection,
    HomeContent,
    Leftover,
    ProductCard,
    ProductContent,
    Prose,
    SearchContent,
    SectionCard,
    SectionContent,
    SectionRow,
    SourceView,
)
from generator.pages.desk import Desk
from generator.pages.facts import CodePageFacts
from generator.pages.page import Page
from generator.pages.parts import Banner, CodeRef, Ref

_LARGEST = 250
"""Codes a product's page lists; a larger product leaves them to its sections' pages."""


def home(desk: Desk) -> Page:
    """The home page."""
    title = facts.in_locale(desk.site.titles, desk.locale, desk.source)[0] or "Codeglot"
    products = tuple(_card(desk, product) for product in desk.catalog.products)
    summary = desk.words.gettext(
        "What an error code means, what causes it and what to do about it: {products}, in {languages}."
    ).format(
        products=desk.words.join([card.ref.text for card in products]),
        languages=desk.words.join([desk.words.language(locale) for locale in desk.site.locales]),
    )
    open_ones = [one for one in desk.shelf.diagnostics if one.state is State.NEW]
    return Page(
        locale=desk.locale,
        path="",
        source="index.md",
        template="home.md.j2",
        title=title,
        description=summary,
        text_locale=desk.locale,
        canonical=desk.address(""),
        hide=("search",),
        content=HomeContent(
            search_href=desk.href("", "search/"),
            examples=examples(desk, ""),
            products=products,
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
        (len(ref.name), index, ref.name, page.code.value)
        for pages in desk.shelf.codes.values()
        for index, page in enumerate(pages[:10])
        if isinstance(page.code, IntegerCode) and page.code.value > 99
        if (ref := desk.code_ref(at, page)).name and not ref.retired
    ]
    if not named:
        return ()
    _, _, name, value = min(named)
    queries = (str(value), f"0x{value:x}", name, f"result={value}")
    return tuple(Ref(query, f"{desk.href(at, 'search/')}?q={quote(query, safe='')}") for query in queries)


def product(desk: Desk, product: Product) -> Page:
    """The page of a product."""
    at = addresses.product_path(product.id)
    pages = desk.shelf.codes[product.id]
    current = [page for page in pages if not _retired(desk, product, page)]
    document = _document(desk, product)
    own = document is None or document.locale == desk.locale
    title, _ = facts.in_locale(product.titles, desk.locale, desk.source)
    summary = _summary(desk, product, len(current), len(pages) - len(current))
    text_locales, x_default = desk.text_locales(
        (entry.locale for meaning in product.meanings for entry in meaning.entries), at
    )
    return Page(
        locale=desk.locale,
        path=at,
        source=f"{product.id}/index.md",
        template="product.md.j2",
        title=title,
        description=f"{title}: {summary}",
        text_locales=text_locales,
        x_default=x_default,
        text_locale=desk.locale if own or document is None else document.locale,
        canonical=desk.address(at, desk.locale if own or document is None else document.locale),
        content=ProductContent(
            summary=summary,
            banners=_fallback(desk, at, document),
            intro=_prose(desk, document, 0, at_top=True),
            sections=tuple(_section_card(desk, at, product, section) for section in product.sections),
            retired=tuple(desk.code_ref(at, page) for page in pages if _retired(desk, product, page)),
            extra=_extra(desk, document),
            leftovers=_leftovers(desk, product),
            editions=_editions(desk, product),
        ),
    )


def sections(desk: Desk, product: Product) -> tuple[Page, ...]:
    """The pages of a product's sections."""
    paths = desk.shelf.sections[product.id]
    having = [section for section in product.sections if section.index in paths]
    return tuple(
        _section(desk, product, section, before, after)
        for before, section, after in zip([None, *having], having, [*having[1:], None], strict=False)
    )


def _section(
    desk: Desk, product: Product, section: ProductSection, before: ProductSection | None, after: ProductSection | None
) -> Page:
    at = desk.shelf.sections[product.id][section.index]
    title, lang = desk.section_title(product, section.index)
    rows = tuple(
        SectionRow(
            desk.code_ref(at, desk.page_of(product.id, meaning.code), meaning),
            desk.fields(entry),
            desk.foreign(entry.locale),
        )
        for meaning in product.meanings
        if meaning.section == section.index
        for entry in facts.shown(meaning, product, desk.locale, desk.source).entries
    )
    shown = [
        facts.shown(meaning, product, desk.locale, desk.source)
        for meaning in product.meanings
        if meaning.section == section.index
    ]
    own = any(one.own for one in shown)
    text_locale = desk.locale if own else shown[0].locale
    name = desk.product_title(product)
    retired = sum(one.retired for one in shown)
    count = _and_retired(desk, _count(desk, len(shown) - retired), retired)
    entry = next((one for each in shown for one in each.entries), None)
    document = facts.document_of(desk.catalog, entry) if entry else None
    slug = at.rstrip("/").rpartition("/")[2]
    words = title if own else " – ".join(dict.fromkeys((section.codes[0].text, section.codes[-1].text)))
    text_locales, x_default = desk.text_locales(
        (each.locale for one in product.meanings if one.section == section.index for each in one.entries), at
    )
    return Page(
        locale=desk.locale,
        path=at,
        source=f"{product.id}/sections/{slug}{'/index' if slug == 'index' else ''}.md",
        template="section.md.j2",
        title=f"{words} · {name}",
        description=desk.words.gettext("{product}, {section}: {count}.").format(
            product=name, section=words, count=count
        ),
        text_locales=text_locales,
        x_default=x_default,
        text_locale=text_locale,
        canonical=desk.address(at, text_locale),
        content=SectionContent(
            product=desk.product_ref(at, product),
            title=title,
            title_lang=desk.foreign(lang),
            summary=count,
            banners=() if own else _fallback(desk, at, document),
            prose=_prose(desk, document, entry.section) if entry else None,
            rows=rows,
            named=any(row.ref.name for row in rows),
            previous=desk.section_ref(at, product, before.index) if before else None,
            next=desk.section_ref(at, product, after.index) if after else None,
        ),
    )


def _retired(desk: Desk, product: Product, page: CodePageFacts) -> bool:
    return all(facts.shown(one, product, desk.locale, desk.source).retired for one in page.meanings)


def _count(desk: Desk, number: int) -> str:
    return desk.words.ngettext("{number} code", "{number} codes", number).format(number=number)


def _summary(desk: Desk, product: Product, current: int, retired: int) -> str:
    words = desk.words
    said = words.ngettext("{codes} in {number} section", "{codes} in {number} sections", len(product.sections)).format(
        codes=_count(desk, current), number=len(product.sections)
    )
    return _and_retired(desk, said, retired)


def _and_retired(desk: Desk, said: str, retired: int) -> str:
    if not retired:
        return said
    return desk.words.ngettext(
        "{said}, and {number} that is no longer listed", "{said}, and {number} that are no longer listed", retired
    ).format(said=said, number=retired)


def _languages(desk: Desk, product: Product) -> str:
    return desk.words.join([desk.words.language(locale) for locale in product.editions[0].locales])


def _card(desk: Desk, product: Product) -> ProductCard:
    pages = desk.shelf.codes[product.id]
    retired = sum(_retired(desk, product, page) for page in pages)
    return ProductCard(
        id=product.id,
        ref=desk.product_ref("", product),
        count=_summary(desk, product, len(pages) - retired, retired),
        sections=tuple(desk.section_ref("", product, section.index) for section in product.sections),
        languages=_languages(desk, product),
        edition=desk.words.date(product.editions[0].published),
    )


def _section_card(desk: Desk, at: str, product: Product, section: ProductSection) -> SectionCard:
    refs: list[CodeRef] = []
    for meaning in product.meanings:
        if meaning.section == section.index:
            ref = desk.code_ref(at, desk.page_of(product.id, meaning.code), meaning)
            if not ref.retired:
                refs.append(ref)
    path = desk.shelf.sections[product.id].get(section.index, "")
    return SectionCard(
        anchor=f"section-{path.rstrip('/').rpartition('/')[2] or section.index}",
        ref=desk.section_ref(at, product, section.index),
        count=_count(desk, len(refs)),
        codes=tuple(refs) if len(desk.shelf.codes[product.id]) <= _LARGEST else (),
        named=any(ref.name for ref in refs),
    )


def _document(desk: Desk, product: Product) -> Document | None:
    """The newest document in this locale, else the newest edition's in the source locale, else its first."""
    newest = facts.documents(desk.catalog, product.id, product.editions[0].id)
    for wanted in (desk.locale, desk.source):
        found = next((document for document in newest if document.locale == wanted), None)
        if found:
            return found
    return newest[0] if newest else None


def _fallback(desk: Desk, at: str, document: Document | None) -> tuple[Banner, ...]:
    if document is None or document.locale == desk.locale:
        return ()
    said = desk.words.gettext("This document is not published in {own}; the codes' texts are in {shown}.")
    return (
        Banner(
            "fallback",
            said.format(own=desk.words.language(desk.locale), shown=desk.words.language(document.locale)),
            ref=Ref(desk.words.gettext("Original page"), desk.href(at, at, document.locale)),
        ),
    )


def _prose(desk: Desk, document: Document | None, index: int, *, at_top: bool = False) -> Prose | None:
    """The paragraphs of a section outside its tables; ``at_top`` only where it stands before the first heading."""
    if document is None:
        return None
    section = next((one for one in document.sections if one.index == index), None)
    if section is None or not section.prose or (at_top and section.level):
        return None
    base = desk.site.base(document.product, document.locale)
    return Prose(document.locale, tuple(links.parts(paragraph, base) for paragraph in section.prose))


def _extra(desk: Desk, document: Document | None) -> tuple[ExtraSection, ...]:
    result = []
    for section in document.sections if document else ():
        prose = _prose(desk, document, section.index)
        if section.level and prose and not any(table.entries for table in section.tables):
            result.append(ExtraSection(section.title, prose))
    return tuple(result)


def _leftovers(desk: Desk, product: Product) -> tuple[Leftover, ...]:
    """What the documents of a product say outside every row."""
    return tuple(
        Leftover(desk.stray(problem), document.locale, desk.place(problem.span.path, problem.span.line))
        for document in desk.catalog.documents
        if document.product == product.id
        for problems in (document.problems, *(table.problems for table in document.tables))
        for problem in problems
    )


def _editions(desk: Desk, product: Product) -> tuple[EditionView, ...]:
    result = []
    for index, edition in enumerate(product.editions):
        found = facts.documents(desk.catalog, product.id, edition.id)
        codes = {addresses.slug(entry.code) for document in found for entry in document.entries}
        result.append(
            EditionView(
                title=texts.sentence(desk.edition_title(product, edition.id)),
                count=_count(desk, len(codes)),
                sources=tuple(
                    SourceView(
                        language=desk.words.language(document.locale),
                        published=desk.words.date(document.published or edition.published),
                        provenance=desk.place(document.path, 1, edition.id),
                    )
                    for document in found
                ),
                newest=index == 0,
            )
        )
    return tuple(result)
