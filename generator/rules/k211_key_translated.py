"""A code or an identifier was translated into the language of the document.

## What it does

Reports a row whose name is words of a language where the other languages have one identifier, and a row in place of a
missing symbol (`AccessDenied`) whose code is words: in another script, or several of them. Columns of words that every
language translates are no keys. The same word in look-alike letters is K212; another identifier is N301.

## Why it matters

Keys are the same in every language. A reader who has the real one from a log finds nothing, and a translated symbol is no
code: its row is on no code's page.

## Example

```
en                                       ja
| BadHeight | The height is wrong. |     | 高さ不正 | 高さが正しくありません。 |
```

## How to fix

Write the key as the interface defines it. What it means belongs into the description.
"""

from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Column
from generator.rules.base import Key, Rule, at_row, diagnose, diagnose_cell, listed, locales, of_code, quoted, witness
from generator.rules.context import Context
from generator.rules.translated import translated_codes, translated_names
from generator.text import visible


def _check(context: Context) -> Iterator[Diagnostic]:
    for name in context.once(translated_names).values():
        yield diagnose_cell(
            RULE,
            context,
            name.entry,
            Column.NAME,
            f"the name {quoted(name.entry.name)} is translated; {locales(name.witnesses)} "
            f"{'has' if len({row.locale for row in name.witnesses}) == 1 else 'have'} {quoted(name.identifier)}",
            expected=name.identifier,
            related=[witness(row) for row in name.witnesses],
            hint=f"write the name as the interface defines it: {name.identifier}",
            evidence=[name.entry.name],
            cluster="name",
        )
    for found in context.once(translated_codes):
        code = found.code.text
        yield diagnose(
            RULE,
            found.document,
            found.cell.span,
            f"the code {quoted(visible(found.cell.text))} is translated; {listed(row.locale for row in found.witnesses)} "
            f"{'has' if len(found.witnesses) == 1 else 'have'} {quoted(code)}",
            code=found.code,
            section=found.document.sections[found.table.section].title,
            field=Column.CODE,
            expected=code,
            related=[witness(row) for row in found.witnesses],
            hint=f"write the code as the interface defines it: {code}",
            cluster="code",
        )


def _explains(_context: Context, cause: Diagnostic, other: Diagnostic) -> bool:
    if (other.product, other.edition, other.locale) != (cause.product, cause.edition, cause.locale):
        return False
    same_row = at_row(other.span) == at_row(cause.span)
    if other.rule == "N301" or (other.rule == "T602" and other.field is Column.NAME):
        return same_row and cause.field is Column.NAME
    if cause.field is Column.NAME:
        return False
    return (other.rule == "K201" and other.code == cause.code) or (other.rule in {"S115", "K202", "K204"} and same_row)


def _reach(_context: Context, cause: Diagnostic) -> Iterator[Key]:
    yield at_row(cause.span)
    yield of_code(cause, cause.code)


RULE: Final = Rule(
    id="K211",
    name="key-translated",
    severity=Severity.WARNING,
    precision=Precision.HIGH,
    summary="A code or an identifier was translated into the language of the document",
    docs=__doc__,
    check=_check,
    explains=_explains,
    reach=_reach,
)
