"""Tables in Markdown, limits beside what was measured, and what is kept of a benchmark in ``results/``."""

from collections.abc import Iterator, Mapping, Sequence
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


def keep(name: str, title: str, text: str, curves: Mapping[str, Sequence[tuple[float, float]]]) -> None:
    """Write ``text`` as the results of the benchmark ``name``, with a plot of ``curves``: pages and wall seconds."""
    FOLDER.mkdir(exist_ok=True)
    picture = f"\n![Seconds against pages]({name}.svg)\n" if curves else ""
    (FOLDER / f"{name}.md").write_text(f"# {title}\n\n{text}{picture}", encoding="utf-8")
    if curves:
        (FOLDER / f"{name}.svg").write_text(plot.svg(curves, "pages", "seconds"), encoding="utf-8")
