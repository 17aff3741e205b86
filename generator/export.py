"""The catalog as published JSON, and the JSON Schema (draft 2020-12) it is valid against."""

from typing import Final

import msgspec
from msgspec import Struct

from generator.model import (
    Accounting,
    Catalog,
    Code,
    EditionId,
    Entry,
    Locale,
    Problem,
    ProductId,
    StaleErratum,
)
from generator.text import harmless_json

SCHEMA_VERSION: Final = 1
"""Raised when a reader of the former version would no longer understand the file."""


class ExportedEdition(Struct, frozen=True):
    """One edition of a product."""

    id: EditionId
    published: str
    locales: tuple[Locale, ...]


class ExportedSection(Struct, frozen=True):
    """The sections of all documents that are about the same codes."""

    index: int
    titles: dict[Locale, str]
    codes: tuple[str, ...]
    """As published, in the order of the section."""


class ExportedMeaning(Struct, frozen=True):
    """One code in one section, with what every locale and edition says about it."""

    code: Code
    section: int
    entries: tuple[Entry, ...]


class ExportedProduct(Struct, frozen=True):
    """One product."""

    id: ProductId
    titles: dict[Locale, str]
    editions: tuple[ExportedEdition, ...]
    """Newest first."""
    sections: tuple[ExportedSection, ...]
    meanings: tuple[ExportedMeaning, ...]


class ExportedCatalog(Struct, frozen=True):
    """Everything the documents say, joined, with the errata laid over it."""

    schema_version: int
    source_locale: Locale
    locales: tuple[Locale, ...]
    accounting: Accounting
    products: tuple[ExportedProduct, ...]
    problems: tuple[Problem, ...]
    """What belongs to no entry."""
    stale_errata: tuple[StaleErratum, ...]


def catalog_json(catalog: Catalog) -> str:
    """The catalog as indented JSON with a final newline; the same catalog always gives the same text."""
    problems = [problem for document in catalog.documents for problem in document.problems]
    problems += [problem for document in catalog.documents for table in document.tables for problem in table.problems]
    exported = ExportedCatalog(
        schema_version=SCHEMA_VERSION,
        source_locale=catalog.source_locale,
        locales=catalog.locales,
        accounting=catalog.accounting,
        products=tuple(
            ExportedProduct(
                id=product.id,
                titles=dict(product.titles),
                editions=tuple(
                    ExportedEdition(edition.id, edition.published, edition.locales) for edition in product.editions
                ),
                sections=tuple(
                    ExportedSection(section.index, dict(section.titles), tuple(code.text for code in section.codes))
                    for section in product.sections
                ),
                meanings=tuple(
                    ExportedMeaning(meaning.code, meaning.section, meaning.entries) for meaning in product.meanings
                ),
            )
            for product in catalog.products
        ),
        problems=tuple(sorted(problems, key=lambda problem: problem.span)),
        stale_errata=catalog.stale_errata,
    )
    return _text(exported)


def catalog_schema() -> str:
    """The JSON Schema of :func:`catalog_json`'s output, as indented JSON with a final newline."""
    schema = msgspec.json.schema(ExportedCatalog)
    return _text({"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Codeglot catalog", **schema})


def _text(value: object) -> str:
    encoded = msgspec.json.encode(value, order="deterministic")
    return harmless_json(msgspec.json.format(encoded, indent=2).decode()) + "\n"
