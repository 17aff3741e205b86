"""The browser's resolver gives the answers that the other one gives, in a real browser."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Page

from generator import pipeline, resolve
from generator.model import Locale

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "templates" / "theme" / "assets"
CASES: dict[str, Any] = json.loads((ROOT / "tests" / "cases" / "resolve.json").read_text(encoding="utf-8"))

pytestmark = pytest.mark.browser

ANSWER = """async ([file, texts]) => {
  const { createResolver } = await import("./codeglot-resolve.js");
  const resolver = createResolver(JSON.parse(file));
  return texts.map((text) => JSON.stringify(resolver.resolve(text)));
}"""

MORE = (
    "\U0001f600 ret=7006 \U0001f600",
    "\ud800 7006",
    "ſK 7006 İ",
    "a" * 30_000 + " 7006",
    "ret=" * 500 + "7006",
    "7006 " * 300,
    "\u0661\u0662 7006",
    "AV_ERR_AUTH_FIALD\u2028_TIMEOUT",
)
"""Beside the cases: what two languages may well see differently."""


@pytest.fixture
def page(reader: Any, serve: Any, tmp_path: Path) -> Page:
    """An empty page beside the scripts."""
    (tmp_path / "index.html").write_text("<!doctype html><link rel=icon href=data:,>", encoding="utf-8")
    for script in ASSETS.glob("codeglot-resolve*.js"):
        (tmp_path / script.name).write_bytes(script.read_bytes())
    opened: Page = reader().open(serve(tmp_path, "/"))
    return opened


@pytest.mark.parametrize("name", ["invented", "originals"])
def test_same_answers(page: Page, name: str) -> None:
    if name == "originals":
        loaded = pipeline.load(ROOT / "source_docs")
        catalog, meant = loaded.corrected, loaded.settings.declared.meant
        index = resolve.index(catalog, meant)
        file = resolve.browser_index(catalog, catalog.source_locale, meant=meant)
    else:
        index = msgspec.convert(CASES["invented"], tuple[resolve.IndexedCode, ...])
        products = tuple(dict.fromkeys((code.product, code.product) for code in index))
        file = resolve.browser_file(Locale("en"), products, [(code, "", Locale("en")) for code in index])
    texts = [case["text"] for case in CASES["cases"] if case["index"] == name] + list(MORE)
    answers = page.evaluate(ANSWER, [file, texts])
    for text, answer in zip(texts, answers, strict=True):
        expected = json.loads(json.dumps(msgspec.to_builtins(resolve.resolve(text, index))))
        assert json.loads(answer) == expected, text[:60]
