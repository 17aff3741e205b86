"""The site on this machine: shown over the loopback, built again when a source or a template changes."""

import errno
import multiprocessing
import os
import posixpath
import signal
import socket
import sys
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from multiprocessing.connection import wait
from pathlib import Path
from typing import BinaryIO, Final
from urllib.parse import parse_qs, unquote, urlsplit

from generator.errors import CodeglotError
from generator.site import live
from generator.site.place import WORKSHOP

HOST: Final = "127.0.0.1"
DEFAULT_PORT: Final = 8000

_SECONDS: Final = 0.1
"""Between two looks at the folders."""
_SETTLING: Final = 0.05
"""Between two looks after a change; a build waits for two that are alike, for an editor's save is several changes."""

_Files = Mapping[str, tuple[int, int]]
"""Each file's time of change, in nanoseconds, and size in bytes."""


def serve(
    build: Callable[[], object],
    folder: Path,
    *,
    watch: Iterable[Path],
    say: Callable[[str], None],
    port: int = DEFAULT_PORT,
    base: str = "/",
    ignore: Iterable[Path] = (),
    stop: threading.Event | None = None,
) -> None:
    """Build, then show ``folder`` at ``base`` until interrupted (or ``stop`` is set), building after every change.

    Pages that a browser shows load themselves anew after a build.

    ``port`` 0 takes any free one; ``say`` gets a line for people at a time. A build that fails later is told of and
    changes nothing. What builds write is no change: ``folder``, what is made beside it, and all below ``ignore``.
    Raises CodeglotError where the port is taken or the first build fails.
    """
    stopped = stop or threading.Event()
    folders = tuple(path.resolve() for path in watch)
    ignored = frozenset(str(path.resolve()) for path in (folder, folder.parent / WORKSHOP, *ignore))
    with server(folder, port, base, live=True) as http, _answering(http):
        try:
            seen = _files(folders, ignored)
            build()
            say(f"The site is at http://{HOST}:{http.server_port}{base} (Ctrl+C ends)")
            while not stopped.wait(_SECONDS):
                found = _files(folders, ignored)
                if found == seen:
                    continue
                while not stopped.wait(_SETTLING) and (later := _files(folders, ignored)) != found:
                    found = later
                seen = found
                _build_again(build, say)
        except KeyboardInterrupt:
            pass


@contextmanager
def _answering(http: ThreadingHTTPServer) -> Iterator[None]:
    """Have the server answer: in a process of its own where there can be one, for a build with threads beside it may not fork."""
    if sys.platform in {"win32", "darwin"} or threading.active_count() > 1:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        try:
            yield
        finally:
            http.shutdown()
        return
    process = multiprocessing.get_context("fork").Process(target=_answer, args=(http,), daemon=True)
    process.start()
    try:
        yield
    finally:
        process.terminate()
        process.join()


def _answer(http: ThreadingHTTPServer) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        # Ctrl+C goes to both processes; the one that began this one ends it.
        signal.signal(number, signal.SIG_IGN if number == signal.SIGINT else signal.SIG_DFL)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    http.serve_forever()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _files(folders: Iterable[Path], ignored: Collection[str]) -> _Files:
    """What is in ``folders``. Looked at anew each time: a few hundred files are quicker read than watched safely."""
    found: dict[str, tuple[int, int]] = {}
    for folder in folders:
        for parent, below, names in os.walk(folder):
            below[:] = [name for name in below if os.path.join(parent, name) not in ignored]  # noqa: PTH118 - speed
            for name in names:
                path = f"{parent}/{name}"
                with suppress(OSError):
                    status = os.stat(path)  # noqa: PTH116 - speed
                    found[path] = (status.st_mtime_ns, status.st_size)
    return found


def free_port() -> int:
    """A port of the loopback that nothing uses now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def server(folder: Path, port: int = 0, base: str = "/", *, live: bool = False) -> ThreadingHTTPServer:
    """A server of ``folder`` on the loopback, bound but not yet running.

    With ``live`` pages load themselves anew when another folder takes its place. Raises CodeglotError where the port
    cannot be had.
    """
    try:
        return _Server((HOST, port), partial(_Handler, base=base, directory=str(folder), live=live))
    except (OSError, OverflowError) as error:
        taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
        reason = "is in use" if taken else f"cannot be had: {error}"
        raise CodeglotError(
            f"port {port} {reason}", hint="choose another with --port; 0 takes any that is free"
        ) from error


class _Server(ThreadingHTTPServer):
    """A server that takes a browser's leaving for what it is."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a request that was broken off; anything else is an error as usual."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(SimpleHTTPRequestHandler):
    """Files, with the 404 page of the locale that the address is in."""

    def __init__(self, *arguments: object, base: str, directory: str, live: bool) -> None:
        self._base = base
        self._live = live
        self.extensions_map = {**self.extensions_map, ".js": "text/javascript", ".svg": "image/svg+xml"}
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer below the base; lead there from the root."""
        if self._outside():
            return
        super().do_GET()

    def do_HEAD(self) -> None:
        """As GET, without the content."""
        if self._outside():
            return
        super().do_HEAD()

    def _outside(self) -> bool:
        if self.path.startswith(self._base):
            return False
        if self._base.startswith(self.path.rstrip("/") + "/"):
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", self._base)
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self.send_error(HTTPStatus.NOT_FOUND)
        return True

    def send_head(self) -> BytesIO | BinaryIO | None:
        """The file of the address; where pages are live, with the script in each, and what that asks for."""
        if not self._live:
            return super().send_head()
        folder = Path(self.directory)
        name, _, query = self.path.removeprefix(self._base).partition("?")
        seen = parse_qs(query).get("seen", [""])[0]
        if name == f"{live.PLACE}script.js":
            return self._sent(live.SCRIPT, "text/javascript")
        if name == f"{live.PLACE}site":
            return self._sent(live.waited(folder, seen).encode(), "text/plain")
        file = Path(self.translate_path(self.path))
        page = file / "index.html" if self.path.partition("?")[0].endswith("/") else file
        try:
            return self._sent(live.page(page, folder, self._base)) if live.is_page(page) else super().send_head()
        except OSError:
            self.send_error(HTTPStatus.NOT_FOUND)
            return None

    def _sent(self, data: bytes, type_: str = "text/html", code: int = HTTPStatus.OK) -> BytesIO:
        self.send_response(code)
        self.send_header("Content-Type", f"{type_}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        return BytesIO(data)

    def translate_path(self, path: str) -> str:
        """The file of an address: what is below the base, below the folder."""
        return super().translate_path("/" + path.removeprefix(self._base))

    def list_directory(self, path: object) -> None:  # noqa: ARG002 - the base class's form
        """A folder without a page does not exist."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the nearest 404.html above the address."""
        page = self._not_found() if code == HTTPStatus.NOT_FOUND else None
        if page is None:
            super().send_error(code, message, explain)
            return
        data = live.page(page, Path(self.directory), self._base) if self._live else page.read_bytes()
        self._sent(data, code=code)
        if self.command != "HEAD":
            self.wfile.write(data)

    def _not_found(self) -> Path | None:
        path = posixpath.normpath("/" + unquote(urlsplit(self.path).path).removeprefix(self._base)).lstrip("/")
        root = Path(self.directory)
        if "\0" in path:
            path = ""
        folders = [root.joinpath(*path.split("/")[:count]) for count in range(path.count("/") + 1, -1, -1)]
        return next((folder / "404.html" for folder in folders if (folder / "404.html").is_file()), None)

    def end_headers(self) -> None:
        """Let a browser ask anew each time; the next build may differ."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing of requests."""


def _build_again(build: Callable[[], object], say: Callable[[str], None]) -> None:
    say("Something changed; building again")
    try:
        build()
    except (CodeglotError, OSError) as error:
        say(f"The site stays as it was: {error}")
    else:
        say("Built")
