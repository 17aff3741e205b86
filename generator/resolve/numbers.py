"""Numbers in a text: which of them are spoken of as codes, and which are times, places, counts and the like."""

import re
from itertools import pairwise
from typing import Final

from msgspec import Struct

from generator.resolve.fold import Folded
from generator.resolve.grammar import GRAMMAR
from generator.resolve.lookup import Lookup
from generator.resolve.standing import LOOKED_BACK, Standing, standing_of
from generator.resolve.values import Ambiguity, Read, ReadKind

_NUMBER: Final = re.compile(GRAMMAR.number)
_BARE_HEXADECIMAL: Final = re.compile(GRAMMAR.bare_hexadecimal)
_NOISE: Final = tuple(re.compile(pattern) for pattern in GRAMMAR.noise)
_SOFT_NOISE: Final = tuple(re.compile(pattern) for pattern in GRAMMAR.soft_noise)
_JOINT: Final = re.compile(GRAMMAR.joint)
_SEGMENT: Final = re.compile(r"[a-z0-9._-]+")
_WRAPPING: Final = " \n\t\"'`()[]{}<>,.;:!?#=。、，！？|/"
_SMALLEST_BARE: Final = 100
"""Below this a number needs a word that says it is a code: too many small numbers stand in any text."""
_SMALLEST_SOFT: Final = 1000
"""Below this a number that is no code and only ``returned`` or ``failed`` speaks of is rather an HTTP status."""
_LONGEST: Final = 20
_LONGEST_HEXADECIMAL: Final = 8


class Candidate(Struct, frozen=True):
    """A number in the text."""

    start: int
    """In the folded text, the sign included."""
    end: int
    key_start: int
    """Where the words begin that say what the number is; ``start`` where there are none."""
    line: int
    kind: ReadKind
    value: int
    standing: Standing
    codes: tuple[str, ...]
    soft_noise: bool
    products: frozenset[str] = frozenset()


def read_numbers(folded: Folded, lookup: Lookup, taken: tuple[tuple[int, int], ...]) -> tuple[Read, ...]:
    """The numbers that are codes, or are spoken of as codes, in order; ``taken`` stretches are left out."""
    favoured = frozenset(product for product in lookup.products if _mention(product).search(folded.text))
    addresses = _addresses(folded.text, lookup)
    alone = _alone(folded.text, lookup) if not addresses and not taken else None
    if alone:
        chosen = [alone]
    else:
        covered = (*taken, *((found.start, found.end) for found in addresses))
        chosen = sorted(
            (*addresses, *_accepted(_candidates(folded, lookup, covered), folded.text)), key=lambda found: found.start
        )
    return tuple(_read(found, folded, lookup, favoured) for found in chosen)


def _mention(product: str) -> re.Pattern[str]:
    """A product's own word, with the mark that may tie it to a number."""
    return re.compile(rf"(?<![a-z0-9]){re.escape(product)}(?![a-z0-9])[-_:/#]?")


def number_value(digits: str) -> int:
    """The value of unsigned digits, in base 16 with ``0x``, else in base 10."""
    return int(digits, 0) if digits.startswith("0x") else int(digits)


def _kind(digits: str) -> ReadKind:
    return ReadKind.HEXADECIMAL if digits.startswith("0x") else ReadKind.DECIMAL


def _too_long(digits: str) -> bool:
    if digits.startswith("0x"):
        return len(digits[2:].lstrip("0")) > _LONGEST_HEXADECIMAL
    return len(digits.lstrip("0")) > _LONGEST


def _alone(text: str, lookup: Lookup) -> Candidate | None:
    """The one number that the whole text consists of, products and punctuation aside."""
    for product in sorted(lookup.products):
        text = _mention(product).sub(lambda match: " " * len(match[0]), text)
    core = text.strip(_WRAPPING)
    start = text.find(core)
    for pattern, kind in ((r"([+-]?)(0x[0-9a-f]+|[0-9]+)", None), (r"()([0-9a-f]{3,8})", ReadKind.BARE_HEXADECIMAL)):
        match = re.fullmatch(pattern, core)
        if not match or _too_long(match[2]) or (kind and not re.search("[0-9]", core)):
            continue
        value = int(match[2], 16) if kind else number_value(match[2])
        value = -value if match[1] == "-" else value
        codes = lookup.number(value, frozenset())
        if kind and not codes and len(core) < 4:
            continue
        sign = len(match[1]) if match[1] == "+" else 0
        return Candidate(
            start=start + sign,
            end=start + len(core),
            key_start=start,
            line=0,
            kind=kind or _kind(match[2]),
            value=value,
            standing=Standing.STRONG,
            codes=codes,
            soft_noise=False,
        )
    return None


def _addresses(text: str, lookup: Lookup) -> list[Candidate]:
    """What is written as in a link: ``gme/7006``, ``gme/0x1b5e``, ``e/7006``."""
    found: list[Candidate] = []
    segments = [(match.start(), match[0].rstrip(".")) for match in _SEGMENT.finditer(text)]
    for (start, first), (second_start, second) in pairwise(segments):
        if start + len(first) + 1 != second_start or text[second_start - 1] != "/" or not second:
            continue
        products = frozenset((first,)) & lookup.products
        if not products and first != "e":
            continue
        end = second_start + len(second)
        number = re.fullmatch(r"([+-]?)(0x[0-9a-f]+|[0-9]+)", second)
        if number and not _too_long(number[2]):
            value = number_value(number[2]) * (-1 if number[1] == "-" else 1)
            found.append(
                Candidate(
                    start=start if products else second_start,
                    end=end,
                    key_start=start,
                    line=0,
                    kind=_kind(number[2]),
                    value=value,
                    standing=Standing.STRONG,
                    codes=lookup.number(value, products),
                    soft_noise=False,
                    products=products,
                )
            )
        elif f"{first}/{second}" in lookup:
            found.append(
                Candidate(
                    start=start,
                    end=end,
                    key_start=start,
                    line=0,
                    kind=ReadKind.ADDRESS,
                    value=0,
                    standing=Standing.STRONG,
                    codes=(f"{first}/{second}",),
                    soft_noise=False,
                )
            )
    return found


def _candidates(folded: Folded, lookup: Lookup, covered: tuple[tuple[int, int], ...]) -> list[Candidate]:
    text = folded.text
    noise = _mask(text, _NOISE, covered)
    soft_noise = _mask(text, _SOFT_NOISE, ())
    found: list[Candidate] = []
    for match in _NUMBER.finditer(text):
        start, end = match.span(1)
        if noise[start] or _too_long(match[1]):
            continue
        value = number_value(match[1])
        if start and text[start - 1] in "+-" and not re.match(r"[a-z0-9_)\]]", text[start - 2 : start - 1]):
            value = -value if text[start - 1] == "-" else value
            start -= text[start - 1] == "-"
        found.append(_candidate(folded, lookup, start, end, _kind(match[1]), value, bool(soft_noise[end - 1])))
    for match in _BARE_HEXADECIMAL.finditer(text):
        word = match[1]
        if noise[match.start()] or word.isdigit() or not re.search("[0-9]", word):
            continue
        value = int(word, 16)
        candidate = _candidate(
            folded, lookup, *match.span(1), ReadKind.BARE_HEXADECIMAL, value, bool(soft_noise[match.end() - 1])
        )
        if candidate.standing is Standing.STRONG:
            found.append(candidate)
    return sorted(found, key=lambda candidate: candidate.start)


def _mask(text: str, patterns: tuple[re.Pattern[str], ...], covered: tuple[tuple[int, int], ...]) -> bytearray:
    mask = bytearray(len(text))
    spans = [match.span() for pattern in patterns for match in pattern.finditer(text)]
    for start, end in (*spans, *covered):
        mask[start:end] = b"\1" * (end - start)
    return mask


def _candidate(
    folded: Folded, lookup: Lookup, start: int, end: int, kind: ReadKind, value: int, soft_noise: bool
) -> Candidate:
    text = folded.text
    standing, key_start = standing_of(folded, start, end, value)
    bracketed = text[start - 1 : start] == "[" and text[end : end + 1] == "]"
    if bracketed and standing is Standing.BARE:
        standing = Standing.BRACKETED
    return Candidate(
        start=start,
        end=end,
        key_start=key_start,
        line=text.count("\n", 0, start),
        kind=kind,
        value=value,
        standing=standing,
        codes=lookup.number(value, frozenset()),
        soft_noise=soft_noise,
    )


def _accepted(candidates: list[Candidate], text: str) -> list[Candidate]:
    """Those of the candidates that are codes or are spoken of as such."""
    accepted = {
        position
        for position, found in enumerate(candidates)
        if (found.standing is Standing.STRONG and (found.codes or (found.value and not found.soft_noise)))
        or (found.standing is Standing.SOFT and found.codes and not found.soft_noise)
    }
    telling = bool(accepted)
    lines = {candidates[position].line for position in accepted}
    # A dictionary, for it keeps the order and is searched for every number below.
    bare = {
        position: None
        for position, found in enumerate(candidates)
        if found.codes and abs(found.value) >= _SMALLEST_BARE and not found.soft_noise and position not in accepted
    }
    for position in bare:
        found = candidates[position]
        if found.standing is Standing.BARE and found.line not in lines:
            accepted.add(position)
    lines = {candidates[position].line for position in accepted}
    for position in bare:
        found = candidates[position]
        bracketed = found.standing is Standing.BRACKETED and found.line not in lines
        if bracketed or (found.standing is Standing.KEYED and not telling):
            accepted.add(position)
    for direction in (1, -1):
        for position in range(len(candidates))[::direction]:
            other = position - direction
            if position in accepted or position not in bare or other not in accepted:
                continue
            if candidates[position].standing in (Standing.BARE, Standing.BRACKETED) and _joined(
                candidates, min(position, other), text
            ):
                accepted.add(position)
    if not accepted:
        return [
            found
            for found in candidates
            if found.standing is Standing.SOFT and abs(found.value) >= _SMALLEST_SOFT and not found.soft_noise
        ]
    return [candidates[position] for position in sorted(accepted)]


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
