"""The links in no language: every spelling of every code, and the pages each of them means."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, assert_never

from msgspec import Struct

from generator import addresses, meanings
from generator.addresses import neutral_path, word_slug
from generator.model import (
    Catalog,
    Code,
    CodeList,
    CodeRange,
    IntegerCode,
    Locale,
    Product,
    ProductId,
    Slug,
    SymbolCode,
)
from generator.pages import Plan
from generator.site.values import NeutralLink, NeutralTarget, SiteSpec

_MOST_MEMBERS: Final = 256
"""Codes of a range that have links of their own; of a wider one the two ends have, and the 404 page finds the rest."""

_WORD: Final = 2**32
_SIGN: Final = 2**31


class NeutralCode(Struct, frozen=True):
    """A code as far as its links are concerned."""

    path: str
    """The page below a locale's prefix: ``gme/7006/``."""
    product: ProductId
    code: Code
    names: tuple[str, ...] = ()
    """All names it has, had or is meant to have."""
    retired: bool = False

    @property
    def slug(self) -> Slug:
        """The segment of an address that stands for the code."""
        return addresses.slug(self.code)


class _Claim(Struct, frozen=True, order=True):
    """How good a claim a page has to an address; the least is the best."""

    retired: bool
    number: int
    path: str


def catalog_codes(catalog: Catalog, meant: Iterable[tuple[ProductId, str, str]] = ()) -> tuple[NeutralCode, ...]:
    """The codes of ``catalog``; ``meant`` are right spellings of names: product, name as shipped, name as meant."""
    right: dict[tuple[ProductId, str], list[str]] = {}
    for product, name, spelled in meant:
        right.setdefault((product, name), []).append(spelled)
    return tuple(code for product in catalog.products for code in _of_product(product, right))


def _of_product(product: Product, meant: Mapping[tuple[ProductId, str], Iterable[str]]) -> Iterator[NeutralCode]:
    newest = product.editions[0].id
    for code in meanings.codes(product):
        names = dict.fromkeys("".join(entry.name.split()) for entry in code.entries if entry.name.strip())
        for name in tuple(names):
            names.update(dict.fromkeys(meant.get((product.id, name), ())))
        retired = all(entry.edition != newest for entry in code.entries)
        yield NeutralCode(code.path, product.id, code.code, tuple(names), retired)


def neutral_links(
    codes: Iterable[NeutralCode], plan: Plan, spec: SiteSpec, moved: Iterable[tuple[str, str]] = ()
) -> tuple[NeutralLink, ...]:
    """The links for ``codes``, by their addresses: by number in both bases, by product and number, and by name.

    An address that several codes can mean has one page that lists them all, those still in use first. ``moved`` are
    further addresses, each with the page or the other link it has come to mean: ``("e/old_name/", "gme/7006/")``.
    """
    codes = tuple(codes)
    single = {(code.product, code.code.value) for code in codes if isinstance(code.code, IntegerCode)}
    asked: dict[str, tuple[str, set[_Claim]]] = {}
    for number, code in enumerate(codes):
        claim = _Claim(code.retired, number, code.path)
        for address, text in _addresses(code, single):
            asked.setdefault(address, (text, set()))[1].add(claim)
    for number, (address, path) in enumerate(moved, start=len(codes)):
        text = address.rstrip("/").rpartition("/")[2]
        asked[address] = text, asked[path][1] if path in asked else {_Claim(True, number, path)}
    titles = _titles(plan)
    order = tuple(locale.locale for locale in spec.locales)
    return tuple(
        NeutralLink(address, text, tuple(_target(path, titles.get(path, {}), order) for path in _distinct(claims)))
        for address, (text, claims) in sorted(asked.items())
    )


def _distinct(claims: Iterable[_Claim]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(claim.path for claim in sorted(claims)))


def _target(path: str, titles: Mapping[Locale, str], order: Iterable[Locale]) -> NeutralTarget:
    return NeutralTarget(path, tuple((locale, titles[locale]) for locale in order if locale in titles))


def _titles(plan: Plan) -> dict[str, dict[Locale, str]]:
    found: dict[str, dict[Locale, str]] = {}
    for page in plan.pages:
        product = getattr(page.content, "product", None)
        title = f"{product.text} · {page.title}" if page.code and product else page.title
        found.setdefault(page.path, {})[page.locale] = title
    return found


def _addresses(code: NeutralCode, single: set[tuple[ProductId, int]]) -> Iterator[tuple[str, str]]:
    """Every address of a code, and what to call it there."""
    for segment, text in spellings(code.code):
        yield neutral_path(segment), text
        yield neutral_path(code.product, segment), text
    for member in _members(code.code):
        if (code.product, member) not in single:
            for segment in _spellings_of(member):
                yield neutral_path(segment), segment
                yield neutral_path(code.product, segment), segment
    for name in code.names:
        yield neutral_path(word_slug(name)), name


def spellings(code: Code) -> Iterator[tuple[Slug, str]]:
    """The segments of an address that stand for ``code`` itself, each with what to call the code there."""
    match code:
        case IntegerCode(value=value):
            for segment in _spellings_of(value):
                yield segment, segment
        case SymbolCode(text=text) | CodeRange(text=text) | CodeList(text=text):
            yield addresses.slug(code), text
        case _:
            assert_never(code)


def _spellings_of(value: int) -> Iterator[Slug]:
    """A number in decimal and hexadecimal, and as logs print it that take 32 bits with a sign for ones without."""
    yield Slug(str(value))
    yield Slug(f"{value:#x}")
    if -_SIGN <= value < 0:
        yield Slug(f"{value + _WORD:#x}")
    elif _SIGN <= value < _WORD:
        yield Slug(str(value - _WORD))


def _members(code: Code) -> Iterable[int]:
    match code:
        case CodeList(values=values):
            return values
        case CodeRange(first=first, last=last):
            return range(first, last + 1) if last - first < _MOST_MEMBERS else (first, last)
        case IntegerCode() | SymbolCode():
            return ()
        case _:
            assert_never(code)
