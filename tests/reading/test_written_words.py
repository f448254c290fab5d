"""Words as people write them: dates, links, and what may have been meant."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from intouch.dates import EARLIEST, LATEST
from intouch.reading.words import DateError, any_of, did_you_mean, link_target, parse_date


@given(st.dates(EARLIEST, LATEST))
@example(EARLIEST)
@example(LATEST)
def test_every_date_is_read_as_it_is_written(day: date) -> None:
    assert parse_date(day.isoformat()) == day


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("2026-2-3", "Write it as 2026-02-03."),
        ("2026/11/02", "Write it as 2026-11-02."),
        ("2026.11.2", "Write it as 2026-11-02."),
        ("02/11/2026", "Write it as 2026-11-23 (year, month, day)."),
        ("20261102", "Write it as 2026-11-23 (year, month, day)."),
        ("2026-W45-1", "Write it as 2026-11-23 (year, month, day)."),
        ("2026-11-02T10:00", "Write it as 2026-11-23 (year, month, day)."),
        ("tomorrow", "Write it as 2026-11-23 (year, month, day)."),
        ("", "Write it as 2026-11-23 (year, month, day)."),
        ("٢٠٢٦-١١-٠٢", "Write it as 2026-11-02."),
        ("2026-02-29", "February 2026 has 28 days."),
        ("2028-02-30", "February 2028 has 29 days."),
        ("2026-04-31", "April 2026 has 30 days."),
        ("2026-13-01", "Write it as 2026-11-23: year, month (01 to 12), day."),
        ("2026-00-10", "Write it as 2026-11-23: year, month (01 to 12), day."),
        ("2026-01-00", "January 2026 has 31 days."),
        ("0000-01-01", "Check the year."),
        ("1899-12-31", "Check the year."),
        ("2200-01-01", "Check the year."),
    ],
)
def test_what_is_no_date_says_how_to_write_it(text: str, remedy: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_date(text)
    assert caught.value.remedy == remedy


@given(st.text(max_size=12))
def test_any_other_text_is_no_date_and_nothing_else(text: str) -> None:
    try:
        told = parse_date(text).isoformat()
    except DateError as problem:
        told = f"{problem} {problem.remedy}"
    assert told == text or told.startswith("'")


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("priya", "priya"),
        (" Priya Nair ", "Priya Nair"),
        ("[[Priya Nair]]", "Priya Nair"),
        ("[[ Priya Nair | she ]]", "Priya Nair"),
        ("[[Priya Nair#Log]]", "Priya Nair"),
        ("[[Priya Nair#Log|her log]]", "Priya Nair"),
        ("[[#Log]]", ""),
        ("see [[Priya]]", "see [[Priya]]"),
        ("[[]]", "[[]]"),
        ("C# developer", "C# developer"),
    ],
)
def test_a_link_names_its_person(text: str, target: str) -> None:
    assert link_target(text) == target


def test_the_nearest_word_is_proposed_or_else_all_are_listed() -> None:
    assert did_you_mean("Agancy", ["agency", "mentor"]) == "Did you mean 'agency'?"
    assert did_you_mean("qqq", ["agency", "mentor"]) == "It may be one of: agency, mentor."


@pytest.mark.parametrize(
    ("words", "told"), [(("a",), "'a'"), (("a", "b"), "'a' or 'b'"), (("a", "b", "c"), "'a', 'b' or 'c'")]
)
def test_words_are_listed_as_in_a_sentence(words: tuple[str, ...], told: str) -> None:
    assert any_of(words) == told
