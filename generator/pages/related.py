"""Codes that a reader of one code may have to tell apart from it, or may want as well."""

from typing import Final

from generator import meanings
from generator.meanings import CodeMeanings, Shown
from generator.model import Column, Entry, IntegerCode, Locale, Meaning, Slug
from generator.pages import facts, marks
from generator.pages.code_parts import NumberSide, SameNumber, SharedText
from generator.pages.content import BaseNote
from generator.pages.desk import Desk, Shelf
from generator.pages.parts import Ref
from generator.pages.report_parts import Piece
from generator.pages.words import N_
from generator.text import one_line, shortened

_MOST: Final = 6
"""So many codes with the same text are named, and of those with the same number compared."""
_LINE: Final = 240
"""Columns of a text that is shown to be compared."""

_SHARED: Final = {
    Column.CAUSE: N_("Same cause"),
    Column.SOLUTION: N_("Same solution"),
    Column.CAUSE_AND_SOLUTION: N_("Same cause and solution"),
}


def sharing(desk: Desk, code: CodeMeanings, first: Shown) -> tuple[SharedText, ...]:
    """Codes whose cause or solution is, in the same document, the one that the page shows, the nearest of them."""
    entry = first.entries[0]
    found: dict[tuple[tuple[Slug, ...], int], list[Column]] = {}
    for column in (Column.CAUSE, Column.SOLUTION, Column.CAUSE_AND_SOLUTION):
        near, total = desk.shelf.saying(entry, column, code.slug, _MOST)
        if near:
            found.setdefault((near, total), []).append(column)
    return tuple(_shared(desk, code, entry, columns, *others) for others, columns in found.items())


def _shared(
    desk: Desk, code: CodeMeanings, entry: Entry, columns: list[Column], near: tuple[Slug, ...], total: int
) -> SharedText:
    said = [field.plain for column in columns if (field := entry.field(column))]
    left = total - len(near)
    return SharedText(
        label=desk.words.gettext(_SHARED[columns[0] if len(columns) == 1 else Column.CAUSE_AND_SOLUTION]),
        text=shortened(" · ".join(said), _LINE),
        lang=desk.foreign(entry.locale),
        refs=tuple(desk.code_ref(code.path, desk.shelf.by_slug[code.product.id, slug]) for slug in near),
        more=desk.words.ngettext("and {number} more", "and {number} more", left).format(number=left) if left else "",
    )


def same_number(desk: Desk, code: CodeMeanings) -> tuple[SameNumber, ...]:
    """The same number in the other products, or in the first of many, each beside what it is here."""
    return tuple(_beside(desk, code, page) for page in compared(desk.shelf, code)[0])


def more_numbers(desk: Desk, code: CodeMeanings) -> Ref | None:
    """The link in no language, which names all products, where more have the same number than are compared."""
    value, left = facts.value_of(code.code), compared(desk.shelf, code)[1]
    if value is None or not left:
        return None
    said = desk.words.ngettext("and {number} more", "and {number} more", left).format(number=left)
    return Ref(said, desk.neutral(code.path, str(value)))


def compared(shelf: Shelf, code: CodeMeanings) -> tuple[tuple[CodeMeanings, ...], int]:
    """The codes of other products with which one that is the same number is compared, and how many more there are.

    They are the first in the order of the products: a page that compared all would grow with their number.
    """
    value = facts.value_of(code.code)
    found = shelf.by_number.get(value, ()) if value is not None else ()
    others = tuple(page for page in found if page.product.id != code.product.id)
    return others[:_MOST], max(len(others) - _MOST, 0)


def _beside(desk: Desk, code: CodeMeanings, other: CodeMeanings) -> SameNumber:
    mine, its = _alike(desk, code, other)
    names = [desk.name(meaning) for meaning in (mine, its)]
    rows = [_row(desk, meaning, locale) for meaning, locale in zip((mine, its), _locales(desk, mine, its), strict=True)]
    lines = [_line(row) for row in rows]
    told = marks.differences([marks.Shown(row.locale, line) for row, line in zip(rows, lines, strict=True)], 0)
    named = marks.differences([marks.Shown(Locale(""), name) for name in names], 0, names=True)
    sides = []
    for index, page in enumerate((code, other)):
        title, lang = meanings.in_locale(page.product.titles, desk.locale, desk.source)
        sides.append(
            NumberSide(
                product=title,
                product_lang=desk.foreign(lang),
                href=desk.href(code.path, page.path) if page is other else "",
                address=page.address,
                code=page.code.text,
                name=marks.pieces(names[index], (), named[index] if all(names) else ()),
                line=_cut(lines[index], told[index]),
                lang=desk.foreign(rows[index].locale),
            )
        )
    comparable = rows[0].locale == rows[1].locale
    return SameNumber(_verdict(desk, names, lines if comparable else []), tuple(sides))


def _verdict(desk: Desk, names: list[str], lines: list[str]) -> str:
    same_name, same_line = names[0] == names[1], bool(lines) and lines[0].casefold() == lines[1].casefold()
    if same_name and same_line:
        return desk.words.gettext("the same there")
    if same_name and names[0]:
        return desk.words.gettext("the same name there")
    if all(names):
        return desk.words.gettext("another name there")
    return ""


def _alike(desk: Desk, code: CodeMeanings, other: CodeMeanings) -> tuple[Meaning, Meaning]:
    """A meaning of each of two codes: those of one name where there are such, else the first of each."""
    pairs = [(mine, its) for mine in code.meanings for its in other.meanings]
    return next((pair for pair in pairs if desk.name(pair[0]) and desk.name(pair[0]) == desk.name(pair[1])), pairs[0])


def _locales(desk: Desk, mine: Meaning, its: Meaning) -> tuple[Locale, Locale]:
    """The languages in which two meanings are best compared: one that both have, if it can be the reader's own."""
    first = desk.shown(mine).locale
    return (first, first) if desk.text(its, first).own else (first, desk.shown(its).locale)


def _line(row: Entry) -> str:
    """Description and cause, whatever other codes say: where two lines are compared, both have to say as much."""
    fields = [row.field(column) for column in (Column.DESCRIPTION, Column.CAUSE, Column.CAUSE_AND_SOLUTION)]
    return one_line(" · ".join(dict.fromkeys(field.plain for field in fields if field)))


def _cut(text: str, told: tuple[marks.Interval, ...]) -> tuple[Piece, ...]:
    """The beginning of a text with the marks in it: what was cut off was compared, too."""
    head = shortened(text, _LINE)
    size = len(head) if head == text else len(head) - 1
    return marks.pieces(head, (), [(start, min(end, size)) for start, end in marks.joined(text, told) if start < size])


def _row(desk: Desk, meaning: Meaning, locale: Locale) -> Entry:
    return desk.text(meaning, locale).entries[0]


def base(desk: Desk, code: CodeMeanings) -> tuple[BaseNote, ...]:
    """Other codes of the product that the same digits are in the other base."""
    value = code.code.value if isinstance(code.code, IntegerCode) else None
    if value is None or value < 0:
        return ()
    notes = []
    other = desk.shelf.by_value.get((code.product.id, int(str(value), 16)))
    if other and other.slug != code.slug:
        text = desk.words.gettext("The digits {digits} read as hexadecimal ({hexadecimal}) are another code:")
        notes.append(BaseNote(text.format(digits=value, hexadecimal=f"0x{value}"), desk.code_ref(code.path, other)))
    digits = f"{value:X}"
    other = desk.shelf.by_value.get((code.product.id, int(digits))) if digits.isdecimal() else None
    if other and other.slug != code.slug:
        text = desk.words.gettext(
            "In hexadecimal this code is {hexadecimal}; the digits {digits} without 0x are another code:"
        )
        notes.append(BaseNote(text.format(digits=digits, hexadecimal=f"0x{digits}"), desk.code_ref(code.path, other)))
    return tuple(notes)
