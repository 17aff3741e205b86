"""Sentences that stand above a code's text because its reader has to know them first."""

from collections.abc import Iterator
from typing import Final

from generator.diagnostics import Severity
from generator.meanings import CodeMeanings, Shown
from generator.model import Column, Locale, Meaning
from generator.pages import parallel, spans, tombstones
from generator.pages.desk import Desk
from generator.pages.parts import Banner, Ref
from generator.pages.sheet import Sheet
from generator.pages.words import N_

_CONTRADICTED: Final = {
    Column.CODE: N_("The other languages say otherwise about the value."),
    Column.NAME: N_("The other languages say otherwise about the name."),
    Column.DESCRIPTION: N_("The other languages say otherwise about the description."),
    Column.CAUSE: N_("The other languages say otherwise about the cause."),
    Column.SOLUTION: N_("The other languages say otherwise about the solution."),
    Column.CAUSE_AND_SOLUTION: N_("The other languages say otherwise about the cause and the solution."),
    Column.OTHER: N_("The other languages say otherwise about this."),
}


def of(desk: Desk, sheet: Sheet, meaning: Meaning, first: Shown, *, compared: bool) -> tuple[Banner, ...]:
    """What the reader of a meaning has to know; ``compared`` says that the languages stand beside each other below."""
    code, words, at = sheet.code, desk.words, sheet.code.path
    result = list(_contradicted(desk, sheet, meaning, first, compared=compared))
    edition = desk.edition_title(code.product, first.edition)
    if first.retired:
        result.append(Banner("retired", retired(desk, code, first, desk.locale)))
        result.extend(tombstones.replaced(desk, at, code.product.id, code.slug))
    if not first.own:
        result.append(
            Banner("fallback", no_text(desk, first.locale, desk.locale), ref=desk.alternate(at, first.locale))
        )
    elif first.older:
        result.append(
            Banner(
                "older",
                words.gettext("The newest edition has no text for this code in {own}; this is the {edition}.").format(
                    own=words.language(desk.locale), edition=edition
                ),
            )
        )
    if len(first.entries) > 1:
        result.append(
            Banner(
                "twice",
                words.gettext(
                    "The source ({language}) lists this code {number} times; all its texts are shown."
                ).format(language=words.language(first.locale), number=len(first.entries)),
            )
        )
    return (*result, *_moved(desk, code, meaning, first))


def retired(desk: Desk, code: CodeMeanings, first: Shown, locale: Locale) -> str:
    """That a code is no longer listed, and since when, in any locale of the site."""
    editions = [edition.id for edition in code.product.editions]
    said = desk.shelf.words[locale].gettext(
        "This code is no longer listed; it last appeared in the {edition} and has been gone since the {next}."
    )
    return said.format(
        edition=desk.edition_title(code.product, first.edition, locale),
        next=desk.edition_title(code.product, editions[editions.index(first.edition) - 1], locale),
    )


def no_text(desk: Desk, shown: Locale, locale: Locale) -> str:
    """That there is no text in a locale of the site, and which is shown instead, in that locale."""
    words = desk.shelf.words[locale]
    return words.gettext("Not available in {own}; this is the original text, in {shown}.").format(
        own=words.language(locale), shown=words.language(shown)
    )


def _contradicted(desk: Desk, sheet: Sheet, meaning: Meaning, first: Shown, *, compared: bool) -> Iterator[Banner]:
    """Errors that stand in the text shown and that other languages bear out, one banner for each field."""
    seen: set[Column] = set()
    for entry in first.entries:
        for place, one in sheet.spoken(entry):
            field = next((field for field in entry.fields if spans.shared(field.span, one.span)), None)
            column = one.field or (field.column if field else Column.OTHER)
            if one.severity is not Severity.ERROR or not one.related or column in seen:
                continue
            seen.add(column)
            home = desk.href(sheet.code.path, "discrepancies/")
            yield Banner(
                "contradicted",
                desk.words.gettext(_CONTRADICTED[column]),
                ref=Ref(desk.words.gettext("Compare the languages"), f"#{parallel.anchor(desk, meaning)}")
                if compared
                else None,
                detail=Ref(desk.words.gettext("Details"), f"{home}#{desk.shelf.ledger.anchors[place]}"),
            )


def _moved(desk: Desk, code: CodeMeanings, meaning: Meaning, first: Shown) -> Iterator[Banner]:
    """Rows that the document shown lists under this code, and that belong to another."""
    said = desk.words.gettext("The source ({language}) lists another row under {code}, which belongs to:")
    for spelling in dict.fromkeys(entry.code.text for entry in meaning.entries):
        for entry, page in desk.shelf.moved.get((code.product.id, spelling), ()):
            if page.slug != code.slug and (entry.locale, entry.edition) == (first.locale, first.edition):
                other = desk.code_ref(code.path, page)
                yield Banner(
                    "moved",
                    said.format(language=desk.words.language(entry.locale), code=spelling),
                    ref=Ref(f"{other.code} {other.name}".strip(), other.href),
                )
