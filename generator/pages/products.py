"""The page of a product."""

from generator import addresses, meanings
from generator.model import Document, ProblemKind, Product, ProductSection
from generator.pages import facts, rows
from generator.pages.content import (
    EditionView,
    ExtraSection,
    Leftover,
    ProductContent,
    Prose,
    SectionCard,
    SourceView,
)
from generator.pages.desk import Desk
from generator.pages.page import Page
from generator.pages.sections import and_retired, count, fallback, prose
from generator.text import capitalised

_LARGEST = 250
"""Codes a product's page lists; a larger product leaves them to its sections' pages."""


def product(desk: Desk, product: Product) -> Page:
    """The page of a product."""
    at = addresses.product_path(product.id)
    document = _document(desk, product)
    text_locale = document.locale if document else desk.locale
    title, _ = meanings.in_locale(product.titles, desk.locale, desk.source)
    said = summary(desk, product)
    text_locales, x_default = desk.text_locales(
        (entry.locale for meaning in product.meanings for entry in meaning.entries), at
    )
    return Page(
        locale=desk.locale,
        path=at,
        source=f"{product.id}/index.md",
        template="product.md.j2",
        title=title,
        description=desk.words.gettext("{label}: {text}").format(label=title, text=said),
        text_locales=text_locales,
        x_default=x_default,
        text_locale=text_locale,
        canonical=desk.address(at, text_locale),
        content=ProductContent(
            summary=said,
            banners=fallback(desk, at, document),
            intro=_intro(desk, document),
            sections=tuple(_section_card(desk, at, product, section) for section in product.sections),
            retired=tuple(
                desk.code_ref(at, page) for page in desk.shelf.codes[product.id] if desk.retired(page.meanings)
            ),
            extra=_extra(desk, document),
            leftovers=_leftovers(desk, product),
            editions=_editions(desk, product),
        ),
    )


def summary(desk: Desk, product: Product) -> str:
    """How many codes and sections a product has."""
    pages, number = desk.shelf.codes[product.id], len(product.sections)
    # Nothing is gone from an only edition.
    retired = sum(desk.retired(page.meanings) for page in pages) if len(product.editions) > 1 else 0
    said = desk.words.ngettext("{codes} in {number} section", "{codes} in {number} sections", number)
    return and_retired(desk, said.format(codes=count(desk, len(pages) - retired), number=number), retired)


def _section_card(desk: Desk, at: str, product: Product, section: ProductSection) -> SectionCard:
    listed = [
        desk.meaning_ref(at, meaning)
        for meaning in desk.shelf.by_section[product.id, section.index]
        if not desk.retired((meaning,))
    ]
    return SectionCard(
        anchor=f"section-{desk.section_word(product.id, section.index)}",
        ref=desk.section_ref(at, product, section.index),
        count=count(desk, len(listed)),
        codes=tuple(listed) if len(desk.shelf.codes[product.id]) <= _LARGEST else (),
        named=any(ref.name for ref in listed),
    )


def _document(desk: Desk, product: Product) -> Document | None:
    """The newest document in this locale, else the newest edition's in the source locale, else its first."""
    every = [facts.of_edition(desk.shelf.documents.get(product.id, ()), edition.id) for edition in product.editions]
    own = (document for edition in every for document in edition if document.locale == desk.locale)
    original = (document for document in every[0] if document.locale == desk.source)
    return next(own, None) or next(original, None) or next(iter(every[0]), None)


def _intro(desk: Desk, document: Document | None) -> Prose | None:
    """What stands before the first heading."""
    first = document.sections[0] if document and document.sections else None
    return prose(desk, document, first) if document and first and not first.level else None


def _extra(desk: Desk, document: Document | None) -> tuple[ExtraSection, ...]:
    result = []
    for section in document.sections if document else ():
        said = prose(desk, document, section) if document and section.level else None
        if said and not any(table.entries for table in section.tables):
            result.append(ExtraSection(section.title, said))
    return tuple(result)


def _leftovers(desk: Desk, product: Product) -> tuple[Leftover, ...]:
    """What the documents of a product say outside every row."""
    return tuple(
        Leftover(rows.stray(desk, problem), document.locale, desk.place(problem.span.path, problem.span.line))
        for document in desk.shelf.documents.get(product.id, ())
        for problems in (document.problems, *(table.problems for table in document.tables))
        for problem in problems
        # What is below such a header stands in its rows.
        if problem.kind is not ProblemKind.HEADER_UNKNOWN
    )


def _editions(desk: Desk, product: Product) -> tuple[EditionView, ...]:
    result = []
    for index, edition in enumerate(product.editions):
        found = facts.of_edition(desk.shelf.documents.get(product.id, ()), edition.id)
        codes = {addresses.slug(entry.code) for document in found for entry in document.entries}
        result.append(
            EditionView(
                title=capitalised(desk.edition_title(product, edition.id)),
                count=count(desk, len(codes)),
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
