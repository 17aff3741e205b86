"""A link leads to an anchor in the script of another language.

## What it does

Decodes the fragment of every link and reports letters of a script in which the document itself is not written. Latin
letters are at home everywhere. All such links of a document are one line.

## Why it matters

Anchors are made of a page's headings. A page in this language has no heading in that script, so that the link ends at
the top of the page instead of at the answer.

## Example

An English document links `https://train.example/en/faq#%E7%BD%91%E7%BB%9C`: the anchor reads 网络.

## How to fix

Use the anchor of the page in this language.
"""

from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Document
from generator.rules.base import Rule, diagnose, diagnose_cell, listed, quoted, witness
from generator.rules.context import Context
from generator.rules.links import LinkUse, beside, links, own_scripts, scripts


def _check(context: Context) -> Iterator[Diagnostic]:
    for document in context.catalog.documents:
        foreign = [use for use in context.once(links)[document.path] if use.target.fragment]
        if not foreign:
            continue
        own = context.once(own_scripts)[document.path]
        for use in foreign:
            strange = [one for one in scripts(use.target.fragment) if one not in own]
            if strange:
                yield _diagnostic(context, document, use, strange)


def _diagnostic(context: Context, document: Document, use: LinkUse, strange: list[str]) -> Diagnostic:
    message = f"the link's anchor {quoted(use.target.fragment)} is in {listed(strange)} script"
    hint = "use the anchor of the page in this language"
    evidence = [use.target.path, use.target.fragment]
    cluster = f"anchor in {listed(strange)} script"
    if use.entry is None:
        return diagnose(
            RULE, document, use.span, message, hint=hint, expected=_EXPECTED, evidence=evidence, cluster=cluster
        )
    same = [
        pair.other_entry
        for pair in context.once(beside).get(id(use), ())
        if pair.other.target.fragment == use.target.fragment
    ]
    return diagnose_cell(
        RULE,
        context,
        use.entry,
        use.column,
        message,
        span=use.span,
        hint=hint,
        expected=_EXPECTED,
        related=[witness(entry, use.column) for entry in same],
        evidence=evidence,
        cluster=cluster,
    )


_EXPECTED: Final = "an anchor in this language"

RULE: Final = Rule(
    id="L403",
    name="fragment-wrong-language",
    severity=Severity.WARNING,
    precision=Precision.HIGH,
    summary="A link leads to an anchor in the script of another language",
    docs=__doc__,
    check=_check,
)
