"""A word stands twice in a row.

## What it does

Finds a word that is repeated with nothing but a space between. Code, links, identifiers and numbers are not read. In
scripts without spaces it finds three or more characters that are repeated, two at the end of a phrase, and the short
words that the glossary lists as slips (`的的`), since other short words may meet rightly.

## Why it matters

A doubled word is a slip of editing, and often another word was meant.

## Example

```
The the train is late.
```

## How to fix

Take one of the two away, or write what was meant. What may rightly be repeated in a language stands in `glossary.toml`:
`[doubled.xx]`, under `allowed`.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from generator.diagnostics import Diagnostic, Fix, Precision, Severity
from generator.glossary import Doubled, Glossary, Lexicon, in_locale
from generator.rules.base import Rule, quoted
from generator.rules.context import Context
from generator.rules.wording import Passage, diagnose_passage, passages, place

_HAN: Final = r"\u3005\u3400-\u9fff\uf900-\ufaff"
_SPACED: Final = re.compile(rf"(?<!\w)([^\W\d_\u3040-\u30ff{_HAN}]{{2,}})[ \t]+(\1)(?!\w)", re.IGNORECASE)
_JOINED: Final = re.compile(
    rf"([\u3040-\u309f{_HAN}]{{3,}}|[{_HAN}]{{2}}(?=[{_HAN}]{{2}}(?![{_HAN}])))\1|(?<![\u30a0-\u30ff])([\u30a0-\u30ff]{{3,}})\2(?![\u30a0-\u30ff])"
)
_ANY_HAN: Final = re.compile(rf"[{_HAN}\u30a0-\u30ff]")


def _check(context: Context) -> Iterator[Diagnostic]:
    known = context.known(_doublings)
    for passage in context.once(passages):
        locale = passage.document.locale
        if locale not in known:
            found = in_locale(context.glossary.doubled, locale)
            known[locale] = _Doubling(found) if found else None
        doubling = known[locale]
        for twice, once in _slips(doubling, passage.words).items() if doubling else ():
            yield _diagnosed(passage, twice, once)


def _doublings(_glossary: Glossary) -> dict[str, "_Doubling | None"]:
    return {}


@lru_cache(maxsize=1 << 17)
def _slips(doubling: "_Doubling", text: str) -> Mapping[str, str]:
    return dict(doubling.slips(text))


def _diagnosed(passage: Passage, twice: str, once: str) -> Diagnostic:
    span = place(passage, twice)
    return diagnose_passage(
        RULE,
        passage,
        f"{quoted(twice)} says {quoted(once)} twice",
        evidence=twice,
        span=span,
        expected=once,
        hint=f"take one {quoted(once)} away, or write the word that was meant",
        cluster=twice.casefold(),
        fix=Fix(span, once) if span else None,
    )


class _Doubling:
    """What stands twice by a slip in one language."""

    def __init__(self, listed: Doubled) -> None:
        self.allowed = frozenset(word.casefold() for word in listed.allowed)
        parts = sorted({*listed.slips, *listed.allowed}, key=lambda one: (-len(one), one))
        self.found = frozenset(listed.slips)
        self.expression = re.compile("|".join(map(re.escape, parts)) or r"(?!)")

    def slips(self, text: str) -> Iterator[tuple[str, str]]:
        """Every slip of a text as it stands there, with the word once."""
        for match in _SPACED.finditer(text):
            first, second = match[1], match[2]
            # “See room Room” is a title behind its word; “The the” is the start of a sentence.
            same = first == second or first[:1].lower() + first[1:] == second
            if same and second.casefold() not in self.allowed:
                yield match[0], first
        for match in _JOINED.finditer(text):
            once = match[1] or match[2]
            if _ANY_HAN.search(once) and len(set(once)) > 1 and match[0] not in self.allowed:
                yield match[0], once
        for match in self.expression.finditer(text) if self.found else ():
            if match[0] in self.found:
                yield match[0], match[0][: len(match[0]) // 2]


RULE: Final = Rule(
    id="G705",
    name="doubled-word",
    severity=Severity.WARNING,
    precision=Precision.HIGH,
    summary="A word stands twice in a row",
    docs=__doc__,
    check=_check,
    lexicons=(Lexicon.DOUBLED,),
)
