"""The program on one screen: load, check, prepare, build."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from msgspec import Struct

from generator import config, labels, pages, resolve, rules, site, sources, write
from generator import render as rendering
from generator.assemble import assemble
from generator.config import Settings
from generator.diagnostics import Diagnostic
from generator.errors import CodeglotError
from generator.layout import Layout
from generator.model import Catalog, Locale
from generator.parse import parse
from generator.render import Renderer


class Loaded(Struct, frozen=True):
    """One folder of sources, read."""

    settings: Settings
    written: Catalog
    """The catalog as the sources read."""
    corrected: Catalog
    """The catalog with the errata laid over it; what pages show."""


class Prepared(Struct, frozen=True):
    """A folder of sources checked, and its pages written as Markdown: all that is needed to build the site."""

    loaded: Loaded
    diagnostics: tuple[Diagnostic, ...]
    spec: site.SiteSpec
    render: site.Html
    """Makes a page outside MkDocs from a template's name and values."""
    links: tuple[site.NeutralLink, ...]
    files: Mapping[str, str | bytes]
    """What scripts on the pages fetch, by its path below the site's root."""
    written: write.Written


class Outcome(Struct, frozen=True):
    """A finished build."""

    prepared: Prepared
    built: site.Built


def load(folder: Path) -> Loaded:
    """Read, parse and join everything that ``folder`` declares.

    Raises CodeglotError where the declarations are wrong or a document cannot be read.
    """
    settings = config.load(folder)
    documents = [parse(source, settings.columns) for source in sources.read(settings)]
    written = assemble(documents, settings)
    return Loaded(settings, written, assemble(documents, settings, settings.errata) if settings.errata else written)


def check(loaded: Loaded) -> tuple[Diagnostic, ...]:
    """Everything in which the documents disagree, worst first."""
    return rules.check(loaded.written, loaded.corrected)


def prepare(layout: Layout, site_url: str = "") -> Prepared:
    """Load, check, plan the pages and write them as Markdown into ``layout.docs``.

    Raises CodeglotError before anything is written where there is nothing to build.
    """
    loaded = load(layout.source)
    if not loaded.corrected.accounting.rows:
        raise CodeglotError(
            f"no document of {layout.source} lists a code, so there is nothing to build",
            hint="`codeglot check` says what stands in them instead",
        )
    diagnostics = check(loaded)
    words = {locale: labels.read(layout.templates, locale) for locale in loaded.settings.locales}
    about = _site_info(loaded.settings, site_url)
    plan = pages.plan(loaded.corrected, diagnostics, about, words, _rules())
    renderer = Renderer(layout.templates, words)
    files = rendering.pages(renderer, plan.pages)
    spec = site.specification(plan, about, {locale: labels.gettext for locale, labels in words.items()})
    return Prepared(
        loaded=loaded,
        diagnostics=diagnostics,
        spec=spec,
        render=partial(_standalone, renderer, about.source_locale),
        links=site.neutral_links(plan, spec),
        files={
            f"assets/codeglot/index.{locale}.json": resolve.browser_index(loaded.corrected, locale)
            for locale in about.locales
        },
        written=write.write_tree(layout.docs, files),
    )


def build(layout: Layout, site_url: str = "") -> Outcome:
    """Make the whole site in ``layout.site``; the old one stays until the new one is complete."""
    prepared = prepare(layout, site_url)
    built = site.build(
        prepared.spec,
        layout.site,
        docs=layout.docs,
        templates=layout.templates,
        config=layout.mkdocs,
        render=prepared.render,
        links=prepared.links,
        files=prepared.files,
        site_url=site_url,
    )
    return Outcome(prepared, built)


def serve(layout: Layout, port: int, say: Callable[[str], None], site_url: str = "") -> None:
    """Build, show the site on this machine, and build again whenever a source or a template changes."""
    address = site_url or f"http://127.0.0.1:{port}/"
    site.serve(
        partial(build, layout, address),
        layout.site,
        watch=(layout.source, layout.templates),
        ignore=(layout.docs,),
        say=say,
        port=port,
        base=site.theme.base_path(address),
    )


def _standalone(renderer: Renderer, locale: Locale, name: str, **values: object) -> str:
    return renderer.html(name, locale, **values)


def _site_info(settings: Settings, site_url: str) -> pages.SiteInfo:
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


def _rules() -> tuple[pages.RuleInfo, ...]:
    return tuple(
        pages.RuleInfo(rule.id, rule.name, rule.severity, rule.precision, rule.summary, rule.docs)
        for rule in rules.RULES
    )
