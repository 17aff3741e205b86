"""What the theme's templates and scripts are told of a locale: words, addresses, the other locales."""

import posixpath
import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final
from unicodedata import east_asian_width
from urllib.parse import urlsplit

from msgspec import Struct

from generator import languages
from generator.addresses import prefix
from generator.errors import CodeglotError
from generator.model import Locale
from generator.pages.words import N_
from generator.site.values import LocaleSpec, NavItem, SiteSpec

LABELS: Final[Mapping[str, str]] = {
    "home": N_("Home"),
    "search": N_("Search"),
    "search_label": N_("Find an error code"),
    "search_placeholder": N_("Code, name or log line"),
    "search_results": N_("Search results"),
    "search_loading": N_("Searching…"),
    "search_count": N_("Results: {count}"),
    "search_none": N_("Nothing found for “{query}”."),
    "search_failed": N_("The search could not be loaded. Try again later."),
    "search_unknown": N_("{code} is not a known code."),
    "search_neighbours": N_("Nearest codes:"),
    "search_other_base_unknown": N_("With the digits read in the other base:"),
    "search_read": N_("Read as code:"),
    "search_former": N_("Former name: {name}"),
    "search_other_base": N_("If the number is hexadecimal"),
    "search_near": N_("Similar name"),
    "search_retired": N_("No longer listed"),
    "search_cause": N_("Cause"),
    "search_solution": N_("Solution"),
    "search_cause_and_solution": N_("Cause and solution"),
    "search_more": N_("Search in the other languages too"),
    "search_elsewhere": N_("Nothing found in this language. Results in other languages: {count}"),
    "skip": N_("Skip to content"),
    "languages": N_("Languages"),
    "made_with": N_("Made with"),
    "notfound_title": N_("This page does not exist"),
    "notfound_text": N_(
        "The address may be misspelled, or the page was never here. Search for the code or its name instead."
    ),
    "notfound_line": N_("This page does not exist."),
    "palette_auto": N_("Colors follow the system; switch to light"),
    "palette_light": N_("Light colors; switch to dark"),
    "palette_dark": N_("Dark colors; switch to the system's"),
}
"""The words around the pages: key in the templates, English text (which is the message id of the translations)."""

OTHER_LABELS: Final[Mapping[str, str]] = {
    "notfound_several": N_("“{text}” can be any of these codes:"),
    "notfound_near": N_("Did you mean:"),
    "notfound_block": N_("By its number it would belong to:"),
    "notfound_search": N_("Search for “{text}”"),
    "hint": N_("This page is also available in {language}."),
    "hint_dismiss": N_("Dismiss"),
    "neutral_choose_product": N_("Several products use this code"),
    "neutral_choose_code": N_("Several codes are meant by this"),
    "neutral_moved": N_("This page has moved"),
}
"""Likewise, but the words of single pages, of which the others' scripts need not be told."""


_SIDE_BY_SIDE: Final = 36
"""So many Latin letters wide are the languages' names that have room beside each other in the header of a phone."""
_BETWEEN: Final = 3
"""So many letters wide is the space round each of them."""

_NOT_FOUND: Final = (
    "search_unknown",
    "search_neighbours",
    "search_other_base_unknown",
    "notfound_several",
    "notfound_near",
    "notfound_block",
    "notfound_search",
)
"""The words with which the 404 page says what an address may have meant."""


DEFAULT_TITLE: Final = N_("Error codes")
"""What a site is called that has no title of its own."""


_ADDRESS: Final = re.compile(r"[A-Za-z0-9:/.\[\]@~_%+-]+")
"""What the address of a site is written with: of RFC 3986's characters those that no page has to escape."""


def labels(translate: Callable[[str], str]) -> tuple[tuple[str, str], ...]:
    """All words around the pages, by ``translate`` (English text to text)."""
    return tuple((key, translate(text)) for key, text in {**LABELS, **OTHER_LABELS}.items())


@cache
def _theme_languages() -> frozenset[str]:
    found = find_spec("material")
    if found is None or not found.submodule_search_locations:
        raise CodeglotError("the package mkdocs-material is not installed", hint="run `make setup`")
    folder = Path(found.submodule_search_locations[0], "templates", "partials", "languages")
    return frozenset(path.stem for path in folder.glob("*.html"))


def theme_language(locale: Locale) -> str:
    """The language in which Material speaks for a locale: the locale's own, else its language's, else English."""
    known = _theme_languages()
    script = "zh-Hant" if locale.startswith("zh-") and locale.split("-")[1] in {"Hant", "HK", "MO", "TW"} else locale
    return next((tag for tag in (locale, script, locale.split("-")[0]) if tag in known), "en")


def base_path(site_url: str) -> str:
    """The path of a site's address, with a slash at both ends.

    Raises CodeglotError where ``site_url`` is not an absolute web address.
    """
    parts = urlsplit(site_url)
    odd = parts.query or parts.fragment or not _ADDRESS.fullmatch(site_url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or odd:
        raise CodeglotError(
            f"SITE_URL is {site_url!r}, which is no address of a site",
            hint="for example https://docs.example.com/codes/",
        )
    return posixpath.join("/", parts.path, "")


def values(spec: SiteSpec, locale: LocaleSpec, site_url: str, *, alone: bool, policy: str = "") -> dict[str, Any]:
    """``config.extra.codeglot`` of one locale, as JSON values.

    ``alone`` says that MkDocs builds this locale only, in a folder of its own, and not below the site's root;
    ``policy`` is what its pages let a browser do, as :mod:`generator.site.policy` says it.
    """
    own = prefix(locale.locale, spec.source_locale)
    words = dict(locale.labels)
    return {
        "policy": policy,
        "locale": locale.locale,
        "locale_name": locale.name,
        "locale_menu": sum(_width(other.name) + _BETWEEN for other in spec.locales) > _SIDE_BY_SIDE,
        "source_locale": spec.source_locale,
        "og_locale": languages.with_territory(locale.locale),
        "og_alternates": [
            {"locale": other.locale, "og_locale": languages.with_territory(other.locale)}
            for other in spec.locales
            if other != locale
        ],
        "prefix": own,
        "root": "../" * own.count("/") if alone else "",
        "home": "" if alone else own,
        "site_url": site_url,
        "base": base_path(site_url),
        "locales": [
            {
                "locale": other.locale,
                "name": other.name,
                "prefix": prefix(other.locale, spec.source_locale),
                "notfound": dict(other.labels).get("notfound_line", ""),
            }
            for other in spec.locales
        ],
        "labels": {
            **{key: words.get(key, text) for key, text in LABELS.items()},
            **{key: text for key, text in words.items() if key not in OTHER_LABELS},
        },
        "notfound": {key: words.get(key, LABELS.get(key) or OTHER_LABELS[key]) for key in _NOT_FOUND},
        "hints": [_hint(spec, other) for other in spec.locales if other != locale],
        # Whether the site has one language twice, so that its first word does not tell which of them a reader wants.
        "variants": len({other.locale.partition("-")[0] for other in spec.locales}) < len(spec.locales),
    }


def _width(name: str) -> int:
    """How wide a name is, in Latin letters; characters of East Asian scripts are twice as wide."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in name)


def _hint(spec: SiteSpec, locale: LocaleSpec) -> dict[str, str]:
    """What a reader who prefers ``locale`` is told on another locale's page, in that language."""
    words = {**LABELS, **OTHER_LABELS, **dict(locale.labels)}
    return {
        "locale": locale.locale,
        "prefix": prefix(locale.locale, spec.source_locale),
        "direction": languages.direction(locale.locale),
        "text": words["hint"].format(language=locale.name),
        "dismiss": words["hint_dismiss"],
        "label": words["languages"],
    }


def nav(items: tuple[NavItem, ...]) -> list[dict[str, Any]]:
    """The navigation as ``mkdocs.yml`` writes it; a heading's own page comes first below it."""
    return [
        {item.title: [*([item.source] if item.source else []), *nav(item.children)]}
        if item.children
        else {item.title: item.source}
        for item in items
    ]


class OnePass(Struct, frozen=True):
    """What a build of all locales by one MkDocs has to be told before each of them."""

    title: str
    description: str
    theme_language: str
    nav: list[dict[str, Any]] | None
    extra: dict[str, Any]
    """What goes into ``config.extra``."""


def one_pass(spec: SiteSpec, locale: str, site_url: str, policy: str) -> OnePass:
    """What MkDocs has to be told before it builds ``locale`` into a site that has all of them."""
    known = next(one for one in spec.locales if one.locale == locale)
    return OnePass(
        title=known.title,
        description=known.description,
        theme_language=theme_language(known.locale),
        nav=nav(known.nav) or None,
        extra=config_extra(spec, known, site_url, policy, alone=False),
    )


def config_extra(spec: SiteSpec, locale: LocaleSpec, site_url: str, policy: str, *, alone: bool) -> dict[str, Any]:
    """What goes into ``config.extra``; ``alone`` and ``policy`` as for :func:`values`."""
    # The scope is where Material keeps the reader's choice of colors: one place, whatever the locale.
    return {"scope": base_path(site_url), "codeglot": values(spec, locale, site_url, alone=alone, policy=policy)}


def not_found_path(spec: SiteSpec, locale: str) -> str:
    """Where the 404 page of a locale lies below the site's root."""
    return f"{prefix(Locale(locale), spec.source_locale)}404.html"
