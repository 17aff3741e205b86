"""Answers to copy into a ticket: a code's text as plain lines, in any language whatever page one is on."""

from generator import meanings
from generator.meanings import CodeMeanings, Shown
from generator.model import Entry, FieldText, Locale, Meaning
from generator.pages import links, rows
from generator.pages.content import Copy
from generator.pages.desk import Desk
from generator.pages.parts import BreakPart, LinkPart
from generator.text import one_line


def copies(desk: Desk, code: CodeMeanings) -> tuple[Copy, ...]:
    """An answer for a ticket in each language that has a text, the page's own first."""
    order = sorted(desk.site.locales, key=lambda locale: locale != desk.locale)
    result = []
    for locale in order:
        shown = [meanings.shown(meaning, code.product, locale, desk.source) for meaning in code.meanings]
        said = "\n\n".join(
            _answer(desk, code, meaning, its, locale)
            for meaning, its in zip(code.meanings, shown, strict=True)
            if its.own
        )
        if said:
            result.append(
                Copy(
                    locale=locale,
                    label=desk.shelf.words[locale].own_language(),
                    text=said,
                    href=desk.neutral(code.path, code.product.id, code.slug),
                )
            )
    return tuple(result)


def _answer(desk: Desk, code: CodeMeanings, meaning: Meaning, its: Shown, locale: Locale) -> str:
    words = desk.shelf.words[locale]
    name = meanings.name_of(meaning, code.product, locale, desk.source)
    lines = [f"{code.code.text} {name}".strip()]
    for number, entry in enumerate(its.entries, start=1):
        if len(its.entries) > 1:
            lines.append(rows.number_of(words, number, len(its.entries)))
        lines += [
            words.gettext("{label}: {text}").format(
                label=rows.label(words, field), text=_with_links(desk, entry, field)
            )
            for field in entry.said
        ]
    return "\n".join(lines)


def _with_links(desk: Desk, entry: Entry, field: FieldText) -> str:
    """A field's words with the addresses that its links lead to."""
    said = [
        f"{part.text} ({part.href})"
        if isinstance(part, LinkPart) and part.href != part.text
        else " "
        if isinstance(part, BreakPart)
        else part.text
        for part in links.parts(field.inlines, desk.site.base(entry.product, entry.locale))
    ]
    return one_line("".join(said))
