"""The page of a code."""

from collections.abc import Iterator
from typing import assert_never

from generator import addresses, meanings
from generator.meanings import CodeMeanings, Shown
from generator.model import (
    Code,
    CodeList,
    CodeRange,
    Column,
    Entry,
    IntegerCode,
    Locale,
    Meaning,
    SymbolCode,
)
from generator.pages import answers, facts, reports, rows
from generator.pages.content import (
    BaseNote,
    CodeContent,
    Elsewhere,
    Fact,
    FormerName,
    HistoryView,
    LanguageName,
    LocaleView,
    MeaningView,
)
from generator.pages.desk import Desk
from generator.pages.page import Page, source_of
from generator.pages.parts import Banner, Ref
from generator.text import capitalised, shortened

_SAID = (Column.DESCRIPTION, Column.CAUSE, Column.SOLUTION, Column.CAUSE_AND_SOLUTION)

_LEAD = 60
"""Columns of the line that stands for a name in a page's title."""
_HEADING = 80
"""Columns of the line that stands for a name above one of several meanings."""
_DESCRIPTION = 180
"""Columns of what a search engine shows below the title."""


def page(desk: Desk, code: CodeMeanings) -> Page:
    """The page of ``code`` in the desk's locale."""
    at = code.path
    first = desk.shown(code.meanings[0])
    own = any(desk.shown(meaning).own for meaning in code.meanings)
    text_locale = desk.locale if own else first.locale
    text_locales, x_default = desk.text_locales((entry.locale for entry in code.entries), at)
    content = _content(desk, code, first)
    product = content.product.text
    called = " / ".join(content.names) or content.lead or f"· {product}"
    return Page(
        locale=desk.locale,
        path=at,
        source=source_of(at),
        template="code.md.j2",
        title=f"{code.code.text} {called}",
        description=_description(desk, code, first, content.names, product),
        text_locale=text_locale,
        canonical=desk.address(at, text_locale),
        code=code.address,
        search=True,
        text_locales=text_locales,
        x_default=x_default,
        content=content,
    )


def _content(desk: Desk, code: CodeMeanings, first: Shown) -> CodeContent:
    at = code.path
    names = tuple(dict.fromkeys(name for meaning in code.meanings if (name := desk.name(meaning))))
    return CodeContent(
        address=code.address,
        product=desk.product_ref(at, code.product),
        code=code.code.text,
        names=names,
        lead="" if names or not first.own else desk.shelf.lines.of_row(first.entries[0], _LEAD),
        facts=_facts(desk, code.code),
        meanings=tuple(_meaning(desk, code, meaning) for meaning in code.meanings),
        several=_several(desk, code),
        base=_base(desk, code),
        elsewhere=_elsewhere(desk, code),
        disagreements=reports.listed(desk, at, desk.shelf.by_code.get((code.product.id, code.slug), ())),
        discrepancies_href=desk.href(at, "discrepancies/"),
        permalink=f"/{addresses.neutral_path(code.product.id, code.slug)}",
        permalink_href=desk.neutral(at, code.product.id, code.slug),
        copies=answers.copies(desk, code),
        report_href=desk.report_href(
            f"{code.address}: ",
            "\n".join([desk.address(at), *(f"{entry.span.path}:{entry.span.line}" for entry in first.entries), ""]),
            desk.address(at),
        ),
    )


def _several(desk: Desk, code: CodeMeanings) -> str:
    number = len(code.meanings)
    if number == 1:
        return ""
    said = desk.words.ngettext(
        "{code} has {number} meaning in {product}.", "{code} has {number} meanings in {product}.", number
    )
    return said.format(code=code.code.text, number=number, product=desk.product_title(code.product))


def _description(desk: Desk, code: CodeMeanings, first: Shown, names: tuple[str, ...], product: str) -> str:
    title = " ".join([code.code.text, *names])
    if not first.own:
        return desk.words.gettext("{label}: {text}").format(
            label=product, text=f"{title}. {_no_text(desk, first.locale)}"
        )
    fields = [first.entries[0].field(column) for column in _SAID]
    said = dict.fromkeys(field.plain for field in fields if field)
    return shortened(f"{title}: {' · '.join(said)}" if said else f"{title} ({product})", _DESCRIPTION)


def _no_text(desk: Desk, shown: Locale) -> str:
    return desk.words.gettext("Not available in {own}; this is the original text, in {shown}.").format(
        own=desk.words.language(desk.locale), shown=desk.words.language(shown)
    )


def _meaning(desk: Desk, code: CodeMeanings, meaning: Meaning) -> MeaningView:
    at, product = code.path, code.product
    first = desk.shown(meaning)
    name = desk.name(meaning)
    line = desk.shelf.lines.of_row(first.entries[0], _HEADING)
    section = desk.section_ref(at, product, meaning.section)
    elsewhere = {
        locale: meanings.shown(meaning, product, locale, desk.source)
        for locale in desk.site.locales
        if locale not in (desk.locale, first.locale)
    }
    before, after = desk.shelf.beside[product.id, meaning.section, code.slug]
    return MeaningView(
        anchor=f"meaning-{desk.section_word(product.id, meaning.section)}",
        title=name or line or section.text,
        title_is_name=bool(name),
        title_lang=Locale("") if name else desk.foreign(first.locale) if line else section.lang,
        section=section,
        banners=_banners(desk, code, meaning, first),
        entries=rows.views(desk, first.entries),
        own=first.own,
        others=tuple(_other(desk, code, its) for its in elsewhere.values() if its.own),
        without=tuple(
            LanguageName(locale, desk.shelf.words[locale].own_language())
            for locale, its in elsewhere.items()
            if not its.own
        ),
        former=_former(desk, code, meaning, name),
        history=_history(desk, code, meaning, first),
        previous=desk.meaning_ref(at, before) if before else None,
        next=desk.meaning_ref(at, after) if after else None,
    )


def _banners(desk: Desk, code: CodeMeanings, meaning: Meaning, first: Shown) -> tuple[Banner, ...]:
    words, at = desk.words, code.path
    result = []
    edition = desk.edition_title(code.product, first.edition)
    if first.retired:
        result.append(
            Banner(
                "retired",
                words.gettext("This code is no longer listed; it last appeared in the {edition}.").format(
                    edition=edition
                ),
            )
        )
    if not first.own:
        result.append(Banner("fallback", _no_text(desk, first.locale), ref=desk.alternate(at, first.locale)))
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


def _other(desk: Desk, code: CodeMeanings, its: Shown) -> LocaleView:
    note = ""
    if its.older:
        edition = desk.edition_title(code.product, its.edition)
        note = desk.words.gettext("Only in the {edition}.").format(edition=edition)
    return LocaleView(
        locale=its.locale,
        title=desk.shelf.words[its.locale].own_language(),
        href=desk.href(code.path, code.path, its.locale),
        entries=rows.views(desk, its.entries),
        note=note,
    )


def _former(desk: Desk, code: CodeMeanings, meaning: Meaning, name: str) -> tuple[FormerName, ...]:
    found: dict[str, str] = {}
    for edition in meanings.editions_of(meaning, code.product)[1:]:
        for entry in meaning.entries:
            if entry.edition == edition.id and entry.name and entry.name != name:
                found.setdefault(entry.name, desk.edition_title(code.product, edition.id))
    return tuple(FormerName(former, title) for former, title in found.items())


def _history(desk: Desk, code: CodeMeanings, meaning: Meaning, first: Shown) -> tuple[HistoryView, ...]:
    result = []
    newest = meanings.editions_of(meaning, code.product)[0].id
    for edition in meanings.editions_of(meaning, code.product)[1:]:
        for locale in desk.catalog.locales:
            entries = meanings.rows(meaning, edition.id, locale)
            if not entries or (edition.id, locale) == (first.edition, first.locale):
                continue
            result.append(
                HistoryView(
                    title=capitalised(desk.edition_title(code.product, edition.id)),
                    locale=locale,
                    entries=rows.views(desk, entries),
                    unchanged=_said(entries) == _said(meanings.rows(meaning, newest, locale)),
                )
            )
    return tuple(result)


def _said(entries: tuple[Entry, ...]) -> list[list[tuple[Column, str]]]:
    return [[(field.column, field.plain) for field in entry.fields] for entry in entries]


def _facts(desk: Desk, code: Code) -> tuple[Fact, ...]:
    words = desk.words
    match code:
        case IntegerCode(text, value):
            found = [
                Fact(words.gettext("Decimal"), str(value)),
                Fact(words.gettext("Hexadecimal"), _hexadecimal(value)),
            ]
            if -(2**31) <= value < 0:
                found.append(Fact(words.gettext("As 32 bits"), _hexadecimal(value + 2**32)))
            elif 2**31 <= value < 2**32:
                found.append(Fact(words.gettext("As 32 bits"), str(value - 2**32)))
            if text not in (str(value), _hexadecimal(value)):
                found.append(Fact(words.gettext("As published"), text))
            return tuple(found)
        case CodeRange(_, first, last):
            return (
                Fact(words.gettext("Decimal"), f"{first} – {last}"),
                Fact(words.gettext("Hexadecimal"), f"{_hexadecimal(first)} – {_hexadecimal(last)}"),
            )
        case CodeList(_, values):
            return (
                Fact(words.gettext("Decimal"), ", ".join(str(value) for value in values)),
                Fact(words.gettext("Hexadecimal"), ", ".join(_hexadecimal(value) for value in values)),
            )
        case SymbolCode():
            return ()
        case _:
            assert_never(code)


def _hexadecimal(value: int) -> str:
    return f"{'-' if value < 0 else ''}0x{abs(value):X}"


def _base(desk: Desk, code: CodeMeanings) -> tuple[BaseNote, ...]:
    """Other codes of the product that the same digits are in the other base."""
    value = facts.value_of(code.code)
    if value is None or value < 0:
        return ()
    notes = []
    other = desk.shelf.by_value.get((code.product.id, int(str(value), 16)))
    if other and other.slug != code.slug:
        text = desk.words.gettext("The digits {digits} read as hexadecimal ({hexadecimal}) are another code:")
        notes.append(BaseNote(text.format(digits=value, hexadecimal=f"0x{value}"), desk.code_ref(code.path, other)))
    digits = f"{value:X}"
    other = desk.shelf.by_value.get((code.product.id, int(digits))) if digits.isdecimal() else None
    if other and other.slug != code.slug:
        text = desk.words.gettext(
            "In hexadecimal this code is {hexadecimal}; the digits {digits} without 0x are another code:"
        )
        notes.append(BaseNote(text.format(digits=digits, hexadecimal=f"0x{digits}"), desk.code_ref(code.path, other)))
    return tuple(notes)


def _elsewhere(desk: Desk, code: CodeMeanings) -> tuple[Elsewhere, ...]:
    """The same number in the other products."""
    value = facts.value_of(code.code)
    if value is None:
        return ()
    found = [
        (product, desk.shelf.by_value.get((product.id, value)))
        for product in desk.catalog.products
        if product.id != code.product.id
    ]
    return tuple(
        Elsewhere(desk.product_title(product), desk.code_ref(code.path, page)) for product, page in found if page
    )
