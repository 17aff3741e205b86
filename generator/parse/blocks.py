"""The blocks of a document: headings, the tables below each, the paragraphs beside them."""

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Sequence
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.model import Column, Inline, Problem, ProblemKind, RawTable, SourceSpan
from generator.parse import markup, pipe
from generator.parse.bounds import with_bounds
from generator.parse.columns import Words, is_known_header
from generator.parse.inline import holds_table, plain, read_prose
from generator.parse.outside import find_outside
from generator.parse.outside_rows import FoundTable
from generator.parse.tags import read_tags

# Only the structure of blocks is wanted: the inline rules would read every cell a second time.
_BLOCKS: Final = with_bounds(MarkdownIt("commonmark")).disable("inline")
_HTML_TABLE: Final = re.compile(r"<table\b", re.IGNORECASE)
_HIDDEN_HTML: Final = re.compile(r"\s*<(?:!--|pre\b|script\b|style\b|textarea\b)", re.IGNORECASE)
# Only lines that YAML may have: a document can begin with a rule of dashes, too.
_FRONT_MATTER: Final = re.compile(
    r"\A---[ \t]*\n(?:(?:[ \t]*|#.*|[ \t]+[^ \t\n|].*|-[ \t].*|[\w\"'][^:\n]*:(?:[ \t].*)?)\n)*?(?:---|\.\.\.)[ \t]*$",
    re.MULTILINE,
)

_ENDING: Final = frozenset({"heading_open", "table_open"})
"""Blocks before which an HTML table ends that nothing closes."""
_LEAVES: Final = frozenset({"heading_open", "paragraph_open", "html_block"})
"""Blocks of which nothing is left to read where codes outside tables have been read."""
_READ: Final = _LEAVES | {"table_open"}


class Block:
    """A heading and what stands below it, up to the next heading."""

    def __init__(self, title: str, level: int, span: SourceSpan) -> None:
        """A block without content yet; level 0 is the part before the first heading."""
        self.title = title
        self.level = level
        self.span = span
        self.prose: list[tuple[Inline, ...]] = []
        self.found: list[RawTable | FoundTable | tuple[int, int]] = []
        """HTML tables, codes outside tables, and for pipe tables their first line and the one behind their last,
        counted from 0."""
        self.tables: list[tuple[RawTable, tuple[Column, ...]]] = []
        """Each table with its columns; without any where they are to be read from its headers and cells."""
        self.problems: list[Problem] = []


def read_blocks(text: str, path: str, words: Words) -> list[Block]:
    """The blocks of ``text`` in order; the part before the first heading is one only where it says something.

    ``words`` are the declared header words of the document's language.
    """
    text = _without_front_matter(text)
    parsed = _BLOCKS.parse(text)
    tokens = _top_level(parsed)
    reader = _Reader(text, path, [token.map[0] for token, _ in tokens if token.type in _ENDING and token.map])
    outside = find_outside(parsed, reader.lines, path, words)
    taken = sorted(lines for table in outside for lines in table.lines)
    waiting = deque(outside)
    at = 0
    for token, inline in tokens:
        first, last = token.map or (0, 0)
        while waiting and waiting[0].lines[0][0] <= first and token.map:
            reader.outside(waiting.popleft())
        while at < len(taken) and taken[at][1] <= first and token.map:
            at += 1
        if at == len(taken) or taken[at][0] >= last or token.type not in _LEAVES:
            reader.take(token, inline)
        elif taken[at][0] > first:
            reader.lead(first, taken[at][0])
    while waiting:
        reader.outside(waiting.popleft())
    return reader.finished()


class _Reader:
    def __init__(self, text: str, path: str, endings: Sequence[int]) -> None:
        self.text = text
        self.lines = text.split("\n")
        self._path = path
        self._starts = [0]
        for line in self.lines:
            self._starts.append(self._starts[-1] + len(line) + 1)
        self._places = markup.Places(self._starts[:-1], path)
        self._endings = endings
        """Lines (counted from 0) on which an HTML table ends that nothing closes."""
        self._unclosed: set[int] = set()
        """Offsets of HTML tables that are known to have no end tag."""
        self._blocks = [Block("", 0, SourceSpan(path, 1, 1, 1, 1))]
        self._above: list[Block] = []
        """The block read last, below those whose headings it stands under."""
        self._taken = 0
        """Lines up to here (counted from 0, not included) belong to an HTML table already read."""
        self._end = 0
        """Offset behind the last HTML table read."""

    def take(self, token: Token, inline: Token | None) -> None:
        first, last = token.map or (0, 0)
        if first < self._taken and token.type != "html_block":
            # Markdown ends an HTML block at a blank line; the table in it goes on.
            if last <= self._taken:
                return
            first, inline = self._taken, None
        match token.type:
            case "heading_open":
                self._heading(token, inline, first, last)
            case "table_open" if token.map == [first, last]:
                self._pipe_table(first, last)
            case "html_block":
                self._html(first, last)
            case "paragraph_open" | "table_open":  # Of a pipe table that an HTML one reaches into, rows are left.
                self._paragraph(first, last, inline)
            case _:
                pass

    def finished(self) -> list[Block]:
        for block in self._blocks:
            block.tables = [self._finished(found) for found in block.found]
        first = self._blocks[0]
        return self._blocks if first.prose or first.tables or first.problems else self._blocks[1:]

    def _finished(self, found: RawTable | FoundTable | tuple[int, int]) -> tuple[RawTable, tuple[Column, ...]]:
        match found:
            case FoundTable(raw=raw, columns=columns):
                return raw, columns
            case RawTable():
                return found, ()
            case (first, last):
                return pipe.read_table(self.lines, first + 1, last, self._path), ()

    def lead(self, first: int, last: int) -> None:
        """Read the lines of a paragraph above the codes that its further lines are."""
        if first >= self._taken:
            self._paragraph(first, last, None)

    def outside(self, found: FoundTable) -> None:
        """Take codes outside tables for a table; those in headings belong to what the headings stand below."""
        if found.lines[0][0] < self._taken:
            return
        if found.level and self._blocks[-1].level >= found.level:
            above = next((block for block in reversed(self._above) if block.level < found.level), self._blocks[0])
            line = found.lines[0][0]
            span = SourceSpan(self._path, line + 1, 1, line + 1, len(self.lines[line]) + 1)
            self._blocks.append(Block(above.title, above.level, span))
        self._blocks[-1].found.append(found)

    def _heading(self, token: Token, inline: Token | None, first: int, last: int) -> None:
        content = inline.content if inline else ""
        end = max(first, last - 1)
        span = SourceSpan(self._path, first + 1, 1, first + 1, len(self.lines[first]) + 1)
        if not token.markup.startswith("#"):
            span = SourceSpan(self._path, first + 1, 1, end + 1, len(self.lines[end]) + 1)
        block = Block(plain(read_prose(content)), int(token.tag[1:]), span)
        self._blocks.append(block)
        while self._above and self._above[-1].level >= block.level:
            self._above.pop()
        self._above.append(block)

    def _pipe_table(self, first: int, last: int) -> None:
        while last > first and not self.lines[last - 1].strip():
            last -= 1
        self._blocks[-1].found.append((first, last))

    def _html(self, first: int, last: int) -> None:
        """The tables that begin on these lines, and the rows of none between them."""
        hidden = bool(_HIDDEN_HTML.match(self.lines[first]))
        number = max(first, self._taken)
        while number <= last:
            start = self._next_table(max(self._starts[first], self._end), last)
            before = last if start is None else self._places.span(start, start).line - 1
            if not hidden:
                self._loose(number, before)
            if start is None:
                return
            found = self._html_table(start)
            self._blocks[-1].found.append(found.table)
            self._end = found.end
            number = self._taken = found.table.span.end_line

    def _next_table(self, start: int, last: int) -> int | None:
        end = self._starts[min(last, len(self.lines))]
        if not _HTML_TABLE.search(self.text, start, end):
            return None
        pieces = read_tags(self.text, start, end)
        return next((piece.start for piece in pieces if piece.tag == "table" and not piece.closing), None)

    def _html_table(self, start: int) -> markup.FoundTable:
        if start not in self._unclosed:
            found = markup.read_table(self.text, start, len(self.text), self._places)
            if not found.unclosed:
                return found
            self._unclosed.update(found.unclosed)
        after = bisect_left(self._endings, self._places.span(start, start).line)
        end = self._starts[self._endings[after]] if after < len(self._endings) else len(self.text)
        return markup.read_table(self.text, start, len(self.text[:end].rstrip()), self._places)

    def _paragraph(self, first: int, last: int, inline: Token | None) -> None:
        content = inline.content if inline else "\n".join(self.lines[first:last])
        if _HTML_TABLE.search(content) and holds_table(content):
            self._html(first, last)
            return
        prose = self._loose(first, last)
        inlines = read_prose(content if len(prose) == last - first else "\n".join(prose))
        if inlines:
            self._blocks[-1].prose.append(inlines)

    def _loose(self, first: int, last: int) -> list[str]:
        """Read lines in which Markdown sees no table: torn tables, rows of none; the other lines are returned."""
        prose: list[str] = []
        number = self._resumed(first, last)
        while number < last:
            line = self.lines[number]
            if number + 1 < last and self._heads_table(number):
                end = number + 2
                while end < last and "|" in self.lines[end]:
                    end += 1
                self._torn(number + 1)
                self._pipe_table(number, end)
                number = end
                continue
            if pipe.is_row(line):
                row = pipe.split_row(line, number + 1, self._path, None)
                filled = sum(1 for cell in row.cells if cell.text)
                self._blocks[-1].problems.append(Problem(ProblemKind.ROW_OUTSIDE_TABLE, line.strip(), row.span, filled))
            else:
                prose.append(line)
            number += 1
        return prose

    def _heads_table(self, number: int) -> bool:
        """Whether a table begins on a line, though Markdown sees none: its delimiter row may be none, or cut short."""
        line, below = self.lines[number], self.lines[number + 1]
        if "|" in line and pipe.is_delimiter(below):
            return True
        return pipe.is_row(line) and pipe.is_torn_delimiter(below) and not pipe.is_torn_delimiter(line)

    def _resumed(self, first: int, last: int) -> int:
        """Read rows that only blank lines part from a table into that table; returns the first line left to read."""
        found = self._blocks[-1].found
        table = found[-1] if found else None
        if (
            not isinstance(table, tuple)
            or table[1] > first
            or any(line.strip() for line in self.lines[table[1] : first])
        ):
            return first
        width = len(pipe.split_row(self.lines[table[0]], 1, self._path, None).cells)
        end = first
        while end < last and pipe.is_row(self.lines[end]) and not (end + 1 < last and self._heads_table(end)):
            cells = pipe.split_row(self.lines[end], end + 1, self._path, width).cells
            # A row of headers begins another table, whose row of dashes was lost.
            if len(cells) != width or sum(1 for cell in cells if is_known_header(cell.text)) > 1:
                break
            end += 1
        if end > first:
            self._torn(first)
            found[-1] = (table[0], end)
        return end

    def _torn(self, number: int) -> None:
        """Note the line at which Markdown loses a table that is read all the same."""
        line = self.lines[number]
        span = SourceSpan(self._path, number + 1, 1, number + 1, len(line) + 1)
        self._blocks[-1].problems.append(Problem(ProblemKind.ROW_OUTSIDE_TABLE, line, span))


def _top_level(tokens: Sequence[Token]) -> list[tuple[Token, Token | None]]:
    """Each token that begins a block to read with the inline token behind it, but nothing from inside a table."""
    found: list[tuple[Token, Token | None]] = []
    inside = False
    for index, token in enumerate(tokens):
        if token.type == "table_close":
            inside = False
        if inside or token.type not in _READ:
            continue
        if token.type == "table_open":
            inside = True
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        found.append((token, following if following is not None and following.type == "inline" else None))
    return found


def _without_front_matter(text: str) -> str:
    """The text with a YAML front matter blanked out, so that lines keep their numbers."""
    found = _FRONT_MATTER.match(text)
    return text if not found else re.sub(r"[^\n]", " ", found[0]) + text[found.end() :]
