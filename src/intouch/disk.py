"""The built site on disk: replaced as a whole or not at all, and only where its bytes differ."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from intouch.locking import alone_in

MARKER = ".intouch-site"
"""Says that a directory is ours, and which files in it are."""

_SAYS = "This folder is written by `intouch build`; the files below are replaced by the next build."
_HASHED = "sha256:"
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


@dataclass(frozen=True, slots=True)
class Written:
    """How many files a build made, changed, left as they were, and took away."""

    created: int
    changed: int
    unchanged: int
    removed: int


def write_site(
    site: Mapping[str, bytes], output: Path, *, notebook: Path, secret: Collection[str] = ()
) -> Written:
    """Make `output` hold exactly `site`.

    A whole new tree is staged beside the old one, with unchanged files shared, and then takes its place
    in one step (where the system can exchange two folders; elsewhere in two). Nobody ever sees half of a
    site, and a build that is killed leaves the old one. When no byte differs, nothing is touched.

    Args:
        site: path with `/` → content.
        output: the directory; made when absent.
        notebook: the project, so that no build can ever overwrite it.
        secret: names that the listing in the folder must not tell: it holds their hashes.

    Raises:
        DiskError: when the directory is not ours, or the machine refuses.
    """
    # Not resolved: a link in the output's place must be seen as one.
    target = Path.cwd() / output
    _refuse_notebook(target, notebook)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with alone_in(target.parent):
            _tidy(target)
            ours = _ours(target)
            written = _compare(site, target, ours)
            if written.created or written.changed or written.removed or not (target / MARKER).is_file():
                _replace(site, target, secret)
            return written
    except OSError as problem:
        what = problem.strerror or str(problem)
        raise DiskError(f"'{output}' cannot be written: {what}", _remedy(problem)) from problem


def _remedy(problem: OSError) -> str:
    if problem.errno == errno.ENOSPC:
        return "The disk is full. What was built before is untouched; make room and build again."
    if problem.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return "What was built before is untouched; check the folder's permissions, or name another --output."
    return "What was built before is untouched."


def _refuse_notebook(target: Path, notebook: Path) -> None:
    root = notebook.resolve()
    real = target.resolve()
    kept = [root / name for name in ("contacts", "site_templates", ".git", "intouch.toml")]
    if root.is_relative_to(real) or any(real.is_relative_to(folder) for folder in kept):
        raise DiskError(f"'{target}' holds the notebook itself", "Name another folder with --output.")


def _ours(target: Path) -> frozenset[str]:
    """The files of the last build; refuses a directory that somebody else made."""
    if target.is_symlink():
        raise DiskError(f"'{target}' is a link", "Remove the link, or name the folder itself with --output.")
    if not target.exists():
        return frozenset()
    if not target.is_dir():
        raise DiskError(f"'{target}' is a file", "Name another folder with --output.")
    marker = target / MARKER
    if marker.is_file() and not marker.is_symlink():
        told = marker.read_text(encoding="utf-8", errors="replace")
        listed = frozenset(told.split("\n")[2:]) - {""}
        ours = listed | {name for name in _files(target) if _told(name, secret=True) in listed}
    elif any(target.iterdir()):
        remedy = "Name an empty or new folder with --output; nothing in this one was touched."
        raise DiskError(f"'{target}' was not made by intouch", remedy)
    else:
        return frozenset()
    foreign = sorted(name for name in _files(target) if name not in ours and name != MARKER)
    if foreign:
        message = f"'{target}' holds files that intouch did not write: {', '.join(foreign[:3])}"
        raise DiskError(message, "Move them elsewhere and build again; the folder is replaced as a whole.")
    return ours


def _files(folder: Path) -> Iterator[str]:
    """Every file below a folder, links included and never followed, as paths with `/`."""
    for parent, folders, names in os.walk(folder):
        links = [name for name in folders if (Path(parent) / name).is_symlink()]
        for name in (*names, *links):
            yield (Path(parent) / name).relative_to(folder).as_posix()


def _compare(site: Mapping[str, bytes], target: Path, ours: frozenset[str]) -> Written:
    created = changed = unchanged = 0
    for name, content in site.items():
        path = target / name
        if name not in ours or path.is_symlink() or not path.is_file():
            created += 1
        elif path.read_bytes() == content:
            unchanged += 1
        else:
            changed += 1
    gone = [name for name in ours - site.keys() if not name.startswith(_HASHED)]
    return Written(created, changed, unchanged, len(gone))


def _told(name: str, *, secret: bool) -> str:
    """How the listing tells a file's name."""
    return f"{_HASHED}{sha256(name.encode()).hexdigest()}" if secret else name


def listing(site: Mapping[str, bytes], secret: Collection[str] = ()) -> bytes:
    """What the marker says: which files in the folder are ours."""
    told = sorted(_told(name, secret=name in secret) for name in site)
    return "\n".join([_SAYS, "", *told, ""]).encode()


def _replace(site: Mapping[str, bytes], target: Path, secret: Collection[str]) -> None:
    """Stage the new tree and let it take the old one's place."""
    staged = _beside(target, "new")
    try:
        # The marker comes first and goes last: what a kill leaves can be told from somebody's folder.
        _put(staged / MARKER, listing(site, secret), target / MARKER)
        for name, content in site.items():
            _put(staged / name, content, target / name)
        _swap(staged, target)
    finally:
        with suppress(OSError):
            _discard(staged)


def _put(path: Path, content: bytes, old: Path) -> None:
    """Write a file, or share the old one where its bytes are the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not old.is_symlink() and old.is_file() and old.read_bytes() == content:
        with suppress(OSError):
            os.link(old, path)
            return
    # Not flushed to the disk one by one: after a power cut the next build sees what differs.
    path.write_bytes(content)


def _swap(staged: Path, target: Path) -> None:
    """Put the staged tree in the target's place."""
    if not target.exists():
        staged.rename(target)
        return
    if _exchange(staged, target):
        return
    # Two renames; a kill between them is mended by `_tidy` at the next build.
    old = _beside(target, "old")
    target.rename(old)
    try:
        staged.rename(target)
    except OSError:
        old.rename(target)
        raise
    with suppress(OSError):
        _discard(old)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, where the system can."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    a, b = os.fsencode(one), os.fsencode(other)
    return bool(rename(_AT_WORK_DIRECTORY, a, _AT_WORK_DIRECTORY, b, _EXCHANGE) == 0)


def _beside(target: Path, what: str) -> Path:
    return target.with_name(f".{target.name}.{what}")


def _tidy(target: Path) -> None:
    """Finish what a killed build left: a staged tree goes, an old one whose place is empty comes back."""
    old, new = _beside(target, "old"), _beside(target, "new")
    for leftover in (old, new):
        if os.path.lexists(leftover) and not _is_leftover(leftover):
            raise DiskError(f"'{leftover}' is in the way", "Rename it, or name another folder with --output.")
    if old.is_dir() and not target.exists():
        old.rename(target)
    for leftover in (old, new):
        if leftover.is_dir():
            _discard(leftover)


def _is_leftover(path: Path) -> bool:
    """Whether a build made this folder; anything else is somebody's own."""
    if path.is_symlink() or not path.is_dir():
        return False
    return (path / MARKER).is_file() or not any(path.iterdir())


def _discard(folder: Path) -> None:
    """Remove a folder of ours, its marker last."""
    if not folder.exists():
        return
    for child in folder.iterdir():
        if child.is_dir() and not child.is_symlink():
            shutil.rmtree(child)
        elif child.name != MARKER:
            child.unlink()
    shutil.rmtree(folder)


def foreign_to(site: Mapping[str, bytes], output: Path, secret: Collection[str] = ()) -> list[str]:
    """Every file of a written site that is not exactly as it was to be: a regular one, with these bytes.

    Raises:
        DiskError: when the machine refuses.
    """
    meant = {**site, MARKER: listing(site, secret)}
    target = Path.cwd() / output
    try:
        there = set(_files(target))
        wrong = [
            name
            for name in there & meant.keys()
            if (target / name).is_symlink()
            or not (target / name).is_file()
            or (target / name).read_bytes() != meant[name]
        ]
    except OSError as problem:
        raise DiskError(f"'{output}' cannot be read: {problem.strerror or problem}") from problem
    return sorted([*wrong, *(there ^ meant.keys())])


def remove_site(output: Path) -> None:
    """Remove a written site, whatever is in it.

    Raises:
        DiskError: when the machine refuses.
    """
    try:
        shutil.rmtree(Path.cwd() / output)
    except OSError as problem:
        raise DiskError(f"'{output}' cannot be removed: {problem.strerror or problem}") from problem
