"""Files written as a whole or not at all, and never over what somebody else has just saved."""

from __future__ import annotations

import errno
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from intouch.locking import alone_in

UNCHANGED = "Nothing was changed."

_STAGED = (".intouch-", ".tmp")
_LEFT_BEHIND = re.compile(r"\.intouch-[a-z0-9_]{8}\.tmp")
"""Names of staged files, as `tempfile` makes them: whoever was killed left one."""


class WriteError(Exception):
    """A file that could not be written; whatever was there is as it was.

    Attributes:
        message: what is wrong.
        remedy: what to do.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class TakenError(WriteError):
    """A name that another file bears already."""


@contextmanager
def alone_writing_in(folder: Path) -> Iterator[None]:
    """Be the only one who writes in a folder; what others left there when they were killed goes.

    Raises:
        OSError: when there is no such folder.
    """
    with alone_in(folder):
        with os.scandir(folder) as entries:
            left = [entry.path for entry in entries if _LEFT_BEHIND.fullmatch(entry.name)]
        for path in left:
            with suppress(OSError):
                os.unlink(path)  # noqa: PTH108 - a name that scandir gave
        yield


def rewrite(path: Path, change: Callable[[bytes], bytes]) -> None:
    """Replace a file by what `change` makes of its bytes.

    The new file takes the old one's place in one step; who reads meanwhile sees the one or the other.

    Raises:
        WriteError: when the machine refuses, or somebody saved the file meanwhile.
    """
    try:
        with alone_writing_in(path.resolve().parent):
            rewrite_alone(path, change)
    except OSError as problem:
        raise _refused(path, problem) from problem


def rewrite_alone(path: Path, change: Callable[[bytes], bytes]) -> None:
    """The same, for whoever is alone in the folder already.

    Raises:
        WriteError: when the machine refuses, or somebody saved the file meanwhile.
    """
    real = path.resolve()
    try:
        before = real.read_bytes()
        after = change(before)
        if not os.access(real, os.W_OK):
            raise WriteError(f"'{path.name}' may not be written", "Check the file's permissions.")
        staged = _staged(real, after)
        try:
            staged.chmod(real.stat().st_mode & 0o7777)
            if real.read_bytes() != before:
                raise WriteError(f"'{path.name}' was saved by somebody else just now", "Try again.")
            staged.replace(real)
        finally:
            staged.unlink(missing_ok=True)
    except OSError as problem:
        raise _refused(path, problem) from problem


def create(path: Path, content: bytes) -> None:
    """Write a new file, and the folders above it.

    Raises:
        TakenError: when there is one of that name.
        WriteError: when the machine refuses.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with alone_writing_in(path.parent):
            create_alone(path, content)
    except OSError as problem:
        raise _refused(path, problem) from problem


def create_alone(path: Path, content: bytes) -> None:
    """The same, for whoever is alone in the folder already.

    Raises:
        TakenError: when there is one of that name.
        WriteError: when the machine refuses.
    """
    try:
        staged = _staged(path, content)
        try:
            staged.chmod(0o666 & ~_umask())
            _take_free_name(staged, path)
        finally:
            staged.unlink(missing_ok=True)
    except FileExistsError as problem:
        raise TakenError(f"'{path.name}' is there already", "It was left as it is.") from problem
    except OSError as problem:
        raise _refused(path, problem) from problem


def _take_free_name(staged: Path, path: Path) -> None:
    """Give a staged file its name, unless that is taken."""
    try:
        os.link(staged, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        content = staged.read_bytes()
        with path.open("xb") as file:
            try:
                file.write(content)
                file.flush()
            except BaseException:
                with suppress(OSError):
                    path.unlink()
                raise


def _staged(path: Path, content: bytes) -> Path:
    """The content on the disk, beside where it will go; its name is one that editors and we overlook."""
    handle, name = tempfile.mkstemp(prefix=_STAGED[0], suffix=_STAGED[1], dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    return Path(name)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _refused(path: Path, problem: OSError) -> WriteError:
    remedy = f"The disk is full. {UNCHANGED}" if problem.errno == errno.ENOSPC else UNCHANGED
    return WriteError(f"'{path}' cannot be written: {problem.strerror or problem}", remedy)
