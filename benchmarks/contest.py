"""The same catalog built by Codeglot, by stock MkDocs, by Zensical and by Hugo with Pagefind: who takes how long.

Every build is cold: all that an earlier one has made is deleted. Codeglot reads, checks and builds from the documents; the
others get the Markdown that it wrote. In each round all take their turn, because machines drift; read the ratios, not the
seconds. Then what Codeglot takes after one change.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import Final, NamedTuple

import catalogs
import competitors
import edits
import results
from measuring import Run, Weight, median, run, together, weigh

CODEGLOT: Final = "Codeglot"
SIZES: Final = (250, 1_000, 4_000)
OWN: Final = (250, 1_000, 3_333, 4_000, 10_000)
"""Codes. A third of 10,000 has a third of its pages, too."""
EDITS: Final = (4_000, 10_000)


class Built(NamedTuple):
    """One cold build: all of it, each part where there are several, and what it made."""

    whole: Run
    parts: dict[str, Run]
    weight: Weight


class Contest:
    """Runs the builds, in a folder of its own, and keeps what they took by size and name."""

    def __init__(
        self, folder: Path, own: Sequence[int], sizes: Sequence[int], rivals: Sequence[competitors.Competitor]
    ):
        self.builds: dict[int, dict[str, list[Built]]] = {size: {} for size in sorted({*own, *sizes})}
        self._folder, self._sizes, self._rivals = folder, sizes, rivals
        self._projects: dict[tuple[int, str], competitors.Project] = {}
        for size in self.builds:
            catalogs.write(folder / str(size) / "source", size)

    def take_turns(self, only: Sequence[int] | None = None, *, keep: bool = True) -> None:
        """One build of each size by everybody who takes part in it.

        Of the two sizes whose growth has a limit the smaller one is built before and after the larger, one right after
        another: a machine that others use, too, changes its pace within minutes.
        """
        order = [size for size in sorted(self.builds, key=self._alone_last) if not only or size in only]
        if order[-1] == _GROWTH[1]:
            order.append(_GROWTH[0])
        for size in order:
            kept = self.builds[size]
            for name, built in self._round(size):
                print(f"  {size:>6,} codes  {name:<32} {built.whole.wall:8.2f} s", file=sys.stderr, flush=True)
                if keep:
                    kept.setdefault(name, []).append(built)

    def _alone_last(self, size: int) -> tuple[bool, int]:
        return size not in self._sizes, size

    def _round(self, size: int) -> Iterator[tuple[str, Built]]:
        yield CODEGLOT, self._codeglot(size)
        if size in self._sizes:
            for rival in self._rivals:
                yield rival.name, self._rival(size, rival)

    def _codeglot(self, size: int) -> Built:
        # The whole project is new each time, wherever a cache may lie.
        fresh = self._folder / "fresh"
        shutil.copytree(self._folder / str(size) / "source", fresh / "source")
        built = run(edits.command(fresh))
        weight = weigh(fresh / "site")
        markdown = self._folder / str(size) / "docs"
        if size in self._sizes and not markdown.exists():
            shutil.copytree(fresh / "docs", markdown)
        shutil.rmtree(fresh)
        return Built(built, {}, weight)

    def _rival(self, size: int, rival: competitors.Competitor) -> Built:
        place = self._folder / str(size) / f"rival{self._rivals.index(rival)}"
        if (size, rival.name) not in self._projects:
            place.mkdir()
            self._projects[size, rival.name] = rival.prepare(self._folder / str(size) / "docs", place)
        project = self._projects[size, rival.name]
        project.clear()
        parts = {
            part: together([run(step.command, step.folder) for step in steps]) for part, steps in project.steps.items()
        }
        weights = [weigh(site) for site in project.sites]
        weight = Weight(*(sum(one) for one in zip(*weights, strict=True)))
        project.clear()
        return Built(together(list(parts.values())), parts if len(parts) > 1 else {}, weight)


def main() -> int:
    """Run everything, print the tables and keep them if asked to."""
    options = _options()
    # Absolute, for each builds in a folder of its own.
    found = competitors.find(options.tools and options.tools.absolute())
    for one in found:
        if not one.version:
            print(f"{one.name} is not installed and left out", file=sys.stderr)
    rivals = [one for one in found if one.version and not options.alone]
    with tempfile.TemporaryDirectory() as name:
        contest = Contest(Path(name), options.own, () if options.alone else options.sizes, rivals)
        if options.rounds > 1:
            contest.take_turns([min(contest.builds)], keep=False)  # What is read from the disk once is warm then.
        for _ in range(options.rounds):
            contest.take_turns()
        text = "\n".join([*_taking_part(rivals, options.rounds), "", *_report(contest), ""])
        print(text, flush=True)
        _keep(options, text, contest)
        for codes in options.edits:
            runs = edits.measure(Path(name) / f"edits{codes}", codes, options.rounds)
            table = "\n".join(["", *edits.table(runs, codes), ""])
            print(table, flush=True)
            text += table
            _keep(options, text, contest)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, help="how often each builds (default: 3)")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="codes, where all take part")
    parser.add_argument("--own", type=int, nargs="+", default=OWN, help="codes, where Codeglot takes part")
    parser.add_argument("--edits", type=int, nargs="*", default=EDITS, help="codes, where one thing is changed")
    parser.add_argument("--alone", action="store_true", help="leave the others out")
    parser.add_argument("--tools", type=Path, help="the folder in which zensical, hugo and pagefind are installed")
    parser.add_argument("--keep", action="store_true", help="write the tables and a plot into benchmarks/results/")
    return parser.parse_args()


# What came of it.


def _keep(options: argparse.Namespace, text: str, contest: Contest) -> None:
    """Keep what is known by now, whatever becomes of the rest of an hour's run."""
    if options.keep:
        results.keep("contest", "Who builds the same pages how fast", text, _curves(contest))


def _taking_part(rivals: Sequence[competitors.Competitor], rounds: int) -> list[str]:
    return [
        f"{results.machine()}; {rounds} rounds, medians.",
        "",
        f"* {CODEGLOT}: codeglot {metadata.version('codeglot')}",
        *(f"* {one.name}: {one.version}" for one in rivals),
    ]


def _report(contest: Contest) -> list[str]:
    lines = [
        "## Cold",
        "",
        *results.header(
            ("codes", "builder", "pages", "MB", "wall s", "CPU s", "peak MiB", "Codeglot to it, wall", "CPU")
        ),
    ]
    for size, builds in contest.builds.items():
        if not builds:
            continue
        own = median([one.whole for one in builds[CODEGLOT]])
        for name, built in builds.items():
            rows = {name: [one.whole for one in built]} | {
                f"… {part}": [one.parts[part] for one in built] for part in built[0].parts
            }
            for label, runs in rows.items():
                middle = median(runs)
                ratios = (f"{own.wall / middle.wall:.2f}", f"{own.cpu / middle.cpu:.2f}") if label == name else ("", "")
                weight = built[-1].weight
                shown = (f"{weight.pages:,}", f"{weight.size / 1e6:.1f}") if label == name else ("", "")
                lines.append(results.row(f"{size:,}", label, *shown, *_figures(middle), *ratios))
    return [*lines, "", "## Growth", "", *_growth(contest), "", "## Limits", "", *_limits(contest)]


def _figures(one: Run) -> tuple[str, str, str]:
    return f"{one.wall:.2f}", f"{one.cpu:.2f}", f"{one.peak / 2**20:.0f}"


def _growth(contest: Contest) -> list[str]:
    lines = list(results.header(("builder", "codes", "pages", "wall", "CPU", "CPU to pages")))
    for name, points in _curves(contest).items():
        sizes = [size for size, builds in contest.builds.items() if name in builds]
        cpu = [median([one.whole for one in contest.builds[size][name]]).cpu for size in sizes]
        for at in range(1, len(sizes)):
            pages, wall = (points[at][one] / points[at - 1][one] for one in (0, 1))
            more = cpu[at] / cpu[at - 1]
            steps = f"{sizes[at - 1]:,} to {sizes[at]:,}"
            lines.append(
                results.row(name, steps, f"{pages:.2f}x", f"{wall:.2f}x", f"{more:.2f}x", f"{more / pages:.2f}")
            )
    return lines


def _curves(contest: Contest) -> dict[str, list[tuple[float, float]]]:
    """Pages and wall seconds of each builder, by size."""
    found: dict[str, list[tuple[float, float]]] = {}
    for builds in contest.builds.values():
        for name, built in builds.items():
            middle = median([one.whole for one in built])
            found.setdefault(name, []).append((built[-1].weight.pages, middle.wall))
    return found


_AGAINST: Final = {"MkDocs": 0.35, "Zensical": 0.6, "Hugo": 1.5}
"""The most that Codeglot may take, to each other builder, for 4,000 codes."""
_MEMORY: Final = 1_024
_GROWTH: Final = (3_333, 10_000, 3.2)


def _limits(contest: Contest) -> list[str]:
    lines = list(results.header(("what", "measured", "limit", "")))
    builds = contest.builds.get(4_000, {})
    if own := builds.get(CODEGLOT):
        middle = median([one.whole for one in own])
        for name, built in builds.items():
            limit = _AGAINST.get(name.split(",")[0].split(" ")[0])
            if limit:
                other = median([one.whole for one in built])
                lines.append(results.limit(f"4,000 codes, to {name}", middle.wall / other.wall, limit))
        lines.append(results.limit("4,000 codes, MiB", middle.peak / 2**20, _MEMORY))
    short, long, limit = _GROWTH
    if all(contest.builds.get(size) for size in (short, long)):
        first, last = (median([one.whole for one in contest.builds[size][CODEGLOT]]).wall for size in (short, long))
        lines.append(results.limit(f"{long:,} codes to {short:,}", last / first, limit))
    return lines if len(lines) > 2 else ["None was measured: they are for 4,000 codes, and for 3,333 and 10,000."]


if __name__ == "__main__":
    sys.exit(main())
