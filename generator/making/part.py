"""A part of a site as a file, which one machine makes and another one reads.

It is a zip of compressed MessagePack: pages by what they are made of, whole products, and what costs time to find out
again. After the zip stands the digest of all of it, so that a file that has suffered is told before anything is
believed.
"""

import hashlib
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Annotated, Any, BinaryIO, Final, TypeVar

import msgspec
from msgspec import Meta, Struct

from generator.errors import CodeglotError
from generator.kept import Kept
from generator.making.values import Frames, Share
from generator.model import Locale, ProductId
from generator.reading import MOST
from generator.write import replacing

T = TypeVar("T")

_FORMAT: Final = 1
_SIZE: Final = 16
"""Bytes of the digest at the end."""
_BLOCK: Final = 1 << 20
"""Bytes of pages or files that are read at a time, or those of one where it is larger."""
_HEAD: Final = "part.json"
_MOST_OF_A_HEAD: Final = 16 << 20
_START: Final = b"PK\x03\x04"
_KEPT: Final = re.compile(r"kept/(document|found|frames)\.([0-9a-f]{32})")
_NAME: Final = re.compile(
    rf"{re.escape(_HEAD)}|{_KEPT.pattern}|product/[a-z0-9]+([._-][a-z0-9]+)*/(share|files\.[0-9]+|pages\.[A-Za-z0-9-]+(\.[0-9]+)?)"
)
_WRONG: Final = (
    *(zipfile.BadZipFile, zlib.error, struct.error, msgspec.MsgspecError, EOFError, LookupError, ValueError),
    *(NotImplementedError, OverflowError, RecursionError, RuntimeError, OSError),
)
"""What reading a file may raise that was not written here."""

_Word = Annotated[str, Meta(max_length=10_000)]


class Stamp(Struct, frozen=True):
    """What a site is made of: parts of the same stamp are of one site."""

    program: bytes
    """Codeglot with its templates, Python, installed packages."""
    written: bytes
    """Documents, declarations and pages by hand."""
    address: _Word
    day: _Word


class Head(Struct, frozen=True):
    """What a part says of itself."""

    format: int
    stamp: Stamp
    products: tuple[ProductId, ...]
    locales: tuple[Locale, ...]
    """In these it has the pages of each of the products."""


class PartPage(Struct, frozen=True, array_like=True):
    """A page as it was made elsewhere."""

    path: str
    """On the site."""
    html: bytes
    markdown: bytes


class _Whole(Struct, frozen=True, array_like=True):
    digest: bytes
    share: Share
    blocks: int
    """Of files."""


_Index = dict[str, tuple[bytes, int, int]]
"""For each page what it is made of, its block and its place in that."""

Members = Iterator[tuple[str, bytes]]


def head(stamp: Stamp, products: Sequence[ProductId], locales: Sequence[Locale]) -> Head:
    """What a part says of itself that is made now."""
    return Head(_FORMAT, stamp, tuple(products), tuple(locales))


def kept_member(what: str, key: bytes, data: bytes) -> Members:
    """The member for a value that is MessagePack already; none where it is too large to be read again."""
    if len(data) <= MOST:
        yield f"kept/{what}.{key.hex()}", zlib.compress(data, 1)


def page_members(product: ProductId, locale: Locale, pages: Iterable[tuple[str, bytes, PartPage]]) -> Members:
    """The members for pages of a product in a locale, each given by its name, what it is made of, and itself."""
    start, index, count = f"product/{product}/pages.{locale}", _Index(), 0
    for count, block in enumerate(_blocks(pages, lambda one: len(one[2].html) + len(one[2].markdown)), start=1):
        index |= {name: (made_of, count - 1, place) for place, (name, made_of, _) in enumerate(block)}
        yield f"{start}.{count - 1}", _packed([page for _, _, page in block])
    yield start, _packed(index)


def whole_members(product: ProductId, digest: bytes, share: Share, files: Mapping[str, str | bytes]) -> Members:
    """The members for a product's whole share, and the files that belong to it beside its pages."""
    held = ((path, data.encode() if isinstance(data, str) else data) for path, data in files.items())
    count = 0
    for count, block in enumerate(_blocks(held, lambda one: len(one[1])), start=1):
        yield f"product/{product}/files.{count - 1}", _packed(block)
    yield f"product/{product}/share", _packed(_Whole(digest, share, count))


def write(path: Path, head: Head, kept: Iterable[tuple[str, bytes]], made: Iterable[tuple[str, bytes]]) -> int:
    """Write a part; its size in bytes. What was ``kept`` and what was ``made`` stand in the order in which they come.

    Raises CodeglotError where it cannot be written; what was at ``path`` is then still there.
    """
    with replacing(path) as stream:
        summed = _Summed(stream)
        with zipfile.ZipFile(summed, "w") as file:  # type: ignore[call-overload]  # All it needs is to be written to.
            for name, data in chain(kept, [(_HEAD, msgspec.json.encode(head) + b"\n")], made):
                info = zipfile.ZipInfo(name)
                info.create_system, info.external_attr = 3, (stat.S_IFREG | 0o644) << 16
                file.writestr(info, data)
        stream.write(summed.sum.digest())
        return stream.tell()


class _Summed:
    """A stream that is only written to, from first to last, with the digest of all of it."""

    def __init__(self, stream: BinaryIO) -> None:
        self.sum = hashlib.blake2b(digest_size=_SIZE)
        self._stream = stream

    def write(self, data: bytes) -> int:
        self.sum.update(data)
        return self._stream.write(data)

    def flush(self) -> None:
        self._stream.flush()


class Part:
    """A part that can be read, by any process."""

    def __init__(self, path: Path) -> None:
        """Look through the file at ``path``. Raises CodeglotError where it is no part, or damaged."""
        self.path = path
        self._opened: tuple[int, zipfile.ZipFile] | None = None
        self._block: tuple[str, list[PartPage]] = ("", [])
        self._index: tuple[str, _Index] = ("", {})
        _look_through(path)
        with self._reading():
            self._names = frozenset(self._file().namelist())
            strange = [name for name in self._names if not _NAME.fullmatch(name)]
            if strange or self._file().getinfo(_HEAD).file_size > _MOST_OF_A_HEAD:
                raise zipfile.BadZipFile
            found = self._file().read(_HEAD)
            if msgspec.json.decode(found, type=_Format).format != _FORMAT:
                raise CodeglotError("was made by another version of Codeglot", path=str(path), hint=_AGAIN)
            self.head = msgspec.json.decode(found, type=Head)

    def page(self, product: str, locale: Locale, name: str, made_of: bytes) -> PartPage | None:
        """A page where it is made of the same."""
        start = f"product/{product}/pages.{locale}"
        if start not in self._names:
            return None
        with self._reading():
            known, block, place = self._indexed(start).get(name, (b"", 0, 0))
            return self._paged(f"{start}.{block}")[place] if known == made_of else None

    def whole(self, product: ProductId, digest: bytes) -> "Whole | None":
        """All of a product where it is made of the same."""
        if not self.holds(product):
            return None
        with self._reading():
            found = self._value(f"product/{product}/share", _Whole)
        return Whole(self, product, found.share, found.blocks) if found.digest == digest else None

    def holds(self, product: ProductId) -> bool:
        """Whether all of a product is here, whatever it is made of."""
        return f"product/{product}/share" in self._names

    def put_into(self, keep: Kept) -> None:
        """Have what is kept between builds hold what this part has of it."""
        for name in sorted(self._names):
            found = _KEPT.fullmatch(name)
            if found is None or keep.encoded(found[1], bytes.fromhex(found[2])) is not None:
                continue
            with self._reading():
                data = self._unpacked(name)
                if found[1] == "frames":
                    _demand_safe(msgspec.msgpack.decode(data, type=Frames).files)
            keep.take(found[1], bytes.fromhex(found[2]), data)

    def pages(self, product: ProductId, locale: Locale) -> Iterator[tuple[str, bytes, PartPage]]:
        """The pages of a product in a locale, each with its name and what it is made of."""
        start = f"product/{product}/pages.{locale}"
        with self._reading():
            for name, (made_of, block, place) in self._indexed(start).items():
                yield name, made_of, self._paged(f"{start}.{block}")[place]

    def files(self, product: ProductId, blocks: int) -> Iterator[tuple[str, bytes]]:
        """The files of a product beside its pages."""
        for number in range(blocks):
            with self._reading():
                found = self._value(f"product/{product}/files.{number}", list[tuple[str, bytes]])
                _demand_safe(path for path, _ in found)
            yield from found

    def _indexed(self, name: str) -> _Index:
        if self._index[0] != name:
            self._index = name, self._value(name, _Index)
            _demand_safe(self._index[1])
        return self._index[1]

    def _paged(self, name: str) -> list[PartPage]:
        if self._block[0] != name:
            self._block = name, self._value(name, list[PartPage])
            _demand_safe(page.path for page in self._block[1])
        return self._block[1]

    def _value(self, name: str, type_: Any) -> Any:
        return msgspec.msgpack.decode(self._unpacked(name), type=type_)

    def _unpacked(self, name: str) -> bytes:
        file = self._file()
        if file.getinfo(name).file_size > MOST:
            raise zipfile.LargeZipFile
        unpacking = zlib.decompressobj()
        data = unpacking.decompress(file.read(name), MOST)
        if not unpacking.eof or unpacking.unused_data:
            raise zipfile.BadZipFile
        return data

    def _file(self) -> zipfile.ZipFile:
        """The file, opened by this process: where it reads on is nothing to be shared with those forked from it."""
        if self._opened is None or self._opened[0] != os.getpid():
            self._opened = os.getpid(), zipfile.ZipFile(self.path)
        return self._opened[1]

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except _WRONG as error:
            raise _damaged(self.path) from error


class Whole(Struct, frozen=True):
    """All of a product, as it was made elsewhere."""

    part: Part
    product: ProductId
    share: Share
    """Without its files."""
    blocks: int

    def pages(self, locales: Iterable[Locale]) -> Iterator[tuple[str, bytes, PartPage]]:
        """The pages, each with its name and what it is made of."""
        for locale in locales:
            yield from self.part.pages(self.product, locale)

    def files(self) -> Mapping[str, bytes]:
        """The files beside the pages."""
        return dict(self.part.files(self.product, self.blocks))


class Givens:
    """What a build need not make, for parts have it."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = tuple(parts)

    def page(self, whose: str, locale: Locale, name: str, made_of: bytes) -> PartPage | None:
        """A page of the product ``whose``, by its name and what it is made of."""
        for part in self._parts:
            found = part.page(whose, locale, name, made_of)
            if found is not None:
                return found
        return None

    def whole(self, product: ProductId, digest: bytes) -> Whole | None:
        """All of a product, by what it is made of."""
        return next((found for part in self._parts if (found := part.whole(product, digest))), None)

    def holds(self, product: ProductId) -> bool:
        """Whether a part has all of a product."""
        return any(part.holds(product) for part in self._parts)

    def put_into(self, keep: Kept) -> None:
        """Have what is kept between builds hold what parts have of it."""
        for part in self._parts:
            part.put_into(keep)


NOTHING: Final = Givens(())


class _Format(Struct, frozen=True):
    format: int


_AGAIN: Final = "make it again: codeglot build --part …"


def _damaged(path: Path) -> CodeglotError:
    return CodeglotError("is no part of a site, or damaged", path=str(path), hint=_AGAIN)


def _look_through(path: Path) -> None:
    """Raises CodeglotError where the file does not begin as a part, or does not end with the digest of all before."""
    made = hashlib.blake2b(digest_size=_SIZE)
    try:
        # Not to wait for somebody to write into a pipe.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode) or file.read(len(_START)) != _START:
                raise CodeglotError("is no part of a site", path=str(path), hint="codeglot build --part … makes parts")
            made.update(_START)
            left = status.st_size - len(_START) - _SIZE
            while left > 0 and (data := file.read(min(left, _BLOCK))):
                made.update(data)
                left -= len(data)
            if left or file.read() != made.digest():
                raise _damaged(path)
    except OSError as error:
        raise CodeglotError(f"cannot be read: {error.strerror}", path=str(path)) from error


def _demand_safe(paths: Iterable[str]) -> None:
    """Raises ValueError where a path does not name something below a folder, on every system."""
    for path in paths:
        if any(sign in path for sign in "\\:\0") or any(one in ("", ".", "..") for one in path.split("/")):
            raise ValueError


def _blocks(items: Iterable[T], size: Any) -> Iterator[list[T]]:
    block, held = list[T](), 0
    for item in items:
        block.append(item)
        held += size(item)
        if held >= _BLOCK:
            yield block
            block, held = [], 0
    if block:
        yield block


def _packed(value: object) -> bytes:
    return zlib.compress(msgspec.msgpack.encode(value), 1)
