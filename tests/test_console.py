"""What a person is told while a build goes on, and where its time went."""

import io

import pytest

from generator import console, making
from generator.site import Step


class Terminal(io.StringIO):
    """A stream that a person looks at."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, which stands still until it is set."""
    now = [0.0]
    monkeypatch.setattr("generator.console.time.monotonic", lambda: now[0])
    return now


def test_of_a_short_build_nothing_is_told(clock: list[float]) -> None:
    for stream in (io.StringIO(), Terminal()):
        clock[0] = 0.0
        progress = console.Progress(stream)
        clock[0] = 1.9
        progress("pages", 0, 0)
        progress("pages", 1, 2)
        progress.end()
        assert stream.getvalue() == ""


def test_a_log_gets_a_line_for_each_part(clock: list[float]) -> None:
    stream = io.StringIO()
    progress = console.Progress(stream)
    clock[0] = 2.1
    progress("check", 0, 0)
    progress("pages", 0, 0)
    progress("pages", 1, 2)
    progress.end()
    assert stream.getvalue() == "checking them, with MkDocs at work on the frames …\nwriting the pages …\n"


def test_a_terminal_gets_one_line_that_is_gone_in_the_end(clock: list[float]) -> None:
    stream = Terminal()
    progress = console.Progress(stream)
    clock[0] = 2.1
    progress("pages", 0, 0)
    progress("pages", 1, 2)
    progress.end()
    shown = stream.getvalue().split("\r\033[K")
    assert shown[1] == "writing the pages …"
    assert shown[2] == f"writing the pages … {'█' * 15}{'·' * 15} 1 of 2"
    assert shown[-1] == ""
    assert "\n" not in stream.getvalue()


def test_a_part_is_a_line_of_the_timings() -> None:
    made = making.Made(
        "site", 1, (), 1, 1, 1, (), 1, 1, 1, {}, 0, 0, None, (), (), (Step("pages", 1.234), Step("site", 12))
    )
    assert console.timings(made) == "pages            1.23 s\nsite            12.00 s\n"


@pytest.mark.parametrize(
    ("changed", "remade", "said"),
    [
        (False, (), "nothing has changed"),
        (True, ("a", "b"), "all made anew"),
        (True, ("a",), "1 of 2 products made anew"),
        (True, (), "0 of 2 products made anew"),
    ],
)
def test_how_much_was_made_is_told(changed: bool, remade: tuple[str, ...], said: str) -> None:
    made = making.Made("site", 1, (), 1, 1, 2, (), 1, 1, 1, {}, 0, 0, None, (), remade, changed=changed)  # type: ignore[arg-type]  # names of products are texts
    assert console._remade(made) == said
