"""Rows that stand under a code which is not theirs, as the peers prove it. Several rules want to know."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from msgspec import Struct

from generator.alignment import (
    align,
    features,
    is_identifier,
    is_slip,
    name_similarity,
    normal_name,
    text_similarity,
)
from generator.model import Canonical, Code, Column, Entry, Locale, canonical
from generator.rules.context import Context, Group

_SIMILAR_NAME = 0.8
_SIMILAR_TEXT = 0.5


class Misnumbered(Struct, frozen=True):
    """One row under a wrong code."""

    entry: Entry
    expected: Code
    """The code that the row belongs to, as a peer publishes it."""
    witnesses: tuple[Entry, ...]
    """The peers' rows of that code, then that of an older edition in the same locale, where there is one."""
    before: Code | None
    """The code that stands before ``expected`` among the peers."""
    after: Code | None
    sure: bool
    """Two peers attest the code, or order and name agree in it."""


_Listed = Callable[[Canonical], Sequence[Entry]]
"""The rows of a document that list a code."""


class _Vote(Struct, frozen=True):
    """One peer's row beside the suspect row."""

    locale: Locale
    entry: Entry
    in_order: bool
    """Whether the rows before and after stand beside each other too."""


def misnumbered(context: Context) -> tuple[Misnumbered, ...]:
    """All rows of the catalog that can be proved to stand under a wrong code."""
    return tuple(found for group in context.groups if len(group.documents) > 1 for found in _in_group(context, group))


def expected_codes(context: Context) -> Mapping[Entry, Code]:
    """The codes to which misnumbered rows belong."""
    return {found.entry: found.expected for found in context.once(misnumbered)}


def chains(context: Context) -> Mapping[Entry, tuple[Misnumbered, ...]]:
    """For each misnumbered row the rows whose codes went wrong with it, in the order of the source, itself among them.

    Two swapped codes are such a chain, and so are codes that have all moved on by a row.
    """
    wrong = context.once(misnumbered)
    holders = {_place(one.entry, canonical(one.entry.code)): index for index, one in reversed([*enumerate(wrong)])}
    links: dict[int, list[int]] = {index: [] for index in range(len(wrong))}
    for index, one in enumerate(wrong):
        holder = holders.get(_place(one.entry, canonical(one.expected)))
        if holder is not None:
            links[index].append(holder)
            links[holder].append(index)
    found: dict[Entry, tuple[Misnumbered, ...]] = {}
    seen: set[int] = set()
    for start in links:
        together: list[int] = []
        reached = [] if start in seen else [start]
        seen.add(start)
        while reached:
            together.append(reached.pop())
            following = [index for index in dict.fromkeys(links[together[-1]]) if index not in seen]
            seen.update(following)
            reached += following
        chain = tuple(sorted((wrong[index] for index in together), key=lambda one: (one.entry.table, one.entry.row)))
        found.update((one.entry, chain) for one in chain)
    return found


def _place(entry: Entry, code: Canonical) -> tuple[object, ...]:
    return (entry.product, entry.edition, entry.locale, code)


def _in_group(context: Context, group: Group) -> Iterator[Misnumbered]:
    for locale, rows in group.rows.items():
        peers = {peer: group.rows[peer] for peer in group.peers(locale) if group.rows[peer]}
        listed = partial(context.rows_listing, group.documents[locale])
        if not rows or not _at_odds(rows, peers, listed):
            continue
        found: dict[Entry, Misnumbered] = {}
        taken: set[Canonical] = set()
        for index, votes in sorted(_votes(rows, peers).items()):
            judged = _judge(context, group, rows, index, votes, listed)
            if judged and canonical(judged.expected) not in taken:
                taken.add(canonical(judged.expected))
                found[judged.entry] = judged
        yield from _free(found, listed).values()


def _at_odds(rows: Sequence[Entry], peers: Mapping[Locale, Sequence[Entry]], listed: _Listed) -> bool:
    """Whether a peer lists a code that is missing here, or gives one another name: else nothing is misnumbered."""
    names = {canonical(entry.code): normal_name(entry.name) for entry in rows}
    return any(
        not listed(canonical(entry.code)) or names.get(canonical(entry.code), "") != normal_name(entry.name)
        for other in peers.values()
        for entry in other
    )


def _free(found: Mapping[Entry, Misnumbered], listed: _Listed) -> Mapping[Entry, Misnumbered]:
    """Those rows whose own code no other row rightly holds: it is missing here, or its rows are misnumbered too."""
    waiting: dict[Entry, list[Entry]] = {}
    held: list[Entry] = []
    for entry, one in found.items():
        for holder in listed(canonical(one.expected)):
            waiting.setdefault(holder, []).append(entry)
            if holder not in found:
                held.append(entry)
    kept = dict(found)
    while held:
        entry = held.pop()
        if kept.pop(entry, None):
            held += waiting.get(entry, ())
    return kept


def _votes(rows: Sequence[Entry], peers: Mapping[Locale, Sequence[Entry]]) -> Mapping[int, list[_Vote]]:
    """For each row the peers' rows beside it: by alignment or, where nothing stands beside it, by its name."""
    votes: dict[int, list[_Vote]] = {}
    names = Counter(normal_name(entry.name) for entry in rows)
    for locale, others in peers.items():
        pairs = align(rows, others)
        beside = {left: right for left, right in pairs if left is not None and right is not None}
        free = {normal_name(others[right].name): right for left, right in pairs if left is None and right is not None}
        sizes = (len(rows), len(others))
        for left, right in pairs:
            if left is None:
                continue
            if right is not None:
                votes.setdefault(left, []).append(_Vote(locale, others[right], _in_order((left, right), beside, sizes)))
            elif is_identifier(rows[left].name) and names[normal_name(rows[left].name)] == 1:
                same = free.get(normal_name(rows[left].name))
                if same is not None:
                    votes.setdefault(left, []).append(_Vote(locale, others[same], in_order=False))
    return votes


def _in_order(pair: tuple[int, int], beside: Mapping[int, int], sizes: tuple[int, int]) -> bool:
    left, right = pair
    last = (left == sizes[0] - 1, right == sizes[1] - 1)
    before = beside.get(left - 1) == right - 1 if left and right else left == right == 0
    after = all(last) if any(last) else beside.get(left + 1) == right + 1
    return before and after


def _judge(
    context: Context,
    group: Group,
    rows: Sequence[Entry],
    index: int,
    votes: Sequence[_Vote],
    listed: _Listed,
) -> Misnumbered | None:
    entry = rows[index]
    own = canonical(entry.code)
    # A peer that lists the code twice too may have copied the defect; its second row attests nothing.
    votes = [vote for vote in votes if canonical(vote.entry.code) != own or len(group.with_code(vote.locale, own)) == 1]
    if not votes:
        return None
    counts = Counter(canonical(vote.entry.code) for vote in votes)
    code, most = max(counts.items(), key=lambda pair: (pair[1], pair[0] != own))
    if code == own or sum(1 for count in counts.values() if count == most) > 1:
        return None
    # The row speaks for its own code too, unless another row has the better claim to it.
    against = counts[own] + (len(group.with_code(entry.locale, own)) == 1)
    if against > most or (against == most and not _reference_votes(group, votes, code)):
        return None
    for_it = [vote for vote in votes if canonical(vote.entry.code) == code]
    in_order = all(vote.in_order for vote in for_it)
    by_name = any(_names_agree(entry, vote.entry) for vote in for_it)
    # A code that is listed here can only have been swapped or pushed on; order and name have to say so together.
    if listed(code) and not (in_order and by_name):
        return None
    if not _proved(context, group, entry, for_it, in_order=in_order, by_name=by_name):
        return None
    witnesses = tuple(vote.entry for vote in for_it)
    first = witnesses[0]
    among = group.rows[first.locale]
    at = group.at[first.locale][canonical(first.code)]
    return Misnumbered(
        entry=entry,
        expected=first.code,
        witnesses=witnesses + _older(context, entry, code),
        before=among[at - 1].code if at else None,
        after=among[at + 1].code if at + 1 < len(among) else None,
        sure=len(for_it) > 1 or (in_order and by_name),
    )


def _reference_votes(group: Group, votes: Sequence[_Vote], code: Canonical) -> bool:
    return any(vote.locale == group.reference and canonical(vote.entry.code) == code for vote in votes)


def _proved(
    context: Context,
    group: Group,
    entry: Entry,
    votes: Sequence[_Vote],
    *,
    in_order: bool,
    by_name: bool,
) -> bool:
    own = canonical(entry.code)
    twins = [other for other in group.with_code(entry.locale, own) if other is not entry]
    theirs = [one for peer in group.peers(entry.locale) for one in group.with_code(peer, own)]
    if by_name:
        return in_order or bool(twins) or not theirs or all(not _names_agree(entry, one) for one in theirs)
    copied = any(normal_name(entry.name) == normal_name(other.name) for other in (*twins, *theirs))
    named = bool(entry.name) and any(vote.entry.name for vote in votes)
    similar = named and all(
        name_similarity(entry.name, vote.entry.name) >= _SIMILAR_NAME for vote in votes if vote.entry.name
    )
    if not in_order or (named and not copied and not similar and is_identifier(entry.name)):
        return False
    if twins:
        return bool(theirs) and all(_words(entry) != _words(other) for other in twins)
    if theirs:
        return False
    return (
        similar
        or any(is_slip(entry.code.text, vote.entry.code.text) for vote in votes)
        or any(features(entry) & features(vote.entry) for vote in votes)
        or any(
            text_similarity(_words(entry), _words(one)) >= _SIMILAR_TEXT
            for one in _older(context, entry, canonical(votes[0].entry.code))
        )
    )


def _names_agree(left: Entry, right: Entry) -> bool:
    return is_identifier(left.name) and normal_name(left.name) == normal_name(right.name)


def _older(context: Context, entry: Entry, code: Canonical) -> tuple[Entry, ...]:
    """The same locale's row of ``code`` in the other editions of the product."""
    return tuple(
        other
        for other in context.rows_of_code(entry.product, code)
        if other.locale == entry.locale and other.edition != entry.edition
    )[:1]


def _words(entry: Entry) -> str:
    """What a row says besides its code and its name."""
    return " ".join(field.plain for field in entry.fields if field.column not in {Column.CODE, Column.NAME})
