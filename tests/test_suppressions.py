"""Suppressions: what each matches, when one is unused, expired or without a reason, and wrong files."""

from datetime import date
from pathlib import Path

import msgspec
import pytest

from generator import suppressions
from generator.diagnostics import Diagnostic, Precision, Severity, State
from generator.errors import CodeglotError
from generator.model import Column, EditionId, Locale, ProductId, SourceSpan
from generator.suppressions import Suppressed, Suppressions

TODAY = date(2026, 5, 20)
FULL = """
[[suppressions]]
rule = "K203"
locale = "en"
product = "train"
edition = "new"
code = "513"
field = "code"
reason = "Both rows are shipped."
expires = 2026-12-31
"""


def diagnostic(rule: str = "K203", number: int = 0, **values: object) -> Diagnostic:
    made = Diagnostic(
        rule=rule,
        name="code-duplicated",
        severity=Severity.WARNING,
        precision=Precision.HIGH,
        span=SourceSpan("en.md", number + 5, 1, number + 5, 4),
        product=ProductId("train"),
        edition=EditionId("new"),
        locale=Locale("en"),
        message="513 is listed twice",
        code="513",
        field=Column.CODE,
        fingerprint=f"{rule}:0123456789abcdef:{number}",
    )
    return msgspec.structs.replace(made, **values)


def read(folder: Path, text: str) -> Suppressions:
    path = folder / "suppressions.toml"
    path.write_text(text, encoding="utf-8")
    return suppressions.read(path)


def applied(folder: Path, text: str, *diagnostics: Diagnostic, today: date = TODAY) -> Suppressed:
    return suppressions.apply(diagnostics, read(folder, text), today)


def housekeeping(found: Suppressed) -> list[tuple[str, int]]:
    return [(one.rule, one.span.line) for one in found.diagnostics if one.rule.startswith("X9")]


def test_what_matches_is_suppressed_with_its_reason(tmp_path: Path) -> None:
    found = applied(tmp_path, FULL, diagnostic())
    assert found.diagnostics == (diagnostic(state=State.SUPPRESSED),)
    [(fingerprint, by)] = found.by
    assert (fingerprint, by.reason) == ("K203:0123456789abcdef:0", "Both rows are shipped.")


@pytest.mark.parametrize(
    "other",
    [
        diagnostic("K206"),
        diagnostic(locale=Locale("it")),
        diagnostic(product=ProductId("tram")),
        diagnostic(edition=EditionId("old")),
        diagnostic(code="5130"),
        diagnostic(code=""),
        diagnostic(field=Column.NAME),
        diagnostic(field=None),
    ],
)
def test_every_key_given_must_agree(tmp_path: Path, other: Diagnostic) -> None:
    found = applied(tmp_path, FULL, other)
    assert other in found.diagnostics
    assert housekeeping(found) == [("X901", 2)]
    assert found.by == ()


def test_a_key_that_is_absent_says_nothing(tmp_path: Path) -> None:
    others = [diagnostic(number=1, locale=Locale("it"), code="9", field=None), diagnostic("K206", 2)]
    found = applied(tmp_path, '[[suppressions]]\nrule = "K203"\nreason = "So be it."\n', diagnostic(), *others)
    assert [one.state for one in found.diagnostics] == [State.SUPPRESSED, State.SUPPRESSED, State.NEW]


@pytest.mark.parametrize("spelling", ["0x201", "0X0201", "５１３", " 513 ", "+513"])
def test_a_code_is_meant_in_any_spelling(tmp_path: Path, spelling: str) -> None:
    found = applied(tmp_path, FULL.replace('"513"', f'"{spelling}"'), diagnostic())
    assert [one.state for one in found.diagnostics] == [State.SUPPRESSED]


def test_a_word_is_no_number_and_keeps_its_case(tmp_path: Path) -> None:
    text = FULL.replace('"513"', '"NotFound"')
    given = [diagnostic(number=at, code=code) for at, code in enumerate(("NotFound", "notfound"))]
    found = applied(tmp_path, text, *given)
    assert [one.state for one in found.diagnostics] == [State.SUPPRESSED, State.NEW]


# Causes and consequences.


def test_consequences_follow_their_cause(tmp_path: Path) -> None:
    cause = diagnostic(explains=(diagnostic("K201", 1), diagnostic("K206", 2)))
    found = applied(tmp_path, FULL, cause)
    assert [one.state for one in found.diagnostics[0].explains] == [State.SUPPRESSED, State.SUPPRESSED]
    assert [fingerprint[:4] for fingerprint, _ in found.by] == ["K201", "K203", "K206"]


def test_a_consequence_can_be_suppressed_alone_and_that_is_a_use(tmp_path: Path) -> None:
    cause = diagnostic("K204", 1, explains=(diagnostic(), diagnostic("K206", 2)))
    found = applied(tmp_path, FULL, cause)
    assert housekeeping(found) == []
    assert found.diagnostics[0].state is State.NEW
    assert [one.state for one in found.diagnostics[0].explains] == [State.SUPPRESSED, State.NEW]


# What is wrong with a suppression.


@pytest.mark.parametrize("state", [State.CORRECTED, State.KNOWN])
def test_what_is_settled_otherwise_needs_no_suppression(tmp_path: Path, state: State) -> None:
    found = applied(tmp_path, FULL, diagnostic(state=state))
    assert diagnostic(state=state) in found.diagnostics
    assert housekeeping(found) == [("X901", 2)]


def test_an_unused_suppression_is_an_error_at_its_line(tmp_path: Path) -> None:
    text = f'# Accepted.\n{FULL}\n[[suppressions]]\nrule = "S103"\ncode = "7014"\nreason = "A stray k."\n'
    found = applied(tmp_path, text, diagnostic())
    [unused, kept] = found.diagnostics
    assert (unused.rule, unused.name, unused.severity) == ("X901", "unused-suppression", Severity.ERROR)
    assert unused.span == SourceSpan("suppressions.toml", 13, 1, 13, 1)
    assert text.splitlines()[12] == "[[suppressions]]"
    assert unused.message == "the suppression of S103 (7014) matches nothing"
    assert (unused.state, unused.code, unused.locale) == (State.NEW, "7014", "")
    assert kept.state is State.SUPPRESSED


@pytest.mark.parametrize("reason", ["", 'reason = ""', 'reason = " \\t\\n "'])
def test_a_suppression_without_a_reason_is_an_error_and_still_suppresses(tmp_path: Path, reason: str) -> None:
    text = FULL.replace('reason = "Both rows are shipped."', reason)
    found = applied(tmp_path, text, diagnostic())
    assert housekeeping(found) == [("X902", 2)]
    assert found.diagnostics[0].severity is Severity.ERROR
    assert found.diagnostics[0].message == "the suppression of K203 (train, new, en, 513, code) gives no reason"
    assert found.diagnostics[1].state is State.SUPPRESSED


@pytest.mark.parametrize(
    ("today", "expired"),
    [(date(2026, 12, 30), False), (date(2026, 12, 31), False), (date(2027, 1, 1), True)],
)
def test_a_suppression_holds_until_the_end_of_its_day(tmp_path: Path, today: date, expired: bool) -> None:
    found = applied(tmp_path, FULL, diagnostic(), today=today)
    assert housekeeping(found) == ([("X904", 2)] if expired else [])
    assert found.diagnostics[-1].state is (State.NEW if expired else State.SUPPRESSED)


def test_an_expired_suppression_is_not_unused_as_well(tmp_path: Path) -> None:
    found = applied(tmp_path, FULL, today=date(2030, 1, 1))
    assert housekeeping(found) == [("X904", 2)]
    assert found.diagnostics[0].message.endswith("expired on 2026-12-31")


def test_two_wrong_entries_are_two_diagnostics(tmp_path: Path) -> None:
    found = applied(tmp_path, FULL + FULL)
    assert housekeeping(found) == [("X901", 2), ("X901", 12)]
    assert len({one.fingerprint for one in found.diagnostics}) == 2


def test_what_is_wrong_stands_in_the_order_of_a_report(tmp_path: Path) -> None:
    note = diagnostic("S105", 1, severity=Severity.NOTE)
    error = diagnostic("K201", 2, severity=Severity.ERROR)
    found = applied(tmp_path, FULL, error, note)
    assert [one.rule for one in found.diagnostics] == ["K201", "X901", "S105"]


def test_while_a_rule_has_failed_nothing_is_called_unused(tmp_path: Path) -> None:
    found = applied(tmp_path, FULL, diagnostic("X999"))
    assert housekeeping(found) == [("X999", 5)]


def test_without_suppressions_nothing_changes() -> None:
    given = (diagnostic(severity=Severity.ERROR), diagnostic("K206", 1))
    assert suppressions.apply(given, Suppressions(), TODAY) == Suppressed(given, ())


# The file.


def test_an_empty_file_suppresses_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, "# Nothing is accepted.\n") == Suppressions()


@pytest.mark.parametrize("written", ["2026-12-31", '"2026-12-31"'])
def test_a_date_may_be_written_as_a_date_or_a_text(tmp_path: Path, written: str) -> None:
    [entry] = read(tmp_path, FULL.replace("2026-12-31", written)).entries
    assert entry.expires == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('rule = "K203"\n', "", 2, "the key 'rule' is missing"),
        ('"K203"', '"K999"', 3, "there is no rule 'K999' (key suppressions[0].rule)"),
        ('"K203"', '"k203"', 3, "there is no rule 'k203'"),
        ('"K203"', '"X905"', 3, "X905 cannot be suppressed"),
        ("locale", "language", 4, "unknown key 'language'"),
        ('field = "code"', 'field = "kode"', 8, "kode"),
        ("2026-12-31", '"soon"', 10, "date"),
        ("2026-12-31", "2026-13-01", 10, "is no valid TOML"),
        ("2026-12-31", "2026-12-31T00:00:00", 10, "expected date"),
        ('code = "513"', "code = 513", 7, "expected text"),
        ("[[suppressions]]", "[suppressions]", 2, "expected list, got table"),
    ],
)
def test_a_wrong_file_is_an_error_with_its_line(tmp_path: Path, old: str, new: str, line: int, message: str) -> None:
    assert old in FULL
    with pytest.raises(CodeglotError) as caught:
        read(tmp_path, FULL.replace(old, new))
    assert message in caught.value.message
    assert caught.value.path.endswith("suppressions.toml")
    assert caught.value.line == line


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CodeglotError, match="cannot be read"):
        suppressions.read(tmp_path / "suppressions.toml")
