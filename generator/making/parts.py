"""The parts of a site as they are made, product by product, and what is put together of them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from generator import crew, kept, permalinks, planning, site
from generator.addresses import prefix
from generator.errors import CodeglotError
from generator.labels import Labels
from generator.layout import Layout
from generator.making import cleaned, frames, share, sitewide
from generator.making.ahead import Answer, Pages
from generator.making.share import Bench, Late, LinksOf
from generator.making.values import Files, Frames, Share
from generator.model import Locale, ProductId
from generator.pages import Page, SiteInfo
from generator.permalinks import Permalinks
from generator.site import finish, neutral, sanitised, shells, sitemap
from generator.site.tree import Filed
from generator.site.values import NeutralLink


class Parts:
    """A site that is being made."""

    def __init__(self, bench: Bench, layout: Layout, framed: Frames, frame_key: bytes) -> None:
        """``frame_key`` is that by which ``framed`` is kept."""
        self.bench = bench
        self.framed = framed
        self.shares: dict[ProductId, Share] = {}
        self.remade: list[ProductId] = []
        self.own: tuple[Page, ...] = ()
        """The pages of no product, in all locales."""
        self.files: dict[str, Filed] = {}
        """The files of the site."""
        self.docs: dict[str, Filed] = {}
        """The Markdown of the pages."""
        self._layout = layout
        self._frame_key = frame_key
        self._late: list[Late] = []
        self.links = 0
        """How many links in no language there are."""
        self.unlisted: int | None = None
        """How many addresses are not among the published ones; ``None`` where no list of them is kept."""
        self._offered: tuple[str, ...] = ()
        self._by_mkdocs: Mapping[str, bytes] = {}

    def make_pages(self, clock: site.Clock, answered: Answer) -> None:
        """Make the products of which something has changed, and the pages of no product; ``clock`` is told of each.

        Where few products are made, ``answered`` may give what was made ready meanwhile.
        """
        bench = self.bench
        found = {product: self._kept(product) for product in bench.shelf.codes}
        wanted = [product for product, known in found.items() if known is None]
        many = len(wanted) > crew.FEW
        with crew.hired(bench, crew.jobs() if many else 1) as hands:
            # First, for they take longest.
            owned = hands.each(share.of_own, [bench.locales]) if many else None
            products = hands.each(share.of_product, wanted)
            for number, (product, (made, late)) in enumerate(zip(wanted, products, strict=True), start=1):
                found[product] = made
                clock.done(number, len(wanted))
                if not bench.given.holds(product):
                    self.remade.append(product)
                bench.kept.used("share", bench.digests[product])
                self._late.append(late)
            self.shares = {product: made for product, made in found.items() if made is not None}
            ready = None if many else self._ready(answered)
            for own in next(owned) if owned else share.of_own(bench, bench.locales, ready or ()):
                self._take(own.site, own.docs, own.late)
                self.own = (*self.own, *own.pages)
        for whose in (*(f"/{locale}" for locale in bench.locales), *bench.shelf.codes):
            for what in ("pages", "plans"):
                bench.kept.used(what, kept.digest(whose.encode()))
        for page in self.own:
            cleaned.used(bench.kept, f"{page.locale}/{page.source}")
        for made in self.shares.values():
            self._take(made.site, made.docs, ())
        self._fill_late()
        self._by_mkdocs = self.framed.files
        self._take(share.write_files(bench, self.framed.files), (), ())

    def _ready(self, answered: Answer) -> Pages | None:
        # Until the other process is done there is time for what is needed later.
        _ = self._search
        return answered()

    @cached_property
    def _search(self) -> Mapping[str, str]:
        """The files of the search; all products have to be made."""
        return sitewide.search(self.shares.values(), self.bench.locales, self.bench.glossary)

    def make_links(self, addresses: planning.Paths) -> None:
        """Make the pages behind the links in no language, and those at addresses that pages had."""
        bench = self.bench
        called = share.called([*sitewide.heads(self.shares.values()), *map(share.head, self.own)])
        links = {product: made.links for product, made in self.shares.items()}
        # What former codes are called may stand on pages of other products.
        links |= {
            product: neutral.of_product(product, bench.codes.get(product, ()), former, called, bench.locales)
            for product, former in addresses.former.items()
        }
        contested = neutral.shared(one.open.codes for one in links.values())
        asked = [LinksOf(one, contested.intersection(one.open.codes)) for one in links.values()]
        digests = [
            kept.digest(bench.known, kept.of_value(one.share), kept.of_value(sorted(one.contested))) for one in asked
        ]
        found = [self._kept_links(one) for one in digests]
        with crew.hired(bench, min(crew.jobs(), sum(one is None for one in found))) as hands:
            made = hands.each(share.own_links, [one for one, there in zip(asked, found, strict=True) if there is None])
            listed = frozenset(neutral.paths(links))
            moved = addresses.moved_links(listed)
            rest = [*neutral.shared_links(links, contested), *neutral.moved_links(moved, links, called, bench.locales)]
            over = {link.path for link in rest}
            self._take(self._links_of_several(rest), (), ())
            for digest, there in zip(digests, found, strict=True):
                files = there
                if files is None:
                    files = next(made)
                    bench.kept.put("links", digest, files)
                self._take((one for one in files if one[0].removesuffix("index.html") not in over), (), ())
        self.links = len(listed | over)
        self._offered = tuple(listed | over)
        titles = ((one.path, one.locale, one.title) for one in sitewide.heads(self.shares.values()))
        own = ((one.path, one.locale, one.title) for one in self.own)
        spec = site.with_moved(bench.spec, addresses.moved, (*titles, *own))
        pages = finish.moved_pages(spec, bench.site_url, bench.alone_html)
        self._take(share.write_files(bench, {path: sanitised.page(text) for path, text in pages}), (), ())

    def make_site(
        self, about: SiteInfo, words: Mapping[Locale, Labels], report: tuple[str, Mapping[str, object]]
    ) -> None:
        """Make what is about the whole site."""
        bench = self.bench
        given = sitewide.Given(about, words, self._search, bench.shelf.desks, self.own, report)
        heads = [*sitewide.heads(self.shares.values()), *map(share.head, self.own)]
        generated = {f"{prefix(one.locale, bench.spec.source_locale)}{one.path}index.html" for one in heads}
        by_hand = [path for path in self._by_mkdocs if path.endswith("index.html") and path not in generated]
        entries = sitemap.read(bench.tree.root, (bench.tree.root / path for path in by_hand), bench.site_url)
        self._take(share.write_files(bench, sitewide.of_site(given, self.shares, entries)), (), ())

    def make_whole(self) -> None:
        """Have MkDocs build every page of the Markdown, which has to be in its place."""
        self._by_mkdocs = frames.whole(self._layout, self.bench.spec, self.bench.site_url)
        self.files.update(share.write_files(self.bench, self._by_mkdocs))

    def hold_permalinks(self, addresses: planning.Paths) -> None:
        """Raises CodeglotError where an address would be lost that was published."""
        listed = addresses.listed
        if listed is None:
            return
        moved = (path for path, _ in addresses.moved)
        offered = Permalinks(site.prefixes(self.bench.spec), self._offered, (*sorted(addresses.paths), *moved))
        permalinks.hold(self._layout.source / permalinks.PERMALINKS_FILE, listed, offered)
        self.unlisted = len(permalinks.unlisted(listed, offered))

    def _kept(self, product: ProductId) -> Share | None:
        """What is kept of a product, with its files, where nothing of it has changed."""
        bench = self.bench
        found = bench.kept.get("share", bench.digests[product], Share)
        if found is None or any(bench.written.get(path) != filed for path, filed in found.docs):
            return None
        return found if bench.tree.has_all(found.site) else None

    def _kept_links(self, digest: bytes) -> Files | None:
        found = self.bench.kept.get("links", digest, Files)
        return found if found is not None and self.bench.tree.has_all(found) else None

    def _links_of_several(self, links: Sequence[NeutralLink]) -> Files:
        digest = kept.digest(self.bench.known, kept.of_value(links))
        found = self._kept_links(digest)
        if found is None:
            found = share.write_links(self.bench, links)
            self.bench.kept.put("links", digest, found)
        return found

    def _take(self, files: Iterable[tuple[str, Filed]], docs: Iterable[tuple[str, Filed]], late: Late) -> None:
        own = tuple(files)
        named = dict(own)
        if len(named) != len(own) or not self.files.keys().isdisjoint(named):
            counted = Counter((*self.files, *(path for path, _ in own)))
            twice = next(path for path, times in counted.items() if times > 1)
            raise CodeglotError(f"two things on the site have the address {twice.removesuffix('index.html')!r}")
        self.files.update(named)
        self.docs.update(docs)
        self._late.append(late)

    def _fill_late(self) -> None:
        """Have MkDocs make the shells that were not foreseen, and fill them."""
        late = [one for pages in self._late for one in pages]
        if not late:
            return
        bench = self.bench
        wanted = (*frames.typical(bench.shelf), *(page for page, _ in late))
        self.framed = frames.made(self._layout, bench.spec, bench.site_url, bench.renderer, wanted)
        bench.kept.put("frames", self._frame_key, self.framed)
        found = frames.shells_of(self.framed)
        if found is None:
            return
        alone = shells.alone(found)
        filled = dict(shells.filled(page, body, found, alone, bench.spec, bench.site_url) for page, body in late)
        self._take(share.write_files(bench, filled), (), ())
