"""The blocks of a document: headings, the tables below each, the paragraphs beside them."""

import re
from collections.abc import Sequence
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.model import Inline, Problem, ProblemKind, RawTable, SourceSpan
from generator.parse import markup, pipe
from generator.parse.inline import plain, read_prose

# Only the structure of blocks is wanted: the inline rules would read every cell a second time.
_BLOCKS: Final = MarkdownIt("commonmark").enable("table").disable("inline")
_HTML_TABLE: Final = re.compile(r"<table\b", re.IGNORECASE)
_FRONT_MATTER: Final = re.compile(r"\A---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)


class Block:
    """A heading and what stands below it, up to the next heading."""

    def __init__(self, title: str, level: int, span: SourceSpan) -> None:
        """A block without content yet; level 0 is the part before the first heading."""
        self.title = title
        self.level = level
        self.span = span
        self.prose: list[tuple[Inline, ...]] = []
        self.tables: list[RawTable] = []
        self.problems: list[Problem] = []


def read_blocks(text: str, path: str) -> list[Block]:
    """The blocks of ``text`` in order; the part before the first heading is one only where it says something."""
    reader = _Reader(_without_front_matter(text), path)
    for token in _top_level(_BLOCKS.parse(reader.text)):
        reader.take(*token)
    return reader.finished()


class _Reader:
    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self._path = path
        self._starts = [0]
        for line in self.lines:
            self._starts.append(self._starts[-1] + len(line) + 1)
        self._blocks = [Block("", 0, SourceSpan(path, 1, 1, 1, 1))]
        self._taken = 0
        """Lines up to here (counted from 0, not included) belong to an HTML table already read."""

    def take(self, token: Token, inline: Token | None) -> None:
        first, last = token.map or (0, 0)
        if first < self._taken:
            # Markdown ends an HTML block at a blank line; the table in it goes on.
            if last <= self._taken:
                return
            first = self._taken
        match token.type:
            case "heading_open":
                self._heading(token, inline, first, last)
            case "table_open":
                self._pipe_table(first, last)
            case "html_block":
                self._html(first, last)
            case "paragraph_open":
                self._paragraph(first, last, inline)
            case _:
                pass

    def finished(self) -> list[Block]:
        first = self._blocks[0]
        return self._blocks if first.prose or first.tables or first.problems else self._blocks[1:]

    def _heading(self, token: Token, inline: Token | None, first: int, last: int) -> None:
        content = inline.content if inline else ""
        end = max(first, last - 1)
        span = SourceSpan(self._path, first + 1, 1, first + 1, len(self.lines[first]) + 1)
        if not token.markup.startswith("#"):
            span = SourceSpan(self._path, first + 1, 1, end + 1, len(self.lines[end]) + 1)
        self._blocks.append(Block(plain(read_prose(content)), int(token.tag[1:]), span))

    def _pipe_table(self, first: int, last: int) -> None:
        while last > first and not self.lines[last - 1].strip():
            last -= 1
        self._blocks[-1].tables.append(pipe.read_table(self.lines, first + 1, last, self._path))

    def _html(self, first: int, last: int) -> None:
        position, end = self._starts[first], self._starts[min(last, len(self.lines))]
        while found := _HTML_TABLE.search(self.text, position, end):
            table = markup.read_table(self.text, found.start(), self._path)
            self._blocks[-1].tables.append(table.table)
            self._taken = table.last
            position = self._starts[min(table.last, len(self.lines))]

    def _paragraph(self, first: int, last: int, inline: Token | None) -> None:
        block = self._blocks[-1]
        number = first
        if any(_HTML_TABLE.search(line) for line in self.lines[first:last]):
            self._html(first, last)
            return
        prose: list[str] = []
        while number < last:
            line = self.lines[number]
            follows = number + 1 < last and pipe.is_delimiter(self.lines[number + 1])
            if follows and "|" in line:
                end = number + 2
                while end < last and "|" in self.lines[end]:
                    end += 1
                self._pipe_table(number, end)
                number = end
            elif pipe.is_row(line):
                row = pipe.split_row(line, number + 1, self._path, None)
                filled = sum(1 for cell in row.cells if cell.text)
                block.problems.append(Problem(ProblemKind.ROW_OUTSIDE_TABLE, line.strip(), row.span, filled))
                number += 1
            else:
                prose.append(line)
                number += 1
        if prose:
            content = inline.content if inline and len(prose) == last - first else "\n".join(prose)
            inlines = read_prose(content)
            if inlines:
                block.prose.append(inlines)


def _top_level(tokens: Sequence[Token]) -> list[tuple[Token, Token | None]]:
    """Each opening token with the inline token behind it, but nothing from inside a table."""
    found: list[tuple[Token, Token | None]] = []
    inside = False
    for index, token in enumerate(tokens):
        if token.type == "table_close":
            inside = False
        if inside:
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
