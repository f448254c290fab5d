"""The tree that is kept aside: whatever becomes of it, the output holds exactly the site."""

from __future__ import annotations

import random
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intouch.disk import MARKER, write_site
from intouch.memo import Memo, digest
from intouch.website import Website

LINUX = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="elsewhere no two trees can be exchanged"
)

NAMES = ("index.html", "people/ann/index.html", "people/ben/index.html", "people/index.html", "a/b.css")
SITES = st.dictionaries(st.sampled_from(NAMES), st.sampled_from([b"", b"one", b"two", b"three"]), min_size=1)


def tree(folder: Path) -> dict[str, bytes]:
    found = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert found.pop(MARKER)
    return found


def empty_folders(folder: Path) -> list[Path]:
    return [p for p in folder.rglob("*") if p.is_dir() and not any(p.iterdir())]


def spare_in(cache: Path) -> Path:
    (found,) = (p for p in (cache / "spare").iterdir() if p.is_dir())
    return found


def write(site: dict[str, bytes], root: Path) -> None:
    memo = Memo(root / "cache")
    write_site(site, root / "site", notebook=root / "network", memo=memo)
    memo.settle()
    assert tree(root / "site") == site
    assert empty_folders(root / "site") == []


def disturb(root: Path, how: int) -> None:
    """Do to the spare, to what is known of it, or to the output, what somebody may do."""
    rng = random.Random(how)
    spares = [p for p in (root / "cache" / "spare").rglob("*") if p.is_file()]
    outputs = [p for p in (root / "site").rglob("*") if p.is_file() and p.name != MARKER]
    way = how % 7
    if way == 1 and spares:
        rng.choice(spares).unlink()
    elif way == 2 and spares:
        path = rng.choice(spares)
        path.unlink()
        path.write_bytes(b"other")
    elif way == 3:
        shutil.rmtree(root / "cache" / "output", ignore_errors=True)
    elif way == 4:
        shutil.rmtree(root / "cache", ignore_errors=True)
    elif way == 5 and outputs:
        rng.choice(outputs).write_bytes(b"in place")  # the spare may share it
    elif way == 6:
        for busy in [p for p in (root / "cache" / "spare").glob("*") if p.is_dir()]:
            busy.with_name(f"{busy.name}.busy").touch()


@settings(max_examples=50)
@given(st.lists(st.tuples(SITES, st.integers(0, 1_000)), min_size=1, max_size=6))
def test_whatever_was_there_the_output_holds_the_site(steps: list[tuple[dict[str, bytes], int]]) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        for site, how in steps:
            write(site, root)
            disturb(root, how)


@LINUX
def test_the_tree_before_is_brought_up_to_date(tmp_path: Path) -> None:
    write({"a.html": b"1", "p/ann/i.html": b"1", "p/ben/i.html": b"1"}, tmp_path)
    write({"a.html": b"2", "p/ann/i.html": b"1", "p/ben/i.html": b"1"}, tmp_path)
    folders = [(tmp_path / "site" / "p").stat().st_ino, (spare_in(tmp_path / "cache") / "p").stat().st_ino]
    write({"a.html": b"3", "p/ann/i.html": b"1", "q/cy/i.html": b"1"}, tmp_path)
    assert [
        (spare_in(tmp_path / "cache") / "p").stat().st_ino,
        (tmp_path / "site" / "p").stat().st_ino,
    ] == folders, "the two have changed places, and no folder was made anew"
    kept = (tmp_path / "site" / "p/ann/i.html").stat().st_ino
    assert kept == (spare_in(tmp_path / "cache") / "p/ann/i.html").stat().st_ino, "what is the same is shared"


@LINUX
def test_a_spare_that_fails_half_way_is_done_without(tmp_path: Path) -> None:
    old = {"a.html": b"1", "b/c.html": b"1"}
    write(old, tmp_path)
    write({**old, "a.html": b"2"}, tmp_path)
    spare = spare_in(tmp_path / "cache")
    (spare / "d").write_text("where a folder is needed")
    write({**old, "d/e.html": b"1"}, tmp_path)
    write({**old, "d/e.html": b"2"}, tmp_path)
    assert tree(spare_in(tmp_path / "cache")) == {**old, "d/e.html": b"1"}, "there is a new one"


@LINUX
@pytest.mark.parametrize("what", ["spare", "busy", "output"])
def test_a_cache_that_cannot_be_used_stops_no_build(what: str, tmp_path: Path) -> None:
    write({"a.html": b"1"}, tmp_path)
    write({"a.html": b"2"}, tmp_path)
    spare = spare_in(tmp_path / "cache")
    if what == "spare":
        shutil.rmtree(spare.parent)
        spare.parent.write_text("a file where the folder was")
    elif what == "busy":
        spare.with_name(f"{spare.name}.busy").mkdir()
    else:
        shutil.rmtree(tmp_path / "cache" / "output")
        (tmp_path / "cache" / "output").write_text("a file where the folder was")
    for content in (b"3", b"4", b"5"):
        write({"a.html": content, "b/c.html": content}, tmp_path)


def test_a_file_that_came_out_otherwise_than_it_was_known_is_written_again(tmp_path: Path) -> None:
    meant = {"index.html": b"page", "files/a.png": b"picture"}
    keys = {name: digest(content) for name, content in meant.items()}
    # A picture that somebody saved over between the look at it and the writing, and then took back.
    saved_over = Website({"index.html": b"page"}, {"files/a.png": lambda: b"other"}, keys)
    memo = Memo(tmp_path / "cache")
    write_site(saved_over, tmp_path / "site", notebook=tmp_path / "network", memo=memo)
    memo.settle()
    write(meant, tmp_path)


def test_nothing_is_kept_where_nothing_is_remembered(tmp_path: Path) -> None:
    for content in (b"1", b"2"):
        write_site({"a.html": content}, tmp_path / "site", notebook=tmp_path / "network", memo=Memo())
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


@LINUX
def test_damage_to_the_spare_does_not_make_the_output_nobodys(tmp_path: Path) -> None:
    write({"index.html": b"one", "a/b.css": b"one"}, tmp_path)
    write({"index.html": b"two", "a/b.css": b"one"}, tmp_path)
    with (spare_in(tmp_path / "cache") / MARKER).open("r+b") as marker:
        marker.truncate(3)  # in place, as a failing disk does it: a shared file would be damaged at both ends
    write({"index.html": b"three", "a/b.css": b"one"}, tmp_path)
