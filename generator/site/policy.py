"""What a page lets a browser load and run: its Content Security Policy (W3C, Level 3), as the page itself can say it.

A ``meta`` element cannot say who may frame a page (``frame-ancestors``) nor where breaches are reported; only a header
of the host can. What runs is named by its hash, and hashes are made of the theme's own files alone: of whatever else
might have got into a page none is known.
"""

import base64
import hashlib
import re
from pathlib import Path
from typing import Final

from generator.errors import CodeglotError

_FIRST: Final = ("palette-first.html", "notfound-first.html")
"""The theme's partials that hold the only scripts that stand in pages: what must run before anything is drawn."""

_SCRIPT: Final = re.compile(r"<script>([^<]*)</script>")

_ALLOWED: Final = (
    ("default-src", "'none'"),
    ("script-src", "'self'"),
    ("style-src", "'self'"),
    # Material's icons stand in its styles.
    ("img-src", "'self' data:"),
    ("font-src", "'self'"),
    ("connect-src", "'self'"),
    ("form-action", "'self'"),
    ("base-uri", "'none'"),
)


def policy(templates: Path, *, live: bool = False) -> str:
    """The policy of a page in the theme below ``templates``.

    ``live`` lets any script that stands in a page run, as the one with which `mkdocs serve` loads a page again; a site
    made so is for this machine only. Raises CodeglotError where one of the theme's scripts cannot be read.
    """
    inline = "'unsafe-inline'" if live else " ".join(f"'{one}'" for one in hashes(templates))
    return _joined({"script-src": f"'self' {inline}"})


def plain() -> str:
    """The policy of a page in which no script stands, only links to some."""
    return _joined({})


def hashes(templates: Path) -> tuple[str, ...]:
    """``sha256-…`` of each script that stands in the theme's pages."""
    return tuple(f"sha256-{_hash(_script(templates / 'theme' / 'partials' / name))}" for name in _FIRST)


def _script(path: Path) -> str:
    try:
        found = _SCRIPT.fullmatch(path.read_text(encoding="utf-8").strip())
    except OSError as error:
        raise CodeglotError(f"cannot be read: {error.strerror}", path=str(path)) from error
    if found is None:
        raise CodeglotError("is not one script element without attributes", path=str(path))
    return found[1]


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _joined(changed: dict[str, str]) -> str:
    return "; ".join(f"{name} {changed.get(name, sources)}" for name, sources in _ALLOWED)
