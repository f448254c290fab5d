"""Every rule on the day before, the day, and the day after."""

from __future__ import annotations

import pytest

from notebook import agenda, open_items

# name: notebook, rule, {today: expected lines of that rule}
BOUNDARIES: dict[str, tuple[str, str, dict[str, list[str]]]] = {
    "a thank-you lapses after ten business days": (
        """
priya
  2026-10-02 meeting
""",
        "thank-you",
        {
            "2026-10-02": ["priya thank-you 2026-10-05 2026-10-05 upcoming"],
            "2026-10-05": ["priya thank-you 2026-10-05 2026-10-05 today"],
            "2026-10-06": ["priya thank-you 2026-10-05 2026-10-06 overdue"],
            "2026-10-19": ["priya thank-you 2026-10-05 2026-10-19 overdue"],
            "2026-10-20": [],
        },
    ),
    "anything said later settles the thanks, not what was said that day": (
        """
priya
  2026-10-02 meeting
  2026-10-02 message
sam
  2026-10-02 meeting
  2026-10-03 message
""",
        "thank-you",
        {"2026-10-05": ["priya thank-you 2026-10-05 2026-10-05 today"]},
    ),
    "their reply does not settle the thanks": (
        """
priya
  2026-10-02 meeting
  2026-10-04 reply
""",
        "thank-you",
        {"2026-10-05": ["priya thank-you 2026-10-05 2026-10-05 today"]},
    ),
    "thanks are owed to everyone who was there": (
        """
ann
  2026-10-02 interview people=ben,cho
ben
cho
""",
        "thank-you",
        {
            "2026-10-02": [
                "ann thank-you 2026-10-05 2026-10-05 upcoming",
                "ben thank-you 2026-10-05 2026-10-05 upcoming",
                "cho thank-you 2026-10-05 2026-10-05 upcoming",
            ]
        },
    ),
    "through an agency only to the consultant": (
        """
ann
  2026-10-02 interview people=ben via=sam
ben
sam type=agency
""",
        "thank-you",
        {"2026-10-02": ["sam thank-you 2026-10-05 2026-10-05 upcoming"]},
    ),
    "no thanks where none are owed": (
        """
ann
  2026-10-02 interview thanks=no
ben
  2026-10-02 event
cho
  2026-10-02 call
""",
        "thank-you",
        {"2026-10-02": []},
    ),
    "a scheduled talk announces its thanks": (
        """
ann
  2026-10-02 interview
""",
        "thank-you",
        {"2026-09-28": ["ann thank-you 2026-10-05 2026-10-05 upcoming"]},
    ),
    "a rejection takes the thanks over": (
        """
ann
  2026-10-02 interview
  2026-10-02 rejection
""",
        "thank-you",
        {"2026-10-02": []},
    ),
    "thanks after a no lapse after twenty business days": (
        """
ann
  2026-10-02 interview
  2026-10-12 rejection
""",
        "thank-anyway",
        {
            "2026-10-12": ["ann thank-anyway 2026-10-13 2026-10-13 upcoming"],
            "2026-11-10": ["ann thank-anyway 2026-10-13 2026-11-10 overdue"],
            "2026-11-11": [],
        },
    ),
    "a form letter after a mere application wants no thanks": (
        """
ann
  2026-10-02 applied
  2026-10-12 rejection
""",
        "thank-anyway",
        {"2026-10-12": []},
    ),
    "thanks after a no go through the agency": (
        """
ann
  2026-10-02 interview (T) via=sam
  2026-10-12 rejection (T)
sam type=agency
""",
        "thank-anyway",
        {"2026-10-12": ["sam thank-anyway 2026-10-13 2026-10-13 upcoming"]},
    ),
    "a first follow-up": (
        """
ann
  2026-10-02 interview
""",
        "follow-up",
        {
            "2026-10-08": ["ann follow-up 1 2026-10-09 2026-10-09 upcoming"],
            "2026-10-09": ["ann follow-up 1 2026-10-09 2026-10-09 today"],
            "2026-10-10": ["ann follow-up 1 2026-10-09 2026-10-12 overdue"],
            "2026-11-05": ["ann follow-up 1 2026-10-09 2026-11-05 overdue"],
            "2026-11-06": [],
        },
    ),
    "the waits of the other bases": (
        """
a
  2026-10-01 applied
b
  2026-10-01 screen
c
  2026-10-01 applied
  2026-10-02 reply
d
  2026-10-01 applied
  2026-10-02 call
e
  2026-10-01 on-hold
""",
        "follow-up",
        {
            "2026-10-02": [
                "b follow-up 1 2026-10-08 2026-10-08 upcoming",
                "a follow-up 1 2026-10-12 2026-10-12 upcoming",
                "c follow-up 1 2026-10-16 2026-10-16 upcoming",
                "d follow-up 1 2026-10-16 2026-10-16 upcoming",
                "e follow-up 1 2026-10-29 2026-10-29 upcoming",
            ]
        },
    ),
    "a message before the day is none, on the day it is one": (
        """
a
  2026-10-02 interview
  2026-10-08 message
b
  2026-10-02 interview
  2026-10-09 message
""",
        "follow-up",
        {
            "2026-10-09": [
                "a follow-up 1 2026-10-09 2026-10-09 today",
                "b follow-up 2 2026-10-16 2026-10-16 upcoming",
            ]
        },
    ),
    "an early follow-up is one": (
        """
a
  2026-10-02 interview
  2026-10-05 follow-up
""",
        "follow-up",
        {"2026-10-05": ["a follow-up 2 2026-10-12 2026-10-12 upcoming"]},
    ),
    "a second follow-up not before they decide": (
        """
a
  2026-10-02 interview by=2026-10-16
  2026-10-05 follow-up
""",
        "follow-up",
        {"2026-10-05": ["a follow-up 2 2026-10-20 2026-10-20 upcoming"]},
    ),
    "no follow-up while a talk is ahead": (
        """
a
  2026-10-02 interview (T)
  2026-10-28 interview (T)
""",
        "follow-up",
        {"2026-10-27": [], "2026-10-28": ["a follow-up 1 2026-11-04 2026-11-04 upcoming"]},
    ),
    "follow-ups go to the consultant": (
        """
a
  2026-10-02 interview (T) via=sam
sam type=agency
""",
        "follow-up",
        {"2026-10-05": ["sam follow-up 1 2026-10-09 2026-10-09 upcoming"]},
    ),
    "no follow-up on quiet days": (
        """
a
  2026-12-14 interview
""",
        "follow-up",
        {"2026-12-20": ["a follow-up 1 2026-12-21 2027-01-05 upcoming"]},
    ),
    "an offer wants an answer, and a decision": (
        """
a
  2026-10-01 interview
  2026-10-05 offer by=2026-10-17
""",
        "answer",
        {
            "2026-10-05": [
                "a answer 2026-10-06 2026-10-06 upcoming",
                "a answer 2026-10-16 2026-10-16 upcoming",
            ],
            "2026-12-01": [
                "a answer 2026-10-06 2026-12-01 overdue",
                "a answer 2026-10-16 2026-12-01 overdue",
            ],
        },
    ),
    "an answer leaves the decision": (
        """
a
  2026-10-01 interview
  2026-10-05 offer by=2026-10-17
  2026-10-06 message
""",
        "answer",
        {"2026-10-06": ["a answer 2026-10-16 2026-10-16 upcoming"]},
    ),
    "what was said on the day of the offer is no answer": (
        """
a
  2026-10-05 call
  2026-10-05 offer
""",
        "answer",
        {"2026-10-05": ["a answer 2026-10-06 2026-10-06 upcoming"]},
    ),
    "a decision ends it": (
        """
a
  2026-10-05 offer by=2026-10-17
  2026-10-06 declined
""",
        "answer",
        {"2026-10-06": []},
    ),
    "withdrawing ends it": (
        """
a org=A
  2026-11-18 accepted (X)
b org=B
  2026-11-02 interview (Y)
  2026-11-23 withdrew (Y)
""",
        "withdraw",
        {"2026-11-19": ["b withdraw 2026-11-19 2026-11-19 today"], "2026-11-23": []},
    ),
    "no silence ends what wants withdrawing from": (
        """
a org=A
  2026-11-18 accepted (X)
b org=B
  2026-11-02 interview (Y)
""",
        "withdraw",
        {"2027-06-01": ["b withdraw 2026-11-19 2027-06-01 overdue"]},
    ),
    "what began after the acceptance is not withdrawn from": (
        """
a org=A
  2026-11-18 accepted (X)
b org=B
  2026-11-19 interview (Y)
""",
        "withdraw",
        {"2026-11-20": []},
    ),
    "a promise rolls to a business day and is kept from its date on": (
        """
a next=2026-10-03
b next=2026-10-03
  2026-10-02 call
c next=2026-10-03
  2026-10-03 voicemail
d next=2026-10-03
  2026-10-04 reply
""",
        "promised",
        {
            "2026-10-04": [
                "a promised 2026-10-05 2026-10-05 upcoming",
                "b promised 2026-10-05 2026-10-05 upcoming",
                "d promised 2026-10-05 2026-10-05 upcoming",
            ]
        },
    ),
    "two promises on different dates are two": (
        """
a next=2026-10-03
  2026-10-01 note next=2026-10-04
""",
        "promised",
        {
            "2026-10-01": [
                "a promised 2026-10-05 2026-10-05 upcoming",
                "a promised 2026-10-05 2026-10-05 upcoming",
            ]
        },
    ),
    "an introducer hears how it went": (
        """
jo by=sam
  2026-10-02 call
sam
""",
        "report-back",
        {
            "2026-10-02": ["sam report-back 2026-10-05 2026-10-05 upcoming"],
            "2026-11-02": ["sam report-back 2026-10-05 2026-11-02 overdue"],
            "2026-11-03": [],
        },
    ),
    "an introducer who was there knows": (
        """
jo by=sam
  2026-10-02 meeting people=sam
sam
""",
        "report-back",
        {"2026-10-02": []},
    ),
    "an event or a scheduled talk is no first talk": (
        """
jo by=sam
  2026-10-02 event
  2026-10-09 meeting
sam
""",
        "report-back",
        {"2026-10-08": [], "2026-10-09": ["sam report-back 2026-10-12 2026-10-12 upcoming"]},
    ),
    "keep in touch by fit and type": (
        """
a fit=5
  2026-01-05 event
b fit=4
  2026-01-05 event
c fit=3
  2026-01-05 event
d
  2026-01-05 event
e fit=2
  2026-01-05 event
f fit=1 type=agency
  2026-01-05 event
""",
        "keep-in-touch",
        {
            "2026-01-06": [
                "a keep-in-touch 2026-03-05 2026-03-05 upcoming",
                "f keep-in-touch 2026-03-05 2026-03-05 upcoming",
                "b keep-in-touch 2026-04-05 2026-04-06 upcoming",
                "c keep-in-touch 2026-05-05 2026-05-05 upcoming",
                "d keep-in-touch 2026-05-05 2026-05-05 upcoming",
            ]
        },
    ),
    "two unanswered messages double the rhythm, three end it": (
        """
a fit=5
  2026-01-05 event
  2026-03-05 check-in
b fit=5
  2026-01-05 event
  2026-03-05 check-in
  2026-05-05 voicemail
c fit=5
  2026-01-05 event
  2026-03-05 check-in
  2026-05-05 message
  2026-09-05 check-in
""",
        "keep-in-touch",
        {
            "2026-09-06": [
                "a keep-in-touch 2026-05-05 2026-09-07 overdue",
                "b keep-in-touch 2026-09-05 2026-09-07 overdue",
            ]
        },
    ),
    "on the day they were heard from nothing goes unanswered": (
        """
a fit=5
  2026-01-05 event
  2026-01-05 message
  2026-01-05 check-in
  2026-03-05 check-in
""",
        "keep-in-touch",
        {"2026-03-06": ["a keep-in-touch 2026-05-05 2026-05-05 upcoming"]},
    ),
    "a cadence knows no back-off": (
        """
a cadence=1m
  2026-01-05 event
  2026-02-05 check-in
  2026-03-05 check-in
  2026-04-07 check-in
""",
        "keep-in-touch",
        {"2026-04-08": ["a keep-in-touch 2026-05-07 2026-05-07 upcoming"]},
    ),
    "a cadence counts from met, else from today": (
        """
a cadence=1m met=2026-01-05
b cadence=1m
""",
        "keep-in-touch",
        {
            "2026-02-04": [
                "b keep-in-touch 2026-02-04 2026-02-04 today",
                "a keep-in-touch 2026-02-05 2026-02-05 upcoming",
            ],
            "2026-02-06": [
                "a keep-in-touch 2026-02-05 2026-02-06 overdue",
                "b keep-in-touch 2026-02-06 2026-02-06 today",
            ],
        },
    ),
    "an application is no contact": (
        """
a cadence=1m met=2026-01-05
  2026-01-20 applied
  2026-01-21 rejection
""",
        "keep-in-touch",
        {"2026-01-22": ["a keep-in-touch 2026-02-21 2026-02-23 upcoming"]},
    ),
    "paused until": (
        """
a cadence=1m paused=2026-03-10
  2026-01-05 event
""",
        "keep-in-touch",
        {"2026-02-06": ["a keep-in-touch 2026-02-05 2026-03-10 overdue"]},
    ),
    "archived and do not contact": (
        """
a cadence=1m archived
  2026-01-05 event
b cadence=1m do-not-contact
  2026-01-05 event
""",
        "keep-in-touch",
        {"2026-02-06": []},
    ),
}


@pytest.mark.parametrize("name", BOUNDARIES)
def test_boundary(name: str) -> None:
    notebook, rule, days = BOUNDARIES[name]
    for today, expected in days.items():
        found = [line for line in open_items(notebook, today) if line.split()[1] == rule]
        assert found == expected, today


def test_a_promise_replaces_check_ins_and_nearby_follow_ups() -> None:
    near = "a cadence=1m next=2026-12-08\n  2026-10-02 interview (T)\n  2026-10-05 thank-you"
    assert open_items(near, "2026-10-06") == [
        "a follow-up 1 2026-10-09 2026-10-09 upcoming",
        "a promised 2026-12-08 2026-12-08 upcoming",
    ]
    nearer = near.replace("2026-12-08", "2026-12-07")
    assert open_items(nearer, "2026-10-06") == ["a promised 2026-12-07 2026-12-07 upcoming"]


def test_a_kept_promise_kept_the_attempt_alive() -> None:
    # Unsent, the follow-up due 2026-10-09 would have closed it on 2026-11-06.
    kept = "a next=2026-11-10\n  2026-10-02 interview (T)\n  2026-10-05 thank-you\n  2026-11-10 event"
    assert agenda(kept, "2026-11-09").applications[0].stage == "interviewing"
    assert agenda(kept, "2026-12-07").applications[0].stage == "interviewing"
    assert agenda(kept, "2026-12-08").applications[0].stage == "no-reply"


def test_do_not_contact_silences_every_rule() -> None:
    assert open_items("a do-not-contact\n  2026-10-02 interview", "2026-10-02") == []


def test_archived_still_owes_thanks() -> None:
    assert open_items("a archived\n  2026-10-02 meeting", "2026-10-02") == [
        "a thank-you 2026-10-05 2026-10-05 upcoming"
    ]
