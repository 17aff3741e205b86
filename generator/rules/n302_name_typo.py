"""A word of a name reads as a misspelling of another word.

## What it does

Splits the identifiers of a product into their words and looks for one that no text of it and no glossary knows and that
is one slip away from a word which is: a word of other names, of the product's texts, or of the field. A letter may be
doubled, dropped, put in or swapped with its neighbour; a wrong letter counts only against a very frequent word. One
diagnostic for each name, in the first of the languages that have it.

It is a warning where another edition gives the same code the name with the other word, a note otherwise.
Where the languages differ in the name, N301 says so instead; forms used side by side in one document are N303.

## Why it matters

Either the document is wrong and nobody finds the name, or the interface is, and then the odd spelling is the right one
and the reader should be told.

## Example

`DOOR_UNLOKC_FAILED`, in a document that has `DOOR_UNLOCK_TIMEOUT`.

## How to fix

Look into the interface's definition; never correct a name by its spelling alone. If the document is wrong, correct it.
If the name was shipped so, declare it in `catalog.toml` under `[[products.shipped]]`, with a reason.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from msgspec import Struct

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Entry, canonical
from generator.rules.base import Key, Rule, at_row, diagnose_cell, listed, quoted, same_place, witness
from generator.rules.context import Context
from generator.rules.nametokens import (
    LEAST,
    Name,
    by_token,
    by_tokens,
    differing,
    is_current,
    is_ending,
    misspelled,
    names,
    prose,
    prose_words,
    slip_of,
    vocabulary,
)

_FREQUENT: Final = 20
"""So often a word occurs of which another is a misspelling although only one letter differs."""
_TWICE: Final = 2
_STEM: Final = 4
_ENDINGS: Final = (
    "S",
    "ES",
    "ED",
    "D",
    "ING",
    "ER",
    "R",
    "OR",
    "ABLE",
    "LY",
    "ION",
    "ATION",
    "ATE",
    "MENT",
    "AL",
    "NESS",
)


class _Typo(Struct, frozen=True):
    """A token that reads as a slip of a word."""

    token: str
    word: str
    sure: bool
    """Whether more than one wrong letter in a frequent word speaks for it."""


def _check(context: Context) -> Iterator[Diagnostic]:
    typos, left = context.once(_typos), context.once(differing)
    seen: set[tuple[str, str]] = set()
    for name in context.once(names):
        key = (name.product, name.text)
        if key in seen or (name.product, name.edition, name.text) in left or not is_current(context, name):
            continue
        found = next((typo for token in name.tokens if (typo := typos.get(token) or _own(context, name, token))), None)
        if found and not context.declared.is_shipped(name.product, name.text):
            seen.add(key)
            yield _diagnosed(context, name, found)


def _diagnosed(context: Context, name: Name, typo: _Typo) -> Diagnostic:
    place = name.rows[0]
    attesting = _attesting(context, name, typo)
    near = next((one for one in context.once(by_token).get(typo.word, ()) if one.product == name.product), None)
    related = attesting or (near and [near.rows[0]]) or [row for row in name.rows[1:] if row.locale != place.locale][:1]
    where = f", which {_places(attesting)}" if attesting else ""
    return diagnose_cell(
        RULE,
        context,
        place,
        name.column,
        f"{quoted(typo.token)} in {quoted(name.text)} reads as a slip of {quoted(typo.word)}{where}",
        related=[witness(row) for row in related],
        hint="look into the interface: correct the documents, or declare the name in catalog.toml under "
        "[[products.shipped]]",
        evidence=[typo.token],
        severity=Severity.WARNING if attesting else None,
        precision=Precision.HIGH if attesting else Precision.MEDIUM if typo.sure else Precision.LOW,
        cluster="" if attesting else f"{typo.token} {typo.word}",
    )


def _places(rows: Iterable[Entry]) -> str:
    found = dict.fromkeys(f"the edition {row.edition}" for row in rows)
    return f"{listed(found)} {'has' if len(found) == 1 else 'have'}"


def _attesting(context: Context, name: Name, typo: _Typo) -> list[Entry]:
    """Rows of the same code that have the name with the other word, in other editions."""
    corrected = tuple(typo.word if token == typo.token else token for token in name.tokens)
    code = canonical(name.rows[0].code)
    return [
        other.rows[0]
        for other in context.once(by_tokens).get(corrected, ())
        if any(canonical(row.code) == code for row in other.rows)
    ]


def _typos(context: Context) -> Mapping[str, _Typo]:
    """The tokens that read as slips of words, wherever they stand."""
    counts = {token: len(same) for token, same in context.once(by_token).items()}
    said = context.once(prose_words)
    known = context.known(vocabulary)
    weights = {word: counts.get(word, 0) + said[word] for word in {*counts, *said, *known} if len(word) >= LEAST - 1}
    index: dict[str, list[str]] = {}
    for word in sorted(weights):
        for key in _keys(word):
            index.setdefault(key, []).append(word)
    wrong = context.known(misspelled)
    found: dict[str, _Typo] = {}
    for token, count in counts.items():
        if token in wrong:
            found[token] = _Typo(token, wrong[token], sure=True)
        elif _may_be_wrong(token) and token not in known and not said[token] and not _derived(token, weights):
            near = {word for key in _keys(token) for word in index.get(key, ()) if word != token}
            best = max(
                (one for word in sorted(near) if (one := _typo(token, word, count, weights[word], known))),
                key=lambda one: (one.sure, weights[one.word]),
                default=None,
            )
            if best:
                found[token] = best
    return found


def _typo(token: str, word: str, count: int, weight: int, known: frozenset[str]) -> _Typo | None:
    if not slip_of(token, word) or is_ending(token, word) or is_ending(word, token):
        return None
    weight += _TWICE if word in known else 0
    same_size = len(token) == len(word) and sorted(token) != sorted(word)
    if token[0] != word[0] or weight < max(_TWICE, _TWICE * count):
        return None
    if same_size:
        return _Typo(token, word, sure=False) if weight >= _FREQUENT * count else None
    return _Typo(token, word, sure=True)


def _own(context: Context, name: Name, token: str) -> _Typo | None:
    """A token that is a slip of a word in a text of its own row."""
    if not _may_be_wrong(token) or context.once(prose_words)[token] or token in context.known(vocabulary):
        return None
    said = dict.fromkeys(word for row in name.rows for field in row.said for word in prose(field.plain))
    for word in said:
        longer = len(word) >= LEAST and word[0] == token[0]
        if longer and slip_of(token, word) and not is_ending(token, word) and not is_ending(word, token):
            return _Typo(token, word, sure=True)
    return None


def _may_be_wrong(token: str) -> bool:
    return len(token) >= LEAST and token.isalpha() and token.isascii()


def _derived(token: str, weights: Mapping[str, int]) -> bool:
    """Whether a token is another form of a known word: ``OPENED`` of ``OPEN``, ``CANCELLED`` of ``CANCEL``."""
    stems = [token.removesuffix(ending) for ending in _ENDINGS if token.endswith(ending)]
    stems += [stem[:-1] for stem in stems if stem[-1:] == stem[-2:-1]]
    return any(
        stem + end in weights
        for stem in stems
        if len(stem) >= _STEM
        for end in ("", "E", *_ENDINGS)
        if stem + end != token
    )


@lru_cache(maxsize=1 << 14)
def _keys(word: str) -> tuple[str, ...]:
    """What two words share of which one is the other with a letter more, less or otherwise, or in another order."""
    letters = "".join(sorted(word))
    return tuple(dict.fromkeys([letters, *(letters[:at] + letters[at + 1 :] for at in range(len(letters)))]))


def _explains(context: Context, cause: Diagnostic, other: Diagnostic) -> bool:
    return other.rule == "E803" and same_place(context, cause, other)


def _reach(_context: Context, cause: Diagnostic) -> Iterator[Key]:
    yield at_row(cause.span)


RULE: Final = Rule(
    id="N302",
    name="name-typo",
    severity=Severity.NOTE,
    precision=Precision.MEDIUM,
    summary="A word of a name reads as a misspelling",
    docs=__doc__,
    check=_check,
    explains=_explains,
    reach=_reach,
)
