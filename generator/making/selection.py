"""Which part of a site is meant, as a person types it: ``locale=ko,product=gme``."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from generator import config, kept
from generator.errors import CodeglotError
from generator.layout import PARTS, SUFFIX, Layout
from generator.model import Locale, ProductId

_FORM: Final = "for example --part locale=ko,product=gme; either may be given several times or left out"
_LONGEST_NAME: Final = 120
_FEW: Final = 5
_MOST: Final = 20


class Selection(Struct, frozen=True):
    """Some products in some locales, in the order of ``catalog.toml``."""

    products: tuple[ProductId, ...]
    locales: tuple[Locale, ...]
    every_product: bool = False
    """Whether all products are meant because none was named."""
    every_locale: bool = False

    @property
    def name(self) -> str:
        """What a file is called that holds this."""
        products = "all" if self.every_product else "+".join(self.products)
        locales = "all" if self.every_locale else "+".join(self.locales)
        name = f"{products}.{locales}"
        return (name if len(name) <= _LONGEST_NAME else kept.digest(name.encode()).hex()) + SUFFIX

    def __str__(self) -> str:
        """The selection in words."""
        products = "all products" if self.every_product else _told(self.products, "products")
        return f"{products} in {'all locales' if self.every_locale else _told(self.locales, 'locales')}"


def read(said: str, source: Path) -> Selection:
    """The selection of what is declared in ``source``. Raises CodeglotError where it is none."""
    settings = config.load(source)
    known = {"locale": tuple(settings.locales), "product": tuple(product.id for product in settings.products)}
    named: dict[str, set[str]] = {"locale": set(), "product": set()}
    for one in said.split(","):
        key, separator, value = (word.strip() for word in one.partition("="))
        if key not in known or not separator or not value:
            raise CodeglotError(f"--part {said!r} is not of the form locale=…,product=…", hint=_FORM)
        if value not in known[key]:
            raise CodeglotError(f"--part {said!r}: there is no {key} {value!r}", hint=f"there are {_few(known[key])}")
        named[key].add(value)
    locales, products = named["locale"] or set(settings.locales), named["product"] or set(known["product"])
    return Selection(
        products=tuple(product.id for product in settings.products if product.id in products),
        locales=tuple(locale for locale in settings.locales if locale in locales),
        every_product=not named["product"],
        every_locale=not named["locale"],
    )


def place(layout: Layout, selection: Selection, into: Path | None) -> Path:
    """Where the file goes: ``into``, by default beside the site. Raises CodeglotError where it cannot lie there."""
    parts = layout.site.parent / PARTS
    if into is None:
        return parts / selection.name
    into = into.absolute()
    for folder in (layout.site, layout.docs, layout.source):
        inside = into.resolve().is_relative_to(folder.resolve())
        if inside and into.parent.resolve() != parts.resolve():
            raise CodeglotError(f"--into {into} lies in {folder}", hint=f"name a place elsewhere, or in {parts}")
    if into.is_dir():
        raise CodeglotError(f"--into {into} is a folder", hint=f"name a file in it, such as {into / selection.name}")
    # So that nothing else is overwritten by a slip.
    if into.suffix != SUFFIX:
        raise CodeglotError(f"--into {into} does not end with {SUFFIX}", hint=f"{into}{SUFFIX} would do")
    return into


def _told(names: Sequence[str], word: str) -> str:
    return ", ".join(names) if len(names) <= _FEW else f"{len(names)} {word}"


def _few(names: Sequence[str]) -> str:
    more = [f"and {len(names) - _MOST} more"] if len(names) > _MOST else []
    return ", ".join([*names[:_MOST], *more])
