"""Numbers in a text: which of them are spoken of as codes, and which are times, places, counts and the like."""

import re
from collections.abc import Collection
from typing import Final

from generator.resolve.candidates import Candidate, addresses_in, alone_in, candidates_in
from generator.resolve.fold import Folded
from generator.resolve.grammar import GRAMMAR
from generator.resolve.lookup import Lookup
from generator.resolve.standing import LOOKED_BACK, SMALLEST_BARE, YEARS, Standing
from generator.resolve.values import Ambiguity, Read, ReadKind

_JOINT: Final = re.compile(GRAMMAR.joint)
_SEQUEL: Final = re.compile(GRAMMAR.sequel)
_TROUBLE: Final = re.compile(GRAMMAR.trouble)
_COUNTED_WORD: Final = re.compile(GRAMMAR.counted_word)
_IDENTIFIER: Final = re.compile(r"[a-z][A-Z][A-Za-z]*[^A-Za-z0-9\n]{1,4}$")
_MOST_WORDS: Final = 3
"""Words beside a number in what people type to look it up."""
_SMALLEST_SOFT: Final = 1000
"""Below this a number that is no code and only ``returned`` or ``failed`` speaks of is rather an HTTP status."""
_SMALLEST_ASKED: Final = 1000
"""Below this a number that is no code and stands among a few words is rather a count."""
_NEXT_TO_NOTHING: Final = re.compile(r"[^a-z\u0080-\uffff]*(?:[a-z]{1,2}|[\u3040-\uffff])[^a-z\u0080-\uffff]*")
"""A text without words but for one of two letters or one character."""
_SMALLEST_SEQUEL: Final = 1000
"""Below this a number that a sentence goes on with is rather a count."""
_LONGEST_HEXADECIMAL: Final = 8


def read_numbers(
    folded: Folded, lookup: Lookup, taken: tuple[tuple[int, int], ...], *, telling: bool = False
) -> tuple[Read, ...]:
    """The numbers that are codes, or are spoken of as codes, in order; ``taken`` stretches are left out."""
    favoured = lookup.mentioned(folded.text)
    addresses = addresses_in(folded.text, lookup)
    alone = alone_in(folded.text, lookup) if not addresses and not taken else None
    if alone:
        chosen = [alone]
    else:
        covered = (*taken, *((found.start, found.end) for found in addresses))
        chosen = sorted(
            (*addresses, *_accepted(candidates_in(folded, lookup, covered), folded, telling, bool(favoured))),
            key=lambda found: found.start,
        )
    return tuple(_read(found, folded, lookup, favoured) for found in chosen)


def _accepted(candidates: list[Candidate], folded: Folded, told: bool, named: bool) -> list[Candidate]:
    """Those of the candidates that are codes or are spoken of as such; ``named`` says that the text names a product."""
    text = folded.text
    accepted = {
        position
        for position, found in enumerate(candidates)
        if (found.standing is Standing.STRONG and (found.codes or _is_spoken_of(found)))
        or (_is_softly(found) and found.codes and abs(found.value) >= SMALLEST_BARE)
    }
    telling = told or bool(accepted)
    lines = {candidates[position].line for position in accepted}
    # A dictionary, for it keeps the order and is searched for every number below.
    bare = {
        position: None
        for position, found in enumerate(candidates)
        if found.codes and abs(found.value) >= SMALLEST_BARE and not found.soft_noise and position not in accepted
    }
    doubtful = frozenset() if named else _doubtful(candidates, bare, folded)
    for position in bare:
        if candidates[position].standing is Standing.BARE and candidates[position].line not in lines:
            accepted |= {position} - doubtful
    lines = {candidates[position].line for position in accepted}
    for position in bare:
        found = candidates[position]
        bracketed = found.standing is Standing.BRACKETED and found.line not in lines
        if bracketed or (found.standing is Standing.KEYED and not telling and position not in doubtful):
            accepted.add(position)
    for direction in (1, -1):
        for position in range(len(candidates))[::direction]:
            other = position - direction
            if position in accepted or position not in bare:
                continue
            if candidates[position].standing not in (Standing.BARE, Standing.BRACKETED):
                continue
            if other in accepted and _joined(candidates, min(position, other), text):
                accepted.add(position)
            other = _passed_over(candidates, other, direction)
            first, second = sorted((position, other))
            if other in accepted and _goes_on(candidates[first], candidates[second], text):
                accepted.add(position)
    if not accepted:
        soft = [found for found in candidates if _is_softly(found) and abs(found.value) >= _SMALLEST_SOFT]
        return soft or [found for found in candidates if len(candidates) == 1 and _is_asked_about(found, text)]
    return [candidates[position] for position in sorted(accepted)]


def _is_asked_about(found: Candidate, text: str) -> bool:
    """Whether a text is about nothing but its one number, which is no code: ``7020号``, ``what is 7020``."""
    if found.standing is not Standing.BARE or found.kind is ReadKind.BARE_HEXADECIMAL or not _is_spoken_of(found):
        return False
    if found.value in YEARS or abs(found.value) < _SMALLEST_ASKED:
        return False
    rest = f"{text[: found.start]} {text[found.end :]}"
    return bool(_NEXT_TO_NOTHING.fullmatch(rest)) or (
        bool(_TROUBLE.search(rest)) and len(_COUNTED_WORD.findall(rest)) <= _MOST_WORDS
    )


def _doubtful(candidates: list[Candidate], bare: Collection[int], folded: Folded) -> frozenset[int]:
    """Which of the ``bare`` numbers may as well be no codes: no word on their line speaks of trouble.

    That alone is no reason to doubt; but years are, and numbers beside others that are something else, and numbers
    among more words than people look up, unless an identifier stands before them: ``uploadFile 8197``.
    """
    others: dict[int, int] = {}
    for found in candidates:
        if found.standing is Standing.OTHER or (found.standing is Standing.KEYED and abs(found.value) >= SMALLEST_BARE):
            others[found.line] = others.get(found.line, 0) + (2 if found.standing is Standing.OTHER else 1)
    lines = folded.text.split("\n") if bare else []
    calm = {
        line: len(_COUNTED_WORD.findall(lines[line]))
        for line in {candidates[position].line for position in bare}
        if not _TROUBLE.search(lines[line])
    }
    return frozenset(
        position
        for position in bare
        if (line := candidates[position].line) in calm
        and (
            others.get(line, 0) > 1
            or candidates[position].value in YEARS
            or (calm[line] > _MOST_WORDS and not _is_called(folded, candidates[position].start))
        )
    )


def _is_called(folded: Folded, start: int) -> bool:
    """Whether the word before a number is an identifier of a program."""
    return bool(_IDENTIFIER.search(folded.cased[max(0, start - LOOKED_BACK) : start]))


def _passed_over(candidates: list[Candidate], position: int, direction: int) -> int:
    """``position``, or the next one where a small number stands there: ``after 3 retries``."""
    small = 0 <= position < len(candidates) and abs(candidates[position].value) < SMALLEST_BARE
    return position - direction if small else position


def _goes_on(first: Candidate, second: Candidate, text: str) -> bool:
    """Whether a sentence goes on from one code to the next: ``failed with 8194, and after a restart with 8195``."""
    if first.line != second.line or min(abs(first.value), abs(second.value)) < _SMALLEST_SEQUEL:
        return False
    between = text[first.end : second.start]
    return len(between) <= LOOKED_BACK and bool(_SEQUEL.search(between))


def _is_spoken_of(found: Candidate) -> bool:
    """Whether a number behind a telling word is shown as a code that nobody knows."""
    # Hexadecimal digits without 0x are a hash or a token more often than a code.
    return bool(found.value) and not found.soft_noise and found.kind is not ReadKind.BARE_HEXADECIMAL


def _is_softly(found: Candidate) -> bool:
    return found.standing is Standing.SOFT and not found.soft_noise


def _joined(candidates: list[Candidate], position: int, text: str) -> bool:
    """Whether a candidate and the next stand side by side in one enumeration."""
    first, second = candidates[position], candidates[position + 1]
    between = text[first.end : max(second.key_start, first.end)]
    return first.line == second.line and len(between) <= LOOKED_BACK and bool(_JOINT.search(between))


def _read(found: Candidate, folded: Folded, lookup: Lookup, favoured: frozenset[str]) -> Read:
    start, end, text = folded.original(found.start, found.end)
    codes = lookup.ranked(found.codes, favoured)
    written = folded.text[found.start : found.end].rpartition("/")[2].lstrip("+-")
    other = _other_base(written, found, lookup) if found.kind is not ReadKind.ADDRESS else ()
    other = tuple(path for path in lookup.ranked(other, favoured) if path not in codes)
    return Read(
        start=start,
        end=end,
        text=text,
        kind=found.kind,
        value=codes[0] if found.kind is ReadKind.ADDRESS else str(found.value),
        codes=codes,
        other_base=other,
        neighbours=() if codes else lookup.neighbours(found.value, found.products),
        ambiguity=ambiguity(codes, other, lookup),
    )


def _other_base(written: str, found: Candidate, lookup: Lookup) -> tuple[str, ...]:
    """What the digits mean in the other base. With ``0x`` the base is said: only a number that is no code is doubted."""
    digits = written.removeprefix("0x")
    if not digits.isdigit() or (found.kind is ReadKind.HEXADECIMAL and found.codes):
        return ()
    if found.kind is ReadKind.DECIMAL and len(digits) > _LONGEST_HEXADECIMAL:
        return ()
    return lookup.number(int(digits) if found.kind is ReadKind.HEXADECIMAL else int(digits, 16), found.products)


def ambiguity(codes: tuple[str, ...], other: tuple[str, ...], lookup: Lookup) -> tuple[Ambiguity, ...]:
    """Why codes that were read together are not one thing."""
    products = {lookup[path].product for path in codes}
    found = []
    if len(products) > 1:
        found.append(Ambiguity.PRODUCT)
    if len(codes) > len(products):
        found.append(Ambiguity.CODE)
    if any(lookup[path].meanings > 1 for path in codes):
        found.append(Ambiguity.MEANING)
    if codes and other:
        found.append(Ambiguity.BASE)
    return tuple(found)
