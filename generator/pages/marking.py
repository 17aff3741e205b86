"""Marks put into running text: what was found in a cell's plain words shown in its paragraphs, lists and links."""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from generator.pages.marks import Interval
from generator.pages.parts import Block, BreakPart, Mark, Paragraph, Part, TextPart

_NEXT: Final = "\n"
"""Between blocks, between items of a list, and for a line break, so that no word runs over from one into the other."""


def flat(blocks: Sequence[Block]) -> str:
    """The words of some blocks as one text; places in it are what :func:`marked` takes."""
    return _NEXT.join("".join(map(_words, run)) for run in _runs(blocks))


def marked(blocks: Sequence[Block], here: Sequence[Interval], differs: Sequence[Interval]) -> tuple[Block, ...]:
    """The same blocks with places of their :func:`flat` text marked; code and links are marked as a whole."""
    if not here and not differs:
        return tuple(blocks)
    kinds: list[Mark] = [""] * len(flat(blocks))
    for start, end in differs:
        kinds[start:end] = ["differs"] * (min(end, len(kinds)) - start)
    for start, end in here:
        kinds[start:end] = ["here"] * (min(end, len(kinds)) - start)
    if not any(kinds):
        return tuple(blocks)
    at = 0
    result: list[Block] = []
    for block in blocks:
        told = []
        for run in [block.parts] if isinstance(block, Paragraph) else block.items:
            told.append(tuple(_marked(run, kinds, at)))
            at += sum(len(_words(part)) for part in run) + len(_NEXT)
        if isinstance(block, Paragraph):
            result.append(msgspec.structs.replace(block, parts=told[0]))
        else:
            result.append(msgspec.structs.replace(block, items=tuple(told)))
    return tuple(result)


def _runs(blocks: Sequence[Block]) -> Iterator[tuple[Part, ...]]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.parts
        else:
            yield from block.items


def _words(part: Part) -> str:
    return _NEXT if isinstance(part, BreakPart) else part.text


def _marked(run: Sequence[Part], kinds: Sequence[Mark], at: int) -> Iterator[Part]:
    for part in run:
        size = len(_words(part))
        its = kinds[at : at + size]
        at += size
        if isinstance(part, BreakPart) or not any(its):
            yield part
        elif isinstance(part, TextPart):
            yield from _cut(part, its)
        else:
            yield msgspec.structs.replace(part, mark="here" if "here" in its else "differs")


def _cut(part: TextPart, kinds: Sequence[Mark]) -> Iterator[TextPart]:
    at = 0
    while at < len(kinds):
        stop = next((index for index in range(at, len(kinds)) if kinds[index] != kinds[at]), len(kinds))
        yield TextPart(part.text[at:stop], mark=kinds[at])
        at = stop
