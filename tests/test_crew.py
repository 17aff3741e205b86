"""Work beside the process that wants it."""

import os
import signal
from contextlib import closing

import pytest

from generator import crew
from generator.errors import CodeglotError


@pytest.fixture(autouse=True)
def two_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "_may_fork", lambda: True)
    monkeypatch.setenv("CODEGLOT_JOBS", "2")


def _who(value: str) -> tuple[str, int]:
    return value, os.getpid()


def _fails(value: str) -> str:
    raise CodeglotError(f"no {value}", hint="try another")


def _dies(value: str) -> str:
    os.kill(os.getpid(), signal.SIGKILL)
    return value


def test_what_is_done_beside_is_done_by_another_process() -> None:
    with crew.beside(_who, "folders") as answer:
        assert answer() == answer()
        value, process = answer()
    assert value == "folders"
    assert process != os.getpid()


def test_with_one_processor_it_is_done_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CODEGLOT_JOBS", "1")
    with crew.beside(_who, "folders") as answer:
        assert answer() == ("folders", os.getpid())


def test_an_error_beside_is_one_where_the_result_is_asked_for() -> None:
    with crew.beside(_fails, "folder") as answer, pytest.raises(CodeglotError, match="no folder") as raised:
        answer()
    assert raised.value.hint == "try another"


def test_a_process_that_is_killed_is_told_of() -> None:
    with crew.beside(_dies, "folders") as answer, pytest.raises(CodeglotError, match="ended from outside"):
        answer()


def _takes(turns: crew.Turns) -> int:
    return sum(iter(turns.take, False))


def test_each_turn_is_taken_once() -> None:
    with closing(crew.Turns(1000)) as turns, crew.beside(_takes, turns) as answer:
        assert turns.take()
        own = 1 + _takes(turns)
        assert own + answer() == 1000
        assert not turns.take()


def test_nobody_waits_for_what_is_not_asked_for() -> None:
    with crew.beside(signal.sigwait, {signal.SIGUSR1}):
        pass
