"""What each rule has to say of the case that must make it fire: the very expectation that the tests compare."""

from pathlib import Path

import generator


def read(rule: str) -> str:
    """The report of the rule's case ``bad``; empty where there is none or where the cases are not installed."""
    package = Path(generator.__file__).resolve().parent
    for folder in (package.parent / "tests" / "cases" / "rules", package / "_templates" / "cases"):
        path = folder / rule / "bad" / "expected.txt"
        if path.is_file():
            return path.read_text(encoding="utf-8").rstrip("\n")
    return ""
