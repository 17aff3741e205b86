"""A folder replaced as a whole: the old one stands until the new one is complete."""

import os
import secrets
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
    # A name of its own for each build: programs that outlive a killed one must not write into the next one's folder.
    new, old = workshop / f"{target.name}.{secrets.token_hex(4)}.new", workshop / f"{target.name}.old"
    try:
        with _alone(workshop, target):
            _recover(target, workshop, old)
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


def _recover(target: Path, workshop: Path, old: Path) -> None:
    """Put right what a killed build left: ``old`` is the last good folder unless ``target`` stands again."""
    if old.exists():
        if target.exists():
            shutil.rmtree(old)
        else:
            old.rename(target)
    for unfinished in workshop.glob("*.new"):
        # What a program of the killed build is still writing goes with the next build.
        shutil.rmtree(unfinished, ignore_errors=True)


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
    """Make the workshop, and keep a second build out of it; it goes when it is left empty.

    The system frees the lock of a process that was killed.
    """
    if sys.platform == "win32":  # Two builds at once are the user's to avoid there.
        workshop.mkdir(parents=True, exist_ok=True)
        lock = None
    else:
        lock = _locked(workshop)
        if lock is None:
            raise CodeglotError(f"another build is writing {target}", hint="wait until it ends, then build again")
    try:
        yield
    finally:
        # While the lock is still held, so that nobody else can be in there.
        with suppress(OSError):
            workshop.rmdir()
        if lock is not None:
            os.close(lock)


def _locked(workshop: Path) -> int | None:
    """The lock on ``workshop``, which is made where it is missing; None where another process has it."""
    while True:
        with suppress(FileExistsError):
            workshop.mkdir(parents=True)
        try:
            lock = os.open(workshop, os.O_RDONLY | os.O_DIRECTORY)
        except FileNotFoundError:
            if workshop.is_symlink():
                raise
            continue  # A build that just ended took it away.
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(lock), workshop.stat()):
                    return lock
        except BlockingIOError:
            os.close(lock)
            return None
        os.close(lock)
