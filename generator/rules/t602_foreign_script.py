"""Text in another language's script was left in a cell.

## What it does

Reports words of a cell or a title in a script in which the document's language is not written (which scripts those are is
known from CLDR), and cells that were not translated at all: a cell without one letter of the language's own script while its column has
them, or a whole sentence that a locale of another language has word for word. Of two equal cells the one is reported
whose words its own document uses less. Code, link texts, names, and what stands in brackets or quotes do not count.
A document that is for the greater part in another language is one diagnostic.

## Why it matters

The reader cannot read it.

## Example

```
zh: | OVEN_HOT | 12 | 温度过高，请等待 |
ko: | OVEN_HOT | 12 | 온도가 너무 높음，请等待 |
```

## How to fix

Translate the words. A text that is meant to stay as it is belongs in code or quotes.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Final

from msgspec import Struct

from generator.diagnostics import Diagnostic, Precision, Related, Severity
from generator.model import Column, Document, Entry, FieldText, Locale, SourceSpan
from generator.rules.aligned import AlignedCell, aligned_cells
from generator.rules.base import Rule, diagnose, diagnose_cell, listed, quoted, witness
from generator.rules.context import Context
from generator.rules.scripts import LATIN, foreign, latin_words, own_scripts, prose, script, speaks, without_asides
from generator.text import one_line

_WORDS: Final = 3
"""From so many words on, a cell is a sentence rather than a term or a name."""
_ALONE: Final = 4
"""From so many words on, where no other locale shows that the cell is to be translated."""
_LETTERS: Final = 6
"""From so many letters on, where words are not parted."""
_USUAL: Final = 0.9
_RARE: Final = 0.5
"""Shares of a column's texts in the locale's own script: where that is the rule, and where it is the exception."""
_DOCUMENT: Final = 5
"""From so many cells on, a document that is mostly in another language is one discrepancy."""


class _Left(Struct, frozen=True):
    """A cell with text of another language."""

    entry: Entry
    field: FieldText
    message: str
    text: str
    related: tuple[Related, ...]


def _check(context: Context) -> Iterator[Diagnostic]:
    peers, texts = _peers(context), context.once(_texts)
    untranslated = _untranslated(context, texts)
    for document in context.catalog.documents:
        yield from _titles(document)
        cells = [
            (entry, field)
            for entry in document.entries
            for field in entry.fields
            if field.column not in (Column.CODE, Column.NAME)
        ]
        left: list[_Left] = []
        for entry, field in cells:
            found = _foreign(entry, field, texts, peers.get(field.span)) or untranslated.get(field.span)
            if found:
                left.append(found)
        filled = sum(1 for _, field in cells if _is_text(document.locale, texts[field.span]))
        if len(left) >= _DOCUMENT and 2 * len(left) > filled:
            yield _whole(document, left, filled)
        else:
            for one in left:
                yield _cell(context, one)


def _titles(document: Document) -> Iterator[Diagnostic]:
    for section in document.sections:
        if run := foreign(document.locale, without_asides(section.title)):
            yield diagnose(
                RULE,
                document,
                section.span,
                f"{quoted(run)} in the title is not in the script of {document.locale}",
                section=section.title,
                hint=f"translate it into {document.locale}",
                evidence=[run],
            )


def _texts(context: Context) -> Mapping[SourceSpan, str]:
    """What each cell says in its language."""
    return {
        field.span: prose(field)
        for document in context.catalog.documents
        for entry in document.entries
        for field in entry.fields
    }


def _peers(context: Context) -> Mapping[SourceSpan, AlignedCell]:
    return {field.span: cell for cell in context.once(aligned_cells) for field in cell.fields.values()}


def _is_text(locale: Locale, text: str) -> bool:
    return speaks(locale, text) or len(latin_words(text)) >= _WORDS or bool(foreign(locale, text))


def _foreign(entry: Entry, field: FieldText, texts: Mapping[SourceSpan, str], cell: AlignedCell | None) -> _Left | None:
    """Words in another script, unless all locales that are not written in it have them: then they are a name."""
    run = foreign(entry.locale, texts[field.span])
    if not run:
        return None
    others = {locale: one for locale, one in cell.fields.items() if locale != entry.locale} if cell else {}
    strangers = [one for locale, one in others.items() if foreign(locale, texts[one.span])]
    written = next(script(mark) for mark in run if mark.isalpha())
    unable = [locale for locale in others if written not in own_scripts(locale)]
    if unable and all(run in one.plain for one in strangers) and len(strangers) == len(unable):
        return None
    related = tuple(witness(cell.entries[locale], field.column) for locale in others) if cell else ()
    return _Left(entry, field, f"{quoted(run)} is not in the script of {entry.locale}", run, related)


def _untranslated(context: Context, prosaic: Mapping[SourceSpan, str]) -> Mapping[SourceSpan, _Left]:
    found: dict[SourceSpan, _Left] = {}
    shares = _shares(context, prosaic)
    for cell in context.once(aligned_cells):
        if cell.column is Column.NAME:
            continue
        texts = {locale: prosaic[field.span] for locale, field in cell.fields.items()}
        for locale in texts:
            if one := _without_own_script(cell, texts, locale, shares):
                found[one.field.span] = one
        for same in _equal(texts):
            for one in _copies(cell, texts, same, context.once(_vocabulary)):
                found.setdefault(one.field.span, one)
    return found


def _shares(context: Context, prosaic: Mapping[SourceSpan, str]) -> Mapping[tuple[str, Column], float]:
    """For each column of a document the share of its texts that have a letter of the locale's own scripts."""
    texts: Counter[tuple[str, Column]] = Counter()
    own: Counter[tuple[str, Column]] = Counter()
    for document in context.catalog.documents:
        for entry in document.entries:
            for field in entry.said:
                text = prosaic[field.span]
                if _is_text(document.locale, text):
                    texts[document.path, field.column] += 1
                    own[document.path, field.column] += speaks(document.locale, text)
    return {key: own[key] / count for key, count in texts.items()}


def _without_own_script(
    cell: AlignedCell, texts: Mapping[Locale, str], locale: Locale, shares: Mapping[tuple[str, Column], float]
) -> _Left | None:
    """A cell that is all Latin words in a locale that is written otherwise, in a column where that is the exception.

    Where the whole column is so in this document alone, each of its cells counts.
    """
    text, entry = texts[locale], cell.entries[locale]
    if LATIN in own_scripts(locale) or speaks(locale, text):
        return None
    words = len(latin_words(text))
    others = [other for other in texts if other != locale and LATIN not in own_scripts(other) and own_scripts(other)]
    translated = [other for other in others if speaks(other, texts[other])]
    if 2 * len(translated) < len(others):
        return None
    share = shares.get((cell.fields[locale].span.path, cell.column), 1.0)
    copied = any(_folded(text) == _folded(texts[other]) for other in texts if other != locale)
    if share <= _RARE and not translated:
        return None
    # A word that the translation of another locale has kept may be a name; one of a column in words of its own is none.
    if words < (1 if copied and translated and share > _USUAL else _WORDS if translated else _ALONE):
        return None
    message = f"{quoted(text)} is not in the script of {locale}"
    related = tuple(witness(cell.entries[other], cell.column) for other in texts if other != locale)
    return _Left(entry, cell.fields[locale], message, text, related)


def _equal(texts: Mapping[Locale, str]) -> Iterator[list[Locale]]:
    """Locales of different languages in one script that have the same text in place of a sentence."""
    by_text: dict[str, list[Locale]] = {}
    for locale, text in texts.items():
        by_text.setdefault(_folded(text), []).append(locale)
    for alike in by_text.values():
        same = [one for one in alike if len(alike) > 1 and speaks(one, texts[one]) and _pieces(one, texts[one])]
        if len({locale.partition("-")[0] for locale in same}) < 2:
            continue
        # Two locales may agree on a text that a third one translates; a text that all share is meant to be so.
        if len(same) == 2 or any(own_scripts(one) & own_scripts(same[0]) for one in texts if one not in same):
            yield same


def _copies(
    cell: AlignedCell, texts: Mapping[Locale, str], same: list[Locale], vocabulary: Mapping[Locale, Counter[str]]
) -> Iterator[_Left]:
    """The cells of all locales but that whose document uses the words of their common text most."""
    known = {locale: _known(vocabulary[locale], _pieces(locale, texts[locale])) for locale in same}
    native = max(same, key=lambda locale: known[locale])
    for locale in same:
        if locale.partition("-")[0] == native.partition("-")[0]:
            continue
        message = f"{quoted(texts[locale])} stands here as in {native}, not translated"
        others = [native, *(other for other in texts if other not in same)]
        related = tuple(witness(cell.entries[other], cell.column) for other in others)
        yield _Left(cell.entries[locale], cell.fields[locale], message, texts[locale], related)


@lru_cache(maxsize=1 << 17)
def _folded(text: str) -> str:
    return one_line(text).strip(" .。").casefold()


def _pieces(locale: Locale, text: str) -> tuple[str, ...]:
    """The words of a text, or pairs of letters where words are not parted; none where there are too few to judge."""
    if LATIN in own_scripts(locale):
        found = latin_words(text)
        return found if len(found) >= _WORDS else ()
    if any(mark.isspace() for mark in text.strip()) and len(text.split()) >= _WORDS:
        return tuple(word.casefold() for word in text.split() if speaks(locale, word))
    letters = "".join(mark for mark in text if script(mark) and script(mark) != LATIN)
    return tuple(map("".join, pairwise(letters))) if len(letters) >= _LETTERS else ()


def _vocabulary(context: Context) -> Mapping[Locale, Counter[str]]:
    """For each locale how many of its texts have each word."""
    prosaic = context.once(_texts)
    found: dict[Locale, Counter[str]] = {locale: Counter() for locale in context.catalog.locales}
    for document in context.catalog.documents:
        for text in {prosaic[field.span] for entry in document.entries for field in entry.said}:
            found[document.locale].update(set(_pieces(document.locale, text)))
    return found


def _known(vocabulary: Counter[str], pieces: tuple[str, ...]) -> float:
    """The share of ``pieces`` that other texts of a vocabulary have, too."""
    return sum(1 for piece in pieces if vocabulary[piece] > 1) / len(pieces)


def _cell(context: Context, left: _Left) -> Diagnostic:
    return diagnose_cell(
        RULE,
        context,
        left.entry,
        left.field.column,
        left.message,
        span=left.field.span,
        related=left.related,
        hint=f"translate it into {left.entry.locale}, or set it as code where it is to stay as it is",
        evidence=[left.text],
        cluster=left.text,
    )


def _whole(document: Document, left: list[_Left], texts: int) -> Diagnostic:
    others = dict.fromkeys(one.locale for cell in left for one in cell.related)
    return diagnose(
        RULE,
        document,
        left[0].field.span,
        f"the document is for the most part not in {document.locale}: {len(left)} of {texts} cells",
        related=left[0].related,
        hint=f"translate it; {listed(others)} can serve as the source" if others else "translate it",
        severity=Severity.WARNING,
    )


RULE: Final = Rule(
    id="T602",
    name="foreign-script",
    severity=Severity.ERROR,
    precision=Precision.HIGH,
    summary="A cell holds words of another language than its document's",
    docs=__doc__,
    check=_check,
)
