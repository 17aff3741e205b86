"""Texts that stand for two codes which the other languages tell apart, and what they leave out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from generator.glossary import Glossary
from generator.model import Locale
from generator.rules.aligned import AlignedCell
from generator.rules.context import Context
from generator.rules.renderings import lost_clause, spoken, text_cells
from generator.rules.wording import bare

_KINDS: Final = 8
"""A text that stands for more different ones is meant to be general."""
_WITNESSES: Final = 2
_LONGER: Final = 1.15
"""How much longer the other peers' texts must be where one peer's has a clause more."""


class Loss(Struct, frozen=True):
    """What the text of one locale does not say of ``cell``."""

    locale: Locale
    cell: AlignedCell
    other: AlignedCell
    """That of another code, for which the locale has the same text."""
    peers: tuple[Locale, ...]
    """Those who say it."""
    what: str
    """The word or the clause that is left out."""


def losses(context: Context) -> tuple[Loss, ...]:
    """All of them, column by column."""
    return tuple(_found(context))


def _found(context: Context) -> Iterator[Loss]:
    for cells in context.once(text_cells).values():
        for locale in dict.fromkeys(locale for cell in cells for locale in cell.fields):
            same: dict[str, list[AlignedCell]] = {}
            for cell in cells:
                if locale in cell.fields:
                    same.setdefault(bare(cell.fields[locale].plain), []).append(cell)
            for alike in same.values() if len(same) < len(cells) else ():
                yield from _reused(context.glossary, locale, alike)


def _reused(glossary: Glossary, locale: Locale, cells: Sequence[AlignedCell]) -> Iterator[Loss]:
    if len(cells) < 2:
        return
    kinds: dict[tuple[tuple[Locale, str], ...], list[AlignedCell]] = {}
    for cell in cells:
        peers = tuple((peer, bare(field.plain)) for peer, field in cell.fields.items() if peer != locale)
        kinds.setdefault(peers, []).append(cell)
    if not 1 < len(kinds) <= _KINDS:
        return
    for peers, rows in kinds.items():
        others = [
            alike[0]
            for theirs, alike in kinds.items()
            if [peer for peer, _ in theirs] == [peer for peer, _ in peers]
            and all(mine != their for mine, their in zip(peers, theirs, strict=True))
        ]
        for cell in rows:
            found = (_loss(glossary, locale, cell, other) for other in others)
            if loss := next((one for one in found if one), None):
                yield loss


def _loss(glossary: Glossary, locale: Locale, cell: AlignedCell, other: AlignedCell) -> Loss | None:
    text = cell.fields[locale].plain
    peers = tuple(peer for peer in cell.fields if peer != locale)
    here = {peer: cell.fields[peer].plain for peer in peers}
    there = {peer: other.fields[peer].plain for peer in peers}
    own = glossary.concepts_in(locale, text)
    named = frozenset.intersection(*(glossary.concepts_in(peer, here[peer]) for peer in peers))
    named_there = [glossary.concepts_in(peer, there[peer]) for peer in peers]
    # A text that names the other side is no general one: it contradicts this row (T603).
    only_here = named - frozenset.union(*named_there) - own
    only_here -= _opposites(glossary, only_here, own)
    opposite = _opposites(glossary, only_here, frozenset.intersection(*named_there))
    named_alone = sorted(opposite or only_here)
    if named_alone and (opposite or len(peers) >= _WITNESSES):
        return Loss(locale, cell, other, peers, spoken(glossary, named_alone[0], locale))
    if len(peers) < _WITNESSES and locale == cell.row.group.reference:
        return (
            None  # What the one translation has besides may as well have been added, or lost in the other row (T610).
        )
    return _clause(locale, cell, other, here, there)


def _opposites(glossary: Glossary, here: frozenset[str], there: frozenset[str]) -> frozenset[str]:
    """The concepts of ``here`` of which ``there`` has another side."""
    return frozenset(
        side for axis in glossary.axes for side in axis.sides if side in here and there & (set(axis.sides) - {side})
    )


def _clause(
    locale: Locale, cell: AlignedCell, other: AlignedCell, here: Mapping[Locale, str], there: Mapping[Locale, str]
) -> Loss | None:
    """A clause that one peer has in this row only, while the other peers' texts of this row are the longer ones."""
    for peer, text in here.items():
        clause = lost_clause(there[peer], text)
        longer = all(len(bare(here[one])) >= _LONGER * len(bare(there[one])) for one in here)
        if clause and longer:
            return Loss(locale, cell, other, (peer,), clause)
    return None
