"""Where everything on a site lies: its pages, the links in no language, and what became of addresses that are gone.

What became of them is known before the pages are planned, for pages speak of it; the rest only afterwards.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Self

from msgspec import Struct

from generator import config, pages, permalinks, site
from generator.addresses import product_path
from generator.config import Settings
from generator.errors import CodeglotError
from generator.labels import Labels
from generator.model import Catalog, Locale, ProductId, Slug, canonical
from generator.permalinks import Gone, Permalinks


class Became(Struct, frozen=True):
    """What became of the codes that a site has or had."""

    gone: Gone
    products: tuple[ProductId, ...]
    codes: tuple[site.NeutralCode, ...]
    """Those that documents list."""
    tombstones: tuple[pages.Tombstone, ...]
    """Those that none lists any more."""
    replaced: tuple[tuple[ProductId, Slug, str], ...]
    """Codes that another one has replaced, each with the address of the other's page."""


class Addresses(Struct, frozen=True):
    """Every address of a site."""

    spec: site.SiteSpec
    links: tuple[site.NeutralLink, ...]
    offered: Permalinks
    """Every address that the build would make."""
    listed: Permalinks | None
    """Every address that was published; ``None`` where no list of them is kept."""


def became(folder: Path, settings: Settings, catalog: Catalog) -> Became:
    """What the documents, ``catalog.toml`` and ``redirects.toml`` in ``folder`` say became of each code.

    Raises CodeglotError, with the file and line, where that cannot be.
    """
    products = tuple(product.id for product in settings.products)
    gone = permalinks.gone(folder, products, settings.locales)
    codes = site.catalog_codes(catalog, settings.declared.meant)
    permalinks.check_tombstones(gone, {code.path for code in codes})
    stones = tuple(pages.Tombstone(one.product, one.code, one.name, one.text, one.reason) for one in gone.tombstones)
    return Became(gone, products, codes, stones, tuple(_replaced(settings, codes, gone)))


def _replaced(
    settings: Settings, codes: tuple[site.NeutralCode, ...], gone: Gone
) -> Iterator[tuple[ProductId, Slug, str]]:
    for stone in gone.tombstones:
        if stone.replaced_by:
            yield stone.product, stone.slug, permalinks.replacement(stone.replaced_by)
    known = {*(code.path for code in codes), *(stone.path for stone in gone.tombstones)}
    for one in settings.declared.retired:
        if not one.replaced_by:
            continue
        file, path = str(Path(settings.root) / config.CATALOG_FILE), permalinks.replacement(one.replaced_by)
        if path not in known:
            raise CodeglotError(f"there is no code {one.replaced_by} to replace any", path=file, line=one.line)
        for code in codes:
            if code.product == one.product and canonical(code.code) in one.codes:
                if code.path == path:
                    raise CodeglotError(f"{one.replaced_by} cannot replace itself", path=file, line=one.line)
                yield code.product, code.slug, path


def addresses(
    folder: Path, became: Became, plan: pages.Plan, about: pages.SiteInfo, words: Mapping[Locale, Labels]
) -> Addresses:
    """Every address of the pages of ``plan`` and of what was there before; ``folder`` has the list of published ones.

    Raises CodeglotError, with the file and line, where a redirect leads nowhere or the list is wrong.
    """
    paths = frozenset(page.path for page in plan.pages)
    moved = permalinks.moved_pages(became.gone, paths)
    spec = site.with_moved(
        site.specification(plan.around, about, {locale: labels.gettext for locale, labels in words.items()}),
        moved,
        ((page.path, page.locale, page.title) for page in plan.pages),
    )
    codes = (*became.codes, *former(became, moved))
    links = site.neutral_links(codes, plan, spec)
    moved_links = permalinks.moved_links(became.gone, paths, frozenset(link.path for link in links))
    if moved_links:
        links = site.neutral_links(codes, plan, spec, moved_links)
    listed = folder / permalinks.PERMALINKS_FILE
    return Addresses(
        spec=spec,
        links=links,
        offered=Permalinks(
            site.prefixes(spec), tuple(link.path for link in links), (*sorted(paths), *(path for path, _ in moved))
        ),
        listed=permalinks.read(listed) if listed.exists() else None,
    )


class Paths(Struct, frozen=True):
    """The addresses of a site's pages, known before any is planned, and what was there before."""

    paths: frozenset[str]
    moved: tuple[tuple[str, str], ...]
    """Addresses that pages had, each with the page to see instead."""
    former: Mapping[ProductId, tuple[tuple[int, site.NeutralCode], ...]]
    """For each product the codes that have a tombstone or whose page has moved, numbered from 1 over all products."""
    listed: Permalinks | None
    """Every address that was published; ``None`` where no list of them is kept."""
    gone: Gone

    @classmethod
    def of(cls, folder: Path, became: Became, shelf: pages.Shelf, own: Iterable[pages.Page]) -> Self:
        """The addresses of the products on ``shelf`` and of the pages of no product; ``folder`` has the published ones.

        Raises CodeglotError, with the file and line, where a redirect leads nowhere or the list is wrong.
        """
        paths = frozenset((*_paths(shelf), *(page.path for page in own)))
        moved = permalinks.moved_pages(became.gone, paths)
        found: dict[ProductId, list[tuple[int, site.NeutralCode]]] = {}
        for number, code in enumerate(former(became, moved), start=1):
            found.setdefault(code.product, []).append((number, code))
        listed = folder / permalinks.PERMALINKS_FILE
        return cls(
            paths=paths,
            moved=moved,
            former={product: tuple(codes) for product, codes in found.items()},
            listed=permalinks.read(listed) if listed.exists() else None,
            gone=became.gone,
        )

    def moved_links(self, links: Collection[str]) -> tuple[tuple[str, str], ...]:
        """The links in no language that have moved, each with the page or the link it has come to mean."""
        return permalinks.moved_links(self.gone, self.paths, links)


def _paths(shelf: pages.Shelf) -> Iterator[str]:
    for product, codes in shelf.codes.items():
        yield product_path(product)
        yield from (code.path for code in codes)
        yield from shelf.sections[product].values()


def former(became: Became, moved: tuple[tuple[str, str], ...]) -> Iterator[site.NeutralCode]:
    """The codes that have a tombstone or whose page has moved, as far as their links are concerned."""
    for one in became.gone.tombstones:
        yield site.NeutralCode(one.path, one.product, one.code, (one.name,) if one.name else (), retired=True)
    for product, code, target in permalinks.moved_codes(moved, became.products):
        yield site.NeutralCode(target, product, code, retired=True)
