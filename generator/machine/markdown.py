"""Words of documents as Markdown that means only those words (CommonMark 0.31.2, and GitHub's additions to it)."""

import re
from collections.abc import Iterable
from typing import Final, assert_never

from generator.pages.parts import Block, BreakPart, CodePart, Enumeration, LinkPart, Paragraph, Part, TextPart

_CONTROLS: Final = re.compile("[\0-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What neither Markdown's readers nor XML may be given; white space is folded before."""

_SPACE: Final = re.compile(r"\s+")

_SIGNS: Final = re.compile(r"[\\`*\[\]<~|]|(?<![^\W_])_|_(?![^\W_])|&(?=#|\w+;)")
"""What means something inside a line. An underscore inside a word and a lone ampersand do not."""

_SIGN: Final = re.compile(r"[\\`*\[\]<~|_&]")
"""Without one of these no line has any of them; most have none."""

_START: Final = re.compile(r"(?=[#>])|(?=[-+](?: |$))|(?=[-=][-= ]*$)|[0-9]{1,9}(?=[.)](?: |$))")
"""What means something at the start of a line only."""

_CLOSING: Final = re.compile(r"(?<= )#(?=#*$)|^#(?=#*$)")
"""Signs at the end of a heading that would be taken for its end."""

_REFERENCE: Final = re.compile(r"&(?=#|[a-zA-Z0-9]+;)")
"""What an address must not be taken to hold: the beginning of a character reference."""

_TICKS: Final = re.compile("`+")


def clean(text: str) -> str:
    """``text`` on one line, without characters that no text may hold."""
    if text.isprintable() and "  " not in text:  # Nearly every text: no white space but single spaces, nothing to hide.
        return text
    return _CONTROLS.sub("\ufffd", _SPACE.sub(" ", text))


def words(text: str) -> str:
    """Plain words, for the middle of a line."""
    said = clean(text)
    return _SIGNS.sub(r"\\\g<0>", said) if _SIGN.search(said) else said


def code(text: str) -> str:
    """Words set as code; nothing for nothing."""
    said = clean(text)
    if not said.strip():
        return ""
    fence = "`" * (max(map(len, _TICKS.findall(said)), default=0) + 1) if "`" in said else "`"
    pad = " " if said[0] in "` " or said[-1] in "` " else ""
    return f"{fence}{pad}{said}{pad}{fence}"


def link(label: str, address: str) -> str:
    """A link; ``label`` is Markdown already, ``address`` is percent-encoded."""
    safe = address.replace("(", "%28").replace(")", "%29")
    return f"[{label}]({_REFERENCE.sub('&amp;', safe) if '&' in safe else safe})"


def line(inner: str) -> str:
    """Markdown for the middle of a line as a whole line, of which the start means nothing more."""
    said = inner.strip()
    start = _START.match(said)
    return f"{said[: start.end()]}\\{said[start.end() :]}" if start else said


def heading(level: int, inner: str) -> str:
    """A heading; ``inner`` is Markdown for the middle of a line."""
    said = _CLOSING.sub(r"\\#", line(inner))
    return f"{'#' * level} {said}"


def running(parts: Iterable[Part]) -> str:
    """Running text, on a line of its own after every break."""
    pieces = [""]
    for part in parts:
        match part:
            case TextPart(text=text):
                pieces[-1] += words(text)
            case CodePart(text=text):
                pieces[-1] += code(text)
            case LinkPart(text=text, href=href):
                pieces[-1] += link(words(text), href)
            case BreakPart():
                pieces.append("")
            case _:
                assert_never(part)
    return "\\\n".join(filter(None, map(line, pieces)))


def block(one: Block) -> str:
    """A paragraph or a list."""
    match one:
        case Paragraph(parts=parts):
            return running(parts)
        case Enumeration(items=items):
            return "\n".join(
                f"{number}. {indented(running(item), len(str(number)) + 2)}"
                for number, item in enumerate(items, start=1)
            )
        case _:
            assert_never(one)


def indented(text: str, by: int) -> str:
    """``text`` with all lines but the first moved in."""
    return text.replace("\n", f"\n{' ' * by}")


def quoted(text: str) -> str:
    """``text`` as a block quotation."""
    return "\n".join(f"> {one}".rstrip() for one in text.split("\n"))


def together(blocks: Iterable[str]) -> str:
    """Blocks as a whole document; empty ones are left out."""
    return "\n\n".join(filter(None, blocks)) + "\n"
