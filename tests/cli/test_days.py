"""Days as one says them."""

from __future__ import annotations

from datetime import date

import pytest

from intouch.cli.days import DayError, spoken_day

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
    "word", ["", "soon", "31/10/2026", "2026-02-30", "-3", "3d", "m", "fridge", "-9999w", "1800-01-01"]
)
def test_anything_else_is_never_guessed(word: str) -> None:
    with pytest.raises(DayError):
        spoken_day(word, MONDAY)
