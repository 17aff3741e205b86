"""What the pages of a code are made of: as long as it is the same, so are the pages, whatever else has changed."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from generator import layout, pages, pipeline
from generator.pages import Page, Shelf, seen

CATALOG: Final = """source_locale = "zh"
locales = ["zh", "en"]

[[products]]
id = "acme"
title = { zh = "甲", en = "Acme" }

[[products.retired]]
codes = [9]
reason = "It is gone."
replaced_by = "other/70"

[[products.editions]]
id = "current"
published = "2024-05"
documents = { zh = "acme/current/zh.md", en = "acme/current/en.md" }

[[products.editions]]
id = "2019"
published = "2019-04"
documents = { zh = "acme/2019/zh.md", en = "acme/2019/en.md" }

[[products]]
id = "other"
title = { zh = "乙", en = "Other" }

[[products.editions]]
id = "current"
documents = { zh = "other/zh.md", en = "other/en.md" }
"""
ERRATA: Final = """[[errata]]
product = "acme"
edition = "current"
locale = "en"
row = "NAME_13_X | 12 | An error occurred 13 | Try again"
reason = "The other language says so."
evidence = ["zh current: NAME_13_X"]
code = "13"
"""
HEADERS: Final = {
    "zh": "| 名称 | 错误码 | 含义 | 原因 | 建议方案 |",
    "en": "| Name | Code | Description | Cause | Solution |",
}
DOCUMENTS: Final = {
    "acme/current": (7, 8, 10, 12, 13, 16, "0x20", 7),
    "acme/2019": (7, 9, 10, 16),
    "other": (7, 8, 16, 32, 70),
}


def _row(code: object, locale: str) -> list[str]:
    said, cause, advice = (
        ("发生错误", "网络超时", "请重试") if locale == "zh" else ("An error occurred", "Timeout", "Try again")
    )
    return [f"NAME_{code}_X", str(code), f"{said} {code}", cause, advice]


class Source:
    """A folder of documents whose rows change."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.tables = {
            f"{folder}/{locale}.md": [_row(code, locale) for code in codes]
            for folder, codes in DOCUMENTS.items()
            for locale in HEADERS
        }
        row = next(row for row in self.tables["acme/current/en.md"] if row[1] == "13")
        row[1:] = ["12", "An error occurred 13", "", "Try again"]
        self.catalog, self.titles, self.accepted = CATALOG, ["A", "B"], ""
        (root / "errata.toml").write_text(ERRATA, encoding="utf-8")
        self.write()

    def write(self) -> None:
        (self.root / "catalog.toml").write_text(self.catalog, encoding="utf-8")
        (self.root / "suppressions.toml").write_text(self.accepted, encoding="utf-8")
        for name, rows in self.tables.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            locale = path.stem
            # The second half stands in a section of its own.
            half = len(rows) // 2
            text = [
                line
                for title, part in zip(self.titles, (rows[:half], rows[half:]), strict=True)
                for line in (f"## {title}", "", HEADERS[locale], "|---|---|---|---|---|", *map(_line, part), "")
            ]
            path.write_text("\n".join(text), encoding="utf-8")

    def planned(self) -> dict[str, tuple[seen.Seen | None, tuple[Page, ...]]]:
        """For each code, by its address, what it is made of, and its pages."""
        found = pipeline.plan(layout.find(self.root), "https://codes.example/")
        shelf = Shelf(found.loaded.corrected, found.ledger, found.about, found.words)
        return {
            code.address: (
                (looked_at, seen.of_product(shelf, code.product)) if (looked_at := seen.of_code(shelf, code)) else None,
                pages.of_code(shelf, code),
            )
            for code in shelf.by_slug.values()
        }


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _table(source: Source, chance: random.Random) -> list[list[str]]:
    return source.tables[chance.choice(sorted(source.tables))]


def _cell_changes(source: Source, chance: random.Random) -> None:
    row = chance.choice(_table(source, chance))
    row[chance.choice((2, 3, 4))] += f" {chance.choice(('more', 'again', '12', '`x`'))}"


def _cell_is_copied(source: Source, chance: random.Random) -> None:
    table = _table(source, chance)
    at = chance.choice((0, 1, 2, 2, 2, 3, 4))
    chance.choice(table)[at] = chance.choice(table)[at]


def _code_goes(source: Source, chance: random.Random) -> None:
    code = chance.choice(("10", "12", "16", "32"))
    for rows in source.tables.values():
        rows[:] = [row for row in rows if row[1] != code]


def _section_is_renamed(source: Source, chance: random.Random) -> None:
    source.titles[chance.randrange(2)] = chance.choice("ABCDE")


def _said_is_accepted(source: Source, chance: random.Random) -> None:
    rule = chance.choice(("N301", "K201", "K203", "E801", "S101"))
    said = f'[[suppressions]]\nrule = "{rule}"\nproduct = "acme"\nreason = "{chance.random()}"\n'
    source.accepted = "" if source.accepted else said


def _row_goes(source: Source, chance: random.Random) -> None:
    table = _table(source, chance)
    if len(table) > 3:
        table.pop(chance.randrange(len(table)))


def _row_comes(source: Source, chance: random.Random) -> None:
    name = chance.choice(sorted(source.tables))
    table = source.tables[name]
    table.insert(chance.randrange(len(table)), _row(chance.choice((5, 17, 32, 71, "0x10")), Path(name).stem))


def _row_is_torn(source: Source, chance: random.Random) -> None:
    chance.choice(_table(source, chance)).append("beyond the table")


def _title_changes(source: Source, chance: random.Random) -> None:
    source.catalog = source.catalog.replace('en = "Acme', f'en = "Acme {chance.randrange(9)}')


def _date_changes(source: Source, chance: random.Random) -> None:
    source.catalog = source.catalog.replace('"2019-0', f'"201{chance.randrange(9)}-0')


EDITS: Final[tuple[Callable[[Source, random.Random], None], ...]] = (
    *(_cell_changes, _cell_changes, _cell_is_copied, _cell_is_copied),
    *(_row_goes, _row_comes, _row_is_torn, _title_changes, _date_changes, _date_changes),
    *(_code_goes, _section_is_renamed, _said_is_accepted, _said_is_accepted),
)


@pytest.mark.parametrize("seed", range(16))
def test_pages_of_which_nothing_is_another_are_the_same(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    source = Source(tmp_path)
    before = source.planned()
    same = 0
    for _ in range(10):
        chance.choice(EDITS)(source, chance)
        source.write()
        after = source.planned()
        for place, (looked_at, made) in after.items():
            if looked_at is not None and place in before and before[place][0] == looked_at:
                same += 1
                assert before[place][1] == made, place
        before = after
    # Nothing would be shown by pages that were always made of something else.
    assert same > 6


def test_one_cell_is_seen_by_its_code_and_by_those_that_speak_of_it(tmp_path: Path) -> None:
    source = Source(tmp_path)
    before = source.planned()
    row = next(row for row in source.tables["acme/current/en.md"] if row[1] == "10")
    row[4] = "Something else altogether"
    source.write()
    after = source.planned()
    assert {place for place in after if before[place][0] != after[place][0]} >= {"acme/10"}
    assert before["acme/10"][1] != after["acme/10"][1]
    untouched = [place for place in after if after[place][0] is not None and before[place][0] == after[place][0]]
    assert "other/70" in untouched
    assert len(untouched) > len(after) // 3


def test_a_row_that_was_moved_has_too_much_to_look_at(tmp_path: Path) -> None:
    found = Source(tmp_path).planned()
    assert found["acme/12"][0] is None
    assert found["acme/10"][0] is not None


def _another_says_the_same(source: Source) -> None:
    # The line that stands for a code then goes on with its cause.
    rows = source.tables["acme/current/en.md"]
    rows[0][2] = rows[2][2]


def _digits_are_no_code_any_more(source: Source) -> None:
    for rows in source.tables.values():
        for row in rows:
            row[1] = row[1].replace("16", "17")


@pytest.mark.parametrize("edit", [_another_says_the_same, _digits_are_no_code_any_more])
def test_what_other_rows_bring_about_is_seen(tmp_path: Path, edit: Callable[[Source], None]) -> None:
    source = Source(tmp_path)
    # Of codes that stand apart and share no text nothing else is said.
    for rows in source.tables.values():
        for row in rows:
            row[3:] = [f"{cell} {row[0]}" for cell in row[3:]]
    source.write()
    before = source.planned()["acme/10"]
    edit(source)
    source.write()
    after = source.planned()["acme/10"]
    assert before[1] != after[1]
    assert before[0] != after[0]
