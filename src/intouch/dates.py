"""Periods, cadences and the business calendar."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

ONE_DAY = timedelta(days=1)

EARLIEST = date(1900, 1, 1)
LATEST = date(2199, 12, 31)
"""Dates outside these bounds are typing errors; inside them no sum of a date and a cadence overflows."""

LONGEST_YEARS = 100


class Unit(StrEnum):
    """What a period counts. Quarters are read as three months."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


_DAYS = {Unit.DAY: 1, Unit.WEEK: 7, Unit.MONTH: 30, Unit.YEAR: 365}


def add_months(day: date, months: int) -> date:
    """Step by calendar months, clamped to the month's end: 30 November + 3 months = 28 February."""
    index = day.year * 12 + (day.month - 1) + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time on the calendar, such as `2 months`."""

    count: int
    unit: Unit

    def after(self, day: date) -> date:
        """The day this long after `day`."""
        if self.unit is Unit.MONTH:
            return add_months(day, self.count)
        if self.unit is Unit.YEAR:
            return add_months(day, 12 * self.count)
        return day + timedelta(days=self.count * _DAYS[self.unit])

    @property
    def days(self) -> int:
        """Its length for comparisons only: a month is 30 days, a year 365."""
        return self.count * _DAYS[self.unit]

    def doubled(self) -> Period:
        """Twice as long."""
        return Period(self.count * 2, self.unit)

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often to be in touch; `period` is None where the user wrote `none`."""

    period: Period | None

    def __str__(self) -> str:
        return "none" if self.period is None else str(self.period)


class CadenceError(ValueError):
    """A cadence that cannot be read.

    Attributes:
        proposals: cadences that may have been meant, best first; may be empty.
    """

    def __init__(self, message: str, proposals: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.proposals = proposals


NUMBER_WORDS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
}
UNITS = {
    "d": (1, Unit.DAY),
    "day": (1, Unit.DAY),
    "w": (1, Unit.WEEK),
    "week": (1, Unit.WEEK),
    "m": (1, Unit.MONTH),
    "month": (1, Unit.MONTH),
    "q": (3, Unit.MONTH),
    "quarter": (3, Unit.MONTH),
    "y": (1, Unit.YEAR),
    "year": (1, Unit.YEAR),
}
FIXED_CADENCES = {
    "daily": Period(1, Unit.DAY),
    "weekly": Period(1, Unit.WEEK),
    "fortnightly": Period(2, Unit.WEEK),
    "monthly": Period(1, Unit.MONTH),
    "quarterly": Period(3, Unit.MONTH),
    "half-yearly": Period(6, Unit.MONTH),
    "yearly": Period(1, Unit.YEAR),
    "annually": Period(1, Unit.YEAR),
    "every other week": Period(2, Unit.WEEK),
    "every other month": Period(2, Unit.MONTH),
    "twice a year": Period(6, Unit.MONTH),
    "every few months": Period(3, Unit.MONTH),
}
NO_CADENCE = frozenset({"none", "never", "no"})
_PHRASE = re.compile(r"(?:every )?(?:(\d{1,6}|[a-z]+) )?(day|week|month|quarter|year)s?")
_SHORT = re.compile(r"(?:every )?(\d{1,6}) ?([dwmqy])")
_RANGE = re.compile(
    r"(?:every )?(\d{1,6}|[a-z]+) ?(?:-|–|to|or) ?(\d{1,6}|[a-z]+) (day|week|month|quarter|year)s?"
)


def _number(word: str | None) -> int | None:
    """The value of a written number; None where it is none. No word at all means one."""
    if word is None:
        return 1
    return int(word) if word.isdecimal() else NUMBER_WORDS.get(word)


def parse_cadence(text: str) -> Cadence:
    """Read a cadence as a person writes it: `every 3 months`, `6w`, `quarterly`, `none`.

    Raises:
        CadenceError: for anything else; never a guess.
    """
    words = " ".join(text.casefold().split())
    if words in NO_CADENCE:
        return Cadence(None)
    if words in FIXED_CADENCES:
        return Cadence(FIXED_CADENCES[words])
    if (match := _SHORT.fullmatch(words)) or (match := _PHRASE.fullmatch(words)):
        count = _number(match[1])
        if count is not None:
            return Cadence(_period(count, match[2]))
    if match := _RANGE.fullmatch(words):
        low, high = _number(match[1]), _number(match[2])
        if low and high:
            proposals = tuple(str(_period(n, match[3])) for n in (low, high))
            raise CadenceError(f"a cadence is one length of time, not a range: '{text}'", proposals)
    raise CadenceError(f"'{text}' is no cadence", ("every 3 months", "6 weeks", "quarterly", "none"))


def _period(count: int, unit_word: str) -> Period:
    """Make a period, refusing lengths that cannot be meant."""
    factor, unit = UNITS[unit_word]
    if count == 0:
        raise CadenceError("a cadence of zero would be due for ever", ("none",))
    period = Period(count * factor, unit)
    if period.days > LONGEST_YEARS * _DAYS[Unit.YEAR]:
        raise CadenceError(f"a cadence is at most {LONGEST_YEARS} years", ("yearly",))
    return period


@dataclass(frozen=True, slots=True)
class Away:
    """A time away; both days inclusive."""

    first: date
    last: date
    note: str = ""

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class YearlyRange:
    """Days of every year, (month, day) to (month, day) inclusive; may wrap the year."""

    first: tuple[int, int]
    last: tuple[int, int]

    def __contains__(self, day: date) -> bool:
        key = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= key <= self.last
        return key >= self.first or key <= self.last


@dataclass(frozen=True, slots=True)
class NoHolidays:
    """Knows no public holidays."""

    def __call__(self, _day: date) -> str | None:
        """No name for any day."""
        return None


no_holidays = NoHolidays()


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are for work, and which of them are kept quiet.

    Attributes:
        workdays: weekdays, Monday = 0.
        holiday: the name of the holiday on a day, or None.
        quiet: yearly ranges without follow-ups or check-ins.
        away: times away, in the order written.
    """

    workdays: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    holiday: Callable[[date], str | None] = no_holidays
    quiet: tuple[YearlyRange, ...] = (YearlyRange((12, 20), (1, 4)),)
    away: tuple[Away, ...] = ()
    _known: dict[date, bool] = field(default_factory=dict, repr=False, compare=False)
    _added: dict[tuple[date, int], date] = field(default_factory=dict, repr=False, compare=False)

    def is_business_day(self, day: date) -> bool:
        """Tell whether `day` is a workday and no holiday."""
        known = self._known.get(day)
        if known is None:
            known = day.weekday() in self.workdays and self.holiday(day) is None
            self._known[day] = known
        return known

    def add_business_days(self, day: date, count: int) -> date:
        """Step forward from `day` until `count` business days are counted; `day` itself never counts."""
        found = self._added.get((day, count))
        if found is None:
            found, left = day, count
            while left > 0:
                found += ONE_DAY
                if self.is_business_day(found):
                    left -= 1
            self._added[day, count] = found
        return found

    def rolled(self, day: date) -> date:
        """The first business day on or after `day`."""
        while not self.is_business_day(day):
            day += ONE_DAY
        return day

    def rolled_back(self, day: date) -> date:
        """The last business day on or before `day`."""
        while not self.is_business_day(day):
            day -= ONE_DAY
        return day

    def away_on(self, day: date) -> Away | None:
        """The time away that holds `day`."""
        return next((away for away in self.away if day in away), None)

    def is_quiet(self, day: date) -> bool:
        """Tell whether `day` is in a quiet range."""
        return any(day in quiet for quiet in self.quiet)

    def is_open(self, day: date) -> bool:
        """Tell whether follow-ups and check-ins may be planned on `day`."""
        return self.is_business_day(day) and self.away_on(day) is None and not self.is_quiet(day)
