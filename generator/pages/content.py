"""What each kind of page says, ready for a template: words chosen, links resolved, order fixed."""

from typing import Literal

from msgspec import Struct

from generator.diagnostics import Severity
from generator.model import Locale
from generator.pages.code_parts import LanguageName, Parallel, SameNumber, SharedText
from generator.pages.parts import Banner, CodeRef, FieldView, Part, Provenance, Ref, Stray
from generator.pages.report_parts import Choice, DiagnosticGroup, DiagnosticView

# A code.


class EntryView(Struct, frozen=True, array_like=True):
    """What one row says."""

    locale: Locale
    code: str
    name: str
    fields: tuple[FieldView, ...]
    strays: tuple[Stray, ...]
    banners: tuple[Banner, ...]
    provenance: Provenance
    number: str = ""
    """``1 of 2`` where the source lists the code more than once; else empty."""
    corrected: bool = False
    """An erratum put something right in it."""
    renamed: bool = False
    """Another row that it is compared with has another name, or none."""


class HistoryView(Struct, frozen=True, array_like=True):
    """What an older edition says, with the words marked that a newer one has otherwise or no longer."""

    title: str
    """The edition, as the start of a line."""
    locale: Locale
    entries: tuple[EntryView, ...]
    note: str
    """Which fields have changed since in this language, or that none has; empty where that cannot be said."""


class FormerName(Struct, frozen=True, array_like=True):
    """A name the code once had."""

    name: str
    title: str
    """The edition it comes from, in the page's language."""


class MeaningView(Struct, frozen=True, array_like=True):
    """One meaning of a code."""

    anchor: str
    title: str
    """Name, else the one-line description, else the section; the heading where a code has several meanings."""
    title_lang: Locale
    title_is_name: bool
    section: Ref
    banners: tuple[Banner, ...]
    entries: tuple[EntryView, ...]
    own: bool
    """The text is in the page's language."""
    parallel: Parallel | None
    """The languages beside each other; ``None`` where there is but one."""
    without: tuple[LanguageName, ...]
    """The other languages that have no text for it."""
    former: tuple[FormerName, ...]
    history: tuple[HistoryView, ...]
    listed: str
    """Which editions list it; empty where there is nothing to tell."""
    shared: tuple[SharedText, ...]
    previous: CodeRef | None
    next: CodeRef | None


class Copy(Struct, frozen=True, array_like=True):
    """A text to copy."""

    locale: Locale
    label: str
    text: str
    href: str
    """An address, relative to the page, which whoever copies makes absolute and puts on a last line; may be empty."""


class Fact(Struct, frozen=True, array_like=True):
    """A label and a short value."""

    label: str
    value: str


class BaseNote(Struct, frozen=True, array_like=True):
    """The same digits, read in the other base, are another code."""

    text: str
    ref: CodeRef


class CodeContent(Struct, frozen=True, array_like=True, tag=True):
    """The page of a code."""

    address: str
    """``gme/7006``"""
    product: Ref
    code: str
    """As published."""
    names: tuple[str, ...]
    lead: str
    """The one-line description where the code has no name, in the page's language; else empty."""
    facts: tuple[Fact, ...]
    meanings: tuple[MeaningView, ...]
    several: str
    """A sentence that says how many meanings the code has; empty for one."""
    base: tuple[BaseNote, ...]
    elsewhere: tuple[SameNumber, ...]
    more_elsewhere: Ref | None
    """The way to all products that have the number, where more do than are compared."""
    disagreements: tuple[DiagnosticView, ...]
    more_disagreements: str
    """How many more there are than are named; empty for none."""
    discrepancies_href: str
    permalink: str
    """The link for tickets, from the site's root: ``/e/gme/7006/``."""
    permalink_href: str
    copies: tuple[Copy, ...]
    """Answers for a ticket, the page's own language first."""
    report_href: str
    """Empty where the site declares no address for reports."""


class LastText(Struct, frozen=True, array_like=True):
    """What was last said of a code in one language."""

    locale: Locale
    title: str
    """The language's own name."""
    text: str


class TombstoneContent(Struct, frozen=True, array_like=True, tag=True):
    """The page of a code that no document lists any more."""

    product: Ref
    code: str
    name: str
    """Empty where it had none."""
    banners: tuple[Banner, ...]
    texts: tuple[LastText, ...]
    """The one for the page's readers first."""
    permalink: str
    """The link for tickets, from the site's root: ``/e/gme/7006/``."""
    permalink_href: str


# Products.


class Prose(Struct, frozen=True, array_like=True):
    """Paragraphs of a source outside its tables."""

    locale: Locale
    paragraphs: tuple[tuple[Part, ...], ...]


class SectionCard(Struct, frozen=True, array_like=True):
    """A section on its product's page."""

    anchor: str
    ref: Ref
    count: str
    """``13 codes``"""
    codes: tuple[CodeRef, ...]
    """Empty where the product is too large for one page."""
    named: bool
    """At least one code has a name."""


class SourceView(Struct, frozen=True, array_like=True):
    """One document."""

    language: str
    published: str
    provenance: Provenance


class EditionView(Struct, frozen=True, array_like=True):
    """One edition."""

    title: str
    count: str
    """``87 codes``"""
    sources: tuple[SourceView, ...]
    newest: bool


class ExtraSection(Struct, frozen=True, array_like=True):
    """A section of the source that has no codes of its own."""

    title: str
    prose: Prose


class Leftover(Struct, frozen=True, array_like=True):
    """Words of a source that belong to no code."""

    stray: Stray
    locale: Locale
    provenance: Provenance


class ProductContent(Struct, frozen=True, array_like=True, tag=True):
    """The page of a product."""

    summary: str
    banners: tuple[Banner, ...]
    intro: Prose | None
    sections: tuple[SectionCard, ...]
    retired: tuple[CodeRef, ...]
    extra: tuple[ExtraSection, ...]
    leftovers: tuple[Leftover, ...]
    editions: tuple[EditionView, ...]


class SectionRow(Struct, frozen=True, array_like=True):
    """A code in the table of its section."""

    ref: CodeRef
    fields: tuple[FieldView, ...]
    lang: Locale
    """The language of the fields where it is not the page's own."""


class SectionContent(Struct, frozen=True, array_like=True, tag=True):
    """The page of a section."""

    product: Ref
    title: str
    title_lang: Locale
    summary: str
    banners: tuple[Banner, ...]
    prose: Prose | None
    rows: tuple[SectionRow, ...]
    named: bool
    """At least one code has a name."""
    previous: Ref | None
    next: Ref | None


class ProductCard(Struct, frozen=True, array_like=True):
    """A product on the home page."""

    id: str
    ref: Ref
    count: str
    sections: tuple[Ref, ...]
    languages: str
    edition: str
    """When the newest edition was published; empty if unknown."""


class HomeContent(Struct, frozen=True, array_like=True, tag=True):
    """The home page of a locale."""

    search_href: str
    examples: tuple[Ref, ...]
    """Searches to try."""
    products: tuple[ProductCard, ...]
    summary: str
    discrepancies_href: str
    discrepancies: str
    """How many discrepancies there are, as a sentence."""
    rules_href: str


class SearchContent(Struct, frozen=True, array_like=True, tag=True):
    """The shell of the search page; its script fills it."""

    search_href: str
    examples: tuple[Ref, ...]
    """Searches to try."""
    products: tuple[Ref, ...]


# Discrepancies and rules.


class DiscrepanciesContent(Struct, frozen=True, array_like=True, tag=True):
    """The report for people."""

    summary: str
    groups: tuple[DiagnosticGroup, ...]
    choices: tuple[Choice, ...]
    """The languages by which it can be filtered; empty where there is nothing to choose."""
    rules_href: str
    english: bool
    """The page itself is in English, as the messages are."""


class RuleRow(Struct, frozen=True, array_like=True):
    """A rule in the list of rules."""

    ref: Ref
    name: str
    severity: Severity
    severity_label: str
    precision_label: str
    summary: str
    """In English."""
    count: str
    """How often it fires in these documents."""


class RulesContent(Struct, frozen=True, array_like=True, tag=True):
    """The list of rules."""

    rules: tuple[RuleRow, ...]
    discrepancies_href: str
    english: bool


class DocBlock(Struct, frozen=True, array_like=True):
    """A piece of a rule's documentation."""

    kind: Literal["heading", "paragraph", "code", "list"]
    parts: tuple[tuple[Part, ...], ...]
    """One run of text; for a list one for each item."""


class RuleContent(Struct, frozen=True, array_like=True, tag=True):
    """The page of a rule."""

    id: str
    name: str
    severity: Severity
    severity_label: str
    precision_label: str
    summary: str
    """In English; empty where the documentation itself begins with a sentence."""
    blocks: tuple[DocBlock, ...]
    measured: str
    """What was measured of it, as sentences; empty where nothing was."""
    example: str
    """The report of the case that has to make it fire, as the tests run it; empty where there is none."""
    suppression: str
    """What to write where it is accepted, as TOML; empty where it cannot be."""
    diagnostics: tuple[DiagnosticView, ...]
    count: str
    more: str
    """How many more there are than the page has room for; empty for none."""
    rules_href: str
    english: bool


class Spent(Struct, frozen=True, array_like=True, tag=True):
    """What stood on a page that is written, and of which nobody wants to know more than its title and address."""
