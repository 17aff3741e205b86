"""What the checker found, looked up in the ways a report for people needs."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from generator import addresses
from generator.diagnostics import Diagnostic, Severity, State
from generator.grouped import Group, grouped
from generator.model import Catalog, Document, Entry, Meaning, Product, ProductId, SourceSpan

if TYPE_CHECKING:
    from generator.pages.sides import Beside

_MOST: Final = 400
"""So many diagnostics a page has room for; more of them help nobody who reads."""

_STATES: Final = {State.KNOWN: "known", State.SUPPRESSED: "accepted", State.CORRECTED: "corrected"}


class Listed(Struct, frozen=True):
    """What one rule says, in one part of the report."""

    part: str
    """``errors``, ``warnings``, ``notes``, ``known``, ``accepted`` or ``corrected``; also its anchor."""
    rule: str
    groups: tuple[Group, ...]
    """All of them."""
    shown: int
    """For so many of them there is room."""

    @property
    def anchor(self) -> str:
        """Where the rule's part of the page begins."""
        return f"{self.part}-{self.rule.lower()}"

    @property
    def left_out(self) -> int:
        """In how many places that the page has no room for the rule finds something."""
        return sum(group.count for group in self.groups[self.shown :])


class Ledger:
    """The diagnostics of one catalog as written."""

    def __init__(self, written: Catalog, diagnostics: Sequence[Diagnostic], reasons: Mapping[str, str]) -> None:
        """``reasons`` says by fingerprint why something is accepted or how it is corrected."""
        self.written = written
        self.diagnostics = tuple(diagnostics)
        self.reasons = reasons
        self.documents: Mapping[str, Document] = {document.path: document for document in written.documents}
        self.products: Mapping[ProductId, Product] = {product.id: product for product in written.products}
        self.sides: dict[int, Beside] = {}
        """What has been laid beside each other for a diagnostic, by its place in the list; the same in every locale."""

    @cached_property
    def listed(self) -> tuple[Listed, ...]:
        """The whole report: parts in the order of the page, rules by how bad the worst is that they say, then by id."""
        order = [*(f"{severity.value}s" for severity in Severity), *_STATES.values()]
        found: dict[tuple[int, str], list[Group]] = {}
        for group in grouped(self.diagnostics):
            part = _STATES.get(group.first.state, f"{group.first.severity.value}s")
            found.setdefault((order.index(part), group.first.rule), []).append(group)
        most = _level([len(groups) for groups in found.values()], _MOST)
        ranks = list(Severity)
        return tuple(
            Listed(order[part], rule, tuple(groups), min(len(groups), most))
            for (part, rule), groups in sorted(
                found.items(), key=lambda pair: (pair[0][0], ranks.index(pair[1][0].first.severity), pair[0][1])
            )
        )

    @cached_property
    def anchors(self) -> Mapping[int, str]:
        """Where each diagnostic is to be found on the page, by its place in the list.

        That is its own fingerprint, counted where it is not unique; that of the first where it is one of several; the
        rule's part where there is no room for it.
        """
        places = self.places
        seen: dict[str, int] = {}
        result: dict[int, str] = {}
        for listed in self.listed:
            for number, group in enumerate(listed.groups):
                digest = group.first.fingerprint.partition(":")[2].partition(":")[0]
                stem = addresses.word_slug(f"{listed.rule}-{digest[:12] or places[id(group.first)] + 1}")
                seen[stem] = seen.get(stem, 0) + 1
                own = stem if seen[stem] == 1 else f"{stem}-{seen[stem]}"
                for one in (group.first, *group.rest):
                    result[places[id(one)]] = own if number < listed.shown else listed.anchor
        return result

    @cached_property
    def places(self) -> Mapping[int, int]:
        """The place of each diagnostic in the list, by its identity: two may say the same."""
        return {id(one): index for index, one in enumerate(self.diagnostics)}

    @cached_property
    def by_rule(self) -> Mapping[str, tuple[int, ...]]:
        """The places of the diagnostics that are a rule's, or that explain one of its, by its id."""
        found: dict[str, list[int]] = {}
        for place, one in enumerate(self.diagnostics):
            for rule in {one.rule, *(other.rule for other in one.explains)}:
                found.setdefault(rule, []).append(place)
        return {rule: tuple(places) for rule, places in found.items()}

    def has_room(self, place: int) -> bool:
        """Whether the page shows a diagnostic, by its place in the list."""
        return self.anchors[place] not in self._rule_anchors

    def row(self, span: SourceSpan) -> Entry | None:
        """The row that a place is in; ``None`` where it is in none."""
        rows = self._rows.get((span.path, span.line), ())
        start = (span.line, span.column)
        return next(
            (
                row
                for row in rows
                if (row.span.line, row.span.column) <= start < (row.span.end_line, row.span.end_column)
            ),
            rows[0] if rows else None,
        )

    def meaning(self, row: Entry) -> Meaning | None:
        """The code that a row is about, with the rows of all languages and editions."""
        return self._meanings.get(row.span)

    @cached_property
    def _rule_anchors(self) -> frozenset[str]:
        return frozenset(listed.anchor for listed in self.listed)

    @cached_property
    def _rows(self) -> Mapping[tuple[str, int], tuple[Entry, ...]]:
        found: dict[tuple[str, int], list[Entry]] = {}
        for document in self.written.documents:
            for row in document.entries:
                for line in range(row.span.line, row.span.end_line + 1):
                    found.setdefault((row.span.path, line), []).append(row)
        return {place: tuple(rows) for place, rows in found.items()}

    @cached_property
    def _meanings(self) -> Mapping[SourceSpan, Meaning]:
        return {row.span: meaning for meaning in self._all_meanings() for row in meaning.entries}

    def _all_meanings(self) -> Iterator[Meaning]:
        for product in self.written.products:
            yield from product.meanings


def _level(sizes: Sequence[int], most: int) -> int:
    """The largest number that each of ``sizes`` can be cut to so that together they are at most ``most``; at least 1."""
    if sum(sizes) <= most:
        return max(sizes, default=1)
    left, level = most, 1
    for done, size in enumerate(sorted(sizes)):
        level = left // (len(sizes) - done)
        if size > level:
            break
        left -= size
    return max(level, 1)
