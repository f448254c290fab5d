"""The examples of the manual's page of the rules, each one held to the day, and a few more of the same."""

from __future__ import annotations

from collections import Counter

import pytest

from generated import hold
from notebook import CARD_KEYS, NOTE_KEYS, agenda, away, open_items

EXAMPLES = {
    "interview on a Friday": (
        """
priya
  2026-10-02 interview
""",
        "2026-10-02",
        [
            "priya thank-you 2026-10-05 2026-10-05 upcoming",
            "priya follow-up 1 2026-10-09 2026-10-09 upcoming",
        ],
    ),
    "thanked the same day": (
        """
priya
  2026-10-02 interview
  2026-10-02 thank-you
""",
        "2026-10-03",
        ["priya follow-up 1 2026-10-09 2026-10-09 upcoming"],
    ),
    "a decision date moves the follow-up": (
        """
priya
  2026-10-02 interview by=2026-10-16
  2026-10-05 thank-you
""",
        "2026-10-05",
        ["priya follow-up 1 2026-10-20 2026-10-20 upcoming"],
    ),
    "second follow-up": (
        """
priya
  2026-10-02 interview
  2026-10-05 thank-you
  2026-10-12 follow-up
""",
        "2026-10-13",
        ["priya follow-up 2 2026-10-19 2026-10-19 upcoming"],
    ),
    "both follow-ups sent, still waiting": (
        """
priya
  2026-10-02 interview
  2026-10-05 thank-you
  2026-10-12 follow-up
  2026-10-19 follow-up
""",
        "2026-11-01",
        [],
    ),
    "their loss": (
        """
priya
  2026-10-02 interview
  2026-10-05 thank-you
  2026-10-12 follow-up
  2026-10-19 follow-up
""",
        "2026-11-02",
        [],
    ),
    "their loss, but a good fit": (
        """
priya fit=4
  2026-10-02 interview
  2026-10-05 thank-you
  2026-10-12 follow-up
  2026-10-19 follow-up
""",
        "2026-11-02",
        ["priya keep-in-touch 2027-01-19 2027-01-19 upcoming"],
    ),
    "an e-mail settles the thanks but is no follow-up": (
        """
priya
  2026-10-02 interview
  2026-10-05 message
""",
        "2026-10-06",
        ["priya follow-up 1 2026-10-09 2026-10-09 upcoming"],
    ),
    "a no from a good fit": (
        """
priya fit=4
  2026-10-02 interview
  2026-10-12 rejection
""",
        "2026-10-12",
        [
            "priya thank-anyway 2026-10-13 2026-10-13 upcoming",
            "priya keep-in-touch 2027-01-12 2027-01-12 upcoming",
        ],
    ),
    "a no, thanked": (
        """
priya fit=4
  2026-10-02 interview
  2026-10-12 rejection
  2026-10-13 thank-you
""",
        "2026-10-14",
        ["priya keep-in-touch 2027-01-13 2027-01-13 upcoming"],
    ),
    "an agency": (
        """
sam type=agency
  2026-08-31 meeting
  2026-09-01 thank-you
""",
        "2026-11-23",
        ["sam keep-in-touch 2026-11-01 2026-11-23 overdue"],
    ),
    "quiet days": (
        """
priya cadence=quarterly
  2026-09-24 call
""",
        "2026-10-01",
        ["priya keep-in-touch 2026-12-24 2027-01-05 upcoming"],
    ),
    "a promise": (
        """
priya cadence=3m next=2028-01-15
  2027-11-01 call
""",
        "2027-12-01",
        ["priya promised 2028-01-17 2028-01-17 upcoming"],
    ),
    "a mere application": (
        """
priya
  2026-10-01 applied
""",
        "2026-10-02",
        ["priya follow-up 1 2026-10-12 2026-10-12 upcoming"],
    ),
    "accepted elsewhere": (
        """
ann org=Acme
  2026-11-02 interview (Trainer)
  2026-11-03 thank-you
  2026-11-18 accepted (Trainer)
ben org=Bell
  2026-11-10 interview (Coach)
  2026-11-11 thank-you
""",
        "2026-11-18",
        [
            "ben withdraw 2026-11-19 2026-11-19 upcoming",
            "ann keep-in-touch 2027-03-18 2027-03-18 upcoming",
        ],
    ),
    "an introduction": (
        """
jo by=sam-lee
  2026-11-18 meeting
sam-lee
""",
        "2026-11-18",
        [
            "jo thank-you 2026-11-19 2026-11-19 upcoming",
            "sam-lee report-back 2026-11-19 2026-11-19 upcoming",
            "jo keep-in-touch 2027-03-18 2027-03-18 upcoming",
        ],
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_example(name: str) -> None:
    notebook, today, expected = EXAMPLES[name]
    assert open_items(notebook, today) == expected


def test_the_manual_shows_the_examples() -> None:
    rows = ["| | written | read on | asked for |", "| --- | --- | --- | --- |"]
    for name, (notebook, today, expected) in EXAMPLES.items():
        people = people_of(notebook)
        alone = len(people) == 1
        told = "; ".join(
            f"{'' if alone else f'{who}: '}{', '.join(said)}" for who, said in people.items() if said
        )
        asked = "; ".join(asked_for(line, alone=alone) for line in expected) or "nothing"
        rows.append(f"| {name[0].upper()}{name[1:]} | {told} | {today} | {asked} |")
    hold("rules.md", "examples", "\n".join(rows) + "\n")


def people_of(notebook: str) -> dict[str, list[str]]:
    """A literal notebook as one would write it, by person: what the card says, then its log."""
    people: dict[str, list[str]] = {}
    said: list[str] = []
    for line in notebook.strip().splitlines():
        first, *words = line.split()
        if line.startswith(" "):
            plain = [word for word in words if "=" not in word]
            said.append(" ".join([f"`{' '.join([first, *plain])}`", *keys(words, NOTE_KEYS, "with ")]))
        else:
            said = people[first] = keys(words, CARD_KEYS)
    return people


def keys(words: list[str], called: dict[str, str], before: str = "") -> list[str]:
    """The short words among some as the keys and values of a real notebook."""
    pairs = (word.split("=") for word in words if "=" in word)
    return [f"{before}`{called.get(key, key)}: {value}`" for key, value in pairs]


def asked_for(line: str, *, alone: bool) -> str:
    """What a line of an agenda asks for, in the words of the page."""
    who, *what, due, planned, _ = line.split()
    attempt = "".join(f" {number}" for number in what[1:])
    whom = "" if alone else f" to {who}"
    moved = "" if due == planned else f", planned for {planned}"
    return f"`{what[0]}`{attempt}{whom}, due {due}{moved}"


SILENCE = """
priya
  2026-10-02 interview (Trainer)
  2026-10-05 thank-you
  2026-10-12 follow-up
  2026-10-19 follow-up
"""


def test_two_follow_ups_without_an_answer_end_on_the_tenth_business_day() -> None:
    waiting, over = agenda(SILENCE, "2026-11-01"), agenda(SILENCE, "2026-11-02")
    assert (waiting.applications[0].stage, waiting.standings["priya"].status) == (
        "interviewing",
        "in-process",
    )
    assert (over.applications[0].stage, over.standings["priya"].status) == ("no-reply", "moved-on")


def test_an_attempt_unsent_for_twenty_business_days_ends_it() -> None:
    unsent = """
priya
  2026-10-02 interview
  2026-10-05 thank-you
"""
    assert agenda(unsent, "2026-11-05").applications[0].stage == "interviewing"
    over = agenda(unsent, "2026-11-06")
    assert (over.applications[0].stage, over.applications[0].since.isoformat()) == ("no-reply", "2026-11-06")
    assert over.check_ins == ()


def test_a_mere_application_gets_one_follow_up() -> None:
    sent = """
priya
  2026-10-01 applied
  2026-10-12 follow-up
"""
    assert open_items(sent, "2026-10-13") == []
    assert agenda(sent, "2026-10-25").applications[0].stage == "applied"
    assert agenda(sent, "2026-10-26").applications[0].stage == "no-reply"


FLOOD = "\n".join(f"p{n:03} cadence=3m" for n in range(300))


def test_a_flood_is_spread_and_nobody_is_lost() -> None:
    items = agenda(FLOOD, "2026-11-23").check_ins
    assert len(items) == 300
    assert {item.due.isoformat() for item in items} == {"2026-11-23"}
    assert max(Counter(item.planned for item in items).values()) == 3
    weeks = Counter(item.planned.isocalendar()[:2] for item in items)
    assert max(weeks.values()) == 12
    assert not [item for item in items if not (item.planned >= item.due and item.planned.weekday() < 5)]


def test_what_was_done_today_takes_todays_room() -> None:
    done = "\n".join(f"p{n:03} cadence=3m" + ("\n  2026-11-23 check-in" if n < 3 else "") for n in range(300))
    items = {item.contact: item for item in agenda(done, "2026-11-23").check_ins}
    assert {items[f"p00{n}"].due.isoformat() for n in range(3)} == {"2027-02-23"}
    assert min(item.planned for item in items.values()).isoformat() == "2026-11-24"
    assert len(items) == 300


def test_coming_back_does_not_bury_you() -> None:
    four = "\n".join(f"p{n} cadence=3m\n  2026-09-0{n} call" for n in range(1, 5))
    planned = [line.split()[3] for line in open_items(four, "2026-12-01", away("2026-11-01", "2027-01-10"))]
    assert planned == ["2027-01-11"] * 3 + ["2027-01-12"]
