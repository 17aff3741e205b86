"""The words of the field that ship with Codeglot: tables beside this module, so that a new language adds words, not code."""

import tomllib
from importlib import resources
from typing import Any, Final

import msgspec
from msgspec import Struct


class _Said(Struct, frozen=True, forbid_unknown_fields=True):
    """What documents of one language say; ``words.toml`` tells what each kind of word is."""

    labels: frozenset[str] = frozenset()
    errors: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    bare: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()
    ranges: frozenset[str] = frozenset()
    asks: frozenset[str] = frozenset()
    joins: frozenset[str] = frozenset()


class _Grammar(Struct, frozen=True, forbid_unknown_fields=True):
    narrowed_behind: frozenset[str]


class _CellWords(Struct, frozen=True, forbid_unknown_fields=True):
    grades: frozenset[str]
    faults: frozenset[str]
    about: frozenset[str]
    bounds: frozenset[str]
    types: frozenset[str]


class _NameWords(Struct, frozen=True, forbid_unknown_fields=True):
    faults: frozenset[str]
    sure_faults: frozenset[str]
    states: frozenset[str]
    variables: frozenset[str]
    fields: frozenset[str]
    acts: frozenset[str]
    ends: frozenset[str]
    measures: frozenset[str]
    tickets: frozenset[str]
    posix: frozenset[str]


class _Shipped(Struct, frozen=True, forbid_unknown_fields=True):
    languages: dict[str, _Said]
    grammar: _Grammar
    cells: _CellWords
    names: _NameWords


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))


HEADERS: Final = msgspec.convert(_read("headers.toml"), dict[str, dict[str, tuple[str, ...]]])
"""For each language the words that head columns, by kind (see ``headers.toml``)."""
_WORDS: Final = msgspec.convert(_read("words.toml"), _Shipped)
GRAMMAR: Final = _WORDS.grammar
CELLS: Final = _WORDS.cells
"""Words in the cells of tables."""
NAMES: Final = _WORDS.names
"""Words in the identifiers of programs."""


def in_any_language(kind: str) -> frozenset[str]:
    """The words of one kind that documents of any language say (see ``words.toml``)."""
    return frozenset[str]().union(*(getattr(words, kind) for words in _WORDS.languages.values()))
