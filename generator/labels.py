"""The site's own words in each locale: gettext catalogs, with the English text as the message.

PO files as GNU gettext describes them, ``locale/{locale}.po``: beside the documents, and those that Codeglot brings.
What a locale's own catalog does not say, that of its language and script does (``pt`` for ``pt-BR``, not ``zh`` for
``zh-Hant``), else it is in English; languages and dates are named as CLDR has them.
"""

import gettext
import os
import re
import string
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

from generator import languages
from generator.errors import CodeglotError
from generator.model import Locale
from generator.reading import read_file

FOLDER: Final = "locale"
"""Where catalogs are, below the templates and beside the documents."""

_TEMPLATE: Final = Locale("en")
"""The catalog that has every message."""
_COMMENT: Final = """\
# The words of the site itself; what the documents say is in the documents.
# What is left empty is shown in English. Words in braces are filled in and stay as they are."""

_MOST_PLURALS: Final = 20
"""Forms of a word; no language that is known has more than six."""
_NUMBERS: Final = range(1000)
"""What a locale's plural rules are tried with: CLDR has none that looks at more than a number's last three digits."""

_BEHIND: Final = re.compile(r"(?<=[A-Za-z0-9])\0(?=[\u3400-\u9fff])")
_BEFORE: Final = re.compile(r"(?<=[\u3400-\u9fff])\0(?=[A-Za-z0-9])")
"""Where Han characters that join items of an enumeration touch Latin letters; Chinese sets a space there."""


class Labels:
    """The words of one locale."""

    def __init__(
        self, locale: Locale, translations: gettext.NullTranslations, missing: int = 0, messages: int = 0
    ) -> None:
        """Take the words as read; :func:`read` reads them."""
        self.locale = locale
        self.missing = missing
        """How many of all ``messages`` have no translation and are in English."""
        self.messages = messages
        self._translations = translations
        self._cldr = languages.cldr(locale)
        self._said: dict[str, str] = {}
        self._dates: dict[str, str] = {}

    def gettext(self, message: str, /) -> str:
        """``message``, an English sentence, in this locale; unchanged where it has no translation."""
        found = self._said.get(message)
        if found is None:
            # Each page asks for the same messages; there are as many as the templates and the code have.
            found = self._said[message] = self._translations.gettext(message)
        return found

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
        found = self._dates.get(published)
        if found is None:
            # Documents have few dates, and each of their rows says when it was published.
            found = self._dates[published] = self._date(published)
        return found

    def _date(self, published: str) -> str:
        try:
            numbers = [int(part) for part in published.split("-")]
            day = date(*(*numbers, 1, 1)[:3])
        except (ValueError, TypeError):
            return published
        if len(numbers) == 3:
            return format_date(day, "long", locale=self._cldr)
        return format_skeleton("yMMMM" if len(numbers) == 2 else "y", day, locale=self._cldr)


def read(templates: Path, locale: Locale, source: Path | None = None) -> Labels:
    """The words of ``locale`` from the catalogs beside the documents in ``source`` and those of ``templates``.

    Raises CodeglotError, with file and line, where a catalog is no PO file or would fill in what there is not.
    """
    wanted = _messages(templates)
    found = [(_read(path, locale), path) for path in _paths((source, templates), locale)]
    said = {_key(message) for catalog, _ in found for message in _translated(catalog)}
    translations: gettext.NullTranslations = gettext.NullTranslations()
    for catalog, path in reversed(found):
        compiled = _compiled(catalog, path)
        compiled.add_fallback(translations)
        translations = compiled
    missing = 0 if locale.partition("-")[0] == _TEMPLATE else sum(1 for one in wanted if _key(one) not in said)
    return Labels(locale, translations, missing, len(wanted))


def own_path(source: Path, locale: Locale) -> Path:
    """Where the catalog of ``locale`` beside the documents in ``source`` is, or would be."""
    return next(_paths((source,), locale, only=True), source / FOLDER / f"{locale}.po")


def to_translate(templates: Path, locale: Locale, source: Path) -> tuple[str, int]:
    """The catalog of ``locale`` beside the documents with all that is to be translated, and how much that is.

    What it has is kept; what Codeglot brings is not repeated. Raises CodeglotError as :func:`read` does.
    """
    own, brought = own_path(source, locale), list(_paths((templates,), locale))
    said = {_key(message) for one in brought for message in _translated(_read(one, locale))}
    template = Catalog()
    for message in _messages(templates):
        if _key(message) not in said:
            template.add(message.id, locations=message.locations, flags=message.flags)
    if os.path.lexists(own):
        catalog = _read(own, locale)
        for message in _translated(catalog):
            if message.id not in template:
                template.add(message.id, locations=message.locations, flags=message.flags)
    else:
        cldr = languages.cldr(locale)
        catalog = Catalog(cldr, header_comment=_COMMENT, project="codeglot", version="1", charset="utf-8", fuzzy=False)
    catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
    out = BytesIO()
    write_po(out, catalog, width=120)
    return out.getvalue().decode(), len(template) - sum(1 for _ in _translated(catalog))


def _paths(folders: Iterable[Path | None], locale: Locale, *, only: bool = False) -> Iterator[Path]:
    """The catalogs for ``locale``, the nearest first; ``only`` its own, not its language's."""
    for name in (locale,) if only else languages.nearest(locale):
        for folder in folders:
            # gettext's own tools write a territory with an underscore.
            for spelling in dict.fromkeys((name, name.replace("-", "_"))):
                if folder is not None and os.path.lexists(found := folder / FOLDER / f"{spelling}.po"):
                    yield found


@cache
def _messages(templates: Path) -> tuple[Message, ...]:
    """All messages there are, as the English catalog has them."""
    path = templates / FOLDER / f"{_TEMPLATE}.po"
    return tuple(message for message in _read(path, _TEMPLATE) if message.id) if path.is_file() else ()


def _key(message: Message) -> str:
    """What gettext finds a message by."""
    return message.id if isinstance(message.id, str) else message.id[0]


def _translated(catalog: Catalog) -> Iterator[Message]:
    for message in catalog:
        if message.id and not message.fuzzy and all(text.strip() for text in _texts(message)):
            yield message


def _texts(message: Message) -> Sequence[str]:
    return (message.string,) if isinstance(message.string, str) else message.string or ("",)


def _read(path: Path, locale: Locale) -> Catalog:
    try:
        data = read_file(path, root=path.parent.parent)
        catalog = read_po(BytesIO(data), locale=languages.cldr(locale), abort_invalid=True)
        plurals = catalog.num_plurals
    except (PoFileError, LookupError, ValueError) as error:
        raise CodeglotError(f"is no valid PO file: {error}", path=str(path)) from error
    except OSError as error:
        raise CodeglotError(f"cannot be read: {error.strerror}", path=str(path)) from error
    if not 0 < plurals <= _MOST_PLURALS:
        raise CodeglotError(
            f"its Plural-Forms speak of {plurals} forms",
            path=str(path),
            hint=f"gettext's rules for the language have 1 to {_MOST_PLURALS}",
        )
    for message in _translated(catalog):
        _check_fields(message, path)
    return catalog


def _check_fields(message: Message, path: Path) -> None:
    """What a translation fills in has to be something that its message does."""
    asked = (message.id,) if isinstance(message.id, str) else message.id
    known = {name for text in asked for name in _fields(text)}
    for text in _texts(message):
        try:
            unknown = sorted(set(_fields(text)) - known)
        except ValueError:
            unknown = ["{"]
        if unknown:
            raise CodeglotError(
                f"{text!r} fills in {', '.join(unknown)}, which {_key(message)!r} does not",
                path=str(path),
                line=message.lineno or 0,
                hint="words in braces stay as they are in the message",
            )


def _fields(text: str) -> Iterator[str]:
    for _, name, form, conversion in string.Formatter().parse(text):
        if name is not None:
            yield f"{name}{f'!{conversion}' if conversion else ''}{f':{form}' if form else ''}"


def _compiled(catalog: Catalog, path: Path) -> gettext.GNUTranslations:
    """The catalog as gettext reads it, with what is translated in it."""
    kept = Catalog(locale=catalog.locale, charset="utf-8")
    kept.mime_headers = catalog.mime_headers
    for message in _translated(catalog):
        kept[message.id] = message
    compiled = BytesIO()
    write_mo(compiled, kept)
    compiled.seek(0)
    try:
        translations = gettext.GNUTranslations(compiled)
        for number in _NUMBERS:
            translations.ngettext("", "", number)
        return translations
    except (ValueError, LookupError, ArithmeticError) as error:
        raise CodeglotError(f"is no valid PO file: {error}", path=str(path)) from error
