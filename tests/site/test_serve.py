"""The site on this machine: each locale's own 404, and a new build after every change."""

import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.errors import CodeglotError
from generator.site.loopback import HOST, serve, server
from generator.site.place import replacing

WAIT = 10.0


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """The root of a host that shows a small site at /x/."""
    for name, text in (
        ("index.html", "home"),
        ("404.html", "missing"),
        ("en/index.html", "english home"),
        ("en/404.html", "missing in english"),
        ("assets/a.js", "//"),
    ):
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(text)
    (tmp_path / "secret.txt").write_text("secret")
    with server(tmp_path / "site", 0, "/x/") as http:
        thread = threading.Thread(target=http.serve_forever)
        thread.start()
        yield f"http://{HOST}:{http.server_port}"
        http.shutdown()
        thread.join()


def get(address: str) -> tuple[int, str, str]:
    """Status, content and media type."""
    try:
        with urllib.request.urlopen(address, timeout=WAIT) as answer:  # noqa: S310 - our own server's
            return answer.status, answer.read().decode(), answer.headers.get_content_type()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode(), error.headers.get_content_type()


@pytest.mark.parametrize(
    ("path", "status", "text"),
    [
        ("/x/", 200, "home"),
        ("/x/en/", 200, "english home"),
        ("/", 200, "home"),
        ("/x/nowhere/", 404, "missing"),
        ("/x/en/nowhere/at/all/", 404, "missing in english"),
        ("/x/en/nowhere?q=1", 404, "missing in english"),
        ("/x/assets/", 404, "missing"),
        ("/x/%2e%2e/secret.txt", 404, "missing"),
        ("/y/", 404, "missing"),
    ],
)
def test_an_address_gives(address: str, path: str, status: int, text: str) -> None:
    assert get(address + path)[:2] == (status, text)


def test_a_script_is_a_script(address: str) -> None:
    assert get(f"{address}/x/assets/a.js")[2] == "text/javascript"


def test_a_port_that_is_taken_is_a_clear_error(tmp_path: Path) -> None:
    with server(tmp_path) as first, pytest.raises(CodeglotError, match=f"port {first.server_port} is in use"):
        server(tmp_path, first.server_port)


@pytest.mark.parametrize("port", [-1, 70000])
def test_a_port_that_cannot_be_is_a_clear_error(tmp_path: Path, port: int) -> None:
    with pytest.raises(CodeglotError, match="cannot be had"):
        server(tmp_path, port)


def test_a_request_that_is_broken_off_is_no_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with server(tmp_path) as http:
        for error in (BrokenPipeError(), ConnectionResetError(), ValueError("a fault of ours")):
            try:
                raise error
            except (OSError, ValueError):
                with socket.socket() as request:
                    http.handle_error(request, (HOST, 1))
    said = capsys.readouterr().err
    assert "a fault of ours" in said
    assert "BrokenPipeError" not in said
    assert "ConnectionResetError" not in said


class Builds:
    """A build that counts, reads all that is watched, writes a site into it, and can be told to fail."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0
        self.error: CodeglotError | None = None

    def __call__(self) -> None:
        for path in self.folder.rglob("*"):
            if path.suffix == ".md":
                path.read_bytes()
        self.count += 1
        if self.error:
            raise self.error
        (self.folder / "docs").mkdir(exist_ok=True)
        (self.folder / "docs" / "a.md").write_text(str(self.count))
        with replacing(self.folder / "site") as new:
            (new / "index.html").write_text(str(self.count))


def test_a_change_builds_again_and_a_failure_is_only_told(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.md").write_text("one")
    builds, stop, said = Builds(source), threading.Event(), []
    heard = threading.Condition()

    def say(line: str) -> None:
        with heard:
            said.append(line)
            heard.notify_all()

    def wait_for(start: str) -> None:
        with heard:
            assert heard.wait_for(lambda: any(line.startswith(start) for line in said), WAIT), said

    thread = threading.Thread(
        target=serve,
        args=(builds, source / "site"),
        kwargs={"watch": [source], "ignore": [source / "docs"], "say": say, "port": 0, "stop": stop},
    )
    thread.start()
    try:
        wait_for("The site is at http://127.0.0.1:")
        (source / "a.md").write_text("two")
        wait_for("Built")
        time.sleep(1)
        assert builds.count == 2, "what a build reads and writes is no change"
        builds.error = CodeglotError("a broken table")
        (source / "b.md").write_text("three")
        wait_for("The site stays as it was: a broken table")
        assert builds.count == 3
    finally:
        stop.set()
        thread.join(WAIT)
    assert not thread.is_alive()


def test_a_first_build_that_fails_ends_it(tmp_path: Path) -> None:
    builds = Builds(tmp_path)
    builds.error = CodeglotError("a broken table")
    with pytest.raises(CodeglotError, match="a broken table"):
        serve(builds, tmp_path, watch=[tmp_path], say=print, port=0)
