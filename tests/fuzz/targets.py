"""All fuzz targets: functions of bytes that raise where something does not hold, each bounded in time.

``run.py`` feeds them with a coverage-guided fuzzer, ``tests/test_fuzz.py`` with what was found and a few random inputs.
"""

import time
from collections.abc import Callable
from typing import Final

from msgspec import Struct

from tests.fuzz import publishing, reading, settings, trips


class Target(Struct, frozen=True):
    """One fuzz target."""

    run: Callable[[bytes], None]
    tokens: str
    """Which tokens of :mod:`tests.fuzz.mutate` reach deep code."""
    seconds: float
    """Processor time that an input of up to 8 KB may take, uninstrumented."""
    most: int = 8192
    """Longest input that is tried, in bytes."""


TARGETS: Final = {
    "document": Target(reading.document, "document", 2),
    "row": Target(reading.row, "document", 0.5, 4096),
    "inline": Target(reading.inline, "document", 1, 4096),
    "code": Target(reading.code, "document", 0.5, 512),
    "question": Target(reading.question, "text", 3, 4096),
    "index": Target(reading.index, "document", 3, 4096),
    "trip": Target(trips.trip, "document", 4),
    "catalog": Target(trips.catalog, "bytes", 4, 4096),
    "report": Target(publishing.report, "document", 6, 8192),
    "site": Target(publishing.site, "document", 10, 6144),
    "settings": Target(settings.settings, "toml", 2, 4096),
}

SLOWED: Final = 4
"""By how much instrumentation may slow an input down."""


def run(name: str, data: bytes, slowed: float = 1) -> float:
    """Try one input; returns the seconds it took, raises AssertionError where a property fails or it took too long."""
    target = TARGETS[name]
    start = time.process_time()
    target.run(data)
    took = time.process_time() - start
    most = target.seconds * slowed * max(1, len(data) / 8192)
    assert took <= most, f"{name}: {len(data)} bytes took {took:.1f} s of at most {most:.1f}"
    return took
