"""How English names days, whatever the machine's language, numbers things, and begins and ends a sentence."""

from __future__ import annotations

from datetime import date

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SHORT_MONTHS = tuple(name[:3] for name in MONTHS)
SHORT_WEEKDAYS = tuple(name[:3] for name in WEEKDAYS)


def spoken(day: date) -> str:
    """A date in words: `30 October 2026`."""
    return f"{spoken_in_year(day)} {day.year}"


def spoken_in_year(day: date) -> str:
    """A date in words without its year: `30 October`."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def capital(text: str) -> str:
    """The text with a capital first letter, the rest untouched."""
    return text[:1].upper() + text[1:]


def ended(text: str) -> str:
    """The text with a full stop, unless it has an end of its own."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: `1 person`, `3,000 people`."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
