"""What the site needs to know of the planned pages: titles, navigation, links in no language."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from generator import addresses, languages
from generator.model import Locale, ProductId
from generator.pages import Page, Plan, SiteInfo
from generator.pages.content import CodeContent, HomeContent
from generator.site import theme
from generator.site.values import LocaleSpec, NavItem, NeutralLink, NeutralTarget, SiteSpec


def specification(plan: Plan, site: SiteInfo, translate: Mapping[Locale, Callable[[str], str]]) -> SiteSpec:
    """The site around the pages of ``plan``; ``translate`` turns an English sentence into each locale's."""
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
            for pages in [tuple(page for page in plan.pages if page.locale == locale)]
        ),
    )


def _nav(pages: tuple[Page, ...], translate: Callable[[str], str]) -> tuple[NavItem, ...]:
    """Home, the products with their sections, the reports; codes are too many."""
    by_path = {page.path: page for page in pages}
    home = by_path.get("")
    if home is None or not isinstance(home.content, HomeContent):
        return ()
    items = [NavItem(translate(theme.LABELS["home"]), home.source)]
    for card in home.content.products:
        product = by_path[addresses.product_path(ProductId(card.id))]
        # From the home page, the way to a page is its address.
        sections = [NavItem(ref.text, by_path[ref.href].source) for ref in card.sections if ref.href in by_path]
        items.append(NavItem(card.ref.text, product.source, tuple(item for item in sections if item.source)))
    items += [
        NavItem(by_path[path].title, by_path[path].source) for path in ("discrepancies/", "rules/") if path in by_path
    ]
    return tuple(items)


def neutral_links(plan: Plan, spec: SiteSpec) -> tuple[NeutralLink, ...]:
    """The links in no language: for every code by itself, by product and code, and by each name it has or had."""
    titles: dict[str, dict[Locale, str]] = {}
    asked: dict[str, tuple[str, dict[str, None]]] = {}
    for page in plan.pages:
        if not isinstance(page.content, CodeContent):
            continue
        titles.setdefault(page.path, {})[page.locale] = f"{page.content.product.text} · {page.title}"
        for path, text in _addresses(page, page.content):
            # Dictionaries, for they keep the order in which codes come.
            asked.setdefault(path, (text, {}))[1].setdefault(page.path)
    order = tuple(locale.locale for locale in spec.locales)
    return tuple(
        NeutralLink(
            path,
            text,
            tuple(
                NeutralTarget(
                    target, tuple((locale, titles[target][locale]) for locale in order if locale in titles[target])
                )
                for target in targets
            ),
        )
        for path, (text, targets) in sorted(asked.items())
    )


def _addresses(page: Page, content: CodeContent) -> Iterator[tuple[str, str]]:
    product, _, slug = page.code.partition("/")
    yield addresses.neutral_path(slug), content.code
    yield addresses.neutral_path(product, slug), content.code
    for name in _names(content):
        yield addresses.neutral_path(addresses.word_slug(name)), name


def _names(content: CodeContent) -> Iterable[str]:
    return [*content.names, *(former.name for meaning in content.meanings for former in meaning.former)]
