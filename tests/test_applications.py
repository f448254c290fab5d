from __future__ import annotations

import pytest

from intouch.checkins import Application
from notebook import agenda


def _applications(notebook: str, today: str = "2026-11-23") -> list[str]:
    """Each application as `role|organization: stage since, how many interactions`."""
    return [_brief(a) for a in agenda(notebook, today).applications]


def _brief(a: Application) -> str:
    return f"{a.role}|{a.organization}: {a.stage} {a.since} ({len(a.interactions)})"


CASES = {
    "a role is compared case and spacing aside": (
        """
ann org=Acme
  2026-11-02 applied (Senior Trainer)
  2026-11-09 interview (senior TRAINER)
""",
        ["Senior Trainer|Acme: interviewing 2026-11-09 (2)"],
    ),
    "two people of one organization share the application": (
        """
ann org=Acme
  2026-11-02 interview (Trainer)
ben org=acme
  2026-11-09 interview (Trainer)
""",
        ["Trainer|Acme: interviewing 2026-11-02 (2)"],
    ),
    "a companion's own line joins": (
        """
ann org=Acme
  2026-11-02 interview (Trainer) people=ben
ben org=Bell
  2026-11-09 reply (Trainer)
""",
        ["Trainer|Acme: interviewing 2026-11-02 (2)"],
    ),
    "the consultant's own line joins": (
        """
ann org=Acme
  2026-11-02 interview (Trainer) via=sam
sam org=Agency type=agency
  2026-11-09 reply (Trainer)
""",
        ["Trainer|Acme: interviewing 2026-11-02 (2)"],
    ),
    "a consultant who is named only by what lies ahead takes part already": (
        """
ann org=Acme
  2026-11-02 applied (Trainer)
  2026-11-26 interview (Trainer) via=sam
sam org=Agency type=agency
  2026-11-19 withdrew (Trainer)
""",
        ["Trainer|Acme: withdrawn 2026-11-19 (3)"],
    ),
    "and by what came later, so that nothing changes when it has been": (
        """
ann org=Acme
  2026-11-02 applied (Trainer)
  2026-11-20 interview (Trainer) via=sam
sam org=Agency type=agency
  2026-11-19 reply (Trainer)
""",
        ["Trainer|Acme: interviewing 2026-11-20 (3)"],
    ),
    "but not before there is anything to take part in": (
        """
ann org=Acme
  2026-11-10 applied (Trainer)
  2026-11-26 interview (Trainer) via=sam
sam org=Agency type=agency
  2026-11-09 applied (Trainer)
""",
        ["Trainer|Agency: applied 2026-11-09 (1)", "Trainer|Acme: applied 2026-11-10 (2)"],
    ),
    "one role at two clients of one consultant": (
        """
sam org=Agency type=agency
  2026-11-02 screen (Trainer) org=Acme
  2026-11-03 screen (Trainer) org=Bell
  2026-11-09 interview (Trainer) org=Acme
""",
        ["Trainer|Acme: interviewing 2026-11-09 (2)", "Trainer|Bell: screening 2026-11-03 (1)"],
    ),
    "among several of one role, the latest": (
        """
sam org=Agency type=agency
  2026-11-02 screen (Trainer) org=Acme
  2026-11-03 screen (Trainer) org=Bell
  2026-11-09 reply (Trainer)
""",
        ["Trainer|Acme: screening 2026-11-02 (1)", "Trainer|Bell: screening 2026-11-03 (2)"],
    ),
    "a roleless line joins the open application with the latest interaction": (
        """
ann org=Acme
  2026-11-02 interview (Trainer)
  2026-11-03 interview (Coach)
  2026-11-04 thank-you (Trainer)
  2026-11-05 reply
""",
        ["Trainer|Acme: interviewing 2026-11-02 (3)", "Coach|Acme: interviewing 2026-11-03 (1)"],
    ),
    "a roleless line does not join what was refused": (
        """
ann org=Acme
  2026-11-02 interview (Trainer)
  2026-11-05 rejection
  2026-11-06 thank-you
""",
        ["Trainer|Acme: rejected 2026-11-05 (2)"],
    ),
    "a roleless interview takes up a silent application of the last 60 days": (
        """
ann org=Acme
  2026-09-01 interview (Trainer)
  2026-10-31 interview
""",
        ["Trainer|Acme: interviewing 2026-10-31 (2)"],
    ),
    "after 61 days it starts one of its own": (
        """
ann org=Acme
  2026-09-01 interview (Trainer)
  2026-11-01 interview
""",
        ["Trainer|Acme: no-reply 2026-10-06 (1)", "None|Acme: interviewing 2026-11-01 (1)"],
    ),
    "a roleless check-in does not": (
        """
ann org=Acme
  2026-09-01 interview (Trainer)
  2026-10-31 check-in
""",
        ["Trainer|Acme: no-reply 2026-10-06 (1)"],
    ),
    "a registration talk with an agency is no application": (
        """
sam org=Agency type=agency
  2026-11-02 interview
  2026-11-03 screen
""",
        [],
    ),
    "a coffee starts nothing": (
        """
ann org=Acme
  2026-11-02 meeting
""",
        [],
    ),
    "a note of one's own joins nothing, role or not": (
        """
ann org=Acme
  2026-11-02 note (Trainer)
""",
        [],
    ),
    "the stage never goes back": (
        """
ann org=Acme
  2026-11-02 interview (Trainer)
  2026-11-05 screen (Trainer)
""",
        ["Trainer|Acme: interviewing 2026-11-02 (2)"],
    ),
    "an application on a closed one begins a new round": (
        """
ann org=Acme
  2026-10-02 interview (Trainer)
  2026-10-05 rejection (Trainer)
  2026-11-20 applied (Trainer)
""",
        ["Trainer|Acme: applied 2026-11-20 (3)"],
    ),
    "a reply reopens at the highest stage below offer": (
        """
ann org=Acme
  2026-10-02 interview (Trainer)
  2026-10-05 offer (Trainer)
  2026-10-06 declined (Trainer)
  2026-11-20 reply (Trainer)
""",
        ["Trainer|Acme: interviewing 2026-11-20 (4)"],
    ),
    "a follow-up does not undo the silence": (
        """
ann org=Acme
  2026-09-01 interview (Trainer)
  2026-11-20 follow-up (Trainer)
""",
        ["Trainer|Acme: no-reply 2026-10-06 (2)"],
    ),
    "on hold until the next interaction": (
        """
ann org=Acme
  2026-11-02 interview (Trainer)
  2026-11-10 on-hold (Trainer)
ben org=Bell
  2026-11-02 interview (Coach)
  2026-11-10 on-hold (Coach)
  2026-11-12 message (Coach)
""",
        ["Trainer|Acme: on-hold 2026-11-10 (2)", "Coach|Bell: interviewing 2026-11-12 (3)"],
    ),
    "only ahead: the stage of the first": (
        """
ann org=Acme
  2026-12-02 screen (Trainer)
  2026-12-09 interview (Trainer)
""",
        ["Trainer|Acme: screening 2026-12-02 (2)"],
    ),
    "what is ahead moves no stage": (
        """
ann org=Acme
  2026-11-20 screen (Trainer)
  2026-12-09 interview (Trainer)
""",
        ["Trainer|Acme: screening 2026-11-20 (2)"],
    ),
    "what is ahead keeps silence from being an answer": (
        """
ann org=Acme
  2026-08-03 screen (Trainer)
  2026-12-09 interview (Trainer)
""",
        ["Trainer|Acme: screening 2026-08-03 (2)"],
    ),
    "what is ahead does not reopen a refusal": (
        """
ann org=Acme
  2026-11-03 screen (Trainer)
  2026-11-10 rejection (Trainer)
  2026-12-09 interview (Trainer)
""",
        ["Trainer|Acme: rejected 2026-11-10 (3)"],
    ),
    "a roleless interview ahead joins what is open today": (
        """
ann org=Acme
  2026-11-20 screen (Trainer)
  2026-12-09 interview
""",
        ["Trainer|Acme: screening 2026-11-20 (2)"],
    ),
    "without an organization, the owner's own": (
        """
ann
  2026-11-02 interview (Trainer)
ben
  2026-11-03 interview (Trainer)
""",
        ["Trainer|None: interviewing 2026-11-02 (1)", "Trainer|None: interviewing 2026-11-03 (1)"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_application(name: str) -> None:
    notebook, expected = CASES[name]
    assert _applications(notebook) == expected


def test_the_day_on_which_silence_closes_is_still_in_time() -> None:
    # Unsent: due 2026-10-09, closed from 2026-11-06 on.
    sent = """
ann org=Acme
  2026-10-02 interview (Trainer)
  2026-10-05 thank-you
  {day} follow-up (Trainer)
"""
    assert _applications(sent.format(day="2026-11-06"), "2026-11-06") == [
        "Trainer|Acme: interviewing 2026-10-02 (3)"
    ]
    assert _applications(sent.format(day="2026-11-07"), "2026-11-07") == [
        "Trainer|Acme: no-reply 2026-11-06 (3)"
    ]


def test_the_consultant_named_last_is_the_one_to_write_to() -> None:
    two = """
ann org=Acme
  2026-11-02 screen (Trainer) via=sam
  2026-11-09 interview (Trainer) via=kim
kim type=agency
sam type=agency
"""
    assert agenda(two, "2026-11-10").applications[0].via == "kim"


def test_a_key_does_not_hang_on_the_organization() -> None:
    before = agenda("ann org=Acme\n  2026-11-02 interview (Trainer)", "2026-11-10")
    after = agenda("ann org=Acme_Ltd\n  2026-11-02 interview (Trainer)", "2026-11-10")
    assert before.applications[0].key == after.applications[0].key
