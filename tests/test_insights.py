"""What the search shows: every figure counted by hand on a literal notebook."""

from __future__ import annotations

from datetime import date

import pytest

from intouch.agenda import plan_history
from intouch.history import history
from intouch.insights import Days, Insights, Route, Share, insights
from intouch.settings import Settings
from notebook import book, day


def seen(notebook: str, today: str = "2026-11-23") -> Insights:
    gathered = history(book(notebook), day(today), Settings())
    return insights(gathered, plan_history(gathered))


SEARCH = """
ann org=Acme fit=5
  2026-09-01 applied (Coach)
  2026-09-08 reply (Coach)
  2026-09-14 interview (Coach)
  2026-09-21 interview (Coach)
  2026-09-28 offer (Coach)
  2026-09-29 declined (Coach)
ben org=Bolt fit=4
  2026-09-01 applied (Clerk)
  2026-09-10 follow-up (Clerk)
  2026-09-12 rejection (Clerk)
cleo org=Corn
  2026-08-03 applied (Cook)
  2026-08-12 follow-up (Cook)
dag org=Dale fit=5
  2026-11-20 applied (Driver)
eve type=agency org=Elite
finn org=Fox fit=2
  2026-10-01 interview (Fitter) via=eve
  2026-10-08 follow-up (Fitter) people=eve
  2026-10-15 follow-up (Fitter) people=eve
  2026-10-16 rejection (Fitter)
gus org=Gate fit=5 archived
"""


def test_every_figure_of_a_small_search() -> None:
    found = seen(SEARCH)
    assert found.answered == Share(2, 3), "Driver is still waiting"
    assert found.interviews == Share(3, 5)
    assert found.offers == Share(1, 2)
    assert found.first_reply == Days(9, 2)
    assert found.follow_ups == (Share(1, 3), Share(1, 1))
    assert found.silent == Share(1, 4)
    assert found.routes == (Route(True, 1, 1, 0), Route(False, 4, 1, 1))  # noqa: FBT003 - agency, direct
    assert found.coverage == Share(3, 4)
    assert found.uncovered == ("Gate",)


def test_an_empty_notebook_shows_nothing_and_divides_by_nothing() -> None:
    found = seen("")
    assert found.answered == found.offers == found.silent == found.coverage == Share(0, 0)
    assert found.first_reply == Days(None, 0)
    assert found.activity == {}


def test_what_is_waiting_is_no_failure() -> None:
    found = seen("ann\n  2026-11-19 interview (T)\n  2026-11-20 follow-up (T)", "2026-11-20")
    assert found.offers == Share(0, 0)
    assert found.follow_ups[0] == Share(0, 0)


def test_two_applications_to_one_organization_are_one_of_good_fit() -> None:
    found = seen("ann org=Acme fit=5 cadence=1m\nben org=ACME fit=4")
    assert (found.coverage, found.uncovered) == (Share(1, 1), ())


def test_a_colleague_who_is_written_to_covers_an_organization_of_good_fit() -> None:
    found = seen("ann org=Acme fit=5 archived\nben org=ACME cadence=1m\ncleo org=Corn fit=4 archived")
    assert (found.coverage, found.uncovered) == (Share(1, 2), ("Corn",))


def test_an_open_application_covers_its_organization_whoever_leads_it() -> None:
    found = seen("ann org=Acme fit=4\neve type=agency org=Elite\n  2026-11-20 applied (T) org=Acme")
    assert (found.coverage, found.uncovered) == (Share(1, 1), ())


@pytest.mark.parametrize(
    ("line", "counted"),
    [
        ("2026-11-23 call", {date(2026, 11, 23): 1}),
        ("2025-11-24 call", {date(2025, 11, 24): 1}),
        ("2025-11-23 call", {}),
        ("2026-11-24 call", {}),
        ("2026-11-20 note", {}),
    ],
)
def test_the_activity_is_that_of_a_year(line: str, counted: dict[date, int]) -> None:
    assert dict(seen(f"ann\n  {line}").activity) == counted


def test_a_round_that_was_taken_up_again_counts_each_follow_up_once() -> None:
    again = """
ann
  2026-09-01 interview (T)
  2026-09-09 follow-up (T)
  2026-09-10 reply (T)
  2026-09-25 follow-up (T)
  2026-10-02 follow-up (T)
  2026-10-05 rejection (T)
"""
    assert seen(again).follow_ups == (Share(1, 2), Share(1, 1))
