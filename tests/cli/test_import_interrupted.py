"""`import` of thousands: its bars on a terminal, and stopped, out of room or refused in the middle of it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from needs import needs_program
from program import run, write_files
from terminal import on_a_terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="terminals and signals as POSIX has them")
LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="mounts as Linux has them")

MANY = 1_500
WRITE = ("import", "people.csv", "--write")


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    rows = "".join(f"Ann Ray{n},Acme,ann{n}@acme.example\n" for n in range(MANY))
    (tmp_path / "people.csv").write_text(f"Name,Company,E-mail\n{rows}", encoding="utf-8")
    return write_files(tmp_path, "")


def names(notebook: Path) -> list[str]:
    return sorted(path.name for path in (notebook / "contacts").iterdir())


def assert_whole(notebook: Path) -> None:
    """Every file is a card that reads without a problem, and nothing else lies beside them."""
    assert all(name.startswith("ann-ray") and name.endswith(".md") for name in names(notebook))
    assert run("check", cwd=notebook).out.startswith("No problems: ")


def test_there_is_a_bar_for_reading_and_one_for_writing(notebook: Path) -> None:
    seen = on_a_terminal(*WRITE, cwd=notebook)
    assert "Reading people.csv" in seen
    assert "Writing cards" in seen
    assert seen.count("100%") >= 2
    assert f"Written: {MANY:,} new cards" in seen


def test_there_is_none_for_a_few(notebook: Path) -> None:
    (notebook / "people.csv").write_text("Name,Company\nAnn,Acme\n", encoding="utf-8")
    seen = on_a_terminal(*WRITE, cwd=notebook)
    assert "Written: 1 new card" in seen
    assert "%" not in seen


def test_stopped_in_the_middle_there_are_whole_cards_and_a_second_run_goes_on(notebook: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "intouch", *WRITE],
        cwd=notebook,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        while len(names(notebook)) < 50:
            assert process.poll() is None
            time.sleep(0.001)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=30)
    assert process.returncode == 1
    so_far = len(names(notebook))
    assert 0 < so_far < MANY
    assert told == (
        f"intouch: stopped\n  Written so far: {so_far:,} of {MANY:,} cards, each of them whole. "
        "The same import goes on from there.\n"
    )
    assert_whole(notebook)
    assert f"Written: {MANY - so_far:,} new cards, 0 filled in." in run(*WRITE, cwd=notebook).out
    assert len(names(notebook)) == MANY
    assert_whole(notebook)


def on_a_small_disk(notebook: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Run a script with a disk of its own at $DISK; `import` there as "$@"."""
    disk = notebook / "disk"
    disk.mkdir()
    mounted = f'mount -t tmpfs -o size=1m none "{disk}" || exit 77\n'
    mounted += f'mkdir "{disk}/contacts"; cp people.csv "{disk}"; cd "{disk}"\n'
    own_mounts = [needs_program("unshare"), "--map-root-user", "--mount", "sh", "-c"]
    done = subprocess.run(
        [*own_mounts, mounted + script, "sh", sys.executable, "-m", "intouch", *WRITE],
        cwd=notebook,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    if done.returncode == 77 or done.stderr.startswith("unshare:"):
        pytest.skip(f"NOT TESTED: no disk of one's own may be mounted here ({done.stderr.strip()})")
    return done


@LINUX
def test_a_full_disk_is_said_and_what_is_there_is_whole(notebook: Path) -> None:
    kept = notebook / "kept"
    done = on_a_small_disk(notebook, f'"$@"; code=$?; cp -R contacts "{kept}"; exit $code\n')
    assert done.returncode == 3
    first, second = done.stderr.splitlines()
    assert first.startswith("intouch: ")
    assert first.endswith("cannot be written: No space left on device")
    so_far = len(list(kept.iterdir()))
    assert 0 < so_far < MANY
    assert second == (
        f"  The disk is full. Written so far: {so_far:,} of {MANY:,} cards, each of them whole. "
        "The same import goes on from there."
    )
    (notebook / "contacts").rmdir()
    kept.rename(notebook / "contacts")
    assert_whole(notebook)


@LINUX
def test_a_folder_that_may_not_be_written_is_said(notebook: Path) -> None:
    done = on_a_small_disk(notebook, f'mount -o remount,ro "{notebook}/disk"; "$@"\n')
    assert done.returncode == 3
    first, second = done.stderr.splitlines()
    assert first.startswith("intouch: ")
    assert first.endswith("cannot be written: Read-only file system")
    assert second == (
        f"  Written so far: 0 of {MANY:,} cards, each of them whole. The same import goes on from there."
    )


@LINUX
def test_a_card_that_may_not_be_written_is_said_and_left(notebook: Path) -> None:
    card = "---\\nname: Ann Ray0\\norganization: Acme\\n---\\n"
    script = f"""printf '%b' '{card}' >mine.md; touch contacts/ann-ray0.md
mount --bind mine.md contacts/ann-ray0.md; mount -o remount,ro,bind contacts/ann-ray0.md
head -n 2 people.csv >few.csv; mv few.csv people.csv
"$@"; code=$?; cat contacts/ann-ray0.md >&2; exit $code
"""
    done = on_a_small_disk(notebook, script)
    assert done.returncode == 3, done.stderr
    assert done.stderr.startswith(
        "intouch: 'ann-ray0.md' may not be written\n  Check the file's permissions."
    )
    assert done.stderr.endswith(card.replace("\\n", "\n"))
