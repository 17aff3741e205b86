"""What a catalog says about what was read in a text, gathered for ``codeglot explain``."""

from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import urljoin

from generator import addresses, meanings
from generator.declarations import Declarations
from generator.explain.reading import Reading
from generator.explain.said import (
    SCHEMA_VERSION,
    CodeSaid,
    CorrectionSaid,
    Explanation,
    FieldSaid,
    FormerName,
    LinkSaid,
    MeaningSaid,
    Mention,
    Neighbour,
    ReadSaid,
    RowSaid,
)
from generator.meanings import CodeMeanings, Lines
from generator.model import Catalog, Column, Entry, IntegerCode, Link, Locale, Meaning, canonical

_MOST_MENTIONS: Final = 5
_LONGEST_QUESTION: Final = 200
"""Characters of a text that is looked for word by word where it names no code."""


class Explainer:
    """Gathers what a catalog says about what was read."""

    def __init__(
        self, catalog: Catalog, declared: Declarations, locale: Locale, *, every: bool = False, site_url: str = ""
    ) -> None:
        """``every`` asks for the rows of all locales; ``site_url`` makes whole addresses of the pages' paths."""
        self._catalog = catalog
        self._declared = declared
        self._locale = locale
        self._every = every
        self._site_url = site_url
        self._lines = Lines(catalog)
        self._codes = {code.address: code for product in catalog.products for code in meanings.codes(product)}
        self._by_value: dict[int, list[CodeMeanings]] = {}
        for code in self._codes.values():
            if isinstance(code.code, IntegerCode):
                self._by_value.setdefault(code.code.value, []).append(code)

    def explain(self, reading: Reading, question: str = "") -> Explanation:
        """The answer; where nothing was read, texts that have all the words of ``question``."""
        return Explanation(
            schema_version=SCHEMA_VERSION,
            locale=self._locale,
            kind=reading.kind,
            reads=tuple(self._reads(reading)),
            codes=tuple(self._code(self._codes[path]) for path in reading.codes),
            mentions=() if reading.sightings else tuple(self._mentions(question)),
            lines=reading.lines,
            unknown_left_out=reading.more,
        )

    def _reads(self, reading: Reading) -> Iterator[ReadSaid]:
        for one in reading.sightings:
            excerpt, start = _cut(one.excerpt, one.read.start, one.read.end)
            yield ReadSaid(
                line=one.line,
                column=one.column,
                text=one.read.text,
                kind=one.read.kind,
                value=one.read.value,
                count=one.count,
                excerpt=excerpt,
                excerpt_start=start,
                codes=one.read.codes,
                other_base=one.read.other_base,
                neighbours=self._neighbours(self._codes[path] for path in one.read.neighbours),
                ambiguity=one.read.ambiguity,
            )

    def _neighbours(self, codes: Iterable[CodeMeanings]) -> tuple[Neighbour, ...]:
        return tuple(
            Neighbour(code.address, self._name(code), self._lines.of_code(code, self._locale)[0]) for code in codes
        )

    def _name(self, code: CodeMeanings) -> str:
        return next(iter(self._names(code)), "")

    def _names(self, code: CodeMeanings) -> dict[str, None]:
        source = self._catalog.source_locale
        first = (meanings.name_of(one, code.product, self._locale, source) for one in code.meanings)
        newest = code.product.editions[0].id
        current = [entry for entry in code.entries if entry.edition == newest] or code.entries
        return dict.fromkeys(name for name in (*first, *(entry.name for entry in current)) if name)

    def _code(self, code: CodeMeanings) -> CodeSaid:
        names = self._names(code)
        former: dict[str, str] = {}
        for entry in code.entries:
            if entry.name and entry.name not in names:
                former.setdefault(entry.name, entry.edition)
        value = code.code.value if isinstance(code.code, IntegerCode) else None
        newest = code.product.editions[0].id
        declared = next(
            (
                one
                for one in self._declared.retired
                if one.product == code.product.id and canonical(code.code) in one.codes
            ),
            None,
        )
        retired = all(entry.edition != newest for entry in code.entries)
        path = f"{addresses.prefix(self._locale, self._catalog.source_locale)}{code.path}"
        return CodeSaid(
            code=code.address,
            product=code.product.id,
            product_title=self._title(code.product.titles),
            text=code.code.text,
            decimal="" if value is None else str(value),
            hexadecimal="" if value is None else f"{'-' if value < 0 else ''}0x{abs(value):x}",
            names=tuple(names),
            former=tuple(FormerName(name, edition) for name, edition in former.items()),
            retired=retired,
            retired_reason=declared.reason if declared and retired else "",
            replaced_by=declared.replaced_by if declared and retired else "",
            same_number=self._neighbours(
                one for one in self._by_value.get(value, ()) if one.product.id != code.product.id
            )
            if value is not None
            else (),
            other_base=self._neighbours(self._other_base(value)),
            meanings=tuple(self._meaning(code, meaning) for meaning in code.meanings),
            page=f"{self._site_url.rstrip('/')}/{path}",
        )

    def _other_base(self, value: int | None) -> Iterator[CodeMeanings]:
        """The codes whose number has the same digits in base 16 as this one in base 10, and the other way round."""
        if value is None or value < 10:
            return
        digits = f"{value:x}"
        for other in (int(str(value), 16), *((int(digits),) if digits.isdigit() else ())):
            yield from self._by_value.get(other, ())

    def _meaning(self, code: CodeMeanings, meaning: Meaning) -> MeaningSaid:
        source = self._catalog.source_locale
        first = meanings.shown(meaning, code.product, self._locale, source)
        rows = list(first.entries)
        if self._every:
            for locale in self._catalog.locales:
                one = meanings.shown(meaning, code.product, locale, source)
                rows += [entry for entry in one.entries if one.own and entry not in rows]
        return MeaningSaid(
            section=self._title(code.product.sections[meaning.section].titles),
            retired=first.retired,
            own=first.own,
            rows=tuple(self._row(entry) for entry in rows),
        )

    def _row(self, entry: Entry) -> RowSaid:
        base = self._declared.link_base.get((entry.product, entry.locale), "")
        return RowSaid(
            locale=entry.locale,
            edition=entry.edition,
            name=entry.name,
            fields=tuple(
                FieldSaid(
                    column=field.column,
                    header=field.header,
                    text=field.plain,
                    links=tuple(
                        LinkSaid(inline.text, urljoin(base, inline.target))
                        for inline in field.inlines
                        if isinstance(inline, Link)
                    ),
                )
                for field in entry.said
            ),
            outside=tuple(problem.text for problem in entry.problems if problem.text),
            corrections=tuple(
                CorrectionSaid(one.column, one.written, one.corrected, one.reason) for one in entry.corrections
            ),
            source=entry.span.path,
            source_line=entry.span.line,
        )

    def _title(self, titles: Iterable[tuple[Locale, str]]) -> str:
        return meanings.in_locale(titles, self._locale, self._catalog.source_locale)[0]

    def _mentions(self, question: str) -> Iterator[Mention]:
        words = question.casefold().split()
        if not words or len(question) > _LONGEST_QUESTION:
            return
        hits = (self._mention(code, words) for code in self._codes.values())
        # What a code means comes before what is said about it in passing.
        ranked = sorted(
            filter(None, hits), key=lambda hit: _RANK.index(hit.column) if hit.column in _RANK else len(_RANK)
        )
        yield from ranked[:_MOST_MENTIONS]

    def _mention(self, code: CodeMeanings, words: list[str]) -> Mention | None:
        for meaning in code.meanings:
            for entry in meanings.shown(meaning, code.product, self._locale, self._catalog.source_locale).entries:
                if not entry.said or not _has(" ".join(field.plain for field in entry.said), words):
                    continue
                field = next((one for one in entry.said if _has(one.plain, words)), None)
                field = field or next(one for one in entry.said if _has(one.plain, words[:1]))
                return Mention(code.address, entry.name, field.column, field.plain)
        return None


def _has(text: str, words: list[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words)


_RANK: Final = (Column.DESCRIPTION, Column.CAUSE, Column.CAUSE_AND_SOLUTION, Column.SOLUTION)
_AROUND: Final = 200
"""Characters of a long line that are shown before and behind what was read."""


def _cut(line: str, start: int, end: int) -> tuple[str, int]:
    first = max(0, start - _AROUND) if len(line) > 2 * _AROUND else 0
    last = end + _AROUND if len(line) > 2 * _AROUND else len(line)
    return line[first:last], start - first
