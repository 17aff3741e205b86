"""Two forms of one word stand side by side in names of one family.

## What it does

Looks at names of one product that begin alike, and reports a word that stands in two forms in the same surroundings:
cut short (`ERR` and `ERROR`, `PARAM` and `PARAMETER`) or with another ending (`STREAMIN` and `STREAMING`, `IMPLEMENT` and
`IMPLEMENTED`). The same surroundings are the word before it and what follows, or the word before it at the end of both
names. One note for each pair of forms, at the form used less.

## Why it matters

Nobody remembers which name has which form: code that uses them does not compile, and searches miss half of them.

## Example

`OVEN_DOOR_ERR`, but `OVEN_LAMP_DOOR_ERROR`.

## How to fix

In names that are not published yet, choose one form. Names that were shipped so are declared in `catalog.toml` under
`[[products.shipped]]`, with a reason; a pair is silent when all names with one of the forms are declared.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import EditionId, ProductId
from generator.rules.base import Rule, diagnose_cell, quoted, witness
from generator.rules.context import Context
from generator.rules.nametokens import Name, by_token, differing, is_current, is_ending, names, prose_words, vocabulary

_WITNESSES: Final = 3
_SHORTEST: Final = 3

_Family = Mapping[str, list[tuple[tuple[str, ...], Name]]]
"""For each token of a family's names where it stands: the token before it and those behind it."""


def _check(context: Context) -> Iterator[Diagnostic]:
    seen: set[tuple[ProductId, str, str]] = set()
    for (product, _edition, _first), family in context.once(_families).items():
        for short, long in _pairs(context, family):
            torn = _is_word(context, long) and not _is_word(context, short)
            if (product, short, long) not in seen and _interchanged(family[short], family[long], torn=torn):
                seen.add((product, short, long))
                diagnostic = _diagnosed(context, family, short, long)
                if diagnostic:
                    yield diagnostic


def _diagnosed(context: Context, family: _Family, short: str, long: str) -> Diagnostic | None:
    uses = {token: list({name.text: name for _, name in family[token]}.values()) for token in (short, long)}
    fewer, more = sorted((short, long), key=lambda token: (_is_word(context, token), len(uses[token])))
    if any(all(context.declared.is_shipped(name.product, name.text) for name in same) for same in uses.values()):
        return None
    place = min(uses[fewer], key=lambda name: name.text)
    beside = [name for name in uses[more] if _alike(place, name, fewer, more)] or uses[more]
    return diagnose_cell(
        RULE,
        context,
        place.rows[0],
        place.column,
        f"{quoted(fewer)} in {len(uses[fewer])} and {quoted(more)} in {len(uses[more])} names of one family "
        "are two forms of one word",
        related=[witness(name.rows[0]) for name in beside[:_WITNESSES]],
        hint="use one form, or declare the names that were shipped so in catalog.toml under [[products.shipped]]",
        evidence=[short, long],
    )


def _families(context: Context) -> Mapping[tuple[ProductId, EditionId, str], _Family]:
    """The names of each product and edition by their first tokens."""
    found: dict[tuple[ProductId, EditionId, str], dict[str, list[tuple[tuple[str, ...], Name]]]] = {}
    for name in context.once(names):
        if not is_current(context, name) or (name.product, name.edition, name.text) in context.once(differing):
            continue
        family = found.setdefault((name.product, name.edition, name.tokens[0]), {})
        for at, token in enumerate(name.tokens):
            before = name.tokens[at - 1] if at else ""
            family.setdefault(token, []).append(((before, *name.tokens[at + 1 :]), name))
    return found


def _pairs(context: Context, family: _Family) -> Iterator[tuple[str, str]]:
    """Each two tokens of a family of which one is the other cut short or with an ending."""
    words = sorted(token for token in family if token.isalpha() and len(token) >= _SHORTEST)
    for at, short in enumerate(words):
        for long in words[at + 1 :]:
            if not long.startswith(short):
                break
            if is_ending(long, short) or _is_abbreviation(context, short, long):
                yield short, long


def _is_abbreviation(context: Context, short: str, long: str) -> bool:
    """Whether a token is another one cut short, and the other is not made of two."""
    rest = long.removeprefix(short)
    return len(long) <= 2 * len(short) and rest not in context.once(by_token)


def _is_word(context: Context, token: str) -> bool:
    """Whether a token is a word of the field or of the documents' texts."""
    return token in context.known(vocabulary) or context.once(prose_words)[token] > 0


def _interchanged(
    first: Sequence[tuple[tuple[str, ...], Name]], second: Sequence[tuple[tuple[str, ...], Name]], *, torn: bool
) -> bool:
    """Whether both stand behind the same token and at the end or before the same token.

    Of a word and a torn form of it (``torn``) the former is enough.
    """
    ours = {_surroundings(place)[: 1 if torn else 2] for place, _ in first}
    return any(_surroundings(place)[: 1 if torn else 2] in ours for place, _ in second)


def _surroundings(place: tuple[str, ...]) -> tuple[str, ...]:
    return place[0], place[1] if len(place) > 1 else ""


def _alike(place: Name, other: Name, fewer: str, more: str) -> bool:
    at, there = place.tokens.index(fewer), other.tokens.index(more)
    return place.tokens[at - 1 : at] == other.tokens[there - 1 : there]


RULE: Final = Rule(
    id="N303",
    name="name-token-variant",
    severity=Severity.NOTE,
    precision=Precision.MEDIUM,
    summary="Two forms of one word stand side by side in names of one family",
    docs=__doc__,
    check=_check,
)
