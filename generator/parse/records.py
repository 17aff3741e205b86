"""Tables in which each code has rows of its own: a title that says it, and below that a label and a text in each row."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import msgspec

from generator.model import Column, RawCell, RawRow, RawTable, SourceSpan
from generator.parse.cells import Cells
from generator.parse.headers import Vocabulary, folded
from generator.parse.spelled import holds_number, label_of

_LABELLED: Final = 2
"""Cells of a row that has a label."""
_MOST: Final = 12
"""Labels that differ: more are no labels."""


def turned(raw: RawTable, vocabulary: Vocabulary, read: Cells) -> RawTable:
    """The table with one row for each code and the labels as its header, if it is written as records one below the other.

    Rows that belong to no record, or have no label, stay what they are; ``vocabulary`` says which labels mean columns.
    """
    rows = (raw.header, *raw.rows) if raw.header.cells else raw.rows
    if not rows or not (first := _title(rows[0])) or not (label := label_of(read.plain(first.text))):
        return raw
    starts = [at for at, row in enumerate(rows) if (cell := _title(row)) and holds_number(read.plain(cell.text))]
    labels = _labels(rows, starts, vocabulary, read)
    if not labels:
        return raw
    head = RawRow((RawCell(label, first.span), *labels.values()), None, rows[0].span)
    found: list[RawRow] = []
    for start, end in pairwise((*starts, len(rows))):
        found += _record(rows[start:end], tuple(labels), read)
    return msgspec.structs.replace(raw, header=head, rows=tuple(found))


def _title(row: RawRow) -> RawCell | None:
    """The only filled cell of a row."""
    filled = [cell for cell in row.cells if cell.text]
    return filled[0] if len(filled) == 1 and not row.after else None


def _label(row: RawRow, read: Cells) -> str:
    """The words at the beginning of a row of two filled cells."""
    filled = [cell for cell in row.cells if cell.text]
    labelled = len(filled) == _LABELLED and not row.after and row.cells[0].text
    return folded(read.plain(row.cells[0].text)) if labelled else ""


def _labels(rows: Sequence[RawRow], starts: Sequence[int], vocabulary: Vocabulary, read: Cells) -> dict[str, RawCell]:
    """The labels and where each stands first; none where those of two columns are missing, or most rows have none."""
    titles = set(starts)
    labels: dict[str, RawCell] = {}
    body = [row for at, row in enumerate(rows) if at not in titles]
    labelled = 0
    for row in body:
        label = _label(row, read)
        if label:
            column = vocabulary.column(label)
            labelled += column is not None and column is not Column.CODE
            labels.setdefault(label, row.cells[0])
    known = {vocabulary.column(label) for label in labels} - {None, Column.CODE}
    return labels if len(known) >= _LABELLED and len(labels) <= _MOST and 2 * labelled > len(body) else {}


def _record(rows: Sequence[RawRow], labels: Sequence[str], read: Cells) -> list[RawRow]:
    """The row that the title and the labelled rows below it are, and behind it the rows without a label."""
    title = _title(rows[0])
    cells = [title] if title else []
    place = rows[0].span
    nothing = RawCell("", SourceSpan(place.path, place.end_line, place.end_column, place.end_line, place.end_column))
    cells += [nothing] * len(labels)
    last = place
    loose: list[RawRow] = []
    for row in rows[1:]:
        label = _label(row, read)
        at = labels.index(label) + 1 if label else 0
        if at and not cells[at].text:
            cells[at] = next(cell for cell in row.cells[1:] if cell.text)
            last = row.span
        else:
            loose.append(row)
    span = SourceSpan(place.path, place.line, place.column, last.end_line, last.end_column)
    return [RawRow(tuple(cells), None, span), *loose]
