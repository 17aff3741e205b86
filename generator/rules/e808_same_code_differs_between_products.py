"""Two products of one family list the same code for different things.

## What it does

Finds products that were made from one another: they share ten codes with the very same names or texts, or three that
are a third of the smaller product. For such a pair it reports the codes that have another name in the other product, or whose
description speaks of something else in the same language; all codes of a pair are one diagnostic. Other products share
small numbers by chance, and nothing is said of them. Codes of two sections of one product are K210's.

## Why it matters

Who knows one product of the family takes the code for the one that they know. And where one product's row was edited
and the other's forgotten, one of the two is out of date.

## Example

10005 is a lack of resources in the broadcasting product and a network error in the voice product, under one name.

## How to fix

Where the products really differ, say in both which of them returned the code. Otherwise correct the one that is out of
date.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Canonical, Entry, Locale, Meaning, ProductId, canonical
from generator.rules.base import Rule, diagnose, witness
from generator.rules.context import Context
from generator.rules.k201_code_missing import codes_named
from generator.rules.k210_code_shared import PROSE, clash, differ, newest
from generator.rules.retold import described_otherwise
from generator.rules.scope import Scope

_FAMILY: Final = 10
"""Two products that share so many codes and their meanings are of one family."""
_LEAST: Final = 3
_SHARE: Final = 3
"""So is one that shares one in so many of its codes, if they are a few."""
_SHOWN: Final = 8
"""So many witnesses are shown."""
_PRODUCTS: Final = 40
"""So many products that list a code are compared; a code that more list is everybody's."""

_Pair = tuple[ProductId, ProductId]


def _check(context: Context) -> Iterator[Diagnostic]:
    places: dict[Canonical, dict[ProductId, list[Meaning]]] = {}
    for own in context.catalog.products:
        for meaning in own.meanings:
            places.setdefault(canonical(meaning.code), {}).setdefault(own.id, []).append(meaning)
    sizes = Counter(owner for owners in places.values() for owner in owners)
    shared = {code: dict([*owners.items()][:_PRODUCTS]) for code, owners in places.items() if len(owners) > 1}
    for pair, agreed in _agreeing(shared).items():
        if agreed >= _FAMILY or (agreed >= _LEAST and agreed * _SHARE >= min(sizes[pair[0]], sizes[pair[1]])):
            both = [owners for owners in shared.values() if pair[0] in owners and pair[1] in owners]
            clashes = [one for owners in both if (one := _clash(context, *(owners[product] for product in pair)))]
            if clashes:
                yield _diagnosed(context, pair, clashes)


def _agreeing(shared: Mapping[Canonical, Mapping[ProductId, Sequence[Meaning]]]) -> Counter[_Pair]:
    """How many codes each two products have for the same name, or the same words in one language.

    Looked up and not compared, so that a catalog of many products takes no longer than its rows.
    """
    found: Counter[_Pair] = Counter()
    for owners in shared.values():
        saying: dict[tuple[Locale, str], dict[ProductId, None]] = {}
        for owner, meanings in owners.items():
            for meaning in meanings:
                for entry in meaning.entries:
                    if entry.edition == meaning.entries[0].edition:
                        for field in entry.fields:
                            if field.column in PROSE:
                                saying.setdefault((entry.locale, field.plain), {})[owner] = None
        alike = {tuple(same) for same in saying.values() if len(same) > 1}
        pairs = {pair for same in alike for pair in combinations(same, 2)}
        for pair in pairs:
            found[pair] += 1
    return found


def _clash(context: Context, ours: Sequence[Meaning], theirs: Sequence[Meaning]) -> tuple[Entry, Entry] | None:
    """A row of each of two products if all they say of a code differs."""
    mine, other = ([newest(context, meaning) for meaning in meanings] for meanings in (ours, theirs))
    clashing = [clash(context, one, two) for one, two in product(mine, other)]
    if clashing and all(clashing):
        return clashing[0] or None
    same = list(_same(context, mine, other))
    return same[0] if same and all(described_otherwise(context, *rows) for rows in same) else None


def _same(
    context: Context, ours: Sequence[Sequence[Entry]], theirs: Sequence[Sequence[Entry]]
) -> Iterator[tuple[Entry, Entry]]:
    """Rows of one locale that two products have for one code and that say the same by name, or by text."""
    for first, second in ((one, two) for mine, other in product(ours, theirs) for one, two in product(mine, other)):
        if first.locale == second.locale and differ(context, first, second) is False:
            yield first, second


def _diagnosed(context: Context, pair: _Pair, clashes: Sequence[tuple[Entry, Entry]]) -> Diagnostic:
    place = clashes[0][1]
    codes = codes_named(tuple(row.code for _, row in clashes))
    count = f"{len(clashes)} codes mean" if len(clashes) > 1 else f"{codes} means"
    return diagnose(
        RULE,
        context.document(place),
        context.code_span(place),
        f"{count} different things in {pair[0]} and here{f': {codes}' if len(clashes) > 1 else ''}",
        section=context.title(place),
        related=[witness(row) for both in clashes[:_SHOWN] for row in both if row is not place],
        hint="correct the product that is out of date, or say in both which of them returned the code",
        evidence=[pair[0]],
    )


RULE: Final = Rule(
    id="E808",
    name="same-code-differs-between-products",
    severity=Severity.NOTE,
    precision=Precision.MEDIUM,
    summary="Two products of one family list a code for different things",
    docs=__doc__,
    check=_check,
    scope=Scope.PRODUCTS,
)
