"""A name promises something that the row's text never mentions in one locale.

## What it does

Looks for the telling tokens of a name (`TIMEOUT`, `PERMISSION`, `ROOM`) in the row's text, by the words that the
glossary gives them in each language. A locale whose row has none of them, while the rows of the peers do, is reported.
A token that no locale renders is no discrepancy: the text then explains the code in other words.

## Why it matters

The text has lost what tells this code from its neighbours, or is that of another code.

## Example

`ERR_JOIN_TIMEOUT` is 加入房间超时 in zh and "Failed to join the room." in en.

## How to fix

Say in the text what the name says. Where it does so in a word that the glossary lacks, add the word to the concept in
`glossary.toml`.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.glossary import Lexicon, tokens
from generator.model import Column, Entry, Locale
from generator.rules.aligned import aligned_rows
from generator.rules.base import Rule, diagnose_cell, listed, quoted, witness
from generator.rules.concepts import identifier, names_agree, of_row, preferred, spoken
from generator.rules.context import Context
from generator.rules.scripts import speaks
from generator.rules.wording import running

_PLAIN: Final = re.compile("[A-Z0-9]+")

_CERTAIN: Final = 2
"""So many peers that all render a token leave little doubt that it belongs into the text."""


def _check(context: Context) -> Iterator[Diagnostic]:
    for row in context.once(aligned_rows):
        named = next((identifier(entry) for entry in row.entries.values() if identifier(entry)), "")
        promised = [
            concept for concept in sorted(context.glossary.named(named)) if context.glossary.concepts[concept].telling
        ]
        if not promised or not names_agree(context.glossary, row.entries):
            continue
        said = {locale: of_row(context, entry) for locale, entry in row.entries.items() if _speaks(entry)}
        for concept in promised:
            yield from _absent(context, concept, named, row.entries, said)


def _speaks(entry: Entry) -> bool:
    """Whether a row says anything in its own language; where it does not, T602 or T601 has to be settled first."""
    return any(speaks(entry.locale, running(field.inlines)) for field in entry.said)


def _absent(
    context: Context, concept: str, name: str, entries: Mapping[Locale, Entry], said: Mapping[Locale, frozenset[str]]
) -> Iterator[Diagnostic]:
    able = [locale for locale in said if context.glossary.words(concept, locale)]
    rendering = [locale for locale in able if concept in said[locale]]
    if len(rendering) in (0, len(able)):
        return
    silent = [one for one in able if concept not in said[one] and not _literal(context, concept, entries[one])]
    for locale in silent:
        entry = entries[locale]
        columns = {peer: _column(context, concept, entries[peer]) for peer in rendering}
        column = next((one for one in columns.values() if entry.field(one)), entry.said[0].column)
        word = preferred(context.glossary, concept, locale)
        yield diagnose_cell(
            RULE,
            context,
            entry,
            column,
            f"{name} has a text without {quoted(word)}, of which {listed(rendering)} "
            f"{'speaks' if len(rendering) == 1 else 'speak'}",
            expected=word,
            related=[witness(entries[peer], one) for peer, one in columns.items()],
            hint=f"say {quoted(word)} as the peers do, or add the word used here to the concept {concept} of the glossary",
            evidence=[concept],
            precision=_precision(len(rendering), len(silent)),
        )


def _precision(rendering: int, silent: int) -> Precision:
    if silent > 1:
        return Precision.LOW
    return Precision.HIGH if rendering >= _CERTAIN else Precision.MEDIUM


def _column(context: Context, concept: str, entry: Entry) -> Column:
    """The column in which a row speaks of a concept."""
    return next(
        field.column
        for field in entry.said
        if any(one.concept == concept for one in spoken(context, entry.locale, field))
    )


def _literal(context: Context, concept: str, entry: Entry) -> bool:
    """Whether the row repeats a token of the name as it is, as ``authbuffer`` or in code."""
    words = {word for field in entry.said for one in tokens(field.plain) for word in _PLAIN.findall(one)}
    return any(set(token.split("_")) <= words for token in context.glossary.concepts[concept].names)


RULE: Final = Rule(
    id="N306",
    name="name-term-absent",
    severity=Severity.WARNING,
    precision=Precision.MEDIUM,
    summary="A row's text never mentions what its name and its peers speak of",
    docs=__doc__,
    check=_check,
    lexicons=(Lexicon.TELLING,),
)
