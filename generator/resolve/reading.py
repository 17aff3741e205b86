"""What a text says about codes: what all readers find in it, put together."""

from generator.resolve.fold import fold
from generator.resolve.lookup import arranged
from generator.resolve.names import read_names, read_near, read_phrase
from generator.resolve.numbers import read_numbers
from generator.resolve.values import IndexedCode, Read, ReadKind, Resolution, ResolutionKind


def resolved(text: str, index: tuple[IndexedCode, ...], *, telling: bool) -> Resolution:
    """As :func:`generator.resolve.resolve` gives it."""
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
