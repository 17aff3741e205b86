"""What the checker found as people read it: on the site's pages, and on a page that stands alone."""

from collections.abc import Iterable
from typing import Final, Protocol

from generator import addresses
from generator.diagnostics import Diagnostic, Severity, State
from generator.grouped import Group, grouped
from generator.meanings import in_locale
from generator.model import Column, EditionId, Locale, ProductId
from generator.pages.content import DiscrepanciesContent
from generator.pages.ledger import Ledger, Listed
from generator.pages.parts import Provenance, Ref
from generator.pages.report_parts import (
    Choice,
    DiagnosticGroup,
    DiagnosticView,
    RuleGroup,
    Side,
    SideField,
    WitnessView,
)
from generator.pages.sides import Beside, Row, beside
from generator.pages.words import FIELD_LABELS, SEVERITY_GROUPS, SEVERITY_LABELS, STATE_LABELS, Words
from generator.text import capitalised

_SLOTS: Final = 16
"""The style sheet knows so many filters."""


class Frame(Protocol):
    """The page that a report stands on."""

    @property
    def ledger(self) -> Ledger:
        """What was found."""

    @property
    def words(self) -> Words:
        """The page's own words."""

    @property
    def locale(self) -> Locale:
        """The page's own language."""

    @property
    def locales(self) -> tuple[Locale, ...]:
        """The languages of the documents."""

    @property
    def home(self) -> str:
        """The address of the page with the whole report."""

    def rule_href(self, rule: str) -> str:
        """The address of a rule's page; empty where there is none."""

    def code_ref(self, diagnostic: Diagnostic) -> Ref | None:
        """A link to the code that a diagnostic is about; ``None`` where it is about none that has a page."""

    def place(self, path: str, line: int) -> Provenance:
        """A line of a source."""


def content(frame: Frame, summary: str, rules_href: str, *, english: bool) -> DiscrepanciesContent:
    """The whole report."""
    parts: dict[str, list[Listed]] = {}
    for listed in frame.ledger.listed:
        parts.setdefault(listed.part, []).append(listed)
    titles = {
        **{f"{severity.value}s": SEVERITY_GROUPS[severity] for severity in Severity},
        "known": STATE_LABELS[State.KNOWN],
        "accepted": STATE_LABELS[State.SUPPRESSED],
        "corrected": STATE_LABELS[State.CORRECTED],
    }
    spoken = dict.fromkeys(one.locale for one in frame.ledger.diagnostics if one.locale)
    return DiscrepanciesContent(
        summary=summary,
        groups=tuple(
            DiagnosticGroup(
                anchor=part,
                title=frame.words.gettext(titles[part]),
                count=sum(group.count for one in every for group in one.groups),
                rules=tuple(_rule(frame, one) for one in every),
            )
            for part, every in parts.items()
        ),
        choices=tuple(
            Choice(slot, locale, capitalised(frame.words.language(locale)))
            for locale in spoken
            if (slot := _slot(frame, locale))
        )
        if len(spoken) > 1
        else (),
        rules_href=rules_href,
        english=english,
    )


def listed(frame: Frame, places: Iterable[int], *, deep: bool = False) -> tuple[DiagnosticView, ...]:
    """Diagnostics by their places in the list, those that are one in many rows as one; ``deep`` with all languages."""
    every, anchors = frame.ledger.diagnostics, frame.ledger.anchors
    chosen = list(places)
    where = {id(every[place]): anchors[place] for place in chosen}
    return tuple(
        _view(frame, group, where[id(group.first)], deep=deep) for group in grouped(every[place] for place in chosen)
    )


def _rule(frame: Frame, listed: Listed) -> RuleGroup:
    first = listed.groups[0].first
    places = frame.ledger.places
    return RuleGroup(
        anchor=listed.anchor,
        rule=Ref(listed.rule, frame.rule_href(listed.rule)),
        name=first.name,
        count=sum(group.count for group in listed.groups),
        diagnostics=tuple(
            _view(frame, group, frame.ledger.anchors[places[id(group.first)]], deep=True)
            for group in listed.groups[: listed.shown]
        ),
        more=more(frame.words, listed.left_out),
    )


def more(words: Words, number: int) -> str:
    """That a page has no room for so many; empty for none."""
    if not number:
        return ""
    return words.gettext("{number} more in the report of `codeglot check`.").format(number=number)


def _view(frame: Frame, group: Group, anchor: str, *, deep: bool) -> DiagnosticView:
    one, words = group.first, frame.words
    shown = _beside(frame.ledger, one) if deep else None
    return DiagnosticView(
        anchor=anchor,
        href=f"{frame.home}#{anchor}" if anchor else frame.home,
        severity=one.severity,
        severity_label=words.gettext(SEVERITY_LABELS[one.severity]),
        rule=Ref(one.rule, frame.rule_href(one.rule)),
        rule_name=one.name,
        message=one.message,
        hint=one.hint,
        language=words.language(one.locale) if one.locale else "",
        provenance=frame.place(one.span.path, one.span.line),
        code=frame.code_ref(one),
        state=one.state,
        state_label="" if one.state is State.NEW else words.gettext(STATE_LABELS[one.state]),
        reason=frame.ledger.reasons.get(one.fingerprint, "") if one.state is not State.NEW else "",
        places=words.ngettext("{number} place", "{number} places", group.count).format(number=group.count)
        if group.rest
        else "",
        also=words.ngettext("Also in line {lines}", "Also in lines {lines}", len(group.rest)).format(lines=group.also)
        if group.also
        else "",
        slot=_slot(frame, one.locale),
        sides=tuple(_side(frame, one, row) for row in shown.rows) if shown else (),
        more_sides=words.ngettext("{number} more row", "{number} more rows", shown.left_out).format(
            number=shown.left_out
        )
        if shown and shown.left_out
        else "",
        witnesses=tuple(
            WitnessView(
                locale=related.locale,
                language=words.language(related.locale) if related.locale else "",
                text=related.text,
                provenance=frame.place(related.span.path, related.span.line),
            )
            for related in (shown.others if shown else ())
        ),
        explains=tuple(_view(frame, Group(inner), "", deep=False) for inner in one.explains),
    )


def _beside(ledger: Ledger, diagnostic: Diagnostic) -> Beside:
    place = ledger.places[id(diagnostic)]
    found = ledger.sides.get(place)
    if found is None:
        found = ledger.sides[place] = beside(ledger, diagnostic)
    return found


def _side(frame: Frame, diagnostic: Diagnostic, row: Row) -> Side:
    entry = row.entry
    return Side(
        locale=row.locale,
        title=_title(frame, diagnostic, row),
        provenance=frame.place(entry.span.path, entry.span.line) if entry else None,
        here=row.here,
        fields=tuple(
            SideField(cell.column, _label(frame, cell.column, cell.header), cell.pieces) for cell in row.cells
        ),
    )


def _label(frame: Frame, column: Column, header: str) -> str:
    return header if column is Column.OTHER and header else frame.words.gettext(FIELD_LABELS[column])


def _title(frame: Frame, diagnostic: Diagnostic, row: Row) -> str:
    """Whose row it is: its language, and its product or edition where that is another than the diagnostic's."""
    language, entry = capitalised(frame.words.language(row.locale)), row.entry
    if entry is None:
        return language
    product = _product(frame, entry.product) if entry.product != diagnostic.product else ""
    same = (entry.product, entry.edition) == (diagnostic.product, diagnostic.edition)
    edition = "" if same else _edition(frame, entry.product, entry.edition)
    return ", ".join(part for part in (language, product, edition) if part)


def _product(frame: Frame, product: ProductId) -> str:
    known = frame.ledger.products.get(product)
    title, _ = in_locale(known.titles, frame.locale, frame.ledger.written.source_locale) if known else ("", "")
    return title or product


def _edition(frame: Frame, product: ProductId, edition: EditionId) -> str:
    known = frame.ledger.products.get(product)
    published = next((one.published for one in known.editions if one.id == edition), "") if known else ""
    date = frame.words.date(published)
    return frame.words.gettext("edition of {date}").format(date=date) if date else edition


def _slot(frame: Frame, locale: Locale) -> str:
    at = frame.locales.index(locale) if locale in frame.locales else _SLOTS
    return str(at) if at < _SLOTS else ""


class Alone:
    """The frame of a page that stands alone: it leads to the site's rules where the site has an address."""

    def __init__(self, ledger: Ledger, words: Words, locale: Locale, source: str, site: str) -> None:
        """``locale`` is the language of ``words``, ``source`` the folder of the documents as the reader names it, ``site`` the site's address or empty."""
        self.ledger = ledger
        self.words = words
        self.locale = locale
        self.locales = ledger.written.locales
        self.home = ""
        self._source = source.rstrip("/")
        self._site = site.rstrip("/")

    def rule_href(self, rule: str) -> str:
        """The address of a rule's page on the site in its source language, which is at the root."""
        return f"{self._site}/{addresses.rule_path(rule)}" if self._site else ""

    @staticmethod
    def code_ref(diagnostic: Diagnostic) -> Ref | None:
        """A code by its name only: the page may be read where there is no site."""
        return Ref(f"{diagnostic.product} {diagnostic.code}".strip(), "") if diagnostic.code else None

    def place(self, path: str, line: int) -> Provenance:
        """A line of a source, as the reader names it."""
        named = "/".join(part for part in (self._source, path) if part and part != ".")
        return Provenance(text=f"{named}:{line}", href="", edition="", published="")
