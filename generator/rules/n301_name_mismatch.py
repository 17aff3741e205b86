"""One code has different names in the locales of one edition.

## What it does

Compares the names that the locales of an edition give to a code and reports the odd one out; where none is, an older
edition decides, then which name is given to one code only, then the source locale. Names that are words and differ in
most rows are translations, no mismatch; words where the others have an identifier are K211.

## Why it matters

Names are part of the interface and the same in every language. A reader who searches for the real one finds nothing.

## Example

zh and ko call 7006 `ERR_AUTH_EXPIRED`, en calls it `ERR_AUTH_FAILED`.

## How to fix

Write the name that the interface defines.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from generator.alignment import is_identifier, is_slip, normal_name
from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Column, Entry, Locale, canonical
from generator.rules.base import Rule, diagnose_cell, listed, quoted, witness
from generator.rules.context import Context, Group
from generator.rules.translated import translated_names


def _check(context: Context) -> Iterator[Diagnostic]:
    for group in context.groups:
        if len(group.documents) < 2:
            continue
        by_code: dict[object, dict[Locale, list[Entry]]] = {}
        for locale, rows in group.rows.items():
            for entry in rows:
                if entry.name and entry not in context.once(translated_names):
                    by_code.setdefault(canonical(entry.code), {}).setdefault(locale, []).append(entry)
        differing = [named for named in by_code.values() if len(named) > 1 and not _shared(named)]
        compared = sum(1 for named in by_code.values() if len(named) > 1)
        for named in differing:
            if 2 * len(differing) <= compared or _all_identifiers(named):
                yield from _mismatches(context, group, named)


def _mismatches(context: Context, group: Group, named: dict[Locale, list[Entry]]) -> Iterator[Diagnostic]:
    believed, sure = _believed(context, group, named)
    for rows in named.values():
        if any(normal_name(row.name) == believed for row in rows):
            continue
        witnesses = [row for others in named.values() for row in others if normal_name(row.name) == believed]
        for row in rows:
            yield diagnose_cell(
                RULE,
                context,
                row,
                Column.NAME,
                f"{row.code.text} is named {quoted(row.name)} here but {quoted(believed)} in {_where(row, witnesses)}",
                expected=believed if sure and not is_slip(normal_name(row.name), believed) else "",
                related=[witness(other) for other in witnesses],
                hint=_advice(normal_name(row.name), believed, sure=sure),
                evidence=[normal_name(row.name)],
            )


def _advice(name: str, believed: str, *, sure: bool) -> str:
    # Which of two spellings was shipped, no document can tell: a misspelled name may be the real one.
    if is_slip(name, believed):
        return "one of the two is a slip; write the name that the interface defines"
    if not sure:
        return "write the name that the interface defines, here or there"
    return f"correct the name to {believed}"


def _believed(context: Context, group: Group, named: dict[Locale, list[Entry]]) -> tuple[str, bool]:
    """The name that most locales give, else an older edition, else the source locale, which decides but proves nothing."""
    counts = Counter(name for rows in named.values() for name in {normal_name(row.name) for row in rows})
    most = max(counts.values())
    best = [name for name, count in counts.items() if count == most]
    if len(best) == 1:
        return best[0], True
    code = next(iter(named.values()))[0].code
    older = [
        normal_name(row.name)
        for row in context.rows_of_code(group.product, canonical(code))
        if row.edition != group.edition
    ]
    first = [normal_name(row.name) for locale in group.documents for row in named.get(locale, ())]
    attested = next((name for name in older if name in best), None)
    if attested:
        return attested, True
    # A name that its own document gives to another code, too, was copied from there (K206).
    own = [name for name in best if not any(_repeated(context, row, name) for rows in named.values() for row in rows)]
    return next(name for name in first if name in (own or best)), len(own) == 1


def _repeated(context: Context, row: Entry, name: str) -> bool:
    """Whether the document of a row that has this name gives it to another code as well."""
    if normal_name(row.name) != name:
        return False
    return any(
        canonical(other.code) != canonical(row.code) for other in context.rows_named(context.document(row), name)
    )


def _where(row: Entry, witnesses: Sequence[Entry]) -> str:
    return listed(dict.fromkeys(other.locale for other in witnesses if other.locale != row.locale))


def _shared(named: dict[Locale, list[Entry]]) -> bool:
    """Whether there is a name that every locale gives."""
    names = [{normal_name(row.name) for row in rows} for rows in named.values()]
    return bool(set.intersection(*names))


def _all_identifiers(named: dict[Locale, list[Entry]]) -> bool:
    # A row may list one name for each platform.
    return all(is_identifier(part) for rows in named.values() for row in rows for part in row.name.split())


RULE: Final = Rule(
    id="N301",
    name="name-mismatch",
    severity=Severity.ERROR,
    precision=Precision.HIGH,
    summary="One code has different names in the locales of an edition",
    docs=__doc__,
    check=_check,
)
