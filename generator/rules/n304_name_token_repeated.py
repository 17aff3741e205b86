"""A name has a word twice that its siblings have once.

## What it does

Reports an identifier in which a word stands twice in a row (`ERR_ERR_TIMEOUT`), or in which the word that marks the whole
family, which nearly all names with the same beginning have once, stands a second time (`APP_ERR_3D_ERR_CLOSED` among
`APP_ERR_…`). Other words may rightly come twice. One diagnostic for each name and edition, in the first language.

## Why it matters

Mostly a prefix was put before a name that had it already. Readers who type the name as its siblings are spelled find
nothing.

## Example

`OVEN_ERR_ERR_LAMP` among `OVEN_ERR_DOOR`, `OVEN_ERR_FAN` and others.

## How to fix

Look into the interface's definition. If the name was shipped so, declare it in `catalog.toml` under
`[[products.shipped]]`, with a reason.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice, pairwise
from typing import Final

from msgspec import Struct

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import EditionId, ProductId
from generator.rules.base import Rule, diagnose_cell, quoted, witness
from generator.rules.context import Context
from generator.rules.nametokens import Name, differing, is_current, names

_FAMILY: Final = 8
"""Fewer names have no mark of their own."""
_MARK: Final = 0.8
_FEW: Final = 2
_RARE: Final = 0.05
_WITNESSES: Final = 2


class _Family(Struct, frozen=True):
    """Names of one edition of a product that begin alike."""

    names: tuple[Name, ...]
    once: Counter[str]
    """How many names have a token once."""
    again: Counter[str]
    """How many have it several times."""


def _check(context: Context) -> Iterator[Diagnostic]:
    families, left = context.once(_families), context.once(differing)
    seen: set[tuple[ProductId, str]] = set()
    for name in context.once(names):
        key = (name.product, name.text)
        if key in seen or len(set(name.tokens)) == len(name.tokens) or not is_current(context, name):
            continue
        family = families[name.product, name.edition, name.tokens[0]]
        token = _repeated(name, family)
        odd_one_out = (name.product, name.edition, name.text) in left
        if token and not odd_one_out and not context.declared.is_shipped(name.product, name.text):
            seen.add(key)
            yield _diagnosed(context, name, token, family)


def _diagnosed(context: Context, name: Name, token: str, family: _Family) -> Diagnostic:
    siblings = (other for other in family.names if other.tokens.count(token) == 1 and other.column is name.column)
    return diagnose_cell(
        RULE,
        context,
        name.rows[0],
        name.column,
        f"{quoted(name.text)} has {quoted(token)} twice",
        related=[witness(other.rows[0]) for other in islice(siblings, _WITNESSES)],
        hint="look into the interface: correct the documents, or declare the name in catalog.toml under "
        "[[products.shipped]]",
        evidence=[token, name.text],
        cluster=token,
    )


def _repeated(name: Name, family: _Family) -> str:
    """The word that stands twice in a row, or the family's mark that comes again; empty where there is none."""
    in_a_row = next((one for one, two in pairwise(name.tokens) if one == two and one.isalpha()), "")
    if in_a_row or len(family.names) < _FAMILY:
        return in_a_row
    for token, count in Counter(name.tokens).items():
        again = family.again[token]
        marks = family.once[token] >= _MARK * (len(family.names) - again)
        # What many names end with is another word than the one in their beginning.
        if count > 1 and marks and again <= max(_FEW, _RARE * len(family.names)) and name.tokens[-1] != token:
            return token
    return ""


def _families(context: Context) -> Mapping[tuple[ProductId, EditionId, str], _Family]:
    """The names of each product and edition by their first tokens."""
    found: dict[tuple[ProductId, EditionId, str], list[Name]] = {}
    for name in context.once(names):
        found.setdefault((name.product, name.edition, name.tokens[0]), []).append(name)
    counted = {key: [Counter(name.tokens) for name in same] for key, same in found.items()}
    return {
        key: _Family(
            tuple(same),
            Counter(token for counts in counted[key] for token, count in counts.items() if count == 1),
            Counter(token for counts in counted[key] for token, count in counts.items() if count > 1),
        )
        for key, same in found.items()
    }


RULE: Final = Rule(
    id="N304",
    name="name-token-repeated",
    severity=Severity.NOTE,
    precision=Precision.MEDIUM,
    summary="A name has a word twice that its siblings have once",
    docs=__doc__,
    check=_check,
)
