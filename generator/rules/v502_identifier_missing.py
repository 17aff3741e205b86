"""An identifier that the peers carry over is missing or altered.

## What it does

Collects from every cell the words that can only be identifiers: with an underscore, a scope (`Room::OPEN`), a call
(`open()`), capitals inside (`userId`) or set as code. Reports the cell in which one is missing that most peers, or the
source locale's cell, have, and names the word that stands in its place where one looks like it. Case does not count
(V503). Words such as `GitHub` count only where the document carries them over elsewhere or all peers, at least two,
do here; what the peers say often and this document never does is a word that this language has its own for. An identifier that stands under another column of the row is not missing.

## Why it matters

Readers copy identifiers into their code and search for them. One that is translated, dropped or misspelled is not found.

## Example

```
zh: 当 Train 未处于 TRAIN_STATE_READY 状态 …
en: When Train is not in the TRAIN_status_READY status …
```

## How to fix

Write the identifier as the interface defines it.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from generator.diagnostics import Diagnostic, Fix, Precision, Severity
from generator.model import Locale
from generator.rules.base import Rule, diagnose_cell, listed, quoted, witness
from generator.rules.carried import (
    Carried,
    CarriedCell,
    Suspect,
    attested,
    carried_cells,
    elsewhere,
    is_hard,
    is_soft,
    span_of,
    suspects,
)
from generator.rules.context import Context

_LIKE: Final = 0.75
"""From this similarity on, a word of its own stands where an identifier is missing."""
_LIKE_HARD: Final = 0.5
"""The same where both can only be identifiers."""
_SLIP: Final = 0.85
"""From this similarity on, a word that no other cell has is a slip for an identifier that stands here, too."""
_OFTEN: Final = 3
"""In so many cells of every peer a word that is never said here is one that this language has its own word for."""
_NUMBERED: Final = re.compile(r"(?:e?s|\d+)$")
_RARE: Final = 4
"""How many times as often as a slip the identifier stands in the product's documents."""


def _check(context: Context) -> Iterator[Diagnostic]:
    for carrier in context.once(carried_cells):
        told: dict[tuple[Locale, str], None] = {}
        for name in _distinct(carrier):
            having = tuple(locale for locale, part in carrier.parts.items() if part.says(name))
            for suspect in suspects(context, carrier.cell, having):
                found = _missing(context, carrier, suspect, name, told)
                if found:
                    yield found
        for locale in carrier.parts:
            yield from _slips(context, carrier, locale, told)


def _distinct(carrier: CarriedCell) -> list[str]:
    """The identifiers of all locales, each in its first spelling."""
    found: dict[str, str] = {}
    for part in carrier.parts.values():
        for name in part.names:
            found.setdefault(name.casefold(), name)
    return list(found.values())


def _missing(
    context: Context, carrier: CarriedCell, suspect: Suspect, name: str, told: dict[tuple[Locale, str], None]
) -> Diagnostic | None:
    own = carrier.parts[suspect.locale]
    shape = is_hard(name)
    hard = any(name in carrier.parts[peer].hard for peer in suspect.having)
    if not shape and "".join(name.casefold().split("-")) in own.squeezed:
        return None
    if elsewhere(carrier.cell, suspect, name):
        return None
    instead = _instead(carrier, suspect, name)
    if instead:
        if _less_known(context, carrier, suspect, name, instead):
            return None
        told[suspect.locale, instead] = None
        return _diagnostic(context, carrier, suspect, name, instead, Severity.ERROR, Precision.HIGH)
    weight = _weight(context, carrier, suspect, name, shape=shape, hard=hard)
    return _diagnostic(context, carrier, suspect, name, "", *weight) if weight else None


def _weight(
    context: Context, carrier: CarriedCell, suspect: Suspect, name: str, *, shape: bool, hard: bool
) -> tuple[Severity, Precision] | None:
    """How bad and how sure it is that a name is not there at all; ``None`` where that may be as well."""
    weak = (Severity.WARNING, Precision.MEDIUM)
    strong = (Severity.ERROR, Precision.HIGH)
    path = carrier.entry(suspect.locale).span.path
    known = context.once(attested).by_document[path][name] > 0
    if not suspect.sure:
        if not suspect.translation:
            return weak if shape and len(carrier.parts) == 2 else None
        if len(carrier.parts) == 2:
            return strong if shape else weak if hard or known else None
        return weak if shape else None
    if shape or (known and is_soft(name)):
        return strong
    coded = sum(name in carrier.parts[peer].code for peer in suspect.having)
    if coded > 1:
        return weak
    # What the peers say again and again and this document never does, it has its own word for.
    counts = context.once(attested).by_document
    own_word = all(counts[carrier.entry(peer).span.path][name] >= _OFTEN for peer in suspect.having)
    every = len(suspect.having) == len(carrier.parts) - 1
    return weak if every and is_soft(name) and not own_word else None


def _instead(carrier: CarriedCell, suspect: Suspect, name: str) -> str:
    """The word that stands in a name's place; empty where none looks like it."""
    own = carrier.parts[suspect.locale]
    best, score = "", 0.0
    for word in own.words:
        if len(word) < 4 or any(part.says(word) for one, part in carrier.parts.items() if one != suspect.locale):
            continue
        like = OSA.normalized_similarity(name.casefold(), word.casefold())
        least = _SLIP if not is_hard(word) and not is_soft(word) else _LIKE
        least = _LIKE_HARD if is_hard(name) and is_hard(word) else least
        if like >= least and like > score:
            best, score = word, like
    return best


def _less_known(context: Context, carrier: CarriedCell, suspect: Suspect, name: str, instead: str) -> bool:
    """Whether, of two locales, the other one's spelling is the slip."""
    if suspect.sure or instead not in carrier.parts[suspect.locale].names:
        return False
    counts = context.once(attested).by_product[carrier.entry(suspect.locale).product]
    if counts[name] != counts[instead]:
        return counts[name] < counts[instead]
    return not suspect.translation


def _slips(
    context: Context, carrier: CarriedCell, locale: Locale, told: dict[tuple[Locale, str], None]
) -> Iterator[Diagnostic]:
    """Words that no other cell has, where an identifier stands here and in the peers that they are a slip for."""
    own = carrier.parts[locale]
    if not own.names:
        return
    others = {peer: part for peer, part in carrier.parts.items() if peer != locale}
    for word in own.words:
        if (locale, word) in told or len(word) < 5:
            continue
        like = [name for name in own.names if _slip(word, name)]
        if not like or any(part.says(word) for part in others.values()):
            continue
        counts = context.once(attested).by_product[carrier.entry(locale).product]
        for name in like:
            having = tuple(peer for peer, part in others.items() if part.says(name))
            rare = counts[word] == 1 < counts[name] or _RARE * counts[word] <= counts[name]
            if rare and having and 2 * len(having) >= len(others):
                suspect = Suspect(locale, having, len(having) > 1, translation=True)
                yield _diagnostic(context, carrier, suspect, name, word, Severity.ERROR, Precision.MEDIUM)
                break


@lru_cache(maxsize=1 << 16)
def _slip(word: str, name: str) -> bool:
    folded, model = word.casefold(), name.casefold()
    if folded == model or abs(len(folded) - len(model)) > 4:
        return False
    if _NUMBERED.sub("", folded) == _NUMBERED.sub("", model):
        return False
    return OSA.normalized_similarity(folded, model) >= _SLIP


def _diagnostic(
    context: Context,
    carrier: CarriedCell,
    suspect: Suspect,
    name: str,
    instead: str,
    severity: Severity,
    precision: Precision,
) -> Diagnostic:
    entry, column = carrier.entry(suspect.locale), carrier.cell.column
    peers = listed(suspect.having)
    span = span_of(context, entry, column, instead) if instead else None
    spelled = _spelling(carrier, suspect, name)
    return diagnose_cell(
        RULE,
        context,
        entry,
        column,
        f"{quoted(spelled)} of {peers} reads {quoted(instead)} here"
        if instead
        else f"{quoted(spelled)}, which {peers} {'has' if len(suspect.having) == 1 else 'have'}, is missing here",
        span=span,
        expected=spelled,
        related=[witness(carrier.entry(peer), column) for peer in suspect.having],
        hint="write the identifier as the interface defines it",
        evidence=[name, instead],
        severity=severity,
        precision=precision,
        cluster=f"{name.casefold()} {instead.casefold()}",
        fix=Fix(span, spelled) if span and suspect.sure else None,
    )


def _spelling(carrier: CarriedCell, suspect: Suspect, name: str) -> str:
    """A name as the first peer that has it spells it."""
    parts: list[Carried] = [carrier.parts[peer] for peer in suspect.having]
    return next((word for part in parts for word in part.words if word.casefold() == name.casefold()), name)


RULE: Final = Rule(
    id="V502",
    name="identifier-missing",
    severity=Severity.ERROR,
    precision=Precision.HIGH,
    summary="An identifier that the peers carry over is missing or altered",
    docs=__doc__,
    check=_check,
)
