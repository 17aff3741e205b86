"""A translation still says what the older edition said, while the source has moved on.

## What it does

Looks for cells that another language has changed between two editions in what they speak of: a concept of the glossary,
a number or an identifier is gone from all other languages, or has come to all of them. A translation of the newer
edition that still has what is gone, or lacks what has come and reads as it did before, follows the older edition.
Titles of sections are compared in the same way.

## Why it matters

The translator started from the older text and left this cell as it was. Readers of this language get advice that has
been withdrawn, and nothing in their own document shows it.

## Example

The source said in 2021 to ask the backend team and says now to contact support; the German text still speaks of the
backend team.

## How to fix

Translate the cell anew from the current source, and look at its neighbours: such cells come in groups. If the languages
differ on purpose, suppress the diagnostic with a reason.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from generator.alignment import text_similarity
from generator.diagnostics import Diagnostic, Precision, Related, Severity
from generator.model import Column, Document, Entry, FieldText, Locale, Section
from generator.rules.aligned import AlignedCell, aligned_cells, predecessors
from generator.rules.base import Key, Rule, at_row, diagnose, diagnose_cell, listed, quoted, same_place, witness
from generator.rules.context import Context
from generator.rules.e805_section_retitled import heirs
from generator.rules.editions import edition_name, successions
from generator.rules.retold import Said, followed, said

_SAME: Final = 0.95
"""Texts at least so alike have not changed between two editions."""
_CONSEQUENCES: Final = "TVL"
"""The families whose rules compare what languages say now."""


def _check(context: Context) -> Iterator[Diagnostic]:
    former = context.once(predecessors)
    if not former and not context.once(successions):
        return
    for cell in context.once(aligned_cells):
        if cell.column is not Column.NAME:
            olds = {
                locale: (older, field)
                for locale, entry in cell.entries.items()
                if (older := former.get(entry)) and (field := older.field(cell.column))
            }
            yield from _in_cell(context, cell, olds)
    yield from _in_titles(context)


def _in_cell(
    context: Context, cell: AlignedCell, olds: Mapping[Locale, tuple[Entry, FieldText]]
) -> Iterator[Diagnostic]:
    alike = {locale: text_similarity(field.plain, cell.fields[locale].plain) for locale, (_, field) in olds.items()}
    changed = [locale for locale in olds if alike[locale] < 1]
    if not changed:
        return
    now = {locale: said(context, cell.row.entries[locale], field) for locale, field in cell.fields.items()}
    for locale in cell.fields:
        # What a translation changed proves nothing about the source it was made from.
        others = [other for other in changed if other != locale] if locale != context.catalog.source_locale else []
        for other in others:
            older, field = olds[other]
            entry = cell.row.entries[locale]
            peers = [one for peer, one in now.items() if peer != locale]
            kept = alike.get(locale, 0) >= _SAME
            word = followed(now[locale], said(context, older, field), now[other], peers, kept=kept)
            if word is not None:
                rest = listed(peer for peer in cell.fields if peer != locale)
                theirs = f"{rest} no longer {'says' if len(peers) == 1 else 'say'}"
                yield diagnose_cell(
                    RULE,
                    context,
                    entry,
                    cell.column,
                    f"{quoted(cell.fields[locale].plain)} says what {edition_name(older)} says in {other}, "
                    f"{quoted(field.plain)}{f' ({quoted(word)})' if word else ''}, and {theirs} so",
                    related=[
                        witness(older, cell.column),
                        *(witness(one, cell.column) for peer, one in cell.entries.items() if peer != locale),
                    ],
                    hint="translate the cell anew from the current source",
                    evidence=[word, cell.fields[locale].plain],
                    cluster=cell.fields[locale].plain,
                )
                break


def _in_titles(context: Context) -> Iterator[Diagnostic]:
    """The same for the titles of sections that list the same codes."""
    titles: dict[tuple[str, int], tuple[Document, Section]] = {
        (pair.newer.path, newer.index): (pair.older, older)
        for pair in context.once(successions)
        for newer, older in heirs(pair)
        if newer.title and older.title
    }
    for group in context.groups:
        here = {
            locale: (document, document.sections[rows[0].section])
            for locale, document in group.documents.items()
            if (rows := group.rows[locale]) and document.sections[rows[0].section].title
        }
        words = {locale: _title(context, locale, section.title) for locale, (_, section) in here.items()}
        for locale, (document, section) in here.items():
            if locale == context.catalog.source_locale:
                continue
            for other, (their_document, their_section) in here.items():
                was = titles.get((their_document.path, their_section.index))
                if other == locale or was is None:
                    continue
                peers = [one for peer, one in words.items() if peer != locale]
                word = followed(words[locale], _title(context, other, was[1].title), words[other], peers, kept=False)
                if word is not None:
                    yield _of_title(document, section, (their_document, their_section), was, word)
                    break


def _of_title(
    document: Document, section: Section, now: tuple[Document, Section], was: tuple[Document, Section], word: str
) -> Diagnostic:
    return diagnose(
        RULE,
        document,
        section.span,
        f"the title “{section.title}” says what {edition_name(was[0])} says in {was[0].locale}, “{was[1].title}”; "
        f"now it is “{now[1].title}”",
        section=section.title,
        related=[Related(one.span, doc.locale, one.title) for doc, one in (was, now)],
        hint="translate the title anew from the current source",
        evidence=[word],
    )


def _title(context: Context, locale: Locale, title: str) -> Said:
    words: dict[str, set[str]] = {}
    for one in context.glossary.mentions(locale, title):
        words.setdefault(one.concept, set()).add(one.word)
    return Said({concept: frozenset(own) for concept, own in words.items()}, frozenset(), ())


def _explains(context: Context, cause: Diagnostic, other: Diagnostic) -> bool:
    """What else is odd in the cell, unless it is worse."""
    worse = other.severity is Severity.ERROR or other.field != cause.field
    return not worse and other.rule[:1] in _CONSEQUENCES and same_place(context, cause, other)


def _reach(_context: Context, cause: Diagnostic) -> Iterator[Key]:
    if cause.field:
        yield at_row(cause.span)


RULE: Final = Rule(
    id="E806",
    name="locale-follows-old-edition",
    severity=Severity.WARNING,
    precision=Precision.MEDIUM,
    summary="A translation says what the older edition said",
    docs=__doc__,
    check=_check,
    explains=_explains,
    reach=_reach,
)
