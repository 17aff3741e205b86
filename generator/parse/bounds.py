"""Where Markdown's pipe tables begin and end, without their cells, which are split elsewhere."""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table


def with_bounds(markdown: MarkdownIt) -> MarkdownIt:
    """``markdown`` with tables of which only the first and last line are read.

    The library's own rule makes three tokens a cell, and gives up a table that lacks many cells.
    """
    markdown.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    return markdown.enable("table")


def _table(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """A table by GitHub Flavored Markdown (section 4.10): its header is the library's, its end where others end it."""
    if not table(state, first, last, True):
        return False
    if silent:
        return True
    parent = state.parentType
    state.parentType = "table"
    terminators = state.md.block.ruler.getRules("blockquote")
    end = first + 2
    while (
        end < last
        and state.sCount[end] >= state.blkIndent
        and not state.isEmpty(end)
        and not state.is_code_block(end)
        and not any(ends(state, end, last, True) for ends in terminators)
    ):
        end += 1
    token = state.push("table_open", "table", 1)
    token.map = [first, end]
    state.push("table_close", "table", -1)
    state.parentType = parent
    state.line = end
    return True
