"""Rows as pages show them: fields with their labels, words that stand in no column, what errata put right."""

from generator.model import Column, Correction, Entry, FieldText, Problem
from generator.pages.content import EntryView
from generator.pages.desk import Desk
from generator.pages.parts import Banner, FieldView, Stray
from generator.pages.words import FIELD_LABELS, STRAY_LABELS, Words


def views(desk: Desk, entries: tuple[Entry, ...]) -> tuple[EntryView, ...]:
    """What rows of one document say about one code; of several each has its number."""
    count = len(entries)
    if count == 1:
        return (_view(desk, entries[0], ""),)
    return tuple(
        _view(desk, entry, number_of(desk.words, number, count)) for number, entry in enumerate(entries, start=1)
    )


def number_of(words: Words, number: int, total: int) -> str:
    """Which of several rows one is."""
    return words.gettext("{number} of {total}").format(number=number, total=total)


def _view(desk: Desk, entry: Entry, number: str) -> EntryView:
    return EntryView(
        locale=entry.locale,
        code=entry.code.text,
        name=entry.name,
        fields=fields(desk, entry),
        strays=tuple(stray(desk, problem) for problem in entry.problems if problem.text.strip()),
        banners=_corrections(desk, entry),
        provenance=desk.provenance(entry),
        number=number,
    )


def fields(desk: Desk, entry: Entry) -> tuple[FieldView, ...]:
    """What the row says besides its value and its name."""
    base = desk.site.base(entry.product, entry.locale)
    return tuple(
        FieldView(
            column=field.column,
            label=label(desk.words, field),
            blocks=desk.shelf.blocks(field.inlines, base),
            label_lang=desk.foreign(entry.locale if _labels_itself(field) else desk.locale),
        )
        for field in entry.said
    )


def label(words: Words, field: FieldText) -> str:
    """What to call a field: the site's word for its column; what has no such word goes by the source's own header."""
    return field.header if _labels_itself(field) else words.gettext(FIELD_LABELS[field.column])


def _labels_itself(field: FieldText) -> bool:
    return field.column is Column.OTHER and bool(field.header.strip())


def stray(desk: Desk, problem: Problem) -> Stray:
    """Words that could not be placed, with the reason."""
    return Stray(desk.words.gettext(STRAY_LABELS[problem.kind]), problem.text.strip())


def _corrections(desk: Desk, entry: Entry) -> tuple[Banner, ...]:
    """What errata put right in a row, one banner for each erratum."""
    grouped: dict[tuple[str, tuple[str, ...]], list[Correction]] = {}
    for correction in entry.corrections:
        grouped.setdefault((correction.reason, correction.evidence), []).append(correction)
    return tuple(
        Banner(
            kind="corrected",
            text=" ".join(filter(None, (_corrected(desk, entry, group), _proved(desk, entry, evidence)))),
            reason=reason,
            evidence=evidence,
        )
        for (reason, evidence), group in grouped.items()
    )


def _corrected(desk: Desk, entry: Entry, group: list[Correction]) -> str:
    words = desk.words
    language = words.language(entry.locale)
    by_column = {correction.column: correction for correction in group}
    code, name = by_column.pop(Column.CODE, None), by_column.pop(Column.NAME, None)
    said = []
    if code and name:
        said.append(
            words.gettext("The source ({language}) lists this row under {written}, as {name}.").format(
                language=language, written=code.written or "–", name=name.written or "–"
            )
        )
    elif code:
        said.append(
            words.gettext("The source ({language}) lists this row under {written}.").format(
                language=language, written=code.written or "–"
            )
        )
    elif name:
        said.append(
            words.gettext("The source ({language}) calls this code {name}.").format(
                language=language, name=name.written or "–"
            )
        )
    if by_column:
        said.append(
            words.gettext("The source ({language}) has the text for {columns} outside its column.").format(
                language=language,
                columns=words.join([words.gettext(FIELD_LABELS[column]) for column in by_column]),
            )
        )
    return " ".join(said)


def _proved(desk: Desk, entry: Entry, evidence: tuple[str, ...]) -> str:
    """Which documents prove a correction: evidence names its locale and edition in its first two words."""
    product = next(one for one in desk.catalog.products if one.id == entry.product)
    editions = {edition.id for edition in product.editions}
    known = {str(locale): locale for locale in desk.catalog.locales}
    witnesses: dict[str, None] = {}
    for line in evidence:
        locale, _, rest = line.partition(" ")
        edition = rest.partition(" ")[0].strip(",:")
        if locale not in known or edition not in editions:
            continue
        language = desk.words.language(known[locale])
        older = edition != entry.edition
        witnesses[f"{language} ({desk.edition_title(product, edition)})" if older else language] = None
    if not witnesses:
        return desk.words.gettext("Corrected here.")
    return desk.words.gettext("Corrected here by comparison with {witnesses}.").format(
        witnesses=desk.words.join(list(witnesses))
    )
