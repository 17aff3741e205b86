"""The sitemap: sitemaps.org's protocol 0.9, with the alternates as Google's extension writes them.

It says of no page when it changed: a page is made of several documents, errata and templates, and the date of none of
them is the page's own.
"""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from generator.addresses import prefix
from generator.model import Locale
from generator.pages import Page

FILE: Final = "sitemap.xml"

MOST: Final = 50_000
LARGEST: Final = 50 * 1024 * 1024
"""So many addresses and bytes the protocol allows one file."""

_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_BEGIN: Final = f'{_DECLARATION}<urlset xmlns="{_NAMESPACE}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
_END: Final = "</urlset>\n"

_CANONICAL: Final = re.compile(r'<link rel="canonical" href="([^"]*)">')
_ALTERNATE: Final = re.compile(r'<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">')
_NOINDEX: Final = re.compile(r'<meta name="robots" content="[^"]*noindex')
_CHUNK: Final = 1 << 14


class Entry(Struct, frozen=True, array_like=True):
    """One page in the sitemap."""

    address: str
    """Below the site's root: ``en/gme/7006/``; the sitemap is sorted by its segments."""
    text: str
    """As XML."""


def files(site: Path, site_url: str) -> dict[str, str]:
    """The sitemap of all pages below ``site`` that search engines are meant to show, by the path of each of its files.

    Pages that repeat what another address has are left out.
    """
    return joined(read(site, site.rglob("index.html"), site_url), site_url)


def joined(entries: Iterable[Entry], site_url: str, *, most: int = MOST, largest: int = LARGEST) -> dict[str, str]:
    """The sitemap of ``entries``, in any order, by the path of each of its files.

    What one file may not hold is in several, which the first one lists.
    """
    ordered = sorted(entries, key=lambda entry: entry.address.split("/")[:-1])
    parts = tuple(_parts((entry.text for entry in ordered), most, largest))
    if len(parts) <= 1:
        return {FILE: _whole(parts[0] if parts else ())}
    named = {f"sitemap-{number}.xml": _whole(part) for number, part in enumerate(parts, start=1)}
    listed = "".join(f"<sitemap><loc>{html.escape(site_url + name)}</loc></sitemap>\n" for name in named)
    return {FILE: f'{_DECLARATION}<sitemapindex xmlns="{_NAMESPACE}">\n{listed}</sitemapindex>\n', **named}


def made(pages: Iterable[Page], locales: Iterable[Locale], source_locale: Locale, site_url: str) -> Iterator[Entry]:
    """The entries of planned pages, as the theme's heads will have them; ``locales`` are those of the site, in order.

    Nothing is looked at but a page's locale, path, canonical address, locales of its text and default for any other.
    """
    prefixes = {locale: prefix(locale, source_locale) for locale in locales}
    for page in pages:
        address = prefixes[page.locale] + page.path
        if page.canonical != address:
            continue
        having = page.text_locales
        alternates = [
            (locale, f"{site_url}{start}{page.path}")
            for locale, start in prefixes.items()
            if not having or locale in having
        ]
        default = (page.x_default if having else "") or page.path
        yield Entry(address, _text(site_url + address, [*alternates, ("x-default", f"{site_url}{default}")]))


def read(site: Path, found: Iterable[Path], site_url: str) -> Iterator[Entry]:
    """The entries of finished pages, of what stands in their heads: of ``index.html`` files below ``site``.

    For pages of which nothing else is known: those that people have written, and those of a build by MkDocs alone.
    """
    for page in found:
        folder = page.parent.relative_to(site).as_posix()
        address = "" if folder == "." else f"{folder}/"
        head = _head(page)
        if head is not None and head.canonical == site_url + address:
            yield Entry(address, _text(head.canonical, head.alternates))


def robots(site_url: str) -> str:
    """A robots.txt (RFC 9309) that allows everything and says where the sitemap is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {site_url}{FILE}\n"


def _text(address: str, alternates: Iterable[tuple[str, str]]) -> str:
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{locale}" href="{html.escape(other)}"/>\n'
        for locale, other in alternates
    )
    return f"<url><loc>{html.escape(address)}</loc>\n{others}</url>\n"


def _parts(entries: Iterable[str], most: int, largest: int) -> Iterator[tuple[str, ...]]:
    part: list[str] = []
    frame = size = len(_BEGIN) + len(_END)
    for entry in entries:
        length = len(entry.encode())
        if part and (len(part) == most or size + length > largest):
            yield tuple(part)
            part, size = [], frame
        part.append(entry)
        size += length
    if part:
        yield tuple(part)


def _whole(entries: Sequence[str]) -> str:
    return f"{_BEGIN}{''.join(entries)}{_END}"


class _Head(Struct, frozen=True):
    """What one page's head says of its addresses."""

    canonical: str
    alternates: tuple[tuple[str, str], ...]


def _head(page: Path) -> _Head | None:
    """What a page that may be shown says; ``None`` of one that may not, or that names no address of its own."""
    read = b""
    with page.open("rb") as file:
        # The head alone, for a large site has gigabytes of bodies.
        while b"</head>" not in read and (chunk := file.read(_CHUNK)):
            read += chunk
    text = read.partition(b"</head>")[0].decode("utf-8", errors="replace")
    canonical = _CANONICAL.search(text)
    if canonical is None or _NOINDEX.search(text):
        return None
    alternates = tuple((locale, html.unescape(address)) for locale, address in _ALTERNATE.findall(text))
    return _Head(html.unescape(canonical[1]), alternates)
