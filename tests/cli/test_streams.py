"""What the program prints into: pipes, terminals, full disks, and encodings that are not UTF-8."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from program import run, write_files
from terminal import on_a_terminal

LONG = " ".join(["reason"] * 80)
MISAKI = f"""
=== contacts/misaki.md
---
name: 林 美咲
next: 2026-11-24 {LONG}
emial: x
---
"""
FULL = Path("/dev/full")
posix = pytest.mark.skipif(sys.platform == "win32", reason="terminals as POSIX has them")


@pytest.fixture
def misaki(tmp_path: Path) -> Path:
    return write_files(tmp_path, MISAKI)


def test_data_goes_to_stdout_and_problems_to_stderr(misaki: Path) -> None:
    done = run("due", "--json", "--today", "2026-11-23", cwd=misaki)
    assert (done.code, json.loads(done.out)["problems"]) == (1, 1)
    assert done.err.startswith("contacts/misaki.md:4:1: error: ")


def test_a_table_in_a_pipe_is_neither_wrapped_nor_padded(misaki: Path) -> None:
    lines = run("due", "--today", "2026-11-23", cwd=misaki).out.split("\n")
    assert [line for line in lines if line != line.rstrip()] == []
    assert sum(LONG in line for line in lines) == 1


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "cp1252"])
def test_json_is_utf8_whatever_the_terminal_speaks(misaki: Path, encoding: str) -> None:
    done = run("due", "--json", cwd=misaki, PYTHONUTF8="0", PYTHONIOENCODING=encoding)
    assert json.loads(done.out)["check_ins"][0]["name"] == "林 美咲"


def test_a_name_that_an_encoding_lacks_is_told_by_its_numbers(misaki: Path) -> None:
    done = run("why", "misaki", cwd=misaki, PYTHONUTF8="0", PYTHONIOENCODING="latin-1")
    assert done.code == 1
    assert done.out.startswith("\\u6797 \\u7f8e\\u54b2  [contacts/misaki.md]\n")


@posix
def test_a_terminal_gets_colours_and_none_where_they_are_not_wanted(misaki: Path) -> None:
    coloured = on_a_terminal("check", cwd=misaki)
    assert "\x1b[1mcontacts/misaki.md:4:1: error: " in coloured
    plain = on_a_terminal("check", cwd=misaki, NO_COLOR="1")
    assert "contacts/misaki.md:4:1: error: " in plain
    assert "\x1b" not in plain


@posix
def test_a_table_on_a_terminal_that_knows_ascii_only_is_shown(misaki: Path) -> None:
    told = on_a_terminal("due", "--today", "2026-11-23", cwd=misaki, PYTHONIOENCODING="ascii")
    assert "Traceback" not in told
    assert "\\u6797" in told
    assert "promised" in told


@pytest.mark.skipif(not FULL.exists(), reason="a device that is always full")
@pytest.mark.parametrize("arguments", [["check"], ["due"], ["due", "--json"], ["--help"]])
def test_a_full_disk_is_the_machines_fault_in_one_line(misaki: Path, arguments: list[str]) -> None:
    with FULL.open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "intouch", *arguments],
            cwd=misaki,
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert done.returncode == 3
    assert done.stderr.endswith("intouch: No space left on device\n")
    assert "Traceback" not in done.stderr


@posix
def test_a_file_name_that_is_no_text_is_told(tmp_path: Path) -> None:
    root = os.fsencode(write_files(tmp_path, ""))
    try:
        Path(os.fsdecode(root + b"/contacts/b\xff.md")).touch()
    except OSError:
        pytest.skip("this file system takes text only")
    for form in ("text", "json", "github"):
        done = run("check", "--format", form, cwd=tmp_path)
        assert (done.code, done.err) == (1, "")
        assert ("b\\udcff.md" if form == "json" else "b<U+DCFF>.md") in done.out
