"""The amounts a text speaks of: numbers in figures or words with their units, free of what only looks like one."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from typing import Final

import msgspec
from msgspec import Struct

from generator.glossary import Glossary, Numbers, in_locale
from generator.model import Column, Entry, FieldText, Inline, Link, Locale
from generator.rules.aligned import AlignedCell, aligned_cells
from generator.rules.carried import NAME, URL, is_hard, without_places
from generator.rules.context import Context
from generator.text import visible

_SIZES: Final[Mapping[str, tuple[str, int]]] = {
    "us": ("time", 1),
    "ms": ("time", 1_000),
    "s": ("time", 1_000_000),
    "min": ("time", 60_000_000),
    "h": ("time", 3_600_000_000),
    "d": ("time", 86_400_000_000),
    "week": ("time", 7 * 86_400_000_000),
    "month": ("month", 1),
    "year": ("month", 12),
    "bit": ("bit", 1),
    "B": ("byte", 1),
    "KB": ("byte", 1 << 10),
    "MB": ("byte", 1 << 20),
    "GB": ("byte", 1 << 30),
    "TB": ("byte", 1 << 40),
    "bps": ("rate", 1),
    "kbps": ("rate", 1_000),
    "Mbps": ("rate", 1_000_000),
    "Hz": ("frequency", 1),
    "kHz": ("frequency", 1_000),
    "MHz": ("frequency", 1_000_000),
    "fps": ("fps", 1),
    "%": ("%", 1),
}
"""Symbols of units, the same in every language, each with what it measures and how much of that it is."""
_SYMBOLS: Final = {symbol.casefold(): symbol for symbol in _SIZES} | {"sec": "s", "secs": "s", "mins": "min", "hr": "h"}

_CIRCLED: Final = re.compile("[\u2460-\u24ff\u2776-\u2793]")
_MARKER: Final = re.compile(r"(?:^|(?<=[\s:;,.、。(]))\(?(\d{1,2})(?:[.)、:](?!\d))")
_FIGURES: Final = re.compile(
    r"(?<![A-Za-z0-9_.])(?<![A-Za-z]-)(?:[-\u2212](?=\d)(?<![\dA-Za-z)\]]-))?"
    r"(0[xX][0-9A-Fa-f]+|\d{1,3}(?: \d{3})+(?![\d.,])|\d+(?:[.,]\d+)*)(?![.,]?\d|\.[xX*])",
    re.ASCII,
)
_DIGIT: Final = re.compile("[0-9]")
_LETTERS: Final = re.compile(r"[ -]?([A-Za-z]+)")
_LATIN: Final = re.compile(r"[A-Za-z]")
_OWN: Final = re.compile(r"0[xX][0-9A-Fa-f]+|-?\d+")
_GROUPED: Final = tuple(
    (group, point, re.compile(rf"\d{{1,3}}(?:{re.escape(group)}\d{{3}})+(?:{re.escape(point)}\d+)?"))
    for group, point in ((",", "."), (".", ","), (" ", "."))
)
_DECIMAL: Final = re.compile(r"\d+(?:[.,]\d+)?")
_PERCENT: Final = re.compile(r" ?%")


class Amount(Struct, frozen=True, gc=False):
    """One number of a text."""

    text: str
    """As it stands, in the form that :func:`generator.text.visible` gives it."""
    values: tuple[Decimal, ...]
    """What it can mean: ``1.000`` is one or a thousand."""
    unit: str
    """Symbol of its unit; empty where it has none that is known."""
    spelled: bool
    """Whether it is written in words."""
    start: int
    end: int
    """Where number and unit begin and end in :attr:`Amounts.text`."""

    def equals(self, other: "Amount") -> bool:
        """Whether two numbers can mean one amount; a unit that is not known can be any."""
        same = any(value in other.values for value in self.values)
        if not self.unit or not other.unit or self.unit == other.unit:
            return same
        (kind, size), (their_kind, their_size) = _SIZES[self.unit], _SIZES[other.unit]
        return kind == their_kind and any(one * size == two * their_size for one in self.values for two in other.values)

    @property
    def telling(self) -> bool:
        """Whether it is more than a word such as ``one`` or ``both``, which languages leave out."""
        return bool(self.unit) or not {Decimal(1), Decimal(2)} & set(self.values)


class Amounts(Struct, frozen=True, gc=False):
    """All numbers of one cell."""

    text: str
    """The words in which they were found: without links, URLs, hosts and identifiers."""
    found: tuple[Amount, ...]


def amounts(context: Context, entry: Entry, field: FieldText) -> Amounts:
    """The numbers of a cell but for the row's own code."""
    kept = context.once(_kept)
    if id(field) not in kept.amounts:
        kept.amounts[id(field)] = _amounts(context, kept, entry, field)
    return kept.amounts[id(field)]


class _Kept(Struct):
    """What was read once, by locale and by the identity of a cell."""

    read: dict[tuple[Locale, str], Amounts]
    """By text: vendors say one thing of many codes."""
    amounts: dict[int, Amounts]


def _kept(_context: Context) -> _Kept:
    return _Kept({}, {})


def _lexicons(_glossary: Glossary) -> dict[Locale, "_Lexicon"]:
    return {}


def _amounts(context: Context, kept: _Kept, entry: Entry, field: FieldText) -> Amounts:
    text = _prose(field.inlines)
    found = kept.read.get((entry.locale, text))
    if found is None:
        lexicons = context.known(_lexicons)
        if entry.locale not in lexicons:
            lexicons[entry.locale] = _lexicon(in_locale(context.glossary.numbers, entry.locale) or Numbers())
        found = kept.read[entry.locale, text] = _read(text, lexicons[entry.locale])
    if not found.found:
        return found
    codes = _numbers(entry.code.text)
    left = tuple(
        [one for one in found.found if one.unit or len(one.text) <= 2 or codes.isdisjoint(one.values)],
    )
    return Amounts(found.text, left) if len(left) < len(found.found) else found


@lru_cache(maxsize=20_000)
def _numbers(code: str) -> frozenset[Decimal]:
    """The numbers that a code is written with."""
    own = _OWN.findall(visible(code))
    return frozenset(Decimal(int(one, 16) if one[:2].lower() == "0x" else int(one)) for one in own)


def row_amounts(context: Context, entry: Entry, besides: Column) -> tuple[Amount, ...]:
    """The numbers of a row's other cells."""
    return tuple(
        one for field in entry.said if field.column is not besides for one in amounts(context, entry, field).found
    )


@lru_cache(maxsize=100_000)
def _prose(inlines: tuple[Inline, ...]) -> str:
    text = "".join(" " if isinstance(one, Link) else getattr(one, "text", " ") for one in inlines)
    if not text.isascii():
        text = visible(_CIRCLED.sub(" ", text))
    if "://" in text:
        text = URL.sub(" \u00b7 ", text)
    text = without_places(text, " \u00b7 ")
    if "_" in text:
        text = NAME.sub(lambda match: " \u00b7 " if is_hard(match.group()) else match.group(), text)
    return text


class _Lexicon(Struct, frozen=True):
    words: Mapping[str, int]
    word: re.Pattern[str]
    run: re.Pattern[str]
    """One or several number words."""
    behind: re.Pattern[str]
    """A unit or a counter."""
    units: Mapping[str, str]
    factor: re.Pattern[str]
    """A number word that multiplies the figures before it."""
    ordinals: tuple[str, ...]
    anywhere: bool


def _lexicon(own: Numbers) -> _Lexicon:
    words, counters, units, ordinals = own.words.items(), own.counters, own.units.items(), own.ordinals
    spelled = {visible(word).casefold(): value for word, value in words}
    measured = {visible(word).casefold(): symbol for word, symbol in units}
    behind = [*measured, *(visible(one).casefold() for one in counters if one != "*")]
    large = [word for word, value in spelled.items() if value >= 1_000]
    one = _any(spelled, hangul=r"(?<![\uac00-\ud7a3])")
    return _Lexicon(
        spelled,
        re.compile(one),
        re.compile(rf"{one}(?:[ -]?{one})*"),
        re.compile(rf"[ -]?({_any(behind)})"),
        measured,
        re.compile(rf" ?({_any(large)})"),
        tuple(one.casefold() for one in ordinals),
        "*" in counters,
    )


def _any(words: Mapping[str, object] | list[str], *, hangul: str = "") -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    if not ordered:
        return r"(?!)"
    # Hardly any letter begins a word: what stands ahead keeps most places from being tried with each of them.
    heads = "".join(sorted({re.escape(word[:1]) for word in ordered}))
    # Words with the same bounds stand in one group: what begins with a letter is passed over at once, a bound is not.
    alike = groupby(ordered, key=lambda word: _bounds(word, hangul))
    parts = (f"{start}(?:{'|'.join(map(re.escape, words))}){end}" for (start, end), words in alike)
    return f"(?=[{heads}])(?:{'|'.join(parts)})"


def _bounds(word: str, hangul: str) -> tuple[str, str]:
    """What must not stand beside a word: it is whole in a script with letter case, and has ``hangul`` before it in Hangul."""
    start = r"(?<![^\W\d_])" if word[:1].lower() != word[:1].upper() else ""
    end = r"(?![^\W\d_])" if word[-1:].lower() != word[-1:].upper() else ""
    if "\uac00" <= word[:1] <= "\ud7a3":
        start = hangul
    return start, end


def _read(text: str, lexicon: _Lexicon) -> Amounts:
    folded = text.casefold()
    if len(folded) != len(text):
        folded = text
    found = [*_figures(folded, lexicon), *_spelled(folded, lexicon)]
    if not found:
        return Amounts(text, ())
    written = [msgspec.structs.replace(one, text=text[one.start : one.end].strip()) for one in found]
    return Amounts(text, tuple(sorted(written, key=lambda one: one.start)))


def _figures(text: str, lexicon: _Lexicon) -> Iterator[Amount]:
    if not _DIGIT.search(text):
        return
    markers = _markers(text)
    for match in _FIGURES.finditer(text):
        if match.start(1) in markers or _ordinal(text, match.start(), match.end(), lexicon):
            continue
        values = _values(match.group(1))
        if not values:
            continue
        if match.group() != match.group(1):
            values = tuple(-value for value in values)
        end = match.end()
        if factor := lexicon.factor.match(text, end):
            values = tuple(value * lexicon.words[factor.group(1)] for value in values)
            end = factor.end()
        unit, end = _unit(text, end, lexicon)
        if unit is not None:
            yield Amount(text[match.start() : end].strip(), values, unit, spelled=False, start=match.start(), end=end)


def _unit(text: str, end: int, lexicon: _Lexicon) -> tuple[str | None, int]:
    """The unit behind a number and where it ends; ``None`` where the figures are part of a word."""
    if behind := lexicon.behind.match(text, end):
        symbol = lexicon.units.get(behind.group(1))
        if symbol:
            return symbol, behind.end()
    if percent := _PERCENT.match(text, end):
        return "%", percent.end()
    symbol_at = _LETTERS.match(text, end)
    if symbol_at and (symbol := _SYMBOLS.get(symbol_at.group(1).casefold())):
        return symbol, symbol_at.end()
    return (None if _LATIN.match(text, end) else ""), end


@lru_cache(maxsize=20_000)
def _values(figures: str) -> tuple[Decimal, ...]:
    """What figures can mean; nothing for a version, a date and the like."""
    if figures.isdecimal():
        return (Decimal(figures),)
    if figures[:2].lower() == "0x":
        return (Decimal(int(figures, 16)),)
    found = []
    for group, point, expression in _GROUPED:
        if expression.fullmatch(figures):
            found.append(Decimal(figures.replace(group, "").replace(point, ".")))
    if _DECIMAL.fullmatch(figures):
        found.append(Decimal(figures.replace(",", ".")))
    return tuple(dict.fromkeys(found))


def _markers(text: str) -> frozenset[int]:
    """Where the numbers of a list stand: ``1.``, ``2)`` and so on, from one on."""
    at: list[int] = []
    for match in _MARKER.finditer(text):
        if int(match.group(1)) == len(at) + 1:
            at.append(match.start(1))
    return frozenset(at if len(at) > 1 or at == [0] else ())


def _ordinal(text: str, start: int, end: int, lexicon: _Lexicon) -> bool:
    return any(beside(text, start, end, word) for word in lexicon.ordinals)


def beside(text: str, start: int, end: int, word: str) -> bool:
    """Whether a word, whose ``…`` stands for the number, is right before or behind the number from start to end."""
    before, _, after = word.partition("\u2026")
    if before:
        stem = before.rstrip()
        found = text[max(0, start - len(stem) - 3) : start].rstrip()
        whole = not stem[:1].isascii() or not found[: -len(stem)][-1:].isalpha()
        return found.endswith(stem) and whole
    return text[end : end + len(after) + 3].lstrip(" -").startswith(after.lstrip())


def _spelled(text: str, lexicon: _Lexicon) -> Iterator[Amount]:
    for match in lexicon.run.finditer(text):
        if text[: match.start()].rstrip()[-1:].isdigit() or _ordinal(text, match.start(), match.end(), lexicon):
            continue
        behind = lexicon.behind.match(text, match.end())
        if not behind and not lexicon.anywhere:
            continue
        unit = lexicon.units.get(behind.group(1), "") if behind else ""
        end = behind.end() if behind else match.end()
        value = Decimal(_composed(match.group(), lexicon))
        # An article is a number only before a unit.
        if unit or value != 1 or not match.group().isascii():
            yield Amount(text[match.start() : end], (value,), unit, spelled=True, start=match.start(), end=end)


def _composed(run: str, lexicon: _Lexicon) -> int:
    """The number that a run of number words makes: ``三十五``, ``two hundred``."""
    total, current = 0, 0
    for match in lexicon.word.finditer(run):
        value = lexicon.words[match.group()]
        if value >= 1_000:
            total, current = ((total + current) or 1) * value, 0
        elif value in {10, 100}:
            total, current = total + (current or 1) * value, 0
        else:
            current += value
    return total + current


def cell_amounts(context: Context) -> tuple[tuple[AlignedCell, dict[Locale, Amounts]], ...]:
    """The aligned cells of text in which any locale has a number, each with the numbers of every locale."""
    found = []
    for cell in context.once(aligned_cells):
        if cell.column is Column.NAME:
            continue
        rows = cell.row.entries
        own = {locale: amounts(context, rows[locale], field) for locale, field in cell.fields.items()}
        if any(one.found for one in own.values()):
            found.append((cell, own))
    return tuple(found)
