"""What CLDR knows of a locale: what its language is called, which way it is written, where it is mostly spoken."""

from functools import cache

import babel
import babel.core
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


@cache
def own_name(locale: Locale) -> str:
    """What its speakers call a locale, as in a list of languages: ``中文``, ``Français``, ``Português (Brasil)``."""
    known = _parsed(locale)
    found = known.get_display_name(known) if known else None
    return found[:1].upper() + found[1:] if found else locale


def direction(locale: Locale) -> str:
    """``ltr`` or ``rtl``: which way a language is written."""
    return str(cldr(locale).text_direction)


@cache
def nearest(locale: Locale) -> tuple[str, ...]:
    """Languages in which readers of ``locale`` also read, itself first: ``zh-TW``, ``zh-Hant``; ``pt-BR``, ``pt``.

    Not a language in another script: who reads traditional Chinese characters is not given simplified ones.
    """
    subtags = locale.split("-")
    wider = ["-".join(subtags[:end]) for end in range(len(subtags), 0, -1)]
    script = _script(locale)
    written = (f"{subtags[0]}-{script}",) if script else ()
    return tuple(
        dict.fromkeys((locale, *(tag for tag in (*wider[:-1], *written, wider[-1]) if _script(tag) == script)))
    )


def _script(tag: str) -> str:
    """The script a language is mostly written in, as ISO 15924 calls it; empty where CLDR knows no such language."""
    known = _parsed(tag)
    if known is None:
        return _script(tag.rpartition("-")[0]) if "-" in tag else ""
    if known.script:
        return known.script
    likely = get_global("likely_subtags")
    full = babel.core.parse_locale(likely.get(str(known)) or likely.get(known.language) or str(known))
    return full[2] or ""


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
