"""What programs are given of a folder of sources, worked out once, and the addresses that the site has."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from generator import labels, machine, pages, pipeline
from generator.model import Catalog, Locale
from generator.pages import Plan
from generator.reports import Report, json
from tests import once

ROOT = Path(__file__).parent.parent
ORIGINALS = ROOT / "source_docs"
URL = "https://codes.example/sub/"
FRAGMENT = re.compile(r"#.*")


class Made(Struct, frozen=True):
    """Everything for programs."""

    catalog: Catalog
    plan: Plan
    files: dict[str, bytes]

    def json(self, name: str) -> Any:
        return msgspec.json.decode(self.files[f"api/v1/{name}"])

    def text(self, name: str) -> str:
        return self.files[name].decode("utf-8")

    def known(self) -> set[str]:
        """Every address below the site's root that is a page or a file."""
        pages = {own(page.locale, self) + page.path for page in self.plan.pages}
        neutral = {f"e/{page.path}" for page in self.plan.pages if page.code}
        return {*pages, *neutral, *self.files}


def own(locale: Locale, made: Made) -> str:
    """The first part of a locale's addresses."""
    return "" if locale == made.catalog.source_locale else f"{locale}/"


@cache
def made(folder: Path = ORIGINALS) -> Made:
    return make(folder)


def make(folder: Path, **more: Any) -> Made:
    """As :func:`made`, anew; ``more`` goes into what pages need to know besides the catalog."""
    loaded = once.loaded(folder)
    found = once.checked(folder)
    words = {locale: labels.read(ROOT / "templates", locale) for locale in loaded.settings.locales}
    about = msgspec.structs.replace(pipeline.site_info(loaded.settings, URL), **more)
    ledger = pages.Ledger(loaded.written, found, {})
    plan = pages.plan(loaded.corrected, ledger, about, words, pipeline.rule_infos())
    report = json.render(Report(loaded.written, found))
    files = machine.files(plan, loaded.corrected, ledger, about, words, report, json.schema())
    return Made(
        loaded.corrected,
        plan,
        {name: text.encode("utf-8") if isinstance(text, str) else text for name, text in files.items()},
    )


ODD = {
    "catalog.toml": """\
source_locale = "en"
locales = ["en", "pt-BR"]

[[products]]
id = "odd"
title = { en = "Odd & <Sons> [x](y)" }

[[products.editions]]
id = "now"
documents = { en = "now/en.md", pt-BR = "now/pt.md" }

[[products.editions]]
id = "old"
published = "2019"
documents = { en = "old/en.md" }
""",
    "now/en.md": """\
# Odd errors

|Value|Name|Description|Cause|Solution|
|-|-|-|-|-|
|-100|ERR_A|=HYPERLINK("http://x.example")|&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; &lt;!-- x|1. Do this; 2. Do *that*|
|0x10|ERR_B|`code` and ``two`` ticks| # no heading | - no list |
|5-9|ERR_D|A range|\\tTab|_under_ a_b __c__ ~~no~~|
|11, 13|ERR_E|Several|a \\| b|1\\. one|

## Odd words

|Error code|Description|Solution|
|-|-|-|
|InvalidThing|@at|&lt;root&gt;evil & &amp;amp; &amp;copy; [a](javascript:alert(1)) [b](https://b.example/a_(b)?x=1&y;2)|
|OtherThing|+1 (23)|-|
""",
    "now/pt.md": """\
# Erros

|Valor|Nome|Descrição|Causa|Solução|
|-|-|-|-|-|
|-100|ERR_A|Menos cem|Causa|Nada|
""",
    "old/en.md": """\
# Odd errors

|Value|Name|Description|Cause|Solution|
|-|-|-|-|-|
|-100|ERR_Z|Another|&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; &lt;!-- x|1. Do this; 2. Do *that*|
|0x10|ERR_B|`code` and ``two`` ticks| # no heading | - no list |
|99|ERR_GONE|Gone|Cause|Solution|
""",
}
"""Codes of every kind, and words that mean something to a spreadsheet, to Markdown, to HTML or to the theme."""


def odd(folder: Path) -> Path:
    """The odd documents, written below ``folder``."""
    for name, text in ODD.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
