"""Several programs at once on one notebook: each waits, or works with what is whole, and nothing is lost."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path

import pytest

from intouch.sealing.lockfile import read_lock
from intouch.sealing.slots import unwrapped
from program import Done, run, write_files
from server import CARD, PATIENCE, Reply, serving, write_notebook
from test_build_on_disk import EARLY, LATE, build, tree

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="folders are locked as POSIX does it")
PEOPLE = 30
ROWS = "".join(f"Ann Ray{n},Acme,ann{n}@acme.example\n" for n in range(PEOPLE))
OTHERS = "".join(f"Ann Ray{n},Acme,,Head of {n}\n" for n in range(PEOPLE // 2, PEOPLE + PEOPLE // 2))


def together(root: Path, commands: Sequence[Sequence[str]], **environment: str) -> list[Done]:
    """Start all of them, and wait until all have ended, well or not."""
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "intouch", *command],
            cwd=root,
            # As at home: in CI, a plain build of a notebook that is no demo is refused.
            env={**os.environ, "CI": "", **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for command in commands
    ]
    said = [process.communicate(timeout=3 * PATIENCE) for process in running]
    return [Done(process.returncode, *told) for process, told in zip(running, said, strict=True)]


def at_once(root: Path, commands: Sequence[Sequence[str]]) -> list[str]:
    """Start all of them, and wait until all have ended well; returns what they print."""
    done = together(root, commands)
    assert [(each.code, each.err) for each in done] == [(0, "") for _ in done]
    return [each.out for each in done]


@POSIX
def test_imports_at_once_take_everybody_in_once(tmp_path: Path) -> None:
    root = write_files(
        tmp_path, f"=== a.csv\nName,Company,E-mail\n{ROWS}=== b.csv\nName,Company,E-mail,Title\n{OTHERS}"
    )
    at_once(root, [("import", name, "--write") for name in ("a.csv", "b.csv", "a.csv")])
    cards = tree(root / "contacts")
    assert len(cards) == PEOPLE + PEOPLE // 2
    both = cards[f"ann-ray{PEOPLE - 1}.md"]
    assert f"ann{PEOPLE - 1}@acme.example".encode() in both
    assert f"Head of {PEOPLE - 1}".encode() in both
    assert run("check", cwd=root).out.startswith(f"No problems: {len(cards)} people")


@POSIX
def test_an_import_and_logs_at_once_lose_neither(tmp_path: Path) -> None:
    card = "---\nname: Ann Ray7\norganization: Acme\n---\n## Log\n"
    root = write_files(tmp_path, f"=== a.csv\nName,Company,E-mail\n{ROWS}=== contacts/ann-ray7.md\n{card}")
    logs = [("log", "ann-ray7", "note", f"number {n}", "--today", EARLY) for n in range(3)]
    at_once(root, [*logs, ("import", "a.csv", "--write")])
    lines = (root / "contacts" / "ann-ray7.md").read_text(encoding="utf-8").splitlines()
    assert lines[:5] == [*card.splitlines()[:3], "email: ann7@acme.example", "---"]
    assert sorted(lines[6:]) == [f"- {EARLY} note: number {n}" for n in range(3)]
    assert len(tree(root / "contacts")) == PEOPLE


@POSIX
def test_one_of_two_that_make_the_same_card_makes_it(tmp_path: Path) -> None:
    root = write_files(tmp_path, "")
    done = together(root, [("new", "Ann Bell", "--org", f"The {n}th") for n in range(3)])
    assert [each.code for each in done].count(0) == 1
    assert all("already" in each.err for each in done if each.code)
    (made,) = tree(root / "contacts").values()
    first = [each.code for each in done].index(0)
    assert f"organization: The {first}th".encode() in made


def shows(text: str) -> Callable[[Reply], bool]:
    return lambda answer: text in answer.text


def test_builds_beside_a_server_that_builds_are_whole(tmp_path: Path) -> None:
    # A plain build is refused in CI otherwise.
    root = write_notebook(tmp_path / "network", '[publish]\naccess = "host-auth"\n')
    early, late = tmp_path / "early", tmp_path / "late"
    with serving(root, "--today", EARLY) as running:
        for word in ("first", "second"):
            (root / "contacts" / "ann.md").write_text(
                CARD.format(name="Ann Bell", text=word), encoding="utf-8"
            )
            # The one is of the server's day, and so of what it is remembering just now; the other is not.
            at_once(root, [("build", "--today", EARLY), ("build", "--today", LATE, "--output", "late")])
            running.until("/people/ann/", shows(word))
        feed = running.ask("/check-ins.ics").body
        assert build(root, EARLY, "--output", str(early)).returncode == 0
        assert build(root, LATE, "--output", str(late)).returncode == 0
    assert tree(root / "_site") == tree(early)
    assert tree(root / "late") == tree(late)
    assert feed == (early / "check-ins.ics").read_bytes()


def test_a_card_that_is_replaced_while_it_is_read_is_read_whole(tmp_path: Path) -> None:
    root = write_notebook(tmp_path / "network")
    card, done = root / "contacts" / "ann.md", threading.Event()
    versions = [f"---\nname: Ann Bell\n---\n{word}, {'talk ' * 5_000}the end\n" for word in ("one", "two")]

    def save_again_and_again() -> None:
        for text in cycle(versions):
            beside = card.with_name(".ann.md.part")
            beside.write_text(text, encoding="utf-8")
            os.replace(beside, card)  # noqa: PTH105 - as most editors do it
            if done.is_set():
                return

    editor = threading.Thread(target=save_again_and_again)
    editor.start()
    try:
        for _ in range(3):
            built = build(root, EARLY)
            assert (built.returncode, built.stderr) == (0, "")
            page = (root / "_site" / "people" / "ann" / "index.html").read_text(encoding="utf-8")
            assert ("one, talk" in page) != ("two, talk" in page)
            assert "talk the end" in page
    finally:
        done.set()
        editor.join()


@POSIX
@pytest.mark.parametrize("change", ["init", "add", "rotate"])
def test_a_passphrase_that_was_told_opens_however_many_are_made_at_once(tmp_path: Path, change: str) -> None:
    root = write_files(tmp_path / "network", "")
    home = {"INTOUCH_CONFIG_DIR": str(tmp_path / "config"), "CI": "", "INTOUCH_PASSPHRASE": ""}
    if change != "init":
        assert run("seal", "init", cwd=root, **home).code == 0
    done = together(root, [("seal", change)] * 3, **home)
    assert all("lock.json" in each.err for each in done if each.code)
    told = [words for each in done if not each.code for words in re.findall(r"Passphrase:  (.*)", each.out)]
    assert told
    lock = read_lock((root / "lock.json").read_text(encoding="utf-8"))
    opening = [slot for words in told for slot in lock.slots if unwrapped(slot, lock.site, words)]
    # The last rotation is the one that holds: whoever rotates starts over.
    assert len(opening) == (1 if change == "rotate" else len(told))
    keys = list((tmp_path / "config" / "keys").glob("*.key"))
    assert [path.stem for path in keys] == [lock.site]
