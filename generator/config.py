"""The declarations beside the documents (``catalog.toml``, ``errata.toml``) as checked values.

A wrong key, a missing file or an unknown locale is one clear error with the file, the line and the key.
"""

import os
import re
import stat
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Final

from msgspec import Struct

from generator import addresses
from generator.codes import read_code
from generator.declarations import Declarations, OnlyIn, Retired, SameLinks, Shipped
from generator.errors import CodeglotError
from generator.model import (
    Canonical,
    Column,
    EditionId,
    Erratum,
    Locale,
    ProductId,
    SourceSpan,
    SymbolCode,
    canonical,
)
from generator.toml import Fail, KeyPath, read_toml

CATALOG_FILE: Final = "catalog.toml"
ERRATA_FILE: Final = "errata.toml"

_LOCALE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_WORD = re.compile(r"[a-z0-9]+([._-][a-z0-9]+)*")
_RESERVED = frozenset(
    {"api", "assets", "e", "rules", "search", "discrepancies", "404", "404.html"}
    | {"feed.xml", "llms.txt", "opensearch.xml", "robots.txt", "sitemap.xml", "sitemap.xml.gz"}
)
_PUBLISHED = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")


class EditionSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """One ``[[products.editions]]``."""

    id: EditionId
    documents: dict[Locale, str]
    """Path of each locale's document, relative to the folder of ``catalog.toml``."""
    published: str = ""
    """ISO 8601 date to the precision known."""
    dates: dict[Locale, str] = {}
    """Where one locale's document was published at another time than the edition."""


class RetiredSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """One ``[[products.retired]]``: codes that newer editions rightly leave out."""

    codes: tuple[str | int, ...]
    """In any spelling."""
    reason: str
    replaced_by: str | int = ""
    """The code to use instead, in any spelling; ``product/code`` where it is another product's."""


class OnlyInSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """One ``[[products.only_in]]``: codes that only these locales' documents list."""

    locales: tuple[Locale, ...]
    codes: tuple[str | int, ...]
    reason: str


class ShippedSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """One ``[[products.shipped]]``: names that look wrong and are the real ones."""

    names: tuple[str, ...]
    reason: str
    meant: dict[str, str] = {}
    """Names with the right spelling, by which people look for them too."""


class SameLinksSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """One ``[[same_links]]``: beginnings of link targets that lead to the same place."""

    targets: tuple[str, ...]
    reason: str


class ProductSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """One ``[[products]]``."""

    id: ProductId
    title: dict[Locale, str]
    editions: tuple[EditionSettings, ...]
    """Newest first."""
    link_base: dict[Locale, str] = {}
    """The vendor's site, against which a relative link in that locale's document is resolved."""
    retired: tuple[RetiredSettings, ...] = ()
    only_in: tuple[OnlyInSettings, ...] = ()
    shipped: tuple[ShippedSettings, ...] = ()


class SiteSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """``[site]``: what the pages say about themselves."""

    title: dict[Locale, str] = {}
    report_url: str = ""
    """Where a reader reports a problem; ``{title}``, ``{body}`` and ``{url}`` are filled in, percent-encoded."""
    repository: str = ""
    """Base address under which a source's path leads to the original file, to link provenance; empty for none."""


class Settings(Struct, frozen=True):
    """Everything declared for one folder of sources."""

    root: str
    """The folder of ``catalog.toml``, absolute."""
    source_locale: Locale
    locales: tuple[Locale, ...]
    products: tuple[ProductSettings, ...]
    columns: dict[Locale, dict[Column, tuple[str, ...]]]
    site: SiteSettings
    errata: tuple[Erratum, ...]
    declared: Declarations = Declarations()
    """Which differences are meant."""


class _CatalogFile(Struct, frozen=True, forbid_unknown_fields=True):
    source_locale: Locale
    locales: tuple[Locale, ...]
    products: tuple[ProductSettings, ...]
    columns: dict[Locale, dict[Column, tuple[str, ...]]] = {}
    site: SiteSettings = SiteSettings()
    same_links: tuple[SameLinksSettings, ...] = ()


class _ErratumFile(Struct, frozen=True, forbid_unknown_fields=True):
    product: ProductId
    edition: EditionId
    locale: Locale
    row: str
    reason: str
    evidence: tuple[str, ...]
    code: str | None = None
    name: str | None = None
    place: dict[Column, str] = {}


class _ErrataFile(Struct, frozen=True, forbid_unknown_fields=True):
    errata: tuple[_ErratumFile, ...] = ()


def load(folder: Path) -> Settings:
    """Read and check the declarations in ``folder``.

    Raises CodeglotError, with the file and line, where anything is missing, unknown or contradictory.
    """
    path = folder / CATALOG_FILE
    trouble = _trouble(folder, stat.S_ISDIR, "is no folder")
    if trouble:
        raise CodeglotError(
            f"the source folder {folder} {trouble}", hint=f"name one with a {CATALOG_FILE}: --source DIR"
        )
    if not os.path.lexists(path):
        raise CodeglotError(
            f"the source folder {folder} has no {CATALOG_FILE}",
            hint="every folder of sources declares its documents there; README.md shows a small one",
        )
    declared = read_toml(path, _CatalogFile)
    _check(declared, folder, Fail(path))
    errata_path = folder / ERRATA_FILE
    errata = _errata(errata_path, declared) if os.path.lexists(errata_path) else ()
    return Settings(
        root=str(folder.resolve()),
        source_locale=declared.source_locale,
        locales=declared.locales,
        products=declared.products,
        columns=declared.columns,
        site=declared.site,
        errata=errata,
        declared=_declarations(declared, Fail(path)),
    )


def _declarations(declared: _CatalogFile, fail: Fail) -> Declarations:
    retired, only_in, shipped = [], [], []
    for number, product in enumerate(declared.products):
        here: KeyPath = ("products", number)
        for index, one in enumerate(product.retired):
            place: KeyPath = (*here, "retired", index)
            codes, reason = _codes(one.codes, place, fail), _reason(one.reason, place, fail)
            replaced = _replacement(product.id, one.replaced_by, place, fail)
            retired.append(Retired(product.id, codes, reason, replaced, fail.line(place)))
        for index, only in enumerate(product.only_in):
            place = (*here, "only_in", index)
            for locale in only.locales:
                _known(locale, declared.locales, (*place, "locales"), fail)
            codes, reason = _codes(only.codes, place, fail), _reason(only.reason, place, fail)
            only_in.append(OnlyIn(product.id, codes, frozenset(only.locales), reason))
        for index, names in enumerate(product.shipped):
            place = (*here, "shipped", index)
            meant = _meant(names, place, fail)
            shipped.append(Shipped(product.id, frozenset(names.names), _reason(names.reason, place, fail), meant))
    same_links = []
    for index, same in enumerate(declared.same_links):
        place = ("same_links", index)
        if len(same.targets) < 2:
            raise fail((*place, "targets"), "fewer than two targets are given", "name all that lead to the same place")
        same_links.append(SameLinks(same.targets, _reason(same.reason, place, fail)))
    bases = {(one.id, locale): base for one in declared.products for locale, base in one.link_base.items()}
    return Declarations(tuple(retired), tuple(only_in), tuple(shipped), tuple(same_links), bases)


def _replacement(product: ProductId, code: str | int, place: KeyPath, fail: Fail) -> str:
    if code == "":
        return ""
    other, _, spelled = str(code).rpartition("/")
    if read_code(spelled) is None:
        raise fail((*place, "replaced_by"), f"{code!r} is no code", 'write it as a document does, or "product/code"')
    return f"{other or product}/{spelled}"


def _meant(shipped: ShippedSettings, place: KeyPath, fail: Fail) -> tuple[tuple[str, str], ...]:
    for name, right in shipped.meant.items():
        if name not in shipped.names:
            raise fail((*place, "meant"), f"{name!r} is none of the names", "give it as the names have it")
        if right in shipped.names or not isinstance(read_code(right), SymbolCode):
            raise fail((*place, "meant"), f"{right!r} is no right spelling of {name!r}")
    return tuple(shipped.meant.items())


def _codes(codes: tuple[str | int, ...], place: KeyPath, fail: Fail) -> frozenset[Canonical]:
    found = set()
    for code in codes:
        read = read_code(str(code))
        if read is None:
            raise fail((*place, "codes"), f"{code!r} is no code")
        found.add(canonical(read))
    return frozenset(found)


def _reason(reason: str, place: KeyPath, fail: Fail) -> str:
    if not reason.strip():
        raise fail((*place, "reason"), "reason is empty", "say why the difference is meant")
    return reason


def _check(declared: _CatalogFile, folder: Path, fail: Fail) -> None:
    _check_locales(declared, fail)
    if not declared.products:
        raise fail(("products",), "no product is declared", "add a [[products]] table")
    seen: set[str] = set()
    for number, product in enumerate(declared.products):
        if product.id in seen:
            raise fail(("products", number, "id"), f"product {product.id!r} is declared twice")
        seen.add(product.id)
        _check_product(product, ("products", number), declared, fail)
        _check_editions(product, ("products", number), declared.locales, folder, fail)


def _check_locales(declared: _CatalogFile, fail: Fail) -> None:
    locales = declared.locales
    if not locales:
        raise fail(("locales",), "no locale is declared", 'for example locales = ["zh", "en", "ko"]')
    for index, locale in enumerate(locales):
        if not _LOCALE.fullmatch(locale):
            raise fail(("locales",), f"{locale!r} is no language tag", "use BCP 47, for example zh, en, pt-BR")
        if locale.lower() in {other.lower() for other in locales[:index]}:
            raise fail(("locales",), f"locale {locale!r} is declared twice")
    if declared.source_locale not in locales:
        raise fail(
            ("source_locale",), f"unknown locale {declared.source_locale!r}", f"locales declares {', '.join(locales)}"
        )
    for locale in declared.columns:
        _known(locale, locales, ("columns", locale), fail)
    for locale in declared.site.title:
        _known(locale, locales, ("site", "title", locale), fail)


def _check_product(product: ProductSettings, place: KeyPath, declared: _CatalogFile, fail: Fail) -> None:
    locales = declared.locales
    # A name of a device, or one that is too long, is a word, too, but none that every file system takes.
    if not _WORD.fullmatch(product.id) or str(addresses.word_slug(product.id)) != str(product.id):
        raise fail(
            (*place, "id"), f"{product.id!r} cannot stand in an address", "use a-z, 0-9, - and _; choose another word"
        )
    if product.id in _RESERVED or product.id in {locale.lower() for locale in locales}:
        raise fail((*place, "id"), f"{product.id!r} is an address the site itself uses", "choose another word")
    for key, words in (("title", product.title), ("link_base", product.link_base)):
        for locale in words:
            _known(locale, locales, (*place, key, locale), fail)
    if declared.source_locale not in product.title:
        raise fail((*place, "title"), f"the title in the source locale {declared.source_locale!r} is missing")
    if not product.editions:
        raise fail((*place, "editions"), "no edition is declared", "add a [[products.editions]] table")


def _check_editions(
    product: ProductSettings, place: KeyPath, locales: tuple[Locale, ...], folder: Path, fail: Fail
) -> None:
    seen: set[str] = set()
    for number, edition in enumerate(product.editions):
        here: KeyPath = (*place, "editions", number)
        if not _WORD.fullmatch(edition.id):
            raise fail((*here, "id"), f"{edition.id!r} cannot stand in an address", "use a-z, 0-9, - and _")
        if edition.id in seen:
            raise fail((*here, "id"), f"edition {edition.id!r} is declared twice")
        seen.add(edition.id)
        for key, date in [("published", edition.published), *(("dates", date) for date in edition.dates.values())]:
            if date and not _PUBLISHED.fullmatch(date):
                raise fail((*here, key), f"{date!r} is no date", "write 2022, 2022-09 or 2022-09-30")
        for locale in edition.dates:
            _known(locale, locales, (*here, "dates", locale), fail)
            if locale not in edition.documents:
                raise fail((*here, "dates", locale), f"there is no document in {locale!r} to date")
        _check_documents(edition, here, locales, folder, fail)


def _check_documents(
    edition: EditionSettings, place: KeyPath, locales: tuple[Locale, ...], folder: Path, fail: Fail
) -> None:
    if not edition.documents:
        raise fail((*place, "documents"), "no document is declared")
    for locale, document in edition.documents.items():
        here: KeyPath = (*place, "documents", locale)
        _known(locale, locales, here, fail)
        parts = PurePosixPath(document)
        if parts.is_absolute() or ".." in parts.parts or "\\" in document or not document:
            raise fail(here, f"{document!r} leads out of {folder}", "name a file inside the source folder")
        target = folder / parts
        trouble = _trouble(target, stat.S_ISREG, "is no file")
        if trouble:
            raise fail(here, f"the document {document} {trouble}", f"looked for {target}")
        if not target.resolve().is_relative_to(folder.resolve()):
            raise fail(here, f"{document} is a link that leads out of {folder}")


def _trouble(path: Path, kind: Callable[[int], bool], otherwise: str) -> str:
    """What keeps ``path`` from being read, ``otherwise`` where it is not of the ``kind``; empty where nothing does."""
    try:
        return "" if kind(path.stat().st_mode) else otherwise
    except (FileNotFoundError, NotADirectoryError, ValueError):  # The last for a name no file can have.
        return "does not exist"
    except OSError as error:
        return f"cannot be read: {error.strerror}"


def _known(locale: Locale, locales: tuple[Locale, ...], key: KeyPath, fail: Fail) -> None:
    if locale not in locales:
        raise fail(key, f"unknown locale {locale!r}", f"locales declares {', '.join(locales)}")


def _errata(path: Path, declared: _CatalogFile) -> tuple[Erratum, ...]:
    fail = Fail(path)
    known = {
        (product.id, edition.id, locale)
        for product in declared.products
        for edition in product.editions
        for locale in edition.documents
    }
    errata = []
    for number, raw in enumerate(read_toml(path, _ErrataFile).errata):
        place: KeyPath = ("errata", number)
        if (raw.product, raw.edition, raw.locale) not in known:
            raise fail(place, f"there is no document for {raw.product} {raw.edition} {raw.locale}")
        if raw.code is None and raw.name is None and not raw.place:
            raise fail(place, "the erratum corrects nothing", "give code, name or place")
        for key in ("row", "reason"):
            if not getattr(raw, key).strip():
                raise fail((*place, key), f"{key} is empty", "a correction is recorded with its row and its reason")
        if not raw.evidence:
            raise fail((*place, "evidence"), "no evidence is given", "name what proves it, one string each")
        line = fail.line(place)
        errata.append(
            Erratum(
                product=raw.product,
                edition=raw.edition,
                locale=raw.locale,
                row=raw.row,
                reason=raw.reason,
                evidence=raw.evidence,
                code=raw.code,
                name=raw.name,
                place=tuple(sorted(raw.place.items())),
                span=SourceSpan(path.name, line, 1, line, 1),
            )
        )
    return tuple(errata)
