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


class _Head(Struct, frozen=True):
    """What one page's head says of its addresses."""

    canonical: str
    alternates: tuple[tuple[str, str], ...]


def files(site: Path, site_url: str, *, most: int = MOST, largest: int = LARGEST) -> dict[str, str]:
    """The sitemap of all pages below ``site`` that search engines are meant to show, by the path of each of its files.

    Pages that repeat what another address has are left out. What one file may not hold is in several, which the first
    one lists.
    """
    parts = tuple(_parts(_entries(site, site_url), most, largest))
    if len(parts) <= 1:
        return {FILE: _whole(parts[0] if parts else ())}
    named = {f"sitemap-{number}.xml": _whole(part) for number, part in enumerate(parts, start=1)}
    listed = "".join(f"<sitemap><loc>{html.escape(site_url + name)}</loc></sitemap>\n" for name in named)
    return {FILE: f'{_DECLARATION}<sitemapindex xmlns="{_NAMESPACE}">\n{listed}</sitemapindex>\n', **named}


def robots(site_url: str) -> str:
    """A robots.txt (RFC 9309) that allows everything and says where the sitemap is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {site_url}{FILE}\n"


def _entries(site: Path, site_url: str) -> Iterator[str]:
    for page in sorted(site.rglob("index.html"), key=lambda path: path.parent.parts):
        folder = page.parent.relative_to(site).as_posix()
        own = site_url + ("" if folder == "." else f"{folder}/")
        head = _head(page)
        if head is None or head.canonical != own:
            continue
        alternates = "".join(
            f'<xhtml:link rel="alternate" hreflang="{locale}" href="{html.escape(address)}"/>\n'
            for locale, address in head.alternates
        )
        yield f"<url><loc>{html.escape(own)}</loc>\n{alternates}</url>\n"


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
