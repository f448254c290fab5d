"""Taking another folder's place: in one step where the system can; what a kill left between two is mended."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

from intouch.disk.marker import MARKER

_AT_WORK_DIRECTORY = -100
_EXCHANGE = 2


class DiskError(Exception):
    """The site could not be written; what was there before still is.

    Attributes:
        message: what went wrong, one line.
        remedy: what to do about it; may be empty.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


def share(old: Path, new: Path) -> bool:
    """Let a file that stays as it is stand in both trees; where the system cannot do that, it is written."""
    try:
        os.link(old, new, follow_symlinks=False)
    except (OSError, NotImplementedError):
        return False
    return True


def swap(staged: Path, target: Path) -> None:
    """Put the staged tree in the target's place."""
    if not target.exists():
        staged.rename(target)
        return
    if exchange(staged, target):
        return
    # Two renames; a kill between them is mended by `tidy` at the next build.
    old = beside(target, "old")
    target.rename(old)
    try:
        staged.rename(target)
    except OSError:
        old.rename(target)
        raise
    with suppress(OSError):
        discard(old)


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, where the system can."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    a, b = os.fsencode(one), os.fsencode(other)
    return bool(rename(_AT_WORK_DIRECTORY, a, _AT_WORK_DIRECTORY, b, _EXCHANGE) == 0)


def beside(target: Path, what: str) -> Path:
    """Where a folder waits for its place, or one that had it."""
    return target.with_name(f".{target.name}.{what}")


def tidy(target: Path) -> None:
    """Finish what a killed build left: a staged tree goes, an old one whose place is empty comes back."""
    old, new = beside(target, "old"), beside(target, "new")
    for leftover in (old, new):
        if os.path.lexists(leftover) and not _is_leftover(leftover):
            raise DiskError(f"'{leftover}' is in the way", "Rename it, or name another folder with --output.")
    if old.is_dir() and not target.exists():
        old.rename(target)
    for leftover in (old, new):
        if leftover.is_dir():
            discard(leftover)


def _is_leftover(path: Path) -> bool:
    """Whether a build made this folder; anything else is somebody's own."""
    if path.is_symlink() or not path.is_dir():
        return False
    return (path / MARKER).is_file() or not any(path.iterdir())


def discard(folder: Path) -> None:
    """Remove a folder of ours, its marker last."""
    if not folder.exists():
        return
    for child in folder.iterdir():
        if child.is_dir() and not child.is_symlink():
            shutil.rmtree(child)
        elif child.name != MARKER:
            child.unlink()
    shutil.rmtree(folder)
