"""HTML as text and tags with exact places, in one pass, however long and however broken it is.

The standard library's parser raises on ``<![``, takes quadratic time on tags that never end, and what it makes of a
broken comment depends on Python's patch release. Tags, comments and raw text are read as the HTML standard's
tokenizer has them (section 13.2.5); only what that would drop because the text ends first stays text here.
"""

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

_NAME: Final = re.compile(r"</?([A-Za-z][^\s/>]*)")
_IN_TAG: Final = re.compile(r""">|=\s*(?:(["'])|[^\s>"'][^\s>]*)""")
_RAW: Final = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in ("script", "style")}
"""Elements whose content is no markup, each with what ends it."""


class Piece(Struct, frozen=True):
    """A stretch of text between tags, or one tag."""

    start: int
    """Offset of the first character."""
    end: int
    """Offset behind the last character."""
    tag: str = ""
    """The tag's name in lower case; empty for text."""
    closing: bool = False


def read_tags(text: str, start: int = 0, end: int | None = None) -> Iterator[Piece]:
    """The pieces of ``text`` between two offsets, in order and without comments."""
    end = len(text) if end is None else end
    last = text.rfind(">", start, end)
    comments = text.rfind("-->", start, end)
    unended: set[str] = set()
    position = given = start
    while (found := text.find("<", position, last + 1)) >= 0:
        name = _NAME.match(text, found, end)
        if name:
            after = _tag_end(text, name.end(), end)
        elif text.startswith("<!--", found) and found > comments:
            after = None
        else:
            after = _comment_end(text, found, end)
        if after is None:
            position = found + 1
            continue
        if given < found:
            yield Piece(given, found)
        position = given = after
        if name is None:
            continue
        tag, closing = name[1].lower(), text[found + 1] == "/"
        yield Piece(found, after, tag, closing)
        if tag in _RAW and not closing and tag not in unended:
            ending = _RAW[tag].search(text, after, end)
            if ending is None:
                unended.add(tag)
            else:
                position = ending.start()
    if given < end:
        yield Piece(given, end)


def _tag_end(text: str, position: int, end: int) -> int | None:
    """Where the tag ends whose name ends at ``position``: a ``>`` in a quoted value is none of its own."""
    first: int | None = None
    while step := _IN_TAG.search(text, position, end):
        position = step.end()
        if step[0] == ">":
            return position
        if step[1]:
            first = text.find(">", position, end) + 1 if first is None else first
            closing = text.find(step[1], position, end)
            if closing < 0:
                # A quote that nothing closes would swallow the rest of the text.
                return first or None
            position = closing + 1
    return first or None


def _comment_end(text: str, position: int, end: int) -> int | None:
    """Where the comment ends that begins at ``position``; ``None`` where none does."""
    mark = text[position + 1 : position + 2]
    if mark not in {"!", "?", "/"} or position + 2 >= end:
        return None
    ending = "-->" if text.startswith("!--", position + 1) else ">"
    found = text.find(ending, position + 2, end)
    return None if found < 0 else found + len(ending)
