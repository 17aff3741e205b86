"""Sentences that several kinds of page share."""

import unicodedata
from typing import TYPE_CHECKING

from generator.model import Column, Correction, Entry
from generator.pages.parts import Banner
from generator.pages.words import FIELD_LABELS

if TYPE_CHECKING:
    from generator.pages.desk import Desk


def shorten(text: str, width: int) -> str:
    """``text`` in at most ``width`` columns (a wide character takes two), cut after a word where there are words."""
    text = " ".join(text.split())
    used = 0
    for index, character in enumerate(text):
        used += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if used > width:
            head = text[:index]
            space = head.rfind(" ")
            return f"{(head[:space] if space > index * 2 // 3 else head).rstrip(' ,;:，；：、。.')}…"
    return text


def sentence(text: str) -> str:
    """``text`` as the start of a line."""
    return text[:1].upper() + text[1:]


def corrections(desk: "Desk", entry: Entry) -> tuple[Banner, ...]:
    """What errata put right in a row, one banner for each erratum."""
    grouped: dict[tuple[str, tuple[str, ...]], list[Correction]] = {}
    for correction in entry.corrections:
        grouped.setdefault((correction.reason, correction.evidence), []).append(correction)
    return tuple(
        Banner(
            kind="corrected",
            text=" ".join(filter(None, (_corrected(desk, entry, group), _from(desk, entry, evidence)))),
            reason=reason,
            evidence=evidence,
        )
        for (reason, evidence), group in grouped.items()
    )


def _corrected(desk: "Desk", entry: Entry, group: list[Correction]) -> str:
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
            words.gettext("In the source ({language}) this text stands outside its column: {columns}.").format(
                language=language,
                columns=words.join([words.gettext(FIELD_LABELS[column]) for column in by_column]),
            )
        )
    return " ".join(said)


def _from(desk: "Desk", entry: Entry, evidence: tuple[str, ...]) -> str:
    """Which documents prove a correction: evidence names its locale and edition in its first two words."""
    product = next(one for one in desk.catalog.products if one.id == entry.product)
    editions = {edition.id for edition in product.editions}
    witnesses = []
    for line in evidence:
        locale, _, rest = line.partition(" ")
        edition = rest.partition(" ")[0].strip(",:")
        if locale not in desk.catalog.locales or edition not in editions:
            continue
        language = desk.words.language(next(one for one in desk.catalog.locales if one == locale))
        older = edition != entry.edition
        said = f"{language} ({desk.edition_title(product, edition)})" if older else language
        if said not in witnesses:
            witnesses.append(said)
    if not witnesses:
        return desk.words.gettext("Corrected here.")
    return desk.words.gettext("Corrected here from {witnesses}.").format(witnesses=desk.words.join(witnesses))
