"""Rows as pages show them: fields with their labels, words that stand in no column, what errata put right."""

from collections.abc import Iterable

from generator.model import Column, Correction, EditionId, Entry, FieldText, Locale, Problem
from generator.pages.content import EntryView
from generator.pages.desk import Desk
from generator.pages.parts import Banner, Evidence, FieldView, Stray
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
        corrected=bool(entry.corrections),
    )


def fields(desk: Desk, entry: Entry) -> tuple[FieldView, ...]:
    """What the row says besides its value and its name."""
    base = desk.shelf.base(entry.product, entry.locale)
    found = []
    for field in entry.said:
        said, lang = label(desk, entry, field)
        found.append(FieldView(field.column, said, desk.shelf.blocks(field.inlines, base), label_lang=lang))
    return tuple(found)


def label(desk: Desk, entry: Entry, field: FieldText) -> tuple[str, Locale]:
    """What to call a field of a row, and the language of those words where it is not the page's own."""
    if field.column is Column.OTHER and field.header.strip():
        return field.header, desk.foreign(entry.locale)
    return desk.words.gettext(FIELD_LABELS[field.column]), Locale("")


def title(words: Words, field: FieldText) -> str:
    """What to call a field: the site's word for its column; what has no such word goes by the source's own header."""
    return (
        field.header
        if field.column is Column.OTHER and field.header.strip()
        else words.gettext(FIELD_LABELS[field.column])
    )


def stray(desk: Desk, problem: Problem) -> Stray:
    """Words that could not be placed, with the reason."""
    return Stray(desk.words.gettext(STRAY_LABELS[problem.kind]), problem.text.strip())


def corrected(desk: Desk, entry: Entry, locale: Locale) -> str:
    """What errata put right in a row and what proves it, as sentences in any locale of the site; empty for nothing."""
    return " ".join(_sentences(desk, entry, group, evidence, locale) for (_, evidence), group in _errata(entry))


def _corrections(desk: Desk, entry: Entry) -> tuple[Banner, ...]:
    """What errata put right in a row, one banner for each erratum."""
    return tuple(
        Banner(
            kind="corrected",
            text=_sentences(desk, entry, group, evidence, desk.locale),
            reason=reason,
            evidence=tuple(_evidence(desk, entry, line) for line in evidence),
        )
        for (reason, evidence), group in _errata(entry)
    )


def _errata(entry: Entry) -> Iterable[tuple[tuple[str, tuple[str, ...]], list[Correction]]]:
    grouped: dict[tuple[str, tuple[str, ...]], list[Correction]] = {}
    for correction in entry.corrections:
        grouped.setdefault((correction.reason, correction.evidence), []).append(correction)
    return grouped.items()


def _sentences(desk: Desk, entry: Entry, group: list[Correction], evidence: tuple[str, ...], locale: Locale) -> str:
    said = (_corrected(desk.shelf.words[locale], entry, group), _proved(desk, entry, evidence, locale))
    return " ".join(filter(None, said))


def _corrected(words: Words, entry: Entry, group: list[Correction]) -> str:
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


def _proved(desk: Desk, entry: Entry, evidence: tuple[str, ...], at: Locale) -> str:
    """Which documents prove a correction."""
    words = desk.shelf.words[at]
    product = desk.shelf.products[entry.product]
    witnesses: dict[str, None] = {}
    for line in evidence:
        locale, edition = _witness(desk, entry, line)
        if not locale:
            continue
        language = words.language(locale)
        older = edition != entry.edition
        witnesses[f"{language} ({desk.edition_title(product, edition, at)})" if older else language] = None
    if not witnesses:
        return words.gettext("Corrected here.")
    return words.gettext("Corrected here by comparison with {witnesses}.").format(witnesses=words.join(list(witnesses)))


def _witness(desk: Desk, entry: Entry, line: str) -> tuple[Locale, EditionId]:
    """The locale and the edition that a line of evidence names in its first two words; empty where it names none."""
    locale, _, rest = line.partition(" ")
    edition = EditionId(rest.partition(" ")[0].strip(",:"))
    known = {one.id for one in desk.shelf.products[entry.product].editions}
    if locale not in desk.catalog.locales or edition not in known:
        return Locale(""), EditionId("")
    return Locale(locale), edition


def _evidence(desk: Desk, entry: Entry, line: str) -> Evidence:
    locale, _ = _witness(desk, entry, line)
    place, colon, quoted = line.partition(": ")
    if not locale or not colon:
        return Evidence("", line)
    return Evidence(f"{place}:", quoted, locale)
