"""How long Codeglot takes on the documents of this repository and on much larger ones, and how much memory.

Every figure is that of a whole process with all its children: wall seconds, processor seconds, and the peak of the
memory the tree held at one moment (proportional set size, so that shared pages count once; sampled, so a shorter peak
may be missed). The commands take turns in one run, because machines drift; read the ratios, not the seconds.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import trains

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
ROWS = 10_000
"""Codes of the largest report."""
SAMPLE_SECONDS = 0.02
MEBIBYTE = 1024 * 1024


class Run(NamedTuple):
    """One run of one command: wall and processor seconds, peak bytes (0 where the system does not tell)."""

    wall: float
    cpu: float
    peak: int


class Contestant(NamedTuple):
    """A command and the limit the project set itself for it, in seconds and MiB; 0 for none."""

    name: str
    command: tuple[str, ...]
    seconds: float = 0
    mebibytes: int = 0


def main() -> int:
    """Run all contestants in turn and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--rounds", type=int, default=3, help="how often each command runs after a warm-up (default: 3)"
    )
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        contestants = _contestants(Path(folder))
        runs: dict[str, list[Run]] = {contestant.name: [] for contestant in contestants}
        for number in range(rounds + 1):
            for contestant in contestants:
                run = _run(contestant.command)
                if number:
                    runs[contestant.name].append(run)
                print(f"  round {number}  {contestant.name:<40} {run.wall:6.2f} s", file=sys.stderr)
    _print(contestants, runs)
    return 0


def _contestants(folder: Path) -> tuple[Contestant, ...]:
    trains.write(folder / "trains", ROWS)
    codeglot = str(Path(PYTHON).with_name("codeglot"))
    return (
        Contestant("import only", (PYTHON, "-c", "import generator.cli")),
        Contestant("report of the originals", (codeglot, "check", "--exit-zero"), seconds=2),
        Contestant(
            f"report of {ROWS:,} codes in three locales",
            (codeglot, "check", "--exit-zero", "--source", str(folder / "trains")),
            seconds=20,
            mebibytes=1024,
        ),
        Contestant("build", (codeglot, "build", "--site", str(folder / "site")), seconds=15, mebibytes=400),
    )


def _run(command: Sequence[str]) -> Run:
    before = os.times()
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
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


class _Watch(threading.Thread):
    """Samples the memory of a process and its descendants until told to finish."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._over = threading.Event()
        self._peak = 0

    def run(self) -> None:
        while not self._over.wait(SAMPLE_SECONDS):
            self._peak = max(self._peak, sum(_resident(pid) for pid in _tree(self._pid)))

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


def _print(contestants: Sequence[Contestant], runs: dict[str, list[Run]]) -> None:
    base = statistics.median(run.wall for run in runs[contestants[0].name])
    print(
        f"{os.cpu_count()} processors, Python {sys.version.split()[0]}, {len(runs[contestants[0].name])} rounds, medians"
    )
    print(f"{'':<40} {'wall s':>8} {'limit':>6} {'CPU s':>8} {'peak MiB':>9} {'limit':>6} {'to import':>10}")
    for name, _, seconds, mebibytes in contestants:
        wall = statistics.median(run.wall for run in runs[name])
        cpu = statistics.median(run.cpu for run in runs[name])
        peak = statistics.median(run.peak for run in runs[name]) / MEBIBYTE
        print(
            f"{name:<40} {wall:>8.2f} {seconds or '':>6} {cpu:>8.2f} {peak:>9.0f} {mebibytes or '':>6} {wall / base:>9.1f}x"
        )


if __name__ == "__main__":
    sys.exit(main())
