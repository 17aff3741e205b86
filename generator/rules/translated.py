"""Names and codes that were translated although they are the interface's words. N301 leaves them to K211."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from generator.alignment import is_identifier, is_slip, normal_name
from generator.codes import read_code
from generator.model import Canonical, Code, Column, Document, Entry, ProblemKind, RawCell, SymbolCode, Table, canonical
from generator.rules.context import Context, Group
from generator.rules.keys import meant, meant_code
from generator.rules.presence import Verdict, verdicts
from generator.text import visible


class TranslatedName(Struct, frozen=True):
    """A row whose name is words where its peers have an identifier."""

    entry: Entry
    identifier: str
    witnesses: tuple[Entry, ...]


class TranslatedCode(Struct, frozen=True):
    """A row whose code is a word where its peers have another one."""

    document: Document
    table: Table
    cell: RawCell
    code: Code
    """The code that is missing here, as the peers publish it."""
    witnesses: tuple[Entry, ...]


def translated_names(context: Context) -> Mapping[Entry, TranslatedName]:
    """All rows with translated names, in the order of the catalog."""
    return {found.entry: found for group in context.groups if len(group.documents) > 1 for found in _names(group)}


def _names(group: Group) -> Iterator[TranslatedName]:
    for locale, by_code in group.by_code.items():
        for code, rows in by_code.items():
            for entry in rows:
                if not entry.name or not _may_be_words(entry.name):
                    continue
                peers = [row for peer in group.peers(locale) for row in group.with_code(peer, code) if row.name]
                counts = Counter(normal_name(row.name) for row in peers)
                name, most = max(counts.items(), key=lambda pair: pair[1], default=("", 0))
                if 2 * most > len(peers) and is_identifier(name) and is_translation(entry.name, name):
                    witnesses = tuple(row for row in peers if normal_name(row.name) == name)
                    yield TranslatedName(entry, name, witnesses)


def _may_be_words(name: str) -> bool:
    return not name.isascii() or " " in name


def is_translation(name: str, identifier: str) -> bool:
    """Whether a name is words of a language, in another script or with spaces, in place of an identifier."""
    shown = meant(name).strip()
    if normal_name(shown) == normal_name(identifier):
        return False
    if any(mark.isalpha() and not mark.isascii() for mark in shown):
        return not is_slip("".join(shown.split()), identifier)
    words = shown.split()
    plain = len(words) > 1 and all(word.isalpha() for word in words) and not shown.isupper()
    return plain and "".join(words).casefold() != identifier.replace("_", "").casefold()


def translated_codes(context: Context) -> tuple[TranslatedCode, ...]:
    """All rows whose symbol was translated: a word that is no code, or is nobody else's, where a symbol is missing."""
    missing = [one for one in context.once(verdicts) if one.missing and not one.whole]
    extra = {
        (one.group.documents[one.locale].path, canonical(code))
        for one in context.once(verdicts)
        if not one.missing
        for code in one.codes
    }
    taken: set[tuple[str, int, int]] = set()
    return tuple(
        found
        for verdict in missing
        for code in verdict.codes
        if isinstance(code, SymbolCode) and (found := _code(context, verdict, code, extra, taken))
    )


def _code(
    context: Context, verdict: Verdict, code: Code, extra: set[tuple[str, Canonical]], taken: set[tuple[str, int, int]]
) -> TranslatedCode | None:
    group, locale = verdict.group, verdict.locale
    document = group.documents[locale]
    listing = [peer for peer in group.peers(locale) if group.with_code(peer, canonical(code))]
    if not listing:
        return None
    before, after = group.neighbours(canonical(code), listing[0], locale)
    for near, start, end in _windows(context, before, after):
        table = context.table(near)
        for index in range(start, min(end, len(table.raw.rows))):
            cell = _word(document, table, index, extra)
            if cell and (document.path, table.index, index) not in taken and _is_foreign(cell.text, code):
                taken.add((document.path, table.index, index))
                witnesses = tuple(group.with_code(peer, canonical(code))[0] for peer in listing)
                return TranslatedCode(document, table, cell, code, witnesses)
    return None


def _windows(context: Context, before: Entry | None, after: Entry | None) -> Iterator[tuple[Entry, int, int]]:
    """Where a row between two others may stand: a row of its table, and from which index to which.

    Where the two are far apart, as a code that is listed twice may be, it stands next to one of them.
    """
    if before and after and before.table == after.table and before.row < after.row:
        yield before, before.row + 1, after.row
        return
    if before:
        yield before, before.row + 1, before.row + 2 if after else len(context.table(before).raw.rows)
    if after:
        yield after, max(after.row - 1, 0) if before else 0, after.row


def _word(document: Document, table: Table, index: int, extra: set[tuple[str, Canonical]]) -> RawCell | None:
    """The code cell of a row that no peer has, or that could not be read."""
    at = table.columns.index(Column.CODE)
    row = table.raw.rows[index]
    unread = any(one.kind is ProblemKind.ROW_WITHOUT_CODE and one.span == row.span for one in table.problems)
    alone = any(one.row == index and (document.path, canonical(one.code)) in extra for one in _rows(table, index))
    return row.cells[at] if at < len(row.cells) and row.cells[at].text and (unread or alone) else None


def _rows(table: Table, index: int) -> Sequence[Entry]:
    return [one for one in table.entries if one.row == index]


def _is_foreign(text: str, code: Code) -> bool:
    """Whether a cell holds words of another script, or several, and not the code in look-alike letters."""
    shown = visible(text).strip(" `*_")
    if meant_code(text) == code.text or not any(mark.isalpha() for mark in shown):
        return False
    if any(mark.isalpha() and not mark.isascii() for mark in shown):
        return read_code(meant_code(text)) is None
    return len(shown.split()) > 1 and not any(mark.isdigit() for mark in shown)
