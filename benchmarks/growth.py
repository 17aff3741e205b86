"""How the time to parse and check grows with the text: rows of ordinary tables, and text made to be slow.

Prints processor seconds for a text and for one ten times as long, and their ratio in the same run: near 10 is linear,
near 100 quadratic. Small figures are noise; read the ratio only where the longer text takes a while.
"""

import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import trains

from generator import pipeline
from generator.model import EditionId, Locale, ProductId
from generator.parse import parse
from generator.sources import Source

LENGTH = 100_000
"""Characters of the longer text that is made to be slow."""

ROWS = 10_000
"""Rows of the longer ordinary table, and codes of the longer report."""

PIECES = (
    *("|", "<", "[", "![", "`", "\\", "*", "_", "&", "~", "#", "> ", "- ", "\n|", "|\n", "|-", "1,", "1-"),
    *("<a", "<!", "<!--", "</", "<?", "<![", "<a x='", '<a "', "<td>", "<table>", "</table>", "<b>", "<script>"),
    *("<table>\n\n# h\n\n", "<!--</table>", "<table><tr><td>1</td></tr></table>\n", "a|b\n-|-\n", "[a](", "``` \n"),
)

FRAMES = {
    "bare": "{}",
    "pipe": "| Code | Name |\n|---|---|\n| 1 | {} |\n",
    "html": "<table><tr><th>Code</th><th>Name</th></tr>\n<tr><td>1</td><td>{}</td></tr></table>\n",
    "open": "<table><tr><td>{}",
}


def main() -> int:
    """Print the table, the steepest growth first."""
    measured = sorted(_measured(), key=lambda row: -row[3])
    print(f"{'text':<44} {'1x s':>8} {'10x s':>8} {'ratio':>7}")
    for name, short, long, ratio in measured:
        if long >= 0.05 or name.startswith(("table", "check")):
            print(f"{name:<44} {short:>8.3f} {long:>8.3f} {ratio:>7.1f}")
    print(f"({len(measured)} texts; those that take less than 0.05 s at ten times the length are left out)")
    return 0


def _measured() -> Iterator[tuple[str, float, float, float]]:
    yield _check()
    for name, make in (("table, pipe", _pipe), ("table, HTML", _html)):
        yield _row(name, make(ROWS // 10), make(ROWS))
    for frame, around in FRAMES.items():
        for piece in PIECES:
            if frame == "pipe" and "\n" in piece:
                continue
            texts = [around.replace("{}", piece * (length // len(piece))) for length in (LENGTH // 10, LENGTH)]
            yield _row(f"{piece!r} in {frame}", *texts)


def _check() -> tuple[str, float, float, float]:
    """All rules over documents in three locales."""
    seconds = []
    # A first, small report pays for what is made once a process: expressions, locale data.
    for rows in (ROWS // 100, ROWS // 10, ROWS):
        with tempfile.TemporaryDirectory() as folder:
            trains.write(Path(folder), rows)
            start = time.process_time()
            pipeline.judge(pipeline.load(Path(folder)), date(2000, 1, 1))
            seconds.append(time.process_time() - start)
    return f"check, {ROWS:,} codes in three locales", seconds[1], seconds[2], seconds[2] / seconds[1]


def _row(name: str, short: str, long: str) -> tuple[str, float, float, float]:
    # Once each: a second run would find its cells remembered.
    seconds = [_seconds(text) for text in (short, long)]
    return name, seconds[0], seconds[1], seconds[1] / max(seconds[0], 1e-4)


def _seconds(text: str) -> float:
    source = Source(ProductId("p"), EditionId("e"), Locale("en"), "p/en.md", "", text)
    start = time.process_time()
    parse(source, {})
    return time.process_time() - start


def _cells(rows: int) -> Iterable[tuple[str, str, str]]:
    return (
        (f"ACME_NAME_OF_{number}", str(number), f"What {number} means, in `a few` words.") for number in range(rows)
    )


def _pipe(rows: int) -> str:
    return "| Name | Code | Description |\n|---|---|---|\n" + "".join(
        f"| {' | '.join(row)} |\n" for row in _cells(rows)
    )


def _html(rows: int) -> str:
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>\n" for row in _cells(rows))
    return f"<table><tr><th>Name</th><th>Code</th><th>Description</th></tr>\n{body}</table>\n"


if __name__ == "__main__":
    sys.exit(main())
