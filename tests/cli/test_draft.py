"""`intouch draft`: the message on stdout, what to mend on stderr, and nothing ever sent."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from program import run, write_files

NOTEBOOK = """
=== contacts/priya.md
---
name: Priya Nair
organization: Brightpath
email: priya@brightpath.example
---
## Log
- 2026-11-02 applied (Coach)
=== contacts/ben.md
---
name: Ben Cho
---
## Log
- 2026-11-03 interview (Cook)
- 2026-11-18 accepted (Cook)
=== contacts/no.md
---
name: No Thanks
do_not_contact: yes
---
=== intouch.toml
[me]
name = "Ailsa Moore"
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_files(tmp_path, NOTEBOOK)


def test_the_message_that_is_due_is_printed(root: Path) -> None:
    done = run("draft", "priya", "--today", "2026-11-23", cwd=root)
    assert (done.code, done.err) == (0, "")
    assert done.out == (
        "Subject: Coach: I withdraw\n\nDear Priya,\n\n"
        "I am withdrawing my application for the position of Coach, because I have accepted another offer. "
        "Thank you for your time, and for talks that I enjoyed. I think well of Brightpath, and would be "
        "glad if our paths crossed again.\n\nWith my best wishes,\nAilsa Moore\n"
    )


def test_another_kind_may_be_asked_for_and_gaps_are_told(root: Path) -> None:
    done = run("draft", "ben", "--kind", "keep-in-touch-phone", "--today", "2026-11-23", cwd=root)
    assert done.code == 0
    assert done.out.startswith("Subject: Call Ben Cho\n")
    assert "not ready: a gap is left: " in done.err
    assert run("draft", "ben", "--kind", "love-letter", cwd=root).code == 2


def test_whoever_is_not_to_be_contacted_gets_no_draft(root: Path) -> None:
    done = run("draft", "no", cwd=root)
    assert (done.code, done.out) == (2, "")
    assert "do not contact" in done.err


@pytest.mark.parametrize(
    ("template", "why"),
    [
        (b"Subject: {{ nothing }}\n", "'nothing' is undefined"),
        (b"Subject: {{ 1 // 0 }}\n", "integer division or modulo by zero"),
        (b"Subject: {% if %}\n", "Expected an expression"),
        (b"Subject: \xff\n", "'utf-8' codec can't decode"),
    ],
)
def test_a_template_of_ones_own_that_fails_is_named(root: Path, template: bytes, why: str) -> None:
    own = root / "site_templates" / "messages"
    own.mkdir(parents=True)
    (own / "withdraw.txt").write_bytes(template)
    done = run("draft", "priya", "--today", "2026-11-23", cwd=root)
    assert (done.code, done.out) == (1, "")
    assert f"the template site_templates/messages/withdraw.txt cannot be filled in: {why}" in done.err


def test_a_template_that_is_a_link_out_of_its_folder_is_named(root: Path) -> None:
    own = root / "site_templates" / "messages"
    own.mkdir(parents=True)
    (root / "elsewhere.txt").write_text("Subject: secret\n", encoding="utf-8")
    (own / "withdraw.txt").symlink_to("../../elsewhere.txt")
    done = run("draft", "priya", "--today", "2026-11-23", cwd=root)
    assert (done.code, done.out) == (1, "")
    assert "messages/withdraw.txt cannot be filled in: this link leads out of site_templates" in done.err


LED = """
=== contacts/lin.md
---
name: Lin Park
---
=== contacts/lin/2026-11-20-interview.md
---
role: Lead
via: max
---
=== contacts/max.md
---
name: Max Ode
contact_type: agency
---
"""
OVER = "=== contacts/max/2026-11-21-rejection.md\n---\nrole: Lead\n---\n"


@pytest.mark.parametrize(
    ("happened", "arguments", "complaints"),
    [
        ("", ("lin", "--kind", "thank-you"), 1),
        ("", ("lin",), 1),
        ("", ("max",), 0),
        (OVER, ("lin", "--kind", "thank-anyway"), 1),
        (OVER, ("lin",), 0),
        (OVER, ("max",), 0),
    ],
)
def test_the_client_of_an_agency_is_not_written_to_behind_its_back(
    tmp_path: Path, happened: str, arguments: tuple[str, ...], complaints: int
) -> None:
    root = write_files(tmp_path, LED + happened)
    done = run("draft", *arguments, "--today", "2026-11-23", cwd=root)
    assert done.code == 0
    assert done.err.count("an agency leads here") == complaints


def test_a_text_too_long_for_a_mail_link_is_to_be_copied(root: Path) -> None:
    own = root / "site_templates" / "messages"
    own.mkdir(parents=True)
    (own / "withdraw.txt").write_text("Subject: No\n\n" + "Thank you. " * 2_000, encoding="utf-8")
    done = run("draft", "priya", "--open", "--today", "2026-11-23", cwd=root)
    assert (done.code, "too long for a mail link" in done.err) == (2, True)


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script as the mail program")
def test_it_is_handed_to_the_mail_program_and_not_sent(root: Path) -> None:
    program = root / "mail.sh"
    program.write_text('#!/bin/sh\nprintf "%s" "$1" > "$(dirname "$0")/opened"\n', encoding="utf-8")
    program.chmod(0o755)
    done = run("draft", "priya", "--open", "--today", "2026-11-23", cwd=root, BROWSER=f"{program} %s")
    assert done.code == 0, done.err
    opened = (root / "opened").read_text(encoding="utf-8")
    address = "mailto:priya@brightpath.example"
    assert opened.startswith(f"{address}?subject=Coach%3A%20I%20withdraw&body=Dear%20Priya")
    none = run("draft", "ben", "--kind", "withdraw", "--open", cwd=root)
    assert (none.code, "no e-mail address" in none.err) == (2, True)
