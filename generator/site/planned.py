"""What the site needs to know of the planned pages: titles and navigation."""

from collections.abc import Callable, Iterable, Mapping

from generator import addresses, languages
from generator.model import Locale, ProductId
from generator.pages import Page, Plan, SiteInfo
from generator.pages.content import HomeContent
from generator.site import theme
from generator.site.values import LocaleSpec, MovedPage, NavItem, SiteSpec


def specification(
    plan: Plan,
    site: SiteInfo,
    translate: Mapping[Locale, Callable[[str], str]],
    moved: Iterable[tuple[str, str]] = (),
) -> SiteSpec:
    """The site around the pages of ``plan``; ``translate`` turns an English sentence into each locale's.

    ``moved`` are addresses that pages had, each with the page that is to be seen there instead.
    """
    titles = dict(site.titles)
    fallback = titles.get(site.source_locale, "")
    moved = tuple(moved)
    targets = {to for _, to in moved}
    called: dict[str, list[tuple[Locale, str]]] = {}
    for page in plan.pages:
        if page.path in targets:
            called.setdefault(page.path, []).append((page.locale, page.title))
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
            for pages in [tuple(page for page in plan.pages if page.locale == locale)]
        ),
        moved=tuple(MovedPage(path, to, tuple(called.get(to, ()))) for path, to in moved),
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
    for card in home.content.products:
        product = by_path[addresses.product_path(ProductId(card.id))]
        items.append(NavItem(card.ref.text, product.source))
    items += [
        NavItem(by_path[path].title, by_path[path].source) for path in ("discrepancies/", "rules/") if path in by_path
    ]
    return tuple(items)
