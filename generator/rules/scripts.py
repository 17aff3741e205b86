"""Which scripts a locale is written in, and which letters of a cell are of another one."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

import babel
from babel.localedata import locale_identifiers

from generator.model import FieldText, Locale, Text
from generator.text import visible

LATIN: Final = "LATIN"
_KANA: Final = "KANA"
_HAN: Final = "CJK"
_NAMES: Final = {"HIRAGANA": _KANA, "KATAKANA": _KANA, "IDEOGRAPHIC": _HAN}
"""Scripts that one language writes side by side, by the first word of their characters' names."""
_NEUTRAL: Final = frozenset({"KATAKANA-HIRAGANA", "MODIFIER", "FEMININE", "MASCULINE", "MICRO", "KELVIN", "OHM"})
"""First words of the names of letters that stand in texts of any script."""
_LEAST_SHARE: Final = 0.02
"""A script with less of a language's letters is borrowed: initials in names of territories."""

_ASIDE: Final = re.compile(
    r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|「[^「」]*」|『[^『』]*』|《[^《》]*》|“[^“”]*”|‘[^‘’]*’|\"[^\"]*\"|`[^`]*`"
)
_OPENING: Final = re.compile(r"[(\[【「『《“‘\"`]")
_RUN: Final = re.compile("f(?:[f-]*f)?")
_LATIN_WORD: Final = re.compile(r"(?<![\w$./:@#-])[a-z]{2,}(?:['’][a-z]+)?(?![\w$/:@]|[.-]\w)", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def script(mark: str) -> str:
    """The script of a letter, by its Unicode name; empty for what is no letter, or is used with any script."""
    if not mark.isalpha():
        return ""
    name = unicodedata.name(mark, "").partition(" ")[0]
    return "" if name in _NEUTRAL else _NAMES.get(name, name)


@cache
def own_scripts(locale: Locale) -> frozenset[str]:
    """The scripts in which CLDR writes the names of territories in a locale; none where it knows no such language.

    A language that is written in several, as the one or the other, has all of them unless the locale names its script.
    """
    known = _known(locale) or _known(locale.partition("-")[0])
    if known is None:
        return frozenset()
    scripted = re.compile(rf"{known.language}_[A-Z][a-z]{{3}}")
    variants = [] if known.script else filter(scripted.fullmatch, locale_identifiers())
    return frozenset(found for one in (known, *map(babel.Locale.parse, variants)) for found in _written(one))


def _written(known: babel.Locale) -> Iterator[str]:
    counts = Counter(found for name in known.territories.values() for mark in name if (found := script(mark)))
    yield from (one for one, count in counts.items() if count > _LEAST_SHARE * counts.total())


def _known(tag: str) -> babel.Locale | None:
    try:
        return babel.Locale.parse(tag, sep="-")
    except (babel.UnknownLocaleError, ValueError):
        return None


def prose(field: FieldText) -> str:
    """A cell's words without what need not be in its language: code, link texts, what stands in brackets or quotes."""
    words = [inline.text for inline in field.inlines if isinstance(inline, Text)]
    return without_asides(" ".join(words) if field.inlines else field.plain)


def without_asides(text: str) -> str:
    """A text without what stands in brackets or quotes; the whole where nothing else is left: that is no quotation."""
    whole = visible(text)
    rest = _ASIDE.sub(" ", whole) if _OPENING.search(whole) else whole
    return rest if rest == whole or any(map(str.isalpha, rest)) else whole


def _is_japanese(mark: str) -> bool:
    """Whether Japan's standards (JIS X 0213, Windows-932) have an ideograph: most simplified ones of China are in none."""
    for standard in ("shift_jisx0213", "cp932"):
        try:
            mark.encode(standard)
        except UnicodeEncodeError:
            continue
        return True
    return False


class _Kinds(dict[int, str]):
    """Which characters are letters of a locale's scripts (``o``), of Latin (``l``), of others (``f``), or none (``-``).

    A table for ``str.translate``, which asks for each character once, and then no more code of ours runs.
    """

    def __init__(self, own: frozenset[str]) -> None:
        super().__init__()
        self._own = own

    def __missing__(self, mark: int) -> str:
        found = script(chr(mark))
        if found == _HAN and _KANA in self._own and not _is_japanese(chr(mark)):
            found = "another way of writing Han"
        kind = "-" if not found else "o" if found in self._own else "l" if found == LATIN else "f"
        self[mark] = kind
        return kind


@cache
def _table(locale: Locale) -> _Kinds:
    return _Kinds(own_scripts(locale))


@lru_cache(maxsize=1 << 17)
def _kinds(locale: Locale, text: str) -> str:
    return text.translate(_table(locale))


@lru_cache(maxsize=1 << 17)
def foreign(locale: Locale, text: str) -> str:
    """The longest run of ``text`` in a script that is neither the locale's own nor Latin; empty where there is none.

    A single Greek letter is a symbol.
    """
    kinds = _kinds(locale, text)
    if "f" not in kinds or not own_scripts(locale):
        return ""
    runs = [text[match.start() : match.end()] for match in _RUN.finditer(kinds)]
    found = max(runs, key=lambda run: sum(map(str.isalpha, run)), default="")
    return "" if len(found) == 1 and script(found) == "GREEK" else found


def speaks(locale: Locale, text: str) -> bool:
    """Whether a text has a letter of the locale's own scripts."""
    return "o" in _kinds(locale, text) or not own_scripts(locale)


@lru_cache(maxsize=1 << 17)
def latin_words(text: str) -> tuple[str, ...]:
    """The words of a text in Latin letters that are no identifiers, addresses or abbreviations, folded."""
    return tuple(word.casefold() for word in _LATIN_WORD.findall(text) if word[1:].islower())
