"""`intouch why`: the whole derivation, and for someone with nothing due why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from program import run, write_files

NOTEBOOK = """
=== contacts/priya.md
---
name: Priya Nair
organization: Brightpath
fit: 5
---
## Log
- 2026-10-14 interview (Trainer): panel
- 2026-10-15 thank-you
- 2026-10-29 rejection
- 2026-10-30 thank-you
=== contacts/sam.md
---
name: Sam Lee
contact_type: agency
aliases: [Sammy]
---
=== contacts/ann.md
---
name: Ann Bell
---
=== contacts/ann/2026-11-10-interview.md
---
role: Coach
via: sam
---
=== contacts/paused.md
---
name: Paul Paused
cadence: 1m
paused_until: 2026-12-01
---
## Log
- 2026-10-01 call
=== contacts/never.md
---
name: Nora Never
do_not_contact: yes
cadence: 1m
---
=== contacts/archived.md
---
name: Archie Archived
archived: yes
cadence: 1m
---
=== contacts/silent.md
---
name: Sil Silent
cadence: none
---
## Log
- 2026-10-01 call
=== contacts/asleep.md
---
name: Dora Dormant
---
## Log
- 2026-01-01 call
- 2026-05-01 check-in
- 2026-07-01 check-in
- 2026-09-01 check-in
=== contacts/gone.md
---
name: Moe Movedon
---
## Log
- 2026-08-03 interview (Clerk)
- 2026-08-04 thank-you
=== contacts/new.md
---
name: Una Untracked
---
=== intouch.toml
[[away]]
from = 2027-01-06
to = 2027-01-10
note = "a trip"
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_files(tmp_path_factory.mktemp("why"), NOTEBOOK)


def why(person: str, root: Path) -> str:
    done = run("why", person, "--today", "2026-11-23", cwd=root)
    assert (done.code, done.err) == (0, "")
    return done.out


def test_an_application_that_lies_ahead_begins_and_its_thanks_are_settled_on_a_day_in_words(
    tmp_path: Path,
) -> None:
    ahead = "=== contacts/ann.md\n---\nname: Ann Bell\n---\n## Log\n- 2026-11-25 interview (Coach)\n"
    told = why("ann", write_files(tmp_path, ahead))
    assert "\n  application   Coach: interviewing from Wed 25 Nov 2026\n" in told
    assert "\n  done by   a thank-you to them on Wed 25 Nov 2026 or later, or anything " in told


def test_a_date_is_derived_step_by_step(root: Path) -> None:
    assert why("priya", root) == (
        "Priya Nair, Brightpath  [contacts/priya.md]\n"
        "  status        tracked\n"
        "  last contact  Fri 30 Oct 2026, thank-you  [contacts/priya.md:10]\n"
        "  rhythm        every 2 months (fit 5)  [contacts/priya.md:4]\n"
        "  application   Trainer at Brightpath: rejected since Thu 29 Oct 2026\n"
        "\n"
        "keep-in-touch, planned for Tue 5 Jan 2027\n"
        "  why       last contact Fri 30 Oct 2026, every 2 months (fit 5)  [contacts/priya.md:10]\n"
        "  rule      E-mail or call every few months whoever you have really dealt with.\n"
        "  due       Wed 30 Dec 2026 (upcoming)\n"
        "  not       Wed 30 Dec 2026 to Mon 4 Jan 2027: quiet days\n"
        "  planned   Tue 5 Jan 2027\n"
        "  done by   anything that moves the last contact: what you say to them, or they to you\n"
    )


def test_the_consultant_is_named_and_asked_for_the_client(root: Path) -> None:
    client, consultant = why("ann", root), why("sam", root)
    assert "Coach, via Sam Lee: interviewing since Tue 10 Nov 2026" in client
    assert "follow-up 1, planned for Mon 23 Nov 2026" in consultant
    assert "[contacts/ann/2026-11-10-interview.md:1]" in consultant


@pytest.mark.parametrize(
    ("person", "status", "reason"),
    [
        ("paused", "paused", "planned for Tue 1 Dec 2026"),
        ("never", "do-not-contact", "the card says do not contact"),
        ("archived", "archived", "archived"),
        ("silent", "silent", "none"),
        ("asleep", "dormant", "three messages went unanswered"),
        ("gone", "moved-on", "no-reply"),
        ("new", "untracked", "no rhythm"),
        ("ann", "in-process", "is open (interviewing)"),
    ],
)
def test_everyone_is_told_why_not(root: Path, person: str, status: str, reason: str) -> None:
    told = why(person, root)
    assert f"status        {status}\n" in told
    assert reason in told


@pytest.mark.parametrize("name", ["Priya Nair", "PRIYA", "priya nair", "nair"])
def test_people_are_found_by_slug_name_and_part_of_it(root: Path, name: str) -> None:
    assert why(name, root).startswith("Priya Nair")


def test_an_alias_will_do(root: Path) -> None:
    assert why("Sammy", root).startswith("Sam Lee")


def test_nobody_and_several_are_told_apart(root: Path) -> None:
    nobody = run("why", "prija", cwd=root)
    assert (nobody.code, nobody.out) == (2, "")
    assert nobody.err == "intouch: nobody is called 'prija'\n  Did you mean priya?\n"
    several = run("why", "n", cwd=root)
    assert several.code == 2
    assert several.err == (
        "intouch: 'n' may be any of 7 people\n  Choose one: ann, asleep, gone, never, new, priya, silent\n"
    )


def test_of_many_who_may_be_meant_some_are_named_and_the_rest_counted(tmp_path: Path) -> None:
    people = "".join(f"=== contacts/ann-{n}.md\n---\nname: Ann Ray\n---\n" for n in range(15))
    told = run("why", "Ann Ray", cwd=write_files(tmp_path, people)).err
    assert "may be any of 15 people\n" in told
    assert told.endswith("ann-6 and 3 more\n")


def test_no_name_at_all_is_nobodys(root: Path) -> None:
    assert run("why", " ", cwd=root).err.startswith("intouch: nobody is called ' '\n")
