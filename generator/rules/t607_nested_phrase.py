"""A phrase is translated otherwise alone than as a clause of a longer text.

## What it does

Takes cells of the source locale that are one clause, finds that clause in longer cells, and reports a pair whose
translations have no word in common and, as far as `glossary.toml` knows the words, no meaning either. Where there is a
third locale, its two translations must have one; where there is none, the diagnostic is shown with `--pedantic` only. The longer text is reported, or the phrase where no longer text with it
has a word in common with the phrase.

## Why it matters

The reader does not see that the two rows speak of the same thing; usually the clause was lost or mistranslated.

## Example

```
zh: | 7 | 门未关闭 |                | 9 | 门未关闭，无法加热 |
en: | 7 | The door is open. |      | 9 | Heating is not possible. |
```

## How to fix

Translate the clause where it is missing, and the same phrase in the same words.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Locale
from generator.rules.aligned import AlignedCell
from generator.rules.base import Rule, diagnose_cell, listed, quoted, witness
from generator.rules.context import Context
from generator.rules.renderings import clauses, outliers, text_cells
from generator.rules.wording import bare
from generator.text import visible

_LEAST: Final = 4
"""Letters that a phrase has at least."""
_STEM: Final = 5
"""So many letters of a word are compared: endings change."""
_MOST: Final = 50
"""So many longer texts with one phrase are looked at."""
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_UNPARTED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")


def _check(context: Context) -> Iterator[Diagnostic]:
    uneven = {one.cell.fields[one.locale].span for one in context.once(outliers) if one.extreme}
    for cells in context.once(text_cells).values():
        first = cells[0].row.group.reference
        spoken = [cell for cell in cells if first in cell.fields]
        holding: dict[str, list[AlignedCell]] = {}
        for cell in spoken:
            parts = clauses(cell.fields[first].plain)
            for part in dict.fromkeys(parts) if len(parts) > 1 else ():
                holding.setdefault(part, []).append(cell)
        phrases: dict[tuple[str, ...], AlignedCell] = {}
        for cell in sorted(spoken, key=lambda one: one.row.code.text):
            parts = clauses(cell.fields[first].plain)
            if len(parts) == 1 and len(parts[0]) >= _LEAST and parts[0] in holding:
                renderings = tuple(bare(field.plain) for field in cell.fields.values())
                phrases.setdefault((parts[0], *renderings), cell)
        for (phrase, *_), cell in phrases.items():
            for locale in [one for one in cell.fields if one != first]:
                for short, long, blamed in _strangers(context, cell, holding[phrase][:_MOST], locale, first):
                    if blamed.fields[locale].span not in uneven:
                        yield _diagnostic(context, short, long, blamed, locale, first)


def _strangers(
    context: Context, short: AlignedCell, holding: Sequence[AlignedCell], locale: Locale, first: Locale
) -> Iterator[tuple[AlignedCell, AlignedCell, AlignedCell]]:
    """Longer texts that have nothing of the phrase in ``locale``, each once, with the one of the two that is blamed."""
    longer = {bare(cell.fields[locale].plain): cell for cell in reversed(holding) if locale in cell.fields}
    apart = [cell for cell in reversed(longer.values()) if not _share(context, short, cell, locale)]
    sure = [
        cell
        for cell in apart
        if all(_share(context, short, cell, peer) for peer in _others(short, cell, locale, first))
    ]
    if len(apart) == len(longer) > 1:
        yield from ((short, cell, short) for cell in sure[:1])
    else:
        yield from ((short, cell, cell) for cell in sure)


def _others(short: AlignedCell, long: AlignedCell, locale: Locale, first: Locale) -> tuple[Locale, ...]:
    return tuple(one for one in short.fields if one in long.fields and one not in (locale, first))


def _share(context: Context, short: AlignedCell, long: AlignedCell, locale: Locale) -> bool:
    own, other = short.fields[locale].plain, long.fields[locale].plain
    if not _stems(own) or _stems(own) & _stems(other):
        return True
    return bool(context.glossary.concepts_in(locale, own) & context.glossary.concepts_in(locale, other))


@lru_cache(maxsize=20_000)
def _stems(text: str) -> frozenset[str]:
    """The beginnings of a text's words, or its pairs of letters where words are not parted or take particles."""
    folded = visible(text).casefold()
    pairs = {run[at : at + 2] for run in _UNPARTED.findall(folded) for at in range(len(run) - 1)}
    return frozenset({word[:_STEM] for word in _WORD.findall(_UNPARTED.sub(" ", folded))} | pairs)


def _diagnostic(
    context: Context, short: AlignedCell, long: AlignedCell, blamed: AlignedCell, locale: Locale, first: Locale
) -> Diagnostic:
    other = short if blamed is long else long
    texts: Mapping[str, str] = {"here": blamed.fields[locale].plain, "there": other.fields[locale].plain}
    phrase = short.fields[first].plain
    return diagnose_cell(
        RULE,
        context,
        blamed.entries[locale],
        blamed.column,
        f"{quoted(texts['here'])} has no word of {quoted(texts['there'])}, which is {quoted(phrase)} in {other.row.code.text}"
        if blamed is long
        else f"{quoted(phrase)} is {quoted(texts['here'])} here and has no word of it in {other.row.code.text}",
        related=[
            witness(blamed.entries[first], blamed.column),
            witness(other.entries[locale], other.column),
            witness(other.entries[first], other.column),
        ],
        hint=f"say the same phrase of {listed([first])} in the same words",
        evidence=[bare(phrase), bare(texts["here"])],
        precision=Precision.MEDIUM if _others(short, long, locale, first) else Precision.LOW,
        cluster=bare(phrase),
    )


RULE: Final = Rule(
    id="T607",
    name="nested-phrase",
    severity=Severity.WARNING,
    precision=Precision.MEDIUM,
    summary="A phrase is translated otherwise alone than as a clause of a longer text",
    docs=__doc__,
    check=_check,
)
