"""A word is spelled in a way that is never right.

## What it does

Looks every word up in the glossary's list of misspellings of the document's language. Code, links, addresses and
identifiers are not read, and a declared spelling (`[[products.shipped]]`) is right. A word of a script with letter case
is found whole, also with an -s; a Chinese, Japanese or Korean one wherever it stands.

## Why it matters

A misspelled word is not found by search, and machine translation carries the slip into every language.

## Example

```
The packet was not recieved.
```

## How to fix

Write the word that the message gives. Add your own slips to `glossary.toml`, under `[misspellings.xx]`, as
`"wrong" = "right"`; where a longer word that is right holds one of them, list it as its own correction.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from generator.diagnostics import Diagnostic, Fix, Precision, Severity
from generator.glossary import Glossary, Lexicon, in_locale
from generator.rules.base import Rule, quoted
from generator.rules.context import Context
from generator.rules.wording import Passage, diagnose_passage, passages, place
from generator.text import visible

_SPACED: Final = re.compile(r"[^\W\d_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+(?:['\u2019][a-z]+)?")


def _check(context: Context) -> Iterator[Diagnostic]:
    lists = context.known(_spellings)
    for passage in context.once(passages):
        locale = passage.document.locale
        if locale not in lists:
            lists[locale] = _Spelling(in_locale(context.glossary.misspellings, locale) or {})
        seen: set[str] = set()
        for wrong, right in _slips(lists[locale], passage.words):
            if wrong not in seen and not context.declared.is_shipped(passage.document.product, wrong):
                seen.add(wrong)
                yield _misspelled(passage, wrong, right)


def _spellings(_glossary: Glossary) -> dict[str, "_Spelling"]:
    return {}


@lru_cache(maxsize=1 << 17)
def _slips(spelling: "_Spelling", text: str) -> tuple[tuple[str, str], ...]:
    return tuple(spelling.slips(text))


def _misspelled(passage: Passage, wrong: str, right: str) -> Diagnostic:
    span = place(passage, wrong)
    return diagnose_passage(
        RULE,
        passage,
        f"{quoted(wrong)} is misspelled",
        evidence=wrong,
        span=span,
        expected=right,
        hint=f"write {quoted(right)}",
        cluster=wrong.casefold(),
        fix=Fix(span, right) if span else None,
    )


class _Spelling:
    """One locale's wrong spellings, those of scripts with spaces by word, the others in one expression."""

    def __init__(self, listed: Mapping[str, str]) -> None:
        folded = {_folded(visible(wrong)): right for wrong, right in listed.items()}
        self.words = {wrong: right for wrong, right in folded.items() if _SPACED.fullmatch(wrong)}
        self.parts = {wrong: right for wrong, right in folded.items() if wrong not in self.words}
        longest = sorted(self.parts, key=lambda one: (-len(one), one))
        self.expression = re.compile("|".join(map(re.escape, longest)) or r"(?!)")

    def slips(self, text: str) -> Iterator[tuple[str, str]]:
        """Every wrong spelling of a text, as it stands there, with the right one."""
        for match in self.expression.finditer(text) if self.parts else ():
            if self.parts[match[0]] != match[0]:
                yield match[0], self.parts[match[0]]
        for match in _SPACED.finditer(text) if self.words else ():
            word = match[0]
            if right := _corrected(self, _folded(word)):
                yield word, right[:1].upper() + right[1:] if word[0].isupper() else right


def _folded(word: str) -> str:
    """A word as it is looked up: one all in capitals is an abbreviation of its own."""
    return word if word.isupper() else word.casefold()


@lru_cache(maxsize=65536)
def _corrected(spelling: _Spelling, word: str) -> str:
    """The right spelling of a folded word; empty where it is not known to be wrong."""
    stem = word.removesuffix("s")
    right = spelling.words.get(word, "")
    if not right and stem != word and (one := spelling.words.get(stem, "")) not in ("", word, stem):
        right = f"{one}s"  # “addres” is wrong, “address” is not.
    return right if right != word else ""


RULE: Final = Rule(
    id="G701",
    name="misspelled-word",
    severity=Severity.WARNING,
    precision=Precision.HIGH,
    summary="A word is spelled in a way that is never right",
    docs=__doc__,
    check=_check,
    lexicons=(Lexicon.MISSPELLINGS,),
)
