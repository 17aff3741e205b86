"""A folder replaced as a whole: the old one stands until the new one is complete, and then the new one does."""

import ctypes
import errno
import hashlib
import os
import secrets
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from generator import lock
from generator.errors import CodeglotError, unwritable

MARKER: Final = ".codeglot-site"
"""The file that says that a folder was made here and may be replaced."""

_MARKER_TEXT: Final = "Made by codeglot. The next build replaces this folder with all that is in it.\n"
WORKSHOP: Final = ".codeglot"
"""The folder beside the target in which the new one is made."""

Say = Callable[[str], object]
"""Takes a line for people."""

_LONGEST_NAME: Final = 200
"""Bytes of a folder's name to which something can be added; file systems take 255."""


def silent(_line: str) -> None:
    """Say nothing."""


@contextmanager
def replacing(target: Path, say: Say = silent, *, held: bool = False, spare: bool = False) -> Iterator[Path]:
    """Give a folder to fill; when the block ends without an error it becomes ``target``, else it vanishes.

    The folder is empty, but with ``spare`` it may be the one that was ``target`` before: the folder that gives its place
    to the new one is then laid by in place of that. What is in it may share its files with ``target`` by hard links, so
    none may be written to in place.

    On Linux, where its file system can, the two change places in one step; elsewhere there is no ``target`` for the
    moment between two renames, and the next build puts the last good folder back if this one is killed then. ``held``
    says that this is done within :func:`alone`. Raises CodeglotError where ``target`` holds something that was not
    made here, where another build is at it, or where the disk will not have it.
    """
    if not held:
        with alone(target, say), replacing(target, say, held=True, spare=spare) as new:
            yield new
        return
    target = target.resolve()
    # A name of its own for each build: programs that outlive a killed one must not write into the next one's folder.
    new = target.parent / WORKSHOP / f"{_stem(target)}.{secrets.token_hex(4)}.new"
    with _telling(target):
        try:
            if spare and spare_of(target).is_dir():
                spare_of(target).rename(new)
            else:
                new.mkdir()
            mark(new)
            yield new
            _swap(target, new)
            if spare and new.is_dir():
                shutil.rmtree(spare_of(target), ignore_errors=True)
                new.rename(spare_of(target))
        finally:
            shutil.rmtree(new, ignore_errors=True)


@contextmanager
def alone(target: Path, say: Say = silent) -> Iterator[None]:
    """Keep other builds from ``target``, having put right, and told, what one that was killed has left.

    Raises CodeglotError where ``target`` holds something that was not made here or cannot be replaced, or where another
    build is at it.
    """
    target = target.resolve()
    file = target.parent / WORKSHOP / f"{_stem(target)}.lock"
    with ExitStack() as stack:
        with _telling(target):
            try:
                killed = stack.enter_context(lock.alone(file))
            except lock.HeldError as error:
                raise CodeglotError(
                    f"another build is writing {target}: {error.holder}",
                    hint=f"wait until it ends, then build again; if there is none, delete {file}",
                ) from error
            _recover(target, killed, say)
            _refuse_foreign(target)
        yield


def spare_of(target: Path) -> Path:
    """Where the folder waits that was ``target`` before the one that is now."""
    return target.parent / WORKSHOP / f"{_stem(target)}.spare"


@contextmanager
def room(target: Path) -> Iterator[Path]:
    """An empty folder for whoever holds ``target``, which is gone in the end, if need be with the next build."""
    target = target.resolve()
    new = target.parent / WORKSHOP / f"{_stem(target)}.{secrets.token_hex(4)}.new"
    with _telling(target):
        try:
            new.mkdir()
            yield new
        finally:
            shutil.rmtree(new, ignore_errors=True)


@contextmanager
def laying_by(target: Path) -> Iterator[Path]:
    """Give an empty folder to fill, which is laid by for the next build if nothing is wrong; else it vanishes."""
    new = target.parent / WORKSHOP / f"{_stem(target)}.{secrets.token_hex(4)}.new"
    try:
        new.mkdir()
        yield new
        new.rename(spare_of(target))
    except OSError:
        # It only saves time.
        return
    finally:
        shutil.rmtree(new, ignore_errors=True)


def kept_of(target: Path) -> Path:
    """The folder for what builds of ``target`` keep for the next one."""
    return target.parent / WORKSHOP / f"{_stem(target)}.kept"


def mark(folder: Path) -> None:
    """Say in ``folder`` that it was made here and may be replaced."""
    if not (folder / MARKER).exists():
        (folder / MARKER).write_text(_MARKER_TEXT, encoding="utf-8")


@contextmanager
def _telling(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise unwritable(error, error.filename or target, "the last site stands as it was") from error


def _stem(target: Path) -> str:
    """What the names of all that is made for ``target`` begin with."""
    name = os.fsencode(target.name)
    return target.name if len(name) <= _LONGEST_NAME else hashlib.sha256(name).hexdigest()


def _old(target: Path) -> Path:
    """Where the old folder waits while the new one takes its place, where that takes two steps."""
    return target.parent / WORKSHOP / f"{_stem(target)}.old"


def _refuse_foreign(target: Path) -> None:
    if target.is_mount():
        raise CodeglotError(
            f"{target} is a file system of its own, so that no new site can take its place at once",
            hint=f"name a folder in it with --site, such as {target / 'site'}",
        )
    if target.is_dir() and ((target / MARKER).is_file() or not any(target.iterdir())):
        return
    if target.exists() or target.is_symlink():
        raise CodeglotError(
            f"{target} was not made by codeglot and will not be replaced",
            hint="name another folder with --site, or remove this one yourself",
        )


def _recover(target: Path, killed: lock.Holder | None, say: Say) -> None:
    """Put right what a killed build left: the folder laid by is the last good one unless ``target`` stands again."""
    old, did = _old(target), []
    if old.exists():
        if target.exists():
            shutil.rmtree(old)
            did.append("the site before it is removed")
        else:
            old.rename(target)
            did.append("the last good site is put back")
    unfinished = _unfinished(target)
    if unfinished:
        _clear(unfinished)
        did.append("what it left unfinished is removed")
    if did or killed:
        who = f" ({killed})" if killed and killed.process else ""
        stands = "the site is whole" if target.exists() else "there is no site yet"
        say(f"the last build of {target}{who} was interrupted; {', '.join([*did, stands])}")


def _unfinished(target: Path) -> list[Path]:
    start = f"{_stem(target)}."
    return [
        path
        for path in sorted((target.parent / WORKSHOP).glob("*.new"))
        if path.name.startswith(start) and len(path.name) == len(start) + len("01234567.new")
    ]


def _clear(folders: list[Path]) -> None:
    for folder in folders:
        # What a program of the killed build is still writing goes with the next build.
        shutil.rmtree(folder, ignore_errors=True)


def _swap(target: Path, new: Path) -> None:
    """Put ``new`` in the place of ``target``; where there was one, it is then in the place of ``new``."""
    if not target.exists():
        new.rename(target)
        return
    if _exchange(target, new):
        return
    old = _old(target)
    try:
        target.rename(old)
        new.rename(target)
    except BaseException:
        if not target.exists() and old.exists():
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Have two folders change places in one step, as renameat2(2) does; False where the system or the disk cannot."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    here, exchange = -100, 2
    if rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0:
        return True
    number = ctypes.get_errno()
    if number in {errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.EPERM}:
        return False
    raise OSError(number, os.strerror(number), str(one))
