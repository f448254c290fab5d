"""The one place that reads the clock."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime
from time import perf_counter
from zoneinfo import ZoneInfo

from intouch.settings import Settings


def today(timezone: str) -> date:
    """The date now in an IANA time zone; in the machine's own when it is empty."""
    if not timezone and hasattr(time, "tzset"):
        # A program that runs for days would not see that its computer has come to another zone.
        time.tzset()
    return datetime.now(ZoneInfo(timezone) if timezone else None).date()


def timezone_here() -> str:
    """The IANA name of the machine's time zone; empty where the machine does not know it."""
    import warnings

    from tzlocal import get_localzone_name

    with warnings.catch_warnings():
        # It warns where a machine contradicts itself, and then says nothing better than we do.
        warnings.simplefilter("ignore")
        try:
            name = str(get_localzone_name() or "")
            return ZoneInfo(name).key if name else ""
        except (LookupError, OSError, ValueError):
            return ""


def calendar_of(settings: Settings, override: date | None) -> Callable[[], date]:
    """How a command tells the date: `--today` first, then the notebook's pinned date, then the clock."""
    pinned = override or settings.demo_today
    if pinned is not None:
        return lambda: pinned
    return lambda: today(settings.timezone)


def stopwatch() -> Callable[[], float]:
    """How many seconds have passed since now."""
    begun = perf_counter()
    return lambda: perf_counter() - begun
