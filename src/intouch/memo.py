"""What earlier builds worked out, remembered by the content it was made of; forgetting it costs only time."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from intouch.locking import replace_private
from intouch.pickling import pickled

Value = TypeVar("Value")
Item = TypeVar("Item")

Key = bytes
"""A digest of everything that a value is made of."""

_MAGIC = b"intouch memo 1\n"
_DIGEST = 16
_PARTS = 32
"""Files a shelf is kept in: an edit rewrites a few of them, not all that is known."""


def digest(*parts: bytes | str) -> Key:
    """A digest of some parts; other parts, or the same ones divided otherwise, have another."""
    made = blake2b(digest_size=_DIGEST)
    for part in parts:
        data = part.encode(errors="surrogatepass") if isinstance(part, str) else part
        made.update(b"%d:" % len(data))
        made.update(data)
    return made.digest()


class Shelf(Generic[Value]):
    """Values of one kind, by key; read from the disk part by part, when they are first asked for."""

    def __init__(self, folder: Path | None, stamp: bytes) -> None:
        self._folder = folder
        self._stamp = stamp
        self._parts: dict[int, dict[Key, Value]] = {}
        self._differ: set[int] = set()
        self._wanted: set[Key] = set()

    def want(self, keys: Iterable[Key]) -> None:
        """Keep what stands under these keys, whether it is asked for now or not."""
        self._wanted.update(keys)

    def get(self, key: Key) -> Value | None:
        """What stands under a key; None where nothing does."""
        self._wanted.add(key)
        return self._part(key[0] % _PARTS).get(key)

    def put(self, key: Key, value: Value) -> None:
        """Remember a value."""
        self._wanted.add(key)
        number = key[0] % _PARTS
        self._part(number)[key] = value
        self._differ.add(number)

    def all_of(
        self,
        items: Sequence[Item],
        key_of: Callable[[Item], Key],
        make: Callable[[Sequence[Item]], Iterable[Value]],
    ) -> list[Value]:
        """The value of every item: remembered, or made, all that are missing at once."""
        keys = [key_of(item) for item in items]
        found = [self.get(key) for key in keys]
        missing = [n for n, value in enumerate(found) if value is None]
        for n, value in zip(missing, make([items[n] for n in missing]) if missing else (), strict=True):
            self.put(keys[n], value)
            found[n] = value
        return cast("list[Value]", found)

    def _part(self, number: int) -> dict[Key, Value]:
        part = self._parts.get(number)
        if part is None:
            part = self._parts[number] = self._read(number)
        return part

    def settle(self, *, write: bool) -> None:
        """Forget what nobody asked for since the last time; keep the rest on disk, if so told."""
        if not self._wanted:
            return
        for number, part in self._parts.items():
            for key in [key for key in part if key not in self._wanted]:
                del part[key]
                self._differ.add(number)
            if write and self._folder is not None and number in self._differ:
                self._write(number, part)
                self._differ.remove(number)
        self._wanted = set()

    def _file(self, number: int) -> Path:
        return (self._folder or Path()) / f"{number:02}"

    def _read(self, number: int) -> dict[Key, Value]:
        """A part from the disk; whatever is damaged, foreign or of another version is nothing at all."""
        if self._folder is None:
            return {}
        try:
            data = self._file(number).read_bytes()
        except OSError:
            return {}
        head = _MAGIC + self._stamp
        start = len(head) + _DIGEST
        payload = memoryview(data)[start:]
        if not data.startswith(head) or data[len(head) : start] != _sum(payload):
            return {}
        try:
            found = pickle.loads(payload)  # noqa: S301 - from a folder that only this user can write
        except Exception:  # noqa: BLE001 - an older shape of our own classes may fail in any way
            return {}
        return found if isinstance(found, dict) else {}

    def _write(self, number: int, part: Mapping[Key, Value]) -> None:
        """Put a part on the disk in one step; where that cannot be done, the next build takes longer."""
        path = self._file(number)
        payload = pickled(part)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            replace_private(path, _MAGIC + self._stamp + _sum(payload) + payload)


def _sum(payload: bytes | memoryview) -> bytes:
    return blake2b(payload, digest_size=_DIGEST).digest()


class Latest(Generic[Value]):
    """Values as the last build in this process made them, taken again where they would be made of the same.

    For what is too cheap to be worth a digest and a place on the disk, and too much to do for everybody at
    every save.
    """

    def __init__(self) -> None:
        self._before: dict[object, tuple[object, Value]] = {}
        self._now: dict[object, tuple[object, Value]] = {}

    def of(self, name: object, made_of: object, make: Callable[[], Value]) -> Value:
        """The value of a name.

        Args:
            name: tells it from the others, the same from build to build.
            made_of: all that it is made of, to be compared with that of the last time.
            make: makes it.
        """
        known = self._now.get(name) or self._before.get(name)
        if known is None or known[0] != made_of:
            known = made_of, make()
        self._now[name] = known
        return known[1]

    def settle(self) -> None:
        """Forget what nobody asked for since the last time."""
        if self._now:
            self._before, self._now = self._now, {}


class Memo:
    """Everything that is remembered of one notebook.

    Within a process it is kept in memory; with a folder also on disk, for the next one. What it gives back is
    what would be made anew from the same content, so deleting it changes nothing but the time.

    Attributes:
        folder: where it is kept on disk; None for in memory only.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self._stamp = b"" if folder is None else program_stamp()
        self._shelves: dict[str, Shelf[Any]] = {}
        self._latest: dict[str, Latest[Any]] = {}

    def latest(self, name: str, _kind: type[Value]) -> Latest[Value]:
        """The latest values of a name, of one kind; in memory alone."""
        return self._latest.setdefault(name, Latest())

    def once(self, name: str, made_of: object, make: Callable[[], Value]) -> Value:
        """The one value of a name: the latest, where it would be made of the same."""
        return cast("Value", self.latest(name, object).of("", made_of, make))

    def shelf(self, name: str, _kind: type[Value]) -> Shelf[Value]:
        """The shelf of a name, for values of one kind."""
        if name not in self._shelves:
            folder = None if self.folder is None else self.folder / name
            self._shelves[name] = Shelf(folder, self._stamp)
        return self._shelves[name]

    def settle(self, *, write: bool = True) -> None:
        """Forget what the last build did not ask for; write down the rest."""
        for shelf in self._shelves.values():
            shelf.settle(write=write)
        for latest in self._latest.values():
            latest.settle()


def memo_folder(root: Path) -> Path | None:
    """Where what is known of a notebook is kept: in the user's cache, beside no file of theirs.

    Args:
        root: the notebook.

    Returns:
        The folder, which need not exist; None where the system knows no such place.
    """
    from platformdirs import user_cache_path

    try:
        return user_cache_path("intouch", appauthor=False) / digest(str(root.resolve())).hex()
    except (OSError, RuntimeError):
        return None


def program_stamp() -> bytes:
    """A digest of what decides how content becomes values: this program, Python, the installed packages."""
    made = blake2b(repr(sys.version_info).encode(), digest_size=_DIGEST)
    package = Path(__file__).parent
    for folder, _, names in sorted(os.walk(package)):
        for name in sorted(names):
            if name.endswith(".py"):
                made.update(Path(folder, name).read_bytes())
    for place in sys.path:
        with suppress(OSError):
            # Not by way of paths: there may be hundreds, and this is done at every start.
            installed = (name for name in os.listdir(place or ".") if name.endswith(".dist-info"))  # noqa: PTH208
            made.update("\n".join(sorted(installed)).encode())
    return made.digest()
