"""A word is translated in a sense that it has elsewhere.

## What it does

Looks for words of `[[homonyms]]` in `glossary.toml`: translations that mean another sense of the original's word, as
"Hour" for 超时, which is a timeout and literally "beyond time". Such a word is reported where the peers' cells, or the
code's name, speak of the concept, and this cell has no word for it. A word that is right in some products counts only in
a document that mostly uses the right one.

## Why it matters

The text reads as if it were about something else; no spelling checker sees it.

## Example

```
zh: 超时
en: Hour
```

## How to fix

Use the field's word. Where the word is right after all, add it to the concept's words in `glossary.toml`.
"""

from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.glossary import Lexicon
from generator.rules.base import Key, Rule, at_row, diagnose_cell, listed, quoted, same_place, witness
from generator.rules.concepts import word_span
from generator.rules.context import Context
from generator.rules.homonyms import wrong_words


def _check(context: Context) -> Iterator[Diagnostic]:
    for found in context.once(wrong_words):
        expected = found.expected(context)
        rows = found.cell.row.entries
        peers = listed(found.peers) or "its name"
        yield diagnose_cell(
            RULE,
            context,
            rows[found.locale],
            found.cell.column,
            f"{quoted(found.word)} is used where {peers} {'means' if len(found.peers) < 2 else 'mean'} "
            f"{quoted(expected or found.concept)}",
            span=word_span(found.field, found.word),
            expected=expected,
            related=[witness(rows[peer], found.cell.column) for peer in found.peers],
            hint=f"say {quoted(expected)}" if expected else "use the field's word",
            evidence=[found.word, found.concept],
            # Where the cell is nothing but the wrong word, no other word of it can make good what the reader is told.
            severity=Severity.ERROR if found.sure and found.field.plain.strip() == found.word else None,
            precision=Precision.VERY_HIGH if found.sure else Precision.HIGH,
            cluster=f"{found.word.casefold()} for {found.concept}",
        )


def _explains(context: Context, cause: Diagnostic, other: Diagnostic) -> bool:
    # N306 is of another family: two that find fault with one cell weigh more than either.
    return (
        other.rule in ("T605", "T606", "T607")
        and other.locale == cause.locale
        and other.field == cause.field
        and same_place(context, cause, other)
    )


def _reach(_context: Context, cause: Diagnostic) -> Iterator[Key]:
    yield at_row(cause.span)


RULE: Final = Rule(
    id="T608",
    name="known-homonym",
    severity=Severity.WARNING,
    precision=Precision.HIGH,
    summary="A word is translated in a sense that it has elsewhere",
    docs=__doc__,
    check=_check,
    explains=_explains,
    reach=_reach,
    lexicons=(Lexicon.HOMONYMS,),
)
