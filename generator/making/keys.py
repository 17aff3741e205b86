"""What each thing that a build makes depends on, as digests: the same digest, the same bytes."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Final

from msgspec import Struct

from generator import baseline, kept, meanings, permalinks, suppressions
from generator.diagnostics import Diagnostic
from generator.layout import PARTS, SUFFIX, Layout
from generator.layout import glossary as brought_glossary
from generator.making import frames
from generator.model import IntegerCode, ProductId
from generator.pages import Shelf, seen
from generator.site.place import WORKSHOP
from generator.sources import Source

_ELSEWHERE: Final = (baseline.BASELINE_FILE, suppressions.SUPPRESSIONS_FILE, permalinks.PERMALINKS_FILE)
"""Files beside the documents that nothing is made of: they show in the diagnostics' states, or are held against addresses."""

_INHERITS: Final = re.compile(rb"INHERIT[\"']?\s*:")

_DECLARING: Final = (".toml", ".json", ".po")


class Inputs(Struct, frozen=True):
    """Everything a build is made of but the documents, each part as a digest."""

    declared: bytes
    """What stands beside the documents: declarations, errata, words."""
    held: bytes
    """What diagnostics and addresses are held against."""
    templates: bytes
    settings: bytes
    """``mkdocs.yml``, the site's address."""
    by_hand: bytes
    """What people put into the folder of Markdown."""

    @property
    def pages(self) -> bytes:
        """What every page is made of, whatever the documents say."""
        return kept.digest(kept.version(), self.declared, self.templates, self.settings)

    @property
    def judging(self) -> bytes:
        """What rules know besides the documents."""
        return kept.digest(kept.version(), self.declared)


def addressed(layout: Layout) -> bytes | None:
    """The digest of everything that the address in ``mkdocs.yml`` depends on; ``None`` where that cannot be said.

    Only variables of the environment that the file spells out can be in it, and no file that it does not inherit from.
    """
    try:
        text = layout.mkdocs.read_bytes()
    except OSError:
        return None
    if _INHERITS.search(text) or b"\\" in text:
        return None
    given = sorted((os.fsencode(name), os.fsencode(value)) for name, value in os.environ.items())
    return kept.digest(kept.version(), text, *(part for one in given if one[0] in text for part in one))


def inputs(layout: Layout, site_url: str) -> Inputs:
    """The inputs of a build as they are now."""
    beside = kept.below(layout.source, _apart(layout))
    names = [name for name in beside if name.endswith(_DECLARING) and name not in _ELSEWHERE]
    brought = brought_glossary()
    return Inputs(
        declared=kept.digest(kept.of_files(layout.source, sorted(names)), brought.read_bytes() if brought else b""),
        held=kept.of_files(layout.source, _ELSEWHERE),
        templates=kept.of_files(layout.templates),
        settings=kept.digest(kept.of_files(layout.mkdocs.parent, [layout.mkdocs.name]), site_url.encode()),
        by_hand=kept.of_files(layout.docs, sorted(frames.hand_written(layout.docs))),
    )


def whole(layout: Layout, inputs: Inputs, today: date) -> bytes:
    """The digest of everything that a build looks at."""
    return kept.digest(inputs.pages, inputs.held, written(layout, inputs), str(today).encode())


def written(layout: Layout, inputs: Inputs) -> bytes:
    """The digest of all that people wrote: what is among the documents, ``mkdocs.yml``, pages by hand."""
    everything = (name for name in kept.below(layout.source, _apart(layout)) if not _is_part(name))
    return kept.digest(
        kept.of_files(layout.source, sorted(everything)),
        kept.of_files(layout.mkdocs.parent, [layout.mkdocs.name]),
        inputs.by_hand,
    )


def _is_part(name: str) -> bool:
    """Whether a file among the documents is a part of the site, or one being written."""
    return name.startswith(f"{PARTS}/") and SUFFIX in name


def _apart(layout: Layout) -> tuple[Path, ...]:
    """Folders that may lie among the documents and are made of them."""
    return layout.docs, layout.site, layout.site.parent / WORKSHOP, layout.source / WORKSHOP


def documents(sources: Iterable[Source]) -> Mapping[ProductId, bytes]:
    """For each product the digest of its documents."""
    found: dict[ProductId, list[bytes]] = {}
    for source in sources:
        found.setdefault(source.product, []).append(kept.of_value(source))
    return {product: kept.digest(*digests) for product, digests in found.items()}


def shares(shelf: Shelf, read: Mapping[ProductId, bytes], pages: bytes) -> Mapping[ProductId, bytes]:
    """For each product the digest of all that its share is made of.

    That is its documents, what ``pages`` stands for, what was found in it with its places in the report, the codes of other
    products that are the same numbers, and the documents of other products that its diagnostics speak of.
    """
    found, elsewhere = _found(shelf, read), _elsewhere(shelf)
    return {
        product: kept.digest(
            pages,
            read.get(product, b""),
            kept.of_value(found.get(product, ())),
            kept.of_value(elsewhere.get(product, ())),
        )
        for product in shelf.codes
    }


def _found(shelf: Shelf, read: Mapping[ProductId, bytes]) -> Mapping[ProductId, list[object]]:
    ledger = shelf.ledger
    of_path = {document.path: document.product for document in shelf.catalog.documents}
    found: dict[ProductId, list[object]] = {}
    for place, one in enumerate(ledger.diagnostics):
        products = {one.product, *(other.product for other in one.explains)}
        told = one, ledger.anchors[place], ledger.reasons.get(one.fingerprint, "")
        spoken = sorted({of_path[path] for path in _paths(one) if path in of_path})
        for product in products:
            others = [read.get(other, b"") for other in spoken if other != product]
            found.setdefault(product, []).append((told, others))
    return found


def _paths(one: Diagnostic) -> Iterator[str]:
    yield one.span.path
    for related in one.related:
        yield related.span.path
    for other in one.explains:
        yield from _paths(other)


def _elsewhere(shelf: Shelf) -> Mapping[ProductId, list[object]]:
    """For each product what stands for all that is said of the numbers that other products have, too."""
    by_value: dict[int, list[meanings.CodeMeanings]] = {}
    for codes in shelf.codes.values():
        for code in codes:
            if isinstance(code.code, IntegerCode):
                by_value.setdefault(code.code.value, []).append(code)
    found: dict[ProductId, list[object]] = {}
    for same in by_value.values():
        if len(same) > 1:
            # Once for all of them: a number may be in every product.
            said = kept.of_value([seen.compared(code) for code in same])
            for code in same:
                found.setdefault(code.product.id, []).append(said)
    by_path = {code.path: code for codes in shelf.codes.values() for code in codes}
    for product, _, path in shelf.site.replaced:
        if path in by_path:
            found.setdefault(product, []).append((by_path[path].product.titles, by_path[path].meanings))
    return found
