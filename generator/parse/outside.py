"""Codes that a document gives outside tables: in headings, lists, paragraphs, definition lists and program text.

A number is a code where something says so: a word for a code beside it, in the heading or line above or in the
document's title, or an identifier that names an error. One that is labelled counts alone; any other has to be one of
several of the same shape.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from markdown_it.token import Token
from msgspec import Struct
from msgspec.structs import replace

from generator.parse.columns import Words
from generator.parse.outside_code import is_torn
from generator.parse.outside_heads import is_reference, read_head
from generator.parse.outside_html import read_definitions
from generator.parse.outside_judge import Shape, are_codes, are_family
from generator.parse.outside_rows import FoundTable, Item, as_symbols, as_table, is_description, is_explained, is_status
from generator.parse.outside_source import find_in_source
from generator.parse.outside_tree import Lines, Node, below, read_tree
from generator.parse.outside_words import announces, is_identifier, tells_ranges, told
from generator.parse.outside_words import said as says_of

_LONGEST: Final = 1000
"""Blocks that blank lines part one definition list into."""
_FEWEST: Final = 2
_LEAD: Final = 300
"""Characters at the end of a paragraph that may announce the list below it."""


class _Around(Struct, frozen=True):
    """What stands above some blocks."""

    title: int = 0
    """What the title and the headings further up say of codes (see :func:`told`)."""
    heading: int = 0
    """What the nearest heading says."""
    otherwise: bool = False
    """Whether the nearest heading below the title that is about numbers at all is about those of another kind."""
    level: int = 0
    """The level of the nearest heading."""
    ranged: bool = False
    """Whether the nearest heading is about ranges or groups of codes."""


def find_outside(tokens: Sequence[Token], lines: Sequence[str], path: str, words: Words) -> list[FoundTable]:
    """The codes outside the tables of a document, given as tokens of markdown-it and as lines, in their order."""
    finder = _Finder(Lines(lines, path), words)
    finder.top(read_tree(tokens, lines))
    return sorted(finder.found, key=lambda table: table.lines[0])


def _otherwise(said: Mapping[int, tuple[int, bool]]) -> bool:
    """Whether of the headings by level the lowest that is about numbers is about those of another kind."""
    levels = (level for level, found in said.items() if level > 1 and any(found))
    lowest = max(levels, default=0)
    return lowest > 0 and said[lowest][1]


class _Finder:
    def __init__(self, source: Lines, words: Words) -> None:
        self.source = source
        self.words = words
        self.found: list[FoundTable] = []
        self._taken: set[int] = set()
        """First lines of blocks in which codes have been found."""

    def top(self, nodes: list[Node]) -> None:
        around = self._above(nodes)
        self._blocks(nodes, around)
        for level in range(6, 0, -1):
            self._headings(nodes, around, level)

    def _above(self, nodes: Sequence[Node]) -> list[_Around]:
        """What stands above each block."""
        found: list[_Around] = []
        said: dict[int, tuple[int, bool]] = {}
        nearest = _Around()
        ranged: dict[int, bool] = {}
        for node in nodes:
            found.append(nearest)
            if node.kind == "heading":
                text = " ".join(node.text)[:_LEAD]
                said = {level: says for level, says in said.items() if level < node.level}
                title = max((says for says, _ in said.values()), default=0)
                above = said[max(said)][0] if said else 0
                found[-1] = _Around(title, above, _otherwise(said), node.level, bool(said) and ranged[max(said)])
                ranged[node.level] = tells_ranges(text)
                said[node.level] = says_of(text, self.words)
                nearest = _Around(title, said[node.level][0], _otherwise(said), node.level, ranged[node.level])
        return found

    def _shape(self, kind: str, total: int, around: _Around, lead: str, level: int = 0) -> Shape:
        bare = max(around.title, around.heading) == 2 and announces(lead)
        before = 2 if bare else told(lead, self.words)
        headed = around.heading == 2 and around.level > 1
        near = max(around.heading, before)
        otherwise = around.otherwise and before < 2
        led, direct = before == 2 or headed, bare or (headed and not lead)
        return Shape(kind, total, around.title, near, otherwise, level, led, direct, around.ranged)

    def _blocks(self, nodes: Sequence[Node], around: Sequence[_Around]) -> None:
        """Codes in the lists, the program text and the paragraphs among blocks of one parent."""
        for index, node in enumerate(nodes):
            before = nodes[index - 1] if index else None
            lead = " ".join(before.text)[-_LEAD:] if before is not None and before.kind == "paragraph" else ""
            match node.kind:
                case "list":
                    self._list(node, around[index], lead)
                case "code":
                    says = max(around[index].heading, told(lead, self.words))
                    found = find_in_source(node, self.source, says)
                    if found is not None:
                        self._take(found, node)
                case "quote":
                    self._blocks(node.children, [around[index]] * len(node.children))
                    if any(child.first in self._taken for child in node.children):
                        self._taken.add(node.first)
                case "html":
                    self._definitions(nodes, index, around[index], lead)
                case "paragraph" if len(node.text) > 1:
                    self._lines(node, around[index], lead)
                case _:
                    pass
        self._paragraphs(nodes, around)

    def _take(self, found: FoundTable, node: Node) -> None:
        self.found.append(found)
        self._taken.add(node.first)

    # Lists.

    def _list(self, node: Node, around: _Around, lead: str) -> None:
        items = [self._item(child) for child in node.children if child.kind == "item"]
        if is_description(items, self.source, self.words):
            return
        shape = self._shape("item", len(items), around, lead)
        taken = self._judged(items, shape)
        if taken:
            self._take(as_table(taken, self.source, self.words), node)
        kept = {item.line for item in taken}
        for child in node.children:
            if child.first not in kept and child.children:
                self._blocks(child.children, [around] * len(child.children))
                if (
                    any(one.first in self._taken for one in child.children[1:])
                    or child.children[0].first in self._taken
                ):
                    self._taken.add(node.first)

    def _item(self, node: Node) -> Item:
        first = node.children[0] if node.children else None
        if first is None or first.kind != "paragraph":
            return Item(None, node.first, 0, 0, (), node.first)
        return self._item_of(first, node.children, node.last)

    def _item_of(self, first: Node, body: Sequence[Node], last: int) -> Item:
        """The item that the first line of a paragraph begins; it ends before a table, which stays one."""
        line = self.source.lines[first.first]
        words = first.text[0].rstrip() if first.text else ""
        start = self.source.column(first.first, words)
        if start is None or self._holds_table(first):
            return Item(None, first.first, 0, 0, (), first.first)
        end = start + len(words)
        if is_reference(line, start, end):
            return Item(None, first.first, 0, 0, (), first.first)
        head = read_head(line, start, end, self.words)
        return Item(head, first.first, start, end, body, self._end(body, first.last, last))

    def _end(self, body: Iterable[Node], least: int, last: int) -> int:
        """The line behind the last block before a table."""
        for node in body:
            if self._holds_table(node):
                return max(least, self._before(node.first, least)) if node.first >= least else node.first
        return last

    def _before(self, line: int, least: int) -> int:
        while line > least and not self.source.lines[line - 1].strip():
            line -= 1
        return line

    def _holds_table(self, node: Node) -> bool:
        if node.kind == "table" or (node.children and any(one.kind == "table" for one in below(node))):
            return True
        return node.kind != "code" and self.source.look_like_table(node.first, node.last)

    def _judged(self, items: Sequence[Item], shape: Shape) -> list[Item]:
        """The items that are codes, with those among them that only lack one; none where nothing says that they are."""
        as_symbols(items, self.source)
        found = are_codes(items, shape)
        if found or shape.otherwise or not are_family(items):
            return found
        # What names a family's codes and explains each of them needs no heading that says so.
        explained = sum(1 for item in items if is_explained(item, self.source, self.words))
        if 2 * explained <= len(items):
            return found
        return are_codes(items, replace(shape, title=2, near=2, is_led=True))

    # Definition lists.

    def _definitions(self, nodes: Sequence[Node], index: int, around: _Around, lead: str) -> None:
        """Codes that are terms of definition lists; a blank line ends Markdown's block of HTML, but not the list."""
        node = nodes[index]
        if not self._opens(node) or self._holds_table(node) or node.first in self._taken:
            return
        end = self._closed(nodes, index)
        items = read_definitions(self.source, node.first, nodes[end].last, self.words)
        if not items:
            return
        taken = self._judged(items, self._shape("item", len(items), around, lead))
        if taken:
            self._take(as_table(taken, self.source, self.words), node)
            self._taken.update(one.first for one in nodes[index : end + 1])

    def _closed(self, nodes: Sequence[Node], index: int) -> int:
        """The block with the end tag of the definition list that begins in a block; that block where there is none."""
        for end in range(index, min(len(nodes), index + _LONGEST)):
            node = nodes[end]
            if node.kind in {"heading", "table"} or (end > index and self._opens(node)):
                break
            if any("</dl" in line.lower() for line in self.source.lines[node.first : node.last]):
                return end
        return index

    def _opens(self, node: Node) -> bool:
        return node.kind == "html" and any("<dl" in line.lower() for line in self.source.lines[node.first : node.last])

    # Paragraphs.

    def _lines(self, node: Node, around: _Around, lead: str) -> None:
        """Codes of which each takes a line of one paragraph."""
        items: list[Item] = []
        for number, words in enumerate(node.text, node.first):
            start = self.source.column(number, words.rstrip()) if number < len(self.source.lines) else None
            if start is None:
                return
            end = start + len(words.rstrip())
            line = self.source.lines[number]
            head = None if is_reference(line, start, end) else read_head(line, start, end, self.words)
            if head is not None and head.faint:
                head = None
            if head is not None or not items:
                items.append(Item(head, number, start, end, (), number + 1))
            else:
                items[-1].last = number + 1
        if self._holds_table(node) or len(items) < 2:
            return
        if items[0].head is None:
            lead, items = " ".join(node.text[: items[0].last - node.first]), items[1:]
        shape = self._shape("line", len(node.text), around, lead)
        taken = self._judged(items, shape)
        if taken:
            self._take(as_table(taken, self.source, self.words), node)

    def _paragraphs(self, nodes: Sequence[Node], around: Sequence[_Around]) -> None:
        """Codes of which each begins a paragraph."""
        run: list[tuple[int, Item]] = []
        heading = ""
        for index, node in enumerate([*nodes, None]):
            ends = (
                node is None or node.kind in {"heading", "rule"} or node.first in self._taken or self._holds_table(node)
            )
            if node is not None and not ends and node.kind == "paragraph":
                item = self._item_of(node, (node,), node.last)
                if item.head is None or item.head.faint:
                    continue
                # Below a heading that is a name, HTTP's status says no more than one in brackets behind it does.
                if not (is_identifier(heading) and is_status(item, self.source)):
                    run.append((index, item))
            if ends and run:
                self._run(nodes, run, index, around)
                run = []
            if node is not None and node.kind == "heading":
                heading = node.text[0].strip("`* #") if node.text else ""

    def _run(
        self, nodes: Sequence[Node], run: Sequence[tuple[int, Item]], stop: int, around: Sequence[_Around]
    ) -> None:
        first = run[0][0]
        lead = " ".join(nodes[first - 1].text)[-_LEAD:] if first and nodes[first - 1].kind == "paragraph" else ""
        shape = self._shape("paragraph", len(run), around[first], lead)
        taken = {id(item) for item in self._judged([item for _, item in run], shape)}
        kept = [(index, item) for index, item in run if id(item) in taken]
        most = max((after - index for (index, _), (after, _) in pairwise(kept)), default=1)
        for number, (index, item) in enumerate(kept):
            after = kept[number + 1][0] if number + 1 < len(kept) else min(stop, index + most)
            item.body = nodes[index:after]
            item.last = nodes[after - 1].last
        if kept:
            found = as_table([item for _, item in kept], self.source, self.words)
            self._take(found, nodes[first])
            self._taken.update(item.line for _, item in kept)

    # Headings.

    def _headings(self, nodes: Sequence[Node], around: Sequence[_Around], level: int) -> None:
        """Codes that headings of one level are, those below one parent together."""
        group: list[tuple[Item, int, int]] = []
        start = -1
        for index, node in enumerate([*nodes, None]):
            if node is not None and (node.kind != "heading" or node.level > level):
                continue
            if group and start >= 0:
                group[-1] = (group[-1][0], start, index)
            start = -1
            if node is None or node.level < level:
                self._sections(nodes, group, around)
                group = []
            else:
                start = index
                group.append((self._heading(node), index, index))

    def _heading(self, node: Node) -> Item:
        line = self.source.lines[node.first]
        words = node.text[0].rstrip() if node.text else ""
        start = self.source.column(node.first, words) if len(node.text) == 1 else None
        if start is None:
            return Item(None, node.first, 0, 0, (), node.first)
        head = read_head(line, start, start + len(words), self.words)
        return Item(head, node.first, start, start + len(words), (), node.last)

    def _sections(
        self, nodes: Sequence[Node], group: Sequence[tuple[Item, int, int]], around: Sequence[_Around]
    ) -> None:
        read: list[tuple[int, Item]] = []
        for place, (item, first, stop) in enumerate(group):
            if item.head is None and not is_torn(self.source.lines[item.line], item.start, item.end):
                continue
            body = nodes[first + 1 : stop]
            if any(node.first in self._taken for node in body) or self._is_listed(item, body):
                continue
            item.body = body
            item.last = self._end(body, nodes[first].last, body[-1].last if body else nodes[first].last)
            read.append((place, item))
        if not read:
            return
        above = around[group[read[0][0]][1]]
        led = above.title == 2 and above.heading > 0
        shape = Shape(
            "heading", len(group), above.title, 0, above.otherwise, nodes[group[0][1]].level, led, False, above.ranged
        )
        taken = {id(item) for item in self._judged([item for _, item in read if item.head is not None], shape)}
        run: list[Item] = []
        last = -1
        for place, item in read:
            # Between headings that are codes, one that is nearly a number was meant as one.
            if id(item) not in taken and (item.head is not None or len(taken) < _FEWEST):
                continue
            if run and place != last + 1:
                self._close(run, shape.level)
                run = []
            run.append(item)
            last = place
        self._close(run, shape.level)

    def _close(self, run: Sequence[Item], level: int) -> None:
        if run:
            self.found.append(as_table(run, self.source, self.words, level))
            self._taken.update(item.line for item in run)

    def _is_listed(self, item: Item, body: Sequence[Node]) -> bool:
        """Whether a table below a heading lists its code, so that the heading only announces it."""
        head = item.head
        if head is None:
            return False
        tables = [node for node in body if self._holds_table(node)]
        if not tables:
            return False
        written = re.compile(rf"(?:^|[|>])[\s`*]*{re.escape(head.spelled)}[\s`*]*(?:$|[|<])")
        announces = head.ending == "space" or not (head.is_number or head.is_symbol)
        return any(
            announces or any(written.search(line) for line in self.source.lines[node.first : node.last])
            for node in tables
        )
