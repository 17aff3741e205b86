"""A column addresses its readers in two ways.

## What it does

Tells by the ends of sentences, which the glossary lists for each language, how a text addresses its reader, and reports
the sentences of a column that differ from at least three quarters of it. It is shown with `--pedantic` only: whether a
difference is meant, the endings alone cannot tell.

## Why it matters

Polite and curt sentences side by side sound like two authors.

## Example

```
문을 닫으십시오. · 불을 끄십시오. · 물을 넣으십시오. · 뚜껑을 열어라.
```

## How to fix

Write all sentences of a column in one register. The endings stand in `glossary.toml` under `[registers.xx]`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.glossary import Lexicon, in_locale
from generator.rules.base import Rule, quoted
from generator.rules.context import Context
from generator.rules.wording import Passage, diagnose_passage, minority, passages, shown

_SENTENCES: Final = re.compile(r"(?<=[.。!！?？\n])\s*|\n")
_TAIL: Final = re.compile(r"[\W_]+$")
_LEAST: Final = 4
_RATIO: Final = 3


def _check(context: Context) -> Iterator[Diagnostic]:
    endings: dict[str, Mapping[str, str]] = {}
    found: dict[tuple[str, str], list[tuple[Passage, str, str]]] = {}
    for passage in context.once(passages):
        locale = passage.document.locale
        if locale not in endings:
            registers = in_locale(context.glossary.registers, locale) or {}
            endings[locale] = {end: name for name, ends in registers.items() for end in ends}
        if passage.column and endings[locale]:
            own = found.setdefault((passage.document.path, passage.column), [])
            own += [(passage, *one) for one in _registers(passage, endings[locale])]
    for uses in found.values():
        counts = Counter(register for _, _, register in uses)
        rarer = minority(counts, _RATIO)
        if not rarer or counts[rarer[0]] < _LEAST:
            continue
        for passage, sentence, register in uses:
            if register in rarer[1]:
                yield _diagnosed(passage, sentence, register, rarer[0])


def _registers(passage: Passage, endings: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The sentences of which the register is known, each with it; the longest ending counts."""
    for sentence in _SENTENCES.split(passage.words):
        words = _TAIL.sub("", sentence)
        fitting = [end for end in endings if words.endswith(end)] if words.endswith((*endings,)) else []
        if fitting:
            yield sentence.strip(), endings[max(fitting, key=len)]


def _diagnosed(passage: Passage, sentence: str, register: str, most: str) -> Diagnostic:
    return diagnose_passage(
        RULE,
        passage,
        f"{quoted(shown(sentence))} is {register} in a column that is mostly {most}",
        evidence=sentence,
        hint=f"write it in the {most} register",
        cluster=f"{register} {most}",
    )


RULE: Final = Rule(
    id="G708",
    name="register-mixed",
    severity=Severity.NOTE,
    precision=Precision.LOW,
    summary="A column addresses its readers in two ways",
    docs=__doc__,
    check=_check,
    lexicons=(Lexicon.REGISTERS,),
)
