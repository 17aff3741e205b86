"""A code has another name than in the older edition.

## What it does

Compares the identifiers of each code with those of the next older edition that names it. Renames of one kind are one
diagnostic: what tells them apart is which words of the name were replaced by which. Names that differ only in case or
in where they are broken into lines are the same; where the languages of one edition differ in a name, N301 says so, and
where a code was given away to something else altogether, E804.

## Why it matters

The name is public interface. Code that was written against the old name no longer compiles, and a search for it finds
nothing.

## Example

`CABLE_V2T_FAILED` in the edition of 2021, `CABLE_S2T_FAILED` in the current one.

## How to fix

If the interface was renamed, say so on the page and in the notes on the release, so that the old name is still found.
If it was not, restore the name; one that only looks wrong is declared in `catalog.toml` under `[[products.shipped]]`.
"""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Final

from generator.alignment import is_identifier, normal_name
from generator.diagnostics import Diagnostic, Precision, Severity
from generator.glossary import tokens
from generator.model import Canonical, Column, EditionId, Entry, ProductId, canonical
from generator.rules.base import Rule, diagnose_cell, quoted, witness
from generator.rules.context import Context
from generator.rules.editions import disputed, edition_name
from generator.rules.misnumbered import expected_codes
from generator.rules.retold import reused


def _check(context: Context) -> Iterator[Diagnostic]:
    if all(len(product.editions) < 2 for product in context.catalog.products):
        return
    named = context.once(names_by_edition)
    given_away, doubtful = context.once(reused), context.once(disputed)
    for product in context.catalog.products:
        for index, edition in enumerate(product.editions):
            for (section, code), rows in named.get((product.id, edition.id), {}).items():
                former = (
                    named.get((product.id, older.id), {}).get((section, code), [])
                    for older in product.editions[index + 1 :]
                )
                before = next((same for same in former if same), [])
                ends = [*rows[:1], *before[:1]]
                if any((row.product, row.edition, code) in doubtful for row in ends) or rows[0] in given_away:
                    continue
                if before:
                    yield from _renamed(context, rows, before)


def _renamed(context: Context, rows: list[Entry], before: list[Entry]) -> Iterator[Diagnostic]:
    now, was = (list(dict.fromkeys(normal_name(row.name) for row in same)) for same in (rows, before))
    known = {name.casefold() for name in was}
    # Where an edition disagrees with itself, N301 has to be settled first.
    if len(now) > 1 or len(was) > 1 or now[0].casefold() in known:
        return
    # A name that an edition gives to two codes was copied to one of them, which is K206's to say.
    if any(
        canonical(other.code) != canonical(row.code)
        for row in (rows[0], before[0])
        for other in context.rows_named(context.document(row), normal_name(row.name))
    ):
        return
    change = rewrite(was[0], now[0])
    yield diagnose_cell(
        RULE,
        context,
        rows[0],
        Column.NAME,
        f"{quoted(now[0])} was named {quoted(was[0])} in {edition_name(before[0])} ({change})",
        related=[witness(before[0])],
        hint="if the interface was renamed, tell of it and keep the former name findable; if not, restore it",
        evidence=[change, was[0]],
        cluster=f"{before[0].edition} {change}",
    )


_Names = Mapping[tuple[int, Canonical], list[Entry]]


def names_by_edition(context: Context) -> Mapping[tuple[ProductId, EditionId], _Names]:
    """For each edition the rows that give a code of a section an identifier, the source locale's first."""
    expected = context.once(expected_codes)
    found: dict[tuple[ProductId, EditionId], dict[tuple[int, Canonical], list[Entry]]] = {}
    for group in context.groups:
        own = found.setdefault((group.product, group.edition), {})
        for rows in group.rows.values():
            for row in rows:
                # A misnumbered row's name is another code's; what is right there is said of that row.
                if is_identifier(normal_name(row.name)) and row not in expected:
                    own.setdefault((group.section, canonical(row.code)), []).append(row)
    return found


def rewrite(was: str, now: str) -> str:
    """Which words of a name were replaced by which: ``V2T→S2T``, ``_ERROR→_ERR``, ``VOICE_→APP_``; ``+X`` is new."""
    old, new = (name.upper().split("_") if "_" in name else tokens(name) for name in (was, now))
    changes = [
        (start, end, first, last)
        for kind, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if kind != "equal"
    ]
    if len(changes) > 1 and any(start == end or first == last for start, end, first, last in changes):
        # Words that were moved are one change, from the first to the last of them.
        changes = [(changes[0][0], changes[-1][1], changes[0][2], changes[-1][3])]
    return ", ".join(_told(old, new, change) for change in changes) or f"{was}→{now}"


def _told(old: Sequence[str], new: Sequence[str], change: tuple[int, int, int, int]) -> str:
    start, end, first, last = change
    # Where the change is at one end of the name, the line that joins it to the rest shows which.
    head = "_" if start > 0 and end == len(old) else ""
    tail = "_" if start == 0 and end < len(old) else ""
    before, after = (f"{head}{'_'.join(words)}{tail}" for words in (old[start:end], new[first:last]))
    if start == end:
        return f"+{after}"
    return f"-{before}" if first == last else f"{before}→{after}"


RULE: Final = Rule(
    id="E803",
    name="name-renamed",
    severity=Severity.WARNING,
    precision=Precision.HIGH,
    summary="A code has another name than in the older edition",
    docs=__doc__,
    check=_check,
)
