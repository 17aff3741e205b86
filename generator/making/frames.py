"""What MkDocs makes of a site whose pages are filled in elsewhere: shells, assets, pages that people wrote."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from generator import kept, pages, pipeline, site
from generator.errors import CodeglotError
from generator.layout import Layout
from generator.making.values import Frames
from generator.meanings import CodeMeanings
from generator.model import EditionId, Locale
from generator.pages import Page
from generator.render import Renderer
from generator.site import SiteSpec, place, shell, shells
from generator.write import MANIFEST, listed


def key(layout: Layout, spec: SiteSpec, site_url: str, *inputs: bytes) -> bytes:
    """The digest of everything that MkDocs looks at, ``inputs`` among it, but for the generated pages."""
    theme = kept.of_files(layout.templates / "theme")
    return kept.digest(
        *inputs,
        theme,
        layout.mkdocs.read_bytes(),
        kept.of_value(spec),
        site_url.encode(),
    )


def hand_written(docs: Path) -> Iterator[str]:
    """The paths of the files in the folder of Markdown that people put there."""
    generated = listed(docs)
    for name in kept.below(docs):
        if name not in generated and not name.startswith(".") and "/." not in name:
            yield name


def typical(shelf: pages.Shelf) -> Iterator[Page]:
    """Pages of as many kinds as can be foreseen without planning all: of one code for each set of documents that list it."""
    for own in pages.of_site(shelf, pipeline.rule_infos()):
        yield from own
    for product, codes in shelf.codes.items():
        yield from (page for own in pages.around(shelf, product) for page in own)
        seen: set[frozenset[tuple[EditionId, Locale]]] = set()
        for code in codes:
            having = _having(code)
            if having not in seen:
                seen.add(having)
                yield from pages.of_code(shelf, code)


def _having(code: CodeMeanings) -> frozenset[tuple[EditionId, Locale]]:
    return frozenset((entry.edition, entry.locale) for entry in code.entries)


def made(layout: Layout, spec: SiteSpec, site_url: str, renderer: Renderer, planned: Iterable[Page]) -> Frames:
    """Have MkDocs make the shells for all kinds of ``planned`` pages, and what there is beside them.

    Raises CodeglotError where MkDocs fails.
    """
    casts = shells.casts(planned, spec)
    with place.room(layout.site) as room:
        docs, out = room / "docs", room / "site"
        docs.mkdir()
        out.mkdir()
        written = shells.lay_out(docs, layout.docs, listed(layout.docs) | {MANIFEST}, casts, renderer.file)
        try:
            site.framed(
                out, spec, docs=docs, templates=layout.templates, config=layout.mkdocs.resolve(), site_url=site_url
            )
        except CodeglotError:
            # A page that people wrote may speak of one that is not there.
            if not written:
                raise
            return Frames({}, (), sound=False)
        found = shells.taken_out(out, casts, spec, site_url)
        return Frames({} if found is None else _files(out), tuple((found or {}).items()), sound=found is not None)


def whole(layout: Layout, spec: SiteSpec, site_url: str) -> Mapping[str, bytes]:
    """Have MkDocs build every page in the folder of Markdown; the files by their paths."""
    with place.room(layout.site) as out:
        site.framed(
            out, spec, docs=layout.docs, templates=layout.templates, config=layout.mkdocs.resolve(), site_url=site_url
        )
        return _files(out)


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def shells_of(frames: Frames) -> Mapping[shell.Kind, shell.Shell] | None:
    """The shells; ``None`` where MkDocs has to build every page."""
    return dict(frames.shells) if frames.sound else None
