"""What a text carries over verbatim into every language: identifiers, words in code markup, hosts and paths."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Final

from msgspec import Struct

from generator.model import Column, Document, Entry, FieldText, Inline, InlineCode, Link, Locale, ProductId, SourceSpan
from generator.rules.aligned import AlignedCell, aligned_cells
from generator.rules.context import Context
from generator.text import visible

ADDRESS: Final = r"[\x00-\x08\x0e-\x1b!#-&(-;=?-\[\]_a-z~\x7f]"
"""A character of an address: ASCII without white space, quotation marks, brackets and what marks text up.

Said by what is in it, for what leaves out all other characters takes long to compile.
"""
URL: Final = re.compile(rf"\b(?i:https?|wss?|ftps?|rtmps?)://{ADDRESS}+")
_IP: Final = r"(?:\d{1,3}\.){3}\d{1,3}"
_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
# Two labels may be a property of an object; what looks like one is a host only under a domain that is not a word.
_SHORT: Final = rf"{_LABEL}\.(?:com|net|org|info|io|cn|jp|kr|de|fr|ru|br|eu|uk|tw|hk)(?:\.[a-z]{{2}})?"
HOST: Final = re.compile(
    rf"(?<![\w.@/-])(?:{_IP}|(?:{_LABEL}\.){{2,}}[a-z]{{2,}}|{_SHORT}|{_LABEL}(?:\.{_LABEL})*\.[a-z]{{2,}}(?=:\d))"
    r"(?::\d{1,5}\b)?(?:/[\w./?=&%~+-]*[\w/])?(?![\w(-])",
    re.ASCII,
)
PATH: Final = re.compile(
    r"(?:^|(?<=[\s\"'(\[“‘「『:=,;、。]))(?:(?:~|\.{1,2})?(?:/[\w.-]+){2,}/?|[A-Za-z]:(?:\\[\w.-]+)+)(?<![.])", re.ASCII
)
_DOTTED: Final = re.compile(r"[a-z0-9]\.[a-z0-9]")
NAME: Final = re.compile(r"(?<![\w$])[A-Za-z_][\w$]*(?:(?:::|->|\.)[A-Za-z_][\w$]*)*(?:\(\))?", re.ASCII)
_PLAIN_PART: Final = re.compile(r"[A-Za-z]?[a-z]*|[A-Z]+")
_HUMP: Final = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]{2}")
_CAMEL: Final = re.compile(r"[a-z]{2,}\w*[A-Z][a-z]\w*|[a-z]{2,}[A-Z]{2}", re.ASCII)
_WORDS: Final = re.compile(r"[A-Z][a-z]+")
_SHAPED: Final = re.compile(r"[_$]|::|->|\(\)|\.[A-Za-z]|[a-z0-9][A-Z]|[A-Z]{2}[a-z]")
"""Something of which every identifier has: most texts are plain words, of which none need be looked at."""
_LITERAL: Final = re.compile(r"[!-~]+(?: [!-~]+)*")


class Carried(Struct, frozen=True, dict=True):
    """What one cell carries over."""

    text: str
    """The visible words, without those of bare URLs."""
    names: tuple[str, ...]
    """Identifiers, each once, in order, calls without their parentheses."""
    hard: frozenset[str]
    """Those of :attr:`names` that are no word of any language: with an underscore, a scope, a call, or set as code."""
    code: tuple[str, ...]
    """Everything in code markup that is written in ASCII, each once."""
    hosts: tuple[str, ...]
    """Hosts, addresses and paths that stand as plain words, each once."""
    targets: tuple[str, ...]
    """Where its links lead, as written."""

    @cached_property
    def folded(self) -> str:
        """The words and targets without regard to case."""
        return " ".join((self.text, *self.targets)).casefold()

    @cached_property
    def squeezed(self) -> str:
        """The words without case, spaces and hyphens."""
        return re.sub(r"[\s_-]", "", self.text.casefold())

    @cached_property
    def words(self) -> Mapping[str, int]:
        """How often each word or identifier in Latin letters stands here."""
        return Counter([one.removesuffix("()") for one in NAME.findall(self.text)])

    def says(self, name: str) -> bool:
        """Whether a name stands here, whatever its case."""
        return times(name.casefold(), self.folded) > 0

    def spells(self, name: str) -> bool:
        """Whether a name stands here exactly so."""
        return times(name, self.text) > 0


def times(name: str, text: str) -> int:
    """How often a name stands in a text as a whole word of ASCII letters, digits and underscores."""
    count, at = 0, text.find(name)
    while at >= 0:
        end = at + len(name)
        inside = _joined(text[at - 1 : at] + name[:1]) if at else False
        if not inside and not _joined(name[-1:] + text[end : end + 1]):
            count += 1
        at = text.find(name, end)
    return count


def _joined(two: str) -> bool:
    return len(two) == 2 and two.isascii() and two.replace("_", "a").isalnum()


def carried(field: FieldText) -> Carried:
    """What a cell carries over."""
    return _carried(field.plain, field.inlines)


@lru_cache(maxsize=100_000)
def _carried(plain: str, inlines: tuple[Inline, ...]) -> Carried:
    # Vendors say one thing of many codes, so that most texts come again.
    words = visible(plain)
    text = URL.sub(" ", words) if "://" in words else words
    code = tuple(
        dict.fromkeys(
            folded
            for inline in inlines
            if isinstance(inline, InlineCode)
            if (folded := visible(inline.text).strip()) and _LITERAL.fullmatch(folded)
        )
    )
    hosts: tuple[str, ...] = ()
    rest = without_places(text, " ")
    if rest != text:
        found = (*HOST.finditer(text), *PATH.finditer(text))
        hosts = tuple(dict.fromkeys(match.group().rstrip("/") for match in found))
    names = dict.fromkeys(_names(rest))
    for literal in code:
        if NAME.fullmatch(literal):
            names[literal.removesuffix("()")] = None
    hard = frozenset(name for name in names if is_hard(name) or name in code or f"{name}()" in words)
    targets = tuple(inline.target for inline in inlines if isinstance(inline, Link))
    return Carried(text, tuple(names), hard, code, hosts, (*targets, *(URL.findall(words) if "://" in words else ())))


def without_places(text: str, instead: str) -> str:
    """``text`` with something else for each host, address and path in it."""
    # To look for either takes long; few texts have what both must have.
    if _DOTTED.search(text):
        text = HOST.sub(instead, text)
    if text.count("/") > 1 or "\\" in text:
        text = PATH.sub(instead, text)
    return text


def _names(text: str) -> Iterator[str]:
    for match in NAME.finditer(text) if _SHAPED.search(text) else ():
        whole = match.group()
        called = whole.endswith("()")
        for name in [whole.removesuffix("()")] if called else _sentences(whole):
            if called or is_hard(name) or is_soft(name):
                yield name


def _sentences(dotted: str) -> list[str]:
    """``dotted`` in parts where a full stop without a space behind it parts plain words or ends a sentence."""
    if "." not in dotted:
        return [dotted]
    parts = [""]
    for part in dotted.split("."):
        before = parts[-1].rpartition(".")[2]
        lower = before.islower() and _PLAIN_PART.fullmatch(before)
        if before and not _PLAIN_PART.fullmatch(part) and (not lower or part[:1].islower()):
            parts[-1] += f".{part}"
        else:
            parts.append(part)
    return [part for part in parts if part]


@lru_cache(maxsize=50_000)
def is_hard(name: str) -> bool:
    """Whether a word can only be an identifier: ``ROOM_OPEN``, ``Room::OPEN``, ``userId``; not ``iOS`` or ``GitHub``."""
    if re.search(r"[A-Za-z0-9]_+[A-Za-z0-9]|::|->", name) or len(_WORDS.findall(name)) > 2:
        return True
    return bool(_CAMEL.fullmatch(name)) and not name.endswith("OS")


@lru_cache(maxsize=50_000)
def is_soft(name: str) -> bool:
    """Whether a word has capitals inside, as identifiers have and some products' names: ``OpenRoom``, ``GitHub``."""
    return bool(_HUMP.search(name)) and len(name) > 2 and not re.match(r"[a-z][A-Z]", name)


class CarriedCell(Struct, frozen=True, gc=False):
    """An aligned cell, and what each locale carries over in it."""

    cell: AlignedCell
    parts: Mapping[Locale, Carried]

    def entry(self, locale: Locale) -> Entry:
        """The row of a locale."""
        return self.cell.row.entries[locale]


def carried_cells(context: Context) -> tuple[CarriedCell, ...]:
    """All aligned cells of text in which any locale carries something over."""
    found = []
    for cell in context.once(aligned_cells):
        if cell.column is Column.NAME:
            continue
        parts = {locale: carried(field) for locale, field in cell.fields.items()}
        if any(part.names or part.hosts or part.code for part in parts.values()):
            found.append(CarriedCell(cell, parts))
    return tuple(found)


class Attested(Struct, frozen=True):
    """How often words stand in the documents."""

    by_document: Mapping[str, Counter[str]]
    """By path: the cells in which a name stands, spelled so."""
    by_product: Mapping[ProductId, Counter[str]]
    """The same over all documents of a product, names of rows among them."""


def attested(context: Context) -> Attested:
    """How often each identifier or other word in Latin letters stands in the documents."""
    by_document: dict[str, Counter[str]] = {}
    by_product: dict[ProductId, Counter[str]] = {}
    for document in context.catalog.documents:
        own = by_document.setdefault(document.path, Counter())
        texts = Counter(field.plain for entry in document.entries for field in entry.fields)
        for text, count in texts.items():
            for name in {one.removesuffix("()") for one in NAME.findall(visible(text))}:
                own[name] += count
        by_product.setdefault(document.product, Counter()).update(own)
    return Attested(by_document, by_product)


def attested_hosts(context: Context) -> Mapping[ProductId, Counter[str]]:
    """For each product in how many cells each host, address or path stands."""
    found: dict[ProductId, Counter[str]] = {}
    for carrier in context.once(carried_cells):
        for locale, part in carrier.parts.items():
            found.setdefault(carrier.entry(locale).product, Counter()).update(part.hosts)
    return found


class Suspect(Struct, frozen=True, gc=False):
    """A locale that lacks what its peers have."""

    locale: Locale
    having: tuple[Locale, ...]
    """The peers that have it."""
    sure: bool
    """Whether most locales have it; else only the source locale, or only a translation."""
    translation: bool
    """Whether the source locale is among those that have it."""


def suspects(context: Context, cell: AlignedCell, having: tuple[Locale, ...]) -> Iterator[Suspect]:
    """The locales that lack something that most locales have or, where half of them have it, all that lack it."""
    without = [locale for locale in cell.fields if locale not in having]
    if not without or len(having) < len(without):
        return
    source = context.catalog.source_locale in having or cell.row.group.reference in having
    for locale in without:
        yield Suspect(locale, having, len(having) > len(without), source)


def elsewhere(cell: AlignedCell, suspect: Suspect, name: str) -> bool:
    """Whether the suspect's row as a whole says a name as often as the row of a peer that has it in this cell."""
    theirs = [_times(cell.row.entries[locale], name) for locale in suspect.having]
    return _times(cell.row.entries[suspect.locale], name) >= min(theirs)


def _times(entry: Entry, name: str) -> int:
    return sum(times(name.casefold(), visible(field.plain).casefold()) for field in entry.said)


def span_of(context: Context, entry: Entry, column: Column, literal: str) -> SourceSpan | None:
    """The place of the first ``literal`` in a row's cell, where the cell has it as written."""
    field = entry.field(column)
    return found_in(context.document(entry), field.span, literal) if field else None


def found_in(document: Document, within: SourceSpan, literal: str) -> SourceSpan | None:
    """The first place of ``literal`` inside a stretch of a document, where one of its lines has it as written."""
    for number in range(within.line, within.end_line + 1):
        line = document.lines[number - 1]
        start = within.column - 1 if number == within.line else 0
        end = within.end_column - 1 if number == within.end_line else len(line)
        at = line.find(literal, start, end)
        if at >= 0:
            return SourceSpan(within.path, number, at + 1, number, at + len(literal) + 1)
    return None
