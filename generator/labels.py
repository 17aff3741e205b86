"""The site's own words in each locale: gettext catalogs, with the English text as the message.

``templates/locale/{locale}.po`` is read as GNU gettext's PO format describes it. A locale without a catalog of its
own takes that of its language (``pt`` for ``pt-BR``), else English; languages and dates are named as CLDR has them.
"""

import gettext
import re
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from generator import languages
from generator.errors import CodeglotError
from generator.model import Locale

_BEHIND: Final = re.compile(r"(?<=[A-Za-z0-9])\0(?=[\u3400-\u9fff])")
_BEFORE: Final = re.compile(r"(?<=[\u3400-\u9fff])\0(?=[A-Za-z0-9])")
"""Where Han characters that join items of an enumeration touch Latin letters; Chinese sets a space there."""


class Labels:
    """The words of one locale."""

    def __init__(self, locale: Locale, translations: gettext.NullTranslations) -> None:
        """Take the words as read; :func:`read` reads them."""
        self.locale = locale
        self._translations = translations
        self._cldr = languages.cldr(locale)

    def gettext(self, message: str, /) -> str:
        """``message``, an English sentence, in this locale; unchanged where it has no translation."""
        return self._translations.gettext(message)

    def ngettext(self, one: str, many: str, number: int, /) -> str:
        """The form of a sentence that ``number`` asks for by the locale's own plural rules."""
        return self._translations.ngettext(one, many, number)

    def language(self, locale: Locale, /) -> str:
        """The name of another language in this one; its tag where CLDR knows none."""
        return languages.name(locale, self.locale)

    def own_language(self) -> str:
        """The name of this language in itself; its tag where CLDR knows none."""
        return languages.own_name(self.locale)

    def direction(self, locale: Locale, /) -> str:
        """``ltr`` or ``rtl``: which way a language is written."""
        return languages.direction(locale)

    def join(self, items: Sequence[str], /) -> str:
        """``items`` as an enumeration: ``a, b and c``; a word that joins keeps off letters of another script."""
        if not items:
            return ""
        joined = format_list([f"\0{item}\0" for item in items], locale=self._cldr)
        return _BEHIND.sub(" ", _BEFORE.sub(" ", joined)).replace("\0", "")

    def date(self, published: str, /) -> str:
        """An ISO 8601 date to the year, month or day, for people; anything else stays as it is."""
        try:
            numbers = [int(part) for part in published.split("-")]
            day = date(*(*numbers, 1, 1)[:3])
        except (ValueError, TypeError):
            return published
        if len(numbers) == 3:
            return format_date(day, "long", locale=self._cldr)
        return format_skeleton("yMMMM" if len(numbers) == 2 else "y", day, locale=self._cldr)


def read(templates: Path, locale: Locale) -> Labels:
    """The words of ``locale`` from ``templates/locale``.

    Raises CodeglotError where its catalog is no PO file.
    """
    for name in (locale, locale.partition("-")[0]):
        path = templates / "locale" / f"{name}.po"
        if path.is_file():
            return Labels(locale, _read(path))
    return Labels(locale, gettext.NullTranslations())


def _read(path: Path) -> gettext.GNUTranslations:
    try:
        with path.open("rb") as file:
            catalog = read_po(file, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, ValueError) as error:
        raise CodeglotError(f"is no valid PO file: {error}", path=str(path)) from error
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
