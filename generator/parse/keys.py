"""Which columns of a table hold its codes."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from generator.codes import read_code, read_number
from generator.model import Code, CodeList, CodeRange, Column, IntegerCode
from generator.parse.headers import (
    AMOUNTS,
    CONSTANTS,
    COUNTING,
    GROUPS,
    PARAMETERS,
    SUB_CODES,
    Words,
    folded,
    joined,
    says_error,
    says_status,
    says_thing,
    tells_codes,
    vocabulary_of,
)
from generator.parse.looks import (
    CODE_LIKE,
    CONSTANT,
    GRADES,
    MOSTLY,
    PLACE,
    SOME,
    are_identifiers,
    are_long,
    are_variables,
    are_words,
    counts,
    distinct,
    is_bound,
    is_coded,
    is_fault,
    is_number,
    is_single,
    is_telling,
    share,
)
from generator.parse.spelled import ends_with_code, holds_code, holds_number

_HALF: Final = 0.5
"""Of cells below a header that promises codes: others say what holds for all further codes."""
_DISTINCT: Final = 0.9
_SMALL: Final = 100
"""Numbers below are more often counts than codes."""
_RUNS: Final = 0.7
"""Where fewer cells of a column differ, its words stand for groups of rows."""
_FEWEST: Final = 3


class Columns(Struct, frozen=True):
    """A table's columns as they stand."""

    heads: list[str]
    """The folded words above each column; empty where there are none."""
    meant: list[Column | None]
    """What those words mean."""
    cells: list[list[str]]
    """The filled cells below."""
    numeric: list[float]
    """Which share of them are numbers."""
    vague: list[bool]
    """Whether they promise codes only with a word that heads the numbers of any list."""
    told: bool
    """Whether the heading above speaks of errors."""
    of_things: bool
    """Whether heading or headers speak of commands, registers or the like, and nothing of errors."""


def seen(headers: Sequence[str], rows: Sequence[Sequence[str]], words: Words, title: str = "") -> Columns:
    """The columns below ``headers`` in ``rows``, under the heading ``title``."""
    vocabulary = vocabulary_of(words)
    width = len(headers) or max((len(row) for row in rows), default=0)
    # A title over all columns and a header said again are no cells of a column.
    rows = [row for row in rows if sum(map(bool, row)) > 1 and tuple(row) != tuple(headers)] or rows
    cells = [[row[index] for row in rows if index < len(row) and row[index]] for index in range(width)]
    padded = [headers[index] if index < len(headers) else "" for index in range(width)]
    meant = [vocabulary.column(header) for header in padded]
    heads = [joined(folded(header)) for header in padded]
    vague = [vocabulary.is_vague(header) for header in padded]
    sure = {column for column, unsure in zip(meant, vague, strict=True) if not unsure}
    for index, header in enumerate(padded):
        likely = vocabulary.likely(header) if header and meant[index] is None else None
        # What is asked of many rows with one of two answers is no text.
        if likely not in sure and (likely is Column.CODE or not _answers(cells[index])):
            meant[index] = meant[index] or likely
    told = tells_codes(title)
    things = not told and any(says_thing(word) or PLACE.fullmatch(word) for word in (title, *padded))
    return Columns(
        heads=heads,
        meant=meant,
        cells=cells,
        numeric=[share(column, is_number) for column in cells],
        vague=vague,
        told=told,
        of_things=things and not any(share(column, is_fault) >= SOME for column in cells),
    )


def _answers(cells: Sequence[str]) -> bool:
    return len(cells) >= _FEWEST and len(set(cells)) < _FEWEST


def find_keys(table: Columns, rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """The column that holds the codes, or two of which only the pair tells the rows apart; none where there is none."""
    return _pair(table, rows) or _code_column(table)


def _pair(table: Columns, rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """Two columns of codes of which neither tells the rows apart, but both together do."""
    of_codes = [
        index
        for index, column in enumerate(table.meant)
        if (column is Column.CODE or table.heads[index] in SUB_CODES) and table.numeric[index] >= MOSTLY
    ]
    if len(of_codes) != 2:
        return ()
    first, second = of_codes
    pairs = [(row[first], row[second]) for row in rows if len(row) > second and row[first] and row[second]]
    alone = max(len({pair[0] for pair in pairs}), len({pair[1] for pair in pairs}))
    return (first, second) if len(set(pairs)) >= _DISTINCT * len(rows) and alone < _DISTINCT * len(pairs) else ()


def _code_column(table: Columns) -> tuple[int, ...]:
    declared = _declared(table)
    numbers = [index for index in declared if table.numeric[index] >= MOSTLY]
    # A status that many rows share stands beside the code.
    numbers += [index for index, head in enumerate(table.heads) if head in SUB_CODES and table.numeric[index] >= MOSTLY]
    if numbers:
        telling = [index for index in numbers if distinct(table.cells[index]) >= _DISTINCT]
        words = [index for index in declared if index not in numbers and _identifying(table.cells[index])]
        return (numbers[0] if distinct(table.cells[numbers[0]]) >= _DISTINCT else (*telling, *words, numbers[0])[0],)
    for index, column in enumerate(table.meant):
        if column is Column.NAME and table.numeric[index] >= MOSTLY:
            return (index,)
    worded = _of_words(table, declared)
    if worded is not None:
        return (worded,)
    for index, column in enumerate(table.meant):
        if column is Column.NAME and _names_codes(table, index):
            return (index,)
    for index, column in enumerate(table.meant):
        if column is Column.NAME and table.told and _are_constants(table, index):
            return (index,)
    for index, column in enumerate(table.meant):
        if column is Column.CAUSE and _are_reasons(table, index):
            return (index,)
    likely = _likely(table)
    return () if likely is None else (likely,)


def _of_words(table: Columns, declared: Sequence[int]) -> int | None:
    """The first column of those that promise codes that holds words, or numbers among words."""
    for holds in (_is_code, holds_code):
        for index in declared:
            if table.vague[index]:
                sure = share(table.cells[index], is_coded) >= MOSTLY
            else:
                sure = share(table.cells[index], holds) >= _HALF
            if sure:
                return index
    for index in declared:
        own = table.told or says_error(table.heads[index]) or says_status(table.heads[index])
        if own and not table.vague[index] and share(table.cells[index], ends_with_code) >= _HALF:
            return index
    return None


def _is_code(cell: str) -> bool:
    return read_code(cell) is not None


def _declared(table: Columns) -> list[int]:
    """The columns whose headers say that they hold codes; a status beside a code is none."""
    found = [index for index, column in enumerate(table.meant) if column is Column.CODE and _is_meant(index, table)]
    errors = [
        index for index in found if says_error(table.heads[index]) and share(table.cells[index], _is_code) >= MOSTLY
    ]
    return [index for index in found if index in errors or not errors or not says_status(table.heads[index])]


def _names_codes(table: Columns, index: int) -> bool:
    """Whether a column headed as one of names holds the codes, which are words, or numbers with words beside them."""
    cells = table.cells[index]
    if share(cells, holds_number) >= MOSTLY and not PARAMETERS.intersection(table.heads):
        return True
    if not says_error(table.heads[index]) and (PARAMETERS.intersection(table.heads) or share(cells, is_fault) < MOSTLY):
        return False
    return share(cells, holds_code) >= MOSTLY


def _are_constants(table: Columns, index: int) -> bool:
    """Whether below a heading about errors a column headed as one of constants holds these, each its own."""
    cells = table.cells[index]
    others = PARAMETERS.intersection(table.heads) or _are_bounds(table)
    if table.heads[index] not in CONSTANTS or others or distinct(cells) < _DISTINCT or any(table.numeric):
        return False
    return len(cells) >= _FEWEST and share(cells, lambda cell: bool(CONSTANT.fullmatch(cell))) >= _DISTINCT


def _are_reasons(table: Columns, index: int) -> bool:
    """Whether below a heading about errors a column of causes holds words that only programs write, and others say more."""
    cells = table.cells[index]
    if not table.told or PARAMETERS.intersection(table.heads) or any(table.numeric) or len(cells) < _FEWEST:
        return False
    texts = any(column is not None and at != index for at, column in enumerate(table.meant))
    return texts and distinct(cells) >= _DISTINCT and share(cells, is_telling) >= _DISTINCT


def _are_bounds(table: Columns) -> bool:
    """Whether identifiers name the ends of ranges: ``ERROR_RANGE_START``."""
    return any(are_identifiers(cells) and share(cells, is_bound) >= MOSTLY for cells in table.cells)


def _likely(table: Columns) -> int | None:
    """The column whose numbers are most likely codes, though its header does not say so."""
    if PARAMETERS.intersection(table.heads) or table.of_things or _are_bounds(table):
        return None
    named = any(are_identifiers(column) for column in table.cells)
    if named and any(table.meant) and not table.told and not _name_faults(table):
        # In a language whose words are known, errors would be called so somewhere.
        return None
    before: list[int] = []
    for index, cells in enumerate(table.cells):
        head = table.heads[index]
        counting = counts(cells) or are_long(cells) or (len(cells) >= _FEWEST and distinct(cells) < _HALF)
        if table.numeric[index] >= MOSTLY and table.meant[index] is None and head not in AMOUNTS and not counting:
            # Beside other words a number is an amount, unless those words stand for groups of rows or name the code.
            stands_first = all(distinct(table.cells[left]) < _RUNS for left in before)
            if (named or stands_first) and (head not in COUNTING or not _others(table, index)):
                return index if _reads_as_codes(table, index, named) else None
        if cells and not counting and head not in COUNTING:
            before.append(index)
    return None


def _name_faults(table: Columns) -> bool:
    return any(share(cells, is_fault) >= SOME for cells in table.cells)


def _others(table: Columns, index: int) -> bool:
    """Whether a column beside that of ``index`` holds numbers, too."""
    return any(filled >= MOSTLY for at, filled in enumerate(table.numeric) if at != index and table.meant[at] is None)


def _reads_as_codes(table: Columns, index: int, named: bool) -> bool:
    """Whether the words beside numbers say that these are codes."""
    if named or any(column is not None for column in table.meant):
        return True
    values = [value for code in map(read_number, table.cells[index]) for value in _values(code)]
    large = sum(1 for value in values if value < 0 or value >= _SMALL)
    texts = [at for at, column in enumerate(table.cells) if at != index and column and table.numeric[at] < MOSTLY]
    return bool(texts) and 2 * large >= len(values)


def _values(code: Code | None) -> tuple[int, ...]:
    """The numbers that a cell gives; of a range the first."""
    match code:
        case IntegerCode(value=value):
            return (value,)
        case CodeRange(first=first):
            return (first,)
        case CodeList(values=values):
            return values
        case _:
            return ()


def _is_meant(index: int, table: Columns) -> bool:
    """Whether a header that may mean codes means them here: of a vague one something else has to say so."""
    if not table.vague[index]:
        # Of what is no error there are codes, too: of countries, currencies, kinds.
        return table.told or says_error(table.heads[index]) or not are_words(table.cells[index])
    if not table.told and (table.of_things or _are_bounds(table) or are_long(table.cells[index])):
        return False
    texts = any(column not in {None, Column.CODE, Column.NAME} for column in table.meant)
    if any(column is Column.NAME and are_variables(table.cells[at]) for at, column in enumerate(table.meant)):
        return False
    decoy = PARAMETERS.intersection(table.heads)
    if any(are_identifiers(column) for column in table.cells):
        return True
    cells = table.cells[index]
    names = share(cells, is_fault) >= MOSTLY or (table.told and share(cells, is_telling) >= MOSTLY)
    return (texts or table.told) and not decoy and (names or share(cells, holds_number) >= MOSTLY)


def look_like_keys(table: Columns, index: int) -> bool:
    """Whether cells are codes or their names in any language, under a header that no language knows."""
    cells = table.cells[index]
    if table.heads[index] in AMOUNTS | COUNTING or not table.heads[index] or len(cells) < _FEWEST:
        return False
    telling = distinct(cells) >= _DISTINCT and not counts(cells)
    return telling and (share(cells, lambda cell: bool(CODE_LIKE.fullmatch(cell))) >= MOSTLY)


def find_name(table: Columns, columns: Sequence[Column | None], keys: Sequence[int]) -> int | None:
    """The column that holds the names of the codes in ``keys``, though no header says so."""
    for index, column in enumerate(columns):
        if index in keys:
            continue
        if column is Column.NAME and are_identifiers(table.cells[index]):
            return index
        if column is None and _are_names(table, index, keys):
            return index
    texts = [index for index, column in enumerate(columns) if column is Column.DESCRIPTION and index not in keys]
    # Of two columns that describe, or one beside the causes, one may hold names.
    return next(
        (index for index in texts if (len(texts) > 1 or Column.CAUSE in columns) and _are_names(table, index, keys)),
        None,
    )


def _are_names(table: Columns, index: int, keys: Sequence[int]) -> bool:
    """Whether the cells are identifiers of which nearly every code has its own."""
    cells = table.cells[index]
    if table.heads[index] in GROUPS or any(cell.casefold() in GRADES for cell in cells):
        return False
    if distinct(cells) < _RUNS * distinct(table.cells[keys[0]]):
        return False
    if are_identifiers(cells) and table.heads[index] not in PARAMETERS:
        return True
    own = len(cells) >= _FEWEST and distinct(cells) >= _DISTINCT and share(cells, is_single) >= _DISTINCT
    return own and share(cells, is_telling) >= MOSTLY


def _identifying(cells: Sequence[str]) -> bool:
    words = share(cells, _is_code)
    return words >= MOSTLY and distinct(cells) >= _DISTINCT
