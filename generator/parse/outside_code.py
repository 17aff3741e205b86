"""The code with which a line outside a table begins: a number, a word that only programs have, what a label announces."""

import re
from functools import cache
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from generator.codes import LIST_SEPARATOR, normal, read_code, read_number
from generator.model import CodeRange
from generator.parse.columns import Words
from generator.parse.outside_words import is_brief, is_label, is_prefixed, is_qualified

_TAG = r"<[^<>]{0,200}>"
OPEN: Final = re.compile(rf"(?:{_TAG}|[*`~\[【「\"“(（\s])*")
CLOSE: Final = re.compile(r"(?:\]\([^()\s]{0,200}\)|</[^<>]{0,200}>|[*`~\]】」\"”)）]|\\(?=[\])]))*")
_ONE = r"\\?[-\u2212\u2010\u2011+]?(?:0[xX][0-9a-fA-F]{1,32}|\d{1,12})"
NUMBER: Final = re.compile(rf"({_ONE})(?:\s?(?:[-~\u301c\uff5e\u2013\u81f3]|\.\.\.?)\s?({_ONE}))?")
_MORE: Final = re.compile(rf"(?:\s?[,/、]\s?{_ONE})+")
_LISTED: Final = re.compile(rf"(?:\s?(?:{LIST_SEPARATOR})\s?{_ONE})+")
SYMBOL: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:(?:::|[.:/\-：])[A-Za-z0-9_]+)*")
ENDS_WORD: Final = re.compile(r"(?!\w|[.,]\d|[-/:]\d|%|°)")
SEPARATOR: Final = re.compile(
    r"\s*(?:[:：=|→、，,;；]|[-–—]{1,3}(?=\s|\Z|[^\W\d])|=>|[-=]>|\.(?=\s|\Z)|(?<=;)\s*//+)+\s*"
)
BRACKETS: Final = re.compile(r"\s*[(（\[【]([^()（）\[\]【】]{1,80})[)）\]】]")
_LABEL: Final = re.compile(r"[^\d:：()（）\[\]`<>=]{1,60}?(?=\s*(?:[:：=#]|[*`_]|\s|\d|\\?-\d))")
_AFTER_LABEL: Final = re.compile(r"\s*(?:\*{1,3}|_{1,2})?\s*[:：=#]?\s*(?:\*{1,3}|_{1,2})?\s*")
CODED: Final = re.compile(r"[A-Z][A-Z0-9]*[-_.:：]?\d{2,}")
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


class Found(Struct, frozen=True):
    """A code in a line."""

    start: int
    end: int
    is_word: bool
    """Whether it is a word, and not a number or a range of numbers."""
    labelled: bool = False
    """Whether a word before it says that it is one."""
    faint: bool = False
    """Whether it is a word that much else is, too."""


def find_code(line: str, start: int, end: int, words: Words) -> Found | None:
    """The code that ``line``, a line of which no more than the beginning may be given, begins with at ``start``.

    ``end`` is where the whole line ends; ``words`` are the declared header words of the document's language.
    """
    opened = end_of(OPEN, line, start)
    found = _code_at(line, opened, labelled=False) or _hyphened(line, opened) or _alone(line, opened, end)
    if found is not None and _ERR.fullmatch(line, found.start, found.end):
        found = replace(found, labelled=True)
    if found is None:
        found = _faint(line, opened, end)
    if found is None or found.is_word:
        after = _after_label(line, opened, words)
        joined = _JOINED.match(line, opened)
        if after is not None and joined and is_label(joined[1], words):
            found = _joined(line, opened, joined.end())
        elif after is not None:
            opened = end_of(OPEN, line, after.end)
            coded = _code_at(line, opened, labelled=True)
            if coded is not None and coded.is_word and _is_type(line, after.end, coded):
                coded = None
            if coded is not None and (not coded.is_word or after.is_told or "`" in line[after.end : opened]):
                found = coded
    return found


def is_torn(line: str, start: int, end: int) -> bool:
    """Whether a line begins with a number of which a digit was written as the letter that looks like it."""
    word = _TORN.match(line, end_of(OPEN, line[:end], start), end)
    return word is not None and not word[0].isdigit() and sum(map(str.isdigit, word[0])) >= len(word[0]) / 2


def _alone(line: str, start: int, end: int) -> Found | None:
    """A word in capitals that is all that stands on the line, as ``OK`` does among the names of codes."""
    word = _UPPER.match(line, start)
    if word is None or line[end_of(CLOSE, line, word.end()) : end].strip():
        return None
    return Found(start, word.end(), True)


def _joined(line: str, start: int, number: int) -> Found | None:
    """A label and the number joined to it, which begins at ``number``, as one name."""
    rest = _IN_CAPITALS.match(line, number)
    return Found(start, rest.end(), True, labelled=True) if rest and ENDS_WORD.match(line, rest.end()) else None


def _hyphened(line: str, start: int) -> Found | None:
    """Words in capitals with hyphens between them, and a number in brackets behind them."""
    word = _HYPHENED.match(line, start)
    return Found(start, word.end(), True) if word else None


def _is_type(line: str, start: int, word: Found) -> bool:
    """Whether a word behind a label, which ends at ``start``, names the type of the codes or is one of several in brackets."""
    if _OF_CODES.fullmatch(line, word.start, word.end):
        return True
    bracketed = any(mark in line[start : word.start] for mark in "(（")
    return bracketed and line[word.end :].lstrip("`* ")[:1] not in {")", "）"}


def _faint(line: str, start: int, end: int) -> Found | None:
    """A word in capitals or of a letter and a digit, with an end, a mark or brackets behind it."""
    word = _FAINT.match(line, start)
    if word is None or not ((word[0].isupper() and word[0].isalnum()) or is_brief(word[0])):
        return None
    at = end_of(CLOSE, line, word.end())
    brackets = BRACKETS.match(line, at)
    if brackets:
        at = end_of(CLOSE, line, brackets.end())
    if line[at:end].strip() and not SEPARATOR.match(line, at):
        return None
    return Found(start, word.end(), True, faint=True)


class _Label(Struct, frozen=True):
    end: int
    is_told: bool
    """Whether a colon or its like stands behind the label."""


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
            after = end_of(_AFTER_LABEL, line, found.end())
            longest = _Label(after, any(mark in line[found.end() : after] for mark in ":：=#"))
        position = found.end() + 1
    return longest


def _longer(line: str, start: int, position: int) -> re.Match[str] | None:
    least = position - start
    if least > 60 or position > len(line):
        return None
    return _label_of(least).match(line, start)


@cache
def _label_of(least: int) -> re.Pattern[str]:
    """A label of at least so many characters and at most 60."""
    return re.compile(rf"[^\d:：()（）\[\]`<>=]{{{least},60}}?(?=\s*(?:[:：=#]|[*`_]|\s|\d|\\?-\d))")


def _code_at(line: str, at: int, *, labelled: bool) -> Found | None:
    number = NUMBER.match(line, at)
    if number:
        end = number.end()
        if number[2] is not None and not _is_range(number[1], number[2], number[0]):
            end = number.end(1)
        more = (_LISTED if labelled else _MORE).match(line, end)
        if more and labelled:
            end = more.end()
        elif more and not line[more.end() : more.end() + 1].isalpha():
            return None
        if ENDS_WORD.match(line, end) and read_number(unescaped(line[at:end])) is not None:
            return Found(at, end, False, labelled)
        if line[end : end + 1] not in set("_-.:") and not line[end : end + 1].isalpha():
            return None
    word = SYMBOL.match(line, at)
    if word is None or not ENDS_WORD.match(line, word.end()):
        return None
    end = word.end()
    if not (_is_told(word[0]) if labelled else _is_coded(word[0])):
        return None
    return Found(at, end, True, labelled) if read_code(word[0]) is not None else None


def _is_range(first: str, last: str, whole: str) -> bool:
    """Whether two numbers with a dash between them are bounds: in ``401 - 3 tries`` they are not."""
    found = read_number(unescaped(whole))
    return isinstance(found, CodeRange) and len(last.lstrip("\\-+")) >= len(first.lstrip("\\-+")) and first != last


def _is_told(word: str) -> bool:
    """Whether a word behind a label is a code, and not the first one of a sentence."""
    return bool(_TELLING.search(word)) or bool(_UPPER.fullmatch(word))


def _is_coded(word: str) -> bool:
    """Whether a word looks like a code or an identifier, and not like a word of a language."""
    meant = normal(word)
    return bool(CODED.fullmatch(meant)) or is_qualified(meant) or humps(meant) > 1 or is_prefixed(meant)


def humps(word: str) -> int:
    """How many words an identifier in camel case is made of; 0 where it is none."""
    if not re.fullmatch(r"[A-Za-z0-9.]+", word) or word.islower() or word.isupper():
        return 0
    return len(re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", word)) if re.match(r"k?[A-Z][a-z]", word) else 0


def end_of(pattern: re.Pattern[str], line: str, at: int) -> int:
    """Where ``pattern`` ends that begins at ``at``; there where it does not."""
    found = pattern.match(line, at)
    return found.end() if found else at


def unescaped(text: str) -> str:
    """``text`` without the strokes that escape Markdown's marks."""
    return text.replace("\\", "")
