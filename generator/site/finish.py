"""What a site has besides the pages that MkDocs makes: links in no language, files for scripts."""

import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from generator.addresses import prefix
from generator.errors import CodeglotError, naming
from generator.site import policy
from generator.site.values import NeutralLink, SiteSpec

Html = Callable[..., str]
"""Renders a standalone page: the template's name and its values to text."""

_UNUSED: Final = ("assets/javascripts/lunr", "assets/javascripts/workers")
"""Material's own search, below a locale's folder: the site has another."""

_UNUSED_SCRIPTS: Final = ("javascripts/bundle.*", "javascripts/*.map", "stylesheets/*.map")
"""Material's own script, of which the site uses nothing, and maps for its developers."""


def drop_unused(site: Path) -> None:
    """Take out what Material brings along and no page asks for: its own search and script, and their maps."""
    for assets in sorted(site.glob("**/assets/javascripts")):
        for name in _UNUSED:
            shutil.rmtree(assets.parent.parent / name, ignore_errors=True)
        for pattern in _UNUSED_SCRIPTS:
            for path in assets.parent.glob(pattern):
                path.unlink()


def share_assets(site: Path, spec: SiteSpec, base: str) -> None:
    """Keep one copy of what every locale brings along, at the root: who changes the language has it already.

    ``base`` is the path of the site's address, which the 404 pages' links begin with.
    """
    for locale in spec.locales:
        own = prefix(locale.locale, spec.source_locale)
        folder = site / own
        if not own or not (folder / "assets").is_dir():
            continue
        shared = frozenset(_same_files(folder / "assets", site / "assets"))
        for page in sorted(folder.rglob("*.html")):
            up = "../" * (len(page.relative_to(folder).parts) - 1)
            here, root = (base + own, base) if page.name == "404.html" else (up, f"{up}../")
            _retarget(page, here, root, shared)
        for name in shared:
            (folder / "assets" / name).unlink()
        for path in sorted((folder / "assets").rglob("*"), reverse=True):
            if path.is_dir() and not any(path.iterdir()):
                path.rmdir()
        if not any((folder / "assets").iterdir()):
            (folder / "assets").rmdir()


def _same_files(folder: Path, other: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and (other / name).is_file() and path.read_bytes() == (other / name).read_bytes():
            yield name


def _retarget(page: Path, here: str, root: str, shared: frozenset[str]) -> None:
    def target(found: re.Match[str]) -> str:
        return f'{found[1]}{root}assets/{found[2]}"' if found[2] in shared else found[0]

    text = page.read_text(encoding="utf-8")
    changed = re.sub(rf'((?:href|src)="){re.escape(here)}assets/([^"?#]+)"', target, text)
    if changed != text:
        page.write_text(changed, encoding="utf-8")


def write_files(site: Path, files: Mapping[str, str | bytes]) -> None:
    """Write further files, each by its path below the site's root.

    Raises CodeglotError where a path is taken already or leads out of the site.
    """
    root = site.resolve()
    for name, content in files.items():
        path = (root / name).resolve()
        if not path.is_relative_to(root):
            raise CodeglotError(f"the file {name!r} would lie outside the site")
        data = content.encode() if isinstance(content, str) else content
        if path.exists() and (not path.is_file() or path.read_bytes() != data):
            raise CodeglotError(f"two things on the site have the address {name!r}")
        path.parent.mkdir(parents=True, exist_ok=True)
        with naming(path):
            path.write_bytes(data)


def neutral_pages(spec: SiteSpec, links: Iterable[NeutralLink], render: Html) -> Iterator[tuple[str, str]]:
    """The pages behind the links in no language: path of the file below the site's root, and text."""
    locales = [
        {
            "locale": locale.locale,
            "name": locale.name,
            "prefix": prefix(locale.locale, spec.source_locale),
            "title": locale.title,
        }
        for locale in spec.locales
    ]
    source = next(locale for locale in spec.locales if locale.locale == spec.source_locale)
    for link in links:
        products = {target.path.partition("/")[0] for target in link.targets}
        asked = "neutral_choose_product" if len(products) == len(link.targets) else "neutral_choose_code"
        values: dict[str, Any] = {
            "policy": policy.plain(),
            "root": "../" * link.path.count("/"),
            "text": link.text,
            "title": source.title,
            "source_locale": spec.source_locale,
            "several": len(link.targets) > 1,
            "locales": [
                {**values, "choose": dict(locale.labels).get(asked, "")}
                for values, locale in zip(locales, spec.locales, strict=True)
            ],
            "targets": [
                {"path": target.path, "titles": {**_everywhere(spec, target.path), **dict(target.titles)}}
                for target in link.targets
            ],
        }
        yield f"{link.path}index.html", render("neutral.html.j2", **values)


def moved_pages(spec: SiteSpec, site_url: str, render: Html) -> Iterator[tuple[str, str]]:
    """The pages that lead on from addresses that have moved, in every locale: path of the file, and text."""
    for locale in spec.locales:
        own = prefix(locale.locale, spec.source_locale)
        for moved in spec.moved:
            up = "../" * moved.path.count("/")
            yield (
                f"{own}{moved.path}index.html",
                render(
                    "moved.html.j2",
                    policy=policy.plain(),
                    lang=locale.locale,
                    title=dict(moved.titles).get(locale.locale) or moved.to,
                    heading=dict(locale.labels).get("neutral_moved", ""),
                    href=f"{up}{moved.to}" if moved.to else up,
                    root="../" * own.count("/") + up,
                    canonical=f"{site_url}{own}{moved.to}",
                ),
            )


def _everywhere(spec: SiteSpec, text: str) -> dict[str, str]:
    return {locale.locale: text.rstrip("/") for locale in spec.locales}
