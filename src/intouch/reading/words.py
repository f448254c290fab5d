"""Words as people write them: dates, links, and what may have been meant."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

from intouch.dates import EARLIEST, LATEST
from intouch.english import MONTHS

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_NEAR_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_WIKI = re.compile(r"\[\[([^\[\]|]+)(?:\|[^\[\]]*)?\]\]")


class DateError(ValueError):
    """A date that cannot be read; `remedy` says how it is written."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


def parse_date(text: str) -> date:
    """Read an ISO date within the bounds of the program.

    Raises:
        DateError: for anything else; never a guess.
    """
    match = _ISO.fullmatch(text)
    if match is None or not text.isascii():
        near = _NEAR_ISO.fullmatch(text)
        proposal = (
            f"{int(near[1]):04}-{int(near[2]):02}-{int(near[3]):02}"
            if near
            else "2026-11-23 (year, month, day)"
        )
        raise DateError(f"'{text}' is no date", f"Write it as {proposal}.")
    year, month, day = (int(part) for part in match.groups())
    try:
        found = date(year, month, day)
    except ValueError as problem:
        raise DateError(f"{text} is not on the calendar", _calendar_says(year, month)) from problem
    if not EARLIEST <= found <= LATEST:
        raise DateError(f"{text} is not between {EARLIEST} and {LATEST}", "Check the year.")
    return found


def _calendar_says(year: int, month: int) -> str:
    if year == 0:
        return "Check the year."
    if not 1 <= month <= len(MONTHS):
        return "Write it as 2026-11-23: year, month (01 to 12), day."
    return f"{MONTHS[month - 1]} {year} has {monthrange(year, month)[1]} days."


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A sentence that proposes the nearest known word, or lists them all."""
    words = list(known)
    close = get_close_matches(word.casefold(), words, n=1)
    return f"Did you mean '{close[0]}'?" if close else f"It may be one of: {', '.join(words)}."


def link_target(text: str) -> str:
    """The person that a text names: `[[Priya Nair|she]]`, `[[Priya Nair#Log]]` and `Priya Nair` alike."""
    match = _WIKI.fullmatch(text.strip())
    return (match[1].partition("#")[0] if match else text).strip()


def any_of(words: tuple[str, ...]) -> str:
    """Words in quotes, the last one after `or`."""
    quoted = [f"'{word}'" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
