"""What a reader pays for a page of a large catalog: bytes, requests and time in a real browser, beside stock Material.

Each page is opened by a browser that has seen nothing before, from this machine's own server, which compresses what
compresses. Times are given as they are here and on a slow line (400 ms to and fro, 1.6 Mbit/s), where bytes count. Then what
the search fetches and takes until its first answer, in a small and in a large catalog.
"""

import argparse
import functools
import gzip
import http
import shutil
import statistics
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar, Final, NamedTuple
from urllib.parse import urlsplit

import catalogs
import competitors
import edits
import results
from measuring import run
from playwright.sync_api import Browser, sync_playwright
from search import _MATERIAL, _OWN, _SEARCH_FILE, ARGUMENTS, PREFIX

from generator import pipeline
from generator.model import Column

CODES: Final = 10_000
SMALL: Final = 250
STOCK: Final = 4_000
"""Stock takes with the square of the pages, so that the largest catalog would take it too long."""
STOCK_ROUNDS: Final = 1
"""Stock's search reads tens of megabytes before its first answer."""
PATIENCE: Final = 120
"""Seconds after which a search that says nothing finds nothing."""
GROWTH: Final = 4
"""The most that bytes until the first answer, and the time to it, may grow from the small catalog to the large one."""
_COMPRESSED: Final = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".md", ".map"}
_SLOW: Final = {"offline": False, "latency": 400, "downloadThroughput": 200_000, "uploadThroughput": 200_000}
"""Milliseconds, and bytes a second."""


class Site(NamedTuple):
    """A built site of so many codes."""

    name: str
    codes: int
    folder: Path
    search: str
    """The page on which is searched."""
    ask: str


class Opened(NamedTuple):
    """What a page took: bytes and requests until nothing more came, milliseconds to its first text or picture."""

    size: float
    requests: float
    paint: float
    slow_paint: float


class Asked(NamedTuple):
    """What the first answer of a search took: bytes fetched since the page stood there, milliseconds since the query."""

    size: float
    first: float


def main() -> int:
    """Build the sites, open the pages and print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--chromium", required=True, help="the browser")
    parser.add_argument("--codes", type=int, default=CODES, help="codes of the large catalog")
    parser.add_argument("--small", type=int, default=SMALL, help="codes of the small catalog")
    parser.add_argument("--stock", type=int, default=STOCK, help="codes of stock's catalog; 0 to leave it out")
    parser.add_argument("--rounds", type=int, default=5, help="how often each page is opened (default: 5)")
    parser.add_argument("--folder", type=Path, help="build the sites here, and use those that are here already")
    parser.add_argument("--keep", action="store_true", help="write the tables into benchmarks/results/")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = options.folder or Path(temporary)
        sites = [_own(folder, options.small), _own(folder, options.codes)]
        if options.stock:
            sites.append(_stock(folder, options.stock))
        browser = playwright.chromium.launch(executable_path=options.chromium, args=list(ARGUMENTS))
        once = f"; stock's searches {STOCK_ROUNDS} round" if options.stock else ""
        name = f"{browser.browser_type.name.capitalize()} {browser.version}"
        said = f"{results.machine()}. {name}, {options.rounds} rounds, medians{once}\n"
        for tables in (_pages, _searches):
            made = "\n".join(["", *tables(browser, sites, options.rounds), ""])
            # What was measured is seen, whatever becomes of the rest.
            print(made, flush=True)
            said += made
        browser.close()
    if options.keep:
        results.keep("reading_cost", "What a page costs its reader", said, {})
    return 0


# Building.


def _own(folder: Path, codes: int) -> Site:
    project = folder / str(codes)
    if not (project / "site").exists():
        catalogs.write(project / "source", codes)
        run(edits.command(project))
    return Site("Codeglot", codes, project / "site", "search/", _OWN)


def _stock(folder: Path, codes: int) -> Site:
    place = folder / f"stock{codes}"
    if not (place / "site").exists():
        own = _own(folder, codes)
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        project = competitors.find()[0].prepare(own.folder.parent / "docs", place)
        for steps in project.steps.values():
            for step in steps:
                run(step.command, step.folder)
    return Site("Stock Material", codes, place / "site", "", _MATERIAL)


# Serving.


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder, text compressed, and keeps how many bytes of what were sent."""

    sent: ClassVar[list[tuple[str, int]]]
    packed: ClassVar[dict[Path, bytes]]

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            with suppress(ConnectionError):
                self.send_error(http.HTTPStatus.NOT_FOUND)
            return
        body = path.read_bytes()
        squeezed = path.suffix in _COMPRESSED
        if squeezed:
            if path not in self.packed:
                self.packed[path] = gzip.compress(body, 9)
            body = self.packed[path]
        self.send_response(http.HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(body)))
        if squeezed:
            self.send_header("Content-Encoding", "gzip")
        # A page that is closed takes no more; what had been asked for counts all the same.
        with suppress(ConnectionError):
            self.end_headers()
            self.wfile.write(body)
        self.sent.append((urlsplit(self.path).path, len(body)))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        pass


class _Served(NamedTuple):
    address: str
    sent: list[tuple[str, int]]


@contextmanager
def _served(folder: Path) -> Iterator[_Served]:
    sent: list[tuple[str, int]] = []
    handler = type("Handler", (_Handler,), {"sent": sent, "packed": {}})
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield _Served(f"http://127.0.0.1:{server.server_address[1]}/", sent)
    server.shutdown()
    server.server_close()


# Opening pages.

_SETTLE: Final = """() => new Promise((resolve) => {
    const [paint] = performance.getEntriesByName("first-contentful-paint");
    if (paint) return resolve(paint.startTime);
    new PerformanceObserver((list) => {
        const [entry] = list.getEntriesByName("first-contentful-paint");
        if (entry) resolve(entry.startTime);
    }).observe({ type: "paint", buffered: true });
})"""


def _pages(browser: Browser, sites: Sequence[Site], rounds: int) -> list[str]:
    found: dict[tuple[str, int, str], list[Opened]] = {}
    for _ in range(rounds):
        for site in sites:
            for kind, paths in {"a code": _code_pages(site), "the search": _search_pages(site)}.items():
                opened = found.setdefault((site.name, site.codes, kind), [])
                with _served(site.folder) as served:
                    opened += [_open(browser, served, path) for path in paths]
    lines = [
        "## Pages",
        "",
        *results.header(("site", "page", "codes", "kB", "requests", "first paint, ms", "on a slow line, ms")),
    ]
    for (name, codes, kind), opened in found.items():
        size, requests, paint, slow = (statistics.median(one) for one in zip(*opened, strict=True))
        lines.append(
            results.row(
                name, kind, f"{codes:,}", f"{size / 1000:.1f}", f"{requests:.0f}", f"{paint:.0f}", f"{slow:.0f}"
            )
        )
    return lines


def _code_pages(site: Site) -> list[str]:
    """The page of a code in the middle of the catalog, in each locale."""
    products = sorted(folder.name for folder in site.folder.glob("p[0-9]*"))
    product = products[len(products) // 2]
    codes = sorted(path.parent.name for path in (site.folder / product).glob("*/index.html"))
    listed = [code for code in codes if code[:1].isdecimal()]
    return [f"{prefix}{product}/{listed[len(listed) // 2]}/" for prefix in PREFIX.values()]


def _search_pages(site: Site) -> list[str]:
    return [f"{prefix}{site.search}" for prefix in PREFIX.values()]


def _open(browser: Browser, served: _Served, path: str) -> Opened:
    served.sent.clear()
    paint = _painted(browser, served.address + path, slow=False)
    size, requests = sum(one for _, one in served.sent), len(served.sent)
    return Opened(size, requests, paint, _painted(browser, served.address + path, slow=True))


def _painted(browser: Browser, address: str, *, slow: bool) -> float:
    context = browser.new_context()
    page = context.new_page()
    if slow:
        line = context.new_cdp_session(page)
        line.send("Network.enable")
        line.send("Network.emulateNetworkConditions", _SLOW)
    # All that the page fetches by itself counts; how long the rest of it takes does not where the line is slow.
    page.goto(address, wait_until="commit" if slow else "networkidle", timeout=120_000)
    paint = float(page.evaluate(_SETTLE))
    context.close()
    return paint


# Searching.


def _searches(browser: Browser, sites: Sequence[Site], rounds: int) -> list[str]:
    lines = [
        "## The first answer of a search",
        "",
        *results.header(("site", "asked for", "codes", "kB, median", "kB, most", "ms, median", "ms, most")),
    ]
    medians: dict[str, list[Asked]] = {}
    for site, kinds in zip(sites, _asked(browser, sites, rounds), strict=True):
        for kind, asked in kinds.items():
            if not asked:
                lines.append(results.row(site.name, kind, f"{site.codes:,}", "", "", f"nothing in {PATIENCE} s", ""))
                continue
            sizes, times = zip(*asked, strict=True)
            middle = Asked(statistics.median(sizes), statistics.median(times))
            shown = (
                *(f"{one / 1000:.1f}" for one in (middle.size, max(sizes))),
                *(f"{one:.0f}" for one in (middle.first, max(times))),
            )
            lines.append(results.row(site.name, kind, f"{site.codes:,}", *shown))
            if site in sites[:2]:
                medians.setdefault(kind, []).append(middle)
    lines += ["", *results.header(("what grows", "measured", "limit", ""))]
    for kind, (small, large) in medians.items():
        steps = f"{sites[0].codes:,} to {sites[1].codes:,} codes, {kind}"
        lines.append(results.limit(f"{steps}, bytes", large.size / small.size, GROWTH))
        lines.append(results.limit(f"{steps}, time", large.first / small.first, GROWTH))
    return lines


def _asked(browser: Browser, sites: Sequence[Site], rounds: int) -> list[dict[str, list[Asked]]]:
    """What each site's searches took, by what was asked for: the sites take turns, because machines drift."""
    found: list[dict[str, list[Asked]]] = [{} for _ in sites]
    queries = [_queries(site) for site in sites]
    with ExitStack() as opened:
        servers = [opened.enter_context(_served(site.folder)) for site in sites]
        for number in range(rounds):
            for site, kinds, asked, served in zip(sites, found, queries, servers, strict=True):
                if site not in sites[:2] and number >= STOCK_ROUNDS:
                    continue
                for (locale, kind), query in asked.items():
                    answer = _ask(browser, served, site, f"{PREFIX[locale]}{site.search}", query)
                    kinds.setdefault(kind, []).extend([answer] if answer else [])
    return found


def _queries(site: Site) -> dict[tuple[str, str], str]:
    """A code, a name and a meaning from the middle of the catalog, by locale."""
    source = site.folder.parent / "source"
    if not source.exists():
        source = site.folder.parent.parent / str(site.codes) / "source"
    documents = pipeline.load(source).corrected.documents
    found: dict[tuple[str, str], str] = {}
    for locale in PREFIX:
        entries = [
            fields
            for document in documents
            if document.locale == locale
            for section in document.sections
            for table in section.tables
            for fields in ({field.column: field.plain for field in entry.fields} for entry in table.entries)
            if {Column.CODE, Column.NAME, Column.DESCRIPTION} <= fields.keys()
        ]
        fields = entries[len(entries) // 2]
        found |= {
            (locale, "a code"): fields[Column.CODE],
            (locale, "a name"): fields[Column.NAME],
            (locale, "a meaning"): fields[Column.DESCRIPTION],
        }
    return found


def _ask(browser: Browser, served: _Served, site: Site, path: str, query: str) -> Asked | None:
    """What a search took; ``None`` where another than ours finds nothing."""
    context = browser.new_context()
    page = context.new_page()
    served.sent.clear()
    page.goto(served.address + path, wait_until="load", timeout=120_000)
    page.evaluate(f"window.cgPatience = {PATIENCE * 1000}")
    answer = page.evaluate(site.ask, query)
    context.close()
    print(f"  {site.name}, {site.codes:,} codes, {query[:40]!r}: {answer['first']:.0f} ms", file=sys.stderr, flush=True)
    if not answer["codes"]:
        if site.ask == _OWN:
            raise SystemExit(f"{site.name} with {site.codes:,} codes finds nothing for {query!r}")
        return None
    # Where a page cannot tell what had arrived by then, all that it fetched for its search.
    arrived = answer.get("fetched")
    files = {name: size for name, size in served.sent if _SEARCH_FILE.search(name)}
    return Asked(sum(size for name, size in files.items() if arrived is None or name in arrived), answer["first"])


if __name__ == "__main__":
    sys.exit(main())
