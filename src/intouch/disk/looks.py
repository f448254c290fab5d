"""What an output's files looked like when they were known to hold what they should: size and time."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection
from pathlib import Path

from intouch.memo import Key, Memo, digest
from intouch.website import Website


class Seen:
    """What the files of an output looked like when they were last known to hold what they should."""

    def __init__(self, target: Path, memo: Memo) -> None:
        self._target = str(target)
        self._shelf = memo.shelf("output", tuple[Look, ...])
        self._key = digest(self._target)
        self._looks = {name: (key, state) for name, key, state in self._shelf.get(self._key) or ()}

    @property
    def names(self) -> frozenset[str]:
        """The files that were there when it was last looked at."""
        return frozenset(self._looks)

    def take_over(self, other: Seen) -> None:
        """Note that these files are now those that stood elsewhere: they came here as they were."""
        self._looks = other._looks
        self._shelf.put(self._key, tuple((name, key, state) for name, (key, state) in self._looks.items()))

    def holds(self, name: str, wanted: Key) -> bool:
        """Whether a file has the wanted content; it is read only where its size or its time is another."""
        path = f"{self._target}/{name}"
        state = state_of(path)
        if state is None:
            return False
        key, known = self._looks.get(name, (b"", None))
        if state != known:
            key = digest(Path(path).read_bytes())
        return key == wanted

    def keep(self, site: Website, unchanged: Collection[str]) -> None:
        """Look at every file of the output, now that it holds the site.

        Args:
            site: what was to be written.
            unchanged: files of it that held what they should before. The others are known by their own
                bytes: a picture that was saved over while the site was made may have come out as another.
        """
        looks: list[Look] = []
        for name in site:
            path = f"{self._target}/{name}"
            key = site.digest_of(name) if name in unchanged else digest(Path(path).read_bytes())
            looks.append((name, key, state_of(path)))
        self._shelf.put(self._key, tuple(looks))


State = tuple[int, int]
Look = tuple[str, Key, State | None]
"""A file's path, a digest of its bytes, and its size and time."""


def state_of(path: str) -> State | None:
    """Size and time of a file; None for what is none."""
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return (status.st_size, status.st_mtime_ns) if stat.S_ISREG(status.st_mode) else None
