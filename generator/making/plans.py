"""The pages of a product's codes, planned again only where something is another that they are made of."""

from collections.abc import Iterable, Mapping
from contextlib import suppress

import msgspec
from msgspec import Struct

from generator import machine, pages
from generator.kept import Kept, digest, of_value
from generator.model import ProductId, Slug
from generator.pages import Page, PageKey, seen


class Plan(Struct, frozen=True, array_like=True):
    """The pages of one code."""

    slug: Slug
    made_of: bytes
    """The digest of everything that they are made of; empty where that cannot be said."""
    pages: tuple[Page, ...]
    """One for each locale."""
    markdown: tuple[str, ...] = ()
    """Each page as Markdown; empty where none is made yet."""


def of_product(keep: Kept, shelf: pages.Shelf, product: ProductId, known: bytes) -> tuple[Plan, ...]:
    """The pages of a product's codes; ``known`` is the digest of what they are made of that no document says."""
    before = {plan.slug: plan for plan in _read(keep.encoded("plans", _key(product)))}
    common = digest(known, of_value(seen.of_product(shelf, shelf.products[product])))
    planned = []
    for code in shelf.codes[product]:
        looked_at = seen.of_code(shelf, code)
        made_of = digest(common, of_value(looked_at)) if looked_at else b""
        found = before.get(code.slug)
        if not found or not made_of or found.made_of != made_of:
            found = Plan(code.slug, made_of, pages.of_code(shelf, code))
        planned.append(found)
    return tuple(planned)


def whole(shelf: pages.Shelf, product: ProductId, plans: Iterable[Plan]) -> tuple[Page, ...]:
    """All pages of a product, locale by locale: those of its codes, and those about them."""
    return tuple(
        page
        for place, about in enumerate(pages.around(shelf, product))
        for page in (*(plan.pages[place] for plan in plans), *about)
    )


def markdown(plans: Iterable[Plan]) -> Mapping[PageKey, str]:
    """The Markdown that need not be made again."""
    return {
        page.key: text for plan in plans if plan.markdown for page, text in zip(plan.pages, plan.markdown, strict=True)
    }


def put(keep: Kept, shelf: pages.Shelf, product: ProductId, plans: Iterable[Plan], files: machine.Files) -> None:
    """Keep the pages with their Markdown, which is among ``files``."""
    after = [
        msgspec.structs.replace(
            plan, markdown=tuple(str(files[machine.twin(page, shelf.site.source_locale)]) for page in plan.pages)
        )
        for plan in plans
        if plan.made_of
    ]
    # Not held in memory: what all pages say takes more of it than everything else.
    keep.take("plans", _key(product), msgspec.msgpack.encode(after))


def _key(product: ProductId) -> bytes:
    return digest(product.encode())


def _read(data: bytes | None) -> tuple[Plan, ...]:
    with suppress(msgspec.MsgspecError, RecursionError):
        return msgspec.msgpack.decode(data, type=tuple[Plan, ...]) if data else ()
    return ()
