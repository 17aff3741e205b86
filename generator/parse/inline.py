"""What a cell says, free of its markup: Markdown and HTML inline content as values."""

import html
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from html.parser import HTMLParser
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.model import Break, Inline, InlineCode, Link, TableForm, Text

_MARKDOWN: Final = MarkdownIt("commonmark").enable("strikethrough")
# Inside an HTML block Markdown is not read; vendors' own converters still set back-ticked words and links there.
_IN_HTML: Final = MarkdownIt("zero").enable(["backticks", "link"])
_PLAIN: Final = re.compile(r"(?:[^`\\<>&*_\[\]!~\n]|(?<=[A-Za-z0-9])_(?=[A-Za-z0-9_]))*")
_SPACE: Final = re.compile(r"\s+")
_BREAKING: Final = frozenset({"br", "p", "div", "li", "ul", "ol", "tr", "td", "table", "dd", "dt", "h1", "h2", "h3"})
_HIDDEN: Final = frozenset({"script", "style"})
_HREF: Final = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
_TAG: Final = re.compile(r"<\s*(/?)\s*([A-Za-z][A-Za-z0-9]*)")


@lru_cache(maxsize=16384)
def read_inlines(raw: str, form: TableForm) -> tuple[Inline, ...]:
    """The inline content of a cell as written, white space folded; quotes round the whole cell are left out."""
    found = _from_html(raw) if form is TableForm.HTML else _from_markdown(raw.replace("\\|", "|"))
    return _unquoted(_folded(found))


def read_prose(raw: str) -> tuple[Inline, ...]:
    """The inline content of a paragraph or heading."""
    return _folded(_from_markdown(raw))


def plain(inlines: Sequence[Inline]) -> str:
    """The words alone, a break as a space."""
    return _SPACE.sub(" ", "".join(_words(inline, " ") for inline in inlines)).strip()


def identifier(inlines: Sequence[Inline]) -> str:
    """The words of a name: a break before or after an underscore only wraps the name, any other parts two names."""
    text = "".join(_words(inline, "\n") for inline in inlines)
    text = re.sub(r"\s*\n\s*(?=_)|(?<=_)\s*\n\s*", "", text)
    return _SPACE.sub(" ", text).strip()


def _words(inline: Inline, line_break: str) -> str:
    match inline:
        case Break():
            return line_break
        case Text(text=text) | InlineCode(text=text) | Link(text=text):
            return text


def _from_markdown(text: str) -> list[Inline]:
    if _PLAIN.fullmatch(text):
        return [Text(text)]
    tokens = _MARKDOWN.parseInline(text)[0].children or []
    return _Collector().tokens(tokens)


class _Collector:
    """Gathers inline values from Markdown tokens, following links through whatever they enclose."""

    def __init__(self) -> None:
        self.found: list[Inline] = []
        self._target: str | None = None
        self._label: list[str] = []
        self._hidden = ""

    def tokens(self, tokens: Sequence[Token]) -> list[Inline]:
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
        self.close_link()
        return self.found

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
            href = _HREF.search(tag)
            if closing or not href:
                self.close_link()
            else:
                self.open_link(html.unescape(next(part for part in href.groups() if part is not None)))
        elif name in _BREAKING:
            self.line_break()


class _HtmlCollector(HTMLParser):
    """Gathers inline values from the inner markup of an HTML cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.collector = _Collector()
        self._code: list[str] | None = None
        self._hidden: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden = tag
        elif tag == "a":
            self.collector.open_link(dict(attrs).get("href") or "")
        elif tag == "code":
            self._code = []
        elif tag in _BREAKING:
            self.collector.line_break()

    def handle_endtag(self, tag: str) -> None:
        if tag == self._hidden:
            self._hidden = None
        elif tag == "a":
            self.collector.close_link()
        elif tag == "code" and self._code is not None:
            self.collector.code("".join(self._code))
            self._code = None
        elif tag in _BREAKING and tag != "br":
            self.collector.line_break()

    def handle_data(self, data: str) -> None:
        if self._code is not None:
            self._code.append(data)
        elif self._hidden is not None:
            # What a browser runs instead of showing is still what the source says.
            self.collector.text(data)
        elif "`" in data or "](" in data:
            self.collector.tokens(_IN_HTML.parseInline(_SPACE.sub(" ", data))[0].children or [])
        else:
            self.collector.text(data)


def _from_html(raw: str) -> list[Inline]:
    if "<" not in raw and "&" not in raw and "`" not in raw and "](" not in raw:
        return [Text(raw)]
    reader = _HtmlCollector()
    reader.feed(raw)
    reader.close()
    reader.collector.close_link()
    return reader.collector.found


def _folded(inlines: Sequence[Inline]) -> tuple[Inline, ...]:
    """Neighbouring texts joined, white space folded, nothing empty, no break at either end or twice in a row."""
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
        text = _SPACE.sub(" ", inline.text)
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
    """Without the pair of straight quotes that a spreadsheet's export puts round a whole cell."""
    if len(inlines) == 1 and isinstance(inlines[0], Text):
        text = inlines[0].text
        if len(text) > 2 and text[0] == text[-1] == '"' and '"' not in text[1:-1]:
            return (Text(text[1:-1].strip()),)
    return inlines
