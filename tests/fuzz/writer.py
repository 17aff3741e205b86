"""A document's tables written as text again, in either form, so that reading that gives the same entries.

Everything that a cell can say has a spelling but two: a back-ticked word with ``\\|`` in it or over several lines has
none between pipes, and words in straight quotes that are all of a cell are read without them.
"""

import html
import re
from collections.abc import Iterable, Sequence
from typing import Final

from generator.model import Break, Column, Document, Inline, InlineCode, Link, RawRow, Table, TableForm, Text
from generator.parse.inline import read_inlines

Cells = Sequence[tuple[Inline, ...]]

WRITTEN: Final = frozenset({TableForm.PIPE, TableForm.HTML})
"""Forms of tables that are written as such."""
HEADERS: Final = {
    Column.CODE: "Error code",
    Column.NAME: "Name",
    Column.DESCRIPTION: "Description",
    Column.CAUSE: "Cause",
    Column.SOLUTION: "Solution",
    Column.CAUSE_AND_SOLUTION: "Cause and solution",
    Column.OTHER: "Note",
}
WORDS: Final = {Column.OTHER: (HEADERS[Column.OTHER],)}
"""What has to be declared for the headers above to be believed whatever stands below them."""
_PUNCTUATION: Final = re.compile(r"([!-/:-@\[-`{-~])")
_SIMPLE: Final = re.compile(r"(?:https?://)?[A-Za-z0-9/._?=#%-]+")
_NOTHING: Final = (Text(""),)
"""What a cell says that is not empty, but without words."""
_WORDLESS: Final = "<!---->"
"""Parts what would else be one, and says nothing."""


class InexpressibleError(Exception):
    """A cell cannot be written in a form."""


def document(found: Document, form: TableForm | None = None) -> str:
    """The headings and the tables of ``found``; ``form`` is that of all tables, by default each has its own.

    What stands outside tables is written as one between pipes. Raises InexpressibleError where a table cannot be written.
    """
    blocks = []
    for section in found.sections:
        if section.level:
            blocks.append(f"{'#' * section.level} {_markdown((Text(section.title),)) if section.title else ''}\n")
        blocks += [_table(one, form) for one in section.tables]
    return "\n".join(blocks)


def _table(table: Table, form: TableForm | None) -> str:
    raw = table.raw
    header: Cells = [read_inlines(cell.text, raw.form) for cell in raw.header.cells]
    if raw.form not in WRITTEN:
        header = [(Text(HEADERS[column]),) for column in table.columns]
    if (form or raw.form) is TableForm.HTML:
        return as_html(header, (_cells(row, raw.form) for row in raw.rows))
    if not header:
        raise InexpressibleError("a table between pipes has a header")
    lines = [_pipes(header, closed=True), f"|{'---|' * len(header)}"]
    lines += [_pipes(_cells(row, raw.form), closed=row.after is None) for row in raw.rows if row.cells]
    return "\n".join([*lines, ""])


def as_pipes(header: Cells, rows: Iterable[Cells]) -> str:
    """A table between pipes, with a line end."""
    lines = [_pipes(header, closed=True), f"|{'---|' * len(header)}", *(_pipes(row, closed=True) for row in rows)]
    return "\n".join([*lines, ""])


def as_html(header: Cells, rows: Iterable[Cells]) -> str:
    """A table in HTML, with a line end."""
    lines = ["<tr>" + "".join(f"<th>{_html(cell)}</th>" for cell in header) + "</tr>"] if header else []
    lines += ["<tr>" + "".join(f"<td>{_html(cell)}</td>" for cell in row) + "</tr>" for row in rows]
    return "\n".join(["<table>", *lines, "</table>", ""])


def _cells(row: RawRow, form: TableForm) -> Cells:
    cells = (*row.cells, row.after) if row.after else row.cells
    return [read_inlines(cell.text, form) or _NOTHING * bool(cell.text) for cell in cells]


def _pipes(cells: Cells, *, closed: bool) -> str:
    written = []
    for cell in cells:
        for inline in cell:
            if isinstance(inline, InlineCode) and ("\\|" in inline.text or "\n" in inline.text):
                raise InexpressibleError(inline.text)
        # The reader turns back ``\|`` before it reads anything else.
        written.append(_markdown(cell).replace("|", "\\|"))
    return f"| {' | '.join(written)}{' |' if closed else ''}"


def _markdown(inlines: Iterable[Inline]) -> str:
    written = ""
    last: Inline | None = None
    for inline in inlines:
        match inline:
            case Text(text=""):
                written += "&nbsp;"
            case Text(text=text):
                # A pipe is no mark of Markdown's.
                written += _PUNCTUATION.sub(r"\\\1", text).replace("\\|", "|")
            case InlineCode(text=text):
                written += _WORDLESS if isinstance(last, InlineCode) else ""
                written += _back_ticked(text)
            case Link(text=text, target=target):
                words = _PUNCTUATION.sub(r"\\\1", text).replace("\\|", "|")
                written += f"[{words}]({target})" if _SIMPLE.fullmatch(target) else f"{_anchor(target)}{words}</a>"
            case Break():
                written += "<br>"
        last = inline
    return written


def _back_ticked(text: str) -> str:
    runs = {len(run) for run in re.findall("`+", text)}
    fence = "`" * next(size for size in range(1, len(runs) + 2) if size not in runs)
    if text.startswith("`") or text.endswith("`") or (text[0] == text[-1] == " " and text.strip(" ")):
        text = f" {text} "
    return f"{fence}{text}{fence}"


def _html(inlines: Iterable[Inline]) -> str:
    written = ""
    for inline in inlines:
        match inline:
            case Text(text=""):
                written += "&nbsp;"
            case Text(text=text):
                written += _words(text)
            case InlineCode(text=text):
                written += f"<code>{_escaped(text)}</code>"
            case Link(text=text, target=target):
                written += f"{_anchor(target)}{_words(text)}</a>"
            case Break():
                written += "<br>"
    return written


def _words(text: str) -> str:
    # Back-ticked words and Markdown's links are read inside HTML, too; what a comment parts is neither.
    return re.sub(r"(?<=[`\]])", _WORDLESS, _escaped(text))


def _anchor(target: str) -> str:
    # A backslash would make a pipe behind it one that was escaped already.
    return f'<a href="{_escaped(target).replace(chr(92), "&#92;")}">'


def _escaped(text: str) -> str:
    return html.escape(text).replace("\n", "&#10;").replace("\r", "&#13;")
