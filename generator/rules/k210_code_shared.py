"""One code means different things in two sections of a product.

## What it does

Compares what a code means wherever a product lists it in the newest edition that has it: by name where both places give
an identifier, else by the words of descriptions and causes in the same locale. Names that differ by a slip or an
abbreviation are the same, and a code restated with the same meaning is no discrepancy. Codes of two products are E808's.

## Why it matters

A number from a log has two answers, and the reader has to know which component returned it.

## Example

“Client errors” lists 1001 as a repeated operation, “Live streaming errors” lists 1001 as a missing permission.

## How to fix

Nothing, where the numbers are really shared: the code's page shows each meaning, and the sections should say when each
applies. Otherwise correct the code that is wrong.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import Final

from generator.alignment import is_identifier, same_name, text_similarity
from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Canonical, Column, Entry, Meaning, ProductId, canonical
from generator.rules.base import Rule, diagnose_cell, listed, witness
from generator.rules.context import Context

_ALIKE: Final = 0.4
"""Texts less alike than this say different things."""
_SAME_WORDS: Final = 0.9
_MANY: Final = 3
"""From so many codes on, two sections that share codes are one discrepancy."""
_NAMED: Final = 8
"""So many codes are named in a message; of more, the number is given."""
_COMPARED: Final = 40
"""So many meanings of one code, and rows of one meaning, are compared; more are plainly each section's own."""
PROSE: Final = (Column.DESCRIPTION, Column.CAUSE, Column.CAUSE_AND_SOLUTION, Column.NAME)
"""The columns that say which error a code is."""


def _check(context: Context) -> Iterator[Diagnostic]:
    places: dict[tuple[ProductId, Canonical], list[Meaning]] = {}
    for own in context.catalog.products:
        for meaning in own.meanings:
            places.setdefault((own.id, canonical(meaning.code)), []).append(meaning)
    sections: dict[tuple[ProductId, tuple[int, ...]], list[list[Entry]]] = {}
    for (owner, _), meanings in places.items():
        clashing = _between_sections(context, _told_apart(context, meanings)) if len(meanings) > 1 else []
        if clashing:
            key = (owner, tuple(meaning.section for meaning, _ in clashing))
            sections.setdefault(key, []).append([entry for _, entry in clashing])
    for several in sections.values():
        if len(several) < _MANY:
            for rows in several:
                yield _in_sections(context, [rows])
        else:
            yield _in_sections(context, several)


def _told_apart(context: Context, meanings: Sequence[Meaning]) -> list[tuple[Meaning, list[Entry]]]:
    """The meanings of one code with their newest rows, of those that say the same in the same words the first."""
    kept: dict[object, tuple[Meaning, list[Entry]]] = {}
    for meaning in meanings:
        rows = newest(context, meaning)
        said = (meaning.product, *((row.locale, row.name, _prose(row)) for row in rows))
        kept.setdefault(said, (meaning, rows))
    return list(kept.values())[:_COMPARED]


def _between_sections(context: Context, told: Sequence[tuple[Meaning, list[Entry]]]) -> list[tuple[Meaning, Entry]]:
    """The meanings of one code that differ from another of the product, each with a row."""
    found: dict[int, tuple[Meaning, Entry]] = {}
    for (first, ours), (second, theirs) in combinations(told, 2):
        for meaning, entry in zip((first, second), clash(context, ours, theirs), strict=False):
            found.setdefault(meaning.section, (meaning, entry))
    return list(found.values())


def newest(context: Context, meaning: Meaning) -> list[Entry]:
    """The rows of the newest edition that has the meaning, the source locale's first."""
    rows = [entry for entry in meaning.entries if entry.edition == meaning.entries[0].edition]
    return sorted(rows, key=lambda entry: entry.locale != context.catalog.source_locale)


def clash(context: Context, ours: Sequence[Entry], theirs: Sequence[Entry]) -> tuple[Entry, Entry] | tuple[()]:
    """A row of each side, of one locale where possible, if the two sides say different things."""
    best: tuple[bool, Entry, Entry] | None = None
    for first, second in product(ours[:_COMPARED], theirs[:_COMPARED]):
        differs = differ(context, first, second)
        if differs is False:
            return ()
        elsewhere = first.locale != second.locale
        if differs and (best is None or elsewhere < best[0]):
            best = (elsewhere, first, second)
    return best[1:] if best else ()


def differ(context: Context, first: Entry, second: Entry) -> bool | None:
    """Whether two rows of one code say different things; ``None`` where they cannot be compared."""
    same_locale = first.locale == second.locale
    if is_identifier(first.name) and is_identifier(second.name):
        if same_name(first.name, second.name):
            return False
        return not (same_locale and _alike(first, second) >= _SAME_WORDS)
    if not same_locale or not _prose(first) or not _prose(second):
        return None
    return _alike(first, second) < _ALIKE and not _speak_alike(context, first, second)


def _alike(first: Entry, second: Entry) -> float:
    return max((text_similarity(one, other) for one in _prose(first) for other in _prose(second)), default=0.0)


def _speak_alike(context: Context, first: Entry, second: Entry) -> bool:
    """Whether half of what one of two rows of one locale speaks of, by the glossary, the other one speaks of, too."""
    ours, theirs = (context.glossary.concepts_in(entry.locale, "\n".join(_prose(entry))) for entry in (first, second))
    return 2 * len(ours & theirs) >= min(len(ours), len(theirs)) > 0


def _prose(entry: Entry) -> tuple[str, ...]:
    return tuple(field.plain for field in entry.fields if field.column in PROSE and not is_identifier(field.plain))


def _in_sections(context: Context, clashes: Sequence[Sequence[Entry]]) -> Diagnostic:
    rows = clashes[0]
    titles = [f"“{context.title(row)}”" for row in rows[:_NAMED]]
    where = listed([*titles, f"{len(rows) - _NAMED} more sections"] if len(rows) > _NAMED else titles)
    place = rows[-1]
    return diagnose_cell(
        RULE,
        context,
        place,
        Column.CODE,
        f"{_codes([row[-1] for row in clashes], 'means', 'mean')} different things in {where}",
        related=[witness(row) for row in rows[: min(len(rows) - 1, _NAMED)]],
        hint="correct the code that is wrong, or say in each section when it applies"
        if len(clashes) == 1
        else "say in each section when its codes apply",
    )


def _codes(rows: Sequence[Entry], one: str, several: str) -> str:
    """The codes of ``rows`` with their verb: the code itself, or of several the number and the first ones."""
    if len(rows) == 1:
        return f"{rows[0].code.text} {one}"
    codes = ", ".join(row.code.text for row in rows[:_NAMED])
    more = max(len(rows) - _NAMED, 0)
    return f"{len(rows)} codes ({codes}{f' and {more} more' if more else ''}) {several}"


RULE: Final = Rule(
    id="K210",
    name="code-shared",
    severity=Severity.WARNING,
    precision=Precision.HIGH,
    summary="One code means different things in two sections",
    docs=__doc__,
    check=_check,
)
