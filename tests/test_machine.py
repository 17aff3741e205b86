"""The API: valid against its published schema, of the right types, and naming nothing that is not there."""

import copy
import csv
import io
import re
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from generator.machine.table import harmless
from generator.model import IntegerCode, Locale, ProductId, Slug
from generator.pages import Tombstone
from tests.machines import FRAGMENT, ORIGINALS, URL, Made, made, make, odd

SMALL = Path(__file__).parent / "cases" / "render" / "editions"


@pytest.fixture(scope="module")
def odd_ones(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make(odd(tmp_path_factory.mktemp("odd")))


def strict(schema: Any) -> Any:
    """``schema`` with nothing allowed that it does not name."""
    if isinstance(schema, dict):
        closed = {key: strict(value) for key, value in schema.items()}
        if schema.get("type") == "object" and "properties" in schema and "additionalProperties" not in schema:
            closed["additionalProperties"] = False
        return closed
    return [strict(one) for one in schema] if isinstance(schema, list) else schema


def definition(name: str) -> str:
    fixed = {"index.json": "IndexFile", "codes.json": "CodesFile", "discrepancies.json": "DiscrepanciesFile"}
    return fixed.get(name, "CodeFile")


def invalid(of: Made, name: str, content: Any) -> list[str]:
    errors = validator(of.text("api/v1/schema.json"), definition(name)).iter_errors(content)
    return [f"{name}: {one.json_path} {one.message}" for one in errors]


@cache
def validator(schema: str, name: str) -> Draft202012Validator:
    definitions = strict(msgspec.json.decode(schema))["$defs"]
    return Draft202012Validator({"$defs": definitions, "$ref": f"#/$defs/{name}"})


def data(of: Made) -> dict[str, Any]:
    """All data files but the schema itself, by their name below ``api/v1/``."""
    names = [name.removeprefix("api/v1/") for name in of.files if name.endswith(".json") and "schema" not in name]
    return {name: of.json(name) for name in names}


@pytest.mark.parametrize("folder", [ORIGINALS, SMALL], ids=lambda path: path.name)
def test_every_file_is_valid(folder: Path) -> None:
    of = made(folder)
    Draft202012Validator.check_schema(of.json("schema.json"))
    assert [wrong for name, content in data(of).items() for wrong in invalid(of, name, content)] == []


def test_the_schema_as_a_whole_takes_every_kind_of_file() -> None:
    of = made(SMALL)
    whole = Draft202012Validator(of.json("schema.json"))
    assert [name for name, content in data(of).items() if not whole.is_valid(content)] == []
    assert not whole.is_valid({"codes": []})


def test_codes_of_every_kind_are_valid(odd_ones: Made) -> None:
    assert [wrong for name, content in data(odd_ones).items() for wrong in invalid(odd_ones, name, content)] == []


@pytest.mark.parametrize(
    ("name", "break_it"),
    [
        ("codes.json", lambda content: content["codes"][0].update(decimal="7003")),
        ("codes.json", lambda content: content["codes"][0].pop("address")),
        ("gme/7006.json", lambda content: content["meanings"][0]["texts"][0].update(more=1)),
        ("discrepancies.json", lambda content: content["diagnostics"][0].update(severity="fatal")),
    ],
    ids=["wrong type", "field missing", "field too many", "no such word"],
)
def test_the_schema_can_fail(name: str, break_it: Any) -> None:
    content = copy.deepcopy(made().json(name))
    assert invalid(made(), name, content) == []
    break_it(content)
    assert len(invalid(made(), name, content)) == 1


def test_the_schema_calls_nothing_by_two_names() -> None:
    schema = made().json("schema.json")
    assert schema["$id"] == f"{URL}api/v1/schema.json"
    used = {
        ref.rpartition("/")[2] for ref in re.findall(r'"\$ref":"(#/\$defs/\w+)"', made().text("api/v1/schema.json"))
    }
    assert used == schema["$defs"].keys()


def test_a_code_in_one_line() -> None:
    by_address = {one["address"]: one for one in made().json("codes.json")["codes"]}
    # 92 of GME, 109 of ILVB; five of GME are listed only in the older edition.
    assert len(by_address) == 201
    assert sum(one["retired"] for one in by_address.values()) == 5
    one = by_address["gme/7006"]
    assert (one["code"], one["kind"], one["decimal"], one["hexadecimal"]) == ("7006", "integer", 7006, "0x1B5E")
    assert one["names"] == ["AV_ERR_AUTH_FIALD"]
    assert one["urls"] == {
        "zh": f"{URL}gme/7006/", "en": f"{URL}en/gme/7006/", "ko": f"{URL}ko/gme/7006/",
    }  # fmt: skip
    assert (one["json"], one["link"]) == (f"{URL}api/v1/gme/7006.json", f"{URL}e/gme/7006/")
    assert by_address["ilvb/1001"]["meaning_count"] == 2
    assert by_address["ilvb/1001"]["summaries"].keys() == {"zh"}
    renamed = by_address["gme/32769"]
    assert renamed["names"] == ["QAVPTTERROR_S2T_INTERNAL_ERROR"]
    assert renamed["former_names"] == ["QAVPTTERROR_V2T_INTERNAL_ERROR"]


def test_everything_about_a_code() -> None:
    one = made().json("gme/8196.json")
    (meaning,) = one["meanings"]
    assert (meaning["previous"], meaning["next"]) == ("gme/8195", "gme/8197")
    assert meaning["section"]["titles"]["en"] == "Speech-to-Text Errors"
    assert [(text["locale"], text["edition"]) for text in meaning["texts"]] == [
        ("zh", "current"), ("en", "current"), ("ko", "current"), ("en", "2019-04"),
    ]  # fmt: skip
    english = meaning["texts"][1]
    assert english["source"] == {"file": "gme/current/en.md", "line": 309, "end_line": 309, "url": None}
    assert [(one["column"], one["written"]) for one in english["corrections"]] == [
        ("code", "8195"),
        ("name", "QAVPTTERROR_UPLOAD_COS_INTERNAL_FAIL"),
    ]
    assert len(english["corrections"][0]["evidence"]) == 3
    solution = next(field for field in english["fields"] if field["column"] == "solution")
    assert solution["links"][0]["url"].startswith("https://intl.cloud.tencent.com/document/product/607/35611#")
    assert english["published"] == "2020"
    assert {open_one["state"] for open_one in one["diagnostics"]} <= {"new", "known"}


def test_the_other_codes_that_a_number_is() -> None:
    # 1001 in GME is also 0x1001 = 4097 with the digits read in the other base, and a code of ILVB.
    one = made().json("gme/1001.json")
    assert one["same_number"] == ["ilvb/1001"]
    assert one["other_base"] == ["gme/4097"]


def test_codes_of_every_kind_have_the_right_types(odd_ones: Made) -> None:
    found = {
        one["address"]: (one["code"], one["kind"], one["decimal"], one["hexadecimal"])
        for one in odd_ones.json("codes.json")["codes"]
    }
    assert found == {
        "odd/-100": ("-100", "integer", -100, "-0x64"),
        "odd/16": ("0x10", "integer", 16, "0x10"),
        "odd/99": ("99", "integer", 99, "0x63"),
        "odd/5..9": ("5-9", "range", [5, 9], ["0x5", "0x9"]),
        "odd/11_13": ("11, 13", "list", [11, 13], ["0xB", "0xD"]),
        "odd/invalidthing": ("InvalidThing", "symbol", None, None),
        "odd/otherthing": ("OtherThing", "symbol", None, None),
    }


def test_a_link_that_may_not_be_followed_is_none(odd_ones: Made) -> None:
    (text,) = odd_ones.json("odd/invalidthing.json")["meanings"][0]["texts"]
    links = [link["url"] for field in text["fields"] for link in field["links"]]
    assert links == ["https://b.example/a_(b)?x=1&y;2"]


@pytest.fixture(scope="module")
def with_gone() -> Made:
    stone = Tombstone(
        ProductId("cable"),
        IntegerCode("-7", -7),
        "ERR_LOST",
        ((Locale("en"), "The  rope\nis lost."),),
        "Left out in 2024.",
    )
    replaced = ((ProductId("cable"), Slug("-7"), "cable/1001/"),)
    return make(SMALL, tombstones=(stone,), replaced=replaced)


def test_a_code_that_no_document_lists_keeps_its_data(with_gone: Made) -> None:
    whole = with_gone.json("cable/-7.json")
    assert (whole["decimal"], whole["names"], whole["retired"], whole["meaning_count"]) == (-7, ["ERR_LOST"], True, 0)
    assert (whole["summaries"], whole["replaced_by"]) == ({"en": "The rope is lost."}, "cable/1001")
    assert invalid(with_gone, "cable/-7.json", whole) == []
    (listed,) = [one for one in with_gone.json("codes.json")["codes"] if one["address"] == "cable/-7"]
    assert listed.items() <= whole.items()
    row = table(with_gone)[-1]
    assert (row["code"], row["description_en"], row["description_zh"]) == ("-7", "The rope is lost.", "")
    english = with_gone.text("en/cable/-7/index.md")
    assert english.startswith("# -7 `ERR_LOST`\n\n[Cable car](")
    assert "\n\nThe rope is lost.\n" in english
    assert "> Reason: Left out in 2024." in english
    (page,) = [one for one in with_gone.plan.pages if (one.locale, one.path) == ("en", "cable/-7/")]
    assert '"@type":"DefinedTerm","termCode":"-7","name":"ERR_LOST"' in page.linked_data


@pytest.mark.parametrize("folder", [ORIGINALS, SMALL], ids=lambda path: path.name)
def test_no_file_names_what_is_not_there(folder: Path) -> None:
    of = made(folder)
    known = of.known()
    strange = set()
    for name, text in of.files.items():
        if name == "api/v1/discrepancies.json":
            continue
        for found in re.findall(re.escape(URL) + r"([^\s\"'<>),\\]*)", text.decode()):
            path = FRAGMENT.sub("", found).partition("?")[0]
            if path != "api/v1/{address}.json" and path not in known:
                strange.add((name, path))
    assert strange == set()


def test_the_entry_point_names_every_file_of_its_own() -> None:
    index = made().json("index.json")
    named = {one["url"].removeprefix(f"{URL}api/v1/"): one for one in index["files"]}
    listed = {name.removeprefix("api/v1/") for name in made().files if re.fullmatch(r"api/v1/[^/]+", name)}
    assert listed - {"index.json"} <= named.keys()
    definitions = made().json("schema.json")["$defs"]
    for one in index["files"]:
        if one["schema"]:
            schema, _, fragment = one["schema"].partition("#/$defs/")
            assert schema == f"{URL}api/v1/schema.json"
            assert fragment in definitions


@pytest.mark.parametrize("folder", [ORIGINALS, SMALL], ids=lambda path: path.name)
def test_the_same_documents_give_the_same_bytes(folder: Path) -> None:
    again = make(folder)
    assert list(again.files) == list(made(folder).files)
    assert again.files == made(folder).files


def test_data_is_compact_and_ends_a_line() -> None:
    text = made().files["api/v1/codes.json"]
    assert text.endswith(b"}\n")
    assert msgspec.json.encode(msgspec.json.decode(text)) + b"\n" == text


# The table.


def table(of: Made) -> list[dict[str, str]]:
    text = of.text("api/v1/codes.csv")
    assert text.startswith("\ufeffaddress,")
    assert "\n" not in re.sub(r'"[^"]*"', "", text).replace("\r\n", ""), "RFC 4180 ends a line with CR LF"
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))


def test_the_table_has_a_line_for_each_code() -> None:
    rows = table(made())
    assert [row["address"] for row in rows] == [one["address"] for one in made().json("codes.json")["codes"]]
    row = next(row for row in rows if row["address"] == "gme/8196")
    assert row["cause_en"] == "A network failure occurs when getting upload parameters."
    assert row["cause_zh"] == "获取上传参数过程中网络失败"
    assert row["url_ko"] == f"{URL}ko/gme/8196/"
    twice = next(row for row in rows if row["address"] == "ilvb/1001")
    assert twice["description_zh"] == "重复操作\n权限错误"


def test_a_number_stays_a_number_and_a_formula_none(odd_ones: Made) -> None:
    rows = {row["address"]: row for row in table(odd_ones)}
    assert (rows["odd/-100"]["code"], rows["odd/-100"]["decimal"]) == ("-100", "-100")
    assert rows["odd/-100"]["hexadecimal"] == "'-0x64"
    assert rows["odd/-100"]["description_en"].startswith("'=HYPERLINK")
    assert rows["odd/invalidthing"]["description_en"] == "'@at"
    for row in rows.values():
        for cell in row.values():
            assert re.fullmatch(r"-?\d+", cell) or cell[:1] not in "=+-@\t\r\n" or not cell, cell


@given(st.text(st.sampled_from("=+-@\t\r\n＝＋－＠a1 '"), max_size=6))
def test_no_cell_is_a_formula(text: str) -> None:
    cell = harmless(text)
    assert cell in {text, f"'{text}"}
    assert not text or cell[0] not in "=+-@\t\r\n＝＋－＠" or re.fullmatch(r"-?[0-9]+", cell)
