"""CONTRIBUTING's recipe, done word for word: a product, an edition and a language, by configuration alone."""

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po

from generator import cli, labels, languages, layout, pipeline, rules, site
from generator.errors import CodeglotError
from generator.model import Catalog, Column, Locale

EN = """\
# Lantern

## Network

| Code | Name            | Meaning                 | Cause                | Solution        |
| ---- | --------------- | ----------------------- | -------------------- | --------------- |
| 4001 | LAN_ERR_TIMEOUT | The connection timed out. | The network is slow. | Connect again. |
| 4002 | LAN_ERR_UPLOAD  | The upload failed.      | The file is missing. | Check the file. |
"""
JA = """\
# ランタン

## ネットワーク

| エラーコード | 名前            | 説明                         | 原因                         | 対処方法                       |
| ------------ | --------------- | ---------------------------- | ---------------------------- | ------------------------------ |
| 4001         | LAN_ERR_TIMEOUT | 接続がタイムアウトしました。 | ネットワークが遅い。         | もう一度接続してください。     |
| 4002         | LAN_ERR_UPLOAD  | アップロードに失敗しました。 | ファイルがありません。       | ファイルを確認してください。   |
"""
SV = """\
# Lykta

## Nät

| Kod  | Namn            | Vad det betyder             | Varför det blev så   | Vad du gör        |
| ---- | --------------- | --------------------------- | -------------------- | ----------------- |
| 4001 | LAN_ERR_TIMEOUT | Anslutningen tog för lång tid. | Nätet är långsamt. | Anslut igen.      |
| 4002 | LAN_ERR_UPLOAD  | Nedladdningen misslyckades. | Filen saknas.        | Kontrollera filen. |
"""
HE = """\
# פנס

## רשת

| קוד  | שם              | תיאור             | סיבה           | פתרון          |
| ---- | --------------- | ----------------- | -------------- | -------------- |
| 4001 | LAN_ERR_TIMEOUT | החיבור לא נענה בזמן. | הרשת איטית.  | התחברו שוב.    |
| 4002 | LAN_ERR_UPLOAD  | ההעלאה נכשלה.     | הקובץ חסר.     | בדקו את הקובץ. |
"""


def sources(folder: Path, locale: str, text: str, more: str = "") -> Path:
    """A folder with one product in English and another language."""
    folder.mkdir(exist_ok=True)
    (folder / "en.md").write_text(EN, encoding="utf-8")
    (folder / f"{locale}.md").write_text(text, encoding="utf-8")
    (folder / "catalog.toml").write_text(
        f"""\
source_locale = "en"
locales = ["en", "{locale}"]

[[products]]
id = "lantern"
title = {{ en = "Lantern" }}

[[products.editions]]
id = "current"
published = "2024-05"
documents = {{ en = "en.md", {locale} = "{locale}.md" }}
{more}""",
        encoding="utf-8",
    )
    return folder


def columns(catalog: Catalog, locale: str) -> tuple[Column, ...]:
    return next(one for one in catalog.documents if one.locale == locale).tables[0].columns


ALL = (Column.CODE, Column.NAME, Column.DESCRIPTION, Column.CAUSE, Column.SOLUTION)


def found(loaded: pipeline.Loaded) -> list[str]:
    return [f"{one.rule} {one.span.path}:{one.span.line}" for one in pipeline.check(loaded)]


def texts(path: Path) -> Iterator[tuple[str, str]]:
    """The pages below ``path``, by their places in it."""
    for page in sorted(path.rglob("*.md")):
        yield page.relative_to(path).as_posix(), page.read_text(encoding="utf-8")


def test_japanese_needs_no_more_than_its_tag(tmp_path: Path) -> None:
    folder = sources(tmp_path / "sources", "ja", JA)
    prepared = pipeline.prepare(layout.find(folder))
    assert columns(prepared.loaded.written, "ja") == ALL
    assert prepared.untranslated == ()
    assert rules.without_words(prepared.loaded.written, prepared.loaded.glossary) == {}
    assert found(prepared.loaded) == []
    page = dict(texts(folder / ".codeglot" / "docs" / "ja"))["lantern/4001.md"]
    assert "対処方法" in page
    assert "接続がタイムアウトしました。" in page


def test_the_rules_understand_japanese(tmp_path: Path) -> None:
    wrong = JA.replace("アップロードに失敗", "ダウンロードに失敗").replace("確認して", "確認しして")
    loaded = pipeline.load(sources(tmp_path / "sources", "ja", wrong))
    assert [one for one in found(loaded) if one.endswith("ja.md:8") and one[:4] in {"T603", "N305"}]


def test_unknown_header_words_are_named_with_the_lines_that_declare_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = sources(tmp_path / "sources", "sv", SV)
    assert cli.main(["check", "--source", str(folder)]) == 0
    said = capsys.readouterr().out
    assert said.count("[S117]") == 1
    hint = re.search(r"put at the top of catalog\.toml, or into its \[columns\.sv\]: (.*)", said)
    assert hint
    lists = '{ description = ["Vad det betyder"], cause = ["Varför det blev så"], solution = ["Vad du gör"] }'
    assert hint[1] == f"columns.sv = {lists}"
    declared = f"\n[columns]\nsv = {lists}\n"
    loaded = pipeline.load(sources(folder, "sv", SV, declared))
    assert columns(loaded.written, "sv") == ALL
    assert not [one for one in found(loaded) if one.startswith("S117")]


def test_words_of_a_new_language_let_its_rules_speak(tmp_path: Path) -> None:
    folder = sources(tmp_path / "sources", "sv", SV, '\n[columns.sv]\ndescription = ["Vad det betyder"]\n')
    lacking = rules.without_words(pipeline.load(folder).written, pipeline.load(folder).glossary)
    assert "T603" in lacking[Locale("sv")]
    assert not [one for one in found(pipeline.load(folder)) if one.startswith("T603")]
    (folder / "glossary.toml").write_text(
        '[concepts.upload]\nwords.sv = ["uppladdning*"]\n[concepts.download]\nwords.sv = ["nedladdning*"]\n',
        encoding="utf-8",
    )
    loaded = pipeline.load(folder)
    assert "T603" not in rules.without_words(loaded.written, loaded.glossary)[Locale("sv")]
    assert [one for one in found(loaded) if one.startswith("T603")] == ["T603 sv.md:8"]


def translate(path: Path, known: Mapping[str, str | tuple[str, ...]]) -> None:
    """What a translator does: some of the words, by the message."""
    with path.open("rb") as file:
        catalog = read_po(file)
    for message, text in known.items():
        catalog[message].string = text
    with path.open("wb") as file:
        write_po(file, catalog)


def test_the_sites_own_words_are_translated_beside_the_documents(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = sources(tmp_path / "sources", "sv", SV)
    path = folder / "locale" / "sv.po"
    assert cli.main(["labels", "sv", "--source", str(folder)]) == 0
    total = int(re.findall(r"sv\.po: (\d+) of the site's own words to translate", capsys.readouterr().out)[0])
    assert total > 150
    translate(path, {"Solution": "Lösning", "Cause": "Orsak"})
    translate(path, {"{number} code": ("{number} kod", "{number} koder")})
    assert cli.main(["labels", "sv", "--source", str(folder)]) == 0
    assert f"{total - 3} of" in capsys.readouterr().out
    words = labels.read(layout.templates(), Locale("sv"), folder)
    assert (words.missing, words.messages) == (total - 3, total)
    assert words.gettext("Solution") == "Lösning"
    assert words.gettext("Search") == "Search"
    assert words.ngettext("{number} code", "{number} codes", 2) == "{number} koder"


def test_plural_forms_are_those_of_the_language(tmp_path: Path) -> None:
    text, _ = labels.to_translate(layout.templates(), Locale("ru"), tmp_path)
    assert "nplurals=3" in text
    assert "msgstr[2]" in text


def test_a_word_beside_the_documents_wins_over_codeglots_own(tmp_path: Path) -> None:
    (tmp_path / "locale").mkdir()
    (tmp_path / "locale" / "ja.po").write_text('msgid "Solution"\nmsgstr "解決策"\n', encoding="utf-8")
    words = labels.read(layout.templates(), Locale("ja"), tmp_path)
    assert (words.gettext("Solution"), words.gettext("Cause"), words.missing) == ("解決策", "原因", 0)
    text, left = labels.to_translate(layout.templates(), Locale("ja"), tmp_path)
    assert left == 0
    assert "解決策" in text
    assert "原因" not in text


def test_what_a_translation_fills_in_has_to_be_there(tmp_path: Path) -> None:
    (tmp_path / "locale").mkdir()
    path = tmp_path / "locale" / "sv.po"
    for text in ("{antal} kod", "{number kod"):
        path.write_text(f'msgid ""\nmsgstr ""\n\nmsgid "{{number}} of {{total}}"\nmsgstr "{text}"\n', encoding="utf-8")
        with pytest.raises(CodeglotError, match=r"\{number\} of \{total\}") as error:
            labels.read(layout.templates(), Locale("sv"), tmp_path)
        assert (error.value.path, error.value.line) == (str(path), 4)


def test_a_language_that_is_not_declared_has_no_words_to_translate(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = sources(tmp_path / "sources", "ja", JA)
    assert cli.main(["labels", "jp", "--source", str(folder)]) == 2
    assert "it declares en, ja; add the language there first" in capsys.readouterr().err
    assert not (folder / "locale").exists()
    assert cli.main(["labels", "ja", "--source", str(folder)]) == 0
    assert "all of the site's own words are translated" in capsys.readouterr().out
    assert not (folder / "locale").exists()


def test_who_reads_another_script_is_given_no_words_of_it() -> None:
    assert labels.read(layout.templates(), Locale("zh-CN")).gettext("Cause") == "原因"
    traditional = labels.read(layout.templates(), Locale("zh-Hant"))
    assert traditional.gettext("Search") == "Search"
    assert traditional.missing == traditional.messages > 0


def test_a_new_edition_and_a_new_product_are_declared(tmp_path: Path) -> None:
    more = """
[[products.editions]]
id = "2020"
published = "2020"
documents = { en = "2020.md" }

[[products]]
id = "torch"
title = { en = "Torch", ja = "トーチ" }

[[products.editions]]
id = "current"
documents = { ja = "torch.md" }
"""
    folder = sources(tmp_path / "sources", "ja", JA, more)
    (folder / "2020.md").write_text(EN.replace("4002 | LAN_ERR_UPLOAD", "4009 | LAN_ERR_GONE"), encoding="utf-8")
    (folder / "torch.md").write_text(JA.replace("4001", "-7"), encoding="utf-8")
    pipeline.prepare(layout.find(folder))
    pages = dict(texts(folder / ".codeglot" / "docs"))
    assert {f"{locale}/lantern/4009.md" for locale in ("en", "ja")} <= pages.keys()
    assert {f"{locale}/torch/-7.md" for locale in ("en", "ja")} <= pages.keys()
    assert "2020年" in pages["ja/lantern/4009.md"]
    assert "トーチ" in pages["ja/torch/index.md"]


@pytest.fixture(scope="module")
def hebrew(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole site in English and in a language that Codeglot brings no word of."""
    folder = sources(
        tmp_path_factory.mktemp("new") / "sources",
        "he",
        HE,
        '\n[columns.he]\ndescription = ["תיאור"]\ncause = ["סיבה"]\nsolution = ["פתרון"]\n',
    )
    assert cli.main(["labels", "he", "--source", str(folder)]) == 0
    translate(folder / "locale" / "he.po", {"Solution": "פתרון", "Skip to content": "דלגו לתוכן"})
    assert cli.main(["build", "--quiet", "--source", str(folder)]) == 0
    return folder / "site"


def test_a_site_in_a_new_language(hebrew: Path) -> None:
    page = (hebrew / "he" / "lantern" / "4001" / "index.html").read_text(encoding="utf-8")
    assert re.search(r'<html[^>]* lang="he"', page)
    assert re.search(r'<body[^>]* dir="rtl"', page)
    for word in ("דלגו לתוכן", "פתרון", "החיבור לא נענה בזמן.", "עברית"):
        assert word in page
    other = (hebrew / "lantern" / "4001" / "index.html").read_text(encoding="utf-8")
    assert re.search(r'<link rel="alternate" hreflang="he" href="[^"]*/he/lantern/4001/"', other)
    assert re.search(r'<a [^>]*hreflang="he"[^>]*>עברית</a>', other)


def test_programs_are_told_of_a_new_language(hebrew: Path) -> None:
    with (hebrew / "api" / "v1" / "codes.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["description_he"] == "החיבור לא נענה בזמן."
    assert (hebrew / "he" / "404.html").is_file()
    assert (hebrew / "he" / "feed.xml").is_file()
    assert "<Language>he</Language>" in (hebrew / "he" / "opensearch.xml").read_text(encoding="utf-8")
    for name in ("llms.txt", "sitemap.xml"):
        assert "/he/lantern/" in (hebrew / name).read_text(encoding="utf-8")
    assert "he" in (hebrew / "e" / "4001" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("locales", "menu"), [("zh en ko", False), ("zh en ko ja", False), ("zh en ko ja de", True)])
def test_many_languages_are_a_menu(locales: str, *, menu: bool) -> None:
    tags = [Locale(tag) for tag in locales.split()]
    spec = site.SiteSpec(tags[0], tuple(site.LocaleSpec(tag, languages.own_name(tag), "Codes") for tag in tags))
    values = site.theme.values(spec, spec.locales[1], "https://example.org/", alone=True)
    assert (values["locale_menu"], values["locale_name"]) == (menu, "English")
