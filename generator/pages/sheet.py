"""One code as the pages of all locales need it: what its rows say beside each other, worked out once for all of them."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, Literal

from msgspec import Struct

from generator.diagnostics import Diagnostic, Severity
from generator.meanings import CodeMeanings
from generator.model import Column, Entry, FieldText, Locale, SourceSpan
from generator.pages import marking, marks, spans
from generator.pages.desk import Shelf
from generator.pages.parts import Block, LinkPart, Paragraph, Part, TextPart

Spoken = tuple[int, Diagnostic]
"""What the checker says, with its place in the list."""

_MERGED: Final = frozenset({Column.CAUSE, Column.SOLUTION, Column.CAUSE_AND_SOLUTION})

_Place = tuple[int, int]
"""A column's rank and which of its fields in the row."""

_ORDER: Final = {column: rank for rank, column in enumerate(Column)}


class Compared(Struct, frozen=True):
    """One field of one row beside the same field of others."""

    field: FieldText | None
    """``None`` where the row says nothing there."""
    blocks: tuple[Block, ...] = ()
    """With the words marked that differ."""
    marked: Literal["", "warning", "error"] = ""
    """The field as a whole is another than in other rows: it wants, or the checker says so of all of it."""
    spoken: tuple[Spoken, ...] = ()
    """What the checker says about it."""
    differs: bool = False
    """Something in it is marked, or the checker says something about it."""


class Line(Struct, frozen=True):
    """One field of all rows."""

    column: Column
    fields: tuple[Compared, ...]
    """One for each row, in the order of the rows; at least one says something."""


class Sheet:
    """One code with what has been worked out of its rows, for as long as its pages are made."""

    def __init__(self, shelf: Shelf, code: CodeMeanings) -> None:
        """Look up what the checker says of ``code``."""
        self.shelf = shelf
        self.code = code
        self.about = shelf.by_code.get((code.product.id, code.slug), ())
        """The places of the diagnostics about the code in the list."""
        self._texts: dict[Locale, tuple[Entry, ...]] = {}
        self._spoken: dict[SourceSpan, tuple[Spoken, ...]] = {}
        self._lines: dict[tuple[SourceSpan, ...], tuple[Line, ...]] = {}
        self._orders: dict[frozenset[SourceSpan], tuple[SourceSpan, ...]] = {}

    def texts(self, locale: Locale) -> tuple[Entry, ...]:
        """The rows that the page in a locale shows first."""
        found = self._texts.get(locale)
        if found is None:
            shown = (self.shelf.shown(meaning, locale)[0] for meaning in self.code.meanings)
            found = self._texts[locale] = tuple(chain.from_iterable(one.entries for one in shown))
        return found

    def spoken(self, entry: Entry) -> tuple[Spoken, ...]:
        """What the checker says of a row, as far as the row itself or other languages show it.

        What only an older edition or another product bears out is no difference of the languages.
        """
        if not self.about:
            return ()
        found = self._spoken.get(entry.span)
        if found is None:
            found = self._spoken[entry.span] = tuple(self._about(entry))
        return found

    def spoken_of_code(self, entry: Entry) -> tuple[Spoken, ...]:
        """What the checker says of the code under which a row is listed."""
        field = entry.field(Column.CODE)
        return _at(self.spoken(entry), field) if field else ()

    def lines(self, entries: Sequence[Entry]) -> tuple[Line, ...]:
        """What rows of one meaning say beside each other, field by field; the first is compared with the others."""
        places = tuple([entry.span for entry in entries])
        found = self._lines.get(places)
        if found is None:
            found = self._lines[places] = self._reordered(places) or tuple(self._compare(entries))
            if _alike(entries):
                self._orders[frozenset(places)] = places
        return found

    def _reordered(self, places: tuple[SourceSpan, ...]) -> tuple[Line, ...]:
        """The same where the rows were compared in another order and none with the first; nothing where they were not."""
        known = self._orders.get(frozenset(places))
        if known is None:
            return ()
        order = [known.index(place) for place in places]
        return tuple([Line(line.column, tuple([line.fields[index] for index in order])) for line in self._lines[known]])

    def _about(self, entry: Entry) -> Iterator[Spoken]:
        for place in self.about:
            one = self.shelf.ledger.diagnostics[place]
            if spans.shared(one.span, entry.span) and (not one.related or self._contradicted(one, entry)):
                yield place, one

    def _contradicted(self, diagnostic: Diagnostic, entry: Entry) -> bool:
        """Whether another language of a row's own edition bears a diagnostic out."""
        documents = self.shelf.ledger.documents
        peers = (documents.get(one.span.path) for one in diagnostic.related if one.locale != entry.locale)
        return any(peer and (peer.product, peer.edition) == (entry.product, entry.edition) for peer in peers)

    def _compare(self, entries: Sequence[Entry]) -> Iterator[Line]:
        every = [_numbered(entry) for entry in entries]
        merged = len({entry.field(Column.CAUSE_AND_SOLUTION) is None for entry in entries}) > 1
        for place in sorted({place for fields in every for place in fields}):
            yield self._line(entries, [fields.get(place) for fields in every], merged=merged)

    def _line(self, entries: Sequence[Entry], fields: Sequence[FieldText | None], *, merged: bool) -> Line:
        having = [(entry, field) for entry, field in zip(entries, fields, strict=True) if field]
        column = having[0][1].column
        texts = [self._text(entry, field) for entry, field in having]
        shown = [marks.Shown(entry.locale, flat) for (entry, _), (_, flat) in zip(having, texts, strict=True)]
        told = marks.differences(shown, 0 if fields[0] else None, names=column is Column.NAME)
        # Words that stand in a column of their own here may stand in a common one there.
        wanting = column is not Column.OTHER and not (column in _MERGED and merged)
        said = iter(
            [
                self._said(entry, field, blocks, flat, (*marks.joined(flat, differs), *linked))
                for (entry, field), (blocks, flat), differs, linked in zip(
                    having, texts, told, _linked(texts), strict=True
                )
            ]
        )
        missing = Compared(None, marked="warning" if wanting else "", differs=wanting)
        return Line(column, tuple([next(said) if field else missing for field in fields]))

    def _text(self, entry: Entry, field: FieldText) -> tuple[tuple[Block, ...], str]:
        if field.column is Column.NAME:
            return (Paragraph((TextPart(field.plain),)),), field.plain
        blocks = self.shelf.blocks(field.inlines, self.shelf.base(entry.product, entry.locale))
        return blocks, marking.flat(blocks)

    def _said(
        self,
        entry: Entry,
        field: FieldText,
        blocks: tuple[Block, ...],
        flat: str,
        differs: tuple[marks.Interval, ...],
    ) -> Compared:
        own = _at(self.spoken(entry), field)
        here, whole = self._pointed(field, flat, own) if own else ((), frozenset())
        worst: Literal["error", "warning"] = "error" if Severity.ERROR in whole else "warning"
        told = marking.marked(blocks, here, differs)
        return Compared(
            field,
            told,
            worst if whole else "",
            own,
            differs=bool(own)
            or (told is not blocks and any(part.kind != "break" and part.mark for part in _parts(told))),
        )

    def _pointed(
        self, field: FieldText, text: str, spoken: Sequence[Spoken]
    ) -> tuple[tuple[marks.Interval, ...], frozenset[Severity]]:
        """The places of a field's words at which diagnostics point, and how bad those are that point at all of it or at its markup."""
        lines = self.shelf.ledger.documents[field.span.path].lines
        found, whole = [], set()
        for _, one in spoken:
            stretch = spans.shared(one.span, field.span)
            if stretch is None or stretch == (spans.begin(field.span), spans.end(field.span)):
                whole.add(one.severity)
                continue
            words = spans.between(lines, *stretch)
            before = spans.between(lines, spans.begin(field.span), stretch[0]).count(words)
            at = text.find(words)
            for _ in range(before):
                at = text.find(words, at + 1) if at >= 0 else at
            if at < 0:
                whole.add(one.severity)
            else:
                found.append((at, at + len(words)))
        return tuple(found), frozenset(whole)


def _alike(entries: Sequence[Entry]) -> bool:
    """Whether no two rows are compared word by word: each is of a language of its own, and none has another name."""
    if len({marks.language(entry.locale) for entry in entries}) < len(entries):
        return False
    names = {tuple([field.plain for field in entry.fields if field.column is Column.NAME]) for entry in entries}
    return len(names) == 1


def _numbered(entry: Entry) -> Mapping[_Place, FieldText]:
    """The fields of a row besides its code, by their columns and which of a column's they are."""
    seen: dict[Column, int] = {}
    found: dict[_Place, FieldText] = {}
    for field in entry.fields:
        if field.column is not Column.CODE:
            seen[field.column] = seen.get(field.column, 0) + 1
            found[_ORDER[field.column], seen[field.column]] = field
    return found


def _at(spoken: tuple[Spoken, ...], field: FieldText) -> tuple[Spoken, ...]:
    return tuple([one for one in spoken if spans.shared(one[1].span, field.span)]) if spoken else ()


def _linked(texts: Sequence[tuple[Sequence[Block], str]]) -> list[tuple[marks.Interval, ...]]:
    """Links beyond as many as each of the texts has; where they lead may differ from language to language."""
    found: list[list[marks.Interval]] = []
    for blocks, flat in texts:
        places, at = [], 0
        for part in _parts(blocks):
            if isinstance(part, LinkPart):
                at = flat.index(part.text, at)
                places.append((at, at + len(part.text)))
                at += len(part.text)
        found.append(places)
    least = min(len(places) for places in found)
    return [tuple(places[least:]) for places in found]


def _parts(blocks: Sequence[Block]) -> Iterator[Part]:
    for block in blocks:
        for run in [block.parts] if isinstance(block, Paragraph) else block.items:
            yield from run
