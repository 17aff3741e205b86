"""Which codes changed: from one edition of a product to the next, and by errata."""

import hashlib
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from generator import meanings
from generator.meanings import CodeMeanings
from generator.model import Column, EditionInfo, Entry, Locale, Meaning, Product
from generator.pages.desk import Shelf

Kind = Literal["added", "retired", "renamed", "reworded", "corrected"]

_UNKNOWN = "1970-01-01"
"""The date of what is older than all that is dated."""


class Renaming(Struct, frozen=True):
    """A name that became another."""

    locale: Locale
    former: str
    name: str


class Revision(Struct, frozen=True, kw_only=True):
    """What one edition changed about one code, or what errata put right in one row."""

    code: CodeMeanings
    edition: EditionInfo
    kinds: tuple[Kind, ...]
    published: str
    """ISO 8601 to the precision known: when the document that shows the change came out."""
    mark: str
    """Tells it from other revisions of the same code, now and in future builds."""
    renamed: tuple[Renaming, ...] = ()
    reworded: tuple[Locale, ...] = ()
    corrected: Entry | None = None


def revisions(shelf: Shelf, product: Product) -> tuple[Revision, ...]:
    """Those of one product, the newest first; those of one day in the product's order."""
    found = [
        one
        for code in shelf.codes[product.id]
        for one in (*_between(shelf, product, code), *_corrected(shelf, product, code))
    ]
    return tuple(sorted(found, key=lambda one: one.published, reverse=True))


def _between(shelf: Shelf, product: Product, code: CodeMeanings) -> Iterator[Revision]:
    for newer, older in zip(product.editions, product.editions[1:], strict=False):
        new = [entry for entry in code.entries if entry.edition == newer.id]
        old = [entry for entry in code.entries if entry.edition == older.id]
        kinds: list[Kind] = []
        renamed: tuple[Renaming, ...] = ()
        reworded: tuple[Locale, ...] = ()
        dates = [_published(shelf, product, newer)]
        if new and old:
            renamed = tuple(dict.fromkeys(one for meaning in code.meanings for one in _renamed(meaning, newer, older)))
            reworded = tuple(
                dict.fromkeys(one for meaning in code.meanings for one in _reworded(meaning, newer, older))
            )
            said: tuple[tuple[Kind, object], ...] = (("renamed", renamed), ("reworded", reworded))
            kinds = [kind for kind, what in said if what]
            having = {*reworded, *(one.locale for one in renamed)}
            dates = [_published(shelf, product, newer, locale) for locale in newer.locales if locale in having] or dates
        elif new:
            kinds = ["added"]
            dates = [_published(shelf, product, newer, entry.locale) for entry in new]
        elif old:
            kinds = ["retired"]
        if kinds:
            yield Revision(
                code=code,
                edition=newer,
                kinds=tuple(kinds),
                published=min(dates),
                mark=f"changed-{newer.published or newer.id}",
                renamed=renamed,
                reworded=reworded,
            )


def _renamed(meaning: Meaning, newer: EditionInfo, older: EditionInfo) -> Iterator[Renaming]:
    for locale in newer.locales:
        before, after = (
            next((entry.name for entry in meanings.rows(meaning, edition.id, locale) if entry.name), "")
            for edition in (older, newer)
        )
        if before and after and before != after:
            yield Renaming(locale, before, after)


def _reworded(meaning: Meaning, newer: EditionInfo, older: EditionInfo) -> Iterator[Locale]:
    for locale in newer.locales:
        before, after = (_said(meanings.rows(meaning, edition.id, locale)) for edition in (older, newer))
        if before and after and before != after:
            yield locale


def _said(entries: tuple[Entry, ...]) -> list[list[tuple[Column, str]]]:
    return [[(field.column, field.plain) for field in entry.said] for entry in entries]


def _corrected(shelf: Shelf, product: Product, code: CodeMeanings) -> Iterator[Revision]:
    editions = {edition.id: edition for edition in product.editions}
    for entry in code.entries:
        if entry.corrections:
            digest = hashlib.sha256(entry.text.encode()).hexdigest()[:8]
            yield Revision(
                code=code,
                edition=editions[entry.edition],
                kinds=("corrected",),
                published=_published(shelf, product, editions[entry.edition], entry.locale),
                mark=f"corrected-{entry.locale}-{digest}",
                corrected=entry,
            )


def _published(shelf: Shelf, product: Product, edition: EditionInfo, locale: Locale | None = None) -> str:
    """When an edition came out, in one locale; one without a date is no older than the one before it."""
    own = shelf.published.get((product.id, edition.id, locale), "") if locale else ""
    place = product.editions.index(edition)
    dates = [own, *(one.published for one in product.editions[place:])]
    return next(filter(None, dates), _UNKNOWN)
