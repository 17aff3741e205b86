"""The command line in-process: every command, its streams and its exit codes."""

import io
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from generator import cli, rules
from generator.diagnostics import Diagnostic

ROOT = Path(__file__).parent.parent
SOURCE_DOCS = ROOT / "source_docs"

CATALOG = """\
source_locale = "en"
locales = ["en", "fr"]

[[products]]
id = "acme"
title = { en = "Acme" }

[[products.editions]]
id = "current"
documents = { en = "en.md", fr = "fr.md" }
"""
ENGLISH = """\
## Errors

| Name | Code | Description |
|---|---|---|
| ACME_LOST | 17 | The link is lost. |
| ACME_FULL | 18 | The disk is full. |
"""
FRENCH = """\
## Erreurs

| Name | Code | Description |
|---|---|---|
| ACME_LOST | 17 | La liaison est perdue. |
| ACME_FULL | 18 | Le disque est plein. |
"""


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    for name, text in (("catalog.toml", CATALOG), ("en.md", ENGLISH), ("fr.md", FRENCH)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> int:
    return cli.main(arguments)


def test_check_of_clean_documents_exits_with_0(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "--source", str(sources)) == cli.EXIT_CLEAN
    output = capsys.readouterr()
    assert (
        output.out.splitlines()[-1]
        == "0 errors, 0 warnings, 0 notes; 0 new, 0 known, 0 fixed, 0 suppressed, 0 corrected"
    )
    assert output.err == ""


def test_check_of_a_new_error_exits_with_1(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (sources / "fr.md").write_text(FRENCH.replace("| ACME_FULL | 18 | Le disque est plein. |\n", ""), encoding="utf-8")
    assert run("check", "--source", str(sources)) == cli.EXIT_NEW
    output = capsys.readouterr().out
    assert f"{sources}/fr.md:5:" in output
    assert "error[K201] 18 is missing" in output
    assert run("check", "--source", str(sources), "--exit-zero") == cli.EXIT_CLEAN


def test_fail_on_lowers_the_bar(sources: Path) -> None:
    (sources / "fr.md").write_text(FRENCH.replace("est plein. |", "est plein. | x"), encoding="utf-8")
    assert run("check", "--source", str(sources)) == cli.EXIT_CLEAN
    assert run("check", "--source", str(sources), "--fail-on", "warning") == cli.EXIT_NEW


def test_check_writes_several_reports_at_once(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, text = sources / "report.json", sources / "report.txt"
    code = run("check", "--source", str(sources), "--output", f"json={data}", "--output", f"text={text}")
    assert code == cli.EXIT_CLEAN
    assert json.loads(data.read_text(encoding="utf-8"))["accounting"]["rows"] == 4
    assert text.read_text(encoding="utf-8") == capsys.readouterr().out


def last_line(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out.splitlines()[-1]


def test_what_is_known_does_not_fail_and_what_is_stale_does(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = FRENCH.replace("| ACME_FULL | 18 | Le disque est plein. |\n", "")
    (sources / "fr.md").write_text(missing, encoding="utf-8")
    assert run("check", "--source", str(sources), "--update-baseline") == cli.EXIT_CLEAN
    assert last_line(capsys) == "0 errors, 0 warnings, 0 notes; 0 new, 1 known, 0 fixed, 0 suppressed, 0 corrected"
    written = (sources / "baseline.json").read_bytes()
    assert run("check", "--source", str(sources), "--update-baseline") == cli.EXIT_CLEAN
    assert (sources / "baseline.json").read_bytes() == written
    capsys.readouterr()

    (sources / "fr.md").write_text(FRENCH.replace("ACME_LOST", "ACME_FULL_LOST_17"), encoding="utf-8")
    assert run("check", "--source", str(sources)) == cli.EXIT_NEW
    output = capsys.readouterr().out
    assert "error[X903]" in output
    assert "error[N301]" in output
    assert output.splitlines()[-1].endswith("; 1 new, 0 known, 1 fixed, 0 suppressed, 0 corrected")

    (sources / "fr.md").write_text(FRENCH, encoding="utf-8")
    assert run("check", "--source", str(sources), "--update-baseline") == cli.EXIT_CLEAN
    assert last_line(capsys).endswith("; 0 new, 0 known, 1 fixed, 0 suppressed, 0 corrected")
    assert run("check", "--source", str(sources)) == cli.EXIT_CLEAN


def test_what_is_meant_is_suppressed_with_its_reason(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (sources / "fr.md").write_text(FRENCH.replace("| ACME_FULL | 18 | Le disque est plein. |\n", ""), encoding="utf-8")
    entry = '[[suppressions]]\nrule = "K201"\nlocale = "fr"\ncode = "18"\nreason = "Not sold in France."\n'
    (sources / "suppressions.toml").write_text(entry, encoding="utf-8")
    assert run("check", "--source", str(sources)) == cli.EXIT_CLEAN
    assert last_line(capsys).endswith("; 0 new, 0 known, 0 fixed, 1 suppressed, 0 corrected")
    (sources / "fr.md").write_text(FRENCH, encoding="utf-8")
    assert run("check", "--source", str(sources)) == cli.EXIT_NEW
    assert "error[X901]" in capsys.readouterr().out


def test_a_proposed_erratum_corrects_what_it_is_for(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "".join(
        f"| ACME_{name} | {code} | Something {name.lower()} broke. |\n" for code, name in enumerate("ABCDEF", 30)
    )
    (sources / "en.md").write_text(ENGLISH + rows, encoding="utf-8")
    (sources / "fr.md").write_text(FRENCH + rows.replace("| 33 |", "| 32 |"), encoding="utf-8")
    assert run("check", "--source", str(sources)) == cli.EXIT_NEW
    assert "error[K204]" in capsys.readouterr().out
    assert run("errata", "propose", "--source", str(sources)) == cli.EXIT_CLEAN
    (sources / "errata.toml").write_text(capsys.readouterr().out, encoding="utf-8")
    assert run("check", "--source", str(sources)) == cli.EXIT_CLEAN
    assert last_line(capsys).endswith("; 0 new, 0 known, 0 fixed, 0 suppressed, 1 corrected")


@pytest.mark.parametrize("word", ["json", "json=", "pdf=x", "=x"])
def test_an_output_that_is_none_is_told(sources: Path, capsys: pytest.CaptureFixture[str], word: str) -> None:
    assert run("check", "--source", str(sources), "--output", word) == cli.EXIT_USAGE
    assert f"--output {word}" in capsys.readouterr().err


def test_an_output_that_cannot_be_written_is_told(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = sources / "nowhere" / "report.json"
    assert run("check", "--source", str(sources), "--output", f"json={target}") == cli.EXIT_USAGE
    assert f"{target}: cannot be written" in capsys.readouterr().err


def test_nothing_to_check_exits_with_3_or_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "catalog.toml").write_text(CATALOG.replace(', fr = "fr.md"', ""), encoding="utf-8")
    (tmp_path / "en.md").write_text("Only words.\n", encoding="utf-8")
    assert run("check", "--source", str(tmp_path)) in {cli.EXIT_NEW, cli.EXIT_NOTHING}
    assert "S114" in capsys.readouterr().out
    assert run("check", "--source", str(tmp_path), "--fail-on", "error", "--exit-zero") == cli.EXIT_CLEAN


@pytest.mark.parametrize("command", ["build", "serve", "check", "catalog", "explain"])
def test_every_command_names_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    words = ["17"] if command == "explain" else []
    assert run(command, "--source", str(tmp_path), *words) == cli.EXIT_USAGE
    error = capsys.readouterr().err
    assert error.startswith(f"codeglot: the source folder {tmp_path} has no catalog.toml")
    assert "hint:" in error
    assert "Traceback" not in error


def test_bytes_that_are_no_text_are_a_diagnostic(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (sources / "fr.md").write_bytes(FRENCH.encode("latin-1").replace(b"liaison", b"liaison \xe9\xff"))
    run("check", "--source", str(sources))
    assert f"{sources}/fr.md:5:" in capsys.readouterr().out


def test_catalog_prints_the_same_bytes_twice(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("catalog", "--source", str(sources)) == cli.EXIT_CLEAN
    first = capsys.readouterr().out
    run("catalog", "--source", str(sources))
    assert capsys.readouterr().out == first
    assert [one["code"]["value"] for one in json.loads(first)["products"][0]["meanings"]] == [17, 18]


def test_explain_reads_arguments_and_standard_input(
    sources: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("explain", "--source", str(sources), "--locale", "fr", "ret=0x11") == cli.EXIT_CLEAN
    said = capsys.readouterr().out
    assert "acme/17" in said
    assert "La liaison est perdue." in said
    monkeypatch.setattr(sys, "stdin", io.StringIO("connect failed, code: 18\n"))
    assert run("explain", "--source", str(sources)) == cli.EXIT_CLEAN
    assert "The disk is full." in capsys.readouterr().out


def test_explain_of_an_unknown_number_shows_no_code(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("explain", "--source", str(sources), "code 99999") == cli.EXIT_NEW
    said = capsys.readouterr().out
    assert "no known code" in said
    assert "The disk is full." not in said


def test_explain_refuses_an_unknown_locale(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("explain", "--source", str(sources), "--locale", "tlh", "17") == cli.EXIT_USAGE
    assert "unknown locale 'tlh'" in capsys.readouterr().err


def test_rules_are_listed_and_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("rules") == cli.EXIT_CLEAN
    listed = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert {"S101", "S103", "K201", "K202", "K203", "K204", "K206", "K210", "N301", "T601", "X905"} <= set(listed)
    for rule in listed:
        assert run("rules", rule.lower()) == cli.EXIT_CLEAN
        assert capsys.readouterr().out.startswith(f"# {rule} ")
    assert run("rules", "K999") == cli.EXIT_USAGE
    assert "there is no rule 'K999'" in capsys.readouterr().err


def test_rules_tell_how_often_they_fire(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (sources / "fr.md").write_text(FRENCH.replace("est plein. |", "est plein. | x"), encoding="utf-8")
    assert run("rules", "--source", str(sources)) == cli.EXIT_CLEAN
    counts = {line.split()[0]: line.split()[1] for line in capsys.readouterr().out.splitlines()}
    assert {rule for rule, count in counts.items() if count != "0"} == {"S103"}
    assert run("rules", "s103", "--source", str(sources)) == cli.EXIT_CLEAN
    assert capsys.readouterr().out.endswith("it fires once.\n")


def test_a_rule_that_crashes_loses_no_report_and_exits_with_2(
    sources: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(_context: object) -> Iterator[Diagnostic]:
        raise ZeroDivisionError

    (sources / "fr.md").write_text(FRENCH.replace("est plein. |", "est plein. | x"), encoding="utf-8")
    broken = tuple(msgspec.structs.replace(rule, check=crash) if rule.id == "K201" else rule for rule in rules.RULES)
    monkeypatch.setattr(rules, "RULES", broken)
    for arguments in ((), ("--exit-zero",)):
        assert run("check", "--source", str(sources), *arguments) == cli.EXIT_USAGE
        report = capsys.readouterr().out
        assert "K201" in report
        assert "X999" in report
        assert "warning[S103]" in report


def test_a_build_that_fails_leaves_the_site_and_pages_as_they_were(
    sources: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site, docs = sources / "site", sources / ".codeglot" / "docs"
    for folder in (site, docs):
        folder.mkdir(parents=True)
        (folder / "kept.txt").write_text("kept", encoding="utf-8")
    (site / ".codeglot-site").touch()
    (sources / "en.md").unlink()
    assert run("build", "--source", str(sources)) == cli.EXIT_USAGE
    assert "does not exist" in capsys.readouterr().err
    for name in ("en.md", "fr.md"):
        (sources / name).write_text("No table.\n", encoding="utf-8")
    assert run("build", "--source", str(sources)) == cli.EXIT_USAGE
    assert "nothing to build" in capsys.readouterr().err
    kept = sorted(path.name for folder in (site, docs) for path in folder.iterdir())
    assert kept == [".codeglot-site", "kept.txt", "kept.txt"]


def test_other_sources_are_built_without_touching_this_repository(sources: Path) -> None:
    def state() -> dict[Path, float]:
        own = [ROOT / "docs", ROOT / "site", ROOT / "source_docs", ROOT / "templates"]
        return {path: path.stat().st_mtime for folder in own for path in folder.rglob("*") if path.is_file()}

    before = state()
    assert run("build", "--source", str(sources), "--quiet") == cli.EXIT_CLEAN
    assert state() == before
    assert (sources / "site" / "acme" / "17" / "index.html").is_file()
    assert (sources / "site" / "fr" / "acme" / "18" / "index.html").is_file()


def test_a_reader_who_has_seen_enough_ends_it_quietly() -> None:
    program = shutil.which("codeglot", path=str(Path(sys.executable).parent))
    assert program, "the console script is not installed beside this Python"
    with subprocess.Popen(
        [program, "catalog", "--source", str(SOURCE_DOCS)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full disk to write to")
def test_a_full_disk_behind_the_output_is_told() -> None:
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(
            [sys.executable, "-m", "generator", "rules"], stdout=full, stderr=subprocess.PIPE, check=False, cwd=ROOT
        )
    assert (result.returncode, result.stderr) == (cli.EXIT_USAGE, b"codeglot: No space left on device\n")


_INTERRUPTED_WHILE_LOADING = """
import os, signal, sys

class Impatience:
    def find_spec(self, name, path=None, target=None):
        if name == "generator.cli":
            os.kill(os.getpid(), signal.SIGINT)

signal.signal(signal.SIGINT, signal.default_int_handler)
sys.meta_path.insert(0, Impatience())
from generator.__main__ import run
run()
"""


def test_whoever_interrupts_it_while_it_loads_sees_no_traceback() -> None:
    result = subprocess.run(
        [sys.executable, "-c", _INTERRUPTED_WHILE_LOADING], capture_output=True, check=False, cwd=ROOT
    )
    assert (result.returncode, result.stdout, result.stderr) == (-signal.SIGINT, b"", b"")


def test_a_log_may_hold_any_bytes() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "generator", "explain", "--source", str(SOURCE_DOCS)],
        input="登录失败 ret=7006\n".encode("gbk") + b"\xff\n",
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8:strict"},
    )
    assert "gme/7006" in result.stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("docs", "site"),
    [("out", "out"), ("out/docs", "out"), ("out", "out/site"), ("docs", "."), (".", "site"), ("docs/x/..", "docs/y")],
)
def test_folders_that_would_swallow_each_other_are_refused(
    sources: Path, capsys: pytest.CaptureFixture[str], docs: str, site: str
) -> None:
    before = sorted(sources.rglob("*"))
    words = ("--docs", str(sources / docs), "--site", str(sources / site))
    assert run("build", "--source", str(sources), *words) == cli.EXIT_USAGE
    assert "keep the sources, --docs and --site apart" in capsys.readouterr().err
    assert sorted(sources.rglob("*")) == before


def test_output_is_utf_8_whatever_the_terminal_says() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "generator", "explain", "--source", str(SOURCE_DOCS), "7006"],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
    )
    assert "鉴权失败" in result.stdout.decode("utf-8")
