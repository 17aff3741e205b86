"""Codes outside tables as a raw table: what of a list item, a section or a paragraph goes into which column."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from generator.model import Column, RawCell, RawRow, RawTable, SourceSpan, TableForm
from generator.parse.columns import Words
from generator.parse.headers import says_status
from generator.parse.outside_heads import Head, Piece
from generator.parse.outside_tree import Lines, Node, below
from generator.parse.outside_words import about, is_identifier

_ORDER: Final = (
    Column.CODE,
    Column.NAME,
    Column.DESCRIPTION,
    Column.CAUSE,
    Column.SOLUTION,
    Column.CAUSE_AND_SOLUTION,
)
_TEXTS: Final = frozenset(_ORDER[2:])
_EXPLAINING: Final = frozenset({Column.CAUSE, Column.SOLUTION, Column.CAUSE_AND_SOLUTION})
_STATUSES: Final = {str(status.value): status.name for status in HTTPStatus}
_LABEL: Final = re.compile(
    r"(?:[-*+>]\s+|#{1,6}\s+)*(?P<mark>[*_]{0,3})(?P<label>[^\s:：*`|][^:：*`|\n]{0,40}?)"
    r"(?:(?P=mark)\s*(?P<colon>[:：])(?P<after>[*_]{0,3})(?=\s|[^\x00-\x7f]|\Z)"
    r"|(?P<inner>[:：])\s*(?P=mark)(?=\s|[^\x00-\x7f]|\Z)|(?P=mark)\s*(?:#+\s*)?\Z)"
)
"""What announces the words behind it or below it: ``Solution:``, ``**Solution:**``, ``**Solution**``, ``#### Solution``."""
_SAYING: Final = re.compile(r"[^\W\d_]\W+[^\W\d_]|[^\W\d_\x00-\u024f]|[a-z]{2}")
"""What words in brackets have that say something, and a state such as ``08004`` has not."""
_SLIP: Final = re.compile(r"[`*]*(\w{0,20}\d\w{0,20})[`*]*(?:\s*[:：]|\s+[-–—])\s*(?=\S)")
_DEFINED: Final = re.compile(r"\s*(?:>\s?)*:\s+")


class Item(Struct):
    """A list item, a section, a paragraph that begins with a code, or stands among such."""

    head: Head | None
    line: int
    """The line on which the head stands, counted from 0."""
    start: int
    """Where the head begins on it, counted from 0."""
    end: int
    """Where the head's line ends."""
    body: Sequence[Node]
    """The blocks that belong to it, the head's own last of all if it is a paragraph of several lines."""
    last: int
    """The line behind its last one."""
    region: tuple[int, int, int, int] | None = None
    """Lines and columns (from 0) between which its words stand, where that is not all of its lines."""


class FoundTable(Struct, frozen=True):
    """Codes outside tables as a table, and the lines that they take."""

    raw: RawTable
    columns: tuple[Column, ...]
    lines: tuple[tuple[int, int], ...]
    """From which line up to which, counted from 0, the last not included; in order."""
    level: int = 0
    """The level of the headings that are codes; 0 where no headings are."""


_Cells = list[tuple[Column, RawCell]]


def as_table(items: Sequence[Item], source: Lines, words: Words, level: int = 0) -> FoundTable:
    """The table whose rows are ``items``; one that has no head is a row without a code."""
    rows = [_cells(item, source, words) for item in items]
    columns = _columns(rows)
    on_line = Counter(item.line for item in items)
    raw_rows = []
    for item, cells in zip(items, rows, strict=True):
        # Where several stand on one line, the line is the place of none.
        span = source.span(item.line, item.last) if on_line[item.line] == 1 else _own_span(item, source)
        raw_rows.append(RawRow(_placed(cells, columns, source, item), None, span))
    return FoundTable(table_of(raw_rows, TableForm.PROSE), columns, _joined(items), level)


def _own_span(item: Item, source: Lines) -> SourceSpan:
    """From where the head begins to where the item's words end."""
    line, column = item.region[2:] if item.region else (item.line, item.end)
    return SourceSpan(source.path, item.line + 1, item.start + 1, line + 1, column + 1)


def _joined(items: Sequence[Item]) -> tuple[tuple[int, int], ...]:
    """The lines that ``items`` take, those that follow one another in one piece."""
    found: list[tuple[int, int]] = []
    for item in items:
        if found and found[-1][1] == item.line:
            found[-1] = (found[-1][0], item.last)
        else:
            found.append((item.line, item.last))
    return tuple(found)


def table_of(rows: Sequence[RawRow], form: TableForm) -> RawTable:
    """Rows as a table without a header."""
    first, last = rows[0].span, rows[-1].span
    start = SourceSpan(first.path, first.line, first.column, first.line, first.column)
    span = SourceSpan(first.path, first.line, first.column, last.end_line, last.end_column)
    return RawTable(form, RawRow((), None, start), tuple(rows), span)


def _columns(rows: Sequence[_Cells]) -> tuple[Column, ...]:
    found = {column for cells in rows for column, _ in cells}
    others = max((sum(1 for column, _ in cells if column is Column.OTHER) for cells in rows), default=0)
    return tuple(column for column in _ORDER if column in found or column is Column.CODE) + (Column.OTHER,) * others


def _placed(cells: _Cells, columns: Sequence[Column], source: Lines, item: Item) -> tuple[RawCell, ...]:
    waiting: dict[Column, list[RawCell]] = {}
    for column, cell in cells:
        waiting.setdefault(column, []).append(cell)
    for found in waiting.values():
        found.reverse()
    return tuple(waiting[column].pop() if waiting.get(column) else source.nothing(item.last - 1) for column in columns)


def _cells(item: Item, source: Lines, words: Words) -> _Cells:
    head = item.head
    if head is None:
        # What is meant as a code and is none, such as one with a letter, is shown alone.
        slip = _SLIP.match(source.lines[item.line][: item.end], item.start)
        end, text = (slip.end(1), slip.end()) if slip else (item.end, None)
        cells = [(Column.CODE, source.cell(item.line, item.start, item.line, end))]
        return cells + _texts(item, text, source, words)

    def cut(piece: Piece) -> RawCell:
        return source.cell(item.line, piece.start, item.line, piece.end)

    cells = [(Column.CODE, cut(head.code))]
    if head.name:
        cells.append((Column.NAME, cut(head.name)))
    cells.extend((Column.OTHER, cut(other)) for other in head.others)
    texts = _texts(item, head.text, source, words)
    if not texts and len(head.others) == 1 and _SAYING.search(cells[-1][1].text):
        cells[-1] = (Column.DESCRIPTION, cells[-1][1])
    code = next((cell for column, cell in texts if column is Column.CODE), None)
    if code is not None and head.is_symbol and not head.name:
        cells[0:1] = [(Column.CODE, code), (Column.NAME, cells[0][1])]
        texts = [one for one in texts if one[1] is not code]
    taken = {column for column, _ in cells}
    for column, cell in texts:
        known = column if column not in taken and column is not Column.CODE else Column.OTHER
        taken.add(known)
        cells.append((known, cell))
    return cells


class _Cut(Struct, frozen=True):
    """Where what a label announces begins."""

    column: Column
    line: int
    start: int
    """Where the words behind the label begin."""


def _texts(item: Item, text: int | None, source: Lines, words: Words) -> _Cells:
    """What is said behind and below the head, cut where labels say what follows."""
    if item.region is not None:
        begin = item.region[:2] if text is None else (item.line, text)
        return [(Column.DESCRIPTION, source.cell(*begin, *item.region[2:]))]
    line, start = (item.line, text) if text is not None else (item.line + 1, 0)
    if line < item.last:
        defined = _DEFINED.match(source.lines[line]) if text is None else None
        start = defined.end() if defined else start
    cuts = [_Cut(Column.DESCRIPTION, line, start), *_labels(item, source, words)]
    found: _Cells = []
    for number, cut in enumerate(cuts):
        end = cuts[number + 1].line if number + 1 < len(cuts) else item.last
        if cut.line >= end:
            continue
        cell = source.rest(cut.line, cut.start, end) if cut.line != item.line else _head_text(item, cut, end, source)
        if not cell.text.strip():
            continue
        one_word = cell.text.strip("`* ")
        if cut.column in {Column.NAME, Column.CODE} and (" " in one_word or "\n" in one_word):
            found.append((Column.OTHER, cell))
        else:
            found.append((cut.column, cell))
    return found


def _head_text(item: Item, cut: _Cut, end: int, source: Lines) -> RawCell:
    if end == item.line + 1 or not any(source.lines[number].strip() for number in range(item.line + 1, end)):
        return source.cell(cut.line, cut.start, cut.line, item.end)
    return source.rest(cut.line, cut.start, end)


def _labels(item: Item, source: Lines, words: Words) -> Iterator[_Cut]:
    before = item.line
    for number in _beginnings(item):
        if not before < number < item.last:
            continue
        line = source.lines[number]
        if not any(mark in line for mark in ":：*_#"):
            continue
        found = _LABEL.match(line, len(line) - len(line.lstrip()))
        if found is None or not (found["colon"] or found["mark"] or "#" in line[: found.start("label")]):
            continue
        column = about(found["label"], words)
        rest = line[found.end() :].strip(" `*")
        if column in {None, Column.CODE} and _is_status(found["label"], rest, item.head):
            before = number
            yield _Cut(Column.OTHER, number, found.end())
            if rest.isdigit():
                yield _Cut(Column.DESCRIPTION, number + 1, 0)
            continue
        if column is None or column is Column.OTHER:
            continue
        if column is Column.NAME and not is_identifier(rest):
            continue
        if column is Column.CODE and (not rest or " " in rest or item.head is None or not item.head.is_symbol):
            continue
        before = number
        yield _Cut(column, number, found.end())


def _is_status(label: str, value: str, head: Head | None) -> bool:
    """Whether a label below an identifier gives HTTP's status for it: ``HTTP status code: 404``."""
    return (
        head is not None and is_identifier(head.spelled) and says_status(label) and value.partition(" ")[0] in _STATUSES
    )


def _beginnings(item: Item) -> Iterator[int]:
    """The lines on which something may begin that a label announces."""
    for node in item.body:
        for one in (node, *below(node)) if node.children else (node,):
            if one.kind == "paragraph":
                yield from range(one.first, one.last)
            elif one.kind == "heading":
                yield one.first


def as_symbols(items: Sequence[Item], source: Lines) -> None:
    """Read numbers in brackets as what they are where they repeat, or are HTTP's: statuses of names, which are the codes."""
    swapped = [item.head for item in items if item.head is not None and item.head.swapped]
    if len({head.spelled for head in swapped}) == len(swapped) and not _are_statuses(swapped):
        return
    for item in items:
        head = item.head
        if head is not None and head.swapped and head.name is not None:
            spelled = source.lines[item.line][head.name.start : head.name.end]
            others = (*head.others, head.code)
            status = head.spelled in _STATUSES
            item.head = replace(
                head, code=head.name, spelled=spelled, name=None, called="", others=others, has_status=status
            )


def _are_statuses(heads: Sequence[Head]) -> bool:
    """Whether numbers in brackets are HTTP's statuses, and the names before them mostly others than HTTP's."""
    if all(head.spelled < "200" for head in heads) or not all(
        head.spelled in _STATUSES and head.ending == "brackets" for head in heads
    ):
        return False
    return 2 * sum(1 for head in heads if head.called == _STATUSES[head.spelled]) < len(heads)


def is_status(item: Item, source: Lines) -> bool:
    """Whether the head only gives a status of HTTP behind a label that says so: ``Status code: 404``."""
    head = item.head
    if head is None or not head.labelled or head.spelled not in _STATUSES:
        return False
    return says_status(source.lines[item.line][item.start : head.code.start])


def is_explained(item: Item, source: Lines, words: Words) -> bool:
    """Whether labels below the head announce what causes it or what to do."""
    return any(cut.column in _EXPLAINING for cut in _labels(item, source, words))


def is_description(items: Sequence[Item], source: Lines, words: Words) -> bool:
    """Whether items are the parts of one description, of which one is the code: ``Code: 40101``, ``Cause: …``."""
    coded = [item for item in items if item.head is not None and not item.head.faint]
    if len(coded) != 1 or len(items) < 2:
        return False
    found = (_LABEL.match(source.lines[item.line], item.start) for item in items if item is not coded[0] and item.end)
    return any(
        one is not None and (one["colon"] or one["inner"]) and about(one["label"], words) in _TEXTS for one in found
    )
