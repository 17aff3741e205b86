"""A row's text speaks of the opposite of what its name says.

## What it does

Takes the side of an axis that a name names (`UPLOAD` and not `DOWNLOAD`, `NOT_STOPPED`, `JOIN_ROOM`) and reports a
description or a cause that speaks only of another side, where nothing else in the row speaks of the name's. Where every
locale's text contradicts the name, it is one diagnostic, on the source locale. A name or a text with both sides
contradicts nothing, nor does a solution: it may well say to leave the room first. The axes and their words are in
`glossary.toml`; only concepts marked `telling` are expected of a text.

## Why it matters

The text is that of another code, usually of the neighbour it was copied from.

## Example

`ERR_DOWNLOAD_EMPTY`: "The packet is empty when getting upload parameters."

## How to fix

Correct the text. Where it is the name that is odd, and shipped so, declare it in `[[products.shipped]]`.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.glossary import Axis, Lexicon
from generator.model import Column, Entry, FieldText, Locale, canonical
from generator.rules.base import Key, Rule, at_row, diagnose_cell, quoted, same_place, witness
from generator.rules.concepts import (
    Stance,
    axes_of,
    identifier,
    name_side,
    names_agree,
    of_row,
    preferred,
    spoken,
    stance,
    word_span,
)
from generator.rules.context import Context, Group

_TELLING: Final = (Column.DESCRIPTION, Column.CAUSE)

_TEXT_RULES: Final = ("N306", "T604", "T605", "T606", "T607", "T608")


def _check(context: Context) -> Iterator[Diagnostic]:
    axes = context.known(axes_of)
    for group in context.groups:
        for entries in _rows(group):
            if not names_agree(context.glossary, entries):
                continue
            named = {one for entry in entries.values() for one, _ in context.glossary.named_as(identifier(entry))}
            for index in sorted({at for one in named for at in axes.get(one, ())}):
                yield from _of_axis(context, context.glossary.axes[index], entries)


def _rows(group: Group) -> Iterator[Mapping[Locale, Entry]]:
    """The rows of each code that every locale lists once at most."""
    codes = dict.fromkeys(canonical(entry.code) for rows in group.rows.values() for entry in rows)
    for code in codes:
        same = {locale: group.with_code(locale, code) for locale in group.documents}
        if all(len(rows) <= 1 for rows in same.values()):
            yield {locale: rows[0] for locale, rows in same.items() if rows}


def _of_axis(context: Context, axis: Axis, entries: Mapping[Locale, Entry]) -> Iterator[Diagnostic]:
    named = next(
        (side for one in entries.values() if (side := name_side(context.glossary, axis, identifier(one)))), None
    )
    if named is None or not context.glossary.concepts[named[0]].telling:
        return
    if any(context.declared.is_shipped(one.product, one.name) for one in entries.values()):
        return
    agreeing = [locale for locale, one in entries.items() if named[0] in of_row(context, one)]
    contrary = {locale: found for locale, one in entries.items() if (found := _contrary(context, axis, one, named))}
    odd = {locale: found for locale, found in contrary.items() if locale not in agreeing}
    if len(odd) == len(entries) > 1:
        locale, (field, other) = next(iter(odd.items()))
        witnesses = [(entries[peer], one.column) for peer, (one, _) in odd.items() if peer != locale]
        yield _contradiction(context, entries[locale], field, other, named[0], witnesses, Precision.MEDIUM)
        return
    for locale, (field, other) in odd.items():
        witnesses = [(entries[peer], field.column) for peer in agreeing]
        precision = Precision.VERY_HIGH if agreeing else Precision.HIGH
        yield _contradiction(context, entries[locale], field, other, named[0], witnesses, precision)


def _contrary(context: Context, axis: Axis, entry: Entry, named: tuple[str, bool]) -> tuple[FieldText, Stance] | None:
    """The first cell that speaks only of a side that the name excludes."""
    for field in entry.said:
        taken = stance(axis, field, spoken(context, entry.locale, field)) if field.column in _TELLING else None
        if taken and taken.side != named[0] and taken.negated == named[1]:
            return field, taken
    return None


def _contradiction(
    context: Context,
    entry: Entry,
    field: FieldText,
    other: Stance,
    side: str,
    witnesses: list[tuple[Entry, Column]],
    precision: Precision,
) -> Diagnostic:
    expected = preferred(context.glossary, side, entry.locale)
    return diagnose_cell(
        RULE,
        context,
        entry,
        field.column,
        f"{identifier(entry)} speaks of {quoted(other.word)} but never of {quoted(expected or side)}",
        span=word_span(field, other.word),
        expected=expected,
        related=[witness(row, column) for row, column in witnesses],
        hint="correct the text, or declare the name as shipped where it is the name that is odd",
        evidence=[other.word, side],
        precision=precision,
    )


def _explains(context: Context, cause: Diagnostic, other: Diagnostic) -> bool:
    return other.rule in _TEXT_RULES and other.locale == cause.locale and same_place(context, cause, other)


def _reach(_context: Context, cause: Diagnostic) -> Iterator[Key]:
    yield at_row(cause.span)


RULE: Final = Rule(
    id="N305",
    name="name-contradicts-text",
    severity=Severity.ERROR,
    precision=Precision.HIGH,
    summary="A row's text speaks of the opposite of what its name says",
    docs=__doc__,
    check=_check,
    explains=_explains,
    reach=_reach,
    lexicons=(Lexicon.AXES,),
)
