"""Any spelling of a code, a name or a whole log line, and the codes meant by it.

``index`` arranges a catalog for it, ``resolve`` answers; ``browser_index`` is what the twin in the browser
(``codeglot-resolve.js``) reads. Both give the same answer to the same text.
"""

from generator.resolve.fold import fold
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
from generator.resolve.lookup import arranged
from generator.resolve.names import read_names, read_near, read_phrase
from generator.resolve.numbers import read_numbers
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
    lookup = arranged(index)
    folded = fold(text)
    names = read_names(folded, lookup)
    spans = tuple(span for _, span in names)
    numbers = read_numbers(folded, lookup, spans, telling=telling)
    near = read_near(folded, lookup, spans)
    exact = (*(read for read, _ in names), *numbers)
    reads = tuple(sorted((*exact, *near), key=lambda read: (read.start, read.end)))
    if not reads:
        phrase = read_phrase(folded, lookup)
        reads = (phrase,) if phrase else ()
    doubtful = (ReadKind.NEAR_NAME, ReadKind.PARTS)
    certain = [path for read in reads if read.kind not in doubtful for path in read.codes]
    guessed = [path for read in reads if read.kind in doubtful for path in read.codes]
    return Resolution(_kind(reads, bool(certain)), reads, tuple(dict.fromkeys((*certain, *guessed))))


def _kind(reads: tuple[Read, ...], certain: bool) -> ResolutionKind:
    if certain:
        return ResolutionKind.CODES
    kinds = {read.kind for read in reads if read.codes}
    if ReadKind.NEAR_NAME in kinds:
        return ResolutionKind.NEAR
    if ReadKind.PARTS in kinds:
        return ResolutionKind.PARTS
    return ResolutionKind.UNKNOWN if reads else ResolutionKind.NONE
