"""Pages that load themselves anew when another site has taken the place of the one they are from."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import quote

PLACE: Final = "_live/"
"""Below the site's root, where no page can be: no address of a site begins with an underscore."""
SCRIPT: Final = b"""\
(async () => {
  const here = document.currentScript.src;
  const seen = new URL(here).searchParams.get("seen");
  for (;;) {
    try {
      const answer = await fetch(new URL(`site?seen=${encodeURIComponent(seen)}`, here), { cache: "no-store" });
      if (answer.ok && (await answer.text()) !== seen) {
        location.reload();
        return;
      }
    } catch {
      // The server has ended, or is about to begin anew.
      await new Promise((done) => setTimeout(done, 1000));
    }
  }
})();
"""
_SECONDS: Final = 0.03
"""Between two looks at the folder."""
_PATIENCE: Final = 20.0
"""Seconds after which a page that asks is answered that nothing has changed."""


def stamp(folder: Path) -> str:
    """What tells the site in ``folder`` from the one that was there before; empty where there is none."""
    try:
        status = folder.stat()
    except OSError:
        return ""
    # A site takes the place of another as a whole folder.
    return f"{status.st_dev:x}-{status.st_ino:x}-{status.st_ctime_ns:x}"


def waited(folder: Path, seen: str, sleep: Callable[[float], None] = time.sleep) -> str:
    """The :func:`stamp` as soon as it is another than ``seen``, or after a while."""
    until = time.monotonic() + _PATIENCE
    found = stamp(folder)
    while found in {"", seen} and time.monotonic() < until:
        sleep(_SECONDS)
        found = stamp(folder)
    return found or seen


def page(file: Path, folder: Path, base: str) -> bytes:
    """A page of the site in ``folder`` with the script in it. Raises OSError."""
    # Asked for before the page is read: a page that is newer than it says is loaded once too often, and not once too little.
    seen = quote(stamp(folder))
    text = file.read_bytes()
    before, end, after = text.rpartition(b"</body>")
    script = f'<script src="{base}{PLACE}script.js?seen={seen}"></script>'.encode()
    return before + script + end + after if end else text


def is_page(file: Path) -> bool:
    """Whether a file is one that a browser shows as a page."""
    return file.suffix == ".html" and os.path.isfile(file)  # noqa: PTH113 - a path may hold what pathlib refuses
