"""The JSON Schema (draft 2020-12) of everything below ``api/v1/``."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from generator.machine.shapes import CodeFile, CodesFile, IndexFile

REPORT: Final = "DiscrepanciesFile"
"""What the report is called in the schema."""


def whole(url: str, report: Mapping[str, Any]) -> dict[str, Any]:
    """One schema with a definition for every kind of file; ``report`` is that of the report, at ``discrepancies.json``.

    Raises ValueError where two definitions have one name.
    """
    refs, definitions = msgspec.json.schema_components((IndexFile, CodesFile, CodeFile))
    defined: dict[str, Any] = {**definitions}
    for name, one in report["$defs"].items():
        if defined.setdefault(name, one) != one:
            raise ValueError(f"two definitions of the schema are called {name}")
    defined[REPORT] = {"title": REPORT, "$ref": report["$ref"]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": url,
        "title": "Codeglot API",
        "description": "Every JSON file below api/v1/. A field may be added; none is taken away or changes its meaning.",
        "anyOf": [*map(_in_definitions, refs), {"$ref": f"#/$defs/{REPORT}"}],
        "$defs": dict(sorted(defined.items())),
    }


def _in_definitions(ref: Mapping[str, Any]) -> dict[str, Any]:
    return {"$ref": ref["$ref"]}
