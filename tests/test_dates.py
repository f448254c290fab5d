from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intouch.dates import (
    EARLIEST,
    LATEST,
    Away,
    CadenceError,
    Period,
    Unit,
    WorkCalendar,
    YearlyRange,
    add_months,
    parse_cadence,
)

CADENCES = {
    "every 3 months": "3 months",
    "3 months": "3 months",
    "every month": "1 month",
    "month": "1 month",
    "Every  Two Weeks": "2 weeks",
    "every twelve months": "12 months",
    "6w": "6 weeks",
    "3m": "3 months",
    "90d": "90 days",
    "1y": "1 year",
    "2q": "6 months",
    "every 6w": "6 weeks",
    "daily": "1 day",
    "weekly": "1 week",
    "fortnightly": "2 weeks",
    "monthly": "1 month",
    "QUARTERLY": "3 months",
    "half-yearly": "6 months",
    "yearly": "1 year",
    "annually": "1 year",
    "every other week": "2 weeks",
    "every other month": "2 months",
    "twice a year": "6 months",
    "every few months": "3 months",
    "every quarter": "3 months",
    "2 quarters": "6 months",
    "every year": "1 year",
    "36500 days": "36500 days",
    "405 quarters": "1215 months",
    "none": "none",
    "Never": "none",
    "no": "none",
}


@pytest.mark.parametrize("text", CADENCES)
def test_cadence(text: str) -> None:
    assert str(parse_cadence(text)) == CADENCES[text]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "often",
        "0 weeks",
        "zero weeks",
        "every 0 days",
        "-1 weeks",
        "every thirteen weeks",
        "1.5 months",
        "every month or so",
        "monthlyish",
        "3 m w",
        "every",
        "9" * 5000 + "d",
        "101 years",
        "3 fortnights",
    ],
)
def test_no_cadence(text: str) -> None:
    with pytest.raises(CadenceError):
        parse_cadence(text)


USUAL = ("every 3 months", "6 weeks", "quarterly", "none")
WHY_NOT = {
    "often": ("'often' is no cadence", USUAL),
    "0 to 3 months": ("'0 to 3 months' is no cadence", USUAL),
    "0 weeks": ("a cadence of zero would be due for ever", ("none",)),
    "36501 days": ("a cadence is at most 100 years", ("yearly",)),
    "406 quarters": ("a cadence is at most 100 years", ("yearly",)),
    "6-8 weeks": ("a cadence is one length of time, not a range: '6-8 weeks'", ("6 weeks", "8 weeks")),
}


@pytest.mark.parametrize("text", WHY_NOT)
def test_why_it_is_no_cadence_and_what_may_have_been_meant(text: str) -> None:
    with pytest.raises(CadenceError) as caught:
        parse_cadence(text)
    assert (str(caught.value), caught.value.proposals) == WHY_NOT[text]


def test_every_word_for_a_number_is_read() -> None:
    words = ["one", "two", "three", "four", "five", "six"]
    words += ["seven", "eight", "nine", "ten", "eleven", "twelve"]
    for count, word in enumerate(words, start=1):
        assert parse_cadence(f"every {word} days").period == Period(count, Unit.DAY)
    assert parse_cadence("a week") == parse_cadence("an week") == parse_cadence("weekly")


@pytest.mark.parametrize("text", ["every 6-8 weeks", "6 to 8 weeks", "six or eight weeks", "every 6–8 weeks"])
def test_a_range_proposes_its_ends(text: str) -> None:
    with pytest.raises(CadenceError) as caught:
        parse_cadence(text)
    assert caught.value.proposals == ("6 weeks", "8 weeks")


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-11-30", 3, "2027-02-28"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-10-15", 2, "2026-12-15"),
        ("2028-02-29", 12, "2029-02-28"),
    ],
)
def test_months_are_clamped(start: str, months: int, end: str) -> None:
    assert add_months(date.fromisoformat(start), months).isoformat() == end


@pytest.mark.parametrize(
    ("period", "end"),
    [
        (Period(2, Unit.DAY), "2028-03-02"),
        (Period(2, Unit.WEEK), "2028-03-14"),
        (Period(2, Unit.MONTH), "2028-04-29"),
        (Period(2, Unit.YEAR), "2030-02-28"),
    ],
)
def test_each_unit_is_counted_on_the_calendar(period: Period, end: str) -> None:
    assert period.after(date(2028, 2, 29)).isoformat() == end


def test_lengths_are_compared_in_days() -> None:
    assert [Period(2, unit).days for unit in Unit] == [2, 14, 60, 730]


days = st.dates(date(1990, 1, 1), date(2100, 1, 1))


@given(days, st.integers(1, 1200), st.sampled_from(Unit))
def test_a_period_moves_forward_and_reads_back(day: date, count: int, unit: Unit) -> None:
    period = Period(count, unit)
    if period.days <= 100 * 365:
        assert period.after(day) > day
        assert parse_cadence(str(period)).period == period
        assert parse_cadence(f"every {period}").period == period


def test_no_accepted_date_and_cadence_overflow() -> None:
    longest = parse_cadence("100 years").period
    assert longest is not None
    assert longest.doubled().after(LATEST).year < date.max.year
    assert EARLIEST < LATEST


HOLIDAY = date(2026, 10, 5)


def a_calendar() -> WorkCalendar:
    """One that has remembered no day yet."""
    return WorkCalendar(
        holiday=lambda day: "Labour Day" if day == HOLIDAY else None,
        away=(Away(date(2026, 10, 12), date(2026, 10, 13), "a trip"),),
    )


def test_business_days_pass_weekends_and_holidays() -> None:
    friday = date(2026, 10, 2)
    work = a_calendar()
    assert work.add_business_days(friday, 1) == date(2026, 10, 6)
    assert work.rolled(HOLIDAY) == date(2026, 10, 6)
    assert work.rolled_back(HOLIDAY) == friday
    assert not work.is_open(date(2026, 10, 12))
    assert not work.is_open(date(2026, 10, 13))
    assert work.is_open(date(2026, 10, 14))


@given(days, st.integers(1, 60))
def test_business_days_are_counted_as_said(day: date, count: int) -> None:
    work = a_calendar()
    end = work.add_business_days(day, count)
    passed = [day + timedelta(days=n) for n in range(1, (end - day).days + 1)]
    assert sum(work.is_business_day(d) for d in passed) == count
    assert work.is_business_day(end)


@pytest.mark.parametrize(
    ("day", "quiet"),
    [
        ("2026-12-19", False),
        ("2026-12-20", True),
        ("2026-12-31", True),
        ("2027-01-04", True),
        ("2027-01-05", False),
    ],
)
def test_a_yearly_range_may_wrap(day: str, quiet: bool) -> None:  # noqa: FBT001 - a table's column
    assert (date.fromisoformat(day) in YearlyRange((12, 20), (1, 4))) is quiet


@pytest.mark.parametrize(
    ("first", "last", "inside"),
    [
        ((5, 1), (5, 1), ["2026-05-01"]),
        ((4, 30), (5, 2), ["2026-04-30", "2026-05-01", "2026-05-02"]),
    ],
)
def test_a_yearly_range_holds_both_its_ends(
    first: tuple[int, int], last: tuple[int, int], inside: list[str]
) -> None:
    year = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    assert [day.isoformat() for day in year if day in YearlyRange(first, last)] == inside
