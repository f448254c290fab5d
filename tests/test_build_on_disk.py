"""The real `intouch build`, killed, crowded and refused: what was built before stays whole."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from needs import needs_program
from server import PATIENCE, write_notebook

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="mounts as Linux has them")

EARLY, LATE = "2026-11-23", "2027-03-01"
"""Two days, and so two sites from one notebook."""


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    return write_notebook(tmp_path / "network")


def command(notebook: Path, day: str, *options: str) -> list[str]:
    return [sys.executable, "-m", "intouch", "build", "--project", str(notebook), "--today", day, *options]


def build(notebook: Path, day: str, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(notebook, day, *options), capture_output=True, text=True, check=False, timeout=60
    )


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, the marker too."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def states(folder: Path) -> dict[str, tuple[int, int]]:
    """Which file everything is and when it was last written."""
    return {
        p.relative_to(folder).as_posix(): (p.stat().st_ino, p.stat().st_mtime_ns) for p in folder.rglob("*")
    }


def both(notebook: Path) -> list[dict[str, bytes]]:
    """The two sites, each built where nothing disturbs it."""
    sites = []
    for day in (EARLY, LATE):
        elsewhere = notebook.parent / f"elsewhere-{day}"
        assert build(notebook, day, "--output", str(elsewhere)).returncode == 0
        sites.append(tree(elsewhere))
    assert sites[0] != sites[1]
    return sites


def assert_refused(done: subprocess.CompletedProcess[str], why: str) -> None:
    """A refusal is one line that says why and one that says what to do, and code 3."""
    first, *rest = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (3, "")
    assert first.startswith("intouch: ")
    assert why in first
    assert len(rest) == 1


def test_a_second_build_writes_nothing(notebook: Path) -> None:
    build(notebook, EARLY)
    before = states(notebook)
    again = build(notebook, EARLY)
    assert (again.returncode, again.stderr) == (0, "")
    assert ", 0 of them new or changed;" in again.stdout
    assert states(notebook) == before


def test_one_more_entry_in_a_log_leaves_other_peoples_pages_alone(notebook: Path) -> None:
    build(notebook, EARLY)
    site = notebook / "_site"
    before, were = tree(site), states(site)
    with (notebook / "contacts" / "ann.md").open("a", encoding="utf-8") as log:
        log.write("- 2026-11-20 check-in: she moved to Perth\n")
    assert build(notebook, EARLY).returncode == 0
    after, are = tree(site), states(site)
    differing = {name for name in before if before[name] != after[name]}
    assert "people/ann/index.html" in differing
    assert "people/ben/index.html" not in differing
    assert {name for name in before if were[name] != are[name]} == differing


def test_a_person_who_goes_takes_the_page_and_its_folder_along(notebook: Path) -> None:
    build(notebook, EARLY)
    assert (notebook / "_site" / "people" / "ben").is_dir()
    (notebook / "contacts" / "ben.md").unlink()
    assert build(notebook, EARLY).returncode == 0
    assert not (notebook / "_site" / "people" / "ben").exists()
    assert b"Ben Cho" not in b"".join(tree(notebook / "_site").values())


def test_errors_in_the_notebook_leave_the_last_site_as_it_is(notebook: Path) -> None:
    build(notebook, EARLY)
    card = notebook / "contacts" / "ben.md"
    good, site, were = card.read_text("utf-8"), tree(notebook / "_site"), states(notebook / "_site")
    card.write_text(good.replace("cadence: every", "cadence: evry"), encoding="utf-8")
    done = build(notebook, LATE)
    assert (done.returncode, done.stdout) == (1, "")
    assert "contacts/ben.md:3:" in done.stderr
    assert "nothing was written" in done.stderr
    assert (tree(notebook / "_site"), states(notebook / "_site")) == (site, were)


def test_a_notebook_with_errors_and_no_site_yet_gets_none(notebook: Path) -> None:
    (notebook / "contacts" / "ben.md").write_text("---\nnmae: Ben\n---\n", encoding="utf-8")
    assert build(notebook, EARLY).returncode == 1
    assert not (notebook / "_site").exists()


@pytest.mark.parametrize(
    ("output", "why"),
    [
        # Every other such place is in test_disk.py.
        (".", "holds the notebook itself"),
        ("photos", "was not made by intouch"),
        ("photos/cat.png/site", "cannot be written"),
    ],
)
def test_a_place_that_is_not_for_a_site_is_refused(notebook: Path, output: str, why: str) -> None:
    (notebook / "photos").mkdir()
    (notebook / "photos" / "cat.png").write_bytes(b"cat")
    before, were = tree(notebook), states(notebook)
    assert_refused(build(notebook, EARLY, "--output", str(notebook / output)), why)
    assert (tree(notebook), states(notebook)) == (before, were)


def test_a_folder_that_is_not_there_yet_is_made_and_so_are_those_above(notebook: Path) -> None:
    assert build(notebook, EARLY, "--output", str(notebook / "a b" / "ü")).returncode == 0
    assert (notebook / "a b" / "ü" / "index.html").is_file()


@POSIX
def test_a_build_killed_at_any_moment_leaves_one_site_or_the_other(notebook: Path) -> None:
    early, late = both(notebook)
    started = time.monotonic()
    assert build(notebook, EARLY).returncode == 0
    usual, dice = time.monotonic() - started, random.Random(11)
    for n in range(12):
        with subprocess.Popen(
            command(notebook, LATE if n % 2 else EARLY), stdout=subprocess.DEVNULL
        ) as process:
            # The writing is near the end.
            time.sleep(usual * dice.uniform(0.6, 1.05))
            process.kill()
        assert tree(notebook / "_site") in (early, late)
    assert build(notebook, LATE).returncode == 0
    assert tree(notebook / "_site") == late
    assert sorted(p.name for p in notebook.iterdir()) == ["_site", "contacts", "intouch.toml"]


def test_builds_at_once_all_succeed_and_one_of_them_is_there(notebook: Path) -> None:
    sites = both(notebook)
    running = [
        subprocess.Popen(command(notebook, day), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for day in (EARLY, LATE, EARLY, LATE)
    ]
    said = [process.communicate(timeout=3 * PATIENCE)[1] for process in running]
    assert [(process.returncode, err) for process, err in zip(running, said, strict=True)] == [(0, "")] * 4
    assert tree(notebook / "_site") in sites
    assert sorted(p.name for p in notebook.iterdir()) == ["_site", "contacts", "intouch.toml"]


FULL = """\
mount -t tmpfs -o size=1m none "$DISK" || exit 77
"$@" --today 2026-11-23 >/dev/null || exit 90
cp -R "$DISK/site" "$KEPT/before"
head -c 2000000 /dev/zero >"$DISK/filler" 2>/dev/null
"$@" --today 2027-03-01
code=$?
cp -R "$DISK/site" "$KEPT/after"
ls -A "$DISK" >"$KEPT/beside"
rm "$DISK/filler"
"$@" --today 2027-03-01 >/dev/null || exit 91
exit $code
"""


@LINUX
def test_a_full_disk_is_said_in_a_line_and_the_last_site_stays(notebook: Path, tmp_path: Path) -> None:
    disk, kept = tmp_path / "disk", tmp_path / "kept"
    disk.mkdir()
    kept.mkdir()
    program = command(notebook, EARLY)[:-2]
    own_mounts = [needs_program("unshare"), "--map-root-user", "--mount", "sh", "-c", FULL, "sh"]
    shell = shutil.which("env") or "env"
    done = subprocess.run(
        [shell, f"DISK={disk}", f"KEPT={kept}", *own_mounts, *program, "--output", str(disk / "site")],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    if done.returncode == 77 or done.stderr.startswith("unshare:"):
        pytest.skip(f"NOT TESTED: no disk of one's own may be mounted here ({done.stderr.strip()})")
    assert_refused(done, "No space left on device")
    assert "make room" in done.stderr
    assert tree(kept / "after") == tree(kept / "before")
    assert (kept / "beside").read_text().split() == ["filler", "site"]
