"""How long Codeglot takes on the documents of this repository and on much larger ones, and how much memory.

Every figure is that of a whole process with all its children: wall seconds, processor seconds, and the peak of the
memory the tree held at one moment (proportional set size, so that shared pages count once; sampled, so a shorter peak
may be missed). The commands take turns in one run, because machines drift; read the ratios, not the seconds.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import results
import trains
from measuring import MEBIBYTE, Run, median, run

PYTHON = sys.executable
ROWS = 10_000
"""Codes of the largest report."""


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
                took = run(contestant.command)
                if number:
                    runs[contestant.name].append(took)
                print(f"  round {number}  {contestant.name:<40} {took.wall:6.2f} s", file=sys.stderr)
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


def _print(contestants: Sequence[Contestant], runs: dict[str, list[Run]]) -> None:
    base = median(runs[contestants[0].name]).wall
    print(f"{results.machine()}; {len(runs[contestants[0].name])} rounds, medians")
    print(f"{'':<40} {'wall s':>8} {'limit':>6} {'CPU s':>8} {'peak MiB':>9} {'limit':>6} {'to import':>10}")
    for name, _, seconds, mebibytes in contestants:
        wall, cpu, peak = median(runs[name])
        print(
            f"{name:<40} {wall:>8.2f} {seconds or '':>6} {cpu:>8.2f} {peak / MEBIBYTE:>9.0f} {mebibytes or '':>6} {wall / base:>9.1f}x"
        )


if __name__ == "__main__":
    sys.exit(main())
