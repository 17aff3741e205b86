"""The feed of changed codes: Atom (RFC 4287), one for each locale."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from generator.machine import markup
from generator.machine.places import Places
from generator.machine.revisions import Kind, Revision
from generator.model import Locale
from generator.pages import rows
from generator.pages.desk import Desk
from generator.pages.words import N_

FILE: Final = "feed.xml"

_MOST: Final = 200
"""So many entries, the newest."""

_KINDS: Final[dict[Kind, str]] = {
    "added": N_("added"),
    "retired": N_("no longer listed"),
    "renamed": N_("renamed"),
    "reworded": N_("reworded"),
    "corrected": N_("corrected"),
}


def atom(desk: Desk, places: Places, title: str, revisions: Sequence[Revision]) -> str:
    """The feed in the desk's locale; ``revisions`` come newest first."""
    newest = revisions[0].published if revisions else "1970"
    own = f"{places.root}{places.prefix(desk.locale)}{FILE}"
    home = places.page("", desk.locale)
    lines = [
        markup.DECLARATION,
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{desk.locale}">',
        markup.element("id", own),
        markup.element("title", desk.words.gettext("{site}: changed codes").format(site=title)),
        markup.element("updated", moment(newest)),
        f"<author>{markup.element('name', title)}</author>",
        markup.empty("link", {"rel": "self", "type": "application/atom+xml", "href": own}),
        markup.empty("link", {"rel": "alternate", "type": "text/html", "hreflang": desk.locale, "href": home}),
        *(
            markup.empty(
                "link",
                {
                    "rel": "related",
                    "type": "application/atom+xml",
                    "hreflang": locale,
                    "href": f"{places.root}{places.prefix(locale)}{FILE}",
                },
            )
            for locale in places.locales
            if locale != desk.locale
        ),
        *(line for revision in revisions[:_MOST] for line in _entry(desk, places, revision)),
        "</feed>",
        "",
    ]
    return "\n".join(lines)


def _entry(desk: Desk, places: Places, revision: Revision) -> Iterator[str]:
    page = places.planned(revision.code.path, desk.locale)
    address = places.page(page.path, desk.locale)
    kinds = {kind: desk.words.gettext(_KINDS[kind]) for kind in revision.kinds}
    title = desk.words.gettext("{label}: {text}").format(label=page.title, text=desk.words.join(list(kinds.values())))
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
    desks: Sequence[Desk], places: Places, titles: dict[Locale, str], found: Sequence[Revision]
) -> dict[str, str]:
    """The feed of each locale by its path below the site's root."""
    return {f"{places.prefix(desk.locale)}{FILE}": atom(desk, places, titles[desk.locale], found) for desk in desks}
