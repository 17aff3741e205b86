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
from itertools import combinations
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
_PROSE: Final = (Column.DESCRIPTION, Column.CAUSE, Column.CAUSE_AND_SOLUTION, Column.NAME)


def _check(context: Context) -> Iterator[Diagnostic]:
    places: dict[object, list[Meaning]] = {}
    for product in context.catalog.products:
        for meaning in product.meanings:
            places.setdefault(canonical(meaning.code), []).append(meaning)
    pairs: dict[tuple[ProductId, ProductId], list[tuple[Entry, Entry]]] = {}
    for meanings in places.values():
        clashing: list[Entry] = []
        for first, second in combinations(meanings, 2):
            if first.product == second.product:
                found = _clash(_newest(context, first), _newest(context, second))
                clashing += [entry for entry in found if entry not in clashing]
        if clashing:
            yield _in_sections(context, clashing)
        for key, clash in _between_products(context, meanings).items():
            pairs.setdefault(key, []).append(clash)
    for clashes in pairs.values():
        if len(clashes) < _MANY:
            for first_row, second_row in clashes:
                yield _in_products(context, [(first_row, second_row)])
        else:
            yield _in_products(context, clashes)


def _between_products(
    context: Context, meanings: Sequence[Meaning]
) -> dict[tuple[ProductId, ProductId], tuple[Entry, Entry]]:
    """For each two products that list a code and agree in none of its meanings, a row of each."""
    found: dict[tuple[ProductId, ProductId], tuple[Entry, Entry]] = {}
    agreed: set[tuple[ProductId, ProductId]] = set()
    for first, second in combinations(meanings, 2):
        if first.product != second.product:
            key = (first.product, second.product)
            clash = _clash(_newest(context, first), _newest(context, second))
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
    verdicts = [
        (first.locale != second.locale, index, first, second, differs)
        for index, (first, second) in enumerate((first, second) for first in ours for second in theirs)
        if (differs := _differ(first, second)) is not None
    ]
    if not verdicts or not all(differs for *_, differs in verdicts):
        return ()
    _, _, first, second, _ = min(verdicts, key=lambda verdict: verdict[:2])
    return first, second


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


def _in_sections(context: Context, rows: Sequence[Entry]) -> Diagnostic:
    titles = [f"“{context.title(row)}”" for row in rows]
    place = rows[-1]
    return diagnose_cell(
        RULE,
        context,
        place,
        Column.CODE,
        f"{place.code.text} means different things in {listed(titles)}",
        related=[witness(row) for row in rows[:-1]],
        hint="correct the code that is wrong, or say in each section when it applies",
    )


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
