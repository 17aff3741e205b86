"""What a language model is told of the site: llms.txt, as llmstxt.org describes it. Its own words are English."""

from collections.abc import Iterator
from typing import Final

from generator import addresses
from generator.machine import markdown as md
from generator.machine.places import Places
from generator.machine.shapes import ApiFile
from generator.model import Locale
from generator.pages.desk import Shelf

_ENGLISH: Final = Locale("en")

_ADDRESSES: Final = (
    "Every page of a code, a product or a section is there as Markdown too: add `index.md` to its address. "
    "The address of a code is made of its product and its number in decimal, or of its symbol in lower case; "
    "a locale other than the source locale comes before it."
)


def text(shelf: Shelf, places: Places, titles: dict[Locale, str], files: tuple[ApiFile, ...]) -> str:
    """The file: title, summary, what there is for programs, then each locale's products and search."""
    first = _ENGLISH if _ENGLISH in places.locales else places.source_locale
    return md.together(
        [
            md.heading(1, md.words(titles[first])),
            md.quoted(md.line(md.words(places.planned("", first).description))),
            _ADDRESSES,
            *_data(files),
            *(block for locale in places.locales for block in _locale(shelf, places, locale)),
        ]
    )


def _data(files: tuple[ApiFile, ...]) -> Iterator[str]:
    yield md.heading(2, "Data")
    yield "\n".join(
        f"- {md.link(md.words(one.name), one.url)}: {md.words(one.about)}" for one in files if "{" not in one.url
    )


def _locale(shelf: Shelf, places: Places, locale: Locale) -> Iterator[str]:
    yield md.heading(2, md.words(shelf.words[locale].own_language()))
    lines = []
    for product in shelf.catalog.products:
        path = addresses.product_path(product.id)
        page = places.planned(path, locale)
        lines.append(f"- {md.link(md.words(page.title), places.twin(path, locale))}: {md.words(page.description)}")
    for path in ("search/", "discrepancies/"):
        page = places.planned(path, locale)
        lines.append(f"- {md.link(md.words(page.title), places.page(path, locale))}: {md.words(page.description)}")
    yield "\n".join(lines)
