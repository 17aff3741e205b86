"""A cell lacks a clause that its peers have.

## What it does

Reports a cell that is shorter and has fewer clauses than every peer lets expect, and either is much shorter or does not
speak of a thing that all of them name (words from `glossary.toml`); and one that is, but for a
clause, what its own document says of another code of which all peers say the same; and one that breaks off with a comma. Where only one other locale has the row, little
can be told, and the diagnostic is shown with `--pedantic` only. A length that is out of all proportion is T609.

## Why it matters

The reader of that language is not told one of the causes, or skips one of the steps.

## Example

```
zh: | LIFT_DOOR | 12 | 检查门锁是否正常。检查安全触板。 |
en: | LIFT_DOOR | 12 | Check the door lock. |
ko: | LIFT_DOOR | 12 | 도어락을 점검하십시오. 세이프티 슈를 점검하십시오. |
```

## How to fix

Translate the missing clause. Words for the field can be added to `glossary.toml`.
"""

from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.rules.aligned import AlignedCell
from generator.rules.base import Rule, diagnose_cell, listed, quoted, witness
from generator.rules.context import Context
from generator.rules.renderings import Outlier, Shortened, outliers, shortened_copies, spoken, text_cells
from generator.rules.reused import losses
from generator.rules.wording import bare

_SHORT: Final = -2.4
_ALONE: Final = -3.0
"""Standard deviations by which a text is too short, from where fewer clauses alone mean a lost one, beside several peers
and beside a single one: languages join clauses."""
_LETTERS: Final = -8
"""Letters and digits that a clause has at least."""
_WITNESSES: Final = 2
_COMMAS: Final = (",", "，", "、", ";", "；")


def _check(context: Context) -> Iterator[Diagnostic]:
    told = {loss.cell.fields[loss.locale].span for loss in context.once(losses)}
    for one in context.once(shortened_copies):
        field = one.cell.fields[one.locale]
        told.add(field.span)
        if not field.plain.endswith(_COMMAS):
            yield _copy(context, one)
    for cells in context.once(text_cells).values():
        for cell in cells:
            yield from _broken_off(context, cell)
    for outlier in context.once(outliers):
        field = outlier.cell.fields[outlier.locale]
        if outlier.extreme or outlier.excess > _LETTERS or field.span in told:
            continue
        if not outlier.fewer_clauses or field.plain.endswith(_COMMAS):
            continue
        concept = _unnamed(context, outlier)
        if concept or outlier.deviation <= (_SHORT if len(outlier.peers) >= _WITNESSES else _ALONE):
            yield _diagnostic(context, outlier, concept)


def _broken_off(context: Context, cell: AlignedCell) -> Iterator[Diagnostic]:
    """Texts that end with a comma where those of their peers do not."""
    open_ended = [locale for locale, field in cell.fields.items() if field.plain.endswith(_COMMAS)]
    for locale in open_ended if len(open_ended) < len(cell.fields) else ():
        text = cell.fields[locale].plain
        peers = [peer for peer in cell.fields if peer not in open_ended]
        yield diagnose_cell(
            RULE,
            context,
            cell.entries[locale],
            cell.column,
            f"{quoted(text)} breaks off; {listed(peers)} {'goes' if len(peers) == 1 else 'go'} on",
            related=[witness(cell.entries[peer], cell.column) for peer in peers],
            hint="translate what is missing here, or end the sentence",
            evidence=[bare(text)],
        )


def _unnamed(context: Context, outlier: Outlier) -> str:
    """A concept that all of several peers name and the cell does not, by its word in the cell's language."""
    texts = {locale: field.plain for locale, field in outlier.cell.fields.items()}
    named = {locale: context.glossary.concepts_in(locale, texts[locale]) for locale in (outlier.locale, *outlier.peers)}
    if len(outlier.peers) < _WITNESSES:
        return ""
    shared = frozenset.intersection(*(named[peer] for peer in outlier.peers)) - named[outlier.locale]
    return spoken(context.glossary, min(shared), outlier.locale) if shared else ""


def _diagnostic(context: Context, outlier: Outlier, concept: str) -> Diagnostic:
    cell, locale = outlier.cell, outlier.locale
    text = cell.fields[locale].plain
    lost = f"does not speak of {quoted(concept)}, as" if concept else "lacks a clause that"
    return diagnose_cell(
        RULE,
        context,
        cell.entries[locale],
        cell.column,
        f"{quoted(text)} {lost} {listed(outlier.peers)} {'do' if concept else 'have'}"
        if len(outlier.peers) > 1
        else f"{quoted(text)} says less than {listed(outlier.peers)} does",
        related=[witness(cell.entries[peer], cell.column) for peer in outlier.peers],
        hint="translate what is missing here",
        evidence=[bare(text)],
        precision=Precision.MEDIUM if len(outlier.peers) >= _WITNESSES else Precision.LOW,
    )


def _copy(context: Context, one: Shortened) -> Diagnostic:
    cell, locale, fuller = one.cell, one.locale, one.fuller
    text = cell.fields[locale].plain
    peers = [peer for peer in cell.fields if peer != locale]
    return diagnose_cell(
        RULE,
        context,
        cell.entries[locale],
        cell.column,
        f"{quoted(text)} lacks a clause of {fuller.row.code.text}, for which {listed(peers)} "
        f"{'says' if len(peers) == 1 else 'say'} the same",
        related=[
            witness(fuller.entries[locale], cell.column),
            *(witness(cell.entries[peer], cell.column) for peer in peers),
        ],
        hint="translate what is missing here",
        evidence=[bare(text)],
    )


RULE: Final = Rule(
    id="T610",
    name="clause-dropped",
    severity=Severity.NOTE,
    precision=Precision.MEDIUM,
    summary="A cell lacks a clause that its peers have",
    docs=__doc__,
    check=_check,
)
