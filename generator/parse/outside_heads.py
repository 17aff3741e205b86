"""The line that a code outside a table begins with: a heading's, a list item's, a paragraph's; what follows the code."""

import re
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from generator.codes import normal, read_number
from generator.model import CodeRange, Column, IntegerCode
from generator.parse.columns import Words
from generator.parse.outside_code import (
    BRACKETS,
    CLOSE,
    CODED,
    ENDS_WORD,
    NUMBER,
    OPEN,
    SEPARATOR,
    SYMBOL,
    Found,
    end_of,
    find_code,
    humps,
    unescaped,
)
from generator.parse.outside_words import about, is_fault, is_identifier, is_qualified

_WIDEST: Final = 400
"""Characters of a line in which its code, its name and what stands in brackets are looked for."""
_FENCE: Final = re.compile(r"(\*\*|__|`)\Z")
_PAIR: Final = re.compile(r"\s*[;；,，]\s*")
_REFERENCE: Final = re.compile(
    r"[*_`\s]*(?:\[[^\[\]\n]*\]\(\s*<?#[^()\s]*>?\s*\)|<a\s[^<>]*href\s*=\s*[\"']?#[^<>]*>[^<>]*</a>)[*_`\s]*"
)


class Piece(Struct, frozen=True):
    """A stretch of a line."""

    start: int
    end: int


class Head(Struct, frozen=True):
    """What the first line of a code outside a table says."""

    code: Piece
    spelled: str
    """The code without markup."""
    labelled: bool
    """Whether a word before the code says that it is one."""
    ending: str
    """What stands behind the code: ``end``, ``mark`` (a colon, a dash), ``brackets`` or ``space`` and words."""
    name: Piece | None = None
    called: str = ""
    """The words of the name."""
    others: tuple[Piece, ...] = ()
    """What stands in brackets behind the code, and pairs of a label and a value."""
    text: int | None = None
    """Where the words behind begin; ``None`` where there are none."""
    said: str = ""
    """How those words begin."""
    marked: bool = False
    """Whether the code is set as code or bold."""
    spanned: bool = False
    """Whether code and words behind it are set as code or bold together."""
    dotted: bool = False
    """Whether a full stop follows the code, as it does the number of a step."""
    swapped: bool = False
    """Whether the code is a number in brackets behind the name."""
    has_status: bool = False
    """Whether a status of HTTP stands in brackets behind the code."""
    faint: bool = False
    """Whether the code is a word that much else is, too, such as ``BUSY`` and ``E1``: only others beside it tell."""

    @property
    def is_number(self) -> bool:
        """Whether the code is one number."""
        return isinstance(read_number(self.spelled), IntegerCode)

    @property
    def is_range(self) -> bool:
        """Whether the code is a range of numbers."""
        return isinstance(read_number(self.spelled), CodeRange)

    @property
    def is_lettered(self) -> bool:
        """Whether the code is letters and a number: ``E1001``."""
        return bool(CODED.fullmatch(normal(self.spelled)))

    @property
    def is_symbol(self) -> bool:
        """Whether the code is a word."""
        return read_number(self.spelled) is None


def read_head(line: str, start: int, end: int, words: Words) -> Head | None:
    """The code that a line begins with between two columns (from 0); ``None`` if it begins with none."""
    within = line[: min(end, start + _WIDEST)]
    found = find_code(within, start, end, words)
    if found is None:
        return None
    head = _behind(line, within, end, found, line[start : found.start], words)
    return replace(head, faint=True) if found.faint else head


def is_reference(line: str, start: int, end: int) -> bool:
    """Whether all that stands between two columns is a link to a place in the document, as in a list of contents."""
    return bool(_REFERENCE.fullmatch(line, start, min(end, start + _WIDEST)))


def _behind(line: str, within: str, end: int, code: Found, before: str, words: Words) -> Head:
    """What follows a code: brackets, a name, words."""
    spelled = unescaped(line[code.start : code.end])
    at = end_of(CLOSE, within, code.end)
    closing = within[code.end : at]
    marked = "`" in closing or "**" in closing
    fence = _FENCE.search(before)
    spanned = fence is not None and not marked and fence[1] in within[at:]
    if closing.endswith((")", "）")) and not any(mark in before for mark in "(（") and "](" not in closing:
        at = code.end
    pairs = _pairs(within, at, end, words) if code.labelled else None
    if pairs:
        name, others = pairs
        called = line[name.start : name.end] if name else ""
        return Head(
            Piece(code.start, code.end), spelled, code.labelled, "mark", name, called, tuple(others), None, "", marked
        )
    bracketed = _brackets(within, at, end, is_word=code.is_word)
    name, others, swapped, at = bracketed.name, bracketed.others, bracketed.number, bracketed.end
    ending = "brackets" if at != bracketed.start else ""
    is_swapped = swapped is not None
    mark = SEPARATOR.match(within, at)
    dotted = mark is not None and mark[0].strip() == "."
    if mark:
        at, ending = mark.end(), ending or "mark"
    if not line[at:end].strip(" #*"):
        ending = ending or "end"
        text = None
    else:
        ending = ending or "space"
        if name is None and not code.is_word:
            name, at = _name_at(within, at, end)
        elif code.is_word and swapped is None and ending == "mark":
            swapped, at = _number_at(within, at, end)
        text = at if line[at:end].strip(" #*") else None
    found = Piece(code.start, code.end)
    if swapped is not None:
        name, found = found, Piece(swapped.start, swapped.end)
        spelled = unescaped(line[swapped.start : swapped.end])
    called = line[name.start : name.end] if name else ""
    said = "" if text is None else within[text:end].strip()
    return Head(
        code=found,
        spelled=spelled,
        labelled=code.labelled,
        ending=ending,
        name=name,
        called=called,
        others=tuple(others),
        text=text,
        said=said,
        marked=marked,
        spanned=spanned,
        dotted=dotted,
        swapped=is_swapped,
    )


class _Brackets(Struct):
    """What stands in brackets behind a code."""

    start: int
    end: int
    """Where the last bracket ends."""
    name: Piece | None = None
    number: Found | None = None
    """A number behind a name, which is the code then."""
    others: list[Piece] = []


def _brackets(line: str, at: int, end: int, *, is_word: bool) -> _Brackets:
    found = _Brackets(at, at, None, None, [])
    for _ in range(3):
        brackets = BRACKETS.match(line, found.end)
        if brackets is None:
            break
        after = end_of(CLOSE, line, brackets.end())
        if line[after:end].strip() and not SEPARATOR.match(line, after) and not BRACKETS.match(line, after):
            break
        bare = brackets[1].strip(" `*")
        start = brackets.start(1) + brackets[1].find(bare)
        if is_word and found.number is None and read_number(unescaped(bare)) is not None:
            found.number = Found(start, start + len(bare), False)
        elif not is_word and found.name is None and is_identifier(bare):
            found.name = Piece(start, start + len(bare))
        else:
            found.others.append(Piece(*brackets.span(1)))
        found.end = after
    return found


def _name_at(line: str, at: int, end: int) -> tuple[Piece | None, int]:
    """An identifier that stands before the words, and where these begin."""
    opened = end_of(OPEN, line, at)
    word = SYMBOL.match(line, opened)
    if word is None or not (is_qualified(word[0]) or (humps(word[0]) > 1 and "`" in line[at:opened])):
        return None, at
    after = end_of(CLOSE, line, word.end())
    mark = SEPARATOR.match(line, after)
    if mark is None and line[after:end].strip() and not line[after : after + 1].isspace():
        return None, at
    if mark is None and line[after:end].strip() and not (word[0].isupper() or is_fault(word[0])):
        return None, at
    return Piece(word.start(), word.end()), mark.end() if mark else after


def _number_at(line: str, at: int, end: int) -> tuple[Found | None, int]:
    """A number that stands alone behind a name, and where the words behind it begin."""
    opened = end_of(OPEN, line, at)
    found = NUMBER.match(line, opened)
    if found is None or not ENDS_WORD.match(line, found.end()):
        return None, at
    stop = found.end()
    again = BRACKETS.match(line, stop)
    if again and isinstance(read_number(unescaped(line[found.start() : again.end()])), IntegerCode):
        stop = again.end()
    after = end_of(CLOSE, line, stop)
    mark = SEPARATOR.match(line, after)
    if mark is None and line[after:end].strip():
        return None, at
    return Found(found.start(), stop, False), mark.end() if mark else after


def _pairs(line: str, at: int, end: int, words: Words) -> tuple[Piece | None, list[Piece]] | None:
    """``; Symbol: ER_NO; SQLSTATE: HY000`` behind a code: the name and the other pairs; ``None`` where it is no such list.

    ``line`` may be only the beginning of one that ends at ``end``; what is not looked at belongs to the last pair.
    """
    first = _PAIR.match(line, at)
    if first is None:
        return None
    name: Piece | None = None
    others: list[Piece] = []
    position = first.end()
    while position < min(end, len(line)):
        cut = _PAIR.search(line, position)
        stop = cut.start() if cut else min(end, len(line))
        label, mark, value = line[position:stop].partition(":" if ":" in line[position:stop] else "：")
        if not mark or not value.strip() or len(label) > 40:
            return None
        start = position + len(label) + 1
        opened = end_of(OPEN, line, start)
        closed = stop - (len(value) - len(value.rstrip(" `*")))
        goes_on = cut is None and len(line) < end
        if name is None and not goes_on and about(label, words) is Column.NAME and is_identifier(line[opened:closed]):
            name = Piece(opened, closed)
        else:
            others.append(Piece(position, end if goes_on else stop))
        if cut is None:
            break
        position = cut.end()
    return name, others
