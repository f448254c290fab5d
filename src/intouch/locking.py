"""One writer at a time in a folder, and a private file that is replaced there as a whole."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Wait until nobody else writes in a folder, and keep others waiting. The lock dies with its process.

    Raises:
        OSError: when there is no such folder.
    """
    if sys.platform == "win32":
        path = folder / ".intouch.lock"
        try:
            with path.open("a+b") as file:
                _wait_for(file.fileno())
                yield
        finally:
            with suppress(OSError):  # another writer has it open already
                path.unlink()
    else:
        import fcntl

        opened = os.open(folder, os.O_RDONLY)
        try:
            with suppress(OSError):  # some network file systems lock no folders
                fcntl.flock(opened, fcntl.LOCK_EX)
            yield
        finally:
            os.close(opened)


def _wait_for(descriptor: int) -> None:
    """Wait for an open file on Windows, which itself gives up after ten seconds."""
    if sys.platform == "win32":
        import msvcrt

        while True:
            try:
                msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
            except OSError as problem:
                if problem.errno == errno.EDEADLK:
                    continue
            return  # also where a network file system locks no files


def replace_private(path: Path, content: bytes) -> None:
    """Give a file that only this user can read its content, in one step; what killed ones left goes.

    Raises:
        OSError: when the machine refuses; the file is as it was.
    """
    with alone_in(path.parent):
        for left in path.parent.glob(f"{path.name}.*"):  # by whoever was killed
            left.unlink(missing_ok=True)
        staged = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            descriptor = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            staged.replace(path)
        except OSError:
            with suppress(OSError):
                staged.unlink(missing_ok=True)
            raise


def hold(descriptor: int) -> bool:
    """Take an open file for this program until it is closed; tells whether nobody else had it.

    Where the file system knows no locks, everybody is told that they are alone.
    """
    if sys.platform == "win32":
        import msvcrt

        os.lseek(descriptor, 1 << 30, os.SEEK_SET)  # far behind its content, which others may read
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        except OSError:
            return True
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
