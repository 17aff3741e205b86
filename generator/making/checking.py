"""The first half of a build: documents parsed and judged, and MkDocs at work beside them."""

from collections.abc import Callable, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path

from msgspec import Struct

from generator import coverage, crew, glossary, kept, pages, pipeline, rules, site
from generator.diagnostics import Diagnostic
from generator.errors import CodeglotError
from generator.glossary import Glossary
from generator.kept import Kept
from generator.layout import Layout
from generator.making import frames, keys
from generator.making.values import Frames
from generator.model import Accounting, Document, ProductId
from generator.parse import parse
from generator.pipeline import Columns, Judged, Loaded
from generator.render import Renderer
from generator.sources import Source

_Diagnostics = tuple[Diagnostic, ...]


class Documents:
    """What stands in sources; what was parsed and counted before is remembered."""

    def __init__(self, keep: Kept) -> None:
        self._kept = keep
        self._known: dict[str, _Parsed] = {}

    def parsed(self, source: Source, columns: Columns) -> Document:
        """What stands in a source."""
        key = parsed_key(source, columns)
        found = self._kept.get("document", key, _Parsed)
        if found is None:
            document = parse(source, columns)
            found = _Parsed(document, coverage.counted(document))
            self._kept.put("document", key, found)
        self._known[source.path] = found
        return found.document

    def words(self, path: Path) -> Glossary:
        """What stands in a file of the field's words. Raises CodeglotError as :func:`generator.glossary.read` does."""
        key = _words_key(path)
        found = self._kept.get("glossary", key, Glossary)
        if found is None:
            found = glossary.read(path)
            if key == _words_key(path):
                self._kept.put("glossary", key, found)
        return found

    def counted(self, document: Document) -> Accounting:
        """Where its cells went; errata make of a document another one."""
        known = self._known.get(document.path)
        return known.accounting if known and known.document is document else coverage.counted(document)


class _Parsed(Struct, frozen=True, array_like=True):
    document: Document
    accounting: Accounting


def parsed_key(source: Source, columns: Columns) -> bytes:
    """The digest of everything that what stands in a source depends on."""
    return kept.digest(kept.version(), kept.of_value(source), kept.of_value(columns.get(source.locale, {})))


def _words_key(path: Path) -> bytes:
    return kept.digest(kept.version(), kept.of_files(path.parent, [path.name]))


class Work(Struct, frozen=True):
    """What is to be judged, and framed."""

    layout: Layout
    loaded: Loaded
    shelf: pages.Shelf
    """The catalog with an empty report."""
    spec: site.SiteSpec
    renderer: Renderer
    site_url: str
    kept: Kept
    inputs: keys.Inputs


def done(work: Work) -> tuple[Judged, Frames, bytes]:
    """The report, what MkDocs has made, and the key under which that is kept.

    Raises CodeglotError where a file beside the documents is wrong or MkDocs fails.
    """
    loaded, keep = work.loaded, work.kept
    judging = judging_keys(work)
    found = {product: keep.get("found", key, _Diagnostics) for product, key in judging.items()}
    frame_key = frames.key(work.layout, work.spec, work.site_url, work.inputs.templates, work.inputs.by_hand)
    framed = keep.get("frames", frame_key, Frames)
    wanted: list[ProductId | None] = [product for product, known in found.items() if known is None]
    if framed is None:
        # First, for it takes longest.
        wanted.insert(0, None)
    alone = framed is not None and len(wanted) <= crew.FEW
    with crew.hired(work, 1 if alone else min(crew.jobs(), len(wanted))) as hands:
        results = hands.each(_between_two if alone and not keep.holds else _one, wanted)
        between = rules.between_products(loaded.written, loaded.corrected, loaded.glossary, loaded.settings.declared)
        for product, result in zip(wanted, results, strict=True):
            if isinstance(result, Frames):
                framed = result
                keep.put("frames", frame_key, framed)
            elif product is not None:
                found[product] = result
                keep.put("found", judging[product], result)
    checked = rules.joined([*(one or () for one in found.values()), between])
    judged = pipeline.judge(loaded, pipeline.today(), checked=checked)
    return judged, framed or Frames({}, (), sound=False), frame_key


def judging_keys(work: Work) -> Mapping[ProductId, bytes]:
    """For each product the digest of everything that what rules find in it depends on."""
    documents = keys.documents(work.loaded.sources)
    return {
        product.id: kept.digest(work.inputs.judging, documents.get(product.id, b""))
        for product in work.loaded.corrected.products
    }


def _between_two(work: Work, product: ProductId) -> _Diagnostics:
    """What rules find in one product, asked by two processes."""
    loaded = work.loaded
    asked = loaded.written, loaded.corrected, product, loaded.glossary, loaded.settings.declared
    with closing(crew.Turns(rules.turns())) as turns, crew.beside(_last, (asked, turns)) as rest:
        return rules.of_product(*asked, turns.take, lambda: _told(rest))


def _last(about: tuple[rules.Asked, crew.Turns]) -> rules.Both:
    asked, turns = about
    return rules.last(asked, turns.take)


def _told(rest: Callable[[], rules.Both]) -> rules.Both:
    try:
        return rest()
    except CodeglotError:
        # The process was ended; whatever it was to do is done here.
        return {}, {}


def _one(work: Work, product: ProductId | None) -> _Diagnostics | Frames:
    loaded = work.loaded
    if product is not None:
        return rules.of_product(loaded.written, loaded.corrected, product, loaded.glossary, loaded.settings.declared)
    made = partial(frames.made, work.layout, work.spec, work.site_url, work.renderer)
    return made(frames.typical(work.shelf))
