"""A folder replaced as a whole: the old one stands until the new one is complete."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from generator.errors import CodeglotError

if sys.platform != "win32":
    import fcntl

MARKER: Final = ".codeglot-site"
"""The file that says that a folder was made here and may be replaced."""

_MARKER_TEXT: Final = "Made by codeglot. The next build replaces this folder with all that is in it.\n"
WORKSHOP: Final = ".codeglot"
"""The folder beside the target in which the new one is made."""


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give an empty folder to fill; when the block ends without an error it becomes ``target``, else it vanishes.

    A build that was killed between leaves nothing that matters: the next one puts the last good folder back or away.
    Raises CodeglotError where ``target`` holds something that was not made here, where another build is at it, or
    where the disk will not have it.
    """
    target = target.resolve()
    workshop = target.parent / WORKSHOP
    try:
        workshop.mkdir(parents=True, exist_ok=True)
        with _alone(workshop, target):
            new, old = workshop / f"{target.name}.new", workshop / f"{target.name}.old"
            _recover(target, new, old)
            _refuse_foreign(target)
            new.mkdir()
            try:
                mark(new)
                yield new
                _swap(target, new, old)
            finally:
                shutil.rmtree(new, ignore_errors=True)
    except OSError as error:
        raise CodeglotError(
            f"cannot be written: {error.strerror or error}", path=str(error.filename or target)
        ) from error
    finally:
        with suppress(OSError):
            workshop.rmdir()


def mark(folder: Path) -> None:
    """Say in ``folder`` that it was made here and may be replaced."""
    (folder / MARKER).write_text(_MARKER_TEXT, encoding="utf-8")


def _refuse_foreign(target: Path) -> None:
    if target.is_dir() and ((target / MARKER).is_file() or not any(target.iterdir())):
        return
    if target.exists() or target.is_symlink():
        raise CodeglotError(
            f"{target} was not made by codeglot and will not be replaced",
            hint="name another folder with --site, or remove this one yourself",
        )


def _recover(target: Path, new: Path, old: Path) -> None:
    """Put right what a killed build left: ``old`` is the last good folder unless ``target`` stands again."""
    if old.exists():
        if target.exists():
            shutil.rmtree(old)
        else:
            old.rename(target)
    if new.exists():
        shutil.rmtree(new)


def _swap(target: Path, new: Path, old: Path) -> None:
    if not target.exists():
        new.rename(target)
        return
    target.rename(old)
    try:
        new.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _alone(workshop: Path, target: Path) -> Iterator[None]:
    """Keep a second build of the same folder away; the system frees the lock of a process that was killed."""
    if sys.platform == "win32":  # Two builds at once are the user's to avoid there.
        yield
        return
    lock = os.open(workshop, os.O_RDONLY)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CodeglotError(
                f"another build is writing {target}", hint="wait until it ends, then build again"
            ) from error
        yield
    finally:
        os.close(lock)
