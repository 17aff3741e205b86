"""The addresses that were published and never die: the list of them, and what became of the ones whose page is gone.

``permalinks.json`` lists every address that people or programs can have kept: the pages below a locale's prefix (the
products', sections', codes' and rules', home, search and discrepancies), the links in no language, and the locales with
their prefixes. Every page is listed once for all locales, for every locale has every page. Files for machines are not:
their addresses carry a version and follow those of the codes.

``redirects.toml`` says where an address has moved, and keeps the last words of codes that no document lists any more.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct

from generator import addresses
from generator.codes import read_code, read_number, symbol
from generator.errors import CodeglotError
from generator.model import Code, Locale, ProductId, Slug
from generator.reading import read_file
from generator.toml import Fail, KeyPath, read_toml

PERMALINKS_FILE: Final = "permalinks.json"
REDIRECTS_FILE: Final = "redirects.toml"

_ADDRESS: Final = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/|-?[0-9]+\.\.-?[0-9]+/)+")
_OWN: Final = frozenset({"api", "assets"})
_MOST: Final = 10
"""Lost addresses that an error names."""


class Permalinks(Struct, frozen=True, forbid_unknown_fields=True):
    """Addresses, as listed or as a build would make them."""

    locales: dict[Locale, str]
    """What every address of a locale begins with: empty for the source locale, else ``en/``."""
    neutral: tuple[str, ...]
    """The links in no language: ``e/7006/``."""
    pages: tuple[str, ...]
    """The pages below a locale's prefix: ``gme/7006/``; empty for the home page."""


class Lost(Struct, frozen=True):
    """A listed address that a build would not make."""

    address: str
    why: str


class Redirect(Struct, frozen=True):
    """One ``[[redirects]]``."""

    source: str
    """``from``: the address that was."""
    target: str
    """``to``: the address of the page to see instead."""
    line: int


class Tombstone(Struct, frozen=True):
    """One ``[[tombstones]]``: the last words of a code that no document lists any more."""

    product: ProductId
    code: Code
    name: str
    text: tuple[tuple[Locale, str], ...]
    """What the code meant, in each locale that had a text for it."""
    replaced_by: str
    """The code to use instead, as ``product/code`` in any spelling; empty where there is none."""
    reason: str
    line: int

    @property
    def slug(self) -> Slug:
        """The segment of an address that stands for the code."""
        return addresses.slug(self.code)

    @property
    def path(self) -> str:
        """The address of its page below the locale's prefix."""
        return addresses.code_path(self.product, self.code)


class Gone(Struct, frozen=True):
    """What ``redirects.toml`` declares."""

    path: str = ""
    redirects: tuple[Redirect, ...] = ()
    tombstones: tuple[Tombstone, ...] = ()


class _RedirectFile(Struct, frozen=True, forbid_unknown_fields=True):
    source: str = msgspec.field(name="from")
    target: str = msgspec.field(name="to")
    reason: str


class _TombstoneFile(Struct, frozen=True, forbid_unknown_fields=True):
    product: ProductId
    code: str | int
    text: dict[Locale, str]
    reason: str
    name: str = ""
    replaced_by: str | int = ""


class _GoneFile(Struct, frozen=True, forbid_unknown_fields=True):
    redirects: tuple[_RedirectFile, ...] = ()
    tombstones: tuple[_TombstoneFile, ...] = ()


# The list.


def read(path: Path) -> Permalinks:
    """The list at ``path``.

    Raises CodeglotError, with the line where there is one, where it cannot be read or is no such list.
    """
    hint = "take it from Git as it was, then run `codeglot permalinks --update`"
    try:
        return msgspec.convert(json.loads(read_file(path), object_pairs_hook=_once), Permalinks)
    except OSError as error:
        raise CodeglotError(f"cannot be read: {error.strerror}", path=str(path)) from error
    except json.JSONDecodeError as error:
        raise CodeglotError(f"is no valid JSON: {error.msg}", path=str(path), line=error.lineno, hint=hint) from error
    except (msgspec.ValidationError, UnicodeDecodeError, RecursionError) as error:
        raise CodeglotError(f"is no list of permalinks: {error}", path=str(path), hint=hint) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys are all different: of two lists, as a merge may leave them, one would be lost unseen."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise msgspec.ValidationError(f"Object contains `{key}` twice")
        found[key] = value
    return found


def text(listed: Permalinks) -> str:
    """The list as a file: sorted, one address a line, the same bytes every time."""
    tree = {
        "locales": dict(sorted(listed.locales.items())),
        "neutral": sorted(set(listed.neutral)),
        "pages": sorted(set(listed.pages)),
    }
    return json.dumps(tree, ensure_ascii=False, indent=1) + "\n"


def joined(listed: Permalinks, offered: Permalinks) -> Permalinks:
    """The list with what is new; nothing is ever taken out of it, and no locale's prefix is changed."""
    return Permalinks(
        {**offered.locales, **listed.locales},
        tuple(sorted({*listed.neutral, *offered.neutral})),
        tuple(sorted({*listed.pages, *offered.pages})),
    )


def unlisted(listed: Permalinks, offered: Permalinks) -> tuple[str, ...]:
    """The addresses that a build makes and the list does not have."""
    return (
        *sorted(f"{prefix or '/'}" for locale, prefix in offered.locales.items() if locale not in listed.locales),
        *sorted({*offered.neutral} - {*listed.neutral}),
        *sorted({*offered.pages} - {*listed.pages}),
    )


def lost(listed: Permalinks, offered: Permalinks) -> tuple[Lost, ...]:
    """The addresses of the list that a build would not make, and why."""
    neutral, pages = frozenset(offered.neutral), frozenset(offered.pages)
    return (
        *(
            Lost(prefix or "/", _why_locale(locale, offered.locales))
            for locale, prefix in sorted(listed.locales.items())
            if offered.locales.get(locale) != prefix
        ),
        *(Lost(one, _why_neutral(one)) for one in sorted(listed.neutral) if one not in neutral),
        *(Lost(one or "/", _why_page(one)) for one in sorted(listed.pages) if one not in pages),
    )


def hold(path: Path, listed: Permalinks, offered: Permalinks) -> None:
    """Keep the promise.

    Raises CodeglotError, with the first lines of the list, where a build would lose addresses.
    """
    gone = lost(listed, offered)
    if not gone:
        return
    lines = _lines(path)
    named = [f"  line {lines.get(one.address, 1)}: {one.address} ({one.why})" for one in gone[:_MOST]]
    if len(gone) > _MOST:
        named.append(f"  and {len(gone) - _MOST} more; `codeglot permalinks` lists them all")
    count = "a published address" if len(gone) == 1 else f"{len(gone)} published addresses"
    hint = (
        f"say in {path.with_name(REDIRECTS_FILE)} where each has gone ([[redirects]]) or what the code last said"
        " ([[tombstones]]); CONTRIBUTING.md shows how"
    )
    if any(listed.locales.get(locale) != offered.locales.get(locale) for locale in listed.locales):
        hint = "keep the locales and the source locale: every address of a locale begins with its prefix"
    raise CodeglotError(
        "\n".join([f"this build would lose {count}; nothing was written", *named]),
        path=str(path),
        line=lines.get(gone[0].address, 1),
        hint=hint,
    )


def _lines(path: Path) -> Mapping[str, int]:
    """The line of each address; that of a locale's prefix is the locale's."""
    found: dict[str, int] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").split("\n"), start=1):
        strings = re.findall(r'"((?:[^"\\]|\\.)*)"', line)
        if strings and not line.rstrip().endswith(("[", "{")):
            found.setdefault(strings[-1] or "/", number)
    return found


def _why_locale(locale: Locale, offered: Mapping[Locale, str]) -> str:
    if locale not in offered:
        return f"the locale {locale} is declared no more"
    return f"the locale {locale} would lie at {offered[locale] or '/'}, for the source locale is another"


def _why_neutral(address: str) -> str:
    spelled = address.rstrip("/").rpartition("/")[2]
    if read_number(spelled):
        return "no code is spelled so any more"
    return "no code has, had or is meant to have this name any more"


def _why_page(address: str) -> str:
    first, _, rest = address.partition("/")
    if first == "rules" and rest:
        return "there is no such rule any more"
    if rest.startswith("sections/"):
        return "no section begins with this code any more"
    if rest:
        return "no document lists this code any more"
    return "there is no such product or page any more"


# What became of the rest.


def gone(folder: Path, products: Collection[ProductId], locales: Collection[Locale]) -> Gone:
    """What ``redirects.toml`` in ``folder`` declares; nothing where there is no such file.

    Raises CodeglotError, with the file and line, for what is wrong in itself.
    """
    path = folder / REDIRECTS_FILE
    if not path.exists():
        return Gone()
    read, fail = read_toml(path, _GoneFile), Fail(path)
    redirects: dict[str, Redirect] = {}
    for number, one in enumerate(read.redirects):
        place: KeyPath = ("redirects", number)
        _reason(one.reason, place, fail)
        _address(one.source, (*place, "from"), locales, fail)
        if one.target:
            _address(one.target, (*place, "to"), locales, fail)
        if one.source in redirects:
            raise fail((*place, "from"), f"{one.source} is redirected twice")
        redirects[one.source] = Redirect(one.source, one.target, fail.line(place))
    tombstones: dict[str, Tombstone] = {}
    for number, stone in enumerate(read.tombstones):
        place = ("tombstones", number)
        made = _tombstone(stone, place, products, locales, fail)
        if made.path in tombstones:
            raise fail(place, f"{made.path} has two tombstones")
        tombstones[made.path] = made
    return Gone(str(path), tuple(redirects.values()), tuple(tombstones.values()))


def _address(address: str, place: KeyPath, locales: Collection[Locale], fail: Fail) -> None:
    if not _ADDRESS.fullmatch(address):
        raise fail(place, f"{address!r} is no address of this site", 'write it as permalinks.json does: "gme/7006/"')
    first = address.partition("/")[0]
    if first in _OWN:
        raise fail(place, f"{address!r} is no page but a file of the site")
    if first in locales:
        raise fail(place, f"{address!r} names a locale", f'leave out "{first}/": it holds for every locale')


def _tombstone(
    stone: _TombstoneFile, place: KeyPath, products: Collection[ProductId], locales: Collection[Locale], fail: Fail
) -> Tombstone:
    _reason(stone.reason, place, fail)
    if stone.product not in products:
        raise fail((*place, "product"), f"unknown product {stone.product!r}", f"there are {', '.join(products)}")
    code = read_code(str(stone.code))
    if code is None:
        raise fail((*place, "code"), f"{stone.code!r} is no code")
    for locale in stone.text:
        if locale not in locales:
            raise fail((*place, "text", locale), f"unknown locale {locale!r}", f"there are {', '.join(locales)}")
    if not any(said.strip() for said in stone.text.values()):
        raise fail((*place, "text"), "no text is given", "give the code's last text, one for each locale that had one")
    other, _, spelled = str(stone.replaced_by).rpartition("/")
    if spelled and read_code(spelled) is None:
        raise fail((*place, "replaced_by"), f"{stone.replaced_by!r} is no code")
    return Tombstone(
        product=stone.product,
        code=code,
        name=stone.name,
        text=tuple((locale, stone.text[locale]) for locale in locales if stone.text.get(locale, "").strip()),
        replaced_by=f"{other or stone.product}/{spelled}" if spelled else "",
        reason=stone.reason,
        line=fail.line(place),
    )


def _reason(reason: str, place: KeyPath, fail: Fail) -> None:
    if not reason.strip():
        raise fail((*place, "reason"), "reason is empty", "say why the address has gone")


def replacement(said: str) -> str:
    """The page of a code named as ``product/code`` in any spelling, below the locale's prefix."""
    product, _, spelled = said.rpartition("/")
    return addresses.code_path(ProductId(product), read_code(spelled) or symbol(spelled))


def check_tombstones(gone: Gone, pages: Collection[str]) -> None:
    """See that every tombstone is of a code that is gone; ``pages`` are those that documents and the site give.

    Raises CodeglotError, with the file and line, for one of a code that is listed, or whose replacement is no page.
    """
    stones = {one.path for one in gone.tombstones}
    for one in gone.tombstones:
        if one.path in pages:
            hint = "take the tombstone out"
            raise CodeglotError(f"{one.path} is the page of a listed code", path=gone.path, line=one.line, hint=hint)
        if one.replaced_by and (replacement(one.replaced_by) not in {*pages, *stones} - {one.path}):
            raise CodeglotError(f"there is no code {one.replaced_by} to replace it", path=gone.path, line=one.line)


def moved_pages(gone: Gone, pages: Collection[str]) -> tuple[tuple[str, str], ...]:
    """The addresses of pages that have moved, each with the page to see instead, by address; ``pages`` are all there are.

    Raises CodeglotError, with the file and line, for one that still has a page, leads to none, or in a circle.
    """
    return _moved(gone, pages, [one for one in gone.redirects if not _is_neutral(one.source)])


def moved_links(gone: Gone, pages: Collection[str], neutral: Collection[str]) -> tuple[tuple[str, str], ...]:
    """Likewise the links in no language; each leads to a page or to another such link."""
    return _moved(gone, {*pages, *neutral}, [one for one in gone.redirects if _is_neutral(one.source)])


def _moved(gone: Gone, live: Collection[str], redirects: Iterable[Redirect]) -> tuple[tuple[str, str], ...]:
    by_source = {one.source: one for one in gone.redirects}
    # On a system where case does not count, the one would lie over the other.
    taken = {path.lower(): path for path in live}
    found = []
    for one in redirects:
        if one.source.lower() in taken:
            there = taken[one.source.lower()]
            hint = "only an address that is gone can be redirected, and one that differs in case alone is not another"
            raise CodeglotError(f"{there} is a page of this site", path=gone.path, line=one.line, hint=hint)
        way = list(_way(one, by_source, live))
        last = way[-1]
        if last in way[:-1]:
            raise CodeglotError(f"the redirects turn in a circle: {' → '.join(way)}", path=gone.path, line=one.line)
        if last not in live:
            hint = "`codeglot permalinks` and permalinks.json show the addresses there are"
            raise CodeglotError(f"{last} is no page of this site", path=gone.path, line=one.line, hint=hint)
        found.append((one.source, last))
    return tuple(sorted(found))


def _way(start: Redirect, redirects: Mapping[str, Redirect], live: Collection[str]) -> Iterator[str]:
    """The addresses that one redirect leads over, from its own to the last, which is a page or has come before."""
    seen: set[str] = set()
    at = start.source
    while at not in live and at in redirects and at not in seen:
        yield at
        seen.add(at)
        at = redirects[at].target
    yield at


def _is_neutral(address: str) -> bool:
    return address.startswith("e/")


def moved_codes(
    moved: Iterable[tuple[str, str]], products: Collection[ProductId]
) -> tuple[tuple[ProductId, Code, str], ...]:
    """The codes among the moved pages, each with the page to see instead: their links by number move with them."""
    found = []
    for source, target in moved:
        product, _, rest = source.rstrip("/").partition("/")
        if product in products and rest and "/" not in rest:
            found.append((ProductId(product), read_number(rest) or symbol(rest), target))
    return tuple(found)
