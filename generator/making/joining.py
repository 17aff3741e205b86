"""Whether parts are of the site that is to be made of them, and all of it."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from generator import config, kept, pipeline
from generator.errors import CodeglotError
from generator.layout import Layout
from generator.making import keys
from generator.making.part import Givens, Part, Stamp
from generator.model import Locale, ProductId

_MOST: Final = 5
"""So many commands are named that make what is missing."""


def stamp(layout: Layout, inputs: keys.Inputs, address: str) -> Stamp:
    """What a site is made of that is made now."""
    return Stamp(
        program=kept.digest(kept.version(), inputs.templates),
        written=keys.written(layout, inputs),
        address=address,
        day=str(pipeline.today()),
    )


def given(layout: Layout, address: str, paths: Sequence[Path]) -> Givens:
    """What the parts at ``paths`` hold.

    Raises CodeglotError where one is no part, damaged or of another site, or where something is in none of them.
    """
    own = stamp(layout, keys.inputs(layout, address), address)
    parts = [Part(path) for path in paths]
    for part in parts:
        _demand_same(part, own)
    settings = config.load(layout.source)
    _demand_all(parts, [product.id for product in settings.products], settings.locales)
    return Givens(parts)


def _demand_same(part: Part, own: Stamp) -> None:
    found = tuple(_differences(part.head.stamp, own))
    if found:
        raise CodeglotError(
            f"is not a part of this site: it was made {', '.join(said for said, _ in found)}",
            path=str(part.path),
            hint="; ".join(hint for _, hint in found),
        )


def _differences(there: Stamp, here: Stamp) -> Iterator[tuple[str, str]]:
    """In what two stamps differ, each with what to do."""
    if there.program != here.program:
        yield (
            "by another version of Codeglot, of Python or of an installed package",
            "install the same of requirements.lock on all machines",
        )
    if there.written != here.written:
        yield "from other documents, declarations or pages by hand", "make all parts of one commit"
    if there.address != here.address:
        yield f"for the address {there.address}, not {here.address}", "set SITE_URL to the same on all machines"
    if there.day != here.day:
        yield f"for the day {there.day}, not {here.day}", "set SOURCE_DATE_EPOCH to the same on all machines"


def _demand_all(parts: Sequence[Part], products: Sequence[ProductId], locales: Sequence[Locale]) -> None:
    held = {(product, locale) for part in parts for product in part.head.products for locale in part.head.locales}
    missing: dict[tuple[Locale, ...], list[ProductId]] = {}
    for product in products:
        lacking = tuple(locale for locale in locales if (product, locale) not in held)
        if lacking:
            missing.setdefault(lacking, []).append(product)
    if not missing:
        return
    said = "; ".join(f"{', '.join(own)} in {', '.join(lacking)}" for lacking, own in missing.items())
    commands = [
        f"codeglot build --part {_option(() if len(lacking) == len(locales) else lacking, own)}"
        for lacking, own in missing.items()
    ]
    more = [f"and {len(commands) - _MOST} more"] if len(commands) > _MOST else []
    raise CodeglotError(
        f"the parts do not make up the site: missing is {said}", hint="; ".join([*commands[:_MOST], *more])
    )


def _option(locales: Sequence[Locale], products: Sequence[ProductId]) -> str:
    return ",".join([*(f"locale={one}" for one in locales), *(f"product={one}" for one in products)])
