"""Kill a build at every kind of moment, and let the machine fail at each: does a whole site stand, does the next repair it?

The moments are changes to files, told by where in Codeglot they are made: of every such place the first, of many the last
and one amid, then more at even distances. The build is killed before the change and, where it opens a file, amid it.
MkDocs is run in earnest; there are moments within it, too, at which the whole build is killed or only MkDocs is.

`make kills`, or `python benchmarks/kills.py --points 80 --errors`. Exits with 1 where one site is not whole.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from tests.faults import Change, Fault, Project, Scene, scene

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
ERRORS = ("ENOSPC", "EDQUOT", "EROFS", "EACCES", "EIO", "EMFILE", "limit")
LASTING = {"ENOSPC", "EDQUOT", "EROFS", "limit"}


@dataclass(frozen=True)
class Tried:
    """What became of one moment."""

    fault: Fault
    where: str
    site: str
    """Which site stood afterwards: ``old``, ``new``, or what was wrong."""
    wrong: str
    """What is not as it should be; empty where all is."""
    said: str


def main() -> int:
    """Try everything, print a table; 1 where anything is wrong."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--points", type=int, default=60, help="at least so many kills in Codeglot (default: 60)")
    options.add_argument("--errors", action="store_true", help="also let every kind of change fail in every way")
    options.add_argument("--quick", action="store_true", help="let something quick stand in for MkDocs")
    options.add_argument("--jobs", type=int, default=2, help="builds at a time (default: 2)")
    chosen = options.parse_args()
    begin = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        real = scene(Path(folder, "real"), pretend=chosen.quick)
        # So that MkDocs has something to do, and can be killed at it.
        for frames in (real.start.root / ".codeglot" / "site.kept").glob("frames.*"):
            frames.unlink()
        faults = list(kills(real, Fault(pretend=chosen.quick), chosen.points))
        tried = run(real, faults, chosen.jobs)
        if chosen.errors:
            quick = scene(Path(folder, "quick"))
            tried += run(quick, list(errors(quick)), chosen.jobs)
        tried += full_disk(Path(folder, "disk"))
    report(tried)
    wrong = [one for one in tried if one.wrong]
    print(f"\n{len(tried)} moments tried in {time.perf_counter() - begin:.0f} s, {len(wrong)} wrong")
    return 1 if wrong else 0


def listed(found: Scene, fault: Fault, name: str) -> tuple[Change, ...]:
    """What a build changes while nothing fails."""
    return found.start.copy(name).changes(replace(fault, at=0))


def places(changes: tuple[Change, ...]) -> dict[tuple[str, ...], list[Change]]:
    """The changes by the place they are made at."""
    found: dict[tuple[str, ...], list[Change]] = defaultdict(list)
    for one in changes:
        found[one.event, *one.place].append(one)
    return found


def spread(changes: tuple[Change, ...], least: int) -> list[Change]:
    """Of every place the first change, then the last ones and ones amid, then others evenly, until ``least`` are chosen."""
    groups = list(places(changes).values())
    evenly = [changes[step * len(changes) // least] for step in range(least)]
    found = {group[0].number: group[0] for group in groups}
    for one in (*(group[-1] for group in groups), *(group[len(group) // 2] for group in groups), *evenly):
        if len(found) < least:
            found[one.number] = one
    return list(found.values())


def kills(found: Scene, real: Fault, least: int) -> Iterator[tuple[Fault, str]]:
    """The moments to kill a build at, and where each is."""
    changes = listed(found, real, "listed")
    chosen = spread(changes, least)
    for one in chosen:
        yield replace(real, at=one.number), where(one)
    for group in places(changes).values():
        if group[0].event == "open":
            yield replace(real, at=group[len(group) // 2].number, do="torn"), where(group[0])
    two = replace(real, no_exchange=True)
    stepwise = listed(found, two, "stepwise")
    for one in stepwise:
        if any(":_swap:" in part for part in one.place) and one.event in {"os.rename", "ctypes.dlsym"}:
            yield replace(two, at=one.number), where(one)
    within = listed(found, replace(real, who="mkdocs"), "within")
    # What the other locales' runs list stands among it: a moment is so many changes in any of them.
    last = max(one.number for one in within)
    for step in range(6):
        at = 1 + step * (last - 1) // 5
        yield replace(real, who="mkdocs", at=at, do="kill-parent"), f"MkDocs, change {at}"
        if step % 2:
            yield replace(real, who="mkdocs", at=at), f"MkDocs alone, change {at}"
    for number, one in enumerate(chosen[:: len(chosen) // 9 or 1]):
        yield replace(real, at=one.number, do=SIGNALS[number % len(SIGNALS)]), where(one)


def errors(found: Scene) -> Iterator[tuple[Fault, str]]:
    """Every kind of change, failing in every way."""
    for group in places(listed(found, Fault(), "listed")).values():
        for name in ERRORS:
            one = group[len(group) // 2]
            yield Fault(at=one.number, do=name, lasting=name in LASTING), where(one)


def where(change: Change) -> str:
    """A place in few words."""
    inner = change.place[0] if change.place else "?"
    return f"{change.event} {inner}"


def run(found: Scene, faults: list[tuple[Fault, str]], jobs: int) -> list[Tried]:
    """Try each moment on a copy of its own."""
    with ThreadPoolExecutor(jobs) as pool:
        return list(pool.map(lambda item: show(attempt(found, item[1][0], item[1][1], item[0])), enumerate(faults)))


def attempt(found: Scene, fault: Fault, place: str, number: int) -> Tried:
    """One moment: the fault, what stands then, the next build."""
    project = found.start.copy(f"try-{number}")
    first = project.run(fault)
    site = found.whole(project)
    wrong = []
    if site not in {"old", "new"} and not (fault.no_exchange and not project.site.exists()):
        wrong.append(f"the site is {site}")
    killed = fault.do in {"kill", "torn", "kill-parent"} and not (fault.who == "mkdocs" and fault.do == "kill")
    if killed is not (first.returncode == -9):
        wrong.append(f"exit code {first.returncode}")
    if not killed:
        wrong += told(project, fault, first)
    second = project.run(Fault(pretend=fault.pretend, no_exchange=fault.no_exchange))
    if second.returncode:
        wrong.append(f"the next build fails: {second.stderr}")
    if left := found.recovered(project):
        wrong.append(f"the next build leaves {left}")
    if "Traceback" in first.stderr + second.stderr:
        wrong.append(f"a traceback: {first.stderr}{second.stderr}")
    if not wrong:
        subprocess.run(["rm", "-rf", str(project.root)], check=True)
    return Tried(fault, place, site, "; ".join(wrong), (first.stderr + second.stderr).strip())


def told(project: Project, fault: Fault, first: "subprocess.CompletedProcess[str]") -> list[str]:
    """What is wrong with how a build ended that was not killed."""
    wrong = []
    if fault.do in SIGNALS:
        if first.returncode not in {130, 143, 129} or "interrupted" not in first.stderr:
            wrong.append(f"exit code {first.returncode}: {first.stderr}")
    elif first.returncode not in {0, 2}:
        wrong.append(f"exit code {first.returncode}: {first.stderr}")
    elif first.returncode == 2 and ("codeglot: " not in first.stderr or "hint: " not in first.stderr):
        wrong.append(f"says only {first.stderr}")
    # What cannot be changed cannot be cleared away either: the next build does.
    if fault.do not in {"EROFS", "EACCES", "EIO", "EMFILE"} and project.left_over:
        wrong.append(f"{project.left_over} is left")
    return wrong


def full_disk(place: Path) -> list[Tried]:
    """Builds on small file systems that fill up amid a file, where this process may mount some."""
    tried: list[Tried] = []
    place.mkdir()
    for kilobytes in (1600, 1800, 2000, 2300, 2600, 3000, 3400):
        command = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k,nr_inodes=0", "tmpfs", str(place)]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            print("no file system can be mounted here: full disks are only pretended")
            break
        try:
            tried.append(show(_on_disk(place, kilobytes)))
        finally:
            subprocess.run(["umount", "-l", str(place)], check=True)
    return tried


def _on_disk(place: Path, kilobytes: int) -> Tried:
    fault, name = Fault(do="ENOSPC"), f"a disk of {kilobytes} kB"
    subprocess.run(["mount", "-o", "remount,size=100M", str(place)], check=True)
    found = scene(place)
    subprocess.run(["rm", "-rf", str(place / "after")], check=True)
    project = found.start
    used = int(subprocess.run(["du", "-sk", str(place)], check=True, capture_output=True, text=True).stdout.split()[0])
    subprocess.run(["mount", "-o", f"remount,size={used + kilobytes}k", str(place)], check=True)
    first = project.run()
    site = found.whole(project)
    wrong = [] if site == "old" or (site == "new" and first.returncode == 0) else [f"the site is {site}"]
    wrong += [] if first.returncode == 0 else told(project, fault, first)
    subprocess.run(["mount", "-o", "remount,size=100M", str(place)], check=True)
    second = project.run()
    if second.returncode or found.recovered(project):
        wrong.append(f"the next build: {second.stderr}{found.recovered(project)}")
    return Tried(fault, name, site, "; ".join(wrong), (first.stderr + second.stderr).strip())


def show(one: Tried) -> Tried:
    """Print a moment as a line."""
    verdict = f"WRONG: {one.wrong}" if one.wrong else "right"
    number = f"{one.fault.at:>5}" if one.fault.at else "    -"
    steps = " (two steps)" if one.fault.no_exchange else ""
    print(f"{number}  {one.fault.do:<11} {one.where + steps:<70} {one.site[:40]:<5} {verdict}", flush=True)
    return one


def report(tried: list[Tried]) -> None:
    """How many moments of each kind there are, and which site stood."""
    kinds = Counter(
        (one.fault.do, "the old site" if one.site == "old" else "the new site" if one.site == "new" else "no site")
        for one in tried
    )
    print()
    for (kind, site), times in sorted(kinds.items()):
        print(f"{kind:<11} {times:>4} times, then {site} stood")


if __name__ == "__main__":
    sys.exit(main())
