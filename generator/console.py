"""What the commands say to a person at a terminal."""

import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, TextIO

from generator.layout import Layout
from generator.making import Made, MadePart

_WIDTH = 15

_SILENT: Final = 2
"""Seconds after which a person wants to know what is going on."""
_BAR: Final = 30

_DOING: Final = {
    "look": "looking what has changed",
    "read": "reading the documents",
    "check": "checking them, with MkDocs at work on the frames",
    "plan": "planning the pages",
    "pages": "writing the pages",
    "links": "writing the links in no language",
    "site": "writing search, data and sitemap",
    "mkdocs": "waiting for MkDocs",
    "spare": "getting ready for the next build",
}


def summary(made: Made, layout: Layout) -> str:
    """What a build made, a line a fact."""
    counts = ", ".join(_number(count, kind.value) for kind, count in made.new.items())
    facts = (
        ("documents", f"{made.documents} in {', '.join(made.locales)}"),
        ("rows", str(made.rows)),
        ("codes", f"{made.codes} of {_number(made.products, 'product')}"),
        ("pages", ", ".join(f"{count} {locale}" for locale, count in made.pages)),
        ("links", f"{made.links} in no language"),
        *_permalinks(made),
        *_words(made),
        ("diagnostics", f"new: {counts}; {made.known} known, {made.corrected} corrected by errata"),
        ("built in", f"{made.seconds:.1f} s, {made.size / 1e6:.1f} MB; {_remade(made)}"),
        ("site", f"{_near(Path(made.folder))}{os.sep}"),
        ("to look at it", "make serve" if _is_own(layout) else f"codeglot serve --source {_near(layout.source)}"),
    )
    return "".join(f"{name:<{_WIDTH}}{value}\n" for name, value in facts)


def told_part(made: MadePart) -> str:
    """What a part of the site holds, how large it is and where."""
    pages = _number(made.pages, "page")
    return f"{'part':<{_WIDTH}}{made.selected}: {pages}, {made.size / 1e6:.1f} MB, {_near(Path(made.path))}\n"


def timings(made: Made | MadePart) -> str:
    """Where the time of a build went, a line a part; what is not named is little."""
    return "".join(f"{step.name:<{_WIDTH}}{step.seconds:6.2f} s\n" for step in made.steps)


def _remade(made: Made) -> str:
    """How much of the site an earlier build had made already."""
    if not made.changed:
        return "nothing has changed"
    few = len(made.remade)
    return "all made anew" if few == made.products else f"{few} of {_number(made.products, 'product')} made anew"


def _permalinks(made: Made) -> Iterator[tuple[str, str]]:
    """How the addresses of a build stand to the list of published ones; nothing where no such list is kept."""
    missing = made.unlisted
    if missing is not None:
        yield "permalinks", f"{missing} not listed yet (codeglot permalinks --update)" if missing else "all listed"


def _words(made: Made) -> Iterator[tuple[str, str]]:
    """The locales in which the pages' own words are not all translated."""
    for locale, missing, messages in made.untranslated:
        yield "words", f"{locale}: {missing} of {messages} still in English (codeglot labels {locale})"


class Progress:
    """What a build does, told while it does it: on a terminal as one line that changes, elsewhere a line a part.

    Nothing is told of a build that takes no more than two seconds.
    """

    def __init__(self, stream: TextIO) -> None:
        """Told on ``stream``."""
        self._stream = stream
        self._bar = stream.isatty()
        self._start = time.monotonic()
        self._said = ""

    def __call__(self, name: str, done: int, of: int) -> None:
        """Tell that a part has begun or, of one that has, that so many things of so many are done."""
        if time.monotonic() - self._start < _SILENT or (done and not self._bar):
            return
        doing = f"{_DOING.get(name, name)} …"
        if self._bar:
            drawn = f" {'█' * (_BAR * done // of):·<{_BAR}} {done} of {of}" if done else ""
            self._stream.write(f"\r\033[K{doing}{drawn}")
            self._said = doing
        else:
            self._stream.write(f"{doing}\n")
        self._stream.flush()

    def end(self) -> None:
        """Take the line away again."""
        if self._said:
            self._stream.write("\r\033[K")
            self._stream.flush()


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
