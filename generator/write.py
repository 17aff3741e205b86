"""Text into a folder: only what changed, each file whole or not at all, and nothing removed that is not ours."""

import contextlib
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from generator import lock
from generator.errors import CodeglotError, naming, unwritable

MANIFEST: Final = ".codeglot-manifest.json"
"""The list of the files written here, by which the next run knows its own."""

_STAGE: Final = ".codeglot-new"
"""The folder in which new files are laid out before they are put in place."""

_NEW: Final = os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)

_LONGEST_NAME: Final = 200
"""Bytes of a file's name to which something can be added; file systems take 255."""


@dataclass(frozen=True)
class Written:
    """What a run did: sorted paths relative to the folder, with forward slashes."""

    created: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    repaired: bool = False
    """Whether an earlier run was killed while it wrote: the folder may have held files of two runs until this one."""


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep ``folder``, made where it is missing, from others that ask for it by this function, so long as it is in use.

    Raises CodeglotError where another process has it or it cannot be made. Windows and file systems without locks keep
    nobody out.
    """
    if sys.platform == "win32":
        yield
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise unwritable(error, folder) from error
    try:
        if lock.locked(held) is False:
            raise CodeglotError(
                f"another build is writing the pages in {folder}", hint="wait until it ends, then build again"
            )
        yield
    finally:
        os.close(held)


def write_tree(folder: Path, files: Mapping[str, str | bytes], manifest: str = MANIFEST) -> Written:
    """Make ``folder`` hold ``files``, and none of those that an earlier run wrote and this one does not want.

    ``files`` maps paths relative to ``folder``, with forward slashes, to text (written as UTF-8) or bytes. A file is
    replaced in one step, and one that already reads as wanted is not touched. Raises CodeglotError, before anything
    is changed, where a path leads out of ``folder`` or a file that no run wrote stands in the way.
    """
    wanted = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
    _check(folder, [*wanted, manifest], {})
    with staging(folder, manifest) as stage:
        for path, data in wanted.items():
            target = folder / path
            if not target.is_file() or target.read_bytes() != data:
                with naming(target):
                    stage.place(path).write_bytes(data)
        return stage.settle(wanted)


class Stage:
    """Where new files of a folder are laid out, all of them, before any is put in place: a full disk costs no page."""

    def __init__(self, folder: Path, manifest: str, *, repaired: bool) -> None:
        self.folder = folder
        self._manifest = folder / manifest
        self._repaired = repaired

    def place(self, path: str) -> Path:
        """Where the new content of the file at ``path`` has to be written."""
        return self.folder / _STAGE / _digest(path)

    def settle(self, wanted: Iterable[str]) -> Written:
        """Make the folder hold the files at ``wanted``: those laid out, and for the rest those that are there.

        Raises CodeglotError, before anything is changed, where a path leads out of the folder or a file that no run
        wrote stands in the way of one laid out.
        """
        folder, listed = self.folder, sorted(set(wanted))
        known: dict[str, bool] = {}
        told = _named(self._manifest) if self._manifest.exists() else frozenset()
        root = folder.resolve()
        ours = frozenset(one for one in told if _inside(root, one, known))
        if not ours.issuperset(listed):
            _check(folder, [*listed, self._manifest.name], known)
        laid_out = frozenset(os.listdir(folder / _STAGE))  # noqa: PTH208 - names are enough
        created, changed, unchanged = [], [], []
        for path in listed:
            if not laid_out or _digest(path) not in laid_out:
                unchanged.append(path)
                continue
            target = folder / path
            if not os.path.lexists(target):
                created.append(path)
            elif path in ours and target.is_file():
                changed.append(path)
            else:
                raise CodeglotError(
                    "stands where a page must be written, and was not written by codeglot",
                    path=str(target),
                    hint="move it away or give it another name",
                )
        try:
            # An interrupted run must find its own files again, so they are listed before they are put in place.
            if not told.issuperset(listed) or not self._manifest.exists():
                _write_manifest(self._manifest, {*ours, *listed})
            removed = [path for path in sorted(ours.difference(listed)) if _remove(folder, path)]
            for path in (*created, *changed):
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                self.place(path).replace(folder / path)
            _write_manifest(self._manifest, listed)
        except OSError as error:
            raise unwritable(error, error.filename or folder) from error
        return Written(tuple(created), tuple(changed), tuple(unchanged), tuple(removed), self._repaired)


@contextlib.contextmanager
def staging(folder: Path, manifest: str = MANIFEST) -> Iterator[Stage]:
    """A stage for ``folder``; what is laid out and not settled in the end is thrown away.

    Raises CodeglotError where the disk will not have it.
    """
    stage = folder / _STAGE
    repaired = os.path.lexists(stage)
    try:
        # A run that was killed may have left one.
        shutil.rmtree(stage, ignore_errors=True)
        try:
            stage.mkdir(parents=True)
            yield Stage(folder, manifest, repaired=repaired)
        finally:
            shutil.rmtree(stage, ignore_errors=True)
    except OSError as error:
        raise unwritable(error, error.filename or folder) from error


def write_file(path: Path, text: str, *, root: Path | None = None) -> bool:
    """Make ``path`` hold ``text`` as UTF-8, whole or not at all; a link is followed, and a device or pipe written to.

    With ``root`` the file has to lie below it, and not only by a link, as others may have put that there. Gives whether
    an earlier run was killed while it wrote there, of which nothing is left. Raises CodeglotError where it cannot be
    written; what was there is then still there.
    """
    target, data = path.resolve(), text.encode()
    if root is not None and not target.is_relative_to(root.resolve()):
        raise CodeglotError(f"is a link that leads out of {root}", path=str(path), hint="put the file itself there")
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(data)
            return False
        with _beside(target) as (beside, stream, killed):
            stream.write(data)
            _settle(stream)
            if target.exists():
                shutil.copymode(target, beside)
            beside.replace(target)
            return killed
    except OSError as error:
        raise unwritable(error, path, "what was there is unchanged" if path.exists() else "") from error


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A stream of bytes that is the file at ``path`` when the block ends without an error; else that is as it was.

    Raises CodeglotError where it cannot be written.
    """
    target = path.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _beside(target) as (beside, stream, _), naming(target):
            yield stream
            _settle(stream)
            beside.replace(target)
    except OSError as error:
        raise unwritable(error, path, "what was there is unchanged" if path.exists() else "") from error


@contextlib.contextmanager
def _beside(target: Path) -> Iterator[tuple[Path, BinaryIO, bool]]:
    """A new file beside ``target`` that nobody else writes to, open, and whether a killed process has left one there.

    It is gone in the end, unless it has been put in the place of ``target``.
    """
    name = target.name if len(os.fsencode(target.name)) <= _LONGEST_NAME else _digest(target.name)
    beside = target.with_name(f".{name}{_STAGE}")
    while True:
        try:
            held, found = os.open(beside, _NEW | os.O_EXCL, 0o666), False
        except FileExistsError:
            try:
                held, found = os.open(beside, _NEW, 0o666), True
            except FileNotFoundError:
                continue
        with os.fdopen(held, "wb") as stream:
            lock.locked(held, wait=True)
            if not lock.same(held, beside):
                continue
            os.ftruncate(held, 0)
            try:
                yield beside, stream, found
            finally:
                if lock.same(held, beside):
                    beside.unlink()
            return


def _settle(stream: BinaryIO) -> None:
    """Have the disk take what was written, so that a loss of power cannot leave an empty file under a good name."""
    stream.flush()
    os.fsync(stream.fileno())


def _digest(name: str) -> str:
    return hashlib.sha256(os.fsencode(name)).hexdigest()


def _check(folder: Path, paths: Iterable[str], known: dict[str, bool]) -> None:
    """``known`` has of folders that were asked for whether they lie inside."""
    root = folder.resolve()
    seen: dict[str, str] = {}
    for path in paths:
        if not _inside(root, path, known):
            raise CodeglotError(f"{path!r} leads out of the folder", path=str(folder))
        twin = seen.setdefault(path.casefold(), path)
        if twin != path:
            raise CodeglotError(f"{twin} and {path} are one file where case does not count", path=str(folder))


def _inside(root: Path, path: str, known: dict[str, bool]) -> bool:
    """Whether ``path`` names something below ``root`` on every system, following links; ``known`` has folders asked for."""
    # Once for each page, so that of a folder everything is asked once.
    folder, _, name = path.rpartition("/")
    if folder not in known:
        known[folder] = (
            _harmless(folder)
            and not any(part in ("..", ".") for part in folder.split("/"))
            and (root / folder).resolve().is_relative_to(root)
        )
    return known[folder] and path[:1] not in ("", "/") and name not in ("..", ".") and _harmless(name)


def _harmless(name: str) -> bool:
    return "\\" not in name and ":" not in name and "\0" not in name


def listed(folder: Path, manifest: str = MANIFEST) -> frozenset[str]:
    """The paths of the files in ``folder`` that a run says it wrote; for looking, not for writing by them.

    Raises CodeglotError where their list cannot be read.
    """
    return _named(folder / manifest) if (folder / manifest).exists() else frozenset()


def _named(path: Path) -> frozenset[str]:
    try:
        return frozenset(one for one in json.loads(path.read_bytes())["files"] if isinstance(one, str))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CodeglotError(
            "is no list of written files", path=str(path), hint="delete it, and the pages beside it, and build again"
        ) from error


def _write_manifest(path: Path, files: Iterable[str]) -> None:
    data = json.dumps({"files": sorted(files)}, ensure_ascii=False, indent=1) + "\n"
    if path.is_file() and path.read_bytes() == data.encode():
        return
    beside = path.parent / _STAGE / "manifest"
    with naming(path), beside.open("wb") as stream:
        stream.write(data.encode())
        _settle(stream)
    beside.replace(path)


def _remove(folder: Path, path: str) -> bool:
    """Remove a file of ours and the folders it leaves empty; whether there was one."""
    target = folder / path
    if not target.is_file() and not target.is_symlink():
        return False
    target.unlink()
    for parent in target.relative_to(folder).parents:
        if parent == Path():
            break
        with contextlib.suppress(OSError):
            (folder / parent).rmdir()
    return True
