"""The built site on loopback, and a real browser that looks at it.

``CODEGLOT_CHROMIUM`` names the browser, ``CODEGLOT_SITE`` a built site other than ``site/``. Without a browser or a
site these tests fail; they never pass by skipping.
"""

import functools
import os
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Response, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
)
SUB_PATH = "/docs/codes/"

Serve = Callable[[Path, str], str]


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder below a path, without a word."""

    base = "/"

    def translate_path(self, path: str) -> str:
        if not path.startswith(self.base):
            return str(Path(self.directory) / "no such file")
        return super().translate_path("/" + path[len(self.base) :])

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        pass


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Serve a folder below a path (slashes at both ends); the address it is then at."""
    servers: list[ThreadingHTTPServer] = []

    def start(folder: Path, base: str) -> str:
        handler = type("Below", (Handler,), {"base": base})
        server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder)))
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_address[1]}{base}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def built_site() -> Path:
    """The site as built by `codeglot build`."""
    folder = Path(os.environ.get("CODEGLOT_SITE") or ROOT / "site")
    if not (folder / "index.html").is_file():
        pytest.fail(f"there is no built site in {folder}; run `make site`, or name one in CODEGLOT_SITE")
    return folder


@pytest.fixture(scope="session")
def site(built_site: Path, serve: Serve) -> str:
    """The address of the built site, at the root of a host."""
    return serve(built_site, "/")


@pytest.fixture(scope="session")
def site_below(built_site: Path, serve: Serve) -> str:
    """The address of the same site below a path."""
    return serve(built_site, SUB_PATH)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    program = os.environ.get("CODEGLOT_CHROMIUM", "")
    if not program or not Path(program).is_file():
        pytest.fail("CODEGLOT_CHROMIUM names no browser; `make test` finds or installs one")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, headless=True, args=list(ARGUMENTS))
        yield started
        started.close()


class Reader:
    """One reader's browser: opens pages and keeps what went wrong on them."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.problems: list[str] = []
        self.hosts: set[str] = set()
        self.page = context.new_page()
        self._watch(self.page)

    def _watch(self, page: Page) -> None:
        page.on("console", lambda message: self._said(message.type, message.text))
        page.on("pageerror", lambda error: self.problems.append(f"exception: {error}"))
        page.on("request", self._asked)
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)

    def _said(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.problems.append(f"console {kind}: {text}")

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.hostname != "127.0.0.1":
            self.problems.append(f"foreign request: {request.url}")

    def _failed(self, request: Request) -> None:
        # A request that the reader's own leaving of the page cuts off is no fault of the page.
        if request.failure != "net::ERR_ABORTED":
            self.problems.append(f"failed request: {request.url} ({request.failure})")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.problems.append(f"answer {response.status}: {response.url}")

    def open(self, address: str) -> Page:
        """The page at ``address``, loaded."""
        self.page.goto(address)
        return self.page


NewReader = Callable[..., Reader]


@pytest.fixture
def reader(browser: Browser) -> Iterator[NewReader]:
    """Make a reader whose browser prefers a language and is as wide as told; every fault on a page fails the test."""
    readers: list[Reader] = []

    def make(language: str = "en-US", width: int = 1280, **more: Any) -> Reader:
        context = browser.new_context(locale=language, viewport={"width": width, "height": 900}, **more)
        context.set_default_timeout(10_000)
        one = Reader(context)
        readers.append(one)
        return one

    yield make
    problems = [problem for one in readers for problem in one.problems]
    for one in readers:
        one.context.close()
    assert not problems
