"""Links to one target have different words, or the same words where peers tell them apart.

## What it does

Looks at two rows of a document that link the same target. Reports the link whose words differ from those of the first
row while all peers give both links the same words, and the link with the same words while all peers tell them apart.
In a document in another script, words that were left in Latin letters and are not those of the peer are a warning.

## Why it matters

The words of a link are a page's title. Two titles for one page look like two pages; one title for two contents was
copied from the other row.

## Example

```
zh: 80 … [网络问题](/faq)   zh: 81 … [网络问题](/faq)
en: 80 … [Network FAQ](/faq)   en: 81 … [Sounds](/faq)
```

## How to fix

Give the page one title in all its links.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import EditionId, Locale, ProductId
from generator.rules.base import Rule, diagnose_cell, quoted, witness
from generator.rules.context import Context
from generator.rules.links import LinkedCell, LinkUse, Pair, Target, linked_cells, own_scripts, pairs, scripts
from generator.text import one_line, visible

_Key = tuple[ProductId, EditionId, Locale, Target]


def _check(context: Context) -> Iterator[Diagnostic]:
    by_target: dict[_Key, list[tuple[LinkedCell, LinkUse]]] = {}
    for linked in context.once(linked_cells):
        group = linked.cell.row.group
        for locale, own in linked.links.items():
            if len(own) == 1 and own[0].text:
                by_target.setdefault((group.product, group.edition, locale, own[0].target), []).append((linked, own[0]))
    for (_, _, locale, _), uses in by_target.items():
        yield from _differing(context, locale, uses)
        yield from _copied(context, locale, uses)
    for pair in context.once(pairs):
        if _left_over(context, pair):
            yield _untranslated(context, pair)


def _left_over(context: Context, pair: Pair) -> bool:
    """Whether words in Latin letters, where the document is written in others, differ from a peer's for one target."""
    own, other = pair.own, pair.other
    if own.target != other.target or not own.text or not other.text:
        return False
    here, there = context.once(own_scripts)[own.document], context.once(own_scripts)[other.document]
    foreign = bool(here) and not there and not scripts(own.text) and not scripts(other.text)
    return foreign and " " in own.text and _words(own) != _words(other)


def _untranslated(context: Context, pair: Pair) -> Diagnostic:
    return diagnose_cell(
        RULE,
        context,
        pair.own_entry,
        pair.column,
        f"the link reads {quoted(pair.own.text)} here and {quoted(pair.other.text)} in {pair.peer}, for one target",
        span=pair.own.span,
        related=[witness(pair.other_entry, pair.column)],
        hint="give the page its title in this language",
        evidence=[_words(pair.own), _words(pair.other)],
        severity=Severity.WARNING,
    )


def _differing(context: Context, locale: Locale, uses: list[tuple[LinkedCell, LinkUse]]) -> Iterator[Diagnostic]:
    """The rarer words where each peer has the same words for all of them."""
    counts = Counter(_words(use) for _, use in uses)
    if len(counts) < 2:
        return
    usual = next(iter(sorted(counts, key=lambda words: -counts[words])))
    model = next((linked, use) for linked, use in uses if _words(use) == usual)
    for linked, use in uses:
        if _words(use) == usual:
            continue
        alike = _alike(locale, linked, model[0])
        if alike and all(alike.values()):
            yield _diagnostic(context, locale, linked, use, model, [*alike], apart=False)


def _copied(context: Context, locale: Locale, uses: list[tuple[LinkedCell, LinkUse]]) -> Iterator[Diagnostic]:
    """The same words for two rows that every peer, at least two of them, tells apart."""
    first: dict[str, tuple[LinkedCell, LinkUse]] = {}
    for linked, use in uses:
        model = first.setdefault(_words(use), (linked, use))
        alike = _alike(locale, linked, model[0])
        if len(alike) > 1 and not any(alike.values()):
            yield _diagnostic(context, locale, linked, use, model, [*alike], apart=True)


def _alike(locale: Locale, one: LinkedCell, two: LinkedCell) -> dict[Locale, bool]:
    """For each peer that links one target in both rows whether it has the same words for it."""
    found = {}
    for peer, uses in one.links.items():
        others = two.links.get(peer, ())
        if peer != locale and len(uses) == len(others) == 1 and uses[0].target == others[0].target:
            found[peer] = _words(uses[0]) == _words(others[0])
    return found


def _words(use: LinkUse) -> str:
    return one_line(visible(use.text)).casefold().strip(" .")


def _diagnostic(
    context: Context,
    locale: Locale,
    linked: LinkedCell,
    use: LinkUse,
    model: tuple[LinkedCell, LinkUse],
    peers: list[Locale],
    *,
    apart: bool,
) -> Diagnostic:
    column, other = linked.cell.column, model[0].entry(locale)
    said = f"the link reads {quoted(use.text)}"
    return diagnose_cell(
        RULE,
        context,
        linked.entry(locale),
        column,
        f"{said} as in {other.code.text}, where peers tell the two apart"
        if apart
        else f"{said} here and {quoted(model[1].text)} in {other.code.text}, for one target",
        span=use.span,
        related=[witness(linked.entry(peer), column) for peer in peers],
        hint="write the words that fit this row" if apart else "give the page one title in all its links",
        evidence=[_words(use), *([] if apart else [_words(model[1])])],
        cluster=f"{_words(use)} {_words(model[1])}",
    )


RULE: Final = Rule(
    id="L405",
    name="link-text-differs",
    severity=Severity.NOTE,
    precision=Precision.MEDIUM,
    summary="Links to one target have different words where peers have the same, or the other way round",
    docs=__doc__,
    check=_check,
)
