"""Days as one says them."""

from __future__ import annotations

from datetime import date

import pytest

from intouch.cli.days import spoken_day
from intouch.reading.words import DateError

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("word", "day"),
    [
        ("today", "2026-11-23"),
        ("Yesterday", "2026-11-22"),
        ("tomorrow", "2026-11-24"),
        ("mon", "2026-11-23"),
        ("fri", "2026-11-20"),
        ("Friday", "2026-11-20"),
        ("tues", "2026-11-17"),
        ("sun", "2026-11-22"),
        ("-3d", "2026-11-20"),
        ("+2w", "2026-12-07"),
        ("-1w", "2026-11-16"),
        ("2026-10-31", "2026-10-31"),
        (" 2026-10-31 ", "2026-10-31"),
    ],
)
def test_a_word_names_a_day(word: str, day: str) -> None:
    assert spoken_day(word, MONDAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("word", "remedy"),
    [
        *((word, "fri or -3d.") for word in ("", "soon", "-3", "m", "fridge", "-9999w", "+9999w")),
        *((word, "year, month, day") for word in ("31/10/2026", "3d", "20261031", "2026-W44-6")),
        ("2026/10/31", "Write it as 2026-10-31."),
        ("2026-02-30", "February 2026 has 28 days."),
        ("1800-01-01", "Check the year."),
    ],
)
def test_anything_else_is_never_guessed(word: str, remedy: str) -> None:
    with pytest.raises(DateError) as caught:
        spoken_day(word, MONDAY)
    assert remedy in caught.value.remedy
