"""One code means different things in two sections of a product, or in two products.

## What it does

Compares what a code means wherever it is listed in the newest edition that has it: by name where both places give an
identifier, else by the words of descriptions and causes in the same locale. Names that differ by a slip or an
abbreviation are the same, and a code restated with the same meaning is no discrepancy.

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
from generator.model import Column, Entry, Meaning, ProductId, canonical
from generator.rules.base import Rule, diagnose_cell, listed, witness
from generator.rules.context import Context

_ALIKE: Final = 0.4
"""Texts less alike than this say different things."""
_SAME_WORDS: Final = 0.9
_MANY: Final = 3
"""From so many codes on, two products that share codes are one discrepancy."""
_NAMED: Final = 8
"""So many codes are named in a message; of more, the number is given."""
_COMPARED: Final = 40
"""So many meanings of one code, and rows of one meaning, are compared; more are plainly each section's own."""
_PROSE: Final = (Column.DESCRIPTION, Column.CAUSE, Column.CAUSE_AND_SOLUTION, Column.NAME)


def _check(context: Context) -> Iterator[Diagnostic]:
    places: dict[object, list[Meaning]] = {}
    for own in context.catalog.products:
        for meaning in own.meanings:
            places.setdefault(canonical(meaning.code), []).append(meaning)
    pairs: dict[tuple[ProductId, ProductId], list[tuple[Entry, Entry]]] = {}
    sections: dict[tuple[ProductId, tuple[int, ...]], list[list[Entry]]] = {}
    for meanings in places.values():
        told = _told_apart(context, meanings)
        for owner, clashing in _between_sections(told).items():
            key = (owner, tuple(meaning.section for meaning, _ in clashing))
            sections.setdefault(key, []).append([entry for _, entry in clashing])
        for pair, clash in _between_products(told).items():
            pairs.setdefault(pair, []).append(clash)
    for several in sections.values():
        if len(several) < _MANY:
            for rows in several:
                yield _in_sections(context, [rows])
        else:
            yield _in_sections(context, several)
    for clashes in pairs.values():
        if len(clashes) < _MANY:
            for first_row, second_row in clashes:
                yield _in_products(context, [(first_row, second_row)])
        else:
            yield _in_products(context, clashes)


def _told_apart(context: Context, meanings: Sequence[Meaning]) -> list[tuple[Meaning, list[Entry]]]:
    """The meanings of one code with their newest rows, of those that say the same in the same words the first."""
    kept: dict[object, tuple[Meaning, list[Entry]]] = {}
    for meaning in meanings:
        rows = _newest(context, meaning)
        said = (meaning.product, *((row.locale, row.name, _prose(row)) for row in rows))
        kept.setdefault(said, (meaning, rows))
    return list(kept.values())[:_COMPARED]


def _between_sections(told: Sequence[tuple[Meaning, list[Entry]]]) -> dict[ProductId, list[tuple[Meaning, Entry]]]:
    """For each product the meanings of one code that differ from another of its own, each with a row."""
    found: dict[ProductId, dict[int, tuple[Meaning, Entry]]] = {}
    for (first, ours), (second, theirs) in combinations(told, 2):
        clash = _clash(ours, theirs) if first.product == second.product else ()
        for meaning, entry in zip((first, second), clash, strict=False):
            found.setdefault(first.product, {}).setdefault(meaning.section, (meaning, entry))
    return {owner: list(clashing.values()) for owner, clashing in found.items()}


def _between_products(
    told: Sequence[tuple[Meaning, list[Entry]]],
) -> dict[tuple[ProductId, ProductId], tuple[Entry, Entry]]:
    """For each two products that list a code and agree in none of its meanings, a row of each."""
    found: dict[tuple[ProductId, ProductId], tuple[Entry, Entry]] = {}
    agreed: set[tuple[ProductId, ProductId]] = set()
    for (first, ours), (second, theirs) in combinations(told, 2):
        if first.product != second.product:
            key = (first.product, second.product)
            clash = _clash(ours, theirs)
            if clash:
                found.setdefault(key, clash)
            else:
                agreed.add(key)
    return {key: clash for key, clash in found.items() if key not in agreed}


def _newest(context: Context, meaning: Meaning) -> list[Entry]:
    """The rows of the newest edition that has the meaning, the source locale's first."""
    rows = [entry for entry in meaning.entries if entry.edition == meaning.entries[0].edition]
    return sorted(rows, key=lambda entry: entry.locale != context.catalog.source_locale)


def _clash(ours: Sequence[Entry], theirs: Sequence[Entry]) -> tuple[Entry, Entry] | tuple[()]:
    """A row of each side, of one locale where possible, if the two sides say different things."""
    best: tuple[bool, Entry, Entry] | None = None
    for first, second in product(ours[:_COMPARED], theirs[:_COMPARED]):
        differs = _differ(first, second)
        if differs is False:
            return ()
        elsewhere = first.locale != second.locale
        if differs and (best is None or elsewhere < best[0]):
            best = (elsewhere, first, second)
    return best[1:] if best else ()


def _differ(first: Entry, second: Entry) -> bool | None:
    """Whether two rows of one code say different things; ``None`` where they cannot be compared."""
    same_locale = first.locale == second.locale
    if is_identifier(first.name) and is_identifier(second.name):
        if same_name(first.name, second.name):
            return False
        return not (same_locale and _alike(first, second) >= _SAME_WORDS)
    if not same_locale or not _prose(first) or not _prose(second):
        return None
    return _alike(first, second) < _ALIKE


def _alike(first: Entry, second: Entry) -> float:
    return max((text_similarity(one, other) for one in _prose(first) for other in _prose(second)), default=0.0)


def _prose(entry: Entry) -> tuple[str, ...]:
    return tuple(field.plain for field in entry.fields if field.column in _PROSE and not is_identifier(field.plain))


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


def _in_products(context: Context, clashes: Sequence[tuple[Entry, Entry]]) -> Diagnostic:
    first, place = clashes[0]
    products = listed((first.product, place.product))
    if len(clashes) == 1:
        message = f"{place.code.text} means different things in {products}"
    else:
        codes = ", ".join(row.code.text for _, row in clashes[:_NAMED])
        more = max(len(clashes) - _NAMED, 0)
        message = (
            f"{len(clashes)} codes mean different things in {products}: {codes}{f' and {more} more' if more else ''}"
        )
    return diagnose_cell(
        RULE,
        context,
        place,
        Column.CODE,
        message,
        related=[witness(row) for row, _ in clashes],
        hint="say in both products which of them returned the code",
        evidence=[first.product],
    )


RULE: Final = Rule(
    id="K210",
    name="code-shared",
    severity=Severity.WARNING,
    precision=Precision.HIGH,
    summary="One code means different things in two sections or products",
    docs=__doc__,
    check=_check,
)
