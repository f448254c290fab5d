"""How warm a contact is: the time since the last contact against their rhythm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from intouch.checkins import Standing

_STEPS = ((0.5, 4, "Warm"), (1.0, 3, "Still warm"), (1.5, 2, "Cooling"))
_COLDEST = (1, "Cold")
_WEEKS_FROM, _MONTHS_FROM = 14, 61
_YEARS_FROM = 730


@dataclass(frozen=True, slots=True)
class Warmth:
    """How warm a contact is.

    Attributes:
        level: 4 in the first half of the rhythm, 3 in the second, 2 up to half a rhythm late, then 1.
        dots: the same as four dots, as many filled as it is warm.
        text: the same in a word.
        since: when the last contact was: `today`, `3 weeks ago`.
        percent: the time since the last contact, in hundredths of the rhythm.
    """

    level: int
    dots: str
    text: str
    since: str
    percent: int


def warmth_of(standing: Standing, today: date) -> Warmth | None:
    """How warm a contact is; None where there is no rhythm, or was no contact, to measure by."""
    if standing.rhythm is None or standing.last_contact is None:
        return None
    days = max(0, (today - standing.last_contact.day).days)
    spent = days / standing.rhythm.days
    level, text = next(((level, text) for most, level, text in _STEPS if spent <= most), _COLDEST)
    since = lasting(days) if days == 0 else f"{lasting(days)} ago"
    return Warmth(level, "●" * level + "○" * (4 - level), text, since, round(100 * spent))


def lasting(days: int) -> str:
    """A number of days in words that are as exact as one would say it: `today`, `5 days`, `3 weeks`."""
    if days == 0:
        return "today"
    if days == 1:
        return "1 day"
    if days < _WEEKS_FROM:
        return f"{days} days"
    if days < _MONTHS_FROM:
        return f"{days // 7} weeks"
    if days < _YEARS_FROM:
        return f"{days // 30} months"
    return f"{days // 365} years"
