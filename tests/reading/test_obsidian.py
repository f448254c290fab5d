"""A notebook that is also an Obsidian vault: what Obsidian writes into it is read, or left alone."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from intouch import project
from intouch.build import Loaded, load
from intouch.diagnostics import Severity
from intouch.serving.watching import matters
from program import run, write_files

VAULT = """\
=== .obsidian/app.json
{"newLinkFormat": "absolute"}
=== .obsidian/workspace.json
{}
=== .obsidian/plugins/dataview/README.md
# No card
=== .trash/old.md
deleted
=== contacts/.trash/older.md
deleted
=== contacts/.obsidian/app.json
{}
=== 2026-11-23.md
A daily note, about [[priya-nair]].
=== Untitled.md
=== board.canvas
{}
=== contacts/board.canvas
{}
=== contacts/people.base
views: []
=== contacts/priya-nair/photo.png
=== contacts/sam-lee.md
---
name: Sam Lee
---
=== contacts/priya-nair.md
---
name: Priya Nair
aliases:
  - Priya Nair
tags:
  - education
  - part-time
email:
next: ""
met: 2026-10-14
fit: 5
archived: false
introduced_by: "[[contacts/sam-lee|Sam Lee]]"
---
![[photo.png]] ![[sam-lee]] #hiring [[#Log]] [[sam-lee#Log]] [[sam-lee#^ab12|what he said]]
See [[2026-10-14-interview]], [[priya-nair/2026-10-14-interview|the interview]], [[2026-11-23]],
[[contacts/sam-lee|Sam]], [[board.canvas]] and [[minutes/May]].

## Log
- 2026-10-15 thank-you: by e-mail, with [[sam-lee|Sam]] ^ab12
=== contacts/priya-nair/2026-10-14-interview.md
---
people:
  - "[[../sam-lee|Sam]]"
---
With [[../sam-lee]].
"""


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return write_files(tmp_path, VAULT)


def read(root: Path) -> Loaded:
    return load(root, project.read_settings(root), date(2026, 11, 23))


def test_nothing_that_obsidian_writes_is_a_problem(vault: Path) -> None:
    loaded = read(vault)
    assert loaded.diagnostics == ()
    assert list(loaded.book.contacts) == ["priya-nair", "sam-lee"]


def test_its_links_and_properties_mean_what_they_say(vault: Path) -> None:
    book = read(vault).book
    priya = book.contacts["priya-nair"]
    assert (priya.introduced_by, priya.aliases, priya.tags) == (
        "sam-lee",
        ("Priya Nair",),
        ("education", "part-time"),
    )
    assert (priya.emails, priya.next, priya.fit, priya.archived) == ((), None, 5, False)
    assert [i.people for i in book.interactions if book.text_of(i).startswith("With")] == [("sam-lee",)]


def test_its_links_lead_to_the_peoples_pages(vault: Path) -> None:
    assert run("build", "--today", "2026-11-23", cwd=vault).code == 0
    page = (vault / "_site" / "people" / "priya-nair" / "index.html").read_text(encoding="utf-8")
    shown = re.findall(r'<a href="\.\./\.\./people/sam-lee/"[^>]*>([^<]*)</a>', page)
    assert {"Sam", "what he said", "sam-lee", "../sam-lee"} <= set(shown)


@pytest.mark.parametrize("link", ["[[Sam Leigh]]", "[[contacts/sam-leigh]]", "[[sam-leigh#Log]]"])
def test_a_misspelt_name_is_still_noticed(vault: Path, link: str) -> None:
    (vault / "contacts" / "sam-lee.md").write_text(f"---\nname: Sam Lee\n---\n{link}\n", encoding="utf-8")
    (problem,) = read(vault).diagnostics
    assert problem.severity is Severity.WARNING
    assert problem.remedy == "Did you mean 'sam-lee'?"


def test_its_own_folders_are_not_watched(vault: Path) -> None:
    for name in (
        ".obsidian/workspace.json",
        "contacts/.obsidian/app.json",
        "contacts/.trash/older.md",
        "x.canvas",
    ):
        assert not matters(str(vault / name), vault), name


def test_git_overlooks_windows_and_trash_but_keeps_settings(tmp_path: Path) -> None:
    if shutil.which("git") is None:
        pytest.skip("NOT TESTED: git is not installed")
    assert run("init", "--git", "--today", "2026-11-23", cwd=tmp_path).code == 0
    write_files(tmp_path, VAULT)
    listed = subprocess.run(
        ["git", "status", "--porcelain", "--untracked-files=all"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "?? .obsidian/app.json" in listed
    assert ".obsidian/workspace.json" not in listed
    assert " .trash/" not in listed
    assert "?? .vscode/settings.json" in listed
