"""Watching a notebook's files: whatever the editor does, a save is one signal."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from watchdog import events
from watchdog.events import FileSystemEvent, FileSystemEventHandler, FileSystemMovedEvent
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from intouch.card_folder import FOLDER as CARDS
from intouch.project.reading import SETTINGS_FILE
from intouch.serving.mounts import is_remote
from intouch.theme_folder import FOLDER as THEME

_FOLDERS = (CARDS, THEME)
_FILES = frozenset({SETTINGS_FILE})
_READING = frozenset({"opened", "closed_no_write"})
_TOO_MANY = frozenset({errno.ENOSPC, errno.EMFILE, errno.ENFILE})

_TOLD_OF = [
    kind
    for kind in vars(events).values()
    if isinstance(kind, type)
    and issubclass(kind, FileSystemEvent)
    and kind not in {FileSystemEvent, FileSystemMovedEvent}
    and kind.event_type not in _READING
]
"""What to be told of: not of reading, for a build reads every file, and would hear of each twice."""

Identity = tuple[tuple[int, int] | None, ...]
Told = tuple[int, int, int, int]
Listing = dict[str, Told]
"""What the system tells of each file: where that differs, something changed."""

Touched = frozenset[str] | None
"""Files that may have changed, relative to the notebook, with `/`; None where any may have."""


def matters(path: str, root: Path) -> bool:
    """Whether a change at `path` can change the site: not an editor's leavings, not what a build writes."""
    try:
        parts = Path(path).relative_to(root).parts
    except ValueError:
        return False
    if not parts or any(map(_is_left_behind, parts)):
        return False
    return parts[0] in _FOLDERS or (len(parts) == 1 and parts[0] in _FILES)


def _is_left_behind(name: str) -> bool:
    """Whether an editor, git or the system leaves such files beside the user's own."""
    # 4913 is the file by which vim finds out whether it may write here.
    return (
        name.startswith((".", "#")) or name.endswith(("~", ".swp", ".swx", ".tmp", ".bak")) or name == "4913"
    )


def listing(root: Path) -> Listing:
    """Every file that matters, by path, with what the system tells of it."""
    return dict(_listed(root))


def _listed(root: Path) -> Iterator[tuple[str, Told]]:
    for name in _FILES:
        with suppress(OSError):
            yield str(root / name), _told((root / name).stat())
    folders = [str(root / name) for name in _FOLDERS]
    while folders:
        with suppress(OSError), os.scandir(folders.pop()) as entries:
            for entry in entries:
                if _is_left_behind(entry.name):
                    continue
                with suppress(OSError):
                    if not entry.is_dir():
                        yield entry.path, _told(entry.stat())
                    elif not entry.is_symlink():
                        folders.append(entry.path)


def _told(found: os.stat_result) -> Told:
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


class _Touches:
    """Gathers paths from any thread, until they are taken."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._paths: set[str] = set()
        self._any = False

    def add(self, paths: Iterable[str]) -> None:
        """These may have changed."""
        with self._lock:
            self._paths.update(paths)

    def add_all(self) -> None:
        """Any may have."""
        with self._lock:
            self._any = True

    def take(self) -> frozenset[str] | None:
        """What was gathered since the last time; None for all."""
        with self._lock:
            taken, every = frozenset(self._paths), self._any
            self._paths.clear()
            self._any = False
        return None if every else taken


class Watch(FileSystemEventHandler):
    """Calls `changed` from a thread of its own for every change that matters.

    Events may be lost: a queue runs over, the system's limit of watched folders is reached, another computer
    writes to a shared folder. So the files are listed as well, seldom; where events cannot be had, often.
    """

    def __init__(
        self, root: Path, changed: Callable[[], None], say: Callable[[str], None], *, poll: bool
    ) -> None:
        self._root = root.resolve()
        self._changed = changed
        self._say = say
        self._observer: BaseObserver | None = None
        self._watched: Identity = ()
        self._listing: Listing = {}
        self._touches = _Touches()
        self._stale = threading.Event()
        self.polling = poll or is_remote(self._root)
        if self.polling and not poll:
            say("The notebook is on a network file system; it is looked through every second.")

    def note(self) -> None:
        """Before the first build: note what there is; what changes from here on will be found."""
        self._listing = listing(self._root)

    def start(self) -> None:
        """Begin to watch, in threads; tells of what has changed since it was noted."""
        self.refresh()
        if self.polling:
            self.look()

    def stop(self) -> None:
        """Stop watching and wait for the thread."""
        observer, self._observer = self._observer, None
        if observer is not None and observer.is_alive():
            observer.stop()
            observer.join()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Pass on what matters; a watched folder that came or went is to be watched anew."""
        if event.event_type in _READING:
            return
        paths = [os.fsdecode(path) for path in (event.src_path, event.dest_path) if path]
        if event.is_directory:
            own = {self._root, *(self._root / name for name in _FOLDERS)}
            if event.event_type == "modified":
                return  # a folder's own only repeats what happened in it
            if event.event_type in {"created", "deleted", "moved"} and not own.isdisjoint(map(Path, paths)):
                self._touches.add_all()
                self._stale.set()
                self._changed()
                return
        touched = [path for path in paths if matters(path, self._root)]
        if touched:
            if event.is_directory:
                self._touches.add_all()  # of what is in it, not all may be told
            self._touches.add(touched)
            self._changed()

    def refresh(self) -> None:
        """Before a build: watch the folders that are there now."""
        if not self.polling and (self._stale.is_set() or self.moved()):
            self._stale.clear()
            self.stop()
            self._observe()
            self.look()

    def taken(self) -> Touched:
        """What may have changed since the last time, for a build that reads it from here on."""
        paths = self._touches.take()
        if paths is None:
            self._listing = listing(self._root)
            return None
        for path in paths:
            try:
                self._listing[path] = _told(Path(path).stat())
            except OSError:
                self._listing.pop(path, None)
        return frozenset(Path(path).relative_to(self._root).as_posix() for path in paths)

    def look(self) -> None:
        """Find what no event told."""
        found = listing(self._root)
        differ = dict(found.items() ^ self._listing.items())
        if differ:
            self._touches.add(differ)
            self._changed()

    def moved(self) -> bool:
        """Whether another folder stands where one was watched, or none."""
        if self.polling:
            return False
        observer = self._observer
        ended = observer is not None and not all(emitter.is_alive() for emitter in observer.emitters)
        return ended or self._watched != self._identity()

    def _identity(self) -> Identity:
        found: list[tuple[int, int] | None] = []
        for folder in (self._root, *(self._root / name for name in _FOLDERS)):
            try:
                stat = folder.stat()
            except OSError:
                found.append(None)
            else:
                found.append((stat.st_dev, stat.st_ino))
        return tuple(found)

    def _observe(self) -> None:
        self._watched = self._identity()
        if self._watched[0] is None:
            return
        try:
            observer = self._observer = Observer()
            observer.start()
            observer.schedule(self, str(self._root), recursive=False, event_filter=_TOLD_OF)
            for name, found in zip(_FOLDERS, self._watched[1:], strict=True):
                if found is not None:
                    observer.schedule(self, str(self._root / name), recursive=True, event_filter=_TOLD_OF)
        except FileNotFoundError:
            self._stale.set()  # it went while it was being looked at
        except (OSError, RuntimeError) as problem:  # the latter where no more threads can be had
            self.polling = True
            limit = isinstance(problem, OSError) and problem.errno in _TOO_MANY
            told = getattr(problem, "strerror", "") or problem
            why = "The system watches no more files" if limit else "The system cannot watch these files"
            self._say(f"{why} ({told}); they are looked through every second instead.")
            self.stop()
