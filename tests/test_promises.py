"""What the repository's documents promise: help texts, paths and commands that exist."""

import re
import subprocess
from pathlib import Path

import pytest

from generator import cli
from generator.rules import RULES

ROOT = Path(__file__).parent.parent
DOCUMENTS = tuple(sorted(ROOT.glob("*.md")))
HELP = re.compile(r"<!-- help: (codeglot[a-z ]*?) ?-->\n```\n(.*?)```\n<!-- /help -->", re.DOTALL)


def help_of(command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    monkeypatch.setenv("COLUMNS", "110")
    monkeypatch.setenv("NO_COLOR", "1")
    with pytest.raises(SystemExit):
        cli.main([*command.split()[1:], "--help"])
    return capsys.readouterr().out


def test_the_readme_shows_the_help(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    path = ROOT / "README.md"
    text = path.read_text(encoding="utf-8")
    shown = HELP.findall(text)
    assert [command for command, _ in shown] == ["codeglot", "codeglot check"]
    for command, block in shown:
        real = help_of(command, monkeypatch, capsys)
        if request.config.getoption("--regenerate"):
            text = text.replace(f"<!-- help: {command} -->\n```\n{block}", f"<!-- help: {command} -->\n```\n{real}")
        else:
            assert block == real
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_path_named_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    named = set(
        re.findall(
            r"(?<![\w/.{])((?:generator|templates|tests|source_docs|tools|benchmarks|\.github)/[\w./-]*\w)", text
        )
    )
    named |= set(re.findall(r"\b([A-Z]{4,}\.md|LICENSE|Makefile|mkdocs\.yml|pyproject\.toml)\b", text))
    # A recipe's example and what stands for any name are no paths.
    named = {name for name in named if "xx" not in name and "99" not in name}
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_target_of_make_exists(document: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert set(re.findall(r"`(?:[A-Z_]+=\S+ )?make ([a-z]+)`", document.read_text(encoding="utf-8"))) <= targets


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_named_is_one(document: Path) -> None:
    commands = {"assemble", "build", "serve", "check", "catalog", "errata", "explain", "labels", "permalinks", "rules"}
    named = set(re.findall(r"`(?:\.venv/bin/)?codeglot ([a-z]+)", document.read_text(encoding="utf-8")))
    assert named <= commands


def test_the_changelog_names_every_rule() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert [rule.id for rule in RULES if rule.id not in text] == []


def test_the_readme_shows_a_real_report(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    cli.main(["check", "--all"])
    report = capsys.readouterr().out
    shown = re.search(
        r"## Reading the report\n\n```\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL
    )
    assert shown
    assert shown[1].strip() in report


def test_the_architecture_lists_every_room() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = {
        f"{path.name}/" if path.is_dir() else path.name
        for path in (ROOT / "generator").iterdir()
        if (path.is_dir() and (path / "__init__.py").exists()) or path.suffix == ".py"
    } - {"__init__.py"}
    assert rooms == set(re.findall(r"^\| `([\w./]+)` \|", text, re.MULTILINE))


def test_no_file_names_a_registry_or_a_machine() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    found = []
    for name in listed.split("\0"):
        path = ROOT / name
        if not name or name.startswith("source_docs/") or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="ignore")
        if re.search(r"(?i)\b(files\.)?pythonhos" r"ted\.org|\bpy" r"pi\.org|registry\.np" r"mjs", text):
            found.append(name)
    assert found == []
