"""The program a build runs: MkDocs, once for each locale."""

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from generator.errors import CodeglotError

_TELLING: Final = ("ERROR", "WARNING", "Error:", "Aborted", "error:")


def mkdocs(configurations: Iterable[tuple[str, Path]]) -> None:
    """Build every named configuration, side by side.

    Raises CodeglotError with what MkDocs said where one fails; strict, so a warning is a failure. ``-q`` would hide
    the warnings from the exit code.
    """
    waiting = tuple(configurations)
    with ThreadPoolExecutor(max_workers=_workers(len(waiting))) as pool:
        results = list(pool.map(lambda item: _run_mkdocs(item[1]), waiting))
    for (name, _), result in zip(waiting, results, strict=True):
        if result.returncode != 0:
            raise CodeglotError(
                f"MkDocs could not build {name}:\n{_said(result)}",
                hint="the pages are made from the sources: unless the machine is at fault, report this as a bug",
            )


def _workers(count: int) -> int:
    # One more than there are processors: with three locales on two, nobody waits for a third round. Each takes some
    # 100 MB, so not all at once whatever their number.
    return max(1, min(count, (os.cpu_count() or 1) + 1))


def _run_mkdocs(configuration: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(configuration)]
    return _run(command, configuration.parent, {"PYTHONHASHSEED": "0", "NO_COLOR": "1", "NO_MKDOCS_2_WARNING": "1"})


def _run(command: list[str], folder: Path, variables: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONIOENCODING": "utf-8"}
    for name, value in variables.items():
        if value:
            environment[name] = value
        else:
            environment.pop(name, None)
    try:
        return subprocess.run(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise CodeglotError(f"cannot be run: {error.strerror}", path=command[0]) from error


def _said(result: "subprocess.CompletedProcess[str]") -> str:
    """The lines that tell what went wrong, indented; the last ones where none says so."""
    lines = [line.rstrip() for line in result.stdout.splitlines() if line.strip()]
    telling = [line for line in lines if any(word in line for word in _TELLING)]
    return "\n".join(f"  {line}" for line in (telling[:20] or lines[-12:] or [f"exit code {result.returncode}"]))
