"""The codes of a catalog as the resolvers need them, in memory and as the browser's file."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final, assert_never

from msgspec import to_builtins

from generator import meanings
from generator.meanings import CodeMeanings, Lines
from generator.model import (
    Catalog,
    Code,
    CodeList,
    CodeRange,
    Entry,
    IntegerCode,
    Locale,
    ProductId,
    SymbolCode,
)
from generator.resolve.fold import LONGEST
from generator.resolve.grammar import GRAMMAR
from generator.resolve.values import IndexedCode

VERSION: Final = 1
_RETIRED: Final = 1


def index(catalog: Catalog) -> tuple[IndexedCode, ...]:
    """Every code of every product, in the catalog's order."""
    return tuple(
        _indexed(code, catalog.source_locale) for product in catalog.products for code in meanings.codes(product)
    )


def browser_index(catalog: Catalog, locale: Locale) -> str:
    """The file that the resolver in the browser reads for one locale; see :func:`browser_file`."""
    source, lines = catalog.source_locale, Lines(catalog)
    codes = [
        (_indexed(code, source), *lines.of_code(code, locale))
        for product in catalog.products
        for code in meanings.codes(product)
    ]
    titles = [
        (product.id, meanings.in_locale(product.titles, locale, source)[0] or product.id)
        for product in catalog.products
    ]
    return browser_file(locale, titles, codes)


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


def _indexed(code: CodeMeanings, source: Locale) -> IndexedCode:
    newest = code.product.editions[0].id
    current = [entry for entry in code.entries if entry.edition == newest]
    names = _names(current or code.entries, source)
    spelled = code.code
    return IndexedCode(
        path=code.address,
        product=code.product.id,
        values=_values(spelled),
        bounds=(spelled.first, spelled.last) if isinstance(spelled, CodeRange) else None,
        symbol=spelled.text if isinstance(spelled, SymbolCode) else "",
        names=names,
        former=tuple(name for name in _names(code.entries, source) if name not in names),
        retired=not current,
        meanings=len(code.meanings),
    )


def _names(entries: Sequence[Entry], source: Locale) -> tuple[str, ...]:
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
