"""A folder of many files, made anew from the folder that stands: what is the same in both is not written twice."""

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from generator.errors import CodeglotError, naming
from generator.kept import digest

T = TypeVar("T")


class Filed(Struct, frozen=True, array_like=True):
    """A file as it was written."""

    digest: bytes
    size: int
    changed: int
    """When it was last written to, in nanoseconds since 1970, as the file system says."""


Listing = Mapping[str, Filed]
"""Files by their paths below a folder, with forward slashes."""


class Tree:
    """A folder that is being made.

    ``here`` lists what is in it already. Files of ``standing``, which is listed too, are taken over as they are by hard
    links: neither folder's files may ever be written to in place.
    """

    def __init__(self, root: Path, here: Listing, standing: Path, stands: Listing) -> None:
        self.root = root
        self._root = f"{root}{os.sep}"
        self._here = here
        self._standing = f"{standing}{os.sep}"
        self._stands = stands

    def has(self, path: str, content: bytes) -> Filed | None:
        """The file at ``path`` whose content has the digest ``content``, from wherever it can be had without writing."""
        found = self._here.get(path)
        if found is not None and found.digest == content:
            return found
        found = self._stands.get(path)
        if found is None or found.digest != content:
            return None
        target = self._root + path
        try:
            if path in self._here:
                os.unlink(target)  # noqa: PTH108 - once for each file of a large site
            _in_folder(target, lambda: os.link(self._standing + path, target))
        except OSError:
            return None
        return found

    def has_all(self, files: Iterable[tuple[str, Filed]]) -> bool:
        """Whether all those files can be had without writing, as :meth:`has` gets them; the first that cannot ends it."""
        here = self._here
        for path, filed in files:
            found = here.get(path)
            # Asked of every file of a large site; nearly all are here already.
            if (found is None or found.digest != filed.digest) and self.has(path, filed.digest) is None:
                return False
        return True

    def put(self, path: str, data: bytes) -> Filed:
        """Have the file at ``path`` hold ``data``.

        Raises OSError where the disk will not have it, and CodeglotError where it would lie elsewhere.
        """
        if "\0" in path or (".." in path and ".." in path.split("/")):
            raise CodeglotError(f"{path!r} leads out of the site")
        content = digest(data)
        found = self.has(path, content)
        if found is not None:
            return found
        target = self._root + path
        if path in self._here or os.path.lexists(target):
            with suppress(FileNotFoundError):
                os.unlink(target)  # noqa: PTH108 - as above
        handle = _in_folder(target, lambda: os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        try:
            with naming(target):
                written = memoryview(data)
                while written:
                    written = written[os.write(handle, written) :]
                status = os.fstat(handle)
        finally:
            os.close(handle)
        return Filed(content, status.st_size, status.st_mtime_ns)

    def without(self, wanted: Iterable[str]) -> None:
        """Remove every listed file that is not ``wanted``, and the folders that leaves empty."""
        for path in self._here.keys() - set(wanted):
            target = Path(self._root + path)
            target.unlink(missing_ok=True)
            for folder in target.parents:
                if folder == self.root:
                    break
                try:
                    folder.rmdir()
                except OSError:
                    break


def _in_folder(path: str, make: Callable[[], T]) -> T:
    """What ``make`` gives, for which the folder of ``path`` has to be there."""
    try:
        return make()
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120 - once for each folder of a large site
        return make()
