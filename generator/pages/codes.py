"""The page of a code."""

from typing import assert_never

from generator import addresses
from generator.meanings import CodeMeanings, Shown
from generator.model import Code, CodeList, CodeRange, Column, IntegerCode, Locale, SymbolCode, canonical
from generator.pages import answers, banners, facts, history, parallel, related, reports, rows
from generator.pages.code_parts import LanguageName
from generator.pages.content import CodeContent, Fact, MeaningView
from generator.pages.desk import Desk, Shelf
from generator.pages.page import Page, source_of
from generator.pages.sheet import Sheet
from generator.pages.words import Words
from generator.text import shortened

_SAID = (Column.DESCRIPTION, Column.CAUSE, Column.SOLUTION, Column.CAUSE_AND_SOLUTION)

_LEAD = 60
"""Columns of the line that stands for a name in a page's title."""
_HEADING = 80
"""Columns of the line that stands for a name above one of several meanings."""
_DESCRIPTION = 180
"""Columns of what a search engine shows below the title."""

_MOST = 6
"""So many discrepancies a page names."""


def pages(shelf: Shelf, code: CodeMeanings) -> tuple[Page, ...]:
    """The page of ``code`` in each locale of the site."""
    sheet = Sheet(shelf, code)
    return tuple([_page(desk, sheet) for desk in shelf.desks])


def _page(desk: Desk, sheet: Sheet) -> Page:
    code = sheet.code
    at = code.path
    first = desk.shown(code.meanings[0])
    own = any(desk.shown(meaning).own for meaning in code.meanings)
    text_locale = desk.locale if own else first.locale
    text_locales, x_default = desk.text_locales((entry.locale for entry in code.entries), at)
    content = _content(desk, sheet, first)
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


def _content(desk: Desk, sheet: Sheet, first: Shown) -> CodeContent:
    code, about = sheet.code, sheet.about
    at = code.path
    names = tuple(dict.fromkeys(name for meaning in code.meanings if (name := desk.name(meaning))))
    room = parallel.room(desk, sheet)
    return CodeContent(
        address=code.address,
        product=desk.product_ref(at, code.product),
        code=code.code.text,
        names=names,
        lead="" if names or not first.own else desk.shelf.lines.of_row(first.entries[0], _LEAD),
        facts=_facts(desk, code.code),
        meanings=tuple(_meaning(desk, sheet, number, room) for number in range(len(code.meanings))),
        several=_several(desk, code),
        base=related.base(desk, code),
        elsewhere=related.same_number(desk, code),
        more_elsewhere=related.more_numbers(desk, code),
        disagreements=reports.listed(desk, at, about[:_MOST]),
        more_disagreements=desk.words.ngettext("and {number} more", "and {number} more", len(about) - _MOST).format(
            number=len(about) - _MOST
        )
        if len(about) > _MOST
        else "",
        discrepancies_href=desk.href(at, "discrepancies/"),
        permalink=f"/{addresses.neutral_path(code.product.id, code.slug)}",
        permalink_href=desk.neutral(at, code.product.id, code.slug),
        copies=answers.copies(desk, code, room.copies),
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
            label=product, text=f"{title} · {banners.no_text(desk, first.locale, desk.locale)}"
        )
    fields = [first.entries[0].field(column) for column in _SAID]
    said = dict.fromkeys(field.plain for field in fields if field)
    form = desk.words.gettext("{label}: {text}") if said else desk.words.gettext("{label} ({text})")
    return shortened(form.format(label=title, text=" · ".join(said) if said else product), _DESCRIPTION)


def _meaning(desk: Desk, sheet: Sheet, number: int, room: parallel.Room) -> MeaningView:
    code = sheet.code
    at, product = code.path, code.product
    meaning = code.meanings[number]
    first = desk.shown(meaning)
    name = desk.name(meaning)
    section = desk.section_ref(at, product, meaning.section)
    # Codes that differ only in case, or in signs that no address can hold, share one page.
    twins = len(code.meanings) > 1 and len({canonical(one.code) for one in code.meanings}) > 1
    called = " ".join(filter(None, (meaning.code.text, name))) if twins else name
    line = "" if called else desk.shelf.lines.of_row(first.entries[0], _HEADING)
    beside = parallel.of(desk, sheet, meaning, room)
    before, after = desk.shelf.beside[product.id, meaning.section, code.slug]
    return MeaningView(
        anchor=_anchor(desk, code, number),
        title=called or line or section.text,
        title_is_name=bool(called),
        title_lang=Locale("") if called else desk.foreign(first.locale) if line else section.lang,
        section=section,
        banners=banners.of(desk, sheet, meaning, first, compared=beside is not None),
        entries=rows.views(desk, first.entries),
        own=first.own,
        parallel=beside,
        without=tuple(
            LanguageName(locale, desk.shelf.words[locale].own_language())
            for locale in desk.site.locales
            if locale not in (desk.locale, first.locale) and not desk.text(meaning, locale).own
        ),
        former=history.former(desk, code, meaning, name),
        history=history.views(desk, code, meaning, first),
        listed=history.listed(desk, code, meaning),
        shared=related.sharing(desk, code, first),
        previous=desk.meaning_ref(at, before) if before else None,
        next=desk.meaning_ref(at, after) if after else None,
    )


def _anchor(desk: Desk, code: CodeMeanings, number: int) -> str:
    """The address of a meaning on its code's page: its section's, counted where a section has several."""
    sections = [meaning.section for meaning in code.meanings[: number + 1]]
    word, times = desk.section_word(code.product.id, sections[-1]), sections.count(sections[-1])
    return f"meaning-{word}" if times == 1 else f"meaning-{word}-{times}"


def _facts(desk: Desk, code: Code) -> tuple[Fact, ...]:
    words = desk.words
    match code:
        case IntegerCode(text, value):
            found = [
                Fact(words.gettext("Decimal"), str(value)),
                Fact(words.gettext("Hexadecimal"), facts.hexadecimal(value)),
            ]
            if -(2**31) <= value < 0:
                found.append(Fact(words.gettext("As 32 bits"), facts.hexadecimal(value + 2**32)))
            elif 2**31 <= value < 2**32:
                found.append(Fact(words.gettext("As 32 bits"), str(value - 2**32)))
            return (*found, *_published(words, text, str(value), facts.hexadecimal(value)))
        case CodeRange(text, first, last):
            return (
                Fact(words.gettext("Decimal"), f"{first} – {last}"),
                Fact(words.gettext("Hexadecimal"), f"{facts.hexadecimal(first)} – {facts.hexadecimal(last)}"),
                *_published(words, text, f"{first}-{last}", f"{first}–{last}", f"{first} – {last}"),
            )
        case CodeList(text, values):
            return (
                Fact(words.gettext("Decimal"), ", ".join(str(value) for value in values)),
                Fact(words.gettext("Hexadecimal"), ", ".join(facts.hexadecimal(value) for value in values)),
                *_published(words, text, ", ".join(str(value) for value in values)),
            )
        case SymbolCode():
            return ()
        case _:
            assert_never(code)


def _published(words: Words, text: str, *said: str) -> tuple[Fact, ...]:
    """A code's own spelling where it is none of those that are said anyway."""
    return () if text in said else (Fact(words.gettext("As published"), text),)
