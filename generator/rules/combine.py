"""What several rules together say of a catalog or a product of it: causes first, consequences inside them, errata laid beside them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from generator.diagnostics import Diagnostic, Precision, Severity, State
from generator.rules import x999_internal_error
from generator.rules.base import RANKS, Key, Rule, keys, same_place, with_fingerprints, worst_first
from generator.rules.context import Context

INTERNAL_ERROR: Final = x999_internal_error.RULE.id
"""The rule that tells of another rule's crash."""

_CAUSES: Final = (
    *("S111", "S114", "S116", "S104", "K212", "K211", "S115", "K209", "K205", "K204", "S101", "S110", "K203", "K206"),
    *("N302", "T603", "N305", "T608", "G709", "T604"),
)
"""Rules whose diagnostics can be causes, the one that explains most first."""

_SAME_WORDS: Final = (
    *("T601", "T602", "T603", "N305", "T608", "T606", "G709", "T604", "T611", "E806", "E804", "T609", "T610", "T607"),
    *("N306", "T605", "E807"),
)
"""Rules that say of one place that its words are wrong: there the first of them that fires is the cause of the rest."""

DETAILS: Final = ("E806", "E807")
"""Rules that say how something came to be wrong: where another rule says of the cell that it is, they belong to that."""


Said = Mapping[str, tuple[Diagnostic, ...]]
"""What rules say, each by itself, by their ids."""


def said(rules: Iterable[Rule], written: Context, corrected: Context) -> tuple[Said, Said]:
    """What each of some rules says of each of the two, of which nothing is put together yet.

    Where they are the same, only the first is asked about.
    """
    contexts = (written,) if corrected.catalog == written.catalog else (written, corrected)
    found: tuple[dict[str, tuple[Diagnostic, ...]], dict[str, tuple[Diagnostic, ...]]] = {}, {}
    for rule in rules:
        for own, context in zip(found, contexts, strict=False):
            own[rule.id] = tuple(_run(rule, context))
    return found


def judged(
    rules: Sequence[Rule], written: Context, corrected: Context, known: tuple[Said, Said] = ({}, {})
) -> tuple[Diagnostic, ...]:
    """Everything the rules say of the documents as written, worst first; consequences stand inside their causes.

    ``known`` is what :func:`said` gives of some of them, where they have been asked. What ``corrected``, the same documents with the errata laid over them, no longer shows has the state CORRECTED;
    what only ``corrected`` shows (a stale erratum, or a discrepancy that an erratum brings about) is added.
    """
    before = _causes(rules, written, known[0])
    after = before if corrected.catalog == written.catalog else _causes(rules, corrected, known[1])
    written_by_mark, left = _flat(before), _flat(after)
    # An erratum that moves a row to another code changes the fingerprints of its other defects, not the defects.
    still = {_defect(one) for one in left.values()}
    result = []
    for diagnostic in after:
        own = written_by_mark.get(diagnostic.fingerprint, diagnostic)
        inside = tuple(written_by_mark.get(one.fingerprint, one) for one in diagnostic.explains)
        result.append(msgspec.structs.replace(own, explains=tuple(_alone(one) for one in inside)))
    for diagnostic in before:
        gone = [one for one in diagnostic.explains if one.fingerprint not in left and _defect(one) not in still]
        if diagnostic.fingerprint not in left and diagnostic.rule == INTERNAL_ERROR:
            result.append(diagnostic)
        elif diagnostic.fingerprint in left or _defect(diagnostic) in still:
            result += map(_settled, gone)
        else:
            result.append(msgspec.structs.replace(_settled(diagnostic), explains=tuple(map(_settled, gone))))
    return tuple(sorted(result, key=worst_first))


def _defect(one: Diagnostic) -> tuple[object, ...]:
    """What stays the same of a diagnostic when its row moves to another code."""
    return (one.rule, one.span, one.field, one.evidence)


def _settled(diagnostic: Diagnostic) -> Diagnostic:
    """A diagnostic that an erratum settles: nothing is left to advise."""
    return msgspec.structs.replace(diagnostic, hint="", state=State.CORRECTED)


def _causes(rules: Sequence[Rule], context: Context, known: Said) -> tuple[Diagnostic, ...]:
    asked = (known[rule.id] if rule.id in known else _run(rule, context) for rule in rules)
    found = with_fingerprints([diagnostic for own in asked for diagnostic in own])
    owner = _owners(rules, context, found)
    inside: dict[int, list[Diagnostic]] = {}
    for index in range(len(found)):
        if index in owner:
            inside.setdefault(_root(owner, index), []).append(found[index])
    return _escalated(
        context,
        [
            msgspec.structs.replace(diagnostic, explains=tuple(sorted(inside.get(index, ()), key=_worst_by_rule)))
            for index, diagnostic in enumerate(found)
            if index not in owner
        ],
    )


def _escalated(context: Context, causes: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The same, where two warnings of different families on one cell, one of them of very high precision, are one error."""
    cells: dict[object, list[int]] = {}
    for index, one in enumerate(causes):
        if one.severity is Severity.WARNING and one.field and (entry := context.entry_at(one.span)):
            cells.setdefault((entry, one.field), []).append(index)
    result: dict[int, Diagnostic] = dict(enumerate(causes))
    for together in cells.values():
        here = causes[together[0]]
        warnings = [
            one
            for index in together
            for one in (causes[index], *causes[index].explains)
            if one.severity is Severity.WARNING and one.field is here.field and same_place(context, one, here)
        ]
        if len({one.rule[0] for one in warnings if one.precision is not Precision.LOW}) == 1:
            continue
        if not any(one.precision is Precision.VERY_HIGH for one in warnings):
            continue
        first = min(together, key=lambda index: causes[index].precision is not Precision.VERY_HIGH)
        inside = [
            one for index in together if index != first for one in (_alone(causes[index]), *causes[index].explains)
        ]
        for index in together:
            result.pop(index)
        explained = sorted((*causes[first].explains, *inside), key=_worst_by_rule)
        result[first] = msgspec.structs.replace(causes[first], severity=Severity.ERROR, explains=tuple(explained))
    return tuple(result[index] for index in sorted(result))


def _run(rule: Rule, context: Context) -> Iterator[Diagnostic]:
    try:
        yield from tuple(rule.check(context))
    except Exception as error:  # noqa: BLE001 - whatever it is, the other rules' report must not be lost
        yield x999_internal_error.internal_error(context.catalog, rule, error)


def _owners(rules: Sequence[Rule], context: Context, found: Sequence[Diagnostic]) -> Mapping[int, int]:
    """For each diagnostic that another explains, the index of its cause."""
    by_id = {rule.id: rule for rule in rules}
    owner: dict[int, int] = {}
    ranked = sorted(
        (index for index in range(len(found)) if found[index].rule in _CAUSES),
        key=lambda index: (_CAUSES.index(found[index].rule), index),
    )
    at: dict[Key, list[int]] = {}
    for index, diagnostic in enumerate(found):
        for key in keys(diagnostic):
            at.setdefault(key, []).append(index)
    for cause in ranked:
        rule = by_id[found[cause].rule]
        near = {other for key in _reach(rule, context, found[cause]) for other in at.get(key, ())}
        for other in sorted(near):
            if other in owner or other == cause or _root(owner, cause) == other:
                continue
            if Precision.LOW is found[cause].precision is not found[other].precision:
                continue  # Nothing that is shown may hide in what is not.
            if _explains(rule, context, found[cause], found[other]):
                owner[other] = cause
    owner.update(_same_words(context, found, owner))
    owner.update(_details(context, found, owner))
    return owner


def _same_words(context: Context, found: Sequence[Diagnostic], owner: Mapping[int, int]) -> Mapping[int, int]:
    """For each diagnostic that says once more that the words of a place are wrong, the one that says it best."""
    places: dict[object, list[int]] = {}
    for index, one in enumerate(found):
        if one.rule in _SAME_WORDS and index not in owner:
            entry = context.entry_at(one.span)
            places.setdefault((entry, one.field) if entry else one.span, []).append(index)
    causes: dict[int, int] = {}
    for together in places.values():
        first = min(
            together,
            key=lambda index: (found[index].precision is Precision.LOW, _SAME_WORDS.index(found[index].rule), index),
        )
        causes.update((index, first) for index in together if index != first and found[index].rule != found[first].rule)
    return causes


def _details(context: Context, found: Sequence[Diagnostic], owner: Mapping[int, int]) -> Mapping[int, int]:
    """For each diagnostic that only says how its cell came to be wrong, the worst one that says what is wrong there."""
    cells: dict[tuple[object, object], list[int]] = {}
    for index, one in enumerate(found):
        if (index not in owner and one.severity is not Severity.NOTE) or one.rule in DETAILS:
            cells.setdefault((context.entry_at(one.span), one.field), []).append(index)
    causes: dict[int, int] = {}
    for (entry, _), together in cells.items():
        able = [
            index
            for index in together
            if found[index].rule not in DETAILS and found[index].precision is not Precision.LOW
        ]
        if entry is None or not able:
            continue
        cause = min(able, key=lambda index: RANKS[found[index].severity])
        causes.update((index, cause) for index in together if found[index].rule in DETAILS and index not in owner)
    return causes


def _reach(rule: Rule, context: Context, cause: Diagnostic) -> tuple[Key, ...]:
    try:
        return tuple(rule.reach(context, cause))
    except Exception:  # noqa: BLE001 - a consequence shown on its own is better than no report
        return ()


def _explains(rule: Rule, context: Context, cause: Diagnostic, other: Diagnostic) -> bool:
    try:
        return rule.explains(context, cause, other)
    except Exception:  # noqa: BLE001 - a consequence shown on its own is better than no report
        return False


def _root(owner: Mapping[int, int], index: int) -> int:
    while index in owner:
        index = owner[index]
    return index


def _flat(diagnostics: Sequence[Diagnostic]) -> Mapping[str, Diagnostic]:
    return {one.fingerprint: _alone(one) for cause in diagnostics for one in (cause, *cause.explains)}


def _alone(diagnostic: Diagnostic) -> Diagnostic:
    return msgspec.structs.replace(diagnostic, explains=())


def _worst_by_rule(diagnostic: Diagnostic) -> tuple[object, ...]:
    return (RANKS[diagnostic.severity], diagnostic.rule, diagnostic.span)
