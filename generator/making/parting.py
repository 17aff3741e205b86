"""A part of a site, made into one file: its pages, and of products that are whole in it everything."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from generator import crew, pages, site
from generator.errors import unwritable
from generator.making import checking, part, share
from generator.making.begun import Begun
from generator.making.part import NOTHING, Members, PartPage, Stamp
from generator.making.selection import Selection
from generator.making.share import Bench
from generator.model import ProductId
from generator.pages import Page
from generator.site import shells
from generator.site.place import WORKSHOP
from generator.site.tree import Tree
from generator.site.values import Step
from generator.write import MANIFEST, Stage


class MadePart(Struct, frozen=True):
    """A finished part."""

    path: str
    selected: Selection
    pages: int
    size: int
    """Bytes of the file."""
    steps: tuple[Step, ...] = ()
    seconds: float = 0


class _Made(Struct, frozen=True):
    """What is made of one product."""

    members: tuple[tuple[str, bytes], ...]
    pages: int


@contextmanager
def room() -> Iterator[Path]:
    """A folder to work in, gone in the end. Raises CodeglotError where there can be none."""
    try:
        with tempfile.TemporaryDirectory(prefix="codeglot-") as folder:
            (Path(folder) / WORKSHOP).mkdir()
            yield Path(folder)
    except OSError as error:
        raise unwritable(error, error.filename or tempfile.gettempdir()) from error


def write(begun: Begun, selected: Selection, stamp: Stamp, into: Path, room: Path, clock: site.Clock) -> MadePart:
    """Make what is ``selected``, and write it; ``clock`` is told of each product.

    Where MkDocs has to build every page there are none to be had without it, and the part holds what is known of the
    documents.
    """
    # Of the folders nothing is asked: everything goes into the file.
    bench = begun.bench(Tree(room, {}, room, {}), Stage(room, MANIFEST, repaired=False), {}, NOTHING)
    # As their members are sorted.
    products = sorted((one for one in selected.products if one in begun.shelf.codes), key=lambda one: f"{one}/")
    counted = 0

    def made_of_products() -> Members:
        nonlocal counted
        with crew.hired((bench, selected), min(crew.jobs(), len(products))) as hands:
            for number, made in enumerate(hands.each(_of_product, products), start=1):
                counted += made.pages
                clock.done(number, len(products))
                yield from sorted(made.members)

    head = part.head(stamp, selected.products, selected.locales)
    size = part.write(into, head, sorted(_kept(begun, selected)), made_of_products())
    return MadePart(str(into), selected, counted, size)


def _kept(begun: Begun, selected: Selection) -> Members:
    """What is known of the documents of the products, and what MkDocs has made."""
    work, wanted = begun.work, frozenset(selected.products)
    loaded = work.loaded
    keyed = [("frames", begun.frame_key)]
    keyed += [
        ("document", checking.parsed_key(source, loaded.settings.columns))
        for source in loaded.sources
        if source.product in wanted
    ]
    keyed += [("found", key) for product, key in checking.judging_keys(work).items() if product in wanted]
    for what, key in keyed:
        data = work.kept.encoded(what, key)
        if data is not None:
            yield from part.kept_member(what, key, data)


def _of_product(given: tuple[Bench, Selection], product: ProductId) -> _Made:
    bench, selected = given
    if bench.shell is None:
        return _Made((), 0)
    planned = tuple(page for own in pages.of_product(bench.shelf, product) for page in own)
    members = list[tuple[str, bytes]]()
    count, whole = 0, set(selected.locales) == set(bench.locales)
    for locale in selected.locales:
        own = [page for page in planned if page.locale == locale]
        made = [(*share.named(bench, page), one) for page in own if (one := _page(bench, page)) is not None]
        members += part.page_members(product, locale, made)
        count += len(made)
        whole &= len(made) == len(own)
    if whole:
        files, told = share.about(bench, product, planned, {})
        members += part.whole_members(product, bench.digests[product], told, files)
    return _Made(tuple(members), count)


def _page(bench: Bench, page: Page) -> PartPage | None:
    """A page as it stands on the site; ``None`` where there is no shell for it."""
    found = bench.shell or {}
    if shells.kind(page, bench.alone) not in found:
        return None
    body = bench.renderer.body(page)
    path, text = shells.filled(page, body, found, bench.alone, bench.spec, bench.site_url)
    return PartPage(path, text.encode(), bench.renderer.file(page, body).encode())
