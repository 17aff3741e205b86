"""A rule's documentation, written as a docstring, as blocks: headings, paragraphs, code and lists."""

import re
from functools import lru_cache
from textwrap import dedent
from typing import Final

from generator.pages.content import DocBlock
from generator.pages.parts import CodePart, Part, TextPart

_HEADING: Final = re.compile(r"#{1,6}\s+(?P<title>.+?)\s*#*$")
_UNDERLINE: Final = re.compile(r"(-{3,}|={3,}|~{3,})\s*$")
_ITEM: Final = re.compile(r"\s*[-*]\s+(?P<text>.*)$")
_FENCE: Final = re.compile(r"\s*(```|~~~)")
_CODE: Final = re.compile(r"(`+)(.+?)\1")


# The pages of a rule have the same in every locale.
@lru_cache(maxsize=1 << 8)
def blocks(text: str) -> tuple[DocBlock, ...]:
    """The documentation ``text`` as blocks, in order."""
    found: list[DocBlock] = []
    lines = dedent(text).strip("\n").splitlines()
    index = 0
    while index < len(lines):
        line = lines[index]
        underlined = index + 1 < len(lines) and _UNDERLINE.match(lines[index + 1])
        if not line.strip():
            index += 1
        elif heading := _HEADING.match(line):
            found.append(DocBlock("heading", ((TextPart(heading["title"]),),)))
            index += 1
        elif underlined and not line[0].isspace():
            found.append(DocBlock("heading", ((TextPart(line.strip()),),)))
            index += 2
        elif fence := _FENCE.match(line):
            end = next((n for n in range(index + 1, len(lines)) if lines[n].strip() == fence[1]), len(lines))
            found.append(_code(lines[index + 1 : end]))
            index = end + 1
        elif line.startswith("    "):
            end = index
            while end < len(lines) and (lines[end].startswith("    ") or not lines[end].strip()):
                end += 1
            found.append(_code(lines[index:end]))
            index = end
        elif _ITEM.match(line):
            items: list[str] = []
            while index < len(lines) and lines[index].strip():
                item = _ITEM.match(lines[index])
                if item:
                    items.append(item["text"])
                else:
                    items[-1] += f" {lines[index].strip()}"
                index += 1
            found.append(DocBlock("list", tuple(_spans(item) for item in items)))
        else:
            end = index
            while end < len(lines) and lines[end].strip() and not _FENCE.match(lines[end]):
                end += 1
            found.append(DocBlock("paragraph", (_spans(" ".join(part.strip() for part in lines[index:end])),)))
            index = end
    return tuple(found)


def _code(lines: list[str]) -> DocBlock:
    return DocBlock("code", ((CodePart(dedent("\n".join(lines)).strip("\n")),),))


def _spans(text: str) -> tuple[Part, ...]:
    parts: list[Part] = []
    end = 0
    for match in _CODE.finditer(text):
        if match.start() > end:
            parts.append(TextPart(text[end : match.start()]))
        parts.append(CodePart(match[2].strip()))
        end = match.end()
    if end < len(text):
        parts.append(TextPart(text[end:]))
    return tuple(parts)
