"""Documents joined into one catalog, and the catalog as published JSON."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from generator import cli, export, pipeline
from generator.model import Canonical, Catalog, Product, canonical

ROOT = Path(__file__).parent.parent
SCHEMA = ROOT / "generator" / "schemas" / "catalog.schema.json"

Documents = Mapping[str, str]
"""A document's text for each ``edition/locale``; the editions in this order, newest first."""


def catalog(folder: Path, documents: Documents, locales: tuple[str, ...] = ("ko", "en", "ja")) -> Catalog:
    """The catalog of one product, whose source locale is the first."""
    editions: dict[str, dict[str, str]] = {}
    for place, text in documents.items():
        edition, locale = place.split("/")
        editions.setdefault(edition, {})[locale] = f"{edition}-{locale}.md"
        (folder / f"{edition}-{locale}.md").write_text(text, encoding="utf-8")
    lines = [
        f"source_locale = {json.dumps(locales[0])}",
        f"locales = {json.dumps(locales)}",
        '[[products]]\nid = "kite"\ntitle = { en = "Kite", ko = "연" }',
    ]
    for edition, paths in editions.items():
        inline = ", ".join(f"{locale} = {json.dumps(path)}" for locale, path in paths.items())
        lines.append(f'[[products.editions]]\nid = "{edition}"\ndocuments = {{ {inline} }}')
    (folder / "catalog.toml").write_text("\n".join(lines), encoding="utf-8")
    return pipeline.load(folder).written


def table(*rows: str, title: str = "") -> str:
    heading = f"## {title}\n\n" if title else ""
    return heading + "| Code | Name | Description |\n|---|---|---|\n" + "".join(f"| {row} |\n" for row in rows) + "\n"


def codes(product: Product) -> list[list[str]]:
    return [[code.text for code in section.codes] for section in product.sections]


def test_one_code_in_all_locales_and_editions_is_one_meaning(tmp_path: Path) -> None:
    (product,) = catalog(
        tmp_path,
        {
            "new/en": table("7 | A_B | en"),
            "new/ko": table("0x7 | A_B | ko"),
            "old/ja": table("７ | A_B | ja"),
            "old/en": table("007 | A_A | old"),
        },
    ).products
    (meaning,) = product.meanings
    assert canonical(meaning.code) == 7
    # Newest edition first, then as the catalog orders its locales.
    assert [(entry.edition, entry.locale) for entry in meaning.entries] == [
        ("new", "ko"),
        ("new", "en"),
        ("old", "en"),
        ("old", "ja"),
    ]
    # The spelling is that of the source locale's newest document.
    assert meaning.code.text == "0x7"


def test_the_source_locale_gives_the_order_and_others_stand_behind_their_neighbours(tmp_path: Path) -> None:
    (product,) = catalog(
        tmp_path,
        {
            "new/en": table("5 | E_E | x", "1 | A_A | x", "2 | B_B | x", "4 | D_D | x", "3 | C_C | x"),
            "new/ko": table("1 | A_A | x", "3 | C_C | x", "2 | B_B | x"),
        },
    ).products
    assert codes(product) == [["5", "1", "3", "2", "4"]]


def test_a_code_listed_twice_stays_twice(tmp_path: Path) -> None:
    found = catalog(tmp_path, {"new/ko": table("1 | A_A | first", "2 | B_B | x", "1 | A_A | second")})
    (product,) = found.products
    assert [(meaning.code.text, len(meaning.entries)) for meaning in product.meanings] == [("1", 2), ("2", 1)]
    assert found.accounting.rows == 3


def test_sections_are_joined_by_their_codes_whatever_their_titles_and_order(tmp_path: Path) -> None:
    found = catalog(
        tmp_path,
        {
            "new/ko": table("1 | A_A | x", "2 | B_B | x", title="클라이언트") + table("8 | H_H | x", title="서버"),
            "new/en": table("8 | H_H | x", "9 | I_I | x", title="Server") + table("2 | B_B | x", title="Client"),
        },
    )
    (product,) = found.products
    assert [dict(section.titles) for section in product.sections] == [
        {"ko": "클라이언트", "en": "Client"},
        {"ko": "서버", "en": "Server"},
    ]
    assert codes(product) == [["1", "2"], ["8", "9"]]


def test_one_code_in_two_sections_has_two_meanings(tmp_path: Path) -> None:
    both = table("1 | A_A | x", "2 | B_B | x", title="a") + table("1 | Z_Z | y", "3 | C_C | y", title="b")
    (product,) = catalog(tmp_path, {"new/ko": both, "new/en": both}).products
    found = [(meaning.code.text, meaning.section, len(meaning.entries)) for meaning in product.meanings]
    assert found == [("1", 0, 2), ("2", 0, 2), ("1", 1, 2), ("3", 1, 2)]


def test_a_section_that_shares_no_code_is_one_of_its_own(tmp_path: Path) -> None:
    (product,) = catalog(tmp_path, {"new/ko": table("1 | A_A | x"), "new/en": table("2 | B_B | x")}).products
    assert codes(product) == [["1"], ["2"]]


def test_ranges_lists_and_words_are_codes_too(tmp_path: Path) -> None:
    rows = ("100-199 | A_A | x", "1, 2 | B_B | x", "300 | C_C | x", "400~499 | D_D | x")
    (product,) = catalog(tmp_path, {"new/ko": table(*rows), "new/en": table(*rows)}).products
    values: list[Canonical] = [canonical(meaning.code) for meaning in product.meanings]
    assert values == [(100, 199), (2, 1, 2), 300, (400, 499)]
    assert [len(meaning.entries) for meaning in product.meanings] == [2, 2, 2, 2]


def test_documents_come_in_the_order_declared(tmp_path: Path) -> None:
    texts = {"new/en": table("1 | A | x"), "new/ko": table("1 | A | x"), "old/en": table("1 | A | x")}
    found = catalog(tmp_path, texts)
    assert [(document.edition, document.locale) for document in found.documents] == [
        ("new", "ko"),
        ("new", "en"),
        ("old", "en"),
    ]
    assert [(edition.id, edition.locales) for edition in found.products[0].editions] == [
        ("new", ("ko", "en")),
        ("old", ("en",)),
    ]
    assert found.products[0].titles == (("ko", "연"), ("en", "Kite"))


def validate(text: str) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(json.loads(text))


def test_the_published_schema_is_the_programs() -> None:
    path = SCHEMA.relative_to(ROOT)
    assert SCHEMA.read_text(encoding="utf-8") == export.catalog_schema(), (
        f"the model changed: run `codeglot catalog --schema > {path}` and note the change in CHANGELOG.md"
    )


def test_the_schema_is_a_schema() -> None:
    schema = json.loads(export.catalog_schema())
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(schema)


def test_the_originals_catalog_is_valid() -> None:
    validate(export.catalog_json(pipeline.load(ROOT / "source_docs").corrected))


def test_a_catalog_of_everything_odd_is_valid(tmp_path: Path) -> None:
    odd = table("1 | A_<br>B | `c` [d](e)<br>f", "2-3 | X | y | over | flow", "4, 5 | X | | |k", "| LOST |")
    odd += "| 6 | outside |\n\n| Code | Name | Description |\n|---|---|---|\n| W.ord | N_N | 😀\ud7ff |\n"
    found = catalog(tmp_path, {"new/ko": odd, "new/en": "", "new/ja": "nothing"})
    text = export.catalog_json(found)
    validate(text)
    read: dict[str, Any] = json.loads(text)
    assert {problem["kind"] for problem in read["problems"]} == {
        "row-without-code",
        "row-outside-table",
        "document-empty",
        "document-without-tables",
    }
    kinds = {meaning["code"]["type"] for product in read["products"] for meaning in product["meanings"]}
    assert kinds == {"integer", "range", "list", "symbol"}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema_version",), "1"),
        (("accounting", "cells"), None),
        (("products", 0, "meanings", 0, "code", "type"), "decimal"),
        (("products", 0, "meanings", 0, "entries", 0, "span", "line"), "7"),
        (("products", 0, "meanings", 0, "entries", 0, "fields", 0, "column"), "colour"),
    ],
    ids=lambda value: ".".join(map(str, value)) if isinstance(value, tuple) else "",
)
def test_the_schema_refuses_what_is_no_catalog(tmp_path: Path, path: tuple[str | int, ...], value: object) -> None:
    read: Any = json.loads(export.catalog_json(catalog(tmp_path, {"new/ko": table("1 | A_A | x")})))
    node = read
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        validate(json.dumps(read))


def test_a_code_of_any_length_is_published_whole(tmp_path: Path) -> None:
    digits = "9" * 39
    text = export.catalog_json(catalog(tmp_path, {"new/ko": table(f"{digits} | A_A | x")}))
    assert json.loads(text)["products"][0]["meanings"][0]["code"]["value"] == int(digits)


def test_the_command_prints_the_catalog_or_its_schema(capsys: pytest.CaptureFixture[str]) -> None:
    source = str(ROOT / "source_docs")
    assert cli.main(["catalog", "--source", source]) == 0
    assert capsys.readouterr().out == export.catalog_json(pipeline.load(Path(source)).corrected)
    assert cli.main(["catalog", "--schema"]) == 0
    assert capsys.readouterr().out == export.catalog_schema()


def test_the_command_names_what_is_wrong_and_prints_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "catalog.toml").write_text("locales = [", encoding="utf-8")
    assert cli.main(["catalog", "--source", str(tmp_path)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"codeglot: {tmp_path / 'catalog.toml'}:1")
    assert "Traceback" not in err


def test_the_catalog_is_the_same_to_the_byte_whatever_the_hash_seed() -> None:
    runs = [
        subprocess.run(
            [sys.executable, "-m", "generator", "catalog", "--source", "source_docs"],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert msgspec.json.decode(runs[0])["accounting"]["rows"] == 444
