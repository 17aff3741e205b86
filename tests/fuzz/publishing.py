"""Fuzz targets: what is published of a catalog, each output well-formed and free of markup from the documents."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from xml.etree import ElementTree as ET

import markdown
import yaml
from markdown_it import MarkdownIt

from generator import cli, export, glossary, labels, layout, machine, pages, pipeline, planning, render, rules, words
from generator.assemble import assemble
from generator.config import Settings
from generator.diagnostics import Diagnostic
from generator.errors import CodeglotError
from generator.glossary import Glossary
from generator.labels import Labels
from generator.model import Catalog, Document, Locale
from generator.pages import Ledger
from generator.render import Renderer
from generator.reports import Report
from generator.reports import json as json_report
from tests.fuzz import checks
from tests.fuzz.mutate import SEPARATOR

CANARY: Final = "x-canary"
URL: Final = "https://codes.example/"
_VOID: Final = frozenset({"br", "wbr", "input", "img", "hr", "meta", "link", "path", "circle"})
_SCHEMES: Final = re.compile(r"[\s\0-\x1f]*(?:javascript|data|vbscript)[\s\0-\x1f]*:", re.IGNORECASE)


class Html(HTMLParser):
    """Markup in which nothing came from a document: every element closed, no canary among names, no script in links."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open, f"not closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not tag.startswith(CANARY)
        assert len({name for name, _ in attrs}) == len(attrs), (tag, attrs)
        for name, value in attrs:
            assert re.fullmatch(r"[a-z][a-zA-Z:-]*", name), (tag, name)
            assert not name.startswith(("on", CANARY)), (tag, name, value)
            if name in {"href", "src", "action"} and (tag, value) != ("link", "data:,"):
                assert not _SCHEMES.match(value or ""), (tag, name, value)
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        assert CANARY not in data


def report(data: bytes) -> None:
    """All rules over up to four documents, and the report in every format."""
    written, settings = _catalog(data)
    found = rules.check(written, written, _glossary(), settings.declared)
    _check_rules(found)
    spans = {document.path: len(document.lines) for document in written.documents}
    for one in found:
        assert 1 <= one.span.line <= one.span.end_line <= max(1, spans[one.span.path]) + 1, one
        assert "\n" not in one.message
    made = Report(written, found, "docs")
    for name, form in cli.FORMATS.items():
        _check_report(name, form(made, False, True))
    _check_report("text", re.sub("\x1b\\[[0-9;]*m", "", cli.FORMATS["text"](made, True, True)))
    again, _ = _catalog(data)
    assert rules.check(again, again, _glossary(), settings.declared) == found


class RuleCrashedError(AssertionError):
    """A rule raised; ``place`` tells which."""

    def __init__(self, found: list[Diagnostic]) -> None:
        super().__init__("\n".join(f"{one.message} {one.evidence}" for one in found))
        self.place = "-".join(sorted({one.message.split()[2] for one in found})[:2])


def _check_rules(found: Sequence[Diagnostic]) -> None:
    crashed = [one for one in found if one.rule == rules.INTERNAL_ERROR]
    if crashed:
        raise RuleCrashedError(crashed)


def _check_report(name: str, text: str) -> None:
    if name in {"json", "sarif", "gitlab"}:
        json.loads(text)
        text.encode()
        return
    checks.check_clean(text)
    if name == "junit":
        ET.fromstring(text)  # noqa: S314 - our own output
    elif name == "html":
        Html(text)
    elif name == "markdown":
        _check_markdown(text)
    elif name == "github":
        assert all(line.startswith("::") for line in text.splitlines() if line)


_READER: Final = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _check_markdown(text: str) -> None:
    """Markdown in which no HTML of a document counts, as GitHub reads it."""
    for token in _READER.parse(text):
        for one in (token, *(token.children or ())):
            if one.type in {"html_inline", "html_block"}:
                assert CANARY not in one.content, one.content
            for link in (one.attrs.get("href"), one.attrs.get("src")):
                assert not _SCHEMES.match(str(link or "")), link


def site(data: bytes) -> None:
    """Up to four documents as pages, those through Markdown, and everything the site has for scripts and programs."""
    written, settings = _catalog(data)
    export.catalog_json(written)
    json.loads(export.catalog_json(written))
    if not written.accounting.rows:
        return  # `codeglot build` says that there is nothing to build.
    found = rules.check(written, written, _glossary(), settings.declared)
    _check_rules(found)
    spoken = {locale: _words(locale) for locale in settings.locales}
    about = pipeline.site_info(settings, URL)
    ledger = Ledger(written, found, {})
    try:
        plan = pages.plan(written, ledger, about, spoken)
    except CodeglotError:
        return  # Two pages would have one address.
    became = planning.became(_empty(), settings, written)
    addresses = planning.addresses(_empty(), became, plan, about, spoken)
    assert len({link.path for link in addresses.links}) == len(addresses.links)
    files = render.pages(Renderer(layout.templates(), spoken), plan.pages)
    assert files == render.pages(Renderer(layout.templates(), spoken), plan.pages)
    for name, text in files.items():
        _check_path(name)
        _check_page(text)
    listed = json_report.render(Report(written, found))
    _check_files(machine.files(plan, written, ledger, about, spoken, listed, json_report.schema()))
    _check_files(words.files(written, _glossary()))


def _check_page(text: str) -> None:
    checks.check_clean(text)
    _, front, body = text.split("---\n", 2)
    meta = yaml.safe_load(front)
    assert isinstance(meta["title"], str)
    assert CANARY not in re.sub(r"&lt;[^>]*", "", meta["title"]) or "<" not in meta["title"]
    if "linked_data" in meta:
        assert "</" not in meta["linked_data"]
        json.loads(meta["linked_data"])
    assert "\n\n" not in body.strip()
    Html(body)
    made = _converter().reset().convert(body)
    assert made.strip() == body.strip()


def _check_path(name: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]+(?:/[A-Za-z0-9_.-]*[A-Za-z0-9_-])*(?:/[A-Za-z0-9_.-]+)?\.[a-z]+", name), name
    assert not {".", "..", ""} & set(name.split("/"))


def _check_files(files: Mapping[str, str | bytes]) -> None:
    for name, content in files.items():
        text = content.decode() if isinstance(content, bytes) else content
        _check_path(name)
        kind = name.rpartition(".")[2]
        if kind == "json":
            json.loads(text)
            continue
        checks.check_clean(text)
        if kind in {"xml", "svg"}:
            for element in ET.fromstring(text).iter():  # noqa: S314 - our own output
                assert CANARY not in element.tag
        elif kind == "csv":
            rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
            assert len({len(row) for row in rows}) == 1
            assert not any(cell[:1] in {"=", "@"} for row in rows for cell in row)
        elif kind in {"md", "txt"}:
            _check_markdown(text)


def _catalog(data: bytes) -> tuple[Catalog, Settings]:
    parts = data.split(SEPARATOR)
    locales = checks.LOCALES[: max(1, min(len(parts), 3))]
    settings = checks.settings(locales, old=len(parts) > 3)
    return assemble(list(_documents(parts, locales)), settings), settings


def _documents(parts: list[bytes], locales: tuple[Locale, ...]) -> Iterator[Document]:
    for locale, part in zip(locales, parts, strict=False):
        yield checks.read(part, locale, "e", f"{locale}.md")
    if len(parts) > 3:
        yield checks.read(SEPARATOR.join(parts[3:]), locales[0], "old", "old.md")


@cache
def _glossary() -> Glossary:
    path = layout.glossary()
    return glossary.read(path) if path else Glossary()


@cache
def _words(locale: Locale) -> Labels:
    return labels.read(layout.templates(), locale)


@cache
def _made() -> "TemporaryDirectory[str]":
    return TemporaryDirectory(prefix="codeglot-fuzz-")


def _empty() -> Path:
    return Path(_made().name)


@cache
def _converter() -> markdown.Markdown:
    """Python-Markdown with the extensions of ``mkdocs.yml``, and those that MkDocs itself adds."""
    text = Path(layout.templates().parent / "mkdocs.yml").read_text(encoding="utf-8")
    listed = yaml.load(text.replace("!ENV", ""), Loader=yaml.SafeLoader)["markdown_extensions"]
    names = [one if isinstance(one, str) else next(iter(one)) for one in listed]
    return markdown.Markdown(extensions=[*{*names, "toc", "tables", "fenced_code"}])
