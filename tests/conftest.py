"""What all tests share: one command that writes expectations anew, ``pytest --regenerate``."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from generator import glossary, labels, layout

# How long an example takes says more of the machine's other work than of the code; times are for benchmarks.
settings.register_profile("codeglot", deadline=None)
settings.load_profile("codeglot")

ROOT = Path(__file__).parent.parent
SOURCE_DOCS = ROOT / "source_docs"
CASES = Path(__file__).parent / "cases"

Expect = Callable[[Path, str], None]


@pytest.fixture(scope="session", autouse=True)
def _own_words_are_read_once() -> Iterator[None]:
    """Every load reads Codeglot's own glossary and every page its own labels: long files, that thousands may share."""
    brought, templates = layout.glossary(), layout.templates()
    read_glossary, read_labels = glossary.read, labels.read
    glossary_once, labels_once = cache(read_glossary), cache(read_labels)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(glossary, "read", lambda path: glossary_once(path) if path == brought else read_glossary(path))
        patch.setattr(
            labels,
            "read",
            lambda folder, locale, source=None: (
                labels_once(folder, locale)
                if folder == templates and not (source and (source / labels.FOLDER).exists())
                else read_labels(folder, locale, source)
            ),
        )
        yield


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
