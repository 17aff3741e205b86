"""The identifiers of a product and the words they are made of: what the rules about spellings of names look at."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from msgspec import Struct

from generator.alignment import is_identifier, is_slip
from generator.glossary import Glossary, tokens
from generator.model import (
    Canonical,
    Column,
    EditionId,
    Entry,
    InlineCode,
    Link,
    ProductId,
    SymbolCode,
    Text,
    canonical,
)
from generator.rules.context import Context
from generator.text import visible

LEAST: Final = 5
"""A shorter word is too often one letter away from another one."""
_WORD: Final = re.compile(r"(?<![\w$./:@#\\-])[A-Za-z][a-z]{3,}(?![\w$/:@\\]|[.-]\w)")


class Name(Struct, frozen=True):
    """One identifier of one edition of a product: a row's name, or a code that is a word."""

    product: ProductId
    edition: EditionId
    text: str
    tokens: tuple[str, ...]
    column: Column
    rows: tuple[Entry, ...]
    """The rows that have it, in the order of the catalog."""


def names(context: Context) -> tuple[Name, ...]:
    """All identifiers, in the order of the catalog, each once an edition."""
    found: dict[tuple[ProductId, EditionId, str, Column], list[Entry]] = {}
    for document in context.catalog.documents:
        for entry in document.entries:
            for text, column in _spelled(entry):
                found.setdefault((entry.product, entry.edition, text, column), []).append(entry)
    return tuple(
        Name(product, edition, text, tokens(text), column, tuple(rows))
        for (product, edition, text, column), rows in found.items()
    )


def _spelled(entry: Entry) -> Iterator[tuple[str, Column]]:
    if isinstance(entry.code, SymbolCode) and is_identifier(entry.code.text):
        yield visible(entry.code.text), Column.CODE
    for field in entry.fields:
        if field.column is Column.NAME:
            for part in visible(field.plain).split():
                if is_identifier(part) and part.isascii():
                    yield part, Column.NAME


def by_token(context: Context) -> Mapping[str, tuple[Name, ...]]:
    """The identifiers that have a token, of every token; an identifier that stands in several editions counts once a product."""
    found: dict[str, dict[tuple[ProductId, str], Name]] = {}
    for name in context.once(names):
        for token in name.tokens:
            found.setdefault(token, {}).setdefault((name.product, name.text), name)
    return {token: tuple(same.values()) for token, same in found.items()}


def by_tokens(context: Context) -> Mapping[tuple[str, ...], tuple[Name, ...]]:
    """The identifiers that are made of the same tokens; those of several editions once a product."""
    single: dict[tuple[ProductId, str], Name] = {}
    for name in context.once(names):
        single.setdefault((name.product, name.text), name)
    found: dict[tuple[str, ...], list[Name]] = {}
    for name in single.values():
        found.setdefault(name.tokens, []).append(name)
    return {tokens: tuple(same) for tokens, same in found.items()}


def differing(context: Context) -> frozenset[tuple[ProductId, EditionId, str]]:
    """Identifiers of codes that another locale of the edition names otherwise: those are N301's, or K204's."""
    found: set[tuple[ProductId, EditionId, str]] = set()
    for group in context.groups:
        own: dict[Canonical, set[str]] = {}
        said: dict[Canonical, list[set[str]]] = {}
        for rows in group.by_code.values():
            for code, same in rows.items():
                parts = {part for row in same for part, column in _spelled(row) if column is Column.NAME}
                if parts:
                    own.setdefault(code, set()).update(parts)
                    said.setdefault(code, []).append(parts)
        for code, all_parts in own.items():
            common = set.intersection(*said[code])
            found.update((group.product, group.edition, part) for part in all_parts - common)
        listing: list[set[Canonical]] = [set(group.by_code[locale]) for locale in group.documents if group.rows[locale]]
        if listing:
            odd = set().union(*listing) - listing[0].intersection(*listing[1:])
            found.update((group.product, group.edition, visible(code)) for code in odd if isinstance(code, str))
    return frozenset(found)


def is_current(context: Context, name: Name) -> bool:
    """Whether no newer edition lists the codes of a name: what is past is not to be mended."""
    return any(
        context.rows_of_code(name.product, canonical(row.code))[:1]
        and context.rows_of_code(name.product, canonical(row.code))[0].edition == name.edition
        for row in name.rows
    )


def prose_words(context: Context) -> Counter[str]:
    """How often the documents' texts use a word of Latin letters, in capitals; without code, links and identifiers."""
    found: Counter[str] = Counter()
    cells = Counter(
        (field.plain, field.inlines)
        for document in context.catalog.documents
        for entry in document.entries
        for field in entry.said
    )
    for (plain, inlines), count in cells.items():
        texts = [plain]
        if any(isinstance(one, InlineCode | Link) for one in inlines):
            texts = [one.text for one in inlines if isinstance(one, Text | Link)]
        for text in texts:
            for word in prose(text):
                found[word] += count
    return found


def vocabulary(glossary: Glossary) -> frozenset[str]:
    """The field's words: those of names in the glossary, and its correct spellings.

    A name that is a slip of its concept's first one is listed there because it was shipped, not because it is a word.
    """
    listed = {
        token
        for concept in glossary.concepts.values()
        for name in concept.names
        for token in name.split("_")
        if is_ending(token, first := concept.names[0]) or is_ending(first, token) or not slip_of(token, first)
    }
    firsts = {token for concept in glossary.concepts.values() for token in "_".join(concept.names[:1]).split("_")}
    return frozenset(listed | firsts) | frozenset(misspelled(glossary).values())


def misspelled(glossary: Glossary) -> Mapping[str, str]:
    """The glossary's misspellings that can be tokens."""
    return {
        wrong.upper(): right.upper()
        for pairs in glossary.misspellings.values()
        for wrong, right in pairs.items()
        if wrong.isascii() and wrong.isalpha() and right.isascii() and right.isalpha()
    }


@lru_cache(maxsize=1 << 17)
def prose(text: str) -> tuple[str, ...]:
    """The words of a text that are no identifiers, in capitals."""
    return tuple(word.upper() for word in _WORD.findall(visible(text)))


def is_ending(long: str, short: str) -> bool:
    """Whether one token is the other with the ending of another form of the word, or cut short: no slip by itself."""
    if not long.startswith(short) or len(short) < 3:
        return False
    return long[len(short) :] in _ENDINGS


_ENDINGS: Final = frozenset(
    {"S", "ES", "D", "ED", "ING", "ER", "ERS", "OR", "G", "LY", "Y", "N", "NED", "LED", "TED", "R", "AL", "ION"}
)


def slip_of(token: str, other: str) -> bool:
    """Whether a token is another one with one slip of the hand in it.

    That is one letter wrong, missing or too many, or two swapped; or all letters of the other but at most one, in
    another order after the same beginning.
    """
    if is_slip(token, other):
        return True
    if token[:1] != other[:1] or abs(len(token) - len(other)) > 1:
        return False
    ours, theirs = Counter(token), Counter(other)
    return (ours - theirs).total() + (theirs - ours).total() <= 1 and sum(
        1 for one, two in zip(token, other, strict=False) if one != two
    ) <= len(other) // 2
