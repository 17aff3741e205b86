"""Tables in Markdown, limits beside what was measured, the machine, and what is kept of a benchmark in ``results/``."""

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import plot

FOLDER: Final = Path(__file__).resolve().parent / "results"


def header(names: Sequence[str]) -> Iterator[str]:
    """The first two lines of a table; all columns but the first two hold figures."""
    yield row(*names)
    yield row(*("---" if at < 2 else "---:" for at in range(len(names))))


def row(*cells: str) -> str:
    """One line of a table."""
    return f"| {' | '.join(cells)} |"


def limit(what: str, measured: float, most: float) -> str:
    """One line of a table of limits: what was measured, the most it may be, and whether it is."""
    return row(what, f"{measured:.3g}", f"{most:g}", "holds" if measured <= most else "DOES NOT HOLD")


def machine() -> str:
    """The day, and the machine: processors, memory, where temporary files lie, and whether anything else has run."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    python = sys.version.split()[0]
    shape = f"{os.cpu_count()} processors, {memory:.0f} GiB, Python {python}, on {_file_system()}"
    return f"{datetime.now(tz=UTC):%Y-%m-%d}, {shape}, load {os.getloadavg()[2]:.1f} over the last 15 minutes"


def _file_system() -> str:
    """The kind of the file system on which everything is built; ``TMPDIR`` says on which."""
    mounts = Path("/proc/mounts")
    folder = Path(tempfile.gettempdir()).resolve()
    lines = mounts.read_text(encoding="utf-8").splitlines() if mounts.exists() else []
    found = [(len(at), kind) for _, at, kind, *_ in (line.split() for line in lines) if folder.is_relative_to(at)]
    return max(found)[1] if found else "an unknown file system"


def keep(name: str, title: str, text: str, curves: Mapping[str, Sequence[tuple[float, float]]]) -> None:
    """Write ``text`` as the results of the benchmark ``name``, with a plot of ``curves``: pages and wall seconds."""
    FOLDER.mkdir(exist_ok=True)
    picture = f"\n![Seconds against pages]({name}.svg)\n" if curves else ""
    (FOLDER / f"{name}.md").write_text(f"# {title}\n\n{text}{picture}", encoding="utf-8")
    if curves:
        (FOLDER / f"{name}.svg").write_text(plot.svg(curves, "pages", "seconds"), encoding="utf-8")
