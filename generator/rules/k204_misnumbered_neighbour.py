"""A row stands under a code that is not its own.

## What it does

Lays the rows of one locale beside those of each peer, by order, names and what translations carry over (identifiers,
numbers, links), and reports a row that stands beside a row of another code, where that code is missing here. A code
that is listed twice, a code that no peer lists, or a name that belongs to the other code must bear it out. A duplicate
that only repeats the other row's text proves nothing and is left to K203.

## Why it matters

One code has two contradicting rows and the other none: readers of that language are told the wrong thing, or nothing.

## Example

```
en                                          zh, ko
| ERR_UPLOAD_NETWORK | 8195 | …             | ERR_UPLOAD_NETWORK    | 8195 | …
| ERR_UPLOAD_NETWORK | 8195 | …             | ERR_UPLOAD_GET_PARAMS | 8196 | …
| ERR_UPLOAD_EMPTY   | 8197 | …             | ERR_UPLOAD_EMPTY      | 8197 | …
```

## How to fix

Correct the code, and the name where it was copied along. To correct a document that is not yours to edit, add an
erratum; the row's code page then says so.
"""

from collections.abc import Iterator
from typing import Final

from generator.alignment import is_slip, normal_name
from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Column, SymbolCode, canonical
from generator.rules.base import Key, Rule, at_row, diagnose_cell, listed, locales, of_code, same_place, witness
from generator.rules.context import Context
from generator.rules.misnumbered import Misnumbered, chains, expected_codes, misnumbered

_SWAPPED: Final = 2
_NAMED: Final = 6
"""So many corrections are named in a hint; of more, the number is given."""


def _check(context: Context) -> Iterator[Diagnostic]:
    for found in context.once(misnumbered):
        entry, expected = found.entry, found.expected.text
        peers = [row for row in found.witnesses if row.edition == entry.edition]
        # Which of two spellings of a word was shipped, no document can tell.
        spelling = isinstance(entry.code, SymbolCode) and is_slip(entry.code.text, expected)
        if spelling:
            message, hint = (
                f"as {expected} in {locales(peers)}",
                "one of the two is a slip; write the code that the interface defines",
            )
        else:
            message, hint = _said(context, found)
        yield diagnose_cell(
            RULE,
            context,
            entry,
            Column.CODE,
            f"row is listed as {entry.code.text} but {message}",
            expected="" if spelling else f"{expected}{_between(found)}",
            related=[witness(row) for row in found.witnesses],
            hint=hint,
            evidence=[expected],
            precision=Precision.VERY_HIGH if found.sure and not spelling else Precision.HIGH,
        )


def _said(context: Context, found: Misnumbered) -> tuple[str, str]:
    """The message's end and the hint, with what went wrong along with the row where it is the first of several."""
    expected, chain = found.expected.text, context.once(chains)[found.entry]
    if len(chain) == 1 or chain[0].entry is not found.entry:
        return f"is {expected}", f"correct the code to {expected}, or add an erratum"
    if len(chain) == _SWAPPED and canonical(chain[1].expected) == canonical(found.entry.code):
        return f"is {expected}; the two codes are swapped", "swap the two codes, or add an erratum for each row"
    steps = [f"{one.entry.code.text} to {one.expected.text}" for one in chain[:_NAMED]]
    more = len(chain) - _NAMED
    return (
        f"is {expected}; {len(chain)} codes are out of step",
        f"correct the codes: {listed([*steps, f'{more} more'] if more > 0 else steps)}",
    )


def _between(found: Misnumbered) -> str:
    if found.before and found.after:
        return f", between {found.before.text} and {found.after.text}"
    near = found.before or found.after
    return f", {'after' if found.before else 'before'} {near.text}" if near else ""


def _explains(context: Context, cause: Diagnostic, other: Diagnostic) -> bool:
    wrong = context.once(expected_codes)
    entry = context.entry_at(cause.span)
    if entry is None or (other.product, other.edition) != (cause.product, cause.edition):
        return False
    expected = wrong[entry].text
    if other.rule == "K202" and other.code == expected:
        return True  # The peers' code looks extra where several locales copied the same slip.
    if other.locale != cause.locale:
        return False
    match other.rule:
        case "K201":
            return other.code == expected
        case "K204":
            chain, there = context.once(chains)[entry], context.entry_at(other.span)
            return chain[0].entry is entry and there is not None and context.once(chains).get(there) is chain
        case "K202" | "N301" | "E803" | "E807":
            return same_place(context, cause, other)
        case "K203":
            twins = context.rows_listing(context.document(entry), canonical(entry.code))
            return same_place(context, cause, other) and sum(1 for row in twins if row not in wrong) <= 1
        case "K206":
            named = context.rows_named(context.document(entry), normal_name(entry.name))
            there = context.entry_at(other.span)
            return there in named and len({canonical(row.code) for row in named if row not in wrong}) <= 1
        case _:
            return False


def _reach(context: Context, cause: Diagnostic) -> Iterator[Key]:
    entry = context.entry_at(cause.span)
    if entry is None:
        return
    yield at_row(cause.span)
    yield of_code(cause, context.once(expected_codes)[entry].text)
    for row in context.rows_named(context.document(entry), normal_name(entry.name)):
        yield of_code(cause, row.code.text)
    chain = context.once(chains)[entry]
    for one in chain if chain[0].entry is entry else ():
        yield at_row(context.code_span(one.entry))


RULE: Final = Rule(
    id="K204",
    name="misnumbered-neighbour",
    severity=Severity.ERROR,
    precision=Precision.VERY_HIGH,
    summary="A row's content is that of a neighbouring code which is missing here",
    docs=__doc__,
    check=_check,
    explains=_explains,
    reach=_reach,
)
