"""Public holidays by name, through the `holidays` package."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import cache

from intouch.dates import no_holidays
from intouch.memo import Memo, digest


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


Names = tuple[tuple[date, str], ...]
"""The holidays of one year."""


def holiday_names(
    country: str, subdivision: str, own: tuple[date, ...], memo: Memo | None = None
) -> Callable[[date], str | None]:
    """How to tell the name of the holiday on a day; None where it is none.

    The package is imported only when a country is set, and for years that are not remembered: it is heavy.

    Args:
        country: two-letter code, or empty for none.
        subdivision: code of a state or province, or empty.
        own: further days.
        memo: holidays that were asked for before.

    Raises:
        HolidayError: for a country or subdivision that the package does not know.
    """
    public = _public(country, subdivision, memo or Memo()) if country else no_holidays
    if subdivision and not country:
        raise HolidayError("subdivision", "a subdivision needs a country", 'Add country = "AU".')
    return Holidays(country, subdivision, frozenset(own), public) if own or country else no_holidays


@dataclass(frozen=True, slots=True)
class Holidays:
    """The holidays of a place and some days of one's own, by name.

    Attributes:
        country: two-letter code, or empty for none.
        subdivision: code of a state or province, or empty.
        own: further days.
    """

    country: str
    subdivision: str
    own: frozenset[date]
    _public: Callable[[date], str | None] = field(repr=False, compare=False)

    def __call__(self, day: date) -> str | None:
        """The name of the holiday on a day; None where it is none."""
        return self._public(day) or ("a holiday of your own" if day in self.own else None)


def _public(country: str, subdivision: str, memo: Memo) -> Callable[[date], str | None]:
    languages = memo.shelf("holiday-languages", str)
    years = memo.shelf("holidays", tuple[tuple[date, str], ...])
    place = digest(country, subdivision)
    language = languages.get(place)
    if language is None:
        language = _language(country, subdivision)
        languages.put(place, language)

    @cache
    def of_year(year: int) -> dict[date, str]:
        key = digest(country, subdivision, str(year))
        names = years.get(key)
        if names is None:
            names = _names(country, subdivision, year, language)
            years.put(key, names)
        return dict(names)

    return lambda day: of_year(day.year).get(day)


def _language(country: str, subdivision: str) -> str:
    """The English in which a country's holidays are named; empty for the package's own choice.

    Raises:
        HolidayError: for a country or subdivision that the package does not know.
    """
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
    return next((code for code in ("en_US", "en_GB", "en") if code in languages), "")


def _names(country: str, subdivision: str, year: int, language: str) -> Names:
    import holidays

    found = holidays.country_holidays(
        country, subdiv=subdivision or None, years=year, language=language or None, expand=False
    )
    return tuple((day, " / ".join(sorted(set(names.split("; "))))) for day, names in sorted(found.items()))


def _proposal(word: str, known: object) -> str:
    codes = sorted(str(code) for code in known) if hasattr(known, "__iter__") else []
    close = get_close_matches(word.upper(), codes, n=1, cutoff=0.5)
    return f"Did you mean '{close[0]}'?" if close else f"Known are {', '.join(codes)}."
