"""A link is relative to a site that nobody declared.

## What it does

Reports links without a host in documents for which `catalog.toml` declares no `link_base`. Links to a place in the
same document are none. All such links of a document are one line.

## Why it matters

Outside the vendor's site the link leads nowhere.

## Example

`[error codes](/doc/product/269/1671)`

## How to fix

Declare the vendor's site: `link_base = { en = "https://train.example" }` under the product in `catalog.toml`. Where it is
declared, Codeglot's pages lead there.
"""

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.rules.base import Rule, diagnose, quoted
from generator.rules.context import Context
from generator.rules.links import links


def _check(context: Context) -> Iterator[Diagnostic]:
    for document in context.catalog.documents:
        if context.declared.link_base.get((document.product, document.locale)):
            continue
        for use in context.once(links)[document.path]:
            if not _relative(use.written):
                continue
            yield diagnose(
                RULE,
                document,
                use.span,
                f"the link {quoted(use.written)} leads nowhere outside the vendor's site",
                section=document.sections[use.entry.section].title if use.entry else "",
                hint="declare the vendor's site as the product's link_base in catalog.toml",
                evidence=[use.written],
                cluster="relative",
            )


def _relative(written: str) -> bool:
    if written.startswith("#"):
        return False
    try:
        parts = urlsplit(written)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc and bool(parts.path)


RULE: Final = Rule(
    id="L407",
    name="site-relative-link",
    severity=Severity.NOTE,
    precision=Precision.HIGH,
    summary="A link is relative to a site that nobody declared",
    docs=__doc__,
    check=_check,
)
