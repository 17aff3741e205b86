"""What the commands say to a person at a terminal."""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from generator import addresses, meanings
from generator.diagnostics import Severity, State
from generator.layout import Layout
from generator.meanings import CodeMeanings
from generator.model import Catalog, Entry, IntegerCode, Locale, Meaning
from generator.pipeline import Outcome
from generator.resolve import Read, Resolution

_WIDTH = 15


def summary(outcome: Outcome, layout: Layout) -> str:
    """What a build made, a line a fact."""
    catalog, built = outcome.prepared.loaded.corrected, outcome.built
    codes = sum(len({addresses.slug(meaning.code) for meaning in one.meanings}) for one in catalog.products)
    new = [one for one in outcome.prepared.diagnostics if one.state is State.NEW]
    counts = ", ".join(_number(sum(1 for one in new if one.severity is kind), kind.value) for kind in Severity)
    states = Counter(one.state for one in outcome.prepared.diagnostics)
    facts = (
        ("documents", f"{catalog.accounting.documents} in {', '.join(catalog.locales)}"),
        ("rows", str(catalog.accounting.rows)),
        ("codes", f"{codes} of {_number(len(catalog.products), 'product')}"),
        ("pages", ", ".join(f"{count} {locale}" for locale, count in built.pages)),
        ("links", f"{built.links} in no language"),
        ("diagnostics", f"new: {counts}; {states[State.KNOWN]} known, {states[State.CORRECTED]} corrected by errata"),
        ("built in", f"{built.seconds:.1f} s, {built.size / 1e6:.1f} MB"),
        ("site", f"{_near(built.folder)}{os.sep}"),
        ("to look at it", "make serve" if _is_own(layout) else f"codeglot serve --source {_near(layout.source)}"),
    )
    return "".join(f"{name:<{_WIDTH}}{value}\n" for name, value in facts)


def explanation(found: Resolution, catalog: Catalog, locale: Locale) -> str:
    """What was read in a text, and what each code in it means, in ``locale`` where it has words for it."""
    codes = {code.address: code for product in catalog.products for code in meanings.codes(product)}
    blocks = [
        *(_read(read) for read in found.reads),
        *(
            line
            for path in found.codes
            for meaning in codes[path].meanings
            for line in _meaning(catalog, codes[path], meaning, locale)
        ),
    ]
    return "\n".join(blocks) + "\n" if blocks else "No code was found in it.\n"


def _read(read: Read) -> str:
    line = f"read {read.text!r} as {read.kind.value}: {', '.join(read.codes) or 'no known code'}"
    if read.other_base:
        line += f"; in the other base it would be {', '.join(read.other_base)}"
    if read.neighbours:
        line += f"; nearest are {', '.join(read.neighbours)}"
    return line


def _meaning(catalog: Catalog, code: CodeMeanings, meaning: Meaning, locale: Locale) -> Iterator[str]:
    first = meanings.shown(meaning, code.product, locale, catalog.source_locale)
    entry, number = first.entries[0], meaning.code
    value = f" (0x{number.value:x})" if isinstance(number, IntegerCode) and number.value > 0 else ""
    name = f"  {entry.name}" if entry.name else ""
    yield ""
    yield f"{code.product.id} {number.text}{value}{name}"
    notes = []
    if first.retired:
        notes.append(f"retired: last listed in edition {entry.edition}")
    if not first.own:
        notes.append(f"no text in {locale}; this is {entry.locale}")
    yield from (f"  ({note})" for note in notes)
    yield from _fields(entry)
    yield f"  page: /{addresses.prefix(locale, catalog.source_locale)}{code.path}"


def _fields(entry: Entry) -> Iterator[str]:
    for field in entry.said:
        yield f"  {field.column.value.replace('_', ' ')}: {field.plain}"
    for problem in entry.problems:
        yield f"  outside the columns: {problem.text}"


def _is_own(layout: Layout) -> bool:
    return layout.site.parent == layout.mkdocs.parent == Path.cwd()


def _near(path: Path) -> str:
    """A path as the person would type it here."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _number(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
