"""Pages that load themselves anew after a build."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.site import live
from generator.site.loopback import HOST, server
from generator.site.place import replacing
from tests.site.test_serve import get

PAGE = "<!doctype html><html><body><p>{}</p></body></html>"


def build(folder: Path, words: str) -> None:
    with replacing(folder / "site") as new:
        (new / "index.html").write_text(PAGE.format(words))
        (new / "404.html").write_text(PAGE.format("missing"))
        (new / "data.json").write_text("{}")


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    build(tmp_path, "one")
    with server(tmp_path / "site", 0, "/x/", live=True) as http:
        thread = threading.Thread(target=http.serve_forever)
        thread.start()
        yield f"http://{HOST}:{http.server_port}/x/"
        http.shutdown()
        thread.join()


def test_a_page_asks_whether_there_is_another_site(tmp_path: Path, address: str) -> None:
    seen = live.stamp(tmp_path / "site")
    text = get(address)[1]
    assert f'<script src="/x/_live/script.js?seen={seen}"></script></body>' in text
    assert get(f"{address}_live/script.js") == (200, live.SCRIPT.decode(), "text/javascript")
    answers: list[str] = []
    asking = threading.Thread(target=lambda: answers.append(get(f"{address}_live/site?seen={seen}")[1]))
    asking.start()
    build(tmp_path, "two")
    asking.join()
    assert answers == [live.stamp(tmp_path / "site")]
    assert answers != [seen]
    assert "<p>two</p>" in get(address)[1]


def test_an_address_without_a_page_asks_too(address: str) -> None:
    status, text, type_ = get(f"{address}nowhere/")
    assert (status, type_) == (404, "text/html")
    assert "_live/script.js" in text


def test_what_is_no_page_is_left_as_it_is(address: str) -> None:
    assert get(f"{address}data.json")[:2] == (200, "{}")


def test_whoever_asks_for_long_is_told_that_nothing_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(tmp_path, "one")
    seen, now = live.stamp(tmp_path / "site"), iter(range(100))
    monkeypatch.setattr(time, "monotonic", lambda: float(next(now)))
    slept: list[float] = []
    assert live.waited(tmp_path / "site", seen, slept.append) == seen
    assert slept


def test_without_a_site_nobody_is_told_that_there_is_one(tmp_path: Path) -> None:
    assert live.stamp(tmp_path / "nowhere") == ""
