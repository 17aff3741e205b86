"""What the cells and names of a row speak of, by the words of the glossary, and which opposite each of them takes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from generator.alignment import is_identifier
from generator.glossary import Axis, Glossary
from generator.matching import Mention
from generator.model import Column, Entry, FieldText, Locale, SourceSpan, SymbolCode
from generator.rules.aligned import AlignedCell, aligned_cells
from generator.rules.context import Context
from generator.rules.wording import running

_LONG: Final = 240
"""From so many characters on, a cell has clauses enough to name one side in passing."""


class Stance(Struct, frozen=True, gc=False):
    """The one side of an axis that a text takes."""

    side: str
    """The concept."""
    negated: bool
    word: str
    """As the text says it."""


def spoken(context: Context, locale: Locale, field: FieldText) -> tuple[Mention, ...]:
    """What a cell speaks of in its own words: code, links and identifiers in it do not count."""
    known = context.once(_known)
    found = known.get(id(field))
    if found is None:
        found = known[id(field)] = context.glossary.mentions(locale, running(field.inlines))
    return found


def _known(_context: Context) -> dict[int, tuple[Mention, ...]]:
    """By the identity of a cell: the context holds them all."""
    return {}


def of_row(context: Context, entry: Entry) -> frozenset[str]:
    """The concepts that a row speaks of in any cell but its code's and its name's."""
    known = context.once(_known_of_rows)
    found = known.get(id(entry))
    if found is None:
        said = [one.concept for field in entry.said for one in spoken(context, entry.locale, field)]
        found = known[id(entry)] = frozenset(said)
    return found


def _known_of_rows(_context: Context) -> dict[int, frozenset[str]]:
    """By the identity of a row: the context holds them all."""
    return {}


def word_of(mention: Mention, field: FieldText) -> str:
    """The word of a mention as the cell writes it."""
    return running(field.inlines)[mention.start : mention.end]


def stance(axis: Axis, field: FieldText, mentions: Iterable[Mention]) -> Stance | None:
    """The side that a cell takes; ``None`` where it speaks of no side, of several, or both affirms and denies one."""
    of_axis = [one for one in mentions if one.concept in axis.sides]
    if len({(one.concept, one.negated) for one in of_axis}) != 1:
        return None
    first = of_axis[0]
    return Stance(first.concept, first.negated, word_of(first, field))


def is_long(fields: Iterable[FieldText]) -> bool:
    """Whether one of some cells has so many clauses that it may name a side in passing."""
    return any(len(field.plain) > _LONG for field in fields)


def name_side(glossary: Glossary, axis: Axis, name: str) -> tuple[str, bool] | None:
    """The side of an axis that an identifier takes, and whether it denies it; ``None`` where it takes none or several."""
    sides = {one for one in glossary.named_as(name) if one[0] in axis.sides}
    return next(iter(sides)) if len(sides) == 1 else None


def identifier(entry: Entry) -> str:
    """What identifies a row beside its number: its name, or a code that is a word; empty where it has neither."""
    if name := entry.name:
        return name if is_identifier(name) else ""
    return entry.code.text if isinstance(entry.code, SymbolCode) else ""


def names_agree(glossary: Glossary, entries: Mapping[Locale, Entry]) -> bool:
    """Whether the names of a code promise the same in every locale; where they do not, N301 has to be settled first."""
    names = {name for entry in entries.values() if (name := identifier(entry))}
    return len(names) <= 1 or len(set(map(glossary.named_as, names))) <= 1


def preferred(glossary: Glossary, concept: str, locale: Locale) -> str:
    """The first word for a concept; empty where the locale has none."""
    words = glossary.words(concept, locale)
    return words[0].strip("*") if words else ""


def word_span(field: FieldText, word: str) -> SourceSpan:
    """The place of a word in a cell, or the cell where it cannot be told."""
    span, at = field.span, field.raw.find(word)
    if at < 0 or span.line != span.end_line or span.end_column - span.column != len(field.raw):
        return span
    return SourceSpan(span.path, span.line, span.column + at, span.line, span.column + at + len(word))


class Contrast(Struct, frozen=True):
    """An aligned cell whose locales take different sides of an axis."""

    cell: AlignedCell
    axis: Axis
    stances: Mapping[Locale, Stance]
    """Of the locales that take a side; all affirm it, or all deny it."""


def contrasts(context: Context) -> tuple[Contrast, ...]:
    """All aligned cells whose locales take different sides of an axis."""
    return tuple(_contrasts(context))


def _contrasts(context: Context) -> Iterator[Contrast]:
    axes = context.known(axes_of)
    for cell in context.once(aligned_cells):
        if cell.column is Column.NAME:
            continue
        said = {locale: spoken(context, locale, field) for locale, field in cell.fields.items()}
        if sum(map(bool, said.values())) < 2:
            continue
        met: dict[int, int] = {}
        for mentions in said.values():
            for at in {at for one in mentions for at in axes.get(one.concept, ())}:
                met[at] = met.get(at, 0) + 1
        for index in sorted(met):
            if met[index] > 1:
                yield from _on_axis(cell, context.glossary.axes[index], said)


def axes_of(glossary: Glossary) -> Mapping[str, Sequence[int]]:
    """For each concept the axes of which it is a side, by index."""
    found: dict[str, list[int]] = {}
    for index, axis in enumerate(glossary.axes):
        for side in axis.sides:
            found.setdefault(side, []).append(index)
    return found


def _on_axis(cell: AlignedCell, axis: Axis, said: Mapping[Locale, tuple[Mention, ...]]) -> Iterator[Contrast]:
    stances = {
        locale: taken for locale, mentions in said.items() if (taken := stance(axis, cell.fields[locale], mentions))
    }
    for negated in (False, True):
        alike = {locale: taken for locale, taken in stances.items() if taken.negated is negated}
        if len({taken.side for taken in alike.values()}) > 1:
            yield Contrast(cell, axis, alike)
