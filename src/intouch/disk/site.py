"""Writing a site: staged beside the old one, what is unchanged shared, and exchanged for it."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from intouch.card_folder import FOLDER as CARDS
from intouch.disk.looks import Seen, state_of
from intouch.disk.marker import MARKER, files_in, folders_beyond, listed, listing, says
from intouch.disk.placing import DiskError, beside, discard, share, swap, tidy
from intouch.disk.spare import Spare, spare_of
from intouch.locking import alone_in
from intouch.memo import Memo
from intouch.project.reading import SETTINGS_FILE
from intouch.theme_folder import FOLDER as THEME
from intouch.website import Website


@dataclass(frozen=True, slots=True)
class Written:
    """How many files a build made, changed, left as they were, and took away."""

    created: int
    changed: int
    unchanged: int
    removed: int


def write_site(
    site: Mapping[str, bytes],
    output: Path,
    *,
    notebook: Path,
    secret: Collection[str] = (),
    memo: Memo | None = None,
) -> Written:
    """Make `output` hold exactly `site`.

    A whole new tree is staged beside the old one, with unchanged files shared, and then takes its place
    in one step (where the system can exchange two folders; elsewhere in two). Nobody ever sees half of a
    site, and a build that is killed leaves the old one. When no byte differs, nothing is touched.

    Args:
        site: what it is to hold.
        output: the directory; made when absent.
        notebook: the project, so that no build can ever overwrite it.
        secret: names that the listing in the folder must not tell: it holds their hashes.
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
            tidy(target)
            whole = site if isinstance(site, Website) else Website(site)
            return _put(whole, target, memo or Memo(), secret)
    except OSError as problem:
        what = problem.strerror or str(problem)
        raise DiskError(f"'{output}' cannot be written: {what}", _remedy(problem)) from problem


def _put(site: Website, target: Path, memo: Memo, secret: Collection[str]) -> Written:
    ours = _ours(target)
    seen = Seen(target, memo)
    unchanged, written = _compare(site, target, ours, seen)
    spare = spare_of(target, memo)
    if written.created or written.changed or written.removed or not (target / MARKER).is_file():
        marker = listing(site, secret)
        if spare is None or not target.is_dir() or not spare.bring_up_to_date(site, unchanged, marker):
            _replace(site, target, unchanged, marker, spare)
        if spare is not None:
            # Whichever tree was replaced is the spare one now.
            spare.settle(seen)
    seen.keep(site, unchanged)
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
    kept = [root / name for name in (CARDS, THEME, ".git", SETTINGS_FILE)]
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
    ours = listed(target)
    if ours is None and any(target.iterdir()):
        remedy = "Name an empty or new folder with --output; nothing in this one was touched."
        raise DiskError(f"'{target}' was not made by intouch", remedy)
    ours = ours or frozenset()
    foreign = sorted(name for name in files_in(target) if name not in ours and name != MARKER)
    if foreign:
        message = f"'{target}' holds files that intouch did not write: {', '.join(foreign[:3])}"
        raise DiskError(message, "Move them elsewhere and build again; the folder is replaced as a whole.")
    return ours


def _compare(site: Website, target: Path, ours: frozenset[str], seen: Seen) -> tuple[frozenset[str], Written]:
    """Which files hold already what they should, and how many others there are."""
    there = [name for name in site if name in ours and state_of(f"{target}/{name}") is not None]
    unchanged = frozenset(name for name in there if seen.holds(name, site.digest_of(name)))
    changed = len(there) - len(unchanged)
    return unchanged, Written(len(site) - len(there), changed, len(unchanged), len(ours - set(site)))


def _replace(
    site: Website, target: Path, unchanged: frozenset[str], marker: bytes, spare: Spare | None
) -> None:
    """Stage the new tree and let it take the old one's place, which is kept to spare."""
    staged = beside(target, "new")
    try:
        # The marker comes first and goes last: what a kill leaves can be told from somebody's folder.
        staged.mkdir()
        if not (says(target, marker) and share(target / MARKER, staged / MARKER)):
            (staged / MARKER).write_bytes(marker)
        for folder in sorted({name.rpartition("/")[0] for name in site}):
            (staged / folder).mkdir(parents=True, exist_ok=True)
        shared = {name for name in unchanged if share(target / name, staged / name)}
        for name, content in site.some([name for name in site if name not in shared]):
            # Not flushed to the disk one by one: after a power cut the next build sees what differs.
            (staged / name).write_bytes(content)
        swap(staged, target)
        if spare is not None:
            spare.keep(staged)
    finally:
        with suppress(OSError):
            discard(staged)


def foreign_to(site: Mapping[str, bytes], output: Path, secret: Collection[str] = ()) -> list[str]:
    """Everything in a written site that is not exactly as it was to be: a regular file, with these bytes.

    A folder that no file needs is told as well: its name alone may say who is in the notebook.

    Raises:
        DiskError: when the machine refuses.
    """
    meant = {**site, MARKER: listing(site, secret)}
    target = Path.cwd() / output
    try:
        there = {*files_in(target), *folders_beyond(meant, target)}
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
