"""What was measured of the rules: read, said on their pages and by the command; silent where nothing was."""

import json
from pathlib import Path

import pytest

from generator import cli, labels, measured, pages, pipeline
from generator.errors import CodeglotError
from generator.measured import Figures, Measurements
from generator.model import Locale
from generator.pages.content import RuleContent
from generator.rules import RULES

ROOT = Path(__file__).parent.parent
SAID = (
    "Of 60 planted defects it found 59. Beside them it raised 2 false alarms. "
    "Of 3 alerts read by hand in 28 documents, 3 were real."
)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "measured.json"
    one = {"planted": 60, "found": 59, "false": 2, "alerts": 3, "read": 3, "real": 3}
    path.write_text(json.dumps({"rules": {"K204": one}, "documents": 28}), encoding="utf-8")
    read = measured.read
    monkeypatch.setattr(measured, "read", lambda: read(path))
    return path


def test_no_file_says_nothing(tmp_path: Path) -> None:
    assert measured.read(tmp_path / "none.json") == Measurements()


@pytest.mark.parametrize("text", ["", "[]", '{"rules": {"K204": {"planted": "many"}}}', '{"rule": {}}'])
def test_a_wrong_file_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "measured.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CodeglotError, match=r"measured\.json"):
        measured.read(path)


def test_figures_are_possible() -> None:
    found = measured.read()
    assert set(found.rules) <= {rule.id for rule in RULES}
    for one in found.rules.values():
        assert 0 <= one.found <= one.planted
        assert 0 <= one.real <= one.read <= one.alerts
        assert one.false >= 0


@pytest.mark.usefixtures("file")
def test_the_command_says_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["rules", "k204"]) == cli.EXIT_CLEAN
    assert capsys.readouterr().out.endswith(f"\n{SAID}\n")
    assert cli.main(["rules", "K203"]) == cli.EXIT_CLEAN
    assert "planted" not in capsys.readouterr().out


@pytest.mark.usefixtures("file")
def test_the_rules_page_says_it_in_its_language() -> None:
    loaded = pipeline.load(Path(__file__).parent / "cases" / "render" / "editions")
    locales = (Locale("zh"), Locale("en"), Locale("ko"))
    words = {locale: labels.read(ROOT / "templates", locale) for locale in locales}
    plan = pages.plan(
        loaded.corrected,
        pages.Ledger(loaded.written, (), {}),
        pages.SiteInfo(locales, locales[0]),
        words,
        pipeline.rule_infos(),
    )
    said = {one.locale: one.content for one in plan.pages if one.path == "rules/K204/"}
    texts = {locale: content.measured for locale, content in said.items() if isinstance(content, RuleContent)}
    assert texts[Locale("en")] == SAID
    assert "59" in texts[Locale("zh")]
    assert "植入" in texts[Locale("zh")]
    assert "심은" in texts[Locale("ko")]
    without = next(one.content for one in plan.pages if one.path == "rules/K203/")
    assert isinstance(without, RuleContent)
    assert without.measured == ""


def test_what_was_not_measured_is_not_said() -> None:
    words = labels.read(ROOT / "templates", Locale("en"))

    def said(one: Figures) -> str:
        return pages.measured(pages.Measured(one.planted, one.found, one.false, one.read, one.real, 2), words)

    assert said(Figures()) == ""
    assert said(Figures(planted=1, found=1)) == "Of 1 planted defect it found 1."
    assert said(Figures(alerts=5, read=1)) == "Of 1 alert read by hand in 2 documents, 0 was real."
