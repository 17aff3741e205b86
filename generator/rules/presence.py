"""Which locales of an edition list a code, and which of them is the odd one out."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec import Struct

from generator.model import (
    Canonical,
    Code,
    CodeList,
    CodeRange,
    EditionId,
    IntegerCode,
    Locale,
    ProductId,
    canonical,
)
from generator.rules.context import Context, Group

_MANY = 5
"""From this many codes on, half a section missing is one discrepancy and no longer one for each code."""


class Verdict(Struct, frozen=True):
    """One code, or all of a section's codes, that the locales of one edition do not list alike."""

    group: Group
    locale: Locale
    """The odd one out."""
    missing: bool
    """Whether the odd one lacks the codes; else it alone has them."""
    codes: tuple[Code, ...]
    """In the order of the section."""
    whole: bool
    """Whether the section as a whole is missing here, or is here alone."""


def verdicts(context: Context) -> tuple[Verdict, ...]:
    """Everything the locales of one edition do not list alike, each with the locale that is the odd one out.

    Most decide. Where there is no majority, as with two locales, the reference locale is believed. What is declared as
    retired, or as of other locales only, is no difference.
    """
    return tuple(verdict for group in context.groups for verdict in _compare(context, group))


def _compare(context: Context, group: Group) -> Iterator[Verdict]:
    if len(group.documents) < 2:
        return
    order: dict[Canonical, Code] = {}
    for code in _section_order(context, group):
        order.setdefault(canonical(code), code)
    elsewhere = context.once(_sections_by_code)
    listed = {locale: context.once(_listed)[document.path] for locale, document in group.documents.items()}
    lacks: dict[Locale, list[Code]] = {locale: [] for locale in group.documents}
    extra: dict[Locale, list[Code]] = {locale: [] for locale in group.documents}
    for key, code in order.items():
        if context.declared.is_retired(group.product, key):
            continue
        listing = [locale for locale in group.documents if group.with_code(locale, key)]
        lacking = [
            locale
            for locale in group.documents
            if locale not in listing
            and not context.declared.is_absent(group.product, key, locale)
            and not _covered(listed, locale, listing, code)
            and not _moved(elsewhere, group, locale, listing, key)
        ]
        missing, alone = _odd_ones(group, listing, lacking)
        for locale in missing:
            lacks[locale].append(code)
        for locale in alone:
            extra[locale].append(code)
    for locale, codes in lacks.items():
        yield from _verdicts(group, locale, missing=True, codes=tuple(codes), size=len(order))
    for locale, codes in extra.items():
        yield from _verdicts(group, locale, missing=False, codes=tuple(codes), size=len(group.by_code[locale]))


def _odd_ones(
    group: Group, listing: Sequence[Locale], lacking: Sequence[Locale]
) -> tuple[Sequence[Locale], Sequence[Locale]]:
    """The locales that lack a code, and those that alone have it.

    Locales without the section are outvoted, or not, as a whole; they have no voice in what else it should list.
    """
    without = [locale for locale in lacking if not group.rows[locale]]
    if without and not _believed(group, [locale for locale in group.documents if group.rows[locale]], without):
        return (), listing
    voters = [locale for locale in lacking if group.rows[locale]]
    has = [locale for locale in group.documents if group.rows[locale] and locale not in voters]
    if voters and not _believed(group, has, voters):
        return without, listing
    return (*without, *voters), ()


def _verdicts(group: Group, locale: Locale, *, missing: bool, codes: tuple[Code, ...], size: int) -> Iterator[Verdict]:
    # A locale without the section may still list some of its codes elsewhere; the rest is missing as a whole.
    alone = all(not group.rows[other] for other in group.peers(locale))
    whole = not group.rows[locale] or (alone and len(codes) == size)
    many = len(codes) >= _MANY and 2 * len(codes) >= size
    if codes and (whole or many):
        yield Verdict(group, locale, missing, codes, whole)
    else:
        for code in codes:
            yield Verdict(group, locale, missing, (code,), whole=False)


def _believed(group: Group, these: Collection[Locale], those: Collection[Locale]) -> bool:
    if len(these) != len(those):
        return len(these) > len(those)
    return group.reference in these


def _section_order(context: Context, group: Group) -> tuple[Code, ...]:
    product = next(one for one in context.catalog.products if one.id == group.product)
    present = {canonical(entry.code) for rows in group.rows.values() for entry in rows}
    return tuple(code for code in product.sections[group.section].codes if canonical(code) in present)


_Sections = Mapping[tuple[ProductId, EditionId, Locale, Canonical], frozenset[int]]


def _sections_by_code(context: Context) -> _Sections:
    found: dict[tuple[ProductId, EditionId, Locale, Canonical], set[int]] = {}
    for group in context.groups:
        for locale, rows in group.rows.items():
            for entry in rows:
                found.setdefault((group.product, group.edition, locale, canonical(entry.code)), set()).add(
                    group.section
                )
    return {key: frozenset(sections) for key, sections in found.items()}


def _moved(elsewhere: _Sections, group: Group, locale: Locale, listing: Collection[Locale], code: Canonical) -> bool:
    """Whether ``locale`` lists the code in another section, where none of ``listing`` does."""
    own = elsewhere.get((group.product, group.edition, locale, code), frozenset())
    theirs = [elsewhere.get((group.product, group.edition, other, code), frozenset()) for other in listing]
    return any(all(section not in sections for sections in theirs) for section in own)


class _Listed(Struct, frozen=True):
    """What a document lists."""

    codes: frozenset[Canonical]
    several: tuple[Code, ...]
    """Its ranges and lists."""


def _covered(listed: Mapping[Locale, _Listed], locale: Locale, listing: Collection[Locale], code: Code) -> bool:
    """Whether ``locale`` says in other rows what ``code`` says: in a range or list, or in rows for its members.

    Rows that a locale of ``listing`` has too do not count; they say something else there.
    """
    wanted = _members(code)
    theirs = [listed[other].codes for other in listing]
    said = {value for value in wanted if value in listed[locale].codes and not any(value in codes for codes in theirs)}
    for own in listed[locale].several if said != wanted else ():
        if not any(canonical(own) in codes for codes in theirs):
            said.update(value for value in wanted if _speaks_for(own, value))
    return bool(wanted) and said == wanted


def _speaks_for(code: Code, value: int) -> bool:
    return code.first <= value <= code.last if isinstance(code, CodeRange) else value in _members(code)


def _listed(context: Context) -> Mapping[str, _Listed]:
    """What each document lists, by its path."""
    return {
        document.path: _Listed(
            frozenset(canonical(entry.code) for entry in document.entries),
            tuple(entry.code for entry in document.entries if isinstance(entry.code, CodeRange | CodeList)),
        )
        for document in context.catalog.documents
    }


def _members(code: Code) -> frozenset[int]:
    """The numbers that a code stands for; of a range only its bounds."""
    match code:
        case IntegerCode(value=value):
            return frozenset({value})
        case CodeRange(first=first, last=last):
            return frozenset({first, last})
        case CodeList(values=values):
            return frozenset(values)
        case _:
            return frozenset()
