"""What outranks what, where rules ask for the same."""

from __future__ import annotations

from notebook import agenda, day, open_items


def test_an_agenda_knows_its_day() -> None:
    assert agenda("ann", "2026-10-02").today == day("2026-10-02")


def test_thanks_for_two_applications_are_two() -> None:
    notebook = """
ann
  2026-10-02 interview (Trainer) via=sam
ben
  2026-10-02 interview (Coach) via=sam
sam type=agency
"""
    assert open_items(notebook, "2026-10-02") == [
        "sam thank-you 2026-10-05 2026-10-05 upcoming",
        "sam thank-you 2026-10-05 2026-10-05 upcoming",
        "sam follow-up 1 2026-10-09 2026-10-09 upcoming",
        "sam follow-up 1 2026-10-09 2026-10-09 upcoming",
    ]


def test_a_promise_stands_in_by_the_day_that_was_promised() -> None:
    # Saturday: kept on Monday, and the sentence says what was said.
    notebook = "ann next=2026-10-10 cadence=1m"
    (withheld,) = agenda(notebook, "2026-10-06").withheld
    assert str(withheld.reason) == "the promise for 2026-10-10 stands in for it"
    assert open_items(notebook, "2026-10-06") == ["ann promised 2026-10-12 2026-10-12 upcoming"]


def test_nothing_is_asked_for_people_who_are_not_there() -> None:
    said = agenda("ann\n  2026-10-02 interview people=ghost via=nobody", "2026-10-02")
    assert [item.contact for item in said.check_ins] == []
