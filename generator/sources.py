"""Documents as text, with what their bytes tell: marks, line ends, unreadable bytes."""

import re
from collections import Counter
from pathlib import Path
from typing import Final

from msgspec import Struct

from generator.config import Settings
from generator.errors import CodeglotError
from generator.model import EditionId, Locale, ProductId
from generator.reading import MOST_OF_A_DOCUMENT, read_file

_LINE_END: Final = re.compile(rb"\r\n|\r|\n")


class Source(Struct, frozen=True):
    """One document's text and where it belongs."""

    product: ProductId
    edition: EditionId
    locale: Locale
    path: str
    """Relative to the source folder, with forward slashes."""
    published: str
    text: str
    """Decoded; unreadable bytes are U+FFFD, a byte-order mark is taken off, line ends are ``\\n``."""
    has_bom: bool = False
    has_crlf: bool = False
    unreadable: tuple[int, ...] = ()
    """Lines that hold bytes which are no UTF-8."""
    odd_ends: tuple[int, ...] = ()
    """Lines that end otherwise than most lines of the document do."""


def read(settings: Settings) -> tuple[Source, ...]:
    """All declared documents in the order of ``catalog.toml``: products, editions, locales.

    Raises CodeglotError where a file cannot be read at all, leads out of the folder or is too large. Bad bytes are no error: they are recorded.
    """
    found = []
    for product in settings.products:
        for edition in product.editions:
            for locale in settings.locales:
                path = edition.documents.get(locale)
                if path is None:
                    continue
                try:
                    data = read_file(
                        Path(settings.root) / path, MOST_OF_A_DOCUMENT, named=path, root=Path(settings.root)
                    )
                except OSError as error:
                    raise CodeglotError(f"cannot be read: {error.strerror}", path=path) from error
                published = edition.dates.get(locale, edition.published)
                found.append(decode(data, product.id, edition.id, locale, path, published))
    return tuple(found)


def decode(
    data: bytes, product: ProductId, edition: EditionId, locale: Locale, path: str, published: str = ""
) -> Source:
    """The source that ``data`` holds; any bytes will do."""
    has_bom = data.startswith(b"\xef\xbb\xbf")
    if has_bom:
        data = data[3:]
    has_crlf = b"\r" in data
    odd_ends = _odd_ends(data) if has_crlf else ()
    if has_crlf:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    unreadable: tuple[int, ...] = ()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
        unreadable = tuple(number for number, line in enumerate(data.split(b"\n"), start=1) if not _readable(line))
    # A NUL is what CommonMark (section 2.3) has a reader replace; kept, it would end strings in tools downstream.
    return Source(
        product, edition, locale, path, published, text.replace("\0", "\ufffd"), has_bom, has_crlf, unreadable, odd_ends
    )


def _odd_ends(data: bytes) -> tuple[int, ...]:
    """The lines (from 1) whose end is not the one that most have; of two as common the first is usual."""
    ends = _LINE_END.findall(data)
    counts = Counter(ends)
    usual = max(counts, key=counts.__getitem__)
    return tuple(number for number, end in enumerate(ends, start=1) if end != usual)


def _readable(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
