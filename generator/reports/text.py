"""The report for a person at a terminal: one root cause after another, worst first, each with its witnesses."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from generator.diagnostics import Diagnostic, Related, Severity, State
from generator.grouped import Group, grouped
from generator.model import Document
from generator.reports.base import Report
from generator.reports.excerpt import cut, shorten
from generator.reports.words import counted, tally
from generator.text import columns

_WIDTH: Final = 100
_NAMED: Final = 6
"""So many consequences are named; of more, the number is given."""
_SHORT: Final = 60
_COLOURS: Final = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTE: "1;36"}
_STATES: Final = {
    State.CORRECTED: "corrected by an erratum",
    State.KNOWN: "known",
    State.SUPPRESSED: "suppressed",
}
_DIM: Final = "2"
_BOLD: Final = "1"

Paint = Callable[[str, str], str]


def render(report: Report, *, colour: bool = False, every: bool = False, width: int = _WIDTH) -> str:
    """The whole report as text that ends with a line end.

    ``colour`` adds terminal colours (ECMA-48, section 8.3.117); ``every`` shows the diagnostics that are corrected, known
    or suppressed, which else are only counted; ``width`` is how many columns an excerpt may take.
    """
    paint = _paint if colour else _plain
    documents = {document.path: document for document in report.catalog.documents}
    blocks = [
        "\n".join(_block(report, documents, group, paint, width))
        for group in grouped(one for one in report.diagnostics if every or one.state is State.NEW)
    ]
    return "\n\n".join([*blocks, "\n".join(_last_lines(report, paint))]) + "\n"


def _block(report: Report, documents: Mapping[str, Document], group: Group, paint: Paint, width: int) -> Iterator[str]:
    diagnostic = group.first
    span, severity = diagnostic.span, diagnostic.severity
    place = f"{report.file(span)}:{span.line}:{span.column}:"
    settled = "" if diagnostic.state is State.NEW else f", {_STATES[diagnostic.state]}"
    kind = paint(f"{severity.value}[{diagnostic.rule}]", _COLOURS[severity])
    message = shorten(diagnostic.message, 4 * width)
    places = f", {group.count} places" if group.rest else ""
    yield f"{paint(place, _BOLD)} {kind} {message} ({diagnostic.precision.value}{settled}{places})"
    document = documents.get(span.path)
    if document and 0 < span.line <= len(document.lines):
        line = document.lines[span.line - 1]
        end = span.end_column if span.end_line == span.line else len(line) + 1
        excerpt = cut(line, span.column - 1, end - 1, width)
        number = str(span.line)
        yield f"  {paint(f'{number} │', _DIM)} {excerpt.text}".rstrip()
        margin = paint(f"{' ' * len(number)} │", _DIM)
        note = f" expected {diagnostic.expected}" if diagnostic.expected else ""
        beside = excerpt.indent + 1 + columns(note) <= width
        room = max(width - excerpt.indent - (columns(note) if beside else 0), 1)
        marks = paint("^" * min(excerpt.marks, room) + (note if beside else ""), _COLOURS[severity])
        yield f"  {margin} {' ' * excerpt.indent}{marks}"
        if not beside:
            yield f"  {margin} {paint(shorten(note, width), _COLOURS[severity])}"
    yield from _witnesses(documents, diagnostic, paint, width)
    if group.also:
        yield f"  {group.also_in}"
    if diagnostic.explains:
        named = [f"{one.rule} {shorten(one.message, _SHORT)}" for one in diagnostic.explains[:_NAMED]]
        more = len(diagnostic.explains) - _NAMED
        yield f"  explains: {' · '.join([*named, f'{more} more'] if more > 0 else named)}"
    if diagnostic.hint:
        yield f"  hint: {shorten(diagnostic.hint, 4 * width)}"


def _witnesses(documents: Mapping[str, Document], diagnostic: Diagnostic, paint: Paint, width: int) -> Iterator[str]:
    labels = [_label(documents, diagnostic, one) for one in diagnostic.related]
    numbers = max((len(str(one.span.line)) for one in diagnostic.related), default=0)
    longest = max(map(columns, labels), default=0)
    for label, one in zip(labels, diagnostic.related, strict=True):
        head = f"{label}{' ' * (longest - columns(label))} {one.span.line:>{numbers}} │"
        yield f"   {paint(head, _DIM)} {shorten(one.text, width)}".rstrip()


def _label(documents: Mapping[str, Document], diagnostic: Diagnostic, related: Related) -> str:
    """Whose words a witness's are: its locale, and its product or edition where that is another."""
    document = documents.get(related.span.path)
    if document is None:
        return related.locale
    parts: list[str] = [related.locale]
    if document.product != diagnostic.product:
        parts.append(document.product)
    if (document.product, document.edition) != (diagnostic.product, diagnostic.edition):
        parts.append(document.edition)
    return " ".join(parts)


def _last_lines(report: Report, paint: Paint) -> Iterator[str]:
    account, counts = report.catalog.accounting, report.counts
    yield (
        f"{counted(account.documents, 'document')}, {counted(account.rows, 'row')}, {counted(account.cells, 'cell')}: "
        f"{account.placed} placed, {account.in_problems} in problems"
    )
    for locale, rules in report.without_words:
        yield f"{locale}: the glossary lacks words for {', '.join(rules)}"
    if report.hidden:
        yield f"{report.hidden} of low precision left out; --pedantic shows them"
    yield paint(tally(counts), _BOLD)


def _paint(text: str, colour: str) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m"


def _plain(text: str, _colour: str) -> str:
    return text
