"""What the cells of one table say, each wording read once however often it is asked for."""

from typing import Final

from generator.model import Inline, InlineCode, Link, RawRow, TableForm, Text
from generator.parse.inline import identifier, plain, read_inlines
from generator.text import one_line

_WORDED: Final = (Text, InlineCode, Link)
_Said = tuple[tuple[Inline, ...], str, str]


class Cells:
    """Reads cells of one form.

    A long table is asked for its cells while its header, its columns, its rows and its entries are made; a cache of
    fixed size would have lost the first rows by then.
    """

    def __init__(self, form: TableForm) -> None:
        """For cells written in ``form``."""
        self.form: Final = form
        self._said: dict[str, _Said] = {}

    def inlines(self, text: str) -> tuple[Inline, ...]:
        """The inline content of a cell that is written as ``text``."""
        return (self._said.get(text) or self._read(text))[0]

    def plain(self, text: str) -> str:
        """Its words."""
        return (self._said.get(text) or self._read(text))[1]

    def identifier(self, text: str) -> str:
        """Its words as those of a name."""
        return (self._said.get(text) or self._read(text))[2]

    def words(self, row: RawRow) -> tuple[str, ...]:
        """The plain words of each cell of a row."""
        return tuple([self.plain(cell.text) for cell in row.cells])

    def _read(self, text: str) -> _Said:
        inlines = read_inlines(text, self.form)
        said: _Said
        if len(inlines) == 1 and isinstance(inlines[0], _WORDED):
            words = inlines[0].text if isinstance(inlines[0], Text) else one_line(inlines[0].text)
            said = (inlines, words, words)
        else:
            said = (inlines, plain(inlines), identifier(inlines))
        self._said[text] = said
        return said
