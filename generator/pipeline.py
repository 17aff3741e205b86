"""The program on one screen: load, check, plan, prepare; :mod:`generator.making` builds."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from generator import (
    baseline,
    config,
    coverage,
    examples,
    glossary,
    labels,
    layout,
    machine,
    measured,
    pages,
    permalinks,
    planning,
    propose,
    rules,
    site,
    sources,
    suppressions,
    write,
)
from generator.assemble import Count, assemble
from generator.config import Settings
from generator.diagnostics import Diagnostic, Precision, State
from generator.errors import CodeglotError
from generator.glossary import Glossary
from generator.labels import Labels
from generator.layout import Layout
from generator.model import Catalog, Column, Document, Locale
from generator.pages import Page
from generator.parse import parse
from generator.render import Renderer
from generator.reports import Report, json
from generator.reports.words import tally
from generator.sources import Source
from generator.words import files as search_files


class Loaded(Struct, frozen=True):
    """One folder of sources, read."""

    settings: Settings
    sources: tuple[Source, ...]
    written: Catalog
    """The catalog as the sources read."""
    corrected: Catalog
    """The catalog with the errata laid over it; what pages show."""
    glossary: Glossary
    """Codeglot's own words for the field, and those beside the documents."""


class Planned(Struct, frozen=True):
    """A folder of sources with its pages and addresses, of which nothing is written yet."""

    loaded: Loaded
    judged: "Judged"
    words: Mapping[Locale, Labels]
    about: pages.SiteInfo
    ledger: pages.Ledger
    plan: pages.Plan
    addresses: planning.Addresses


class Prepared(Struct, frozen=True):
    """A folder of sources checked, and its pages written as Markdown: all that is needed to build the site."""

    loaded: Loaded
    diagnostics: tuple[Diagnostic, ...]
    bodies: tuple[tuple[Page, str], ...]
    """Each page with its body."""
    file: Callable[[Page, str], str]
    """Gives the Markdown of a page that has a body."""
    spec: site.SiteSpec
    render: site.Html
    """Makes a page outside MkDocs from a template's name and values."""
    links: tuple[site.NeutralLink, ...]
    files: Mapping[str, str | bytes]
    """What scripts on the pages fetch, by its path below the site's root."""
    written: write.Written
    unlisted: int | None = None
    """How many addresses are not in the list of permalinks; ``None`` where no such list is kept."""
    untranslated: tuple[tuple[Locale, int, int], ...] = ()
    """Each locale in which the site's own words are not complete: how many of how many are in English."""


Columns = Mapping[Locale, Mapping[Column, tuple[str, ...]]]
"""For each locale the header words that are declared for it, by what they head."""

Parse = Callable[[Source, Columns], Document]
"""Gives what stands in a source, told by the words that head its columns."""


Words = Callable[[Path], Glossary]
"""Gives what stands in a file of the field's words."""


def load(folder: Path, parse: Parse = parse, count: Count = coverage.counted, words: Words = glossary.read) -> Loaded:
    """Read, parse and join everything that ``folder`` declares.

    ``parse`` may remember what it has parsed, ``count`` what it has counted, ``words`` what it has read.

    Raises CodeglotError where the declarations are wrong or a document cannot be read.
    """
    settings = config.load(folder)
    read = tuple(sources.read(settings))
    documents = [parse(source, settings.columns) for source in read]
    written = assemble(documents, settings, count=count)
    corrected = assemble(documents, settings, settings.errata, count) if settings.errata else written
    return Loaded(settings, read, written, corrected, _glossary(folder, words))


def _glossary(folder: Path, read: Words) -> Glossary:
    """Codeglot's own glossary, with what the one beside the documents adds."""
    brought, beside = layout.glossary(), folder / glossary.GLOSSARY_FILE
    own = beside if beside.exists() and not (brought and beside.samefile(brought)) else None
    asked = brought, own, tuple(_content(path) for path in (brought, own) if path)
    if asked not in _LAST:
        first = read(brought) if brought else Glossary()
        found = glossary.merged(first, read(own)) if own else first
        _LAST.clear()
        _LAST[asked] = found
    return _LAST[asked]


_LAST: Final[dict[tuple[Path | None, Path | None, tuple[bytes, ...]], Glossary]] = {}
"""The last glossary: one that reads as for the build before is the same, with all that was looked up in it."""


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        # Whoever reads it in earnest says what is wrong.
        return b""


def check(loaded: Loaded) -> tuple[Diagnostic, ...]:
    """Everything in which the documents disagree, worst first."""
    return rules.check(loaded.written, loaded.corrected, loaded.glossary, loaded.settings.declared)


class Judged(Struct, frozen=True):
    """A report with the suppressions and the baseline laid over it."""

    diagnostics: tuple[Diagnostic, ...]
    fixed: int
    """Diagnostics that the baseline lists and that are gone."""
    hidden: int
    """New diagnostics of low precision, which are not among the diagnostics."""
    reasons: Mapping[str, str]
    """Why each suppressed diagnostic is accepted and how each corrected one is, by its fingerprint."""
    absent: tuple[Diagnostic, ...]
    """Diagnostics that the baseline lists and that are not found any more."""
    baseline: Path
    """Where the baseline is, or would be."""


def judge(
    loaded: Loaded,
    today: date,
    known: Path | None = None,
    *,
    update: bool = False,
    pedantic: bool = False,
    checked: Sequence[Diagnostic] | None = None,
) -> Judged:
    """What :func:`check` finds (``checked``, where it is known), with what is accepted and known marked as such.

    ``known`` is the baseline, by default the one beside the documents if there is one; one that ``update`` is about to
    write anew may be missing or wrong. What is of low precision is left out unless ``pedantic``. Raises CodeglotError
    where a file is wrong.
    """
    folder = Path(loaded.settings.root)
    accepted, path = folder / suppressions.SUPPRESSIONS_FILE, known or folder / baseline.BASELINE_FILE
    entries = suppressions.read(accepted) if accepted.exists() else suppressions.Suppressions()
    found = suppressions.apply(check(loaded) if checked is None else checked, entries, today)
    listed = baseline.Baseline()
    if path.exists() or (known and not update):
        try:
            listed = baseline.read(path, folder)
        except CodeglotError:
            if not update:
                raise
    compared = baseline.apply(found.diagnostics, listed)
    reasons = _corrections(loaded, compared.diagnostics) | {one: entry.reason for one, entry in found.by}
    shown = tuple(one for one in compared.diagnostics if pedantic or one.precision is not Precision.LOW)
    left_out = sum(1 for one in compared.diagnostics if one.state is State.NEW) - sum(
        1 for one in shown if one.state is State.NEW
    )
    return Judged(shown, compared.fixed, left_out, reasons, compared.absent, path)


def _corrections(loaded: Loaded, diagnostics: Sequence[Diagnostic]) -> dict[str, str]:
    """The reason of the erratum that corrects the row of each corrected diagnostic."""
    by_row = {
        (entry.span.path, entry.span.line): entry.corrections[0].reason
        for document in loaded.corrected.documents
        for entry in document.entries
        if entry.corrections
    }
    return {
        one.fingerprint: by_row[one.span.path, one.span.line]
        for one in diagnostics
        if one.state is State.CORRECTED and (one.span.path, one.span.line) in by_row
    }


def today() -> date:
    """The day on which suppressions must hold: ``SOURCE_DATE_EPOCH``, by which builds can be repeated, else this one."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return (datetime.fromtimestamp(int(epoch), tz=UTC) if epoch.isdecimal() else datetime.now(tz=UTC)).date()


def report_page(report: Report, site_url: str = "") -> str:
    """The report as one page of HTML that needs nothing beside itself, its own words in English.

    Raises CodeglotError where Codeglot's own templates are missing.
    """
    templates, english = layout.templates(), Locale("en")
    words = labels.read(templates, english)
    ledger = pages.Ledger(report.catalog, report.diagnostics, report.reasons)
    content = pages.alone(ledger, words, english, report.source, site_url)
    return Renderer(templates, {english: words}).html(
        "report.html.j2", english, content=content, report=report, tally=tally(report.counts)
    )


def proposals(loaded: Loaded, only: Sequence[str] = ()) -> str:
    """Errata that can be proved, as TOML; ``only`` names diagnostics by the beginnings of their fingerprints."""
    return propose.text(propose.propose(loaded.corrected, check(loaded), only))


def plan(layout: Layout, site_url: str = "") -> Planned:
    """Load, check and plan the pages and all addresses.

    Raises CodeglotError where there is nothing to build, or where it is wrong what became of an address.
    """
    loaded = load(layout.source)
    demand_codes(loaded, layout.source)
    became = planning.became(layout.source, loaded.settings, loaded.corrected)
    judged = judge(loaded, today())
    words = {locale: labels.read(layout.templates, locale, layout.source) for locale in loaded.settings.locales}
    about = msgspec.structs.replace(
        site_info(loaded.settings, site_url), tombstones=became.tombstones, replaced=became.replaced
    )
    ledger = pages.Ledger(loaded.written, judged.diagnostics, judged.reasons)
    planned = pages.plan(loaded.corrected, ledger, about, words, rule_infos())
    addresses = planning.addresses(layout.source, became, planned, about, words)
    return Planned(loaded, judged, words, about, ledger, planned, addresses)


def demand_codes(loaded: Loaded, source: Path) -> None:
    """Raises CodeglotError where there is nothing to build."""
    if not loaded.corrected.accounting.rows:
        raise CodeglotError(
            f"no document of {source} lists a code, so there is nothing to build",
            hint="`codeglot check` says what stands in them instead",
        )


def to_translate(layout: Layout, locale: Locale) -> tuple[Path, str, int]:
    """The site's own words for a translator into ``locale``: the file beside the documents, its text, how many are left.

    Raises CodeglotError where no such locale is declared or its file is wrong.
    """
    declared = config.load(layout.source).locales
    if locale not in declared:
        raise CodeglotError(
            f"{locale!r} is not among the locales of {layout.source / config.CATALOG_FILE}",
            hint=f"it declares {', '.join(declared)}; add the language there first",
        )
    text, left = labels.to_translate(layout.templates, locale, layout.source)
    return labels.own_path(layout.source, locale), text, left


def prepare(layout: Layout, site_url: str = "", say: site.Say = site.silent) -> Prepared:
    """Load, check, plan the pages and write them as Markdown into ``layout.docs``.

    ``say`` is told of what an interrupted run has left. Raises CodeglotError before anything is written where there is
    nothing to build, a permalink would be lost or another build is at the pages.
    """
    with _prepared(layout, site_url, say) as prepared:
        return prepared


@contextmanager
def _prepared(layout: Layout, site_url: str, say: site.Say) -> Iterator[Prepared]:
    """As :func:`prepare`; no other build writes to the pages until what is made of them is done."""
    site_url = site_url or site.declared_site_url(layout.mkdocs)
    planned = plan(layout, site_url)
    loaded, about, found = planned.loaded, planned.about, planned.addresses
    if found.listed:
        permalinks.hold(layout.source / permalinks.PERMALINKS_FILE, found.listed, found.offered)
    renderer = Renderer(layout.templates, planned.words)
    bodies = tuple((page, renderer.body(page)) for page in planned.plan.pages)
    files = {f"{page.locale}/{page.source}": renderer.file(page, body) for page, body in bodies}
    report = as_json(loaded, planned.judged)
    with write.alone(layout.docs):
        written = write.write_tree(layout.docs, files)
        if written.repaired:
            say(f"a build was interrupted while it wrote the pages in {layout.docs}; they are whole again")
        yield Prepared(
            loaded=loaded,
            bodies=bodies,
            file=renderer.file,
            diagnostics=planned.judged.diagnostics,
            spec=found.spec,
            render=renderer.alone(about.source_locale),
            links=found.links,
            untranslated=tuple(
                (locale, one.missing, one.messages) for locale, one in planned.words.items() if one.missing
            ),
            unlisted=len(permalinks.unlisted(found.listed, found.offered)) if found.listed else None,
            files={
                **search_files(loaded.corrected, loaded.glossary, loaded.settings.declared.meant),
                **machine.files(planned.plan, loaded.corrected, planned.ledger, about, planned.words, *report),
                **site.section_files(loaded.corrected, planned.plan),
            },
            written=written,
        )


def as_json(loaded: Loaded, judged: Judged) -> tuple[str, Mapping[str, object]]:
    """The report that the site shows as `codeglot check --format json` gives it, and its schema."""
    report = Report(
        loaded.written,
        judged.diagnostics,
        reasons=judged.reasons,
        hidden=judged.hidden,
        without_words=tuple(rules.without_words(loaded.written, loaded.glossary).items()),
    )
    return json.render(report), json.schema()


def site_info(settings: Settings, site_url: str = "") -> pages.SiteInfo:
    """What pages need to know of the declarations."""
    return pages.SiteInfo(
        locales=settings.locales,
        source_locale=settings.source_locale,
        titles=tuple(settings.site.title.items()),
        link_base=tuple(
            (product.id, locale, base) for product in settings.products for locale, base in product.link_base.items()
        ),
        report_url=settings.site.report_url,
        repository=settings.site.repository,
        url=site_url,
    )


def rule_infos() -> tuple[pages.RuleInfo, ...]:
    """What pages say about each rule."""
    figures = measured.read()
    return tuple(
        pages.RuleInfo(
            rule.id,
            rule.name,
            rule.severity,
            rule.precision,
            rule.summary,
            rule.docs,
            _measured(figures, rule.id),
            examples.read(rule.id),
        )
        for rule in rules.RULES
    )


def measurement(rule_id: str) -> str:
    """What was measured of a rule, as sentences in English; empty where nothing was."""
    found = _measured(measured.read(), rule_id.upper())
    return pages.measured(found, labels.read(layout.templates(), Locale("en"))) if found else ""


def _measured(figures: measured.Measurements, rule_id: str) -> pages.Measured | None:
    one = figures.rules.get(rule_id)
    if one is None:
        return None
    return pages.Measured(one.planted, one.found, one.false, one.read, one.real, figures.documents)
