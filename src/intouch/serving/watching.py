"""Watching a notebook's files: whatever the editor does, a save is one signal."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

_FOLDERS = ("contacts", "site_templates")
_FILES = frozenset({"intouch.toml"})
_READING = frozenset({"opened", "closed_no_write"})


def matters(path: str, root: Path) -> bool:
    """Whether a change at `path` can change the site: not an editor's leavings, not what a build writes."""
    try:
        parts = Path(path).relative_to(root).parts
    except ValueError:
        return False
    if not parts or any(part.startswith((".", "#")) for part in parts):
        return False
    # 4913 is the file by which vim finds out whether it may write here.
    if parts[-1].endswith(("~", ".swp", ".swx", ".tmp", ".bak")) or parts[-1] == "4913":
        return False
    return parts[0] in _FOLDERS or (len(parts) == 1 and parts[0] in _FILES)


class Watch(FileSystemEventHandler):
    """Calls `changed` from a thread of its own for every change that matters."""

    def __init__(self, root: Path, changed: Callable[[], None]) -> None:
        self._root = root.resolve()
        self._changed = changed
        self._observer = Observer()
        self._watches: dict[str, ObservedWatch] = {}

    def start(self) -> None:
        """Begin to watch."""
        self._observer.schedule(self, str(self._root), recursive=False)
        self._follow()
        self._observer.start()

    def stop(self) -> None:
        """Stop watching and wait for the thread."""
        self._observer.stop()
        self._observer.join()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Pass on what matters; a folder that came or went is watched anew."""
        if event.event_type in _READING:
            return
        paths = [os.fsdecode(path) for path in (event.src_path, event.dest_path) if path]
        if event.is_directory and event.event_type in {"created", "deleted", "moved"}:
            gone = {Path(path).name for path in paths if Path(path).parent == self._root}
            self._follow(anew=gone)
        # A folder's own `modified` only repeats what happened in it.
        if event.is_directory and event.event_type == "modified":
            return
        if any(matters(path, self._root) for path in paths):
            self._changed()

    def _follow(self, anew: frozenset[str] | set[str] = frozenset()) -> None:
        """Watch the folders that exist; one that was replaced is another folder of the same name."""
        for name in _FOLDERS:
            folder = self._root / name
            if name in anew and name in self._watches:
                self._observer.unschedule(self._watches.pop(name))
            if folder.is_dir() and name not in self._watches:
                self._watches[name] = self._observer.schedule(self, str(folder), recursive=True)
