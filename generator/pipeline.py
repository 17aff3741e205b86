"""The program on one screen: load, check, render, build."""

from pathlib import Path

from msgspec import Struct

from generator import config, sources
from generator.assemble import assemble
from generator.config import Settings
from generator.model import Catalog
from generator.parse import parse


class Loaded(Struct, frozen=True):
    """One folder of sources, read."""

    settings: Settings
    written: Catalog
    """The catalog as the sources read."""
    corrected: Catalog
    """The catalog with the errata laid over it; what pages show."""


def load(folder: Path) -> Loaded:
    """Read, parse and join everything that ``folder`` declares.

    Raises CodeglotError where the declarations are wrong or a document cannot be read.
    """
    settings = config.load(folder)
    documents = [parse(source, settings.columns) for source in sources.read(settings)]
    return Loaded(settings, assemble(documents, settings), assemble(documents, settings, settings.errata))
