"""Where each section's codes lie: of products on their own the same as of all at once."""

from pathlib import Path

import msgspec
import pytest

from generator import layout, pipeline
from generator.pages import Plan
from generator.site import blocks

CATALOG = """\
source_locale = "en"
locales = ["en", "de"]

[[products]]
id = "b"
title = { en = "B" }
[[products.editions]]
id = "now"
documents = { en = "b.md" }

[[products]]
id = "b-c"
title = { en = "B and C" }
[[products.editions]]
id = "now"
documents = { en = "c.md" }
"""
NUMBERED = "# Numbers\n\n|Code|Cause|\n|-|-|\n|1|x|\n|257|y|\n|600|z|\n|700-900|w|\n\n# Words\n\n|Code|Cause|\n|-|-|\n|E_X|x|\n"


@pytest.fixture
def planned(tmp_path: Path) -> pipeline.Planned:
    for name, text in {"catalog.toml": CATALOG, "b.md": NUMBERED, "c.md": "|Code|Cause|\n|-|-|\n|-5|x|\n"}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return pipeline.plan(layout.find(tmp_path), "https://codes.example/")


def test_a_product_alone_says_the_same(planned: pipeline.Planned) -> None:
    catalog, plan = planned.loaded.corrected, planned.plan
    kept = []
    for product in catalog.products:
        own = [page for page in plan.pages if page.path.startswith(f"{product.id}/")]
        share = msgspec.msgpack.encode([*blocks.of_product(product, own)])
        kept.append(msgspec.msgpack.decode(share, type=list[blocks.Row]))
    rows = [row for product in reversed(kept) for row in product]
    assert blocks.of_site(rows, catalog.locales) == blocks.section_files(catalog, plan)


def test_runs_are_of_codes_near_each_other_and_sections_sorted_by_address(planned: pipeline.Planned) -> None:
    files = blocks.section_files(planned.loaded.corrected, planned.plan)
    assert list(files) == [f"assets/codeglot/sections.{locale}.json" for locale in ("en", "de")]
    rows = {name: msgspec.json.decode(text) for name, text in files.items()}
    for found in rows.values():
        assert [row[0] for row in found] == ["b-c", "b"], "as their addresses are sorted; words are in no run"
        assert found[1][4] == [["1", "257"], ["600", "900"]]
        assert found[0][3:] == ["b-c/sections/-5/", [["-5", "-5"]]]


def test_a_locale_without_sections_has_a_file_too(planned: pipeline.Planned) -> None:
    home = Plan(tuple(page for page in planned.plan.pages if page.path == ""))
    assert set(blocks.section_files(planned.loaded.corrected, home).values()) == {"[]"}
