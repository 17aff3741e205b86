"""What a rule has to say: one discrepancy, its place, its witnesses and what to do about it."""

from enum import StrEnum

from msgspec import Struct

from generator.model import Column, EditionId, Locale, ProductId, SourceSpan


class Severity(StrEnum):
    """How bad a discrepancy is; the words of SARIF 2.1.0 (section 3.27.10)."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Precision(StrEnum):
    """How sure the rule is; the words that GitHub reads from a SARIF rule's ``properties.precision``."""

    VERY_HIGH = "very-high"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class State(StrEnum):
    """What is known about a diagnostic besides the documents."""

    NEW = "new"
    CORRECTED = "corrected"
    """An erratum puts right what this diagnostic says of the original."""
    KNOWN = "known"
    """The baseline lists it."""
    SUPPRESSED = "suppressed"
    """A suppression accepts it, with a reason."""


class Related(Struct, frozen=True):
    """A place that explains another: a witness, usually a row of a peer."""

    span: SourceSpan
    locale: Locale
    text: str
    """The witness's words, one line."""


class Fix(Struct, frozen=True):
    """A change of the source that is safe to make without reading further."""

    span: SourceSpan
    """What is replaced; empty for what is only put in."""
    replacement: str


class Diagnostic(Struct, frozen=True):
    """One discrepancy. Without a place it cannot be built."""

    rule: str
    name: str
    severity: Severity
    precision: Precision
    span: SourceSpan
    product: ProductId
    edition: EditionId
    locale: Locale
    message: str
    """One line in the present tense, without advice."""
    hint: str = ""
    """What to do."""
    expected: str = ""
    """What should stand at the place, in a few words for under the caret; empty where it is not known."""
    code: str = ""
    section: str = ""
    field: Column | None = None
    related: tuple[Related, ...] = ()
    explains: tuple["Diagnostic", ...] = ()
    """Diagnostics that are consequences of this one."""
    evidence: str = ""
    """What tells this defect from others of the same rule and code, free of lines and paths; part of the fingerprint."""
    cluster: str = ""
    """Words that are the same for the same defect in other rows of the document, and make one line of them; empty where
    each is a defect of its own."""
    fix: Fix | None = None
    fingerprint: str = ""
    state: State = State.NEW
