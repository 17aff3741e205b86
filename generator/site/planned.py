"""What the site needs to know of the planned pages: titles and navigation."""

from collections.abc import Callable, Iterable, Mapping

import msgspec

from generator import addresses, languages
from generator.model import Locale, ProductId
from generator.pages import Page, SiteInfo
from generator.pages.content import HomeContent
from generator.site import theme
from generator.site.values import LocaleSpec, MovedPage, NavItem, SiteSpec


def specification(own: Iterable[Page], site: SiteInfo, translate: Mapping[Locale, Callable[[str], str]]) -> SiteSpec:
    """The site around its pages, of which ``own`` are those of no product, in all locales; others make no difference.

    ``translate`` turns an English sentence into each locale's.
    """
    own = tuple(own)
    titles = dict(site.titles)
    fallback = titles.get(site.source_locale, "")
    return SiteSpec(
        source_locale=site.source_locale,
        locales=tuple(
            LocaleSpec(
                locale=locale,
                name=languages.own_name(locale),
                title=titles.get(locale) or fallback or translate[locale](theme.DEFAULT_TITLE),
                description=next((page.description for page in pages if page.path == ""), ""),
                labels=theme.labels(translate[locale]),
                nav=_nav(pages, translate[locale]),
            )
            for locale in site.locales
            for pages in [tuple(page for page in own if page.locale == locale)]
        ),
    )


def with_moved(spec: SiteSpec, moved: Iterable[tuple[str, str]], titles: Iterable[tuple[str, Locale, str]]) -> SiteSpec:
    """The same with addresses that pages had, each with the page that is to be seen there instead.

    ``titles`` are those of all pages, each with the page's address and locale.
    """
    moved = tuple(moved)
    targets = {to for _, to in moved}
    called: dict[str, list[tuple[Locale, str]]] = {}
    for path, locale, title in titles:
        if path in targets:
            called.setdefault(path, []).append((locale, title))
    return msgspec.structs.replace(
        spec, moved=tuple(MovedPage(path, to, tuple(called.get(to, ()))) for path, to in moved)
    )


def prefixes(spec: SiteSpec) -> dict[Locale, str]:
    """What every address of each locale begins with."""
    return {locale.locale: addresses.prefix(locale.locale, spec.source_locale) for locale in spec.locales}


def _nav(pages: tuple[Page, ...], translate: Callable[[str], str]) -> tuple[NavItem, ...]:
    """Home, the products, the reports; sections and codes are too many."""
    by_path = {page.path: page for page in pages}
    home = by_path.get("")
    if home is None or not isinstance(home.content, HomeContent):
        return ()
    items = [NavItem(translate(theme.LABELS["home"]), home.source)]
    items += [
        NavItem(card.ref.text, f"{addresses.product_path(ProductId(card.id))}index.md")
        for card in home.content.products
    ]
    items += [
        NavItem(by_path[path].title, by_path[path].source) for path in ("discrepancies/", "rules/") if path in by_path
    ]
    return tuple(items)
