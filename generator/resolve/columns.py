"""Tables in a text: a row of headers tells which columns hold codes and which hold something else."""

from typing import Final

from generator.resolve.standing import is_telling

_MARKS: Final = (("\t", 2), ("|", 3), (";", 3), (",", 3))
"""What stands between cells, and how many there must be."""
_LONGEST_HEADER: Final = 400
_LONGEST_CELL: Final = 40
_NO_HEADER: Final = frozenset("0123456789:={}")


def headed(text: str) -> list[tuple[int, int, bool]]:
    """The cells below headers, in order: start and end in ``text`` (folded), and whether the header speaks of codes.

    Only of tables that have such a header, as exports of tickets and Markdown tables do.
    """
    cells: list[tuple[int, int, bool]] = []
    mark, headers, position = "", [False][:0], 0
    for line in text.split("\n"):
        values = line.split(mark) if headers else []
        if headers and len(values) == len(headers):
            start = position
            for value, tells in zip(values, headers, strict=True):
                cells.append((start, start + len(value), tells))
                start += len(value) + 1
        else:
            mark, headers = _headers(line)
        position += len(line) + 1
    return cells


def _headers(line: str) -> tuple[str, list[bool]]:
    """What a line of headers has between them, and of each whether it speaks of codes."""
    if len(line) <= _LONGEST_HEADER and _NO_HEADER.isdisjoint(line):
        for mark, fewest in _MARKS:
            values = line.split(mark)
            if len(values) >= fewest and all(len(value) <= _LONGEST_CELL for value in values):
                headers = [is_telling(value) for value in values]
                if any(headers):
                    return mark, headers
    return "", []
