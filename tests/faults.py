"""A folder of sources that is built while the machine fails, and what is left of it."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

FAULTY: Final = Path(__file__).parent / "faulty"
ROOT: Final = Path(__file__).parent.parent

CATALOG: Final = """\
source_locale = "en"
locales = ["en", "fr"]

[site]
title = { en = "Codes", fr = "Codes" }

[[products]]
id = "acme"
title = { en = "Acme", fr = "Acme" }

[[products.editions]]
id = "current"
documents = { en = "en.md", fr = "fr.md" }
"""
BEFORE: Final = ((7, "NOT_FOUND"), (8, "NO_ROOM"), (9, "TOO_LATE"))
AFTER: Final = ((7, "NOT_FOUND"), (8, "DISK_FULL"), (12, "TOO_EARLY"), (13, "TOO_MANY"))
"""What stands in the sources before and after somebody changed them: a page goes, two come, one is another."""

Tree = Mapping[str, bytes]
"""What is in a folder: each file's content, and nothing for a folder, by its path."""


@dataclass(frozen=True)
class Fault:
    """A fault at a change to a file, as ``sitecustomize`` brings it about."""

    at: int = 0
    """At which change, from 1; 0 for none."""
    do: str = "kill"
    """``kill`` before the change, ``torn`` amid it, ``kill-parent``, a signal's or an error's name, ``limit``, ``wait``."""
    who: str = "codeglot"
    """Whose changes count: ``codeglot`` or ``mkdocs``."""
    lasting: bool = False
    """Whether every change after it fails, too."""
    no_exchange: bool = False
    """As where two folders cannot change places in one step."""
    no_locks: bool = False
    """As on a file system without locks."""
    pretend: bool = True
    """Whether something quick stands in for MkDocs."""
    log: str = ""
    """Where the changes are listed."""


@dataclass(frozen=True)
class Change:
    """A change to a file that a run made."""

    number: int
    event: str
    path: str
    place: tuple[str, ...]
    """Where in Codeglot it was made, the innermost place first."""


@dataclass(frozen=True)
class Project:
    """A folder with sources, pages and a site."""

    root: Path

    @property
    def site(self) -> Path:
        return self.root / "site"

    @property
    def left_over(self) -> list[str]:
        """What lies beside the site and would not after a build that ended in order."""
        workshop = self.root / ".codeglot"
        kept = {"site.kept", "site.spare"}
        return sorted(path.name for path in workshop.iterdir() if path.name not in kept) if workshop.is_dir() else []

    def declare(self, rows: tuple[tuple[int, str], ...]) -> None:
        """Write the sources."""
        source = self.root / "source"
        source.mkdir(parents=True, exist_ok=True)
        (source / "catalog.toml").write_text(CATALOG, encoding="utf-8")
        for locale, words in (("en", "It went wrong."), ("fr", "Une erreur est survenue.")):
            table = "".join(f"| {code} | {name} | {words} |\n" for code, name in rows)
            text = f"# Codes\n\n| Code | Name | Description |\n|---|---|---|\n{table}"
            (source / f"{locale}.md").write_text(text, encoding="utf-8")

    def command(self, *arguments: str) -> list[str]:
        """A command of Codeglot upon the sources."""
        return [sys.executable, "-m", "generator", *arguments, "--source", "source"]

    def environment(self, fault: Fault) -> dict[str, str]:
        """The variables of a run that meets ``fault``."""
        asked = {**asdict(fault), "root": str(self.root)}
        return {
            **os.environ,
            "CODEGLOT_FAULT": json.dumps(asked),
            "PYTHONPATH": os.pathsep.join((str(FAULTY), str(ROOT))),
            "PYTHONDONTWRITEBYTECODE": "1",
            # Changes are counted, and their order has to be the same each time.
            "CODEGLOT_JOBS": "1",
            "SOURCE_DATE_EPOCH": "1700000000",
            "SITE_URL": "https://codes.example/sub/",
        }

    def run(self, fault: Fault | None = None, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Build, or run another command, while the machine fails as ``fault`` says."""
        words = arguments or ("build", "--quiet", "--docs", "docs", "--site", "site")
        return subprocess.run(
            self.command(*words),
            cwd=self.root,
            env=self.environment(fault or Fault()),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def changes(self, fault: Fault, *arguments: str) -> tuple[Change, ...]:
        """All changes to files that a run makes where nothing fails."""
        log = self.root.with_name(f"{self.root.name}.log")
        log.unlink(missing_ok=True)
        done = self.run(replace(fault, log=str(log)), *arguments)
        assert done.returncode in {0, 1}, done.stderr
        found = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
        return tuple(Change(number, event, path, tuple(place)) for number, event, path, place in found)

    def copy(self, name: str) -> "Project":
        """The same, beside it."""
        target = self.root.with_name(name)
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(self.root, target, symlinks=True)
        return Project(target)


@dataclass(frozen=True)
class Scene:
    """Sources that have changed since they were built, and what is right before and after the next build."""

    start: Project
    old: Tree
    """The site as it is."""
    new: Tree
    """The whole project after the next build, but for what builds keep for each other."""

    def whole(self, project: Project) -> str:
        """Which site stands in its place, byte for byte: ``old``, ``new``, or what is wrong with it."""
        found = tree(project.site)
        if found == self.old:
            return "old"
        new = below(self.new, "site")
        return "new" if found == new else f"neither: {differences(found, new)}"

    def recovered(self, project: Project) -> str:
        """What is not as after an undisturbed build; empty where all is."""
        return differences(_shown(project), self.new) or " ".join(project.left_over)


def scene(folder: Path, *, pretend: bool = True) -> Scene:
    """Build, change the sources, and find out what the next build makes of them."""
    start = Project(folder / "start")
    start.declare(BEFORE)
    first = start.run(Fault(pretend=pretend))
    assert first.returncode == 0, first.stderr
    start.declare(AFTER)
    after = start.copy("after")
    second = after.run(Fault(pretend=pretend))
    assert (second.returncode, second.stderr) == (0, ""), second.stderr
    return Scene(start, tree(start.site), _shown(after))


def _shown(project: Project) -> Tree:
    """Everything that people look at."""
    return {path: data for path, data in tree(project.root).items() if path.partition("/")[0] != ".codeglot"}


def tree(folder: Path) -> Tree:
    """Everything in ``folder``."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in sorted(folder.rglob("*"))
    }


def below(found: Tree, name: str) -> Tree:
    """What is in one folder of a tree."""
    return {path.removeprefix(f"{name}/"): data for path, data in found.items() if path.startswith(f"{name}/")}


def differences(found: Tree, wanted: Tree) -> str:
    """The paths in which two trees differ, a few of them."""
    every = sorted(path for path in {*found, *wanted} if found.get(path) != wanted.get(path))
    signs = [f"{'+' if path not in wanted else '-' if path not in found else '~'}{path}" for path in every]
    return " ".join(signs[:5]) + (f" and {len(signs) - 5} more" if len(signs) > 5 else "")
