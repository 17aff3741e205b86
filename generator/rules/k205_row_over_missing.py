"""A row stands twice, the second time where its peers have another code.

## What it does

Lays the rows of a locale beside those of its peers and reports a row that repeats another one, code, name and texts
alike, in the place of a code that is missing here. A duplicate with words of its own is a row under a wrong number
(K204); one that stands in no missing code's place is only listed twice (K203).

## Why it matters

Readers of that language find nothing under the missing code; its text was never translated, or is lost.

## Example

```
de                                     en
| DOOR_OPEN | 310 | Die Tür klemmt. |  | DOOR_OPEN | 310 | The door sticks. |
| DOOR_OPEN | 310 | Die Tür klemmt. |  | DOOR_LOCK | 311 | The lock is on.  |
```

## How to fix

Write the missing code's row in place of the repeated one. No erratum can do that: the words have to be translated.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from generator.alignment import align, normal_name
from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Canonical, Code, Column, Entry, Locale, canonical
from generator.rules.base import Key, Rule, at_row, diagnose_cell, locales, of_code, same_place, witness
from generator.rules.context import Context, Group
from generator.rules.misnumbered import expected_codes
from generator.text import one_line, visible


class _Copy(Struct, frozen=True):
    """One row that repeats another in the place of a missing code."""

    entry: Entry
    original: Entry
    expected: Code
    witnesses: tuple[Entry, ...]
    between: tuple[Entry | None, Entry | None]
    """The rows of this locale between which the missing code belongs."""


def _check(context: Context) -> Iterator[Diagnostic]:
    for found in context.once(_copies).values():
        code = found.expected.text
        yield diagnose_cell(
            RULE,
            context,
            found.entry,
            Column.CODE,
            f"the row repeats {found.original.code.text} where {code} belongs",
            expected=f"{code}{_where(found)}",
            related=[*map(witness, found.witnesses), witness(found.original)],
            hint=f"write the row of {code} here, as {locales(found.witnesses)} "
            f"{'has' if len({row.locale for row in found.witnesses}) == 1 else 'have'} it",
            evidence=[code],
            precision=Precision.VERY_HIGH if len(found.witnesses) > 1 else Precision.HIGH,
        )


def _where(found: _Copy) -> str:
    before, after = (row.code.text if row and row is not found.entry else "" for row in found.between)
    if before and after:
        return f", between {before} and {after}"
    return f", {'after' if before else 'before'} {before or after}" if before or after else ""


def _copies(context: Context) -> Mapping[Entry, _Copy]:
    """The rows that repeat another one in a missing code's place, in the order of the catalog."""
    return {
        found.entry: found
        for group in context.groups
        if len(group.documents) > 1
        for locale in group.documents
        for found in _in_locale(context, group, locale)
    }


def _in_locale(context: Context, group: Group, locale: Locale) -> Iterator[_Copy]:
    twins = {code: rows for code, rows in group.by_code[locale].items() if len(rows) > 1}
    lacking = [
        peer
        for peer in group.peers(locale)
        if any(not context.rows_listing(group.documents[locale], code) for code in group.by_code[peer])
    ]
    if not twins or not lacking:
        return
    wrong = context.once(expected_codes)
    beside = _beside(group, locale, lacking)
    taken: set[Canonical] = set()
    for index, entry in enumerate(group.rows[locale]):
        original = _original(twins.get(canonical(entry.code), ()), entry)
        counts = Counter(canonical(row.code) for row in beside.get(index, ()))
        if original is None or entry in wrong or not counts:
            continue
        code, most = max(counts.items(), key=lambda pair: pair[1])
        listing = [peer for peer in group.peers(locale) if group.with_code(peer, code)]
        if (
            code == canonical(entry.code)
            or code in taken
            or context.rows_listing(group.documents[locale], code)
            or context.declared.is_retired(group.product, code)
            or 2 * most < len(listing)
            or list(counts.values()).count(most) > 1
        ):
            continue
        taken.add(code)
        witnesses = tuple(row for row in beside[index] if canonical(row.code) == code)
        between = group.neighbours(code, witnesses[0].locale, locale)
        yield _Copy(entry, original, witnesses[0].code, witnesses, between)


def _beside(group: Group, locale: Locale, peers: Sequence[Locale]) -> Mapping[int, list[Entry]]:
    """For each row of a locale the rows of its peers that stand beside it."""
    found: dict[int, list[Entry]] = {}
    for peer in peers:
        for left, right in align(group.rows[locale], group.rows[peer]):
            if left is not None and right is not None:
                found.setdefault(left, []).append(group.rows[peer][right])
    return found


def _original(same: Sequence[Entry], entry: Entry) -> Entry | None:
    """Another row of the same code that says the same, name and words; ``None`` where there is none."""
    said = _said(entry)
    return next((row for row in same if row is not entry and any(said) and _said(row) == said), None)


def _said(entry: Entry) -> tuple[str, ...]:
    return (
        normal_name(entry.name),
        *(one_line(visible(field.plain)).casefold() for field in entry.said),
    )


def _explains(context: Context, cause: Diagnostic, other: Diagnostic) -> bool:
    entry = context.entry_at(cause.span)
    if entry is None or (other.product, other.edition) != (cause.product, cause.edition):
        return False
    code = context.once(_copies)[entry].expected.text
    if other.rule == "K202" and other.code == code:
        return True  # Of two locales the source locale is believed, even where the copy is its own.
    if other.locale != cause.locale:
        return False
    match other.rule:
        case "K201" | "E801":
            return other.code == code
        case "K203" | "K206":
            twins = context.rows_listing(context.document(entry), canonical(entry.code))
            copies = [row for row in twins if row in context.once(_copies)]
            return other.code == cause.code and len(twins) - len(copies) <= 1
        case "G709" | "T604":
            return same_place(context, cause, other)
        case _:
            return False


def _reach(context: Context, cause: Diagnostic) -> Iterator[Key]:
    entry = context.entry_at(cause.span)
    if entry is not None:
        yield at_row(cause.span)
        yield of_code(cause, cause.code)
        yield of_code(cause, context.once(_copies)[entry].expected.text)


RULE: Final = Rule(
    id="K205",
    name="row-over-missing",
    severity=Severity.ERROR,
    precision=Precision.HIGH,
    summary="A row repeats another in the place of a code that is missing",
    docs=__doc__,
    check=_check,
    explains=_explains,
    reach=_reach,
)
