"""Days in words: as one says them on the command line (ISO, `today`, `fri`, `-3d`), and as it says them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from intouch.cli.exits import USAGE, stop
from intouch.cli.report import visible
from intouch.dates import EARLIEST, LATEST
from intouch.english import SHORT_MONTHS, SHORT_WEEKDAYS, WEEKDAYS
from intouch.reading.words import DateError, parse_date

_WEEKDAYS = tuple(name.casefold() for name in WEEKDAYS)
_FROM_TODAY = re.compile(r"([+-]\d{1,4})([dw])")
_NAMED = {"yesterday": -1, "today": 0, "tomorrow": 1}
_FORMS = "Write it as 2026-11-23, today, yesterday, fri or -3d."
_ENOUGH = 3
"""Letters by which a weekday is known."""


def day_form(day: date) -> str:
    """A date for people: `Mon 23 Nov 2026`."""
    return f"{SHORT_WEEKDAYS[day.weekday()]} {day.day} {SHORT_MONTHS[day.month - 1]} {day.year}"


def spoken_day(text: str, today: date) -> date:
    """The day that a word means.

    A weekday is the last one of its name, today included: what is logged has mostly happened.

    Raises:
        DateError: saying how a day is written.
    """
    word = text.strip().casefold()
    if word in _NAMED:
        return today + timedelta(days=_NAMED[word])
    for number, name in enumerate(_WEEKDAYS):
        if len(word) >= _ENOUGH and name.startswith(word):
            return today - timedelta(days=(today.weekday() - number) % 7)
    if distance := _FROM_TODAY.fullmatch(word):
        return _from(today, int(distance[1]) * (7 if distance[2] == "w" else 1))
    try:
        return parse_date(word)
    except DateError as problem:
        raise DateError(str(problem), problem.remedy if word[:1].isdigit() else _FORMS) from problem


def asked_day(word: str, today: date) -> date:
    """The day that a word of the command line means; where it means none, the command stops.

    Raises:
        SystemExit: with code 2.
    """
    try:
        return spoken_day(word, today)
    except DateError as problem:
        stop(USAGE, visible(str(problem)), problem.remedy)


def _from(today: date, days: int) -> date:
    """The day so many days after another one.

    Raises:
        DateError: when it is outside the bounds of the program.
    """
    if not (EARLIEST - today).days <= days <= (LATEST - today).days:
        raise DateError(f"{days:+} days from {today} is not between {EARLIEST} and {LATEST}", _FORMS)
    return today + timedelta(days=days)
