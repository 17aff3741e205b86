"""What ``codeglot explain`` prints for a person at a terminal."""

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from generator.explain.said import (
    LABELS,
    CodeSaid,
    CorrectionSaid,
    Explanation,
    MeaningSaid,
    Neighbour,
    ReadSaid,
    RowSaid,
)
from generator.explain.wrapped import around, harmless, wrapped
from generator.model import Column, Locale
from generator.resolve import Ambiguity, ReadKind
from generator.text import capitalised, columns, shortened

_INDENT: Final = "  "
_LABEL: Final = 12
"""Columns of the labels on the left."""
_MOST_EXCERPTS: Final = 8
"""Different stretches of one text that are shown in their lines; more are listed only."""

_WHY: Final = {
    Ambiguity.PRODUCT: "several products have it",
    Ambiguity.CODE: "several codes of one product have it",
    Ambiguity.MEANING: "it stands in several sections",
    Ambiguity.BASE: "the same digits are a code in the other base, too",
}


def text(said: Explanation, width: int, *, colour: bool = False) -> str:
    """The answer in lines of at most ``width`` columns, with a final newline."""
    # Everything said is taken from documents, declarations or the question.
    said = msgspec.convert(_harmless(msgspec.to_builtins(said)), Explanation)
    blocks = [*_Teller(width, colour).blocks(said)]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _harmless(value: Any) -> Any:
    match value:
        case str():
            return harmless(value)
        case dict():
            return {key: _harmless(one) for key, one in value.items()}
        case list() | tuple():
            return tuple(map(_harmless, value))
        case _:
            return value


class _Teller:
    def __init__(self, width: int, colour: bool) -> None:
        self._width = max(width, 40)
        self._colour = colour

    def blocks(self, said: Explanation) -> Iterator[list[str]]:
        yield from self._reads(said)
        for code in said.codes:
            yield [*self._code(code, said.locale)]
        if said.mentions:
            yield [*self._mentions(said)]
        elif not said.reads:
            yield ["No code was found in it."]

    def _reads(self, said: Explanation) -> Iterator[list[str]]:
        known = [read for read in said.reads if read.codes]
        unknown = [read for read in said.reads if not read.codes]
        if said.lines > 1 and said.reads:
            yield [f"{_count(len(said.codes), 'code')} in {_count(said.lines, 'line')}"]
        excerpts = len(known) <= _MOST_EXCERPTS
        listed: list[str] = []
        above: list[str] = []
        for read in known:
            head, lines = self._read(read, said, excerpts)
            # Several codes of one line are pointed at below it.
            listed += [*(head if head != above else ()), *lines]
            above = head if len(lines) == 1 else []
        if listed:
            yield listed
        for read in unknown:
            yield [*self._unknown(read, said)]
        if said.unknown_left_out:
            yield [f"{_count(said.unknown_left_out, 'more number')} spoken of as codes, and no known ones"]

    def _read(self, read: ReadSaid, said: Explanation, excerpts: bool) -> tuple[list[str], list[str]]:
        """The line in which something was read, if it is shown, and what is said below it."""
        head: list[str] = []
        lines: list[str] = []
        codes = ", ".join(read.codes)
        plain = read.excerpt.strip() == read.text and said.lines <= 1
        if not plain and excerpts:
            where = _where(read, said)
            end = read.excerpt_start + len(read.text)
            line, column, size = around(read.excerpt, read.excerpt_start, end, self._width - 2)
            pointed = f"{_INDENT}{' ' * column}{'^' * size}"
            fits = len(pointed) + 1 + len(codes) <= self._width
            head = [*([self._dim(capitalised(where))] if where else ()), f"{_INDENT}{line}"]
            lines = [self._mark(f"{pointed} {codes}")] if fits else [self._mark(pointed), self._mark(_INDENT + codes)]
        elif not plain or read.kind in (ReadKind.NEAR_NAME, ReadKind.PARTS):
            lines = [f"{self._bold(harmless(read.text))} → {codes}{_where(read, said, ' · ')}"]
        if read.kind is ReadKind.NEAR_NAME:
            lines.append(self._dim("no known name, but nearly this one"))
        if read.kind is ReadKind.PARTS:
            lines.append(
                self._dim("no known name, but all these words are in " + ("it" if len(read.codes) == 1 else "each"))
            )
        if read.kind is ReadKind.FORMER_NAME:
            lines.append(self._dim(f"{harmless(read.text)} is a former name"))
        why = " · ".join(_WHY[one] for one in read.ambiguity)
        if why:
            lines += [self._dim(line) for line in wrapped(f"{read.text}: {why}", self._width)]
        return head, lines

    def _unknown(self, read: ReadSaid, said: Explanation) -> Iterator[str]:
        where = _where(read, said)
        place = self._dim(f" ({where})") if where else ""
        nearest = "; nearest:" if read.neighbours else ""
        yield f"{self._bold(harmless(read.text))}{place} is no known code{nearest}"
        yield from self._neighbours(read.neighbours)
        if read.other_base:
            yield f"{_INDENT}In the other base the digits are {', '.join(read.other_base)}."

    def _neighbours(self, codes: tuple[Neighbour, ...]) -> Iterator[str]:
        widest = max((len(one.code) for one in codes), default=0)
        for one in codes:
            # No more than it takes to recognise it: it is not what was asked for.
            yield shortened_line(f"{_INDENT}{one.code:<{widest}}{_INDENT}", one.name or one.line, self._width)

    def _code(self, code: CodeSaid, locale: Locale) -> Iterator[str]:
        name = next(iter(code.names), "")
        yield self._bold(f"{code.code}{_INDENT}{name}".rstrip())
        number = f"{code.decimal} = {code.hexadecimal}" if code.decimal else code.text
        yield self._dim(shortened(f"{number} · {code.product_title}", self._width))
        for position, meaning in enumerate(code.meanings):
            yield ""
            yield from self._meaning(meaning, position, len(code.meanings), locale)
        if len(code.meanings) > 1:
            yield ""
        yield from self._field("Also named", ", ".join(code.names[1:]))
        for former in code.former:
            yield from self._field("Formerly", f"{former.name} (edition {former.edition})")
        if code.retired:
            edition = code.meanings[0].rows[0].edition
            parts = [f"last listed in edition {edition}.", code.retired_reason]
            parts.append(f"Use {code.replaced_by} instead." if code.replaced_by else "")
            yield from self._field("Retired", " ".join(part for part in parts if part))
        for one in code.same_number:
            yield from self._field("Same number", _named(one))
        for one in code.other_base:
            yield from self._field("Other base", _named(one))
        yield from self._field("Page", code.page, whole=True)

    def _meaning(self, meaning: MeaningSaid, position: int, count: int, locale: Locale) -> Iterator[str]:
        title = f"Meaning {position + 1} of {count}: {meaning.section}" if count > 1 else meaning.section
        if title:
            yield from (self._under(line) for line in wrapped(title, self._width - len(_INDENT)))
        if not meaning.own:
            yield from self._field("Note", f"no text in {locale}; this is {meaning.rows[0].locale}")
        for number, row in enumerate(meaning.rows):
            if len(meaning.rows) > 1:
                yield from self._field("Listed", f"{number + 1} of {len(meaning.rows)} times{_named_row(row, meaning)}")
            yield from self._row(row)

    def _row(self, row: RowSaid) -> Iterator[str]:
        for field in row.fields:
            yield from self._field(LABELS.get(field.column, field.header) or field.column.value, field.text)
        for link in dict.fromkeys(link.target for field in row.fields for link in field.links):
            yield from self._field("Link", harmless(link), whole=True)
        for words in row.outside:
            yield from self._field("Outside", f"the table's columns: {words}")
        for reason in dict.fromkeys(one.reason for one in row.corrections):
            put_right = "; ".join(_corrected(one) for one in row.corrections if one.reason == reason)
            yield from self._field("Corrected", f"{put_right}. {reason}")
        yield from self._field("Source", f"{row.source}:{row.source_line}, edition {row.edition}")

    def _field(self, label: str, value: str, *, whole: bool = False) -> Iterator[str]:
        """A label with what it says beside it; long labels stand above. A ``whole`` value is never torn."""
        if not value:
            return
        room = self._width - len(_INDENT) - _LABEL - 1
        lines = [value] if whole else wrapped(value, room)
        label = harmless(label)
        if columns(label) > _LABEL:
            yield f"{_INDENT}{self._dim(label)}"
            label = ""
        for line in lines:
            yield f"{_INDENT}{self._dim(label + ' ' * (_LABEL - columns(label)))} {line}"
            label = ""

    def _mentions(self, said: Explanation) -> Iterator[str]:
        yield "No code was found in it. Texts that mention it:"
        for one in said.mentions:
            yield ""
            yield self._bold(f"{one.code}{_INDENT}{one.name}".rstrip())
            yield from self._field(LABELS.get(one.column, one.column.value), one.text)

    def _bold(self, words: str) -> str:
        return self._painted(words, "1")

    def _dim(self, words: str) -> str:
        return self._painted(words, "2")

    def _mark(self, words: str) -> str:
        return self._painted(words, "33")

    def _under(self, words: str) -> str:
        return f"{_INDENT}{self._painted(words, '4')}"

    def _painted(self, words: str, style: str) -> str:
        return f"\x1b[{style}m{words}\x1b[0m" if self._colour and words.strip() else words


def shortened_line(head: str, words: str, width: int) -> str:
    """``head`` with as much of ``words`` behind it as fits."""
    return f"{head}{shortened(harmless(words), max(width - columns(head) - 1, 10))}".rstrip()


def _where(read: ReadSaid, said: Explanation, joint: str = "") -> str:
    parts = []
    if read.count > 1:
        parts.append(f"{read.count:,} times")
    if said.lines > 1:
        parts.append(f"first on line {read.line}" if read.count > 1 else f"line {read.line}, column {read.column}")
    return joint + ", ".join(parts) if parts else ""


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def _named(one: Neighbour) -> str:
    return " · ".join(part for part in (one.code, one.name, one.line) if part)


def _named_row(row: RowSaid, meaning: MeaningSaid) -> str:
    names = {other.name for other in meaning.rows}
    return f", here as {row.name}" if row.name and len(names) > 1 else ""


def _corrected(one: CorrectionSaid) -> str:
    what = LABELS.get(one.column, one.column.value).lower()
    shown = "" if one.column in (Column.DESCRIPTION, Column.CAUSE, Column.SOLUTION) else f" {one.corrected}"
    return f"{what}{shown}, where the source says {one.written or 'nothing'}"
