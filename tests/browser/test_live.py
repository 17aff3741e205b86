"""A page in a browser follows the builds of a server."""

import threading
from pathlib import Path

from playwright.sync_api import Browser

from generator.site.loopback import HOST, server
from generator.site.place import replacing

POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"


def _build(folder: Path, words: str) -> None:
    with replacing(folder / "site") as new:
        head = f'<head><meta http-equiv="Content-Security-Policy" content="{POLICY}"></head>'
        (new / "index.html").write_text(f"<!doctype html><html>{head}<body><p>{words}</p></body></html>")


def test_a_page_shows_the_next_build_by_itself(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    _build(tmp_path, "one")
    with server(tmp_path / "site", 0, "/x/", live=True) as http:
        thread = threading.Thread(target=http.serve_forever)
        thread.start()
        page.goto(f"http://{HOST}:{http.server_port}/x/")
        for words in ("two", "three"):
            _build(tmp_path, words)
            page.get_by_text(words).wait_for()
        page.close()
        http.shutdown()
        thread.join()
