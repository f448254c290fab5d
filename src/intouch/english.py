"""How English names months and weekdays, whatever the machine's language, and numbers things."""

from __future__ import annotations

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


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: `1 person`, `3,000 people`."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
