"""Public holidays by name: real ones, of real years."""

from __future__ import annotations

from datetime import date

import pytest

from intouch.public_holidays import HolidayError, holiday_names


@pytest.mark.parametrize(
    ("country", "subdivision", "day", "name"),
    [
        ("AU", "", "2026-01-26", "Australia Day"),
        ("AU", "VIC", "2026-11-03", "Melbourne Cup"),
        ("AU", "NSW", "2026-11-03", None),
        ("US", "", "2026-07-03", "Independence Day (observed)"),
        ("DE", "BY", "2026-01-06", "Epiphany"),
        ("DE", "BE", "2026-01-06", None),
        ("GB", "", "2026-12-28", "Boxing Day (observed)"),
        ("AU", "", "2026-11-23", None),
    ],
)
def test_a_day_is_known_by_its_holidays_name(
    country: str, subdivision: str, day: str, name: str | None
) -> None:
    found = holiday_names(country, subdivision, ())(date.fromisoformat(day))
    assert (found is None) if name is None else (found is not None and name in found)


def test_days_of_ones_own_are_kept_with_and_without_a_country() -> None:
    own = (date(2026, 11, 24),)
    for country in ("", "AU"):
        names = holiday_names(country, "", own)
        assert names(date(2026, 11, 24)) == "a holiday of your own"
        assert names(date(2026, 11, 25)) is None


def test_a_public_name_wins_over_ones_own() -> None:
    assert holiday_names("AU", "", (date(2026, 12, 25),))(date(2026, 12, 25)) == "Christmas Day"


@pytest.mark.parametrize(
    ("country", "subdivision", "key", "remedy"),
    [
        ("AUS2", "", "country", "Did you mean"),
        ("QQQQ", "", "country", "Known are"),
        ("AU", "NWS", "subdivision", "Did you mean 'NSW'?"),
        ("", "NSW", "subdivision", "country"),
    ],
)
def test_an_unknown_place_is_said_with_its_key(country: str, subdivision: str, key: str, remedy: str) -> None:
    with pytest.raises(HolidayError) as caught:
        holiday_names(country, subdivision, ())
    assert caught.value.key == key
    assert remedy in caught.value.remedy
