"""What a build takes after one change: of nothing, a row, a template, one locale's labels, the configuration.

Codeglot itself is copied, so that a template of its own can be changed; nothing of this repository is touched.
"""

import re
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import catalogs
import results
from measuring import ROOT, Run, median, run

_PROGRAM: Final = ("generator", "templates", "mkdocs.yml", "source_docs/glossary.toml", "tests/cases/rules")
"""What Codeglot needs of this repository."""
COLD: Final = "cold"
_LIMITS: Final = {"nothing": 0.05, "one row": 0.1}
"""The most that a build may take, to a cold one."""
_ALL: Final = 4_000
"""Codes; of more only the changes that have a limit are built, for the others take nearly as long as a cold build."""


class _Copy(NamedTuple):
    """The documents and the program that are changed."""

    source: Path
    program: Path


def command(project: Path, program: Path | None = None) -> tuple[str, ...]:
    """What builds the ``project`` with its documents in ``source``, with a copy of the ``program`` if one is given."""
    codeglot = (str(Path(sys.executable).with_name("codeglot")),)
    folders = (word for name in ("source", "docs", "site") for word in (f"--{name}", str(project / name)))
    return (*((sys.executable, "-m", "generator") if program else codeglot), "build", "--quiet", *folders)


def measure(folder: Path, codes: int, rounds: int) -> dict[str, list[Run]]:
    """What each kind of build took, in turn, at ``codes`` codes; :data:`COLD` is that from nothing."""
    program, project, source = folder / "program", folder / "project", folder / "source"
    _copy_program(program)
    catalogs.write(source, codes)
    found: dict[str, list[Run]] = {}

    def build(name: str) -> None:
        # The copy is found first, wherever else Codeglot is installed.
        took = run(command(project, program), program, {"PYTHONPATH": str(program)})
        print(f"  {codes:>6,} codes  {name:<32} {took.wall:8.2f} s", file=sys.stderr, flush=True)
        found.setdefault(name, []).append(took)

    for number in range(rounds):
        shutil.rmtree(project, ignore_errors=True)
        shutil.copytree(source, project / "source")
        build(COLD)
        for name, change in _CHANGES.items():
            if codes > _ALL and name not in _LIMITS:
                continue
            if change:
                change(_Copy(project / "source", program), number)
            build(name)
    return found


def table(found: Mapping[str, Sequence[Run]], codes: int) -> list[str]:
    """The results in Markdown."""
    cold = median(found[COLD])
    lines = [
        f"## After one change, {codes:,} codes",
        "",
        *results.header(("changed", "", "wall s", "CPU s", "to cold", "limit", "")),
    ]
    for name, runs in found.items():
        middle = median(runs)
        ratio, limit = middle.wall / cold.wall, _LIMITS.get(name)
        verdict = (f"{limit:g}", "holds" if ratio <= limit else "DOES NOT HOLD") if limit else ("", "")
        lines.append(results.row(name, "", f"{middle.wall:.2f}", f"{middle.cpu:.2f}", f"{ratio:.3f}", *verdict))
    return lines


def _copy_program(program: Path) -> None:
    for name in _PROGRAM:
        place = program / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, place, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(ROOT / name, place)


# What is changed; the number of the round makes each change a new one.


def _row(copy: _Copy, number: int) -> None:
    path = copy.source / "p00" / "en.md"
    text = path.read_text(encoding="utf-8")
    # The last cell of the first row, in either form of a table.
    last = re.search(r"^\| [A-Z]\w*_ERR.*(?= \|$)|(?<=</td>\n<td>)[^\n]*(?=</td>\n</tr>)", text, re.MULTILINE)
    if not last:
        raise SystemExit(f"{path.name} has no row")
    path.write_text(
        f"{text[: last.end()]} (Reviewed, edition {'ABCDEFGH'[number % 8]})" + text[last.end() :], encoding="utf-8"
    )


def _append(place: str) -> Callable[[_Copy, int], None]:
    def change(copy: _Copy, number: int) -> None:
        with (copy.program / "templates" / "pages" / place).open("a", encoding="utf-8") as file:
            file.write(f"\n<p>{number + 1}</p>\n")

    return change


def _labels(copy: _Copy, number: int) -> None:
    path = copy.source / "locale" / "ko.po"
    path.parent.mkdir(exist_ok=True)
    head = 'msgid ""\nmsgstr ""\n"Language: ko\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    path.write_text(f'{head}\nmsgid "About these pages"\nmsgstr "이 사이트에 대하여 {number + 1}"\n', encoding="utf-8")


def _configuration(copy: _Copy, number: int) -> None:
    path = copy.source / "catalog.toml"
    text = path.read_text(encoding="utf-8").partition("\n[site]\n")[0]
    path.write_text(f'{text}\n[site]\ntitle = {{ zh = "目录 {number + 1}" }}\n', encoding="utf-8")


_CHANGES: Final[dict[str, Callable[[_Copy, int], None] | None]] = {
    "nothing": None,
    "one row": _row,
    "the rules' template": _append("rule.md.j2"),
    "the codes' template": _append("code.md.j2"),
    "one locale's labels": _labels,
    "the configuration": _configuration,
}
