"""One number is missing in a dense run of codes, in every locale and edition.

## What it does

Looks for a single number that no document of the product lists although at least four codes in a row stand on either
side of it in one section. Ranges and lists count as listed. A section with several such holes leaves numbers out as a
matter of course, and says nothing by default. A code that an older edition lists is no gap.

## Why it matters

Either the code was withdrawn, or it exists and nobody has described it: whoever meets it finds no answer.

## Example

All documents list 7003 to 7007 and 7009 to 7015.

## How to fix

Describe the code. If there is none, declare it in `catalog.toml` under `[[products.retired]]`, with a reason.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import CodeList, CodeRange, Column, Entry, IntegerCode, ProductId
from generator.rules.base import Rule, diagnose_cell, witness
from generator.rules.context import Context, Group
from generator.rules.k209_code_outlier import like

_EACH_SIDE: Final = 4
"""So many codes in a row stand on either side of a gap."""
_FEW: Final = 2
"""A section with more gaps leaves numbers out as a matter of course."""


def _check(context: Context) -> Iterator[Diagnostic]:
    listed = context.once(_listed)
    ranges = context.once(_ranges)
    for product in context.catalog.products:
        newest = product.editions[0].id
        for group in context.groups:
            if (group.product, group.edition) == (product.id, newest):
                yield from _gaps(context, group, listed[product.id], ranges[product.id])


def _gaps(
    context: Context, group: Group, listed: frozenset[int], ranges: tuple[tuple[int, int], ...]
) -> Iterator[Diagnostic]:
    rows: dict[int, Entry] = {}
    for entries in group.rows.values():
        for entry in entries:
            if isinstance(entry.code, IntegerCode):
                rows.setdefault(entry.code.value, entry)
    sides = [offset for step in range(1, _EACH_SIDE + 1) for offset in (-step, step)]
    gaps = [
        value + 1
        for value in sorted(rows)
        if value + 1 not in listed
        and all(value + 1 + offset in rows for offset in sides)
        and not any(first <= value + 1 <= last for first, last in ranges)
        and not context.declared.is_retired(group.product, value + 1)
    ]
    for gap in gaps:
        before, after = rows[gap - 1], rows[gap + 1]
        yield diagnose_cell(
            RULE,
            context,
            before,
            Column.CODE,
            f"{like(before.code, gap)} is listed nowhere, but all numbers round it are",
            related=[witness(after)],
            hint="describe the code, or declare it in catalog.toml under [[products.retired]] if there is none",
            expected=f"{like(before.code, gap)} after it",
            evidence=[str(gap)],
            precision=None if len(gaps) <= _FEW else Precision.LOW,
        )


def _listed(context: Context) -> Mapping[ProductId, frozenset[int]]:
    """The numbers that any document of a product lists, by themselves or in a list."""
    found: dict[ProductId, set[int]] = {product.id: set() for product in context.catalog.products}
    for document in context.catalog.documents:
        for entry in document.entries:
            if isinstance(entry.code, IntegerCode):
                found[document.product].add(entry.code.value)
            elif isinstance(entry.code, CodeList):
                found[document.product].update(entry.code.values)
    return {product: frozenset(values) for product, values in found.items()}


def _ranges(context: Context) -> Mapping[ProductId, tuple[tuple[int, int], ...]]:
    """The ranges that any document of a product lists."""
    found: dict[ProductId, dict[tuple[int, int], None]] = {product.id: {} for product in context.catalog.products}
    for document in context.catalog.documents:
        for entry in document.entries:
            if isinstance(entry.code, CodeRange):
                found[document.product][entry.code.first, entry.code.last] = None
    return {product: tuple(ranges) for product, ranges in found.items()}


RULE: Final = Rule(
    id="K208",
    name="code-gap",
    severity=Severity.NOTE,
    precision=Precision.MEDIUM,
    summary="One number is missing in a dense run of codes, in every locale and edition",
    docs=__doc__,
    check=_check,
)
