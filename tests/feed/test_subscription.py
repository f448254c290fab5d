"""A real subscription: the program serves, vdirsyncer fetches over http, khal lists what it fetched."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.request import urlopen

import pytest

from feeds import Event, read
from intouch.publication import FEED
from nasty_texts import NASTY
from needs import needs_program
from server import serving

ROOT = Path(__file__).resolve().parents[2]
TODAY = "2026-11-23"

VDIRSYNCER = """\
[general]
status_path = "{root}/status/"

[pair check_ins]
a = "here"
b = "there"
collections = null
conflict_resolution = "b wins"

[storage here]
type = "filesystem"
path = "{root}/calendar/"
fileext = ".ics"

[storage there]
type = "http"
url = "{url}"
"""
KHAL = """\
[calendars]
[[check_ins]]
path = {root}/calendar
readonly = True

[sqlite]
path = {root}/khal.db

[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = Australia/Sydney
default_timezone = Australia/Sydney
"""


def quoted(text: str) -> str:
    """A YAML text in double quotes, every character of it written out."""
    return '"' + "".join(f"\\U{ord(c):08x}" for c in text) + '"'


UNREADABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
"""What front matter refuses, also by way of an escape."""


def write_notebook(root: Path) -> None:
    """Many people whose names have broken calendar programs; the unreadable ones stay out."""
    contacts = root / "contacts"
    contacts.mkdir(parents=True)
    names = [name for name in NASTY.values() if name.strip() and not UNREADABLE.search(name)]
    assert len(names) >= 15
    for number, name in enumerate(names):
        called = quoted(name)
        card = f"---\nname: {called}\norg: {called}\ncadence: {number % 5 + 1} months\n---\n\n## Log\n"
        (contacts / f"p{number:02}.md").write_text(
            f"{card}- 2026-10-{number + 1:02} call: hello\n", encoding="utf-8"
        )
    plain = "---\nname: Ann Bell\norg: Acme\ncadence: 2 months\n---\n\n## Log\n- 2026-10-01 call: hello\n"
    (contacts / "ann-bell.md").write_text(plain, encoding="utf-8")
    # With room for all on any day, one check-in less moves no other.
    limits = "[limits]\nper_day = 40\nper_week = 40\n"
    feed = '[feed]\nname = "Ann, Bell; \\\\N"\nalarm = "09:05"\n'
    (root / "intouch.toml").write_text(limits + feed, encoding="utf-8")


@contextmanager
def served(root: Path) -> Iterator[str]:
    """The address of the feed of a notebook, served by the real program."""
    with serving(root, "--today", TODAY) as running:
        yield f"{running.address}{FEED}"


def fetched(url: str) -> bytes:
    with urlopen(url, timeout=10) as answer:  # noqa: S310 - our own address on this computer
        body: bytes = answer.read()
    return body


@dataclass
class Subscriber:
    """vdirsyncer and khal with a home of their own."""

    root: Path
    url: str
    environment: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        (self.root / "calendar").mkdir(parents=True)
        (self.root / "vdirsyncer.conf").write_text(VDIRSYNCER.format(root=self.root, url=self.url))
        (self.root / "khal.conf").write_text(KHAL.format(root=self.root))
        folders = {f"XDG_{name}_HOME": str(self.root / name.lower()) for name in ("CONFIG", "DATA", "CACHE")}
        kept = {key: os.environ[key] for key in ("PATH", "SSL_CERT_FILE") if key in os.environ}
        self.environment = {**kept, **folders, "HOME": str(self.root), "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}

    def _run(self, *command: str) -> str:
        done = subprocess.run(
            command,
            env=self.environment,
            input="y\n" * 50,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def vdirsyncer(self, command: str) -> None:
        self._run(needs_program("vdirsyncer"), "-c", str(self.root / "vdirsyncer.conf"), command)

    def khal(self) -> list[tuple[str, str, str]]:
        """Title and both days of every event that khal shows; vdirsyncer gives them UIDs of its own."""
        form = "{uid}\x1f{title}\x1f{start-date-long}\x1f{end-date-long}\x1e"
        program = needs_program("khal")
        options = ["--once", "--day-format", "", "--format", form, "2000-01-01", "2032-01-01"]
        said = self._run(program, "-c", str(self.root / "khal.conf"), "list", *options)
        rows = [row.strip("\r\n").split("\x1f") for row in said.split("\x1e") if row.strip()]
        assert len({uid for uid, *_ in rows}) == len(rows)
        return sorted((title, start, end) for _, title, start, end in rows)

    def files(self) -> dict[str, tuple[bytes, int]]:
        folder = self.root / "calendar"
        return {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.iterdir()}


def meant(events: list[Event]) -> list[tuple[str, str, str]]:
    """What khal should show; it has its end days inclusive."""
    return sorted((e.summary, str(e.start), str(e.start)) for e in events)


def changed(url: str, before: bytes) -> bytes:
    """The next feed that differs."""
    deadline = time.monotonic() + 20
    while (feed := fetched(url)) == before:
        assert time.monotonic() < deadline, "a saved check-in did not reach the feed"
        time.sleep(0.1)
    return feed


@pytest.mark.calendar_client
def test_a_subscriber_sees_every_check_in_and_only_what_changes(tmp_path: Path) -> None:
    needs_program("vdirsyncer")
    needs_program("khal")
    project = tmp_path / "notebook"
    write_notebook(project)
    with served(project) as url:
        subscriber = Subscriber(tmp_path / "home", url)
        before = fetched(url)
        assert len(read(before)) >= 16
        subscriber.vdirsyncer("discover")
        subscriber.vdirsyncer("sync")
        assert subscriber.khal() == meant(read(before))

        first = subscriber.files()
        subscriber.vdirsyncer("sync")
        assert subscriber.files() == first, "a second look changes nothing"

        with (project / "contacts" / "ann-bell.md").open("a", encoding="utf-8") as card:
            card.write(f"- {TODAY} check-in\n")
        after = changed(url, before)
        subscriber.vdirsyncer("sync")
        second = subscriber.files()
    gone = {e.uid for e in read(before)} - {e.uid for e in read(after)}
    assert len(gone) == 1
    assert subscriber.khal() == meant(read(after))
    old = {body for body, _ in first.values()} - {body for body, _ in second.values()}
    new = {body for body, _ in second.values()} - {body for body, _ in first.values()}
    assert len(old) == len(new) == 1
    assert b"Ann Bell" in old.pop()
    assert b"Ann Bell" in new.pop()
    assert sum(first.get(name) == state for name, state in second.items()) == len(second) - 1
    assert date.fromisoformat(TODAY) not in {e.start for e in read(after) if "Ann Bell" in e.summary}
