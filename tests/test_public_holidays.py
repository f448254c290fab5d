"""Public holidays by name: real ones, of real years."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from intouch.project import read_settings
from intouch.public_holidays import HolidayError, holiday_names
from steps import steps


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


def test_a_whole_year_of_a_state_is_known() -> None:
    name = holiday_names("AU", "NSW", ())
    days = (date(2026, 1, 1) + timedelta(n) for n in range(365))
    found = {f"{day:%m-%d}" for day in days if name(day)}
    assert found >= {"01-01", "01-26", "04-03", "04-06", "04-25", "06-08", "10-05", "12-25", "12-28"}
    assert len(found) < 16


def test_asking_again_costs_nothing() -> None:
    name = holiday_names("US", "CA", ())
    assert name(date(2026, 11, 26)) == "Thanksgiving Day"
    assert steps(lambda: name(date(2026, 11, 26))) < 10, "a year is worked out once"


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (['country = "QQ"'], "2:11+4 no holidays are known for 'QQ'"),
        (['country = "AU"', 'subdivision = "NWS"'], "3:15+5 'AU' has no subdivision 'NWS'"),
    ],
)
def test_an_unknown_place_is_told_at_its_line_of_the_settings(
    lines: list[str], told: str, tmp_path: Path
) -> None:
    (tmp_path / "intouch.toml").write_text("\n".join(["[calendar]", *lines]), encoding="utf-8")
    (problem,) = read_settings(tmp_path).diagnostics
    place = problem.place
    assert f"{place.line}:{place.column}+{problem.length} {problem.message}" == told
    assert (place.file, problem.code) == ("intouch.toml", "bad-setting")


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
