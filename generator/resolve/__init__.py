"""Any spelling of a code, a name or a whole log line, and the codes meant by it.

``index`` arranges a catalog for it, ``resolve`` answers; ``browser_index`` is what the twin in the browser
(``codeglot-resolve.js``) reads. Both give the same answer to the same text.
"""

from generator.resolve.index import (
    Meant,
    browser_file,
    browser_index,
    browser_joined,
    index,
    of_product,
    row,
    shown_title,
)
from generator.resolve.values import (
    Ambiguity,
    IndexedCode,
    Read,
    ReadKind,
    Resolution,
    ResolutionKind,
)

__all__ = [
    "Ambiguity",
    "IndexedCode",
    "Meant",
    "Read",
    "ReadKind",
    "Resolution",
    "ResolutionKind",
    "browser_file",
    "browser_index",
    "browser_joined",
    "index",
    "of_product",
    "resolve",
    "row",
    "shown_title",
]


def resolve(text: str, index: tuple[IndexedCode, ...], *, telling: bool = False) -> Resolution:
    """What ``text`` says about the codes of ``index``.

    Any text will do, in time bounded by the first 20,000 of its characters; nothing is guessed away: what may mean
    several codes gives all of them and says why. ``telling`` says that the text is part of one that has words which tell
    codes from other numbers, so that ``x=7006`` is none.
    """
    # What reads logs takes a while to load, and a build reads none.
    from generator.resolve.reading import resolved  # noqa: PLC0415

    return resolved(text, index, telling=telling)
