"""How well each rule does, as measured: ``measured.json`` beside the rules, read as values."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from generator.errors import CodeglotError

MEASURED_FILE: Final = Path(__file__).parent / "rules" / "measured.json"


class Figures(Struct, frozen=True, forbid_unknown_fields=True):
    """The figures of one rule."""

    planted: int = 0
    """Defects put into documents for it to find."""
    found: int = 0
    false: int = 0
    """Alerts where nothing had been planted."""
    alerts: int = 0
    """What it reports of real documents."""
    read: int = 0
    """So many of these alerts people have read and judged."""
    real: int = 0


class Measurements(Struct, frozen=True, forbid_unknown_fields=True):
    """The figures of all rules that were measured."""

    rules: Mapping[str, Figures] = {}
    documents: int = 0
    """The real documents that were read."""


def read(path: Path = MEASURED_FILE) -> Measurements:
    """What was measured; nothing where there is no such file.

    Raises CodeglotError where it is none that can be read.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=Measurements)
    except FileNotFoundError:
        return Measurements()
    except (OSError, msgspec.MsgspecError) as error:
        raise CodeglotError(f"holds no figures: {error}", path=str(path)) from error
