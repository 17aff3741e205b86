"""The shells of a site's pages, made by MkDocs, with the files that it makes beside them."""

import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from generator.addresses import prefix
from generator.model import Locale
from generator.pages import Page
from generator.site import sanitised, shell
from generator.site.shell import Kind, Shell
from generator.site.values import NavItem, SiteSpec

Write = Callable[[Page, str], str]
"""Gives the Markdown file of a page that has a certain body."""


class Cast(Struct, frozen=True):
    """What is built to get a shell: the specimen and, for pages that share one, the probe."""

    kind: Kind
    specimen: Page
    probe: Page | None


def casts(pages: Iterable[Page], spec: SiteSpec) -> tuple[Cast, ...]:
    """What has to be built for ``pages``."""
    listed = {locale.locale: frozenset(_sources(locale.nav)) for locale in spec.locales}
    first: dict[Kind, Page] = {}
    for page in pages:
        first.setdefault(shell.kind(page, alone=page.source in listed[page.locale]), page)
    return tuple(
        Cast(
            kind,
            shell.specimen(page, 2 * number, alone=kind.alone is not None),
            None if kind.alone is not None else shell.probe(page, 2 * number + 1),
        )
        for number, (kind, page) in enumerate(first.items())
    )


def _sources(items: Iterable[NavItem]) -> Iterator[str]:
    for item in items:
        yield item.source
        yield from _sources(item.children)


def lay_out(folder: Path, docs: Path, own: Iterable[str], made: Iterable[Cast], write: Write) -> bool:
    """Put into ``folder`` what MkDocs is to build: what people wrote in ``docs``, specimens and probes.

    ``own`` are the paths below ``docs`` of what is generated. Gives whether people wrote any page.
    """
    generated = frozenset(own)
    pages = False
    for path in sorted(docs.rglob("*")):
        name = path.relative_to(docs).as_posix()
        if name not in generated and path.is_file() and not any(part.startswith(".") for part in Path(name).parts):
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            pages |= path.suffix == ".md"
    for cast in made:
        _write(folder, cast.specimen, write(cast.specimen, shell.MARKED_BODY))
        if cast.probe is not None:
            _write(folder, cast.probe, write(cast.probe, shell.AWKWARD_BODY))
    return pages


def _write(folder: Path, page: Page, text: str) -> None:
    target = folder / page.locale / page.source
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


def taken_out(site: Path, made: Iterable[Cast], spec: SiteSpec, site_url: str) -> Mapping[Kind, Shell] | None:
    """The shells in ``site``, which MkDocs has built and from which specimens and probes are removed.

    ``None`` where a probe shows that the theme does more with a page's values than shells can hold.
    """
    found: dict[Kind, Shell] = {}
    sound = True
    for cast in made:
        path = _file(site, cast.specimen, spec)
        found[cast.kind] = shell.opened(path.read_text(encoding="utf-8"), cast.specimen)
        _remove(site, path)
        if cast.probe is not None:
            path = _file(site, cast.probe, spec)
            filled = found[cast.kind].filled(shell.values(cast.probe, shell.AWKWARD_BODY, site_url))
            sound &= filled == path.read_text(encoding="utf-8")
            _remove(site, path)
    return found if sound else None


def _file(site: Path, page: Page, spec: SiteSpec) -> Path:
    return site / _path(page, spec)


def _remove(site: Path, path: Path) -> None:
    path.unlink()
    folder = path.parent
    while folder != site and not os.listdir(folder):  # noqa: PTH208 - a list, of which nothing stays open
        folder.rmdir()
        folder = folder.parent


def alone(found: Mapping[Kind, Shell]) -> frozenset[tuple[Locale, str]]:
    """The locales and addresses of the pages that have a shell to themselves."""
    return frozenset((kind.locale, kind.alone) for kind in found if kind.alone is not None)


def kind(page: Page, alone: Collection[tuple[Locale, str]]) -> Kind:
    """Which shell a page has."""
    return shell.kind(page, alone=(page.locale, page.path) in alone)


def filled(
    page: Page,
    body: str,
    found: Mapping[Kind, Shell],
    alone: Collection[tuple[Locale, str]],
    spec: SiteSpec,
    site_url: str,
    clean: shell.Clean = sanitised.fragment,
) -> tuple[str, str]:
    """The path below the site's root of the file of ``page``, and its text; KeyError where there is no shell for it.

    ``clean`` sanitises ``body`` as :func:`generator.site.sanitised.fragment` does.
    """
    own = found[kind(page, alone)]
    return _path(page, spec), own.filled(shell.values(page, body, site_url, clean))


def _path(page: Page, spec: SiteSpec) -> str:
    return f"{prefix(page.locale, spec.source_locale)}{page.path}index.html"
