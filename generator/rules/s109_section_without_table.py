"""A section stands empty where its siblings hold a table.

## What it does

Reports a heading below which nothing stands, neither a table nor text, where every other section of its level in the
document has a table of codes; and a section without a table whose peers' section in the same place has one that holds no
codes. Not reported: the first heading, which is mostly the title, headings with sections below them, sections that say
something, and a section all of whose codes are missing (K201).

## Why it matters

The table was forgotten, cut off, or stands below another heading, where nobody looks for it.

## Example

```
### Oven errors

### Hood errors

| Name     | Value | Cause            |
| -------- | ----- | ---------------- |
| ERR_HOOD | 3201  | The hood is off. |
```

## How to fix

Put the table back, or take out the heading.
"""

from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Related, Severity
from generator.model import Document, ProblemKind, Section
from generator.rules.base import Rule, diagnose, listed, quoted
from generator.rules.context import Context
from generator.rules.presence import verdicts

_FEWEST: Final = 2
"""So many siblings have to have a table."""


def _check(context: Context) -> Iterator[Diagnostic]:
    told = {
        verdict.group.documents[verdict.locale].path
        for verdict in context.once(verdicts)
        if verdict.missing and verdict.whole and verdict.locale in verdict.group.documents
    }
    for document in context.catalog.documents:
        if document.path in told or not document.entries:
            continue
        title = next((section for section in document.sections if section.level), None)
        for section in document.sections:
            if not section.level or section.tables or _holds_stray_rows(document, section):
                continue
            siblings = [] if section.prose or section == title else _siblings(document, section, title)
            if len(siblings) >= _FEWEST and all(map(_has_codes, siblings)) and not _has_parts(document, section):
                yield diagnose(
                    RULE,
                    document,
                    section.span,
                    f"the section {quoted(section.title)} is empty, its {len(siblings)} siblings have a table each",
                    section=section.title,
                    hint="put the table back, or take out the heading",
                )
            elif theirs := _peers(context, document, section):
                yield _lacks(document, section, theirs)


def _has_codes(section: Section) -> bool:
    return any(table.entries for table in section.tables)


def _siblings(document: Document, section: Section, title: Section | None) -> list[Section]:
    """The other sections of the same level, without a title that stands above them all."""
    return [
        one
        for one in document.sections
        if one.level == section.level and one != section and (one != title or one.tables)
    ]


def _has_parts(document: Document, section: Section) -> bool:
    following = document.sections[section.index + 1 : section.index + 2]
    return any(one.level > section.level for one in following)


def _holds_stray_rows(document: Document, section: Section) -> bool:
    """Whether rows of no table stand below the heading, of which S111 speaks."""
    following = document.sections[section.index + 1 : section.index + 2]
    end = following[0].span.line if following else len(document.lines) + 1
    return any(
        problem.kind is ProblemKind.ROW_OUTSIDE_TABLE and section.span.line <= problem.span.line < end
        for problem in document.problems
    )


def _peers(context: Context, document: Document, section: Section) -> list[tuple[Document, Section]]:
    """The peers' sections in the same place, if most of them have a table and none of them lists codes."""
    outline = [one.level for one in document.sections]
    same = [
        (one, one.sections[section.index])
        for one in context.edition_of(document)
        if one is not document and [other.level for other in one.sections] == outline
    ]
    tables = [(one, other) for one, other in same if other.tables and not _has_codes(other)]
    return tables if 2 * len(tables) > len(same) else []


def _lacks(document: Document, section: Section, theirs: list[tuple[Document, Section]]) -> Diagnostic:
    where = listed(one.locale for one, _ in theirs)
    return diagnose(
        RULE,
        document,
        section.span,
        f"the section {quoted(section.title)} has no table, in {where} it has one",
        section=section.title,
        related=[Related(other.tables[0].raw.header.span, one.locale, other.title) for one, other in theirs],
        hint="translate the table, too",
    )


RULE: Final = Rule(
    id="S109",
    name="section-without-table",
    severity=Severity.NOTE,
    precision=Precision.HIGH,
    summary="A section stands empty where its siblings or peers hold a table",
    docs=__doc__,
    check=_check,
)
