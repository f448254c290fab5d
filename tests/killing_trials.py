"""What is killed: a command on a notebook, what may be there afterwards, and what must work then."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from itertools import cycle
from pathlib import Path
from urllib.request import urlopen

from intouch.sealing.lockfile import read_lock

EARLY, LATE = "2026-11-23", "2027-03-01"
WORDS = "zeven blauwe fietsen zonder bel"
CARD = """\
---
name: {name}
cadence: every 3 months
---
From the {n}th panel.

## Log
- 2026-11-02 call: hi
"""
PEOPLE = 12


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, with its bytes."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def without_leavings(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same without what a kill may leave until the next command: hidden files that are read by nobody."""
    return {
        name: content
        for name, content in files.items()
        if not (name.rpartition("/")[2].startswith(".intouch-") and name.endswith(".tmp"))
    }


class Trial(ABC):
    """A command that is killed again and again, on a notebook that goes through all of it.

    Attributes:
        root: the notebook.
        environment: for the command: nothing is kept outside the trial's folder.
    """

    def __init__(self, folder: Path) -> None:
        self.root = folder / "network"
        kept = {"XDG_CACHE_HOME": "cache", "XDG_STATE_HOME": "state", "INTOUCH_CONFIG_DIR": "config"}
        self.environment = {name: str(folder / below) for name, below in kept.items()}
        self.environment |= {"CI": "", "INTOUCH_PASSPHRASE": WORDS, "INTOUCH_SITE_KEY": ""}
        (self.root / "contacts").mkdir(parents=True)
        (self.root / "intouch.toml").write_text('timezone = "UTC"\n', encoding="utf-8")
        for n in range(PEOPLE):
            (self.root / "contacts" / f"ann-{n}.md").write_text(
                CARD.format(name=f"Ann Ray{n}", n=n), encoding="utf-8"
            )
        self.contacts = tree(self.root / "contacts")

    def begin(self) -> None:  # noqa: B027 - most need nothing
        """Make ready for the next kill."""

    @abstractmethod
    def command(self) -> list[str]:
        """What is killed."""

    @abstractmethod
    def look(self) -> str:
        """Look at what the kill left, and tell which of the allowed states it is."""

    def again(self) -> list[list[str]]:
        """What must work now, one after the other."""
        return [self.command()]

    def settled(self) -> None:
        """Look at what is there after that: nothing is left over."""
        beside = {p.name for p in self.root.iterdir()}
        assert beside <= {"contacts", "intouch.toml", "_site", "_sealed", "lock.json"}, beside
        self._same(tree(self.root / "contacts"), self.contacts)

    def _same(self, there: Mapping[str, bytes], asked: Mapping[str, bytes]) -> None:
        differing = {name for name, _ in there.items() ^ asked.items()}
        assert not differing, f"not as asked: {', '.join(sorted(differing))}"

    def project(self, *arguments: str) -> list[str]:
        return [*arguments, "--project", str(self.root)]

    def untouched(self) -> None:
        """The notebook is as it was, but for what nobody reads."""
        self._same(without_leavings(tree(self.root / "contacts")), self.contacts)

    def run(self, *arguments: str) -> None:
        """Run a command to its end."""
        done = subprocess.run(
            [sys.executable, "-m", "intouch", *self.project(*arguments)],
            env=os.environ | self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr


class Build(Trial):
    """Builds of two days in turn: what is there is always one of the two sites."""

    sealed: tuple[str, ...] = ()

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._days = cycle((LATE, EARLY))
        self._day = EARLY
        self._sites: dict[str, dict[str, bytes]] = {}
        self._output = self.root / ("_sealed" if self.sealed else "_site")

    def prepare(self) -> None:
        """Build both sites where nothing disturbs it."""
        for day in (LATE, EARLY):
            self.run("build", "--today", day, *self.sealed)
            self._sites[day] = tree(self._output)
        assert self._sites[LATE] != self._sites[EARLY]

    def begin(self) -> None:
        if not self._sites:
            self.prepare()
        self._day = next(self._days)

    def command(self) -> list[str]:
        return self.project("build", "--today", self._day, *self.sealed)

    def look(self) -> str:
        self.untouched()
        # Where two folders cannot be exchanged in one step, none may be there for a moment: the old one lies
        # beside, and the next build puts it back.
        there = tree(self._output) or tree(self._output.with_name(f".{self._output.name}.old"))
        assert there in self._sites.values(), "half a site"
        return "new" if there == self._sites[self._day] else "old"

    def settled(self) -> None:
        super().settled()
        assert tree(self._output) == self._sites[self._day], "not the site that was built last"


class SealedBuild(Build):
    """The same for sealed sites."""

    sealed = ("--sealed",)

    def prepare(self) -> None:
        self.run("seal", "init")
        super().prepare()


class Log(Trial):
    """A line in a log: it is there or it is not, and every other byte is as it was."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._number = 0
        # So long that it is more than one block, and with the line ends of another system.
        card = CARD.format(name="Ann Ray0", n=0).replace("\n", "\r\n").encode()
        self.contacts["ann-0.md"] = card.replace(b"\r\n\r\n##", b"\r\n" + b"Talk. " * 2_000 + b"\r\n\r\n##")
        (self.root / "contacts" / "ann-0.md").write_bytes(self.contacts["ann-0.md"])

    def begin(self) -> None:
        self._number += 1

    def command(self) -> list[str]:
        return self.project("log", "ann-0", "note", f"number {self._number}", "--today", EARLY)

    @property
    def _line(self) -> bytes:
        return f"- {EARLY} note: number {self._number}\r\n".encode()

    def look(self) -> str:
        there = without_leavings(tree(self.root / "contacts"))
        asked = self.contacts | {"ann-0.md": self.contacts["ann-0.md"] + self._line}
        if there != self.contacts:
            self._same(there, asked)
        came = there == asked
        self.contacts = there
        return "new" if came else "old"

    def again(self) -> list[list[str]]:
        self._number += 1
        self.contacts = self.contacts | {"ann-0.md": self.contacts["ann-0.md"] + self._line}
        return [self.command()]


class Note(Trial):
    """A note: a file of its own that is there whole or not at all."""

    NAME = f"ann-0/{EARLY}-meeting.md"
    NOTE = b"---\npeople: ann-1\n---\nby the river\n"

    def begin(self) -> None:
        shutil.rmtree(self.root / "contacts" / "ann-0", ignore_errors=True)
        self.contacts = {name: content for name, content in self.contacts.items() if "/" not in name}

    def command(self) -> list[str]:
        return self.project("log", "ann-0", "meeting", "by the river", "--with", "ann-1", "--today", EARLY)

    def look(self) -> str:
        there = without_leavings(tree(self.root / "contacts"))
        asked = self.contacts | {self.NAME: self.NOTE}
        if there != self.contacts:
            self._same(there, asked)
        return "new" if there == asked else "old"

    def again(self) -> list[list[str]]:
        # Where it is there already, another one beside it.
        there = (self.root / "contacts" / self.NAME).exists()
        kind = "call" if there else "meeting"
        self.contacts = self.contacts | dict.fromkeys(
            (self.NAME, self.NAME.replace("meeting", kind)), self.NOTE
        )
        return [[word if word != "meeting" else kind for word in self.command()]]


class Import(Trial):
    """An import that fills in cards and makes new ones: each card is as it was, as asked, or not there."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._file = folder / "people.csv"
        rows = [f"Ann Ray{n},Acme,ann{n}@acme.example\n" for n in range(2 * PEOPLE)]
        for n in range(PEOPLE):  # so that they are known for sure
            card = self.root / "contacts" / f"ann-{n}.md"
            card.write_text(card.read_text("utf-8").replace("\ncad", "\norganization: Acme\ncad"), "utf-8")
        self._file.write_text(f"Name,Company,E-mail\n{''.join(rows)}", encoding="utf-8")
        self._before = tree(self.root / "contacts")
        self._asked: dict[str, bytes] = {}

    def begin(self) -> None:
        contacts = self.root / "contacts"
        if not self._asked:
            self.run("import", str(self._file), "--write")
            self._asked = tree(contacts)
            assert len(self._asked) == 2 * PEOPLE
            assert not self._asked.items() & self._before.items(), "every card gets something"
        shutil.rmtree(contacts)
        contacts.mkdir()
        for name, content in self._before.items():
            (contacts / name).write_bytes(content)

    def command(self) -> list[str]:
        return self.project("import", str(self._file), "--write")

    def look(self) -> str:
        there = without_leavings(tree(self.root / "contacts"))
        assert self._before.keys() <= there.keys() <= self._asked.keys(), "a card is gone, or too many"
        for name, content in there.items():
            assert content in (self._before.get(name), self._asked[name]), f"{name} is neither"
        return "old" if there == self._before else "new" if there == self._asked else "in between"

    def settled(self) -> None:
        self.contacts = self._asked
        super().settled()


class SealInit(Trial):
    """A lock and its key: the key is there before the lock is, and a site can be sealed at once."""

    def begin(self) -> None:
        (self.root / "lock.json").unlink(missing_ok=True)

    def command(self) -> list[str]:
        return self.project("seal", "init")

    def look(self) -> str:
        self.untouched()
        lock = self.root / "lock.json"
        if not lock.exists():
            return "old"
        read_lock(lock.read_text(encoding="utf-8"))
        return "new"

    def again(self) -> list[list[str]]:
        begun = [] if (self.root / "lock.json").exists() else [self.command()]
        sealed = self.project("build", "--sealed", "--today", EARLY)
        # Another key takes away what is left of this one.
        once_more = [self.project("seal", "passwd"), self.project("seal", "rotate")]
        return [*begun, self.project("seal", "status"), sealed, *once_more]

    def settled(self) -> None:
        super().settled()
        keys = [path.suffix for path in Path(self.environment["INTOUCH_CONFIG_DIR"]).rglob("*.*")]
        assert set(keys) == {".key"}, "half a key is left"


class SealRotate(SealInit):
    """Another lock and key in the place of the old: one of the two, and what opens it."""

    def begin(self) -> None:
        if not (self.root / "lock.json").exists():
            self.run("seal", "init")
        self._before = (self.root / "lock.json").read_bytes()

    def command(self) -> list[str]:
        return self.project("seal", "rotate")

    def look(self) -> str:
        assert super().look() == "new", "no lock at all"
        return "old" if (self.root / "lock.json").read_bytes() == self._before else "new"


class Serve(Trial):
    """A server: it writes nothing into the notebook, and starts again at the same address."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._bases: set[str] = set()
        self._saves = 0

    def command(self) -> list[str]:
        return self.project("serve", "--port", "0", "--today", EARLY)

    def look(self) -> str:
        assert tree(self.root / "contacts") == self.contacts, "a server has written"
        assert {p.name for p in self.root.iterdir()} == {"contacts", "intouch.toml"}
        return "as it was"

    def serves(self, port: int, base: str) -> None:
        """Look at what it answers, and save something for it to build."""
        self._bases.add(base)
        assert len(self._bases) == 1, "the address has changed"
        with urlopen(f"http://127.0.0.1:{port}{base}check-ins.ics") as answer:
            feed = answer.read()
        assert feed.count(b"BEGIN:VEVENT") == PEOPLE
        assert feed.endswith(b"END:VCALENDAR\r\n")
        with urlopen(f"http://127.0.0.1:{port}{base}people/ann-0/") as answer:
            assert f"save {self._saves}." in answer.read().decode() or not self._saves
        self._saves += 1
        card = f"{CARD.format(name='Ann Ray0', n=0)}- 2026-11-03 call: save {self._saves}.\n"
        (self.root / "contacts" / "ann-0.md").write_text(card, encoding="utf-8")
        self.contacts["ann-0.md"] = card.encode()


TRIALS: Mapping[str, Callable[[Path], Trial]] = {
    "build": Build,
    "build --sealed": SealedBuild,
    "log": Log,
    "log --with": Note,
    "import": Import,
    "seal init": SealInit,
    "seal rotate": SealRotate,
    "serve": Serve,
}
