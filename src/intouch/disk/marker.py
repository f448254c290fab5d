"""The marker in a written folder: it says that the folder is ours, and which files in it are."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path, PurePosixPath

MARKER = ".intouch-site"
"""Says that a directory is ours, and which files in it are."""

_SAYS = "This folder is written by `intouch build`; the files below are replaced by the next build."
_HASHED = "sha256:"


def _told(name: str, *, secret: bool) -> str:
    """How the listing tells a file's name."""
    return f"{_HASHED}{sha256(name.encode()).hexdigest()}" if secret else name


def listing(site: Iterable[str], secret: Collection[str] = ()) -> bytes:
    """What the marker says: which files in the folder are ours."""
    told = sorted(_told(name, secret=name in secret) for name in site)
    return "\n".join([_SAYS, "", *told, ""]).encode()


def listed(folder: Path) -> frozenset[str] | None:
    """The files that the folder's marker names, told as they are or by a hash; None where it has none."""
    told = _lines(folder)
    if told is None:
        return None
    plain = frozenset(name for name in told if not name.startswith(_HASHED))
    hashed = told - plain
    if not hashed:
        return plain
    return plain | {name for name in files_in(folder) if _told(name, secret=True) in hashed}


def _lines(folder: Path) -> frozenset[str] | None:
    marker = folder / MARKER
    if not marker.is_file() or marker.is_symlink():
        return None
    return frozenset(marker.read_text(encoding="utf-8", errors="replace").split("\n")[2:]) - {""}


def says(folder: Path, marker: bytes) -> bool:
    """Whether a folder's marker says just this."""
    path = folder / MARKER
    return path.is_file() and not path.is_symlink() and path.read_bytes() == marker


def files_in(folder: Path) -> Iterator[str]:
    """Every file below a folder, links included and never followed, as paths with `/`."""
    waiting = [""]
    while waiting:
        under = waiting.pop()
        with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder / under) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{under}{entry.name}/")
                else:
                    yield f"{under}{entry.name}"


def folders_beyond(site: Iterable[str], folder: Path) -> Iterator[str]:
    """Every folder below a folder that no file of a site lies in, as paths with `/`."""
    needed = {parent.as_posix() for name in site for parent in PurePosixPath(name).parents}
    for parent, folders, _ in os.walk(folder):
        for name in folders:
            path = Path(parent) / name
            below = path.relative_to(folder).as_posix()
            if below not in needed and not path.is_symlink():
                yield below
