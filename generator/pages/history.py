"""What earlier editions say of a code, and what has changed since."""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from generator import meanings
from generator.meanings import CodeMeanings, Shown
from generator.model import Column, Entry, FieldText, Meaning
from generator.pages import marking, marks, rows
from generator.pages.content import EntryView, FormerName, HistoryView
from generator.pages.desk import Desk
from generator.pages.words import FIELD_LABELS
from generator.text import capitalised, one_line

_MOSTLY: Final = 0.6
"""A text of which so much has changed was written anew."""


def former(desk: Desk, code: CodeMeanings, meaning: Meaning, name: str) -> tuple[FormerName, ...]:
    """Names that older editions give the code and that it no longer has, each with the newest edition that does."""
    if len(code.product.editions) == 1:
        return ()
    found: dict[str, str] = {}
    for edition in meanings.editions_of(meaning, code.product)[1:]:
        for entry in meaning.entries:
            if entry.edition == edition.id and entry.name and entry.name != name:
                found.setdefault(entry.name, desk.edition_title(code.product, edition.id))
    return tuple(FormerName(former, title) for former, title in found.items())


def listed(desk: Desk, code: CodeMeanings, meaning: Meaning) -> str:
    """Which editions list a code, as a sentence; empty where there is but one, and for a retired code."""
    product = code.product
    if len(product.editions) == 1:
        return ""
    having = meanings.editions_of(meaning, product)
    if having[0].id != product.editions[0].id:
        return ""
    first, last = (desk.edition_title(product, edition.id) for edition in (having[-1], having[0]))
    if len(having) == 1:
        return desk.words.gettext("First listed in the {edition}.").format(edition=first)
    return desk.words.gettext("Listed from the {first} to the {last}.").format(first=first, last=last)


def views(desk: Desk, code: CodeMeanings, meaning: Meaning, first: Shown) -> tuple[HistoryView, ...]:
    """What each older edition says in each language, except what the page shows first anyway."""
    if len(code.product.editions) == 1:
        return ()
    result = []
    having = meanings.editions_of(meaning, code.product)
    newest = having[0].id
    for edition in having[1:]:
        for locale in desk.catalog.locales:
            entries = meanings.rows(meaning, edition.id, locale)
            if not entries or (edition.id, locale) == (first.edition, first.locale):
                continue
            now = meanings.rows(meaning, newest, locale)
            result.append(
                HistoryView(
                    title=capitalised(desk.edition_title(code.product, edition.id)),
                    locale=locale,
                    entries=tuple(
                        _compared(desk, view, entry, now[index] if index < len(now) else None)
                        for index, (view, entry) in enumerate(zip(rows.views(desk, entries), entries, strict=True))
                    ),
                    note=_note(desk, entries, now),
                )
            )
    return tuple(result)


def _note(desk: Desk, old: Sequence[Entry], new: Sequence[Entry]) -> str:
    """What has become of a text since; empty where the newer edition has none in its language."""
    if not new:
        return ""
    then, now = _said(old), _said(new)
    changed = [column for column in dict.fromkeys([*then, *now]) if then.get(column) != now.get(column)]
    if not changed:
        return desk.words.gettext("unchanged since")
    fields = desk.words.join([desk.words.gettext(FIELD_LABELS[column]) for column in changed])
    return desk.words.gettext("changed since: {fields}").format(fields=fields)


def _said(entries: Sequence[Entry]) -> dict[Column, list[str]]:
    found: dict[Column, list[str]] = {}
    for entry in entries:
        for field in entry.fields:
            said = entry.code.text if field.column is Column.CODE else one_line(field.plain)
            found.setdefault(field.column, []).append(said)
    return found


def _compared(desk: Desk, view: EntryView, old: Entry, new: Entry | None) -> EntryView:
    """A row of an older edition with the words marked that the newer one has otherwise or no longer."""
    if new is None:
        return view
    newer = dict(_numbered(new))
    fields = []
    for field, (place, _) in zip(view.fields, _numbered(old), strict=True):
        words = marking.flat(field.blocks)
        other = newer.get(place)
        if other is None:
            told: tuple[marks.Interval, ...] = ((0, len(words)),)
        else:
            base = desk.shelf.base(new.product, new.locale)
            now = marking.flat(desk.shelf.blocks(other.inlines, base))
            told = _told(marks.Shown(old.locale, words), marks.Shown(new.locale, now))
        fields.append(msgspec.structs.replace(field, blocks=marking.marked(field.blocks, (), told)))
    return msgspec.structs.replace(view, fields=tuple(fields), renamed=bool(old.name and old.name != new.name))


def _told(old: marks.Shown, new: marks.Shown) -> tuple[marks.Interval, ...]:
    """Where an older text is another; all of it where little has stayed, nothing where words were only added."""
    if one_line(old.text) in one_line(new.text):
        return ()
    told = marks.joined(old.text, marks.differences([old, new], 0)[0])
    marked = sum(end - start for start, end in told)
    return told if 0 < marked < _MOSTLY * len(old.text) else ((0, len(old.text)),)


def _numbered(entry: Entry) -> Iterator[tuple[tuple[Column, int], FieldText]]:
    seen: dict[Column, int] = {}
    for field in entry.said:
        seen[field.column] = seen.get(field.column, 0) + 1
        yield (field.column, seen[field.column]), field
