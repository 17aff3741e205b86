"""A code stands in one locale that no other locale of the edition lists.

## What it does

Compares the codes of each section across the locales of one edition and reports a code that only the odd one out
lists. It may be the source locale. With two locales the source locale is believed, and the rule fires in the other.

## Why it matters

Either the others lack the code, or it is a slip: a wrong number shadows nothing and is found by nobody.

## Example

en lists 8295; zh and ko list 8195 in that place.

## How to fix

Correct the number, or add the row to the other locales. A code that only some languages' products have is declared in
`catalog.toml` under `[[products.only_in]]`, one that is withdrawn but still listed here and there under
`[[products.retired]]`, each with a reason.
"""

from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Column, Entry, canonical
from generator.rules.base import Rule, diagnose, diagnose_cell, listed, witness
from generator.rules.context import Context
from generator.rules.k201_code_missing import codes_named
from generator.rules.presence import Verdict, verdicts


def _check(context: Context) -> Iterator[Diagnostic]:
    for verdict in context.once(verdicts):
        if not verdict.missing:
            yield _many(context, verdict) if len(verdict.codes) > 1 or verdict.whole else _one(context, verdict)


def _one(context: Context, verdict: Verdict) -> Diagnostic:
    group, locale, code = verdict.group, verdict.locale, verdict.codes[0]
    entry = group.with_code(locale, canonical(code))[0]
    near = [row for peer in group.peers(locale) for row in group.neighbours(canonical(code), locale, peer)[:1] if row]
    return diagnose_cell(
        RULE,
        context,
        entry,
        Column.CODE,
        f"{code.text} is not listed in {_others(verdict)}",
        related=[witness(row) for row in near],
        hint="correct the code, or add its row to the other locales",
    )


def _many(context: Context, verdict: Verdict) -> Diagnostic:
    group, locale = verdict.group, verdict.locale
    entry: Entry = group.with_code(locale, canonical(verdict.codes[0]))[0]
    document = context.document(entry)
    count = len(verdict.codes)
    if verdict.whole:
        message = f"the section, with {count} {'code' if count == 1 else 'codes'}, is not in {_others(verdict)}"
    else:
        message = f"{count} codes of the section are not listed in {_others(verdict)}: {codes_named(verdict.codes)}"
    section = document.sections[entry.section]
    return diagnose(
        RULE,
        document,
        section.span if verdict.whole else context.code_span(entry),
        message,
        section=section.title,
        hint="add the section to the other locales, or take it out here"
        if verdict.whole
        else "add the rows to the other locales",
    )


def _others(verdict: Verdict) -> str:
    group = verdict.group
    codes = {canonical(code) for code in verdict.codes}
    return listed(
        peer for peer in group.peers(verdict.locale) if not any(group.with_code(peer, code) for code in codes)
    )


RULE: Final = Rule(
    id="K202",
    name="code-extra",
    severity=Severity.ERROR,
    precision=Precision.VERY_HIGH,
    summary="A code stands in one locale that the others do not list",
    docs=__doc__,
    check=_check,
)
