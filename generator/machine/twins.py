"""The pages of codes, products and sections as Markdown: what they say, without what only a browser can do."""

from collections.abc import Iterator, Mapping, Sequence

from generator.machine import markdown as md
from generator.machine.places import Places
from generator.model import Locale
from generator.pages import Page, Words
from generator.pages.content import (
    CodeContent,
    EntryView,
    MeaningView,
    ProductContent,
    Prose,
    SectionContent,
    TombstoneContent,
)
from generator.pages.parts import Banner, CodeRef, FieldView, Provenance, Ref


class Twins:
    """Makes the Markdown of pages in one locale."""

    def __init__(self, words: Mapping[Locale, Words], places: Places, locale: Locale) -> None:
        """``words`` are those of every locale."""
        self._words = words
        self._places = places
        self._ = words[locale].gettext

    def of(self, page: Page) -> str:
        """The page as Markdown; empty for kinds of pages that have no such twin."""
        match page.content:
            case CodeContent() as content:
                return md.together(self._code(page, content))
            case TombstoneContent() as content:
                return md.together(self._tombstone(page, content))
            case ProductContent() as content:
                return md.together(self._product(page, content))
            case SectionContent() as content:
                return md.together(self._section(page, content))
            case _:
                return ""

    # A code.

    def _code(self, page: Page, content: CodeContent) -> Iterator[str]:
        yield md.heading(1, " ".join([md.words(content.code), *map(md.code, content.names), md.words(content.lead)]))
        crumbs = [content.product] if content.several else [content.product, content.meanings[0].section]
        yield " › ".join(self._ref(page, ref) for ref in crumbs)
        yield "\n".join(self._facts(page, content))
        for note in content.base:
            yield f"{md.line(md.words(note.text))} {self._code_ref(page, note.ref)}"
        if content.several:
            yield md.line(md.words(content.several))
        for meaning in content.meanings:
            yield from self._meaning(page, meaning, 3 if content.several else 2, several=bool(content.several))
        yield from self._languages(page)
        if content.disagreements:
            yield md.heading(2, self._("Discrepancies in the documents"))
            yield "\n".join(
                f"- {md.link(md.words(one.rule.text), self._places.linked(page, one.href))} {md.words(one.message)}"
                for one in content.disagreements
            )

    def _facts(self, page: Page, content: CodeContent) -> Iterator[str]:
        for fact in content.facts:
            yield f"- {self._labelled(fact.label, md.code(fact.value))}"
        label = self._("Former name")
        for meaning in content.meanings:
            for former in meaning.former:
                yield f"- {self._labelled(label, f'{md.code(former.name)} ({md.words(former.title)})')}"
        yield from self._addresses(page, content.permalink_href)

    def _addresses(self, page: Page, permalink: str) -> Iterator[str]:
        own, ticket = self._places.page(page.path, page.locale), self._places.linked(page, permalink)
        for label, address in ((self._("Web page"), own), (self._("Link for tickets"), ticket)):
            yield f"- {self._labelled(label, f'<{address}>')}"

    def _meaning(self, page: Page, meaning: MeaningView, level: int, *, several: bool) -> Iterator[str]:
        if several:
            title = md.code(meaning.title) if meaning.title_is_name else md.words(meaning.title)
            yield md.heading(level - 1, title)
            yield self._ref(page, meaning.section)
        for banner in meaning.banners:
            yield self._banner(page, banner)
        for entry in meaning.entries:
            yield from self._entry(page, entry, level)
        around = ((self._("Previous code"), meaning.previous), (self._("Next code"), meaning.next))
        yield "\n".join(f"- {self._labelled(label, self._code_ref(page, ref))}" for label, ref in around if ref)

    def _entry(self, page: Page, entry: EntryView, level: int) -> Iterator[str]:
        if entry.number:
            yield f"**{md.words(entry.number)}**"
        for field in entry.fields:
            yield from _field(field, level)
        for stray in entry.strays:
            yield md.heading(level, md.words(stray.label))
            yield md.line(md.words(stray.text))
        if not entry.fields and not entry.strays:
            yield md.line(md.words(self._("The source says nothing more.")))
        for banner in entry.banners:
            yield self._banner(page, banner)
        yield self._labelled(self._("Source"), self._source(entry.provenance))

    def _languages(self, page: Page) -> Iterator[str]:
        having = page.text_locales or self._places.locales
        others = [locale for locale in having if locale != page.locale]
        if others:
            yield md.heading(2, self._("In other languages"))
            yield "\n".join(
                f"- {md.link(md.words(self._words[one].own_language()), self._places.twin(page.path, one))}"
                for one in others
            )
        without = [locale for locale in self._places.locales if locale not in having and locale != page.locale]
        if without:
            said = [self._words[locale].own_language() for locale in without]
            label = self._("No text in these languages:")
            yield f"{md.line(md.words(label))} {md.words(' · '.join(said))}"

    def _tombstone(self, page: Page, content: TombstoneContent) -> Iterator[str]:
        yield md.heading(1, f"{md.words(content.code)} {md.code(content.name)}")
        yield self._ref(page, content.product)
        yield "\n".join(self._addresses(page, content.permalink_href))
        for banner in content.banners:
            yield self._banner(page, banner)
        label = self._("Last text")
        for one in content.texts:
            yield md.heading(2, f"{md.words(label)} ({md.words(one.title)})")
            yield md.line(md.words(one.text))
        yield from self._languages(page)

    # Lists of codes.

    def _product(self, page: Page, content: ProductContent) -> Iterator[str]:
        yield md.heading(1, md.words(page.title))
        yield md.line(md.words(content.summary))
        for banner in content.banners:
            yield self._banner(page, banner)
        yield from _prose(content.intro)
        for section in content.sections:
            yield md.heading(2, self._ref(page, section.ref))
            yield md.line(md.words(section.count))
            yield self._listed(page, section.codes)
        if content.retired:
            yield md.heading(2, self._("No longer listed"))
            yield self._listed(page, content.retired)
        for extra in content.extra:
            yield md.heading(2, md.words(extra.title))
            yield from _prose(extra.prose)
        yield md.heading(2, self._("Editions"))
        for edition in content.editions:
            yield md.line(md.words(self._("{label}: {text}").format(label=edition.title, text=edition.count)))
            yield "\n".join(
                f"- {self._labelled(one.language, self._source(one.provenance))}" for one in edition.sources
            )

    def _section(self, page: Page, content: SectionContent) -> Iterator[str]:
        yield md.heading(1, md.words(content.title))
        yield self._ref(page, content.product)
        yield md.line(md.words(content.summary))
        for banner in content.banners:
            yield self._banner(page, banner)
        yield from _prose(content.prose)
        yield self._listed(page, tuple(dict.fromkeys(row.ref for row in content.rows)))
        around = ((self._("Previous section"), content.previous), (self._("Next section"), content.next))
        yield "\n".join(f"- {self._labelled(label, self._ref(page, ref))}" for label, ref in around if ref)

    # Pieces.

    def _listed(self, page: Page, refs: Sequence[CodeRef]) -> str:
        return "\n".join(f"- {self._code_ref(page, ref)}" for ref in refs)

    def _code_ref(self, page: Page, ref: CodeRef) -> str:
        called = " ".join(filter(None, (md.words(ref.code), md.code(ref.name))))
        link = md.link(called, self._places.linked(page, ref.href))
        return self._("{label}: {text}").format(label=link, text=md.words(ref.summary)) if ref.summary else link

    def _ref(self, page: Page, ref: Ref) -> str:
        return md.link(md.words(ref.text), self._places.linked(page, ref.href))

    def _banner(self, page: Page, banner: Banner) -> str:
        said = md.line(md.words(banner.text))
        more = [f"{said} {self._ref(page, banner.ref)}" if banner.ref else said]
        if banner.reason:
            more.append(self._labelled(self._("Reason"), md.words(banner.reason)))
        if banner.evidence:
            lines = (f"- {md.line(md.words(f'{one.place} {one.quoted}'.strip()))}" for one in banner.evidence)
            more.append("\n".join(lines))
        return md.quoted("\n\n".join(more))

    def _labelled(self, label: str, inner: str) -> str:
        return self._("{label}: {text}").format(label=md.line(md.words(label)), text=inner)

    def _source(self, provenance: Provenance) -> str:
        place = md.link(md.code(provenance.text), provenance.href) if provenance.href else md.code(provenance.text)
        if not provenance.published:
            return place
        published = self._("published {date}").format(date=provenance.published)
        return f"{place} · {md.words(published)}"


def _field(field: FieldView, level: int) -> Iterator[str]:
    yield md.heading(level, md.words(field.label))
    for block in field.blocks:
        yield md.block(block)


def _prose(prose: Prose | None) -> Iterator[str]:
    for paragraph in prose.paragraphs if prose else ():
        yield md.running(paragraph)
