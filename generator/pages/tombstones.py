"""The pages of codes that no document lists any more: what was said of them last, and what replaced them."""

from generator import addresses
from generator.addresses import neutral_path
from generator.meanings import CodeMeanings
from generator.model import ProductId, Slug
from generator.pages.content import LastText, TombstoneContent
from generator.pages.desk import Desk
from generator.pages.facts import Tombstone
from generator.pages.page import Page, source_of
from generator.pages.parts import Banner, Ref
from generator.text import one_line, shortened

_DESCRIPTION = 180
"""Columns of what a search engine shows below the title."""


def tombstone(desk: Desk, stone: Tombstone) -> Page:
    """The page of a code that is gone."""
    at = addresses.code_path(stone.product, stone.code)
    having = [locale for locale, _ in stone.text]
    shown = next(locale for locale in (desk.locale, desk.source, *having) if locale in having)
    product = desk.product_ref(at, desk.shelf.products[stone.product])
    title = f"{stone.code.text} {stone.name or f'· {product.text}'}"
    text_locales, x_default = desk.text_locales(having, at)
    return Page(
        locale=desk.locale,
        path=at,
        source=source_of(at),
        template="tombstone.md.j2",
        title=title,
        description=shortened(f"{title}: {one_line(dict(stone.text)[shown])}", _DESCRIPTION),
        text_locale=shown,
        canonical=desk.address(at, shown),
        code=at.rstrip("/"),
        text_locales=text_locales,
        x_default=x_default,
        content=TombstoneContent(
            product=product,
            code=stone.code.text,
            name=stone.name,
            banners=(_gone(desk, stone), *replaced(desk, at, stone.product, addresses.slug(stone.code))),
            texts=tuple(
                LastText(locale, desk.shelf.words[locale].own_language(), said)
                for locale, said in sorted(stone.text, key=lambda one: one[0] != shown)
            ),
            permalink=f"/{neutral_path(stone.product, addresses.slug(stone.code))}",
            permalink_href=desk.neutral(at, stone.product, addresses.slug(stone.code)),
        ),
    )


def _gone(desk: Desk, stone: Tombstone) -> Banner:
    said = desk.words.gettext("No document lists this code any more; this is the last that was said of it.")
    return Banner("retired", said, reason=stone.reason)


def replaced(desk: Desk, at: str, product: ProductId, slug: Slug) -> tuple[Banner, ...]:
    """What is declared to have replaced a code that is retired or gone; nothing where that is not declared."""
    path = desk.shelf.replaced.get((product, slug), "")
    if not path:
        return ()
    owner, its = path.rstrip("/").split("/")
    page = desk.shelf.by_slug.get((ProductId(owner), Slug(its)))
    said = desk.words.gettext("This code was replaced by:")
    return (Banner("retired", said, ref=Ref(_called(desk, at, page) if page else its, desk.href(at, path))),)


def _called(desk: Desk, at: str, page: CodeMeanings) -> str:
    ref = desk.code_ref(at, page)
    return f"{ref.code} {ref.name}".strip()
