"""The small pieces that a report for people is made of, ready for a template."""

from msgspec import Struct

from generator.diagnostics import Severity, State
from generator.model import Column, Locale
from generator.pages.parts import Mark, Provenance, Ref


class Piece(Struct, frozen=True, array_like=True):
    """A run of a cell's words."""

    text: str
    mark: Mark = ""


class SideField(Struct, frozen=True, array_like=True):
    """One cell of a row that is shown beside others."""

    column: Column
    label: str
    pieces: tuple[Piece, ...]
    """Empty where the row says nothing there."""


class Side(Struct, frozen=True, array_like=True):
    """One language's row, or the want of one, beside those of the others."""

    locale: Locale
    title: str
    """The language, with the edition and product where they are others than the diagnostic's."""
    provenance: Provenance | None
    """``None`` where there is no such row."""
    here: bool
    """The diagnostic is about this one."""
    fields: tuple[SideField, ...]


class WitnessView(Struct, frozen=True, array_like=True):
    """A place that explains another and is no row."""

    locale: Locale
    language: str
    text: str
    provenance: Provenance


class DiagnosticView(Struct, frozen=True, array_like=True):
    """One diagnostic, with those that say the same of other rows."""

    anchor: str
    href: str
    """Where it stands on the page of discrepancies."""
    severity: Severity
    severity_label: str
    rule: Ref
    """Without an address where rules have no pages."""
    rule_name: str
    message: str
    """In English."""
    hint: str
    """In English."""
    language: str
    """Empty where it is about no document."""
    provenance: Provenance
    code: Ref | None
    state: State
    state_label: str
    """Empty for what is new."""
    reason: str = ""
    """Why it is accepted or how it is corrected, as people wrote it; empty where nobody did."""
    places: str = ""
    """``16 places``; empty for one."""
    also: str = ""
    """The lines of the other places."""
    slot: str = ""
    """The number of its locale among the filters of the page; empty where it has none."""
    sides: tuple[Side, ...] = ()
    more_sides: str = ""
    """How many more rows bear it out; empty where all are shown."""
    witnesses: tuple[WitnessView, ...] = ()
    explains: tuple["DiagnosticView", ...] = ()


class RuleGroup(Struct, frozen=True, array_like=True):
    """What one rule says, in one part of the page."""

    anchor: str
    rule: Ref
    name: str
    count: int
    diagnostics: tuple[DiagnosticView, ...]
    more: str
    """How many more there are than the page has room for; empty for none."""


class DiagnosticGroup(Struct, frozen=True, array_like=True):
    """Diagnostics that belong together on the page."""

    anchor: str
    title: str
    count: int
    """In how many places something is wrong."""
    rules: tuple[RuleGroup, ...]

    @property
    def diagnostics(self) -> tuple[DiagnosticView, ...]:
        """All that the page has room for."""
        return tuple(one for group in self.rules for one in group.diagnostics)


class Choice(Struct, frozen=True, array_like=True):
    """A locale by which the page can be filtered."""

    slot: str
    locale: Locale
    title: str
