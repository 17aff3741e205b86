"""How good, how quick and how heavy the search is, beside Material's own and Pagefind alone: same pages, same queries.

All of them answer the table of ``tests/cases/queries`` in one Chromium, in one run. A keystroke is the moment at which a
whole query is put into the box; "first" is when the first hit stands on the page, "final" when the answer is settled.
Bytes are what the browser fetched for the first answer of a reader who has not searched before, each file as gzip's
level 9 makes it where that is smaller. The last table asks an invented catalog of 10,000 codes.
"""

import argparse
import functools
import gzip
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar, Final, NamedTuple
from urllib.parse import urlsplit

import varied
from playwright.sync_api import Browser, sync_playwright

from generator import pipeline
from generator.words import files as search_files

ROOT = Path(__file__).resolve().parent.parent
QUERIES = ROOT / "tests" / "cases" / "queries"
ROWS = 10_000
PREFIX = {"zh": "", "en": "en/", "ko": "ko/"}
WORDS = frozenset({"meaning", "cause", "solution"})
"""Kinds of queries whose code need only be among the first three."""
ARGUMENTS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run")


class Answer(NamedTuple):
    """What one query gave: codes in order, milliseconds to the first hit and to the settled answer.

    ``fetched`` are the paths of the files that had arrived when the first hit stood there, where the page can tell.
    """

    codes: list[str]
    first: float
    final: float
    fetched: list[str] | None = None


class Weights(NamedTuple):
    """Bytes fetched for the search until the first hit stood there, and until the answer was settled."""

    first: int
    settled: int


class Engine(NamedTuple):
    """One search: the folder it is served from, the page it is on, and the script that answers one query."""

    name: str
    folder: Path
    page: str
    ready: str
    """Run once on the page, before the first query."""
    ask: str


def main() -> int:
    """Build everything, ask everything, print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--misses", action="store_true", help="also list the queries that ours does not answer")
    parser.add_argument("--chromium", required=True, help="the browser")
    options = parser.parse_args()
    table = [case for path in sorted(QUERIES.glob("*.json")) for case in json.loads(path.read_text(encoding="utf-8"))]
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        browser = playwright.chromium.launch(executable_path=options.chromium, args=list(ARGUMENTS))
        _compare(browser, _engines(folder), table, misses=options.misses)
        _large(browser, folder)
        browser.close()
    return 0


# Building.


def _engines(folder: Path) -> tuple[Engine, ...]:
    codeglot = str(Path(sys.executable).with_name("codeglot"))
    own, docs = folder / "own", folder / "docs"
    _run(codeglot, "build", "--quiet", "--docs", str(docs), "--site", str(own))
    pagefind = folder / "pagefind"
    shutil.copytree(own, pagefind)
    _mark_articles(pagefind)
    _run(sys.executable, "-m", "pagefind", "--site", str(pagefind))
    material = folder / "material"
    configuration = folder / "material.yml"
    configuration.write_text(json.dumps(_stock(docs, material)), encoding="utf-8")
    _run(sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(configuration))
    return (
        Engine("Codeglot", own, "search/", "() => {}", _OWN),
        Engine("Pagefind alone", pagefind, "search/", _PAGEFIND_READY, _PAGEFIND),
        Engine("Material's own", material, "", "() => {}", _MATERIAL),
    )


def _mark_articles(site: Path) -> None:
    """Have Pagefind read the articles about codes and nothing else, as its documentation advises."""
    for page in site.rglob("index.html"):
        text = page.read_text(encoding="utf-8")
        marked = re.sub(r"(<article[^>]* data-code=)", r"<article data-pagefind-body data-code=", text, count=1)
        if marked != text:
            page.write_text(marked, encoding="utf-8")


def _stock(docs: Path, site: Path) -> dict[str, Any]:
    languages = [{"locale": locale, "name": locale, "default": locale == "zh"} for locale in PREFIX]
    return {
        "site_name": "Stock",
        "docs_dir": str(docs),
        "site_dir": str(site),
        "theme": {"name": "material", "font": False},
        "plugins": ["search", {"i18n": {"docs_structure": "folder", "languages": languages}}],
        "validation": {"links": {"not_found": "ignore", "unrecognized_links": "ignore"}},
    }


def _run(*command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


# Asking.

_SEARCH_FILE: Final = re.compile(
    r"codeglot-(search|resolve|words)[^/]*\.js|assets/codeglot/|pagefind|workers|search_index"
)
"""Files that are there for the search, whenever the page fetches them."""

_OWN = """async (query) => {
    const box = [...document.querySelectorAll("[data-search-input]")].findLast((one) => one.checkVisibility());
    const scope = box.closest("[data-search-page]") ?? box.closest("[data-search]");
    const state = scope.querySelector("[data-search-state]");
    const say = (text) => { box.value = text; box.dispatchEvent(new Event("input", { bubbles: true })) };
    const until = (holds) => new Promise((resolve) => {
        if (holds()) return resolve();
        const observer = new MutationObserver(() => { if (holds()) { observer.disconnect(); resolve() } });
        observer.observe(scope, { subtree: true, childList: true, attributes: true });
    });
    box.focus();
    say("");
    await until(() => state.dataset.searchState === "idle");
    const begin = performance.now();
    say(query);
    let first = 0;
    let fetched = null;
    const settled = () => ["done", "none"].includes(state.dataset.searchState);
    await until(() => {
        if (!first && scope.querySelector("a[data-code]")) {
            first = performance.now() - begin;
            fetched = performance.getEntriesByType("resource")
                .filter((one) => one.responseEnd && one.responseEnd <= performance.now())
                .map((one) => new URL(one.name).pathname);
        }
        return settled();
    });
    const codes = [...scope.querySelectorAll("a[data-code]")].map((one) => one.dataset.code);
    return { codes, first, final: performance.now() - begin, fetched };
}"""

_PAGEFIND_READY = """async () => {
    window.cgPagefind = await import(new URL("/pagefind/pagefind.js", location.href).href);
    await window.cgPagefind.init();
}"""
_PAGEFIND = """async (query) => {
    const begin = performance.now();
    const { results } = await window.cgPagefind.search(query);
    const codes = [];
    let first = 0;
    for (const result of results.slice(0, 8)) {
        const path = new URL((await result.data()).url, location.href).pathname;
        first ||= performance.now() - begin;
        codes.push(path.replace(/^\\/(en|ko)\\//, "/").replace(/^\\/|\\/$/g, ""));
    }
    return { codes, first, final: performance.now() - begin };
}"""

_MATERIAL = """async (query) => {
    const box = document.querySelector(".md-search__input");
    const list = document.querySelector(".md-search-result__list");
    const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
    const say = (text) => { box.value = text; box.dispatchEvent(new Event("keyup", { bubbles: true })) };
    document.querySelector("#__search").checked = true;
    box.focus();
    say("");
    for (let waited = 0; list.children.length && waited < 500; waited += 5) await pause(5);
    const begin = performance.now();
    say(query);
    const patience = window.cgAsked ? 400 : window.cgPatience || 8000;
    window.cgAsked = true;
    let first = 0;
    while (!first && performance.now() - begin < patience) {
        if (list.querySelector("a")) first = performance.now() - begin;
        else await pause(2);
    }
    const final = performance.now() - begin;
    const codes = [...list.querySelectorAll(":scope > li > a")].map((one) =>
        new URL(one.href).pathname.replace(/^\\/(en|ko)\\//, "/").replace(/^\\/|\\/$/g, ""));
    return { codes, first, final };
}"""


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder, and keeps what was asked for."""

    asked: ClassVar[list[str]]

    def do_GET(self) -> None:
        self.asked.append(urlsplit(self.path).path)
        super().do_GET()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        pass


class Served(NamedTuple):
    """A folder on this machine's own address."""

    address: str
    folder: Path
    asked: list[str]

    def weight(self, asked: Sequence[str]) -> int:
        """Bytes of the files asked for, each once, compressed where that helps."""
        total = 0
        for path in {self.folder / one.strip("/") for one in asked}:
            body = (path / "index.html" if path.is_dir() else path).read_bytes()
            total += min(len(body), len(gzip.compress(body, 9)))
        return total


@contextmanager
def _served(folder: Path) -> Iterator[Served]:
    asked: list[str] = []
    handler = type("Handler", (_Handler,), {"asked": asked})
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Served(f"http://127.0.0.1:{server.server_address[1]}/", folder, asked)
    server.shutdown()
    server.server_close()


def _compare(browser: Browser, engines: Sequence[Engine], table: Sequence[Mapping[str, Any]], *, misses: bool) -> None:
    kinds = sorted({str(case["kind"]) for case in table})
    print(f"{len(table)} queries: share with the right code first (words: among the first three; unknown: no code)\n")
    print(f"{'':<16} {'all':>7} " + " ".join(f"{kind[:9]:>9}" for kind in kinds))
    rows = []
    for engine in engines:
        good: dict[str, list[bool]] = {kind: [] for kind in kinds}
        first: list[float] = []
        cold, weights = [], []
        with _served(engine.folder) as served:
            for locale, prefix in PREFIX.items():
                asked = [case for case in table if case["locale"] == locale]
                if not asked:
                    continue
                answers, weight = _ask(browser, engine, served, f"{prefix}{engine.page}", asked)
                weights.append(weight)
                cold.append(answers[0].final)
                first += [answer.first for answer in answers[1:] if answer.codes]
                for case, answer in zip(asked, answers, strict=True):
                    good[case["kind"]].append(_right(case, answer.codes))
                    if misses and engine is engines[0] and not good[case["kind"]][-1]:
                        print(f"  missed {case['locale']} {case['kind']} {case['query']!r}: {answer.codes[:4]}")
        every = [one for found in good.values() for one in found]
        shares = " ".join(f"{_share(good[kind]):>9}" for kind in kinds)
        print(f"{engine.name:<16} {_share(every):>7} {shares}")
        rows.append((engine.name, first, cold, weights))
    print(
        f"\n{'':<16} {'first hit, median':>18} {'95th of 100':>12} {'worst':>8} {'first ever':>11} {'kB to hit':>10} {'settled':>8}"
    )
    for name, first, cold, weights in rows:
        print(
            f"{name:<16} {_times(first)} {statistics.median(cold):>8.0f} ms"
            f" {max(one.first for one in weights) / 1000:>10.1f} {max(one.settled for one in weights) / 1000:>8.1f}"
        )


def _ask(
    browser: Browser, engine: Engine, served: Served, path: str, cases: Sequence[Mapping[str, Any]]
) -> tuple[list[Answer], Weights]:
    """The answers to all queries on one page, and the bytes fetched until the first hit and until the first answer."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(served.address + path, wait_until="load")
    page.evaluate(engine.ready)
    answers = [Answer(**page.evaluate(engine.ask, cases[0]["query"]))]
    fetched = [one for one in served.asked if _SEARCH_FILE.search(one)]
    arrived = answers[0].fetched
    weights = Weights(
        served.weight([one for one in fetched if arrived is None or one in arrived]), served.weight(fetched)
    )
    answers += [Answer(**page.evaluate(engine.ask, case["query"])) for case in cases[1:]]
    context.close()
    served.asked.clear()
    return answers, weights


def _right(case: Mapping[str, Any], codes: Sequence[str]) -> bool:
    expected = list(case["expect"])
    if case["kind"] == "unknown":
        return not codes
    if case["kind"] in WORDS:
        return bool(set(expected) & set(codes[:3]))
    return list(codes[: len(expected)]) == expected


# Ten thousand codes.


def _large(browser: Browser, folder: Path) -> None:
    """The same page over an invented catalog: its index and texts in place of the originals'."""
    source, site = folder / "varied", folder / "large"
    varied.write(source, ROWS)
    shutil.copytree(folder / "own", site)
    loaded = pipeline.load(source)
    for name, text in search_files(loaded.corrected, loaded.glossary).items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    print(
        f"\n{ROWS:,} invented codes: typed one character after another, milliseconds from keystroke to settled answer\n"
    )
    print(f"{'':<8} {'':<28} {'median':>8} {'worst':>8} {'first ever':>11} {'kB to hit':>10} {'settled':>8}")
    engine = Engine("", site, "search/", "() => {}", _OWN)
    with _served(site) as served:
        for locale, prefix in PREFIX.items():
            document = (source / f"{locale}.md").read_text(encoding="utf-8").splitlines()
            rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in document if "ERR_" in line]
            cells = rows[len(rows) // 2]
            meaning, cause = cells[2].rstrip(".。"), next(row[3] for row in rows[len(rows) // 2 :] if row[3])
            names = cells[0], cells[0][:-1] + "q", " ".join(cells[0].split("_")[1:3])
            for text in (cells[1], *names, meaning, cause.rstrip(".。")):
                ends = range(1, min(len(text), 32) + 1)
                # What stands in a cause alone is asked at once: nothing that is typed before it may find something.
                typed = [{"query": text[:end]} for end in (ends if text not in cause else (12, *ends))]
                answers, weights = _ask(browser, engine, served, f"{prefix}search/", typed)
                warm = [answer.final for answer in answers[1:]] or [0.0]
                print(
                    f"{locale:<8} {text[:28]:<28} {statistics.median(warm):>8.1f} {max(warm):>8.1f}"
                    f" {answers[0].final:>8.0f} ms {weights.first / 1000:>10.1f} {weights.settled / 1000:>8.1f}"
                )


def _share(good: Sequence[bool]) -> str:
    return f"{100 * sum(good) / len(good):.1f} %" if good else ""


def _times(milliseconds: Sequence[float]) -> str:
    if not milliseconds:
        return f"{'':>18} {'':>12} {'':>8}"
    ordered = sorted(milliseconds)
    late = ordered[int(len(ordered) * 0.95)] if len(ordered) > 1 else ordered[0]
    return f"{statistics.median(ordered):>15.1f} ms {late:>9.1f} ms {ordered[-1]:>5.0f} ms"


if __name__ == "__main__":
    sys.exit(main())
