"""Answers to copy into a ticket: a code's text as plain lines, in any language whatever page one is on."""

from generator.model import Column, Entry, FieldText, Locale, Meaning
from generator.pages import facts, links
from generator.pages.content import Copy
from generator.pages.desk import Desk
from generator.pages.facts import CodePageFacts, Shown
from generator.pages.parts import BreakPart, LinkPart
from generator.pages.words import FIELD_LABELS


def copies(desk: Desk, code: CodePageFacts) -> tuple[Copy, ...]:
    """An answer for a ticket in each language that has a text, the page's own first."""
    order = sorted(desk.site.locales, key=lambda locale: locale != desk.locale)
    result = []
    for locale in order:
        shown = [facts.shown(meaning, code.product, locale, desk.source) for meaning in code.meanings]
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


def _answer(desk: Desk, code: CodePageFacts, meaning: Meaning, its: Shown, locale: Locale) -> str:
    words = desk.shelf.words[locale]
    name = facts.name_of(meaning, code.product, locale, desk.source)
    lines = [f"{code.code.text} {name}".strip()]
    for number, entry in enumerate(its.entries, start=1):
        if len(its.entries) > 1:
            lines.append(words.gettext("{number} of {total}").format(number=number, total=len(its.entries)))
        for field in entry.fields:
            if field.column is Column.CODE or field.column is Column.NAME:
                continue
            label = field.header if field.column is Column.OTHER else ""
            label = label or words.gettext(FIELD_LABELS[field.column])
            lines.append(words.gettext("{label}: {text}").format(label=label, text=_with_links(desk, entry, field)))
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
    return " ".join("".join(said).split())
