"""The site: MkDocs for every locale, search, links in no language, sitemap; all of it or nothing.

MkDocs runs once for each locale, side by side, in folders of their own. What they make is put together beside the
target, completed from our own model, and takes the target's place at the very end.
"""

import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from generator.addresses import prefix
from generator.errors import CodeglotError
from generator.pages import Page
from generator.site import derive, finish, place, policy, sanitised, shells, sitemap, theme, tools
from generator.site.blocks import section_files
from generator.site.derive import declared_site_url
from generator.site.finish import Html
from generator.site.neutral import NeutralCode, catalog_codes, neutral_links
from generator.site.place import Say, alone, silent
from generator.site.planned import prefixes, specification, with_moved
from generator.site.shell import Kind, Shell
from generator.site.theme import not_found_path, one_pass
from generator.site.values import Built, LocaleSpec, MovedPage, NavItem, NeutralLink, NeutralTarget, SiteSpec, Step

__all__ = [
    "Built",
    "Clock",
    "Html",
    "LocaleSpec",
    "MovedPage",
    "NavItem",
    "NeutralCode",
    "NeutralLink",
    "NeutralTarget",
    "Say",
    "SiteSpec",
    "Step",
    "alone",
    "build",
    "catalog_codes",
    "complete",
    "declared_site_url",
    "framed",
    "neutral_links",
    "not_found_path",
    "one_pass",
    "policy",
    "prefixes",
    "sanitised",
    "section_files",
    "silent",
    "specification",
    "theme",
    "with_moved",
]


class Clock:
    """Times the parts of a build."""

    def __init__(self, told: Callable[[str, int, int], object] | None = None) -> None:
        """``told`` is given the name of each part that begins and, as it goes on, how many things of how many are done."""
        self.start = time.perf_counter()
        self.steps: list[Step] = []
        self._told = told or (lambda _name, _done, _of: None)
        self._name = ""

    @property
    def seconds(self) -> float:
        """How long it has been running."""
        return time.perf_counter() - self.start

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        """Time a part of that name."""
        self._name = name
        self._told(name, 0, 0)
        begin = time.perf_counter()
        yield
        self.steps.append(Step(name, time.perf_counter() - begin))

    def done(self, count: int, of: int) -> None:
        """Say that so many things of so many of the current part are done."""
        self._told(self._name, count, of)


def build(
    spec: SiteSpec,
    out: Path,
    *,
    docs: Path,
    templates: Path,
    config: Path,
    render: Html,
    pages: Sequence[tuple[Page, str]] = (),
    write: shells.Write | None = None,
    links: tuple[NeutralLink, ...] = (),
    files: Mapping[str, str | bytes] | None = None,
    site_url: str = "",
    held: bool = False,
) -> Built:
    """Build the pages below ``docs/{locale}/`` into the folder ``out``, which is replaced only when all is complete.

    ``pages`` are those that were generated, each with its body, and ``write`` makes the Markdown file of a page that has
    a body: the rest of ``docs`` is what people wrote. ``config`` is ``mkdocs.yml``, ``templates`` the folder with ``theme/``, ``render`` makes a standalone page from a
    template's name and values, ``files`` are further files by their path below the site's root, ``site_url`` the
    address at which the site will be; left empty it is what ``config`` says, ``held`` says that this is done within
    :func:`alone`.

    Raises CodeglotError, leaving ``out`` as it was, where a page cannot be built, two things have one address, or
    ``out`` holds something that was not made here.
    """
    clock = Clock()
    config, docs, templates = config.resolve(), docs.resolve(), templates.resolve()
    address = site_url.rstrip("/") + "/" if site_url else derive.declared_site_url(config)
    theme.base_path(address)
    with place.replacing(out, held=held) as new:
        folders = {"docs": docs, "templates": templates, "config": config, "site_url": address}
        _pages(new, spec, pages, write, clock, **folders)
        counts = tuple((locale.locale, _count(new, spec, locale)) for locale in spec.locales)
        complete(new, spec, site_url=address, render=render, links=links, files=files, clock=clock)
        every = [path for path in new.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in every)
    return Built(
        folder=out.resolve(),
        pages=counts,
        links=len(links),
        files=len(every),
        size=size,
        seconds=time.perf_counter() - clock.start,
        steps=tuple(clock.steps),
    )


def _pages(
    site: Path,
    spec: SiteSpec,
    pages: Sequence[tuple[Page, str]],
    write: shells.Write | None,
    clock: Clock,
    **folders: Any,
) -> None:
    """Make the pages: MkDocs builds what people wrote and the shells, which are filled here.

    Where the theme, or a page that people wrote, wants more than shells give, MkDocs builds every page.
    """
    address = folders["site_url"]
    made = shells.casts((page for page, _ in pages), spec)
    found = None
    with TemporaryDirectory(prefix=".docs-", dir=site.parent) as room, clock("mkdocs"):
        if made and write is not None:
            generated = (f"{page.locale}/{page.source}" for page, _ in pages)
            written = shells.lay_out(Path(room), folders["docs"], generated, made, write)
            found = _shells(site, spec, made, written, **{**folders, "docs": Path(room)})
        if found is None:
            _emptied(site)
            framed(site, spec, **folders)
    if found is not None:
        with clock("pages"):
            lonely = shells.alone(found)
            filled = (shells.filled(page, body, found, lonely, spec, address) for page, body in pages)
            finish.write_files(site, dict(filled))


def _shells(
    site: Path, spec: SiteSpec, made: tuple[shells.Cast, ...], written: bool, **folders: Any
) -> Mapping[Kind, Shell] | None:
    """The shells, with all that MkDocs makes beside them in ``site``; ``None`` where they will not do.

    ``written`` says that there are pages that people wrote: those may speak of pages that are not there.
    """
    try:
        framed(site, spec, **folders)
    except CodeglotError:
        if written:
            return None
        raise
    return shells.taken_out(site, made, spec, folders["site_url"])


def framed(site: Path, spec: SiteSpec, **folders: Any) -> None:
    """What MkDocs makes of a folder of pages, put in order and cleaned."""
    _make_pages(site, spec, **folders)
    finish.drop_unused(site)
    finish.share_assets(site, spec, theme.base_path(folders["site_url"]))
    sanitised.pages(site)


def _emptied(site: Path) -> None:
    for path in site.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != place.MARKER:
            path.unlink()


def _make_pages(site: Path, spec: SiteSpec, *, docs: Path, templates: Path, config: Path, site_url: str) -> None:
    """Have MkDocs build every locale, side by side, and put them together in ``site``."""
    with TemporaryDirectory(prefix=".parts-", dir=site) as parts:
        room = Path(parts)
        waiting = []
        for locale in spec.locales:
            target, path = room / locale.locale, room / f"{locale.locale}.yml"
            configuration = derive.configuration(
                spec, locale, parent=config, docs=docs, target=target, templates=templates, site_url=site_url
            )
            derive.write(configuration, path)
            waiting.append((f"locale {locale.locale}", path))
        tools.mkdocs(waiting)
        for locale in spec.locales:
            _move(room / locale.locale, site / prefix(locale.locale, spec.source_locale))


def complete(
    site: Path,
    spec: SiteSpec,
    *,
    site_url: str,
    render: Html,
    links: tuple[NeutralLink, ...] = (),
    files: Mapping[str, str | bytes] | None = None,
    clock: Clock | None = None,
) -> None:
    """Add to the pages in ``site`` what MkDocs does not make: search, links in no language, sitemap, ``files``.

    The pages have to be sanitised already.
    """
    clock = clock or Clock()
    place.mark(site)
    with clock("links"):
        further = chain(finish.neutral_pages(spec, links, render), finish.moved_pages(spec, site_url, render))
        finish.write_files(site, {path: sanitised.page(text) for path, text in further})
    with clock("sitemap"):
        own = {**sitemap.files(site, site_url), "robots.txt": sitemap.robots(site_url), ".nojekyll": ""}
        finish.write_files(site, {**own, **(files or {})})


def _move(folder: Path, target: Path) -> None:
    """Move what is in ``folder`` into ``target``; the two are on one file system."""
    target.mkdir(exist_ok=True)
    for path in sorted(folder.iterdir()):
        if (target / path.name).exists():
            raise CodeglotError(f"two things on the site have the address {path.name!r}")
        path.rename(target / path.name)


def _count(site: Path, spec: SiteSpec, locale: LocaleSpec) -> int:
    """How many pages a locale has; at the root the folders of the other locales are not its own."""
    others = {prefix(other.locale, spec.source_locale).rstrip("/") for other in spec.locales if other != locale}
    root = site / prefix(locale.locale, spec.source_locale)
    return sum(
        1
        for path in root.rglob("index.html")
        if locale.locale != spec.source_locale or path.relative_to(root).parts[0] not in others - {""}
    )
