"""What a page tells machines of itself: JSON-LD in the words of schema.org.

Addresses begin with :data:`ROOT`, which the theme replaces with the site's own: pages are written before it is known.
"""

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

import msgspec

from generator import addresses, meanings
from generator.meanings import CodeMeanings
from generator.model import ProductId, Slug
from generator.pages.content import (
    CodeContent,
    HomeContent,
    ProductContent,
    RuleContent,
    SectionContent,
    TombstoneContent,
)
from generator.pages.desk import Desk
from generator.pages.page import Page

ROOT: Final = "<root>"
"""Stands for the site's address. Nothing else can be taken for it, for in words every ``<`` is escaped."""

_ESCAPED: Final = tuple((sign, f"\\u{ord(sign):04x}") for sign in "<>")
"""What could end a script, as JSON writes it in other characters."""

_Node = dict[str, Any]


def told(desk: Desk, page: Page) -> str:
    """A page's JSON-LD, a node on each line, in which no word of a document can end the script that holds it."""
    graph = ",\n".join(msgspec.json.encode(node).decode() for node in _nodes(desk, page))
    return f'{{"@context":"https://schema.org","@graph":[\n{graph}\n]}}'


def _nodes(desk: Desk, page: Page) -> tuple[_Node, ...]:
    match page.content:
        case HomeContent():
            return (_website(desk, page),)
        case CodeContent() as content:
            product, _, slug = page.code.partition("/")
            code = desk.shelf.by_slug[ProductId(product), Slug(slug)]
            return _article(desk, page, content, code), _trail(desk, page, *_above(desk, code))
        case TombstoneContent() as content:
            product, _, _ = page.code.partition("/")
            term = _term(desk, page, content.code, content.name, ProductId(product))
            above = (_product_title(desk, page.path), addresses.product_path(ProductId(product)))
            return {**_page(desk, page, "TechArticle"), "headline": _words(page.title), "about": term}, _trail(
                desk, page, above
            )
        case ProductContent():
            terms = _terms(desk, ProductId(page.path.partition("/")[0]))
            return {**_page(desk, page, "CollectionPage"), "about": terms}, _trail(desk, page)
        case SectionContent():
            product, title = page.path.partition("/")[0], _product_title(desk, page.path)
            above = (title, addresses.product_path(ProductId(product)))
            return (
                {**_page(desk, page, "CollectionPage"), "about": _terms(desk, ProductId(product))},
                _trail(desk, page, above),
            )
        case RuleContent():
            above = (desk.words.gettext("Rules"), "rules/")
            return _page(desk, page, "WebPage"), _trail(desk, page, above)
        case _:
            return _page(desk, page, "WebPage"), _trail(desk, page)


def _website(desk: Desk, page: Page) -> _Node:
    return {
        "@type": "WebSite",
        "@id": _at(desk, "", "#website"),
        "url": _at(desk, ""),
        "name": _words(site_title(desk)),
        "description": _words(page.description),
        "inLanguage": desk.locale,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": _at(desk, "search/", "?q={search_term_string}")},
            "query-input": "required name=search_term_string",
        },
    }


def _page(desk: Desk, page: Page, kind: str) -> _Node:
    return {
        "@type": kind,
        "@id": _at(desk, page.path),
        "url": _at(desk, page.path),
        "name": _words(page.title),
        "description": _words(page.description),
        "inLanguage": page.text_locale,
        "isPartOf": {
            "@type": "WebSite",
            "@id": _at(desk, "", "#website"),
            "url": _at(desk, ""),
            "name": _words(site_title(desk)),
        },
    }


def _article(desk: Desk, page: Page, content: CodeContent, code: CodeMeanings) -> _Node:
    line, _ = desk.shelf.lines.of_code(code, desk.locale)
    term = _term(desk, page, content.code, " / ".join(content.names), code.product.id, line)
    return {**_page(desk, page, "TechArticle"), "headline": _words(page.title), "about": term}


def _term(desk: Desk, page: Page, code: str, name: str, product: ProductId, line: str = "") -> _Node:
    return {
        "@type": "DefinedTerm",
        "termCode": _words(code),
        "name": _words(name or code),
        **({"description": _words(line)} if line else {}),
        "url": _at(desk, page.path),
        "inDefinedTermSet": _terms(desk, product),
    }


def _terms(desk: Desk, product: ProductId) -> _Node:
    at = addresses.product_path(product)
    return {"@type": "DefinedTermSet", "name": _words(_product_title(desk, at)), "url": _at(desk, at)}


def _above(desk: Desk, code: CodeMeanings) -> Iterable[tuple[str, str]]:
    """The pages above a code's: its product's, and its section's where it is in one alone."""
    product = code.product
    yield desk.product_title(product), addresses.product_path(product.id)
    sections = {meaning.section for meaning in code.meanings}
    path = desk.shelf.sections[product.id].get(min(sections), "")
    if len(sections) == 1 and path:
        yield desk.section_title(product, min(sections))[0], path


def _trail(desk: Desk, page: Page, *above: tuple[str, str]) -> _Node:
    places = [(site_title(desk), ""), *above, (page.title, page.path)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": _words(name), "item": _at(desk, path)}
            for position, (name, path) in enumerate(places, start=1)
        ],
    }


def _product_title(desk: Desk, path: str) -> str:
    return desk.product_title(desk.shelf.products[ProductId(path.partition("/")[0])])


def site_title(desk: Desk) -> str:
    """What the site calls itself in the desk's locale."""
    said = meanings.in_locale(desk.site.titles, desk.locale, desk.source)[0]
    return said or desk.words.gettext("Error codes")


# A page says its title thrice, and all pages those of the site and of their product.
@lru_cache(maxsize=1 << 8)
def _words(text: str) -> msgspec.Raw:
    said = msgspec.json.encode(text).decode() if text.isprintable() else json.dumps(text)
    for sign, escaped in _ESCAPED:
        said = said.replace(sign, escaped)
    return msgspec.Raw(said.encode())


def _at(desk: Desk, path: str, rest: str = "") -> msgspec.Raw:
    return msgspec.Raw(f'"{ROOT}{desk.address(path)}{rest}"'.encode())
