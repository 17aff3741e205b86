"""The page of a code."""

from typing import assert_never

from generator import addresses
from generator.model import (
    Code,
    CodeList,
    CodeRange,
    Column,
    Entry,
    IntegerCode,
    Locale,
    Meaning,
    Slug,
    SymbolCode,
)
from generator.pages import answers, facts, texts
from generator.pages.content import (
    BaseNote,
    CodeContent,
    Elsewhere,
    EntryView,
    Fact,
    FormerName,
    HistoryView,
    LocaleView,
    MeaningView,
)
from generator.pages.desk import Desk
from generator.pages.facts import CodePageFacts, Shown
from generator.pages.page import Page
from generator.pages.parts import Banner, CodeRef, Ref

_SAID = (Column.DESCRIPTION, Column.CAUSE, Column.SOLUTION, Column.CAUSE_AND_SOLUTION)


def page(desk: Desk, code: CodePageFacts) -> Page:
    """The page of ``code`` in the desk's locale."""
    at = code.path
    meanings = tuple(_meaning(desk, code, meaning) for meaning in code.meanings)
    first = facts.shown(code.meanings[0], code.product, desk.locale, desk.source)
    own = any(meaning.own for meaning in meanings)
    names = tuple(dict.fromkeys(name for meaning in code.meanings if (name := _name(desk, code, meaning))))
    lead = "" if names or not first.own else texts.shorten(facts.one_line(first.entries[0]), 60)
    product = desk.product_title(code.product)
    disagreements = desk.listed(at, desk.shelf.by_code.get((code.product.id, code.slug), ()))
    text_locales, x_default = desk.text_locales((e.locale for m in code.meanings for e in m.entries), at)
    return Page(
        locale=desk.locale,
        path=at,
        source=source(code),
        template="code.md.j2",
        title=" ".join([code.code.text, *([" / ".join(names)] if names else [lead] if lead else ["·", product])]),
        description=_description(desk, code, first, names, product),
        text_locale=desk.locale if own else first.locale,
        canonical=desk.address(at, desk.locale if own else first.locale),
        code=code.address,
        search=True,
        text_locales=text_locales,
        x_default=x_default,
        content=CodeContent(
            address=code.address,
            product=desk.product_ref(at, code.product),
            code=code.code.text,
            names=names,
            lead=lead,
            facts=_facts(desk, code.code),
            meanings=meanings,
            several=desk.words.ngettext(
                "{code} has {number} meaning in {product}.",
                "{code} has {number} meanings in {product}.",
                len(meanings),
            ).format(code=code.code.text, number=len(meanings), product=product)
            if len(meanings) > 1
            else "",
            base=_base(desk, code),
            elsewhere=_elsewhere(desk, code),
            disagreements=disagreements,
            discrepancies_href=desk.href(at, "discrepancies/"),
            permalink=f"/{addresses.neutral_path(code.product.id, code.slug)}",
            permalink_href=desk.neutral(at, code.product.id, code.slug),
            copies=answers.copies(desk, code),
            report_href=desk.report_href(
                f"{code.address}: ",
                "\n".join([desk.address(at), *(f"{e.span.path}:{e.span.line}" for e in first.entries), ""]),
                desk.address(at),
            ),
        ),
    )


def source(code: CodePageFacts) -> str:
    """The file of a code's page below ``docs/{locale}/``; a code called ``index`` must not be the product's page."""
    return f"{code.product.id}/{code.slug}{'/index' if code.slug == 'index' else ''}.md"


def _name(desk: Desk, code: CodePageFacts, meaning: Meaning) -> str:
    return facts.name_of(meaning, code.product, desk.locale, desk.source)


def _description(desk: Desk, code: CodePageFacts, first: Shown, names: tuple[str, ...], product: str) -> str:
    title = " ".join([code.code.text, *names])
    if not first.own:
        return f"{product}: {title}. {_no_text(desk, first.locale)}"
    said: list[str] = []
    for column in _SAID:
        found = first.entries[0].field(column)
        if found and found.plain not in said:
            said.append(found.plain)
    return texts.shorten(f"{title}: {' · '.join(said)}" if said else f"{title} ({product})", 180)


def _no_text(desk: Desk, shown: Locale) -> str:
    return desk.words.gettext("There is no text for this code in {own}; the original is shown in {shown}.").format(
        own=desk.words.language(desk.locale), shown=desk.words.language(shown)
    )


def _meaning(desk: Desk, code: CodePageFacts, meaning: Meaning) -> MeaningView:
    at, product = code.path, code.product
    first = facts.shown(meaning, product, desk.locale, desk.source)
    name = _name(desk, code, meaning)
    line = texts.shorten(facts.one_line(first.entries[0]), 80)
    section = desk.section_ref(at, product, meaning.section)
    previous, following = _neighbours(desk, code, meaning)
    return MeaningView(
        anchor=_anchor(desk, code, meaning),
        title=name or line or section.text,
        title_is_name=bool(name),
        title_lang=Locale("") if name else desk.foreign(first.locale) if line else section.lang,
        section=section,
        banners=_banners(desk, code, meaning, first),
        entries=_entries(desk, first.entries),
        own=first.own,
        others=tuple(
            _other(desk, code, meaning, locale)
            for locale in desk.site.locales
            if locale not in (desk.locale, first.locale)
        ),
        former=_former(desk, code, meaning, name),
        history=_history(desk, code, meaning, first),
        previous=previous,
        next=following,
    )


def _anchor(desk: Desk, code: CodePageFacts, meaning: Meaning) -> str:
    """The meaning's part of the page, named as its section's page is."""
    path = desk.shelf.sections[code.product.id].get(meaning.section, "")
    return f"meaning-{path.rstrip('/').rpartition('/')[2] or meaning.section}"


def _entries(desk: Desk, entries: tuple[Entry, ...]) -> tuple[EntryView, ...]:
    if len(entries) == 1:
        return (desk.entry(entries[0]),)
    return tuple(
        desk.entry(entry, desk.words.gettext("{number} of {total}").format(number=number, total=len(entries)))
        for number, entry in enumerate(entries, start=1)
    )


def _banners(desk: Desk, code: CodePageFacts, meaning: Meaning, first: Shown) -> tuple[Banner, ...]:
    words, product, at = desk.words, code.product, code.path
    result = []
    edition = desk.edition_title(product, first.edition)
    if first.retired:
        result.append(
            Banner(
                "retired",
                words.gettext("No longer listed: this code is last in the {edition}.").format(edition=edition),
            )
        )
    if not first.own:
        original = Ref(words.gettext("Original page"), desk.href(at, at, first.locale))
        result.append(Banner("fallback", _no_text(desk, first.locale), ref=original))
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
    for spelling in dict.fromkeys(entry.code.text for entry in meaning.entries):
        for entry, page in desk.shelf.moved.get((product.id, spelling), ()):
            if page.slug != code.slug and entry.locale == first.locale and entry.edition == first.edition:
                other = desk.code_ref(at, page)
                result.append(
                    Banner(
                        "moved",
                        words.gettext(
                            "The source ({language}) lists another row under {code}, which belongs to:"
                        ).format(language=words.language(entry.locale), code=spelling),
                        ref=Ref(f"{other.code} {other.name}".strip(), other.href),
                    )
                )
    return tuple(result)


def _other(desk: Desk, code: CodePageFacts, meaning: Meaning, locale: Locale) -> LocaleView:
    words, product = desk.words, code.product
    its = facts.shown(meaning, product, locale, desk.source)
    note = ""
    if not its.own:
        note = words.gettext("No text in this language.")
    elif its.older:
        note = words.gettext("Only in the {edition}.").format(edition=desk.edition_title(product, its.edition))
    return LocaleView(
        locale=locale,
        title=desk.shelf.words[locale].own_language(),
        href=desk.href(code.path, code.path, locale),
        entries=_entries(desk, its.entries) if its.own else (),
        note=note,
    )


def _former(desk: Desk, code: CodePageFacts, meaning: Meaning, name: str) -> tuple[FormerName, ...]:
    found: dict[str, str] = {}
    for edition in facts.editions_of(meaning, code.product)[1:]:
        for entry in meaning.entries:
            if entry.edition == edition.id and entry.name and entry.name != name:
                found.setdefault(entry.name, desk.edition_title(code.product, edition.id))
    return tuple(FormerName(former, title) for former, title in found.items())


def _history(desk: Desk, code: CodePageFacts, meaning: Meaning, first: Shown) -> tuple[HistoryView, ...]:
    result = []
    newest = facts.editions_of(meaning, code.product)[0].id
    for edition in facts.editions_of(meaning, code.product)[1:]:
        for locale in desk.catalog.locales:
            entries = facts.rows(meaning, edition.id, locale)
            if not entries or (edition.id, locale) == (first.edition, first.locale):
                continue
            result.append(
                HistoryView(
                    title=texts.sentence(desk.edition_title(code.product, edition.id)),
                    locale=locale,
                    entries=_entries(desk, entries),
                    unchanged=_said(entries) == _said(facts.rows(meaning, newest, locale)),
                )
            )
    return tuple(result)


def _said(entries: tuple[Entry, ...]) -> list[list[tuple[Column, str]]]:
    return [[(field.column, field.plain) for field in entry.fields] for entry in entries]


def _neighbours(desk: Desk, code: CodePageFacts, meaning: Meaning) -> tuple[CodeRef | None, CodeRef | None]:
    order = facts.section_of(code.product, meaning).codes
    slugs = [addresses.slug(one) for one in order]
    if code.slug not in slugs:
        return None, None
    place = slugs.index(code.slug)
    return (
        _neighbour(desk, code, slugs[place - 1], meaning.section) if place > 0 else None,
        _neighbour(desk, code, slugs[place + 1], meaning.section) if place + 1 < len(slugs) else None,
    )


def _neighbour(desk: Desk, code: CodePageFacts, slug: Slug, section: int) -> CodeRef | None:
    other = desk.shelf.by_slug.get((code.product.id, slug))
    if other is None:
        return None
    return desk.code_ref(code.path, other, next((one for one in other.meanings if one.section == section), None))


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


def _base(desk: Desk, code: CodePageFacts) -> tuple[BaseNote, ...]:
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


def _elsewhere(desk: Desk, code: CodePageFacts) -> tuple[Elsewhere, ...]:
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
