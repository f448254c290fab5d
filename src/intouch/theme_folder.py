"""The folder of a theme: where the built-in one lies, and what may be read in one of a notebook's own."""

from __future__ import annotations

import re
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from intouch.diagnostics import Code, Diagnostic, error
from intouch.places import Place

FOLDER = "site_templates"
"""The folder's name in a notebook, and that of the built-in theme."""

_LARGEST = 2_000_000
_NOT_IN_NAMES = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters, and what is left of bytes that are not UTF-8."""


class UnusableError(Exception):
    """A file of a theme that is not used; `diagnostic` says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def builtin_folder() -> Path:
    """The folder of the built-in templates."""
    package = Path(__file__).resolve().parent
    installed = package / FOLDER
    return installed if installed.is_dir() else package.parent.parent / FOLDER


def read_file(folder: Path, name: str) -> bytes | None:
    """What a file of a theme holds; None for a folder.

    Args:
        folder: the theme's.
        name: the file's path in it, with `/`; links are followed within the folder.

    Raises:
        UnusableError: where it leads out of the folder, is no file, is too large, or cannot be read.
    """
    path, place = folder / name, Place(f"{FOLDER}/{name}")
    try:
        problem = _problem(path, place, folder.resolve())
        if problem is None:
            return None if path.is_dir() else path.read_bytes()
    except (OSError, RuntimeError) as bad:  # Python before 3.13 raises the latter for links in a circle
        why = bad.strerror if isinstance(bad, OSError) else "its links lead in a circle"
        message = f"the file cannot be read: {why}"
        problem = error(place, Code.UNREADABLE_FILE, message, "Check its permissions.")
    raise UnusableError(problem)


def no_file(place: Place) -> Diagnostic:
    """What is said of something that stands where a file should."""
    return error(place, Code.UNREADABLE_FILE, "this is no file", "Put a file in its place, or none.")


def _problem(path: Path, place: Place, root: Path) -> Diagnostic | None:
    """What speaks against a file or folder of a theme, before it is read; None for nothing.

    Raises:
        OSError: where it is gone.
        RuntimeError: where it is a link in a circle.
    """
    if _NOT_IN_NAMES.search(place.file):
        return error(place, Code.UNREADABLE_FILE, "its name holds what no address can", "Rename it.")
    if not path.resolve().is_relative_to(root):
        message = f"this link leads out of {FOLDER}"
        return error(place, Code.SYMLINK_OUTSIDE, message, "Copy the file to this place.")
    status = path.stat()
    if not S_ISREG(status.st_mode) and not S_ISDIR(status.st_mode):  # to open a pipe is to wait for ever
        return no_file(place)
    if S_ISREG(status.st_mode) and status.st_size > _LARGEST:
        message = f"the file is larger than {_LARGEST // 1_000_000} MB"
        return error(place, Code.FILE_TOO_LARGE, message, "Use a smaller one.")
    return None
