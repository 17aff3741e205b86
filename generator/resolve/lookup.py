"""The codes arranged for looking up: by number, by name, by what surrounds a number."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from generator.model import ProductId
from generator.resolve.standing import SMALLEST_BARE
from generator.resolve.values import IndexedCode

_PLAIN: Final = re.compile(r"[^A-Z0-9]+")
_INNER_CAPITAL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NUMBER: Final = re.compile(r"(?<![a-z_])[0-9][0-9a-fx]*")
_NO_WORDS: Final = " \n#:=,.?!-"
_LONGEST_QUERY: Final = 100
"""Characters of a text that may be the beginning of a title and a number."""
HEAD: Final = 4
"""Characters by which a word that begins no name is told quickly."""
_NEIGHBOURS: Final = 4
_REACH: Final = 100
"""How far off a code may be and still be a neighbour, whatever the distance of the nearest."""
_WORD_SIZE: Final = 1 << 32


def plain(name: str) -> str:
    """The letters and digits of a name alone, in capitals: ``av-err timeout`` and ``AV_ERR_TIMEOUT`` are one."""
    return _PLAIN.sub("", upper(name))


def upper(text: str) -> str:
    """ASCII letters in capitals, all else as it is."""
    if text.isascii():
        return text.upper()
    return "".join(chr(ord(character) - 32) if "a" <= character <= "z" else character for character in text)


def parts(name: str) -> tuple[str, ...]:
    """The words a name is made of, in capitals: at its separators and before inner capitals."""
    return tuple(part for part in _PLAIN.split(upper(_INNER_CAPITAL.sub("_", name))) if part)


class Lookup:
    """One index, arranged. Built once for an index and never changed."""

    def __init__(self, index: tuple[IndexedCode, ...]) -> None:
        """Arrange ``index``; its order decides between codes that are equally likely."""
        self.codes = index
        self.order = {code.path: position for position, code in enumerate(index)}
        self.products = frozenset(lower_product(code.product) for code in index)
        self.titles = {lower_product(code.product): code.titles for code in index}
        self.mentions = tuple(
            (product, _mention((product, *self.titles[product]))) for product in sorted(self.products)
        )
        """For each product, what names it in a folded text, with the mark that may tie it to a number."""
        self.names: dict[str, list[str]] = {}
        self.former: dict[str, list[str]] = {}
        self.spellings: dict[str, list[str]] = {}
        self.longest = 0
        """Length of the longest plain name."""
        self.heads: set[str] = set()
        """How plain names begin: their first characters, one to four of them."""
        self._by_path = {code.path: code for code in index}
        self._by_value: dict[int, list[str]] = {}
        self._ranges = tuple(code for code in index if code.bounds)
        self._sorted: dict[ProductId, list[tuple[int, str]]] = {}
        for code in index:
            for value in code.values:
                self._by_value.setdefault(value, []).append(code.path)
                self._sorted.setdefault(code.product, []).append((value, code.path))
            if code.bounds:
                self._sorted.setdefault(code.product, []).append((code.bounds[0], code.path))
            for name in (*code.names, *((code.symbol,) if code.symbol else ()), *code.meant):
                self._name(self.names, name, code.path)
            for name in code.former:
                self._name(self.former, name, code.path)
        for pairs in self._sorted.values():
            pairs.sort(key=lambda pair: (pair[0], self.order[pair[1]]))

    def __getitem__(self, path: str) -> IndexedCode:
        return self._by_path[path]

    def __contains__(self, path: object) -> bool:
        return path in self._by_path

    def ranked(self, paths: Iterable[str], favoured: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """``paths``, each once: those of favoured products first, retired ones last, else as in the index."""
        return tuple(
            sorted(
                dict.fromkeys(paths),
                key=lambda path: (
                    lower_product(self[path].product) not in favoured,
                    self[path].retired,
                    self.order[path],
                ),
            )
        )

    def number(self, value: int, products: frozenset[str], *, signs: bool = True) -> tuple[str, ...]:
        """The codes that a number means, in ``products`` (lower case) alone unless that is empty.

        Failing an exact one: the same 32 bits read with or without sign, then, with ``signs``, the same number with
        the other sign, because programs print codes both ways, and negative ones as unsigned.
        """
        wrapped = value - _WORD_SIZE if value >= 0 else value + _WORD_SIZE
        within_word = min(value, wrapped) >= -(_WORD_SIZE // 2) and max(value, wrapped) < _WORD_SIZE
        others = (-value, *((-wrapped,) if within_word and abs(wrapped) >= SMALLEST_BARE else ())) if signs else ()
        for candidate in (value, *((wrapped,) if within_word else ()), *others):
            found = [path for path in self._exact(candidate) if self._wanted(path, products)]
            if found:
                return self.ranked(found)
        return ()

    def mentioned(self, text: str) -> frozenset[str]:
        """The products that a folded text names, by their id or a title of theirs, or by how a title begins."""
        rest = _NUMBER.sub(" ", text).strip(_NO_WORDS) if len(text) <= _LONGEST_QUERY else ""
        return frozenset(
            product
            for product, mention in self.mentions
            if mention.search(text) or any(_begins(title, rest) for title in self.titles[product])
        )

    def neighbours(self, value: int, products: frozenset[str]) -> tuple[str, ...]:
        """Paths of the codes nearest to ``value``, below and above in each product, in ascending order; at most 4.

        A code that is more than twice as far off as the nearest stands in another block and is none.
        """
        near: list[tuple[int, int, str]] = []
        for product, pairs in self._sorted.items():
            if products and lower_product(product) not in products:
                continue
            position = bisect_left(pairs, value, key=lambda pair: pair[0])
            near += [(abs(pair[0] - value), pair[0], pair[1]) for pair in pairs[max(position - 1, 0) : position + 1]]
        near.sort(key=lambda found: (found[0], found[1], self.order[found[2]]))
        reach = max(_REACH, 2 * near[0][0]) if near else 0
        within = [found for found in near[:_NEIGHBOURS] if found[0] <= reach]
        chosen = sorted(within, key=lambda found: (found[1], self.order[found[2]]))
        return tuple(dict.fromkeys(found[2] for found in chosen))

    def _exact(self, value: int) -> list[str]:
        ranges = [code.path for code in self._ranges if code.bounds and code.bounds[0] <= value <= code.bounds[1]]
        return [*self._by_value.get(value, ()), *ranges]

    def _wanted(self, path: str, products: frozenset[str]) -> bool:
        return not products or lower_product(self[path].product) in products

    def _name(self, table: dict[str, list[str]], name: str, path: str) -> None:
        key = plain(name)
        if not key or key.isdigit():
            return
        paths = table.setdefault(key, [])
        if path not in paths:
            paths.append(path)
        spellings = self.spellings.setdefault(key, [])
        if name not in spellings:
            spellings.append(name)
        self.longest = max(self.longest, len(key))
        self.heads.update(key[:length] for length in range(1, HEAD + 1))


def _mention(names: Iterable[str]) -> re.Pattern[str]:
    every = "|".join(
        f"{'(?<![a-z0-9])' if name[0].isascii() else ''}{re.escape(name)}"
        f"{'(?![a-z]|[0-9]{1,2}(?![0-9]))' if name[-1].isascii() else ''}"
        for name in sorted(names, key=lambda name: (-len(name), name))
    )
    return re.compile(rf"(?:{every})[-_:/#]?")


def _begins(title: str, words: str) -> bool:
    return len(words) > 1 and title.startswith(words) and not re.match(r"[a-z0-9]{2}", title[len(words) - 1 :])


def lower_product(product: ProductId) -> str:
    """A product as it reads in folded text."""
    return product.lower()


@lru_cache(maxsize=8)
def arranged(index: tuple[IndexedCode, ...]) -> Lookup:
    """The lookup for an index, made once."""
    return Lookup(index)
