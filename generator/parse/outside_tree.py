"""The blocks of a document as a tree, each with its place: what codes outside tables are looked for in."""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

from markdown_it.token import Token
from msgspec import Struct

from generator.model import RawCell, SourceSpan

_KINDS: Final = {
    "heading_open": "heading",
    "paragraph_open": "paragraph",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "list_item_open": "item",
    "blockquote_open": "quote",
    "table_open": "table",
    "fence": "code",
    "code_block": "code",
    "html_block": "html",
    "hr": "rule",
}


class Node(Struct):
    """A block: where it stands and what it holds."""

    kind: str
    first: int
    """Its first line, counted from 0."""
    last: int
    """The line behind its last one that is not blank."""
    level: int = 0
    """1 to 6 for a heading."""
    text: tuple[str, ...] = ()
    """The lines of a heading or paragraph without indentation and marks."""
    children: list["Node"] = []


def read_tree(tokens: Sequence[Token], lines: Sequence[str]) -> list[Node]:
    """The blocks that no other block holds, in order, from the tokens of markdown-it."""
    top: list[Node] = []
    open_nodes: list[Node] = []
    for token in tokens:
        if token.type == "inline":
            if open_nodes:
                open_nodes[-1].text = tuple(token.content.split("\n"))
            continue
        if token.nesting < 0:
            if open_nodes:
                open_nodes.pop()
            continue
        first, last = token.map or (0, 0)
        last = min(last, len(lines))
        while last > first + 1 and not lines[last - 1].strip():
            last -= 1
        kind = _KINDS.get(token.type, "other")
        level = int(token.tag[1:]) if kind == "heading" else 0
        node = Node(kind, first, last, level, (), [])
        (open_nodes[-1].children if open_nodes else top).append(node)
        if token.nesting > 0:
            open_nodes.append(node)
    return top


def below(node: Node) -> Iterator[Node]:
    """All blocks in ``node``, outer ones first."""
    waiting = list(reversed(node.children))
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(reversed(one.children))


class Lines:
    """The lines of one source, from which cells are cut with their places."""

    def __init__(self, lines: Sequence[str], path: str) -> None:
        """The source at ``path``, as lines without their ends."""
        self.lines = lines
        self.path = path
        self._tables = [0, *accumulate(line.lstrip().startswith("|") or "<table" in line.lower() for line in lines)]
        """How many of the lines before each look like part of a table."""

    def look_like_table(self, first: int, last: int) -> bool:
        """Whether one of the lines from ``first`` to the one before ``last`` looks like part of a table."""
        return self._tables[min(last, len(self.lines))] > self._tables[min(first, len(self.lines))]

    def column(self, number: int, words: str) -> int | None:
        """Where ``words``, what a block says on a line, begin there (from 0); ``None`` where they do not stand so."""
        line = self.lines[number]
        bare = line.rstrip()
        at = len(bare) - len(words) if words and bare.endswith(words) else line.rfind(words)
        return at if at >= 0 and words else None

    def cell(self, line: int, column: int, end_line: int, end_column: int) -> RawCell:
        """What stands between two places (lines and columns from 0), without white space round it."""
        if end_line == line:
            return self._on_line(line, column, end_column)
        pieces = [self.lines[line][column:], *self.lines[line + 1 : end_line], self.lines[end_line][:end_column]]
        blank = next((number for number, piece in enumerate(pieces) if piece.strip()), len(pieces))
        if blank:
            pieces, line, column = pieces[blank:], line + blank, 0
        while pieces and not pieces[-1].strip():
            pieces.pop()
        if not pieces:
            return self.nothing(end_line)
        column += len(pieces[0]) - len(pieces[0].lstrip())
        pieces[0] = pieces[0].lstrip()
        pieces[-1] = pieces[-1].rstrip()
        end_line = line + len(pieces) - 1
        end_column = len(pieces[-1]) if len(pieces) > 1 else column + len(pieces[0])
        return RawCell("\n".join(pieces), SourceSpan(self.path, line + 1, column + 1, end_line + 1, end_column + 1))

    def _on_line(self, line: int, column: int, end_column: int) -> RawCell:
        written = self.lines[line][column:end_column]
        text = written.strip()
        if not text:
            return self.nothing(line)
        column += len(written) - len(written.lstrip())
        return RawCell(text, SourceSpan(self.path, line + 1, column + 1, line + 1, column + len(text) + 1))

    def rest(self, line: int, column: int, last: int) -> RawCell:
        """What stands from a place up to the end of the line before ``last``."""
        return self.cell(line, column, last - 1, len(self.lines[last - 1]))

    def nothing(self, line: int, column: int | None = None) -> RawCell:
        """An empty cell at a place, or at the end of a line."""
        end = len(self.lines[line].rstrip()) if column is None else column
        return RawCell("", SourceSpan(self.path, line + 1, end + 1, line + 1, end + 1))

    def span(self, first: int, last: int) -> SourceSpan:
        """The lines from ``first`` to the one before ``last``, without indentation."""
        line = self.lines[first]
        start = len(line) - len(line.lstrip())
        return SourceSpan(self.path, first + 1, start + 1, last, len(self.lines[last - 1].rstrip()) + 1)
