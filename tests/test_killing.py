"""Kill −9 of every command that writes, a few times; `python tests/killing.py` does it hundreds of times."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from intouch.writing.files import create, rewrite

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and forks as POSIX has them")


def kill(*options: str) -> list[str]:
    """Run the script, which looks at what each kill leaves; returns its lines."""
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("killing.py"), *options],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()


def test_killed_before_any_change_of_the_file_system_everything_is_whole() -> None:
    told = kill("log", "build", "--steps", "--rounds", "0", "--stride", "3")
    told += kill("import", "--steps", "--rounds", "0", "--stride", "70")
    assert [line.endswith(": whole each time") for line in told] == [True] * 3


def test_killed_at_random_moments_everything_is_whole() -> None:
    assert len(kill("log --with", "seal rotate", "serve", "--rounds", "1")) == 3


def test_what_a_killed_writer_left_is_taken_away_by_the_next(tmp_path: Path) -> None:
    left, theirs = tmp_path / ".intouch-a1b2c3d4.tmp", tmp_path / ".intouch-notes.tmp"
    theirs.write_bytes(b"of somebody's own")
    for word in (b"new", b"old"):
        left.write_bytes(b"half a ca")
        if word == b"new":
            create(tmp_path / "ann.md", word)
        else:
            rewrite(tmp_path / "ann.md", lambda _before: b"old")
        assert sorted(p.name for p in tmp_path.iterdir()) == [theirs.name, "ann.md"]
        assert (tmp_path / "ann.md").read_bytes() == word
