"""The pages of a product's sections, and what they share with the product's own."""

from generator.meanings import Shown
from generator.model import Document, Product, ProductSection, Section
from generator.pages import facts, links, rows
from generator.pages.content import Prose, SectionContent, SectionRow
from generator.pages.desk import Desk
from generator.pages.page import Page, source_of
from generator.pages.parts import Banner


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
    found = desk.shelf.by_section[product.id, section.index]
    shown = [desk.shown(meaning) for meaning in found]
    own = any(one.own for one in shown)
    text_locale = desk.locale if own else shown[0].locale
    title, _ = desk.section_title(product, section.index)
    words = title if own else " – ".join(dict.fromkeys((section.codes[0].text, section.codes[-1].text)))
    name = desk.product_title(product)
    text_locales, x_default = desk.text_locales((entry.locale for one in found for entry in one.entries), at)
    return Page(
        locale=desk.locale,
        path=at,
        source=source_of(at),
        template="section.md.j2",
        title=f"{words} · {name}",
        description=desk.words.gettext("{product}, {section}: {count}.").format(
            product=name, section=words, count=_summary(desk, shown)
        ),
        text_locales=text_locales,
        x_default=x_default,
        text_locale=text_locale,
        canonical=desk.address(at, text_locale),
        content=_content(desk, product, section, before, after),
    )


def _content(
    desk: Desk, product: Product, section: ProductSection, before: ProductSection | None, after: ProductSection | None
) -> SectionContent:
    at = desk.shelf.sections[product.id][section.index]
    title, lang = desk.section_title(product, section.index)
    found = desk.shelf.by_section[product.id, section.index]
    shown = [desk.shown(meaning) for meaning in found]
    first = shown[0].entries[0]
    document = facts.document_of(desk.shelf.documents[product.id], first)
    listed = tuple(
        SectionRow(desk.meaning_ref(at, meaning), rows.fields(desk, entry), desk.foreign(entry.locale))
        for meaning in found
        for entry in desk.shown(meaning).entries
    )
    return SectionContent(
        product=desk.product_ref(at, product),
        title=title,
        title_lang=desk.foreign(lang),
        summary=_summary(desk, shown),
        banners=() if any(one.own for one in shown) else fallback(desk, at, document),
        prose=prose(desk, document, document.sections[first.section]),
        rows=listed,
        named=any(row.ref.name for row in listed),
        previous=desk.section_ref(at, product, before.index) if before else None,
        next=desk.section_ref(at, product, after.index) if after else None,
    )


def _summary(desk: Desk, shown: list[Shown]) -> str:
    retired = sum(one.retired for one in shown)
    return and_retired(desk, count(desk, len(shown) - retired), retired)


def count(desk: Desk, number: int) -> str:
    """So many codes, in words."""
    return desk.words.ngettext("{number} code", "{number} codes", number).format(number=number)


def and_retired(desk: Desk, said: str, retired: int) -> str:
    """What was said of the codes listed, and how many are no longer listed."""
    if not retired:
        return said
    return desk.words.ngettext(
        "{said}, and {number} that is no longer listed", "{said}, and {number} that are no longer listed", retired
    ).format(said=said, number=retired)


def fallback(desk: Desk, at: str, document: Document | None) -> tuple[Banner, ...]:
    """What a reader must know where the document shown is in another language; else nothing."""
    if document is None or document.locale == desk.locale:
        return ()
    said = desk.words.gettext("This document is not published in {own}; the codes' texts are in {shown}.")
    return (
        Banner(
            "fallback",
            said.format(own=desk.words.language(desk.locale), shown=desk.words.language(document.locale)),
            ref=desk.alternate(at, document.locale),
        ),
    )


def prose(desk: Desk, document: Document, section: Section) -> Prose | None:
    """The paragraphs of a section outside its tables; ``None`` where there are none."""
    if not section.prose:
        return None
    base = desk.shelf.base(document.product, document.locale)
    return Prose(document.locale, tuple(links.parts(paragraph, base) for paragraph in section.prose))
