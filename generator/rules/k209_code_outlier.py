"""A code reads as a slip: its neighbours prove that one digit, or the base, is wrong.

## What it does

In a table whose codes ascend, looks at a code that breaks the order or lies far from its neighbours, and reports it if
one slip explains it: one digit too many, too few or wrong, so that exactly the number between its neighbours results; a
missing or needless `0x` in a column that otherwise has it, or has none; or a missing sign where all other codes of the
table have one and no other locale lists the code without it. A row that the peers prove to belong to another code is
K204.

## Why it matters

The slip is mostly in all languages, as it was translated along: nobody finds the real code.

## Example

The table lists 0x4002, 0x4003, 4004, 0x4005.

## How to fix

Correct the code everywhere. Where it is right, leave it and suppress the diagnostic with the reason.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct

from generator.alignment import is_slip
from generator.codes import normal
from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Code, Column, Entry, IntegerCode, Locale, canonical
from generator.rules.base import Key, Rule, at_row, diagnose_cell, of_code, same_place, witness
from generator.rules.context import Context, Group
from generator.rules.misnumbered import expected_codes

_SHORTEST: Final = 6
"""Fewer codes prove no common spelling."""
_WIDEST: Final = 20
"""Between neighbours further apart than this no single number is meant."""
_NEAR: Final = 2
"""So many rows above and below have to be in order."""


class _Slip(Struct, frozen=True):
    """One code that is a slip of another."""

    entry: Entry
    meant: str
    """The code that is meant, in the table's spelling."""
    why: str
    near: tuple[Entry, ...]
    precision: Precision


def _check(context: Context) -> Iterator[Diagnostic]:
    wrong = context.once(expected_codes)
    for group in context.groups:
        seen: set[object] = set()
        for locale, rows in group.rows.items():
            tables: dict[int, list[Entry]] = {}
            for row in rows:
                if isinstance(row.code, IntegerCode):
                    tables.setdefault(row.table, []).append(row)
            for same in tables.values():
                for slip in _slips(same):
                    code = canonical(slip.entry.code)
                    if code not in seen and slip.entry not in wrong and not _refuted(group, locale, slip):
                        seen.add(code)
                        yield _diagnosed(context, group, slip)


def _diagnosed(context: Context, group: Group, slip: _Slip) -> Diagnostic:
    entry = slip.entry
    also = [
        row
        for peer in group.peers(entry.locale)
        for row in group.with_code(peer, canonical(entry.code))
        if row.table == entry.table
    ]
    return diagnose_cell(
        RULE,
        context,
        entry,
        Column.CODE,
        f"{entry.code.text} reads as a slip of {slip.meant}: {slip.why}",
        expected=slip.meant,
        related=[witness(row) for row in (*slip.near, *also)],
        hint=f"check whether {slip.meant} is meant" + (", here and in the other languages" if also else ""),
        evidence=[slip.meant],
        precision=slip.precision,
    )


def _refuted(group: Group, locale: Locale, slip: _Slip) -> bool:
    """Whether the code that is meant stands in this section, or the row is only out of its place: its number is free.

    A missing minus is a slip of one hand: several locales that all lack it prove that the code is positive.
    """
    sign = slip.meant.startswith("-") and not slip.entry.code.text.startswith("-")
    if sign and any(group.with_code(peer, canonical(slip.entry.code)) for peer in group.peers(locale)):
        return True
    value = _value(slip.entry)
    beside = bool(group.with_code(locale, value - 1)) and bool(group.with_code(locale, value + 1))
    return beside or bool(group.with_code(locale, _number(slip.meant)))


def _slips(rows: Sequence[Entry]) -> Iterator[_Slip]:
    if len(rows) < _SHORTEST:
        return
    spelled = [normal(row.code.text) for row in rows]
    for kind, why in _KINDS:
        odd = [index for index, text in enumerate(spelled) if kind(text)]
        if len(odd) == 1 or len(odd) == len(rows) - 1:
            index = odd[0] if len(odd) == 1 else next(one for one, text in enumerate(spelled) if not kind(text))
            yield from why(rows, spelled, index)
    for index in range(1, len(rows) - 1):
        yield from _digit(rows, spelled, index)


def _base(rows: Sequence[Entry], spelled: Sequence[str], index: int) -> Iterator[_Slip]:
    """The only code without ``0x``, or the only one with it, if it fits in read the other way."""
    text, hexadecimal = spelled[index], _is_hexadecimal(spelled[index])
    meant = text[2:] if hexadecimal else f"0x{text}"
    if (hexadecimal and not meant.isdigit()) or not text.lstrip("-").isalnum() or text.startswith("-"):
        return
    before, after = _neighbours(rows, index)
    low = _value(before) if before else None
    high = _value(after) if after else None
    value = _number(meant)
    fits = (low is None or low < value) and (high is None or value < high)
    fits_as_written = (low is None or low < _value(rows[index])) and (high is None or _value(rows[index]) < high)
    if fits and not fits_as_written:
        why = "all other codes of the table are hexadecimal" if not hexadecimal else "all other codes are decimal"
        yield _Slip(rows[index], meant, why, _both(before, after), Precision.HIGH)


def _sign(rows: Sequence[Entry], spelled: Sequence[str], index: int) -> Iterator[_Slip]:
    """The only code without a minus, if it is as long as the others."""
    text = spelled[index]
    if text.startswith("-") or _is_hexadecimal(text):
        return
    alike = sum(1 for other in spelled if len(other) == len(text) + 1)
    if all(other.startswith("-") for at, other in enumerate(spelled) if at != index) and 3 * alike > 2 * len(rows):
        before, after = _neighbours(rows, index)
        why = "all other codes of the table are negative"
        yield _Slip(rows[index], f"-{text}", why, _both(before, after), Precision.MEDIUM)


def _digit(rows: Sequence[Entry], spelled: Sequence[str], index: int) -> Iterator[_Slip]:
    """A code out of order that one digit turns into the only number that may be meant between its neighbours."""
    low, high, value = _value(rows[index - 1]), _value(rows[index + 1]), _value(rows[index])
    if not 2 <= high - low <= _WIDEST or low <= value <= high or not _in_order(rows, index):
        return
    meant = [like(rows[index - 1].code, number) for number in range(low + 1, high)]
    meant = [text for text in meant if is_slip(spelled[index].lower(), text.lower())]
    if len(meant) == 1:
        why = f"it stands between {rows[index - 1].code.text} and {rows[index + 1].code.text}"
        yield _Slip(rows[index], meant[0], why, (rows[index - 1], rows[index + 1]), Precision.HIGH)


def like(code: Code, value: int) -> str:
    """A number in the base, and with the capitals and the zeros, of a code."""
    text = normal(code.text)
    if not _is_hexadecimal(text):
        return str(value)
    digits = f"{value:0{len(text) - 2}x}"
    return text[:2] + (digits.upper() if text[2:].upper() == text[2:] else digits)


def _in_order(rows: Sequence[Entry], index: int) -> bool:
    """Whether the rows round a row ascend without it."""
    near = [*rows[max(index - _NEAR, 0) : index], *rows[index + 1 : index + 1 + _NEAR]]
    values = [_value(row) for row in near]
    return len(near) > _NEAR and all(first < second for first, second in pairwise(values))


def _neighbours(rows: Sequence[Entry], index: int) -> tuple[Entry | None, Entry | None]:
    return rows[index - 1] if index else None, rows[index + 1] if index + 1 < len(rows) else None


def _both(before: Entry | None, after: Entry | None) -> tuple[Entry, ...]:
    return tuple(row for row in (before, after) if row)


def _is_hexadecimal(text: str) -> bool:
    return text.lower().startswith("0x")


def _is_negative(text: str) -> bool:
    return text.startswith("-")


def _number(text: str) -> int:
    return int(text, 16 if "x" in text.lower() else 10)


def _value(entry: Entry) -> int:
    return entry.code.value if isinstance(entry.code, IntegerCode) else 0


_KINDS: Final[
    tuple[tuple[Callable[[str], bool], Callable[[Sequence[Entry], Sequence[str], int], Iterator[_Slip]]], ...]
] = ((_is_hexadecimal, _base), (_is_negative, _sign))


def _explains(context: Context, cause: Diagnostic, other: Diagnostic) -> bool:
    meant = cause.expected
    if (other.product, other.edition) != (cause.product, cause.edition):
        return False
    match other.rule:
        case "K201":
            return other.code in (meant, cause.code)
        case "K202":
            return same_place(context, cause, other) or other.code == meant
        case "K204":
            # Where two locales differ in the code, the source locale is believed; its neighbours prove it wrong.
            return other.code == meant and other.evidence == cause.code.casefold()
        case "K207":
            return same_place(context, cause, other)
        case _:
            return False


def _reach(_context: Context, cause: Diagnostic) -> Iterator[Key]:
    yield at_row(cause.span)
    yield of_code(cause, cause.code)
    yield of_code(cause, cause.expected)


RULE: Final = Rule(
    id="K209",
    name="code-outlier",
    severity=Severity.WARNING,
    precision=Precision.HIGH,
    summary="A code reads as a slip that its neighbours prove",
    docs=__doc__,
    check=_check,
    explains=_explains,
    reach=_reach,
)
