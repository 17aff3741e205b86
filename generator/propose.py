"""Errata that can be proved, ready to be reviewed and put into ``errata.toml``.

Only what the peers attest without a dissenting voice is proposed, and only what an erratum can express: a row's code, a
name that was copied from another row, a text that an empty cell pushed out of the table.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from generator.alignment import is_identifier, normal_name
from generator.diagnostics import Diagnostic, Precision, State
from generator.model import Catalog, Column, Entry, Erratum, ProblemKind, canonical
from generator.parse.inline import plain, read_inlines
from generator.rules.base import listed
from generator.rules.context import Context

_ESCAPES: Final[Mapping[str, str]] = {
    '"': '\\"',
    "\\": "\\\\",
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\f": "\\f",
    "\r": "\\r",
}
_RULES: Final = ("K204", "S101", "K206")
"""The rules whose diagnostics an erratum can settle, the ones that settle most first."""


def propose(corrected: Catalog, diagnostics: Iterable[Diagnostic], only: Sequence[str] = ()) -> tuple[Erratum, ...]:
    """Errata for the open diagnostics that can be proved, in the order of the catalog's documents and their rows.

    ``corrected`` is the catalog with the errata there are; ``only`` names the diagnostics meant by their fingerprints
    or the beginnings of them, and is empty for all. Errata of a row never contradict each other.
    """
    context = Context(corrected)
    found: dict[tuple[int, int, int], list[Erratum]] = {}
    places = {document.path: index for index, document in enumerate(corrected.documents)}
    chosen = [
        one
        for one in diagnostics
        if one.rule in _RULES
        and one.state in {State.NEW, State.KNOWN}
        and (not only or any(one.fingerprint.startswith(word) for word in only))
    ]
    for cause in sorted(chosen, key=lambda one: (_RULES.index(one.rule), one.span)):
        # Codes that are swapped or out of step are put right together or not at all.
        chain = [cause, *(one for one in cause.explains if one.rule == cause.rule == "K204")]
        made = [_made(context, one) for one in chain]
        kept = [one for one in made if one]
        if len(kept) < len(made):
            continue
        for entry, erratum in kept:
            before = found.setdefault((places[entry.span.path], entry.table, entry.row), [])
            if not any(_overlap(erratum, other) for other in before):
                before.append(erratum)
    return tuple(erratum for _, errata in sorted(found.items(), key=lambda pair: pair[0]) for erratum in errata)


def text(errata: Sequence[Erratum]) -> str:
    """The errata as TOML, each an ``[[errata]]`` table, to be put at the end of ``errata.toml``; empty for none."""
    return "\n".join("\n".join(_table(erratum)) + "\n" for erratum in errata)


def _made(context: Context, one: Diagnostic) -> tuple[Entry, Erratum] | None:
    """The row that a diagnostic is about and the erratum that settles it, if one can be proved."""
    entry = context.entry_at(one.span)
    if entry is None or sum(1 for other in context.document(entry).entries if other.text == entry.text) > 1:
        return None  # The row's own words must tell it from all others of its document.
    erratum = _MAKERS[one.rule](context, one, entry)
    return (entry, erratum) if erratum else None


def _overlap(left: Erratum, right: Erratum) -> bool:
    both_name = left.name is not None and right.name is not None
    return both_name or (left.code is not None and right.code is not None) or bool(left.place and right.place)


def _misnumbered(context: Context, one: Diagnostic, entry: Entry) -> Erratum | None:
    if one.precision is not Precision.VERY_HIGH:
        return None  # A single witness, or two spellings of which no document tells the shipped one.
    witnesses = [row for row in (context.entry_at(related.span) for related in one.related) if row]
    peers = [row for row in witnesses if row.edition == entry.edition]
    codes = {canonical(row.code) for row in witnesses}
    if not peers or len(codes) != 1:
        return None
    expected, own = peers[0].code, entry.code.text
    name = _copied_from_another(context, entry, peers)
    same = [row for row in context.document(entry).entries if row != entry and _same_code(row, entry)]
    repeated = [word for word, twice in (("code", same), ("name", name)) if twice]
    reason = f"The row is listed as {own} but is what {_listed_locales(peers)} as {expected.text}"
    if repeated:
        reason += f"; its {listed(repeated)} repeat{'s' if len(repeated) == 1 else ''} another row's"
    return _erratum(entry, f"{reason}.", map(_row_evidence, witnesses), code=expected.text, name=name)


def _copied_from_another(context: Context, entry: Entry, peers: Sequence[Entry]) -> str | None:
    """The name that all peers give the row, where the row's own was copied.

    A name that is merely spelt otherwise is left alone: which spelling was shipped, spelling does not tell.
    """
    names = {normal_name(row.name) for row in peers}
    rows = [row for row in context.document(entry).entries if row != entry]
    theirs = _peers(context, entry)
    if len(names) != 1 or not is_identifier(peers[0].name) or _same_name(peers[0], entry):
        return None
    if not any(_same_name(row, entry) for row in (*rows, *theirs)) or any(_same_name(row, peers[0]) for row in rows):
        return None
    return peers[0].name


def _cell_lost(context: Context, one: Diagnostic, entry: Entry) -> Erratum | None:
    column, table = one.field, context.table(entry)
    # The rule names a column only where taking out one empty cell makes the row fit in one way; where that would move
    # other cells too, the column is not empty, and an erratum cannot say it.
    if column is None or entry.field(column) or table.columns.count(column) != 1:
        return None
    lost = [problem for problem in entry.problems if problem.kind is ProblemKind.CELL_OVERFLOW and problem.cells]
    if len(lost) != 1:
        return None
    peers = _peers(context, entry)
    speaking = [row for row in peers if row.field(column)]
    if peers and not speaking:
        return None
    what = column.value.replace("_", " ")
    evidence = [f"{_place(row)}, {what}: {field.plain}" for row in speaking if (field := row.field(column))]
    cells = len(table.raw.rows[entry.row].cells)
    own = f"{_place(entry)}: {cells} cells under {len(table.columns)} columns, the one under {what} empty"
    moved = plain(read_inlines(lost[0].text, table.raw.form))
    reason = f"An empty cell pushes the {what} out of the table."
    return _erratum(entry, reason, evidence or [own], place=((column, moved),))


def _name_repeated(context: Context, one: Diagnostic, entry: Entry) -> Erratum | None:
    if not one.expected:
        return None
    named = [
        row
        for row in context.rows_of_code(entry.product, canonical(entry.code))
        if is_identifier(row.name) and (row.edition, row.locale) != (entry.edition, entry.locale)
    ]
    named = [row for row in named if row.edition == entry.edition] or named
    rows = [row for row in context.document(entry).entries if row != entry]
    if not named or any(normal_name(row.name) != normal_name(one.expected) for row in named):
        return None
    twins = [row for row in rows if _same_name(row, entry)]
    if not twins or any(normal_name(row.name) == normal_name(one.expected) for row in rows):
        return None
    reason = f"The name repeats that of {twins[0].code.text}; {listed(_told(row) for row in named)} give"
    reason += f"{'s' if len(named) == 1 else ''} {entry.code.text} the name {named[0].name}."
    return _erratum(entry, reason, map(_row_evidence, named), name=named[0].name)


_MAKERS: Final = {"K204": _misnumbered, "S101": _cell_lost, "K206": _name_repeated}


def _erratum(
    entry: Entry,
    reason: str,
    evidence: Iterable[str],
    *,
    code: str | None = None,
    name: str | None = None,
    place: tuple[tuple[Column, str], ...] = (),
) -> Erratum:
    return Erratum(
        product=entry.product,
        edition=entry.edition,
        locale=entry.locale,
        row=entry.text,
        reason=reason,
        evidence=tuple(evidence),
        code=code,
        name=name,
        place=place,
    )


def _peers(context: Context, entry: Entry) -> list[Entry]:
    """The rows of the same code in the other locales of the edition."""
    return [
        row
        for row in context.rows_of_code(entry.product, canonical(entry.code))
        if row.edition == entry.edition and row.locale != entry.locale
    ]


def _same_code(left: Entry, right: Entry) -> bool:
    return canonical(left.code) == canonical(right.code)


def _same_name(left: Entry, right: Entry) -> bool:
    return is_identifier(left.name) and normal_name(left.name) == normal_name(right.name)


def _listed_locales(peers: Sequence[Entry]) -> str:
    places = list(dict.fromkeys(row.locale for row in peers))
    return f"{listed(places)} list{'s' if len(places) == 1 else ''}"


def _told(row: Entry) -> str:
    return f"{row.locale} {row.edition}"


def _place(row: Entry) -> str:
    """The beginning of every line of evidence; the pages read the locale and the edition from it."""
    return f"{_told(row)}, line {row.span.line}"


def _row_evidence(row: Entry) -> str:
    return f"{_place(row)}: {row.text}"


def _table(erratum: Erratum) -> Iterator[str]:
    yield "[[errata]]"
    for key, value in (
        ("product", erratum.product),
        ("edition", erratum.edition),
        ("locale", erratum.locale),
        ("row", erratum.row),
        ("code", erratum.code),
        ("name", erratum.name),
        ("reason", erratum.reason),
    ):
        if value is not None:
            yield f"{key} = {_string(value)}"
    yield "evidence = ["
    yield from (f"  {_string(line)}," for line in erratum.evidence)
    yield "]"
    if erratum.place:
        yield ""
        yield "[errata.place]"
        yield from (f"{column.value} = {_string(words)}" for column, words in erratum.place)


def _string(words: str) -> str:
    """``words`` as a basic string (TOML 1.0, "String"); what cannot be seen is written as its number."""
    return f'"{"".join(_mark(mark) for mark in words)}"'


def _mark(mark: str) -> str:
    if mark in _ESCAPES:
        return _ESCAPES[mark]
    if mark.isprintable():
        return mark
    return f"\\u{ord(mark):04X}" if ord(mark) <= 0xFFFF else f"\\U{ord(mark):08X}"
