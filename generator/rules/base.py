"""What a rule is, what it looks at, and how its diagnostics are told apart over time."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import msgspec
from msgspec import Struct

from generator.diagnostics import Diagnostic, Fix, Precision, Related, Severity
from generator.glossary import Lexicon
from generator.model import Code, Column, Document, Entry, Locale, SourceSpan
from generator.rules.context import Context
from generator.rules.scope import Scope
from generator.text import one_line, visible

FINGERPRINT_VERSION: Final = 1
"""Part of every fingerprint; a higher number makes all of them new."""

_LONGEST_QUOTE: Final = 60

RANKS: Final = {severity: rank for rank, severity in enumerate(Severity)}
"""How bad each severity is: the worst is 0."""


def worst_first(diagnostic: Diagnostic) -> tuple[object, ...]:
    """What a report is sorted by: how bad, then where, then the rule."""
    return (RANKS[diagnostic.severity], diagnostic.span, diagnostic.rule)


Key = tuple[str, ...]
"""What diagnostics are looked up by: see :func:`at_row`, :func:`of_code` and :func:`of_part`."""


def at_row(span: SourceSpan) -> Key:
    """The key of all diagnostics that begin on the line of ``span``."""
    return ("row", span.path, str(span.line))


def of_code(about: Diagnostic, code: str) -> Key:
    """The key of all diagnostics about ``code`` in the edition that ``about`` is in."""
    return ("code", about.product, about.edition, code)


def of_part(span: SourceSpan) -> Key:
    """The key of all diagnostics about a section or a document rather than a code, by the path of ``span``."""
    return ("part", span.path)


def keys(diagnostic: Diagnostic) -> tuple[Key, ...]:
    """All keys by which a diagnostic can be looked up."""
    about = of_code(diagnostic, diagnostic.code) if diagnostic.code else of_part(diagnostic.span)
    return (at_row(diagnostic.span), about)


def _nowhere(_context: Context, _cause: Diagnostic) -> Iterator[Key]:
    yield from ()


def _never(_context: Context, _cause: Diagnostic, _other: Diagnostic) -> bool:
    return False


class Rule(Struct, frozen=True):
    """One kind of discrepancy."""

    id: str
    """A letter for the family and three digits; never used again for another rule."""
    name: str
    """Names the defect, not the cure: ``misnumbered-neighbour``."""
    severity: Severity
    precision: Precision
    """How sure the rule is as a rule; a single diagnostic can be less sure."""
    summary: str
    """One sentence, without a full stop."""
    docs: str
    """The module's docstring: what it does, why it matters, an example, how to fix."""
    check: Callable[[Context], Iterator[Diagnostic]]
    explains: Callable[[Context, Diagnostic, Diagnostic], bool] = _never
    """Whether the first diagnostic, one of this rule, is the cause of the second, one of any rule."""
    reach: Callable[[Context, Diagnostic], Iterable[Key]] = _nowhere
    """Where the consequences of a diagnostic of this rule can be; only there :attr:`explains` is asked."""
    lexicons: tuple[Lexicon, ...] = ()
    """The words without which it says nothing of a locale."""
    scope: Scope = Scope.PRODUCT
    """How much of the catalog :attr:`check` is shown."""


def diagnose(
    rule: Rule,
    document: Document,
    span: SourceSpan,
    message: str,
    *,
    code: Code | None = None,
    section: str = "",
    field: Column | None = None,
    hint: str = "",
    expected: str = "",
    related: Iterable[Related] = (),
    evidence: Sequence[str] = (),
    severity: Severity | None = None,
    precision: Precision | None = None,
    cluster: str = "",
    fix: Fix | None = None,
) -> Diagnostic:
    """A diagnostic of ``rule`` in ``document``.

    ``evidence`` holds what tells it from others of the same rule, code and field; nothing in it may depend on where
    things stand.
    """
    return Diagnostic(
        rule=rule.id,
        name=rule.name,
        severity=severity or rule.severity,
        precision=precision or rule.precision,
        span=span,
        product=document.product,
        edition=document.edition,
        locale=document.locale,
        message=message,
        hint=hint,
        expected=expected,
        code=code.text if code else "",
        section=section,
        field=field,
        related=tuple(related),
        evidence=normal_evidence(evidence),
        cluster=cluster,
        fix=fix,
    )


def diagnose_cell(
    rule: Rule,
    context: Context,
    entry: Entry,
    column: Column | None,
    message: str,
    *,
    span: SourceSpan | None = None,
    hint: str = "",
    expected: str = "",
    related: Iterable[Related] = (),
    evidence: Sequence[str] = (),
    severity: Severity | None = None,
    precision: Precision | None = None,
    cluster: str = "",
    fix: Fix | None = None,
) -> Diagnostic:
    """A diagnostic of ``rule`` at a row's cell under ``column``, or at ``span`` in that row."""
    document = context.document(entry)
    return diagnose(
        rule,
        document,
        span or context.span(entry, column),
        message,
        code=entry.code,
        section=document.sections[entry.section].title,
        field=column,
        hint=hint,
        expected=expected,
        related=related,
        evidence=evidence,
        severity=severity,
        precision=precision,
        cluster=cluster,
        fix=fix,
    )


def normal_evidence(parts: Iterable[str]) -> str:
    """Evidence in the form that fingerprints are made of: case, width, padding and what is invisible do not count."""
    return "\n".join(_normal(part) for part in parts)


def witness(entry: Entry, column: Column | None = None) -> Related:
    """A row as the witness for a diagnostic; with ``column`` only what it says there, and that cell's place."""
    field = entry.field(column) if column else None
    if field:
        return Related(span=field.span, locale=entry.locale, text=f"{entry.code.text} | … | {field.plain}")
    return Related(span=entry.span, locale=entry.locale, text=entry.text)


def quoted(text: str) -> str:
    """``text`` in quotation marks, cut short where it is long."""
    folded = one_line(text)
    if len(folded) > _LONGEST_QUOTE:
        folded = folded[: _LONGEST_QUOTE - 1].rstrip() + "…"
    return f"“{folded}”"


def listed(words: Iterable[str]) -> str:
    """``words`` as a list in a sentence: ``en``, ``en and ko``, ``en, ko and zh``."""
    parts = list(words)
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def locales(entries: Iterable[Entry]) -> str:
    """The locales of ``entries``, each once, as a list in a sentence."""
    seen: dict[Locale, None] = {entry.locale: None for entry in entries}
    return listed(seen)


def same_place(context: Context, first: Diagnostic, second: Diagnostic) -> bool:
    """Whether two diagnostics are about the same row of the same document."""
    row = context.entry_at(first.span)
    return row is not None and row == context.entry_at(second.span)


_MOVED: Final = ("T601", "T604", "T605", "T607", "T609", "T610", "L401", "V501", "V502", "G709")


def is_of_moved_cells(context: Context, cause: Diagnostic, other: Diagnostic) -> bool:
    """Whether the second diagnostic misses in a cell what the first says was moved out of it, in the same row."""
    return other.rule in _MOVED and same_place(context, cause, other)


def with_fingerprints(diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The same diagnostics, each with its fingerprint, in the same order."""
    seen: Counter[str] = Counter()
    marked: dict[int, str] = {}
    for index in sorted(range(len(diagnostics)), key=lambda one: (diagnostics[one].span, diagnostics[one].message)):
        digest = _digest(diagnostics[index])
        marked[index] = f"{diagnostics[index].rule}:{digest}:{seen[digest]}"
        seen[digest] += 1
    return tuple(
        msgspec.structs.replace(diagnostic, fingerprint=marked[index]) for index, diagnostic in enumerate(diagnostics)
    )


def _digest(diagnostic: Diagnostic) -> str:
    parts = (
        str(FINGERPRINT_VERSION),
        diagnostic.rule,
        diagnostic.product,
        diagnostic.edition,
        diagnostic.locale,
        _plain_code(diagnostic.code) if diagnostic.code else _normal(diagnostic.section),
        diagnostic.field.value if diagnostic.field else "",
        diagnostic.evidence,
    )
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def _plain_code(text: str) -> str:
    """A code in one spelling, so that writing a number in another base changes no fingerprint."""
    folded = _normal(text)
    try:
        return str(int(folded, 16 if "0x" in folded else 10))
    except ValueError:
        return folded


def _normal(text: str) -> str:
    return one_line(visible(text)).casefold()
