"""What a built page says, read with a real HTML parser's rules where they matter and quickly."""

import html
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from msgspec import Struct

_TAG = re.compile(r"<([a-zA-Z][\w-]*)((?:\s+[^\s\"'<>/=]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))?)*)\s*/?>")
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+)))?")
_RAW = re.compile(r"<!--.*?-->|<(script|style|template)\b([^>]*)>.*?</\1>", re.DOTALL)


class Tag(Struct, frozen=True):
    """An opening tag."""

    name: str
    attributes: dict[str, str]


class Page(Struct, frozen=True):
    """One HTML file of a site."""

    path: Path
    tags: tuple[Tag, ...]

    @property
    def ids(self) -> frozenset[str]:
        """What a fragment can point to."""
        return frozenset(tag.attributes[key] for tag in self.tags for key in ("id", "name") if key in tag.attributes)

    def find(self, tag_name: str, **wanted: str) -> tuple[dict[str, str], ...]:
        """The attributes of all tags of a name that have the wanted ones."""
        return tuple(
            tag.attributes
            for tag in self.tags
            if tag.name == tag_name and all(tag.attributes.get(key) == value for key, value in wanted.items())
        )


def read(path: Path) -> Page:
    """The tags of a file; the contents of scripts and styles are no tags."""
    text = _RAW.sub(lambda found: f"<{found[1]}{found[2]}>" if found[1] else "", path.read_text(encoding="utf-8"))
    return Page(path, tuple(Tag(name.lower(), _attributes(rest)) for name, rest in _TAG.findall(text)))


def _attributes(text: str) -> dict[str, str]:
    return {
        name.lower(): html.unescape(double or single or bare) for name, double, single, bare in _ATTRIBUTE.findall(text)
    }


@cache
def pages(site: Path) -> dict[str, Page]:
    """All HTML files of a site by their path below it, sorted."""
    return {path.relative_to(site).as_posix(): read(path) for path in sorted(site.rglob("*.html"))}


def targets(page: Page) -> Iterator[str]:
    """Every address that a tag of the page names."""
    for tag in page.tags:
        for key in ("href", "src", "action", "poster", "data"):
            if key in tag.attributes and (key, tag.name) != ("data", "data"):
                yield tag.attributes[key]
        for candidate in tag.attributes.get("srcset", "").split(","):
            if candidate.strip():
                yield candidate.split()[0]


def site_url(site: Path) -> str:
    """The address for which a site was built, from its home page."""
    return pages(site)["index.html"].find("link", rel="canonical")[0]["href"]


def broken(site: Path, page: Page) -> Iterator[str]:
    """What is wrong with each link of ``page`` that does not lead to a page of the site or, with reason, out of it."""
    for target in targets(page):
        wrong = _wrong(site, page, target)
        if wrong:
            yield f"{target}: {wrong}"


def _wrong(site: Path, page: Page, target: str) -> str:
    root = site_url(site)
    parts = urlsplit(target)
    if (parts.scheme or parts.netloc) and not target.startswith(root):
        return "" if parts.scheme in {"http", "https", "mailto"} else "no web address"
    own = page.path.relative_to(site).as_posix()
    # A page's address is its folder's; a 404 page stands for any address, so its links have to be absolute.
    lost = own.endswith("404.html")
    if lost and parts.path and not parts.path.startswith("/") and not parts.netloc:
        return "relative on a 404 page"
    base = urlsplit(root).path
    path = urljoin(base + (own if lost else own.removesuffix("index.html")), parts.path)
    if not path.startswith(base):
        return "outside the site"
    file = site / unquote(path.removeprefix(base))
    if file.is_dir():
        if not path.endswith("/"):
            return "the slash at the end is missing, so it is a redirect away"
        file /= "index.html"
    if not file.is_file():
        return "no such page"
    if parts.fragment and file.suffix == ".html":
        there = pages(site)[file.relative_to(site).as_posix()]
        if unquote(parts.fragment) not in there.ids:
            return "no such place on that page"
    return ""
