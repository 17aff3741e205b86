"""A source's text as a document: sections, tables, entries, and a problem for everything that has no place."""

from collections.abc import Mapping

from generator.model import Document, Locale, Problem, ProblemKind, Section, SourceSpan, Table
from generator.parse.blocks import Block, read_blocks
from generator.parse.columns import Words
from generator.parse.entries import Place, read_entries, settle, sketch
from generator.sources import Source


def parse(source: Source, columns: Mapping[Locale, Words]) -> Document:
    """The document that ``source`` holds.

    ``columns`` gives for each locale the header words declared in ``catalog.toml``. Nothing in the text makes this
    raise; what cannot be placed is a problem.
    """
    words = columns.get(source.locale, {})
    lines = tuple(source.text.split("\n"))
    if lines and not lines[-1]:
        lines = lines[:-1]
    blocks = read_blocks(source.text, source.path, words)
    problems = [*_unreadable(source, lines), *(problem for block in blocks for problem in block.problems)]
    sections: list[Section] = []
    tables = 0
    sketches = [[sketch(raw, words, block.title, given) for raw, given in block.tables] for block in blocks]
    settle(one for same in sketches for one in same)
    for block, same in zip(blocks, sketches, strict=True):
        place = Place(source.product, source.edition, source.locale, len(sections), lines)
        found = []
        for known in same:
            found.append(read_entries(known, tables, place, words))
            tables += 1
        sections.append(_section(block, len(sections), tuple(found)))
    if not source.text.strip():
        problems.append(Problem(ProblemKind.DOCUMENT_EMPTY, "", SourceSpan(source.path, 1, 1, 1, 1)))
    elif not tables:
        problems.append(Problem(ProblemKind.DOCUMENT_WITHOUT_TABLES, "", SourceSpan(source.path, 1, 1, 1, 1)))
    return Document(
        product=source.product,
        edition=source.edition,
        locale=source.locale,
        path=source.path,
        published=source.published,
        lines=lines,
        sections=tuple(sections),
        problems=tuple(problems),
        has_bom=source.has_bom,
        odd_ends=source.odd_ends,
    )


def _section(block: Block, index: int, tables: tuple[Table, ...]) -> Section:
    return Section(index, block.title, block.level, block.span, tuple(block.prose), tables)


def _unreadable(source: Source, lines: tuple[str, ...]) -> list[Problem]:
    return [
        Problem(
            ProblemKind.BYTES_UNREADABLE,
            lines[number - 1],
            SourceSpan(source.path, number, lines[number - 1].find("\ufffd") + 1, number, len(lines[number - 1]) + 1),
        )
        for number in source.unreadable
        if number <= len(lines)
    ]


__all__ = ["parse"]
