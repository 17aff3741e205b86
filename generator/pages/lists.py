"""Enumerations written out in running text, turned into lists."""

import re
import unicodedata
from typing import Final

from msgspec import Struct

from generator.pages.parts import Block, BreakPart, Enumeration, Paragraph, Part, TextPart

_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_STYLES: Final = (
    re.compile(r"(?P<number>\d{1,2})[.．](?!\d)"),
    re.compile(r"(?P<number>\d{1,2})[)）]"),
    re.compile(r"(?P<number>\d{1,2})、"),
    re.compile(r"[(（](?P<number>\d{1,2})[)）]"),
    re.compile(f"(?P<number>[{_CIRCLED}])"),
)
_MARK: Final = re.compile(rf"\d[.．)）、]|[{_CIRCLED}]")
"""What every mark holds; most texts hold none, and need not be looked at more closely."""
_SEPARATORS: Final = " \t\n,;，；、"


class _Mark(Struct, frozen=True):
    part: int
    start: int
    end: int
    number: int


def blocks(parts: tuple[Part, ...]) -> tuple[Block, ...]:
    """``parts`` as paragraphs and lists.

    A list is a run of marks of one style that counts 1, 2, 3 …, has at least two items and something to say in
    each. A mark stands at the start, after white space or after punctuation, and never inside code or a link, so
    that neither a version (``1.5``, ``v1.``) nor an enumeration of numbers (``1、2、3``) counts as one.
    """
    marked = any(isinstance(part, TextPart) and _MARK.search(part.text) for part in parts)
    found = min(
        (run for style in _STYLES if marked and (run := _run(parts, style))),
        key=lambda run: (run[0].part, run[0].start),
        default=None,
    )
    if found is None:
        return (Paragraph(parts),) if _says_something(parts) else ()
    before = _trim(_cut(parts, (0, 0), (found[0].part, found[0].start)), "")
    ends = [(mark.part, mark.start) for mark in found[1:]] + [(len(parts), 0)]
    items = tuple(
        _trim(_cut(parts, (mark.part, mark.end), end), "" if number == len(found) else _SEPARATORS)
        for number, (mark, end) in enumerate(zip(found, ends, strict=True), start=1)
    )
    lead: tuple[Block, ...] = (Paragraph(before),) if _says_something(before) else ()
    return (*lead, Enumeration(items))


def _run(parts: tuple[Part, ...], style: re.Pattern[str]) -> tuple[_Mark, ...]:
    run: list[_Mark] = []
    for index, part in enumerate(parts):
        if not isinstance(part, TextPart):
            continue
        for match in style.finditer(part.text):
            digits = match["number"]
            number = _CIRCLED.index(digits) + 1 if digits in _CIRCLED else int(digits)
            if number == len(run) + 1 and _may_start(parts, index, match.start(), digits):
                run.append(_Mark(index, match.start(), match.end(), number))
    if len(run) < 2:
        return ()
    ends = [(mark.part, mark.start) for mark in run[1:]] + [(len(parts), 0)]
    for mark, end in zip(run, ends, strict=True):
        if not _says_something(_cut(parts, (mark.part, mark.end), end)):
            return ()
    return tuple(run)


def _may_start(parts: tuple[Part, ...], index: int, start: int, digits: str) -> bool:
    part = parts[index]
    if not isinstance(part, TextPart):
        return False
    if start == 0:
        return index == 0 or isinstance(parts[index - 1], BreakPart)
    before = part.text[start - 1]
    if digits in _CIRCLED or part.text[start] in "(（":
        return True
    return before.isspace() or (unicodedata.category(before)[0] == "P" and before not in ".-_/'’")


def _cut(parts: tuple[Part, ...], start: tuple[int, int], end: tuple[int, int]) -> tuple[Part, ...]:
    """The parts between two places, each a part's index and an offset into its text."""
    result: list[Part] = []
    for index in range(start[0], min(end[0] + 1, len(parts))):
        part = parts[index]
        if isinstance(part, TextPart):
            text = part.text[start[1] if index == start[0] else 0 : end[1] if index == end[0] else len(part.text)]
            if text:
                result.append(TextPart(text))
        elif index != end[0]:
            result.append(part)
    return tuple(result)


def _trim(parts: tuple[Part, ...], separators: str) -> tuple[Part, ...]:
    """``parts`` without white space at both ends, and without ``separators`` at the last."""
    result = list(parts)
    while result:
        first = result[0]
        if isinstance(first, TextPart) and first.text.lstrip():
            result[0] = TextPart(first.text.lstrip())
            break
        if not isinstance(first, TextPart | BreakPart):
            break
        del result[0]
    while result:
        last = result[-1]
        if isinstance(last, TextPart) and (text := last.text.rstrip(separators or None)):
            result[-1] = TextPart(text)
            break
        if not isinstance(last, TextPart | BreakPart):
            break
        del result[-1]
    return tuple(result)


def _says_something(parts: tuple[Part, ...]) -> bool:
    return any(
        not isinstance(part, TextPart) or any(character.isalnum() for character in part.text)
        for part in parts
        if not isinstance(part, BreakPart)
    )
