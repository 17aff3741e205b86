"""What a site has besides the pages that MkDocs makes: links in no language, the sitemap, search."""

import html
import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from generator.addresses import prefix
from generator.errors import CodeglotError
from generator.site.values import NeutralLink, SiteSpec

Html = Callable[..., str]
"""Renders a standalone page: the template's name and its values to text."""

_UNUSED: Final = ("assets/javascripts/lunr", "assets/javascripts/workers")
"""Material's own search, below a locale's folder: the site has another."""

_UNUSED_PAGEFIND: Final = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.js")
"""Pagefind's own interfaces: the site has one."""


class _Head(Struct, frozen=True):
    """What one page's head says of its addresses."""

    canonical: str
    alternates: tuple[tuple[str, str], ...]


def drop_unused(site: Path) -> None:
    """Take out what Material brings along and no page asks for: its own search, and maps for its developers."""
    for assets in sorted(site.glob("**/assets/javascripts")):
        for name in _UNUSED:
            shutil.rmtree(assets.parent.parent / name, ignore_errors=True)
        for pattern in ("javascripts/*.map", "stylesheets/*.map"):
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


def settle_search(site: Path) -> None:
    """Put Pagefind's list of languages in order, for it comes in another one each time; take out its own interfaces."""
    for pattern in _UNUSED_PAGEFIND:
        for unused in (site / "pagefind").glob(pattern):
            unused.unlink()
    path = site / "pagefind" / "pagefind-entry.json"
    if path.is_file():
        entry = json.loads(path.read_bytes())
        path.write_text(json.dumps(entry, sort_keys=True, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


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
        path.write_bytes(data)


def neutral_pages(spec: SiteSpec, links: Iterable[NeutralLink], render: Html) -> Iterator[tuple[str, str]]:
    """The pages behind the links in no language: path of the file below the site's root, and text."""
    locales = [
        {
            "locale": locale.locale,
            "name": locale.name,
            "prefix": prefix(locale.locale, spec.source_locale),
            "title": locale.title,
            "choose_language": words.get("neutral_choose_language", ""),
            "choose_product": words.get("neutral_choose_product", ""),
        }
        for locale in spec.locales
        for words in [dict(locale.labels)]
    ]
    for link in links:
        values: dict[str, Any] = {
            "root": "../" * link.path.count("/"),
            "text": link.text,
            "source_locale": spec.source_locale,
            "locales": locales,
            "targets": [
                {"path": target.path, "titles": {**_everywhere(spec, target.path), **dict(target.titles)}}
                for target in link.targets
            ],
        }
        yield f"{link.path}index.html", render("neutral.html.j2", **values)


def _everywhere(spec: SiteSpec, text: str) -> dict[str, str]:
    return {locale.locale: text.rstrip("/") for locale in spec.locales}


_CANONICAL: Final = re.compile(r'<link rel="canonical" href="([^"]*)">')
_ALTERNATE: Final = re.compile(r'<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">')
_NOINDEX: Final = re.compile(r'<meta name="robots" content="[^"]*noindex')


def _head(page: Path) -> _Head | None:
    text = page.read_text(encoding="utf-8").partition("</head>")[0]
    canonical = _CANONICAL.search(text)
    if canonical is None or _NOINDEX.search(text):
        return None
    alternates = tuple((locale, html.unescape(address)) for locale, address in _ALTERNATE.findall(text))
    return _Head(html.unescape(canonical[1]), alternates)


def sitemap(site: Path, site_url: str) -> str:
    """The sitemap of all pages below ``site`` that search engines are meant to show.

    Pages that repeat what another address has are left out. The form is sitemaps.org's 0.9, with the alternates as
    Google's extension writes them.
    """
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for page in sorted(site.rglob("index.html"), key=lambda path: path.parent.parts):
        folder = page.parent.relative_to(site).as_posix()
        own = site_url + ("" if folder == "." else f"{folder}/")
        head = _head(page)
        if head is None or head.canonical != own:
            continue
        lines.append(f"<url><loc>{html.escape(own)}</loc>")
        lines += [
            f'<xhtml:link rel="alternate" hreflang="{locale}" href="{html.escape(address)}"/>'
            for locale, address in head.alternates
        ]
        lines.append("</url>")
    return "\n".join([*lines, "</urlset>", ""])


def robots(site_url: str) -> str:
    """A robots.txt (RFC 9309) that allows everything and says where the sitemap is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {site_url}sitemap.xml\n"
