"""What a cell says, free of its markup: Markdown and HTML inline content as values."""

import html
import re
import textwrap
from collections.abc import Callable, Sequence
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.model import Break, Inline, InlineCode, Link, TableForm, Text
from generator.parse.tags import Piece, read_tags
from generator.text import one_line


class _AsWritten(MarkdownIt):
    """Keeps a link's target as it stands, where the library would percent-encode it."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the library's name
        return url


_MARKDOWN: Final = _AsWritten("commonmark").enable("strikethrough")
# Inside an HTML block Markdown is not read; vendors' own converters still set back-ticked words and links there.
_IN_HTML: Final = _AsWritten("zero").enable(["backticks", "link"])
# Blocks of a cell that is written in prose; what is said in them is read as anywhere else.
_BLOCKS: Final = MarkdownIt("commonmark").disable("inline")
_MARKED: Final = re.compile(r"[>*+-]\s")
_WORDS = r"[^`\\<>&*_\[\]!~\n]++|(?<=[A-Za-z0-9])_(?=[A-Za-z0-9_])"
_PLAIN: Final = re.compile(rf"(?:{_WORDS})*+")
_CODES: Final = re.compile(rf"(?:{_WORDS}|`[^`\n]++`(?!`))*+")
"""Words and code, each between single back-ticks."""
_SPACE: Final = re.compile(r"\s+")
_ROUND: Final = frozenset('"`')
_TICKS: Final = re.compile(r"`+")
_CLOSING: Final = re.compile(r"(?<=[^\s`])`+(?![\w`])")
"""Back-ticks that end what is set as code, and are not an apostrophe."""
_BREAKING: Final = frozenset({"br", "p", "div", "li", "ul", "ol", "tr", "td", "table", "dd", "dt", "h1", "h2", "h3"})
_HREF: Final = re.compile(r"""(?<![\w-])href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
_TABLE: Final = re.compile(r"<table(?=[\s/>])", re.IGNORECASE)
_WRAP: Final = re.compile(r"\s*\n\s*(?=_)|(?<=_)\s*\n\s*")
_PARAGRAPHS: Final = re.compile(r"(?: {0,3}[^\W\d_][^\n]*(?:\n|\Z)|[ \t]*\n)*[ \t]*")
"""Lines of which each begins with a letter, as no list, heading or program text does."""
_BLANK: Final = re.compile(r"\n(?:[ \t]*\n)+")
_CONTINUED: Final = re.compile(r"\s*\n\s*(?:\*(?!/)|//+!?|#)?\s*")
"""Where a comment in program text goes on with its next line."""
_TAG: Final = re.compile(r"<\s*(/?)\s*([A-Za-z][A-Za-z0-9]*)")


def read_inlines(raw: str, form: TableForm) -> tuple[Inline, ...]:
    """The inline content of a cell as written, white space folded, without quotes or escaped back-ticks round all of it."""
    match form:
        case TableForm.HTML:
            found = _from_html(raw)
        case TableForm.PROSE:
            found = _from_blocks(raw)
        case TableForm.SOURCE_CODE:
            found = [Text(_CONTINUED.sub(" ", raw) if "\n" in raw else raw)]
        case _:
            found = _from_markdown(raw.replace("\\|", "|"))
    return _unquoted(_folded(found))


def read_prose(raw: str) -> tuple[Inline, ...]:
    """The inline content of a paragraph or heading."""
    return _folded(_from_markdown(raw))


def plain(inlines: Sequence[Inline]) -> str:
    """The words alone, a break as a space."""
    return one_line(_joined(inlines, " "))


def lines(inlines: Sequence[Inline]) -> list[str]:
    """The words between the breaks; a line without words is none."""
    return [words for line in _joined(inlines, "\n").split("\n") if (words := one_line(line))]


def identifier(inlines: Sequence[Inline]) -> str:
    """The words of a name: a break before or after an underscore only wraps the name, any other parts two names."""
    text = _joined(inlines, "\n")
    return one_line(_WRAP.sub("", text) if "\n" in text and "_" in text else text)


def holds_table(prose: str) -> bool:
    """Whether a paragraph opens an HTML table, rather than speaking of one in code."""
    tokens = _MARKDOWN.parseInline(prose)[0].children or []
    return any(token.type == "html_inline" and _TABLE.match(token.content) for token in tokens)


def _joined(inlines: Sequence[Inline], line_break: str) -> str:
    # Most cells are one text.
    return (
        _words(inlines[0], line_break) if len(inlines) == 1 else "".join([_words(one, line_break) for one in inlines])
    )


def _words(inline: Inline, line_break: str) -> str:
    match inline:
        case Break():
            return line_break
        case Text(text=text) | InlineCode(text=text) | Link(text=text):
            return text


def _from_markdown(text: str) -> list[Inline]:
    if _PLAIN.fullmatch(text):
        return [Text(text)]
    if _CODES.fullmatch(text):
        return _codes(text)
    collector = _Collector()
    collector.tokens(_MARKDOWN.parseInline(text)[0].children or [])
    collector.close_link()
    return collector.found


def _codes(text: str) -> list[Inline]:
    """Words and code of a text in which back-ticks are the only markup."""
    return [InlineCode(_unpadded(part)) if at % 2 else Text(part) for at, part in enumerate(text.split("`")) if part]


def _unpadded(code: str) -> str:
    """Words between back-ticks without the one space at either end that parts them from a back-tick (CommonMark 6.1)."""
    return code[1:-1] if code[0] == code[-1] == " " and code.strip(" ") else code


def _from_blocks(raw: str) -> list[Inline]:
    """What paragraphs, lists, quotes and program text say, each on lines of its own."""
    first, _, rest = raw.partition("\n")
    first = _unopened(first)
    if not rest.strip() and not _MARKED.match(first):
        return _from_markdown(first)
    text = f"{first}\n{textwrap.dedent(rest)}"
    if _PARAGRAPHS.fullmatch(text):
        # Most cells are paragraphs that begin no other block; the library takes ten times as long over them.
        said: list[Inline] = []
        for paragraph in _BLANK.split(text.strip()):
            said += [*_from_markdown(paragraph), Break()]
        return said
    collector = _Collector()
    for token in _BLOCKS.parse(text):
        if token.type == "inline":
            collector.tokens(_MARKDOWN.parseInline(token.content)[0].children or [])
            collector.close_link()
        elif token.type in {"fence", "code_block"}:
            for line in token.content.split("\n"):
                if line.strip():
                    collector.code(line.strip())
                collector.line_break()
        elif token.type == "html_block":
            collector.found.extend(_from_html(token.content))
        if token.block:
            collector.line_break()
    return collector.found


def _unopened(line: str) -> str:
    """A line without the mark that ends what is bold or set as code and begins before the line, with the code."""
    if line.count("**") % 2 and "`" not in line:
        before, _, after = line.rpartition("**")
        return before + after
    return _CLOSING.sub("", line, count=1) if len(_TICKS.findall(line)) % 2 else line


class _Collector:
    """Gathers inline values from Markdown tokens, following links through whatever they enclose."""

    def __init__(self) -> None:
        self.found: list[Inline] = []
        self._target: str | None = None
        self._label: list[str] = []

    def tokens(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            match token.type:
                case "text" | "text_special":
                    self.text(token.content)
                case "code_inline":
                    self.code(token.content)
                case "softbreak":
                    self.text(" ")
                case "hardbreak":
                    self.found.append(Break())
                case "image":
                    self.text(token.content)
                case "link_open":
                    self.open_link(str(token.attrs.get("href", "")))
                case "link_close":
                    self.close_link()
                case "html_inline":
                    self._tag(token.content)
                case _:
                    pass

    def text(self, text: str) -> None:
        if self._target is not None:
            self._label.append(text)
        elif text:
            self.found.append(Text(text))

    def code(self, text: str) -> None:
        if self._target is not None:
            self._label.append(text)
        else:
            self.found.append(InlineCode(text))

    def line_break(self) -> None:
        if self._target is not None:
            self._label.append(" ")
        else:
            self.found.append(Break())

    def open_link(self, target: str) -> None:
        self.close_link()
        self._target, self._label = target, []

    def close_link(self) -> None:
        if self._target is None:
            return
        label, target = _SPACE.sub(" ", "".join(self._label)).strip(), self._target
        self._target = None
        if target:
            self.found.append(Link(label or target, target))
        elif label:
            self.found.append(Text(label))

    def _tag(self, tag: str) -> None:
        found = _TAG.match(tag)
        if not found:
            return
        closing, name = found[1] == "/", found[2].lower()
        if name == "a":
            target = "" if closing else _href(tag)
            if target:
                self.open_link(target)
            else:
                self.close_link()
        elif name in _BREAKING:
            self.line_break()


class _HtmlCollector:
    """Gathers inline values from the inner markup of an HTML cell."""

    def __init__(self, raw: str) -> None:
        self._raw = raw
        self._collector = _Collector()
        self._code: list[str] | None = None

    def read(self) -> list[Inline]:
        for piece in read_tags(self._raw):
            if piece.tag:
                self._tag(piece)
            else:
                self._text(_unescaped(self._raw[piece.start : piece.end]))
        self._end_code()
        self._collector.close_link()
        return self._collector.found

    def _tag(self, piece: Piece) -> None:
        if piece.tag == "a":
            self._collector.close_link()
            if not piece.closing:
                self._collector.open_link(_href(self._raw[piece.start : piece.end]))
        elif piece.tag == "code":
            self._end_code()
            self._code = None if piece.closing else []
        elif piece.tag in _BREAKING and not (piece.closing and piece.tag == "br"):
            if self._code is None:
                self._collector.line_break()
            else:
                self._code.append(" ")

    def _text(self, text: str) -> None:
        if self._code is not None:
            self._code.append(text)
        elif "`" in text or "](" in text:
            self._collector.tokens(_IN_HTML.parseInline(_SPACE.sub(" ", text))[0].children or [])
        else:
            self._collector.text(text)

    def _end_code(self) -> None:
        if self._code:
            self._collector.code("".join(self._code))


def _href(tag: str) -> str:
    """Where an ``<a>`` tag leads; empty where it leads nowhere."""
    found = _HREF.search(tag)
    return _unescaped(next(part for part in found.groups() if part is not None)) if found else ""


def _unescaped(text: str) -> str:
    try:
        return html.unescape(text)
    except ValueError:
        # Python converts no number of more than some thousand digits.
        return text


def _from_html(raw: str) -> list[Inline]:
    if "<" not in raw and "&" not in raw and "`" not in raw and "](" not in raw:
        return [Text(raw)]
    if _CODES.fullmatch(raw):
        return _codes(_SPACE.sub(" ", raw))
    return _HtmlCollector(raw).read()


def _folded(inlines: Sequence[Inline]) -> tuple[Inline, ...]:
    """Neighbouring texts joined, white space folded, nothing empty, no break at either end or twice in a row."""
    if len(inlines) == 1 and isinstance(inlines[0], Text):
        text = one_line(inlines[0].text)
        if text == inlines[0].text:
            return (inlines[0],) if text else ()
        return (Text(text),) if text else ()
    joined: list[Inline] = []
    for inline in inlines:
        last = joined[-1] if joined else None
        if isinstance(inline, Text) and isinstance(last, Text):
            joined[-1] = Text(last.text + inline.text)
        elif isinstance(inline, Break) and (last is None or isinstance(last, Break)):
            continue
        else:
            joined.append(inline)
    folded: list[Inline] = []
    for index, inline in enumerate(joined):
        if not isinstance(inline, Text):
            folded.append(inline)
            continue
        text = inline.text
        if not text.isprintable() or "  " in text:
            text = _SPACE.sub(" ", text)
        at_start = index == 0 or isinstance(joined[index - 1], Break)
        at_end = index == len(joined) - 1 or isinstance(joined[index + 1], Break)
        text = text.lstrip() if at_start else text
        text = text.rstrip() if at_end else text
        if text:
            folded.append(Text(text))
    return _trimmed(folded, lambda inline: isinstance(inline, Break))


def _trimmed(inlines: list[Inline], empty: Callable[[Inline], bool]) -> tuple[Inline, ...]:
    start, end = 0, len(inlines)
    while start < end and empty(inlines[start]):
        start += 1
    while end > start and empty(inlines[end - 1]):
        end -= 1
    kept: list[Inline] = []
    for inline in inlines[start:end]:
        if not (empty(inline) and kept and empty(kept[-1])):
            kept.append(inline)
    return tuple(kept)


def _unquoted(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Without the straight quotes that a spreadsheet's export puts round a whole cell, or back-ticks that are escaped."""
    if len(inlines) == 1 and isinstance(inlines[0], Text):
        text = inlines[0].text
        if len(text) > 2 and text[0] == text[-1] and text[0] in _ROUND and text[0] not in text[1:-1]:
            return (Text(text[1:-1].strip()),)
    return inlines
