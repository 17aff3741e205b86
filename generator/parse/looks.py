"""How the cells of a table look, whatever its headers say: numbers, identifiers, faults, amounts, types."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from generator.codes import read_code, read_number
from generator.parse.shipped import CELLS

MOSTLY: Final = 0.6
SOME: Final = 0.3
IDENTIFIER: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+|[A-Z][A-Z0-9]{3,}")
"""A name as programs write it: ``PUMP_DRY``, ``pump_dry``, ``PUMP``."""
_HUMPED: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[a-z][A-Z]|[A-Z]{2}[a-z])[A-Za-z0-9]*")
_SINGLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{2,}(?:(?:[.:/-]|::)[A-Za-z0-9_]+)*")
GRADES: Final = CELLS.grades
CODE_LIKE: Final = re.compile(
    r"[A-Z]+[-_:.]?[0-9]{2,}|(?:Invalid|[A-Z][a-z]+)[A-Za-z]*(?:\.[A-Z][A-Za-z]*)+|[A-Z]{2,}(?:_[A-Z0-9]+)+"
)
"""What is a code or its name in any language: ``E1001``, ``InvalidParameter.Size``, ``PUMP_DRY``."""
_HUMP: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_FAULTS: Final = CELLS.faults
_ABOUT: Final = CELLS.about
"""Last words of what is about errors and is none: ``ErrorMessage``."""
CONSTANT: Final = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*")
_BOUNDS: Final = CELLS.bounds
_LONG: Final = re.compile(r"[0-9]{13,39}|[0-9]{4}(?:[ -][0-9]{4}){3}")
PLACE: Final = re.compile(r"[A-Za-z]{1,12}\s?\[[0-9]{1,4}\]")
"""A place in a message: ``data[0]``."""
_TYPE: Final = re.compile(rf"(?:{'|'.join(map(re.escape, sorted(CELLS.types)))})(?:_t)?", re.IGNORECASE)
_SINGLE_WORD: Final = re.compile(r"[A-Za-z]{1,40}(?:-[A-Za-z]{1,40})?")
_WRITTEN: Final = re.compile(r"[0-9_.:]|[a-z][A-Z]|[A-Z]{4}")
"""What a word that only programs write has and others have not."""


def is_coded(cell: str) -> bool:
    """Whether a cell is a number or a word that only programs write, but no type: ``void``, ``int32_t``."""
    if read_number(cell) is not None:
        return True
    return read_code(cell) is not None and not _TYPE.fullmatch(cell) and bool(_WRITTEN.search(cell))


def are_words(cells: Sequence[str]) -> bool:
    """Whether most cells are words of a language or abbreviations, and few say a fault: ``public``, ``DE``."""
    plain = share(cells, lambda cell: bool(_SINGLE_WORD.fullmatch(cell)) and not _WRITTEN.search(cell))
    return plain >= MOSTLY and share(cells, lambda cell: cell.lower() in _FAULTS) < SOME


def are_long(cells: Sequence[str]) -> bool:
    """Whether most cells are numbers of more digits than codes have: of cards, accounts, orders, moments."""
    return share(cells, lambda cell: bool(_LONG.fullmatch(cell))) >= MOSTLY


def is_bound(cell: str) -> bool:
    """Whether an identifier names the end of a range: ``ERROR_RANGE_START``."""
    return cell.rpartition("_")[2].lower() in _BOUNDS


def are_variables(cells: Sequence[str]) -> bool:
    """Whether identifiers are written as those of variables are: ``maxRetries``, ``timeout``."""
    small = share(cells, lambda cell: bool(_SINGLE.fullmatch(cell)) and cell[0].islower())
    return small >= MOSTLY and any(_HUMPED.fullmatch(cell) and cell[0].islower() for cell in cells)


def is_fault(cell: str) -> bool:
    """Whether an identifier says that something went wrong: ``ERR_PUMP``, ``PumpNotFound``, but not ``timeout``."""
    if not _SINGLE.fullmatch(cell) or cell.islower():
        return False
    words = [word.lower() for word in _HUMP.findall(cell)]
    return len(words) > 1 and words[-1] not in _ABOUT and not _FAULTS.isdisjoint(words)


def is_single(cell: str) -> bool:
    """Whether a cell is one word as programs write them."""
    return bool(_SINGLE.fullmatch(cell))


def is_telling(cell: str) -> bool:
    """Whether a cell is one word that only programs write: ``pumpDry``, ``PUMP_DRY``."""
    return bool(_HUMPED.fullmatch(cell) or IDENTIFIER.fullmatch(cell))


def are_identifiers(cells: Sequence[str]) -> bool:
    """Whether most cells are words that only programs write."""
    return share(cells, lambda cell: bool(IDENTIFIER.fullmatch(cell))) >= MOSTLY


def counts(cells: Sequence[str]) -> bool:
    """Whether the cells only count the rows."""
    return len(cells) > 1 and all(cell.strip(".)") in {str(at), str(at + 1)} for at, cell in enumerate(cells))


def distinct(cells: Sequence[str]) -> float:
    """Which share of cells is left when each wording counts once."""
    return len(set(cells)) / len(cells) if cells else 0.0


def share(cells: Sequence[str], holds: Callable[[str], bool]) -> float:
    """Of which share of cells something holds."""
    return sum(1 for cell in cells if holds(cell)) / len(cells) if cells else 0.0


def is_number(cell: str) -> bool:
    """Whether a cell is a code of digits."""
    return read_number(cell) is not None
