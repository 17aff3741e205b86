"""Each edition beside the one before it: what rules about editions have in common."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from generator.model import (
    Canonical,
    Code,
    CodeList,
    CodeRange,
    Column,
    Document,
    EditionId,
    Entry,
    FieldText,
    IntegerCode,
    Locale,
    ProductId,
    canonical,
)
from generator.rules.aligned import AlignedRow, aligned_rows, predecessors
from generator.rules.context import Context
from generator.rules.misnumbered import expected_codes
from generator.rules.presence import verdicts


class Succession(Struct, frozen=True):
    """A document and the same locale's document of the next older edition that has one."""

    newer: Document
    older: Document


def successions(context: Context) -> tuple[Succession, ...]:
    """All documents with codes that have an older one with codes in their locale, the source locale's first."""
    return tuple(_successions(context))


def _successions(context: Context) -> Iterator[Succession]:
    order = sorted(context.catalog.locales, key=lambda locale: locale != context.catalog.source_locale)
    for product in context.catalog.products:
        for index, edition in enumerate(product.editions):
            for locale in order:
                newer = context.by_place.get((product.id, edition.id, locale))
                former = (context.by_place.get((product.id, one.id, locale)) for one in product.editions[index + 1 :])
                older = next((one for one in former if one and one.entries), None)
                if newer and newer.entries and older:
                    yield Succession(newer, older)


class Listed(Struct, frozen=True):
    """What an edition lists, in all its locales and sections."""

    codes: frozenset[Canonical]
    """With the codes to which misnumbered rows belong."""
    members: frozenset[int]
    """The numbers of its lists, and the bounds of its ranges."""
    ranges: tuple[CodeRange, ...]

    def has(self, code: Code) -> bool:
        """Whether a code is listed, on its own or in a range or list."""
        if canonical(code) in self.codes:
            return True
        values = numbers_of(code)
        return bool(values) and all(
            value in self.codes or value in self.members or any(one.first <= value <= one.last for one in self.ranges)
            for value in values
        )


def listed_by_edition(context: Context) -> Mapping[tuple[ProductId, EditionId], Listed]:
    """What each edition of each product lists."""
    expected = context.once(expected_codes)
    found: dict[tuple[ProductId, EditionId], list[Code]] = {}
    for document in context.catalog.documents:
        own = found.setdefault((document.product, document.edition), [])
        for entry in document.entries:
            own.append(entry.code)
            if entry in expected:
                own.append(expected[entry])
    return {
        key: Listed(
            frozenset(map(canonical, codes)),
            frozenset(value for code in codes if isinstance(code, CodeRange | CodeList) for value in numbers_of(code)),
            tuple(dict.fromkeys(code for code in codes if isinstance(code, CodeRange))),
        )
        for key, codes in found.items()
    }


def numbers_of(code: Code) -> tuple[int, ...]:
    """The numbers that a code stands for; of a range only its bounds."""
    match code:
        case IntegerCode(value=value):
            return (value,)
        case CodeRange(first=first, last=last):
            return (first, last)
        case CodeList(values=values):
            return values
        case _:
            return ()


def disputed(context: Context) -> frozenset[tuple[ProductId, EditionId, Canonical]]:
    """Codes that the locales of their edition do not list alike; whether they belong there is another rule's question."""
    expected = context.once(expected_codes)
    right: set[tuple[ProductId, EditionId, Canonical]] = set()
    wrong: set[tuple[ProductId, EditionId, Canonical]] = set()
    for document in context.catalog.documents:
        for entry in document.entries:
            (wrong if entry in expected else right).add((entry.product, entry.edition, canonical(entry.code)))
    wrong -= right
    for verdict in context.once(verdicts):
        if not verdict.missing:
            wrong.update((verdict.group.product, verdict.group.edition, canonical(code)) for code in verdict.codes)
    return frozenset(wrong)


def unlisted(
    context: Context, here: Document, there: Document
) -> Iterator[tuple[int, list[Entry], list[tuple[Entry, Entry | None]]]]:
    """What ``here`` lists and ``there``'s edition does not, in any locale.

    By section its index, all its rows, and those of such codes, each with the row before it that both documents list.
    """
    other = context.once(listed_by_edition)[there.product, there.edition]
    expected, doubtful = context.once(expected_codes), context.once(disputed)
    shared = {canonical(expected.get(entry, entry.code)) for entry in there.entries}
    for section in here.sections:
        rows = [entry for table in section.tables for entry in table.entries]
        seen: set[Canonical] = set()
        before: Entry | None = None
        lacking: list[tuple[Entry, Entry | None]] = []
        for entry in rows:
            code = canonical(entry.code)
            if code in shared:
                before = entry
            elif code in seen or context.declared.is_retired(here.product, code):
                continue
            elif (here.product, here.edition, code) not in doubtful and not other.has(entry.code):
                lacking.append((entry, before))
            seen.add(code)
        if lacking:
            yield section.index, rows, lacking


class Cell(Struct, frozen=True):
    """A cell of a newer edition, what the same locale said in an older one, and what the other locales say now."""

    entry: Entry
    former: Entry
    column: Column
    peers: Mapping[Locale, Entry]
    """Rows of the same code and edition that fill the column, the source locale's first."""

    @property
    def now(self) -> FieldText:
        """What it says."""
        return _filled(self.entry, self.column)

    @property
    def was(self) -> FieldText:
        """What it said."""
        return _filled(self.former, self.column)


def _filled(entry: Entry, column: Column) -> FieldText:
    found = entry.field(column)
    if found is None:
        raise LookupError(column)
    return found


def cells(context: Context) -> tuple[Cell, ...]:
    """All cells but those of codes that both editions fill, in the order of the catalog."""
    former_rows = context.once(predecessors)
    aligned = context.once(beside) if former_rows else {}
    found = []
    for entry, former in former_rows.items():
        row = aligned.get(entry)
        for field in entry.fields:
            column = field.column
            if column in (Column.CODE, Column.OTHER) or entry.field(column) is not field or not former.field(column):
                continue
            peers = {
                locale: other
                for locale, other in (row.entries.items() if row else ())
                if locale != entry.locale and other.field(column)
            }
            found.append(Cell(entry, former, column, peers))
    return tuple(found)


def beside(context: Context) -> Mapping[Entry, AlignedRow]:
    """For each row the aligned row that it is in."""
    return {entry: row for row in context.once(aligned_rows) for entry in row.entries.values()}


def edition_name(document: Document | Entry) -> str:
    """An edition as messages name it."""
    return f"the edition {document.edition}"
