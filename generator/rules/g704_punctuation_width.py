"""A punctuation mark has the wrong width for its script.

## What it does

Chinese and Japanese write full-width marks (`，`), other scripts half-width ones (`,`). Between Chinese or Japanese
characters the rule counts both widths of each mark, document by document, and reports the half-width ones where the
document mostly writes the others. In a document of another script, Korean among them, it reports full-width marks.
All of one document's column are one line of the report.

## Why it matters

Half a document in another width looks patched, and a full-width mark in a Latin text is a remainder of the source
that breaks lines and copied commands.

## Example

```
列车晚点,请等待。
```

## How to fix

Write the mark that the message gives.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from generator.diagnostics import Diagnostic, Fix, Precision, Severity
from generator.rules.base import Rule, listed, quoted
from generator.rules.context import Context
from generator.rules.wording import HIDDEN, Passage, bare, diagnose_passage, passages, place, shown

_WIDE: Final = dict(zip(",;:!?.(", "，；：！？。（", strict=True))
_NARROW: Final = dict(zip("，；：！？。（）、", [*",;:!?.()", ","], strict=True))
_CJK: Final = r"\u3005\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_HALF: Final = re.compile(rf"(?<=[{_CJK}])(?:[,;:!?] ?|\.)(?=[{_CJK}])|(?<=[{_CJK}])\.$|(?<=[{_CJK}])\((?=[{_CJK}])")
_FULL: Final = re.compile(rf"(?<=[{_CJK}])[，；：！？。（]")
_LETTER: Final = rf"[^\W\d_]|{HIDDEN}"
_FOREIGN: Final = re.compile(rf"(?<=[^\W\d_]|{HIDDEN})[，；：！？。（、]|[，；：！？、（）](?=\s?(?:{_LETTER}))")
_ANY_HALF: Final = re.compile("[,;:!?.(]")
_ANY_FULL: Final = re.compile("[，；：！？。（、）]")
"""What most texts do not have: to look for it takes less long than to look at what stands beside it."""
_IDEOGRAPH: Final = re.compile(rf"[{_CJK}]")
_LEAST: Final = 5
"""A document of fewer marks has no habit."""


def _check(context: Context) -> Iterator[Diagnostic]:
    by_document: dict[str, list[Passage]] = {}
    for passage in context.once(passages):
        by_document.setdefault(passage.document.path, []).append(passage)
    for own in by_document.values():
        letters = sum(len(bare(one.words)) for one in own)
        if 5 * len(_IDEOGRAPH.findall("".join([one.words for one in own]))) >= letters:
            yield from _narrow(own)
        else:
            for one in own:
                if _ANY_FULL.search(one.words):
                    yield from _diagnosed(one, list(_FOREIGN.finditer(one.words)), _NARROW, "full-width")


def _narrow(own: list[Passage]) -> Iterator[Diagnostic]:
    halves = [(one, list(_HALF.finditer(one.words))) for one in own if _ANY_HALF.search(one.words)]
    half = Counter(match[0].strip() for _, matches in halves for match in matches)
    full = Counter(match for one in own if _ANY_FULL.search(one.words) for match in _FULL.findall(one.words))
    wrong = {mark for mark, count in half.items() if full[_WIDE[mark]] >= max(_LEAST, 2 * count)}
    for one, matches in halves:
        found = [match for match in matches if match[0].strip() in wrong]
        yield from _diagnosed(one, found, _WIDE, "half-width")


def _diagnosed(
    passage: Passage, found: list[re.Match[str]], instead: Mapping[str, str], width: str
) -> Iterator[Diagnostic]:
    if not found:
        return
    marks = list(dict.fromkeys(match[0].strip() for match in found))
    first = found[0]
    near = passage.words[max(0, first.start() - 3) : first.end() + 3]
    # A bracket has its other half, which the fix would leave behind.
    single = len(found) == 1 and marks[0] not in "(（）"
    span = place(passage, near)
    right = f"{near[: first.start() - max(0, first.start() - 3)]}{instead[marks[0]]}"
    fix = Fix(span, right + passage.words[first.end() : first.end() + 3]) if span and single else None
    yield diagnose_passage(
        RULE,
        passage,
        f"{listed(map(quoted, marks))} {'is' if len(marks) == 1 else 'are'} {width} in {quoted(shown(near))}",
        evidence=f"{width} {near}",
        span=span or place(passage, marks[0]),
        expected=instead[marks[0]],
        hint=f"write {listed(quoted(instead[mark]) for mark in marks)}",
        cluster=width,
        fix=fix if width == "half-width" else None,
    )


RULE: Final = Rule(
    id="G704",
    name="punctuation-width",
    severity=Severity.NOTE,
    precision=Precision.HIGH,
    summary="A punctuation mark has the wrong width for its script",
    docs=__doc__,
    check=_check,
)
