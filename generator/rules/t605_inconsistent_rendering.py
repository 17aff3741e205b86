"""One text is translated in several ways in one column.

## What it does

Collects, for each text that a column of the source locale repeats, how a locale renders it, and reports where the
renderings differ in words; case, width, spaces and punctuation do not count. All renderings with their places are one
diagnostic, at a row of the rarest one. The source locale itself is reported where it varies a text that all others,
two or more, render in one way. A rendering that only lacks a clause is T610.

## Why it matters

The reader takes two wordings for two errors, and a search for one finds half of them.

## Example

```
zh: 参数为空 (7, 12, 19)
en: Parameter is empty (7, 12) · The parameter is null (19)
```

## How to fix

Choose one rendering, usually the most frequent one.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Locale, SourceSpan
from generator.rules.aligned import AlignedCell
from generator.rules.base import Rule, diagnose_cell, listed, quoted, witness
from generator.rules.context import Context
from generator.rules.renderings import outliers, shortened_copies, text_cells
from generator.rules.wording import bare

_WITNESSES: Final = 2
_NAMED: Final = 3
"""So many renderings are quoted in a message; of more, the number is given."""

_Renderings = Mapping[str, Sequence[AlignedCell]]


def _check(context: Context) -> Iterator[Diagnostic]:
    for cells in context.once(text_cells).values():
        first = cells[0].row.group.reference
        for locale in dict.fromkeys(locale for cell in cells for locale in cell.fields):
            shared = [cell for cell in cells if locale in cell.fields]
            for same in _alike(shared, locale, first).values():
                if len(same) > 1 and (renderings := _renderings(context, same, locale)):
                    yield _diagnostic(context, locale, renderings)


def _alike(cells: Sequence[AlignedCell], locale: Locale, first: Locale) -> Mapping[object, list[AlignedCell]]:
    """The cells of which the source locale or, beside itself, every one of several peers says the same."""
    found: dict[object, list[AlignedCell]] = {}
    for cell in cells:
        peers = [peer for peer in cell.fields if peer != locale]
        if locale != first and first in cell.fields:
            found.setdefault(bare(cell.fields[first].plain), []).append(cell)
        elif locale == first and len(peers) >= _WITNESSES:
            found.setdefault(tuple((peer, bare(cell.fields[peer].plain)) for peer in peers), []).append(cell)
    return found


def _renderings(context: Context, cells: Sequence[AlignedCell], locale: Locale) -> _Renderings:
    """The different texts of a locale, the most frequent one first; none where there is but one."""
    lost = context.once(_lost)
    found: dict[str, list[AlignedCell]] = {}
    for cell in cells:
        if cell.fields[locale].span not in lost:
            found.setdefault(bare(cell.fields[locale].plain), []).append(cell)
    ordered = sorted(found, key=lambda text: (-len(found[text]), text))
    return {text: found[text] for text in ordered} if len(found) > 1 else {}


def _lost(context: Context) -> frozenset[SourceSpan]:
    """The texts in which something was lost or added, of which T609 and T610 tell."""
    shortened = [one.cell.fields[one.locale].span for one in context.once(shortened_copies)]
    uneven = [
        one.cell.fields[one.locale].span
        for one in context.once(outliers)
        if one.extreme or (one.fewer_clauses and len(one.peers) >= _WITNESSES)
    ]
    return frozenset((*shortened, *uneven))


def _diagnostic(context: Context, locale: Locale, renderings: _Renderings) -> Diagnostic:
    texts = [(same[0].fields[locale].plain, len(same)) for same in renderings.values()]
    rarest = min(list(renderings.values())[-1], key=lambda cell: cell.row.code.text)
    column = rarest.column
    said = listed(f"{quoted(text)} ({count}×)" for text, count in texts[:_NAMED])
    more = f" and {len(texts) - _NAMED} more" if len(texts) > _NAMED else ""
    first = next(peer for peer in rarest.fields if peer != locale)
    usual = texts[0][0] if texts[0][1] > texts[1][1] else ""
    return diagnose_cell(
        RULE,
        context,
        rarest.entries[locale],
        column,
        f"{quoted(rarest.fields[first].plain)} is rendered as {said}{more}",
        expected=usual,
        related=[witness(cell.entries[locale], column) for same in list(renderings.values())[:-1] for cell in same[:1]],
        hint="choose one rendering" + (f", as a rule {quoted(usual)}" if usual else ""),
        evidence=[bare(rarest.fields[first].plain)],
    )


RULE: Final = Rule(
    id="T605",
    name="inconsistent-rendering",
    severity=Severity.NOTE,
    precision=Precision.MEDIUM,
    summary="One text is translated in several ways in one column",
    docs=__doc__,
    check=_check,
)
