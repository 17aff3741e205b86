"""One command measured with all processes that it starts: time, memory, and what it has written."""

import os
import statistics
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
SAMPLE_SECONDS = 0.02
"""Between two looks at the memory, at least."""
LOOKING = 0.02
"""The share of one processor that looking at the memory may take: it is long for large processes, and holds them up."""
MEBIBYTE = 1024 * 1024
_NOT_USUAL = frozenset({"PYTHONDONTWRITEBYTECODE", "PYTHONPROFILEIMPORTTIME", "PYTHONDEVMODE"})
"""What would make every program compile its modules each time it starts, as nobody's does."""


class Run(NamedTuple):
    """One run of one command: wall and processor seconds, peak bytes (0 where the system does not tell).

    The memory is that of the whole tree at one moment (proportional set size, so that shared pages count once; sampled,
    so that a shorter peak may be missed).
    """

    wall: float
    cpu: float
    peak: int


class Weight(NamedTuple):
    """A site as it was written: HTML pages, files, and the bytes of all files."""

    pages: int
    files: int
    size: int


def run(command: Sequence[str], folder: Path = ROOT, variables: Mapping[str, str] | None = None) -> Run:
    """Run ``command`` in ``folder``, with ``variables`` added to its environment; ends the program if it fails."""
    before = os.times()
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={name: value for name, value in os.environ.items() if name not in _NOT_USUAL} | dict(variables or {}),
    )
    watch = _Watch(process.pid)
    watch.start()
    _, errors = process.communicate()
    wall = time.perf_counter() - start
    peak = watch.finish()
    after = os.times()
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{errors}")
    cpu = (after.children_user - before.children_user) + (after.children_system - before.children_system)
    return Run(wall, cpu, peak)


def together(runs: Sequence[Run]) -> Run:
    """Several runs one after another as one."""
    return Run(sum(one.wall for one in runs), sum(one.cpu for one in runs), max(one.peak for one in runs))


def median(runs: Sequence[Run]) -> Run:
    """The median of each figure."""
    wall, cpu, peak = (statistics.median(one) for one in zip(*runs, strict=True))
    return Run(wall, cpu, round(peak))


def weigh(site: Path) -> Weight:
    """What stands in ``site``."""
    sizes = [(path.suffix, path.stat().st_size) for path in site.rglob("*") if path.is_file()]
    return Weight(sum(suffix == ".html" for suffix, _ in sizes), len(sizes), sum(size for _, size in sizes))


class _Watch(threading.Thread):
    """Samples the memory of a process and its descendants until told to finish."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._over = threading.Event()
        self._peak = 0

    def run(self) -> None:
        pause = SAMPLE_SECONDS
        while not self._over.wait(pause):
            start = time.thread_time()
            self._peak = max(self._peak, sum(_resident(pid) for pid in _tree(self._pid)))
            pause = max(SAMPLE_SECONDS, (time.thread_time() - start) / LOOKING)

    def finish(self) -> int:
        """Stop sampling; returns the highest sum seen, in bytes."""
        self._over.set()
        self.join()
        return self._peak


def _tree(pid: int) -> list[int]:
    found, queue = [pid], [pid]
    while queue:
        try:
            tasks = list(Path(f"/proc/{queue.pop()}/task").iterdir())
            below = [int(word) for task in tasks for word in (task / "children").read_text().split()]
        except OSError:
            continue
        found += below
        queue += below
    return found


def _resident(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
