"""Codes in HTML's definition lists: ``<dt>8001</dt><dd>Memory exceeded</dd>``."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from msgspec import Struct

from generator.parse.columns import Words
from generator.parse.outside_heads import read_head
from generator.parse.outside_rows import Item
from generator.parse.outside_tree import Lines
from generator.parse.tags import read_tags

_ENDING: Final = frozenset({"dt", "dd", "dl"})


class _Part(Struct):
    """What one ``dt`` or ``dd`` holds, by offsets."""

    tag: str
    start: int
    end: int


def read_definitions(source: Lines, first: int, last: int, words: Words) -> list[Item]:
    """The terms of the definition lists between two lines (from 0, the last not included) that have definitions."""
    lines = source.lines[first:last]
    text = "\n".join(lines)
    starts = [0, *accumulate(len(line) + 1 for line in lines)]

    def place(offset: int) -> tuple[int, int]:
        at = bisect_right(starts, offset) - 1
        return first + at, offset - starts[at]

    items: list[Item] = []
    parts = _parts(text)
    for index, part in enumerate(parts):
        if part.tag != "dt":
            continue
        end = index + 1
        while end < len(parts) and parts[end].tag == "dd":
            end += 1
        term = text[part.start : part.end]
        line, start = place(part.start + len(term) - len(term.lstrip()))
        stop = start + len(term.strip().partition("\n")[0].rstrip())
        region = None
        behind = place(part.end)[0] + 1
        if end > index + 1:
            region = (*place(parts[index + 1].start), *place(parts[end - 1].end))
            behind = region[2] + 1
        head = read_head(source.lines[line][:stop], start, stop, words)
        items.append(Item(head, line, start, stop, (), behind, region))
    return items


def _parts(text: str) -> Sequence[_Part]:
    found: list[_Part] = []
    is_open = False
    for piece in read_tags(text):
        if piece.tag not in _ENDING:
            continue
        if is_open:
            found[-1].end = piece.start
        is_open = piece.tag != "dl" and not piece.closing
        if is_open:
            found.append(_Part(piece.tag, piece.end, len(text)))
    return found
