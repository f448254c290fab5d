"""The generator: the same bytes for the same arguments, last words that no two notes share."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from generate import generate, generate_cadences
from sources import people_of


def contents(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    written = generate(tmp_path / "a", people=7, notes=3, seed=1)
    generate(tmp_path / "b", people=7, notes=3, seed=1)
    generate(tmp_path / "c", people=7, notes=3, seed=2)
    first, again, other = (contents(tmp_path / name) for name in "abc")
    assert first == again
    assert first != other
    assert len(first) == written == 1 + 7 + 7 * 3


def test_one_more_person_changes_nobody_elses_card(tmp_path: Path) -> None:
    generate(tmp_path / "few", people=3, notes=0, seed=1)
    generate(tmp_path / "more", people=4, notes=0, seed=1)
    few, more = contents(tmp_path / "few"), contents(tmp_path / "more")
    assert few.items() < more.items()


def test_every_note_ends_in_words_of_its_own(tmp_path: Path) -> None:
    generate(tmp_path / "n", people=4, notes=3, seed=1)
    last = [text.splitlines()[-1] for one in people_of(tmp_path / "n") for _, text in one.notes]
    assert len(set(last)) == len(last) == 12


def test_everyone_with_a_cadence_has_a_check_in_ahead(tmp_path: Path) -> None:
    root = tmp_path / "n"
    generate_cadences(root, people=30, seed=1)
    command = [sys.executable, "-m", "intouch", "build", "--project", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "30 people, 30 check-ins to come" in done.stdout, done.stderr
