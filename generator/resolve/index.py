"""The codes of a catalog as the resolvers need them, in memory and as the browser's file."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, assert_never

import msgspec
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
    Product,
    ProductId,
    SymbolCode,
)
from generator.resolve.fold import LONGEST, fold
from generator.resolve.grammar import GRAMMAR
from generator.resolve.values import IndexedCode

VERSION: Final = 1
_RETIRED: Final = 1


Meant = Iterable[tuple[ProductId, str, str]]
"""Right spellings of shipped names: product, name as shipped, name as meant."""


def index(catalog: Catalog, meant: Meant = ()) -> tuple[IndexedCode, ...]:
    """Every code of every product, in the catalog's order."""
    return tuple(code for product in catalog.products for code in of_product(product, catalog.source_locale, meant))


def of_product(product: Product, source: Locale, meant: Meant = ()) -> tuple[IndexedCode, ...]:
    """Every code of one product, one for each of :func:`generator.meanings.codes`, in that order."""
    right, titles = _by_name(meant), _titles(product)
    return tuple(_indexed(code, source, right, titles) for code in meanings.codes(product))


def browser_index(catalog: Catalog, locale: Locale, words: str = "", meant: Meant = ()) -> str:
    """The file that the search in the browser reads first for one locale; see :func:`browser_file`."""
    source, lines = catalog.source_locale, Lines(catalog)
    codes = [
        (indexed, *lines.of_code(code, locale))
        for product in catalog.products
        for indexed, code in zip(of_product(product, source, meant), meanings.codes(product), strict=True)
    ]
    titles = [(product.id, shown_title(product, locale, source)) for product in catalog.products]
    return browser_file(locale, titles, codes, words)


def shown_title(product: Product, locale: Locale, source: Locale) -> str:
    """What the search calls a product in ``locale``."""
    return meanings.in_locale(product.titles, locale, source)[0] or product.id


def browser_file(
    locale: Locale,
    products: Iterable[tuple[ProductId, str]],
    codes: Iterable[tuple[IndexedCode, str, Locale]],
    words: str = "",
) -> str:
    """Codes, each with a line that says what it means and that line's locale, as the browser's file for ``locale``.

    JSON in one line, the same bytes every time: ``{"version", "locale", "longest", "grammar", "products":
    [[id, title, [title, …]], …], "codes": [row, …], "words": words}``. A row is ``[product, code, names, line, former, flags, meanings, locale of
    the line, meant]``, where trailing empty fields are left out: ``product`` counts from 0; ``code`` is a number's decimal
    digits (which are also its slug), or ``[slug, symbol]``, ``[slug, [first, last]]`` for a range,
    ``[slug, 0, [number, …]]`` for a list, numbers as strings; ``names``, ``former`` and ``meant`` are joined with spaces; flags
    are 1 for a retired code; a product's list of titles has those of all locales, folded; the line's locale is given where it is another than the file's. ``words`` is JSON with what the full
    text needs beside its own files (:class:`generator.words.about.About`), left out where there is none.
    """
    products, codes = tuple(products), tuple(codes)
    titles = {code.product: code.titles for code, _, _ in codes}
    number = {product: position for position, (product, _) in enumerate(products)}
    return browser_joined(
        locale,
        [(product, title, titles.get(product, ())) for product, title in products],
        (f"[{number[code.product]},{row(code, line, spoken, locale)}" for code, line, spoken in codes),
        words,
    )


def browser_joined(
    locale: Locale,
    products: Sequence[tuple[ProductId, str, tuple[str, ...]]],
    rows: Iterable[str],
    words: str = "",
) -> str:
    """The browser's file, of products with their title in ``locale`` and in all, and of rows that are JSON already."""
    head = _json(
        {
            "version": VERSION,
            "locale": locale,
            "longest": LONGEST,
            "grammar": to_builtins(GRAMMAR),
            "products": products,
        }
    )
    more = f',"words":{words}' if words else ""
    return f'{head[:-1]},"codes":[{",".join(rows)}]{more}}}'


def row(code: IndexedCode, line: str, spoken: Locale, locale: Locale) -> str:
    """A row of the browser's file without the bracket and the product's number that it begins with."""
    cells: list[Any] = [
        _spelled(code),
        " ".join(code.names),
        line,
        " ".join(code.former),
        _RETIRED if code.retired else 0,
        0 if code.meanings == 1 else code.meanings,
        "" if spoken == locale else spoken,
        " ".join(code.meant),
    ]
    while not cells[-1] and len(cells) > 1:
        cells.pop()
    return _json(cells)[1:]


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _by_name(meant: Meant) -> Mapping[tuple[ProductId, str], str]:
    return {(product, name): right for product, name, right in meant}


def _indexed(
    code: CodeMeanings, source: Locale, right: Mapping[tuple[ProductId, str], str], titles: tuple[str, ...]
) -> IndexedCode:
    newest = code.product.editions[0].id
    current = [entry for entry in code.entries if entry.edition == newest]
    names = _names(current or code.entries, source)
    every = _names(code.entries, source)
    spelled = code.code
    return IndexedCode(
        path=code.address,
        product=code.product.id,
        values=_values(spelled),
        bounds=(spelled.first, spelled.last) if isinstance(spelled, CodeRange) else None,
        symbol=spelled.value if isinstance(spelled, SymbolCode) else "",
        names=names,
        former=tuple(name for name in every if name not in names),
        retired=not current,
        meanings=len(code.meanings),
        meant=tuple(dict.fromkeys(right[code.product.id, name] for name in every if (code.product.id, name) in right)),
        titles=titles,
    )


def _titles(product: Product) -> tuple[str, ...]:
    """The titles of all locales without the id that stands in or behind them, folded."""
    own = fold(product.id).text
    folded = (re.sub(r"\([^()]*\)", " ", fold(title).text) for _, title in product.titles)
    without = (" ".join(re.sub(rf"(?<![a-z0-9]){re.escape(own)}(?![a-z0-9])", " ", title).split()) for title in folded)
    return tuple(dict.fromkeys(title for title in without if len(title) > 1))


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
