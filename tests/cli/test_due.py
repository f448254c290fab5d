"""`intouch due`: the table for people, the JSON for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from program import run, write_files

PRIYA = """
=== contacts/priya-nair.md
---
name: Priya Nair
organization: Brightpath College
title: Head of Learning
contact_type: hiring-manager
email: priya.nair@brightpath.example
phone: "+61 2 5550 0142"
tags: [education, part-time]
fit: 5
# cadence: every 3 months    (would replace the default for fit 5, every 2 months)
---
Met through the October panel. Cares about adult literacy.

## Log
- 2026-10-15 thank-you: by e-mail, mentioned the reading programme
- 2026-10-29 rejection: chose an internal candidate, kind call
- 2026-10-30 thank-you: asked to keep in touch
=== contacts/priya-nair/2026-10-14-interview.md
---
date: 2026-10-14
kind: interview
role: Senior Literacy Trainer
people: [john-smith]
decision_by: 2026-10-23
hook: her story about the night class
---
Questions they asked ...
=== contacts/john-smith.md
---
name: John Smith
---
## Log
- 2026-10-16 thank-you: for the interview
=== intouch.toml
[calendar]
country = "AU"
"""


@pytest.fixture
def priya(tmp_path: Path) -> Path:
    return write_files(tmp_path, PRIYA)


def test_the_json_is_what_other_programs_rely_on(priya: Path) -> None:
    done = run("due", "--json", "--today", "2026-11-23", cwd=priya)
    assert (done.code, done.err) == (0, "")
    told = json.loads(done.out)
    assert list(told) == ["today", "problems", "check_ins", "people", "applications"]
    assert " ".join(told["check_ins"][0]) == (
        "contact name organization action role attempt due planned state reason because"
    )
    assert told == {
        "today": "2026-11-23",
        "problems": 0,
        "check_ins": [
            {
                "contact": "priya-nair",
                "name": "Priya Nair",
                "organization": "Brightpath College",
                "action": "keep-in-touch",
                "role": None,
                "attempt": None,
                "due": "2026-12-30",
                "planned": "2027-01-05",
                "state": "upcoming",
                "reason": "last contact 2026-10-30, every 2 months (fit 5)",
                "because": ["contacts/priya-nair.md:17"],
            },
            {
                "contact": "john-smith",
                "name": "John Smith",
                "organization": None,
                "action": "keep-in-touch",
                "role": None,
                "attempt": None,
                "due": "2027-02-16",
                "planned": "2027-02-16",
                "state": "upcoming",
                "reason": "last contact 2026-10-16, every 4 months (fit not given)",
                "because": ["contacts/john-smith.md:5"],
            },
        ],
        "people": [
            {
                "contact": "john-smith",
                "status": "tracked",
                "last_contact": "2026-10-16",
                "rhythm": "4 months",
            },
            {
                "contact": "priya-nair",
                "status": "tracked",
                "last_contact": "2026-10-30",
                "rhythm": "2 months",
            },
        ],
        "applications": [
            {
                "organization": "Brightpath College",
                "role": "Senior Literacy Trainer",
                "stage": "rejected",
                "people": ["priya-nair", "john-smith"],
                "via": None,
            }
        ],
    }


def test_the_table_says_when_who_what_and_why(priya: Path) -> None:
    done = run("due", "--within", "2m", "--today", "2026-11-23", cwd=priya)
    assert (done.code, done.err) == (0, "")
    assert done.out == (
        "Mon 23 Nov 2026: 1 check-in to do, 1 more later (--all shows them).\n"
        "\n"
        "Later\n"
        "planned          who                             what           why\n"
        "Tue 5 Jan 2027   Priya Nair, Brightpath College  keep-in-touch  "
        "last contact Fri 30 Oct 2026, every 2 months (fit 5) (due Wed 30 Dec 2026)\n"
    )


def test_nothing_to_do_says_when_the_next_one_is(priya: Path) -> None:
    done = run("due", "--within", "1w", "--today", "2026-11-23", cwd=priya)
    assert done.out == (
        "Mon 23 Nov 2026: nothing to do, 2 more later (--all shows them).\n"
        "The next one is planned for Tue 5 Jan 2027.\n"
    )


def test_within_narrows_the_json_as_well(priya: Path) -> None:
    near = json.loads(run("due", "--json", "--within", "6w", "--today", "2026-11-24", cwd=priya).out)
    assert [item["contact"] for item in near["check_ins"]] == ["priya-nair"]
    assert len(near["people"]) == 2


SORTED = """
=== contacts/zoe.md
---
name: Zoe
cadence: 1m
met: 2026-10-01
---
=== contacts/amy.md
---
name: Amy
cadence: 1m
met: 2026-10-20
---
## Log
- 2026-11-20 meeting: coffee
=== contacts/bob.md
---
name: Bob
cadence: 1m
met: 2026-10-01
---
"""


def test_items_are_sorted_by_planned_then_due_then_contact_then_action(tmp_path: Path) -> None:
    root = write_files(tmp_path, SORTED)
    told = json.loads(run("due", "--json", "--today", "2026-11-23", cwd=root).out)["check_ins"]
    keys = [(i["planned"], i["due"], i["contact"], i["action"]) for i in told]
    assert keys == sorted(keys)
    assert [key[2:] for key in keys] == [
        ("bob", "keep-in-touch"),
        ("zoe", "keep-in-touch"),
        ("amy", "thank-you"),
        ("amy", "keep-in-touch"),
    ]


def test_problems_are_counted_told_on_stderr_and_hide_nobody_else(priya: Path) -> None:
    broken = priya / "contacts" / "kim.md"
    broken.write_text("---\nname: Kim\ncadence: sometimes\n---\n", encoding="utf-8")
    done = run("due", "--json", "--today", "2026-11-23", cwd=priya)
    assert done.code == 1
    assert "contacts/kim.md:3:10: error:" in done.err
    told = json.loads(done.out)
    assert told["problems"] == 1
    assert [p["contact"] for p in told["people"]] == ["john-smith", "kim", "priya-nair"]


def test_todays_date_may_be_pinned_and_the_option_wins(priya: Path) -> None:
    with (priya / "intouch.toml").open("a", encoding="utf-8") as settings:
        settings.write("[demo]\ntoday = 2026-12-01\n")
    assert json.loads(run("due", "--json", cwd=priya).out)["today"] == "2026-12-01"
    told = run("due", "--json", "--today", "2026-12-24", cwd=priya).out
    assert json.loads(told)["today"] == "2026-12-24"


def test_the_table_of_somebody_hostile_stays_a_table(tmp_path: Path) -> None:
    name = r'"Eve \e[31m\u202e\nred"'
    text = f"=== contacts/eve.md\n---\nname: {name}\ncadence: 1m\n---\n"
    done = run("due", "--today", "2026-11-23", cwd=write_files(tmp_path, text))
    assert "\x1b" not in done.out + done.err
    assert "\u202e" not in done.out + done.err


def test_names_of_every_script_pass_a_terminal_that_knows_ascii_only(tmp_path: Path) -> None:
    text = "=== contacts/mi.md\n---\nname: 林 美咲\ncadence: 1m\n---\n"
    root = write_files(tmp_path, text)
    for command in ("due", "check", "build"):
        done = run(
            command, "--today", "2026-11-23", cwd=root, PYTHONUTF8="0", LC_ALL="C", PYTHONIOENCODING="ascii"
        )
        assert done.code == 0, done.err
