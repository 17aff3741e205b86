"""Which lines have changed since a revision, as Git knows them, and diagnostics put where the change is.

Code hosts show what is reported of a pull request only beside its own lines. A discrepancy between a changed row and one
that has not been touched for years may well have its place at the old one; here it gets the new one, for it is the change
that brought it about.
"""

import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from generator.diagnostics import Diagnostic, Related
from generator.errors import CodeglotError
from generator.model import Catalog, Document, SourceSpan
from generator.rules.base import worst_first

_HUNK: Final = re.compile(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_ESCAPE: Final = re.compile(rb"\\([0-7]{3}|.)")
_LETTERS: Final = dict(zip(b'abtnvfr"\\', b'\a\b\t\n\v\f\r"\\', strict=True))

Lines = Sequence[range] | None
"""The lines of one file that have changed; ``None`` where all have."""


class Changed(Struct, frozen=True):
    """The changed lines below a folder."""

    files: Mapping[str, Lines]
    """By the path of the file, relative to the folder, with forward slashes."""

    def touches(self, span: SourceSpan) -> bool:
        """Whether a line of ``span`` has changed."""
        if span.path not in self.files:
            return False
        ranges = self.files[span.path]
        return ranges is None or any(one.start <= span.end_line and span.line < one.stop for one in ranges)


def since(revision: str, folder: Path) -> Changed:
    """What has changed below ``folder`` since ``revision``, committed or not; a file Git does not know has changed wholly.

    Raises CodeglotError where there is no Git, no repository or no such revision.
    """
    if not folder.is_dir():
        raise CodeglotError("is no folder", path=str(folder))
    _git(folder, "rev-parse", "--show-toplevel")
    known = "" if revision.startswith("-") else f"{revision}^{{commit}}"
    if not known or _run(folder, "rev-parse", "--verify", "--quiet", known).returncode:
        raise CodeglotError(
            f"--changed-since {revision}: there is no such revision",
            hint="fetch it first; a shallow clone has only the newest",
        )
    # Spelled out is whatever a person's settings could turn into another form.
    told = _git(
        folder,
        *("-c", "core.quotePath=false", "diff", "--unified=0", "--inter-hunk-context=0", "--no-color", "--no-ext-diff"),
        *("--no-textconv", "--text", "--find-renames", "--src-prefix=a/", "--dst-prefix=b/", "--relative"),
        *(revision, "--", "."),
    )
    untracked = _git(folder, "ls-files", "--others", "--exclude-standard", "-z", "--", ".")
    files: dict[str, Lines] = dict(changed_lines(told))
    files |= {os.fsdecode(name): None for name in untracked.split(b"\0") if name}
    return Changed(files)


def changed_lines(diff: bytes) -> Mapping[str, Sequence[range]]:
    """The lines that are new in each file of a unified diff without context. What is only taken out has no line."""
    found: dict[str, list[range]] = {}
    path: str | None = None
    body = 0
    for line in diff.split(b"\n"):
        if body and line[:1] in {b"+", b"-"}:
            body -= 1
        elif line.startswith(b"diff --git "):
            path = None
        elif line.startswith(b"+++ "):
            path = _path(line[4:])
        elif (hunk := _HUNK.match(line)) and path is not None:
            gone, first, new = (int(number) if number else 1 for number in (hunk[1], hunk[2], hunk[3]))
            body = gone + new
            found.setdefault(path, [])
            if new:
                found[path].append(range(first, first + new))
        elif hunk:
            body = sum(int(number) if number else 1 for number in (hunk[1], hunk[3]))
    return found


def rerooted(diagnostics: Sequence[Diagnostic], changed: Changed, catalog: Catalog) -> tuple[Diagnostic, ...]:
    """The same diagnostics, worst first; one that only has a witness among what has changed is put there.

    Its old place becomes a witness. Nothing else of it changes, least of all its fingerprint: it is the same discrepancy.
    """
    documents = {document.path: document for document in catalog.documents}
    return tuple(sorted((_rerooted(one, changed, documents) for one in diagnostics), key=worst_first))


def _rerooted(one: Diagnostic, changed: Changed, documents: Mapping[str, Document]) -> Diagnostic:
    old = documents.get(one.span.path)
    if old is None or changed.touches(one.span):
        return one
    found = next(
        (
            index
            for index, other in enumerate(one.related)
            if changed.touches(other.span) and other.span.path in documents
        ),
        None,
    )
    if found is None:
        return one
    witness = one.related[found]
    new = documents[witness.span.path]
    was = Related(one.span, old.locale, _words(old, one.span))
    return msgspec.structs.replace(
        one,
        span=witness.span,
        product=new.product,
        edition=new.edition,
        locale=new.locale,
        # It speaks of the old place.
        message=f"{one.locale} {one.span.line}: {one.message}",
        hint="; ".join(
            part for part in (f"{one.locale} should have {one.expected}" if one.expected else "", one.hint) if part
        ),
        expected="",
        related=(was, *one.related[:found], *one.related[found + 1 :]),
    )


def _words(document: Document, span: SourceSpan) -> str:
    row = next((entry for entry in document.entries if entry.span.line <= span.line <= entry.span.end_line), None)
    if row is not None:
        return row.text
    return " ".join(document.lines[span.line - 1].split()) if 0 < span.line <= len(document.lines) else ""


def _path(name: bytes) -> str | None:
    """The path behind ``+++``; ``None`` for a file that is gone."""
    name = name.rstrip(b"\r")
    # Git ends a name that holds a blank with a tab, and quotes one that holds worse.
    name = _ESCAPE.sub(_escaped, name[1 : name.rindex(b'"')]) if name.startswith(b'"') else name.removesuffix(b"\t")
    return os.fsdecode(name.removeprefix(b"b/")) if name != b"/dev/null" else None


def _escaped(match: re.Match[bytes]) -> bytes:
    word = match[1]
    return bytes([int(word, 8)]) if len(word) == 3 else bytes([_LETTERS.get(word[0], word[0])])


def _git(folder: Path, *arguments: str) -> bytes:
    done = _run(folder, *arguments)
    if done.returncode:
        said = next(_sentences(done.stderr), f"git ended with {done.returncode}")
        raise CodeglotError(f"--changed-since: {said}", path=str(folder))
    return done.stdout


def _run(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    # Git's answers in English, and nothing of the repository touched.
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        return subprocess.run(
            ["git", *arguments], cwd=folder, env=environment, capture_output=True, check=False, stdin=subprocess.DEVNULL
        )
    except OSError as error:
        raise CodeglotError(
            f"--changed-since: git cannot be run: {error.strerror}", hint="install Git, or leave the option out"
        ) from error


def _sentences(said: bytes) -> Iterator[str]:
    for line in said.decode(errors="replace").splitlines():
        if line.strip():
            yield line.strip().removeprefix("fatal: ")
