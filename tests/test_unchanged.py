"""A site whose inputs have not changed is not built again, and is there all the same when it is asked for."""

from __future__ import annotations

import shutil
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from intouch.cli.build import _built
from intouch.cli.opening import Opened
from intouch.memo import Memo, digest
from intouch.project import read_settings
from intouch.unchanged import Outcome, known_or_built
from intouch.website import Website
from server import write_notebook
from test_build_on_disk import EARLY, LATE, build, tree

KEY = digest("inputs")


def test_what_is_known_is_not_built_until_a_file_is_asked_for(tmp_path: Path) -> None:
    built: list[int] = []

    def make() -> Outcome:
        built.append(1)
        return Outcome(Website({"a.html": b"A", "b.html": b"B"}), 3, 4, ())

    memo = Memo(tmp_path)
    assert dict(known_or_built(KEY, memo, make).site) == {"a.html": b"A", "b.html": b"B"}
    memo.settle()
    known = known_or_built(KEY, Memo(tmp_path), make)
    assert (list(known.site), known.people, known.check_ins) == (["a.html", "b.html"], 3, 4)
    assert known.site.digest_of("a.html") == digest(b"A")
    assert len(built) == 1
    assert dict(known.site.some(["b.html", "a.html"])) == {"a.html": b"A", "b.html": b"B"}
    assert known.site["a.html"] == b"A"
    assert len(built) == 2, "once for all files"
    assert known.site.with_files({"c.html": b"C"})["a.html"] == b"A"
    assert known_or_built(digest("others"), Memo(tmp_path), make).people == 3
    assert len(built) == 3


def test_what_was_built_while_a_template_was_saved_is_not_taken_for_the_old_one(tmp_path: Path) -> None:
    built: list[str] = []

    def make() -> Outcome:
        built.append("old or new")
        return Outcome(Website({}), 0, 0, ())

    memo = Memo(tmp_path)
    for key_now, times in (("others", 1), ("others", 2), ("inputs", 3), ("inputs", 3)):
        known_or_built(KEY, memo, make, partial(digest, key_now))
        assert len(built) == times


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    return write_notebook(tmp_path / "network")


def test_an_output_that_was_removed_is_made_again(notebook: Path) -> None:
    assert build(notebook, EARLY).returncode == 0
    whole = tree(notebook / "_site")
    shutil.rmtree(notebook / "_site" / "people")
    assert "0 of them new" not in build(notebook, EARLY).stdout
    assert tree(notebook / "_site") == whole
    shutil.rmtree(notebook / "_site")
    assert build(notebook, EARLY).returncode == 0
    assert tree(notebook / "_site") == whole
    assert "0 of them new or changed" in build(notebook, EARLY).stdout


def test_a_file_that_was_edited_in_the_output_is_put_right(notebook: Path) -> None:
    assert build(notebook, EARLY).returncode == 0
    whole = tree(notebook / "_site")
    (notebook / "_site" / "index.html").write_text("mine")
    assert "1 of them new or changed" in build(notebook, EARLY).stdout
    assert tree(notebook / "_site") == whole


def test_another_day_and_back_again(notebook: Path) -> None:
    sites = []
    for day in (EARLY, LATE, EARLY, LATE):
        assert build(notebook, day).returncode == 0
        sites.append(tree(notebook / "_site"))
    assert sites[0] == sites[2] != sites[1] == sites[3]


def test_warnings_are_told_again(notebook: Path) -> None:
    (notebook / "contacts" / "notes.txt").write_text("x")
    told = [build(notebook, EARLY) for _ in range(2)]
    assert [done.returncode for done in told] == [0, 0]
    assert "stray-file" in told[0].stderr
    assert told[0].stderr == told[1].stderr


def test_a_build_over_midnight_is_that_of_the_day_on_which_it_began(notebook: Path, tmp_path: Path) -> None:
    days = iter([date(2026, 11, 23), *[date(2026, 11, 24)] * 9])
    opened = Opened(notebook, read_settings(notebook), lambda: next(days), Memo(tmp_path / "cache"))
    outcome = _built(opened)
    assert b"23 Nov 2026" in outcome.site["index.html"]
    assert b"24 Nov 2026" not in outcome.site["404.html"]
