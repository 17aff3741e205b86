"""What the commands say to a person at a terminal."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator import addresses
from generator.diagnostics import Severity, State
from generator.layout import Layout
from generator.pipeline import Outcome

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
    return "".join(
        f"{name:<{_WIDTH}}{value}\n"
        for name, value in (*facts[:5], *_permalinks(outcome), *_words(outcome), *facts[5:])
    )


def _permalinks(outcome: Outcome) -> Iterator[tuple[str, str]]:
    """How the addresses of a build stand to the list of published ones; nothing where no such list is kept."""
    missing = outcome.prepared.unlisted
    if missing is not None:
        yield "permalinks", f"{missing} not listed yet (codeglot permalinks --update)" if missing else "all listed"


def _words(outcome: Outcome) -> Iterator[tuple[str, str]]:
    """The locales in which the pages' own words are not all translated."""
    for locale, missing, messages in outcome.prepared.untranslated:
        yield "words", f"{locale}: {missing} of {messages} still in English (codeglot labels {locale})"


def to_translate(path: Path, left: int) -> str:
    """How much a translator of the site's own words has left to do, and where."""
    if not left:
        return "all of the site's own words are translated\n"
    return f"{_near(path)}: {left} of the site's own words to translate\n"


def published(known: int, new: Sequence[str], lost: Sequence[tuple[str, str]], *, updated: bool) -> str:
    """What the list of published addresses lacks, what of it is lost and why, a line each, and how many there are."""
    lines = [] if updated else [f"+ {address}" for address in new]
    lines += [f"- {address} ({why})" for address, why in lost]
    return "\n".join([*lines, f"{known} listed, {len(new)} {'added' if updated else 'new'}, {len(lost)} lost", ""])


def _is_own(layout: Layout) -> bool:
    return layout.site.parent == layout.mkdocs.parent == Path.cwd()


def _near(path: Path) -> str:
    """A path as the person would type it here."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _number(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
