"""The full text of the site's search: what the rows of each locale say, as files that the browser looks through.

The files of a locale are its index (``assets/codeglot/index.{locale}.json``, which :func:`generator.resolve.browser_file`
describes) and blocks of texts in the same order of codes (``assets/codeglot/text.{locale}.{number}.json``). The part of
the index that is about words is :class:`generator.words.about.About`.

Nearly all of the work is in :func:`of_product`. What it gives says nothing of other products, so it can be kept; only
where a product's codes begin among all and which texts products before it have spelled out is found when
:func:`of_site` puts products together.
"""

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from generator import meanings, resolve
from generator.glossary import Glossary
from generator.meanings import Lines
from generator.model import Catalog, Locale, Product, ProductId
from generator.words.about import about, named, place, section_titles
from generator.words.texts import Said, blocks, said, texts

__all__ = ["Share", "Spoken", "files", "of_product", "of_site"]

_FOLDER = "assets/codeglot/"


class Spoken(Struct, frozen=True, array_like=True):
    """One product in the search of one locale."""

    title: str
    sections: tuple[str, ...]
    rows: str
    """The rows of :func:`generator.resolve.row`, a line for each code."""
    places: str
    """Where each code stands, a line of JSON for each."""
    said: Said
    named: tuple[tuple[str, str], ...]
    """The glossary's concepts that titles and texts name, each with the word for it."""


class Share(Struct, frozen=True, array_like=True):
    """What the files of the search need of one product."""

    product: ProductId
    titles: tuple[str, ...]
    """Its titles in all locales, folded; empty where it has no code."""
    spoken: tuple[Spoken, ...]
    """For each locale of the catalog, in its order."""


def files(catalog: Catalog, glossary: Glossary, meant: resolve.Meant = ()) -> dict[str, str]:
    """Everything that the search fetches, by its path below the site's root; the same bytes each time.

    ``meant`` are right spellings of names that are shipped misspelled.
    """
    meant = tuple(meant)
    return of_site(
        [of_product(catalog, product, glossary, meant) for product in catalog.products], catalog.locales, glossary
    )


def of_product(catalog: Catalog, product: Product, glossary: Glossary, meant: resolve.Meant = ()) -> Share:
    """What the search's files say of one product; every row, text and mention of a concept is looked at here.

    It depends on ``product``, on the locales and the source locale of ``catalog`` (not on other products or documents),
    on the words of ``glossary``, and on what of ``meant`` is about the product.
    """
    lines = Lines(msgspec.structs.replace(catalog, products=(product,)))
    indexed = resolve.of_product(product, catalog.source_locale, meant)
    return Share(
        product.id,
        indexed[0].titles if indexed else (),
        tuple(_spoken(catalog, product, glossary, locale, lines, indexed) for locale in catalog.locales),
    )


def _spoken(
    catalog: Catalog,
    product: Product,
    glossary: Glossary,
    locale: Locale,
    lines: Lines,
    indexed: Sequence[resolve.IndexedCode],
) -> Spoken:
    source, codes = catalog.source_locale, meanings.codes(product)
    told = [lines.of_code(code, locale) for code in codes]
    found = [texts(code, locale, source) for code in codes]
    titles = section_titles(product, locale, source)
    own, _ = meanings.in_locale(product.titles, locale, source)
    return Spoken(
        title=resolve.shown_title(product, locale, source),
        sections=titles,
        rows="\n".join(resolve.row(one, *line, locale) for one, line in zip(indexed, told, strict=True)),
        places="\n".join(place(code, locale, source, lines) for code in codes),
        said=said((one, line if spoken == locale else "") for one, (line, spoken) in zip(found, told, strict=True)),
        named=named(glossary, locale, [own, *titles, *(text for one in found for _, text in one)]),
    )


def of_site(shares: Sequence[Share], locales: tuple[Locale, ...], glossary: Glossary) -> dict[str, str]:
    """The files, of the shares of all products in the catalog's order, which are of the same ``locales``.

    Little more than joining lines: the rows get their product's place, the texts their numbers, and of each concept it is
    asked whether any product names it.
    """
    found: dict[str, str] = {}
    for number, locale in enumerate(locales):
        parts = [share.spoken[number] for share in shares]
        written = blocks(part.said for part in parts)
        for place_, block in enumerate(written):
            found[f"{_FOLDER}text.{locale}.{place_}.json"] = block.file
        more = about(
            glossary,
            locales,
            locale,
            written,
            tuple(part.sections for part in parts),
            (part.places.replace("\n", ",") for part in parts if part.places),
            frozenset(one for part in parts for one in part.named),
        )
        found[f"{_FOLDER}index.{locale}.json"] = resolve.browser_joined(
            locale,
            [(share.product, part.title, share.titles) for share, part in zip(shares, parts, strict=True)],
            (
                f"[{position},{part.rows}".replace("\n", f",[{position},")
                for position, part in enumerate(parts)
                if part.rows
            ),
            msgspec.json.encode(more).decode(),
        )
    return found
