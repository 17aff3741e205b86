"""A code that the other locales of the edition list is missing in one of them.

## What it does

Compares the codes of each section across the locales of one edition. Where most list a code, it is missing in the
others; with two locales, or where no side has the majority, the source locale is believed. A section or a document that
is missing as a whole is one diagnostic with the number of its codes, and so is half a section.

A locale that has no document in the edition is not compared, nor is a code that the locale lists in another section or
as part of a range.

## Why it matters

Readers of that language find nothing under the code. Often the row is there, under a wrong number (K204).

## Example

zh and ko list 8195, 8196 and 8197; en lists 8195 and 8197.

## How to fix

Add the row, or give the row that stands in its place its own code. Where the code is rightly missing, say so in
`catalog.toml`, with a reason: `[[products.retired]]` for a code that is withdrawn, `[[products.only_in]]` for one that
only some languages' products have.
"""

from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Related, Severity
from generator.model import Code, Document, Entry, Locale, SourceSpan, canonical
from generator.rules.base import Rule, diagnose, listed, witness
from generator.rules.context import Context, Group
from generator.rules.presence import Verdict, verdicts

_NAMED = 8
"""So many codes are named in a message; of more, only the number is given."""


def _check(context: Context) -> Iterator[Diagnostic]:
    for document in context.catalog.documents:
        if not document.entries:
            yield from _whole_document(context, document)
    for verdict in context.once(verdicts):
        if verdict.missing:
            yield _whole(context, verdict) if len(verdict.codes) > 1 or verdict.whole else _one(context, verdict)


def _one(context: Context, verdict: Verdict) -> Diagnostic:
    group, locale, code = verdict.group, verdict.locale, verdict.codes[0]
    witnesses = _witnesses(group, locale, code)
    document = group.documents[locale]
    before, after = group.neighbours(canonical(code), witnesses[0].locale, locale)
    near = before or after or group.rows[locale][0]
    return diagnose(
        RULE,
        document,
        context.code_span(near),
        f"{code.text} is missing",
        code=code,
        section=document.sections[near.section].title,
        expected=", ".join(part for part in (code.text, _where(before, after)) if part),
        related=[witness(entry) for entry in witnesses],
        hint=f"add the row that {listed(entry.locale for entry in witnesses)} {_have(witnesses)}",
    )


def _whole(context: Context, verdict: Verdict) -> Diagnostic:
    group, locale = verdict.group, verdict.locale
    document = group.documents[locale]
    rows = group.rows[locale]
    witnesses = _witnesses(group, locale, verdict.codes[0])
    title = context.title(witnesses[0])
    own = document.sections[rows[0].section].title if rows else title
    count = len(verdict.codes)
    if verdict.whole:
        message = f"the section “{title}” is missing, with {count} {'code' if count == 1 else 'codes'}"
    else:
        size = len({canonical(entry.code) for other in group.rows.values() for entry in other})
        message = f"{count} of the section's {size} codes are missing: {codes_named(verdict.codes)}"
    return diagnose(
        RULE,
        document,
        context.code_span(rows[0]) if rows else _start(document),
        message,
        section=own,
        related=[_section_witness(context, entry) for entry in witnesses],
        hint=f"add what {listed(entry.locale for entry in witnesses)} {_have(witnesses)}",
    )


def _whole_document(context: Context, document: Document) -> Iterator[Diagnostic]:
    groups = [
        group
        for group in context.groups
        if (group.product, group.edition) == (document.product, document.edition) and group.documents
    ]
    if not groups:
        return
    peer = groups[0].documents[groups[0].reference]
    count = len(
        {(group.section, canonical(entry.code)) for group in groups for rows in group.rows.values() for entry in rows}
    )
    yield diagnose(
        RULE,
        document,
        _start(document),
        f"the document lists none of its peers' codes ({count})",
        related=[Related(_start(peer), peer.locale, f"{len(peer.entries)} rows")],
        hint="check that this is the right file and that its tables can be read",
    )


def codes_named(codes: tuple[Code, ...]) -> str:
    """Codes as a list in a message, the rest of a long list as its number."""
    if len(codes) > _NAMED:
        return f"{', '.join(code.text for code in codes[:_NAMED])} and {len(codes) - _NAMED} more"
    return listed(code.text for code in codes)


def _witnesses(group: Group, locale: Locale, code: Code) -> list[Entry]:
    return [
        group.with_code(peer, canonical(code))[0]
        for peer in group.peers(locale)
        if group.with_code(peer, canonical(code))
    ]


def _section_witness(context: Context, entry: Entry) -> Related:
    section = context.document(entry).sections[entry.section]
    return Related(section.span, entry.locale, section.title or entry.text)


def _start(document: Document) -> SourceSpan:
    return SourceSpan(document.path, 1, 1, 1, len(document.lines[0]) + 1 if document.lines else 1)


def _where(before: Entry | None, after: Entry | None) -> str:
    if before and after:
        return f"between {before.code.text} and {after.code.text}"
    return f"after {before.code.text}" if before else f"before {after.code.text}" if after else ""


def _have(entries: list[Entry]) -> str:
    return "has" if len(entries) == 1 else "have"


RULE: Final = Rule(
    id="K201",
    name="code-missing",
    severity=Severity.ERROR,
    precision=Precision.VERY_HIGH,
    summary="A code that the other locales list is missing in one",
    docs=__doc__,
    check=_check,
)
