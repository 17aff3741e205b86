"""Work spread over the processors: forked processes that share what was read before them."""

import gc
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from functools import cache
from multiprocessing.connection import Connection, wait
from typing import Any, Final, Generic, TypeVar

from generator.errors import CodeglotError

FEW: Final = 2
"""Pieces of work that one process does sooner than several: one that is forked copies every page of memory it looks at."""

C = TypeVar("C")
T = TypeVar("T")


class Crew(Generic[C]):
    """Processes that hold one value, what they were hired with, and apply functions to it."""

    def __init__(self, value: C, pool: ProcessPoolExecutor | None) -> None:
        self._value = value
        self._pool = pool

    def each(self, work: Callable[[C, Any], T], items: Sequence[Any]) -> Iterator[T]:
        """What ``work``, a function of a module, makes of the value and each item, in the order of the items.

        Items and results cross from process to process, so they ought to be small. Raises what ``work`` raises, and
        CodeglotError where the system ended a process.
        """
        if self._pool is None:
            return (work(self._value, item) for item in items)
        return _results([self._pool.submit(_apply, work, item) for item in items])


@contextmanager
def hired(value: C, most: int | None = None) -> Iterator[Crew[C]]:
    """A crew for ``value`` of ``most`` processes, by default :func:`jobs`; the calling process itself where that is one.

    The processes see ``value`` as it was when they were hired; what they do to it is lost. They end with the block, and
    where the program that hired them is killed.
    """
    count = jobs() if most is None else most
    if count < 2 or not _may_fork():
        yield Crew(value, None)
        return
    _Hired.value = value
    # So that no page of memory is copied because a collector looked at it.
    gc.freeze()
    pool = ProcessPoolExecutor(count, multiprocessing.get_context("fork"), _begin)
    try:
        yield Crew(value, pool)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        gc.unfreeze()
        _Hired.value = None


@contextmanager
def beside(work: Callable[[C], T], value: C, *, fork: bool = True) -> Iterator[Callable[[], T]]:
    """Have one forked process do ``work``, a function of a module, meanwhile; what is given waits for its result.

    Where there is one processor, or without ``fork``, the work is done when its result is asked for: a process that has
    much in its memory takes longer to be forked, and to write to that memory afterwards, than little work takes. The
    result raises as that of :meth:`Crew.each`; one that nobody asks for is given up at the end of the block.
    """
    if not fork or not idle():
        yield cache(lambda: work(value))
        return
    forked = multiprocessing.get_context("fork")
    ours, theirs = forked.Pipe(duplex=False)
    process = forked.Process(target=_answer, args=(theirs, work, value), daemon=True)
    process.start()
    theirs.close()
    try:
        yield cache(lambda: _answered(ours))
    finally:
        ours.close()
        process.kill()
        process.join()


class Turns:
    """So many turns that forked processes take between them."""

    def __init__(self, count: int) -> None:
        self._left, given = os.pipe()
        try:
            os.write(given, b"." * count)
        finally:
            os.close(given)

    def take(self) -> bool:
        """Take one; whether there was one left."""
        return bool(os.read(self._left, 1))

    def close(self) -> None:
        """Give up what is left, in this process."""
        os.close(self._left)


def idle() -> bool:
    """Whether work can be done beside this process, on a processor that has nothing to do."""
    return jobs() > 1 and _may_fork()


def _may_fork() -> bool:
    """Only a process that is forked shares what was read, and none can be forked safely while other threads are at work."""
    return sys.platform not in {"win32", "darwin"} and threading.active_count() == 1


def jobs() -> int:
    """How many processes work side by side: ``CODEGLOT_JOBS``, else as many as there are processors to be had."""
    told = os.environ.get("CODEGLOT_JOBS", "")
    if told:
        if not told.isdecimal() or not 0 < int(told) <= 256:
            raise CodeglotError(f"CODEGLOT_JOBS is {told!r}, which is no number of processes", hint="for example 2")
        return int(told)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _results(waiting: "Sequence[Future[T]]") -> Iterator[T]:
    try:
        for one in waiting:
            yield one.result()
    except BrokenProcessPool as error:
        raise _ended() from error
    finally:
        for one in waiting:
            one.cancel()


def _ended() -> CodeglotError:
    return CodeglotError(
        "a process of this build was ended from outside",
        hint="a system short of memory does that; build again, with CODEGLOT_JOBS=1 to need less of it",
    )


def _answer(connection: Connection, work: Callable[[C], T], value: C) -> None:
    """Do ``work`` and send what it gives, or raises."""
    _begin()
    try:
        answer: tuple[bool, object] = True, work(value)
    except KeyboardInterrupt:
        return
    except Exception as error:  # noqa: BLE001 - whoever asked for the result decides
        answer = False, error
    # Nobody may be left who asks.
    with suppress(OSError):
        connection.send(answer)


def _answered(connection: Connection) -> Any:
    try:
        done, answer = connection.recv()
    except EOFError as error:
        raise _ended() from error
    if not done:
        raise answer
    return answer


class _Hired:
    value: Any = None


def _apply(work: Callable[[Any, Any], T], item: Any) -> T:
    return work(_Hired.value, item)


def _begin() -> None:
    """Have the process end with the one that forked it, even where that one was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def _follow(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
