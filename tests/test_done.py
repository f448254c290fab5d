"""How a check-in is logged: the very words that the program and the git hosts understand."""

from __future__ import annotations

import re
import shlex
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from intouch import project
from intouch.build import load, plan
from intouch.checkins import CheckIn
from intouch.done import log_command, log_page
from intouch.settings import SiteSettings
from program import run, write_files

TODAY = date(2026, 11, 23)
NOTEBOOK = """
=== contacts/priya-nair.md
---
name: Priya Nair
organization: Brightpath
---
## Log
- 2026-11-20 interview (%ROLE%): two people
=== contacts/sam-lee.md
---
name: Sam Lee
cadence: 1 month
---
"""
ROLES = [
    "Trainer",
    "Coach & Lead #2, part-time",
    "Café 'Manager'",
    'the "best" $HOME `id`',
    "-v",
    "50% \\ !!",
]


def items(root: Path) -> dict[str, CheckIn]:
    loaded = load(root, project.read_settings(root), TODAY)
    assert not loaded.diagnostics
    return {item.contact: item for item in plan(loaded).check_ins if item.proposal.action != "follow-up"}


@pytest.mark.parametrize("role", ROLES)
def test_the_command_logs_what_it_says_in_a_shell(tmp_path: Path, role: str) -> None:
    root = write_files(tmp_path, NOTEBOOK.replace("%ROLE%", role))
    command = log_command(items(root)["priya-nair"])
    program, *words = shlex.split(command)
    assert program == "intouch"
    done = run(*words, "--today", str(TODAY), cwd=root)
    assert (done.code, done.err) == (0, "")
    card = (root / "contacts" / "priya-nair.md").read_text(encoding="utf-8")
    assert card.endswith(f"- 2026-11-23 thank-you ({role})\n")
    assert "priya-nair" not in items(root)


def test_a_plain_role_is_quoted_as_every_shell_takes_it(tmp_path: Path) -> None:
    root = write_files(tmp_path, NOTEBOOK.replace("%ROLE%", "Senior Trainer"))
    made = items(root)
    assert log_command(made["priya-nair"]) == 'intouch log priya-nair thank-you --role "Senior Trainer"'
    assert log_command(made["sam-lee"], date(2026, 12, 1)) == (
        "intouch log sam-lee check-in --date 2026-12-01"
    )


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    ("repository", "key"), [("https://github.com/a/b", "value"), ("https://gitlab.com/a/b", "content")]
)
def test_the_note_that_the_host_is_handed_reads_back_as_the_thing_done(
    tmp_path: Path, role: str, repository: str, key: str
) -> None:
    root = write_files(tmp_path, NOTEBOOK.replace("%ROLE%", role))
    loaded = load(root, project.read_settings(root), TODAY)
    site = SiteSettings(repository=repository)
    page = log_page(items(root)["priya-nair"], loaded.book.contacts["priya-nair"], TODAY, site)
    asked = parse_qs(urlsplit(page).query)
    name = asked.get("filename", asked.get("file_name", [""]))[0].rpartition("/")[2]
    assert name == "2026-11-23-thank-you.md"
    note = root / "contacts" / "priya-nair" / name
    note.parent.mkdir()
    note.write_text(asked[key][0], encoding="utf-8")
    assert "priya-nair" not in items(root)


def test_what_has_no_role_is_an_empty_note_and_no_repository_has_no_page(tmp_path: Path) -> None:
    root = write_files(tmp_path, NOTEBOOK.replace("%ROLE%", "x"))
    sam = load(root, project.read_settings(root), TODAY).book.contacts["sam-lee"]
    item = items(root)["sam-lee"]
    assert log_page(item, sam, TODAY, SiteSettings()) == ""
    page = log_page(item, sam, TODAY, SiteSettings(repository="https://codeberg.org/a/b"))
    assert page == "https://codeberg.org/a/b/_new/main/contacts/sam-lee?filename=2026-11-23-check-in.md"
    assert not re.search("value", page)
