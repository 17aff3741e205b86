"""The pages of codes whose rows have changed, shown at once, while all that depends on the rows is still to be made."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from generator import pages, site
from generator.errors import CodeglotError
from generator.kept import Kept
from generator.layout import Layout
from generator.making import frames, keys
from generator.making.begun import Read, read
from generator.making.values import Frames
from generator.meanings import CodeMeanings
from generator.pages import Page
from generator.site import place, shells

_MOST: Final = 8
"""Codes; where more have changed, the next build shows them all."""


class Glimpse:
    """The site of one layout, as it was read last."""

    def __init__(self, layout: Layout, site_url: str, keep: Kept) -> None:
        """``keep`` is what builds of the site have kept."""
        self._layout = layout
        self._site_url = site_url
        self._kept = keep
        self._before: Read | None = None

    def show(self) -> bool:
        """Put the pages of the codes that have changed in the place of those that stand; whether any is another now.

        Nothing is said on them of what rules find. The next build finds that they are not as it left them, and makes them
        again with everything else. What is wrong with the sources is left for it to say.
        """
        before = self._before
        try:
            now = self._before = read(self._layout, self._site_url, self._kept)
            codes = _changed(before, now) if before else []
            if not 0 < len(codes) <= _MOST:
                return False
            with site.alone(self._layout.site, site.silent):
                return self._show(now, codes)
        except (CodeglotError, OSError):
            return False

    def _show(self, now: Read, codes: list[CodeMeanings]) -> bool:
        layout, folder = self._layout, self._layout.site.resolve()
        inputs = keys.inputs(layout, self._site_url)
        framed = self._kept.get(
            "frames", frames.key(layout, now.spec, self._site_url, inputs.templates, inputs.by_hand), Frames
        )
        found = frames.shells_of(framed) if framed else None
        if not found:
            return False
        alone = shells.alone(found)
        shown = False
        with place.room(folder) as room:
            for page in _pages(now, codes):
                if shells.kind(page, alone) in found:
                    body = now.renderer.body(page)
                    path, text = shells.filled(page, body, found, alone, now.spec, self._site_url)
                    shown |= _replace(folder / path, text.encode(), room / "page")
        if shown:
            # Browsers look at the folder.
            os.utime(folder)
        return shown


def _changed(before: Read, now: Read) -> list[CodeMeanings]:
    known = before.shelf.by_slug
    return [
        code for place, code in now.shelf.by_slug.items() if place in known and known[place].meanings != code.meanings
    ]


def _pages(now: Read, codes: list[CodeMeanings]) -> Iterator[Page]:
    for code in codes:
        yield from pages.of_code(now.shelf, code)


def _replace(path: Path, data: bytes, beside: Path) -> bool:
    """Have a page that stands read otherwise, in one step by way of ``beside``; whether it did.

    Never written to in place: the site before may have the same file.
    """
    if not path.is_file() or path.read_bytes() == data:
        return False
    beside.write_bytes(data)
    beside.replace(path)
    return True
