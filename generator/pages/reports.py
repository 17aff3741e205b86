"""The pages about the documents' discrepancies and about the rules that find them."""

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from generator import addresses
from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Locale
from generator.pages import findings, rule_docs
from generator.pages.content import DiscrepanciesContent, RuleContent, RuleRow, RulesContent
from generator.pages.desk import Desk
from generator.pages.findings import Alone
from generator.pages.ledger import Ledger
from generator.pages.page import Page
from generator.pages.parts import Provenance, Ref
from generator.pages.report_parts import DiagnosticView
from generator.pages.words import PRECISION_LABELS, SEVERITY_LABELS, Words

_ENGLISH = Locale("en")
"""Diagnostics and rules are written in English."""

_SUPPRESSION: Final = """\
[[suppressions]]
rule = "{id}"
locale = "…"
code = "…"
reason = "…"
"""


class Measured(Struct, frozen=True):
    """How well a rule does, as measured."""

    planted: int
    """Defects put into documents for it to find."""
    found: int
    false: int
    """Alerts where nothing had been planted."""
    read: int
    """Alerts in real documents that people read and judged."""
    real: int
    documents: int
    """In so many documents."""


class RuleInfo(Struct, frozen=True):
    """What a page says about a rule."""

    id: str
    name: str
    severity: Severity
    precision: Precision
    summary: str
    docs: str
    """The documentation: paragraphs, headings (``## …`` or underlined), indented code, lists with ``-`` or ``*``."""
    measured: Measured | None = None
    example: str = ""
    """The report of the case that has to make it fire, as the tests run it; empty where there is none."""


class DeskFrame:
    """A page of the site as the frame of what was found."""

    def __init__(self, desk: Desk, at: str) -> None:
        """``at`` is the address of the page."""
        self.ledger = desk.shelf.ledger
        self.words = desk.words
        self.locale = desk.locale
        self.locales = desk.site.locales
        self.home = desk.href(at, "discrepancies/")
        self._desk = desk
        self._at = at

    def rule_href(self, rule: str) -> str:
        """The address of a rule's page."""
        return self._desk.href(self._at, addresses.rule_path(rule))

    def code_ref(self, diagnostic: Diagnostic) -> Ref | None:
        """A link to the code that a diagnostic is about."""
        page = self._desk.shelf.named(diagnostic.product, diagnostic.code) if diagnostic.code else None
        return Ref(f"{page.product.id} {diagnostic.code}", self._desk.href(self._at, page.path)) if page else None

    def place(self, path: str, line: int) -> Provenance:
        """A line of a source."""
        return self._desk.place(path, line)


def listed(desk: Desk, at: str, places: Iterable[int], *, deep: bool = False) -> tuple[DiagnosticView, ...]:
    """Diagnostics by their places in the list, each with the address it has on the page of discrepancies."""
    return findings.listed(DeskFrame(desk, at), places, deep=deep)


def named(desk: Desk) -> tuple[tuple[str, str], tuple[str, str]]:
    """The report and the list of rules: the title of each, and its file."""
    return (
        (desk.words.gettext("Discrepancies"), "discrepancies.md"),
        (desk.words.gettext("Rules"), "rules/index.md"),
    )


def discrepancies(desk: Desk) -> Page:
    """The report for people."""
    at = "discrepancies/"
    title, source = named(desk)[0]
    summary = desk.words.gettext("Everything in which the documents' languages and editions disagree.")
    return Page(
        locale=desk.locale,
        path=at,
        source=source,
        template="discrepancies.md.j2",
        title=title,
        description=summary,
        text_locale=desk.locale,
        canonical=desk.address(at),
        content=findings.content(DeskFrame(desk, at), summary, desk.href(at, "rules/"), english=_english(desk)),
    )


def alone(ledger: Ledger, words: Words, locale: Locale, source: str, site: str) -> DiscrepanciesContent:
    """The same report as a page that needs no site; ``site`` is the address of one that has the rules' pages, or empty."""
    summary = words.gettext("Everything in which the documents' languages and editions disagree.")
    return findings.content(Alone(ledger, words, locale, source, site), summary, "", english=True)


def rules(desk: Desk, known: tuple[RuleInfo, ...]) -> Page:
    """The list of rules."""
    at = "rules/"
    title, source = named(desk)[1]
    return Page(
        locale=desk.locale,
        path=at,
        source=source,
        template="rules.md.j2",
        title=title,
        description=desk.words.gettext("What the checker looks for when it compares languages and editions."),
        text_locale=desk.locale,
        canonical=desk.address(at),
        content=RulesContent(
            rules=tuple(
                RuleRow(
                    ref=Ref(rule.id, desk.href(at, addresses.rule_path(rule.id))),
                    name=rule.name,
                    severity=rule.severity,
                    severity_label=desk.words.gettext(SEVERITY_LABELS[rule.severity]),
                    precision_label=desk.words.gettext(PRECISION_LABELS[rule.precision]),
                    summary=rule.summary,
                    count=str(len(desk.shelf.ledger.by_rule.get(rule.id, ()))),
                )
                for rule in known
            ),
            discrepancies_href=desk.href(at, "discrepancies/"),
            english=_english(desk),
        ),
    )


def rule(desk: Desk, known: RuleInfo) -> Page:
    """The page of a rule. Its text is English in every locale, so the English page is the original."""
    at = addresses.rule_path(known.id)
    canonical = _ENGLISH if _ENGLISH in desk.site.locales else desk.locale
    text_locales, x_default = desk.text_locales((_ENGLISH,), at)
    fired = desk.shelf.ledger.by_rule.get(known.id, ())
    # What the page of discrepancies has no room for, this one has no room for either.
    shown = [place for place in fired if desk.shelf.ledger.has_room(place)]
    blocks = rule_docs.blocks(known.docs)
    return Page(
        locale=desk.locale,
        path=at,
        source=f"rules/{known.id}.md",
        template="rule.md.j2",
        title=f"{known.id} {known.name}",
        description=known.summary
        if _english(desk)
        else desk.words.gettext("Rule {id}: its explanation is in English.").format(id=known.id),
        text_locale=_ENGLISH,
        canonical=desk.address(at, canonical),
        text_locales=text_locales,
        x_default=x_default,
        content=RuleContent(
            id=known.id,
            name=known.name,
            severity=known.severity,
            severity_label=desk.words.gettext(SEVERITY_LABELS[known.severity]),
            precision_label=desk.words.gettext(PRECISION_LABELS[known.precision]),
            summary="" if blocks and blocks[0].kind == "paragraph" else known.summary,
            blocks=blocks,
            measured=measured(known.measured, desk.words) if known.measured else "",
            example=known.example,
            suppression="" if known.id.startswith("X") else _SUPPRESSION.format(id=known.id),
            diagnostics=listed(desk, at, shown, deep=True),
            count=desk.words.ngettext(
                "Found once in these documents.", "Found {number} times in these documents.", len(fired)
            ).format(number=len(fired)),
            more=findings.more(desk.words, len(fired) - len(shown)),
            rules_href=desk.href(at, "rules/"),
            english=_english(desk),
        ),
    )


def measured(figures: Measured, words: Words) -> str:
    """What was measured, as sentences; empty where nothing was."""
    said = []
    if figures.planted:
        said.append(
            words.ngettext(
                "Of {number} planted defect it found {found}.",
                "Of {number} planted defects it found {found}.",
                figures.planted,
            ).format(number=figures.planted, found=figures.found)
        )
    if figures.false:
        said.append(
            words.ngettext(
                "Beside them it raised {number} false alarm.",
                "Beside them it raised {number} false alarms.",
                figures.false,
            ).format(number=figures.false)
        )
    if figures.read:
        said.append(
            words.ngettext(
                "Of {number} alert read by hand in {documents} documents, {real} was real.",
                "Of {number} alerts read by hand in {documents} documents, {real} were real.",
                figures.read,
            ).format(number=figures.read, documents=figures.documents, real=figures.real)
        )
    return " ".join(said)


def _english(desk: Desk) -> bool:
    return desk.locale.partition("-")[0] == _ENGLISH
