"""The first half of a build: documents parsed and judged, and MkDocs at work beside them."""

from collections.abc import Mapping
from functools import partial

from msgspec import Struct

from generator import crew, kept, pages, pipeline, rules, site
from generator.diagnostics import Diagnostic
from generator.kept import Kept
from generator.labels import Labels
from generator.layout import Layout
from generator.making import frames, keys
from generator.making.values import Frames
from generator.model import Document, Locale, ProductId
from generator.parse import parse
from generator.pipeline import Columns, Judged, Loaded
from generator.render import Renderer
from generator.sources import Source

_Diagnostics = tuple[Diagnostic, ...]


def parsed(keep: Kept, source: Source, columns: Columns) -> Document:
    """What stands in a source; what was parsed before is remembered."""
    key = kept.digest(kept.version(), kept.of_value(source), kept.of_value(columns.get(source.locale, {})))
    found = keep.get("document", key, Document)
    if found is None:
        found = parse(source, columns)
        keep.put("document", key, found)
    return found


class Work(Struct, frozen=True):
    """What is to be judged, and framed."""

    layout: Layout
    loaded: Loaded
    about: pages.SiteInfo
    words: Mapping[Locale, Labels]
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
    documents = keys.documents(loaded.sources)
    judging = {
        product.id: kept.digest(work.inputs.judging, documents.get(product.id, b""))
        for product in loaded.corrected.products
    }
    found = {product: keep.get("found", key, _Diagnostics) for product, key in judging.items()}
    frame_key = frames.key(work.layout, work.spec, work.site_url, work.inputs.templates)
    framed = keep.get("frames", frame_key, Frames)
    wanted: list[ProductId | None] = [product for product, known in found.items() if known is None]
    if framed is None:
        # First, for it takes longest.
        wanted.insert(0, None)
    with crew.hired(work, min(crew.jobs(), len(wanted))) as hands:
        results = hands.each(_one, wanted)
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


def _one(work: Work, product: ProductId | None) -> _Diagnostics | Frames:
    loaded = work.loaded
    if product is not None:
        return rules.of_product(loaded.written, loaded.corrected, product, loaded.glossary, loaded.settings.declared)
    shelf = pages.Shelf(loaded.corrected, pages.Ledger(loaded.written, (), {}), work.about, work.words)
    made = partial(frames.made, work.layout, work.spec, work.site_url, work.renderer)
    return made(frames.typical(shelf))
