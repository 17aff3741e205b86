"""What a browser's address bar needs to search the site: OpenSearch 1.1, draft 6."""

from collections.abc import Mapping
from typing import Final

from generator.machine import markup
from generator.machine.places import Places
from generator.model import Locale

FILE: Final = "opensearch.xml"

_SHORT: Final = 16
_LONG: Final = 48
_DESCRIPTION: Final = 1024
"""Most characters that the elements may hold."""


def description(places: Places, locale: Locale, title: str, about: str) -> str:
    """The description of one locale's search; ``about`` says what is found with it."""
    own = f"{places.root}{places.prefix(locale)}{FILE}"
    lines = [
        markup.DECLARATION,
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
        markup.element("ShortName", fitting(title, _SHORT)),
        markup.element("LongName", fitting(title, _LONG)),
        markup.element("Description", fitting(about, _DESCRIPTION)),
        markup.empty("Url", {"type": "text/html", "method": "get", "template": places.search(locale, "{searchTerms}")}),
        markup.empty("Url", {"type": "application/opensearchdescription+xml", "rel": "self", "template": own}),
        markup.element("Language", locale),
        markup.element("InputEncoding", "UTF-8"),
        markup.element("OutputEncoding", "UTF-8"),
        "</OpenSearchDescription>",
        "",
    ]
    return "\n".join(lines)


def fitting(text: str, most: int) -> str:
    """``text`` in at most ``most`` characters, cut after a word where there are words."""
    if len(text) <= most:
        return text
    head = text[: most + 1]
    return (head.rpartition(" ")[0] or head[:most]).rstrip(" ,;:(·–-")


def files(places: Places, titles: Mapping[Locale, str], abouts: Mapping[Locale, str]) -> dict[str, str]:
    """The description of each locale's search by its path below the site's root."""
    return {
        f"{places.prefix(locale)}{FILE}": description(places, locale, titles[locale], abouts[locale])
        for locale in places.locales
    }
