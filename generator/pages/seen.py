"""What the pages of one code are made of, so that pages of which nothing is another need not be planned again.

Whatever the planning of a code's pages begins to look at has to be named here, too.
"""

from typing import Final

from generator.meanings import CodeMeanings
from generator.model import Column, Entry, Product
from generator.pages import related
from generator.pages.desk import Desk, Shelf

_COMPARED: Final = (Column.DESCRIPTION, Column.CAUSE, Column.CAUSE_AND_SOLUTION)
"""What rows of two products that list one number are compared by."""

Seen = tuple[object, ...]
"""Values of msgspec's types: as long as they are the same, so is what is made of them."""


def of_product(shelf: Shelf, product: Product) -> Seen:
    """What the pages of all codes of a product are made of besides what :func:`of_code` names.

    Labels, templates, declarations and whatever else is the same for all products are not among it.
    """
    return (
        product.titles,
        product.editions,
        [(section.titles, section.codes[:1], section.codes[-1:]) for section in product.sections],
        sorted(shelf.sections[product.id].items()),
        [(one.edition, one.locale, one.published) for one in shelf.documents.get(product.id, ())],
    )


def of_code(shelf: Shelf, code: CodeMeanings) -> Seen | None:
    """What the pages of one code are made of in all locales; ``None`` where too much bears on them to name it.

    That is so where an erratum has moved a row away from it, and where it was replaced.
    """
    about = (code.product.id, code.slug)
    spellings = {entry.code.text for entry in code.entries}
    if about in shelf.replaced or any((code.product.id, spelling) in shelf.moved for spelling in spellings):
        return None
    said = shelf.by_code.get(about, ())
    return (
        code.meanings,
        [_said(shelf, place) for place in said],
        [_lines(shelf, entry) for entry in code.entries] if said else [],
        [shelf.lines.shares(entry) for entry in code.entries],
        *_elsewhere(shelf, code),
        [_beside(desk, code) for desk in shelf.desks],
    )


def _elsewhere(shelf: Shelf, code: CodeMeanings) -> Seen:
    others, left = related.compared(shelf, code)
    return [compared(other) for other in others], left


def compared(code: CodeMeanings) -> Seen:
    """What a page shows of a code of another product that is the same number (:func:`related.same_number`)."""
    return (
        code.product.titles,
        code.path,
        code.code.text,
        [
            [
                (
                    entry.edition,
                    entry.locale,
                    entry.name,
                    [(field.column, field.plain) for field in entry.fields if field.column in _COMPARED],
                )
                for entry in meaning.entries
            ]
            for meaning in code.meanings
        ],
    )


def _said(shelf: Shelf, place: int) -> Seen:
    """What a code's page shows of a diagnostic: none of the rows that bear it out."""
    ledger = shelf.ledger
    one = ledger.diagnostics[place]
    named = shelf.named(one.product, one.code) if one.code else None
    return one, ledger.anchors[place], ledger.reasons.get(one.fingerprint, ""), named.path if named else ""


def _lines(shelf: Shelf, entry: Entry) -> Seen:
    """The lines of a row as written: at places in them diagnostics point."""
    document = shelf.ledger.documents.get(entry.span.path)
    return document.lines[entry.span.line - 1 : entry.span.end_line] if document else ()


def _beside(desk: Desk, code: CodeMeanings) -> Seen:
    """What a page says of other codes of its product."""
    near = [desk.shelf.beside[meaning.product, meaning.section, code.slug] for meaning in code.meanings]
    return (
        [[desk.meaning_ref(code.path, one) for one in pair if one] for pair in near],
        [one is not None for pair in near for one in pair],
        related.base(desk, code),
        [related.sharing(desk, code, desk.shown(meaning)) for meaning in code.meanings],
    )
