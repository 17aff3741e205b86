"""A term of the glossary is rendered in a word to avoid.

## What it does

Looks for words of `[[terms]]` in `glossary.toml`: renderings that a reader may guess, but that are not the field's, as
"error parameter" for an invalid one. Such a word is reported where the peers' cells speak of the concept and this cell
has none of its words.

## Why it matters

A reader who searches for the usual term finds nothing, and one who knows the field stumbles.

## Example

```
zh: 错误参数
en: Error parameter
```

## How to fix

Use the field's word. Where your project prefers the other one, add it to the concept's words in `glossary.toml`.
"""

from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.glossary import Lexicon
from generator.rules.base import Rule, diagnose_cell, listed, quoted, witness
from generator.rules.concepts import word_span
from generator.rules.context import Context
from generator.rules.homonyms import unwanted_terms


def _check(context: Context) -> Iterator[Diagnostic]:
    for found in context.once(unwanted_terms):
        expected = found.expected(context)
        rows = found.cell.row.entries
        yield diagnose_cell(
            RULE,
            context,
            rows[found.locale],
            found.cell.column,
            f"{quoted(found.word)} is used where {listed(found.peers) or 'its name'} "
            f"{'means' if len(found.peers) < 2 else 'mean'} {quoted(expected or found.concept)}, the glossary's term",
            span=word_span(found.field, found.word),
            expected=expected,
            related=[witness(rows[peer], found.cell.column) for peer in found.peers],
            hint=f"say {quoted(expected)}" if expected else "use the field's word",
            evidence=[found.word, found.concept],
            cluster=f"{found.word.casefold()} for {found.concept}",
        )


RULE: Final = Rule(
    id="T606",
    name="term-variant",
    severity=Severity.WARNING,
    precision=Precision.HIGH,
    summary="A term of the glossary is rendered in a word to avoid",
    docs=__doc__,
    check=_check,
    lexicons=(Lexicon.TERMS,),
)
