"""What a shell gives a program and may take away: streams, and signals to end."""

import io
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Final, NoReturn

_SIGNALS: Final = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


class SignalledError(KeyboardInterrupt):
    """The system, or somebody, wants the program to end; as with Ctrl+C, what it has begun is taken away."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


def set_up_streams() -> None:
    """Have all three streams, where the shell closed one too, and take any text on them.

    Error codes come in any script, whatever the terminal's locale says, and a log may hold any bytes.
    """
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        if getattr(sys, name) is None:
            _occupy(number)
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115 - for good
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "backslashreplace"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


def _occupy(number: int) -> None:
    """Put nothing behind a closed stream, so that no file that is opened later gets what is meant for it."""
    try:
        os.fstat(number)
    except OSError:
        nothing = os.open(os.devnull, os.O_RDWR)
        if nothing != number:
            os.dup2(nothing, number)
            os.close(nothing)


def give_up_output() -> None:
    """Let nothing more be written to standard output, not even at the interpreter's exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def leave(code: int) -> NoReturn:
    """End this process with ``code``, with nothing left behind in its streams, and without taking its values apart."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def tell(line: str) -> None:
    """Say a line to the person at the keyboard; that nobody can hear it is no reason to fail."""
    with suppress(OSError):
        print(f"codeglot: {line}", file=sys.stderr, flush=True)


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Have SIGTERM and SIGHUP raise SignalledError, unless they are ignored, as `nohup` wishes, or meant for others."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    taken = [number for number in _SIGNALS if signal.getsignal(number) is signal.SIG_DFL]
    for number in taken:
        signal.signal(number, _end)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)


def _end(number: int, _frame: FrameType | None) -> None:
    raise SignalledError(number)


def exit_code(error: KeyboardInterrupt) -> int:
    """What a shell gives for a program that a signal ended: 128 and the signal's number."""
    return 128 + (error.number if isinstance(error, SignalledError) else signal.SIGINT)
