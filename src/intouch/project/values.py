"""Readers of single settings: each takes what TOML holds and returns what is meant."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from zoneinfo import ZoneInfo

from intouch.dates import CadenceError, Period, YearlyRange, parse_cadence
from intouch.english import SHORT_WEEKDAYS
from intouch.reading.files import CONTROLS
from intouch.reading.words import DateError, parse_date
from intouch.settings import FeedLevel

WEEKDAYS = tuple(name.casefold() for name in SHORT_WEEKDAYS)
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_YEARLY = re.compile(r"(\d\d)-(\d\d)\s*/\s*(\d\d)-(\d\d)")
_MINUTES = 60


class SettingError(ValueError):
    """A value that a setting cannot take; `remedy` says what it can."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Reader:
    """How one setting is read, and how the manual names what it takes."""

    read: Callable[[Any], Any]
    takes: str


def _shown(value: object) -> str:
    match value:
        case str():
            return f"'{value}'"
        case dict():
            return "a table"
        case list():
            return "a list"
    return str(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise SettingError(f"a text is wanted, not {_shown(value)}", "Put the value in quotes.")
    if match := CONTROLS.search(value):
        message = f"it holds the character U+{ord(match[0]):04X}, which is no text"
        raise SettingError(message, "Delete its escape (a '\\' and what follows).")
    return " ".join(value.split())


def _country(value: Any) -> str:
    return _text(value).upper()


def _day(value: Any) -> date:
    if isinstance(value, datetime) or not isinstance(value, (str, date)):
        raise SettingError(f"a date is wanted, not {_shown(value)}", "Write it as 2026-11-23.")
    try:
        return parse_date(str(value))
    except DateError as problem:
        raise SettingError(str(problem), problem.remedy) from None


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise SettingError(f"a list is wanted, not {_shown(value)}", "Write it in square brackets.")
    return value


def _days(value: Any) -> tuple[date, ...]:
    return tuple(_day(item) for item in _list(value))


def _workdays(value: Any) -> frozenset[int]:
    found = set()
    for item in _list(value):
        word = _text(item).casefold()[:3]
        if word not in WEEKDAYS:
            raise SettingError(f"{_shown(item)} is no weekday", f"Write {', '.join(WEEKDAYS)}.")
        found.add(WEEKDAYS.index(word))
    if not found:
        raise SettingError("there is no workday left", 'Write ["mon", "tue", "wed", "thu", "fri"].')
    return frozenset(found)


def _quiet(value: Any) -> tuple[YearlyRange, ...]:
    return tuple(_yearly(item) for item in _list(value))


def _yearly(value: Any) -> YearlyRange:
    match = _YEARLY.fullmatch(_text(value))
    remedy = "Write MM-DD/MM-DD, both days inclusive, such as 12-20/01-04."
    if match is None:
        raise SettingError(f"{_shown(value)} is no yearly range of days", remedy)
    first, last = (int(match[1]), int(match[2])), (int(match[3]), int(match[4]))
    for month, day in (first, last):
        try:
            date(2000, month, day)  # a leap year, so that 29 February is a day
        except ValueError:
            raise SettingError(f"{month:02}-{day:02} is not on the calendar", remedy) from None
    return YearlyRange(first, last)


def _period(value: Any) -> Period | None:
    try:
        return parse_cadence(_text(value)).period
    except CadenceError as problem:
        raise SettingError(str(problem), f"Write {' or '.join(map(repr, problem.proposals))}.") from None


def _whole(low: int, high: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise SettingError(
                f"a whole number from {low} to {high} is wanted, not {_shown(value)}",
                f"Write {low} or more, and no more than {high}, without quotes.",
            )
        return value

    return read


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise SettingError(f"true or false is wanted, not {_shown(value)}", "Write it without quotes.")
    return value


def _level(value: Any) -> FeedLevel:
    return FeedLevel(_one_of(*FeedLevel)(value))


def _levels(value: Any) -> tuple[FeedLevel, ...]:
    return tuple(dict.fromkeys(_level(item) for item in _list(value)))


def _clock(value: Any) -> int:
    match = _CLOCK.fullmatch(_text(value))
    if match is None:
        raise SettingError(f"{_shown(value)} is no time of day", 'Write it as "09:00".')
    return int(match[1]) * _MINUTES + int(match[2])


def _zone(value: Any) -> str:
    name = _text(value)
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise SettingError(
            f"{_shown(value)} is no time zone", "Write an IANA name such as Australia/Sydney."
        ) from None
    return name


def _address(value: Any) -> str:
    text = _text(value)
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - reading it is what checks it
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc or " " in text:
        raise SettingError(f"{_shown(value)} is no web address", 'Write it as "https://host.example/path".')
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/"), "", ""))


def _one_of(*words: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        word = _text(value).casefold()
        if word in words:
            return word
        close = get_close_matches(word, words, n=1)
        raise SettingError(
            f"{_shown(value)} is not among {', '.join(words)}",
            f"Did you mean '{close[0]}'?" if close else f"Write '{words[0]}'.",
        )

    return read


TEXT = Reader(_text, "text")
COUNTRY = Reader(_country, "text")
DATE = Reader(_day, "date")
DATES = Reader(_days, "list of dates")
WORKDAYS = Reader(_workdays, "list of weekdays")
QUIET = Reader(_quiet, "list of `MM-DD/MM-DD`")
PERIOD = Reader(_period, 'a cadence such as `"2 months"`, or `"none"`')
CLOCK = Reader(_clock, '`"HH:MM"`')
ZONE = Reader(_zone, "IANA time zone")
ADDRESS = Reader(_address, "web address")
FLAG = Reader(_flag, "`true` or `false`")
LEVEL = Reader(_level, "`full`, `names`, `initials` or `busy`")
LEVELS = Reader(_levels, "list of levels")
ACCESS = Reader(_one_of("sealed", "host-auth"), "`sealed` or `host-auth`")


def whole(low: int, high: int) -> Reader:
    """A whole number within bounds."""
    return Reader(_whole(low, high), f"whole number, {low} to {high}")
