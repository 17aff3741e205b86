"""What is made of all rules' diagnostics together: causes, escalation, crashes."""

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from generator import pipeline
from generator.diagnostics import Diagnostic, Precision, Severity
from generator.glossary import Glossary, Lexicon
from generator.model import Catalog, Column, Entry, Locale
from generator.rules import RULES, combine, without_words
from generator.rules.base import Key, Rule, at_row, diagnose_cell
from generator.rules.context import Context

Where = Callable[[Entry], Column | None]


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    (tmp_path / "catalog.toml").write_text(
        'source_locale = "en"\nlocales = ["en"]\n[[products]]\nid = "oven"\ntitle = { en = "Oven" }\n'
        '[[products.editions]]\nid = "current"\ndocuments = { en = "en.md" }\n',
        encoding="utf-8",
    )
    (tmp_path / "en.md").write_text(
        "| Name | Code | Cause | Solution |\n| --- | --- | --- | --- |\n"
        "| OVEN_HOT | 41 | Too hot. | Wait. |\n| OVEN_COLD | 42 | Too cold. | Heat it. |\n",
        encoding="utf-8",
    )
    return pipeline.load(tmp_path).written


def rule(
    rule_id: str,
    where: Where,
    severity: Severity = Severity.WARNING,
    precision: Precision = Precision.HIGH,
    explains: Callable[[Context, Diagnostic, Diagnostic], bool] | None = None,
) -> Rule:
    """A rule that fires on every row for which ``where`` gives a column."""

    def check(context: Context) -> Iterator[Diagnostic]:
        for entry in context.catalog.documents[0].entries:
            column = where(entry)
            if column:
                yield diagnose_cell(made, context, entry, column, f"{rule_id} at {entry.code.text}")

    def reach(_context: Context, cause: Diagnostic) -> Iterator[Key]:
        yield at_row(cause.span)

    made = Rule(rule_id, rule_id.lower(), severity, precision, "Fires", "", check)
    return msgspec.structs.replace(made, explains=explains, reach=reach) if explains else made


def first(column: Column) -> Where:
    return lambda entry: column if entry.code.text == "41" else None


def judged(catalog: Catalog, *rules: Rule) -> list[tuple[str, str, str, list[str]]]:
    found = combine.judged(rules, Context(catalog), Context(catalog))
    return [(one.rule, one.severity.value, one.code, [inner.rule for inner in one.explains]) for one in found]


def test_two_warnings_of_two_families_on_one_cell_are_an_error(catalog: Catalog) -> None:
    sure = rule("T900", first(Column.CAUSE), precision=Precision.VERY_HIGH)
    other = rule("V900", lambda _: Column.CAUSE)
    assert judged(catalog, sure, other) == [("T900", "error", "41", ["V900"]), ("V900", "warning", "42", [])]


@pytest.mark.parametrize(
    "other",
    [
        rule("T901", first(Column.CAUSE)),
        rule("V900", first(Column.SOLUTION)),
        rule("V900", first(Column.CAUSE), severity=Severity.NOTE),
    ],
    ids=["same family", "another cell", "a note"],
)
def test_others_stay_warnings(catalog: Catalog, other: Rule) -> None:
    sure = rule("T900", first(Column.CAUSE), precision=Precision.VERY_HIGH)
    assert {severity for _, severity, _, _ in judged(catalog, sure, other)} <= {"warning", "note"}


def test_two_warnings_of_which_none_is_sure_stay_warnings(catalog: Catalog) -> None:
    rules = rule("T900", first(Column.CAUSE)), rule("V900", first(Column.CAUSE))
    assert [severity for _, severity, _, _ in judged(catalog, *rules)] == ["warning", "warning"]


def test_escalation_changes_no_fingerprint(catalog: Catalog) -> None:
    sure, other = rule("T900", first(Column.CAUSE), precision=Precision.VERY_HIGH), rule("V900", first(Column.CAUSE))
    alone = combine.judged([sure], Context(catalog), Context(catalog))
    both = combine.judged([sure, other], Context(catalog), Context(catalog))
    assert [one.fingerprint for one in alone] == [one.fingerprint for one in both]


@pytest.mark.parametrize(
    ("precision", "expected"),
    [
        (Precision.HIGH, [("K204", "error", "41", ["T900"])]),
        (Precision.LOW, [("K204", "error", "41", []), ("T900", "warning", "41", [])]),
    ],
)
def test_what_is_hidden_hides_nothing_that_is_shown(
    catalog: Catalog, precision: Precision, expected: list[tuple[str, str, str, list[str]]]
) -> None:
    cause = rule("K204", first(Column.CODE), Severity.ERROR, precision, explains=lambda *_: True)
    assert judged(catalog, cause, rule("T900", first(Column.CAUSE))) == expected


def test_a_crash_is_a_diagnostic_about_the_rule(catalog: Catalog) -> None:
    def crash(_context: Context) -> Iterator[Diagnostic]:
        raise ZeroDivisionError("by zero")

    broken = Rule("V900", "broken", Severity.ERROR, Precision.HIGH, "Fires", "", crash)
    found = judged(catalog, broken, rule("T900", first(Column.CAUSE)))
    assert [one[0] for one in found] == ["X999", "T900"]


def test_a_locale_without_words_silences_the_rules_that_need_them(catalog: Catalog) -> None:
    shown = [one for one in RULES if one.precision is not Precision.LOW]
    needing = tuple(one.id for one in shown if one.lexicons)
    assert needing
    assert without_words(catalog, Glossary()) == {Locale("en"): needing}
    few = tuple(one.id for one in shown if set(one.lexicons) & (set(Lexicon) - {Lexicon.MISSPELLINGS}))
    assert without_words(catalog, Glossary(misspellings={Locale("en"): {"owen": "oven"}})).get(Locale("en"), ()) == few
