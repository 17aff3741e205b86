"""The pages about the documents' discrepancies and about the rules that find them."""

import re
from textwrap import dedent

from msgspec import Struct

from generator import addresses
from generator.diagnostics import Precision, Severity, State
from generator.model import Locale
from generator.pages.content import DiagnosticGroup, DiscrepanciesContent, DocBlock, RuleContent, RuleRow, RulesContent
from generator.pages.desk import Desk
from generator.pages.page import Page
from generator.pages.parts import CodePart, Part, Ref, TextPart
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
    blocks = docs(known.docs)
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
                "It fires once in these documents.", "It fires {number} times in these documents.", len(fired)
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


_HEADING = re.compile(r"#{1,6}\s+(?P<title>.+?)\s*#*$")
_UNDERLINE = re.compile(r"(-{3,}|={3,}|~{3,})\s*$")
_ITEM = re.compile(r"\s*[-*]\s+(?P<text>.*)$")
_FENCE = re.compile(r"\s*(```|~~~)")
_CODE = re.compile(r"(`+)(.+?)\1")


def docs(text: str) -> tuple[DocBlock, ...]:
    """A rule's documentation as blocks."""
    blocks: list[DocBlock] = []
    lines = dedent(text).strip("\n").splitlines()
    index = 0
    while index < len(lines):
        line = lines[index]
        underlined = index + 1 < len(lines) and _UNDERLINE.match(lines[index + 1])
        if not line.strip():
            index += 1
        elif heading := _HEADING.match(line):
            blocks.append(DocBlock("heading", ((TextPart(heading["title"]),),)))
            index += 1
        elif underlined and not line[0].isspace():
            blocks.append(DocBlock("heading", ((TextPart(line.strip()),),)))
            index += 2
        elif fence := _FENCE.match(line):
            end = next((n for n in range(index + 1, len(lines)) if lines[n].strip() == fence[1]), len(lines))
            blocks.append(_code(lines[index + 1 : end]))
            index = end + 1
        elif line.startswith("    "):
            end = index
            while end < len(lines) and (lines[end].startswith("    ") or not lines[end].strip()):
                end += 1
            blocks.append(_code(lines[index:end]))
            index = end
        elif _ITEM.match(line):
            items: list[str] = []
            while index < len(lines) and lines[index].strip():
                item = _ITEM.match(lines[index])
                if item:
                    items.append(item["text"])
                else:
                    items[-1] += f" {lines[index].strip()}"
                index += 1
            blocks.append(DocBlock("list", tuple(_spans(item) for item in items)))
        else:
            end = index
            while end < len(lines) and lines[end].strip() and not _FENCE.match(lines[end]):
                end += 1
            blocks.append(DocBlock("paragraph", (_spans(" ".join(part.strip() for part in lines[index:end])),)))
            index = end
    return tuple(blocks)


def _code(lines: list[str]) -> DocBlock:
    return DocBlock("code", ((CodePart(dedent("\n".join(lines)).strip("\n")),),))


def _spans(text: str) -> tuple[Part, ...]:
    parts: list[Part] = []
    end = 0
    for match in _CODE.finditer(text):
        if match.start() > end:
            parts.append(TextPart(text[end : match.start()]))
        parts.append(CodePart(match[2].strip()))
        end = match.end()
    if end < len(text):
        parts.append(TextPart(text[end:]))
    return tuple(parts)
