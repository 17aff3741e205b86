"""The pages about the documents' discrepancies and about the rules that find them."""

from msgspec import Struct

from generator import addresses
from generator.diagnostics import Precision, Severity, State
from generator.model import Locale
from generator.pages import rule_docs
from generator.pages.content import DiagnosticGroup, DiscrepanciesContent, RuleContent, RuleRow, RulesContent
from generator.pages.desk import Desk
from generator.pages.page import Page
from generator.pages.parts import Ref
from generator.pages.words import PRECISION_LABELS, SEVERITY_GROUPS, SEVERITY_LABELS

_ENGLISH = Locale("en")
"""Diagnostics and rules are written in English."""


class RuleInfo(Struct, frozen=True):
    """What a page says about a rule."""

    id: str
    name: str
    severity: Severity
    precision: Precision
    summary: str
    docs: str
    """The documentation: paragraphs, headings (``## …`` or underlined), indented code, lists with ``-`` or ``*``."""


def discrepancies(desk: Desk) -> Page:
    """The report for people."""
    at = "discrepancies/"
    every = desk.shelf.diagnostics
    groups = [
        DiagnosticGroup(
            anchor=f"{severity.value}s",
            title=desk.words.gettext(SEVERITY_GROUPS[severity]),
            severity=severity,
            diagnostics=desk.listed(
                at,
                [
                    place
                    for place, one in enumerate(every)
                    if one.severity is severity and one.state is not State.CORRECTED
                ],
            ),
        )
        for severity in Severity
    ]
    groups.append(
        DiagnosticGroup(
            anchor="corrected",
            title=desk.words.gettext("Corrected here"),
            severity=None,
            diagnostics=desk.listed(at, [place for place, one in enumerate(every) if one.state is State.CORRECTED]),
        )
    )
    title = desk.words.gettext("Discrepancies")
    summary = desk.words.gettext("Everything in which the documents' languages and editions disagree.")
    return Page(
        locale=desk.locale,
        path=at,
        source="discrepancies.md",
        template="discrepancies.md.j2",
        title=title,
        description=summary,
        text_locale=desk.locale,
        canonical=desk.address(at),
        content=DiscrepanciesContent(
            summary=summary,
            groups=tuple(group for group in groups if group.diagnostics),
            rules_href=desk.href(at, "rules/"),
            english=_english(desk),
        ),
    )


def rules(desk: Desk, known: tuple[RuleInfo, ...]) -> Page:
    """The list of rules."""
    at = "rules/"
    return Page(
        locale=desk.locale,
        path=at,
        source="rules/index.md",
        template="rules.md.j2",
        title=desk.words.gettext("Rules"),
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
                    count=str(len(_fired(desk, rule))),
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
    fired = desk.listed(at, _fired(desk, known))
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
        content=RuleContent(
            id=known.id,
            name=known.name,
            severity=known.severity,
            severity_label=desk.words.gettext(SEVERITY_LABELS[known.severity]),
            precision_label=desk.words.gettext(PRECISION_LABELS[known.precision]),
            summary="" if blocks and blocks[0].kind == "paragraph" else known.summary,
            blocks=blocks,
            diagnostics=fired,
            count=desk.words.ngettext(
                "Found once in these documents.", "Found {number} times in these documents.", len(fired)
            ).format(number=len(fired)),
            rules_href=desk.href(at, "rules/"),
            english=_english(desk),
        ),
    )


def _fired(desk: Desk, known: RuleInfo) -> tuple[int, ...]:
    """The places of the diagnostics that are the rule's, or that explain one of its."""
    return tuple(
        place
        for place, one in enumerate(desk.shelf.diagnostics)
        if known.id in {one.rule, *(other.rule for other in one.explains)}
    )


def _english(desk: Desk) -> bool:
    return desk.locale.partition("-")[0] == _ENGLISH
