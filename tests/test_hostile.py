"""Documents and declarations that mean harm: read within bounds, and nothing but words in every output."""

import csv
import io
import json
import os
import re
import threading
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from generator import addresses, cli, layout, pipeline, reading
from generator.errors import CodeglotError
from generator.explain.wrapped import harmless as shown
from generator.pages.links import outward
from generator.site import sanitised
from generator.text import harmless, harmless_json
from tests import hostile
from tests.machines import make

_RAW = re.compile("[\0-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""What no terminal may be given."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile.write(tmp_path_factory.mktemp("hostile"), long=300, deep=300, large=3000)


@pytest.mark.parametrize("name", sorted({*cli.FORMATS} - {"html"}))
def test_a_report_of_hostile_documents_is_well_formed_and_commands_nothing(
    folder: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["check", "--source", str(folder), "--exit-zero", "--format", name]) == 0
    text = capsys.readouterr().out
    assert "HARM" in text or name in {"github", "concise", "gitlab", "junit", "text"}
    assert not _RAW.search(text)
    if name in {"json", "sarif", "gitlab"}:
        json.loads(text)
    elif name == "junit":
        ET.fromstring(text)  # noqa: S314 - our own output
    elif name == "github":
        assert all(re.match(r"::(error|warning|notice) ", line) for line in text.splitlines())
    elif name == "markdown":
        assert not re.search(r"<(?!/?(?:code|span|br)>)", text)


class _Elements(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.addresses: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {tag, *(f"{tag} {name}" for name, _ in attrs)}
        self.addresses |= {value or "" for name, value in attrs if name in {"href", "src", "action", "data-copy-href"}}


def _elements(text: str) -> _Elements:
    found = _Elements()
    found.feed(text)
    return found


def test_the_html_report_runs_its_own_script_only(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--source", str(folder), "--exit-zero", "--format", "html"]) == 0
    text = capsys.readouterr().out
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    assert "default-src 'none'" in policy[1]
    assert "unsafe" not in policy[1]
    assert text.count("<script") == text.count("<style>") == 1
    found = _elements(text)
    assert not {one for one in found.found if re.search(r" on| style$|^(img|iframe|object|embed|base|svg)$", one)}
    assert {one for one in found.addresses if not re.match(r"#|https?://|\.|data:,$|[\w./-]+$", one)} == set()


def test_pages_of_hostile_documents_need_no_belt(folder: Path, tmp_path: Path) -> None:
    """What the templates write is already all that the belt lets through."""
    pipeline.prepare(_layout(folder, tmp_path))
    written = sorted((tmp_path / "docs").rglob("*.md"))
    assert len(written) > 900
    for path in written[::5]:
        body = path.read_text(encoding="utf-8").split("---\n", 2)[2]
        said, kept = _elements(body), _elements(sanitised.fragment(body))
        assert said.found == kept.found, path
        assert said.addresses == kept.addresses, path


def _layout(folder: Path, target: Path) -> layout.Layout:
    return layout.find(folder, docs=target / "docs", site=target / "site")


def test_files_for_programs_hold_words_only(folder: Path) -> None:
    made = make(folder)
    for name in made.files:
        text = made.text(name)
        if name.startswith("api/"):
            assert not _RAW.search(text.replace("\r\n", "\n")), name
        if name.endswith(".json"):
            json.loads(text)
        elif name.endswith(".xml"):
            ET.fromstring(text)  # noqa: S314 - our own output
        elif name.endswith(".md"):
            # What stands between backticks is no link.
            assert not re.search(r"(?<!\\)\]\((?!https?:|mailto:)", re.sub(r"(`+).*?\1", "", text)), name
        assert not re.search(r"(^|/)(con|nul|prn|aux|com1|lpt9)(\.|/|$)|[. ](/|$)|\.\.", name), name
        assert all(len(part.encode()) <= 255 for part in name.split("/")), name
    table = list(csv.reader(io.StringIO(made.text("api/v1/codes.csv").removeprefix("\ufeff"))))
    assert not [one for row in table for one in row if one[:1] in set("=+-@＝") and not re.fullmatch("-?[0-9]+", one)]


@pytest.mark.parametrize("asked", ["9004", "7081", "8082", "20030", "\x1b[2J7000\u202e", "no\x9bthing"])
@pytest.mark.parametrize("form", ["text", "json"])
def test_an_answer_at_the_terminal_commands_nothing(
    folder: Path, asked: str, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["explain", "--source", str(folder), "--format", form, asked]) in {0, 1}
    assert not _RAW.search(capsys.readouterr().out)


def test_the_catalog_at_the_terminal_commands_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["catalog", "--source", str(folder)]) == 0
    text = capsys.readouterr().out
    assert not _RAW.search(text)
    assert "\x1b[31mred" in json.dumps(json.loads(text), ensure_ascii=False).replace("\\u001b", "\x1b")


@pytest.mark.parametrize("target", [*(f"{scheme}:alert(1)" for scheme in ("javascript", "VBScript", "data", "file"))])
@pytest.mark.parametrize("base", ["", "https://a.example/", "javascript:alert(1)"])
def test_a_link_leads_to_the_web_or_nowhere(target: str, base: str) -> None:
    assert outward(target, base) is None
    assert outward(f" \x01{target}", base) is None
    assert outward(target[:4] + "\t" + target[4:], base) is None


def test_the_belt_lets_nothing_through_that_a_template_has_not() -> None:
    for text in (*hostile.HTML, "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "<a href='data:,x'>"):
        found = _elements(sanitised.fragment(text))
        assert not {one for one in found.found if re.search(r" on|style|script|svg|img|iframe|meta|base$|form m", one)}
        assert not {one for one in found.addresses if re.match(r"\s*[\w&;\t]+script:|data:", one)}


@pytest.mark.parametrize("symbol", hostile.SYMBOLS)
def test_an_address_can_be_a_file_on_every_system(symbol: str) -> None:
    slug = addresses.word_slug(symbol)
    assert re.fullmatch(r"[a-z0-9_][a-z0-9._-]*(?<![.])", slug)
    assert len(slug) <= 100
    assert slug.split(".")[0] not in {"con", "prn", "aux", "nul", "com1", "lpt9"}
    assert slug not in {"index.html", "index.md"}


def test_what_commands_a_terminal_is_shown_and_not_obeyed() -> None:
    assert harmless("a\x1b[1m\u202eb\nc\x9b") == "a\ufffd[1m\ufffdb\nc\ufffd"
    assert json.loads(harmless_json('"\x7f\x9b\u202e\u2028"')) == "\x7f\x9b\u202e\u2028"
    assert shown("a\x1bb\u202e") == "a b\ufffd"
    assert (
        str(CodeglotError("\x1b]0;x\x07", path="\u202e.md", hint="\x85"))
        == "\ufffd.md: \ufffd]0;x\ufffd\n  hint: \ufffd"
    )


# Files.


def _small(folder: Path) -> Path:
    (folder / "in").mkdir()
    (folder / "in" / "catalog.toml").write_text(
        'source_locale = "en"\nlocales = ["en"]\n[[products]]\nid = "a"\ntitle = { en = "A" }\n'
        '[[products.editions]]\nid = "now"\ndocuments = { en = "a.md" }\n'
    )
    (folder / "in" / "a.md").write_text("|Error code|Description|\n|-|-|\n|1|One|\n")
    return folder / "in"


def test_a_pipe_in_the_place_of_a_document_is_an_error_at_once(tmp_path: Path) -> None:
    source = _small(tmp_path)
    (source / "a.md").unlink()
    os.mkfifo(source / "a.md")
    with pytest.raises(CodeglotError, match="is no file"):
        pipeline.load(source)


def test_a_pipe_in_the_place_of_a_declaration_is_an_error_at_once(tmp_path: Path) -> None:
    source = _small(tmp_path)
    os.mkfifo(source / "errata.toml")
    ended: list[str] = []

    def load() -> None:
        try:
            pipeline.load(source)
        except CodeglotError as error:
            ended.append(str(error))

    reader = threading.Thread(target=load, daemon=True)
    reader.start()
    reader.join(20)
    assert ended
    assert "errata.toml: is no file" in ended[0]


@pytest.mark.parametrize("name", ["a.md", "errata.toml", "glossary.toml", "suppressions.toml", "permalinks.json"])
def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path, name: str) -> None:
    source = _small(tmp_path)
    (tmp_path / "secret").write_text("secret")
    (source / name).unlink(missing_ok=True)
    (source / name).symlink_to(tmp_path / "secret")
    with pytest.raises(CodeglotError, match="is a link that leads out of") as caught:
        pipeline.prepare(_layout(source, tmp_path), "https://codes.example/")
    assert "secret" not in str(caught.value)


def test_a_catalog_of_words_that_is_a_link_out_is_not_followed(tmp_path: Path) -> None:
    source = _small(tmp_path)
    (tmp_path / "secret").write_text('msgid "Search"\nmsgstr "secret"\n')
    (source / "locale").mkdir()
    (source / "locale" / "en.po").symlink_to(tmp_path / "secret")
    with pytest.raises(CodeglotError, match="is a link that leads out of"):
        pipeline.prepare(_layout(source, tmp_path), "https://codes.example/")


def test_words_around_pages_are_escaped_in_the_theme() -> None:
    """The theme's templates, which MkDocs renders, escape nothing by themselves."""
    raw = re.compile(r"\{\{ [^}|]*\b(?:labels|locale_name|entry\.name|entry\.notfound|site_name)\b[^}|]* \}\}")
    found = [
        f"{path.name}: {one}"
        for path in (layout.templates() / "theme").rglob("*.html")
        for one in raw.findall(path.read_text())
    ]
    assert found == []


def test_a_folder_that_is_a_link_out_is_not_followed(tmp_path: Path) -> None:
    source = _small(tmp_path)
    (tmp_path / "out").mkdir()
    (source / "a.md").rename(tmp_path / "out" / "a.md")
    (source / "deep").symlink_to(tmp_path / "out")
    catalog = (source / "catalog.toml").read_text().replace('"a.md"', '"deep/a.md"')
    (source / "catalog.toml").write_text(catalog)
    with pytest.raises(CodeglotError, match="is a link that leads out of"):
        pipeline.load(source)


def test_a_document_that_is_too_large_is_an_error_that_says_so(tmp_path: Path) -> None:
    source = _small(tmp_path)
    with (source / "a.md").open("r+b") as file:
        file.truncate(reading.MOST_OF_A_DOCUMENT + 1)
    with pytest.raises(CodeglotError, match="is larger than 64 MB") as caught:
        pipeline.load(source)
    assert "split it" in caught.value.hint


def test_a_link_inside_the_folder_is_a_file_like_any_other(tmp_path: Path) -> None:
    source = _small(tmp_path)
    (source / "a.md").rename(source / "b.md")
    (source / "a.md").symlink_to("b.md")
    assert pipeline.load(source).written.accounting.rows == 1


@pytest.mark.parametrize("product", ["con", "nul.x", "sitemap.xml", "index.html", "a" * 200, "404.html", "com1"])
def test_a_product_cannot_be_called_like_a_device_or_a_file_of_the_site(tmp_path: Path, product: str) -> None:
    source = _small(tmp_path)
    catalog = (source / "catalog.toml").read_text().replace('id = "a"', f'id = "{product}"')
    (source / "catalog.toml").write_text(catalog)
    with pytest.raises(CodeglotError, match="address"):
        pipeline.load(source)
