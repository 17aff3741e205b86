"""One name stands on two rows of a document.

## What it does

Reports an identifier that names two codes of one document, or that stands twice on one code of a section. The suspect
is the row that other locales or editions name otherwise; failing that, the later one. Rows below it whose names have all
slipped down by one row are consequences.

Not reported: a code that a second section restates under the same name; words that are no identifiers (“Invalid
parameter”); two sections that share several names, such as one for each platform; a table in which names repeat
throughout.

## Why it matters

A reader who searches for the name gets two answers. Mostly the name was copied from the row above.

## Example

```
| ERR_NOT_IN_ROOM | 10006 | The client is not in a room. |
| ERR_NOT_IN_ROOM | 10009 | The room does not exist.     |
```

## How to fix

Give the row the name that the interface defines for its code.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import Final

from generator.alignment import is_identifier, normal_name
from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Column, Document, Entry, canonical
from generator.rules.base import Rule, diagnose_cell, listed, quoted, same_place, witness
from generator.rules.context import Context

_PARALLEL = 3
"""From so many shared names on, two sections are parallel lists."""
_REPEATED_NAMES = 3
"""From so many repeated names on, on a third of its rows, a table's names are no identifiers of rows."""


def _check(context: Context) -> Iterator[Diagnostic]:
    twice = {document.path: _repeated(document) for document in context.catalog.documents}
    for document in context.catalog.documents:
        family = context.edition_of(document)
        for name, rows in twice[document.path].items():
            codes = {canonical(row.code) for row in rows}
            agreeing = [
                other for other in family if {canonical(row.code) for row in twice[other.path].get(name, ())} == codes
            ]
            if len(agreeing) < len(family):
                yield _named_twice(context, rows, ())
            elif document is family[0]:
                # All locales agree; the first one's diagnostic carries them.
                also = [row for other in agreeing[1:] for row in twice[other.path][name]]
                yield _named_twice(context, rows, also)


def _named_twice(context: Context, rows: Sequence[Entry], also: Sequence[Entry]) -> Diagnostic:
    elsewhere = {row: _named_elsewhere(context, row) for row in rows}
    own = normal_name(rows[0].name)
    suspects = [row for row in rows if elsewhere[row] and own not in map(_name, elsewhere[row])]
    place = (suspects or rows)[-1]
    counts = Counter(map(_name, elsewhere[place] if suspects else ()))
    most = max(counts.values(), default=0)
    believed = next((row for row in elsewhere[place] if most and counts[_name(row)] == most), None)
    codes = list(dict.fromkeys(row.code.text for row in rows))
    where = f"names {listed(codes)}" if len(codes) > 1 else f"stands on {len(rows)} rows of {codes[0]}"
    others = [row for row in rows if row is not place]
    witnesses = [row for row in elsewhere[place] if believed and _name(row) == _name(believed)]
    return diagnose_cell(
        RULE,
        context,
        place,
        Column.NAME,
        f"{quoted(place.name)} {where}",
        expected=believed.name if believed else "",
        related=[witness(row) for row in (*others, *witnesses, *also)],
        hint=f"correct the name to {believed.name}, or add an erratum" if believed else "give each row its own name",
        evidence=[own],
    )


def _named_elsewhere(context: Context, row: Entry) -> tuple[Entry, ...]:
    """The rows of the same code with identifiers for names, in the edition's other locales or, failing them, in others."""
    same = [
        other
        for other in context.rows_of_code(row.product, canonical(row.code))
        if is_identifier(other.name) and (other.edition, other.locale) != (row.edition, row.locale)
    ]
    return tuple([other for other in same if other.edition == row.edition] or same)


def _repeated(document: Document) -> dict[str, tuple[Entry, ...]]:
    """Each name that is on several rows, with its rows."""
    found: dict[str, list[Entry]] = {}
    for table in document.tables:
        named = [entry for entry in table.entries if is_identifier(entry.name)]
        counts = Counter(map(_name, named))
        again = [name for name, count in counts.items() if count > 1]
        if len(again) >= _REPEATED_NAMES and 3 * sum(counts[name] for name in again) >= len(named):
            continue
        for entry in named:
            found.setdefault(_name(entry), []).append(entry)
    shared: Counter[tuple[int, int]] = Counter()
    for rows in found.values():
        sections = sorted({row.section for row in rows})
        shared.update(combinations(sections, 2))
    repeated = {}
    for name, rows in found.items():
        kept: list[Entry] = []
        for row in rows:
            parallel = any(shared[one.section, row.section] >= _PARALLEL for one in kept if one.section != row.section)
            restated = any(
                canonical(one.code) == canonical(row.code) and (one.section, one.table) != (row.section, row.table)
                for one in kept
            )
            if not parallel and not restated:
                kept.append(row)
        if len(kept) > 1:
            repeated[name] = tuple(kept)
    return repeated


def _name(entry: Entry) -> str:
    return normal_name(entry.name)


def _explains(context: Context, cause: Diagnostic, other: Diagnostic) -> bool:
    if other.rule not in {"N301", "K202"} or other.span.path != cause.span.path:
        return False
    return (other.rule == "N301" and same_place(context, cause, other)) or _shifted(context, cause, other)


def _shifted(context: Context, cause: Diagnostic, other: Diagnostic) -> bool:
    """Whether every row from the one below the cause to ``other`` carries the name of the code above it."""
    first, last = context.entry_at(cause.span), context.entry_at(other.span)
    if first is None or last is None or first.table != last.table or last.row <= first.row:
        return False
    rows = [row for row in context.table(first).entries if first.row <= row.row <= last.row]
    return all(_name(row) in {_name(one) for one in _named_elsewhere(context, above)} for above, row in pairwise(rows))


RULE: Final = Rule(
    id="K206",
    name="name-duplicated",
    severity=Severity.ERROR,
    precision=Precision.HIGH,
    summary="One name stands on two rows of a document",
    docs=__doc__,
    check=_check,
    explains=_explains,
)
