"""The report of the originals, beside what a person found who read them side by side without any program."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator import cli, pipeline
from generator.diagnostics import Diagnostic, Precision, State

TESTS = Path(__file__).parent
SOURCE_DOCS = TESTS.parent / "source_docs"

EN, KO, ZH = "gme/current/en.md", "gme/current/ko.md", "gme/current/zh.md"

# What that person calls wrong, as far as a program can see it: where it is, and the rules of which one has to say so.
READ = [
    # The row of 8196 repeats code and name of 8195, that of 32777 those of 32775; in 2019 both were right.
    (EN, 309, "8195", {"K204"}),
    (EN, 332, "32775", {"K204"}),
    # The solution of 8196 lost "check the authentication".
    (EN, 309, "8195", {"G709", "T604"}),
    # An empty cell pushes the solution out of the table.
    (EN, 299, "4098", {"S101"}),
    (EN, 321, "20481", {"S101"}),
    # "Hour" for 超时; "Timeout" in 2019.
    (EN, 239, "10004", {"T608"}),
    # "Upload parameters" under the names and the peers' texts of a download.
    (EN, 318, "12294", {"T603", "N305"}),
    (EN, 319, "12295", {"T603", "N305"}),
    # "The feature is not supported yet" is left out.
    (EN, 73, "1006", {"T609", "T610"}),
    # 录音, the recording of a voice, as recording of a video (녹화) or as a record kept (기록).
    (KO, 300, "4099", {"T608", "T606"}),
    (KO, 302, "4101", {"T608", "T606"}),
    (KO, 304, "4103", {"T608", "T606"}),
    (KO, 305, "4104", {"T608", "T606"}),
    (KO, 335, "32786", {"T608", "T606"}),
    (KO, 336, "50012", {"T608", "T606"}),
    # "Authenticated" for 授权, having the permission.
    (KO, 303, "4102", {"T608", "T606"}),
    # "The last operation" for the one before.
    (KO, 38, "1001", {"T608", "E806"}),
    # The solution is still that of an older edition; a sentence that stands nowhere else.
    (KO, 326, "32769", {"E806"}),
    (KO, 328, "32772", {"E806"}),
    (KO, 334, "32785", {"T609"}),
    # 12289 no longer says that it is about a download; 8193 says the same.
    (KO, 313, "12289", {"T604", "G709"}),
    # Titles that say another thing: no "voice chat", "voice message" for speech-to-text.
    (KO, 203, "", {"T611"}),
    (KO, 294, "", {"T611", "E806"}),
    # 전달됬습니다: no such word.
    (KO, 226, "10002", {"G701"}),
    (KO, 282, "10010", {"G701"}),
    # The link's words are those of another page; its anchor, as in English, is Chinese; zh knows two pages here.
    (KO, 8, "7004", {"L405"}),
    (KO, 308, "8195", {"L403"}),
    (EN, 308, "8195", {"L403"}),
    (EN, 8, "7004", {"L402"}),
    # A stray "k" behind the row.
    (KO, 17, "7014", {"S103"}),
    (ZH, 17, "7014", {"S103"}),
    # INVITET and ACCEPTT: INVITE and ACCEPT in 2019 and in the other product.
    (ZH, 167, "1801", {"N302"}),
    (ZH, 174, "1802", {"N302"}),
    # zh alone says that the limit of the recording's length is in milliseconds.
    (ZH, 304, "4103", {"T609", "T610"}),
    # The English name of 10009 repeats that of 10006; a cell in quotation marks.
    ("gme/2019-04/en.md", 45, "10009", {"K206"}),
    ("gme/2019-04/en.md", 7, "1001", {"G702"}),
    # 1001 is a repeated operation, and a missing permission; a header "name" over codes.
    ("ilvb/current/zh.md", 136, "1001", {"K210"}),
    ("ilvb/current/zh.md", 64, "", {"S106"}),
]


@pytest.fixture(scope="module")
def found() -> tuple[Diagnostic, ...]:
    return pipeline.check(pipeline.load(SOURCE_DOCS))


def flat(diagnostics: tuple[Diagnostic, ...]) -> Iterator[Diagnostic]:
    for diagnostic in diagnostics:
        yield diagnostic
        yield from diagnostic.explains


@pytest.mark.parametrize(
    ("path", "line", "code", "rules"),
    READ,
    ids=[f"{path}-{line}-{'-'.join(sorted(rules))}" for path, line, _, rules in READ],
)
def test_what_a_reader_finds_is_reported(
    found: tuple[Diagnostic, ...], path: str, line: int, code: str, rules: set[str]
) -> None:
    here = [one for one in flat(found) if (one.span.path, one.span.line) == (path, line)]
    said = [one for one in here if one.rule in rules]
    assert said, f"only {[one.rule for one in here]} speak of this line"
    assert code in {one.code for one in said}
    assert any(one.precision is not Precision.LOW for one in said)


def test_the_report_is_as_reviewed(found: tuple[Diagnostic, ...], expect: Callable[[Path, str], None]) -> None:
    shown = [one for one in found if one.precision is not Precision.LOW]
    lines = [
        f"{one.span.path}:{one.span.line} {one.severity.value} {one.state.value} {one.rule} {one.message}"
        + "".join(f"\n    {inner.rule} {inner.span.path}:{inner.span.line} {inner.message}" for inner in one.explains)
        for one in shown
    ]
    expect(TESTS / "cases" / "originals.txt", "\n".join(lines) + "\n")


def test_what_is_proved_is_corrected(found: tuple[Diagnostic, ...]) -> None:
    corrected = {(one.rule, one.span.path, one.span.line) for one in found if one.state is State.CORRECTED}
    proved = {
        ("K206", "gme/2019-04/en.md", 45),
        ("S101", EN, 299),
        ("K204", EN, 309),
        ("S101", EN, 321),
        ("K204", EN, 332),
    }
    assert proved <= corrected


def test_witnesses(found: tuple[Diagnostic, ...]) -> None:
    upload = next(one for one in found if one.rule == "K204" and one.code == "8195")
    assert upload.precision is Precision.VERY_HIGH
    assert upload.expected == "8196, between 8195 and 8197"
    assert [(one.locale, one.span.path, one.span.line) for one in upload.related] == [
        ("zh", ZH, 309),
        ("ko", KO, 309),
        ("en", "gme/2019-04/en.md", 63),
    ]
    line = (SOURCE_DOCS / upload.span.path).read_text(encoding="utf-8").splitlines()[upload.span.line - 1]
    assert line[upload.span.column - 1 : upload.span.end_column - 1] == "8195"


def test_without_errata_nothing_is_corrected(tmp_path: Path) -> None:
    shutil.copytree(SOURCE_DOCS, tmp_path / "docs", ignore=shutil.ignore_patterns("errata.toml"))
    again = pipeline.check(pipeline.load(tmp_path / "docs"))
    assert {one.state for one in flat(again)} == {State.NEW}
    places = {(one.rule, one.span.path, one.span.line) for one in again}
    assert {("K204", EN, 309), ("K204", EN, 332), ("S101", EN, 299), ("S101", EN, 321)} <= places


def test_the_reviewed_state_is_green_and_the_first_new_error_red(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "docs"
    shutil.copytree(SOURCE_DOCS, folder)
    assert cli.main(["check", "--source", str(folder)]) == 0
    assert " 0 new," in capsys.readouterr().out
    korean = folder / KO
    text = korean.read_text(encoding="utf-8")
    assert text.count("<td>1301</td>") == 1
    korean.write_text(text.replace("<td>1301</td>", "<td>1302</td>"), encoding="utf-8")
    assert cli.main(["check", "--source", str(folder), "--format", "concise"]) == 1
    [line, tally] = capsys.readouterr().out.splitlines()
    assert f"{KO}:" in line
    assert "error[K204] row is listed as 1302 but is 1301" in line
    assert tally.startswith("1 error, 0 warnings, 0 notes; 1 new, ")
