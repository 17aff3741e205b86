"""Stretches of a source, compared and cut out."""

from collections.abc import Sequence

from generator.model import SourceSpan


def begin(span: SourceSpan) -> tuple[int, int]:
    """Line and column of the first character."""
    return (span.line, span.column)


def end(span: SourceSpan) -> tuple[int, int]:
    """Line and column after the last character."""
    return (span.end_line, span.end_column)


def between(lines: Sequence[str], start: tuple[int, int], stop: tuple[int, int]) -> str:
    """What stands from one place up to another, as written."""
    rows = list(lines[start[0] - 1 : stop[0]])
    if not rows:
        return ""
    rows[-1] = rows[-1][: stop[1] - 1]
    rows[0] = rows[0][start[1] - 1 :]
    return "\n".join(rows)


def shared(first: SourceSpan, second: SourceSpan) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Where two stretches of one source overlap; ``None`` where they do not."""
    if first.path != second.path:
        return None
    start, stop = max(begin(first), begin(second)), min(end(first), end(second))
    return (start, stop) if start < stop else None
