"""The diagnostics that are known and not yet settled: ``baseline.json``, laid over the diagnostics.

Only what is not in it fails. It holds no line and no path, so that moving, renaming or reformatting a document leaves it
as it is, and it never grows stale unseen: an entry whose diagnostic is no longer open is an error until it is pruned.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from generator.diagnostics import Diagnostic, Precision, Severity, State
from generator.errors import CodeglotError
from generator.model import Column, EditionId, Locale, ProductId, SourceSpan
from generator.reading import read_file
from generator.rules import RULES, housekeeping, x999_internal_error
from generator.rules.base import FINGERPRINT_VERSION, quoted
from generator.rules.x903_stale_baseline_entry import RULE as STALE

BASELINE_FILE: Final = "baseline.json"
VERSION: Final = 1
"""Of the file's form; goes up when a program that reads the file would have to change."""

_AGAIN: Final = "`codeglot check --update-baseline` writes it anew"
_FINGERPRINT: Final = re.compile(r"[A-Z][0-9]{3}:[0-9a-f]{16}:[0-9]+")


class Known(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """One known diagnostic: its fingerprint, and for people who read the file what it was about."""

    fingerprint: str
    rule: str
    severity: Severity
    product: ProductId
    edition: EditionId
    locale: Locale
    code: str = ""
    section: str = ""
    field: Column | None = None
    message: str
    explains: tuple[str, ...] = ()
    """The fingerprints of its consequences, sorted: one that outlives its cause is as known as the cause was."""


class Baseline(Struct, frozen=True):
    """One ``baseline.json``."""

    path: str = BASELINE_FILE
    """Relative to the folder of ``catalog.toml``, with forward slashes."""
    entries: tuple[Known, ...] = ()
    lines: tuple[int, ...] = ()
    """The line on which each entry begins."""


class Compared(Struct, frozen=True):
    """A report with the baseline laid over it."""

    diagnostics: tuple[Diagnostic, ...]
    """Worst first; what is known has the state KNOWN, and a stale entry is an X903."""
    new: int
    """Causes that are neither known, corrected nor suppressed. A stale entry speaks of what is gone and is none."""
    known: int
    fixed: int
    """Entries whose diagnostic is not found any more or is corrected by an erratum."""
    absent: tuple[Diagnostic, ...] = ()
    """The diagnostics of entries that are not found any more, as far as the entry tells, at its place in the file."""


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    version: int
    fingerprint_version: int
    diagnostics: list[msgspec.Raw]


class _Written(Struct, frozen=True):
    version: int
    fingerprint_version: int
    diagnostics: tuple[Known, ...]


def text(diagnostics: Sequence[Diagnostic]) -> str:
    """The baseline that knows every open diagnostic, as JSON text that ends with a line end.

    The same diagnostics in any order are the same text. What errata correct or people have suppressed is not open; what
    is wrong with the project's own files (X…) can be put right there and is never known.
    """
    opened = {one.fingerprint: one for one in diagnostics if _open(one) and not housekeeping.is_housekeeping(one.rule)}
    known = tuple(_known(opened[fingerprint]) for fingerprint in sorted(opened))
    body = msgspec.json.encode(_Written(VERSION, FINGERPRINT_VERSION, known))
    return msgspec.json.format(body, indent=2).decode() + "\n"


def read(path: Path, folder: Path | None = None) -> Baseline:
    """The baseline at ``path``; ``folder`` is that of ``catalog.toml`` where the file lies elsewhere.

    Raises CodeglotError, with the line, where it cannot be read or is not what :func:`text` writes.
    """
    try:
        data = read_file(path).removeprefix(b"\xef\xbb\xbf")
    except OSError as error:
        raise CodeglotError(f"cannot be read: {error.strerror}", path=str(path), hint=_AGAIN) from error
    try:
        data.decode("utf-8")
        file = msgspec.json.decode(data, type=_File)
    except UnicodeDecodeError as error:
        raise _wrong(path, "is not UTF-8", _line(data, error.start)) from error
    except msgspec.ValidationError as error:
        raise _wrong(path, f"is no baseline: {_words(error)}", 1) from error
    except msgspec.DecodeError as error:
        at = re.search(r" \(byte (\d+)\)$", str(error))
        line = _line(data, int(at[1]) if at else len(data.rstrip()))
        raise _wrong(path, "is no valid JSON", line) from error
    except RecursionError as error:
        raise _wrong(path, "is no baseline: it is nested too deep", 1) from error
    if file.version != VERSION:
        raise _wrong(path, f"is a baseline of version {file.version}, not {VERSION}", 1)
    if file.fingerprint_version != FINGERPRINT_VERSION:
        message = f"knows diagnostics by fingerprints of version {file.fingerprint_version}, not {FINGERPRINT_VERSION}"
        raise _wrong(path, message, 1)
    placed = tuple(_entries(path, data, file))
    shown = path.name if folder is None else Path(os.path.relpath(path, folder)).as_posix()
    return Baseline(shown, tuple(entry for entry, _ in placed), tuple(line for _, line in placed))


def apply(diagnostics: Sequence[Diagnostic], baseline: Baseline) -> Compared:
    """The diagnostics with those that ``baseline`` lists marked KNOWN, and an X903 for each entry that is stale.

    Suppressions come first: only what is new can be known. Consequences follow their cause. While a rule has failed, no
    entry is called stale, for nobody knows what that rule would have found.
    """
    listed = {one for entry in baseline.entries for one in (entry.fingerprint, *entry.explains)}
    marked = [_follow(one) if one.state is State.NEW and one.fingerprint in listed else one for one in diagnostics]
    states = {inner.fingerprint: inner.state for one in marked for inner in (one, *one.explains)}
    failed = any(one.rule == x999_internal_error.RULE.id for one in diagnostics)
    stale: list[Diagnostic] = []
    absent: list[Diagnostic] = []
    fixed = 0
    for entry, line in zip(baseline.entries, baseline.lines, strict=True):
        state = states.get(entry.fingerprint)
        if failed or state in {State.NEW, State.KNOWN}:
            continue
        fixed += state is not State.SUPPRESSED
        stale.append(_stale(baseline.path, line, entry, state))
        if state is None:
            absent.append(_absent(baseline.path, line, entry))
    return Compared(
        diagnostics=housekeeping.merged(marked, stale),
        new=sum(1 for one in marked if one.state is State.NEW),
        known=sum(1 for one in marked if one.state is State.KNOWN),
        fixed=fixed,
        absent=tuple(absent),
    )


def _open(one: Diagnostic) -> bool:
    return one.state in {State.NEW, State.KNOWN}


def _follow(cause: Diagnostic) -> Diagnostic:
    """A known cause, and its consequences as known unless somebody has suppressed one."""
    inside = tuple(
        msgspec.structs.replace(one, state=State.KNOWN) if one.state is State.NEW else one for one in cause.explains
    )
    return msgspec.structs.replace(cause, state=State.KNOWN, explains=inside)


def _known(one: Diagnostic) -> Known:
    return Known(
        fingerprint=one.fingerprint,
        rule=one.rule,
        severity=one.severity,
        product=one.product,
        edition=one.edition,
        locale=one.locale,
        code=one.code,
        section=one.section,
        field=one.field,
        message=one.message,
        explains=tuple(sorted(inner.fingerprint for inner in one.explains if _open(inner))),
    )


_WHY: Final[Mapping[State | None, str]] = {
    State.CORRECTED: "is corrected by an erratum",
    State.SUPPRESSED: "is suppressed",
}


def _stale(path: str, line: int, entry: Known, state: State | None) -> Diagnostic:
    return housekeeping.told(
        STALE,
        path,
        line,
        f"the known {entry.rule} {_WHY.get(state, 'is no longer found')}: {' '.join(entry.message.split())}",
        hint="prune it: codeglot check --update-baseline",
        evidence=(entry.fingerprint,),
        product=entry.product,
        edition=entry.edition,
        locale=entry.locale,
        code=entry.code,
        section=entry.section,
        field=entry.field,
    )


def _absent(path: str, line: int, entry: Known) -> Diagnostic:
    rule = next((rule for rule in RULES if rule.id == entry.rule), None)
    return Diagnostic(
        rule=entry.rule,
        name=rule.name if rule else "",
        severity=entry.severity,
        precision=rule.precision if rule else Precision.LOW,
        span=SourceSpan(path, line, 1, line, 1),
        product=entry.product,
        edition=entry.edition,
        locale=entry.locale,
        message=entry.message,
        code=entry.code,
        section=entry.section,
        field=entry.field,
        fingerprint=entry.fingerprint,
        state=State.KNOWN,
    )


def _entries(path: Path, data: bytes, file: _File) -> Iterator[tuple[Known, int]]:
    """Each entry with its line; the raw bytes of one stand behind those of the one before."""
    at, line, seen = max(data.find(b'"diagnostics"'), 0), 1, set()
    line += data.count(b"\n", 0, at)
    for raw in file.diagnostics:
        start = data.find(bytes(raw), at)
        line += data.count(b"\n", at, start)
        at = start
        try:
            entry = msgspec.json.decode(raw, type=Known)
        except msgspec.ValidationError as error:
            raise _wrong(path, f"is no entry of a baseline: {_words(error)}", line) from error
        if not _FINGERPRINT.fullmatch(entry.fingerprint):
            raise _wrong(path, f"{quoted(entry.fingerprint)} is no fingerprint", line)
        if entry.fingerprint in seen:
            raise _wrong(path, f"{entry.fingerprint} is listed twice", line)
        seen.add(entry.fingerprint)
        yield entry, line
        line += data.count(b"\n", at, at + len(bytes(raw)))
        at += len(bytes(raw))


def _wrong(path: Path, message: str, line: int) -> CodeglotError:
    return CodeglotError(message, path=str(path), line=line, hint=_AGAIN)


def _line(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1


def _words(error: msgspec.ValidationError) -> str:
    """The validator's sentence without its way of naming a place."""
    said = str(error).split(" - at ")[0].replace("`", "")
    return said[0].lower() + said[1:]
