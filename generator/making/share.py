"""Everything about one product: its pages, its Markdown, its data, its part of what the whole site says."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import msgspec
from msgspec import Struct

from generator import machine, pages, site, words
from generator.config import Settings
from generator.errors import naming
from generator.glossary import Glossary
from generator.kept import Kept, digest, of_value
from generator.making import cleaned, plans
from generator.making.part import NOTHING, Givens, PartPage, Whole
from generator.making.values import Files, Head, Share
from generator.model import Catalog, Locale, ProductId
from generator.pages import Page, PageKey
from generator.render import Renderer
from generator.site import blocks, finish, neutral, sanitised, shells, sitemap
from generator.site.neutral import NeutralCode
from generator.site.shell import Kind, Shell
from generator.site.tree import Filed, Listing, Tree
from generator.site.values import NeutralLink
from generator.write import Stage


class Bench:
    """What every product's share is made with, the same in all processes."""

    def __init__(
        self,
        *,
        shelf: pages.Shelf,
        settings: Settings,
        glossary: Glossary,
        renderer: Renderer,
        spec: site.SiteSpec,
        site_url: str,
        codes: Iterable[NeutralCode],
        rules: tuple[pages.RuleInfo, ...],
        shell: Mapping[Kind, Shell] | None,
        tree: Tree,
        stage: Stage,
        written: Listing,
        keep: Kept,
        known: bytes,
        digests: Mapping[ProductId, bytes],
        given: Givens = NOTHING,
    ) -> None:
        """``codes`` are all that documents list, ``rules`` those that have a page.

        ``shell`` is ``None`` where MkDocs builds the pages; ``written`` lists what the folder of Markdown has already;
        ``known`` is the digest of what every page is made of, whatever the documents say; ``digests`` are those of all that
        each product's share is made of, by which it is kept; ``given`` is what need not be made.
        """
        self.shelf = shelf
        self.settings = settings
        self.glossary = glossary
        self.renderer = renderer
        self.spec = spec
        self.site_url = site_url
        self.rules = rules
        self.shell = shell
        self.tree = tree
        self.stage = stage
        self.written = written
        self.kept = keep
        self.known = known
        self.digests = digests
        self.given = given
        self.others = machine.elsewhere(shelf.catalog)
        self.codes: dict[ProductId, list[NeutralCode]] = {}
        for code in codes:
            self.codes.setdefault(code.product, []).append(code)
        self.alone = shells.alone(shell or {})
        self.own: dict[Locale, tuple[Page, ...]] = {}
        """The pages of no product, once they are planned here."""

    @property
    def catalog(self) -> Catalog:
        """The catalog as corrected."""
        return self.shelf.catalog

    @property
    def alone_html(self) -> site.Html:
        """Makes a page outside MkDocs, with the words of the source locale."""
        return self.renderer.alone(self.spec.source_locale)

    @property
    def locales(self) -> tuple[Locale, ...]:
        """The site's locales, in order."""
        return tuple(one.locale for one in self.spec.locales)


Late = tuple[tuple[Page, str], ...]
"""Pages, each with its body, that are not written because no shell is there for them."""


def of_product(bench: Bench, product: ProductId) -> tuple[Share, Late]:
    """Make all of one product, and write and keep it."""
    whole = bench.given.whole(product, bench.digests[product])
    if whole is not None:
        share = _given(bench, product, whole)
        bench.kept.put("share", bench.digests[product], share)
        return share, ()
    # Which pages are there as Markdown depends on all products.
    known = digest(bench.known, of_value(bench.others.products))
    planned = plans.of_product(bench.kept, bench.shelf, product, known)
    own = plans.whole(bench.shelf, product, planned)
    filed, docs, late = write_pages(bench, product, own)
    files, told = about(bench, product, own, plans.markdown(planned))
    plans.put(bench.kept, bench.shelf, product, planned, files)
    share = msgspec.structs.replace(told, site=(*filed, *write_files(bench, files)), docs=docs)
    if not late:
        bench.kept.put("share", bench.digests[product], share)
    return share, late


def _given(bench: Bench, product: ProductId, whole: Whole) -> Share:
    """Write all of one product as it was made elsewhere."""
    after = {name: _written(bench, name, made_of, page) for name, made_of, page in whole.pages(bench.locales)}
    bench.kept.put("pages", digest(product.encode()), after)
    return msgspec.structs.replace(
        whole.share,
        site=(*((one.path, one.site) for one in after.values()), *write_files(bench, whole.files())),
        docs=tuple((name, one.docs) for name, one in after.items()),
    )


def about(
    bench: Bench, product: ProductId, planned: Sequence[Page], markdown: Mapping[PageKey, str]
) -> tuple[machine.Files, Share]:
    """The files about one product beside its pages, and its share, in which no files are.

    ``markdown`` has pages as Markdown that need not be made again.
    """
    known = bench.shelf.products[product]
    stones = pages.gone(bench.shelf, product)
    files, shared = machine.of_product(bench.shelf, known, (*planned, *stones), bench.others, markdown)
    heads = tuple(head(page) for page in planned)
    share = Share(
        heads=heads,
        site=(),
        docs=(),
        machine=shared,
        words=words.of_product(bench.catalog, known, bench.glossary, bench.settings.declared.meant),
        links=neutral.of_product(product, bench.codes.get(product, ()), (), called(heads), bench.locales),
        sections=tuple(blocks.of_product(known, planned)),
        entries=tuple(sitemap.made(planned, bench.locales, bench.spec.source_locale, bench.site_url)),
    )
    return files, share


class Own(NamedTuple):
    """The pages of no product in one locale, and their files."""

    pages: tuple[Page, ...]
    site: Files
    docs: Files
    late: Late


class Texts(NamedTuple):
    """What is written of a page."""

    body: str
    markdown: bytes
    path: str
    """On the site; empty where there is no shell for the page."""
    html: bytes


class Ready(NamedTuple):
    """A page that is planned, and filled in where it is another than the one that was written last."""

    page: Page
    """Without its content, unless other files are made of that."""
    made_of: bytes
    texts: Texts | None


def of_own(bench: Bench, locales: Sequence[Locale], ready: Sequence[tuple[Ready, ...]] = ()) -> tuple[Own, ...]:
    """Make the pages of no product in some locales: most of what the report says is the same in all.

    They may be ``ready``, for each locale.
    """
    found = []
    for number, locale in enumerate(locales):
        own = ready[number] if ready else ()
        planned = tuple(one.page for one in own) or _in_locale(bench, locale)
        found.append(Own(planned, *write_pages(bench, f"/{locale}", planned, own)))
    return tuple(found)


def all_ready(bench: Bench) -> tuple[tuple[Ready, ...], ...]:
    """The pages of no product, for each locale; nothing is written."""
    return tuple(tuple(_made_ready(bench, locale)) for locale in bench.locales)


def _made_ready(bench: Bench, locale: Locale) -> Iterator[Ready]:
    before = bench.kept.get("pages", digest(f"/{locale}".encode()), _Pages) or {}
    for page in _in_locale(bench, locale):
        name, made_of = named(bench, page)
        found = before.get(name)
        same = found is not None and found.made_of == made_of
        # A code that is gone has files beside its page.
        told = page if page.code else msgspec.structs.replace(page, content=pages.SPENT)
        yield Ready(told, made_of, None if same else _texts(bench, page))


def _in_locale(bench: Bench, locale: Locale) -> tuple[Page, ...]:
    if locale not in bench.own:
        bench.own[locale] = pages.in_locale(bench.shelf.desks[bench.locales.index(locale)], bench.rules)
    return bench.own[locale]


def _whole(bench: Bench, page: Page) -> Page:
    """A page with its content."""
    if page.content != pages.SPENT:
        return page
    return next(one for one in _in_locale(bench, page.locale) if one.source == page.source)


def _texts(bench: Bench, page: Page) -> Texts:
    body = bench.renderer.body(page)
    markdown = bench.renderer.file(page, body).encode()
    if bench.shell is None or shells.kind(page, bench.alone) not in bench.shell:
        return Texts(body, markdown, "", b"")
    clean = partial(cleaned.body, bench.kept, _name(page))
    path, text = shells.filled(page, body, bench.shell, bench.alone, bench.spec, bench.site_url, clean)
    return Texts(body, markdown, path, text.encode())


class Written(Struct, frozen=True, array_like=True):
    """A page as it was written."""

    made_of: bytes
    """The digest of everything that it was made of."""
    path: str
    """On the site."""
    site: Filed
    docs: Filed


def write_pages(
    bench: Bench, whose: str, planned: Iterable[Page], ready: Sequence[Ready] = ()
) -> tuple[Files, Files, Late]:
    """Write pages, each as Markdown and, where there are shells, as a page of the site.

    Those that would be the same as when pages of ``whose`` were last written are left as they are. Gives the site's
    files, the Markdown, and the pages for which there is no shell.
    """
    key = digest(whose.encode())
    before = bench.kept.get("pages", key, _Pages) or {}
    after: _Pages = {}
    filed, docs, late = [], [], []
    for number, page in enumerate(planned):
        name, made_of = (_name(page), ready[number].made_of) if ready else named(bench, page)
        found = before.get(name)
        if found is not None and found.made_of == made_of and _is_there(bench, name, found):
            after[name] = found
            filed.append((found.path, found.site))
            docs.append((name, found.docs))
            continue
        given = bench.given.page(whose, page.locale, name, made_of)
        if given is not None:
            after[name] = _written(bench, name, made_of, given)
            filed.append((given.path, after[name].site))
            docs.append((name, after[name].docs))
            continue
        texts = (ready[number].texts if ready else None) or _texts(bench, _whole(bench, page))
        docs.append((name, _markdown(bench, name, texts.markdown)))
        if texts.path:
            filed.append((texts.path, bench.tree.put(texts.path, texts.html)))
            after[name] = Written(made_of, texts.path, filed[-1][1], docs[-1][1])
        elif bench.shell is not None:
            late.append((page, texts.body))
    bench.kept.put("pages", key, after)
    return tuple(filed), tuple(docs), tuple(late)


_Pages = dict[str, Written]


def named(bench: Bench, page: Page) -> tuple[str, bytes]:
    """The path of a page's Markdown, and the digest of everything that the page is made of."""
    return _name(page), digest(bench.known, of_value(page))


def _name(page: Page) -> str:
    return f"{page.locale}/{page.source}"


def _written(bench: Bench, name: str, made_of: bytes, page: PartPage) -> Written:
    """Write a page that was made elsewhere."""
    docs = _markdown(bench, name, page.markdown)
    return Written(made_of, page.path, bench.tree.put(page.path, page.html), docs)


def _is_there(bench: Bench, name: str, found: Written) -> bool:
    return bench.written.get(name) == found.docs and bench.tree.has(found.path, found.site.digest) is not None


def _markdown(bench: Bench, path: str, data: bytes) -> Filed:
    content, found = digest(data), bench.written.get(path)
    if found is not None and found.digest == content:
        return found
    target = bench.stage.place(path)
    with naming(bench.stage.folder / path):
        target.write_bytes(data)
    status = os.stat(target)  # noqa: PTH116 - once for each page
    return Filed(content, status.st_size, status.st_mtime_ns)


def write_files(bench: Bench, files: Mapping[str, str | bytes]) -> Files:
    """Write further files of the site."""
    return tuple(
        (path, bench.tree.put(path, data.encode() if isinstance(data, str) else data)) for path, data in files.items()
    )


class LinksOf(Struct, frozen=True):
    """A product whose links are to be written, and what other products claim of them."""

    share: neutral.Share
    contested: frozenset[str]


def own_links(bench: Bench, asked: LinksOf) -> Files:
    """Write the pages behind the links in no language that mean codes of one product alone."""
    return write_links(bench, neutral.own_links(asked.share, asked.contested))


def write_links(bench: Bench, links: Iterable[NeutralLink]) -> Files:
    """Write the pages behind links in no language."""
    made = finish.neutral_pages(bench.spec, links, bench.alone_html)
    return write_files(bench, {path: sanitised.page(text) for path, text in made})


def head(page: Page) -> Head:
    """What others say of a page."""
    product = getattr(page.content, "product", None)
    return Head(
        locale=page.locale,
        path=page.path,
        called=f"{product.text} · {page.title}" if page.code and product else page.title,
        title=page.title,
    )


def called(heads: Iterable[Head]) -> dict[str, dict[Locale, str]]:
    """What to call pages in links, by path and locale."""
    found: dict[str, dict[Locale, str]] = {}
    for one in heads:
        found.setdefault(one.path, {})[one.locale] = one.called
    return found
