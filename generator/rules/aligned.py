"""The rows and cells of an edition beside their peers': each code once, by the code its rows belong to."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from generator.model import Canonical, Code, Column, EditionId, Entry, FieldText, Locale, ProductId, canonical
from generator.rules.context import Context, Group
from generator.rules.misnumbered import expected_codes


class AlignedRow(Struct, frozen=True, gc=False):
    """One code of one section of one edition, in every locale that lists it there exactly once."""

    group: Group
    code: Code
    """As the first of the locales publishes it."""
    entries: Mapping[Locale, Entry]
    """The source locale's first. At least two."""


class AlignedCell(Struct, frozen=True, gc=False):
    """One column of an aligned row, in every locale that fills it."""

    row: AlignedRow
    column: Column
    fields: Mapping[Locale, FieldText]
    """The source locale's first. At least two."""

    @property
    def entries(self) -> Mapping[Locale, Entry]:
        """The rows of the locales that fill the column."""
        return {locale: self.row.entries[locale] for locale in self.fields}


def aligned_rows(context: Context) -> tuple[AlignedRow, ...]:
    """All codes that at least two locales of an edition list, in the order of the source locale.

    A row under a wrong code stands with the rows it belongs to. A code that a locale lists twice is not compared there:
    which of the two rows is meant cannot be told.
    """
    return tuple(row for group in context.groups if len(group.documents) > 1 for row in _rows(context, group))


def _rows(context: Context, group: Group) -> Iterator[AlignedRow]:
    expected = context.once(expected_codes)
    found: dict[Canonical, dict[Locale, list[Entry]]] = {}
    codes: dict[Canonical, Code] = {}
    for locale, rows in group.rows.items():
        for entry in rows:
            code = expected.get(entry, entry.code)
            codes.setdefault(canonical(code), code)
            found.setdefault(canonical(code), {}).setdefault(locale, []).append(entry)
    for value, by_locale in found.items():
        single = {locale: rows[0] for locale, rows in by_locale.items() if len(rows) == 1}
        if len(single) > 1:
            yield AlignedRow(group, codes[value], single)


def aligned_cells(context: Context) -> tuple[AlignedCell, ...]:
    """All cells of :func:`aligned_rows` but those of codes, in the order of the source locale's columns.

    A column that a row has twice is not compared, and :attr:`Column.OTHER` only where each table has one such column.
    """
    return tuple(cell for row in context.once(aligned_rows) for cell in _cells(context, row))


def _cells(context: Context, row: AlignedRow) -> Iterator[AlignedCell]:
    columns = dict.fromkeys(field.column for entry in row.entries.values() for field in entry.fields)
    for column in columns:
        if column is Column.CODE:
            continue
        if column is Column.OTHER and any(
            context.table(entry).columns.count(column) != 1 for entry in row.entries.values()
        ):
            continue
        own = {
            locale: [field for field in entry.fields if field.column is column] for locale, entry in row.entries.items()
        }
        fields = {locale: same[0] for locale, same in own.items() if len(same) == 1}
        if len(fields) > 1:
            yield AlignedCell(row, column, fields)


def predecessors(context: Context) -> Mapping[Entry, Entry]:
    """For each row the one that says the same code of the same section in the next older edition, in the same locale.

    Only rows whose code both documents list once in that section.
    """
    if all(len(product.editions) < 2 for product in context.catalog.products):
        return {}
    expected = context.once(expected_codes)
    at: dict[tuple[ProductId, EditionId, int, Locale, Canonical], list[Entry]] = {}
    for group in context.groups:
        for locale, listed in group.rows.items():
            for entry in listed:
                code = canonical(expected.get(entry, entry.code))
                at.setdefault((group.product, group.edition, group.section, locale, code), []).append(entry)
    older = {
        (product.id, edition.id): [one.id for one in product.editions[index + 1 :]]
        for product in context.catalog.products
        for index, edition in enumerate(product.editions)
    }
    found: dict[Entry, Entry] = {}
    for (product_id, edition_id, section, locale, value), rows in at.items():
        former = (at.get((product_id, one, section, locale, value), []) for one in older[product_id, edition_id])
        last = next((same for same in former if same), [])
        if len(rows) == len(last) == 1:
            found[rows[0]] = last[0]
    return found
