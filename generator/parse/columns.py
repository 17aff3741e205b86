"""What each column of a table means: from its header's words, checked against the cells below."""

from collections.abc import Iterable, Sequence
from typing import Final

from generator.model import Column
from generator.parse.headers import (
    ACTS,
    AMOUNTS,
    COUNTING,
    PARAMETERS,
    VAGUE,
    Words,
    is_known_header,
    vocabulary_of,
)
from generator.parse.keys import Columns, find_keys, find_name, look_like_keys, seen
from generator.parse.looks import MOSTLY, share
from generator.parse.spelled import ends_with_code

__all__ = ["Words", "code_words", "find_columns", "is_known_header", "meaning", "means_code", "unknown_headers"]

_FEWEST: Final = 3
_LEAST: Final = 2
"""Columns of the smallest table: a code, and what is said of it."""
_PROSE_WORDS: Final = 3
_PROSE_LENGTH: Final = 8
"""Characters from which words without spaces between them are a text."""

_TEXT_COLUMNS: Final = (Column.DESCRIPTION, Column.CAUSE, Column.SOLUTION)
_TEXTS: Final = frozenset({*_TEXT_COLUMNS, Column.CAUSE_AND_SOLUTION})


def find_columns(
    headers: Sequence[str], rows: Sequence[Sequence[str]], words: Words, title: str = ""
) -> tuple[Column, ...]:
    """What each column means; empty where no column holds codes.

    ``headers`` are the header's plain words, ``rows`` the plain words of the cells below, ``words`` the declared
    words of the document's language, ``title`` the heading that the table stands below. A header says what is meant;
    where the cells contradict it (a column headed "name" that holds numbers) the cells are believed. Two columns hold
    codes where only the pair tells rows apart.
    """
    headers = headers if any(headers) else ()
    table = seen(headers, rows, words, title)
    codes = find_keys(table, rows)
    if not codes:
        return ()
    columns: list[Column | None] = [column if column is not Column.CODE else None for column in table.meant]
    for index, column in enumerate(columns):
        if column is Column.NAME and Column.DESCRIPTION not in columns and _is_prose(table.cells[index]):
            columns[index] = Column.DESCRIPTION
    if table.meant[codes[0]] is Column.NAME or Column.NAME not in columns:
        columns[codes[0]] = None
        name = find_name(table, columns, codes)
        if name is not None:
            columns[name] = Column.NAME
    for index in codes:
        columns[index] = None
    _keep_first(columns)
    for index in codes:
        columns[index] = Column.CODE
    if Column.CAUSE in columns and Column.DESCRIPTION not in columns:
        at = columns.index(Column.CAUSE)
        columns[at] = Column.DESCRIPTION if table.heads[at] in ACTS else Column.CAUSE
    _guess_texts(columns, table, bool(headers))
    return tuple(column or Column.OTHER for column in columns)


def fits(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the cells under the columns of codes are codes."""
    return all(
        share([row[at] for row in rows if at < len(row) and row[at]], ends_with_code) >= MOSTLY
        for at, column in enumerate(columns)
        if column is Column.CODE
    )


def unknown_headers(headers: Sequence[str], rows: Sequence[Sequence[str]], words: Words) -> tuple[int, ...]:
    """The headers of what looks like a table of codes, where no language knows enough of them to be sure."""
    if not any(headers) or _TEXTS.intersection(map(vocabulary_of(words).column, headers)):
        return ()
    table = seen(headers, rows, words)
    if _TEXTS.intersection(table.meant):
        return ()
    torn = 2 * sum(1 for row in rows if any(row[len(headers) :])) > len(rows)
    if torn or PARAMETERS.intersection(table.heads):
        return ()
    codes = find_columns(headers, rows, words)
    texts = [
        index
        for index, column in enumerate(table.meant)
        if column is None and table.heads[index] and _is_prose(table.cells[index])
    ]
    if not texts:
        return ()
    if not codes:
        keys = [index for index in range(len(table.cells)) if look_like_keys(table, index)]
        if len(rows) < _FEWEST or any(table.meant) or not keys:
            return ()
    return tuple(
        index
        for index, column in enumerate(table.meant)
        if column is None and table.heads[index] and table.cells[index] and table.heads[index] not in AMOUNTS | COUNTING
    )


def meaning(header: str, words: Words) -> Column | None:
    """The column that a header of these words means; ``None`` where it means none."""
    return vocabulary_of(words).column(header)


def means_code(header: str, words: Words) -> bool:
    """Whether a header of these words promises codes and nothing else."""
    known = vocabulary_of(words)
    return known.column(header) is Column.CODE and not known.is_vague(header)


def code_words(words: Words) -> tuple[str, ...]:
    """The words, folded, that promise codes and nothing else, with the declared ``words`` of a language."""
    return tuple(
        word for word, column in vocabulary_of(words).known.items() if column is Column.CODE and word not in VAGUE
    )


def _is_prose(cells: Sequence[str]) -> bool:
    def reads_so(cell: str) -> bool:
        return cell.count(" ") + 1 >= _PROSE_WORDS or (not cell.isascii() and len(cell) >= _PROSE_LENGTH)

    return share(cells, reads_so) >= MOSTLY


def _guess_texts(columns: list[Column | None], table: Columns, headed: bool) -> None:
    """Give columns of which nothing is known what they most likely hold."""
    if _TEXTS.intersection(columns):
        return
    cells = table.cells
    unknown = [index for index, column in enumerate(columns) if column is None]
    if headed:
        lengths = {index: sum(map(len, cells[index])) for index in unknown if _is_prose(cells[index])}
        if lengths:
            columns[max(lengths, key=lambda index: (lengths[index], -index))] = Column.DESCRIPTION
        elif len(columns) == len(unknown) + 1 == _LEAST and table.numeric[unknown[0]] < MOSTLY:
            columns[unknown[0]] = Column.DESCRIPTION
        return
    guesses: Iterable[Column] = _TEXT_COLUMNS
    if len(unknown) <= len(_TEXT_COLUMNS) - 1:
        guesses = [column for column in _TEXT_COLUMNS if column is not Column.CAUSE]
    for index, column in zip(unknown, guesses, strict=False):
        columns[index] = column


def _keep_first(columns: list[Column | None]) -> None:
    seen: set[Column] = set()
    for index, column in enumerate(columns):
        if column is not None and column in seen:
            columns[index] = Column.OTHER
        elif column is not None:
            seen.add(column)
