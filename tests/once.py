"""What many tests ask of the same documents, worked out once in a process.

Only for folders that no test writes to: the cases and the originals. What comes out is frozen, so that it may be shared.
"""

from functools import cache
from pathlib import Path

from generator import pipeline
from generator.diagnostics import Diagnostic
from generator.pipeline import Loaded
from generator.reports import Report


@cache
def loaded(folder: Path) -> Loaded:
    return pipeline.load(folder)


@cache
def checked(folder: Path) -> tuple[Diagnostic, ...]:
    return pipeline.check(loaded(folder))


def made(folder: Path, source: str = "") -> Report:
    return Report(loaded(folder).written, checked(folder), source)
