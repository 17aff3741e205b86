"""Fuzz targets: from bytes to entries, and from a text to codes."""

import re
from functools import cache
from typing import Final

from generator import explain, resolve
from generator.assemble import assemble
from generator.codes import normal, read_code, read_number
from generator.declarations import Declarations
from generator.model import CodeRange, TableForm, canonical
from generator.parse.inline import holds_table, identifier, lines, plain, read_inlines, read_prose
from generator.parse.pipe import is_delimiter, is_row, is_torn_delimiter, split_row
from generator.parse.tags import read_tags
from generator.resolve import IndexedCode, Resolution
from tests.fuzz import checks
from tests.fuzz.mutate import SEPARATOR

_UNESCAPED: Final = re.compile(r"(?<!\\)(?:\\\\)*\|")


def document(data: bytes) -> None:
    """Both parsers and all that stands behind them: any bytes are a document, and nothing in them is lost."""
    found = checks.read(data)
    checks.check_document(found)
    if data[-1:] > b"\xc0" or len(data) % 8 == 0:
        checks.forget()
        assert checks.read(data) == found


def row(data: bytes) -> None:
    """The splitter: each character of a line stands in one cell, or is a pipe, padding or a mark before the row."""
    width = data[0] % 8 if data else 0
    line = data[1:].decode("utf-8", "replace").replace("\n", " ")
    columns = None if width == 7 else width
    found = split_row(line, 3, "a.md", columns)
    cells = (*found.cells, found.after) if found.after else found.cells
    end = 0
    left = []
    for cell in cells:
        start, stop = cell.span.column - 1, cell.span.end_column - 1
        assert (cell.span.line, cell.span.end_line) == (3, 3)
        assert end <= start <= stop <= len(line)
        assert line[start:stop].strip() == cell.text
        assert not cell.text or line[start:stop] == cell.text
        assert not _UNESCAPED.search(cell.text)
        left.append(line[end:start])
        end = stop
    left.append(line[end:])
    assert all(not gap.strip(" |\t") or not gap.replace("|", "").strip() for gap in left[1:])
    assert not re.sub(r"[\s>|]|[-*+]\s|[0-9]{1,9}[.)]\s", "", left[0]), left[0]
    assert is_row(line) in {True, False}
    assert not (is_delimiter(line) and re.search(r"[^\s|:>-]", line))
    assert not (is_torn_delimiter(line) and re.search(r"[^\s|:>\u2014\u2013-]", line))


def inline(data: bytes) -> None:
    """The inline readers: values without empty parts, and the same ones each time."""
    text = data.decode("utf-8", "replace").replace("\0", "\ufffd")
    holds_table(text)
    end = 0
    for piece in read_tags(text):
        assert end <= piece.start < piece.end <= len(text)
        assert piece.tag == piece.tag.lower()
        assert not piece.tag or (text[piece.start] == "<" and text[piece.end - 1] == ">")
        end = piece.end
    for found in (*(read_inlines(text, form) for form in TableForm), read_prose(text)):
        checks.check_inlines(found)
        assert plain(found) == " ".join(plain(found).split())
        assert "".join(lines(found)).replace(" ", "") == plain(found).replace(" ", "")
        assert "".join(identifier(found).split()) == "".join(plain(found).split())


def code(data: bytes) -> None:
    """How codes are spelled: what is read is the same however it is padded, and a range has an order."""
    text = data.decode("utf-8", "replace")
    meant = normal(text)
    number, word = read_number(text), read_code(text)
    assert normal(meant) == meant
    assert number is None or number == word
    again = read_code(meant)
    assert (word is None) == (again is None)
    if word is not None and again is not None:
        assert word.text == text
        assert type(word) is type(again)
        assert number is None or canonical(word) == canonical(again)
    if isinstance(number, CodeRange):
        assert number.first <= number.last


SMALL: Final = """# Pump
| Code | Name | Description |
|---|---|---|
| 7006 | AV_ERR_AUTH_FAILED | The key is wrong. |
| 7007 | AV_ERR_TIMEOUT | Took longer than 30 s. |
| -100 | AV_ERR_NEGATIVE | Below zero. |
| 0x1001 | HEX_ERR_ONE | In hexadecimal. |
| 100 - 200 | AV_ERR_RANGE | Many. |
| 1,2 | AV_ERR_LIST | Two. |
| 4294960290 | AV_ERR_WIDE | Wide. |

# Words
| Code | Description |
|---|---|
| MK:0001 | Symbolic. |
| InvalidParameter.X | Dotted. |
"""


@cache
def _small() -> tuple[tuple[IndexedCode, ...], explain.Explainer]:
    catalog = assemble([checks.read(SMALL)], checks.SETTINGS)
    return resolve.index(catalog), explain.Explainer(catalog, Declarations(), checks.EN, every=True)


def question(data: bytes) -> None:
    """The resolver and ``codeglot explain``: any text has an answer, whose places are right."""
    index, explainer = _small()
    text = data.decode("utf-8", "replace")
    _check_resolution(text, resolve.resolve(text, index), index)
    _check_resolution(text, resolve.resolve(text, index, telling=True), index)
    pieces = re.split(r"(?<=\n)", text)
    for words in (pieces, [text] * (1 + 20_000 // (len(text) + 1)) if len(data) % 16 == 0 else []):
        _check_explained(explain.read(words, index), explainer, text)
    _check_explained(explain.read_each(text.split()[:9], index), explainer, text)


def index(data: bytes) -> None:
    """The resolver over any catalog: first the documents, then what is asked."""
    written, _, asked = data.rpartition(SEPARATOR)
    catalog = assemble([checks.read(written)], checks.SETTINGS)
    codes = resolve.index(catalog)
    text = asked.decode("utf-8", "replace")
    for query in (text, *(name for one in codes[:9] for name in (one.path, one.symbol, *one.names))):
        _check_resolution(query, resolve.resolve(query, codes), codes)
    resolve.browser_index(catalog, checks.EN)
    explainer = explain.Explainer(catalog, Declarations(), checks.EN, every=True)
    _check_explained(explain.read([text], codes), explainer, text)
    for one in codes[:9]:
        query = one.symbol or str((*one.values, *(one.bounds or ()))[0])
        _check_explained(explain.read_each([query], codes), explainer, query)


def _check_resolution(text: str, found: Resolution, index: tuple[IndexedCode, ...]) -> None:
    known = {one.path for one in index}
    end = 0
    for read in found.reads:
        assert end <= read.start < read.end <= len(text), found
        assert text[read.start : read.end] == read.text
        assert {*read.codes, *read.other_base, *read.neighbours} <= known
        assert not set(read.codes) & set(read.other_base)
        end = read.start
    assert set(found.codes) == {path for read in found.reads for path in read.codes}
    assert len(found.codes) == len(set(found.codes))


def _check_explained(reading: explain.Reading, explainer: explain.Explainer, text: str) -> None:
    said = explainer.explain(reading, text)
    for width in (40, 80):
        checks.check_clean(explain.text(said, width))
        assert "\t" not in explain.text(said, width)
    explain.to_json(said)
