"""The date: the option first, then the notebook's own, then the clock in the notebook's time zone."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta

import pytest

from intouch.cli.clock import calendar_of, today
from intouch.settings import Settings

PINNED, GIVEN = date(2026, 11, 23), date(2027, 2, 1)


def test_the_option_wins_over_the_pinned_date_over_the_clock() -> None:
    pinned = Settings(demo_today=PINNED)
    assert calendar_of(pinned, GIVEN)() == GIVEN
    assert calendar_of(pinned, None)() == PINNED
    assert calendar_of(Settings(), GIVEN)() == GIVEN
    # Midnight may fall between the two readings of the clock.
    before, told, after = today(""), calendar_of(Settings(), None)(), today("")
    assert before <= told <= after


def test_the_clock_is_read_in_the_notebooks_time_zone() -> None:
    # No moment is the same day in both: they are 26 hours apart.
    east, west = today("Pacific/Kiritimati"), today("Etc/GMT+12")
    assert east - west in {timedelta(1), timedelta(2)}
    before = (datetime.now(UTC) + timedelta(hours=14)).date()
    told = calendar_of(Settings(timezone="Pacific/Kiritimati"), None)()
    assert before <= told <= (datetime.now(UTC) + timedelta(hours=14)).date()


def test_without_a_time_zone_it_is_the_machines() -> None:
    before = datetime.now().astimezone().date()
    assert before <= today("") <= datetime.now().astimezone().date()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the machine's zone as POSIX has it")
def test_a_computer_that_comes_to_another_zone_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Etc/GMT+12")
    west = today("")
    monkeypatch.setenv("TZ", "Etc/GMT-14")
    assert today("") > west
    monkeypatch.undo()
    today("")
