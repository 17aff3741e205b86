"""What the languages say about one code, beside each other, with what differs marked."""

from collections.abc import Iterator, Sequence
from typing import Final, Literal

from msgspec import Struct

from generator.diagnostics import Diagnostic, Severity
from generator.meanings import CodeMeanings, Shown
from generator.model import Column, Entry, FieldText, Locale, Meaning
from generator.pages import marking, marks, rows, spans
from generator.pages.code_parts import LanguageLink, LanguageName, Parallel, ParallelCell, ParallelColumn, RuleMark
from generator.pages.desk import Desk
from generator.pages.parts import Block, LinkPart, Paragraph, Part, TextPart

_ROOM: Final = 15_000
"""So many bytes of text, with its markup, a page shows besides what every page has: it is to stay below 40 kB."""
_COLUMN: Final = 1_100
"""So many bytes a language takes beside the others, besides its text."""
_COPY: Final = 350
"""So many bytes a text to copy takes besides itself."""
_MERGED: Final = frozenset({Column.CAUSE, Column.SOLUTION, Column.CAUSE_AND_SOLUTION})

_Place = tuple[int, int]
"""A column's rank and which of its fields in the row; strays come behind all columns."""

_Spoken = tuple[int, Diagnostic]
"""What the checker says, with its place in the list."""

_STRAY: Final = len(Column)
_ORDER: Final = {column: rank for rank, column in enumerate(Column)}


class _Beside(Struct, frozen=True):
    """One row that stands in a column of its own."""

    entry: Entry
    shown: Shown
    number: str


class Room(Struct, frozen=True):
    """Which languages a page has room for: its own, then the source's, then the others in their order."""

    columns: frozenset[Locale]
    """Beside each other."""
    copies: frozenset[Locale]
    """As texts to copy."""


def room(desk: Desk, code: CodeMeanings) -> Room:
    """The languages that a page about ``code`` has room for."""
    order = sorted(desk.site.locales, key=lambda locale: (locale != desk.locale, locale != desk.source))
    sizes = {locale: [_size(entry) for entry in _texts(desk, code, locale)] for locale in order}
    shown = {entry.span for entry in _texts(desk, code, desk.locale)}
    newest = code.product.editions[0].id
    past = [_size(entry) for entry in code.entries if entry.edition != newest and entry.span not in shown]
    left = _ROOM - sum(size + _COLUMN for size in (*sizes[desk.locale], *past))
    columns: set[Locale] = set()
    copies: set[Locale] = set()
    spoken = {entry.locale for entry in code.entries}
    for chosen, more in ((columns, _COLUMN), (copies, _COPY)):
        for locale in order:
            if chosen is columns and locale not in spoken:
                continue
            left -= sum(size + more for size in sizes[locale])
            if left >= 0 or locale == desk.locale:
                chosen.add(locale)
    return Room(frozenset(columns), frozenset(copies))


def _texts(desk: Desk, code: CodeMeanings, locale: Locale) -> list[Entry]:
    return [entry for meaning in code.meanings for entry in desk.text(meaning, locale).entries]


def _size(entry: Entry) -> int:
    return len(entry.text.encode())


def anchor(desk: Desk, meaning: Meaning) -> str:
    """Where the languages of a meaning stand on its page."""
    return f"languages-{desk.section_word(meaning.product, meaning.section)}"


def of(desk: Desk, code: CodeMeanings, meaning: Meaning, room: Room) -> Parallel | None:
    """The languages of one meaning beside each other; ``None`` where there is but one."""
    first = desk.shown(meaning)
    others = [
        its
        for locale in desk.site.locales
        if locale not in (desk.locale, first.locale) and (its := desk.text(meaning, locale)).own
    ]
    chosen = [first, *(its for its in others if its.locale in room.columns)]
    if len(chosen) < 2:
        return None
    beside = [
        _Beside(entry, its, rows.number_of(desk.words, number, len(its.entries)) if len(its.entries) > 1 else "")
        for its in chosen
        for number, entry in enumerate(its.entries, start=1)
    ]
    table, differing = _table(desk, code, [one.entry for one in beside])
    return Parallel(
        anchor=anchor(desk, meaning),
        languages=tuple(LanguageName(its.locale, desk.shelf.words[its.locale].own_language()) for its in chosen),
        columns=tuple(_column(desk, code, one, first, cells) for one, cells in zip(beside, table, strict=True)),
        rows=len(table[0]),
        note=desk.words.ngettext("{number} difference marked", "{number} differences marked", differing).format(
            number=differing
        )
        if differing
        else "",
        left_out=tuple(
            LanguageLink(
                its.locale,
                desk.shelf.words[its.locale].own_language(),
                desk.href(code.path, code.path, its.locale),
            )
            for its in others
            if its.locale not in room.columns
        ),
    )


def _column(
    desk: Desk, code: CodeMeanings, one: _Beside, first: Shown, cells: tuple[ParallelCell, ...]
) -> ParallelColumn:
    note = ""
    if one.shown.older:
        edition = desk.edition_title(code.product, one.shown.edition)
        note = desk.words.gettext("Only in the {edition}.").format(edition=edition)
    return ParallelColumn(
        locale=one.entry.locale,
        title=desk.shelf.words[one.entry.locale].own_language(),
        number=one.number,
        href="" if one.shown is first else desk.href(code.path, code.path, one.entry.locale),
        code=one.entry.code.text,
        note=note,
        corrected=bool(one.entry.corrections),
        rules=_value_rules(desk, code, one.entry),
        cells=cells,
        provenance=desk.provenance(one.entry),
    )


def _table(desk: Desk, code: CodeMeanings, entries: Sequence[Entry]) -> tuple[list[tuple[ParallelCell, ...]], int]:
    """The cells of each row, and in how many fields something differs."""
    every = [dict(_fields(entry)) for entry in entries]
    spoken = [tuple(about(desk, code, entry)) for entry in entries]
    strays = max(len(_strays(entry)) for entry in entries)
    columns: list[list[ParallelCell]] = [[] for _ in entries]
    differing = int(any(_value_rules(desk, code, entry) for entry in entries))
    for place in sorted({place for fields in every for place in fields}):
        cells = _row(desk, code, entries, [fields.get(place) for fields in every], spoken)
        differing += any(_differs(cell) for cell in cells)
        for column, cell in zip(columns, cells, strict=True):
            column.append(cell)
    for number in range(strays):
        for column, entry in zip(columns, entries, strict=True):
            column.append(_stray(desk, entry, number))
    return [tuple(column) for column in columns], differing


def _fields(entry: Entry) -> Iterator[tuple[_Place, FieldText]]:
    seen: dict[Column, int] = {}
    for field in entry.fields:
        if field.column is not Column.CODE:
            seen[field.column] = seen.get(field.column, 0) + 1
            yield (_ORDER[field.column], seen[field.column]), field


def _strays(entry: Entry) -> list[int]:
    return [index for index, problem in enumerate(entry.problems) if problem.text.strip()]


def _stray(desk: Desk, entry: Entry, number: int) -> ParallelCell:
    having = _strays(entry)
    if number >= len(having):
        return ParallelCell("none", Column.OTHER, "", ())
    said = rows.stray(desk, entry.problems[having[number]])
    return ParallelCell("stray", Column.OTHER, said.label, (Paragraph((TextPart(said.text),)),))


def _row(
    desk: Desk,
    code: CodeMeanings,
    entries: Sequence[Entry],
    fields: Sequence[FieldText | None],
    spoken: Sequence[Sequence[_Spoken]],
) -> list[ParallelCell]:
    """One field of all rows; ``spoken`` is what the checker says of each row."""
    blocks = [_blocks(desk, entry, field) for entry, field in zip(entries, fields, strict=True)]
    flat = [marking.flat(one) for one in blocks]
    present = {index: field for index, field in enumerate(fields) if field}
    having = list(present)
    column = present[having[0]].column
    texts = [marks.Shown(entries[index].locale, flat[index]) for index in having]
    told = marks.differences(texts, 0 if having[0] == 0 else None, names=column is Column.NAME)
    differs = {index: marks.joined(shown.text, found) for index, shown, found in zip(having, texts, told, strict=True)}
    linked = dict(
        zip(having, _linked([blocks[index] for index in having], [flat[index] for index in having]), strict=True)
    )
    merged = len({entry.field(Column.CAUSE_AND_SOLUTION) is None for entry in entries}) > 1
    result = []
    for index, (entry, field) in enumerate(zip(entries, fields, strict=True)):
        if field is None:
            # Words that stand in a column of their own here may stand in a common one there.
            wanting = column is not Column.OTHER and not (column in _MERGED and merged)
            other = having[0]
            label, lang = rows.label(desk, entries[other], present[other])
            result.append(ParallelCell("field", column, label, (), lang, marked="warning" if wanting else ""))
            continue
        own = tuple((place, one) for place, one in spoken[index] if spans.shared(one.span, field.span))
        here, whole = _pointed(desk, field, flat[index], [one for _, one in own])
        said = marking.marked(blocks[index], here, (*differs[index], *linked[index]))
        label, lang = rows.label(desk, entry, field)
        worst: Literal["error", "warning"] = "error" if Severity.ERROR in whole else "warning"
        cell = ParallelCell("field", column, label, said, lang, worst if whole else "", rules=_rules(desk, code, own))
        result.append(cell)
    return result


def _blocks(desk: Desk, entry: Entry, field: FieldText | None) -> tuple[Block, ...]:
    if field is None:
        return ()
    if field.column is Column.NAME:
        return (Paragraph((TextPart(field.plain),)),)
    return desk.shelf.blocks(field.inlines, desk.site.base(entry.product, entry.locale))


def _differs(cell: ParallelCell) -> bool:
    return bool(cell.marked or cell.rules) or any(part.mark for part in _parts(cell.blocks) if part.kind != "break")


def _parts(blocks: Sequence[Block]) -> Iterator[Part]:
    for block in blocks:
        for run in [block.parts] if isinstance(block, Paragraph) else block.items:
            yield from run


def _linked(texts: Sequence[Sequence[Block]], flats: Sequence[str]) -> list[tuple[marks.Interval, ...]]:
    """Links beyond as many as each of the texts has; where they lead may differ from language to language."""
    found: list[list[marks.Interval]] = []
    for blocks, flat in zip(texts, flats, strict=True):
        places, at = [], 0
        for part in _parts(blocks):
            if isinstance(part, LinkPart):
                at = flat.index(part.text, at)
                places.append((at, at + len(part.text)))
                at += len(part.text)
        found.append(places)
    least = min(len(places) for places in found)
    return [tuple(places[least:]) for places in found]


def about(desk: Desk, code: CodeMeanings, entry: Entry) -> Iterator[tuple[int, Diagnostic]]:
    """What the checker says of a row, with its place in the list, as far as the row itself or other languages show it.

    What only an older edition or another product bears out is no difference of the languages.
    """
    for place in desk.shelf.by_code.get((code.product.id, code.slug), ()):
        one = desk.shelf.ledger.diagnostics[place]
        if spans.shared(one.span, entry.span) and (not one.related or contradicted(desk, one, entry)):
            yield place, one


def contradicted(desk: Desk, diagnostic: Diagnostic, entry: Entry) -> bool:
    """Whether another language of a row's own edition bears a diagnostic out."""
    documents = desk.shelf.ledger.documents
    peers = (documents.get(one.span.path) for one in diagnostic.related if one.locale != entry.locale)
    return any(peer and (peer.product, peer.edition) == (entry.product, entry.edition) for peer in peers)


def _pointed(
    desk: Desk, field: FieldText, text: str, spoken: Sequence[Diagnostic]
) -> tuple[tuple[marks.Interval, ...], frozenset[Severity]]:
    """The places of a field's words at which diagnostics point, and how bad those are that point at all of it or at its markup."""
    lines = desk.shelf.ledger.documents[field.span.path].lines
    found, whole = [], set()
    for one in spoken:
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


def _value_rules(desk: Desk, code: CodeMeanings, entry: Entry) -> tuple[RuleMark, ...]:
    """What the checker says of the code under which a row is listed."""
    field = entry.field(Column.CODE)
    spoken = tuple(
        (place, one) for place, one in about(desk, code, entry) if field and spans.shared(one.span, field.span)
    )
    return _rules(desk, code, spoken)


def _rules(desk: Desk, code: CodeMeanings, spoken: Sequence[_Spoken]) -> tuple[RuleMark, ...]:
    if not spoken:
        return ()
    home = desk.href(code.path, "discrepancies/")
    found: dict[str, RuleMark] = {}
    for place, one in spoken:
        found.setdefault(one.rule, RuleMark(one.rule, one.severity, f"{home}#{desk.shelf.ledger.anchors[place]}"))
    return tuple(found.values())
