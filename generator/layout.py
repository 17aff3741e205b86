"""Where things lie: the sources, what is made from them, and what Codeglot itself brings."""

from pathlib import Path
from typing import Final

from msgspec import Struct

import generator
from generator.errors import CodeglotError

SOURCE: Final = "source_docs"
PARTS: Final = "parts"
"""The folder beside the site for parts of it, as files that end with :data:`SUFFIX`."""
SUFFIX: Final = ".part"


class Layout(Struct, frozen=True):
    """The folders of one run, absolute."""

    source: Path
    """The folder of ``catalog.toml``."""
    docs: Path
    """Where the generated Markdown goes."""
    site: Path
    """Where the built site goes."""
    templates: Path
    mkdocs: Path
    """The ``mkdocs.yml`` whose settings every build takes."""


def find(source: Path, docs: Path | None = None, site: Path | None = None) -> Layout:
    """The folders for ``source``.

    Beside a ``mkdocs.yml`` of its own a source folder's output lies beside both, as in Codeglot's own repository; any
    other source folder keeps what is made from it inside itself, so that no other project is written to.

    Raises CodeglotError where Codeglot's own templates are not to be found, or where one folder would be lost or mixed
    up in another: the site is replaced as a whole, and ``docs`` is all pages.
    """
    package = Path(generator.__file__).resolve().parent
    brought = templates()
    source = source.absolute()
    project = source.resolve().parent
    mkdocs = project / "mkdocs.yml"
    if mkdocs.is_file() and project == package.parent:
        default_docs, default_site = project / "docs", project / "site"
    else:
        mkdocs = next(
            (file for file in (package.parent / "mkdocs.yml", brought / "mkdocs.yml") if file.is_file()), mkdocs
        )
        default_docs, default_site = source / ".codeglot" / "docs", source / "site"
    found = Layout(
        source=source,
        docs=(docs or default_docs).absolute(),
        site=(site or default_site).absolute(),
        templates=brought,
        mkdocs=mkdocs,
    )
    for inner, outer in (
        (found.docs, found.site),
        (found.site, found.docs),
        (source, found.site),
        (source, found.docs),
    ):
        if inner.resolve().is_relative_to(outer.resolve()):
            raise CodeglotError(f"{inner} lies in {outer}", hint="keep the sources, --docs and --site apart")
    return found


def templates() -> Path:
    """The folder of Codeglot's own templates.

    Raises CodeglotError where they are not to be found.
    """
    package = Path(generator.__file__).resolve().parent
    for folder in (package.parent / "templates", package / "_templates"):
        if folder.is_dir():
            return folder
    raise CodeglotError(f"Codeglot's templates are missing beside {package}", hint="install Codeglot again")


def glossary() -> Path | None:
    """The words for the field that Codeglot brings; ``None`` where they are not installed with it."""
    package = Path(generator.__file__).resolve().parent
    brought = (package.parent / SOURCE / "glossary.toml", package / "_templates" / "glossary.toml")
    return next((path for path in brought if path.is_file()), None)
