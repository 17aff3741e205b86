"""What a cell speaks of beside what it said in an older edition: where it means something else, and who agrees with whom."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from msgspec import Struct

from generator.alignment import normal_name, text_similarity
from generator.model import Column, Entry, FieldText, Locale, SourceSpan, canonical
from generator.rules.carried import carried
from generator.rules.concepts import is_long, spoken, stance
from generator.rules.context import Context
from generator.rules.editions import Cell, beside, cells
from generator.rules.quantities import Amount, amounts
from generator.text import one_line, visible

SUBJECT: Final = (Column.DESCRIPTION, Column.CAUSE, Column.CAUSE_AND_SOLUTION)
"""The columns that say what a code means."""

_REWORDED: Final = 0.55
"""Texts more alike than this say the same in other words."""
_FOREIGN: Final = 0.5
"""Descriptions less alike than this share nothing but letters."""
_WAYS: Final = 2
_CATEGORY: Final = 3
"""A text that so many rows of one table share says what kind of error they are, not which."""


def concepts(context: Context, locale: Locale, field: FieldText) -> frozenset[str]:
    """What a cell speaks of."""
    kept = context.once(_concepts)
    key = (field.span, field.plain)
    if key not in kept:
        kept[key] = frozenset(one.concept for one in spoken(context, locale, field))
    return kept[key]


def _concepts(_context: Context) -> dict[tuple[SourceSpan, str], frozenset[str]]:
    return {}


def is_category(context: Context, entry: Entry, field: FieldText) -> bool:
    """Whether many rows of the table say the same, so that it does not tell them apart."""
    return context.once(_counts).get((entry.span.path, entry.table, field.column, _bare(field.plain)), 0) >= _CATEGORY


def _counts(context: Context) -> Mapping[tuple[str, int, Column, str], int]:
    found: dict[tuple[str, int, Column, str], int] = {}
    for document in context.catalog.documents:
        for entry in document.entries:
            for field in entry.said:
                key = (document.path, entry.table, field.column, _bare(field.plain))
                found[key] = found.get(key, 0) + 1
    return found


@lru_cache(maxsize=50_000)
def _bare(text: str) -> str:
    return one_line(visible(text)).casefold().rstrip(" .。．!！")


class Change(Struct, frozen=True):
    """A cell that speaks of something else than it did."""

    cell: Cell
    opposite: bool
    """Whether it took one side of an axis and takes another now."""


def changed_meanings(context: Context) -> tuple[Change, ...]:
    """Cells of the columns that say what a code means which have nothing left in common with what they said.

    The source locale's first. The other locales of the newer edition do not contradict.
    """
    by_row: dict[int, list[Cell]] = {}
    for cell in context.once(cells):
        if cell.column in SUBJECT:
            by_row.setdefault(id(cell.entry), []).append(cell)
    found = [change for same in by_row.values() if (change := _change(context, same))]
    return tuple(sorted(found, key=lambda one: one.cell.entry.locale != context.catalog.source_locale))


def _change(context: Context, same: Sequence[Cell]) -> Change | None:
    if all(cell.now.plain == cell.was.plain for cell in same):
        return None
    own = [cell for cell in same if len(same) == 1 or not is_category(context, cell.entry, cell.now)]
    turned = next((cell for cell in own if _turned(context, cell)), None)
    if turned:
        wrong = contradicted(context, turned) or _was_wrong(context, turned)
        return None if wrong else Change(turned, opposite=True)
    if not own or any(contradicted(context, cell) or _was_wrong(context, cell) for cell in own):
        return None
    said = [
        (concepts(context, cell.entry.locale, cell.now), concepts(context, cell.entry.locale, cell.was)) for cell in own
    ]
    # A description is short enough to be judged alone; a cause may have been told more closely.
    for cell, (now, was) in zip(own, said, strict=True):
        if cell.column is Column.DESCRIPTION and now and was and not now & was and _alike(cell) < _FOREIGN:
            return Change(cell, opposite=False)
    now, was = (frozenset[str]().union(*sides) for sides in zip(*said, strict=True))
    if not now or not was or now & was or max(map(_alike, own)) >= _REWORDED:
        return None
    if now & context.glossary.named(own[0].entry.name) - was:
        return None
    return Change(own[0], opposite=False)


def _was_wrong(context: Context, cell: Cell) -> bool:
    """Whether the other locales of the older edition said then what the cell says now: it was put right."""
    row = context.once(beside).get(cell.former)
    now = concepts(context, cell.entry.locale, cell.now) - concepts(context, cell.entry.locale, cell.was)
    theirs = [
        bool(now & concepts(context, locale, field))
        for locale, other in (row.entries.items() if row else ())
        if locale != cell.former.locale and (field := other.field(cell.column))
    ]
    return bool(theirs) and 2 * sum(theirs) >= len(theirs)


def _alike(cell: Cell) -> float:
    return text_similarity(cell.now.plain, cell.was.plain)


def _turned(context: Context, cell: Cell) -> bool:
    """Whether a cell takes another side of an axis than it did."""
    locale, fields = cell.entry.locale, (cell.now, cell.was)
    if is_long(fields) or cell.now.plain == cell.was.plain:
        return False
    now, was = (concepts(context, locale, field) for field in fields)
    gone, come = was - now, now - was
    for axis in context.glossary.axes if gone and come else ():
        if gone.isdisjoint(axis.sides) or come.isdisjoint(axis.sides):
            continue
        first, second = (stance(axis, field, spoken(context, locale, field)) for field in fields)
        if first and second and first.side != second.side and first.negated == second.negated:
            return True
    return False


def contradicted(context: Context, cell: Cell) -> bool:
    """Whether the other locales say what a cell said and no longer says, and none of them what it says now."""
    now, was = (concepts(context, cell.entry.locale, field) for field in (cell.now, cell.was))
    theirs = [
        concepts(context, locale, field) for locale, row in cell.peers.items() if (field := row.field(cell.column))
    ]
    gone, come = was - now, now - was
    return bool(theirs) and all(said & gone and not said & come for said in theirs)


def reused(context: Context) -> frozenset[Entry]:
    """Rows, in all locales, of codes that have another name and another meaning than they had."""
    codes = {
        (cell.entry.product, cell.entry.edition, canonical(cell.entry.code))
        for cell in (change.cell for change in context.once(changed_meanings))
        if normal_name(cell.entry.name) != normal_name(cell.former.name)
    }
    return frozenset(
        entry
        for document in context.catalog.documents
        for entry in document.entries
        if (entry.product, entry.edition, canonical(entry.code)) in codes
    )


class Said(Struct, frozen=True):
    """Everything in a cell that another language would say, too."""

    words: Mapping[str, frozenset[str]]
    """The concepts, each with the words that name it."""
    names: frozenset[str]
    """Identifiers, in lower case."""
    amounts: tuple[Amount, ...]

    @property
    def concepts(self) -> frozenset[str]:
        """The concepts alone."""
        return frozenset(self.words)

    def has(self, amount: Amount) -> bool:
        """Whether an amount is here."""
        return any(one.equals(amount) for one in self.amounts)


def said(context: Context, entry: Entry, field: FieldText) -> Said:
    """What a row's cell says."""
    kept = context.once(_said)
    key = (field.span, entry.code.text, field.plain)
    if key not in kept:
        kept[key] = _read(context, entry, field)
    return kept[key]


def _said(_context: Context) -> dict[tuple[SourceSpan, str, str], Said]:
    return {}


def _read(context: Context, entry: Entry, field: FieldText) -> Said:
    words: dict[str, set[str]] = {}
    for one in spoken(context, entry.locale, field):
        words.setdefault(one.concept, set()).add(one.word)
    parts = carried(field)
    return Said(
        {concept: frozenset(own) for concept, own in words.items()},
        frozenset(name.casefold() for name in parts.hard),
        tuple(one for one in amounts(context, entry, field).found if one.telling),
    )


def regressions(context: Context, cell: Cell) -> str:
    """What a cell said as all its peers do, and says no longer; empty where nothing proves that it went wrong."""
    if not cell.peers or cell.now.plain == cell.was.plain:
        return ""
    theirs = {locale: row.field(cell.column) for locale, row in cell.peers.items()}
    if cell.column is Column.NAME:
        names = {normal_name(field.plain) for field in theirs.values() if field}
        was = normal_name(cell.was.plain)
        return was if names == {was} and normal_name(cell.now.plain) != was else ""
    now, was_said = said(context, cell.entry, cell.now), said(context, cell.former, cell.was)
    others = [said(context, cell.peers[locale], field) for locale, field in theirs.items() if field]
    for name in sorted(was_said.names - now.names):
        if all(name in other.names for other in others):
            return min(one for one in carried(cell.was).hard if one.casefold() == name)
    for amount in was_said.amounts:
        strange = [one for one in now.amounts if not was_said.has(one) and not any(other.has(one) for other in others)]
        if strange and not now.has(amount) and all(other.has(amount) for other in others):
            return amount.text
    if not contradicted(context, cell):
        return ""
    shared = frozenset.intersection(*(other.concepts for other in others))
    turned = _turned(context, cell)
    gone = sorted((was_said.concepts - now.concepts) & shared)
    if gone and (turned or (not now.concepts & shared and _alike(cell) < _REWORDED)):
        return min(was_said.words[gone[0]]).strip("*")
    return ""


def followed(own: Said, was: Said, now: Said, peers: Sequence[Said], *, kept: bool) -> str | None:
    """What shows that a text follows what another locale ``was`` and is ``now``; ``None`` where nothing does.

    ``peers`` are all other texts of today, ``now`` among them; ``kept`` says that the text itself has not changed.
    It is empty where the text only lacks what is new.
    """
    for name in sorted(was.names & own.names):
        if not any(name in peer.names for peer in peers):
            return name
    for amount in was.amounts:
        if own.has(amount) and not any(peer.has(amount) for peer in peers):
            return amount.text
    gone = was.concepts - frozenset[str]().union(*(peer.concepts for peer in peers))
    come = (now.concepts - was.concepts).intersection(*(peer.concepts for peer in peers))
    held, lacking = gone & own.concepts, come - own.concepts
    if len(gone - held) > len(held) or len(come - lacking) > len(lacking):
        return None
    # One word may name several concepts; only what is said in words of its own counts. A concept alone may be a matter
    # of wording, unless the text is the very one that stood there before.
    ways = len({own.words[concept] for concept in held}) + len({now.words[concept] for concept in lacking})
    if ways >= (1 if kept else _WAYS):
        return min(min(own.words[concept]) for concept in held).strip("*") if held else ""
    return None


def described_otherwise(context: Context, first: Entry, second: Entry) -> bool:
    """Whether the descriptions of two rows of one locale have nothing in common."""
    ours, theirs = (row.field(Column.DESCRIPTION) for row in (first, second))
    if not ours or not theirs or text_similarity(ours.plain, theirs.plain) >= _FOREIGN:
        return False
    here, there = (concepts(context, first.locale, field) for field in (ours, theirs))
    return bool(here) and bool(there) and not here & there
