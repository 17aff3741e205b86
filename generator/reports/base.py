"""What every report is made from."""

from collections.abc import Mapping

from msgspec import Struct

from generator.diagnostics import Diagnostic, Severity, State
from generator.model import Catalog, Locale, SourceSpan
from generator.rules import INTERNAL_ERROR, x903_stale_baseline_entry


class Counts(Struct, frozen=True):
    """How many diagnostics there are, consequences not counted."""

    errors: int
    warnings: int
    notes: int
    """New ones, as are errors and warnings."""
    new: int
    corrected: int
    known: int
    fixed: int
    suppressed: int


class Report(Struct, frozen=True):
    """The diagnostics of one catalog, and the words they point at."""

    catalog: Catalog
    """The catalog as written."""
    diagnostics: tuple[Diagnostic, ...]
    """Worst first, as :func:`generator.rules.check` gives them."""
    source: str = ""
    """The folder of the sources as the reader names it; put in front of every path."""

    fixed: int = 0
    """How many diagnostics the baseline lists that are gone."""
    absent: tuple[Diagnostic, ...] = ()
    """Diagnostics that the baseline lists and that are not found any more, at their entry's place in it."""
    reasons: Mapping[str, str] = {}
    """Why what is suppressed or corrected is so, as people wrote it, by fingerprint."""
    hidden: int = 0
    """How many new diagnostics of low precision are left out."""
    without_words: tuple[tuple[Locale, tuple[str, ...]], ...] = ()
    """For each locale the rules that cannot speak of it because the glossary has no words for them."""

    @property
    def counts(self) -> Counts:
        """The counts of the report's last line."""
        new = [one for one in self.diagnostics if one.state is State.NEW]
        by = {severity: sum(1 for one in new if one.severity is severity) for severity in Severity}
        return Counts(
            errors=by[Severity.ERROR],
            warnings=by[Severity.WARNING],
            notes=by[Severity.NOTE],
            # A stale baseline entry fails, but speaks of what is gone.
            new=sum(1 for one in new if one.rule != x903_stale_baseline_entry.RULE.id),
            corrected=sum(1 for one in self.diagnostics if one.state is State.CORRECTED),
            known=sum(1 for one in self.diagnostics if one.state is State.KNOWN),
            fixed=self.fixed,
            suppressed=sum(1 for one in self.diagnostics if one.state is State.SUPPRESSED),
        )

    def file(self, span: SourceSpan) -> str:
        """The path of a place as the reader names it."""
        return "/".join(part for part in (self.source.rstrip("/"), span.path) if part and part != ".")

    def lines(self) -> Mapping[str, tuple[str, ...]]:
        """The lines of each document by its path."""
        return {document.path: document.lines for document in self.catalog.documents}

    @property
    def crashed(self) -> bool:
        """Whether a rule failed, so that what it looks for is not known."""
        return any(one.rule == INTERNAL_ERROR for one in self.diagnostics)

    def fails(self, least: Severity = Severity.ERROR) -> bool:
        """Whether there is a new diagnostic of at least this severity."""
        order = list(Severity)
        return any(
            one.state is State.NEW and order.index(one.severity) <= order.index(least) for one in self.diagnostics
        )
