"""The built site on disk: whole or untouched, ours or refused, whatever happens meanwhile."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from intouch.disk import MARKER, DiskError, Written, foreign_to, placing, remove_site, write_site

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links and signals as POSIX has them")

ONE: Mapping[str, bytes] = {
    "index.html": b"one",
    "people/ann/index.html": b"Ann",
    "check-ins.ics": b"feed one",
}
TWO: Mapping[str, bytes] = {
    "index.html": b"two",
    "people/ben/index.html": b"Ben",
    "check-ins.ics": b"feed one",
}


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but the marker."""
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    return {name: data for name, data in files.items() if name != MARKER}


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    root = tmp_path / "network"
    (root / "contacts").mkdir(parents=True)
    (root / "contacts" / "ann.md").write_text("---\nname: Ann\n---\n", encoding="utf-8")
    return root


def test_a_site_is_written_whole_and_then_only_where_it_differs(notebook: Path) -> None:
    target = notebook / "_site"
    assert write_site(ONE, target, notebook=notebook) == Written(created=3, changed=0, unchanged=0, removed=0)
    assert tree(target) == ONE
    feed, page = (target / name for name in ("check-ins.ics", "index.html"))
    before = feed.stat(), page.stat()
    assert write_site(TWO, target, notebook=notebook) == Written(created=1, changed=1, unchanged=1, removed=1)
    assert tree(target) == TWO
    assert (feed.stat().st_ino, feed.stat().st_mtime_ns) == (before[0].st_ino, before[0].st_mtime_ns)
    assert page.stat().st_ino != before[1].st_ino
    assert not (target / "people" / "ann").exists(), "nobody's folder stays behind"


def test_where_folders_cannot_be_exchanged_one_is_put_after_the_other(
    notebook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placing, "exchange", lambda _one, _other: False)
    target = notebook / "_site"
    for site in (ONE, TWO, ONE):
        write_site(site, target, notebook=notebook)
        assert tree(target) == site
        write_site(site, target, notebook=notebook)
        assert tree(target) == site
    assert {path.name for path in notebook.iterdir()} <= {"contacts", "_site", "._site.spare"}


def test_nothing_new_touches_nothing(notebook: Path) -> None:
    target = notebook / "_site"
    write_site(ONE, target, notebook=notebook)
    before = {p: p.stat().st_mtime_ns for p in [target, *target.rglob("*")]}
    assert write_site(ONE, target, notebook=notebook) == Written(0, 0, 3, 0)
    assert {p: p.stat().st_mtime_ns for p in [target, *target.rglob("*")]} == before


def test_what_lay_in_a_built_page_is_set_right(notebook: Path) -> None:
    target = notebook / "_site"
    write_site(ONE, target, notebook=notebook)
    (target / "index.html").write_bytes(b"scribbled")
    (target / "check-ins.ics").unlink()
    assert write_site(ONE, target, notebook=notebook) == Written(1, 1, 1, 0)
    assert tree(target) == ONE


@pytest.mark.parametrize(
    "name", ["", "contacts", "contacts/inside", "site_templates", ".git", "..", "intouch.toml"]
)
def test_the_notebook_itself_is_refused(notebook: Path, name: str) -> None:
    before = tree(notebook)
    with pytest.raises(DiskError, match="holds the notebook itself"):
        write_site(ONE, notebook / name, notebook=notebook)
    assert tree(notebook) == before


def test_a_folder_of_somebody_elses_is_refused(notebook: Path) -> None:
    theirs = notebook / "photos"
    theirs.mkdir()
    (theirs / "cat.png").write_bytes(b"cat")
    with pytest.raises(DiskError, match="was not made by intouch"):
        write_site(ONE, theirs, notebook=notebook)
    assert tree(theirs) == {"cat.png": b"cat"}


def test_a_file_that_somebody_put_into_ours_is_not_lost(notebook: Path) -> None:
    target = notebook / "_site"
    write_site(ONE, target, notebook=notebook)
    (target / "CNAME").write_bytes(b"search.example")
    with pytest.raises(DiskError, match="CNAME"):
        write_site(TWO, target, notebook=notebook)
    assert tree(target) == {**ONE, "CNAME": b"search.example"}


def test_an_empty_folder_will_do_and_a_file_will_not(notebook: Path) -> None:
    (notebook / "public").mkdir()
    write_site(ONE, notebook / "public", notebook=notebook)
    assert tree(notebook / "public") == ONE
    (notebook / "page").write_bytes(b"mine")
    with pytest.raises(DiskError, match="is a file"):
        write_site(ONE, notebook / "page", notebook=notebook)
    assert (notebook / "page").read_bytes() == b"mine"


@POSIX
def test_links_are_never_followed(notebook: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "index.html").write_bytes(b"theirs")
    (notebook / "link").symlink_to(outside)
    with pytest.raises(DiskError, match="is a link"):
        write_site(ONE, notebook / "link", notebook=notebook)
    target = notebook / "_site"
    write_site(ONE, target, notebook=notebook)
    (target / "index.html").unlink()
    (target / "index.html").symlink_to(outside / "index.html")
    write_site(TWO, target, notebook=notebook)
    assert tree(target) == TWO
    assert not (target / "index.html").is_symlink()
    assert (outside / "index.html").read_bytes() == b"theirs"


@POSIX
def test_a_linked_folder_within_ours_is_refused(notebook: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    target = notebook / "_site"
    write_site(ONE, target, notebook=notebook)
    (target / "extra").symlink_to(outside)
    with pytest.raises(DiskError, match="extra"):
        write_site(TWO, target, notebook=notebook)
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("what", ["new", "old"])
def test_a_folder_beside_the_site_that_only_looks_like_a_leftover_is_not_touched(
    notebook: Path, what: str
) -> None:
    theirs = notebook / f"._site.{what}"
    theirs.mkdir()
    (theirs / "diary").write_bytes(b"mine")
    with pytest.raises(DiskError, match="is in the way"):
        write_site(ONE, notebook / "_site", notebook=notebook)
    assert tree(theirs) == {"diary": b"mine"}
    assert not (notebook / "_site").exists()


@POSIX
@pytest.mark.parametrize("what", ["new", "old"])
def test_a_link_beside_the_site_leads_no_build_elsewhere(notebook: Path, tmp_path: Path, what: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (notebook / f"._site.{what}").symlink_to(outside)
    with pytest.raises(DiskError, match="is in the way"):
        write_site(ONE, notebook / "_site", notebook=notebook)
    assert list(outside.iterdir()) == []


def test_what_a_killed_build_left_is_cleared_away(notebook: Path) -> None:
    target = notebook / "_site"
    write_site(ONE, target, notebook=notebook)
    write_site(TWO, notebook / "._site.new", notebook=notebook)
    write_site(ONE, target, notebook=notebook)
    target.rename(notebook / "._site.old")
    (notebook / "._site.new").mkdir()
    assert write_site(ONE, target, notebook=notebook) == Written(0, 0, 3, 0), "the old one came back"
    assert sorted(p.name for p in notebook.iterdir()) == ["_site", "contacts"]


def test_a_spoiled_marker_is_refused_in_words(notebook: Path) -> None:
    target = notebook / "_site"
    write_site(ONE, target, notebook=notebook)
    (target / MARKER).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DiskError, match="did not write"):
        write_site(TWO, target, notebook=notebook)
    assert tree(target) == ONE


def test_what_the_machine_refuses_is_said_and_harms_nothing(notebook: Path) -> None:
    (notebook / "file").write_bytes(b"")
    with pytest.raises(DiskError, match="cannot be written") as caught:
        write_site(ONE, notebook / "file" / "below", notebook=notebook)
    assert "untouched" in caught.value.remedy


BUILDER = """
import sys
from pathlib import Path
from intouch.disk import write_site
target, notebook, count = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
for n in range(count):
    word = b"one" if n % 2 else b"two"
    site = {f"people/p{i}/index.html": word * 50 for i in range(120)} | {"index.html": word}
    write_site(site, target, notebook=notebook)
    if n == 0:
        print("ready", flush=True)
"""


def builder(target: Path, notebook: Path, count: int) -> subprocess.Popen[str]:
    """A process that builds two sites in turn."""
    command = [sys.executable, "-c", BUILDER, str(target), str(notebook), str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def is_whole(target: Path) -> bool:
    """Whether a folder holds one of the builder's sites and nothing else."""
    site = tree(target)
    word = site["index.html"]
    return len(site) == 121 and all(d == word * 50 for name, d in site.items() if name != "index.html")


@POSIX
def test_a_build_killed_at_any_moment_leaves_a_whole_site(notebook: Path) -> None:
    target, dice = notebook / "_site", random.Random(7)
    for _ in range(20):
        with builder(target, notebook, 10_000) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            time.sleep(dice.uniform(0, 0.06))
            process.send_signal(signal.SIGKILL)
        assert is_whole(target)
    write_site(ONE, target, notebook=notebook)
    assert tree(target) == ONE
    assert sorted(p.name for p in notebook.iterdir()) == ["_site", "contacts"], "nothing is left beside it"


@POSIX
def test_builds_at_once_take_turns_and_readers_never_see_half(notebook: Path) -> None:
    target = notebook / "_site"
    done = threading.Event()
    broken: list[str] = []

    def read() -> None:
        while not done.is_set():
            try:
                word = (target / "index.html").read_bytes()
                page = (target / "people" / "p119" / "index.html").read_bytes()
            except FileNotFoundError as missing:
                broken.append(str(missing))
            else:
                if word not in {b"one", b"two"} or page not in {b"one" * 50, b"two" * 50}:
                    broken.append("half a file")

    with builder(target, notebook, 1):
        pass
    reader = threading.Thread(target=read)
    reader.start()
    builders = [builder(target, notebook, 25) for _ in range(3)]
    codes = [process.wait() for process in builders]
    done.set()
    reader.join()
    for process in builders:
        assert process.stdout is not None
        process.stdout.close()
    assert codes == [0, 0, 0]
    assert is_whole(target)
    if sys.platform.startswith("linux"):
        assert broken == [], "folders are exchanged in one step there"


@POSIX
def test_a_full_disk_leaves_the_last_good_site(notebook: Path) -> None:
    target = notebook / "_site"
    write_site(ONE, target, notebook=notebook)
    script = (
        "import resource, signal, sys\nfrom pathlib import Path\n"
        "from intouch.disk import DiskError, write_site\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try:\n    write_site({'index.html': b'x' * 5000}, Path(sys.argv[1]), notebook=Path(sys.argv[2]))\n"
        "except DiskError as problem:\n    sys.exit(f'{problem.message}|{problem.remedy}')\n"
    )
    command = [sys.executable, "-c", script, str(target), str(notebook)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert "untouched" in done.stderr
    assert tree(target) == ONE
    assert sorted(p.name for p in notebook.iterdir()) == ["_site", "contacts"]


UNGUESSABLE = "f/abcdefghijklmnopqrstuvwxyz.ics"


def test_a_secret_name_is_not_told_by_the_marker_and_still_ours(notebook: Path) -> None:
    target = notebook / "_site"
    site = {**ONE, UNGUESSABLE: b"feed"}
    write_site(site, target, notebook=notebook, secret={UNGUESSABLE})
    assert UNGUESSABLE.encode() not in (target / MARKER).read_bytes()
    assert UNGUESSABLE[2:-4].encode() not in (target / MARKER).read_bytes()
    again = write_site(site, target, notebook=notebook, secret={UNGUESSABLE})
    assert again == Written(created=0, changed=0, unchanged=4, removed=0)
    assert write_site(ONE, target, notebook=notebook).removed == 1
    assert tree(target) == ONE


def test_a_written_site_is_held_against_what_it_was_to_be(notebook: Path) -> None:
    target = notebook / "_site"
    write_site(ONE, target, notebook=notebook)
    assert foreign_to(ONE, target) == []
    (target / "people" / "ann" / "index.html").write_bytes(b"Anne")
    (target / "more.txt").write_bytes(b"more")
    (target / "check-ins.ics").unlink()
    assert foreign_to(ONE, target) == ["check-ins.ics", "more.txt", "people/ann/index.html"]
    remove_site(target)
    assert not target.exists()


@POSIX
def test_a_link_is_no_file_of_a_written_site(notebook: Path) -> None:
    target = notebook / "_site"
    write_site(ONE, target, notebook=notebook)
    page = target / "index.html"
    page.rename(notebook / "elsewhere.html")
    page.symlink_to(notebook / "elsewhere.html")
    assert foreign_to(ONE, target) == ["index.html"]
    remove_site(target)
    assert (notebook / "elsewhere.html").read_bytes() == b"one"
