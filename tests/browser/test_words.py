"""The full text in a real browser, over a catalog invented for it: what people type, and what they mean."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from generator import pipeline, words

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "templates" / "theme" / "assets"
TABLE: dict[str, Any] = json.loads((ROOT / "tests" / "cases" / "words.json").read_text(encoding="utf-8"))
CASES: list[dict[str, Any]] = TABLE["cases"]
LOCALES = ("zh", "en", "ko", "de", "ja")

pytestmark = pytest.mark.browser

LOAD = """async (files) => {
  const { decode } = await import("./codeglot-resolve.js");
  const { Words } = await import("./codeglot-words.js");
  window.layers = {};
  for (const [locale, [index, ...blocks]] of Object.entries(files)) {
    const file = JSON.parse(index);
    const layer = new Words(file, decode(file));
    let first = 0;
    for (const block of blocks.map(JSON.parse)) {
      layer.add(first, block);
      first += block.length;
    }
    window.layers[locale] = layer;
  }
}"""

ASK = """([locale, query]) => window.layers[locale].search(query, 10).map(({ code, field, passage }) => ({
  code: code.slug, field, passage: (passage ?? []).map((part) => part.mark ? `[${part.mark}]` : part).join(""),
}))"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty page beside the scripts."""
    folder = tmp_path_factory.mktemp("words")
    (folder / "index.html").write_text("<!doctype html><link rel=icon href=data:,>", encoding="utf-8")
    for script in ASSETS.glob("codeglot-*.js"):
        (folder / script.name).write_bytes(script.read_bytes())
    return folder


def documents(folder: Path) -> None:
    """The table's codes as documents with their declaration."""
    listed = ", ".join(f'{locale} = "{locale}.md"' for locale in LOCALES)
    (folder / "catalog.toml").write_text(
        f'source_locale = "zh"\nlocales = {json.dumps(LOCALES)}\n[[products]]\nid = "lift"\ntitle = {{ zh = "Lift" }}\n'
        f'[[products.editions]]\nid = "current"\ndocuments = {{ {listed} }}\n',
        encoding="utf-8",
    )
    for locale in LOCALES:
        header = TABLE["columns"][locale]
        rows = [header, ["---"] * len(header)]
        rows += [[code, said["name"], *said[locale]] for code, said in TABLE["codes"].items() if locale in said]
        lines = [f"| {' | '.join(row)} |" for row in rows]
        text = "\n".join([f"## {TABLE['titles'][locale]}", "", *lines, ""])
        (folder / f"{locale}.md").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """For each locale its index and its texts."""
    folder = tmp_path_factory.mktemp("documents")
    documents(folder)
    loaded = pipeline.load(folder)
    made = words.files(loaded.corrected, loaded.glossary)
    found = {}
    for locale in LOCALES:
        blocks = [name for name in made if name.startswith(f"assets/codeglot/text.{locale}.")]
        found[locale] = [made[f"assets/codeglot/index.{locale}.json"], *(made[name] for name in blocks)]
    return found


@pytest.fixture
def page(reader: Any, serve: Any, folder: Path, files: dict[str, list[str]]) -> Page:
    opened: Page = reader().open(serve(folder, "/"))
    opened.evaluate(LOAD, files)
    return opened


def test_the_table_asks_much() -> None:
    asked = [(case["locale"], case["query"]) for case in CASES]
    assert len(asked) == len(set(asked))
    assert {locale for locale, _ in asked} == set(LOCALES)
    assert sum("none" in case for case in CASES) >= len(LOCALES)


@pytest.mark.parametrize("locale", LOCALES)
def test_words_find_what_is_meant(page: Page, locale: str) -> None:
    wrong = []
    for case in (one for one in CASES if one["locale"] == locale):
        found = page.evaluate(ASK, [locale, case["query"]])
        codes = [hit["code"] for hit in found]
        fits = not codes if "none" in case else codes[:1] == [case["first"]]
        if fits and "field" in case:
            fits = found[0]["field"] == case["field"]
        if not fits:
            wrong.append(f"{case['query']} ({case['why']}): {found[:3]}")
    assert wrong == []


def test_less_follows_only_where_nothing_has_all(page: Page) -> None:
    def found(query: str) -> list[str]:
        return [hit["code"] for hit in page.evaluate(ASK, ["en", query])]

    assert found("damaged configuration file storage server") == ["109", "108"]
    assert found("damaged configuration file") == ["109"]


def test_what_one_language_lacks_another_has(page: Page) -> None:
    for case in (one for one in CASES if "elsewhere" in one):
        assert [hit["code"] for hit in page.evaluate(ASK, ["zh", case["query"]])][:1] == [case["elsewhere"]]


def test_the_passage_marks_what_was_asked(page: Page) -> None:
    def passage(locale: str, query: str) -> str:
        text: str = page.evaluate(ASK, [locale, query])[0]["passage"]
        return text

    assert passage("zh", "丝绳") == "钢[丝绳]磨损"
    assert passage("ko", "시간초과") == "제어기 응답 [시간 초과]"
    assert passage("en", "ropes") == "The [rope] is worn"
    assert passage("de", "uberladen") == "Die Kabine ist [überladen]"
    assert passage("zh", "timeout") == "控制器响应[超时]"


def test_every_text_finds_its_code(page: Page, files: dict[str, list[str]]) -> None:
    for locale in LOCALES:
        for code, said in TABLE["codes"].items():
            for text in said.get(locale, ()):
                assert page.evaluate(ASK, [locale, text])[0]["code"] == code, text


@pytest.mark.parametrize("text", ["", " ", "。", "()", "\ud800", "a" * 5000, "の" * 500, "가 " * 300, "*", "\\", "[.*"])
def test_any_question_is_answered(page: Page, text: str) -> None:
    for locale in LOCALES:
        assert isinstance(page.evaluate(ASK, [locale, text]), list)
