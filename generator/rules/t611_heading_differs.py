"""A section's title says another thing than its peers'.

## What it does

Compares the titles of sections that list the same codes. A title is reported where it names other things than all its
peers do (words from `glossary.toml`, and abbreviations in capitals), where it leaves out what several peers name, and
where it stands over two sections whose titles the peers tell apart.

## Why it matters

The reader looks for the code under the wrong heading, and does not find the right one.

## Example

```
zh: ## 录制错误     (4097 to 4104)
en: ## Upload Errors (4097 to 4104)
ko: ## 녹음 오류    (4097 to 4104)
```

## How to fix

Translate the title of the source. Words for the field can be added to `glossary.toml`.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Related, Severity
from generator.glossary import Glossary, Lexicon
from generator.model import Document, Locale, Section, SourceSpan
from generator.rules.base import Rule, diagnose, listed, quoted
from generator.rules.context import Context, Group
from generator.rules.renderings import spoken
from generator.rules.wording import bare
from generator.text import visible

_ABBREVIATION: Final = re.compile(r"(?<![A-Za-z\d])[A-Z][A-Z\d]{2,}(?![A-Za-z\d])")
_WITNESSES: Final = 2

_Titles = Mapping[Locale, Section]


def _check(context: Context) -> Iterator[Diagnostic]:
    titled = [(group, _titles(group)) for group in context.groups if len(group.documents) > 1]
    told: set[SourceSpan] = set()
    for group, titles in titled:
        for locale in titles:
            if found := _differs(context, group, titles, locale):
                told.add(found.span)
                yield found
    for found in _shared(titled):
        if found.span not in told:
            yield found


def _titles(group: Group) -> _Titles:
    """Each locale's heading over the group's rows, where it is one."""
    found: dict[Locale, Section] = {}
    for locale, rows in group.rows.items():
        indexes = {row.section for row in rows}
        section = group.documents[locale].sections[rows[0].section] if len(indexes) == 1 else None
        if section and section.title:
            found[locale] = section
    return found


def _differs(context: Context, group: Group, titles: _Titles, locale: Locale) -> Diagnostic | None:
    title = titles[locale].title
    peers = {peer: section.title for peer, section in titles.items() if peer != locale}
    own = _things(context.glossary, locale, title)
    if not peers:
        return None
    theirs = [_things(context.glossary, peer, other) for peer, other in peers.items()]
    lost = frozenset.intersection(*theirs) - own
    added = own - frozenset.union(*theirs)
    opposite = any(lost & set(axis.sides) and added & set(axis.sides) for axis in context.glossary.axes)
    if len(peers) < _WITNESSES and (not opposite or locale == next(iter(titles))):
        return None
    if not lost:
        return None
    words = [spoken(context.glossary, one, locale) for one in sorted(lost)]
    verb = "do" if len(peers) > 1 else "does"
    return _diagnostic(
        group.documents[locale],
        titles,
        locale,
        f"the title {quoted(title)} does not speak of {listed(map(quoted, words))}, as {listed(peers)} {verb}",
        Severity.WARNING if added else Severity.NOTE,
    )


def _things(glossary: Glossary, locale: Locale, title: str) -> frozenset[str]:
    """The concepts and abbreviations that a title names."""
    return glossary.concepts_in(locale, title) | frozenset(_ABBREVIATION.findall(visible(title)))


def _shared(titled: list[tuple[Group, _Titles]]) -> Iterator[Diagnostic]:
    """Titles that stand over two sections of one document which every peer tells apart."""
    seen: dict[tuple[str, str], _Titles] = {}
    for group, titles in titled:
        for locale, section in titles.items():
            document = group.documents[locale]
            first = seen.setdefault((document.path, bare(section.title)), titles)
            peers = [peer for peer in titles if peer != locale and peer in first]
            if first is titles or first[locale].index == section.index or not peers:
                continue
            if all(bare(first[peer].title) != bare(titles[peer].title) for peer in peers):
                yield _diagnostic(
                    document,
                    titles,
                    locale,
                    f"the title {quoted(section.title)} stands over another section, too, which {listed(peers)} "
                    f"{'tells' if len(peers) == 1 else 'tell'} apart",
                    Severity.WARNING,
                )


def _diagnostic(document: Document, titles: _Titles, locale: Locale, message: str, severity: Severity) -> Diagnostic:
    title = titles[locale].title
    return diagnose(
        RULE,
        document,
        titles[locale].span,
        message,
        section=title,
        related=[Related(section.span, peer, section.title) for peer, section in titles.items() if peer != locale],
        hint="translate the title of the source",
        evidence=[bare(title)],
        severity=severity,
    )


RULE: Final = Rule(
    id="T611",
    name="heading-differs",
    severity=Severity.WARNING,
    precision=Precision.MEDIUM,
    summary="A section's title says another thing than its peers'",
    docs=__doc__,
    check=_check,
    lexicons=(Lexicon.CONCEPTS,),
)
