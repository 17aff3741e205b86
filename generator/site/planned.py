"""What the site needs to know of the planned pages: titles and navigation."""

from collections.abc import Callable, Iterable, Mapping

import msgspec

from generator import addresses, languages
from generator.model import Locale, ProductId
from generator.pages import Named, Outline, SiteInfo
from generator.pages.content import HomeContent
from generator.site import theme
from generator.site.values import LocaleSpec, MovedPage, NavItem, SiteSpec


def specification(
    around: Iterable[Outline], site: SiteInfo, translate: Mapping[Locale, Callable[[str], str]]
) -> SiteSpec:
    """The site around its pages, as ``around`` has it in each locale.

    ``translate`` turns an English sentence into each locale's.
    """
    titles = dict(site.titles)
    fallback = titles.get(site.source_locale, "")
    return SiteSpec(
        source_locale=site.source_locale,
        locales=tuple(
            LocaleSpec(
                locale=one.locale,
                name=languages.own_name(one.locale),
                title=titles.get(one.locale) or fallback or translate[one.locale](theme.DEFAULT_TITLE),
                description=one.description,
                labels=theme.labels(translate[one.locale]),
                nav=tuple(map(_item, one.named)),
            )
            for one in around
        ),
    )


def _item(named: Named) -> NavItem:
    return NavItem(named.title, named.source, tuple(map(_item, named.below)))


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


