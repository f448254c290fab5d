"""One function over many items, on every core where there is enough to do."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar, cast

from intouch.pickling import pickled

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

Item = TypeVar("Item")
Made = TypeVar("Made")

_CHUNK = 100
_MOST_PROCESSES = 8

_job: tuple[Callable[[object], object], Sequence[object], int] | None = None
"""What the processes are to do: they are forked with it, so that nothing is sent to them but numbers."""


def in_parallel(
    function: Callable[[Item], Made], items: Sequence[Item], *, enough: int, chunk: int = _CHUNK
) -> Iterable[Made]:
    """Apply a pure function to every item; the results come in the order of the items.

    Where a system cannot fork (or where threads run, beside which it should not), and for fewer items than
    are `enough`, this process does it alone; the results are the same.

    Args:
        function: its results are sent from process to process, so they must be values.
        items: to be applied to.
        enough: how many of them are worth the start of other processes.
        chunk: how many of them a process takes at once.
    """
    processes = min(_cores(), _MOST_PROCESSES)
    if len(items) < enough or processes < 2 or not _may_fork():  # noqa: PLR2004 - one does not share
        return map(function, items)
    try:
        return _spread(function, items, processes, chunk)
    except (OSError, NotImplementedError):  # no more processes may be had, or nothing to talk to them by
        return map(function, items)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _may_fork() -> bool:
    # The libraries of other systems do not bear it.
    return sys.platform == "linux" and threading.active_count() == 1 and _job is None


def _spread(
    function: Callable[[Item], Made], items: Sequence[Item], processes: int, chunk: int
) -> Iterator[Made]:
    """Start the processes now, so that this one can do something else before it asks for the results."""
    global _job  # noqa: PLW0603 - what a fork inherits must lie somewhere
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    fork = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(processes, mp_context=fork, initializer=_leave_signals)
    _job = (cast("Callable[[object], object]", function), items, chunk)
    try:
        chunks = pool.map(_chunk, range(0, len(items), chunk))
    except OSError:
        for process in multiprocessing.active_children():  # they would wait for work for ever
            process.terminate()
            process.join()
        raise
    finally:
        _job = None
    return _gathered(function, items, pool, chunks)


def _gathered(
    function: Callable[[Item], Made],
    items: Sequence[Item],
    pool: ProcessPoolExecutor,
    chunks: Iterator[bytes],
) -> Iterator[Made]:
    from concurrent.futures.process import BrokenProcessPool

    done = 0
    try:
        for sent in chunks:
            made: list[Made] = pickle.loads(sent)  # noqa: S301 - from a process of our own
            done += len(made)
            yield from made
        pool.shutdown()
    except BrokenProcessPool:  # killed from outside, or out of memory: slower, and no other result
        pool.shutdown(wait=False)
        yield from map(function, items[done:])
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise


def _leave_signals() -> None:
    """Ctrl-C goes to every process of a command; the first one says what is to be said."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _chunk(start: int) -> bytes:
    if _job is None:
        raise RuntimeError("a process was started without its job")
    function, items, chunk = _job
    return pickled([function(item) for item in items[start : start + chunk]])
