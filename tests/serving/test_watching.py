"""Changes are found though events get lost, cannot be had, or come from another computer."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from shlex import quote

import pytest
from watchdog.events import FileModifiedEvent, FileSystemEvent

from intouch.serving.mounts import kind_of
from intouch.serving.rebuilding import LONGEST, Changes
from intouch.serving.watching import Watch, listing, matters
from server import CARD, QUICK, Served, serving, started, write_notebook

MOUNTS = r"""
22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
23 22 0:21 / /proc rw - proc proc rw
40 22 0:50 / /home/me/shared rw,relatime shared:9 - nfs4 server:/export rw,vers=4.2
41 40 0:51 / /home/me/shared/local rw - tmpfs tmpfs rw
42 22 0:52 / /home/me/my\040notes rw - fuse.sshfs me@there: rw
43 22 0:53 / /home/me/my\040notes rw master:3 - ext4 /dev/vdb rw
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/me/network", "ext4"),
        ("/home/me/shared/network", "nfs4"),
        ("/home/me/shared", "nfs4"),
        ("/home/me/shared-not", "ext4"),
        ("/home/me/shared/local/network", "tmpfs"),
        ("/home/me/my notes/network", "ext4"),
    ],
)
def test_the_kind_of_a_file_system_is_that_of_the_deepest_mount(folder: str, kind: str) -> None:
    assert kind_of(Path(folder), MOUNTS) == kind


def test_a_table_that_is_none_tells_nothing() -> None:
    assert kind_of(Path("/home"), "rubbish\n\n - \n1 2 3 - ext4") == ""


@pytest.mark.parametrize(
    "name",
    ["contacts/ann.md", "contacts/ann/2026-11-02-call.md", "contacts/ann/photo.jpg", "site_templates/a/b.css",
     "intouch.toml"],
)  # fmt: skip
def test_what_the_site_is_made_of_matters(tmp_path: Path, name: str) -> None:
    assert matters(str(tmp_path / name), tmp_path)


@pytest.mark.parametrize(
    "name",
    ["", "_site/index.html", "README.md", "contacts/.ann.md.swp", "contacts/.git/x.md", "contacts/ann.md~",
     "contacts/#ann.md#", "contacts/4913", "contacts/ann.md.tmp", ".git/index.lock",
     "other/intouch.toml", "../x.md"],
)  # fmt: skip
def test_the_rest_does_not(tmp_path: Path, name: str) -> None:
    assert not matters(str(tmp_path / name), tmp_path)


def test_a_listing_tells_every_change(tmp_path: Path) -> None:
    root = write_notebook(tmp_path / "network")
    card = root / "contacts" / "ann.md"
    seen = [listing(root)]
    assert len(seen[0]) == 3
    old = card.stat()
    text = card.read_text(encoding="utf-8")

    def differs() -> None:
        seen.append(listing(root))
        assert seen[-1] != seen[-2]

    card.write_text(text.replace("Ann", "Amy"), encoding="utf-8")
    os.utime(card, ns=(old.st_atime_ns, old.st_mtime_ns))
    differs()
    (root / "contacts" / "ann").mkdir()
    (root / "contacts" / "ann" / "2026-11-02-call.md").touch()
    differs()
    (root / "site_templates").mkdir()
    (root / "site_templates" / "today.html").touch()
    differs()
    shutil.rmtree(root / "contacts")
    differs()
    (root / "contacts").symlink_to(tmp_path)
    (tmp_path / "loop").symlink_to(tmp_path)
    (root / ".git").mkdir()
    listing(root)
    shutil.rmtree(root)
    assert listing(root) == {}


def test_many_changes_are_one_and_the_wait_has_an_end() -> None:
    changes = Changes()
    stop = threading.Event()
    done: list[int] = []

    def worry() -> None:
        while not stop.wait(0.005):
            changes.note()

    restless = threading.Thread(target=worry)
    restless.start()
    try:
        assert changes.wait(5)
        changes.settle(lambda: done.append(1))  # else this never ends
    finally:
        stop.set()
        restless.join()
    assert done
    changes.settle(lambda: done.append(2))
    assert done[-1] == 2
    assert not changes.wait(LONGEST / 10)


def test_what_no_event_told_is_found_by_looking(tmp_path: Path) -> None:
    root = write_notebook(tmp_path / "network")
    changes: list[bool] = []
    watch = Watch(root, lambda: changes.append(True), lambda _line: None, poll=True)
    watch.note()
    watch.start()
    watch.look()
    assert not changes
    (root / "contacts" / "ann.md").touch()
    watch.look()
    assert changes
    watch.stop()


class Heard(Watch):
    """A watch that keeps what it was told."""

    def __init__(self, root: Path) -> None:
        self.events: list[str] = []
        self.heard = threading.Event()
        super().__init__(root, self.heard.set, lambda _line: None, poll=False)

    def on_any_event(self, event: FileSystemEvent) -> None:
        self.events.append(event.event_type)
        super().on_any_event(event)


@pytest.fixture
def heard(tmp_path: Path) -> Iterator[Heard]:
    """A watch over a notebook of two people, of which it has nothing to tell yet."""
    watch = Heard(write_notebook(tmp_path / "network"))
    watch.note()
    watch.start()
    try:
        assert watch.taken() == frozenset()
        yield watch
    finally:
        watch.stop()


def test_a_save_is_told_with_its_file_and_reading_is_not_told(heard: Heard, tmp_path: Path) -> None:
    contacts = tmp_path / "network" / "contacts"
    for _ in range(50):
        (contacts / "ann.md").read_bytes()
    (contacts / "bob.md").write_text(CARD, encoding="utf-8")
    assert heard.heard.wait(5)
    touched = heard.taken()
    heard.stop()
    assert touched == frozenset({"contacts/bob.md"})
    assert len(heard.events) < 50


def test_a_folder_that_came_or_went_may_have_changed_anything(heard: Heard, tmp_path: Path) -> None:
    folder = tmp_path / "network" / "contacts" / "ann"
    folder.mkdir()
    (folder / "2026-11-02-call.md").touch()
    assert heard.heard.wait(5)
    assert heard.taken() is None


def test_a_folder_that_is_none_of_the_sites_changes_nothing(heard: Heard, tmp_path: Path) -> None:
    root = tmp_path / "network"
    # As `intouch build` does it.
    (root / "._site.new").mkdir()
    (root / "._site.new").rename(root / "_site")
    (root / "contacts" / "ann.md").write_text(CARD, encoding="utf-8")
    assert heard.heard.wait(5)
    assert heard.taken() == frozenset({"contacts/ann.md"})


def test_what_an_event_told_is_not_found_again_and_a_second_change_is(tmp_path: Path) -> None:
    root = write_notebook(tmp_path / "network")
    changes: list[bool] = []
    watch = Watch(root, lambda: changes.append(True), lambda _line: None, poll=True)
    card = root / "contacts" / "ann.md"
    watch.note()
    watch.start()
    card.write_text(CARD + "more\n", encoding="utf-8")
    watch.on_any_event(FileModifiedEvent(str(card)))
    assert (watch.taken(), len(changes)) == (frozenset({"contacts/ann.md"}), 1)
    watch.look()
    assert len(changes) == 1
    card.unlink()
    watch.look()
    assert (watch.taken(), len(changes)) == (frozenset({"contacts/ann.md"}), 2)
    watch.look()
    assert len(changes) == 2


LIMITED = (
    "echo {value} > /proc/sys/user/{limit} && exec {python} -u -c {program} serve --port 0 --project {root}"
)


@pytest.fixture(params=[("max_inotify_instances", 0), ("max_inotify_watches", 1)], ids=str)
def limited(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Served]:
    """A notebook served where the system watches no (more) files, really: in a namespace of its own."""
    limit, value = request.param
    root = write_notebook(tmp_path / "network")
    probe = ["unshare", "-U", "-r", "sh", "-c", f"echo {value} > /proc/sys/user/{limit}"]
    if shutil.which("unshare") is None or subprocess.run(probe, check=False, capture_output=True).returncode:
        pytest.skip("NOT TESTED: no namespaces here")
    script = LIMITED.format(limit=limit, value=value, python=sys.executable, program=quote(QUICK), root=root)
    with started(root, script, command=["unshare", "-U", "-r", "sh", "-c"]) as running:
        yield running


def test_where_the_system_watches_no_more_files_they_are_looked_through(limited: Served) -> None:
    assert "The system watches no more files" in limited.said
    card = limited.root / "contacts" / "ann.md"
    card.write_text(CARD.format(name="Ann Bell", text="seen all the same"), encoding="utf-8")
    limited.until("/people/ann/", lambda a: "seen all the same" in a.text)


def test_a_notebook_that_is_moved_away_is_said_and_its_calendar_stays(tmp_path: Path) -> None:
    root = write_notebook(tmp_path / "network")
    with serving(root, quick=True) as running:
        feed = running.ask("/check-ins.ics").body
        away = root.rename(tmp_path / "elsewhere")
        running.until("/_intouch/trouble.json", lambda a: "notebook is gone" in a.text)
        assert running.ask("/check-ins.ics").body == feed
        assert running.ask("/people/ann/").status == 200
        away.rename(root)
        running.until("/_intouch/trouble.json", lambda a: a.text == "null")
        shutil.rmtree(root / "contacts")
        running.until("/_intouch/trouble.json", lambda a: "notebook is gone" in a.text)
        assert running.ask("/check-ins.ics").body == feed
        (root / "contacts").mkdir()
        (root / "contacts" / "cleo.md").write_text(
            CARD.format(name="Cleo Drew", text="new"), encoding="utf-8"
        )
        running.until("/people/cleo/", lambda a: a.status == 200)
        shutil.rmtree(root)
        running.until("/_intouch/trouble.json", lambda a: "notebook is gone" in a.text)
        write_notebook(root)
        running.until("/people/ben/", lambda a: a.status == 200)
        (root / "contacts" / "ben.md").write_text(
            CARD.format(name="Ben Cho", text="watched again"), encoding="utf-8"
        )
        running.until("/people/ben/", lambda a: "watched again" in a.text)
    assert "is gone; the last site is still shown" in running.said
