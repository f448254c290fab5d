"""What is remembered: found again, forgotten when nobody asks, and never trusted when anything is odd."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intouch.locking import alone_in
from intouch.memo import Memo, digest, memo_folder
from intouch.places import Place

A, B = digest("a"), digest("b")


def known(folder: Path, **values: Place) -> Memo:
    memo = Memo(folder)
    for name, value in values.items():
        memo.shelf("places", Place).put(digest(name), value)
    memo.settle()
    return memo


def found(folder: Path, key: bytes = A) -> Place | None:
    return Memo(folder).shelf("places", Place).get(key)


def test_what_one_process_knew_the_next_one_knows(tmp_path: Path) -> None:
    known(tmp_path, a=Place("a.md", 3))
    assert found(tmp_path) == Place("a.md", 3)
    assert found(tmp_path, B) is None


def test_only_what_is_missing_is_made_and_all_of_it_at_once(tmp_path: Path) -> None:
    known(tmp_path, a=Place("a.md"))
    asked: list[Sequence[str]] = []

    def make(names: Sequence[str]) -> list[Place]:
        asked.append(names)
        return [Place(f"{name}.md") for name in names]

    shelf = Memo(tmp_path).shelf("places", Place)
    for _ in range(2):
        made = shelf.all_of(["b", "a", "c"], digest, make)
        assert made == [Place("b.md"), Place("a.md"), Place("c.md")]
    assert asked == [["b", "c"]]


def test_what_nobody_asks_for_is_forgotten(tmp_path: Path) -> None:
    known(tmp_path, a=Place("a.md"), b=Place("b.md"), c=Place("c.md"))
    memo = Memo(tmp_path)
    shelf = memo.shelf("places", Place)
    shelf.get(A)
    shelf.want([B])
    for number in range(32):  # so that every part is looked at
        shelf.get(bytes([number]) * 16)
    memo.settle()
    assert [found(tmp_path, digest(name)) for name in "abc"] == [Place("a.md"), Place("b.md"), None]


def test_another_value_under_the_same_key_is_written_too(tmp_path: Path) -> None:
    known(tmp_path, a=Place("a.md", 1))
    known(tmp_path, a=Place("a.md", 2))
    assert found(tmp_path) == Place("a.md", 2)


def test_a_shelf_that_was_not_used_stays_as_it_is(tmp_path: Path) -> None:
    known(tmp_path, a=Place("a.md"))
    memo = Memo(tmp_path)
    memo.shelf("places", Place)
    memo.settle()
    memo.settle()
    assert found(tmp_path) == Place("a.md")


def file_of(folder: Path) -> Path:
    (path,) = (p for p in folder.rglob("*") if p.is_file())
    return path


@pytest.mark.parametrize("at", [0, 7, 15, 25, 40, -20, -1])
def test_one_wrong_byte_is_as_good_as_nothing(at: int, tmp_path: Path) -> None:
    known(tmp_path, a=Place("a.md"))
    path = file_of(tmp_path)
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)
    assert found(tmp_path) is None
    known(tmp_path, a=Place("a.md", 9))
    assert found(tmp_path) == Place("a.md", 9)


@pytest.mark.parametrize("content", [b"", b"intouch", b"\x80\x05.", b"# somebody's notes\n" * 99])
def test_a_foreign_file_is_as_good_as_nothing(content: bytes, tmp_path: Path) -> None:
    known(tmp_path, a=Place("a.md"))
    file_of(tmp_path).write_bytes(content)
    assert found(tmp_path) is None


def test_a_file_cut_short_anywhere_is_as_good_as_nothing(tmp_path: Path) -> None:
    known(tmp_path, a=Place("a.md"))
    path = file_of(tmp_path)
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        assert found(tmp_path) is None


def test_another_version_of_anything_knows_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known(tmp_path, a=Place("a.md"))
    packages = tmp_path / "site-packages"
    (packages / "markdown_it_py-99.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(packages)
    assert found(tmp_path) is None


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="a full disk is made with a mount")
def test_on_a_full_disk_nothing_is_kept_and_nobody_is_told(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)]
    if subprocess.run(mounted, check=False, capture_output=True).returncode != 0:
        pytest.skip("mounting is not allowed here")
    try:
        known(disk, a=Place("a.md" * 100_000))
        assert found(disk) is None
        assert [p for p in disk.rglob("*") if p.is_file()] == []
        known(disk, a=Place("a.md"))
        assert found(disk) == Place("a.md")
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_where_a_file_stands_in_the_folders_place_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "places").write_text("mine")
    known(tmp_path, a=Place("a.md"))
    assert (tmp_path / "places").read_text() == "mine"
    assert found(tmp_path) is None


def test_two_at_once_both_leave_something_whole(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom pathlib import Path\nfrom intouch.memo import Memo, digest\n"
        "from intouch.places import Place\n"
        "for n in range(200):\n"
        "    memo = Memo(Path(sys.argv[1]))\n"
        "    shelf = memo.shelf('places', Place)\n"
        "    assert shelf.get(digest('a')) in {None, Place('a.md')}\n"
        "    shelf.put(digest('a'), Place('a.md'))\n"
        "    shelf.put(digest(f'{sys.argv[2]} {n}'), Place('x.md'))\n"
        "    memo.settle()\n"
    )
    command = [sys.executable, "-W", "error", "-c", script, str(tmp_path)]
    both = [subprocess.Popen([*command, name]) for name in ("one", "two")]
    assert [process.wait(60) for process in both] == [0, 0]
    assert found(tmp_path) == Place("a.md")
    assert not [p for p in tmp_path.rglob("*.*") if p.is_file()], "no staged file is left"


def test_what_was_left_by_whoever_was_killed_goes_with_the_next(tmp_path: Path) -> None:
    known(tmp_path, a=Place("a.md"))
    (path,) = (p for p in tmp_path.rglob("*") if p.is_file())
    path.with_name(f"{path.name}.4711").write_bytes(b"half of it")
    known(tmp_path, a=Place("b.md"))
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == [path]
    assert found(tmp_path) == Place("b.md")


@pytest.mark.skipif(sys.platform == "win32", reason="folders are locked as POSIX does it")
def test_what_another_program_is_just_writing_is_not_taken_for_a_leftover(tmp_path: Path) -> None:
    known(tmp_path, a=Place("a.md"))
    path = file_of(tmp_path)
    beside = path.with_name(f"{path.name}.4711")
    with alone_in(path.parent):
        beside.write_bytes(b"half of it")
        writer = threading.Thread(target=known, args=(tmp_path,), kwargs={"a": Place("b.md")})
        writer.start()
        writer.join(0.2)
        assert beside.exists()
    writer.join()
    assert found(tmp_path) == Place("b.md")


@pytest.mark.skipif(sys.platform == "win32", reason="permissions as POSIX has them")
def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    known(tmp_path / "cache" / "notebook", a=Place("a.md"))
    path = file_of(tmp_path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_each_notebook_has_a_folder_of_its_own(tmp_path: Path) -> None:
    one, other = memo_folder(tmp_path / "one"), memo_folder(tmp_path / "other")
    assert one is not None
    assert one != other
    assert one == memo_folder(tmp_path / "other" / ".." / "one")
    assert "one" not in one.name, "the folder's name tells nothing"


@given(st.lists(st.text(max_size=3), max_size=4), st.lists(st.text(max_size=3), max_size=4))
def test_a_digest_tells_apart_what_is_divided_otherwise(one: list[str], other: list[str]) -> None:
    assert (digest(*one) == digest(*other)) == (one == other)


def test_the_latest_value_is_taken_again_where_it_would_be_made_of_the_same() -> None:
    memo = Memo()
    made: list[str] = []

    def of(name: str, made_of: str) -> str:
        def make() -> str:
            made.append(made_of)
            return made_of.upper()

        return memo.latest("x", str).of(name, made_of, make)

    assert [of("ann", "a"), of("ben", "b"), of("ann", "a")] == ["A", "B", "A"]
    memo.settle()
    made.clear()
    assert [of("ann", "a"), of("ben", "c")] == ["A", "C"]
    assert made == ["c"]
    memo.settle()
    assert of("ben", "c") == "C"
    memo.settle()
    made.clear()
    assert of("ann", "a") == "A"
    assert made == ["a"], "what nobody asked for the last time is forgotten"
