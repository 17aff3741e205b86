"""Codes in program text: the lines of a code block that give a name and a number."""

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from generator.codes import read_number
from generator.model import Column, IntegerCode, RawCell, RawRow, SourceSpan, TableForm
from generator.parse.outside_rows import FoundTable, table_of
from generator.parse.outside_tree import Lines, Node
from generator.parse.outside_words import is_fault

_LONGEST: Final = 1000
"""No line of program text that declares a code is longer."""
_NUMBER = r"[-+]?\s?(?:0[xX][0-9a-fA-F]{1,32}|\d{1,20})"
_VALUE = rf"(?P<open>(?:\(\s*[A-Za-z_]\w*\s*\)|[(\s])*)(?P<code>{_NUMBER})(?:[uUlL]{{1,3}})?(?P<close>[)\s]*)"
_QUOTED = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'"
_NAME = r"(?P<name>[A-Za-z_$][\w$]*)"
_DEFINE: Final = re.compile(rf"\s*#\s*define\s+{_NAME}(?:\s+{_VALUE})?(?![\w.])")
_MEMBER: Final = re.compile(
    rf"\s*(?:(?:[A-Za-z_][\w:<>.]*|\*)\s+){{0,6}}?{_NAME}\s*(?::\s*[A-Za-z_][\w.]*\s*)?(?:=|:=|:)\s*{_VALUE}(?![\w.])\s*[,;]?"
)
_CALLED: Final = re.compile(
    rf"\s*(?:case\s+)?{_NAME}\s*\(\s*(?P<code>{_NUMBER})[uUlL]{{0,2}}\s*(?:,\s*(?P<quoted>{_QUOTED})[^()]*)?\)\s*[,;]?"
)
_TEXT_FIRST: Final = re.compile(rf"\s*{_NAME}\s*\(\s*(?P<quoted>{_QUOTED})\s*,\s*(?P<code>{_NUMBER})\s*\)\s*[,;]?")
_STRING: Final = re.compile(
    rf"\s*(?:(?:[A-Za-z_][\w:<>.]*|\*)\s+){{0,6}}?{_NAME}\s*(?::\s*[A-Za-z_][\w.]*\s*)?(?:(?:=|:=|:)\s*|\()"
    r"(?P<quote>[\"'])(?P<code>[A-Za-z][\w.:-]{0,120})(?P=quote)\)?\s*[,;]?"
)
"""A constant whose value is a word, which is the code then."""
_TELLING: Final = re.compile(r"[0-9_.]|[a-z][A-Z]|[A-Z]{2,}\Z")
"""What such a word has and a word of a message has not."""
_BARE: Final = re.compile(rf"\s*(?P<code>{_NUMBER})(?:\s*[;,]?\s*(?=//|/\*|#\s|--\s)|\s*[:=]\s+|\s+[-–—]\s+|\s+)(?=\S)")
_SAYING: Final = re.compile(r"[^\W\d_]{2}|[^\W\d_\x00-\u024f]")
_ABOVE: Final = re.compile(
    r"\s*(?://[/!]?|/\*[*!]?|\*(?!/)|#(?!\s*(?:define|if|endif|else|include|undef|pragma)\b))\s*"
)
"""How a line begins that is all comment."""
_COMMENT: Final = re.compile(r"\s*(?://[/!]?<?|/\*[*!]?<?|#|--)\s*")
_WORD: Final = re.compile(rf"\s*{_NAME}\s*,?\s*(?=//|/\*)")
_GLUED: Final = re.compile(r"\w*[A-Za-z_]\d{2,}")
_MOSTLY: Final = 0.5
_ALMOST: Final = 0.6
_FEWEST: Final = 2
_TOLD: Final = 2
"""What words say that speak of error codes."""


class _Line(Struct, frozen=True):
    number: int
    """Counted from 0."""
    name: tuple[int, int] | None
    """``None`` for a number that stands alone."""
    code: tuple[int, int] | None
    """``None`` for a line that declares a name of which no number can be read."""
    text: tuple[int, int] | None
    """On the line itself; see ``above``."""
    is_whole: bool = True
    is_define: bool = False
    above: tuple[int, int, int, int] | None = None
    """Where the comment stands that ends on the line before: lines and columns from 0."""


def find_in_source(node: Node, source: Lines, told: int) -> FoundTable | None:
    """The codes that a block of program text declares; ``None`` where it declares none.

    ``told`` is what the words above it say of codes (see :func:`generator.parse.outside_words.told`).
    """
    found = _declared(list(_read(node, source)), source, told)
    if not found and told:
        found = _declared(_strings(node, source), source, told)
    found = _commented(found) if found else _bare(node, source) if told == _TOLD else []
    if not found:
        return None
    columns = (
        *((Column.NAME,) if any(line.name for line in found) else ()),
        Column.CODE,
        *((Column.DESCRIPTION,) if any(line.text or line.above for line in found) else ()),
    )
    rows = [_row(line, source, columns) for line in found]
    return FoundTable(table_of(rows, TableForm.SOURCE_CODE), columns, ((node.first, node.last),))


def _called(line: _Line, source: Lines) -> str:
    return source.lines[line.number][slice(*line.name)] if line.name else ""


def _declared(found: list[_Line], source: Lines, told: int) -> list[_Line]:
    """The lines that declare codes; none where neither the names nor the words above say that they do."""
    whole = [line for line in found if line.is_whole]
    faults = len({name for line in whole if is_fault(name := _called(line, source))})
    if faults < _FEWEST or faults < _MOSTLY * len(whole):
        # Names that say nothing of errors are codes where the words above and a comment on most lines say so.
        texts = sum(1 for line in whole if line.text or line.above)
        lower = any(_called(line, source).islower() for line in whole)
        if told < _TOLD or lower or len(whole) <= _FEWEST or texts < _MOSTLY * len(whole):
            return []
    return _kin(found, source, told)


def _commented(found: list[_Line]) -> list[_Line]:
    """The lines with the comments above them, where most that have none of their own have one there."""
    bare = [line for line in found if line.text is None]
    above = sum(1 for line in bare if line.above)
    # One comment above many lines only heads them.
    keeps = above >= _FEWEST and above >= _ALMOST * len(bare)
    return [line if line.text is None and keeps else replace(line, above=None) for line in found]


def _row(line: _Line, source: Lines, columns: tuple[Column, ...]) -> RawRow:
    def cut(place: tuple[int, int] | None) -> RawCell:
        return (
            source.nothing(line.number) if place is None else source.cell(line.number, place[0], line.number, place[1])
        )

    # Where a number is missing it is missing behind the name.
    code = source.nothing(line.number, line.name[1]) if line.code is None and line.name else cut(line.code)
    said = cut(line.text) if line.above is None else source.cell(*line.above)
    cells = {Column.NAME: cut(line.name), Column.CODE: code, Column.DESCRIPTION: said}
    first = line.number if line.above is None else line.above[0]
    begins = source.lines[first]
    span = SourceSpan(
        source.path,
        first + 1,
        len(begins) - len(begins.lstrip()) + 1,
        line.number + 1,
        len(source.lines[line.number].rstrip()) + 1,
    )
    return RawRow(tuple(cells[column] for column in columns), None, span)


def _strings(node: Node, source: Lines) -> list[_Line]:
    """The lines that give a name and a word that is no word of a language; none where two give the same."""
    found = []
    for number in range(node.first, node.last):
        line = source.lines[number]
        string = _STRING.match(line) if len(line) <= _LONGEST else None
        if string is None or not is_fault(string["name"]) or not _TELLING.search(string["code"]):
            continue
        text, known = _comment(line, string.end())
        if known:
            found.append(_Line(number, string.span("name"), string.span("code"), text))
    values = {source.lines[line.number][slice(*line.code)] for line in found if line.code}
    return found if len(values) == len(found) else []


def _bare(node: Node, source: Lines) -> list[_Line]:
    """The lines that give a number and words, where most lines do and the numbers do not only count them."""
    found, filled, values = [], 0, set()
    for number in range(node.first, node.last):
        line = source.lines[number]
        filled += bool(_SAYING.search(line))
        bare = _BARE.match(line) if len(line) <= _LONGEST else None
        if bare is None or not _SAYING.search(line, bare.end()):
            continue
        comment = _COMMENT.match(line, bare.end())
        start = comment.end() if comment else bare.end()
        if comment is None and not line[start].isalpha():
            continue
        code = read_number(bare["code"].replace(" ", ""))
        values.add(code.value if isinstance(code, IntegerCode) else None)
        end = len(line.rstrip().removesuffix("*/").rstrip())
        found.append(_Line(number, None, bare.span("code"), (start, end)))
    counted = values <= set(range(len(found) + 2)) and not any(
        source.lines[line.number][slice(*line.code)].strip().lower().startswith("0x") for line in found if line.code
    )
    enough = len(found) >= _FEWEST and len(found) >= _ALMOST * filled and len(values) == len(found)
    return found if enough and not counted else []


def _kin(found: list[_Line], source: Lines, told: int) -> list[_Line]:
    """Without what is defined beside the codes and is none: a name of another family, ``MAX`` beside ``ER_X``."""
    families = {_called(line, source).partition("_")[0] for line in found if is_fault(_called(line, source))}
    return [
        line
        for line in found
        if not (line.is_define and line.is_whole)
        or is_fault(_called(line, source))
        or _called(line, source).partition("_")[0] in families
        or (told == _TOLD and line.text)
    ]


def _read(node: Node, source: Lines) -> Iterator[_Line]:
    """The lines that declare something, whole or torn."""
    inside = False
    above: tuple[int, int, int, int] | None = None
    for number in range(node.first, node.last):
        line = source.lines[number]
        is_long = len(line) > _LONGEST
        opened = line.find("/*")
        if opened >= 0 and "*/" not in line and not line[:opened].strip():
            inside = True
        elif inside:
            inside = "*/" not in line
            above = None if is_long else _joined(above, number, line)
            continue
        if is_long:
            above = None
            continue
        if _ABOVE.match(line):
            above = _joined(above, number, line)
        found = _define(number, line) or _member(number, line)
        if found is not None:
            yield found if found.text or above is None else replace(found, above=above)
        if not _ABOVE.match(line):
            above = None


def _joined(above: tuple[int, int, int, int] | None, number: int, line: str) -> tuple[int, int, int, int] | None:
    """The comment up to a line, with what that line says."""
    begun = _ABOVE.match(line)
    start = begun.end() if begun else len(line) - len(line.lstrip())
    end = len(line.rstrip().removesuffix("*/").rstrip(" *"))
    if end <= start or not _SAYING.search(line, start, end) or line[start] == "@":
        return above
    # A comment of one line says something by itself; those of a block go on.
    goes_on = above is not None and not line.lstrip().startswith(("/*", "#"))
    return (*above[:2], number, end) if above is not None and goes_on else (number, start, number, end)


def _define(number: int, line: str) -> _Line | None:
    found = _DEFINE.match(line)
    if found is None:
        return None
    name = found.span("name")
    if found["code"] is not None:
        text, known = _comment(line, found.end())
        if known:
            return _Line(number, name, found.span("code"), text, is_define=True)
    end = name[1]
    if not is_fault(found["name"]) or line[end : end + 1] == "(":
        return None
    text, known = _comment(line, end)
    if known:
        glued = _GLUED.fullmatch(found["name"])
        return _Line(number, name, None, text, False) if text or glued else None
    marks = [at for at in (line.find("//", end), line.find("/*", end)) if at >= 0]
    value = min(marks, default=len(line))
    text, _ = _comment(line, value)
    return _Line(number, name, (end, value), text, False)


def _member(number: int, line: str) -> _Line | None:
    for pattern in (_MEMBER, _CALLED, _TEXT_FIRST):
        found = pattern.match(line)
        if found is None or read_number(found["code"].replace(" ", "")) is None:
            continue
        text, known = _comment(line, found.end())
        if not known:
            continue
        quoted = found.groupdict().get("quoted")
        if quoted is not None and text is None:
            start, end = found.span("quoted")
            text = (start + 1, end - 1)
        return _Line(number, found.span("name"), found.span("code"), text)
    word = _WORD.match(line)
    if word is not None and is_fault(word["name"]) and word["name"].count("_"):
        text, _ = _comment(line, word.end())
        return _Line(number, word.span("name"), None, text, False)
    return None


def _comment(line: str, at: int) -> tuple[tuple[int, int] | None, bool]:
    """Where a comment's words stand, and whether what follows is a comment or nothing at all."""
    rest = line[at:].rstrip()
    if not rest:
        return None, True
    found = _COMMENT.match(line, at)
    if found is None:
        return None, False
    start, end = found.end(), at + len(rest.removesuffix("*/").rstrip())
    if end - start > 2 and line[start] == line[end - 1] == '"' and line.count('"', start, end) == 2:
        start, end = start + 1, end - 1
    return ((start, end) if end > start else None), True
