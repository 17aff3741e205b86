"""What all tests share: one command that writes expectations anew, ``pytest --regenerate``."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes says more of the machine's other work than of the code; times are for benchmarks.
settings.register_profile("codeglot", deadline=None)
settings.load_profile("codeglot")

ROOT = Path(__file__).parent.parent
SOURCE_DOCS = ROOT / "source_docs"
CASES = Path(__file__).parent / "cases"

Expect = Callable[[Path, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regenerate",
        action="store_true",
        help="write what the program says now as the expectation; read the difference before you commit it",
    )


@pytest.fixture
def expect(request: pytest.FixtureRequest) -> Expect:
    """Compares a text with an expectation file, or writes the file under ``--regenerate``."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--regenerate"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            return
        assert path.is_file(), f"{path} is missing; pytest --regenerate writes it"
        assert text == path.read_text(encoding="utf-8")

    return compare
