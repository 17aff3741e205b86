"""The report as Markdown, for a job's summary or a comment on a pull request.

The form is GitHub Flavored Markdown 0.29 (section 4.10 for tables), and GitHub Docs, "Workflow commands for GitHub
Actions", section "Step isolation and limits", says how long a job's summary may be.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from generator.diagnostics import Diagnostic, Severity, State
from generator.grouped import Group, grouped
from generator.model import Document
from generator.reports.base import Report
from generator.reports.excerpt import cut, shorten
from generator.reports.words import counted, safe_line

LIMIT: Final = 1 << 20
"""Bytes of UTF-8 that a job's summary may have."""

_ROOM: Final = 200
"""Bytes kept for saying what was left out."""
_WIDTH: Final = 100
_LONGEST: Final = 4 * _WIDTH
_MOST: Final = 8
"""So many witnesses and so many consequences are shown of one diagnostic."""
_SPECIAL: Final = re.compile(r"[\\`*_\[\]<>|]|(?P<late>[@#:$!%~^&]|(?<=www)\.)", re.IGNORECASE)
"""What is markup; ``late`` what makes links, mentions, references, emoji or formulas, some of it after rendering."""


def render(report: Report, limit: int = LIMIT) -> str:
    """The counts, then a block for each new diagnostic, worst first, in at most ``limit`` bytes of UTF-8.

    What does not fit is left out from the end, and counted. The head takes about 400 bytes; a smaller limit has no
    block.
    """
    new = sorted(
        (one for one in report.diagnostics if one.state is State.NEW),
        key=lambda one: list(Severity).index(one.severity),
    )
    documents = {document.path: document for document in report.catalog.documents}
    head = "\n".join(_head(report)) + "\n"
    left = limit - len(head.encode()) - _ROOM
    blocks: list[str] = []
    groups = grouped(new)
    for group in groups:
        block = "\n" + "\n".join(_block(report, documents, group)) + "\n"
        left -= len(block.encode())
        if left < 0:
            break
        blocks.append(block)
    return "".join(
        [head, _left_out([one for group in groups[len(blocks) :] for one in (group.first, *group.rest)]), *blocks]
    )


def _head(report: Report) -> Iterator[str]:
    by = Counter((one.state, one.severity) for one in report.diagnostics)
    states = [state for state in State if state is State.NEW or any(by[state, severity] for severity in Severity)]
    new = ", ".join(counted(by[State.NEW, severity], severity.value) for severity in Severity)
    yield f"## Codeglot: {new}"
    yield ""
    yield f"| Severity | {' | '.join(state.value.capitalize() for state in states)} |"
    yield f"| --- |{' ---: |' * len(states)}"
    for severity in Severity:
        yield f"| {severity.value} | {' | '.join(str(by[state, severity]) for state in states)} |"


def _left_out(diagnostics: list[Diagnostic]) -> str:
    if not diagnostics:
        return ""
    by = Counter(one.severity for one in diagnostics)
    listed = ", ".join(counted(by[severity], severity.value) for severity in Severity if by[severity])
    return f"\n**Left out for want of room: {listed}.** The worst are below.\n"


def _block(report: Report, documents: Mapping[str, Document], group: Group) -> Iterator[str]:
    diagnostic = group.first
    place = _place(report.file(diagnostic.span), diagnostic.span.line, diagnostic.span.column)
    # The message follows on the same line: at the start of one, a dash or a digit could begin a list.
    yield (
        f"**{diagnostic.severity.value} {_prose(diagnostic.rule)}** {_prose(diagnostic.name)} · {place} "
        f"({diagnostic.precision.value})<br>{_prose(shorten(diagnostic.message, _LONGEST))}"
    )
    own = _own_line(documents, diagnostic)
    if own or diagnostic.related:
        yield ""
        yield "| Locale | Place | Says |"
        yield "| --- | --- | --- |"
    if own:
        yield f"| {_prose(diagnostic.locale)} | {place} | {_code(own)} |"
    for one in diagnostic.related[:_MOST]:
        witness = _place(report.file(one.span), one.span.line)
        yield f"| {_prose(one.locale)} | {witness} | {_code(shorten(one.text, _WIDTH))} |"
    if len(diagnostic.related) > _MOST:
        yield f"| | | {len(diagnostic.related) - _MOST} more |"
    if group.also:
        yield ""
        yield f"{group.count} places, {group.also_in}"
    if diagnostic.explains:
        named = [f"{_prose(one.rule)} {_prose(shorten(one.message, _WIDTH))}" for one in diagnostic.explains[:_MOST]]
        more = len(diagnostic.explains) - _MOST
        yield ""
        yield f"Explains: {' · '.join([*named, f'{more} more'] if more > 0 else named)}"
    if diagnostic.hint:
        yield ""
        yield f"Hint: {_prose(shorten(diagnostic.hint, _LONGEST))}"


def _own_line(documents: Mapping[str, Document], diagnostic: Diagnostic) -> str:
    """What stands at the place, with some words around it; empty where it is not a document's line."""
    span, document = diagnostic.span, documents.get(diagnostic.span.path)
    if document is None or not 0 < span.line <= len(document.lines):
        return ""
    line = document.lines[span.line - 1]
    end = span.end_column if span.end_line == span.line else len(line) + 1
    return cut(line, span.column - 1, end - 1, _WIDTH).text.strip()


def _place(file: str, *numbers: int) -> str:
    return _code(":".join([shorten(file, _LONGEST), *map(str, numbers)]))


def _prose(text: str) -> str:
    """Words as nothing but words; what acts only after rendering stands in an element of its own."""
    return _SPECIAL.sub(
        lambda found: f"<span>{_entity(found)}</span>" if found["late"] else _entity(found), safe_line(text)
    )


def _code(text: str) -> str:
    """Words as written in the sources, in which GitHub makes no mentions or references."""
    return f"<code>{_SPECIAL.sub(_entity, safe_line(text))}</code>"


def _entity(found: re.Match[str]) -> str:
    return f"&#{ord(found[0])};"
