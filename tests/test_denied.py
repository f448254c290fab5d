"""What the machine denies is said in a line or two, and nothing of a user's is passed over in silence."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from needs import needs_program
from program import Done, write_files
from server import SETTINGS

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="permissions as POSIX has them")

NOTEBOOK = f"""
=== contacts/ann.md
---
name: Ann Bell
cadence: monthly
---
=== contacts/ben.md
---
name: Ben Cho
---
=== site_templates/messages/thank-you.txt
Subject: Thank you

Thank you.
=== intouch.toml
{SETTINGS}"""
DENIED = "Permission denied"
KEPT = {"XDG_CACHE_HOME": "cache", "XDG_STATE_HOME": "state", "INTOUCH_CONFIG_DIR": "config"}


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    yield write_files(tmp_path / "network", NOTEBOOK)
    for path in tmp_path.rglob("*"):
        if path.is_dir():
            path.chmod(0o755)


def intouch(root: Path, *arguments: str, cwd: Path | None = None) -> Done:
    """Run `intouch` as somebody whom permissions bind, also where the tests are run by root."""
    everybody = []
    if os.geteuid() == 0:
        powers = "-dac_override,-dac_read_search"
        everybody = [needs_program("setpriv"), f"--bounding-set={powers}", f"--inh-caps={powers}"]
    kept = {name: str(root.parent / folder) for name, folder in KEPT.items()}
    words = {"INTOUCH_PASSPHRASE": "zeven blauwe fietsen zonder bel", "INTOUCH_SITE_KEY": "", "CI": ""}
    done = subprocess.run(
        [*everybody, sys.executable, "-m", "intouch", *arguments],
        cwd=cwd or root,
        env=os.environ | kept | words,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Done(done.returncode, done.stdout, done.stderr)


def test_a_cache_that_is_closed_costs_time_and_nothing_else(root: Path) -> None:
    (root.parent / "cache").mkdir(mode=0)
    for day in ("2026-11-23", "2026-11-24"):
        done = intouch(root, "build", "--today", day)
        assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize("closed", ["site_templates", "site_templates/messages"])
def test_templates_that_cannot_be_read_are_not_passed_over(root: Path, closed: str) -> None:
    if closed == "site_templates":
        shutil.rmtree(root / closed / "messages")
    (root / closed).chmod(0)
    done = intouch(root, "build")
    assert (done.code, done.out) == (1, "")
    assert f"{closed}:1:1: error: this folder cannot be read: {DENIED}  [unreadable-file]" in done.err
    assert "Errno" not in done.err
    assert not (root / "_site").exists()


def test_a_message_that_cannot_be_read_is_told_once(root: Path) -> None:
    message = root / "site_templates" / "messages" / "thank-you.txt"
    message.chmod(0)
    done = intouch(root, "build")
    assert done.err.count(f"thank-you.txt:1:1: error: the file cannot be read: {DENIED}") == 1
    assert "1 error in 1 file" in done.err


def test_an_output_that_cannot_be_looked_into_is_told_as_an_output(root: Path) -> None:
    assert intouch(root, "build").code == 0
    (root / "_site").chmod(0)
    done = intouch(root, "build", "--today", "2027-01-05")
    assert (done.code, done.out) == (3, "")
    assert f"_site' cannot be written: {DENIED}" in done.err
    assert "What was built before is untouched; check the folder's permissions" in done.err


def test_who_is_not_found_may_be_on_a_card_that_cannot_be_read(root: Path) -> None:
    (root / "contacts" / "ben.md").chmod(0)
    for command in (("log", "ben", "call"), ("why", "ben")):
        done = intouch(root, *command)
        assert done.code == 2
        assert done.err.count(f"contacts/ben.md:1:1: error: this file cannot be read: {DENIED}") == 1
        assert "nobody is called 'ben'" in done.err


def test_a_lock_that_cannot_be_written_leaves_no_key(root: Path) -> None:
    root.chmod(0o555)
    done = intouch(root, "seal", "init")
    assert (done.code, done.out) == (3, "")
    assert done.err.endswith(f"lock.json' cannot be written: {DENIED}\n  Nothing was changed.\n")
    assert list((root.parent / "config" / "keys").iterdir()) == []


def test_a_folder_that_is_gone_is_said(root: Path) -> None:
    gone = root.parent / "gone"
    gone.mkdir()
    script = 'rmdir "$PWD"; exec "$0" -m intouch due'
    done = subprocess.run(
        ["sh", "-c", script, sys.executable], cwd=gone, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == (
        "intouch: the folder that you are in is gone\n  Change into one that is there, and try again.\n"
    )
