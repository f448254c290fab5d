"""Numbers with their nouns, days and sentences, the same everywhere."""

from __future__ import annotations

from datetime import date

from intouch.english import capital, count, ended, spoken, spoken_in_year


def test_a_number_has_its_noun_and_large_ones_their_commas() -> None:
    assert [count(n, "check-in") for n in (0, 1, 2)] == ["0 check-ins", "1 check-in", "2 check-ins"]
    assert count(1, "person", "people") == "1 person"
    assert count(12_345, "person", "people") == "12,345 people"


def test_a_day_is_said_in_words() -> None:
    assert (spoken(date(2026, 10, 3)), spoken_in_year(date(2026, 10, 3))) == ("3 October 2026", "3 October")


def test_a_sentence_begins_large_and_ends_once() -> None:
    said = [ended(capital(text)) for text in ("last contact", "éa.", "is there a budget?", "so on …", "")]
    assert said == ["Last contact.", "Éa.", "Is there a budget?", "So on …", "."]
