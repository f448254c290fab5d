"""Public holidays by name, through the `holidays` package."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from difflib import get_close_matches
from functools import cache

from intouch.dates import no_holidays


class HolidayError(ValueError):
    """A country or subdivision whose holidays are not known.

    Attributes:
        key: the setting that is wrong.
        remedy: what to write instead.
    """

    def __init__(self, key: str, message: str, remedy: str) -> None:
        super().__init__(message)
        self.key = key
        self.remedy = remedy


def holiday_names(country: str, subdivision: str, own: tuple[date, ...]) -> Callable[[date], str | None]:
    """How to tell the name of the holiday on a day; None where it is none.

    The package is imported only when a country is set: most of its weight is of no use to others.

    Args:
        country: two-letter code, or empty for none.
        subdivision: code of a state or province, or empty.
        own: further days.

    Raises:
        HolidayError: for a country or subdivision that the package does not know.
    """
    own_days = frozenset(own)
    public = _public(country, subdivision) if country else no_holidays
    if subdivision and not country:
        raise HolidayError("subdivision", "a subdivision needs a country", 'Add country = "AU".')

    def name(day: date) -> str | None:
        return public(day) or ("a holiday of your own" if day in own_days else None)

    return name if own_days or country else no_holidays


def _public(country: str, subdivision: str) -> Callable[[date], str | None]:
    try:
        import holidays
    except ImportError as problem:
        message = "the package 'holidays' is not installed"
        raise HolidayError("country", message, "Install it: pip install holidays.") from problem
    known = holidays.list_supported_countries(include_aliases=True)
    if country not in known:
        raise HolidayError("country", f"no holidays are known for '{country}'", _proposal(country, known))
    if subdivision and subdivision not in known[country]:
        message = f"'{country}' has no subdivision '{subdivision}'"
        raise HolidayError("subdivision", message, _proposal(subdivision, known[country]))
    languages = holidays.list_localized_countries(include_aliases=True).get(country, [])
    english = next((code for code in ("en_US", "en_GB", "en") if code in languages), None)

    @cache
    def of_year(year: int) -> dict[date, str]:
        found = holidays.country_holidays(
            country, subdiv=subdivision or None, years=year, language=english, expand=False
        )
        return {day: " / ".join(sorted(set(names.split("; ")))) for day, names in found.items()}

    return lambda day: of_year(day.year).get(day)


def _proposal(word: str, known: object) -> str:
    codes = sorted(str(code) for code in known) if hasattr(known, "__iter__") else []
    close = get_close_matches(word.upper(), codes, n=1, cutoff=0.5)
    return f"Did you mean '{close[0]}'?" if close else f"Known are {', '.join(codes)}."
