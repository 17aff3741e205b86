"""Which lists, headings and paragraphs that begin with numbers are codes, and which only count or measure."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct

from generator.codes import read_number
from generator.model import IntegerCode
from generator.parse.outside_heads import Head
from generator.parse.outside_rows import Item
from generator.parse.outside_words import (
    are_errnos,
    is_brief,
    is_brief_error,
    is_constant,
    is_error_name,
    is_fault,
    is_identifier,
    is_no_code,
    is_state,
    is_ticket,
)

_MOSTLY: Final = 0.6
_FEWEST: Final = 2
_SURE: Final = 3
_ALMOST: Final = 0.9
_TOLD: Final = 2
"""What words say that speak of error codes."""
_STEPS: Final = 100
"""Numbers below this one count steps and chapters, unless something says that they are codes."""
_LONG: Final = 1000
"""Numbers from this one on are no counts; that they are codes the title of a document is enough to say."""
_MOST: Final = 10_000
"""A number from this one on is no year or limit, even where no other stands beside it."""
_YEARS: Final = range(1970, 2100)


class Shape(Struct, frozen=True):
    """How some lines that begin with codes stand, and what is said above them."""

    kind: str
    """``heading``, ``item``, ``line`` or ``paragraph``."""
    total: int
    """How many of the kind stand there, with codes or without."""
    title: int
    """What the title and the headings further up say of codes: 2 of error codes, 1 of errors."""
    near: int
    """What the heading right above and the paragraph before say."""
    otherwise: bool
    """Whether the heading right above is about numbers of another kind."""
    level: int = 0
    """The level of headings."""
    is_led: bool = False
    """Whether it is a line before, or a heading below the title, that speaks of codes; for headings, the one above."""
    is_direct: bool = False
    """Whether nothing stands between them and a heading below the title, or a word alone, that speaks of codes."""
    is_ranged: bool = False
    """Whether the heading above is about ranges or groups of codes."""


def are_codes(items: Sequence[Item], shape: Shape) -> list[Item]:
    """The items that are codes, and those among them that were meant as such; none where nothing says that they are."""
    if shape.is_ranged and any(item.head is not None and item.head.is_range for item in items):
        return []
    chosen = _firm(items, shape)
    faint = [item for item in items if item.head is not None and item.head.faint]
    if faint:
        chosen = _with_faint(items, faint, chosen, shape)
    if chosen and shape.kind in {"item", "line"} and len(chosen) >= _MOSTLY * len(items):
        return _with_torn(items, chosen)
    return chosen


def are_family(items: Sequence[Item]) -> bool:
    """Whether codes are the same letters and a number each, but for those of standards and tickets: ``LIFT-0020``."""
    heads = [item.head for item in items if item.head is not None]
    lettered = [head.spelled for head in heads if head.is_lettered]
    families = {re.split(r"[^A-Z]", spelled)[0] for spelled in lettered}
    if len(lettered) < max(_SURE, len(heads)) or len(families) > 1 or is_ticket(lettered[0]):
        return False
    # The numbers of tickets are not filled up with zeros.
    return any(re.search(r"(?<!\d)0", spelled) for spelled in lettered)


def _firm(items: Sequence[Item], shape: Shape) -> list[Item]:
    """The items whose heads look like codes, and are some."""
    read = [item for item in items if item.head is not None and not item.head.faint]
    labelled = [item for item in read if item.head is not None and item.head.labelled]
    chapters = shape.kind == "heading" and not _are_named(read)
    alike = _alike([item for item in read if not (chapters and _counts_chapters(item))])
    if labelled and _counts(labelled, shape):
        if len(read) == len(labelled):
            return labelled
        if _MOSTLY * len(read) <= len(labelled):
            alike = _alike(read)
        elif not _is_told(alike, shape):
            alike = []
        known = {id(item) for item in (*alike, *labelled)}
        return [item for item in read if id(item) in known]
    if not alike or not (_is_the_only_one(alike, shape) or _is_told(alike, shape)):
        return []
    return alike


def _with_faint(items: Sequence[Item], faint: Sequence[Item], chosen: Sequence[Item], shape: Shape) -> list[Item]:
    """``chosen`` with words that are codes because those beside them are, or because all together are."""
    if not chosen:
        read = [item for item in items if item.head is not None]
        return read if _are_faint_codes([item.head for item in read if item.head is not None], shape) else []
    known = {id(item) for item in chosen}
    heads = [item.head for item in chosen if item.head is not None]
    kind = Counter(map(_kind, heads)).most_common(1)[0][0]
    marked = all(head.marked for head in heads)
    for item in faint:
        head = item.head
        if head is not None and _kind(head) == kind and head.marked >= marked and not is_no_code(_word(head)):
            known.add(id(item))
    return [item for item in items if id(item) in known]


def _word(head: Head) -> str:
    """The word with which a head begins."""
    return head.called if head.swapped else head.spelled


def _kind(head: Head) -> tuple[bool, bool]:
    return head.swapped, head.is_symbol and not _has_digit(head)


def _are_faint_codes(heads: Sequence[Head], shape: Shape) -> bool:
    """Whether words are codes that much else is, too: names of errors or states, ``E1`` under words for error codes."""
    if shape.otherwise or not _are_several(heads, shape) or any(is_no_code(_word(head)) for head in heads):
        return False
    told = shape.title if shape.kind == "heading" else shape.near
    names = [_word(head) for head in heads]
    if told and len(heads) >= _SURE and are_errnos(names):
        return True
    if told < _TOLD:
        return False
    if all((head.faint and is_brief(head.spelled)) or head.is_lettered for head in heads):
        faults = sum(map(is_brief_error, names))
        return faults == len(heads) if shape.kind == "heading" else _SURE * faults >= len(heads)
    if shape.kind == "heading" and all(head.swapped and not _is_small(head) for head in heads):
        return True
    said = sum(1 for name in names if is_state(name) or is_fault(name))
    if 2 * sum(1 for head in heads if not head.faint and is_constant(head.spelled)) > len(heads):
        return shape.is_led and len(heads) >= _SURE
    return shape.is_led and len(heads) >= _SURE and said >= max(_FEWEST, len(heads) / _SURE)


def _counts(labelled: Sequence[Item], shape: Shape) -> bool:
    """Whether items whose codes are labelled are codes: alone only where the label is not the beginning of a sentence."""
    heads = [item.head for item in labelled if item.head is not None]
    firm = [head for head in heads if head.ending != "space"]
    if shape.kind == "heading" and shape.level == 1 and len(heads) < _FEWEST:
        return False
    if shape.kind in {"paragraph", "line"}:
        return bool(firm) and len(firm) == len(heads)
    return bool(firm) or len(heads) >= _FEWEST


def _are_named(read: Sequence[Item]) -> bool:
    """Whether identifiers in capitals follow numbers, as no titles of chapters do: ``2 — CONFIG_ERROR``."""
    heads = [item.head for item in read if item.head is not None and not item.head.dotted]
    words = [head.called or head.said for head in heads]
    constants = sum(1 for word in words if " " not in word and is_constant(word))
    return sum(1 for head in heads if head.called) >= _FEWEST and constants >= _ALMOST * len(read)


def _counts_chapters(item: Item) -> bool:
    return item.head is not None and _is_small(item.head)


def _alike(read: Sequence[Item]) -> list[Item]:
    """The items whose codes are of the kind that most are of: numbers or words."""
    numbers = [item for item in read if item.head is not None and _has_digit(item.head)]
    symbols = [item for item in read if item.head is not None and item.head.is_symbol]
    return max((numbers, symbols), key=len)


def _is_told(chosen: Sequence[Item], shape: Shape) -> bool:
    """Whether something says that lines of one shape are codes, though none of them says so itself."""
    heads = [item.head for item in chosen if item.head is not None]
    if not _are_several(heads, shape):
        return False
    if shape.kind in {"item", "line"} and not shape.otherwise and _name_errors(heads):
        return True
    named = sum(1 for head in heads if head.name is not None)
    if named >= _MOSTLY * len(heads) and not shape.otherwise and max(shape.near, shape.title):
        return not all(head.dotted for head in heads)
    if shape.otherwise or not max(shape.near, shape.title):
        return False
    if all(head.is_symbol for head in heads):
        return _are_symbols(heads, shape)
    values = [_value(head) for head in heads]
    if _are_years(values, heads, shape):
        return False
    if shape.kind == "heading":
        return True
    steps = all(_counts_chapters(item) for item in chosen)
    if steps and any(head.dotted for head in heads):
        return False
    if not any(map(_says_something, chosen)):
        return False
    marked = all(head.marked or (head.spanned and not _is_small(head)) for head in heads)
    if not marked and _spaced(heads) > (1 - _MOSTLY) * len(heads):
        return _are_no_amounts(heads, shape)
    if shape.near == _TOLD:
        return True
    long = all(value is None or value < 0 or value >= _LONG for value in values) or not all(map(_is_decimal, heads))
    return not steps and (long or shape.near == 1)


def _are_several(heads: Sequence[Head], shape: Shape) -> bool:
    """Whether codes are most of what stands there, and not the same one again and again."""
    if len(heads) < _FEWEST or (shape.kind != "heading" and len(heads) < _MOSTLY * shape.total):
        return False
    return len({head.spelled for head in heads}) * 2 > len(heads)


def _is_the_only_one(chosen: Sequence[Item], shape: Shape) -> bool:
    """Whether the only item below words for error codes is one: set as code, and no number that counts something."""
    head = chosen[0].head
    if head is None or shape.kind != "item" or shape.total != 1 or shape.otherwise or not shape.is_led:
        return False
    value = _value(head)
    telling = is_fault(head.called or head.spelled) if value is None or head.called else _is_no_count(head, value)
    return head.marked and head.ending in {"mark", "brackets"} and telling


def _is_no_count(head: Head, value: int) -> bool:
    return value < 0 or value >= _MOST or not _is_decimal(head)


def _name_errors(heads: Sequence[Head]) -> bool:
    """Whether the names beside numbers are those of errors, whatever stands above them."""
    names = [head.called for head in heads if head.called]
    sure = sum(map(is_error_name, names))
    if len(names) < _MOSTLY * len(heads) or sure < _FEWEST or all(head.dotted for head in heads):
        return False
    if sure >= _MOSTLY * len(heads):
        return True
    # What constants of one family are about a few of them say, and where errors are meant they are negative.
    family = {name.partition("_")[0] for name in names}
    return len(family) == 1 and all((_value(head) or 0) < 0 for head in heads)


def _spaced(heads: Sequence[Head]) -> int:
    return Counter(head.ending for head in heads)["space"]


def _are_no_amounts(heads: Sequence[Head], shape: Shape) -> bool:
    """Whether numbers with a word behind them are codes: an amount has a unit there, in small letters."""
    if shape.kind not in {"item", "line"} or shape.near < _TOLD:
        return False
    small = sum(map(_is_small, heads))
    units = [head.said for head in heads if head.said.islower() and " " not in head.said]
    if len(units) >= _MOSTLY * len(heads) and 2 * len(set(units)) <= len(units):
        return False
    if shape.is_led and shape.kind == "item" and small <= (1 - _MOSTLY) * len(heads):
        return True
    fewest = _MOSTLY * len(heads)
    begin = sum(1 for head in heads if head.said[:1].isalpha() and not head.said[0].islower())
    several = sum(1 for head in heads if " " in head.said or not head.said.isascii())
    return begin >= fewest and (not small or several >= fewest)


def _says_something(item: Item) -> bool:
    head = item.head
    said = head is not None and (head.text is not None or bool(head.others))
    return said or item.region is not None or item.last > item.line + 1


def _is_small(head: Head) -> bool:
    value = _value(head)
    return value is not None and 0 <= value < _STEPS and _is_decimal(head)


def _are_symbols(heads: Sequence[Head], shape: Shape) -> bool:
    """Whether words are codes: those that name errors, where a heading or the title speaks of error codes."""
    coded = sum(1 for head in heads if _has_digit(head) or head.has_status or is_fault(head.spelled))
    # Where a heading speaks of errors below one that speaks of codes, both together say it.
    near = _TOLD if shape.near and shape.title == _TOLD else shape.near
    told = max(near, shape.title if shape.kind == "heading" else 0)
    if shape.kind in {"item", "line"} and near == _TOLD and not _spaced(heads):
        # Under words that announce codes the names alone are enough.
        constants = sum(1 for head in heads if is_constant(head.spelled))
        if 2 * constants > len(heads) and _SURE * coded >= len(heads) and all(head.spelled.isupper() for head in heads):
            # Among names of errors one that speaks of a measure is no setting.
            constants = len(heads)
        fewest = _FEWEST if shape.is_direct and all(is_identifier(head.spelled) for head in heads) else _SURE
        if len(heads) >= fewest and constants >= _ALMOST * shape.total:
            return True
    led = shape.is_led or (shape.title == _TOLD and any(head.has_status for head in heads))
    if (
        shape.kind == "heading"
        and led
        and _SURE * coded >= len(heads)
        and all(is_constant(one.spelled) for one in heads)
    ):
        # Below a heading that announces codes most of the names may say nothing of errors.
        coded = len(heads)
    if coded < _MOSTLY * len(heads) or told < 1:
        return False
    if shape.kind == "heading":
        if all(head.ending in {"end", "brackets", "mark"} or head.marked for head in heads):
            return True
        return shape.is_led and all(head.is_lettered and not is_ticket(head.spelled) for head in heads)
    spaced = [head for head in heads if head.ending == "space" and not head.marked]
    return told == _TOLD and (not spaced or (shape.near == _TOLD and all(head.is_lettered for head in spaced)))


def _has_digit(head: Head) -> bool:
    """Whether a code is a number, or a word such as ``E900``."""
    return not head.is_symbol or any(one.isdigit() for one in head.spelled)


def _value(head: Head) -> int | None:
    number = read_number(head.spelled)
    return number.value if isinstance(number, IntegerCode) else None


def _is_decimal(head: Head) -> bool:
    return "x" not in head.spelled.lower()


def _are_years(values: Sequence[int | None], heads: Sequence[Head], shape: Shape) -> bool:
    years = [value for value in values if value is not None]
    if len(years) < len(values) or not all(value in _YEARS for value in years):
        return False
    if not shape.is_led and shape.kind != "heading":
        return True
    falling = all(later < earlier for earlier, later in pairwise(years))
    return falling or all(head.text is None or head.ending == "space" for head in heads)


def _with_torn(items: Sequence[Item], chosen: Sequence[Item]) -> list[Item]:
    """``chosen`` with the items between and behind them that say something without a code of their kind."""
    known = {id(item) for item in chosen}
    found = []
    for item in items:
        if id(item) not in known:
            if item.last <= item.line or item.end <= item.start:
                continue
            item.head = None
        found.append(item)
    return found
