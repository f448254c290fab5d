"""Every command: what it prints where there is nothing, what it refuses, and with which exit code."""

from __future__ import annotations

import json
import platform
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from intouch import NOTEBOOK_FORMAT, __version__
from program import run, write_files

BROKEN = """
=== contacts/priya.md
---
name: Priya Nair
emial: x
---

## Log
- 2026-11-31 call
- 2026-11-01 cal: hi
"""

TOLD = """\
contacts/priya.md:3:1: error: 'emial' is no key of this file  [unknown-key]
     3 | emial: x
       | ^^^^^
    Did you mean 'email'? Keys of your own begin with 'x-'.

contacts/priya.md:7:3: error: 2026-11-31 is not on the calendar  [bad-date]
     7 | - 2026-11-31 call
       |   ^^^^^^^^^^
    November 2026 has 30 days.

contacts/priya.md:8:14: error: 'cal' is no kind of interaction  [unknown-kind]
     8 | - 2026-11-01 cal: hi
       |              ^^^
    Did you mean 'call'?

3 errors in 1 file
"""


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    return write_files(tmp_path, BROKEN)


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    return write_files(tmp_path, "")


def test_check_tells_all_at_once_with_excerpt_and_remedy(broken: Path) -> None:
    done = run("check", cwd=broken)
    assert (done.code, done.out, done.err) == (1, TOLD, "")


UNSEEN = """
=== contacts/ann.md
---
name: Ann
cadence: every month
---
![](gone.jpg)
![](ann/none.png)
=== contacts/ann/none.png
no picture
=== contacts/ann/2026-11-01-call.md
---
title: Hard
---
HARD
=== site_templates/today.html
{{ nothing.of.the.kind }}
=== site_templates/messages/keep-in-touch.txt
Subject: {{ nobody.at_all }}
"""


def test_check_tells_everything_that_a_build_would_tell(tmp_path: Path) -> None:
    root = write_files(tmp_path, UNSEEN.replace("HARD", "*a **b " * 30_000))
    day = ("--today", "2026-11-23")
    checked, built = run("check", *day, cwd=root), run("build", *day, cwd=root)
    assert (checked.code, built.code) == (1, 1)
    for code in ("picture-not-shown", "slow-markdown", "bad-template"):
        assert f"[{code}]" in checked.out
    assert checked.out.strip() == built.err.partition("\nintouch:")[0].strip()
    assert not (root / "_site").exists()
    warned = run("check", "--format", "github", *day, cwd=root)
    assert "::warning file=contacts/ann.md,line=5" in warned.out


def test_check_for_programs(broken: Path) -> None:
    done = run("check", "--format", "json", cwd=broken)
    told = json.loads(done.out)
    assert (done.code, told["errors"], told["warnings"]) == (1, 3, 0)
    assert told["problems"][0] == {
        "file": "contacts/priya.md",
        "line": 3,
        "column": 1,
        "length": 5,
        "severity": "error",
        "code": "unknown-key",
        "message": "'emial' is no key of this file",
        "remedy": "Did you mean 'email'? Keys of your own begin with 'x-'.",
        "excerpt": "emial: x",
    }


def test_check_for_pull_requests(broken: Path) -> None:
    done = run("check", "--format", "github", cwd=broken)
    assert done.code == 1
    assert done.out.splitlines()[2] == (
        "::error file=contacts/priya.md,line=8,col=14,endColumn=17,title=intouch unknown-kind::"
        "'cal' is no kind of interaction. Did you mean 'call'?"
    )


def test_build_refuses_and_leaves_what_was_good(empty: Path) -> None:
    (empty / "contacts" / "ann.md").write_text("---\nname: Ann\ncadence: 1m\n---\n", encoding="utf-8")
    first = run("build", "--today", "2026-11-23", cwd=empty)
    assert first.code == 0
    assert first.out.endswith("1 person, 1 check-in to come.\n")
    good = {p: p.read_bytes() for p in (empty / "_site").rglob("*") if p.is_file()}
    (empty / "contacts" / "ann.md").write_text("---\nnmae: Ann\n---\n", encoding="utf-8")
    done = run("build", "--today", "2026-11-23", cwd=empty)
    assert (done.code, done.out) == (1, "")
    assert "nothing was written" in done.err
    assert {p: p.read_bytes() for p in (empty / "_site").rglob("*") if p.is_file()} == good


def test_a_warning_stops_nothing(empty: Path) -> None:
    text = "---\nname: Ann\n---\nSee [[Nobody]].\n"
    (empty / "contacts" / "ann.md").write_text(text, encoding="utf-8")
    done = run("build", cwd=empty)
    assert done.code == 0
    assert "warning: this link leads to nobody" in done.err


def test_a_build_from_within_the_notebook_goes_to_its_root(empty: Path) -> None:
    inside = empty / "contacts"
    assert run("build", cwd=inside).code == 0
    assert (empty / "_site" / "index.html").is_file()
    assert run("build", "--output", "out", cwd=inside).code == 3, "out would lie in contacts"


def test_a_foreign_folder_is_refused_with_the_machines_code(empty: Path) -> None:
    (empty / "public").mkdir()
    (empty / "public" / "mine.txt").write_text("mine", encoding="utf-8")
    done = run("build", "--output", "public", cwd=empty)
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith("intouch: ")
    assert "was not made by intouch" in done.err
    assert (empty / "public" / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_an_empty_notebook_is_kindly_answered(empty: Path) -> None:
    assert run("check", cwd=empty).out == "No problems: 0 people, 0 interactions.\n"
    due = run("due", "--today", "2026-11-23", cwd=empty)
    assert due.out.startswith("Mon 23 Nov 2026: nothing to do.\nNobody to write to.")
    assert run("build", cwd=empty).code == 0


def test_no_notebook_says_how_to_make_one(tmp_path: Path) -> None:
    for command in ("check", "due", "build", "serve"):
        done = run(command, cwd=tmp_path)
        assert (done.code, done.out) == (2, "")
        assert "no notebook in this folder or above" in done.err
        assert "make a 'contacts' folder" in done.err
    assert run("due", "--project", "nowhere", cwd=tmp_path).err == "intouch: there is no folder 'nowhere'\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["duee"], "Did you mean 'due'?"),
        (["due", "--today", "yesterday"], "'yesterday' is no date. Write it as 2026-11-23"),
        (["due", "--today", "2026-02-30"], "2026-02-30 is not on the calendar. February 2026 has 28 days."),
        (["due", "--today", "0001-01-01"], "0001-01-01 is not between"),
        (["due", "--within", "soon"], "'soon' is no length of time; write it as 14d, 6w or 3m"),
        (["due", "--within", "never"], "'never' is no length of time; write it as 14d, 6w or 3m"),
        (["due", "--within", "0d"], "'0d' is no length of time; write it as 14d, 6w or 3m"),
        (["due", "--nope"], "No such option"),
        (["check", "--format", "xml"], "is not one of"),
        (["why"], "Missing argument"),
        (["serve", "--port", "70000"], "is not in the range"),
    ],
)
def test_wrong_usage_exits_with_2(empty: Path, arguments: list[str], said: str) -> None:
    done = run(*arguments, cwd=empty)
    assert (done.code, done.out) == (2, "")
    assert said in " ".join(done.err.split())


def test_the_version_and_the_help_are_there(tmp_path: Path) -> None:
    version, python, form = run("--version", cwd=tmp_path).out.splitlines()
    assert version == f"intouch {__version__}"
    assert python == f"Python {platform.python_version()}"
    assert form == f"notebook format {NOTEBOOK_FORMAT}"
    told = run("--help", cwd=tmp_path).out
    for command in ("build", "check", "due", "serve", "why"):
        assert f"  {command} " in told
        assert run(command, "--help", cwd=tmp_path).code == 0


OF_TOMORROW = {
    "intouch.toml": "format = 2\nkey_of_tomorrow = 1\n",
    "contacts/ann.md": "---\nname: Ann\nkey_of_tomorrow: 1\n---\n",
}


@pytest.mark.parametrize(
    "arguments",
    [
        ["build"],
        ["init"],
        ["due"],
        ["new", "Ben"],
        ["log", "ann", "call"],
        ["serve"],
        ["seal", "init"],
        ["why", "ann"],
    ],
)
def test_a_notebook_of_a_later_format_is_not_touched(empty: Path, arguments: list[str]) -> None:
    for name, text in OF_TOMORROW.items():
        (empty / name).write_text(text, encoding="utf-8")
    done = run(*arguments, cwd=empty)
    assert (done.code, done.out) == (1, "")
    first, *_ = done.err.splitlines()
    assert first.startswith("intouch.toml:1:10: error: this notebook is of format 2"), done.err
    assert done.err.count("error:") == 1
    left = {p.relative_to(empty).as_posix(): p.read_text(encoding="utf-8") for p in empty.rglob("*.*")}
    assert left == OF_TOMORROW


def test_a_check_tells_of_a_later_format_and_of_nothing_else(empty: Path) -> None:
    for name, text in OF_TOMORROW.items():
        (empty / name).write_text(text, encoding="utf-8")
    done = run("check", "--format", "json", cwd=empty)
    assert done.code == 1
    assert [problem["code"] for problem in json.loads(done.out)["problems"]] == ["newer-format"]


@pytest.mark.parametrize(
    ("arguments", "settings"),
    [
        (("feed-url",), '[site]\nbase_url = "me.example"\n'),
        (("init", "--publish", "github", "--install-from", "intouch==1"), "timezone = 3\n"),
    ],
)
def test_what_hangs_on_settings_alone_is_not_made_of_a_default_instead(
    empty: Path, arguments: tuple[str, ...], settings: str
) -> None:
    (empty / "intouch.toml").write_text(settings, encoding="utf-8")
    done = run(*arguments, cwd=empty)
    assert (done.code, done.out) == (1, "")
    assert "[bad-setting]" in done.err
    assert {path.name for path in empty.iterdir()} == {"contacts", "intouch.toml"}


def test_the_next_command_can_be_typed_whatever_the_folder_is_called(tmp_path: Path) -> None:
    told = run("init", "my network", cwd=tmp_path).out
    assert "  cd 'my network' && intouch due\n" in told
    assert "  cd network && intouch due\n" in run("init", "network", cwd=tmp_path).out


@pytest.mark.skipif(sys.platform == "win32", reason="programs are found as POSIX does it")
def test_without_git_no_half_of_a_notebook_under_git_is_written(tmp_path: Path) -> None:
    done = run("init", "network", "--git", cwd=tmp_path, PATH=str(tmp_path))
    assert (done.code, done.out) == (3, "")
    assert "nothing was written: git is not installed" in done.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="pipes as POSIX has them")
def test_a_pipe_that_closes_early_is_no_error(empty: Path) -> None:
    for n in range(400):
        text = f"---\nname: Person {n}\ncadence: 1m\n---\n"
        (empty / "contacts" / f"p{n}.md").write_text(text, encoding="utf-8")
    shell = shutil.which("sh") or "sh"
    command = f'"{sys.executable}" -m intouch due --all | head -n 1'
    done = subprocess.run([shell, "-c", command], cwd=empty, capture_output=True, text=True, check=False)
    assert "check-ins to do" in done.stdout
    assert done.stderr == ""


def test_builds_in_a_row_are_the_same_bytes(empty: Path) -> None:
    text = "---\nname: Ann\ncadence: 1m\n---\n## Log\n- 2026-11-02 call: hi\n"
    (empty / "contacts" / "ann.md").write_text(text, encoding="utf-8")
    seen = set()
    for n in range(4):
        done = run("build", "--today", "2026-11-23", "--output", f"out{n}", cwd=empty, PYTHONHASHSEED=str(n))
        assert done.code == 0
        files = sorted((empty / f"out{n}").rglob("*"))
        seen.add(
            tuple((p.relative_to(empty / f"out{n}").as_posix(), p.read_bytes()) for p in files if p.is_file())
        )
    assert len(seen) == 1
