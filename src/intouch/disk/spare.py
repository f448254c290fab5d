"""The site before last, kept aside: brought up to date file by file, it takes the site's place in one step.

Making and removing a folder for each person takes most of the time of replacing a large site of which one
page has changed. Where the user's cache lies on the disk of the output, the tree that was replaced is kept
there for the next time. It shares files with the site, so none is ever written to: they are taken out and
put in.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from intouch.disk.looks import Seen
from intouch.disk.marker import MARKER, listing, says
from intouch.disk.placing import discard, exchange, share
from intouch.memo import Memo, digest
from intouch.website import Website


class Spare:
    """The tree that is kept aside for one output.

    Attributes:
        folder: where it lies, or would.
    """

    def __init__(self, target: Path, folder: Path, memo: Memo) -> None:
        self._target = target
        self.folder = folder
        self._busy = folder.with_name(f"{folder.name}.busy")
        self._seen = Seen(folder, memo)
        self._holds = True

    def bring_up_to_date(self, site: Website, unchanged: frozenset[str], marker: bytes) -> bool:
        """Make the tree hold a site, and let it take the output's place.

        Args:
            site: what it is to hold.
            unchanged: files of it that the output has already.
            marker: what the output's marker is to say.

        Returns:
            Whether that was done; if not, the output is as it was.
        """
        try:
            if self._bring_up_to_date(site, unchanged, marker):
                return True
        except OSError:  # a cache that cannot be used stops no build
            pass
        self.drop()
        return False

    def _bring_up_to_date(self, site: Website, unchanged: frozenset[str], marker: bytes) -> bool:
        there = self._seen.names
        if self._busy.exists() or not says(self.folder, listing(there)):
            return False
        self._busy.touch()
        have = {name for name in site if name in there and self._seen.holds(name, site.digest_of(name))}
        self._take_out(there - have)
        absent = [name for name in site if name not in have]
        for folder in sorted({name.rpartition("/")[0] for name in absent}):
            (self.folder / folder).mkdir(parents=True, exist_ok=True)
        shared = {name for name in unchanged - have if share(self._target / name, self.folder / name)}
        for name, content in site.some([name for name in absent if name not in shared]):
            (self.folder / name).write_bytes(content)
        (self.folder / MARKER).unlink(missing_ok=True)
        if not (says(self._target, marker) and share(self._target / MARKER, self.folder / MARKER)):
            (self.folder / MARKER).write_bytes(marker)
        return exchange(self.folder, self._target)

    def keep(self, old: Path) -> None:
        """Keep a tree that was replaced for the next time; drop it where that cannot be."""
        try:
            self._busy.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            old.rename(self.folder)
        except OSError:  # on another disk, say
            self._holds = False
            discard(old)

    def settle(self, looks: Seen) -> None:
        """Note that the tree is whole and looks as the output did before, if it could be kept."""
        if not self._holds:
            return
        # Its marker is its own: what damages it in place must not make the output nobody's.
        marker = self.folder / MARKER
        with suppress(OSError):
            said = marker.read_bytes()
            marker.unlink()
            marker.write_bytes(said)
        self._seen.take_over(looks)
        with suppress(OSError):  # as long as it is there, the tree is not trusted
            self._busy.unlink(missing_ok=True)

    def drop(self) -> None:
        """Keep nothing."""
        with suppress(OSError):
            discard(self.folder)
            self._busy.unlink(missing_ok=True)

    def _take_out(self, names: Iterable[str]) -> None:
        for name in names:
            path = self.folder / name
            path.unlink(missing_ok=True)
            for parent in path.parents:
                if parent == self.folder:
                    break
                try:
                    parent.rmdir()
                except OSError:  # something is left in it
                    break


def spare_of(target: Path, memo: Memo) -> Spare | None:
    """The spare tree of an output; None where there can be none."""
    if memo.folder is None:
        return None
    folder = memo.folder / "spare" / digest(str(target)).hex()
    if _disk_of(memo.folder) != _disk_of(target.parent):
        return None
    return Spare(target, folder, memo)


def _disk_of(path: Path) -> int | None:
    try:
        while not path.exists() and path != path.parent:
            path = path.parent
        return path.stat().st_dev
    except OSError:
        return None
