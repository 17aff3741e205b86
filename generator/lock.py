"""One process at a time: what it holds, and what tells the next one that it was killed."""

import errno
import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from msgspec import Struct

if sys.platform != "win32":
    import fcntl

_NO_LOCKS: Final = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EINVAL})
"""What a file system says that knows no locks, as some network folders do not."""

_LONGEST: Final = 4096


class Holder(Struct, frozen=True):
    """Who holds a lock, or held it when it was killed; what is not known is 0 or empty."""

    process: int = 0
    host: str = ""
    begun: str = ""
    """As :meth:`datetime.isoformat` has it, in UTC."""

    def __str__(self) -> str:
        if not self.process:
            return "a process that is not known"
        return f"process {self.process} on {self.host}, begun {self.begun}"


class HeldError(Exception):
    """Another process has the lock."""

    def __init__(self, holder: Holder) -> None:
        super().__init__(str(holder))
        self.holder = holder


@contextmanager
def alone(lock: Path) -> Iterator[Holder | None]:
    """Hold the file ``lock``, made with its folder where they are missing and taken away at the end.

    Gives who held it without taking it away: a process that was killed, or None. The system frees the lock of such a
    process. Where a file system knows no locks, whether the process named in the file lives must do, for processes of
    this machine; Windows keeps nobody out. Raises HeldError, and OSError where the file cannot be made.
    """
    held, left = _taken(lock)
    try:
        yield left
    finally:
        # While the lock is still held, so that nobody else can be in there.
        with suppress(OSError):
            lock.unlink()
        _leave(lock.parent)
        os.close(held)


def _taken(lock: Path) -> tuple[int, Holder | None]:
    """The lock, held, and who was killed with it."""
    while True:
        with suppress(FileExistsError):
            lock.parent.mkdir(parents=True)
        try:
            held = os.open(lock, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
        except FileNotFoundError:
            if lock.parent.is_symlink():
                raise
            continue  # A build that just ended took the folder away.
        except OSError:
            _leave(lock.parent)
            raise
        try:
            left = _claimed(held)
        except BaseException:
            os.close(held)
            raise
        if same(held, lock):
            try:
                _write(held)
            except BaseException:
                lock.unlink()
                _leave(lock.parent)
                os.close(held)
                raise
            return held, left
        os.close(held)


def _leave(folder: Path) -> None:
    """Take a folder away where nothing is in it."""
    with suppress(OSError):
        folder.rmdir()


def _claimed(held: int) -> Holder | None:
    """Take the lock of an open file; gives what stands in it. Raises HeldError where somebody has it."""
    got, left = locked(held), _read(held)
    if got is False or (got is None and left and _lives(left)):
        raise HeldError(left or Holder())
    return left


def locked(file: int, *, wait: bool = False) -> bool | None:
    """Whether an open file or folder is this process's alone until it is closed; None where there are no locks for it.

    ``wait`` waits until it is. The system frees the lock of a process that was killed.
    """
    if sys.platform == "win32":
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno in _NO_LOCKS:
            return None
        raise
    return True


def same(held: int, path: Path) -> bool:
    """Whether ``path`` still is the file that was opened: who had it before may have taken it away since."""
    try:
        return os.path.samestat(os.fstat(held), path.stat())
    except FileNotFoundError:
        return False


def _read(held: int) -> Holder | None:
    """Who wrote the file; None where nobody has, a Holder of nothing where a process was killed at that."""
    text = os.pread(held, _LONGEST, 0) if sys.platform != "win32" else b""
    if not text:
        return None
    try:
        found = json.loads(text)
        return Holder(int(found["process"]), str(found["host"]), str(found["begun"]))
    except (ValueError, KeyError, TypeError):
        return Holder()


def _write(held: int) -> None:
    begun = datetime.now(UTC).isoformat(timespec="seconds")
    record = {"process": os.getpid(), "host": socket.gethostname(), "begun": begun}
    os.ftruncate(held, 0)
    os.write(held, json.dumps(record).encode())


def _lives(holder: Holder) -> bool:
    """Whether the process may still be there; one of another machine is taken to be."""
    if sys.platform == "win32" or not holder.process:  # There, asking a process whether it lives ends it.
        return False
    if holder.host != socket.gethostname():
        return True
    try:
        os.kill(holder.process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    return True
