"""A link leads to another page than the same link of a peer does elsewhere.

## What it does

Learns from all rows of a product which page of one locale stands for which page of another. Reports a link that
breaks what at least three others show: one page of a peer has two counterparts here, or two pages of a peer have one
here; the rarer pair is the suspect. Where most locales keep a link as it is, and this one does so elsewhere, another
target here is reported, too.

## Why it matters

One of the links leads to a page about something else: it was copied from a neighbouring row, or its page was not
translated and another took its place.

## Example

Nine rows link `/doc/51` where the peer links `/help/7`. A tenth links `/doc/43` and the peer `/help/7`, too.

## How to fix

Look where both links lead. Set the right target, or declare pages that were made one with `[[same_links]]` in
`catalog.toml`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Locale, ProductId
from generator.rules.base import Rule, diagnose_cell, listed, quoted, witness
from generator.rules.context import Context
from generator.rules.links import LinkedCell, LinkUse, Pair, linked_cells, pairs, shown

_LEAST: Final = 3
"""From so many equal pairs on, a pair that contradicts them is a suspect."""
_KEPT: Final = 0.8
"""Share of a locale's links that lead where the peer's lead, from which on another target is a suspect."""

_Page = tuple[str, str, str]


class _Map(Struct, frozen=True):
    """Which pages of a peer stand for which of a locale, by how many rows."""

    pairs: Counter[tuple[_Page, _Page]]
    own: Mapping[_Page, Counter[_Page]]
    """For each page here the peer's pages."""
    other: Mapping[_Page, Counter[_Page]]
    """For each page of the peer the pages here."""


class _Conflict(Struct, frozen=True):
    """One pair that contradicts the frequent ones."""

    pair: Pair
    reason: str
    both: bool
    """Whether both pages have another usual counterpart."""


def _check(context: Context) -> Iterator[Diagnostic]:
    found: dict[int, list[_Conflict]] = {}
    learned = context.once(_learned)
    for pair in context.once(pairs):
        known = learned[_product(pair), pair.locale, pair.peer]
        if conflict := _conflict(known, pair):
            found.setdefault(id(pair.own), []).append(conflict)
    for conflicts in found.values():
        if _suspect(context, conflicts, found):
            yield _diagnostic(context, conflicts)
    for linked in context.once(linked_cells):
        yield from _strays(context, linked, set(found))


def _suspect(context: Context, conflicts: list[_Conflict], found: Mapping[int, list[_Conflict]]) -> bool:
    """Whether a link contradicts more peers than any of them does.

    Where a page is linked only once, two pages may as well have been made one: that is for the translation to show.
    """
    theirs = max(len(found.get(id(one.pair.other), ())) for one in conflicts)
    source = context.catalog.source_locale
    if conflicts[0].pair.locale == source:
        return len(conflicts) > theirs and all(one.both for one in conflicts)
    return len(conflicts) >= theirs or any(one.pair.peer == source and not one.both for one in conflicts)


def _product(pair: Pair) -> ProductId:
    return pair.own_entry.product


def _learned(context: Context) -> Mapping[tuple[ProductId, Locale, Locale], _Map]:
    counted: dict[tuple[ProductId, Locale, Locale], Counter[tuple[_Page, _Page]]] = {}
    for pair in context.once(pairs):
        key = (_product(pair), pair.locale, pair.peer)
        counted.setdefault(key, Counter())[pair.own.target.page, pair.other.target.page] += 1
    found = {}
    for key, counts in counted.items():
        own: dict[_Page, Counter[_Page]] = {}
        other: dict[_Page, Counter[_Page]] = {}
        for (here, there), count in counts.items():
            own.setdefault(here, Counter())[there] += count
            other.setdefault(there, Counter())[here] += count
        found[key] = _Map(counts, own, other)
    return found


def _conflict(known: _Map, pair: Pair) -> _Conflict | None:
    """How a rare pair contradicts the frequent ones; ``None`` where it does not."""
    here, there = pair.own.target.page, pair.other.target.page
    least = max(_LEAST, 2 * known.pairs[here, there] + 1)
    usual, times = known.other[there].most_common(1)[0]
    stands, others = known.own[here].most_common(1)[0]
    split, merged = usual != here and times >= least, stands != there and others >= least and here != there
    if split:
        reason = f"in {times} other rows the counterpart of that is {quoted(_shown(usual))}"
    elif merged:
        reason = f"in {others} other rows this is the counterpart of {quoted(_shown(stands))}"
    else:
        return None
    return _Conflict(pair, reason, split and merged)


def _diagnostic(context: Context, conflicts: list[_Conflict]) -> Diagnostic:
    first = conflicts[0]
    own, entry = first.pair.own, first.pair.own_entry
    peers = [one.pair for one in conflicts]
    there = first.pair.other.target.page
    return diagnose_cell(
        RULE,
        context,
        entry,
        first.pair.column,
        f"the link leads to {quoted(_written(own))} where {listed(one.peer for one in peers)} "
        f"{'links' if len(peers) == 1 else 'link'} {quoted(_written(first.pair.other))}; {first.reason}",
        span=own.span,
        related=[witness(one.other_entry, first.pair.column) for one in peers],
        hint="see where both links lead; set the right target, or declare equal pages with [[same_links]]",
        evidence=[*own.target.page, *there],
        cluster=" ".join((*own.target.page, *there)),
    )


def _strays(context: Context, linked: LinkedCell, told: set[int]) -> Iterator[Diagnostic]:
    """The one link of a cell that leads elsewhere than those of all peers, where links are kept as they are."""
    single = {locale: own[0] for locale, own in linked.links.items() if len(own) == 1}
    if len(single) < 3:
        return
    page, votes = Counter(use.target.page for use in single.values()).most_common(1)[0]
    if votes < len(single) - 1:
        return
    kept = context.once(_keeping)
    for locale, use in single.items():
        entry = linked.entry(locale)
        if use.target.page == page or id(use) in told or kept.get((entry.product, locale), 0.0) < _KEPT:
            continue
        peers = [peer for peer, other in single.items() if other.target.page == page]
        yield diagnose_cell(
            RULE,
            context,
            entry,
            linked.cell.column,
            f"the link leads to {quoted(_written(use))} here but to {quoted(_shown(page))} in {listed(peers)}",
            span=use.span,
            related=[witness(linked.entry(peer), linked.cell.column) for peer in peers],
            hint="see where both links lead, and set the right target",
            evidence=[*use.target.page, *page],
        )


def _keeping(context: Context) -> Mapping[tuple[ProductId, Locale], float]:
    """For each locale of a product the share of links that lead where any peer's lead, of at least three."""
    counts: dict[tuple[ProductId, Locale], list[bool]] = {}
    for linked in context.once(linked_cells):
        for locale, own in linked.links.items():
            theirs = {use.target.page for peer, uses in linked.links.items() if peer != locale for use in uses}
            for use in own:
                if theirs:
                    counts.setdefault((linked.entry(locale).product, locale), []).append(use.target.page in theirs)
    return {key: sum(same) / len(same) for key, same in counts.items() if len(same) > _LEAST}


def _written(use: LinkUse) -> str:
    return shown(use).partition("#")[0]


def _shown(page: _Page) -> str:
    host, path, query = page
    return f"{host}{path}{'?' if query else ''}{query}"


RULE: Final = Rule(
    id="L402",
    name="link-map-conflict",
    severity=Severity.WARNING,
    precision=Precision.MEDIUM,
    summary="A link leads to another page than its counterparts elsewhere do",
    docs=__doc__,
    check=_check,
)
