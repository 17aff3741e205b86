"""A link leads to a page where its peers lead to a place in the page.

## What it does

Compares the links of aligned cells and reports one without a fragment where the source locale's link, or those of most
peers, have one.

## Why it matters

The reader has to search a long page for the answer that readers of the other language are taken to.

## Example

```
zh: [网络问题](https://train.example/zh/faq#网络)
en: [FAQ](https://train.example/en/faq)
```

## How to fix

Add the anchor of the page in this language, if it has one.
"""

from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.rules.base import Rule, diagnose_cell, locales, quoted, witness
from generator.rules.context import Context
from generator.rules.links import beside, shown


def _check(context: Context) -> Iterator[Diagnostic]:
    for same in context.once(beside).values():
        own, entry = same[0].own, same[0].own_entry
        if own.target.fragment:
            continue
        having = [pair for pair in same if pair.other.target.fragment]
        source = any(pair.peer == context.catalog.source_locale for pair in having)
        if not having or not (source or 2 * len(having) > len(same) + 1):
            continue
        rows = [pair.other_entry for pair in having]
        place = having[0].other
        yield diagnose_cell(
            RULE,
            context,
            entry,
            own.column,
            f"the link to {quoted(shown(own))} names no place in the page; {locales(rows)} "
            f"{'does' if len(rows) == 1 else 'do'}: {quoted(place.target.fragment)}",
            span=own.span,
            related=[witness(row, own.column) for row in rows],
            hint="add the anchor of the page in this language, if it has one",
            evidence=[*own.target.page, place.target.fragment],
            cluster=f"{own.target.page} {place.target.fragment}",
        )


RULE: Final = Rule(
    id="L404",
    name="fragment-dropped",
    severity=Severity.NOTE,
    precision=Precision.MEDIUM,
    summary="A link leads to a page where its peers lead to a place in the page",
    docs=__doc__,
    check=_check,
)
