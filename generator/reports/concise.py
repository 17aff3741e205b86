"""The report with one line a diagnostic, for editors and ``grep``.

The form is that of the GNU Coding Standards, section 4.4 "Formatting Error Messages" (``file:line:column: message``);
lines and columns count from 1, columns in Unicode code points.
"""

from generator.diagnostics import State
from generator.grouped import grouped
from generator.reports.base import Report
from generator.reports.words import safe_line, tally


def render(report: Report) -> str:
    """The new diagnostics as lines, worst first, then a line that counts."""
    lines = [
        f"{report.file(one.span)}:{one.span.line}:{one.span.column}: "
        f"{one.severity.value}[{one.rule}] {one.message} ({one.precision.value}{places})"
        for group in grouped(one for one in report.diagnostics if one.state is State.NEW)
        for one, places in [(group.first, f", {group.also_in}" if group.also else "")]
    ]
    return "".join(f"{safe_line(line)}\n" for line in [*lines, tally(report.counts)])
