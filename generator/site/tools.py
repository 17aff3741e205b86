"""The program a build runs: MkDocs, once for each locale."""

import errno
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import Final

from generator.errors import CodeglotError

_GUARDED: Final = """\
import os, runpy, sys, threading
def end():
    while os.read(0, 1):
        pass
    os._exit(1)
threading.Thread(target=end, daemon=True).start()
sys.argv = sys.argv[1:]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""
"""Runs a module that ends as soon as the program that started it does, even where that one was killed."""

_MACHINE: Final = tuple(
    getattr(errno, name) for name in ("ENOSPC", "EDQUOT", "EIO", "EMFILE", "ENFILE", "ENOMEM", "EROFS", "EACCES")
)

_TELLING: Final = ("ERROR", "WARNING", "Error:", "Aborted", "error:")


def mkdocs(configurations: Iterable[tuple[str, Path]]) -> None:
    """Build every named configuration, side by side; what is broken off leaves none of them running.

    Raises CodeglotError with what MkDocs said where one fails; strict, so a warning is a failure. ``-q`` would hide
    the warnings from the exit code.
    """
    waiting = tuple(configurations)
    running = _Running()
    with ThreadPoolExecutor(max_workers=_workers(len(waiting))) as pool:
        try:
            results = list(pool.map(lambda item: _run_mkdocs(item[1], running), waiting))
        except BaseException:
            running.end()
            raise
    for (name, _), result in zip(waiting, results, strict=True):
        if result.returncode != 0:
            raise CodeglotError(f"MkDocs could not build {name}:\n{_said(result)}", hint=_hint(result))


class _Running:
    """Programs that are running."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._ended = False
        self._programs: list[subprocess.Popen[str]] = []

    def add(self, program: "subprocess.Popen[str]") -> None:
        """Note a program that has been started; it is ended where all have been."""
        with self._lock:
            self._programs.append(program)
            if self._ended:
                program.kill()

    def end(self) -> None:
        """End all of them, and those that are still to be added."""
        with self._lock:
            self._ended = True
            for program in self._programs:
                program.kill()


def _workers(count: int) -> int:
    # One more than there are processors: with three locales on two, nobody waits for a third round. Each takes some
    # 100 MB, so not all at once whatever their number.
    return max(1, min(count, (os.cpu_count() or 1) + 1))


def _run_mkdocs(configuration: Path, running: _Running) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", _GUARDED, "mkdocs", "build", "--strict", "--config-file", str(configuration)]
    return _run(
        command, configuration.parent, {"PYTHONHASHSEED": "0", "NO_COLOR": "1", "NO_MKDOCS_2_WARNING": "1"}, running
    )


def _run(
    command: list[str], folder: Path, variables: Mapping[str, str], running: _Running
) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONIOENCODING": "utf-8", **variables}
    try:
        with subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        ) as program:
            running.add(program)
            # Not communicate(), which would close its input at once.
            said = program.stdout.read() if program.stdout else ""
            return subprocess.CompletedProcess(command, program.wait(), said)
    except OSError as error:
        raise CodeglotError(f"cannot be run: {error.strerror}", path=command[0]) from error


def _hint(result: "subprocess.CompletedProcess[str]") -> str:
    if any(f"[Errno {number}]" in result.stdout for number in _MACHINE):
        return "that is a fault of the machine, not of the pages: mend it, then build again; the last site stands as it was"
    if result.returncode < 0:
        return "something ended it, as a system short of memory does; build again; the last site stands as it was"
    return "the pages are made from the sources: unless the machine is at fault, report this as a bug"


def _said(result: "subprocess.CompletedProcess[str]") -> str:
    """The lines that tell what went wrong, indented; the last ones where none says so."""
    lines = [line.rstrip() for line in result.stdout.splitlines() if line.strip()]
    telling = [line for line in lines if any(word in line for word in _TELLING)]
    return "\n".join(f"  {line}" for line in (telling[:20] or lines[-12:] or [f"exit code {result.returncode}"]))
