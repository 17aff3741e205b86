"""What ``codeglot explain`` has to say, as one value: what was read, and everything the documents say about it.

:class:`Explanation` is what ``--format json`` prints, field by field; :func:`schema` describes it. Fields may be added;
one that is renamed, removed or means something else makes a new ``schema_version``.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from urllib.parse import urljoin

import msgspec
from msgspec import Struct

from generator import addresses, meanings
from generator.declarations import Declarations
from generator.explain.reading import Reading
from generator.meanings import CodeMeanings, Lines
from generator.model import Catalog, Column, Entry, IntegerCode, Link, Locale, Meaning, ProductId, canonical
from generator.resolve import Ambiguity, ReadKind, ResolutionKind

SCHEMA_VERSION: Final = 1
_MOST_MENTIONS: Final = 5
_LONGEST_QUESTION: Final = 200
"""Characters of a text that is looked for word by word where it names no code."""


class Neighbour(Struct, frozen=True):
    """A code as far as it takes to tell it from others."""

    code: str
    """Product and slug: ``gme/7006``."""
    name: str
    line: str
    """What it means, in one line."""


class ReadSaid(Struct, frozen=True):
    """A stretch of the text that was taken for a code."""

    line: int
    """Line of its first place, from 1."""
    column: int
    """Column of its first place, from 1, in Unicode code points."""
    text: str
    """The stretch as written."""
    kind: ReadKind
    """As what it was read."""
    value: str
    """The number in decimal; for names the letters and digits alone, in capitals."""
    count: int
    """How often the text has it."""
    excerpt: str
    """The line of its first place; of a very long one the part around it."""
    excerpt_start: int
    """Where in ``excerpt`` the stretch begins, from 0."""
    codes: tuple[str, ...]
    """The codes meant, likeliest first; empty for a number that is no code."""
    other_base: tuple[str, ...]
    """The codes that the same digits are in the other base."""
    neighbours: tuple[Neighbour, ...]
    """For a number that is no code: the nearest codes."""
    ambiguity: tuple[Ambiguity, ...]


class LinkSaid(Struct, frozen=True):
    """A link in a row's text."""

    text: str
    target: str


class FieldSaid(Struct, frozen=True):
    """What one cell says."""

    column: Column
    header: str
    """The header's own words."""
    text: str
    links: tuple[LinkSaid, ...]


class CorrectionSaid(Struct, frozen=True):
    """What was put right in a row by a reviewed erratum."""

    column: Column
    written: str
    corrected: str
    reason: str


class RowSaid(Struct, frozen=True):
    """One row of one document."""

    locale: Locale
    edition: str
    name: str
    fields: tuple[FieldSaid, ...]
    """What it says besides code and name."""
    outside: tuple[str, ...]
    """Words that stand outside the table's columns."""
    corrections: tuple[CorrectionSaid, ...]
    source: str
    """Path of the document in the source folder."""
    source_line: int


class MeaningSaid(Struct, frozen=True):
    """What a code means in one section of its product."""

    section: str
    """The section's title."""
    retired: bool
    """The newest edition does not list it."""
    own: bool
    """The rows are in the language asked for (where one was)."""
    rows: tuple[RowSaid, ...]
    """A row that the document lists twice is here twice."""


class FormerName(Struct, frozen=True):
    """A name that an older edition gives the code."""

    name: str
    edition: str
    """The newest edition that has it."""


class CodeSaid(Struct, frozen=True):
    """One code."""

    code: str
    """Product and slug: ``gme/7006``."""
    product: ProductId
    product_title: str
    text: str
    """The code as published."""
    decimal: str
    """The number in base 10; empty for what is no single number."""
    hexadecimal: str
    """The number in base 16, with ``0x``."""
    names: tuple[str, ...]
    """Its names today, that of the language asked for first."""
    former: tuple[FormerName, ...]
    retired: bool
    retired_reason: str
    """Why it is meant to be gone, as declared; empty where nothing is declared."""
    replaced_by: str
    """The code to use instead, as declared; empty where nothing is."""
    same_number: tuple[Neighbour, ...]
    """The codes of other products with the same number."""
    other_base: tuple[Neighbour, ...]
    """The codes one gets by reading the digits in the other base."""
    meanings: tuple[MeaningSaid, ...]
    page: str
    """Its page: a whole address where the site's is known, else the path below the site's root."""


class Mention(Struct, frozen=True):
    """A code whose texts have all the words that were asked for, which are no code themselves."""

    code: str
    name: str
    column: Column
    text: str


class Explanation(Struct, frozen=True):
    """The answer of ``codeglot explain``."""

    schema_version: int
    locale: Locale
    """The language of titles and lines, and of the rows where one was asked for."""
    kind: ResolutionKind
    reads: tuple[ReadSaid, ...]
    """In the order of the text."""
    codes: tuple[CodeSaid, ...]
    """Each code meant, once; what is certain before what is guessed."""
    mentions: tuple[Mention, ...]
    lines: int
    """How many lines the text has."""
    unknown_left_out: int
    """How many more different numbers were spoken of as codes without being one."""


def schema() -> str:
    """The JSON Schema of :class:`Explanation`, as indented JSON with a final newline."""
    described = msgspec.json.schema(Explanation)
    return _text(
        {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Codeglot explanation", **described}
    )


def to_json(explanation: Explanation) -> str:
    """``explanation`` as indented JSON with a final newline, the same bytes every time."""
    return _text(explanation)


def _text(value: object) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n"


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
            outside=tuple(problem.text for problem in entry.problems),
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


LABELS: Final[Mapping[Column, str]] = {
    Column.DESCRIPTION: "Description",
    Column.CAUSE: "Cause",
    Column.SOLUTION: "Solution",
    Column.CAUSE_AND_SOLUTION: "Explanation",
}
"""What a column is called at the terminal; other columns keep their header's words."""
