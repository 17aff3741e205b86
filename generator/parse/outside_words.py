"""What the words beside a number say of it: that it is a code, what a paragraph is about, that it counts something."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from generator.codes import normal
from generator.model import Column
from generator.parse.columns import Words, code_words
from generator.parse.headers import Vocabulary, vocabulary_of
from generator.parse.shipped import NAMES, in_any_language

_ERRORS: Final = in_any_language("errors")
"""Words for an error, which say less of a number than words for a code do."""
_CODES: Final = in_any_language("codes")
"""Words for codes that stand in headings: plurals, and languages of which no table's headers are known."""
_COUNTED: Final = in_any_language("counted")
"""Words above numbers that are no codes, whatever the document is about."""
_RANGES: Final = in_any_language("ranges")
"""Words above ranges of numbers that belong together, which are no codes themselves."""
_BARE: Final = in_any_language("bare")
"""Words for a code that head program text and much else, too."""
_ALONE: Final = in_any_language("alone")
"""Words that say of a list below a heading for error codes that it has these."""
_LETTER: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LEAST: Final = 3
"""A word of fewer characters that is written without spaces stands in other words, too."""
_IDENTIFIER: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+")
_QUALIFIED: Final = re.compile(
    r"(?:[A-Za-z]\w{0,80}(?:\.|::)){0,6}[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+|[A-Z]\w{0,80}(?:\.|::)[A-Z]{2,80}"
)
_ERROR_NAME: Final = re.compile(
    r"(?:\w+(?:\.|::))*(?:E|ER|ERR|ERROR)_[A-Z0-9_]+|(?:\w+(?:\.|::))*[A-Z0-9_]+_(?:ERR|ERROR|EXCEPTION)"
    r"|(?:\w+(?:\.|::))*\w*(?:Error|Exception|ErrorCode|ErrorCodes|Errors)(?:\.|::)[A-Z]\w*"
)
_DIGIT: Final = re.compile(r"\d")
_HUMP: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_FAULTS: Final = NAMES.faults
"""Words in the identifiers of errors, which are English in every language."""
_ERROR_WORDS: Final = NAMES.sure_faults
"""Words of these that a setting's name rarely has."""
_STATES: Final = NAMES.states
"""Words that are codes alone, beside those of faults."""
_FIELDS: Final = NAMES.fields
"""Words in capitals that are methods, levels of a log, remarks, fields and titles, wherever they stand."""
_ERRNO: Final = re.compile(r"E[A-Z0-9]{2,30}")
_POSIX: Final = NAMES.posix
"""The names of POSIX that lists of its errors, whole or cut short, have some of."""
_BRIEF: Final = re.compile(r"(?:[A-Z]{1,3}|Err?)-?\d")
_OF_ERRORS: Final = re.compile(r"(?:E|F|ER|ERR|Er|Err)-?\d")
_PREFIXED: Final = re.compile(r"([a-z]{2,10})(?:Err|Error|Fail|Failed)(?:[A-Z][a-z0-9]+)+")
_ACTS: Final = NAMES.acts
"""Words that the names of functions and settings begin with."""
_ENDS: Final = NAMES.ends
"""Words that names end with which hold an error or do something with one."""
_TICKETS: Final = NAMES.tickets
"""Letters before the numbers of standards, tickets, requirements and test cases."""
_MEASURES: Final = NAMES.measures
"""Words in the names of settings and counters, whatever they are about."""
_VARIABLE: Final = NAMES.variables
"""Words that the names of variables are made of, which hold an error and name none."""

_SAYING: Final = (_FAULTS | _STATES) - _VARIABLE
"""Words that are codes alone."""
_NO_CODES: Final = _FIELDS | (_VARIABLE - _FAULTS)
"""Words that are none."""


def told(text: str, words: Words) -> int:
    """Whether ``text`` says that what it stands above or before is codes: 2 of error codes, 1 of errors, 0 of neither."""
    return said(text, words)[0]


def said(text: str, words: Words) -> tuple[int, bool]:
    """What :func:`told` says of ``text``, and whether it heads numbers of another kind: ports, limits, versions, steps."""
    if not text:
        return 0, False
    folded = normal(text).casefold()
    codes, errors, counted = _patterns(_key(words), folded.isascii())
    if codes.search(folded):
        return 2, False
    if counted.search(folded):
        return 0, True
    return (1 if errors.search(folded) else 0), False


def tells_ranges(text: str) -> bool:
    """Whether ``text`` heads the ranges or groups that codes are divided into."""
    folded = normal(text).casefold()
    return bool(_ranges(folded.isascii()).search(folded))


def announces(text: str) -> bool:
    """Whether ``text`` is nothing but a word for codes: ``**Codes:**``."""
    return normal(text).casefold().strip(" *_:#") in _ALONE


def is_label(text: str, words: Words) -> bool:
    """Whether ``text`` before a number says that it is a code: "Error Number", "MySQL error code", "ERROR"."""
    return _is_label(text, _key(words))


@lru_cache(maxsize=4096)
def _is_label(text: str, declared: frozenset[str]) -> bool:
    folded = " ".join(normal(text).casefold().replace("_", " ").split()).strip(" :.#")
    if not folded:
        return False
    known, errors = _labels(declared)
    if folded in known or folded in errors:
        return True
    # Words before the label only say whose code it is.
    _, _, last = folded.partition(" ")
    while last:
        if last in known and " " in last:
            return True
        _, _, last = last.partition(" ")
    return any(folded.endswith(word) for word in known if _LETTER.search(word) and len(word) >= _LEAST)


def about(label: str, words: Words) -> Column | None:
    """What a label before a paragraph says that it holds."""
    if not words and _DIGIT.search(label):
        # No shipped word has one, and "Case 7" is another label than "Case 8".
        return None
    return _about(label.strip(" *_`:：").casefold(), tuple((column, tuple(known)) for column, known in words.items()))


@lru_cache(maxsize=4096)
def _about(label: str, declared: tuple[tuple[Column, tuple[str, ...]], ...]) -> Column | None:
    return _vocabulary(declared).column(label)


@lru_cache(maxsize=16)
def _vocabulary(declared: tuple[tuple[Column, tuple[str, ...]], ...]) -> Vocabulary:
    return vocabulary_of(dict(declared))


def is_identifier(text: str) -> bool:
    """Whether ``text`` is a word that only programs have: ``ER_NO``, ``invalid_size``."""
    return bool(_IDENTIFIER.fullmatch(text))


def is_qualified(text: str) -> bool:
    """Whether ``text`` is such a word, alone or behind the names of what it belongs to: ``LiftError.NO_ROPE``."""
    return bool(_QUALIFIED.fullmatch(text))


def is_error_name(identifier: str) -> bool:
    """Whether a name says without any other words that it names an error: ``NO_ROPE_ERR``, ``LiftError.NO_ROPE``."""
    return bool(_ERROR_NAME.fullmatch(identifier))


def is_constant(identifier: str) -> bool:
    """Whether a name is in capitals, as those of codes are, and is not about a limit or a measure."""
    last = re.split(r"[.:]", identifier)[-1]
    return last.isupper() and not {word.lower() for word in last.split("_")} & _MEASURES


def is_fault(identifier: str) -> bool:
    """Whether an identifier names an error: ``ER_NO``, ``kErrorFull``, ``LOGIN_TIMEOUT``, but not ``read_timeout``."""
    words = {word.lower() for word in _HUMP.findall(identifier)}
    if identifier.islower() and not words & _ERROR_WORDS:
        return False
    if not identifier.isupper() and words & _MEASURES:
        return False
    return len(words) > 1 and bool(words & _FAULTS) and bool(words - _VARIABLE)


def is_prefixed(identifier: str) -> bool:
    """Whether a name in camel case behind the prefix of its library names an error: ``liftErrDoorOpen``."""
    found = _PREFIXED.fullmatch(identifier)
    if found is None or found[1] in _ACTS:
        return False
    last = _HUMP.findall(identifier)[-1].lower()
    return last not in _VARIABLE and last not in _ENDS


def are_errnos(words: Sequence[str]) -> bool:
    """Whether words are written as the names of POSIX's errors, and some are such: ``EACCES``."""
    return all(map(_ERRNO.fullmatch, words)) and not _POSIX.isdisjoint(words)


def is_brief(word: str) -> bool:
    """Whether a word is letters and one digit, as the display of a machine shows a fault: ``E1``."""
    return bool(_BRIEF.fullmatch(word))


def is_brief_error(word: str) -> bool:
    """Whether such a word begins as those of faults do, and not as those of priorities and questions."""
    return bool(_OF_ERRORS.fullmatch(word))


def is_state(word: str) -> bool:
    """Whether a word alone is what a code says: ``TIMEOUT``, ``OK``."""
    return word.lower() in _SAYING


def is_no_code(word: str) -> bool:
    """Whether a word in capitals is a method, a level of a log, a remark or a field, and never a code."""
    return word.lower() in _NO_CODES


def is_ticket(word: str) -> bool:
    """Whether letters and a number name a standard, a ticket or a test case: ``RFC-2119``."""
    return re.split(r"[^A-Za-z]", word)[0].lower() in _TICKETS


def _key(words: Words) -> frozenset[str]:
    return frozenset(words.get(Column.CODE, ()))


@lru_cache(maxsize=64)
def _patterns(declared: frozenset[str], ascii_only: bool) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What tells of codes, of errors and of other numbers, in a text that may be of ASCII alone."""
    known, _ = _labels(declared)
    codes = {word for word in known if word not in _BARE and len(word) >= _LEAST}
    plural = {f"{word}s" for word in codes if word.isascii()}
    return (
        _any_of(codes | plural | set(_CODES), ascii_only),
        _any_of(_ERRORS, ascii_only),
        _any_of(_COUNTED, ascii_only),
    )


@lru_cache(maxsize=2)
def _ranges(ascii_only: bool) -> re.Pattern[str]:
    return _any_of(_RANGES, ascii_only)


@lru_cache(maxsize=64)
def _labels(declared: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(code_words({Column.CODE: tuple(declared)})), frozenset(_ERRORS)


def _any_of(words: Iterable[str], ascii_only: bool) -> re.Pattern[str]:
    """Any of ``words``, as whole words where words have spaces between them.

    With ``ascii_only`` it is for texts of ASCII, in which most words of most languages need not be looked for.
    """
    kept = (word for word in words if word.isascii() or not ascii_only)
    spelled = sorted(kept, key=lambda word: (-len(word), word))
    apart = "|".join(re.escape(word) for word in spelled if not _LETTER.search(word))
    joined = "|".join(re.escape(word) for word in spelled if _LETTER.search(word))
    # Asked only where a word begins: hundreds of words tried at every letter would take most of the time.
    return re.compile(rf"(?<!\w)(?:{apart})(?!\w)" + (f"|{joined}" if joined else ""))
