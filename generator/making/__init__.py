"""One build of a site: what can be kept is kept, the rest is made by as many processes as there are processors.

The unit is a product: what is made of one depends on its own documents and on little else, which :mod:`.keys` spells
out. Processes make whole products; what is about the site as a whole is put together of what they give.
"""

from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path

import msgspec

from generator import crew, pipeline, planning, site, write
from generator.kept import Kept
from generator.layout import Layout
from generator.making import ahead, joining, keys, parting, selection
from generator.making.begun import begin
from generator.making.folders import Folders, Places, changed
from generator.making.made import told
from generator.making.part import NOTHING, Givens
from generator.making.parting import MadePart
from generator.making.parts import Parts
from generator.making.values import Made
from generator.site import place

__all__ = ["Made", "MadePart", "build", "build_part"]


def build(
    layout: Layout,
    site_url: str = "",
    say: site.Say = site.silent,
    clock: site.Clock | None = None,
    keep: Kept | None = None,
    parts: Sequence[Path] = (),
) -> Made:
    """Make the whole site in ``layout.site``; the old one stays until the new one is complete.

    No other build gets at either folder meanwhile; ``say`` is told of what an interrupted one has left. ``keep`` is what
    builds of this site have kept, where a process builds repeatedly. What is in ``parts``, files of :func:`build_part` that
    have to hold the whole site between them, is not made again. Raises CodeglotError, leaving the site as it was, where
    there is nothing to build, a permalink would be lost, a page cannot be built, two things have one address, a folder
    holds something that was not made here, or a part will not do.
    """
    clock = clock or site.Clock()
    keep = keep or Kept(place.kept_of(layout.site.resolve()))
    keep.begin()
    address = _address(layout, site_url, keep)
    given = joining.given(layout, address, parts) if parts else NOTHING
    with site.alone(layout.site, say), write.alone(layout.docs):
        places = Places.of(layout, keep)
        with crew.beside(changed, places, fork=not keep.holds) as looked:
            folders = Folders(places, looked)
            with clock("look"):
                inputs = keys.inputs(layout, address)
                stamp = keys.whole(layout, inputs, pipeline.today())
                found = folders.unchanged(stamp)
            if found is not None:
                found = msgspec.structs.replace(found, changed=False, remade=())
            else:
                given.put_into(keep)
                found = _built(layout, address, folders, inputs, given, say, clock)
                keep.put("whole", stamp, found)
                keep.sweep()
    return msgspec.structs.replace(found, seconds=clock.seconds, steps=tuple(clock.steps))


def build_part(
    layout: Layout, selected: str, into: Path | None = None, site_url: str = "", clock: site.Clock | None = None
) -> MadePart:
    """Make the part of the site that ``selected`` says, as a person types it, into one file for :func:`build`.

    The file is ``into``, by default one named by the selection in a folder beside the site. Neither the site nor the
    Markdown is touched. Raises CodeglotError, leaving the file as it was, where the selection is none, the file cannot lie
    there, or the site could not be built.
    """
    clock = clock or site.Clock()
    chosen = selection.read(selected, layout.source)
    target = selection.place(layout, chosen, into)
    keep = Kept(place.kept_of(layout.site.resolve()))
    address = _address(layout, site_url, keep)
    with clock("look"):
        inputs = keys.inputs(layout, address)
        stamp = joining.stamp(layout, inputs, address)
    with parting.room() as room:
        begun = begin(layout, address, keep, inputs, clock, room)
        with clock("pages"):
            made = parting.write(begun, chosen, stamp, target, room, clock)
    return msgspec.structs.replace(made, seconds=clock.seconds, steps=tuple(clock.steps))


def _address(layout: Layout, site_url: str, keep: Kept) -> str:
    """The address of the site's root, with its slash; CodeglotError where it is none."""
    if site_url:
        address = f"{site_url.rstrip('/')}/"
        site.theme.base_path(address)
        return address
    # Asking MkDocs, which has to be loaded for it, takes longer than finding out that nothing has changed.
    key = keys.addressed(layout)
    known = keep.get("address", key, str) if key else None
    if known is not None:
        return known
    address = site.declared_site_url(layout.mkdocs)
    if key and key == keys.addressed(layout):
        keep.put("address", key, address)
    return address


def _built(
    layout: Layout,
    site_url: str,
    folders: Folders,
    inputs: keys.Inputs,
    given: Givens,
    say: site.Say,
    clock: site.Clock,
) -> Made:
    begun = begin(layout, site_url, folders.kept, inputs, clock)
    loaded, judged, about, words = begun.work.loaded, begun.judged, begun.shelf.site, begun.words
    report = cache(partial(pipeline.as_json, loaded, judged))
    with ahead.made(begun, layout, report) as answered, write.staging(layout.docs) as stage:
        with folders.replacing() as tree:
            bench = begun.bench(tree, stage, folders.markdown, given)
            parts = Parts(bench, layout, begun.framed, begun.frame_key)
            with clock("pages"):
                parts.make_pages(clock, answered)
            addresses = planning.Paths.of(layout.source, begun.became, begun.shelf, parts.own)
            with clock("links"):
                parts.make_links(addresses)
            parts.hold_permalinks(addresses)
            written = stage.settle(parts.docs)
            if written.repaired:
                say(f"a build was interrupted while it wrote the pages in {layout.docs}; they are whole again")
            folders.list_markdown(parts.docs)
            if not parts.framed.sound:
                with clock("mkdocs"):
                    parts.make_whole()
            with clock("site"):
                parts.make_site(about, words, report())
            tree.without(parts.files)
        folders.list_site(parts.files)
    with clock("spare"):
        folders.lay_by(parts.files)
    return told(loaded, judged, parts, words, folders.site)
