"""Errors meant for people: what is wrong, where, and what to do."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from generator.text import harmless


class CodeglotError(Exception):
    """A condition the person at the keyboard can mend; the command line prints it and exits with 2.

    ``path``, ``line`` and ``column`` say where it is (empty and 0 where there is no such place); ``hint`` says what
    to do.
    """

    def __init__(self, message: str, *, path: str = "", line: int = 0, column: int = 0, hint: str = "") -> None:
        """Keep the parts, so that a report can set them out."""
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.column = column
        self.hint = hint

    def __str__(self) -> str:
        """The error as ``path:line:column: message``, with the hint on a line of its own."""
        place = ":".join([self.path, *(str(number) for number in (self.line, self.column) if number)])
        text = f"{place}: {self.message}" if self.path else self.message
        # Messages quote documents and declarations.
        return harmless(f"{text}\n  hint: {self.hint}" if self.hint else text)


_REMEDIES: Final = {
    errno.ENOSPC: "make room on the disk, then run it again",
    errno.EDQUOT: "make room within the quota, then run it again",
    errno.EFBIG: "the limit on the size of files (ulimit -f) is too low",
    errno.EROFS: "the file system is read-only: name another place, or mount it for writing",
    errno.EACCES: "name another place, or have its owner let you write there",
    errno.EPERM: "name another place, or have its owner let you write there",
    errno.EMFILE: "let programs have more files open (ulimit -n), then run it again",
    errno.ENFILE: "too many files are open on this machine: try again later",
    errno.ENAMETOOLONG: "name a place with a shorter path",
    errno.ENOTDIR: "a file stands where a folder is needed: move it away, or name another place",
    errno.EEXIST: "a file stands where a folder is needed: move it away, or name another place",
    errno.EISDIR: "a folder stands where a file is needed: move it away, or name another place",
    errno.ENOENT: "make the folder that it lies in, or name another place",
    errno.EXDEV: "it lies on two file systems: name a place on one",
    errno.EBUSY: "something else has it in use, or it is a mount point: name another place",
    errno.EIO: "the disk may be failing: look at the system's log",
}


def unwritable(error: OSError, place: object, unharmed: str = "") -> CodeglotError:
    """What the system said when ``place`` could not be written, with what to do; ``unharmed`` says what is not lost."""
    reason = error.strerror or str(error) or type(error).__name__
    return CodeglotError(
        f"cannot be written: {reason}{f'; {unharmed}' if unharmed else ''}",
        path=str(place),
        hint=_REMEDIES.get(error.errno or 0, ""),
    )


@contextmanager
def naming(path: object) -> Iterator[None]:
    """Have an error of the system that names no file, as when a disk fills up amid one, name ``path``."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = str(path)
        raise
