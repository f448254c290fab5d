"""The built site on disk: replaced as a whole or not at all, and only where its bytes differ."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from intouch.locking import alone_in
from intouch.memo import Key, Memo, digest
from intouch.website import Website

MARKER = ".intouch-site"
"""Says that a directory is ours, and which files in it are."""

_SAYS = "This folder is written by `intouch build`; the files below are replaced by the next build."
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
    site: Mapping[str, bytes], output: Path, *, notebook: Path, memo: Memo | None = None
) -> Written:
    """Make `output` hold exactly `site`.

    A whole new tree is staged beside the old one, with unchanged files shared, and then takes its place
    in one step (where the system can exchange two folders; elsewhere in two). Nobody ever sees half of a
    site, and a build that is killed leaves the old one. When no byte differs, nothing is touched.

    Args:
        site: what it is to hold.
        output: the directory; made when absent.
        notebook: the project, so that no build can ever overwrite it.
        memo: what the last build wrote, so that files nobody has touched since need not be read.

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
            return _put(site if isinstance(site, Website) else Website(site), target, memo or Memo())
    except OSError as problem:
        what = problem.strerror or str(problem)
        raise DiskError(f"'{output}' cannot be written: {what}", _remedy(problem)) from problem


def _put(site: Website, target: Path, memo: Memo) -> Written:
    ours = _ours(target)
    seen = Seen(target, memo)
    unchanged, written = _compare(site, target, ours, seen)
    if written.created or written.changed or written.removed or not (target / MARKER).is_file():
        _replace(site, target, unchanged)
    seen.keep(site)
    return written


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
        listing = marker.read_text(encoding="utf-8", errors="replace")
        ours = frozenset(listing.split("\n")[2:]) - {""}
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


class Seen:
    """What the files of an output looked like when they were last known to hold what they should."""

    def __init__(self, target: Path, memo: Memo) -> None:
        self._target = str(target)
        self._shelf = memo.shelf("output", tuple[Look, ...])
        self._key = digest(self._target)
        self._looks = {name: (key, state) for name, key, state in self._shelf.get(self._key) or ()}

    def holds(self, name: str, wanted: Key) -> bool:
        """Whether a file has the wanted content; it is read only where its size or its time is another."""
        path = f"{self._target}/{name}"
        state = _state(path)
        if state is None:
            return False
        key, known = self._looks.get(name, (b"", None))
        if state != known:
            key = digest(Path(path).read_bytes())
        return key == wanted

    def keep(self, site: Website) -> None:
        """Look at every file of the output, now that it holds the site."""
        looks = ((name, site.digest_of(name), _state(f"{self._target}/{name}")) for name in site)
        self._shelf.put(self._key, tuple(looks))


State = tuple[int, int]
Look = tuple[str, Key, State | None]
"""A file's path, a digest of its bytes, and its size and time."""


def _state(path: str) -> State | None:
    """Size and time of a file; None for what is none."""
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return (status.st_size, status.st_mtime_ns) if stat.S_ISREG(status.st_mode) else None


def _compare(site: Website, target: Path, ours: frozenset[str], seen: Seen) -> tuple[frozenset[str], Written]:
    """Which files hold already what they should, and how many others there are."""
    there = [name for name in site if name in ours and _state(f"{target}/{name}") is not None]
    unchanged = frozenset(name for name in there if seen.holds(name, site.digest_of(name)))
    changed = len(there) - len(unchanged)
    return unchanged, Written(len(site) - len(there), changed, len(unchanged), len(ours - set(site)))


def _replace(site: Website, target: Path, unchanged: frozenset[str]) -> None:
    """Stage the new tree and let it take the old one's place."""
    staged = _beside(target, "new")
    listing = "\n".join([_SAYS, "", *site, ""]).encode()
    try:
        # The marker comes first and goes last: what a kill leaves can be told from somebody's folder.
        staged.mkdir()
        if not (_holds(target / MARKER, listing) and _share(target / MARKER, staged / MARKER)):
            (staged / MARKER).write_bytes(listing)
        for folder in sorted({name.rpartition("/")[0] for name in site}):
            (staged / folder).mkdir(parents=True, exist_ok=True)
        shared = {name for name in unchanged if _share(target / name, staged / name)}
        for name, content in site.some([name for name in site if name not in shared]):
            # Not flushed to the disk one by one: after a power cut the next build sees what differs.
            (staged / name).write_bytes(content)
        _swap(staged, target)
    finally:
        with suppress(OSError):
            _discard(staged)


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and not path.is_symlink() and path.read_bytes() == content


def _share(old: Path, new: Path) -> bool:
    """Let a file that stays as it is stand in both trees; where the system cannot do that, it is written."""
    try:
        os.link(old, new, follow_symlinks=False)
    except (OSError, NotImplementedError):
        return False
    return True


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
