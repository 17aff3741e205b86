"""The words of each document, cell by cell, without code, links and identifiers: what the rules about language read."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from msgspec import Struct

from generator.diagnostics import Diagnostic, Fix, Precision, Related, Severity
from generator.model import Break, Column, Document, Entry, Inline, InlineCode, Link, SourceSpan, Text
from generator.rules.aligned import AlignedRow, aligned_rows
from generator.rules.base import Rule, diagnose
from generator.rules.context import Context
from generator.text import visible

HIDDEN: Final = "\ufffc"
"""Stands where code, a link or an identifier was: neither a letter nor a space."""

_VERBATIM: Final = re.compile(
    r"(?:https?://|www\.)\S+"  # addresses
    r"|<[^<>\s]+>|\$?\{[^{}\s]*\}"  # placeholders
    r"|(?<![A-Za-z0-9_$])[A-Za-z0-9_$]*(?:_|::|[/@#\\]|(?<=\w)[.:=-](?=\w)|\d)(?:[./:@#=\\-]*[A-Za-z0-9_$])*"  # joined or numbered words
    r"|(?<![A-Za-z])(?:[a-z]+[A-Z]|[A-Z][a-z]+[A-Z]|[A-Z]{2,}[a-z])[A-Za-z]*",  # capitals inside
    re.ASCII,
)

_JOINED: Final = re.compile(r"[0-9_/@#\\<{]|::|www\.|[A-Za-z][.:=-][A-Za-z]|[a-z][A-Z]|[A-Z]{2}[a-z]", re.ASCII)
"""Something of which each of those has: most texts are plain words, and need not be looked through for all of them."""


class Passage(Struct, frozen=True, gc=False):
    """One cell, heading or paragraph, once for all rows that share it."""

    document: Document
    span: SourceSpan
    words: str
    """What it says as running text, as written; :data:`HIDDEN` for what is none."""
    section: int
    entry: Entry | None = None
    column: Column | None = None
    header: str = ""
    prose: bool = False
    """Whether it is a paragraph, whose place is not known but for its section."""


def passages(context: Context) -> tuple[Passage, ...]:
    """All passages of all documents but codes and names, in the order of the sources."""
    return tuple(one for document in context.catalog.documents for one in _in_document(document))


def _in_document(document: Document) -> Iterator[Passage]:
    seen: set[SourceSpan] = set()
    for section in document.sections:
        if section.title:
            yield Passage(document, section.span, hidden(section.title), section.index)
        for paragraph in section.prose:
            yield Passage(document, section.span, running(paragraph), section.index, prose=True)
        for table in section.tables:
            for entry in table.entries:
                for field in entry.said:
                    if field.span not in seen:
                        seen.add(field.span)
                        words = running(field.inlines)
                        yield Passage(document, field.span, words, section.index, entry, field.column, field.header)


def beside(context: Context) -> Mapping[Entry, AlignedRow]:
    """For each row that has peers all rows of its code."""
    return {entry: row for row in context.once(aligned_rows) for entry in row.entries.values()}


def columns(context: Context) -> tuple[tuple[Passage, ...], ...]:
    """The passages that stand in tables, one group for each column of each table."""
    found: dict[tuple[str, int, Column, str], list[Passage]] = {}
    for one in context.once(passages):
        if one.entry and one.column:
            found.setdefault((one.document.path, one.entry.table, one.column, one.header), []).append(one)
    return tuple(map(tuple, found.values()))


@lru_cache(maxsize=1 << 17)
def running(inlines: tuple[Inline, ...]) -> str:
    """The running text of a cell or paragraph."""
    return hidden("".join(map(_words, inlines)))


def _words(inline: Inline) -> str:
    match inline:
        case Text(text=text):
            return text
        case Break():
            return "\n"
        case InlineCode() | Link():
            return HIDDEN


def hidden(text: str) -> str:
    """``text`` as written, with :data:`HIDDEN` for addresses and identifiers."""
    return _VERBATIM.sub(HIDDEN, text) if _JOINED.search(text) else text


def shown(text: str) -> str:
    """A stretch of :attr:`Passage.words` for a message."""
    return text.replace(HIDDEN, "…")


def place(passage: Passage, word: str) -> SourceSpan | None:
    """Where ``word`` stands in the source of a passage; ``None`` where that is not certain."""
    found = []
    expression = re.compile(
        rf"(?<![A-Za-z0-9_]){re.escape(word)}(?![A-Za-z0-9_])" if word.isascii() else re.escape(word)
    )
    for number, start, end in _lines(passage):
        line = passage.document.lines[number - 1]
        found += [
            SourceSpan(passage.span.path, number, one.start() + 1, number, one.end() + 1)
            for one in expression.finditer(line, start - 1, end - 1)
        ]
    return found[0] if len(found) == 1 else None


def _lines(passage: Passage) -> Iterator[tuple[int, int, int]]:
    """The lines of a passage, each with its first column and the one behind its last.

    A paragraph may be on any of its section's.
    """
    document, span = passage.document, passage.span
    if passage.prose:
        section = document.sections[passage.section]
        after = [one.span.line for one in document.sections if one.index > section.index]
        inside = [(table.raw.span.line, table.raw.span.end_line) for table in section.tables]
        for number in range(span.line, min([*after, len(document.lines) + 1])):
            if not any(first <= number <= last for first, last in inside):
                yield number, 1, len(document.lines[number - 1]) + 1
        return
    for number in range(span.line, span.end_line + 1):
        end = len(document.lines[number - 1]) + 1
        yield number, span.column if number == span.line else 1, span.end_column if number == span.end_line else end


def diagnose_passage(
    rule: Rule,
    passage: Passage,
    message: str,
    *,
    evidence: str,
    span: SourceSpan | None = None,
    hint: str = "",
    expected: str = "",
    related: Iterable[Related] = (),
    severity: Severity | None = None,
    precision: Precision | None = None,
    cluster: str = "",
    fix: Fix | None = None,
) -> Diagnostic:
    """A diagnostic at a passage or, with ``span``, at a part of it."""
    entry, document = passage.entry, passage.document
    return diagnose(
        rule,
        document,
        span or passage.span,
        message,
        code=entry.code if entry else None,
        section=document.sections[passage.section].title,
        field=passage.column,
        hint=hint,
        expected=expected,
        related=related,
        evidence=[evidence],
        severity=severity,
        precision=precision,
        cluster=cluster,
        fix=fix,
    )


def minority(counts: Mapping[str, int], ratio: int = 2) -> tuple[str, frozenset[str]] | None:
    """The form that a document uses ``ratio`` times as often as all others together, and those others, if there are any."""
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    if len(ordered) < 2:
        return None
    (most, count), rest = ordered[0], ordered[1:]
    if count < ratio * sum(number for _, number in rest):
        return None
    return most, frozenset(form for form, number in rest if number)


@lru_cache(maxsize=1 << 17)
def bare(text: str) -> str:
    """``text`` for comparing: letters and digits alone; case, width, spaces and punctuation do not count."""
    return "".join(filter(str.isalnum, visible(text).casefold()))
