"""The tables of queries with the codes that each must find, chosen by reading the documents, and how an answer is judged.

``tests/cases/queries/*.json`` are lists of rows: the reader's ``locale``, the ``query``, its ``kind``, the codes to
``expect`` as ``product/code``, and for words ``why``: the place in the documents and the words there that justify it.
"""

import json
from functools import cache
from pathlib import Path

import msgspec

FOLDER = Path(__file__).parent / "cases" / "queries"
EXACT = ("code", "hex", "name", "part", "misspelling", "former", "log", "title")
"""The first hits must be the expected codes, in their order."""
CERTAIN = ("code", "hex", "name", "former", "log", "unknown")
"""None of these may fail; of all queries together two in a hundred may."""
WORDS = ("meaning", "cause", "solution")
"""One of the expected codes must be among the first three hits."""
KINDS = (*EXACT, "unknown", *WORDS)
FIRST = 3


class Query(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row of a table."""

    locale: str
    query: str
    kind: str
    expect: tuple[str, ...]
    why: str = ""

    def satisfied(self, found: list[str]) -> bool:
        """Whether ``found``, the codes shown in order, is a right answer."""
        if self.kind == "unknown":
            return not found
        if self.kind in WORDS:
            return any(code in self.expect for code in found[:FIRST])
        return tuple(found[: len(self.expect)]) == self.expect


@cache
def table(name: str) -> tuple[Query, ...]:
    """The rows of one table, in the order of the file."""
    rows = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return msgspec.convert(rows, tuple[Query, ...])


@cache
def every() -> tuple[Query, ...]:
    """The rows of all tables."""
    return tuple(row for path in sorted(FOLDER.glob("*.json")) for row in table(path.stem))
