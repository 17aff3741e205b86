"""Fuzz target: the files that people write beside the documents; whatever is wrong with them is a CodeglotError."""

import contextlib
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from generator import assemble, baseline, config, glossary, permalinks, rules, suppressions
from generator.errors import CodeglotError
from generator.model import ProductId
from tests.fuzz import checks

CATALOG: Final = b"""source_locale = "en"
locales = ["en"]
[[products]]
id = "p"
title = { en = "P" }
[[products.editions]]
id = "e"
documents = { en = "a.md" }
"""


def _catalog(path: Path) -> None:
    config.load(path.parent)


def _errata(path: Path) -> None:
    (path.parent / "catalog.toml").write_bytes(CATALOG)
    found = config.load(path.parent)
    assemble.assemble([checks.read((path.parent / "a.md").read_bytes())], found, found.errata)


def _suppressions(path: Path) -> None:
    suppressions.apply((), suppressions.read(path), date(2026, 1, 1))


def _baseline(path: Path) -> None:
    found = baseline.apply((), baseline.read(path))
    assert baseline.text(found.diagnostics)


def _glossary(path: Path) -> None:
    catalog = assemble.assemble([checks.read((path.parent / "a.md").read_bytes())], checks.SETTINGS)
    found = rules.check(catalog, catalog, glossary.merged(glossary.Glossary(), glossary.read(path)))
    assert not any(one.rule == rules.INTERNAL_ERROR for one in found)


def _redirects(path: Path) -> None:
    gone = permalinks.gone(path.parent, (ProductId("p"),), (checks.EN,))
    permalinks.check_tombstones(gone, {"p/1/"})
    permalinks.moved_pages(gone, {"p/1/", "p/"})


def _permalinks(path: Path) -> None:
    permalinks.text(permalinks.joined(permalinks.read(path), permalinks.Permalinks({}, (), ())))


READERS: Final[tuple[tuple[str, Callable[[Path], None]], ...]] = (
    ("catalog.toml", _catalog),
    ("errata.toml", _errata),
    ("suppressions.toml", _suppressions),
    ("baseline.json", _baseline),
    ("glossary.toml", _glossary),
    ("redirects.toml", _redirects),
    ("permalinks.json", _permalinks),
)


def _folder() -> Path:
    return Path(_made().name)


@cache
def _made() -> "TemporaryDirectory[str]":
    memory = Path("/dev/shm")  # noqa: S108 - files that are written a thousand times a second
    folder = TemporaryDirectory(prefix="codeglot-fuzz-", dir=memory if memory.is_dir() else None)
    Path(folder.name, "a.md").write_text("| Code | Name | Cause |\n|-|-|-|\n| 1 | A_B | x |\n| 2 | A_C | y |\n")
    return folder


def _check_error(error: CodeglotError, data: bytes) -> None:
    """An error that can be printed, at a line that there is."""
    assert error.message
    checks.check_clean(str(error))
    assert 0 <= error.line <= data.count(b"\n") + data.count(b"\r") + 2


def settings(data: bytes) -> None:
    """One of the files, named by the first byte."""
    name, reader = READERS[(data[0] if data else 0) % len(READERS)]
    for other, _ in READERS:
        (_folder() / other).unlink(missing_ok=True)
    path = _folder() / name
    path.write_bytes(data[1:])
    try:
        reader(path)
    except CodeglotError as error:
        _check_error(error, data)
    finally:
        with contextlib.suppress(OSError):
            path.unlink()
