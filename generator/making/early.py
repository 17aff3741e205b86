"""The pages of no product, planned by a process that reads everything for itself, beside the one that makes the rest.

What the report says stands on hundreds of pages; after a small change they take as long as the product that has changed.
A process that is forked when all is read has to copy what it looks at, which takes longer than to read it once more.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from generator import crew, kept, pipeline, site
from generator.errors import CodeglotError
from generator.kept import Kept
from generator.layout import Layout
from generator.making import keys
from generator.making.begun import Begun, begin
from generator.making.checking import TooMuchError
from generator.making.part import NOTHING
from generator.making.share import Ready, prepared
from generator.site.tree import Tree
from generator.write import MANIFEST, Stage


class Asked(NamedTuple):
    """The site whose pages are wanted, and what builds of it have kept."""

    layout: Layout
    site_url: str
    kept: Kept
    inputs: keys.Inputs


class Planned(NamedTuple):
    """The pages of no product, and what they are made of."""

    seen: bytes
    locales: tuple[tuple[Ready, ...], ...]
    report: tuple[str, Mapping[str, object]]
    """The report as JSON, and its schema."""


Answer = Callable[[], Planned | None]


@contextmanager
def planning(asked: Asked) -> Iterator[Answer]:
    """Have the pages planned, where a processor has nothing else to do; what is given waits for them."""
    if not crew.idle() or asked.kept.holds:
        yield lambda: None
        return
    with crew.beside(_planned, asked) as answer:
        yield answer


def answered(answer: Answer, begun: Begun) -> Planned | None:
    """The pages, where they are made of the same as ``begun``; nothing where whoever planned them was ended."""
    try:
        found = answer()
    except CodeglotError:
        return None
    return found if found is not None and found.seen == _seen(begun) else None


def _planned(asked: Asked) -> Planned | None:
    layout, keep = asked.layout, asked.kept
    if not keep.has("frames"):
        return None
    try:
        begun = begin(layout, asked.site_url, keep, asked.inputs, site.Clock(), most=crew.FEW)
    except (TooMuchError, CodeglotError, OSError):
        # Whoever asked comes upon the same, and says so.
        return None
    # Nothing is written.
    bench = begun.bench(
        Tree(layout.site, {}, layout.site, {}), Stage(layout.docs, MANIFEST, repaired=False), {}, NOTHING
    )
    locales = tuple(tuple(prepared(bench, locale)) for locale in bench.locales)
    return Planned(_seen(begun), locales, pipeline.as_json(begun.work.loaded, begun.judged))


def _seen(begun: Begun) -> bytes:
    """The digest of what the pages are made of."""
    documents = keys.documents(begun.work.loaded.sources)
    report = [(one.fingerprint, one.state, one.span.line) for one in begun.judged.diagnostics]
    return kept.digest(begun.known, *documents.values(), *begun.digests.values(), kept.of_value(report))
