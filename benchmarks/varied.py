"""A catalog as large as wanted whose words repeat about as often as those of real documents do.

The rows of ``trains.py`` are alike and compress far better than real rows do; where bytes are measured, these stand in, and
compress somewhat worse. Words are drawn from a vocabulary with the frequencies of Zipf's law, by a fixed seed.
"""

import random
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

LOCALES = ("zh", "en", "ko")
SECTION = 200
"""Rows under one heading."""
_WORDS = 3_000
_NAMES = 600
_FIRST = 10_000
"""The first code; they follow each other."""

_CATALOG = """source_locale = "zh"
locales = ["zh", "en", "ko"]

[[products]]
id = "varied"
title = { zh = "多样", en = "Varied", ko = "다양" }

[[products.editions]]
id = "current"
documents = { zh = "zh.md", en = "en.md", ko = "ko.md" }
"""
_HEADERS = {
    "zh": ("名称", "错误码", "含义", "原因", "解决方案"),
    "en": ("Name", "Code", "Description", "Cause", "Solution"),
    "ko": ("이름", "오류 코드", "설명", "원인", "해결 방법"),
}
_SYLLABLES = ("ba", "co", "di", "en", "for", "gra", "hel", "in", "ject", "ka", "lo", "men", "no", "per", "qui", "re",
              "sta", "tion", "ur", "ver")  # fmt: skip
_HAN = (0x4E00, 2_500)
_HANGUL = (0xAC00, 1_200)
"""First character and about how many of its script are in common use."""


def write(folder: Path, rows: int) -> None:
    """Write the catalog and its three documents into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "catalog.toml").write_text(_CATALOG, encoding="utf-8")
    names = _names(rows)
    for locale in LOCALES:
        (folder / f"{locale}.md").write_text(document(locale, names), encoding="utf-8")


def document(locale: str, names: Sequence[str]) -> str:
    """The document of one locale: a row for each name."""
    chance = random.Random(f"rows {locale}")
    words = _vocabulary(locale)
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
    join = "" if locale == "zh" else " "

    def sentence(least: int, most: int) -> str:
        chosen = chance.choices(words, cum_weights=weights, k=chance.randint(least, most))
        return join.join(chosen) + ("。" if locale == "zh" else ".")

    solutions = [sentence(5, 10) for _ in range(len(names) // 8 + 1)]
    lines: list[str] = []
    for number, name in enumerate(names):
        if number % SECTION == 0:
            lines += ["", f"## {sentence(2, 3)}", "", f"| {' | '.join(_HEADERS[locale])} |", "|---|---|---|---|---|"]
        cause = sentence(5, 12) if chance.random() < 0.6 else ""
        cells = (name, str(_FIRST + number), sentence(3, 8), cause, chance.choice(solutions))
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _names(rows: int) -> list[str]:
    chance = random.Random("names")
    parts = [_latin(chance).upper() for _ in range(_NAMES)]
    found: dict[str, None] = {}
    while len(found) < rows:
        found.setdefault("_".join(("ERR", *chance.choices(parts, k=chance.randint(2, 4)))))
    return list(found)


def _vocabulary(locale: str) -> list[str]:
    chance = random.Random(f"words {locale}")
    found: dict[str, None] = {}
    while len(found) < _WORDS:
        found.setdefault(_latin(chance) if locale == "en" else _block(chance, _HAN if locale == "zh" else _HANGUL))
    return list(found)


def _latin(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.randint(1, 3)))


def _block(chance: random.Random, block: tuple[int, int]) -> str:
    first, count = block
    # Squared, so that some characters are far more common than others.
    return "".join(chr(first + int(count * chance.random() ** 2)) for _ in range(chance.randint(1, 3)))
