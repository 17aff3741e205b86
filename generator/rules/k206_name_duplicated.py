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

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from generator.alignment import is_identifier, normal_name
from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Canonical, Column, Document, EditionId, Entry, Locale, ProductId, SourceSpan, canonical
from generator.rules.base import Key, Rule, diagnose_cell, listed, of_code, quoted, same_place, witness
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
                # A locale that has the name twice, too, may have copied the defect; its rows attest nothing.
                copies = {other.path for other in family if name in twice[other.path]}
                yield _named_twice(context, rows, (), copies)
            elif document is family[0]:
                # All locales agree; the first one's diagnostic carries them.
                also = [row for other in agreeing[1:] for row in twice[other.path][name]]
                yield _named_twice(context, rows, also)


def _named_twice(
    context: Context, rows: Sequence[Entry], also: Sequence[Entry], copies: Collection[str] = ()
) -> Diagnostic:
    elsewhere = {
        code: [other for other in _named_elsewhere(context, row) if other.span.path not in copies]
        for code, row in {canonical(row.code): row for row in rows}.items()
    }
    own = normal_name(rows[0].name)
    wrong = {code for code, others in elsewhere.items() if others and own not in map(_name, others)}
    suspects = [row for row in rows if canonical(row.code) in wrong]
    place = (suspects or rows)[-1]
    said = elsewhere[canonical(place.code)]
    counts = Counter(map(_name, said if suspects else ()))
    most = max(counts.values(), default=0)
    believed = next((row for row in said if most and counts[_name(row)] == most), None)
    codes = list(dict.fromkeys(row.code.text for row in rows))
    where = f"names {listed(codes)}" if len(codes) > 1 else f"stands on {len(rows)} rows of {codes[0]}"
    others = [row for row in rows if row is not place]
    pushed = believed is not None and _follows(context, place, believed)
    witnesses = [row for row in said if believed and _name(row) == _name(believed)]
    return diagnose_cell(
        RULE,
        context,
        place,
        Column.NAME,
        f"{quoted(place.name)} {where}",
        expected=believed.name if believed and not pushed else "",
        related=[witness(row) for row in (*others, *witnesses, *also)],
        hint=_advice(believed, pushed, others),
        evidence=[own],
    )


def _follows(context: Context, place: Entry, believed: Entry) -> bool:
    """Whether this row is one too many: the row below has its name already, and the peer lacks a code further down."""
    below = [row for row in context.table(place).entries if row.row > place.row]
    return (
        bool(below) and _name(below[0]) == _name(believed) and any(not _listed(context, row, believed) for row in below)
    )


def _listed(context: Context, row: Entry, peer: Entry) -> bool:
    """Whether the document of ``peer`` lists a row's code."""
    return bool(context.rows_listing(context.document(peer), canonical(row.code)))


def _advice(believed: Entry | None, pushed: bool, others: Sequence[Entry]) -> str:
    if believed is None:
        return "give each row its own name"
    if pushed and others:
        return f"the row repeats that of {others[0].code.text}: take it out, and give the rows below the codes of the peers"
    return f"correct the name to {believed.name}, or add an erratum"


def _named_elsewhere(context: Context, row: Entry) -> tuple[Entry, ...]:
    """The rows of the same code with identifiers for names, in the edition's other locales or, failing them, in others."""
    known = context.once(_elsewhere)
    key = (row.product, row.edition, row.locale, canonical(row.code))
    if key not in known:
        same = [
            other
            for other in context.rows_of_code(row.product, canonical(row.code))
            if (other.edition, other.locale) != (row.edition, row.locale) and is_identifier(other.name)
        ]
        known[key] = tuple([other for other in same if other.edition == row.edition] or same)
    return known[key]


def _elsewhere(_context: Context) -> dict[tuple[ProductId, EditionId, Locale, Canonical], tuple[Entry, ...]]:
    """What :func:`_named_elsewhere` has found so far."""
    return {}


def _repeated(document: Document) -> dict[str, tuple[Entry, ...]]:
    """Each name that is on several rows, with its rows."""
    found: dict[str, list[Entry]] = {}
    for table in document.tables:
        spans: set[SourceSpan] = set()
        named: list[Entry] = []
        for entry in table.entries:
            field = entry.field(Column.NAME)
            if field and is_identifier(field.plain) and field.span not in spans:
                # A cell that spans several rows names them once.
                spans.add(field.span)
                named.append(entry)
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
        kept = _told(rows, shared)
        if len(kept) > 1:
            repeated[name] = kept
    return repeated


def _told(rows: Sequence[Entry], shared: Mapping[tuple[int, int], int]) -> tuple[Entry, ...]:
    """The rows of one name without those that a parallel section, or one that restates the code, has again."""
    kept: list[Entry] = []
    sections: set[int] = set()
    places: dict[Canonical, set[tuple[int, int]]] = {}
    for row in rows:
        tables = places.setdefault(canonical(row.code), set())
        pairs = [(min(one, row.section), max(one, row.section)) for one in sections if one != row.section]
        parallel = any(shared.get(pair, 0) >= _PARALLEL for pair in pairs)
        if not parallel and not tables - {(row.section, row.table)}:
            kept.append(row)
            sections.add(row.section)
            tables.add((row.section, row.table))
    return tuple(kept)


def _name(entry: Entry) -> str:
    return normal_name(entry.name)


def _explains(context: Context, cause: Diagnostic, other: Diagnostic) -> bool:
    if other.rule not in {"N301", "K202"} or other.span.path != cause.span.path:
        return False
    return (other.rule == "N301" and same_place(context, cause, other)) or _shifted(context, cause, other)


def _shifted(context: Context, cause: Diagnostic, other: Diagnostic) -> bool:
    """Whether every row from the one below the cause to ``other`` carries the name of the code above it."""
    first, last = context.entry_at(cause.span), context.entry_at(other.span)
    if first is None or last is None or first.table != last.table:
        return False
    return first.row < last.row <= _slipped(context, first)[-1].row


def _slipped(context: Context, first: Entry) -> list[Entry]:
    """A row and those below it in its table of which each carries the name of the code above it."""
    runs = context.once(_runs)
    if first not in runs:
        rows = context.table(first).entries
        run = [first]
        for row in rows[bisect_right(rows, first.row, key=lambda row: row.row) :]:
            if _name(row) not in {_name(one) for one in _named_elsewhere(context, run[-1])}:
                break
            run.append(row)
        runs[first] = run
    return runs[first]


def _runs(_context: Context) -> dict[Entry, list[Entry]]:
    """The runs worked out so far, by their first row."""
    return {}


def _reach(context: Context, cause: Diagnostic) -> Iterator[Key]:
    first = context.entry_at(cause.span)
    for row in _slipped(context, first) if first else ():
        yield of_code(cause, row.code.text)


RULE: Final = Rule(
    id="K206",
    name="name-duplicated",
    severity=Severity.ERROR,
    precision=Precision.HIGH,
    summary="One name stands on two rows of a document",
    docs=__doc__,
    check=_check,
    explains=_explains,
    reach=_reach,
)
