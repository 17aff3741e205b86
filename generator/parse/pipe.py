"""Markdown pipe tables as raw tables, every cell kept, those beyond the columns too.

GitHub Flavored Markdown (section 4.10) drops what overflows; what a source says must not depend on that.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from generator.model import RawCell, RawRow, RawTable, SourceSpan, TableForm

_DELIMITER: Final = re.compile(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*")
_PIPE: Final = re.compile(r"\|")
_DASH: Final = re.compile(r"[\u2014\u2013-]")
_DASHES: Final = re.compile(r"[|:\s\u2014\u2013-]+")
_FEWEST: Final = 3
_PREFIX: Final = re.compile(r"\s*(?:>\s?)*\s*")
_ITEM: Final = re.compile(rf"{_PREFIX.pattern}(?:(?:[-*+]|[0-9]{{1,9}}[.)])\s+(?=\|))?")
"""A table may stand in a list, whose mark is before its header only."""


def is_delimiter(line: str) -> bool:
    """Whether a line is the row of dashes below a header."""
    return "-" in line and "|" in line and bool(_DELIMITER.fullmatch(_without_prefix(line)))


def is_torn_delimiter(line: str) -> bool:
    """Whether a line is meant as the row of dashes below a header, but is none: ``|---- ----|``."""
    body = _without_prefix(line)
    dashes = len(body) - len(_DASH.sub("", body))
    return body.count("|") > 1 and dashes >= _FEWEST and bool(_DASHES.fullmatch(body))


def is_row(line: str) -> bool:
    """Whether a line reads as a table's row: it begins with a pipe and has another."""
    body = _without_prefix(line)
    return body.startswith("|") and body.count("|") > 1


def read_table(lines: Sequence[str], first: int, last: int, path: str) -> RawTable:
    """The table whose header stands on line ``first`` and whose last row on line ``last`` (both from 1)."""
    header = split_row(lines[first - 1], first, path, columns=None)
    columns = len(header.cells)
    rows = tuple(split_row(lines[number - 1], number, path, columns) for number in range(first + 2, last + 1))
    end = max(last, first + 1)
    span = SourceSpan(path, first, 1, end, len(lines[end - 1]) + 1)
    return RawTable(TableForm.PIPE, header, rows, span)


def split_row(line: str, number: int, path: str, columns: int | None) -> RawRow:
    """One line's cells.

    ``columns`` is the table's width: what stands behind the last pipe of a row that has all its cells is no cell of
    its own; ``None`` where it is not known (the header itself).
    """
    prefix = (_ITEM if columns is None else _PREFIX).match(line)
    end = len(line.rstrip())
    start = min(prefix.end(), end) if prefix else 0
    bounds = [found.start() for found in _PIPE.finditer(line, start, end) if not _escaped(line, found.start())]
    leading = bool(bounds) and bounds[0] == start
    closed = bool(bounds) and bounds[-1] == end - 1 and (len(bounds) > 1 or not leading)
    edges = ([] if leading else [start - 1]) + bounds + ([] if closed else [end])
    cells = [_cell(line, left + 1, right, number, path) for left, right in pairwise(edges) if start < end]
    after = None
    if columns is not None and not closed and len(cells) > columns:
        tail = cells.pop()
        after = tail if tail.text else None
    return RawRow(tuple(cells), after, SourceSpan(path, number, start + 1, number, end + 1))


def _cell(line: str, start: int, end: int, number: int, path: str) -> RawCell:
    text = line[start:end]
    body = text.strip()
    if body:
        start += len(text) - len(text.lstrip())
        end = start + len(body)
    return RawCell(body, SourceSpan(path, number, start + 1, number, end + 1))


def _escaped(line: str, index: int) -> bool:
    count = 0
    while index - count > 0 and line[index - count - 1] == "\\":
        count += 1
    return count % 2 == 1


def _without_prefix(line: str) -> str:
    prefix = _PREFIX.match(line)
    return line[prefix.end() :].rstrip() if prefix else line.rstrip()
