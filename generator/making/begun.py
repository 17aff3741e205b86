"""A build of which everything is read, judged and planned, and nothing is written yet."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

import generator
from generator import kept, labels, pages, pipeline, planning, site
from generator.kept import Kept
from generator.labels import Labels
from generator.layout import Layout
from generator.layout import templates as own_templates
from generator.making import checking, frames, keys
from generator.making.checking import Work
from generator.making.part import Givens
from generator.making.share import Bench
from generator.making.values import Frames
from generator.model import Locale, ProductId
from generator.pipeline import Judged, Loaded
from generator.render import Renderer
from generator.site.tree import Listing, Tree
from generator.write import Stage

_TEMPLATE: Final = "template"


class Begun(Struct, frozen=True):
    """The first half of a build."""

    work: Work
    judged: Judged
    framed: Frames
    frame_key: bytes
    """That by which ``framed`` is kept."""
    shelf: pages.Shelf
    words: Mapping[Locale, Labels]
    became: planning.Became
    known: bytes
    """The digest of what every page is made of, whatever the documents say."""
    digests: Mapping[ProductId, bytes]
    """Of all that each product's share is made of."""

    def bench(self, tree: Tree, stage: Stage, written: Listing, given: Givens) -> Bench:
        """What to make the products with, in folders that are known."""
        work = self.work
        return Bench(
            shelf=self.shelf,
            settings=work.loaded.settings,
            glossary=work.loaded.glossary,
            renderer=work.renderer,
            spec=work.spec,
            site_url=work.site_url,
            codes=self.became.codes,
            rules=pipeline.rule_infos(),
            shell=frames.shells_of(self.framed),
            tree=tree,
            stage=stage,
            written=written,
            keep=work.kept,
            known=self.known,
            digests=self.digests,
            given=given,
        )


class Read(Struct, frozen=True):
    """What stands in the sources, of which nothing is judged."""

    loaded: Loaded
    became: planning.Became
    words: Mapping[Locale, Labels]
    shelf: pages.Shelf
    """The catalog with an empty report."""
    renderer: Renderer
    spec: site.SiteSpec


class _Templates:
    """Codeglot's own templates as compiled, kept beside its modules as compiled: whoever can write there owns the program.

    What lies beside documents or sites may come from anybody, and what is compiled is run.
    """

    def __init__(self) -> None:
        self._kept = Kept(Path(generator.__file__).parent / "__pycache__" / "templates")

    def get(self, key: str) -> bytes | None:
        found, version = self._kept.encoded(_TEMPLATE, _key(key)), kept.version()
        return found[len(version) :] if found and found.startswith(version) else None

    def put(self, key: str, data: bytes) -> None:
        if not sys.dont_write_bytecode:
            self._kept.take(_TEMPLATE, _key(key), kept.version() + data)


def _key(name: str) -> bytes:
    # One value for each template: the next version's takes the place of this one's.
    return kept.digest(name.encode())


def _compiled(templates: Path) -> _Templates | None:
    """Where compiled templates are kept; those that somebody else wrote are kept nowhere."""
    return _Templates() if templates == own_templates() else None


def read(layout: Layout, site_url: str, keep: Kept) -> Read:
    """Read everything. Raises CodeglotError where something is wrong with it or there is nothing to build."""
    documents = checking.Documents(keep)
    loaded = pipeline.load(layout.source, documents.parsed, documents.counted, documents.words)
    pipeline.demand_codes(loaded, layout.source)
    became = planning.became(layout.source, loaded.settings, loaded.corrected)
    words = {locale: labels.read(layout.templates, locale, layout.source) for locale in loaded.settings.locales}
    about = msgspec.structs.replace(
        pipeline.site_info(loaded.settings, site_url), tombstones=became.tombstones, replaced=became.replaced
    )
    shelf = pages.Shelf(loaded.corrected, pages.Ledger(loaded.written, (), {}), about, words)
    spec = site.specification(pages.frame(shelf), about, {locale: one.gettext for locale, one in words.items()})
    renderer = Renderer(layout.templates, words, _compiled(layout.templates))
    return Read(loaded, became, words, shelf, renderer, spec)


def begin(
    layout: Layout,
    site_url: str,
    keep: Kept,
    inputs: keys.Inputs,
    clock: site.Clock,
    room: Path | None = None,
) -> Begun:
    """Read, judge and plan everything.

    MkDocs works in ``room``, by default beside the site, which has to be held. Raises CodeglotError where something is
    wrong with the sources.
    """
    with clock("read"):
        found = read(layout, site_url, keep)
    loaded = found.loaded
    with clock("check"):
        elsewhere = layout if room is None else msgspec.structs.replace(layout, site=room / "site")
        work = checking.Work(elsewhere, loaded, found.shelf, found.spec, found.renderer, site_url, keep, inputs)
        judged, framed, frame_key = checking.done(work)
    with clock("plan"):
        shelf = found.shelf.reporting(pages.Ledger(loaded.written, judged.diagnostics, judged.reasons))
        known = kept.digest(inputs.pages, kept.of_value(framed.shells), b"sound" if framed.sound else b"")
        digests = keys.shares(shelf, keys.documents(loaded.sources), known)
    return Begun(work, judged, framed, frame_key, shelf, found.words, found.became, known, digests)
