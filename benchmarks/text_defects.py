"""Defects of the texts in the cells."""

import random
import re
from collections.abc import Iterator

from planting import (
    Field,
    Kind,
    Plant,
    below_of,
    choose,
    neighbour,
    once,
    planted,
    script,
    some_text,
    text_at,
)

from generator.matching import pattern
from generator.model import (
    Column,
    Document,
    Entry,
    FieldText,
    Link,
    Locale,
    canonical,
)


def empty_cell(chance: random.Random, rows: Field) -> Plant | None:
    """Empty a cell that every peer fills."""
    found = some_text(chance, rows, lambda _, peers: len(peers) > 0)
    return planted(found[0], [found[1]], (found[2].span, "")) if found else None


def other_language(chance: random.Random, rows: Field) -> Plant | None:
    """Leave a peer's words in a cell."""
    found = some_text(
        chance,
        rows,
        lambda field, peers: any(script(field.plain) != script(one.plain) for one in peers) and len(field.plain) > 3,
    )
    if not found:
        return None
    document, entry, field, peers = found
    foreign = next(one for one in peers if script(field.plain) != script(one.plain))
    if script(foreign.plain) == "Latin" and len(foreign.plain.split()) < 3:
        return None
    return planted(document, [entry], (field.span, foreign.plain.replace("|", "/")))


def change_number(chance: random.Random, rows: Field) -> Plant | None:
    """Change a number that every peer's cell gives, too."""

    def shared(field: FieldText, peers: tuple[FieldText, ...]) -> list[str]:
        return [
            number
            for number in re.findall(r"(?<![\w.:/-])\d{1,4}(?![\w.:/-])", field.raw)
            if all(re.search(rf"(?<!\d){number}(?!\d)", peer.plain) for peer in peers)
            and field.raw.count(number) == 1
            and int(number) > 4  # Smaller ones may be those of a list.
        ]

    found = some_text(chance, rows, shared)
    if not found:
        return None
    document, entry, field, peers = found
    number = chance.choice(shared(field, peers))
    other = str(int(number) + chance.choice((-3, 5, 10, 20)))
    return planted(document, [entry], (field.span, text_at(document, field.span).replace(number, other)))


def drop_link(chance: random.Random, rows: Field) -> Plant | None:
    """Leave only the words of a link that every peer has."""

    def linked(field: FieldText, peers: tuple[FieldText, ...]) -> bool:
        counts = {sum(isinstance(inline, Link) for inline in one.inlines) for one in (field, *peers)}
        return counts == {1}

    found = some_text(chance, rows, linked)
    if not found:
        return None
    document, entry, field, _ = found
    written = text_at(document, field.span)
    bare = re.sub(r"\[([^\]]*)\]\([^)]*\)|<a [^>]*>(.*?)</a>", lambda one: one[1] or one[2] or "", written)
    return planted(document, [entry], (field.span, bare)) if bare != written else None


_IDENTIFIER = re.compile(r"(?<![\w./:`])(?:[A-Z][a-z]+[A-Z]\w+|[a-z]+[A-Z]\w+|[A-Z]+_[A-Z_]+|\w+::\w+)(?![\w./:`])")


def _identifiers(field: FieldText, peers: tuple[FieldText, ...]) -> list[str]:
    # Shorter ones are names of systems and companies, such as iOS.
    found = [one for one in _IDENTIFIER.findall(field.plain) if len(one) > 4]
    return [one for one in found if all(one in peer.plain for peer in peers) and field.raw.count(one) == 1]


def drop_identifier(chance: random.Random, rows: Field) -> Plant | None:
    """Take out an identifier that every peer's cell gives, too."""
    found = some_text(chance, rows, _identifiers)
    if not found:
        return None
    document, entry, field, peers = found
    word = chance.choice(_identifiers(field, peers))
    return planted(document, [entry], (field.span, text_at(document, field.span).replace(word, "")))


def alter_identifier(chance: random.Random, rows: Field) -> Plant | None:
    """Misspell an identifier that every peer's cell gives, too."""
    found = some_text(chance, rows, _identifiers)
    if not found:
        return None
    document, entry, field, peers = found
    word = chance.choice(_identifiers(field, peers))
    at = chance.randrange(1, len(word))
    altered = word[:at] + word[at + 1 :]
    if altered.lower() == word.lower() or altered in field.plain:
        return None
    return planted(document, [entry], (field.span, text_at(document, field.span).replace(word, altered)))


def swap_contrast(chance: random.Random, rows: Field) -> Plant | None:
    """Write the other side of an axis (download for upload) where every peer has this side only."""
    axes = [axis.sides for axis in rows.glossary.axes if len(axis.sides) == 2]

    def sides(document: Document, field: FieldText, peers: tuple[FieldText, ...]) -> Iterator[tuple[str, str]]:
        for pair in axes:
            for here, there in (pair, pair[::-1]):
                texts = [(document.locale, field.plain), *((_locale(rows, peer), peer.plain) for peer in peers)]
                spoken = [rows.glossary.concepts_in(locale, text) for locale, text in texts]
                if all(here in one and there not in one for one in spoken):
                    yield here, there

    order = list(rows.rows)
    chance.shuffle(order)
    for document, entry, peers in order:
        for field in entry.said:
            theirs = tuple(one for peer in peers if (one := peer.field(field.column)))
            if len(theirs) < len(peers) or any(isinstance(inline, Link) for inline in field.inlines):
                continue
            for here, there in sides(document, field, theirs):
                words = rows.glossary.words(there, document.locale)
                changed = field.raw
                for word in sorted(rows.glossary.words(here, document.locale), key=len, reverse=True):
                    changed = re.sub(pattern(word), words[0].rstrip("*"), changed, flags=re.IGNORECASE)
                if words and changed != field.raw:
                    return planted(document, [entry], (field.span, changed))
    return None


def _locale(rows: Field, field: FieldText) -> Locale:
    return next(one.locale for one in rows.catalog.documents if one.path == field.span.path)


def change_host(chance: random.Random, rows: Field) -> Plant | None:
    """Give a link that every peer has another target on the same site."""

    def linked(field: FieldText, peers: tuple[FieldText, ...]) -> bool:
        return all(sum(isinstance(inline, Link) for inline in one.inlines) == 1 for one in (field, *peers))

    found = some_text(chance, rows, linked)
    if not found:
        return None
    document, entry, field, _ = found
    target = next(inline.target for inline in field.inlines if isinstance(inline, Link))
    written = text_at(document, field.span)
    page, mark, anchor = target.partition("#")
    other = re.sub(r"\d+(?=\D*$)", lambda one: str(int(one[0]) + 7), page) + mark + anchor
    return (
        planted(document, [entry], (field.span, written.replace(target, other)))
        if other in written.replace(target, other) and other != target
        else None
    )


def drop_sentence(chance: random.Random, rows: Field) -> Plant | None:
    """Take the last sentence out of a cell whose peers all have as many."""
    ends = re.compile(r"(?<=[。！？])|(?<=[.!?])\s+(?=\w)")

    def sentences(text: str) -> list[str]:
        return [one for one in ends.split(text) if one and one.strip()]

    def several(field: FieldText, peers: tuple[FieldText, ...]) -> bool:
        counts = {len(sentences(one.plain)) for one in (field, *peers)}
        return len(counts) == 1 and counts.pop() > 1 and len(peers) > 1 and field.raw == field.plain

    found = some_text(chance, rows, several)
    if not found:
        return None
    document, entry, field, _ = found
    kept = " ".join(sentences(field.raw)[:-1])
    return planted(document, [entry], (field.span, kept)) if kept else None


def text_of_neighbour(chance: random.Random, rows: Field) -> Plant | None:
    """Write a cell of the row above where the peers' two rows differ."""

    def differ(document: Document, entry: Entry, peers: tuple[Entry, ...]) -> object:
        below = neighbour(document, entry)
        if below is None or not entry.said or not below.said:
            return False
        own, next_own = entry.said[0], below.said[0]
        texts = {canonical(one.code): one for one in document.entries}
        return (
            canonical(below.code) in texts
            and own.column is next_own.column
            and own.plain != next_own.plain
            and len(own.plain) > 3
            and all(_differs_there(rows, peer, below, own.column) for peer in peers)
        )

    found = choose(chance, rows, differ)
    if not found:
        return None
    document, entry, _ = found
    below = below_of(document, entry)
    return planted(document, [entry, below], (below.said[0].span, text_at(document, entry.said[0].span)))


def _differs_there(rows: Field, peer: Entry, below: Entry, column: Column) -> bool:
    """Whether a peer says other words of ``below``'s code than of its own."""
    document = next(one for one in rows.catalog.documents if one.path == peer.span.path)
    theirs = once(document).get(canonical(below.code))
    mine = peer.field(column)
    other = theirs.field(column) if theirs else None
    return bool(mine and other and mine.plain != other.plain)


KINDS = (
    Kind("empty a cell", ("T601", "S110"), empty_cell),
    Kind("leave a peer's words", ("T602",), other_language),
    Kind("swap opposite terms", ("T603", "N305"), swap_contrast),
    Kind("change a number", ("V501",), change_number),
    Kind("drop an identifier", ("V502",), drop_identifier),
    Kind("misspell an identifier", ("V502",), alter_identifier),
    Kind("drop a link", ("L401",), drop_link),
    Kind("another link target", ("L402",), change_host),
    Kind("drop a sentence", ("T610", "T609"), drop_sentence),
    Kind("text of the row above", ("G709", "T604", "T603", "N305", "T605"), text_of_neighbour),
)
