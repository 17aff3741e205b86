"""Reviewed corrections laid over the documents, each recorded on the entry that it changes."""

from collections.abc import Sequence

import msgspec

from generator.codes import read_code
from generator.model import (
    Column,
    Correction,
    Document,
    Entry,
    Erratum,
    FieldText,
    Problem,
    ProblemKind,
    StaleErratum,
    TableForm,
    canonical,
)
from generator.parse.inline import plain, read_inlines


def apply(
    documents: Sequence[Document], errata: Sequence[Erratum]
) -> tuple[tuple[Document, ...], tuple[StaleErratum, ...]]:
    """The documents with ``errata`` laid over them, and the errata whose row no longer reads as recorded."""
    stale: list[StaleErratum] = []
    changed: dict[tuple[str, str, str], dict[tuple[int, int], Entry]] = {}
    by_document = {(document.product, document.edition, document.locale): document for document in documents}
    for erratum in errata:
        key = (erratum.product, erratum.edition, erratum.locale)
        done = changed.setdefault(key, {})
        document = by_document.get(key)
        rows = [entry for entry in document.entries if entry.text == erratum.row] if document else []
        if len(rows) != 1:
            stale.append(StaleErratum(erratum, "no row reads so" if not rows else f"{len(rows)} rows read so"))
            continue
        place = (rows[0].table, rows[0].row)
        corrected = _corrected(
            done.get(place, rows[0]), erratum, document.tables[rows[0].table].raw.form if document else TableForm.PIPE
        )
        if isinstance(corrected, str):
            stale.append(StaleErratum(erratum, corrected))
        else:
            done[place] = corrected
    return tuple(
        _with(document, changed.get((document.product, document.edition, document.locale), {}))
        for document in documents
    ), tuple(stale)


def _with(document: Document, changed: dict[tuple[int, int], Entry]) -> Document:
    if not changed:
        return document
    sections = []
    for section in document.sections:
        tables = tuple(
            msgspec.structs.replace(
                table, entries=tuple(changed.get((entry.table, entry.row), entry) for entry in table.entries)
            )
            for table in section.tables
        )
        sections.append(msgspec.structs.replace(section, tables=tables))
    return msgspec.structs.replace(document, sections=tuple(sections))


def _corrected(entry: Entry, erratum: Erratum, form: TableForm) -> Entry | str:
    """The entry as corrected, or why it cannot be."""
    fields = list(entry.fields)
    corrections = list(entry.corrections)
    code = entry.code
    if erratum.code is not None:
        read = read_code(erratum.code)
        if read is None:
            return f"{erratum.code!r} is no code"
        if canonical(read) == canonical(code):
            return f"its code already reads {erratum.code!r}"
        code = read
        corrections.append(_replace(entry, fields, Column.CODE, erratum.code, erratum))
    if erratum.name is not None:
        if erratum.name == entry.name:
            return f"its name already reads {erratum.name!r}"
        corrections.append(_replace(entry, fields, Column.NAME, erratum.name, erratum))
    problems = list(entry.problems)
    for column, text in erratum.place:
        if any(field.column is column for field in fields):
            return f"its {column.value} is no longer empty"
        found = next((problem for problem in problems if _reads(problem, text, form)), None)
        if found is None:
            return f"no text outside the columns reads {text!r}"
        problems.remove(found)
        inlines = read_inlines(found.text, form)
        fields.append(FieldText(column, "", found.text, plain(inlines), inlines, found.span))
        corrections.append(Correction(column, "", plain(inlines), erratum.reason, erratum.evidence))
    order = list(Column)
    fields.sort(key=lambda field: order.index(field.column))
    return msgspec.structs.replace(
        entry, code=code, fields=tuple(fields), problems=tuple(problems), corrections=tuple(corrections)
    )


def _replace(entry: Entry, fields: list[FieldText], column: Column, text: str, erratum: Erratum) -> Correction:
    inlines = read_inlines(text, TableForm.HTML)
    for index, field in enumerate(fields):
        if field.column is column:
            fields[index] = msgspec.structs.replace(field, raw=text, plain=text, inlines=inlines)
            return Correction(column, field.plain, text, erratum.reason, erratum.evidence)
    fields.append(FieldText(column, "", text, text, inlines, entry.span))
    return Correction(column, "", text, erratum.reason, erratum.evidence)


def _reads(problem: Problem, text: str, form: TableForm) -> bool:
    return problem.kind is ProblemKind.CELL_OVERFLOW and plain(read_inlines(problem.text, form)) == text
