"""How long after a row is edited a browser shows it, with ``codeglot serve``.

A browser has the page of a code open; the row behind it is edited again and again, and the clock runs from the write to
the moment in which the words stand on the page. The first edit is told apart, for some of what is needed is made then.
"""

import argparse
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Final

import catalogs
import edits
import results
from playwright.sync_api import Page, sync_playwright
from search import ARGUMENTS

from generator import pipeline
from generator.addresses import code_path
from generator.model import Column, Entry

CODES: Final = 1_000
LIMIT: Final = 1.0
"""Seconds."""
_PATIENCE: Final = 120.0
_BETWEEN: Final = 6.0
"""Seconds between two edits: so that the build that follows each has ended, as when a person looks at what came of it."""


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--chromium", required=True, help="the browser")
    parser.add_argument("--codes", type=int, default=CODES, help=f"codes of the catalog (default: {CODES:,})")
    parser.add_argument("--rounds", type=int, default=9, help="how often the row is edited (default: 9)")
    parser.add_argument("--keep", action="store_true", help="write the figures into benchmarks/results/")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        first, later = _measured(Path(name), options.codes, options.rounds, options.chromium)
    middle = statistics.median(later)
    text = (
        f"{results.machine()}.\n\n"
        f"{options.codes:,} codes in three locales: from the write of a row to its words on the page of a browser\n\n"
        f"first edit         {first:.2f} s\n"
        f"later, median      {middle:.2f} s (at most {LIMIT:g}: {'holds' if middle <= LIMIT else 'does not hold'})\n"
        f"later, worst       {max(later):.2f} s of {len(later)}\n"
    )
    print(text)
    if options.keep:
        results.keep("serving", "An edited row in the browser", text, {})
    return 0


def _measured(folder: Path, codes: int, rounds: int, chromium: str) -> tuple[float, list[float]]:
    source = folder / "project" / "source"
    catalogs.write(source, codes)
    entry, words = _row(source)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [word if word != "build" else "serve" for word in edits.command(folder / "project") if word != "--quiet"]
    server = subprocess.Popen([*command, "--port", str(port)], stdout=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}/en/{code_path(entry.product, entry.code)}"
        _wait_for(address, server)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
            page = browser.new_page()
            page.goto(address)
            took = [_edited(page, source / entry.span.path, words, number) for number in range(rounds + 1)]
            browser.close()
    finally:
        server.terminate()
        server.wait()
    return took[0], took[1:]


def _row(source: Path) -> tuple[Entry, str]:
    """An English row whose description stands but once in its document, and the description."""
    for document in pipeline.load(source).written.documents:
        text = (source / document.path).read_text(encoding="utf-8")
        for entry in document.entries if document.locale == "en" else ():
            field = entry.field(Column.DESCRIPTION)
            if field is not None and len(field.raw) > 20 and field.raw == field.plain and text.count(field.raw) == 1:
                return entry, field.raw
    raise SystemExit("no row can be edited: the catalog has no English description that stands but once")


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own server's
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise SystemExit(f"nothing answers at {address}")


def _edited(page: Page, path: Path, words: str, number: int) -> float:
    """Seconds from the write of another description to the page that has it."""
    time.sleep(_BETWEEN)
    text = path.read_text(encoding="utf-8")
    old, new = (f"{words} ({one})" if one else words for one in (number, number + 1))
    start = time.perf_counter()
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    page.get_by_text(f"({number + 1})").first.wait_for(timeout=_PATIENCE * 1000)
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
