"""Sealed builds that are killed, interrupted or out of room: not one readable byte is left anywhere."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from needs import needs_program
from program import write_files

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and mounts as POSIX has them")

PEOPLE = 60
NOTEBOOK = "".join(
    f"=== contacts/canary-{n}.md\n---\nname: Canary{n} Songbird\norganization: Songbird Aviary\n"
    f"cadence: every month\n---\nCanary{n} sings.\n"
    for n in range(PEOPLE)
)
SECRETS = (b"canary", b"songbird", b"aviary", b"<main", b"Q2FuYX", b"Nhbmlye", b"U29uZ2")
WORDS = "zeven blauwe fietsen zonder bel"
EARLY, LATE = "2026-11-23", "2027-03-01"


@pytest.fixture(scope="module")
def sealed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = write_files(tmp_path_factory.mktemp("once") / "network", NOTEBOOK)
    run(made, "seal", "init", INTOUCH_PASSPHRASE=WORDS)
    return made.parent


@pytest.fixture
def root(sealed_once: Path, tmp_path: Path) -> Path:
    """A notebook with a lock, and its key in a settings folder beside it."""
    shutil.copytree(sealed_once, tmp_path, dirs_exist_ok=True)
    return tmp_path / "network"


def command(root: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "intouch", *arguments, "--project", str(root)]


def surroundings(root: Path) -> dict[str, str]:
    """Environment with folders of its own, so that whatever is written can be searched."""
    own = root.parent
    (own / "tmp").mkdir(exist_ok=True)
    return {**os.environ, "CI": "", "INTOUCH_CONFIG_DIR": str(own / "config"), "TMPDIR": str(own / "tmp")}


def run(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(root, *arguments),
        env={**surroundings(root), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def readable(folder: Path, but: str = "contacts") -> Iterator[tuple[str, bytes]]:
    """Every file below a folder whose name or content tells something, the notebook's own aside."""
    for path in folder.rglob("*"):
        if but in path.parts or not path.is_file():
            continue
        # The page that asks for the passphrase is the program's own, and the same for everybody.
        content = path.read_bytes().replace(b'<main class="lock"', b"").lower()
        told = f"{path.relative_to(folder)}".encode().lower() + content
        yield from ((str(path), secret) for secret in SECRETS if secret.lower() in told and secret.islower())
        yield from ((str(path), s) for s in SECRETS if not s.islower() and s in path.read_bytes())


def is_sealed(folder: Path) -> bool:
    names = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    return len(names) > PEOPLE and all(
        n.startswith(("a/", "e/", "f/", "index.html", ".intouch-site")) for n in names
    )


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_a_build_stopped_at_any_moment_leaves_nothing_readable(root: Path, how: signal.Signals) -> None:
    # The second one is as quick as those below: it remembers what the days have in common.
    assert run(root, "build", "--sealed", "--today", LATE).returncode == 0
    started = time.monotonic()
    assert run(root, "build", "--sealed", "--today", EARLY).returncode == 0
    usual, dice = time.monotonic() - started, random.Random(23)
    output = root / "_sealed"
    stopped = 0
    # A busy machine may end a build before it can be stopped: then another is stopped earlier.
    for n in range(60):
        if n % 4 == 3:
            shutil.rmtree(output, ignore_errors=True)
        with subprocess.Popen(
            command(root, "build", "--sealed", "--today", LATE if n % 2 else EARLY),
            env=surroundings(root),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            if n % 2:
                # While it writes.
                while process.poll() is None and not (root / "._sealed.new").exists():
                    time.sleep(0.001)
            else:
                time.sleep(usual * dice.uniform(0.05, 0.9))
            process.send_signal(how)
            if process.wait() == 0:
                usual *= 0.8
                assert is_sealed(output), "whatever says that it went well has written a whole site"
            else:
                stopped += 1
        assert list(readable(root.parent)) == []
        assert not output.exists() or is_sealed(output)
        if n >= 7 and stopped >= 3:
            break
    assert stopped >= 3
    assert run(root, "build", "--sealed", "--today", LATE).returncode == 0
    assert is_sealed(output)
    assert sorted(p.name for p in root.iterdir()) == ["_sealed", "contacts", "lock.json"]


FULL = """\
mount -t tmpfs -o size="$SIZE" none "$DISK" || exit 77
"$@"
code=$?
cp -R "$DISK" "$KEPT/after"
exit $code
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="mounts as Linux has them")
@pytest.mark.parametrize("size", ["16k", "200k", "800k"])
def test_a_full_disk_leaves_nothing_readable(root: Path, tmp_path: Path, size: str) -> None:
    disk, kept = tmp_path / "disk", tmp_path / "kept"
    disk.mkdir()
    kept.mkdir()
    own_mounts = [needs_program("unshare"), "--map-root-user", "--mount", "sh", "-c", FULL, "sh"]
    build = command(root, "build", "--sealed", "--today", EARLY, "--output", str(disk / "site"))
    done = subprocess.run(
        [*own_mounts, *build],
        env={**surroundings(root), "SIZE": size, "DISK": str(disk), "KEPT": str(kept)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    if done.returncode == 77:
        pytest.skip("no mounts of one's own here")
    assert done.returncode == 3, done.stderr
    assert "The disk is full" in done.stderr
    assert (kept / "after").is_dir()
    assert not (kept / "after" / "site").exists()
    assert list(readable(kept)) == []


def test_the_search_above_does_find_what_is_readable(root: Path) -> None:
    assert run(root, "build", "--today", EARLY).returncode == 0
    assert len({path for path, _ in readable(root / "_site")}) > PEOPLE
