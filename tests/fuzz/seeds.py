"""What fuzzing begins with: the documents and files of the tests' cases."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.fuzz import settings
from tests.fuzz.mutate import SEPARATOR

TESTS = Path(__file__).resolve().parent.parent
CASES = TESTS / "cases"
FOUND = Path(__file__).resolve().parent / "found"


def of(target: str) -> list[bytes]:
    """The inputs from which a target sets out, among them those that were found before; in a fixed order."""
    makers = {
        "row": _rows,
        "inline": _cells,
        "code": _codes,
        "question": _questions,
        "index": _index,
        "report": _several,
        "site": _several,
        "settings": _settings,
        "catalog": _bytes,
    }
    return [*(path.read_bytes() for path in found(target)), *makers.get(target, _documents)()]


def found(target: str) -> list[Path]:
    """The inputs that failed before: ``found/TARGET-WHAT``."""
    return sorted(path for path in FOUND.iterdir() if path.name.partition("-")[0] == target)


def write(folder: Path, inputs: Sequence[bytes]) -> None:
    """Each input as a file named by its content."""
    folder.mkdir(parents=True, exist_ok=True)
    for data in inputs:
        (folder / hashlib.sha1(data, usedforsecurity=False).hexdigest()).write_bytes(data)


def _documents() -> Iterator[bytes]:
    for path in sorted((CASES / "parse").glob("*/input.md")):
        yield path.read_bytes()
    for path in sorted((CASES / "rules").glob("*/bad/*.md"))[::3]:
        yield path.read_bytes()


def _several() -> Iterator[bytes]:
    for folder in sorted((CASES / "rules").glob("*/bad")):
        yield SEPARATOR.join(path.read_bytes() for path in sorted(folder.glob("*.md"))[:4])
    for path in sorted((CASES / "parse").glob("*/input.md")):
        yield path.read_bytes()


def _rows() -> Iterator[bytes]:
    for data in _documents():
        for number, line in enumerate(data.split(b"\n")):
            if b"|" in line:
                yield bytes([number % 8]) + line


def _cells() -> Iterator[bytes]:
    for data in _documents():
        for line in data.split(b"\n"):
            yield from (cell.strip() for cell in line.split(b"|") if set(cell) & set(b"`<[*&_"))


def _codes() -> Iterator[bytes]:
    for data in _documents():
        for line in data.split(b"\n"):
            yield from (cell.strip() for cell in line.split(b"|")[:3] if 0 < len(cell) < 40)


def _questions() -> Iterator[bytes]:
    asked = json.loads((CASES / "resolve.json").read_text(encoding="utf-8"))
    yield from _texts(asked)


def _texts(value: object) -> Iterator[bytes]:
    if isinstance(value, str):
        yield value.encode()
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _index() -> Iterator[bytes]:
    for number, data in enumerate(_documents()):
        yield data + SEPARATOR + (b"error 7006, ret=0x1b5e", b"A_B", b"1 2 3 100", b"gme/7006")[number % 4]


def _settings() -> Iterator[bytes]:
    own = TESTS.parent / "source_docs"
    for number, (name, _) in enumerate(settings.READERS):
        paths = [*sorted(CASES.glob(f"*/*/*/{name}")), *sorted(CASES.glob(f"*/*/{name}")), own / name]
        yield from (bytes([number]) + path.read_bytes() for path in paths if path.is_file())
    yield bytes([0]) + settings.CATALOG


def _bytes() -> Iterator[bytes]:
    yield from (bytes((step * number * number) % 256 for number in range(200)) for step in range(1, 40))
