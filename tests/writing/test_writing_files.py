"""Files are written whole or not at all, and never over what somebody else has just saved."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from intouch.writing.files import TakenError, WriteError, create, rewrite

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="modes and signals as POSIX has them")


@pytest.fixture
def card(tmp_path: Path) -> Path:
    path = tmp_path / "ann.md"
    path.write_bytes(b"one\r\n")
    return path


def test_a_file_is_replaced_and_nothing_lies_beside_it(card: Path) -> None:
    rewrite(card, lambda raw: raw + b"two\r\n")
    assert card.read_bytes() == b"one\r\ntwo\r\n"
    assert [p.name for p in card.parent.iterdir()] == ["ann.md"]


@POSIX
def test_its_mode_stays(card: Path) -> None:
    card.chmod(0o640)
    rewrite(card, lambda raw: raw + b"two")
    assert card.stat().st_mode & 0o777 == 0o640


@POSIX
def test_a_link_stays_a_link(card: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.md"
    link.symlink_to(card)
    rewrite(link, lambda raw: raw + b"two")
    assert link.is_symlink()
    assert card.read_bytes() == b"one\r\ntwo"


def test_what_an_editor_saved_meanwhile_is_kept(card: Path) -> None:
    def change(raw: bytes) -> bytes:
        card.write_bytes(b"saved by the editor")
        return raw + b"two"

    with pytest.raises(WriteError, match="saved by somebody else"):
        rewrite(card, change)
    assert card.read_bytes() == b"saved by the editor"
    assert [p.name for p in card.parent.iterdir()] == ["ann.md"]


def test_a_change_that_fails_changes_nothing(card: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        rewrite(card, lambda raw: raw * (1 // 0))
    assert card.read_bytes() == b"one\r\n"


def test_a_new_file_takes_no_other_ones_place(card: Path) -> None:
    with pytest.raises(TakenError):
        create(card, b"mine")
    assert card.read_bytes() == b"one\r\n"
    create(card.parent / "ben" / "note.md", b"new")
    assert (card.parent / "ben" / "note.md").read_bytes() == b"new"
    assert sorted(p.name for p in card.parent.iterdir()) == ["ann.md", "ben"]


def test_what_the_machine_refuses_is_said(card: Path) -> None:
    with pytest.raises(WriteError, match="cannot be written") as caught:
        rewrite(card.parent / "nobody.md", bytes)
    assert caught.value.remedy == "Nothing was changed."
    with pytest.raises(WriteError, match=r"cannot be written|is there already"):
        create(card / "below.md", b"")
    assert card.read_bytes() == b"one\r\n"


FULL = """
import resource, signal, sys
from pathlib import Path
from intouch.writing.files import WriteError, rewrite
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
try:
    rewrite(Path(sys.argv[1]), lambda raw: raw + b"x" * 1000)
except WriteError as problem:
    sys.exit(problem.message)
"""


@POSIX
def test_a_full_disk_loses_nothing(card: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(card)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert card.read_bytes() == b"one\r\n"
    assert [p.name for p in card.parent.iterdir()] == ["ann.md"]


FULL_WITHOUT_LINKS = """
import os, resource, signal, sys
from pathlib import Path
from intouch.writing.files import WriteError, create
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
def no_links(*_paths):
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
    raise PermissionError
os.link = no_links
try:
    create(Path(sys.argv[1]), b"x" * 1000)
except WriteError as problem:
    sys.exit(problem.message)
"""


@POSIX
def test_a_full_disk_without_links_leaves_no_half_of_a_new_file(card: Path) -> None:
    new = card.parent / "new.md"
    command = [sys.executable, "-c", FULL_WITHOUT_LINKS, str(new)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert [p.name for p in card.parent.iterdir()] == ["ann.md"]


def test_many_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    contacts = tmp_path / "contacts"
    contacts.mkdir()
    (contacts / "ann.md").write_text("---\nname: Ann\n---\n\n## Log\n", encoding="utf-8")
    command = [sys.executable, "-m", "intouch", "log", "ann", "note", "--project", str(tmp_path)]
    writers = [
        subprocess.Popen([*command, f"number {n}"], stdout=subprocess.DEVNULL, env={**os.environ})
        for n in range(4)
    ]
    assert [writer.wait() for writer in writers] == [0] * 4
    text = (contacts / "ann.md").read_text(encoding="utf-8")
    assert sorted(line[-8:] for line in text.splitlines() if "number" in line) == [
        f"number {n}" for n in range(4)
    ]
