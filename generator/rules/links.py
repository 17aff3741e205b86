"""The links of the documents, in one form: where each stands, where it leads, and which link of a peer it stands beside."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

import msgspec
from msgspec import Struct

from generator.model import Column, Document, Entry, Inline, InlineCode, Link, Locale, SourceSpan, Text
from generator.rules.aligned import AlignedCell, aligned_cells
from generator.rules.carried import ADDRESS, found_in
from generator.rules.context import Context

_BARE: Final = re.compile(rf"\b(?i:https?)://{ADDRESS}+")
_TAIL: Final = ".,;:!?)]*_"
# MediaWiki and sites made after it write a percent sign of a fragment as a dot.
_DOTTED: Final = re.compile(r"(?:\.[0-9A-F]{2}){2,}")
_TAG: Final = re.compile(r"[a-z]{2,3}(?:[-_](?:[a-z]{4}|[a-z]{2}|419))*", re.IGNORECASE)

_OWN: Final = 0.08
"""From this share of a document's letters on, a script is one of its own."""


class Target(Struct, frozen=True, order=True, gc=False):
    """Where a link leads, in one form for all spellings of it."""

    host: str
    """Empty for a link that is relative to a site that nobody declared."""
    path: str
    """Decoded, without the slash at its end; a segment that is the language of a site's part reads ``*``."""
    query: str
    fragment: str
    """Decoded."""

    @property
    def page(self) -> tuple[str, str, str]:
        """The target but for its fragment."""
        return (self.host, self.path, self.query)


class LinkUse(Struct, frozen=True, gc=False):
    """One link at its place."""

    document: str
    """Path of its document."""
    entry: Entry | None
    """The row it stands in; ``None`` in a paragraph."""
    column: Column | None
    text: str
    """Its words; empty for a bare URL."""
    written: str
    """Its target as written."""
    target: Target
    host: str
    """The host as written or declared, before equal sites are taken for one."""
    language: str
    """The segment or label that says in which language the page is, in lower case; empty where nothing says so."""
    span: SourceSpan


class LinkedCell(Struct, frozen=True, gc=False):
    """An aligned cell, with the links of each locale."""

    cell: AlignedCell
    links: Mapping[Locale, tuple[LinkUse, ...]]
    """Each target once. A locale without links has none here."""

    def entry(self, locale: Locale) -> Entry:
        """The row of a locale."""
        return self.cell.row.entries[locale]


class Pair(Struct, frozen=True, gc=False):
    """A link and the link of a peer that stands for it."""

    own: LinkUse
    other: LinkUse
    own_entry: Entry
    other_entry: Entry
    column: Column
    locale: Locale
    """The own one's."""
    peer: Locale


def found_links(inlines: tuple[Inline, ...]) -> Iterator[tuple[str, str]]:
    """The words and target of every link, URLs that stand as plain words or code among them."""
    for inline in inlines:
        match inline:
            case Link(text=text, target=target):
                if target.strip():
                    yield text, target.strip()
            case Text(text=text) | InlineCode(text=text):
                for match in _BARE.finditer(text) if "://" in text else ():
                    yield "", match.group().rstrip(_TAIL)
            case _:
                pass


def links(context: Context) -> Mapping[str, tuple[LinkUse, ...]]:
    """All links of each document, by its path, in the order of the source; those of paragraphs first in a section."""
    return {document.path: tuple(_in_document(context, document)) for document in context.catalog.documents}


def _in_document(context: Context, document: Document) -> Iterator[LinkUse]:
    ends = [section.span.line for section in document.sections[1:]] + [len(document.lines)]
    for section, end in zip(document.sections, ends, strict=False):  # An empty document has no section, and one end.
        last = len(document.lines[end - 1]) + 1 if end else 1
        whole = SourceSpan(document.path, section.span.line, 1, max(end, section.span.line), last)
        rest: dict[str, SourceSpan] = {}
        for paragraph in section.prose:
            for text, written in found_links(paragraph):
                within = rest.get(written, whole)
                span = found_in(document, within, written)
                if span:
                    rest[written] = msgspec.structs.replace(within, line=span.line, column=span.end_column)
                span = span or section.span
                yield _use(context, document, None, None, text, written, span)
        for table in section.tables:
            for entry in table.entries:
                for field in entry.fields:
                    for text, written in found_links(field.inlines):
                        span = found_in(document, field.span, written) or field.span
                        yield _use(context, document, entry, field.column, text, written, span)


def _use(
    context: Context,
    document: Document,
    entry: Entry | None,
    column: Column | None,
    text: str,
    written: str,
    span: SourceSpan,
) -> LinkUse:
    base = context.declared.link_base.get((document.product, document.locale), "")
    whole = urljoin(base, written) if base else written
    target, host, language = resolved(context, whole)
    return LinkUse(document.path, entry, column, text, written, target, host, language, span)


def resolved(context: Context, whole: str) -> tuple[Target, str, str]:
    """Where a link leads, its host before equal sites are taken for one, and the language that its address names."""
    host = _split(whole)[0]
    for same in context.declared.same_links:
        found = next((one for one in same.targets if _begins(whole, one)), None)
        if found:
            whole = same.targets[0] + _bare(whole)[len(_bare(found)) :]
            break
    own, path, query, fragment = _split(whole)
    tags = context.once(_languages)
    language = ""
    segments = []
    for segment in path.split("/"):
        if _is_language(segment, tags):
            language = language or segment.lower().replace("_", "-")
            segments.append("*")
        else:
            segments.append(segment)
    label, _, domain = own.partition(".")
    if domain.count(".") and _is_language(label, tags):
        language = language or label.replace("_", "-")
        own = f"*.{domain}"
    return Target(own, "/".join(segments).rstrip("/"), query, fragment), host, language


def _split(whole: str) -> tuple[str, str, str, str]:
    try:
        parts = urlsplit(whole)
    except ValueError:
        return "", whole, "", ""
    host = parts.netloc.lower().removeprefix("www.")
    return host, unquote(parts.path), unquote(parts.query), decoded(parts.fragment)


def decoded(fragment: str) -> str:
    """A fragment in the letters it stands for, whether percent signs or dots encode them."""
    plain = unquote(fragment)
    return _DOTTED.sub(lambda match: _letters(match.group()), plain)


def _letters(dotted: str) -> str:
    try:
        return bytes.fromhex(dotted.replace(".", "")).decode()
    except UnicodeDecodeError:
        return dotted


def _bare(whole: str) -> str:
    return re.sub(r"^(?:https?:)?//(?:www\.)?", "", whole, flags=re.IGNORECASE)


def _begins(whole: str, beginning: str) -> bool:
    own, start = _bare(whole).casefold(), _bare(beginning).casefold()
    return own.startswith(start) and (start.endswith("/") or own[len(start) : len(start) + 1] in {"", "/", "?", "#"})


def _languages(context: Context) -> frozenset[str]:
    return frozenset(locale.partition("-")[0].lower() for locale in context.catalog.locales)


def _is_language(segment: str, tags: frozenset[str]) -> bool:
    return bool(_TAG.fullmatch(segment)) and re.split("[-_]", segment.lower())[0] in tags


def linked_cells(context: Context) -> tuple[LinkedCell, ...]:
    """All aligned cells in which any locale has a link."""
    by_cell: dict[tuple[str, int, int, Column | None], list[LinkUse]] = {}
    for uses in context.once(links).values():
        for use in uses:
            if use.entry:
                by_cell.setdefault((use.document, use.entry.table, use.entry.row, use.column), []).append(use)
    found = []
    for cell in context.once(aligned_cells):
        here = {
            locale: by_cell.get((entry.span.path, entry.table, entry.row, cell.column), ())
            for locale, entry in cell.entries.items()
        }
        if any(here.values()):
            single = {locale: {use.target: use for use in reversed(uses)} for locale, uses in here.items()}
            found.append(LinkedCell(cell, {locale: tuple(reversed(uses.values())) for locale, uses in single.items()}))
    return tuple(found)


def pairs(context: Context) -> tuple[Pair, ...]:
    """Every link of an aligned cell with that of each peer that can only be its counterpart.

    Equal targets belong together, then equal pages; a last one left on each side, too.
    """
    return tuple(
        Pair(one, two, linked.entry(locale), linked.entry(peer), linked.cell.column, locale, peer)
        for linked in context.once(linked_cells)
        for locale, own in linked.links.items()
        for peer, others in linked.links.items()
        if peer != locale and len(own) == len(others)
        for one, two in _paired(own, others)
    )


def beside(context: Context) -> Mapping[int, tuple[Pair, ...]]:
    """The pairs of each link, by the link's identity."""
    found: dict[int, list[Pair]] = {}
    for pair in context.once(pairs):
        found.setdefault(id(pair.own), []).append(pair)
    return {key: tuple(same) for key, same in found.items()}


def _paired(own: tuple[LinkUse, ...], others: tuple[LinkUse, ...]) -> Iterator[tuple[LinkUse, LinkUse]]:
    left, right = list(own), list(others)
    for whole in (True, False):
        for one in tuple(left):
            same = [two for two in right if (one.target == two.target if whole else one.target.page == two.target.page)]
            if len(same) == 1:
                left.remove(one)
                right.remove(same[0])
                yield one, same[0]
    if len(left) == len(right) == 1:
        yield left[0], right[0]


def shown(use: LinkUse) -> str:
    """A link's target as a reader would say it: without scheme, its fragment decoded."""
    return decoded(_bare(use.written))


def own_scripts(context: Context) -> Mapping[str, frozenset[str]]:
    """The scripts, but for Latin, in which a fair share of each document is written, by its path."""
    return {document.path: _own_scripts(document) for document in context.catalog.documents}


def _own_scripts(document: Document) -> frozenset[str]:
    said = [field.plain for entry in document.entries for field in entry.said]
    titles = [section.title for section in document.sections]
    counts: Counter[str] = Counter()
    for mark, count in Counter("".join((*said, *titles))).items():
        if found := _script(mark):
            counts[found] += count
    total = counts.total()
    return frozenset(script for script, count in counts.items() if count >= _OWN * total)


def scripts(text: str) -> tuple[str, ...]:
    """The scripts of a text's letters but for Latin, each once."""
    return tuple(dict.fromkeys(found for mark in dict.fromkeys(text) if (found := _script(mark))))


@lru_cache(maxsize=20_000)
def _script(mark: str) -> str:
    """The script of a letter; empty for Latin, and for what is no letter."""
    if mark <= "\u02af" or not mark.isalpha():
        return ""
    name = unicodedata.name(mark, "").partition(" ")[0]
    return "" if name in {"LATIN", "FULLWIDTH", "MODIFIER"} else "Han" if name == "CJK" else name.capitalize()
