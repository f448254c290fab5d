"""Many items on every core: the same results in the same order, whatever becomes of the other processes."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import sys
import threading
from functools import partial

import pytest

from intouch.parallel import in_parallel
from intouch.places import Place

FORKS = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems do not fork")


def place(number: int) -> Place:
    return Place(f"{number}.md", number)


def where(_number: int) -> int:
    return os.getpid()


def dies_elsewhere(number: int) -> int:
    if number == 250 and multiprocessing.parent_process() is not None:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def fails(number: int) -> int:
    if number == 250:
        raise LookupError(number)
    return number


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 1_000])
def test_the_results_come_in_order(count: int) -> None:
    assert list(in_parallel(place, range(count), enough=0)) == [place(n) for n in range(count)]


@FORKS
def test_there_are_several_processes_where_there_is_enough_to_do() -> None:
    if len(os.sched_getaffinity(0)) < 2:
        pytest.skip("there is one core")
    assert os.getpid() not in set(in_parallel(where, range(1_000), enough=1_000))
    assert set(in_parallel(where, range(999), enough=1_000)) == {os.getpid()}


def test_beside_threads_nothing_is_forked() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert set(in_parallel(where, range(1_000), enough=0)) == {os.getpid()}
    finally:
        done.set()
        thread.join()


@FORKS
def test_a_process_that_is_killed_costs_only_time() -> None:
    assert list(in_parallel(dies_elsewhere, range(1_000), enough=0)) == list(range(1_000))


@FORKS
@pytest.mark.parametrize("granted", [0, 1])
def test_where_no_more_processes_may_be_had_this_one_does_it_alone(
    granted: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for thread in threading.enumerate():  # of the test before, whose processes it is still ending
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join(10)
    fork, left = os.fork, [None] * granted

    refused: list[int] = []

    def rationed() -> int:
        if not left:
            refused.append(1)
            raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
        left.pop()
        return fork()

    monkeypatch.setattr(os, "fork", rationed)
    assert list(in_parallel(place, range(1_000), enough=0)) == [place(n) for n in range(1_000)]
    assert refused or len(os.sched_getaffinity(0)) < 2
    assert multiprocessing.active_children() == [], "nobody is left to wait for work"


def test_what_goes_wrong_goes_wrong_here() -> None:
    with pytest.raises(LookupError, match="250"):
        list(in_parallel(fails, range(1_000), enough=0))


@FORKS
def test_what_a_process_needs_is_not_sent_to_it() -> None:
    unsendable = threading.Lock()

    def told(lock: object, number: int) -> bool:
        return lock is unsendable and number >= 0

    assert all(in_parallel(partial(told, unsendable), range(300), enough=0))
