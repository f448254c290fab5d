"""One writer at a time where locks are Windows': its module stands in here for what that system says."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from intouch.locking import alone_in, hold


def windows(monkeypatch: pytest.MonkeyPatch, *answers: int) -> None:
    """Answer each request for a lock with the next error number; 0 gives the lock."""
    left = iter(answers)

    def locking(_descriptor: int, _mode: int, _count: int) -> None:
        if answer := next(left):
            raise OSError(answer, os.strerror(answer))

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(locking=locking, LK_LOCK=1, LK_NBLCK=2))


def test_whoever_waits_longer_than_windows_does_still_gets_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    windows(monkeypatch, errno.EDEADLK, errno.EDEADLK, 0)
    with alone_in(tmp_path):
        assert [entry.name for entry in tmp_path.iterdir()] == [".intouch.lock"]
    assert not list(tmp_path.iterdir())


def test_no_lock_file_stays_where_the_work_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    windows(monkeypatch, 0)
    with pytest.raises(LookupError), alone_in(tmp_path):
        raise LookupError
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("answer", "alone"), [(0, True), (errno.EACCES, False), (errno.EINVAL, True)])
def test_where_nothing_can_be_locked_everybody_is_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: int, *, alone: bool
) -> None:
    with (tmp_path / "held").open("w+b") as file:
        windows(monkeypatch, answer)
        assert hold(file.fileno()) is alone
