"""A limit includes a number in one locale that it excludes in another.

## What it does

Looks at the words beside the same number in aligned cells. `more than 5` and `at most 5` part the number from what is
above it, `at least 5` and `less than 5` from what is below it, and so do their negations. Reports the cell that draws
the line on the other side than most peers or, where none has a majority, than the source locale.

## Why it matters

A value that is exactly the limit is allowed in one language and forbidden in the other.

## Example

zh: `不少于 1000 毫秒`; en: `more than 1,000 ms`.

## How to fix

Use the words that mean the same. The words of a language are in `glossary.toml`, under `above` and `below` of its numbers.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.glossary import Lexicon, Numbers, in_locale
from generator.model import Locale
from generator.rules.aligned import AlignedCell
from generator.rules.base import Rule, diagnose_cell, listed, quoted, witness
from generator.rules.carried import span_of
from generator.rules.context import Context
from generator.rules.quantities import Amount, Amounts, beside, cell_amounts


def _check(context: Context) -> Iterator[Diagnostic]:
    for cell, found in context.once(cell_amounts):
        if sum(bool(one.found) for one in found.values()) > 1:
            yield from _in_cell(context, cell, found)


def _in_cell(context: Context, cell: AlignedCell, found: dict[Locale, Amounts]) -> Iterator[Diagnostic]:
    drawn: dict[Locale, list[tuple[Amount, str, bool]]] = {
        locale: [
            (amount, *bound) for amount in own.found if (bound := _bound(context, locale, own.text, amount)) is not None
        ]
        for locale, own in found.items()
    }
    for first in dict.fromkeys(amount for bounds in drawn.values() for amount, _, _ in bounds):
        sides = {
            locale: same[0]
            for locale, bounds in drawn.items()
            if len(same := [one for one in bounds if one[0].equals(first)]) == 1
        }
        if first not in [one[0] for one in list(sides.values())[:1]] or len({one[2] for one in sides.values()}) < 2:
            continue
        above = [locale for locale, one in sides.items() if one[2]]
        below = [locale for locale in sides if locale not in above]
        source = context.catalog.source_locale
        odd, usual = (above, below) if len(below) > len(above) else (below, above)
        if len(above) == len(below) and source in odd:
            odd, usual = usual, odd
        for locale in odd:
            yield _diagnostic(context, cell, locale, usual, sides)


def _bound(context: Context, locale: Locale, text: str, amount: Amount) -> tuple[str, bool] | None:
    """The words beside a number that set a limit, and whether the limit lies above it."""
    folded = text.casefold()
    near = [(word, above) for word, core, above in context.once(_words).get(locale, ()) if core in folded]
    ends = (amount.end, _noun_end(folded, amount.end))
    for word, above in near:
        if any(beside(folded, amount.start, end, word) for end in ends):
            return word, above
    return None


def _words(context: Context) -> Mapping[Locale, list[tuple[str, str, bool]]]:
    """Each locale's words beside a number, the longest first, without the place of the number, and the side they take."""
    found: dict[Locale, list[tuple[str, str, bool]]] = {}
    for locale in context.catalog.locales:
        numbers = in_locale(context.glossary.numbers, locale) or Numbers()
        sides = [(word, True) for word in numbers.above] + [(word, False) for word in numbers.below]
        words = [(word.casefold(), word.strip("… ").casefold(), above) for word, above in sides]
        found[locale] = sorted(words, key=lambda one: -len(one[0]))
    return found


def _noun_end(text: str, end: int) -> int:
    """Where the noun or counter behind a number ends: a Latin word or one other letter."""
    rest = text[end:]
    noun = rest.lstrip()
    at = end + len(rest) - len(noun)
    if noun[:1].isascii():
        while at < len(text) and text[at].isalpha() and text[at].isascii():
            at += 1
        return at
    return at + 1


def _diagnostic(
    context: Context,
    cell: AlignedCell,
    locale: Locale,
    usual: list[Locale],
    sides: dict[Locale, tuple[Amount, str, bool]],
) -> Diagnostic:
    entry = cell.row.entries[locale]
    amount, word, above = sides[locale]
    _, other, _ = sides[usual[0]]
    own = word.replace("…", amount.text)
    return diagnose_cell(
        RULE,
        context,
        entry,
        cell.column,
        f"the limit lies {'above' if above else 'below'} {quoted(amount.text)} here ({own}) and "
        f"{'below' if above else 'above'} it in {listed(usual)} ({other.replace('…', sides[usual[0]][0].text)})",
        span=span_of(context, entry, cell.column, amount.text),
        related=[witness(cell.row.entries[peer], cell.column) for peer in usual],
        hint="use words that include or exclude the number as the peers' do",
        evidence=[f"{amount.values[0].normalize():f}", "above" if above else "below"],
    )


RULE: Final = Rule(
    id="V506",
    name="bound-shifted",
    severity=Severity.NOTE,
    precision=Precision.MEDIUM,
    summary="A limit includes a number in one locale that it excludes in another",
    docs=__doc__,
    check=_check,
    lexicons=(Lexicon.NUMBERS,),
)
