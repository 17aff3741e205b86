"""A cell lacks a link that its peers have.

## What it does

Counts the links of a row's cell in every locale of an edition, bare URLs among them and each target once, and reports
the cell that has fewer than most peers. A link that stands under another column of the same row is not missing. With
two locales it is the one with fewer links, a warning where that is the source locale; a link that one locale of
several has in addition is a warning there.

## Why it matters

The reader is told to see a page and not which one, or loses the only way to the solution.

## Example

```
zh: 检查网络，参考 [网络问题](https://train.example/doc/51)。
en: Check the network.
```

## How to fix

Put in the link to the page in this language. Two links that lead to the same place under different addresses are
declared with `[[same_links]]` in `catalog.toml`.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Locale
from generator.rules.base import Rule, diagnose_cell, listed, quoted, witness
from generator.rules.context import Context
from generator.rules.links import LinkedCell, LinkUse, linked_cells, links, shown


def _check(context: Context) -> Iterator[Diagnostic]:
    for linked in context.once(linked_cells):
        counts = {locale: len(own) for locale, own in linked.links.items()}
        if len(set(counts.values())) == 1:
            continue
        usual = _usual(counts)
        for locale, count in counts.items():
            peers = [peer for peer, other in counts.items() if peer != locale and other > count]
            fullest = linked.links[peers[0]] if peers else ()
            if count < usual and any(_in_words(linked, locale, use) for use in _missing(linked.links[locale], fullest)):
                continue
            if count < usual and not _moved(context, linked, locale, peers):
                yield _dropped(context, linked, locale, peers)
            elif count > usual:
                yield from _added(context, linked, locale)


def _usual(counts: dict[Locale, int]) -> int:
    """How many links most have; where nothing is most frequent, the highest number."""
    frequent = Counter(counts.values()).most_common()
    if len(frequent) > 1 and frequent[0][1] == frequent[1][1]:
        return max(counts.values())
    return frequent[0][0]


def _moved(context: Context, linked: LinkedCell, locale: Locale, peers: list[Locale]) -> bool:
    """Whether the row as a whole has as many links as the peers' rows."""
    return bool(peers) and _in_row(context, linked, locale) >= min(_in_row(context, linked, peer) for peer in peers)


def _in_row(context: Context, linked: LinkedCell, locale: Locale) -> int:
    return len(set(context.once(_by_row).get(_row(linked, locale), ())))


def _by_row(context: Context) -> dict[tuple[str, int, int], list[object]]:
    found: dict[tuple[str, int, int], list[object]] = {}
    for uses in context.once(links).values():
        for use in uses:
            if use.entry:
                key = (use.document, use.entry.table, use.entry.row)
                found.setdefault(key, []).append((use.column, use.target))
    return found


def _row(linked: LinkedCell, locale: Locale) -> tuple[str, int, int]:
    entry = linked.entry(locale)
    return entry.span.path, entry.table, entry.row


def _dropped(context: Context, linked: LinkedCell, locale: Locale, peers: list[Locale]) -> Diagnostic:
    own, fullest = linked.links[locale], linked.links[peers[0]]
    missing = _missing(own, fullest)
    entry = linked.entry(locale)
    column = linked.cell.column
    fewer = [one for one, others in linked.links.items() if len(others) <= len(own)]
    weak = len(fewer) >= len(peers) and context.catalog.source_locale in fewer
    has = "has no link" if not own else f"has {_number(len(own))}"
    verb = "links" if len(peers) == 1 else "link"
    what = f"{verb} to {quoted(shown(missing[0]))}" if missing else f"{_have(peers)} {_number(len(fullest))}"
    return diagnose_cell(
        RULE,
        context,
        entry,
        column,
        f"{entry.code.text} {has} here; {listed(peers)} {what}",
        related=[witness(linked.entry(peer), column) for peer in peers],
        hint="put in the link to the page in this language",
        evidence=[f"{len(own)} of {len(fullest)}", *(use.target.path for use in missing)],
        severity=Severity.WARNING if weak else None,
        precision=Precision.MEDIUM if weak else None,
    )


def _missing(own: tuple[LinkUse, ...], others: tuple[LinkUse, ...]) -> list[LinkUse]:
    """The others' links that no link of one's own can stand for; empty where that cannot be told."""
    pages = {use.target.page for use in own}
    left = [use for use in others if use.target.page not in pages]
    return left if len(left) == len(others) - len(own) else []


def _in_words(linked: LinkedCell, locale: Locale, use: LinkUse) -> bool:
    """Whether a cell says a link's address in plain words (V505 compares those)."""
    address = shown(use).rstrip("/").casefold()
    return "." in address and address in linked.cell.fields[locale].plain.casefold()


def _added(context: Context, linked: LinkedCell, locale: Locale) -> Iterator[Diagnostic]:
    own = linked.links[locale]
    peers = [peer for peer, others in linked.links.items() if len(others) < len(own)]
    # With fewer than two witnesses against it, the other cell is the one that lacks a link.
    if len(peers) < 2:
        return
    entry, column = linked.entry(locale), linked.cell.column
    theirs = {use.target.page for peer in peers for use in linked.links[peer]}
    extra = [use for use in own if use.target.page not in theirs] or list(own)
    if any(_in_words(linked, peer, extra[0]) for peer in peers):
        return
    yield diagnose_cell(
        RULE,
        context,
        entry,
        column,
        f"{entry.code.text} links to {quoted(shown(extra[0]))} here only",
        span=extra[0].span,
        related=[witness(linked.entry(peer), column) for peer in peers],
        hint=f"take the link out, or put it into {listed(peers)}",
        evidence=["only here", *(use.target.path for use in extra)],
        severity=Severity.WARNING,
        precision=Precision.MEDIUM,
    )


def _have(peers: list[Locale]) -> str:
    return "has" if len(peers) == 1 else "have"


def _number(count: int) -> str:
    return f"{count} link{'s' if count > 1 else ''}"


RULE: Final = Rule(
    id="L401",
    name="link-count",
    severity=Severity.ERROR,
    precision=Precision.HIGH,
    summary="A cell lacks a link that its peers have",
    docs=__doc__,
    check=_check,
)
