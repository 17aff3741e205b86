"""Pages as sanitised, of which what was sanitised before is not sanitised again: after an edit that is nearly all of the report."""

from typing import Final

from generator import kept
from generator.kept import Kept
from generator.site import sanitised

_LONG: Final = 1 << 16
"""Characters of a body that takes longer to sanitise than to compare with the one before."""
_WHAT: Final = "clean"


def body(keep: Kept, name: str, markup: str) -> str:
    """What :func:`generator.site.sanitised.fragment` makes of the body of the page whose Markdown is called ``name``."""
    if len(markup) < _LONG:
        return sanitised.fragment(markup)
    before = keep.get(_WHAT, _key(name), sanitised.Pieces) or {}
    text, pieces = sanitised.by_pieces(markup, before, _of_piece)
    if pieces:
        keep.put(_WHAT, _key(name), pieces)
    return text


def used(keep: Kept, name: str) -> None:
    """Say that what is kept of that page is still wanted."""
    keep.used(_WHAT, _key(name))


def _key(name: str) -> bytes:
    return kept.digest(name.encode())


def _of_piece(markup: str) -> bytes:
    return kept.digest(kept.version(), markup.encode())
