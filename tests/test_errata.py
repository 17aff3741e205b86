"""Reviewed corrections laid over documents: what each does, and when one is stale."""

import msgspec
import pytest

from generator import errata
from generator.codes import symbol
from generator.coverage import counted as account_of
from generator.model import (
    Column,
    Correction,
    Document,
    EditionId,
    Entry,
    Erratum,
    IntegerCode,
    Locale,
    ProductId,
)
from generator.parse import parse
from generator.sources import decode

TEXT = """| Name | Code | Description | Solution |
|---|---|---|---|
| OVEN_COLD | 1 | Too cold | | Wait. |
| OVEN_HOT | 2 | Too hot | Open the door. |
| OVEN_HOT | 2 | Too hot | Open the door. |
| OVEN\\_<br>WET | 3 | Wet | | `Dry` it. | and wait |
| | 4 | No name | |
"""


def document(text: str = TEXT, locale: str = "en") -> Document:
    return parse(decode(text.encode(), ProductId("oven"), EditionId("new"), Locale(locale), "en.md"), {})


def erratum(row: str, **values: object) -> Erratum:
    made = Erratum(ProductId("oven"), EditionId("new"), Locale("en"), row, "It is so.", ("zh says so", "ko too"))
    return msgspec.structs.replace(made, **values)


def corrected(*errata_given: Erratum, text: str = TEXT) -> Document:
    (found,), stale = errata.apply((document(text),), errata_given)
    assert stale == ()
    return found


def stale(given: Erratum, text: str = TEXT) -> str:
    before = document(text)
    (after,), found = errata.apply((before,), (given,))
    assert after == before
    assert [one.erratum for one in found] == [given]
    return found[0].reason


COLD = "OVEN_COLD | 1 | Too cold | Wait."
WET = "OVEN_WET | 3 | Wet | Dry it. | and wait"


def test_without_errata_nothing_changes() -> None:
    assert corrected() == document()


def test_a_row_moves_to_the_code_it_belongs_to() -> None:
    before = document().entries[0]
    after = corrected(erratum(COLD, code="0x11", name="OVEN_FROZEN")).entries[0]
    assert after.code == IntegerCode("0x11", 17)
    assert (after.name, after.text, after.span) == ("OVEN_FROZEN", before.text, before.span)
    assert after.corrections == (
        Correction(Column.CODE, "1", "0x11", "It is so.", ("zh says so", "ko too")),
        Correction(Column.NAME, "OVEN_COLD", "OVEN_FROZEN", "It is so.", ("zh says so", "ko too")),
    )
    field = after.field(Column.CODE)
    assert field is not None
    assert (field.plain, field.span) == ("0x11", before.fields[1].span)


def test_a_code_may_become_a_word() -> None:
    assert corrected(erratum(COLD, code="OvenCold")).entries[0].code == symbol("OvenCold")


def test_a_text_moves_into_its_column_with_its_place() -> None:
    before = document().entries[0]
    after = corrected(erratum(COLD, place=((Column.SOLUTION, "Wait."),))).entries[0]
    field = after.field(Column.SOLUTION)
    assert field is not None
    assert (field.plain, field.span, field.header) == ("Wait.", before.problems[0].span, "")
    assert [one.column for one in after.fields] == [Column.CODE, Column.NAME, Column.DESCRIPTION, Column.SOLUTION]
    assert after.problems == ()
    assert after.corrections == (Correction(Column.SOLUTION, "", "Wait.", "It is so.", ("zh says so", "ko too")),)


def test_a_row_is_named_by_its_plain_words_and_only_the_text_named_moves() -> None:
    after = corrected(erratum(WET, place=((Column.SOLUTION, "Dry it."),))).entries[3]
    field = after.field(Column.SOLUTION)
    assert field is not None
    assert (field.raw, field.plain) == ("`Dry` it.", "Dry it.")
    assert [problem.text for problem in after.problems] == ["and wait"]


def test_two_errata_of_one_row_are_both_laid_over_it() -> None:
    after = corrected(
        erratum(COLD, name="OVEN_ICY"), erratum(COLD, place=((Column.SOLUTION, "Wait."),)), erratum(COLD, code="9")
    ).entries[0]
    assert (after.name, after.code.text, len(after.corrections), after.problems) == ("OVEN_ICY", "9", 3, ())


def test_a_name_can_be_given_to_a_row_that_has_none_and_no_cell_is_counted_for_it() -> None:
    before = document()
    after = corrected(erratum("4 | No name", name="OVEN_NAMED"))
    assert after.entries[4].name == "OVEN_NAMED"
    assert after.entries[4].corrections[0].written == ""
    assert account_of(after) == account_of(before)


def test_placing_a_text_moves_its_cell_from_the_problems_to_the_fields() -> None:
    before = account_of(document())
    after = account_of(corrected(erratum(COLD, place=((Column.SOLUTION, "Wait."),))))
    assert (after.cells, after.placed, after.in_problems) == (before.cells, before.placed + 1, before.in_problems - 1)
    assert after.cells == after.placed + after.in_problems


def test_only_the_document_named_is_changed() -> None:
    other = document(locale="zh")
    (first, second), found = errata.apply((other, document()), (erratum(COLD, name="X_Y"),))
    assert first == other
    assert second.entries[0].name == "X_Y"
    assert found == ()


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (erratum("OVEN_COLD | 1 | Too warm | Wait.", code="9"), "no row reads so"),
        (erratum("OVEN_HOT | 2 | Too hot | Open the door.", code="9"), "2 rows read so"),
        (erratum(COLD, locale=Locale("ko"), code="9"), "no row reads so"),
        (erratum(COLD, edition=EditionId("old"), code="9"), "no row reads so"),
        (erratum(COLD, place=((Column.SOLUTION, "Waits."),)), "no text outside the columns reads 'Waits.'"),
        (erratum(COLD, place=((Column.DESCRIPTION, "Wait."),)), "its description is no longer empty"),
        (erratum(COLD, code="no code"), "'no code' is no code"),
        (erratum(COLD, code="0x1"), "its code already reads '0x1'"),
        (erratum(COLD, name="OVEN_COLD"), "its name already reads 'OVEN_COLD'"),
        (
            erratum(COLD, name="OVEN_ICY", place=((Column.SOLUTION, "Waits."),)),
            "no text outside the columns reads 'Waits.'",
        ),
    ],
)
def test_a_stale_erratum_says_why_and_changes_nothing(given: Erratum, reason: str) -> None:
    assert stale(given) == reason


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("Too cold | |", "Too cold |", "its solution is no longer empty"),
        ("Too cold", "Much too cold", "no row reads so"),
        ("| Wait. |", "|", "no row reads so"),
        ("| 1 |", "| 10 |", "no row reads so"),
        ("| | 4 |", "| OVEN_COLD | 1 | Too cold | | Wait. |\n| | 4 |", "2 rows read so"),
    ],
)
def test_a_new_version_of_the_document_makes_an_erratum_stale(old: str, new: str, reason: str) -> None:
    given = erratum(COLD, place=((Column.SOLUTION, "Wait."),))
    assert corrected(given).entries[0].corrections
    assert stale(given, TEXT.replace(old, new)) == reason


def test_markup_and_white_space_may_change_without_making_an_erratum_stale() -> None:
    text = TEXT.replace("| OVEN_COLD | 1 | Too cold", "|OVEN_<br>COLD|  1| **Too**  cold")
    (entry, *_) = corrected(erratum(COLD, name="X_Y"), text=text).entries
    assert isinstance(entry, Entry)
    assert entry.name == "X_Y"


def test_one_text_put_twice_is_stale() -> None:
    given = erratum(COLD, place=((Column.CAUSE, "Wait."), (Column.SOLUTION, "Wait.")))
    assert stale(given) == "no text outside the columns reads 'Wait.'"
