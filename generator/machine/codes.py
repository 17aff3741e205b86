"""Codes as data: one line for each, and everything about one."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, assert_never

import msgspec

from generator import addresses, meanings
from generator.machine.places import Places
from generator.machine.shapes import (
    ApiCorrection,
    ApiDiagnostic,
    ApiEdition,
    ApiField,
    ApiLink,
    ApiMeaning,
    ApiProduct,
    ApiSection,
    ApiSource,
    ApiText,
    CodeFile,
    CodeSummary,
)
from generator.machine.shares import Elsewhere
from generator.meanings import CodeMeanings
from generator.model import (
    Code,
    CodeList,
    CodeRange,
    Entry,
    FieldText,
    IntegerCode,
    Link,
    Locale,
    Meaning,
    Product,
    ProductId,
    SymbolCode,
)
from generator.pages import Tombstone, facts, links
from generator.pages.desk import Shelf
from generator.text import one_line

Kind = Literal["integer", "symbol", "range", "list"]


def product_entry(product: Product, places: Places) -> ApiProduct:
    """One line of the list of products."""
    path = addresses.product_path(product.id)
    return ApiProduct(
        id=product.id,
        titles=dict(product.titles),
        urls=places.pages(path),
        markdown=places.twins(path),
        editions=tuple(ApiEdition(one.id, one.published or None, one.locales) for one in product.editions),
    )


def summary(shelf: Shelf, places: Places, code: CodeMeanings) -> CodeSummary:
    """One line of the list of codes."""
    found = names(shelf, code)
    lines = {locale: shelf.lines.of_code(code, locale) for locale in shelf.site.locales}
    return _summary(
        places,
        code.product.id,
        code.code,
        names=found,
        former_names=former_names(code, found),
        retired=all(_retired(meaning, code.product) for meaning in code.meanings),
        meaning_count=len(code.meanings),
        summaries={locale: text for locale, (text, at) in lines.items() if text and at == locale},
    )


def gone(places: Places, stone: Tombstone) -> CodeSummary:
    """The line of a code that no document lists any more."""
    return _summary(
        places,
        stone.product,
        stone.code,
        names=(stone.name,) if stone.name else (),
        former_names=(),
        retired=True,
        meaning_count=0,
        summaries={locale: one_line(text) for locale, text in stone.text},
    )


def _summary(places: Places, product: ProductId, code: Code, **said: Any) -> CodeSummary:
    """What can be told of any code by its spelling, with what is said of it."""
    slug, path = addresses.slug(code), addresses.code_path(product, code)
    kind, numbers = values(code)
    several = kind in {"range", "list"}
    hexadecimals = tuple(hexadecimal(number) for number in numbers)
    return CodeSummary(
        address=path.rstrip("/"),
        product=product,
        code=code.text,
        kind=kind,
        decimal=numbers if several else numbers[0] if numbers else None,
        hexadecimal=hexadecimals if several else hexadecimals[0] if numbers else None,
        replaced_by=places.replaced.get((product, slug), "").rstrip("/") or None,
        urls=places.pages(path),
        json=places.data(path.rstrip("/")),
        link=places.neutral(product, slug),
        **said,
    )


def values(code: Code) -> tuple[Kind, tuple[int, ...]]:
    """What kind a code is, and its numbers: none of a symbol, the bounds of a range."""
    match code:
        case IntegerCode(value=value):
            return "integer", (value,)
        case SymbolCode():
            return "symbol", ()
        case CodeRange(first=first, last=last):
            return "range", (first, last)
        case CodeList(values=found):
            return "list", found
        case _:
            assert_never(code)


def hexadecimal(value: int) -> str:
    """``0x1B5E``, ``-0x64``."""
    return f"{'-' if value < 0 else ''}0x{abs(value):X}"


def names(shelf: Shelf, code: CodeMeanings) -> tuple[str, ...]:
    """The identifiers in the newest edition that has each meaning, those of the source locale first."""
    found: dict[str, None] = {}
    for meaning in code.meanings:
        newest = meanings.editions_of(meaning, code.product)[0].id
        entries = [entry for entry in meaning.entries if entry.edition == newest and entry.name]
        entries.sort(key=lambda entry: entry.locale != shelf.site.source_locale)
        found.update(dict.fromkeys(entry.name for entry in entries))
    return tuple(found)


def former_names(code: CodeMeanings, current: Iterable[str]) -> tuple[str, ...]:
    """The identifiers that only older editions have, the latest first."""
    return tuple(dict.fromkeys(entry.name for entry in code.entries if entry.name and entry.name not in {*current}))


def _retired(meaning: Meaning, product: Product) -> bool:
    return meanings.editions_of(meaning, product)[0].id != product.editions[0].id


def whole(shelf: Shelf, places: Places, others: Elsewhere, code: CodeMeanings, line: CodeSummary) -> CodeFile:
    """Everything about one code."""
    return CodeFile(
        **msgspec.structs.asdict(line),
        product_titles=dict(code.product.titles),
        markdown=places.twins(code.path),
        meanings=tuple(_meaning(shelf, places, code, meaning) for meaning in code.meanings),
        same_number=_same_number(others, code),
        other_base=tuple(_other_base(shelf, code)),
        diagnostics=_diagnostics(shelf, places, code),
    )


def remains(titles: Mapping[Locale, str], places: Places, stone: Tombstone, line: CodeSummary) -> CodeFile:
    """Everything about a code that no document lists any more; ``titles`` are its product's."""
    return CodeFile(
        **msgspec.structs.asdict(line),
        product_titles=dict(titles),
        markdown=places.twins(addresses.code_path(stone.product, stone.code)),
        meanings=(),
        same_number=(),
        other_base=(),
        diagnostics=(),
    )


def _same_number(others: Elsewhere, code: CodeMeanings) -> tuple[str, ...]:
    value = facts.value_of(code.code)
    found = others.same.get(value, ()) if value is not None else ()
    return tuple(address for address in found if address != code.address)


def _other_base(shelf: Shelf, code: CodeMeanings) -> Iterator[str]:
    value = facts.value_of(code.code)
    if value is None or value < 0:
        return
    digits = f"{value:X}"
    for other in (int(str(value), 16), *([int(digits)] if digits.isdecimal() else [])):
        found = shelf.by_value.get((code.product.id, other))
        if found and found.slug != code.slug:
            yield found.address


def _meaning(shelf: Shelf, places: Places, code: CodeMeanings, meaning: Meaning) -> ApiMeaning:
    product = code.product
    path = shelf.sections[product.id].get(meaning.section, addresses.product_path(product.id))
    before, after = shelf.beside[product.id, meaning.section, code.slug]
    return ApiMeaning(
        section=ApiSection(dict(product.sections[meaning.section].titles), places.pages(path)),
        retired=_retired(meaning, product),
        texts=tuple(_text(shelf, product, entry) for entry in meaning.entries),
        previous=_address(before) if before else None,
        next=_address(after) if after else None,
    )


def _address(meaning: Meaning) -> str:
    return f"{meaning.product}/{addresses.slug(meaning.code)}"


def _text(shelf: Shelf, product: Product, entry: Entry) -> ApiText:
    span = entry.span
    return ApiText(
        locale=entry.locale,
        edition=entry.edition,
        published=shelf.published[entry.product, entry.edition, entry.locale] or None,
        current=entry.edition == product.editions[0].id,
        code=entry.code.text,
        name=entry.name or None,
        fields=tuple(_field(shelf, entry, field) for field in entry.said),
        outside=tuple(one_line(problem.text) for problem in entry.problems if problem.text.strip()),
        source=ApiSource(
            file=span.path,
            line=span.line,
            end_line=span.end_line,
            url=links.source_href(shelf.site.repository, span.path, span.line) or None,
        ),
        corrections=tuple(
            ApiCorrection(one.column, one.written, one.corrected, one.reason, one.evidence) for one in entry.corrections
        ),
    )


def _field(shelf: Shelf, entry: Entry, field: FieldText) -> ApiField:
    return ApiField(
        column=field.column,
        header=field.header,
        text=one_line(field.plain),
        links=tuple(_links(field, shelf.site.base(entry.product, entry.locale))),
    )


def _links(field: FieldText, base: str) -> Iterator[ApiLink]:
    for inline in field.inlines:
        found = links.outward(inline.target, base) if isinstance(inline, Link) else None
        if isinstance(inline, Link) and found:
            yield ApiLink(one_line(inline.text), found[0])


def _diagnostics(shelf: Shelf, places: Places, code: CodeMeanings) -> tuple[ApiDiagnostic, ...]:
    ledger = shelf.ledger
    report = places.pages("discrepancies/")
    return tuple(
        ApiDiagnostic(
            fingerprint=one.fingerprint,
            rule=one.rule,
            severity=one.severity,
            state=one.state,
            message=one.message,
            locale=one.locale,
            edition=one.edition,
            file=one.span.path,
            line=one.span.line,
            urls={Locale(locale): f"{url}#{ledger.anchors[place]}" for locale, url in report.items()},
        )
        for place in shelf.by_code.get((code.product.id, code.slug), ())
        for one in [ledger.diagnostics[place]]
    )
