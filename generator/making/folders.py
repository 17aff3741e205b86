"""The folders that a build writes to, with what is known of the files in them."""

import os
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Self

from generator import crew, kept
from generator.kept import Kept
from generator.layout import Layout
from generator.making.values import Made
from generator.site import place
from generator.site.tree import Filed, Listing, Tree

_Files = dict[str, Filed]


class Places(NamedTuple):
    """Where a build writes, and what is kept."""

    kept: Kept
    docs: Path
    site: Path

    @classmethod
    def of(cls, layout: Layout, keep: Kept) -> Self:
        """The folders of ``layout``; both have to be held."""
        return cls(keep, layout.docs, layout.site.resolve())

    def listing(self, folder: Path) -> Listing:
        """What a build has noted of the files in a folder."""
        return (self.kept.get("files", _identity(folder), _Files) or {}) if folder.is_dir() else {}


def changed(places: Places) -> tuple[frozenset[str], frozenset[str]]:
    """The files in the folder of Markdown and in that of the site that are not any more as a build has left them."""
    docs, site = (_not_as_they_were(folder, places.listing(folder)) for folder in (places.docs, places.site))
    return docs, site


class Folders:
    """The folder of Markdown and that of the site."""

    def __init__(self, places: Places, changed: Callable[[], tuple[frozenset[str], frozenset[str]]]) -> None:
        """``changed`` gives what the function of this name does, of the folders as they are now."""
        self.kept, self.docs, self.site = places
        self._listing = places.listing
        self._changed = changed
        self._spare = place.spare_of(self.site)

    @cached_property
    def _listed(self) -> Mapping[Path, Listing]:
        return {folder: self._listing(folder) for folder in (self.docs, self.site, self._spare)}

    @cached_property
    def markdown(self) -> Listing:
        """The files in the folder of Markdown that are as a build has left them."""
        return _without(self._listed[self.docs], self._changed()[0])

    @cached_property
    def _standing(self) -> Listing:
        return _without(self._listed[self.site], self._changed()[1])

    def unchanged(self, stamp: bytes) -> Made | None:
        """The last build where it was made of the same and its files are all still there."""
        found = self.kept.get("whole", stamp, Made)
        if found is None or not self._listed[self.docs] or not self._listed[self.site]:
            return None
        return found if not any(self._changed()) else None

    @contextmanager
    def replacing(self) -> Iterator[Tree]:
        """A folder to make the new site in, which takes the old one's place in the end."""
        laid_by = self._listed[self._spare]
        if not laid_by:
            # Nobody knows what is in it.
            shutil.rmtree(self._spare, ignore_errors=True)
        with place.replacing(self.site, held=True, spare=True) as new:
            yield Tree(new, self._unspoiled(new, laid_by), self.site, self._standing)

    def _unspoiled(self, new: Path, laid_by: Listing) -> Listing:
        """What is in the folder for the new site: a file that was written to in place is another one in both folders."""
        listed = self._listed[self.site]
        if not listed:
            return _without(laid_by, _not_as_they_were(new, laid_by))
        spoiled = listed.keys() - self._standing.keys()
        return {path: filed for path, filed in laid_by.items() if path not in spoiled}

    def list_markdown(self, files: Mapping[str, Filed]) -> None:
        """Note what the folder of Markdown holds now."""
        self._list(self.docs, files)

    def list_site(self, files: Mapping[str, Filed]) -> None:
        """Note what the site holds now, and what of the one before is laid by as it was."""
        self._list(self.site, files)
        if self._spare.is_dir():
            self._list(self._spare, self._standing)

    def lay_by(self, files: Mapping[str, Filed]) -> None:
        """Where no site of before waits for the next build, have one wait, of the same files by hard links.

        Where the file system has no such links, the next build does without.
        """
        if self._spare.is_dir():
            return
        with place.laying_by(self.site) as folder:
            wanted = sorted(files)
            made = {os.path.dirname(path) for path in wanted}  # noqa: PTH120 - once for each file of a large site
            for name in sorted(made):
                os.makedirs(folder / name, exist_ok=True)  # noqa: PTH103 - as above
            size = len(wanted) // (4 * crew.jobs()) + 1
            pieces = [wanted[start : start + size] for start in range(0, len(wanted), size)]
            with crew.hired((self.site, folder), min(crew.jobs(), len(pieces))) as hands:
                if not all(hands.each(_linked, pieces)):
                    raise OSError
            self._list(folder, files)

    def _list(self, folder: Path, files: Mapping[str, Filed]) -> None:
        self.kept.put("files", _identity(folder), dict(files))


def _identity(folder: Path) -> bytes:
    """What a folder keeps when it is renamed."""
    status = folder.stat()
    return kept.digest(str(status.st_dev).encode(), str(status.st_ino).encode())


def _not_as_they_were(folder: Path, listing: Listing) -> frozenset[str]:
    """Of a folder's files those that are not as they were listed."""
    found = set()
    root = f"{folder}{os.sep}"
    for path, filed in listing.items():
        try:
            status = os.stat(root + path)  # noqa: PTH116 - once for each file of a large site
        except OSError:
            found.add(path)
            continue
        if (status.st_size, status.st_mtime_ns) != (filed.size, filed.changed):
            found.add(path)
    return frozenset(found)


def _without(listing: Listing, paths: Collection[str]) -> Listing:
    return {path: filed for path, filed in listing.items() if path not in paths} if paths else listing


def _linked(folders: tuple[Path, Path], paths: Sequence[str]) -> bool:
    """Have files of the first folder in the second, too; whether that could be done."""
    here, there = (f"{folder}{os.sep}" for folder in folders)
    try:
        for path in paths:
            os.link(here + path, there + path)
    except OSError:
        return False
    return True
