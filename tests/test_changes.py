"""What has changed since a revision: a diff read, Git asked, diagnostics put where the change is."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from generator import changes, cli, pipeline
from generator.changes import Changed
from generator.errors import CodeglotError
from generator.model import SourceSpan

CATALOG = """\
source_locale = "ja"
locales = ["ja", "en", "it"]

[[products]]
id = "tram"
title = { ja = "路面電車" }

[[products.editions]]
id = "current"
documents = { ja = "ja.md", en = "en.md", it = "it.md" }
"""
HEADER = "| Name | Code | Cause |\n| --- | --- | --- |\n"
NAMES = ["TRAM_AXLE", "TRAM_BELL", "TRAM_CRANE", "TRAM_DOOR"]

Git = Callable[..., str]


def table(locale: str, **names: str) -> str:
    rows = (
        f"| {names.get(name, name)} | {70 + at} | {name.lower()[5:]} {locale} kaput. |\n"
        for at, name in enumerate(NAMES)
    )
    return HEADER + "".join(rows)


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """A repository whose documents lie in a folder of it; what is called runs Git there."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    # Nothing above the folder of this test is a repository to it.
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.resolve().parent))

    def run(*arguments: str) -> str:
        who = ("-c", "user.name=a", "-c", "user.email=a@example.invalid", "-c", "commit.gpgsign=false")
        done = subprocess.run(["git", *who, *arguments], cwd=tmp_path, check=True, capture_output=True, text=True)
        return done.stdout

    folder = tmp_path / "deep" / "docs"
    folder.mkdir(parents=True)
    (folder / "catalog.toml").write_text(CATALOG, encoding="utf-8")
    for locale in ("ja", "en", "it"):
        (folder / f"{locale}.md").write_text(table(locale), encoding="utf-8")
    (tmp_path / "README.md").write_text("one\n", encoding="utf-8")
    run("init", "--quiet", "--initial-branch=main")
    run("add", ".")
    run("commit", "--quiet", "--message=first")
    return run


@pytest.fixture
def docs(tmp_path: Path, git: Git) -> Path:
    return tmp_path / "deep" / "docs"


def lines(changed: Changed) -> dict[str, list[int] | None]:
    return {
        path: None if ranges is None else [line for one in ranges for line in one]
        for path, ranges in changed.files.items()
    }


# A diff.


@pytest.mark.parametrize(
    ("diff", "expected"),
    [
        ("", {}),
        ("+++ b/a.md\n@@ -3 +3 @@\n-x\n+y\n", {"a.md": [3]}),
        ("+++ b/a.md\n@@ -3,0 +4,2 @@\n+y\n+z\n@@ -9,2 +11,0 @@\n-y\n-z\n", {"a.md": [4, 5]}),
        # Words that look like a header are words.
        ("+++ b/a.md\n@@ -1 +1,2 @@\n--- b/c.md\n+++ b/d.md\n+@@ -1 +7 @@\n@@ -8 +9 @@\n-a\n+b\n", {"a.md": [1, 2, 9]}),
        ("+++ b/a.md\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n", {"a.md": [1]}),
        (
            "+++ /dev/null\n@@ -1,2 +0,0 @@\n-a\n-b\ndiff --git a/b.md b/b.md\n+++ b/b.md\n@@ -0,0 +1 @@\n+x\n",
            {"b.md": [1]},
        ),
        ('+++ "b/a \\"\\303\\251\\\\.md"\n@@ -1 +1 @@\n-a\n+b\n', {'a "é\\.md': [1]}),
        ("+++ b/with blank.md\t\n@@ -1 +1 @@\n-a\n+b\n", {"with blank.md": [1]}),
        ("+++ b/路.md\n@@ -1 +1 @@\n-a\n+b\n", {"路.md": [1]}),
    ],
)
def test_a_diff(diff: str, expected: dict[str, list[int]]) -> None:
    found = changes.changed_lines(diff.encode())
    assert {path: [line for one in ranges for line in one] for path, ranges in found.items()} == expected


def test_a_place_is_touched_where_one_of_its_lines_is() -> None:
    changed = Changed({"a.md": [range(4, 6)], "b.md": None})
    touched = [
        changed.touches(SourceSpan("a.md", first, 1, last, 2)) for first, last in ((3, 3), (3, 4), (5, 5), (6, 9))
    ]
    assert touched == [False, True, True, False]
    assert changed.touches(SourceSpan("b.md", 99, 1, 99, 2))
    assert not changed.touches(SourceSpan("c.md", 4, 1, 4, 2))


# Git.


def test_nothing_has_changed(docs: Path) -> None:
    assert lines(changes.since("HEAD", docs)) == {}


def test_changes_committed_and_not(git: Git, docs: Path) -> None:
    (docs / "en.md").write_text(table("en", TRAM_BELL="TRAM_WHISTLE"), encoding="utf-8")
    (docs.parents[1] / "README.md").write_text("two\n", encoding="utf-8")
    git("commit", "--quiet", "--all", "--message=second")
    (docs / "it.md").write_text(table("it", TRAM_DOOR="TRAM_GATE"), encoding="utf-8")
    assert lines(changes.since("HEAD~1", docs)) == {"en.md": [4], "it.md": [6]}
    assert lines(changes.since("HEAD", docs)) == {"it.md": [6]}


def test_a_persons_settings_change_nothing(git: Git, docs: Path) -> None:
    for key, value in (
        *(
            ("diff.noprefix", "true"),
            ("diff.mnemonicPrefix", "true"),
            ("color.ui", "always"),
            ("diff.renames", "false"),
        ),
        *(("diff.external", "false"), ("diff.context", "9"), ("diff.interHunkContext", "9"), ("core.pager", "false")),
    ):
        git("config", key, value)
    text = table("en", TRAM_AXLE="TRAM_X", TRAM_DOOR="TRAM_Y")
    (docs / "en.md").write_text(text, encoding="utf-8")
    assert lines(changes.since("HEAD", docs)) == {"en.md": [3, 6]}


def test_a_renamed_file_has_changed_where_it_differs(git: Git, docs: Path) -> None:
    (docs / "sub folder").mkdir()
    git("mv", "deep/docs/en.md", "deep/docs/sub folder/en new.md")
    (docs / "sub folder" / "en new.md").write_text(table("en", TRAM_BELL="TRAM_WHISTLE"), encoding="utf-8")
    assert lines(changes.since("HEAD", docs)) == {"sub folder/en new.md": [4]}


def test_a_file_git_does_not_know_has_changed_wholly(docs: Path) -> None:
    (docs / "new é.md").write_text("a\nb\n", encoding="utf-8")
    assert lines(changes.since("HEAD", docs)) == {"new é.md": None}


@pytest.mark.parametrize("revision", ["nowhere", "", "--output=x", "HEAD:deep"])
def test_an_unknown_revision_is_told(docs: Path, capsys: pytest.CaptureFixture[str], revision: str) -> None:
    assert cli.main(["check", "--source", str(docs), f"--changed-since={revision}"]) == cli.EXIT_USAGE
    assert "there is no such revision" in capsys.readouterr().err
    assert not (docs / "x").exists()


def test_no_repository_is_told(git: Git, docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(docs.parents[1] / ".git")
    assert cli.main(["check", "--source", str(docs), "--changed-since", "HEAD"]) == cli.EXIT_USAGE
    assert "not a git repository" in capsys.readouterr().err


def test_no_git_is_told(docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CodeglotError, match="git cannot be run"):
        changes.since("HEAD", docs)


# Where diagnostics are put.


def test_a_changed_witness_becomes_the_place(git: Git, docs: Path) -> None:
    (docs / "en.md").write_text(table("en", TRAM_BELL="TRAM_WHISTLE"), encoding="utf-8")
    loaded = pipeline.load(docs)
    [before] = pipeline.check(loaded)
    assert (before.rule, before.span.path) == ("N301", "en.md")
    assert changes.rerooted([before], Changed({"en.md": [range(4, 5)], "it.md": None}), loaded.written) == (before,)
    assert changes.rerooted([before], Changed({"it.md": [range(3, 4)]}), loaded.written) == (before,)

    [after] = changes.rerooted([before], Changed({"it.md": [range(4, 5)]}), loaded.written)
    assert (after.span.path, after.span.line, after.locale) == ("it.md", 4, "it")
    assert after.message == f"en 4: {before.message}"
    assert (after.fingerprint, after.state, after.severity, after.code) == (
        before.fingerprint,
        before.state,
        before.severity,
        before.code,
    )
    assert [(one.locale, one.span.path, one.span.line) for one in after.related] == [
        ("en", "en.md", 4),
        ("ja", "ja.md", 4),
    ]
    assert after.related[0].text == "TRAM_WHISTLE | 71 | bell en kaput."
    assert after.expected == ""
    assert msgspec.structs.replace(before, expected="TRAM_BELL").expected in after.hint


def test_the_report_keeps_everything(git: Git, docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (docs / "en.md").write_text(table("en", TRAM_BELL="TRAM_WHISTLE"), encoding="utf-8")
    git("commit", "--quiet", "--all", "--message=second")
    (docs / "it.md").write_text(table("it").replace("bell it kaput", "bell it rotto"), encoding="utf-8")
    assert cli.main(["check", "--source", str(docs), "--format", "concise"]) == cli.EXIT_NEW
    plain = capsys.readouterr().out
    code = cli.main(["check", "--source", str(docs), "--format", "concise", "--changed-since", "HEAD"])
    assert code == cli.EXIT_NEW
    changed = capsys.readouterr().out
    assert f"{docs}/en.md:4:" in plain
    assert f"{docs}/it.md:4:" in changed
    assert "N301" in plain
    assert "N301" in changed
    assert plain.splitlines()[-1] == changed.splitlines()[-1]
