"""Defects of rows, codes and names."""

import random
import re

from planting import (
    Field,
    Kind,
    Plant,
    below_of,
    choose,
    code_cell,
    filled,
    has_identifier,
    neighbour,
    planted,
    script,
    text_at,
)

from generator.model import (
    Column,
    Document,
    Entry,
    IntegerCode,
    SourceSpan,
    TableForm,
    canonical,
)


def _whole(entry: Entry) -> SourceSpan:
    """The row with the lines it stands on."""
    return SourceSpan(entry.span.path, entry.span.line, 1, entry.span.end_line + 1, 1)


def _line_is_own(document: Document, entry: Entry) -> bool:
    first = document.lines[entry.span.line - 1][: entry.span.column - 1]
    return not first.strip() and entry.span.end_line < len(document.lines)


def drop_row(chance: random.Random, rows: Field) -> Plant | None:
    """Take a row out."""
    found = choose(chance, rows, lambda document, entry, _: _line_is_own(document, entry))
    return planted(found[0], [found[1]], (_whole(found[1]), "")) if found else None


def repeat_row(chance: random.Random, rows: Field) -> Plant | None:
    """Write a row twice."""
    found = choose(chance, rows, lambda document, entry, _: _line_is_own(document, entry))
    if not found:
        return None
    document, entry, _ = found
    words = text_at(document, _whole(entry))
    return planted(document, [entry], (_whole(entry), words + words))


def copy_over_neighbour(chance: random.Random, rows: Field) -> Plant | None:
    """Write a row in the place of the one below it."""
    found = choose(
        chance,
        rows,
        lambda document, entry, _: (
            (below := neighbour(document, entry))
            and _line_is_own(document, entry)
            and _line_is_own(document, below)
            and any(one[1] is below for one in rows.rows)
        ),
    )
    if not found:
        return None
    document, entry, _ = found
    below = below_of(document, entry)
    return planted(document, [entry, below], (_whole(below), text_at(document, _whole(entry))))


def swap_values(chance: random.Random, rows: Field) -> Plant | None:
    """Give two neighbours each other's code."""
    found = choose(chance, rows, lambda document, entry, _: _told_apart(document, entry))
    if not found:
        return None
    document, entry, _ = found
    below = below_of(document, entry)
    one, other = code_cell(entry).span, code_cell(below).span
    return planted(document, [entry, below], (one, text_at(document, other)), (other, text_at(document, one)))


def _told_apart(document: Document, entry: Entry) -> bool:
    """Whether this row and the one below say things by which one could see that their codes are swapped."""
    below = neighbour(document, entry)
    return below is not None and entry.name != below.name and bool(entry.name and below.name)


def wrong_value(chance: random.Random, rows: Field) -> Plant | None:
    """Write the code of the row above, as a copy and paste leaves it."""
    found = choose(chance, rows, lambda document, entry, _: _told_apart(document, entry))
    if not found:
        return None
    document, entry, _ = found
    below = below_of(document, entry)
    return planted(document, [entry, below], (code_cell(below).span, text_at(document, code_cell(entry).span)))


def slip_in_value(chance: random.Random, rows: Field) -> Plant | None:
    """Change one digit of a code."""
    codes = {canonical(entry.code) for _, entry, _ in rows.rows}
    found = choose(chance, rows, lambda _d, entry, _p: isinstance(entry.code, IntegerCode) and entry.code.value > 99)
    if not found:
        return None
    document, entry, _ = found
    written = text_at(document, code_cell(entry).span)
    places = [match.start() for match in re.finditer(r"\d", written)][1:]
    for _ in range(20):
        at = chance.choice(places)
        changed = written[:at] + str((int(written[at]) + chance.randint(1, 8)) % 10) + written[at + 1 :]
        if changed.isdigit() and int(changed) not in codes:
            return planted(document, [entry], (code_cell(entry).span, changed))
    return None


def wrong_name(chance: random.Random, rows: Field) -> Plant | None:
    """Write the name of the row above."""
    found = choose(chance, rows, lambda document, entry, _: _told_apart(document, entry) and has_identifier(entry))
    if not found:
        return None
    document, entry, _ = found
    below = below_of(document, entry)
    own, theirs = filled(entry, Column.NAME), filled(below, Column.NAME)
    return planted(document, [entry, below], (theirs.span, text_at(document, own.span)))


def slip_in_name(chance: random.Random, rows: Field) -> Plant | None:
    """Leave a letter of a name out."""
    found = choose(chance, rows, lambda _d, entry, _p: has_identifier(entry))
    if not found:
        return None
    document, entry, _ = found
    own = filled(entry, Column.NAME)
    written = text_at(document, own.span)
    letters = [match.start() for match in re.finditer(r"(?<=[A-Z])[A-Z]", written)]
    at = chance.choice(letters)
    return planted(document, [entry], (own.span, written[:at] + written[at + 1 :]))


def translate_name(chance: random.Random, rows: Field) -> Plant | None:
    """Write words in the place of an identifier."""
    found = choose(
        chance,
        rows,
        lambda _document, entry, _peers: (
            has_identifier(entry) and script(entry.said[0].plain) != "Latin" if entry.said else False
        ),
    )
    if not found:
        return None
    document, entry, _ = found
    own = filled(entry, Column.NAME)
    return planted(document, [entry], (own.span, entry.said[0].plain[:12].replace("|", "/")))


def full_width_code(chance: random.Random, rows: Field) -> Plant | None:
    """Write a code in full-width digits."""
    found = choose(chance, rows, lambda _d, entry, _p: isinstance(entry.code, IntegerCode))
    if not found:
        return None
    document, entry, _ = found
    wide = re.sub(r"[0-9]", lambda one: chr(ord(one[0]) + 0xFEE0), text_at(document, code_cell(entry).span))
    return planted(document, [entry], (code_cell(entry).span, wide))


def shift_cell(chance: random.Random, rows: Field) -> Plant | None:
    """Put an empty cell into a pipe row, so that its last cell falls off."""
    found = choose(
        chance,
        rows,
        lambda document, entry, _: document.tables[entry.table].raw.form is TableForm.PIPE and len(entry.said) > 0,
    )
    if not found:
        return None
    document, entry, _ = found
    first = entry.said[-1].span
    start = SourceSpan(first.path, first.line, first.column, first.line, first.column)
    return planted(document, [entry], (start, " | "))


def tear_table(chance: random.Random, rows: Field) -> Plant | None:
    """Put a blank line into a pipe table."""
    found = choose(
        chance,
        rows,
        lambda document, entry, _: (
            document.tables[entry.table].raw.form is TableForm.PIPE and entry.row > 1 and neighbour(document, entry)
        ),
    )
    if not found:
        return None
    document, entry, _ = found
    start = SourceSpan(entry.span.path, entry.span.line, 1, entry.span.line, 1)
    return planted(document, document.tables[entry.table].entries, (start, "\n"))


def lose_column(chance: random.Random, rows: Field) -> Plant | None:
    """Leave the last column out of a pipe table whose peers have it."""

    def fits(document: Document, entry: Entry, peers: tuple[Entry, ...]) -> bool:
        table = document.tables[entry.table]
        column = table.columns[-1]
        alone = sum(1 for _, other, _ in rows.rows if other.span.path == document.path and other.table == table.index)
        return (
            table.raw.form is TableForm.PIPE
            and entry.field(column) is not None
            and column not in (Column.CODE, Column.NAME)
            and all(peer.field(column) for peer in peers)
            and alone > 2
        )

    found = choose(chance, rows, fits)
    if not found:
        return None
    document, entry, _ = found
    table = document.tables[entry.table]
    width = len(table.columns) - 1
    lines = list(document.lines)
    for row in (table.raw.header, *table.raw.rows):
        lines[row.span.line - 1] = f"| {' | '.join(cell.text for cell in row.cells[:width])} |"
    lines[table.raw.header.span.line] = "|" + "---|" * width
    return Plant("\n".join(lines) + "\n", document, frozenset(one.code.text for one in table.entries))


KINDS = (
    Kind("drop a row", ("K201", "K202"), drop_row),
    Kind("repeat a row", ("K203",), repeat_row),
    Kind("copy a row over its neighbour", ("K205", "K204", "K203"), copy_over_neighbour),
    Kind("swap two values", ("K204", "N301"), swap_values),
    Kind("value of the row above", ("K204", "K203"), wrong_value),
    Kind("slip in a value", ("K204", "K201"), slip_in_value),
    Kind("name of the row above", ("K206", "N301"), wrong_name),
    Kind("slip in a name", ("N301", "K206"), slip_in_name),
    Kind("translate a name", ("K211", "N301"), translate_name),
    Kind("full-width code", ("K212",), full_width_code),
    Kind("shift a cell", ("S101", "S103"), shift_cell),
    Kind("tear a table", ("S111",), tear_table),
    Kind("lose a column", ("S104",), lose_column),
)
