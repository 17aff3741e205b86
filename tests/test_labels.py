"""The site's own words: every message translated in every catalog, none left over, and CLDR's names and dates."""

import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

from generator import labels
from generator.errors import CodeglotError
from generator.model import Locale

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "templates"
LOCALES = tuple(sorted(path.stem for path in (TEMPLATES / "locale").glob("*.po")))
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}

Message = str | tuple[str, ...]


@cache
def used() -> dict[Message, str]:
    """Every message in the program and the templates, with a file that asks for it."""
    found: dict[Message, str] = {}
    for path in sorted((ROOT / "generator").rglob("*.py")):
        with path.open("rb") as file:
            for _line, message, *_ in extract("python", file, KEYWORDS):
                found.setdefault(message, path.name)
    for path in sorted(TEMPLATES.rglob("*.j2")):
        with path.open("rb") as file:
            for _line, function, asked, _ in babel_extract(file, ("_", "ngettext"), [], {"trim_blocks": "true"}):
                texts = tuple(one or "" for one in asked) if isinstance(asked, tuple) else (asked or "",)
                found.setdefault(texts[:2] if function == "ngettext" else texts[0], path.name)
    return found


def catalog(locale: str) -> Catalog:
    with (TEMPLATES / "locale" / f"{locale}.po").open("rb") as file:
        return read_po(file, abort_invalid=True)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def translations(known: Catalog) -> Iterator[tuple[str, str]]:
    """Each message with each of its translations."""
    for message in known:
        if message.id:
            many = message.id[-1] if isinstance(message.id, tuple | list) else message.id
            for text in message.string if isinstance(message.string, tuple | list) else [message.string]:
                yield many, text or ""


def test_there_are_messages() -> None:
    assert len(used()) > 80
    assert "Cause" in used()
    assert ("{number} code", "{number} codes") in used()


@pytest.mark.parametrize("locale", LOCALES)
def test_every_message_is_translated_and_none_is_left_over(locale: str) -> None:
    known = {
        tuple(message.id) if isinstance(message.id, tuple | list) else message.id
        for message in catalog(locale)
        if message.id and not message.fuzzy
    }
    wanted = used()
    assert sorted(str(one) for one in wanted.keys() - known) == []
    assert sorted(str(one) for one in known - wanted.keys()) == []
    assert [one for one, text in translations(catalog(locale)) if not text.strip()] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_translations_fill_in_what_the_message_does(locale: str) -> None:
    wrong = [one for one, text in translations(catalog(locale)) if not fields(text) <= fields(one)]
    assert wrong == []
    # A plural's form for one thing may leave its number out.
    lacking = [
        one
        for one, text in translations(catalog(locale))
        if fields(one) - fields(text) - {"number"} or (locale != "en" and fields(one) != fields(text))
    ]
    assert lacking == []


@pytest.mark.parametrize("locale", ["zh", "ko", "ja"])
def test_translations_are_in_their_own_script(locale: str) -> None:
    ranges = {"zh": ("\u4e00", "\u9fff"), "ko": ("\uac00", "\ud7a3"), "ja": ("\u3040", "\u9fff")}
    low, high = ranges[locale]
    untranslated = [
        one
        for one, text in translations(catalog(locale))
        if not any(low <= character <= high for character in text) and any(c.isalpha() for c in one.format_map(Blank()))
    ]
    assert untranslated == []


class Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def test_plural_forms_follow_the_locale() -> None:
    english, korean = (labels.read(TEMPLATES, Locale(locale)) for locale in ("en", "ko"))
    assert english.ngettext("{number} code", "{number} codes", 1) == "{number} code"
    assert english.ngettext("{number} code", "{number} codes", 2) == "{number} codes"
    assert korean.ngettext("{number} code", "{number} codes", 1) == korean.ngettext(
        "{number} code", "{number} codes", 2
    )


def test_names_of_languages() -> None:
    chinese = labels.read(TEMPLATES, Locale("zh"))
    assert chinese.language(Locale("ko")) == "韩语"
    assert chinese.own_language() == "中文"
    assert labels.read(TEMPLATES, Locale("pt-BR")).own_language() == "Português (Brasil)"
    assert labels.read(TEMPLATES, Locale("en")).language(Locale("xx")) == "xx"
    assert chinese.direction(Locale("ar")) == "rtl"


@pytest.mark.parametrize(
    ("locale", "published", "said"),
    [
        ("en", "2019-04", "April 2019"),
        ("en", "2020", "2020"),
        ("zh", "2022-09", "2022年9月"),
        ("ko", "2019-05-01", "2019년 5월 1일"),
        ("en", "", ""),
        ("en", "soon", "soon"),
        ("en", "2019-13", "2019-13"),
    ],
)
def test_dates(locale: str, published: str, said: str) -> None:
    assert labels.read(TEMPLATES, Locale(locale)).date(published) == said


def test_a_locale_without_catalog_speaks_its_language_or_english(tmp_path: Path) -> None:
    (tmp_path / "locale").mkdir()
    (tmp_path / "locale" / "pt.po").write_text('msgid "Cause"\nmsgstr "Causa"\n', encoding="utf-8")
    assert labels.read(tmp_path, Locale("pt-BR")).gettext("Cause") == "Causa"
    assert labels.read(tmp_path, Locale("fi")).gettext("Cause") == "Cause"


def test_a_broken_catalog_is_an_error_with_its_path(tmp_path: Path) -> None:
    (tmp_path / "locale").mkdir()
    (tmp_path / "locale" / "fi.po").write_text('msgid "Cause\nnonsense', encoding="utf-8")
    with pytest.raises(CodeglotError, match=r"fi\.po"):
        labels.read(tmp_path, Locale("fi"))


@pytest.mark.parametrize(
    ("plurals", "found", "said"),
    [
        ("nplurals=100000000; plural=n;", "x {number}", "100000000 forms"),
        ("nplurals=0; plural=0;", "x {number}", "0 forms"),
        ("nplurals=2; plural=n/0;", "x {number}", "is no valid PO file"),
        ("nplurals=2; plural=__import__(n);", "x {number}", "is no valid PO file"),
        ("nplurals=2; plural=n != 1;", "x {number:>999999999}", "fills in"),
        ("nplurals=2; plural=n != 1;", "x {number!r}", "fills in"),
        ("nplurals=2; plural=n != 1;", "x {number.__class__}", "fills in"),
    ],
)
def test_a_catalog_that_means_harm_is_an_error(tmp_path: Path, plurals: str, found: str, said: str) -> None:
    (tmp_path / "locale").mkdir()
    (tmp_path / "locale" / "fi.po").write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        f'"Plural-Forms: {plurals}\\n"\n\nmsgid "a {{number}}"\nmsgstr "{found}"\n',
        encoding="utf-8",
    )
    with pytest.raises(CodeglotError, match=said):
        labels.read(tmp_path, Locale("fi"))


@pytest.mark.parametrize(
    ("locale", "items", "joined"),
    [
        ("zh", ("游戏引擎 GME", "互动直播 ILVB"), "游戏引擎 GME 和互动直播 ILVB"),
        ("zh", ("音频", "Video", "文字"), "音频、Video 和文字"),
        ("zh", ("音频", "视频"), "音频和视频"),
        ("en", ("A", "B", "C"), "A, B, and C"),
        ("ko", ("게임", "라이브"), "게임 및 라이브"),
        ("zh", (), ""),
    ],
)
def test_a_joining_word_keeps_off_latin_letters(locale: str, items: tuple[str, ...], joined: str) -> None:
    assert labels.read(ROOT / "templates", Locale(locale)).join(items) == joined
