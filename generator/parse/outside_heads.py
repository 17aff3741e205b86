"""The line that a code outside a table begins with: a heading's, a list item's, a paragraph's."""

import re
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from generator.codes import normal, read_code, read_number
from generator.model import CodeRange, Column, IntegerCode
from generator.parse.columns import Words
from generator.parse.outside_words import (
    about,
    is_brief,
    is_fault,
    is_identifier,
    is_label,
    is_prefixed,
    is_qualified,
)

_WIDEST: Final = 400
"""Characters of a line in which its code, its name and what stands in brackets are looked for."""
_TAG = r"<[^<>]{0,200}>"
_OPEN: Final = re.compile(rf"(?:{_TAG}|[*`~\[【「\"“(（\s])*")
_CLOSE: Final = re.compile(r"(?:\]\([^()\s]{0,200}\)|</[^<>]{0,200}>|[*`~\]】」\"”)）]|\\(?=[\])]))*")
_ONE = r"\\?[-\u2212\u2010\u2011+]?(?:0[xX][0-9a-fA-F]{1,32}|\d{1,12})"
_NUMBER: Final = re.compile(rf"({_ONE})(?:\s?(?:[-~\u301c\uff5e\u2013\u81f3]|\.\.\.?)\s?({_ONE}))?")
_MORE: Final = re.compile(rf"(?:\s?[,/、]\s?{_ONE})+")
_SYMBOL: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:(?:::|[.:/\-：])[A-Za-z0-9_]+)*")
_ENDS_WORD: Final = re.compile(r"(?!\w|[.,]\d|[-/:]\d|%|°)")
_SEPARATOR: Final = re.compile(
    r"\s*(?:[:：=|→、，,;；]|[-–—]{1,3}(?=\s|\Z|[^\W\d])|=>|[-=]>|\.(?=\s|\Z)|(?<=;)\s*//+)+\s*"
)
_BRACKETS: Final = re.compile(r"\s*[(（\[【]([^()（）\[\]【】]{1,80})[)）\]】]")
_LABEL: Final = re.compile(r"[^\d:：()（）\[\]`<>=]{1,60}?(?=\s*(?:[:：=#]|[*`_]|\s|\d|\\?-\d))")
_AFTER_LABEL: Final = re.compile(r"\s*(?:\*{1,3}|_{1,2})?\s*[:：=#]?\s*(?:\*{1,3}|_{1,2})?\s*")
_PAIR: Final = re.compile(r"\s*[;；,，]\s*")
_CODED: Final = re.compile(r"[A-Z][A-Z0-9]*[-_.:：]?\d{2,}")
_REFERENCE: Final = re.compile(
    r"[*_`\s]*(?:\[[^\[\]\n]*\]\(\s*<?#[^()\s]*>?\s*\)|<a\s[^<>]*href\s*=\s*[\"']?#[^<>]*>[^<>]*</a>)[*_`\s]*"
)
_TORN: Final = re.compile(r"[0-9OoIlSZB]{3,12}(?![\w.-])")
_JOINED: Final = re.compile(r"([A-Za-z]{2,40})(?:[-_]|(?<=[A-Z]{2}))(?=\d)")
"""A word to which a number is joined: together they are one name, and the hyphen is no minus."""
_IN_CAPITALS: Final = re.compile(r"[A-Z0-9]+(?:[-_][A-Z0-9]+)*(?![-_]?\w)")
_HYPHENED: Final = re.compile(r"[A-Z][A-Z0-9]{0,39}(?:-[A-Z0-9]{1,40}){1,6}(?![-\w])(?=[*`]*\s*[(（]u?\d{1,12}[)）])")
_ERR: Final = re.compile(r"(?:ERR|ERROR)(?:-[A-Z]+)+")
_OF_CODES: Final = re.compile(r"\w+(?:Codes|ErrorCode|ErrCode)")
"""The name of a type that has codes, and of none of these."""
_UPPER: Final = re.compile(r"[A-Z]{2,40}")
_FAINT: Final = re.compile(r"[A-Z][A-Z0-9]{1,39}(?![\w.])|[A-Z][A-Za-z]{0,2}-?\d(?![\w.-])")
_TELLING: Final = re.compile(r"[0-9_.]|[a-z][A-Z]")
"""What an identifier has and a word of a sentence has not."""


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
        return bool(_CODED.fullmatch(normal(self.spelled)))

    @property
    def is_symbol(self) -> bool:
        """Whether the code is a word."""
        return read_number(self.spelled) is None


def read_head(line: str, start: int, end: int, words: Words) -> Head | None:
    """The code that a line begins with between two columns (from 0); ``None`` if it begins with none."""
    within = line[: min(end, start + _WIDEST)]
    opened = _end(_OPEN, within, start)
    found = _code_at(within, opened, labelled=False) or _hyphened(within, opened) or _alone(within, opened, end)
    labelled = found is not None and bool(_ERR.fullmatch(within, found.start, found.end))
    faint = found is None
    if found is None:
        found = _faint(within, opened, end)
    if found is None or found.is_word:
        after = _after_label(within, opened, words)
        joined = _JOINED.match(within, opened)
        if after is not None and joined and is_label(joined[1], words):
            found, labelled, faint = _joined(within, opened, joined.end()), True, False
        elif after is not None:
            opened = _end(_OPEN, within, after.end)
            coded = _code_at(within, opened, labelled=True)
            if coded is not None and coded.is_word and _is_type(within, after.end, coded):
                coded = None
            if coded is not None and (not coded.is_word or after.is_told or "`" in within[after.end : opened]):
                found, labelled, faint = coded, True, False
    if found is None:
        return None
    head = _behind(line, within, end, found, labelled, line[start : found.start], words)
    return replace(head, faint=True) if faint else head


def is_reference(line: str, start: int, end: int) -> bool:
    """Whether all that stands between two columns is a link to a place in the document, as in a list of contents."""
    return bool(_REFERENCE.fullmatch(line, start, min(end, start + _WIDEST)))


def is_torn(line: str, start: int, end: int) -> bool:
    """Whether a line begins with a number of which a digit was written as the letter that looks like it."""
    word = _TORN.match(line, _end(_OPEN, line[:end], start), end)
    return word is not None and not word[0].isdigit() and sum(map(str.isdigit, word[0])) >= len(word[0]) / 2


class _Found(Struct, frozen=True):
    start: int
    end: int
    is_word: bool


def _alone(line: str, start: int, end: int) -> _Found | None:
    """A word in capitals that is all that stands on the line, as ``OK`` does among the names of codes."""
    word = _UPPER.match(line, start)
    if word is None or line[_end(_CLOSE, line, word.end()) : end].strip():
        return None
    return _Found(start, word.end(), True)


def _joined(line: str, start: int, number: int) -> _Found | None:
    """A label and the number joined to it, which begins at ``number``, as one name."""
    rest = _IN_CAPITALS.match(line, number)
    return _Found(start, rest.end(), True) if rest and _ENDS_WORD.match(line, rest.end()) else None


def _hyphened(line: str, start: int) -> _Found | None:
    """Words in capitals with hyphens between them, and a number in brackets behind them."""
    word = _HYPHENED.match(line, start)
    return _Found(start, word.end(), True) if word else None


def _is_type(line: str, start: int, word: _Found) -> bool:
    """Whether a word behind a label, which ends at ``start``, names the type of the codes or is one of several in brackets."""
    if _OF_CODES.fullmatch(line, word.start, word.end):
        return True
    bracketed = any(mark in line[start : word.start] for mark in "(（")
    return bracketed and line[word.end :].lstrip("`* ")[:1] not in {")", "）"}


def _faint(line: str, start: int, end: int) -> _Found | None:
    """A word in capitals or of a letter and a digit, with an end, a mark or brackets behind it."""
    word = _FAINT.match(line, start)
    if word is None or not ((word[0].isupper() and word[0].isalnum()) or is_brief(word[0])):
        return None
    at = _end(_CLOSE, line, word.end())
    brackets = _BRACKETS.match(line, at)
    if brackets:
        at = _end(_CLOSE, line, brackets.end())
    if line[at:end].strip() and not _SEPARATOR.match(line, at):
        return None
    return _Found(start, word.end(), True)


class _Label(Struct, frozen=True):
    end: int
    is_told: bool
    """Whether a colon or its like stands behind the label."""


def _end(pattern: re.Pattern[str], line: str, at: int) -> int:
    found = pattern.match(line, at)
    return found.end() if found else at


def _after_label(line: str, start: int, words: Words) -> _Label | None:
    """Where the value begins behind a word that announces a code."""
    longest: _Label | None = None
    position = start
    # The label is the longest one: "Error" and "Error code" both are.
    for _ in range(6):
        found = _LABEL.match(line, start) if position == start else _longer(line, start, position)
        if found is None:
            return longest
        if is_label(found[0], words):
            after = _end(_AFTER_LABEL, line, found.end())
            longest = _Label(after, any(mark in line[found.end() : after] for mark in ":：=#"))
        position = found.end() + 1
    return longest


def _longer(line: str, start: int, position: int) -> re.Match[str] | None:
    least = position - start
    if least > 60 or position > len(line):
        return None
    pattern = rf"[^\d:：()（）\[\]`<>=]{{{least},60}}?(?=\s*(?:[:：=#]|[*`_]|\s|\d|\\?-\d))"
    return re.compile(pattern).match(line, start)


def _code_at(line: str, at: int, *, labelled: bool) -> _Found | None:
    number = _NUMBER.match(line, at)
    if number:
        end = number.end()
        if number[2] is not None and not _is_range(number[1], number[2], number[0]):
            end = number.end(1)
        more = _MORE.match(line, end)
        if more and labelled:
            end = more.end()
        elif more and not line[more.end() : more.end() + 1].isalpha():
            return None
        if _ENDS_WORD.match(line, end) and read_number(_bare(line[at:end])) is not None:
            return _Found(at, end, False)
        if line[end : end + 1] not in set("_-.:") and not line[end : end + 1].isalpha():
            return None
    word = _SYMBOL.match(line, at)
    if word is None or not _ENDS_WORD.match(line, word.end()):
        return None
    end = word.end()
    if not (_is_told(word[0]) if labelled else _is_coded(word[0])):
        return None
    return _Found(at, end, True) if read_code(word[0]) is not None else None


def _is_range(first: str, last: str, whole: str) -> bool:
    """Whether two numbers with a dash between them are bounds: in ``401 - 3 tries`` they are not."""
    found = read_number(_bare(whole))
    return isinstance(found, CodeRange) and len(last.lstrip("\\-+")) >= len(first.lstrip("\\-+")) and first != last


def _is_told(word: str) -> bool:
    """Whether a word behind a label is a code, and not the first one of a sentence."""
    return bool(_TELLING.search(word)) or bool(_UPPER.fullmatch(word))


def _is_coded(word: str) -> bool:
    """Whether a word looks like a code or an identifier, and not like a word of a language."""
    meant = normal(word)
    return bool(_CODED.fullmatch(meant)) or is_qualified(meant) or _humps(meant) > 1 or is_prefixed(meant)


def _humps(word: str) -> int:
    """How many words an identifier in camel case is made of; 0 where it is none."""
    if not re.fullmatch(r"[A-Za-z0-9.]+", word) or word.islower() or word.isupper():
        return 0
    return len(re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", word)) if re.match(r"k?[A-Z][a-z]", word) else 0


def _bare(text: str) -> str:
    return text.replace("\\", "")


def _behind(line: str, within: str, end: int, code: _Found, labelled: bool, before: str, words: Words) -> Head:
    """What follows a code: brackets, a name, words."""
    spelled = _bare(line[code.start : code.end])
    at = _end(_CLOSE, within, code.end)
    closing = within[code.end : at]
    marked = "`" in closing or "**" in closing
    if closing.endswith((")", "）")) and not any(mark in before for mark in "(（") and "](" not in closing:
        at = code.end
    pairs = _pairs(within, at, end, words) if labelled else None
    if pairs:
        name, others = pairs
        called = line[name.start : name.end] if name else ""
        return Head(
            Piece(code.start, code.end), spelled, labelled, "mark", name, called, tuple(others), None, "", marked
        )
    bracketed = _brackets(within, at, end, is_word=code.is_word)
    name, others, swapped, at = bracketed.name, bracketed.others, bracketed.number, bracketed.end
    ending = "brackets" if at != bracketed.start else ""
    is_swapped = swapped is not None
    mark = _SEPARATOR.match(within, at)
    dotted = bool(mark) and mark is not None and mark[0].strip() == "."
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
        spelled = _bare(line[swapped.start : swapped.end])
    called = line[name.start : name.end] if name else ""
    said = "" if text is None else within[text:end].strip()
    return Head(found, spelled, labelled, ending, name, called, tuple(others), text, said, marked, dotted, is_swapped)


class _Brackets(Struct):
    """What stands in brackets behind a code."""

    start: int
    end: int
    """Where the last bracket ends."""
    name: Piece | None = None
    number: _Found | None = None
    """A number behind a name, which is the code then."""
    others: list[Piece] = []


def _brackets(line: str, at: int, end: int, *, is_word: bool) -> _Brackets:
    found = _Brackets(at, at, None, None, [])
    for _ in range(3):
        brackets = _BRACKETS.match(line, found.end)
        if brackets is None:
            break
        after = _end(_CLOSE, line, brackets.end())
        if line[after:end].strip() and not _SEPARATOR.match(line, after) and not _BRACKETS.match(line, after):
            break
        bare = brackets[1].strip(" `*")
        start = brackets.start(1) + brackets[1].find(bare)
        if is_word and found.number is None and read_number(_bare(bare)) is not None:
            found.number = _Found(start, start + len(bare), False)
        elif not is_word and found.name is None and is_identifier(bare):
            found.name = Piece(start, start + len(bare))
        else:
            found.others.append(Piece(*brackets.span(1)))
        found.end = after
    return found


def _name_at(line: str, at: int, end: int) -> tuple[Piece | None, int]:
    """An identifier that stands before the words, and where these begin."""
    opened = _end(_OPEN, line, at)
    word = _SYMBOL.match(line, opened)
    if word is None or not (is_qualified(word[0]) or (_humps(word[0]) > 1 and "`" in line[at:opened])):
        return None, at
    after = _end(_CLOSE, line, word.end())
    mark = _SEPARATOR.match(line, after)
    if mark is None and line[after:end].strip() and not line[after : after + 1].isspace():
        return None, at
    if mark is None and line[after:end].strip() and not (word[0].isupper() or is_fault(word[0])):
        return None, at
    return Piece(word.start(), word.end()), mark.end() if mark else after


def _number_at(line: str, at: int, end: int) -> tuple[_Found | None, int]:
    """A number that stands alone behind a name, and where the words behind it begin."""
    opened = _end(_OPEN, line, at)
    found = _NUMBER.match(line, opened)
    if found is None or not _ENDS_WORD.match(line, found.end()):
        return None, at
    stop = found.end()
    again = _BRACKETS.match(line, stop)
    if again and isinstance(read_number(_bare(line[found.start() : again.end()])), IntegerCode):
        stop = again.end()
    after = _end(_CLOSE, line, stop)
    mark = _SEPARATOR.match(line, after)
    if mark is None and line[after:end].strip():
        return None, at
    return _Found(found.start(), stop, False), mark.end() if mark else after


def _pairs(line: str, at: int, end: int, words: Words) -> tuple[Piece | None, list[Piece]] | None:
    """``; Symbol: ER_NO; SQLSTATE: HY000`` behind a code: the name and the other pairs; ``None`` where it is no such list."""
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
        opened = _end(_OPEN, line, start)
        closed = stop - (len(value) - len(value.rstrip(" `*")))
        if name is None and about(label, words) is Column.NAME and is_identifier(line[opened:closed]):
            name = Piece(opened, closed)
        else:
            others.append(Piece(position, stop))
        if cut is None:
            break
        position = cut.end()
    return name, others
