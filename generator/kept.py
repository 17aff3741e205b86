"""What earlier runs have made, kept by the digest of everything it was made of.

Nothing here is needed: a folder of kept values may be deleted at any time, and one that cannot be read or written is as
good as none. Nothing is believed that another version of Codeglot, of Python or of any installed package has made.
"""

import hashlib
import os
import sys
import zlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

import generator

T = TypeVar("T")

_SIZE: Final = 16
"""Bytes of a digest; 128 bits collide by chance in no number of files that a disk can hold."""

_SEAL: Final = 12
"""Bytes before each value by which a torn one is told."""

_OWN: Final = frozenset({"__pycache__", ".git"})


class Kept:
    """Values in a folder, each by a word for what it is and the digest of what it was made of."""

    def __init__(self, folder: Path, *, hold: bool = False) -> None:
        """The folder need not be there. With ``hold`` values stay in memory, too, for one process that builds repeatedly."""
        self._folder = folder
        self._used: set[str] = set()
        self._held: dict[str, Any] | None = {} if hold else None

    @property
    def holds(self) -> bool:
        """Whether values stay in memory."""
        return self._held is not None

    def knows(self, what: str, key: bytes) -> bool:
        """Whether a value is kept under ``key``, in memory or as a file, which need not be whole."""
        path = self._path(what, key)
        return path.name in (self._held or ()) or path.exists()

    def begin(self) -> None:
        """Begin another build: what that does not ask for is not wanted any more."""
        self._used.clear()

    def get(self, what: str, key: bytes, type_: type[T]) -> T | None:
        """The value kept under ``key``; ``None`` where there is none that can be read."""
        path = self._path(what, key)
        if self._held is not None and path.name in self._held:
            self._used.add(path.name)
            held: T = self._held[path.name]
            return held
        with suppress(OSError, msgspec.MsgspecError, RecursionError):
            data = _unsealed(path.read_bytes())
            if data is not None:
                found: T = msgspec.msgpack.decode(data, type=type_)
                self._used.add(path.name)
                if self._held is not None:
                    self._held[path.name] = found
                return found
        return None

    def put(self, what: str, key: bytes, value: object) -> None:
        """Keep a value of msgspec's types. One that the disk does not take is not kept."""
        path = self._path(what, key)
        self._used.add(path.name)
        if self._held is not None:
            self._held[path.name] = value
        self._write(path, msgspec.msgpack.encode(value))

    def encoded(self, what: str, key: bytes) -> bytes | None:
        """The value kept under ``key`` as MessagePack; ``None`` where there is none that can be read."""
        with suppress(OSError):
            data = _unsealed(self._path(what, key).read_bytes())
            return None if data is None else bytes(data)
        return None

    def take(self, what: str, key: bytes, data: bytes) -> None:
        """Keep a value that is MessagePack already."""
        self._write(self._path(what, key), data)

    def _write(self, path: Path, data: bytes) -> None:
        beside = path.with_name(f"{path.name}.{os.getpid()}")
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                beside.write_bytes(_seal(data) + data)
                beside.replace(path)
            finally:
                beside.unlink(missing_ok=True)

    def used(self, what: str, key: bytes) -> None:
        """Say that a value is still wanted that another process got or put."""
        self._used.add(self._path(what, key).name)

    def sweep(self) -> None:
        """Remove what this run has neither got nor put."""
        held = self._held or {}
        for name in held.keys() - self._used:
            del held[name]
        with suppress(OSError):
            for path in self._folder.iterdir():
                if path.name not in self._used:
                    path.unlink(missing_ok=True)

    def _path(self, what: str, key: bytes) -> Path:
        return self._folder / f"{what}.{key.hex()}"


def _seal(data: bytes | memoryview) -> bytes:
    """What tells a value that was torn, as by a system that went down, from a whole one; a digest would take longer."""
    return len(data).to_bytes(8, "big") + zlib.crc32(data).to_bytes(4, "big")


def _unsealed(data: bytes) -> memoryview | None:
    """The value behind its seal; ``None`` where it is torn."""
    value = memoryview(data)[_SEAL:]
    return value if data[:_SEAL] == _seal(value) else None


def digest(*parts: bytes) -> bytes:
    """One digest for several byte strings in their order; where one ends and the next begins counts."""
    made = hashlib.blake2b(digest_size=_SIZE)
    for part in parts:
        made.update(len(part).to_bytes(8, "big"))
        made.update(part)
    return made.digest()


def of_value(value: Any) -> bytes:
    """The digest of a value of msgspec's types; the order of what is in mappings and sets does not count."""
    return digest(msgspec.msgpack.encode(value, order="deterministic"))


def of_files(folder: Path, names: Iterable[str] | None = None) -> bytes:
    """The digest of the paths and contents of files below ``folder``, by default of all.

    Files that cannot be read count as missing.
    """
    return digest(*_read(folder, sorted(below(folder) if names is None else names)))


def below(folder: Path, apart: Collection[Path] = ()) -> Iterator[str]:
    """The paths of all files below a folder, with forward slashes, but for those in the folders ``apart``.

    What Python and Git lay down for themselves is no file of anybody's.
    """
    start, left_out = len(str(folder)) + 1, frozenset(map(str, apart))
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in _OWN and f"{parent}{os.sep}{name}" not in left_out]
        for name in names:
            yield f"{parent}{os.sep}{name}"[start:].replace(os.sep, "/")


def _read(folder: Path, names: Iterable[str]) -> Iterator[bytes]:
    for name in names:
        with suppress(OSError):
            data = (folder / name).read_bytes()
            yield name.encode("utf-8", "surrogateescape")
            yield data


@cache
def version() -> bytes:
    """The digest of everything that may change what is made of the same inputs: Codeglot, Python, what is installed."""
    package = Path(generator.__file__).resolve().parent
    code = sorted(name for name in below(package) if not name.startswith("_templates/"))
    installed = sorted({name for folder in sys.path for name in _installed(folder)})
    return digest(sys.version.encode(), of_files(package, code), "\n".join(installed).encode())


def _installed(folder: str) -> Iterator[str]:
    """The names, with versions, of the distributions in a folder of modules."""
    with suppress(OSError):
        yield from (name for name in os.listdir(folder or ".") if name.endswith((".dist-info", ".egg-info")))  # noqa: PTH208
