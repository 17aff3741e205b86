"""Files that others wrote, read within bounds: whatever stands in a folder of sources, reading it ends."""

import os
import stat
from pathlib import Path
from typing import Final

from generator.errors import CodeglotError

MOST_OF_A_DOCUMENT: Final = 64 << 20
"""Bytes of a document: some 300,000 rows, which take a few GB to work with."""

MOST: Final = 256 << 20
"""Bytes of any other file."""


def read_file(path: Path, most: int = MOST, *, named: str = "", root: Path | None = None) -> bytes:
    """What ``path`` holds, in at most ``most`` bytes; errors call it ``named``.

    It has to lie below ``root``, by default the folder it stands in, and not only by a link.

    Raises OSError where the system does not let it be read, and CodeglotError where it is no file, lies elsewhere
    or is too large.
    """
    name = named or str(path)
    folder = path.parent if root is None else root
    if not path.resolve().is_relative_to(folder.resolve()):
        raise CodeglotError(f"is a link that leads out of {folder}", path=name, hint="put the file itself there")
    # Not to wait for somebody to write into a pipe.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise CodeglotError("is no file", path=name)
        data = file.read(most + 1)
    if len(data) > most:
        raise CodeglotError(
            f"is larger than {most >> 20} MB", path=name, hint="split it into several, or take out what is not needed"
        )
    return data
