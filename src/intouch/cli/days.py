"""Days as one says them on the command line: ISO, `today`, `yesterday`, `fri`, `-3d`."""

from __future__ import annotations

import re
from datetime import date, timedelta

from intouch.dates import EARLIEST, LATEST
from intouch.english import WEEKDAYS

_WEEKDAYS = tuple(name.casefold() for name in WEEKDAYS)
_AWAY = re.compile(r"([+-])(\d{1,4})([dw])")
_NAMED = {"yesterday": -1, "today": 0, "tomorrow": 1}
_FORMS = "write it as 2026-11-23, today, yesterday, fri or -3d"


class DayError(ValueError):
    """A word that names no day."""


def spoken_day(text: str, today: date) -> date:
    """The day that a word means.

    A weekday is the last one of its name, today included: what is logged has mostly happened.

    Raises:
        DayError: saying how a day is written.
    """
    word = text.strip().casefold()
    if word in _NAMED:
        return today + timedelta(days=_NAMED[word])
    if len(word) > 2 and any(name.startswith(word[:3]) for name in _WEEKDAYS) and word.isalpha():  # noqa: PLR2004
        return _last(word, today)
    away = _AWAY.fullmatch(word)
    try:
        if away:
            days = int(away[2]) * (7 if away[3] == "w" else 1)
            day = today + timedelta(days=days if away[1] == "+" else -days)
        else:
            day = date.fromisoformat(word)
    except (ValueError, OverflowError) as problem:
        raise DayError(f"'{text}' is no day; {_FORMS}") from problem
    if not EARLIEST <= day <= LATEST:
        raise DayError(f"{day} is outside {EARLIEST} to {LATEST}")
    return day


def _last(word: str, today: date) -> date:
    fitting = [n for n, name in enumerate(_WEEKDAYS) if name.startswith(word)]
    if len(fitting) != 1:
        raise DayError(f"'{word}' is no day; {_FORMS}")
    return today - timedelta(days=(today.weekday() - fitting[0]) % 7)
