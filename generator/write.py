"""Text into a folder: only what changed, each file whole or not at all, and nothing removed that is not ours."""

import contextlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from generator.errors import CodeglotError

MANIFEST: Final = ".codeglot-manifest.json"
"""The list of the files written here, by which the next run knows its own."""

_STAGE: Final = ".codeglot-new"
"""The folder in which new files are laid out before they are put in place."""


@dataclass(frozen=True)
class Written:
    """What a run did: sorted paths relative to the folder, with forward slashes."""

    created: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]


def write_tree(folder: Path, files: Mapping[str, str | bytes], manifest: str = MANIFEST) -> Written:
    """Make ``folder`` hold ``files``, and none of those that an earlier run wrote and this one does not want.

    ``files`` maps paths relative to ``folder``, with forward slashes, to text (written as UTF-8) or bytes. A file is
    replaced in one step, and one that already reads as wanted is not touched. Raises CodeglotError, before anything
    is changed, where a path leads out of ``folder`` or a file that no run wrote stands in the way.
    """
    wanted = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
    _check(folder, [*wanted, manifest])
    ours = _read_manifest(folder / manifest) if (folder / manifest).exists() else frozenset()
    created, changed, unchanged = [], [], []
    try:
        for path, data in sorted(wanted.items()):
            target = folder / path
            if not os.path.lexists(target):
                created.append(path)
            elif target.is_file() and target.read_bytes() == data:
                unchanged.append(path)
            elif path in ours and target.is_file():
                changed.append(path)
            else:
                raise CodeglotError(
                    "stands where a page must be written, and was not written by codeglot",
                    path=str(target),
                    hint="move it away or give it another name",
                )
        with _staged(folder, [(path, wanted[path]) for path in (*created, *changed)]) as staged:
            # An interrupted run must find its own files again, so they are listed before they are put in place.
            _write_manifest(folder / manifest, {*ours, *wanted})
            removed = [path for path in sorted(ours - wanted.keys()) if _remove(folder, path)]
            for path, laid_out in staged:
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                laid_out.replace(folder / path)
            _write_manifest(folder / manifest, wanted)
    except OSError as error:
        raise CodeglotError(
            f"cannot be written: {error.strerror or error}", path=str(error.filename or folder)
        ) from error
    return Written(tuple(created), tuple(changed), tuple(unchanged), tuple(removed))


def write_file(path: Path, text: str) -> None:
    """Make ``path`` hold ``text`` as UTF-8, whole or not at all; a link is followed, and a device or pipe written to.

    Raises CodeglotError where it cannot be written; what was there is then still there.
    """
    target = path.resolve()
    beside = target.with_name(f".{target.name}{_STAGE}")
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(text.encode())
            return
        try:
            beside.write_bytes(text.encode())
            if target.exists():
                shutil.copymode(target, beside)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise CodeglotError(f"cannot be written: {error.strerror or error}", path=str(path)) from error


@contextlib.contextmanager
def _staged(folder: Path, files: Iterable[tuple[str, bytes]]) -> Iterator[list[tuple[str, Path]]]:
    """Each file's path with where its content is laid out, all of it, so that a disk that fills up costs no page."""
    stage = folder / _STAGE
    # A run that was killed may have left one.
    shutil.rmtree(stage, ignore_errors=True)
    try:
        stage.mkdir(parents=True)
        staged = []
        for number, (path, data) in enumerate(files):
            laid_out = stage / str(number)
            laid_out.write_bytes(data)
            staged.append((path, laid_out))
        yield staged
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _check(folder: Path, paths: Iterable[str]) -> None:
    root = folder.resolve()
    seen: dict[str, str] = {}
    for path in paths:
        if not _inside(root, path):
            raise CodeglotError(f"{path!r} leads out of the folder", path=str(folder))
        twin = seen.setdefault(path.casefold(), path)
        if twin != path:
            raise CodeglotError(f"{twin} and {path} are one file where case does not count", path=str(folder))


def _inside(root: Path, path: str) -> bool:
    """Whether ``path`` names something below ``root`` on every system, following links."""
    pure = PurePosixPath(path)
    if not path or pure.is_absolute() or any(part in ("..", ".") for part in path.split("/")):
        return False
    if any(sign in path for sign in "\\:\0"):
        return False
    return (root / pure).parent.resolve().is_relative_to(root)


def _read_manifest(path: Path) -> frozenset[str]:
    try:
        listed = json.loads(path.read_bytes())["files"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CodeglotError(
            "is no list of written files", path=str(path), hint="delete it, and the pages beside it, and build again"
        ) from error
    return frozenset(one for one in listed if isinstance(one, str) and _inside(path.parent.resolve(), one))


def _write_manifest(path: Path, files: Iterable[str]) -> None:
    data = json.dumps({"files": sorted(files)}, ensure_ascii=False, indent=1) + "\n"
    if path.is_file() and path.read_bytes() == data.encode():
        return
    beside = path.parent / _STAGE / "manifest"
    beside.write_bytes(data.encode())
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
