"""Answers to copy into a ticket: a code's text as plain lines, in any language whatever page one is on."""

from generator import meanings
from generator.meanings import CodeMeanings
from generator.model import Entry, FieldText, IntegerCode, Locale, Meaning, Text
from generator.pages import banners, facts, links, rows
from generator.pages.content import Copy
from generator.pages.desk import Desk
from generator.pages.parts import BreakPart, LinkPart
from generator.text import one_line


def copies(desk: Desk, code: CodeMeanings, room: frozenset[Locale]) -> tuple[Copy, ...]:
    """An answer for a ticket in each language that there is room for, the page's own first.

    In a language that has no text it says so and gives the text that its page shows instead.
    """
    href = desk.neutral(code.path, code.product.id, code.slug)
    return tuple(
        Copy(locale, desk.shelf.words[locale].own_language(), _whole(desk, code, locale), href)
        for locale in sorted(desk.site.locales, key=lambda locale: locale != desk.locale)
        if locale in room
    )


def _whole(desk: Desk, code: CodeMeanings, locale: Locale) -> str:
    """The answer in a language, which is the same on every locale's page."""
    known, place = desk.shelf.answers, (code.address, locale)
    if place not in known:
        known[place] = "\n\n".join(_answer(desk, code, meaning, locale) for meaning in code.meanings)
    return known[place]


def _answer(desk: Desk, code: CodeMeanings, meaning: Meaning, locale: Locale) -> str:
    words, its = desk.shelf.words[locale], desk.text(meaning, locale)
    name = desk.name(meaning, locale)
    value = f"({facts.hexadecimal(code.code.value)})" if isinstance(code.code, IntegerCode) else ""
    lines = [
        " ".join(filter(None, (code.code.text, name, value))),
        meanings.in_locale(code.product.titles, locale, desk.source)[0],
    ]
    if its.retired:
        lines.append(banners.retired(desk, code, its, locale))
    if not its.own:
        lines.append(banners.no_text(desk, its.locale, locale))
    for number, entry in enumerate(its.entries, start=1):
        if len(its.entries) > 1:
            lines.append(rows.number_of(words, number, len(its.entries)))
        lines += [
            words.gettext("{label}: {text}").format(
                label=rows.title(words, field), text=_with_links(desk, entry, field)
            )
            for field in entry.said
        ]
        lines += [rows.corrected(desk, entry, locale)] if entry.corrections else []
    return "\n".join(lines)


def _with_links(desk: Desk, entry: Entry, field: FieldText) -> str:
    """A field's words with the addresses that its links lead to."""
    plain = [inline.text for inline in field.inlines if isinstance(inline, Text)]
    if len(plain) == len(field.inlines):
        return one_line("".join(plain))
    said = [
        f"{part.text} ({part.href})"
        if isinstance(part, LinkPart) and part.href != part.text
        else " "
        if isinstance(part, BreakPart)
        else part.text
        for part in links.parts(field.inlines, desk.shelf.base(entry.product, entry.locale))
    ]
    return one_line("".join(said))
