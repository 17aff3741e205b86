"""Words the site itself speaks, and how they are asked for."""

from collections.abc import Sequence
from typing import Final, Protocol

from generator.diagnostics import Precision, Severity, State
from generator.model import Column, Locale, ProblemKind


class Words(Protocol):
    """The site's own words in one locale."""

    def gettext(self, message: str, /) -> str:
        """``message``, an English sentence, in this locale."""

    def ngettext(self, one: str, many: str, number: int, /) -> str:
        """The form of a sentence that ``number`` asks for, in this locale."""

    def language(self, locale: Locale, /) -> str:
        """The name of another language in this one."""

    def own_language(self) -> str:
        """The name of this language in itself."""

    def join(self, items: Sequence[str], /) -> str:
        """``items`` as an enumeration: ``a, b and c``."""

    def date(self, published: str, /) -> str:
        """An ISO 8601 date of any precision for people; empty stays empty."""


def N_(message: str) -> str:  # noqa: N802 - the name gettext's tools know
    """Mark a message for the catalogs of translations that is looked up later."""
    return message


FIELD_LABELS: Final = {
    Column.CODE: N_("Value"),
    Column.NAME: N_("Name"),
    Column.DESCRIPTION: N_("Description"),
    Column.CAUSE: N_("Cause"),
    Column.SOLUTION: N_("Solution"),
    Column.CAUSE_AND_SOLUTION: N_("Cause and solution"),
    Column.OTHER: N_("Further details"),
}

SEVERITY_LABELS: Final = {
    Severity.ERROR: N_("Error"),
    Severity.WARNING: N_("Warning"),
    Severity.NOTE: N_("Note"),
}

SEVERITY_GROUPS: Final = {
    Severity.ERROR: N_("Errors"),
    Severity.WARNING: N_("Warnings"),
    Severity.NOTE: N_("Notes"),
}

STATE_LABELS: Final = {
    State.NEW: N_("New"),
    State.KNOWN: N_("Known"),
    State.SUPPRESSED: N_("Accepted"),
    State.CORRECTED: N_("Corrected here"),
}

PRECISION_LABELS: Final = {
    Precision.VERY_HIGH: N_("very high"),
    Precision.HIGH: N_("high"),
    Precision.MEDIUM: N_("medium"),
    Precision.LOW: N_("low"),
}

STRAY_LABELS: Final = {
    ProblemKind.CELL_OVERFLOW: N_("Outside the table's columns"),
    ProblemKind.TEXT_AFTER_ROW: N_("After the end of the row"),
    ProblemKind.PIPE_LOST: N_("Two texts in one cell"),
    ProblemKind.ROW_WITHOUT_CODE: N_("Row without a code"),
    ProblemKind.TABLE_WITHOUT_CODES: N_("Table without codes"),
    ProblemKind.ROW_OUTSIDE_TABLE: N_("Row outside any table"),
    ProblemKind.BYTES_UNREADABLE: N_("Bytes that are not text"),
    ProblemKind.DOCUMENT_EMPTY: N_("Empty document"),
    ProblemKind.DOCUMENT_WITHOUT_TABLES: N_("Document without tables"),
    ProblemKind.HEADER_UNKNOWN: N_("Header that is not understood"),
}
