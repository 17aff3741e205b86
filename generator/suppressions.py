"""What people have accepted, each with a reason: ``suppressions.toml``, laid over the diagnostics."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from generator.codes import normal, read_code
from generator.diagnostics import Diagnostic, State
from generator.model import Canonical, Column, EditionId, Locale, ProductId, canonical
from generator.rules import RULES, housekeeping, x999_internal_error
from generator.rules.base import Rule
from generator.rules.x901_unused_suppression import RULE as UNUSED
from generator.rules.x902_suppression_without_reason import RULE as WITHOUT_REASON
from generator.rules.x904_expired_suppression import RULE as EXPIRED
from generator.toml import Fail, read_toml

SUPPRESSIONS_FILE: Final = "suppressions.toml"


class Suppression(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One ``[[suppressions]]``: every diagnostic that agrees with all keys given. A key that is absent says nothing."""

    rule: str
    locale: Locale | None = None
    product: ProductId | None = None
    edition: EditionId | None = None
    code: str | None = None
    """In any spelling: ``0x2003`` suppresses what is reported of ``8195``, too."""
    field: Column | None = None
    reason: str = ""
    """Why it is accepted; without one it is X902."""
    expires: date | None = None
    """The last day on which it holds."""


class Suppressions(Struct, frozen=True):
    """One ``suppressions.toml``."""

    path: str = SUPPRESSIONS_FILE
    """Relative to the folder of ``catalog.toml``."""
    entries: tuple[Suppression, ...] = ()
    lines: tuple[int, ...] = ()
    """The line on which each entry begins."""


class Suppressed(Struct, frozen=True):
    """A report with suppressions laid over it."""

    diagnostics: tuple[Diagnostic, ...]
    """Worst first; what the suppressions themselves do wrong (X901, X902, X904) among them."""
    by: tuple[tuple[str, Suppression], ...]
    """The fingerprint of each suppressed cause or consequence, with what suppresses it."""


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    suppressions: tuple[Suppression, ...] = ()


def read(path: Path) -> Suppressions:
    """The suppressions in the TOML file at ``path``.

    Raises CodeglotError, with file, line and key, where it cannot be read, does not fit or names no rule that can be
    suppressed.
    """
    fail = Fail(path)
    entries = read_toml(path, _File).suppressions
    known = {rule.id for rule in RULES}
    for number, entry in enumerate(entries):
        place = ("suppressions", number, "rule")
        if housekeeping.is_housekeeping(entry.rule):
            raise fail(place, f"{entry.rule} cannot be suppressed", "put right what it says of the project's own files")
        if entry.rule not in known:
            raise fail(place, f"there is no rule {entry.rule!r}", "`codeglot rules` lists them")
    lines = tuple(fail.line(("suppressions", number)) for number in range(len(entries)))
    return Suppressions(path.name, entries, lines)


def apply(diagnostics: Sequence[Diagnostic], suppressions: Suppressions, today: date) -> Suppressed:
    """The diagnostics with what is accepted as of ``today`` marked SUPPRESSED, and what is wrong with the suppressions.

    Consequences follow their cause; a suppression may also name a consequence alone. Only new diagnostics can be
    suppressed: what an erratum settles needs no suppression. While a rule has failed, none is called unused.
    """
    valid = [one for one in suppressions.entries if one.expires is None or today <= one.expires]
    codes = {one.code: _code(one.code) for one in valid if one.code is not None}
    by: dict[str, Suppression] = {}
    used: set[Suppression] = set()

    def judged(one: Diagnostic) -> Diagnostic:
        if one.state is not State.NEW:
            return one
        matching = [suppression for suppression in valid if _matches(suppression, one, codes)]
        used.update(matching)
        explained = tuple(map(judged, one.explains))
        if not matching:
            return msgspec.structs.replace(one, explains=explained)
        by[one.fingerprint] = matching[0]
        for inner in explained:
            by.setdefault(inner.fingerprint, matching[0])
        return msgspec.structs.replace(
            one,
            state=State.SUPPRESSED,
            explains=tuple(msgspec.structs.replace(inner, state=State.SUPPRESSED) for inner in explained),
        )

    marked = [judged(one) for one in diagnostics]
    unknown = any(one.rule == x999_internal_error.RULE.id for one in diagnostics)
    wrong: list[Diagnostic] = []
    for entry, line in zip(suppressions.entries, suppressions.lines, strict=True):
        if not entry.reason.strip():
            message = f"the suppression of {_named(entry)} gives no reason"
            wrong.append(_told(WITHOUT_REASON, suppressions.path, line, entry, message, "say why it is accepted"))
        if entry.expires is not None and entry.expires < today:
            message = f"the suppression of {_named(entry)} expired on {entry.expires.isoformat()}"
            hint = "settle the discrepancy and delete the entry, or give a new date and the reason why"
            wrong.append(_told(EXPIRED, suppressions.path, line, entry, message, hint))
        elif entry not in used and not unknown:
            message = f"the suppression of {_named(entry)} matches nothing"
            hint = "delete the entry, or correct its keys if the discrepancy is still reported"
            wrong.append(_told(UNUSED, suppressions.path, line, entry, message, hint))
    return Suppressed(housekeeping.merged(marked, wrong), tuple(sorted(by.items(), key=lambda pair: pair[0])))


def _matches(suppression: Suppression, one: Diagnostic, codes: dict[str, Canonical]) -> bool:
    return (
        suppression.rule == one.rule
        and suppression.locale in {None, one.locale}
        and suppression.product in {None, one.product}
        and suppression.edition in {None, one.edition}
        and suppression.field in {None, one.field}
        and (suppression.code is None or codes[suppression.code] == _code(one.code))
    )


def _code(text: str) -> Canonical:
    read = read_code(text)
    return normal(text) if read is None else canonical(read)


def _named(entry: Suppression) -> str:
    """What an entry suppresses, in a few words."""
    narrowed = [word for word in (entry.product, entry.edition, entry.locale, entry.code, entry.field) if word]
    return f"{entry.rule} ({', '.join(narrowed)})" if narrowed else entry.rule


def _told(rule: Rule, path: str, line: int, entry: Suppression, message: str, hint: str) -> Diagnostic:
    return housekeeping.told(
        rule,
        path,
        line,
        message,
        hint=hint,
        product=entry.product or "",
        edition=entry.edition or "",
        locale=entry.locale or "",
        code=entry.code or "",
        field=entry.field,
        evidence=(entry.rule, entry.reason),
    )
