"""The codes of a catalog as the resolvers need them, in memory and as the browser's file."""

import json
from collections.abc import Iterable
from typing import Any, Final, assert_never

from msgspec import Struct, to_builtins

from generator import addresses
from generator.model import (
    Catalog,
    Code,
    CodeList,
    CodeRange,
    Column,
    Entry,
    IntegerCode,
    Locale,
    Meaning,
    Product,
    ProductId,
    Slug,
    SymbolCode,
)
from generator.resolve.fold import LONGEST
from generator.resolve.grammar import GRAMMAR
from generator.resolve.values import IndexedCode

VERSION: Final = 1
_LINE_LENGTH: Final = 90
_RETIRED: Final = 1
_SAID_IN: Final = (
    Column.DESCRIPTION,
    Column.CAUSE,
    Column.CAUSE_AND_SOLUTION,
    Column.SOLUTION,
    Column.OTHER,
)


class _Page(Struct, frozen=True):
    """One code of one product with all its meanings: what one page is about."""

    product: Product
    code: Code
    slug: Slug
    meanings: tuple[Meaning, ...]


def index(catalog: Catalog) -> tuple[IndexedCode, ...]:
    """Every code of every product, in the catalog's order."""
    return tuple(_indexed(page, catalog.source_locale) for product in catalog.products for page in _pages(product))


def browser_index(catalog: Catalog, locale: Locale) -> str:
    """The file that the resolver in the browser reads for one locale; see :func:`browser_file`."""
    lines = [
        (_indexed(page, catalog.source_locale), *_line(page, locale, catalog))
        for product in catalog.products
        for page in _pages(product)
    ]
    titles = tuple((product.id, _title(product, locale, catalog.source_locale)) for product in catalog.products)
    return browser_file(locale, titles, lines)


def browser_file(
    locale: Locale,
    products: Iterable[tuple[ProductId, str]],
    codes: Iterable[tuple[IndexedCode, str, Locale]],
) -> str:
    """Codes, each with a line that says what it means and that line's locale, as the browser's file for ``locale``.

    JSON in one line, the same bytes every time: ``{"version", "locale", "longest", "grammar", "products":
    [[id, title], …], "codes": [row, …]}``. A row is ``[product, code, names, line, former, flags, meanings, locale of
    the line]``, where trailing empty fields are left out: ``product`` counts from 0; ``code`` is a number's decimal
    digits (which are also its slug), or ``[slug, symbol]``, ``[slug, [first, last]]`` for a range,
    ``[slug, 0, [number, …]]`` for a list, numbers as strings; ``names`` and ``former`` are joined with spaces; flags
    are 1 for a retired code; the line's locale is given where it is another than the file's.
    """
    products = tuple(products)
    number = {product: position for position, (product, _) in enumerate(products)}
    rows = []
    for code, line, spoken in codes:
        row: list[Any] = [
            number[code.product],
            _spelled(code),
            " ".join(code.names),
            line,
            " ".join(code.former),
            _RETIRED if code.retired else 0,
            0 if code.meanings == 1 else code.meanings,
            "" if spoken == locale else spoken,
        ]
        while not row[-1] and len(row) > 2:
            row.pop()
        rows.append(row)
    file = {
        "version": VERSION,
        "locale": locale,
        "longest": LONGEST,
        "grammar": to_builtins(GRAMMAR),
        "products": [list(pair) for pair in products],
        "codes": rows,
    }
    return json.dumps(file, ensure_ascii=False, separators=(",", ":"))


def _pages(product: Product) -> tuple[_Page, ...]:
    grouped: dict[Slug, list[Meaning]] = {}
    for meaning in product.meanings:
        grouped.setdefault(addresses.slug(meaning.code), []).append(meaning)
    return tuple(_Page(product, meanings[0].code, slug, tuple(meanings)) for slug, meanings in grouped.items())


def _indexed(page: _Page, source: Locale) -> IndexedCode:
    newest = page.product.editions[0].id
    entries = [entry for meaning in page.meanings for entry in meaning.entries]
    current = [entry for entry in entries if entry.edition == newest]
    names = _names(current or entries, source)
    code = page.code
    return IndexedCode(
        path=f"{page.product.id}/{page.slug}",
        product=page.product.id,
        values=_values(code),
        bounds=(code.first, code.last) if isinstance(code, CodeRange) else None,
        symbol=code.text if isinstance(code, SymbolCode) else "",
        names=names,
        former=tuple(name for name in _names(entries, source) if name not in names),
        retired=not current,
        meanings=len(page.meanings),
    )


def _names(entries: list[Entry], source: Locale) -> tuple[str, ...]:
    ordered = sorted(entries, key=lambda entry: entry.locale != source)
    return tuple(dict.fromkeys("".join(entry.name.split()) for entry in ordered if entry.name.strip()))


def _values(code: Code) -> tuple[int, ...]:
    match code:
        case IntegerCode(value=value):
            return (value,)
        case CodeList(values=values):
            return values
        case SymbolCode() | CodeRange():
            return ()
        case _:
            assert_never(code)


def _spelled(code: IndexedCode) -> str | list[Any]:
    slug = code.path.partition("/")[2]
    if code.symbol:
        return [slug, code.symbol]
    if code.bounds:
        return [slug, [str(bound) for bound in code.bounds]]
    if len(code.values) != 1 or str(code.values[0]) != slug:
        return [slug, 0, [str(value) for value in code.values]]
    return slug


def _line(page: _Page, locale: Locale, catalog: Catalog) -> tuple[str, Locale]:
    """What the code means in one line, and the locale this is said in: the reader's, else the source's, else any."""
    for wanted in (locale, catalog.source_locale, *catalog.locales):
        said = [_said(meaning, wanted) for meaning in page.meanings]
        if any(said):
            return _shortened(" / ".join(filter(None, said))), wanted
    return "", locale


def _said(meaning: Meaning, locale: Locale) -> str:
    for entry in meaning.entries:
        if entry.locale == locale:
            for column in _SAID_IN:
                field = entry.field(column)
                if field and field.plain.strip():
                    return " ".join(field.plain.split())
    return ""


def _shortened(text: str) -> str:
    if len(text) <= _LINE_LENGTH:
        return text
    head = text[:_LINE_LENGTH]
    space = head.rfind(" ")
    return f"{head[:space] if space > _LINE_LENGTH // 2 else head}…"


def _title(product: Product, locale: Locale, source: Locale) -> str:
    titles = dict(product.titles)
    return titles.get(locale) or titles.get(source) or product.id
