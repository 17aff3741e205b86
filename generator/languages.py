"""What CLDR knows of a locale: what its language is called, which way it is written, where it is mostly spoken."""

from functools import cache

import babel
from babel.core import get_global

from generator.model import Locale


def cldr(locale: Locale) -> babel.Locale:
    """CLDR's data for ``locale``, else for its language (``pt`` for ``pt-XX``), else for English."""
    return _parsed(locale) or _parsed(locale.partition("-")[0]) or babel.Locale("en")


@cache
def name(locale: Locale, spoken: Locale) -> str:
    """What speakers of ``spoken`` call ``locale`` inside a sentence; its tag where CLDR knows no such language."""
    if locale.partition("-")[0] not in babel.Locale("en").languages:
        return locale
    return cldr(locale).get_display_name(cldr(spoken)) or locale


def own_name(locale: Locale) -> str:
    """What its speakers call a locale, as in a list of languages: ``中文``, ``Français``, ``Português (Brasil)``."""
    known = _parsed(locale)
    found = known.get_display_name(known) if known else None
    return found[:1].upper() + found[1:] if found else locale


def direction(locale: Locale) -> str:
    """``ltr`` or ``rtl``: which way a language is written."""
    return str(cldr(locale).text_direction)


def with_territory(locale: Locale) -> str:
    """``language_TERRITORY``, as Open Graph writes a locale; the territory is CLDR's likeliest."""
    known = _parsed(locale)
    if known is None:
        return locale.replace("-", "_")
    if known.territory:
        return f"{known.language}_{known.territory}"
    likely = get_global("likely_subtags").get(str(known)) or get_global("likely_subtags").get(known.language)
    territory = likely.rsplit("_", 1)[-1] if likely else ""
    return f"{known.language}_{territory}" if territory else known.language


@cache
def _parsed(tag: str) -> babel.Locale | None:
    try:
        return babel.Locale.parse(tag, sep="-")
    except (babel.UnknownLocaleError, ValueError):
        return None
