"""The links in no language: every spelling of every code, and the pages each of them means."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
from generator.pages import Page, Plan
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


class Asked(Struct, frozen=True, array_like=True):
    """What the segments of addresses ask for, as far as one product has it; there are several for each code."""

    codes: dict[str, int]
    """For each segment the first of the product's codes that it means, by its place in :attr:`Share.codes`."""
    several: dict[str, tuple[int, ...]]
    """For the few segments that mean several codes the places of all of them, in ascending order."""
    texts: dict[str, str]
    """What to call it where that is not the segment itself."""

    def places(self, segment: str) -> tuple[int, ...]:
        """Of all codes that a segment means; KeyError where it means none."""
        return self.several.get(segment) or (self.codes[segment],)

    def text(self, segment: str) -> str:
        """What to call it."""
        return self.texts.get(segment, segment)


class Candidate(Struct, frozen=True, array_like=True):
    """A code that addresses may mean."""

    target: NeutralTarget
    retired: bool
    former: int = 0
    """For a code that no document of the product lists any more, which of all such codes of the site it is, counted from 1:
    they come after all that are listed."""


class Share(Struct, frozen=True, array_like=True):
    """The links in no language that one product has a claim to."""

    product: ProductId
    codes: tuple[Candidate, ...]
    """In the catalog's order, behind them those that no document lists any more."""
    own: Asked
    """What is asked for below the product's own word: ``7006`` for ``e/gme/7006/``. No other product has these."""
    open: Asked
    """What is asked for of any product: ``7006`` for ``e/7006/``."""


Titles = Mapping[str, Mapping[Locale, str]]
"""What to call pages in links, by path and locale."""


def catalog_codes(catalog: Catalog, meant: Iterable[tuple[ProductId, str, str]] = ()) -> tuple[NeutralCode, ...]:
    """The codes of ``catalog``; ``meant`` are right spellings of names: product, name as shipped, name as meant."""
    right: dict[tuple[ProductId, str], list[str]] = {}
    for product, name, spelled in meant:
        right.setdefault((product, name), []).append(spelled)
    return tuple(code for product in catalog.products for code in _of_product(product, right))


def _of_product(product: Product, meant: Mapping[tuple[ProductId, str], Iterable[str]]) -> Iterator[NeutralCode]:
    newest, several = product.editions[0].id, len(product.editions) > 1
    for code in meanings.codes(product):
        entries = code.entries
        # Nearly always all rows have the same name.
        written = dict.fromkeys([entry.name for entry in entries])
        names = dict.fromkeys("".join(name.split()) for name in written if name.strip())
        for name in tuple(names):
            names.update(dict.fromkeys(meant.get((product.id, name), ())))
        retired = several and all(entry.edition != newest for entry in entries)
        yield NeutralCode(code.path, product.id, code.code, tuple(names), retired)


def neutral_links(
    codes: Iterable[NeutralCode], plan: Plan, spec: SiteSpec, moved: Iterable[tuple[str, str]] = ()
) -> tuple[NeutralLink, ...]:
    """The links for ``codes``, by their addresses: by number in both bases, by product and number, and by name.

    An address that several codes can mean has one page that lists them all, those still in use first. ``moved`` are
    further addresses, each with the page or the other link it has come to mean: ``("e/old_name/", "gme/7006/")``.
    """
    listed: dict[ProductId, list[NeutralCode]] = {}
    former: dict[ProductId, list[tuple[int, NeutralCode]]] = {}
    late, last = 0, None
    for code in codes:
        # What comes after another product's is taken for a former code: of these alone the order is one of all products.
        if late or (code.product != last and code.product in listed):
            late += 1
            former.setdefault(code.product, []).append((late, code))
        else:
            listed.setdefault(code.product, []).append(code)
            last = code.product
    called, locales = titles(plan.pages), tuple(locale.locale for locale in spec.locales)
    shares = {
        product: of_product(product, listed.get(product, ()), former.get(product, ()), called, locales)
        for product in (*listed, *(one for one in former if one not in listed))
    }
    contested = shared(share.open.codes for share in shares.values())
    found = {link.path: link for share in shares.values() for link in own_links(share, contested)}
    found |= {link.path: link for link in shared_links(shares, contested)}
    found |= {link.path: link for link in moved_links(moved, shares, called, locales)}
    return tuple(link for _, link in sorted(found.items()))


def titles(pages: Iterable[Page]) -> dict[str, dict[Locale, str]]:
    """What pages are called where links lead to them."""
    found: dict[str, dict[Locale, str]] = {}
    for page in pages:
        product = getattr(page.content, "product", None)
        title = f"{product.text} · {page.title}" if page.code and product else page.title
        found.setdefault(page.path, {})[page.locale] = title
    return found


def of_product(
    product: ProductId,
    codes: Iterable[NeutralCode],
    former: Iterable[tuple[int, NeutralCode]],
    called: Titles,
    locales: Iterable[Locale],
) -> Share:
    """The links that a product has a claim to.

    ``codes`` are those that its documents list, in the catalog's order. ``former`` are those with a tombstone or whose page
    has moved, each with its number among all of the site, from 1. ``called`` has the titles of the pages of both (a page may
    have moved to another product), ``locales`` are the site's, in order. It depends on nothing else.
    """
    numbered = [*((0, code) for code in codes), *former]
    order = tuple(locales)
    single = {code.code.value for _, code in numbered if isinstance(code.code, IntegerCode)}
    own = [
        (place, segment, text)
        for place, (_, code) in enumerate(numbered)
        for segment, text in _segments(code.code, single)
    ]
    named = ((place, word_slug(name), name) for place, (_, code) in enumerate(numbered) for name in code.names)
    return Share(
        product,
        tuple(Candidate(_target(code.path, called, order), code.retired, number) for number, code in numbered),
        _asked(own),
        # Of one code what it is called by its spelling comes before its names.
        _asked(sorted((*own, *named), key=lambda claim: claim[0])),
    )


def shared(products: Iterable[Iterable[str]]) -> frozenset[str]:
    """The segments that more than one product has a claim to, of the segments of each one's :attr:`Share.open`."""
    seen: set[str] = set()
    found: set[str] = set()
    for segments in map(frozenset, products):
        found |= segments & seen
        seen |= segments
    return frozenset(found)


def paths(shares: Mapping[ProductId, Share]) -> Iterator[str]:
    """The addresses of all links but those that have moved; one to which several products have a claim comes repeatedly."""
    for product, share in shares.items():
        for segment in share.own.codes:
            yield neutral_path(product, segment)
        for segment in share.open.codes:
            yield neutral_path(segment)


def own_links(share: Share, contested: Collection[str]) -> Iterator[NeutralLink]:
    """The links that mean codes of one product alone; ``contested`` are the segments to which others have a claim, too.

    The address of one that has moved (:func:`moved_links`) may be among them; there the other holds.
    """
    for segment in share.own.codes:
        yield _own_link(share, segment)
    for segment in share.open.codes:
        if segment not in contested:
            yield _open_link(segment, (share,))


def shared_links(shares: Mapping[ProductId, Share], contested: Iterable[str]) -> Iterator[NeutralLink]:
    """The links that mean codes of several products, of all of them in the catalog's order."""
    every = tuple(shares.values())
    for segment in sorted(contested):
        yield _open_link(segment, every)


def moved_links(
    moved: Iterable[tuple[str, str]], shares: Mapping[ProductId, Share], called: Titles, locales: Iterable[Locale]
) -> Iterator[NeutralLink]:
    """The links at further addresses, each given with the page or the other link it has come to mean.

    ``called`` has the titles of those pages.
    """
    order, earlier = tuple(locales), dict[str, NeutralLink]()
    for address, path in moved:
        meant = earlier.get(path) or _at(path, shares)
        targets = meant.targets if meant else (_target(path, called, order),)
        earlier[address] = NeutralLink(address, address.rstrip("/").rpartition("/")[2], targets)
    yield from earlier.values()


def _at(address: str, shares: Mapping[ProductId, Share]) -> NeutralLink | None:
    """The link at an address; ``None`` where there is none."""
    match address.split("/"):
        case ["e", segment, ""]:
            having = tuple(share for share in shares.values() if segment in share.open.codes)
            return _open_link(segment, having) if having else None
        case ["e", product, segment, ""] if product in shares and segment in shares[ProductId(product)].own.codes:
            return _own_link(shares[ProductId(product)], segment)
        case _:
            return None


def _own_link(share: Share, segment: str) -> NeutralLink:
    claims = _claims(share, 0, share.own.places(segment))
    return _link(neutral_path(share.product, segment), share.own.text(segment), claims)


def _open_link(segment: str, shares: Sequence[Share]) -> NeutralLink:
    """What a segment means of any product; at least one of ``shares`` has it."""
    having = [(number, share) for number, share in enumerate(shares) if segment in share.open.codes]
    claims = [_claims(share, number, share.open.places(segment)) for number, share in having]
    # It is called as the first of all codes calls it, retired or not.
    _, first = min((listed[0].order, place) for place, listed in enumerate(claims))
    text = having[first][1].open.text(segment)
    return _link(neutral_path(segment), text, [claim for listed in claims for claim in listed])


class _Claim(Struct, frozen=True):
    """How good a claim a code has to an address."""

    retired: bool
    order: tuple[int, int, int]
    """Its place among all codes of the site."""
    target: NeutralTarget


def _claims(share: Share, position: int, places: Iterable[int]) -> list[_Claim]:
    """Of the product at ``position`` in the catalog."""
    found = []
    for place in places:
        code = share.codes[place]
        found.append(_Claim(code.retired, (1, 0, code.former) if code.former else (0, position, place), code.target))
    return found


def _link(address: str, text: str, claims: Sequence[_Claim]) -> NeutralLink:
    if len(claims) == 1:
        return NeutralLink(address, text, (claims[0].target,))
    best: dict[str, NeutralTarget] = {}
    for claim in sorted(claims, key=lambda claim: (claim.retired, claim.order)):
        best.setdefault(claim.target.path, claim.target)
    return NeutralLink(address, text, tuple(best.values()))


def _asked(claims: Iterable[tuple[int, str, str]]) -> Asked:
    """Of places, segments and texts, in the order of the places; the first text for a segment holds."""
    found: dict[str, tuple[str, dict[int, None]]] = {}
    for place, segment, text in claims:
        found.setdefault(segment, (text, {}))[1][place] = None
    return Asked(
        {segment: next(iter(places)) for segment, (_, places) in found.items()},
        {segment: tuple(places) for segment, (_, places) in found.items() if len(places) > 1},
        {segment: text for segment, (text, _) in found.items() if text != segment},
    )


def _target(path: str, called: Titles, order: Iterable[Locale]) -> NeutralTarget:
    known = called.get(path, {})
    return NeutralTarget(path, tuple((locale, known[locale]) for locale in order if locale in known))


def _segments(code: Code, single: Collection[int]) -> Iterator[tuple[Slug, str]]:
    """What stands for a code in addresses, and what to call it there.

    ``single`` are numbers that are codes of their own: to these a range or a list that holds them has no claim.
    """
    yield from spellings(code)
    for member in _members(code):
        if member not in single:
            for segment in _spellings_of(member):
                yield segment, segment


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
