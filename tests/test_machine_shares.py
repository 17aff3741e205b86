"""What is made of one product alone: with what is kept of the others it gives the same files."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from generator import labels, machine, pages, pipeline
from generator.codes import read_code
from generator.model import Locale, Product, ProductId, Slug
from generator.pages import Page, Tombstone, linked_data
from generator.pages.content import TombstoneContent
from generator.pages.desk import Desk, Shelf
from generator.reports import Report, json
from tests import once
from tests.machines import ORIGINALS, ROOT, URL, odd

THREE = {
    "catalog.toml": """\
source_locale = "en"
locales = ["en", "de"]

[[products]]
id = "apart"
title = { en = "Apart", de = "Getrennt" }
[[products.editions]]
id = "now"
published = "2024"
documents = { en = "apart.en.md", de = "apart.de.md" }
[[products.editions]]
id = "old"
published = "2020"
documents = { en = "apart.old.md" }

[[products]]
id = "joint"
title = { en = "Joint" }
[[products.editions]]
id = "now"
published = "2024"
documents = { en = "joint.en.md" }
[[products.editions]]
id = "old"
published = "2020"
documents = { en = "joint.old.md" }

[[products]]
id = "silent"
title = { en = "Silent" }
[[products.editions]]
id = "now"
documents = { en = "silent.en.md" }
""",
    "apart.en.md": "# Lost\n\n|Code|Description|Cause|Solution|\n|-|-|-|-|\n|7|Lost, quite|No *net*|Wait|\n|8|Full|\x1b[31m|Buy|\n",
    "apart.de.md": '# Weg\n\n|Code|Beschreibung|Ursache|Lösung|\n|-|-|-|-|\n|7|„Weg“, "ganz"|Kein Netz|Warten|\n',
    "apart.old.md": "# Lost\n\n|Code|Description|Cause|Solution|\n|-|-|-|-|\n|7|Gone|No net|Wait|\n|9|Old|-|-|\n",
    "joint.en.md": "# All\n\n|Code|Description|Cause and solution|\n|-|-|-|\n|7|Lost|No net: wait|\n|11|New|x|\n",
    "joint.old.md": "# All\n\n|Code|Description|Cause and solution|\n|-|-|-|\n|7|Lost|Wait|\n",
    "silent.en.md": "# Nothing\n\nThere are no codes.\n",
}


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("three")
    for name, text in THREE.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


class Parts(msgspec.Struct, frozen=True):
    """A folder's files for programs, all at once and put together from products that were alone."""

    whole: dict[str, str | bytes]
    joined: dict[str, str | bytes]


def parts(folder: Path, **more: Any) -> Parts:
    loaded, found = once.loaded(folder), once.checked(folder)
    catalog = loaded.corrected
    words = {locale: labels.read(ROOT / "templates", locale) for locale in catalog.locales}
    site = msgspec.structs.replace(pipeline.site_info(loaded.settings, URL), **more)
    ledger = pages.Ledger(loaded.written, found, {})
    plan = pages.plan(catalog, ledger, site, words, pipeline.rule_infos())
    report = json.render(Report(loaded.written, found)), json.schema()

    def is_stone(page: Page) -> bool:
        return isinstance(page.content, TombstoneContent)

    def alone(product: Product) -> Shelf:
        own = tuple(one for one in catalog.documents if one.product == product.id)
        return Shelf(msgspec.structs.replace(catalog, products=(product,), documents=own), ledger, site, words)

    def of(product: str) -> Iterator[Page]:
        return (page for page in plan.pages if page.path.startswith(f"{product}/") and not is_stone(page))

    others = machine.elsewhere(catalog)
    joined: dict[str, str | bytes] = {}
    shares: dict[ProductId, machine.Share] = {}
    for product in catalog.products:
        made, share = machine.of_product(alone(product), product, [*of(product.id)], others, {})
        joined |= made
        shares[product.id] = msgspec.msgpack.decode(msgspec.msgpack.encode(share), type=machine.Share)
    rest = [page for page in plan.pages if is_stone(page) or page.path.partition("/")[0] not in shares]
    shelf = Shelf(catalog, ledger, site, words)
    titles = {locale: linked_data.site_title(Desk(shelf, locale)) for locale in site.locales}
    joined |= machine.of_site(shares, rest, site, words, titles, *report)
    return Parts(machine.files(plan, catalog, ledger, site, words, *report), joined)


def test_the_originals_are_the_same() -> None:
    found = parts(ORIGINALS)
    assert found.joined == found.whole


def test_products_that_speak_of_each_other_are_the_same(three: Path) -> None:
    gone = read_code("12")
    assert gone
    stone = Tombstone(ProductId("joint"), gone, "LOST", ((Locale("en"), "It was\x1b lost."),), "No longer sent.")
    replaced = (ProductId("joint"), Slug("12"), "apart/7/")
    found = parts(three, tombstones=(stone,), replaced=(replaced,))
    assert found.joined == found.whole
    of = {name: msgspec.json.decode(text) for name, text in found.joined.items() if name.startswith("api/v1/apart/")}
    assert of["api/v1/apart/7.json"]["same_number"] == ["joint/7"]
    assert f"({URL}apart/7/index.md)" in str(found.joined["joint/12/index.md"])


def test_a_product_without_a_column_leaves_its_place_where_another_has_it(three: Path) -> None:
    text = parts(three).joined["api/v1/codes.csv"]
    assert isinstance(text, str)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert {None} & {key for row in rows for key in row} == set(), "a line is longer than the header"
    by_address = {row["address"]: row for row in rows}
    assert by_address["joint/7"]["cause_and_solution_en"] == "No net: wait"
    assert by_address["apart/7"]["cause_and_solution_en"] == ""
    assert by_address["apart/7"]["url_en"] == f"{URL}apart/7/"
    assert by_address["apart/7"]["description_de"] == '„Weg“, "ganz"'
    assert by_address["apart/7"]["link"] == f"{URL}e/apart/7/"


def test_without_that_column_nobody_has_it(tmp_path: Path) -> None:
    text = parts(odd(tmp_path)).joined["api/v1/codes.csv"]
    assert isinstance(text, str)
    assert "\0" not in text
    assert "cause_and_solution" not in text.partition("\r\n")[0]
