"""Whatever the machine does to a build, a whole site stands, and the next build puts the rest right.

`benchmarks/kills.py` tries many more moments, with MkDocs itself.
"""

import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from generator import shell
from generator.site import loopback
from tests.faults import BEFORE, Change, Fault, Project, Scene, below, scene, tree

Point = Callable[[tuple[Change, ...]], int]


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """Sources that have changed since they were built."""
    return scene(tmp_path_factory.mktemp("faults"))


@pytest.fixture(scope="module")
def made(changed: Scene) -> tuple[Change, ...]:
    """What the next build changes, in turn."""
    return changed.start.copy("listed").changes(Fault())


def within(event: str, place: str, which: int = 0) -> Point:
    """The ``which``-th change of its kind that a function of ours makes."""

    def number(changes: tuple[Change, ...]) -> int:
        found = [
            one.number for one in changes if one.event == event and any(part.startswith(place) for part in one.place)
        ]
        return found[which]

    return number


EXCHANGE: Final = within("ctypes.dlsym", "site/place.py:_exchange:")

KILLS: Final = {
    "the lock is taken, nobody's name stands in it": (within("os.truncate", "lock.py:"), Fault()),
    "amid a page": (within("open", "making/share.py:_markdown:", 3), Fault(do="torn")),
    "amid the list of written files": (within("open", "write.py:_write_manifest:"), Fault(do="torn")),
    "before the list is in place": (within("os.rename", "write.py:_write_manifest:"), Fault()),
    "before a page that is gone is removed": (within("os.remove", "write.py:_remove:"), Fault()),
    "between two pages": (within("os.rename", "write.py:settle:", 7), Fault()),
    "before the list is final": (within("os.rename", "write.py:_write_manifest:", 1), Fault()),
    "the new site has no marker": (within("open", "site/place.py:mark:"), Fault()),
    "amid a locale's pages": (lambda _: 10, Fault(do="kill-parent", who="mkdocs")),
    "between two parts of the site": (within("os.rename", "site/__init__.py:_move:", 5), Fault()),
    "amid the site's last file": (within("open", "site/tree.py:put:", -1), Fault(do="torn")),
    "before the new site takes the old one's place": (EXCHANGE, Fault()),
    "before the old site is laid by": (within("os.rename", "site/place.py:replacing:", -1), Fault()),
    "before the lock is given back": (within("os.remove", "lock.py:"), Fault()),
}


@pytest.mark.parametrize("name", KILLS)
def test_killed_there_a_build_leaves_a_whole_site_and_the_next_repairs_the_rest(
    changed: Scene, made: tuple[Change, ...], name: str
) -> None:
    point, fault = KILLS[name]
    project = changed.start.copy("killed")
    killed = project.run(Fault(**{**vars(fault), "at": point(made)}))
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    expected = "new" if name in {"before the old site is laid by", "before the lock is given back"} else "old"
    assert changed.whole(project) == expected
    recovered = project.run()
    assert recovered.returncode == 0, recovered.stderr
    assert changed.recovered(project) == ""
    assert ("was interrupted" in recovered.stderr) is (name != next(iter(KILLS))), recovered.stderr


def test_where_folders_cannot_change_places_the_next_build_puts_the_last_site_back(
    changed: Scene, made: tuple[Change, ...]
) -> None:
    project = changed.start.copy("two-steps")
    killed = project.run(Fault(at=EXCHANGE(made) + 1, no_exchange=True))
    assert killed.returncode == -signal.SIGKILL
    assert not project.site.exists()
    # Early, but after the lock is taken: what the killed build has kept need not be made again.
    failed = project.run(Fault(at=12, do="ENOSPC", lasting=True, no_exchange=True))
    assert failed.returncode == 2, failed.stderr
    assert "the last good site is put back" in failed.stderr
    assert changed.whole(project) == "old"
    assert project.run(Fault(no_exchange=True)).stderr == ""
    assert changed.recovered(project) == ""


@pytest.mark.parametrize(
    ("point", "fault", "told"),
    [
        (within("os.mkdir", "lock.py:"), Fault(do="EROFS", lasting=True), "mount it for writing"),
        (within("open", "making/share.py:_markdown:", 2), Fault(do="ENOSPC", lasting=True), "make room on the disk"),
        (
            within("open", "making/share.py:_markdown:", 2),
            Fault(do="limit"),
            "/docs/en/acme/12.md: cannot be written",
        ),
        (within("open", "site/tree.py:put:", 9), Fault(do="ENOSPC", lasting=True), "the last site stands"),
        (within("open", "site/tree.py:put:", 9), Fault(do="limit"), "ulimit -f"),
        (EXCHANGE, Fault(do="EIO"), "the disk may be failing"),
        (lambda _: 10, Fault(do="ENOSPC", who="mkdocs", lasting=True), "a fault of the machine, not of the pages"),
        (lambda _: 10, Fault(do="kill", who="mkdocs"), "something ended it"),
    ],
)
def test_an_error_of_the_machine_is_told_and_costs_nothing(
    changed: Scene, made: tuple[Change, ...], point: Point, fault: Fault, told: str
) -> None:
    project = changed.start.copy("failing")
    failed = project.run(Fault(**{**vars(fault), "at": point(made)}))
    assert failed.returncode == 2, failed.stderr
    assert told in failed.stderr
    assert failed.stderr.startswith("codeglot: ")
    assert "hint: " in failed.stderr
    assert "Traceback" not in failed.stderr
    assert changed.whole(project) == "old"
    assert {path.name for path in project.root.iterdir()} == {".codeglot", "docs", "site", "source"}


@pytest.mark.parametrize(
    ("name", "point"),
    [
        ("SIGINT", within("open", "making/share.py:_markdown:", 1)),
        ("SIGTERM", within("os.rename", "write.py:settle:", 3)),
        ("SIGHUP", within("open", "site/tree.py:put:", 5)),
    ],
)
def test_a_signal_ends_a_build_in_order(changed: Scene, made: tuple[Change, ...], name: str, point: Point) -> None:
    project = changed.start.copy("signalled")
    ended = project.run(Fault(at=point(made), do=name))
    assert (ended.returncode, ended.stderr) == (128 + getattr(signal, name), "codeglot: interrupted\n")
    assert changed.whole(project) == "old"
    assert not project.left_over
    assert not (project.root / "docs" / ".codeglot-new").exists()


def test_a_signal_that_is_ignored_stays_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """As `nohup` has it."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with shell.ended_by_signals():
            os.kill(os.getpid(), signal.SIGHUP)
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)
    assert shell.exit_code(KeyboardInterrupt()) == 130


def waiting(project: Project, fault: Fault) -> "subprocess.Popen[str]":
    """A build that stands still until it is given a letter."""
    build = subprocess.Popen(
        project.command("build", "--quiet", "--docs", "docs", "--site", "site"),
        cwd=project.root,
        env=project.environment(fault),
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert build.stderr
    assert build.stderr.readline() == "waiting\n"
    return build


@pytest.mark.parametrize("no_locks", [False, True], ids=["locks", "no locks"])
def test_a_second_build_is_told_of_the_first_and_changes_nothing(
    changed: Scene, made: tuple[Change, ...], no_locks: bool
) -> None:
    project = changed.start.copy("twice")
    at = within("os.rename", "write.py:settle:", 3)(made)
    first = waiting(project, Fault(at=at, do="wait", no_locks=no_locks))
    before = tree(project.root)
    second = project.run(Fault(no_locks=no_locks))
    assert second.returncode == 2
    assert f"another build is writing {project.site}: process {first.pid} on " in second.stderr
    assert tree(project.root) == before
    assert first.communicate("x")[1] == ""
    assert first.returncode == 0
    assert changed.recovered(project) == ""


def test_two_builds_of_other_sites_do_not_mix_their_pages(changed: Scene, made: tuple[Change, ...]) -> None:
    project = changed.start.copy("shared")
    at = within("open", "site/tree.py:put:", 3)(made)
    first = waiting(project, Fault(at=at, do="wait"))
    docs = below(tree(project.root), "docs")
    project.declare(BEFORE)
    second = project.run(None, "build", "--quiet", "--docs", "docs", "--site", "other")
    assert second.returncode == 2
    assert f"another build is writing the pages in {project.root / 'docs'}" in second.stderr
    assert below(tree(project.root), "docs") == docs
    first.communicate("x")
    assert changed.whole(project) == "new"
    assert sorted(path.name for path in project.root.iterdir()) == [".codeglot", "docs", "site", "source"]
    assert not project.left_over


def test_without_locks_a_killed_build_keeps_nobody_out(changed: Scene, made: tuple[Change, ...]) -> None:
    project = changed.start.copy("lockless")
    project.run(Fault(at=EXCHANGE(made), no_locks=True))
    assert (project.root / ".codeglot" / "site.lock").exists()
    assert "was interrupted" in project.run(Fault(no_locks=True)).stderr
    assert changed.recovered(project) == ""


@pytest.mark.parametrize(
    ("arguments", "file"),
    [
        (("check", "--exit-zero", "--output", "json=source/report.json"), "report.json"),
        (("check", "--exit-zero", "--update-baseline"), "baseline.json"),
        (("permalinks", "--update"), "permalinks.json"),
    ],
)
def test_a_file_is_the_old_one_or_the_new_one(tmp_path: Path, arguments: tuple[str, ...], file: str) -> None:
    project = Project(tmp_path / "project")
    project.declare(BEFORE)
    assert project.run(None, *arguments).returncode == 0
    before = tree(project.root)
    path = project.root / "source" / file
    assert path.stat().st_size > 20
    project.declare(((21, "FRESH"), (22, "STALE"), *BEFORE))
    with (project.root / "source" / "en.md").open("a", encoding="utf-8") as stream:
        stream.write("| 30 | ONLY_HERE | It went wrong. |\n")
    for fault in (Fault(at=1, do="torn"), Fault(at=2)):
        assert project.run(fault, *arguments).returncode == -signal.SIGKILL
        assert path.read_bytes() == before[f"source/{file}"]
    full = project.run(Fault(at=1, do="limit"), *arguments)
    assert full.returncode == 2
    assert f"{path.relative_to(project.root)}: cannot be written: File too large; what was there is unchanged" in (
        full.stderr
    )
    assert path.read_bytes() == before[f"source/{file}"]
    assert project.run(Fault(at=2), *arguments).returncode == -signal.SIGKILL
    assert "the file is whole again" in project.run(None, *arguments).stderr
    assert path.read_bytes() != before[f"source/{file}"]
    assert tree(project.root).keys() == before.keys()


def test_a_poor_environment_is_enough(changed: Scene) -> None:
    project = changed.start.copy("poor")
    variables = {
        **project.environment(Fault()),
        "LC_ALL": "C",
        "PYTHONIOENCODING": "ascii",
        "PYTHONCOERCECLOCALE": "0",
        "TMPDIR": "/nowhere",
    }
    variables.pop("HOME", None)
    command = [*project.command("build", "--docs", "docs", "--site", "site")]
    closed = ["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", *command]
    assert subprocess.run(closed, cwd=project.root, env=variables, check=False).returncode == 0
    assert changed.recovered(project) == ""


def test_a_reader_that_has_seen_enough_costs_no_report(tmp_path: Path) -> None:
    project = Project(tmp_path / "project")
    project.declare(tuple((code, f"NAME_{code}") for code in range(100)))
    command = project.command("check", "--exit-zero", "--format", "json", "--output", "text=source/report.txt")
    with subprocess.Popen(
        command, cwd=project.root, env=project.environment(Fault()), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as check:
        assert check.stdout
        assert check.stderr
        check.stdout.close()
        assert check.stderr.read() == b""
    assert check.returncode == 0
    assert (project.root / "source" / "report.txt").stat().st_size > 20


def test_an_error_of_the_machine_does_not_end_what_is_shown() -> None:
    said: list[str] = []

    def build() -> None:
        raise OSError(28, "No space left on device", "docs/en/a.md")

    loopback._build_again(build, said.append)
    assert said[-1] == "The site stays as it was: [Errno 28] No space left on device: 'docs/en/a.md'"
