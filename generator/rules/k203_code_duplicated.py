"""One table, or one section, lists a code twice.

## What it does

Reports a code that a section of one document lists more than once. Two tables that repeat each other (a summary above
the details) are one list, and a table in which every row has a name of its own while codes come again and again, such
as HTTP statuses, is a list of names. In a table whose codes repeat throughout, a second column of codes that tells them
apart (`4000 | 10010`) makes the code whole, and a cell that spans several rows lists its code once. What all locales
list twice may be meant, and is a warning.

## Why it matters

The two rows contradict each other, and often one of them is another code's row (K204).

## Example

```
| ERR_UPLOAD_NETWORK | 8195 | The network fails.                             |
| ERR_UPLOAD_NETWORK | 8195 | The network fails while parameters are loaded. |
```

## How to fix

Give each row its own code, or join the two.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Final

from generator.alignment import normal_name
from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Canonical, Column, Entry, Locale, canonical
from generator.rules.base import Key, Rule, at_row, diagnose_cell, of_code, same_place, witness
from generator.rules.context import Context, Group
from generator.rules.misnumbered import expected_codes

_REPEATED_CODES = 3
"""From so many repeated codes on, a table whose names are all different is a list of names."""

_PART: Final = re.compile(r"[+-]?\d\w*")
"""The second half of a code in two columns."""


def _check(context: Context) -> Iterator[Diagnostic]:
    wrong = context.once(expected_codes)
    for group in context.groups:
        twice = {locale: _repeated(context, rows) for locale, rows in group.rows.items()}
        for locale, codes in twice.items():
            for code, rows in codes.items():
                peers = [peer for peer in group.peers(locale) if len(twice[peer].get(code, ())) == len(rows)]
                if len(peers) == len(group.documents) - 1 and peers and locale != group.reference:
                    continue  # All locales agree; the reference's diagnostic carries them.
                # The row to be mended is the one that is known to be wrong; failing that, the later one.
                place = next((row for row in rows if row in wrong), rows[1])
                yield _twice(context, group, place, rows, peers if len(peers) == len(group.documents) - 1 else [])


def _twice(context: Context, group: Group, place: Entry, rows: tuple[Entry, ...], peers: list[Locale]) -> Diagnostic:
    count = "twice" if len(rows) == 2 else f"{len(rows)} times"
    others = [row for row in rows if row is not place]
    also = [row for peer in peers for row in group.with_code(peer, canonical(place.code))]
    return diagnose_cell(
        RULE,
        context,
        place,
        Column.CODE,
        f"{place.code.text} is listed {count}",
        related=[witness(row) for row in (*others, *also)],
        hint="give each row its own code, or join them",
        # What all languages repeat may be meant: two situations of one code.
        severity=Severity.WARNING if peers else None,
    )


def _repeated(context: Context, rows: tuple[Entry, ...]) -> dict[Canonical, tuple[Entry, ...]]:
    found: dict[tuple[int, Canonical], list[Entry]] = {}
    for entry in rows:
        found.setdefault((entry.section, canonical(entry.code)), []).append(entry)
    tables = _restated({section_code[1]: same for section_code, same in found.items()}, rows)
    repeated = {}
    for (_, code), same in found.items():
        kept = [entry for entry in same if entry.table not in tables or entry.table == same[0].table]
        if len(kept) > 1:
            repeated[code] = tuple(kept)
    if len(repeated) >= _REPEATED_CODES and _names_differ(rows):
        return {}
    sizes = Counter(entry.table for entry in rows)
    counts = Counter((entry.table, canonical(entry.code)) for entry in rows if repeated)
    again = Counter(dict.fromkeys(sizes, 0))
    for (table, _), count in counts.items():
        again[table] += count if count > 1 else 0
    often = {table for table in sizes if 2 * again[table] >= sizes[table]}
    return {code: same for code, same in repeated.items() if not _told_apart(context, same, often)}


def _restated(found: dict[Canonical, list[Entry]], rows: tuple[Entry, ...]) -> frozenset[int]:
    """Tables of which at least half the codes, and more than one, stand in an earlier table of the section."""
    sizes = Counter(entry.table for entry in rows)
    again = Counter(table for same in found.values() for table in {entry.table for entry in same} - {same[0].table})
    return frozenset(table for table, count in again.items() if count > 1 and 2 * count >= sizes[table])


def _told_apart(context: Context, same: tuple[Entry, ...], often: Collection[int]) -> bool:
    """Whether another column of numbers makes the code whole, as in ``4000 | 10010``, or one cell spans the rows.

    The former is believed in the tables of ``often``, in which most rows' codes repeat.
    """
    if len({entry.table for entry in same}) > 1:
        return False
    table = context.table(same[0])
    if len({context.code_span(entry) for entry in same}) < len(same):
        return True
    if same[0].table not in often:
        return False
    cells = [table.raw.rows[entry.row].cells for entry in same]
    return any(
        column is Column.OTHER
        and all(index < len(row) and _PART.fullmatch(row[index].text) for row in cells)
        and len({row[index].text for row in cells}) == len(cells)
        for index, column in enumerate(table.columns)
    )


def _names_differ(rows: tuple[Entry, ...]) -> bool:
    names = [normal_name(entry.name) for entry in rows]
    return all(names) and len(set(names)) == len(names)


def _explains(context: Context, cause: Diagnostic, other: Diagnostic) -> bool:
    first, second = context.entry_at(cause.span), context.entry_at(other.span)
    if other.rule != "K206" or first is None or second is None:
        return False
    same_code = canonical(first.code) == canonical(second.code) and cause.span.path == other.span.path
    return same_place(context, cause, other) or (same_code and not other.expected)


def _reach(_context: Context, cause: Diagnostic) -> Iterator[Key]:
    yield at_row(cause.span)
    yield of_code(cause, cause.code)


RULE: Final = Rule(
    id="K203",
    name="code-duplicated",
    severity=Severity.ERROR,
    precision=Precision.HIGH,
    summary="One table or section lists a code twice",
    docs=__doc__,
    check=_check,
    explains=_explains,
    reach=_reach,
)
