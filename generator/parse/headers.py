"""The words that vendors set above their columns: those that ship with Codeglot, and what a header's words mean."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from generator.codes import normal
from generator.model import Column
from generator.parse.shipped import GRAMMAR, HEADERS, in_any_language

Words = Mapping[Column, Sequence[str]]
"""For each column the header words that mean it, in one language."""

_LONGEST: Final = 60
"""A header of more characters is a text."""
_FEWEST: Final = 2
_FEW: Final = 4
"""Letters of a word that is looked for at the end of another: of Chinese, Japanese or Korean, and of others."""
_NOTE: Final = re.compile(r"\s*\([^()]*\)")
_PLAIN: Final = str.maketrans({"\u0131": "i", "\u0142": "l", "\u0111": "d", "\u00f8": "o", "\u00df": "ss"})
"""Letters that are no letter with an accent, as those write them who have none."""
_SPELLED_OUT: Final = str.maketrans({"\u00e4": "ae", "\u00f6": "oe", "\u00fc": "ue", "\u00df": "ss"})
"""German letters as those write them who have none."""
_JOINS: Final = sorted(in_any_language("joins"))
_SPACED: Final = "|".join(re.escape(word) for word in _JOINS if word < "\u1100")
_SOLID: Final = "|".join(re.escape(word) for word in _JOINS if word >= "\u1100")
_PARTS: Final = re.compile(rf"\s*[/|,;&+\u3001\u30fb\n]\s*|\s+(?:{_SPACED})\s+|\s*(?:{_SOLID})\s*")
_PADDING: Final = re.compile(r"[\s:*_]+")
_SLASH: Final = re.compile(r"\s*/\s*")
_WORD: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_PLURAL: Final = re.compile(r"\((?:s|es|n|en|e)\)")
_SCRIPTS: Final = re.compile(r"(?<=[^\W\da-z\u00c0-\u024f])\s*(?=[a-z])|(?<=[a-z])\s*(?=[^\W\da-z\u00c0-\u024f])")
"""Where a header passes from one script to another, as one in two languages does."""


def folded(words: str) -> str:
    """A header's words as they are compared: case, padding, marks and underscores aside."""
    if words.isascii() and words.replace(" ", "").isalnum():  # Most are so, and thousands ship.
        return " ".join(words.lower().split())
    return _PADDING.sub(" ", _SLASH.sub("/", normal(words).casefold())).strip()


_BETWEEN: Final = re.compile(r"(?<=[\u1100-\u11ff\u2e80-\ud7ff]) (?=[\u1100-\u11ff\u2e80-\ud7ff])")
"""A space between two letters of Chinese, Japanese or Korean, which vendors set or leave out at will."""


def joined(word: str) -> str:
    """Folded words as they are compared where a space between two letters says nothing."""
    return word if word.isascii() else _BETWEEN.sub("", word)


def unaccented(word: str) -> str:
    """Latin letters without their accents, as words are written in a hurry; too short a word stays as it is."""
    if word.isascii():
        return word
    bare = "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))
    bare = bare.translate(_PLAIN)
    return bare if bare.isascii() and len(bare) >= _FEW else word


def _forms(word: str) -> tuple[str, ...]:
    """A folded word as others may write it; one in plain letters is always written so."""
    return (word,) if word.isascii() else (word, joined(word), unaccented(word), word.translate(_SPELLED_OUT))


def _shipped() -> dict[str, dict[str, tuple[str, ...]]]:
    """For each kind of word the folded words of each language."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for language, kinds in HEADERS.items():
        for kind, words in kinds.items():
            found.setdefault(kind, {})[language] = tuple(folded(word) for word in words)
    return found


_SHIPPED: Final = _shipped()


def _set(kind: str) -> frozenset[str]:
    return frozenset(form for words in _SHIPPED[kind].values() for word in words for form in _forms(word))


def _stems(kind: str) -> frozenset[str]:
    """Words that are looked for inside others, where a short one without its accents would be found in any."""
    words = [word for words in _SHIPPED[kind].values() for word in words]
    bare = {form for word in words if len(form := unaccented(word)) > _FEW}
    return frozenset({*words, *map(joined, words), *bare})


SUB_CODES: Final = _set("sub_code")
"""Words of the second half of a code in two columns."""
VAGUE: Final = _set("vague")
"""Words of codes that head the numbers of any list; something beside them has to say that these are codes."""
COUNTING: Final = _set("counting")
"""Words above numbers that only count the rows."""
PARAMETERS: Final = _set("parameters")
"""Words that head tables of parameters or fields, whose numbers are no codes unless a header says so."""
THINGS: Final = _set("things")
"""Words of what has a number of its own, and is no error: commands, registers, frames."""
CONSTANTS: Final = _set("constants")
"""Words above the names of constants, which are the codes where a table of errors has no others."""
AMOUNTS: Final = _set("amounts")
"""Words above numbers that are no codes."""
GROUPS: Final = _set("groups")
"""Words above columns that say to which group a row belongs, such as how bad it is or which part it is about."""
_ERRORS: Final = _stems("errors")
_STATUS: Final = _stems("status")
_LEADING: Final = GRAMMAR.narrowed_behind
"""Languages in which what a word is narrowed by stands behind it."""
ACTS: Final = _set("acts")
"""Words that mean a column, but another where they only end a header, or where no other column says as much."""
_ASKS: Final = re.compile(
    "|".join(re.escape(f"{word} " if word < "\u1100" else word) for word in sorted(in_any_language("asks")))
)
"""How a header begins that is answered with yes or no."""
_MOST: Final = 40


def vocabulary(words: Words) -> dict[str, Column]:
    """Each word that means a column, the first column where two claim it."""
    return _known({column: map(folded, spellings) for column, spellings in words.items()})


def _known(words: Mapping[Column, Iterable[str]]) -> dict[str, Column]:
    """The same for words that are folded."""
    known: dict[str, Column] = {}
    for column, spellings in words.items():
        for spelling in spellings:
            known.setdefault(spelling, column)
            known.setdefault(joined(spelling), column)
    for word, column in list(known.items()):
        if not word.isascii():
            known.setdefault(unaccented(word), column)
            known.setdefault(word.translate(_SPELLED_OUT), column)
    known.pop("", None)
    return known


def _columns() -> dict[str, Column]:
    kinds = {
        "code": Column.CODE,
        "name": Column.NAME,
        "description": Column.DESCRIPTION,
        "cause": Column.CAUSE,
        "solution": Column.SOLUTION,
        "cause_and_solution": Column.CAUSE_AND_SOLUTION,
    }
    return _known({column: sorted(_set(kind)) for kind, column in kinds.items()})


KNOWN: Final = _columns()
"""What the shipped words mean."""


class Vocabulary:
    """What headers mean where some words are declared for a language."""

    def __init__(self, words: Words) -> None:
        """The shipped words, and over them the declared ``words``."""
        self.known = {**KNOWN, **vocabulary(words)} if words else KNOWN

    def column(self, header: str) -> Column | None:
        """The column that a header's words mean; ``None`` where no language knows them.

        Where the whole is unknown, what stands in brackets is left out, and words in two languages or with a stroke
        between them are asked one by one.
        """
        word = folded(header)
        if word not in self.known:
            word = joined(word)
        if word in self.known or len(word) > _LONGEST or _ASKS.match(word):
            return self.known.get(word)
        found = [self.known.get(one) for one in _readings(word)]
        meant = [column for column in found if column is not None]
        if {Column.CAUSE, Column.SOLUTION} <= set(meant):
            return Column.CAUSE_AND_SOLUTION
        return meant[0] if meant else None

    def is_vague(self, header: str) -> bool:
        """Whether a header promises codes only with a word that heads the numbers of any list: ``visibility value``."""
        word = folded(header)
        word = word if word in self.known else joined(word)
        if word in VAGUE or word in self.known:
            return word in VAGUE
        codes = [one for one in _readings(word) if self.known.get(one) is Column.CODE]
        return bool(codes) and VAGUE.issuperset(codes)

    def likely(self, header: str) -> Column | None:
        """The column that a header's words most likely mean because they end, or begin, with words that do.

        They are to be believed only where no header of the table means that column as a whole.
        """
        word = joined(_NOTE.sub("", folded(header)).strip())
        if (
            not word
            or len(word) > _MOST
            or _ASKS.match(word)
            or word in self.known
            or SUB_CODES.intersection((word, *_endings(word)))
        ):
            return None
        for part in _endings(word):
            column = self.known.get(part)
            rest = word.removesuffix(part).strip() if word.endswith(part) else word.removeprefix(part).strip()
            if column and self.known.get(rest) in {*_SAYING, Column.CODE} - {column}:
                return None  # Two headers between which a mark was lost.
            if column in _SAYING and part not in ACTS:
                return column
            own = says_error(part) or (part >= "\u1100" and len(part) > _FEWEST)
            if column is Column.CODE and own and not says_status(word):
                return column
        return None


_SHIPPED_ALONE: Final = Vocabulary({})


def vocabulary_of(words: Words) -> Vocabulary:
    """What headers mean where ``words`` are declared, one value for all tables where none are."""
    return Vocabulary(words) if words else _SHIPPED_ALONE


_SAYING: Final = frozenset({Column.DESCRIPTION, Column.CAUSE, Column.SOLUTION})


def says_error(header: str) -> bool:
    """Whether a header's words speak of errors."""
    word = joined(folded(header))
    return any(stem in word for stem in _ERRORS)


def says_status(header: str) -> bool:
    """Whether a header's words speak of a status, such as that of HTTP."""
    word = joined(folded(header))
    return any(stem in word for stem in _STATUS)


def tells_codes(title: str) -> bool:
    """Whether a heading says that what stands below it is about errors or the codes of a result."""
    word = joined(folded(title))
    return any(stem in word for stem in _ERRORS) or any(name in word for name in _CODE_WORDS)


def says_thing(header: str) -> bool:
    """Whether a header's or a heading's words speak of what has a number of its own, and is no error."""
    word = folded(header)
    solid = joined(word)
    return not THINGS.isdisjoint((word, *_WORD.findall(word))) or any(
        thing in solid for thing in THINGS if thing >= "\u0e00"
    )


@lru_cache(maxsize=4096)
def _endings(word: str) -> tuple[str, ...]:
    """The words at the end of a header, and those at its beginning in languages that narrow a word behind it."""
    ends = [at for at in range(1, len(word)) if _parts_words(word, at)]
    tails = [word[at:].strip() for at in ends]
    heads = [word[:at].strip() for at in reversed(ends)]
    leading = [head for head in heads if head in _LEADING_WORDS]
    return tuple(tail for tail in tails if len(tail) >= (_FEW if tail[0] < "\u1100" else _FEWEST)) + tuple(leading)


def _parts_words(word: str, at: int) -> bool:
    """Whether one word may end and another begin before the character at ``at``."""
    return word[at - 1] in " -/" or (word[at] >= "\u1100" and word[at - 1] != " ") or "\u0e00" <= word[at] < "\u0e80"


_CODE_WORDS: Final = tuple(
    sorted(
        word
        for word, column in KNOWN.items()
        if column is Column.CODE and word not in VAGUE and len(word) > (_FEWEST if word >= "\u1100" else 2 * _FEW)
    )
)
_LEADING_WORDS: Final = frozenset(
    word
    for kind in ("code", "description", "cause", "solution")
    for language, words in _SHIPPED[kind].items()
    if language in _LEADING
    for word in words
)


@lru_cache(maxsize=4096)
def _readings(word: str) -> tuple[str, ...]:
    """The shorter wordings that a header stands for."""
    return tuple(dict.fromkeys(_shorter(word)))


def _shorter(word: str) -> Iterator[str]:
    plain = _PLURAL.sub("", word)
    bare = _NOTE.sub("", plain).strip()
    yield plain
    yield bare
    for whole in (bare, plain.replace("(", "/").replace(")", "")):
        for part in _PARTS.split(whole):
            yield part.strip()
    for part in _SCRIPTS.split(bare):
        yield part.strip()


def is_known_header(header: str) -> bool:
    """Whether a header of these words means a column in any language."""
    return folded(header) in KNOWN
