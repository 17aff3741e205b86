"""Diagnostics as people read them: the same defect in many rows of a document is one of them, with its count and places."""

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from generator.diagnostics import Diagnostic

_PLACES: Final = 12
"""So many further lines are named; of more, the number is given."""


class Group(Struct, frozen=True):
    """One defect, in one row or in several of a document."""

    first: Diagnostic
    rest: tuple[Diagnostic, ...] = ()
    """The same defect further down, in the order of the lines."""

    @property
    def count(self) -> int:
        """In how many places the defect is."""
        return 1 + len(self.rest)

    @property
    def also_in(self) -> str:
        """The same in words: ``also in lines 17 and 18``; empty where there is no other place."""
        several = len({other.span.line for other in self.rest}) > 1
        return f"also in line{'s' if several else ''} {self.also}" if self.rest else ""

    @property
    def also(self) -> str:
        """The lines of the other places: ``17, 18, 25 and 14 more``; empty where there is none."""
        lines = list(dict.fromkeys(str(one.span.line) for one in self.rest))
        more = len(lines) - _PLACES
        named = ", ".join(lines[:_PLACES])
        return f"{named} and {more} more" if more > 0 else named


def grouped(diagnostics: Iterable[Diagnostic]) -> tuple[Group, ...]:
    """The diagnostics in their order, each with those that say the same of other rows behind it.

    The same is what one rule says of one column of one document with one cluster, as bad, and as well known.
    """
    found: dict[object, list[Diagnostic]] = {}
    for index, one in enumerate(diagnostics):
        same = (one.rule, one.span.path, one.field, one.severity, one.state, one.cluster)
        found.setdefault(same if one.cluster else index, []).append(one)
    return tuple(Group(same[0], tuple(same[1:])) for same in found.values())
