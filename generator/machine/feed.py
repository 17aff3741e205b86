"""The feed of changed codes: Atom (RFC 4287), one for each locale."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Final

from generator.machine import markup
from generator.machine.places import Places
from generator.machine.revisions import Kind, Revision
from generator.machine.shares import NEWEST, News
from generator.model import Locale
from generator.pages import Page, Words, rows
from generator.pages.desk import Desk
from generator.pages.words import N_

FILE: Final = "feed.xml"

Pages = Mapping[tuple[Locale, str], Page]
"""Pages by locale and path."""

_KINDS: Final[dict[Kind, str]] = {
    "added": N_("added"),
    "retired": N_("no longer listed"),
    "renamed": N_("renamed"),
    "reworded": N_("reworded"),
    "corrected": N_("corrected"),
}


def atom(words: Words, places: Places, locale: Locale, title: str, updated: str, entries: Iterable[str]) -> str:
    """The feed in one locale, in its words; ``entries`` come newest first, ``updated`` is when the newest was published."""
    own = f"{places.root}{places.prefix(locale)}{FILE}"
    home = places.page("", locale)
    lines = [
        markup.DECLARATION,
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{locale}">',
        markup.element("id", own),
        markup.element("title", words.gettext("{site}: changed codes").format(site=title)),
        markup.element("updated", moment(updated)),
        f"<author>{markup.element('name', title)}</author>",
        markup.empty("link", {"rel": "self", "type": "application/atom+xml", "href": own}),
        markup.empty("link", {"rel": "alternate", "type": "text/html", "hreflang": locale, "href": home}),
        *(
            markup.empty(
                "link",
                {
                    "rel": "related",
                    "type": "application/atom+xml",
                    "hreflang": other,
                    "href": f"{places.root}{places.prefix(other)}{FILE}",
                },
            )
            for other in places.locales
            if other != locale
        ),
        *entries,
        "</feed>",
        "",
    ]
    return "\n".join(lines)


def news(desks: Sequence[Desk], places: Places, found: Sequence[Revision], pages: Pages) -> tuple[News, ...]:
    """What the feeds say of one product's changes, the newest first; no more of them than there is room for."""
    return tuple(
        News(
            one.published,
            tuple("\n".join(_entry(desk, places, one, pages[desk.locale, one.code.path].title)) for desk in desks),
        )
        for one in found[:NEWEST]
    )


def _entry(desk: Desk, places: Places, revision: Revision, name: str) -> Iterator[str]:
    address = places.page(revision.code.path, desk.locale)
    kinds = {kind: desk.words.gettext(_KINDS[kind]) for kind in revision.kinds}
    title = desk.words.gettext("{label}: {text}").format(label=name, text=desk.words.join(list(kinds.values())))
    yield "<entry>"
    yield markup.element("id", f"{address}#{revision.mark}")
    yield markup.element("title", title)
    yield markup.element("updated", moment(revision.published))
    yield markup.empty("link", {"rel": "alternate", "type": "text/html", "hreflang": desk.locale, "href": address})
    for kind, label in kinds.items():
        yield markup.empty("category", {"term": kind, "label": label})
    yield markup.element("summary", " ".join(_sentences(desk, revision)))
    yield "</entry>"


def _sentences(desk: Desk, revision: Revision) -> Iterator[str]:
    words = desk.words
    edition = desk.edition_title(revision.code.product, revision.edition.id)
    for kind in revision.kinds:
        if kind == "added":
            yield words.gettext("Added with the {edition}.").format(edition=edition)
        elif kind == "retired":
            yield words.gettext("No longer listed since the {edition}.").format(edition=edition)
        elif kind == "renamed":
            for one in revision.renamed:
                yield words.gettext("Renamed ({language}): {former} became {name}.").format(
                    language=words.language(one.locale), former=one.former, name=one.name
                )
        elif kind == "reworded":
            yield words.gettext("Text changed with the {edition} ({languages}).").format(
                edition=edition, languages=words.join([words.language(locale) for locale in revision.reworded])
            )
        elif revision.corrected:
            (view,) = rows.views(desk, (revision.corrected,))
            yield from (banner.text for banner in view.banners if banner.kind == "corrected")


def moment(published: str) -> str:
    """The first moment (RFC 3339) of a year, month or day in ISO 8601; of what is none of them the epoch's."""
    known = f"{published}-01-01" if len(published) == 4 else f"{published}-01" if len(published) == 7 else published
    try:
        day = date.fromisoformat(known)
    except ValueError:
        day = date(1970, 1, 1)
    return f"{day.isoformat()}T00:00:00Z"


def files(
    words: Mapping[Locale, Words], places: Places, titles: Mapping[Locale, str], products: Iterable[Sequence[News]]
) -> dict[str, str]:
    """The feed of each locale by its path below the site's root, of the news of all products in the catalog's order."""
    # Those of one day stay in the order of the catalog.
    found = sorted(chain.from_iterable(products), key=lambda one: one.published, reverse=True)[:NEWEST]
    updated = found[0].published if found else "1970"
    return {
        f"{places.prefix(locale)}{FILE}": atom(
            words[locale], places, locale, titles[locale], updated, (one.entries[number] for one in found)
        )
        for number, locale in enumerate(places.locales)
    }
