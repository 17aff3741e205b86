"""The full text of the site's search: what the rows of each locale say, as files that the browser looks through.

The files of a locale are its index (``assets/codeglot/index.{locale}.json``, which :func:`generator.resolve.browser_index`
describes) and blocks of texts in the same order of codes (``assets/codeglot/text.{locale}.{number}.json``). The part of
the index that is about words is :class:`generator.words.about.About`.
"""

from msgspec import to_builtins

from generator import resolve
from generator.glossary import Glossary
from generator.model import Catalog
from generator.words.about import about
from generator.words.texts import Block, blocks

__all__ = ["Block", "blocks", "files"]

_FOLDER = "assets/codeglot/"


def files(catalog: Catalog, glossary: Glossary, meant: resolve.Meant = ()) -> dict[str, str]:
    """Everything that the search fetches, by its path below the site's root; the same bytes each time.

    ``meant`` are right spellings of names that are shipped misspelled.
    """
    found: dict[str, str] = {}
    for locale in catalog.locales:
        texts = blocks(catalog, locale)
        for number, block in enumerate(texts):
            found[f"{_FOLDER}text.{locale}.{number}.json"] = block.file
        more = to_builtins(about(catalog, glossary, locale, texts))
        found[f"{_FOLDER}index.{locale}.json"] = resolve.browser_index(catalog, locale, more, meant)
    return found
