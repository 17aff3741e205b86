"""What a language model is told of the site: llms.txt, as llmstxt.org describes it. Its own words are English."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from generator.machine import markdown as md
from generator.machine.places import Places
from generator.machine.shapes import ApiFile
from generator.model import Locale
from generator.pages import Page, Words

_ENGLISH: Final = Locale("en")

_ADDRESSES: Final = (
    "Every page of a code, a product or a section is there as Markdown too: add `index.md` to its address. "
    "The address of a code is made of its product and its number in decimal, or of its symbol in lower case; "
    "a locale other than the source locale comes before it."
)


def text(
    words: Mapping[Locale, Words],
    places: Places,
    pages: Mapping[tuple[Locale, str], Page],
    titles: Mapping[Locale, str],
    files: tuple[ApiFile, ...],
    products: Sequence[Sequence[str]],
) -> str:
    """The file: title, summary, what there is for programs, then each locale's products and search.

    ``pages`` has home, search and the report in each locale, ``products`` what :func:`product` says of each, a line for
    each of the site's locales.
    """
    first = _ENGLISH if _ENGLISH in places.locales else places.source_locale
    blocks = [
        md.heading(1, md.words(titles[first])),
        md.quoted(md.line(md.words(pages[first, ""].description))),
        _ADDRESSES,
        *_data(files),
    ]
    for number, locale in enumerate(places.locales):
        blocks.append(md.heading(2, md.words(words[locale].own_language())))
        found = (pages[locale, path] for path in ("search/", "discrepancies/"))
        blocks.append(
            "\n".join(
                [
                    *(lines[number] for lines in products),
                    *(_line(page, places.page(page.path, locale)) for page in found),
                ]
            )
        )
    return md.together(blocks)


def product(places: Places, page: Page) -> str:
    """The line about a product, of its page in one locale."""
    return _line(page, places.twin(page.path, page.locale))


def _line(page: Page, address: str) -> str:
    return f"- {md.link(md.words(page.title), address)}: {md.words(page.description)}"


def _data(files: tuple[ApiFile, ...]) -> Iterator[str]:
    yield md.heading(2, "Data")
    yield "\n".join(
        f"- {md.link(md.words(one.name), one.url)}: {md.words(one.about)}" for one in files if "{" not in one.url
    )
