"""What the languages say about one code, beside each other, with what differs marked."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from generator.meanings import Shown
from generator.model import Column, Entry, Locale, Meaning
from generator.pages import rows
from generator.pages.code_parts import LanguageLink, LanguageName, Parallel, ParallelCell, ParallelColumn, RuleMark
from generator.pages.desk import Desk
from generator.pages.parts import Paragraph, TextPart
from generator.pages.sheet import Line, Sheet, Spoken

_ROOM: Final = 15_000
"""So many bytes of text, with its markup, a page shows besides what every page has: it is to stay below 40 kB."""
_COLUMN: Final = 1_100
"""So many bytes a language takes beside the others, besides its text."""
_COPY: Final = 350
"""So many bytes a text to copy takes besides itself."""


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


def room(desk: Desk, sheet: Sheet) -> Room:
    """The languages that a page about a code has room for."""
    code = sheet.code
    order = sorted(desk.site.locales, key=lambda locale: (locale != desk.locale, locale != desk.source))
    own = sheet.texts(desk.locale)
    shown = {entry.span for entry in own}
    newest = code.product.editions[0].id
    past = [entry for entry in code.entries if entry.edition != newest and entry.span not in shown]
    left = _ROOM - _size(own, _COLUMN) - _size(past, _COLUMN)
    columns: set[Locale] = set()
    copies: set[Locale] = set()
    spoken = {entry.locale for entry in code.entries}
    for chosen, more in ((columns, _COLUMN), (copies, _COPY)):
        for locale in order:
            if chosen is columns and locale not in spoken:
                continue
            left -= _size(sheet.texts(locale), more)
            if left >= 0 or locale == desk.locale:
                chosen.add(locale)
    return Room(frozenset(columns), frozenset(copies))


def _size(entries: Sequence[Entry], more: int) -> int:
    """How many bytes some rows take, with ``more`` for each."""
    return sum([len(entry.text.encode()) + more for entry in entries])


def anchor(desk: Desk, meaning: Meaning) -> str:
    """Where the languages of a meaning stand on its page."""
    return f"languages-{desk.section_word(meaning.product, meaning.section)}"


def of(desk: Desk, sheet: Sheet, meaning: Meaning, room: Room) -> Parallel | None:
    """The languages of one meaning beside each other; ``None`` where there is but one."""
    at = sheet.code.path
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
    entries = [one.entry for one in beside]
    lines = sheet.lines(entries)
    table = _table(desk, at, entries, lines)
    differing = sum(any(field.differs for field in line.fields) for line in lines)
    differing += any(sheet.spoken_of_code(entry) for entry in entries)
    return Parallel(
        anchor=anchor(desk, meaning),
        languages=tuple(LanguageName(its.locale, desk.shelf.words[its.locale].own_language()) for its in chosen),
        columns=tuple(_column(desk, sheet, one, first, cells) for one, cells in zip(beside, table, strict=True)),
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
                desk.href(at, at, its.locale),
            )
            for its in others
            if its.locale not in room.columns
        ),
    )


def _column(desk: Desk, sheet: Sheet, one: _Beside, first: Shown, cells: tuple[ParallelCell, ...]) -> ParallelColumn:
    note = ""
    if one.shown.older:
        edition = desk.edition_title(sheet.code.product, one.shown.edition)
        note = desk.words.gettext("Only in the {edition}.").format(edition=edition)
    return ParallelColumn(
        locale=one.entry.locale,
        title=desk.shelf.words[one.entry.locale].own_language(),
        number=one.number,
        href="" if one.shown is first else desk.href(sheet.code.path, sheet.code.path, one.entry.locale),
        code=one.entry.code.text,
        note=note,
        corrected=bool(one.entry.corrections),
        rules=_rules(desk, sheet.code.path, sheet.spoken_of_code(one.entry)),
        cells=cells,
        provenance=desk.provenance(one.entry),
    )


def _table(desk: Desk, at: str, entries: Sequence[Entry], lines: Sequence[Line]) -> list[tuple[ParallelCell, ...]]:
    """The cells of each row."""
    columns: list[list[ParallelCell]] = [[] for _ in entries]
    for line in lines:
        for column, cell in zip(columns, _cells(desk, at, entries, line), strict=True):
            column.append(cell)
    strays = [_strays(entry) for entry in entries]
    for number in range(max(map(len, strays))):
        for column, entry, having in zip(columns, entries, strays, strict=True):
            column.append(_stray(desk, entry, having, number))
    return [tuple(column) for column in columns]


def _cells(desk: Desk, at: str, entries: Sequence[Entry], line: Line) -> list[ParallelCell]:
    titles = [
        rows.label(desk, entry, one.field) if one.field else None
        for entry, one in zip(entries, line.fields, strict=True)
    ]
    # What says nothing goes by what the first that says something calls it.
    first = next(title for title in titles if title)
    result = []
    for one, title in zip(line.fields, titles, strict=True):
        label, lang = title or first
        rules = _rules(desk, at, one.spoken)
        result.append(ParallelCell("field", line.column, label, one.blocks, lang, one.marked, rules))
    return result


def _strays(entry: Entry) -> list[int]:
    return [index for index, problem in enumerate(entry.problems) if problem.text.strip()]


def _stray(desk: Desk, entry: Entry, having: Sequence[int], number: int) -> ParallelCell:
    if number >= len(having):
        return ParallelCell("none", Column.OTHER, "", ())
    said = rows.stray(desk, entry.problems[having[number]])
    return ParallelCell("stray", Column.OTHER, said.label, (Paragraph((TextPart(said.text),)),))


def _rules(desk: Desk, at: str, spoken: Sequence[Spoken]) -> tuple[RuleMark, ...]:
    if not spoken:
        return ()
    home = desk.href(at, "discrepancies/")
    found: dict[str, RuleMark] = {}
    for place, one in spoken:
        found.setdefault(one.rule, RuleMark(one.rule, one.severity, f"{home}#{desk.shelf.ledger.anchors[place]}"))
    return tuple(found.values())
