"""One cell speaks for several rows or columns.

## What it does

Reports, once for an edition, the documents whose tables of codes merge cells (`rowspan`, `colspan`), or leave cells empty
to mean “as above”: in a column left of the texts, such as a category, of which the first row is filled and much of the
rest is not, or in the columns of code and name, where a row only goes on with the texts of the row above. Codeglot reads
such cells as what stands above them. Where all locales do so, it is reported in the source locale alone.

## Why it matters

A row that is looked up or quoted alone has lost what the merged cell says of it, and a row put in between takes on the
meaning of the row above. Pipe tables cannot merge cells at all.

## Example

```
| Module | Code | Cause             |
| ------ | ---- | ----------------- |
| Oven   | 3104 | The oven is off.  |
|        | 3105 | The oven is full. |
| Hood   | 3201 | The hood is off.  |
```

## How to fix

Repeat the words in every row, or give each group of rows a heading and a table.
"""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from generator.diagnostics import Diagnostic, Precision, Related, Severity
from generator.model import Document, EditionId, ProductId, SourceSpan, Table, TableForm
from generator.rules.base import Rule, diagnose, listed, quoted
from generator.rules.context import Context
from generator.rules.structure import headers, heading_span, is_further, reaches_down


class _Merged(Struct, frozen=True):
    """The merged cells of one document."""

    document: Document
    span: SourceSpan
    """The place of the first."""
    words: str


def _check(context: Context) -> Iterator[Diagnostic]:
    by_edition: dict[tuple[ProductId, EditionId], list[_Merged]] = {}
    for document in context.catalog.documents:
        found = _merged(document)
        if found:
            by_edition.setdefault((document.product, document.edition), []).append(found)
    for same in by_edition.values():
        ordered = sorted(same, key=lambda one: one.document.locale != context.catalog.source_locale)
        yield _report(ordered)


def _merged(document: Document) -> _Merged | None:
    spans: list[SourceSpan] = []
    merging: list[SourceSpan] = []
    words: dict[str, None] = {}
    for table in document.tables:
        if not table.columns:
            continue
        merging += _claims(table)
        for at in _as_above(table):
            spans.append(heading_span(table, at))
            name = headers(table)[at] if at < len(headers(table)) else ""
            words[quoted(name) if name else f"column {at + 1}"] = None
    said = []
    if merging:
        said.append(f"{len(merging)} {'cell spans' if len(merging) == 1 else 'cells span'} several rows or columns")
    if words:
        columns = "the column" if len(words) == 1 else "the columns"
        said.append(f"empty cells in {columns} {listed(words)} mean “as above”")
    return _Merged(document, min(spans + merging), "; ".join(said)) if said else None


def _claims(table: Table) -> list[SourceSpan]:
    """The cells of an HTML table that take several rows or columns, each once."""
    if table.raw.form is not TableForm.HTML:
        return []
    found: dict[SourceSpan, None] = {}
    for row in (table.raw.header, *table.raw.rows):
        for at, cell in enumerate(row.cells):
            if reaches_down(cell, row) or is_further(row, at):
                found[cell.span] = None
    return list(found)


def _as_above(table: Table) -> list[int]:
    """The columns of a pipe table whose empty cells were read as what stands above them."""
    if table.raw.form is not TableForm.PIPE:
        return []
    rows = [table.raw.rows[entry.row] for entry in table.entries]
    return [
        at
        for at in range(len(table.columns))
        if any(at < len(row.cells) and row.cells[at].text and reaches_down(row.cells[at], row) for row in rows)
    ]


def _report(same: list[_Merged]) -> Diagnostic:
    first, others = same[0], same[1:]
    alike = [one for one in others if one.words == first.words]
    unlike = [one for one in others if one.words != first.words]
    tail = f", in {listed(one.document.locale for one in others)} as well" if others else ""
    return diagnose(
        RULE,
        first.document,
        first.span,
        f"{first.words}{tail}",
        related=[Related(one.span, one.document.locale, one.words) for one in (*alike, *unlike)],
        hint="repeat the words in every row, or give each group a heading and a table of its own",
    )


RULE: Final = Rule(
    id="S113",
    name="cell-merged",
    severity=Severity.NOTE,
    precision=Precision.HIGH,
    summary="One cell speaks for several rows or columns",
    docs=__doc__,
    check=_check,
)
