"""The rules in the order of their ids, and what they say of a catalog: causes first, consequences inside them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from generator.diagnostics import Diagnostic, Severity, State
from generator.model import Catalog
from generator.rules import (
    k201_code_missing,
    k202_code_extra,
    k203_code_duplicated,
    k204_misnumbered_neighbour,
    k206_name_duplicated,
    k210_code_shared,
    n301_name_mismatch,
    s101_cell_lost,
    s103_text_after_row,
    s111_table_torn,
    s112_unreadable_bytes,
    s114_document_without_codes,
    s115_row_without_code,
    s116_table_without_codes,
    t601_cell_empty,
    x901_unused_suppression,
    x902_suppression_without_reason,
    x903_stale_baseline_entry,
    x904_expired_suppression,
    x905_stale_erratum,
    x999_internal_error,
)
from generator.rules.base import Key, Rule, keys, with_fingerprints
from generator.rules.context import Context

RULES: Final[tuple[Rule, ...]] = (
    k201_code_missing.RULE,
    k202_code_extra.RULE,
    k203_code_duplicated.RULE,
    k204_misnumbered_neighbour.RULE,
    k206_name_duplicated.RULE,
    k210_code_shared.RULE,
    n301_name_mismatch.RULE,
    s101_cell_lost.RULE,
    s103_text_after_row.RULE,
    s111_table_torn.RULE,
    s112_unreadable_bytes.RULE,
    s114_document_without_codes.RULE,
    s115_row_without_code.RULE,
    s116_table_without_codes.RULE,
    t601_cell_empty.RULE,
    x901_unused_suppression.RULE,
    x902_suppression_without_reason.RULE,
    x903_stale_baseline_entry.RULE,
    x904_expired_suppression.RULE,
    x905_stale_erratum.RULE,
    x999_internal_error.RULE,
)

INTERNAL_ERROR: Final = x999_internal_error.RULE.id
"""The rule that tells of another rule's crash."""

_CAUSES: Final = ("S111", "S114", "S116", "S115", "K204", "S101", "K203", "K206")
"""Rules whose diagnostics can be causes, the one that explains most first."""


def check(written: Catalog, corrected: Catalog) -> tuple[Diagnostic, ...]:
    """Everything the rules say of the documents as written, worst first; consequences stand inside their causes.

    What ``corrected``, the same documents with the errata laid over them, no longer shows has the state CORRECTED;
    what only ``corrected`` shows (a stale erratum, or a discrepancy that an erratum brings about) is added.
    """
    before = _causes(written)
    after = before if corrected == written else _causes(corrected)
    written_by_mark, left = _flat(before), _flat(after)
    result = []
    for diagnostic in after:
        own = written_by_mark.get(diagnostic.fingerprint, diagnostic)
        inside = tuple(written_by_mark.get(one.fingerprint, one) for one in diagnostic.explains)
        result.append(msgspec.structs.replace(own, explains=tuple(_alone(one) for one in inside)))
    for diagnostic in before:
        if diagnostic.fingerprint not in left and diagnostic.rule == INTERNAL_ERROR:
            result.append(diagnostic)
        elif diagnostic.fingerprint not in left:
            inside = tuple(_settled(one) for one in diagnostic.explains if one.fingerprint not in left)
            result.append(msgspec.structs.replace(_settled(diagnostic), explains=inside))
        else:
            gone = [one for one in diagnostic.explains if one.fingerprint not in left]
            result += map(_settled, gone)
    return tuple(sorted(result, key=_worst_first))


def listing(fired: Mapping[str, int] | None = None) -> str:
    """One line a rule: id, name, severity, precision and summary; with ``fired``, how often each fires, too."""
    names = max(len(rule.name) for rule in RULES)
    return "".join(
        f"{rule.id}  {'' if fired is None else f'{fired.get(rule.id, 0):>4}  '}"
        f"{rule.name:<{names}}  {rule.severity:<7}  {rule.precision:<9}  {rule.summary}\n"
        for rule in RULES
    )


def explain(rule_id: str) -> str:
    """All that is known of a rule, as Markdown.

    Raises KeyError where there is no rule of that id; case does not count.
    """
    rule = next((rule for rule in RULES if rule.id == rule_id.upper()), None)
    if rule is None:
        raise KeyError(rule_id)
    return f"# {rule.id} {rule.name} ({rule.severity}, precision {rule.precision})\n\n{rule.docs.strip()}\n"


def _settled(diagnostic: Diagnostic) -> Diagnostic:
    """A diagnostic that an erratum settles: nothing is left to advise."""
    return msgspec.structs.replace(diagnostic, hint="", state=State.CORRECTED)


def _causes(catalog: Catalog) -> tuple[Diagnostic, ...]:
    context = Context(catalog)
    found = with_fingerprints([diagnostic for rule in RULES for diagnostic in _run(rule, context)])
    owner = _owners(context, found)
    inside: dict[int, list[Diagnostic]] = {}
    for index in range(len(found)):
        if index in owner:
            inside.setdefault(_root(owner, index), []).append(found[index])
    return tuple(
        msgspec.structs.replace(diagnostic, explains=tuple(sorted(inside.get(index, ()), key=_by_rule)))
        for index, diagnostic in enumerate(found)
        if index not in owner
    )


def _run(rule: Rule, context: Context) -> Iterator[Diagnostic]:
    try:
        yield from tuple(rule.check(context))
    except Exception as error:  # noqa: BLE001 - whatever it is, the other rules' report must not be lost
        yield x999_internal_error.internal_error(context.catalog, rule, error)


def _owners(context: Context, found: Sequence[Diagnostic]) -> Mapping[int, int]:
    """For each diagnostic that another explains, the index of its cause."""
    rules = {rule.id: rule for rule in RULES}
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
        rule = rules[found[cause].rule]
        near = {other for key in _reach(rule, context, found[cause]) for other in at.get(key, ())}
        for other in sorted(near):
            if other in owner or other == cause or _root(owner, cause) == other:
                continue
            if _explains(rule, context, found[cause], found[other]):
                owner[other] = cause
    return owner


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


def _worst_first(diagnostic: Diagnostic) -> tuple[object, ...]:
    return (list(Severity).index(diagnostic.severity), diagnostic.span, diagnostic.rule)


def _by_rule(diagnostic: Diagnostic) -> tuple[object, ...]:
    return (diagnostic.rule, diagnostic.span)
